"""Every paragraph of a Word file with the place where its reader finds it: below which heading, in which cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.document.occurrences import Spot, column_head, row_labels
from generator.word.parts import Parts
from generator.word_file.blocks import blocks_of, rows_of, table_of
from generator.word_file.marked_file import Marked
from generator.word_file.paragraph import Element, w

STORIES = {
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "glossaryDocument": "文档部件",
}
"""What is printed beside the body; kind of relationship → what it is called."""

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


class Placed(NamedTuple):
    """`contents`: a line of 目录, which repeats a heading. `heads`: of a cell, the words to its left and above it."""

    element: Element
    spot: Spot
    contents: bool = False
    heads: tuple[str, ...] = ()


def other_stories(parts: Parts, *, change: bool = False) -> Iterator[tuple[str, Element]]:
    """Headers, notes and the like: name and root. `change`: they will be changed in place."""
    read = parts.tree if change else parts.look
    for relation in parts.relations(parts.document):
        story = STORIES.get(relation.kind.rpartition("/")[2])
        if story is not None and not relation.external and relation.target in parts.content:
            yield story, read(relation.target)


def placed_paragraphs(file: Marked) -> Iterator[Placed]:
    """Those of the body in reading order, those of text boxes and inner tables with what they stand in, then headers
    and notes."""
    trail: tuple[str, ...] = ()
    paragraph = 0
    for block in blocks_of(file):
        if block.kind == "end":
            continue
        here = tuple(one.replace("\n", "") for one in block.trail)
        if block.kind == "t":
            known = table_of(file.facts, block.mark)
            yield from _cells(block.element, here, known.name if known is not None else _last(here))
            continue
        if not block.toc and block.text().strip():
            paragraph = paragraph if here == trail and block.level == 10 else 0
            trail = here
            paragraph += block.level == 10
        spot = Spot(here, 0 if block.level < 10 else paragraph)
        yield from (Placed(one, spot, block.toc) for one in _inside(block.element))
    for story, root in other_stories(file.parts):
        yield from (Placed(one, Spot((story,))) for one in _inside(root))


def _inside(element: Element) -> Iterator[Element]:
    """A text box stands twice in the file: as it is, and for programs that do not know it."""
    boxed = next(element.iter(_FALLBACK), None) is not None
    for one in element.iter(w("p")):
        if not boxed or next(one.iterancestors(_FALLBACK), None) is None:
            yield one


def _last(trail: tuple[str, ...]) -> str:
    return trail[-1] if trail else "表"


def _cells(table: Element, trail: tuple[str, ...], name: str) -> Iterator[Placed]:
    rows = rows_of(table)
    texts = [row.text().split("\t") for row in rows]
    heads = [text for row, text in zip(rows, texts, strict=True) if row.head]
    for at, (row, text) in enumerate(zip(rows, texts, strict=True), 1):
        labels = row_labels(heads, text)
        for cell in row.cells:
            label = labels[cell.column] if cell.column < len(labels) else ""
            head = column_head(heads, cell.column)
            left = next((words for words in reversed(text[: cell.column]) if words), "")
            spot = Spot(trail, 0, name, at, cell.column + 1, label, head)
            yield from (Placed(one, spot, heads=(left, head)) for one in _inside(cell.element))
