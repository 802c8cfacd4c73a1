"""Rows by 科目: sums by 类, 款 and 项, selections, and several tables added together.

Source of the levels: 政府收支分类科目 (类 3 digits, 款 5, 项 7 for functional codes; 类 3, 款 5 for economic codes).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from generator.facts.accounts import Accounts
from generator.facts.fact import Entry, Group, Rows, Text
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
    """合计 of one column or several together, named «表.列合计»; a blank cell makes the sum blank."""
    title = rows.name if isinstance(rows, Rows) else common_name(rows)
    cells = [cell for column in columns for cell in _cells(rows, column)]
    return total(cells, rows_unit(rows, columns[0]), f"{title}.{'＋'.join(columns)}合计")


def _cells(rows: Iterable[Group], column: str) -> list[Quantity | Blank | NotApplicable]:
    cells: list[Quantity | Blank | NotApplicable] = []
    for row in rows:
        cell = row.entries[column] if row.doubt is None else row.doubt
        if not isinstance(cell, (Quantity, Blank, NotApplicable)):
            raise TypeError(f"“{column}”不是数量列")
        cells.append(cell)
    return cells


def common_name(rows: Sequence[Group]) -> str:
    """The table's name, from its first row: «支出明细[3]» → «支出明细»."""
    return rows[0].name.split("[", 1)[0] if rows else "所选各行"


def is_zero(cell: Entry | None) -> bool:
    return not isinstance(cell, Quantity) or cell.value == 0


def with_amounts(rows: Iterable[Group], columns: Sequence[str]) -> list[Group]:
    """Rows in which any of the columns is filled in and not 0, or has still to be filled in; no columns named: any
    quantity of the row."""
    return [row for row in rows if any(_counts(row.entries.get(c)) for c in (columns or row.entries))]


def _counts(cell: Entry | None) -> bool:
    return not is_zero(cell) or (isinstance(cell, Blank) and cell.needed)


def by_account(
    rows: Rows | Sequence[Group],
    account_column: str,
    columns: Sequence[str],
    accounts: Accounts,
    year: int,
    levels: Sequence[int],
) -> list[Group]:
    """One row per 科目 of the levels wanted (1 类, 2 款, 3 项), in code order, each column summed exactly.

    Every row has 编码, 名称, 级 and the columns. A level below the finest code typed gives the code's own row.
    """
    table = rows.name if isinstance(rows, Rows) else common_name(rows)
    members: dict[str, list[Group]] = {}
    loose: list[Group] = []
    for row in rows:
        account = row.entries[account_column]
        if isinstance(account, Blank):
            # Where it belongs is unknown; it stands by itself at the end, so that its amounts are not lost.
            loose.append(row.with_entries({"编码": account, "名称": account, "级": _level(levels[-1])}))
            continue
        code = str(row.entries[account_column])
        for length, level in LEVELS.items():
            if level in levels and len(code) >= length:
                members.setdefault(code[:length], []).append(row)
    result = []
    units = {column: rows_unit(rows, column) for column in columns}
    for code in sorted(members):
        group = members[code]
        typed = group[0].entries[account_column]
        assert isinstance(typed, Text)  # a name that the office typed beside an unlisted code comes with it
        entries: dict[str, Entry] = {
            "编码": Text(code),
            "名称": Text(accounts.name(typed if len(typed) == len(code) else code, year) or code),
            "级": _level(LEVELS[len(code)]),
        }
        for column in columns:
            name = f"{table}[{code}].{column}"
            cell = group[0].entries[column]
            if len(group) == 1 and group[0].doubt is None and isinstance(cell, Quantity) and cell.name == name:
                entries[column] = cell
            else:
                entries[column] = total(_cells(group, column), units[column], name)
        result.append(Group(f"{table}[{code}]", entries, group[0].place if len(group) == 1 else NOWHERE))
    return [*result, *loose]


def _level(number: int) -> Quantity:
    return Quantity(Decimal(number), "级")


def merged(tables: Sequence[Rows | Sequence[Group]], account_column: str = "科目") -> list[Group]:
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
    return sorted(result, key=lambda row: str(row.entries[account_column]))
