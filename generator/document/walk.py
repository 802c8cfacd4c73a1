"""Walking through a document."""

from __future__ import annotations

from collections.abc import Iterator

from generator.document.nodes import Block, Chart, Document, Figure, Heading, Inlines, Paragraph, Table


def figures(document: Document) -> Iterator[Figure]:
    """Every printed figure, in reading order."""
    for block in document.blocks:
        yield from block_figures(block)


def block_figures(block: Block) -> Iterator[Figure]:
    if isinstance(block, Heading | Paragraph):
        yield from _inline(block.content)
    elif isinstance(block, Table):
        yield from _inline(block.title)
        yield from _inline(block.left_note)
        for row in (*block.head, *block.body):
            for cell in row.cells:
                if type(cell) is Figure:
                    yield cell
                elif type(cell) is tuple:
                    yield from _inline(cell)
        for note in block.notes:
            yield from _inline(note)
    elif isinstance(block, Chart):
        yield from _inline(block.caption)


def _inline(content: Inlines) -> Iterator[Figure]:
    return (piece for piece in content if isinstance(piece, Figure))
