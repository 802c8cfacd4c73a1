"""A table's unit of money against its siblings: the same total cannot be ten thousand times as large in one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.diagnostics import Diagnostic, finding
from generator.official_tables.official_table import OfficialTable, ReadAmount, half_digit, same_amount
from generator.quantity import MONEY_UNITS

_TIMES = tuple(Decimal(10) ** power for power in (4, 8))
_ENOUGH = 3
"""One total of five digits, two of four or three of three digits are shared by no chance."""


def contradicting_units(tables: Sequence[OfficialTable], unit: str) -> Iterator[Diagnostic]:
    """X067 for each pair of tables whose totals are the same but for a factor of 万 or 亿; a table of which a total
    agrees with a third one is right. `unit`: of tables that name none."""
    told: set[int] = set()
    for number, one in enumerate(tables):
        if number in told or any(other is not one and _agree(one, other, unit) for other in tables):
            continue
        for at, other in enumerate(tables):
            if other is one:
                continue
            shifted = _shifted(one, other, unit)
            if shifted is not None:
                told.add(at)
                yield shifted
                break


def _totals(table: OfficialTable) -> dict[str, ReadAmount]:
    """Those with three digits and more, each figure once."""
    found: dict[Decimal, tuple[str, ReadAmount]] = {}
    for (row, column), amount in table.totals.items():
        found.setdefault(amount.value, (row if row == column else f"{row}·{column}", amount))
    return {what: amount for what, amount in found.values() if _digits(amount) >= 3}


def _digits(amount: ReadAmount) -> int:
    return len(amount.text.replace(".", "").strip("-+0"))


def _agree(one: OfficialTable, other: OfficialTable, unit: str) -> bool:
    units, theirs = (one.unit or unit, other.unit or unit), list(_totals(other).values())
    return any(same_amount(own, units[0], amount, units[1]) for own in _totals(one).values() for amount in theirs)


def _shifted(one: OfficialTable, other: OfficialTable, unit: str) -> Diagnostic | None:
    units = one.unit or unit, other.unit or unit
    factors = MONEY_UNITS[units[0]], MONEY_UNITS[units[1]]
    for times in _TIMES:
        for larger, smaller in ((factors[0], factors[1] * times), (factors[0] * times, factors[1])):
            pairs = [
                (what, own, other_what, theirs)
                for what, own in _totals(one).items()
                for other_what, theirs in _totals(other).items()
                if abs(own.value * larger - theirs.value * smaller)
                <= max(half_digit(own.text) * larger, half_digit(theirs.text) * smaller)
            ]
            if sum(min(_digits(own), _digits(theirs)) - 2 for _, own, _, theirs in pairs) >= _ENOUGH:
                what, own, other_what, theirs = pairs[0]
                return finding(
                    "X067",
                    own.place,
                    theirs.place,
                    table=one.form.name,
                    what=what,
                    given=f"{own.value:,f}{units[0]}",
                    other=other.form.name,
                    other_what=other_what,
                    other_given=f"{theirs.value:,f}{units[1]}",
                    times=f"{times:,f}",
                )
    return None
