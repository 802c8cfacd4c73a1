"""Marks put back into a file that lost them: saved by a program that drops them, published, pasted into another file.

The report that was generated then is at hand again, made anew from its old input; what of the file is which part of it
is told by the text alone. What nobody can tell stays without a mark, and is named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from generator.word.chart import CHART_NAMESPACE
from generator.word.facts_part import Pieces
from generator.word.marks import FACTS_ROOT, OLDER_NAMESPACES
from generator.word.parts import Parts
from generator.word_file.align import PARAGRAPH_END, Shape, align_blocks, tokens
from generator.word_file.blocks import Block, CellRead, RowRead, blocks_of, joined
from generator.word_file.marked_file import Marked
from generator.word_file.paragraph import (
    DOC_PR,
    OBJECT,
    Element,
    Marker,
    number_marks,
    take_off_marks,
    text_of,
    w,
)

_CHART = f"{{{CHART_NAMESPACE}}}chart"
_LONG = 12
_TABLE_LABELS = 400
"""So many characters of a table's first columns tell which table it is."""
_MORE = 0.08
"""So much more of the generated paragraph is found when the next one is read too: a person has split it."""
_INSIDE = 0.8
_SPLIT_PARTS = 6
ENOUGH_WORDS, ENOUGH_FIGURES = 0.5, 0.65
"""A file in which less of the old report's words and figures is found again is another report. The year after has four
fifths of the words and a third of the figures in common."""
_TELLING = 3
"""So many digits that are no zeros at the end or beginning: 0.00 and 100 stand in every report."""


@dataclass(frozen=True, slots=True)
class Restored:
    """`words` and `figures`: shares of the old report that were found again, 0 to 1. `lost`: what was not found, as an
    office calls it; where a chart has become a picture, its numbers stay as they are."""

    file: Marked
    words: float
    figures: float
    lost: tuple[str, ...]

    @property
    def is_that_report(self) -> bool:
        return self.words >= ENOUGH_WORDS and self.figures >= ENOUGH_FIGURES


def restored(file: str, parts: Parts, old: Marked) -> Restored:
    """`parts` with the marks and the facts part of `old`, the report that it was made from; it is changed in place."""
    take_off_marks(parts.tree(parts.document))
    return _Restoring(Marked(file, parts, old.facts, ""), old).run()


@dataclass(slots=True)
class _Found:
    """How much of the old report stands in the file."""

    words: float = 0
    of_words: int = 0
    figures: int = 0
    of_figures: int = 0
    here: dict[int, list[int]] = field(default_factory=dict)
    """Block of the old report → blocks of the file."""


class _Restoring:
    def __init__(self, file: Marked, old: Marked) -> None:
        self.file, self.old = file, old
        self.blocks = [one for one in blocks_of(file) if _says_something(one)]
        self.was = [one for one in blocks_of(old) if _says_something(one)]
        self.marker = Marker(file.parts.tree(file.parts.document))
        self.found = _Found()

    def run(self) -> Restored:
        found = self.found
        shapes = [_shape(block) for block in self.blocks]
        old_shapes = [_shape(block) for block in self.was]
        for i, j in align_blocks(old_shapes, shapes):
            if i is not None and j is not None:
                found.here[i] = [j]
        self._moved(old_shapes, shapes)
        self._split_and_joined()
        for i, block in enumerate(self.was):
            size = len(_key(_words(block)))
            found.of_words += size
            if i in found.here:
                found.words += size * _share(block, [self.blocks[j] for j in found.here[i]])
                self._mark(block, [self.blocks[j] for j in found.here[i]])
        number_marks(self.file.parts.tree(self.file.parts.document))
        lost = tuple(_called(block, self.old) for i, block in enumerate(self.was) if i not in found.here and block.mark)
        return Restored(
            self._with_facts(), found.words / max(found.of_words, 1), _part(found.figures, found.of_figures), lost
        )

    # -- which is which -----------------------------------------------------------------------------------------------
    def _moved(self, old: Sequence[Shape], new: Sequence[Shape]) -> None:
        """What reads as it was generated, wherever it stands now."""
        taken = {j for places in self.found.here.values() for j in places}
        free: dict[tuple[str, str], list[int]] = {}
        for j, shape in enumerate(new):
            if j not in taken and len(shape.exact) >= _LONG:
                free.setdefault((shape.kind, shape.exact), []).append(j)
        for i, shape in enumerate(old):
            places = free.get((shape.kind, shape.exact))
            if i not in self.found.here and places:
                self.found.here[i] = [places.pop(0)]

    def _split_and_joined(self) -> None:
        """Parts of a split paragraph follow each other; two joined ones both stand in the one that they became."""
        here = self.found.here
        taken = {j for places in here.values() for j in places}
        for i, places in here.items():
            text = _words(self.was[i])
            if self.was[i].kind != "p" or len(text) < _LONG:
                continue
            whole = _words(self.blocks[places[0]])
            covered = _inside(text, whole)
            for j in range(places[0] + 1, min(places[0] + _SPLIT_PARTS, len(self.blocks))):
                more = _inside(text, whole + _words(self.blocks[j])) if self._is_free(j, taken) else 0.0
                if more < covered + _MORE:
                    break
                places.append(j)
                taken.add(j)
                whole, covered = whole + _words(self.blocks[j]), more
        for i, block in enumerate(self.was):
            text = _words(block)
            if i in here or block.kind != "p" or len(text) < _LONG or i - 1 not in here:
                continue
            before = self.blocks[here[i - 1][-1]]
            if before.kind == "p" and _inside(text, _words(before)) >= _INSIDE:
                here[i] = [here[i - 1][-1]]

    def _is_free(self, j: int, taken: set[int]) -> bool:
        return j not in taken and self.blocks[j].kind == "p" and self.blocks[j].level == 10

    # -- marks --------------------------------------------------------------------------------------------------------
    def _mark(self, was: Block, now: list[Block]) -> None:
        if was.kind == "t":
            self._table(was, now[0])
        else:
            self._figures(was.pieces(), [one.element for one in now])
        for mark in was.marks:
            first = now[0].element if mark[0] != "t" else next(now[0].element.iter(w("p")), None)
            if mark[0] == "t" and first is not None:
                self.marker.at(first, f"_{mark}")
            elif first is not None and first.tag == w("p"):
                self.marker.around(first, now[-1].element, f"_{mark}")

    def _table(self, was: Block, now: Block) -> None:
        old_rows, rows = was.rows(), now.rows()
        partners = _rows_together(old_rows, rows)
        for i, row in enumerate(old_rows):
            there = rows[partners[i]].cells if i in partners else []
            for cell, other in _cells_together(row.cells, there):
                self._figures(cell.pieces(), other.paragraphs if other is not None else [])

    def _figures(self, pieces: Pieces, paragraphs: list[Element]) -> None:
        """Marks over the figures of `pieces` that stand in the paragraphs as they were printed."""
        self.found.of_figures += sum(1 for text, mark in pieces if mark and _tells(text))
        for number, start, end, mark in figures_again(pieces, [text_of(one) for one in paragraphs]):
            self.marker.over(paragraphs[number], start, end, f"_{mark}")
            self.found.figures += _tells(text_of(paragraphs[number])[start:end])

    def _with_facts(self) -> Marked:
        """The facts part of the old report; one that could not be read gives way to it."""
        parts = self.file.parts
        older = {f"{{{one}}}facts" for one in OLDER_NAMESPACES}
        for name in [n for n in parts.custom_names() if str(parts.look(n).tag) in (FACTS_ROOT, *older)]:
            parts.drop(name)
        name = parts.copy_from(self.old.parts, self.old.facts_name)
        parts.relate(parts.document, "customXml", name)
        return Marked(self.file.file, parts, self.old.facts, name)


def figures_again(pieces: Pieces, texts: Sequence[str]) -> list[tuple[int, int, int, str]]:
    """The figures of `pieces` that stand in `texts`, the paragraphs that these words have become: number of the
    paragraph, first character, end, mark."""
    old = [one.text for one in tokens(((text, "") for text, _ in pieces), str)]
    new = [one.text for one in tokens(((PARAGRAPH_END.join(texts), ""),), str)]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    to_new = {b.a + n: b.b + n for b in matcher.get_matching_blocks() for n in range(b.size)}
    starts = [0]
    for token in new:
        starts.append(starts[-1] + len(token))
    found: list[tuple[int, int, int, str]] = []
    at = 0
    for text, mark in pieces:
        count = len(tokens(((text, ""),), str))
        places = [to_new.get(n, -1) for n in range(at, at + count)]
        at += count
        if mark and places and -1 not in places and places == list(range(places[0], places[0] + count)):
            before = PARAGRAPH_END.join(texts)[: starts[places[0]]]
            number = before.count(PARAGRAPH_END)
            start = len(before) - (before.rfind(PARAGRAPH_END) + 1)
            found.append((number, start, start + len(text), mark))
    return found


# -- what a block says ------------------------------------------------------------------------------------------------
def _says_something(block: Block) -> bool:
    if block.toc or block.kind == "end":
        return False
    return block.kind == "t" or bool(block.marks) or bool(block.text().strip())


def _tells(text: str) -> bool:
    return len(re.sub(r"[.,]", "", text).strip("0")) >= _TELLING


def _part(some: int, every: int) -> float:
    return some / every if every else 1.0


def _key(text: str) -> str:
    return re.sub(r"[\s\u3000]", "", text)


def _words(block: Block) -> str:
    if block.kind == "t":
        return "\n".join(row.text() for row in block.rows())
    return block.text().replace(OBJECT, "")


def _shape(block: Block) -> Shape:
    if block.kind == "t":
        rows = block.rows()
        labels = "".join("".join(row.text().split("\t")[:2]) for row in rows)
        return Shape("t", _key(_words(block)), labels[:_TABLE_LABELS])
    if next(block.element.iter(_CHART), None) is not None:
        alt = next((str(one.get("descr")) for one in block.element.iter(DOC_PR)), "")
        return Shape("c", alt, "")
    text = _words(block)
    return Shape("p" if text.strip() else "empty", _key(text), text)


def _share(was: Block, now: list[Block]) -> float:
    """How much of the words stands there still; order counts for nothing."""
    old, new = Counter(_key(_words(was))), Counter(_key("".join(map(_words, now))))
    return (old & new).total() / max(old.total(), 1)


def _inside(text: str, longer: str) -> float:
    blocks = SequenceMatcher(None, text, longer, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= 3) / len(text)


def _called(block: Block, old: Marked) -> str:
    mark = block.mark
    number = int(mark[1:]) - 1
    if mark[0] == "t":
        return f"表“{old.facts.tables[number].name}”"
    if mark[0] == "c":
        return f"图“{old.facts.charts[number].name}”"
    return f"“{block.text().strip()}”"


# -- tables -----------------------------------------------------------------------------------------------------------
def _rows_together(old: Sequence[RowRead], new: Sequence[RowRead]) -> dict[int, int]:
    shapes = [[Shape("r", _key(row.text()), row.text()) for row in rows] for rows in (old, new)]
    found = {i: j for i, j in align_blocks(*shapes) if i is not None and j is not None}
    free = {shapes[1][j].exact: j for j in range(len(new)) if j not in found.values() and shapes[1][j].exact}
    for i, shape in enumerate(shapes[0]):
        if i not in found and shape.exact in free:
            found[i] = free.pop(shape.exact)
    return found


def _cells_together(old: Sequence[CellRead], new: Sequence[CellRead]) -> Iterable[tuple[CellRead, CellRead | None]]:
    """By their columns where the row has kept them, else by what stands in them."""
    if [(one.column, one.across) for one in old] == [(one.column, one.across) for one in new]:
        return zip(old, new, strict=True)
    texts = [["".join(text for text, _ in joined([cell.pieces()])) for cell in row] for row in (old, new)]
    matcher = SequenceMatcher(None, texts[0], texts[1], autojunk=False)
    to_new = {b.a + n: new[b.b + n] for b in matcher.get_matching_blocks() for n in range(b.size)}
    return [(cell, to_new.get(i)) for i, cell in enumerate(old)]
