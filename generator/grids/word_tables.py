"""The tables of a Word file, each with the paragraphs above it, as pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.grids.grid_maker import GridMaker, note_below
from generator.official_tables.sheet_blocks import Page
from generator.word.parts import Parts
from generator.word_file.accepted_changes import accept_changes
from generator.word_file.blocks import CellRead, RowRead, rows_of
from generator.word_file.paragraph import Element, text_of, w
from generator.xlsx.cells import CellGrid


def word_pages(name: str, data: bytes) -> Iterator[Page]:
    """Raises `RefusedError`: R001, R002, R005."""
    parts = Parts(data)
    body = parts.tree(parts.document).find(w("body"))
    if body is None:
        return
    accept_changes(body)
    above: list[str] = []
    last: Page | None = None
    number = 0
    for element in _blocks(body):
        if element.tag == w("tbl"):
            number += 1
            if last is not None:
                note_below(last.grid, above)
                yield last
            last = Page(name, f"第{number}张表", _grid(rows_of(element), above), named=False)
            above = []
        else:
            above.extend(text_of(element).splitlines() or [""])
    if last is not None:
        note_below(last.grid, above)
        yield last


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables in their order; 目录 and forms stand in content controls."""
    for child in parent:
        if child.tag in (w("p"), w("tbl")):
            yield child
        elif child.tag in (w("sdt"), w("sdtContent"), w("customXml"), w("smartTag")):
            yield from _blocks(child)


def _grid(rows: Sequence[RowRead], above: Sequence[str]) -> CellGrid:
    maker = GridMaker()
    for number, row in enumerate(rows, 1):
        for cell in row.cells:
            if cell.down:
                down = _reach(rows, number, cell)
                text = "\n".join(text_of(one) for one in cell.paragraphs)
                maker.put(number, cell.column + 1, text, down, cell.across)
    return maker.done(above)


def _reach(rows: Sequence[RowRead], number: int, cell: CellRead) -> int:
    """How many rows the cell goes down; `number` is that of its own row, from 1."""
    down = 1
    for row in rows[number:]:
        if not any(one.column == cell.column and not one.down for one in row.cells):
            break
        down += 1
    return down
