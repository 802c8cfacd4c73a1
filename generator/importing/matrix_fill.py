"""A table of 科目 by 科目 → a row for each of its cells, the amount in the one part (基本, 项目) that it can be.

The table holds the sum of the parts. Where a 科目 of either side has nothing in a part, all of it is the other's; where
neither side tells, nothing is filled and the cell is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from generator.diagnostics import Diagnostic, finding
from generator.importing.filler import Filled, FilledRow, Imported, amount_text
from generator.importing.table_sums import TOTAL, wrong_sums
from generator.official_tables.import_form import MatrixFill
from generator.official_tables.official_table import AccountRow, OfficialTable, ReadAmount


def fill_matrices(imported: Imported, tables: Sequence[OfficialTable], unit: str) -> Iterator[Diagnostic]:
    """`unit`: of tables that name none. Yields X091 for amounts that may be either part."""
    for table in tables:
        for matrix in table.form.matrices:
            yield from _fill(imported, table, matrix, tables, table.unit or unit)


def _fill(
    imported: Imported, table: OfficialTable, matrix: MatrixFill, tables: Sequence[OfficialTable], unit: str
) -> Iterator[Diagnostic]:
    held = imported.lists.setdefault(matrix.path, {})
    rows = _finest(table.accounts)
    whole: dict[str, Decimal] = {}
    for row in rows:
        for across, amount in row.amounts.items():
            whole[across] = whole.get(across, Decimal(0)) + amount.value
    doubtful: list[tuple[str, ReadAmount]] = []
    for row in rows:
        for across, amount in row.amounts.items():
            if not amount.value:
                continue
            parts = [
                part
                for part in matrix.parts
                if _side_allows(imported, matrix, row.code, part)
                and _across_allows(matrix, part, across, whole[across], table, tables)
            ]
            if len(parts) != 1:
                doubtful.append((f"{row.code}×{across} {amount.text}", amount))
                continue
            key = f"{row.code} {row.name}".strip()
            line = held.setdefault(f"{row.code}×{across}", FilledRow("", amount.place))
            line.columns |= {
                **{own: Filled(text) for own, text in matrix.fixed.items()},
                matrix.side: Filled(key, row.place),
                matrix.across: Filled(across, amount.place),
                parts[0]: Filled(amount_text(amount.text, unit, imported.unit), amount.place),
            }
    if doubtful:
        shown = "、".join(what for what, _ in doubtful)
        values = {"table": table.form.name, "count": len(doubtful), "cells": shown, "parts": "还是".join(matrix.parts)}
        yield finding("X091", *(amount.place for _, amount in doubtful), **values)


def _finest(rows: Sequence[AccountRow]) -> list[AccountRow]:
    codes = sorted({row.code for row in rows})
    inner = {code for code, after in pairwise(codes) if after.startswith(code)}
    return [row for row in rows if row.code not in inner]


def _side_allows(imported: Imported, matrix: MatrixFill, code: str, part: str) -> bool:
    """Whether the 科目 of the side has anything in the part, or nobody said."""
    row = imported.lists.get(matrix.rows, {}).get(code)
    if row is None:
        return True
    filled = row.columns.get(part)
    return filled is not None and any(digit in "123456789" for digit in filled.text)


def _is_sound(table: OfficialTable, column: str) -> bool:
    """Whether its rows add up to its total: then a 科目 that it does not name has nothing."""
    return (TOTAL, column) in table.totals and not any(wrong_sums(table, table.unit))


def _across_allows(
    matrix: MatrixFill, part: str, across: str, whole: Decimal, own: OfficialTable, tables: Sequence[OfficialTable]
) -> bool:
    """The same for the 科目 across: by the table of its sums in this part, or by what that of another part leaves."""
    for one, (name, column) in matrix.parts.items():
        held = next((table for table in tables if name and table.form.name == name), None)
        if held is None or held.unit != own.unit or not _is_sound(held, column):
            continue
        amount = next((row.amounts.get(column) for row in held.accounts if row.code == across), None)
        value = amount.value if amount is not None else Decimal(0)
        if (one == part and not value) or (one != part and value == whole):
            return False
    return True
