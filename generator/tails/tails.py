"""尾差: printed parts that miss the printed whole. The document says so in a note, or the figures are moved (调平)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from generator.diagnostics import Diagnostic
from generator.document.nodes import Block, Paragraph, Run, Table
from generator.document.walk import block_figures
from generator.number_style import NumberStyle
from generator.tails.levelling import Reprint, levelled, remarks
from generator.tails.printed_sums import PrintedSum, operand_sums, split_sums, table_sums, text_sums


@dataclass(frozen=True, slots=True)
class Drawn:
    """A table of the document: its pieces are `count` blocks from `first`."""

    first: int
    count: int
    unit: str
    style: NumberStyle


@dataclass(slots=True)
class Tails:
    """`note`: the fixed words. `blocks` are changed in place."""

    body_style: NumberStyle
    table_style: NumberStyle
    unit: str
    note: str
    drawn: Sequence[Drawn]
    blocks: list[Block]

    def pieces(self, drawn: Drawn) -> list[Table]:
        found = self.blocks[drawn.first : drawn.first + drawn.count]
        return [block for block in found if isinstance(block, Table)]

    def level(self) -> Iterator[Diagnostic]:
        """Move figures so that the tables in the report's unit add up; F015 for each."""
        moved = levelled(self._sums(), self.table_style, self.unit)
        if moved:
            reprint = Reprint(moved, (self.table_style, self.body_style), self.unit)
            self.blocks[:] = [reprint.block(block) for block in self.blocks]
            yield from remarks(moved, self.blocks, self.table_style, self.unit)

    def _sums(self) -> Iterator[PrintedSum]:
        for drawn in self.drawn:
            if drawn.unit == self.unit and drawn.style.places == self.table_style.places:
                pieces = self.pieces(drawn)
                for piece in pieces:
                    yield from every_sum(piece, drawn.unit)
                yield from split_sums(pieces, drawn.unit)

    def note_tables(self) -> None:
        """The note under each piece of a table in which a whole stands that its printed parts miss."""
        note = (Run(self.note),)
        for drawn in self.drawn:
            pieces = self.pieces(drawn)
            across = {id(one.whole.figure) for one in split_sums(pieces, drawn.unit) if one.miss}
            for at, piece in enumerate(pieces, drawn.first):
                missed = any(one.miss for one in every_sum(piece, drawn.unit))
                if missed or any(id(figure) in across for figure in block_figures(piece)):
                    self.blocks[at] = replace(piece, notes=(*piece.notes, note))

    def note_on_text(self) -> list[Block]:
        """The note, when figures of the running text call for it."""
        figures = [f for block in self.blocks if isinstance(block, Paragraph) for f in block_figures(block)]
        sums = chain(operand_sums(figures, self.unit), text_sums(self.blocks, self.unit))
        return [Paragraph((Run(self.note),))] if any(one.miss for one in sums) else []


def every_sum(table: Table, unit: str) -> Iterator[PrintedSum]:
    """By layout, and what no layout shows («三公经费» over its items) by what the figures were made of."""
    yield from table_sums(table, unit)
    yield from operand_sums(block_figures(table), unit)
