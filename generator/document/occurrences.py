"""Where each figure is printed: the headings above it and the words around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.document.nodes import Cell, Document, Figure, Heading, Inlines, Paragraph, Row, Run, Table

_AROUND = 16


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One printed figure. `trail`: the headings above; `excerpt`: words around it, or the table's row."""

    figure: Figure
    trail: tuple[str, ...]
    excerpt: str

    def __str__(self) -> str:
        return f"{' › '.join(self.trail)}：{self.excerpt}" if self.trail else self.excerpt


def occurrences(document: Document) -> Iterator[Occurrence]:
    """All printed figures in reading order."""
    trail: dict[int, str] = {}
    for block in document.blocks:
        if isinstance(block, Heading):
            trail = {level: words for level, words in trail.items() if level < block.level}
            trail[block.level] = (block.number + words(block.content)).strip()
            yield from _inline(block.content, tuple(trail.values()))
        elif isinstance(block, Paragraph):
            yield from _inline(block.content, tuple(trail.values()))
        elif isinstance(block, Table):
            above = (*trail.values(), f"表“{block.name}”")
            for number, row in enumerate((*block.head, *block.body), 1):
                yield from _row(row, number, above)


def words(content: Inlines) -> str:
    return "".join(piece.text for piece in content if isinstance(piece, Run | Figure))


def _inline(content: Inlines, trail: tuple[str, ...]) -> Iterator[Occurrence]:
    position = 0
    text = words(content)
    for piece in content:
        if isinstance(piece, Figure):
            start, end = max(0, position - _AROUND), position + len(piece.text) + _AROUND
            while 0 < start < position and text[start - 1 : start + 1].strip("0123456789.,") == "":
                start -= 1  # never cut a number in two
            while end < len(text) and text[end - 1 : end + 1].strip("0123456789.,") == "":
                end += 1
            excerpt = ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
            yield Occurrence(piece, trail, excerpt)
        position += len(piece.text) if isinstance(piece, Run | Figure) else 0


def _row(row: Row, number: int, trail: tuple[str, ...]) -> Iterator[Occurrence]:
    label = next((w for w in map(_cell_words, row.cells) if w and not w[0].isdigit()), "")
    for column, cell in enumerate(row.cells, 1):
        for figure in (cell,) if isinstance(cell, Figure) else () if isinstance(cell, str) else cell:
            if isinstance(figure, Figure):
                yield Occurrence(figure, trail, f"第{number}行第{column}列“{label}” {figure.text}")


def _cell_words(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    return cell.text if isinstance(cell, Figure) else words(cell)
