"""«≥98%», «23,099人», «2.3099万元» typed in one cell: value, unit and direction go to the cells to which they belong.

Which cells those are the form says (单位在, 方向在). What contradicts its own cell is refused, never chosen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from generator.filling.nothing_said import is_blank, is_mark
from generator.form.fields import Field, GroupSpec
from generator.form.sources import Cell, Section, Written
from generator.form.value_reading import half_width
from generator.quantity import EXACT

_NUMBER = r"([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)"
_MEASURE = re.compile(rf"(?P<before>[^\d.+-]*?) ?(?P<number>{_NUMBER}) ?(?P<behind>[^\d]*)")
_ABOUT = re.compile("以上|以下|以内|左右|上下|不低|不高|不少|不多|[约余多近超达]")
"""Words that say more than a unit: they are understood where a direction is asked for, and nowhere else."""
_FACTORS = {"万亿": Decimal(10) ** 12, "亿": Decimal(10) ** 8, "千万": Decimal(10) ** 7, "百万": Decimal(10) ** 6}
_FACTORS |= {"万": Decimal(10) ** 4, "千": Decimal(10) ** 3}


def in_unit(value: Decimal, word: str, unit: str) -> Decimal | None:
    """`value` `word` as a number of `unit`: 2.3099万人 is 23099 of 人, 23099人 is 2.3099 of 万人; None = neither."""
    word, unit = half_width(word).lower(), half_width(unit).lower()
    if word == unit:
        return value
    for prefix, factor in _FACTORS.items():
        if word == prefix:
            return value if unit.startswith(prefix) else EXACT.multiply(value, factor)
        if word.removeprefix(prefix) == unit != word:
            return EXACT.multiply(value, factor)
        if unit.removeprefix(prefix) == word != unit:
            return EXACT.divide(value, factor)
    return None


def measured_fields(spec: GroupSpec) -> tuple[Field, ...]:
    """The fields of a row whose unit or direction has a cell of its own."""
    return tuple(one for one in spec.children.values() if isinstance(one, Field) and (one.unit_in or one.sign_in))


def taken_apart(section: Section, spec: GroupSpec, measured: tuple[Field, ...]) -> Section:
    """The row with each part in its own cell. A cell whose parts contradict the row gets the fault I070 or I073."""
    entries = dict(section.entries)
    for one in measured:
        cell = entries.get(one.name)
        if isinstance(cell, Cell) and not is_blank(cell) and not cell.fault:
            _take_apart(cell, one, spec, entries)
    return Section(entries, section.place)


def parts_of(text: str, sign_field: Field | None) -> tuple[str, Decimal, str] | None:
    """(direction or "", number, unit or "") of a text that is one measure and nothing else; None when it is not.

    `text`: as `half_width` leaves it; `sign_field`: the field whose choices and spellings are directions.
    """
    match = _MEASURE.fullmatch(text)
    if match is None:
        return None
    sign, unit = _told(match["before"].strip(), match["behind"].strip(), _signs(sign_field) if sign_field else {})
    return None if sign is None or unit is None else (sign, Decimal(match["number"].replace(",", "")), unit)


def _take_apart(cell: Cell, one: Field, spec: GroupSpec, entries: dict[str, Written]) -> None:
    sign_field = spec.children.get(one.sign_in)
    field = sign_field if isinstance(sign_field, Field) else None
    parts = parts_of(half_width(cell.text or ""), field)
    if parts is None or not (parts[0] or parts[2]):
        return  # a number alone; or words that belong to nothing: the reader of the number says so
    sign, number, unit = parts
    signs = _signs(field) if field else {}
    if sign:
        stated = _stated(entries.get(one.sign_in))
        if not stated:
            entries[one.sign_in] = Cell(sign, cell.place)
        elif signs.get(stated.lower(), stated) != sign:
            entries[one.name] = Cell(cell.text, cell.place, "I073")
            return
    value = _number(number, unit, one, cell, entries)
    entries[one.name] = Cell(cell.text, cell.place, "I070") if value is None else Cell(f"{value:f}", cell.place)


def _number(value: Decimal, unit: str, one: Field, cell: Cell, entries: dict[str, Written]) -> Decimal | None:
    """The number in the unit of the row; a row without one takes what is typed here."""
    if not unit:
        return value
    stated = _stated(entries.get(one.unit_in))
    if not stated and unit not in _FACTORS:
        entries[one.unit_in] = Cell(unit, cell.place)
        return value
    return in_unit(value, unit, stated)


def _told(before: str, behind: str, signs: Mapping[str, str]) -> tuple[str | None, str | None]:
    """(direction, unit) of the words round a number; "" = not told, None = not understood."""
    if before:
        return signs.get(before.lower()), behind
    for spelling in sorted(signs, key=len, reverse=True):
        if behind.lower().endswith(spelling):
            return signs[spelling], behind[: len(behind) - len(spelling)].strip()
    return "", None if _ABOUT.search(behind) else behind


def _signs(field: Field) -> dict[str, str]:
    """Spelling → direction."""
    own = {half_width(choice).lower(): choice for choice in field.choices}
    return own | {half_width(word).lower(): choice for word, choice in field.spellings.items()}


def _stated(written: Written | None) -> str:
    text = half_width(written.text or "") if isinstance(written, Cell) else ""
    return "" if is_mark(text) else text
