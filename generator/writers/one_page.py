"""Tables that are wanted on one page: what has to give way, by the line counter.

First the room above and below the words of a cell, then the size of the letters, by half-points down to 六号; no more
of either than it takes. What does not fit even so stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from generator.document.nodes import Block, Document, Squeeze, Table
from generator.word.look import Look, Sheet, least_size
from generator.writers.docx.table import squeezed_look
from generator.writers.line_counter import Box, Spot, block_boxes
from generator.writers.sections import sections

Begin = Callable[[list[Box]], list[Box]]
"""What makes the first of a block's boxes begin a page where it does."""
_LEAST_MARGIN = 6
"""Twips, a tenth of a millimetre."""
_STEP = 6
_RESERVE = 0.015
"""Of a squeezed table's height: the counter does not know the fonts of the computer."""


@dataclass(frozen=True, slots=True)
class Spilled:
    """A table that takes more than its page: how many rows are left over."""

    table: Table
    rows: int


def on_one_page(document: Document, look: Look) -> tuple[Document, tuple[Spilled, ...]]:
    """The document with each such table squeezed as far as it takes, and those that do not fit."""
    if not any(isinstance(block, Table) and block.one_page for block in document.blocks):
        return document, ()
    fitting = _Fitting(document, look)
    squeezed = iter(list(fitting.tables()))
    blocks: list[Block] = [next(squeezed) if isinstance(block, Table) else block for block in document.blocks]
    return replace(document, blocks=tuple(blocks)), tuple(fitting.spilled)


class _Fitting:
    def __init__(self, document: Document, look: Look) -> None:
        self.document, self.look = document, look
        self.at = Spot()
        self.spilled: list[Spilled] = []

    def tables(self) -> Iterator[Table]:
        """All tables in their order; what stands before each is laid on its pages."""
        waiting: list[Box] = []  # headings that stand on the page of what follows
        for section in sections(self.document.blocks):
            sheet = self.look.landscape if section.landscape else self.look.portrait
            for number, placed in enumerate(section.blocks):
                block, begin = placed.block, _same  # type: Block, Begin
                if number == 0 or placed.new_page:
                    begin = partial(_on_new_page, sheet=sheet if number == 0 else None)
                if isinstance(block, Table):
                    if block.one_page:
                        block = self._squeezed(block, waiting, begin, sheet.text_width)
                    yield block
                boxes = begin(self._boxes(block, sheet.text_width))
                waiting += boxes
                if not (boxes and boxes[-1].keep_next):
                    _laid(self.at, waiting)
                    waiting = []

    def _boxes(self, block: Block, width: int) -> list[Box]:
        look = squeezed_look((block,), self.look)
        return list(block_boxes(block, self.document, look, width))  # type: ignore[arg-type]

    def _squeezed(self, table: Table, lead: list[Box], begin: Begin, width: int) -> Table:
        left = self._rows_over(table, lead, begin, width, 0)
        if not left:
            return table
        for squeeze in self._ways(table):
            tried = replace(table, squeeze=squeeze)
            if not self._rows_over(tried, lead, begin, width, _RESERVE):
                return tried
        self.spilled.append(Spilled(table, left))
        return table

    def _ways(self, table: Table) -> Iterator[Squeeze]:
        kind = self.look.table(table.style)
        sizes = {self.look.style(kind.text).size, self.look.style(kind.head).size}
        most = max(size - least_size(size, size) for size in sizes)
        for smaller in range(most + 1):
            for margin in range(kind.margin_y if smaller else kind.margin_y - _STEP, _LEAST_MARGIN - 1, -_STEP):
                yield Squeeze(margin, smaller)

    def _rows_over(self, table: Table, lead: list[Box], begin: Begin, width: int, reserve: float) -> int:
        """How many of its rows and notes come to stand on a later page than the first."""
        own = begin(self._boxes(table, width))
        boxes = [*lead, *own]
        at = replace(self.at)
        begun: list[int] = []
        for index in range(len(boxes)):
            at.add(boxes, index)
            begun.append(at.page)
        over = sum(1 for page in begun[len(lead) :] if page > begun[len(lead)])
        tight = at.y + reserve * sum(box.height * box.lines for box in own) > at.room
        return over or int(tight and reserve > 0)


def _same(boxes: list[Box]) -> list[Box]:
    return boxes


def _on_new_page(boxes: list[Box], sheet: Sheet | None) -> list[Box]:
    """The boxes of a block that begins a page, or with `sheet` a section."""
    return [replace(boxes[0], new_page=True, sheet=sheet), *boxes[1:]] if boxes else boxes


def _laid(at: Spot, boxes: list[Box]) -> None:
    for index in range(len(boxes)):
        at.add(boxes, index)
