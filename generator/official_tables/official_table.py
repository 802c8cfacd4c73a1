"""What one official table says, each amount with its cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from generator.official_tables.import_form import TableForm
from generator.place import Place
from generator.quantity import MONEY_UNITS


@dataclass(frozen=True, slots=True)
class ReadAmount:
    """As it stands in the cell, without thousands commas. `value` in the table's unit."""

    text: str
    value: Decimal
    place: Place


@dataclass(slots=True)
class AccountRow:
    """One 科目 of a table. `amounts` by column; a column that is empty here is left out."""

    code: str
    name: str
    place: Place
    amounts: dict[str, ReadAmount] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows of one sheet, or of one table of a document."""

    place: Place
    first: int
    last: int


@dataclass(slots=True)
class OfficialTable:
    """`columns`: those that the header has. `totals`: (row, column) → amount, of named rows such as 合计.

    `stretches`: where it stands, several when it goes on over pages. `is_dated`: a head of its columns says the year.
    `says_empty`: the line that says that there are no figures.
    `is_doubtful`: something in it could not be read.
    `words`: all labels and lines of it and beside it, bare; `is_titled`: its title is among them.
    """

    form: TableForm
    stretches: tuple[Stretch, ...]
    unit: str = ""
    year: int = 0
    department: str = ""
    is_dated: bool = False
    says_empty: str = ""
    is_doubtful: bool = False
    is_titled: bool = False
    words: frozenset[str] = frozenset()
    columns: set[str] = field(default_factory=set)
    named_rows: set[str] = field(default_factory=set)
    totals: dict[tuple[str, str], ReadAmount] = field(default_factory=dict)
    accounts: list[AccountRow] = field(default_factory=list)

    @property
    def place(self) -> Place:
        return self.stretches[0].place

    @property
    def amounts(self) -> int:
        return len(self.totals) + sum(len(row.amounts) for row in self.accounts)

    def named_amounts(self) -> Iterator[tuple[str, ReadAmount]]:
        """(what it is called, amount) of all that was read, the totals first."""
        for (row, column), amount in self.totals.items():
            yield f"{row}的{column}", amount
        for account in self.accounts:
            for column, amount in account.amounts.items():
                yield f"{account.code} {account.name}的{column}", amount


def same_amount(one: ReadAmount, unit: str, other: ReadAmount, other_unit: str) -> bool:
    """Whether two amounts are the same; in different units, as far as the digits of the coarser one say."""
    if unit == other_unit or not unit or not other_unit:
        return one.value == other.value
    factors = MONEY_UNITS[unit], MONEY_UNITS[other_unit]
    rounded = max(half_digit(amount.text) * factor for amount, factor in zip((one, other), factors, strict=True))
    return abs(one.value * factors[0] - other.value * factors[1]) <= rounded


def half_digit(text: str) -> Decimal:
    return Decimal(5).scaleb(-len(text.partition(".")[2]) - 1)
