"""What the old report prints beside the lifted figures and the program works out: totals, changes, shares.

Where it does not come out as printed, one of the figures is misprinted or was read in the wrong place. A total is
told; figures that only a contradicted change or rate speaks of stay out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.adopting.gathered import Lifted, key_of
from generator.adopting.settle import Settled, Value, number_of
from generator.facts.derive import COMPLETION, RATE, SHARE
from generator.facts.fact import Facts, path_without_keys, walk
from generator.quantity import EXACT, Derived, Quantity

_FALLS = re.compile("减少|下降|降低|减支|降幅")
_ALL = re.compile("全部|全额|足额")
_CHANGES = ("-", RATE)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """`printed` and what comes of the figures; `paths`: those that went into it."""

    where: str
    printed: str
    computed: str
    label: str
    paths: tuple[str, ...]
    change: bool


def contradictions(checks: Sequence[Lifted], facts: Facts) -> Iterator[Contradiction]:
    """Rows of tables are not looked at: their totals are the pack's own checks."""
    known = {one.name: one for one in walk(facts) if isinstance(one, Quantity) and _is_whole(one)}
    for one in checks:
        quantity, printed = one.slot.quantity, number_of(one)
        if quantity is None or printed is None or "[" in quantity.name or one.slot.rows:
            continue
        value = _value(quantity, known, one.said)
        if value is None:
            continue
        if abs(value - printed[0]) <= printed[1] + _slack(quantity):
            continue
        change = quantity.origin is not None and quantity.origin.operation in _CHANGES
        operands = tuple(operand.name for operand in quantity.origin.operands) if quantity.origin else ()
        yield Contradiction(one.where, one.text, _shown(value, one), quantity.name, operands, change)


def _is_whole(quantity: Quantity) -> bool:
    """Whether nothing in it is the sum of a list: a list that was read in part, or not at all, has no total."""
    if quantity.origin is None:
        return "[" not in quantity.name
    return bool(quantity.origin.operands) and all(map(_is_whole, quantity.origin.operands))


def _value(quantity: Quantity, known: Mapping[str, Quantity], said: str) -> Decimal | None:
    found = known.get(quantity.name)
    if found is not None:
        return found.value
    origin = quantity.origin
    if origin is None or len(origin.operands) != 2 or origin.operation not in ("-", RATE, SHARE, COMPLETION):
        return None
    one, other = (known.get(operand.name) for operand in origin.operands)
    if one is None or other is None or not other.value:
        return None
    return _worked_out(origin, one.value, other.value, said)


def _worked_out(origin: Derived, one: Decimal, other: Decimal, said: str) -> Decimal | None:
    if origin.operation in (SHARE, COMPLETION):
        return EXACT.divide(EXACT.multiply(one, 100), other) if other else None
    difference = one - other
    if origin.operation == RATE:
        if not other:
            return None
        difference = EXACT.divide(EXACT.multiply(difference, 100), abs(other))
    return -difference if _FALLS.search(said) else difference


def _slack(quantity: Quantity) -> Decimal:
    """Two printed figures, each rounded: a unit of 万元's second decimal, of a percentage more."""
    return Decimal(100) if quantity.unit == "元" else Decimal("0.06")


def _shown(value: Decimal, one: Lifted) -> str:
    if one.unit == "%":
        return f"{value:.2f}%"
    return f"{value / 10000:.2f}万元" if one.unit else f"{value.normalize():f}"


def not_all(lifted: Iterable[Lifted], settled: Settled, facts: Facts) -> list[Value]:
    """Takes out amounts that are said to be all there was («3万元全部到位») where no other amount of their row, printed
    or added up, is the same; gives them back."""
    said = {(one.slot.path, one.rows) for one in lifted if _ALL.search(one.said) and one.rows}
    amounts = [one for one in walk(facts) if isinstance(one, Quantity) and "[" in one.name]
    out = []
    for value in [settled.values[one] for one in said if one in settled.values]:
        if value.field.kind != "金额":
            continue
        own = [one for one in amounts if path_without_keys(one.name) == value.field.path and _is_row(one.name, value)]
        row = own[0].name.rpartition(".")[0] if own else ""
        others = [one for one in amounts if row and one.name != own[0].name and one.name.rpartition(".")[0] == row]
        if not any(one.unit == own[0].unit and one.value == own[0].value for one in others):
            out.append(value)
    for value in out:
        del settled.values[value.field.path, value.rows]
    return out


def _is_row(name: str, value: Value) -> bool:
    keys = [key_of(key) for key in re.findall(r"\[([^\]]*)\]", name)]
    return keys == [row[1:] for _, row in value.rows]


def without_contradicted(settled: Settled, found: Sequence[Contradiction]) -> list[Value]:
    """Takes out the figures that a contradicted change speaks of, unless two places say them; gives them back."""
    out: list[Value] = []
    for one in found:
        if not one.change:
            continue
        for name in one.paths:
            value = settled.values.get((path_without_keys(name), ()))
            if value is not None and len(value.places) < 2 and value not in out:
                out.append(value)
    for value in out:
        del settled.values[value.field.path, value.rows]
    return out
