"""Page numbers without LibreOffice: every paragraph, table row and chart is given its height and laid on pages.

With the exact line spacings of GB/T 9704 text comes out as LibreOffice sets it; the height of a single-spaced table row
depends on the fonts of the computer, so a heading that follows a long table may be a page off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

from generator.document.line_breaks import Widths, broken
from generator.document.nodes import Cell, Chart, Contents, Document, Figure, Heading, Paragraph, Row, Table
from generator.word.look import Look, Sheet, Style, TableLook
from generator.writers.chart_values import shown
from generator.writers.docx.body import entries
from generator.writers.docx.inline import plain
from generator.writers.docx.table import column_widths, squeezed_look, table_kind
from generator.writers.grid import Slot, slots
from generator.writers.sections import Content, sections

_SINGLE = {"宋体": (1.05, 1.16), "小标宋": (1.45, 1.45)}
"""Height of a single-spaced line in em, by role of the font: Chinese alone, and with digits or letters."""
_OTHER_SINGLE = (1.2, 1.2)
_LATIN = re.compile("[!-~]")


@dataclass(frozen=True, slots=True)
class Box:
    """What stacks up on a page, in twips: `lines` of one height, breakable between them unless `whole`."""

    height: float
    lines: int = 1
    before: float = 0
    after: float = 0
    whole: bool = False
    keep_next: bool = False
    new_page: bool = False
    sheet: Sheet | None = None
    anchor: str = ""
    head: float = 0
    """Height of the head rows that come again when a table row begins a page."""
    row: bool = False
    """Of a table's body."""


@dataclass(frozen=True, slots=True)
class Laid:
    """Where a block stands: its first and last page, from 1; of a table, the rows of its body on the last of several
    pages, in all `rows`."""

    block: Content
    first: int
    last: int
    rows: int = 0
    rows_on_last: int = 0


def estimate_pages(document: Document, look: Look) -> dict[str, int]:
    """Anchor of each heading → page of the file, from 1."""
    stack = [box for box, _ in _boxes(document, look)]
    return {
        box.anchor: first for box, (first, _) in zip(stack, _paged(stack, look.front_pages), strict=True) if box.anchor
    }


def laid_out(document: Document, look: Look) -> tuple[Laid, ...]:
    """Every block with its pages, in reading order."""
    found: list[Laid] = []
    placed = list(_boxes(document, look))
    for (box, block), (first, last) in zip(placed, _paged([box for box, _ in placed], look.front_pages), strict=True):
        if not found or found[-1].block is not block:
            found.append(Laid(block, first, last))
        before = found[-1]
        on_last = before.rows_on_last if before.last == last else 0
        found[-1] = replace(before, last=last, rows=before.rows + box.row, rows_on_last=on_last + box.row)
    return tuple(found)


def _paged(stack: list[Box], before: int) -> Iterator[tuple[int, int]]:
    """The first and the last page of each box; `before`: pages that stand in front of all."""
    at = Spot(page=before)
    for index in range(len(stack)):
        at.add(stack, index)
        yield at.begun, at.page


@dataclass(slots=True)
class Spot:
    """How far the pages are filled, in twips; `begun`: the page on which the last box begins."""

    page: int = 0
    y: float = 0.0
    room: float = 0.0
    after: float = 0.0
    begun: int = 0

    def add(self, stack: list[Box], index: int) -> None:
        """Put the box at `index` where it comes to stand; those behind it may have to stand with it."""
        box = stack[index]
        if box.sheet is not None:
            self.room = float(box.sheet.height - box.sheet.top - box.sheet.bottom)
        if box.new_page:
            self.page, self.y = self.page + 1, box.before
        elif self.y > 0 and self.y + max(self.after, box.before) + _together(stack, index, self.room) > self.room:
            # At the head of a page that nobody asked for there is no space before.
            self.page, self.y = self.page + 1, box.head
        else:
            self.y += max(self.after, box.before)
        self.begun = self.page
        if box.whole:
            self.y += box.height * box.lines
            while self.y > self.room:
                self.page, self.y = self.page + 1, self.y - self.room
        else:
            for _ in range(box.lines):
                if self.y + box.height > self.room and self.y > 0:
                    self.page, self.y = self.page + 1, 0.0
                self.y += box.height
        self.after = box.after


def _together(stack: list[Box], index: int, room: float) -> float:
    """Height that must stand on one page from here on: kept boxes, and the first line of what they are kept with.

    More than a page cannot be kept together: then only the box itself counts.
    """
    own = stack[index].height * (stack[index].lines if stack[index].whole else 1)
    needed = 0.0
    for position in range(index, len(stack)):
        box = stack[position]
        if position > index:
            if box.new_page:
                break
            needed += max(stack[position - 1].after, box.before)
        if not box.keep_next:
            needed += box.height * (box.lines if box.whole else 1)
            break
        needed += box.height * box.lines
    return needed if needed <= room else own


# -- heights ----------------------------------------------------------------------------------------------------------
def _boxes(document: Document, look: Look) -> Iterator[tuple[Box, Content]]:
    look = squeezed_look(document.blocks, look)
    for section in sections(document.blocks):
        sheet = look.landscape if section.landscape else look.portrait
        for number, placed in enumerate(section.blocks):
            begins: Sheet | None = sheet if number == 0 else None
            breaks = placed.new_page or number == 0
            for box in block_boxes(placed.block, document, look, sheet.text_width):
                yield (replace(box, new_page=breaks, sheet=begins) if breaks else box), placed.block
                breaks, begins = False, None


def block_boxes(block: Content, document: Document, look: Look, width: int) -> Iterator[Box]:
    if isinstance(block, Heading):
        text = block.number + plain(block.content)
        yield replace(_text(text, look.style(block.style), look, width), anchor=block.anchor)
    elif isinstance(block, Paragraph):
        yield _text(plain(block.content), look.style(block.style), look, width)
    elif isinstance(block, Contents):
        if block.title:
            yield _text(block.title, look.style("目录标题"), look, width)
        for entry in entries(document.blocks, None):
            yield _text(f"{entry.text}…000", look.style(f"目录{entry.level}"), look, width)
    elif isinstance(block, Chart):
        yield from _chart(block, look, width)
    else:
        yield from _table(block, look, width)


def _text(text: str, style: Style, look: Look, width: float) -> Box:
    em = style.size * 10
    inside = width - em * (style.left + style.right) / 100
    lines = len(broken(text, _widths(style, look), inside, em * style.first / 100))
    keep = style.keep_next
    return Box(_line(text, style, look), lines, style.before, style.after, whole=keep, keep_next=keep)


def _widths(style: Style, look: Look) -> Widths:
    spacing = look.character_spacing if style.on_grid else 0
    return Widths(style.size * 10, spacing, times=style.font.latin.startswith("Times"))


def _line(text: str, style: Style, look: Look) -> float:
    if style.line:
        return style.line
    height = style.size * 10 * _SINGLE.get(style.font.role, _OTHER_SINGLE)[_LATIN.search(text) is not None]
    return ceil(height / look.line_pitch) * look.line_pitch if style.on_grid else height


def _chart(chart: Chart, look: Look, width: int) -> Iterator[Box]:
    if shown(chart).series:
        style = look.style("图")
        yield Box(look.chart.height, 1, style.before, style.after, whole=True, keep_next=style.keep_next)
    else:
        yield _text(chart.empty, look.style("图无"), look, width)
    if chart.caption:
        yield _text(plain(chart.caption), look.style("图题"), look, width)


def _table(table: Table, look: Look, width: int) -> Iterator[Box]:
    kind = look.table(table_kind(table))
    if table.title:
        yield _text(plain(table.title), look.style("表题"), look, width)
    if table.number:
        yield _text(table.number, look.style("表号"), look, width)
    if table.left_note or table.unit:
        yield _text(plain(table.left_note) + table.unit, look.style("表左注"), look, width)
    columns = column_widths(table.columns, width)
    heads = _row_heights(table.head, columns, kind, look, look.style(kind.head))
    for height in heads:
        yield Box(height, whole=True, keep_next=True)
    for height in _row_heights(table.body, columns, kind, look, look.style(kind.text)):
        yield Box(height, whole=True, head=sum(heads), row=True)
    for note in table.notes:
        yield _text(plain(note), look.style("表注"), look, width)


def _row_heights(rows: tuple[Row, ...], columns: list[int], kind: TableLook, look: Look, style: Style) -> list[float]:
    """Height of each row; a cell over several rows makes the last of them higher when it needs more than they have."""
    widths = _widths(style, look)
    around = 2 * kind.margin_y + kind.border * 2.5
    heights: list[float] = []
    reaching: list[tuple[int, int, float]] = []
    plain_row = tuple(Slot(column, 1, 1) for column in range(len(columns)))
    for number, (row, seen) in enumerate(zip(rows, slots(rows, len(columns)), strict=True)):
        height = 0.0
        for column, down, across in seen or plain_row:
            text = _cell_words(row.cells[column]) if down and column < len(row.cells) else ""
            inside = sum(columns[column : column + across]) - 2 * kind.margin_x
            needed = len(broken(text, widths, inside)) * _line(text, style, look) + around
            if down > 1:
                reaching.append((number, number + down - 1, needed))
            else:
                height = max(height, needed)
        for first, last, needed in reaching:
            if last == number:
                height = max(height, needed - sum(heights[first:]))
        heights.append(height)
    return heights


def _cell_words(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    return cell.text if isinstance(cell, Figure) else plain(cell)
