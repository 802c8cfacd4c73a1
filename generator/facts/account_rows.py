"""Rows by 科目: sums by 类, 款 and 项, selections, and several tables added together.

Source of the levels: 政府收支分类科目 (类 3 digits, 款 5, 项 7 for functional codes; 类 3, 款 5 for economic codes).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from generator.facts.accounts import AccountCode, Accounts
from generator.facts.fact import Entry, Group, Rows, Text
from generator.facts.naming import Called, Chosen, called, chosen, column_word, together
from generator.facts.rows_in_doubt import doubt_of
from generator.place import NOWHERE
from generator.quantity import MONEY, Blank, NotApplicable, Quantity, total

LEVELS = {3: 1, 5: 2, 7: 3}


def rows_unit(rows: Iterable[Group], column: str) -> str:
    """The unit of a column: that of its first filled cell, 元 when there is none."""
    for row in rows:
        cell = row.entries.get(column)
        if isinstance(cell, Quantity):
            return cell.unit
    return MONEY


def column_total(rows: Rows | Sequence[Group], *columns: str) -> Quantity | Blank:
    """合计 of one column or several together, named «表.列合计», «表[208].列»; a blank cell makes the sum blank."""
    cells = [cell for column in columns for cell in _cells(rows, column)]
    word = "＋".join(column_word(rows, column) for column in columns)
    return total(cells, rows_unit(rows, columns[0]), *called(rows).column("＋".join(columns), word))


def _cells(rows: Iterable[Group], column: str) -> list[Quantity | Blank | NotApplicable]:
    cells: list[Quantity | Blank | NotApplicable] = []
    for row in rows:
        cell = row.entries[column] if row.doubt is None else row.doubt
        if not isinstance(cell, (Quantity, Blank, NotApplicable)):
            raise TypeError(f"“{column}”不是数量列")
        cells.append(cell)
    return cells


def is_zero(cell: Entry | None) -> bool:
    return not isinstance(cell, Quantity) or cell.value == 0


def with_amounts(rows: Rows | Sequence[Group], columns: Sequence[str]) -> Chosen:
    """Rows in which any of the columns is filled in and not 0, or has still to be filled in; no columns named: any
    quantity of the row."""
    found = [row for row in rows if any(_counts(row.entries.get(c)) for c in (columns or row.entries))]
    return chosen(rows, found, f"{'、'.join(columns)}有数")


def _counts(cell: Entry | None) -> bool:
    return not is_zero(cell) or (isinstance(cell, Blank) and cell.needed)


def by_account(
    rows: Rows | Sequence[Group],
    account_column: str,
    columns: Sequence[str],
    accounts: Accounts,
    year: int,
    levels: Sequence[int],
) -> Chosen:
    """One row per 科目 of the levels wanted (1 类, 2 款, 3 项), in code order, each column summed exactly.

    Every row has 编码, 名称, 级 and the columns. A level below the finest code typed gives the code's own row.
    """
    table = called(rows)
    members: dict[str, list[Group]] = {}
    loose: list[Group] = []
    for row in rows:
        account = row.entries[account_column]
        if isinstance(account, Blank):
            # Where it belongs is unknown; it stands by itself at the end, so that its amounts are not lost.
            own = Called(row.name, row.label, row.place)
            loose.append(row.with_entries({"编码": account, "名称": account, "级": _level(levels[-1], own)}))
            continue
        code = str(row.entries[account_column])
        for length, level in LEVELS.items():
            if level in levels and len(code) >= length:
                members.setdefault(code[:length], []).append(row)
    result = []
    units = {column: rows_unit(rows, column) for column in columns}
    words_of = {column: column_word(rows, column) for column in columns}
    for code in sorted(members):
        group = members[code]
        words = Called(f"{table.name}[{code}]", f"{table.label}（{code}）", group[0].place)
        typed = group[0].entries[account_column]
        assert isinstance(typed, Text)  # a name that the office typed beside an unlisted code comes with it
        entries: dict[str, Entry] = {
            "编码": Text(code),
            "名称": Text(_name(code, typed, accounts, year) or code),
            "级": _level(LEVELS[len(code)], words),
        }
        for column in columns:
            entries[column] = total(_cells(group, column), units[column], *words.quantity(column, words_of[column]))
        result.append(Group(words.name, entries, words.place if len(group) == 1 else NOWHERE, words.label))
    wanted = "".join(word for level, word in enumerate("类款项", 1) if level in levels)
    whole = Called(f"{table.name}[按{wanted}]", f"{table.label}（按{wanted}）", table.place)
    return Chosen([*result, *loose], whole, rows.doubt if isinstance(rows, Chosen) else None)


def _name(code: str, typed: Text, accounts: Accounts, year: int) -> str:
    """The listed name of a row's code, else the one that the office gave beside it or beside a code below it."""
    return accounts.name(typed.up_to(len(code)) if isinstance(typed, AccountCode) else code, year)


def _level(number: int, words: Called) -> Quantity:
    return Quantity(Decimal(number), "级", f"{words.name}.级", words.place)


def merged(tables: Sequence[Rows | Sequence[Group]], account_column: str = "科目") -> Chosen:
    """Several tables as one list of rows; a column that a table lacks counts as 0 in its rows."""
    columns: dict[str, str] = {}
    for table in tables:
        for row in table:
            for name, cell in row.entries.items():
                if isinstance(cell, Quantity) and name not in columns:
                    columns[name] = cell.unit
    result = []
    for table in tables:
        for row in table:
            missing: dict[str, Entry] = {
                name: Quantity(Decimal(0), unit, f"{row.name}.{name}")
                for name, unit in columns.items()
                if name not in row
            }
            result.append(row.with_entries(missing) if missing else row)
    found = together(tables, sorted(result, key=lambda row: str(row.entries[account_column])))
    found.doubt = next((doubt for doubt in map(doubt_of, tables) if doubt is not None), None)
    return found
