"""A piece of a sheet as the office knows it: letters and numbers at the edges, the cells' own colours, marked cells.

Made from the cells as they were read, never from facts. YAML files are shown the same way, with their lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from openpyxl.utils import column_index_from_string, get_column_letter

from generator.place import Place
from generator.writing.annotate import opened_whole

HEADER_FILL = "D9E2F3"
_KINDS = {"FFF2CC": "must", "F2F9EC": "may", "E7E6E6": "auto", HEADER_FILL: "head"}
"""Colour of a cell in the workbook → what it means there."""
_AROUND = 2
_MOST_MARKED, _MOST_COLUMNS = 12, 8
_LONGEST = 40
WRONG, SIDE = "bad", "side"


@dataclass(frozen=True, slots=True)
class CellView:
    text: str
    kind: str = ""
    mark: str = ""
    number: bool = False
    across: int = 1


@dataclass(frozen=True, slots=True)
class RowView:
    """`number` 0: rows are left out here."""

    number: int
    cells: tuple[CellView, ...]
    away: str = ""


@dataclass(frozen=True, slots=True)
class SheetView:
    """`title`: the sheet's name; `letters`: of its columns, "" where some are left out."""

    title: str
    letters: tuple[str, ...]
    rows: tuple[RowView, ...]
    more: tuple[str, ...] = ()


class Book:
    """A workbook that has been read once."""

    def __init__(self, data: bytes) -> None:
        self._book: Any = opened_whole(data)

    def sheets(self) -> list[str]:
        if self._book is None:
            return []
        return [one.title for one in self._book.worksheets if one.sheet_state == "visible"]

    def excerpt(self, sheet: str, marks: dict[str, str]) -> SheetView | None:
        """The rows and columns round the marked cells («E5» → WRONG or SIDE)."""
        if self._book is None or sheet not in self._book.sheetnames:
            return None
        page = self._book[sheet]
        cells = {(_row(cell), column_index_from_string(_letters(cell))): mark for cell, mark in marks.items()}
        marked = sorted(cells)[:_MOST_MARKED]
        left_out = tuple(cell for cell in marks if (_row(cell), column_index_from_string(_letters(cell))) not in marked)
        head = _head_row(page, marked[0][0] if marked else 1)
        rows = _rows_shown([row for row, _ in marked], head, page.max_row)
        columns = _columns_shown([column for _, column in marked], page.max_column)
        return _view(page, rows, columns, {one: cells[one] for one in marked}, left_out)

    def whole(self, sheet: str, marks: dict[str, str]) -> SheetView | None:
        if self._book is None or sheet not in self._book.sheetnames:
            return None
        page = self._book[sheet]
        cells = {(_row(cell), column_index_from_string(_letters(cell))): mark for cell, mark in marks.items()}
        last = max((row for row in range(1, min(page.max_row, 2000) + 1) if _said(page, row)), default=1)
        rows = range(1, max(last, *(row for row, _ in cells), 1) + 1) if cells else range(1, last + 1)
        return _view(page, rows, range(1, min(page.max_column, 40) + 1), cells, ())


def _said(page: Any, row: int) -> bool:
    return any(cell.value not in (None, "") for cell in page[row])


def _head_row(page: Any, row: int) -> int:
    """The row of headers over `row`: the nearest one above in the headers' colour."""
    return next((at for at in range(row, 0, -1) if _kind(page.cell(at, 1)) == "head"), 0)


def _rows_shown(marked: Sequence[int], head: int, last: int) -> list[int]:
    near = {row for one in marked for row in range(one - _AROUND, one + _AROUND + 1) if head < row <= max(last, one)}
    return sorted(near | ({head} if head else set()))


def _columns_shown(marked: Sequence[int], last: int) -> list[int]:
    """The columns that tell which row it is, the marked ones, and their neighbours while there is room."""
    wanted = dict.fromkeys((1, 2, *marked))
    for one in (column + step for column in marked for step in (-1, 1)):
        if len(wanted) < _MOST_COLUMNS and 0 < one <= last:
            wanted[one] = None
    return sorted(one for one in wanted if one <= max(last, *marked, 1))


def _view(
    page: Any, rows: Iterable[int], columns: Iterable[int], marks: dict[tuple[int, int], str], more: tuple[str, ...]
) -> SheetView:
    across = list(columns)
    merged = {(part.min_row, part.min_col): part for part in page.merged_cells.ranges}
    made, before = [], 0
    for row in rows:
        if before and row > before + 1:
            made.append(RowView(0, (), f"略去第 {before + 1} 至 {row - 1} 行"))
        cells, covered = [], 0
        for at, column in enumerate(across):
            if covered > 0:
                covered -= 1
                continue
            cell = page.cell(row, column)
            part = merged.get((row, column))
            wide = sum(column <= one <= part.max_col for one in across[at:]) if part is not None else 1
            covered = wide - 1
            cells.append(replace(_cell(cell, marks.get((row, column), "")), across=wide))
        made.append(RowView(row, tuple(cells)))
        before = row
    return SheetView(page.title, tuple(map(get_column_letter, across)), tuple(made), more)


def _cell(cell: Any, mark: str) -> CellView:
    value = cell.value
    if isinstance(value, str) and value.startswith("=") and cell.data_type == "f":
        return CellView("程序计算", "auto", mark)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    text = "" if value is None else _number(value, cell.number_format) if number else str(value)
    if not text and mark == WRONG:
        text = "（空）"
    return CellView(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…", _kind(cell), mark, number)


def _number(value: float, form: str) -> str:
    """As the cell's format shows it, near enough to know the cell again."""
    if "%" in form:
        return f"{value:.2%}"
    if "," in form or "0.00" in form:
        return f"{value:,.2f}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _kind(cell: Any) -> str:
    fill = cell.fill
    colour = fill.fgColor.rgb if fill is not None and fill.fill_type == "solid" else None
    return _KINDS.get(str(colour)[-6:].upper(), "") if colour else ""


def _letters(cell: str) -> str:
    return cell.rstrip("0123456789")


def _row(cell: str) -> int:
    return int(cell[len(_letters(cell)) :] or 1)


def lines_of(text: str, places: Sequence[Place], wrong: int, title: str) -> SheetView:
    """The lines of a YAML file round those that are meant."""
    lines = text.split("\n")
    marks = {one.line: (WRONG if at < max(wrong, 1) else SIDE) for at, one in enumerate(places) if one.line}
    rows = sorted({row for one in marks for row in range(one - 1, one + 2) if 0 < row <= len(lines)})
    made, before = [], 0
    for row in rows[: _MOST_MARKED * 3]:
        if before and row > before + 1:
            made.append(RowView(0, (), f"略去第 {before + 1} 至 {row - 1} 行"))
        made.append(RowView(row, (CellView(lines[row - 1][:120], "", marks.get(row, "")),)))
        before = row
    return SheetView(title, ("",), tuple(made))
