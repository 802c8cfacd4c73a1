"""«≥98%» in one cell of a form → direction, value and unit; what is no measure stays a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from generator.filling.measures import in_unit, parts_of
from generator.form.fields import Field
from generator.form.value_reading import half_width

_LONGEST_UNIT = 6
_NO_UNIT = re.compile(r"[前后底内起止期]|^[月日号]$|[,;。，；、:：]")
"""12月底, 3日内: a time, though it begins with a number."""
_COUNTED = re.compile(
    r"\d|[零一二两三四五六七八九十百千万亿]+(?:次|个|家|人|户|项|期|场|批|件|篇|份|天|年|月|所|台|套|%|成)|百分之"
)
_PER_CENT = ("%", "％", "‰")


@dataclass(frozen=True, slots=True)
class Measure:
    sign: str
    number: Decimal
    unit: str


def measure_of(text: str, signs: Field | None) -> Measure | None:
    """`signs`: the field for directions, whose spellings count; None where the form has none."""
    parts = parts_of(half_width(text), signs)
    if parts is None:
        return None
    sign, number, unit = parts
    is_year = unit in ("年", "年度") and 1900 <= number <= 2100
    if len(unit) > _LONGEST_UNIT or _NO_UNIT.search(unit) or is_year:
        return None
    return Measure(sign, number, unit)


def may_be_counted(text: str) -> bool:
    """Whether words hold a number all the same: «各镇街至少二次» need not be 定性."""
    return bool(_COUNTED.search(half_width(text)))


def in_targets_unit(actual: Measure, target: Measure) -> Decimal | str:
    """The actual value in the unit of the target, or why it cannot be told."""
    units = {actual.unit in _PER_CENT, target.unit in _PER_CENT}
    if len(units) == 2 and not (actual.unit and target.unit):
        bare = target if actual.unit else actual
        if 0 < abs(bare.number) <= 1:
            return f"{bare.number}没有写百分号，看不出是 {bare.number * 100:f}% 还是 {bare.number}%"
        return actual.number
    if not actual.unit or not target.unit:
        return actual.number
    value = in_unit(actual.number, actual.unit, target.unit)
    return f"单位是“{actual.unit}”，指标值的单位是“{target.unit}”" if value is None else value
