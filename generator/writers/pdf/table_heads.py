"""Which cells of a table in a Word file are heads, of a row or of a column, and what is merged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.word_file.blocks import CellRead, RowRead
from generator.word_file.paragraph import text_of

_NUMBER = re.compile(r"[-+−—]*[\d,.]*%?")
_COLUMN_NUMBER = re.compile(r"栏次|行次|\d{1,2}")
_OF_CODES = re.compile(r"编码|代码|编号|序号")


@dataclass(slots=True)
class PlacedCell:
    """A cell that is seen. `scope`: head of a «Column» or a «Row», "" for data; `path`: a head's words with those of
    the heads above it, where only the lowest are heads."""

    row: int
    column: int
    down: int
    across: int
    text: str
    scope: str = ""
    path: str = ""


Placed = list[list[PlacedCell]]
"""Row by row, from left to right."""


def placed_cells(rows: Sequence[RowRead]) -> Placed:
    """The cells with their scopes."""
    placed = _placed(rows)
    width = max((cell.column + cell.across for row in placed for cell in row), default=0)
    heads = [number for number, row in enumerate(rows) if row.head and not _numbers_columns(placed[number])]
    for cell in (cell for number in heads for cell in placed[number] if cell.text):
        cell.scope = "Column"
    body = [row for row, read in zip(placed, rows, strict=True) if not read.head]
    naming, codes = _naming_columns([placed[number] for number in heads])
    for row in body:
        _name_row(row, naming, codes, width)
    _thin_out(placed, [placed[number] for number in heads])
    return placed


def _placed(rows: Sequence[RowRead]) -> Placed:
    placed: Placed = []
    owners: dict[int, PlacedCell] = {}
    for number, row in enumerate(rows):
        line = []
        for cell in row.cells:
            owner = owners.get(cell.column)
            if cell.down or owner is None:
                owner = owners[cell.column] = PlacedCell(number, cell.column, 1, cell.across, _text(cell))
                line.append(owner)
            else:
                owner.down = number - owner.row + 1
        placed.append(line)
    return placed


def _text(cell: CellRead) -> str:
    return "".join(map(text_of, cell.paragraphs)).strip()


def _numbers_columns(row: Sequence[PlacedCell]) -> bool:
    """«栏次 1 2 3»: numbers by which formulas speak of columns, no names."""
    texts = ["".join(cell.text.split()) for cell in row if cell.text]
    return bool(texts) and all(_COLUMN_NUMBER.fullmatch(text) for text in texts)


def _naming_columns(heads: Sequence[Sequence[PlacedCell]]) -> tuple[set[int], set[int]]:
    """Columns that say what a row is about, and which of them hold codes.

    The first; one headed like it (a table of two halves); beside a column of codes the one with the names.
    """
    labels: dict[int, str] = {}
    for cell in (cell for row in heads for cell in row if cell.text):
        labels.update(dict.fromkeys(range(cell.column, cell.column + cell.across), "".join(cell.text.split())))
    first = labels.get(0)
    naming = {0} | {column for column, label in labels.items() if label == first}
    codes = {column for column in naming if _OF_CODES.search(labels.get(column, ""))}
    return naming | {column + 1 for column in codes}, codes


def _name_row(row: Sequence[PlacedCell], naming: set[int], codes: set[int], width: int) -> None:
    for cell in row:
        named = cell.text and (cell.column in codes or not _NUMBER.fullmatch(cell.text))
        if cell.column in naming and named and cell.across < width:
            cell.scope = "Row"
    if row and all(cell.scope for cell in row):  # names without anything that they could be the names of
        row[-1].scope = ""


def _thin_out(placed: Placed, heads: Sequence[Sequence[PlacedCell]]) -> None:
    """More heads than data help nobody: then rows have none, and of heads above each other the lowest speaks for all.

    A table of one row under three rows of heads is read as «因公出国（境）费，决算数»; a checker of PDFs takes so many
    heads for a table that was torn.
    """
    cells = [cell for row in placed for cell in row]
    if not heads or not _more_heads(cells):
        return
    for cell in cells:
        if cell.scope == "Row":
            cell.scope = ""
    if not _more_heads(cells):
        return
    above: dict[int, list[PlacedCell]] = {}
    for cell in (cell for row in heads for cell in row if cell.text):
        for column in range(cell.column, cell.column + cell.across):
            above.setdefault(column, []).append(cell)
        cell.scope = ""
    for path in above.values():
        path[-1].scope = "Column"
        path[-1].path = "，".join(cell.text for cell in path) if len(path) > 1 else ""


def _more_heads(cells: Sequence[PlacedCell]) -> bool:
    return 2 * sum(bool(cell.scope) for cell in cells) > len(cells)
