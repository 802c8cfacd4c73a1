"""The ruled tables of a PDF that holds text, each with the lines above it on its page, as pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from generator.border.pdf import printed_pages
from generator.border.refused import RefusedError
from generator.grids.grid_maker import GridMaker, note_below
from generator.official_tables.sheet_blocks import Page
from generator.xlsx.cells import CellGrid

if TYPE_CHECKING:
    from pdfplumber.page import Page as PdfPage
    from pdfplumber.table import Table

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
_NEAR = 2.0
"""Points by which ruled lines miss each other."""


def pdf_pages(name: str, data: bytes) -> Iterator[Page]:
    """Raises `RefusedError` X073 (scanned: no text at all), `BrokenError`, `OverBudgetError`."""
    has_text = False
    for number, page in enumerate(printed_pages(data), 1):
        has_text = has_text or bool(page.chars)
        tables = sorted(page.find_tables(), key=lambda table: table.bbox[1])
        lines = _lines_outside(page, [table.bbox for table in tables])
        top = 0.0
        for at, table in enumerate(tables, 1):
            above = [text for y, text in lines if top <= y < table.bbox[1]]
            top = table.bbox[3]
            grid = _grid(table, above)
            below = tables[at].bbox[1] if at < len(tables) else page.height
            note_below(grid, (text for y, text in lines if top <= y < below))
            yield Page(name, f"第{number}页第{at}张表", grid, named=False)
    if not has_text:
        raise RefusedError("X073")


def _lines_outside(page: PdfPage, boxes: Sequence[Box]) -> list[tuple[float, str]]:
    """(top, text) of each line of text that stands in none of the tables."""
    return [(top, text) for top, _, text in _spread_lines(page, boxes)]


def _is_outside(one: dict[str, float], boxes: Sequence[Box]) -> bool:
    if "text" not in one:
        return False
    x, y = (one["x0"] + one["x1"]) / 2, (one["top"] + one["bottom"]) / 2
    return not any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def _grid(table: Table, above: Sequence[str]) -> CellGrid:
    maker = GridMaker()
    lefts, tops = _edges([box[0] for box in table.cells]), _edges([box[1] for box in table.cells])
    for row, texts in zip(table.rows, table.extract(), strict=True):
        for box, text in zip(row.cells, texts, strict=True):
            if box is None:
                continue
            left, top, right, bottom = box
            across = sum(left - _NEAR < edge < right - _NEAR for edge in lefts)
            down = sum(top - _NEAR < edge < bottom - _NEAR for edge in tops)
            column = sum(edge < left - _NEAR for edge in lefts) + 1
            number = sum(edge < top - _NEAR for edge in tops) + 1
            maker.put(number, column, text or "", down, across)
    return maker.done(above)


def _edges(found: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for one in sorted(found):
        if not edges or one - edges[-1] > _NEAR:
            edges.append(one)
    return edges


class PrintedLine(NamedTuple):
    """A line of a page, or a row of its table number `table` with the cells parted by tabs; `number`: which line of the
    page, or row of the table, from 1."""

    left: float
    text: str
    table: int
    number: int


def lines_and_rows(page: PdfPage) -> list[PrintedLine]:
    """All that a page prints, from the top."""
    tables = sorted(page.find_tables(), key=lambda table: table.bbox[1])
    spread = sorted(_spread_lines(page, [table.bbox for table in tables]))
    found = [(top, PrintedLine(x0, text, 0, at)) for at, (top, x0, text) in enumerate(spread, 1)]
    for number, table in enumerate(tables, 1):
        for at, (row, texts) in enumerate(zip(table.rows, table.extract(), strict=True), 1):
            words = "\t".join((text or "").replace("\n", "") for text in texts)
            if words.strip():
                found.append((row.bbox[1], PrintedLine(row.bbox[0], words, number, at)))
    return [line for _, line in sorted(found, key=lambda one: one[0])]


def _spread_lines(page: PdfPage, boxes: Sequence[Box]) -> list[tuple[float, float, str]]:
    """(top, left, text) of each line of text that stands in none of the tables."""
    kept = page.filter(lambda one: _is_outside(one, boxes))
    lines = kept.extract_text_lines(return_chars=False)
    return [(line["top"], line["x0"], line["text"]) for line in lines]
