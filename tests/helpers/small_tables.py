"""Official tables as rows of a person's sheet, and what was read of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.diagnostics import Diagnostic
from generator.importing.pieces import read_pages
from generator.official_tables.import_form import ImportForm
from generator.official_tables.official_table import OfficialTable
from generator.official_tables.sheet_blocks import Page
from generator.pack import Pack
from generator.xlsx.cells import CellGrid

Rows = Sequence[Sequence[object]]
Sheets = Mapping[str, Rows]
Areas = Sequence[tuple[int, int, int, int]]


def grid(rows: Rows, merged: Areas = ()) -> CellGrid:
    cells = {r: {c: str(value) for c, value in enumerate(row, 1) if value is not None} for r, row in enumerate(rows, 1)}
    return CellGrid(cells, list(merged))


def read(
    pack: Pack,
    sheets: Sheets,
    year: int = 0,
    merged: Areas = (),
    file: str = "表.xlsx",
    form: ImportForm | None = None,
) -> tuple[tuple[OfficialTable, ...], tuple[Diagnostic, ...]]:
    """`merged` ranges stand on every sheet."""
    pages = [Page(file, name, grid(rows, merged)) for name, rows in sheets.items()]
    found = read_pages(pages, form or pack.import_form, pack.report.accounts, year)
    return found.value, found.diagnostics


def amounts(table: OfficialTable) -> dict[str, str]:
    return {what: amount.text for what, amount in table.named_amounts()}


def said(findings: Sequence[Diagnostic]) -> list[str]:
    return [
        f"{d.code} {d.place.sheet}!{d.place.cell}" if d.place.cell else f"{d.code} {d.place.sheet}" for d in findings
    ]
