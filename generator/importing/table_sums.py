"""Sums inside one official table: 类 = its 款, 款 = its 项, 合计 = all 类.

An import takes only the finest rows, so a subtotal that does not add up would be seen by nobody afterwards.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from decimal import Decimal

from generator.diagnostics import Diagnostic, finding
from generator.official_tables.import_form import ACCOUNTS
from generator.official_tables.official_table import AccountRow, OfficialTable, ReadAmount

TOTAL = "合计"


def wrong_sums(table: OfficialTable, unit: str) -> Iterator[Diagnostic]:
    """X055 for each subtotal that its parts cannot give, tail differences forgiven (none for amounts in 元)."""
    if table.form.style != ACCOUNTS or not table.accounts:
        return
    rows = {row.code: row for row in reversed(table.accounts)}
    below: dict[str, list[AccountRow]] = {}
    for row in reversed(rows.values()):
        below.setdefault(_parent(row.code, rows), []).append(row)
    for column in table.form.columns:
        for code, parts in below.items():
            whole = rows[code].amounts.get(column) if code else table.totals.get((TOTAL, column))
            if whole is not None:
                what = f"{code} {rows[code].name}" if code else TOTAL
                yield from _compare(table, what, column, whole, parts, unit)


def _parent(code: str, codes: Container[str]) -> str:
    """The nearest 科目 above that the table has; "" = the total."""
    return next((code[:length] for length in (5, 3) if length < len(code) and code[:length] in codes), "")


def _compare(
    table: OfficialTable, what: str, column: str, whole: ReadAmount, below: Sequence[AccountRow], unit: str
) -> Iterator[Diagnostic]:
    parts = [row.amounts[column] for row in below if column in row.amounts]
    computed = sum((part.value for part in parts), Decimal(0))
    difference = abs(computed - whole.value)
    allowed = Decimal(0) if unit == "元" else Decimal("0.005") * (len(parts) + 1)
    if difference > allowed:
        yield finding(
            "X055",
            whole.place,
            *(part.place for part in parts),
            table=table.form.name,
            what=what,
            column=column,
            given=f"{whole.value:,f}{unit}",
            computed=f"{computed:,f}{unit}",
            difference=f"{difference:,f}{unit}",
        )
