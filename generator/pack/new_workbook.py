"""The workbook of a pack, blank or with what an input holds: its form, and what its chapters will say of each text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.diagnostics import Outcome
from generator.form.blocks import FormBlock, MatrixBlock
from generator.form.fields import TEXT_KINDS
from generator.form.layout import lay_out
from generator.form.roll_memory import Memory
from generator.form.sources import Source
from generator.pack.pack import Pack
from generator.render.around_texts import sentences_around
from generator.writing.write_workbook import NewBook, write_workbook


def new_workbook(pack: Pack, year: int, sources: Sequence[Source] = (), memory: Memory | None = None) -> Outcome[bytes]:
    """`memory`: what the input remembers of the year before."""
    sentences = sentences_around(pack.report, pack.environment, tuple(_texts(pack)))
    return write_workbook(
        NewBook(pack.name, pack.title, pack.form.fields, pack.report.accounts, year, sources, memory, sentences)
    )


def _texts(pack: Pack) -> Iterator[str]:
    """Paths of the texts outside tables."""
    for block in lay_out(pack.form.fields).blocks:
        if isinstance(block, FormBlock | MatrixBlock):
            yield from (one.path for line in block.lines if (one := line.field) is not None and one.kind in TEXT_KINDS)
