"""A Word file as its reader sees it: headings, paragraphs, tables, charts in order, each with its place.

The words are those that stand in the file now; beside them stands what the program had generated, so that a number
typed over by hand is noticed. 目录 is left out: it repeats the headings, and its page numbers say nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator.document.nodes import Figure
from generator.document.occurrences import Occurrence, Spot, column_head, excerpt, row_labels
from generator.quantity import Quantity
from generator.word.facts_part import FactsPart, Pieces
from generator.word.marks import MarkedChart
from generator.word_file.align import Token, changes, tokens, words_in
from generator.word_file.blocks import Block, blocks_of, chart_of, generated, table_of
from generator.word_file.marked_file import Marked


@dataclass(frozen=True, slots=True)
class VisibleLine:
    """The words of a heading, a paragraph, a line beside a table or chart, or a cell. `generated`: what the program
    wrote there, None when a person has added it."""

    spot: Spot
    pieces: Pieces
    generated: Pieces | None = None

    @property
    def text(self) -> str:
        return words_in(self.pieces)


@dataclass(frozen=True, slots=True)
class RowLines:
    """`text`: cells separated by tabs, as the facts part keeps a row; `spot` without column."""

    cells: Mapping[int, VisibleLine]
    head: bool
    text: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Part:
    """`kind`: h heading, p paragraph, n a line beside a table or chart, t table, c chart."""

    kind: str
    line: VisibleLine
    name: str = ""
    rows: tuple[RowLines, ...] = ()
    chart: MarkedChart | None = None

    @property
    def lines(self) -> Iterator[VisibleLine]:
        if self.kind == "t":
            for row in self.rows:
                yield from row.cells.values()
        else:
            yield self.line


def content(file: Marked) -> list[Part]:
    """The file's parts in reading order; empty paragraphs say nothing and are left out."""
    found: list[Part] = []
    paragraph = 0
    trail: tuple[str, ...] = ()
    for block in blocks_of(file):
        if block.toc or block.kind == "end":
            continue
        here = tuple(one.replace("\n", "") for one in block.trail)
        paragraph = paragraph if here == trail and block.level == 10 else 0
        trail = here
        if block.kind == "t":
            found.append(_table(file.facts, block, trail))
            continue
        kind = block.mark[0] if block.mark else "p"
        if (chart := chart_of(file.facts, block.mark)) is not None:
            found.append(Part("c", VisibleLine(Spot(trail), block.pieces()), chart.name, chart=chart))
            continue
        pieces = block.pieces()
        made = generated(file.facts, block.mark) if kind in "pn" and block.mark else None
        if not words_in(pieces).strip() and not made:
            continue
        kind = "n" if kind == "n" else "h" if block.level < 10 else "p"
        paragraph += kind == "p"
        found.append(Part(kind, VisibleLine(Spot(trail, paragraph if kind == "p" else 0), pieces, made)))
    return found


def _table(facts: FactsPart, block: Block, trail: tuple[str, ...]) -> Part:
    known = table_of(facts, block.mark)
    name = known.name if known is not None else ""
    read = block.rows()
    texts = [row.text() for row in read]
    made = _same_rows(texts, known.rows if known is not None else ())
    rows = []
    heads = [text.split("\t") for row, text in zip(read, texts, strict=True) if row.head]
    for at, (row, text, generated_row) in enumerate(zip(read, texts, made, strict=True)):
        cells = {cell.column: cell.pieces() for cell in row.cells if cell.down}
        labels = row_labels(heads, text.split("\t"))
        before = generated_row.split("\t") if generated_row is not None else ()
        lines = {
            column: VisibleLine(
                Spot(trail, 0, name, at + 1, column + 1, _at(labels, column), column_head(heads, column)),
                pieces,
                None if column >= len(before) else _as_generated(pieces, before[column]),
            )
            for column, pieces in cells.items()
        }
        rows.append(RowLines(lines, row.head, text, Spot(trail, 0, name, at + 1, 0, _at(labels, 0))))
    return Part("t", VisibleLine(Spot(trail, 0, name), ()), name, tuple(rows))


def _at(words: Sequence[str], column: int) -> str:
    return words[column] if column < len(words) else ""


def _same_rows(texts: Sequence[str], made: Sequence[str]) -> list[str | None]:
    """For each row of the file the row that was generated in its place."""
    found: list[str | None] = [None] * len(texts)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, texts, made, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and i2 - i1 == j2 - j1):
            found[i1:i2] = made[j1:j2]
    return found


def _as_generated(pieces: Pieces, text: str) -> Pieces:
    """The generated words of a cell; the facts part keeps them without marks, so that of the only figure is put back
    where the words around it are still the same."""
    marked = [at for at, (_, mark) in enumerate(pieces) if mark]
    if words_in(pieces) == text:
        return pieces
    if len(marked) == 1:
        before = words_in(pieces[: marked[0]])
        behind = words_in(pieces[marked[0] + 1 :])
        if text.startswith(before) and text.endswith(behind) and len(before) + len(behind) < len(text):
            number = text[len(before) : len(text) - len(behind)]
            cut = ((before, ""), (number, pieces[marked[0]][1]), (behind, ""))
            return tuple(piece for piece in cut if piece[0])
    return ((text, ""),)


# -- figures in a line ------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Printed:
    """A figure that the program printed: its mark («f3_1»), what stands there now, what was generated, and over which
    characters of the line it stands now."""

    mark: str
    text: str
    generated: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """The figure's in the facts part: «f3»."""
        return self.mark.partition("_")[0]

    @property
    def overtyped(self) -> bool:
        return self.text != self.generated


def printed(line: VisibleLine) -> list[Printed]:
    """The figures of a line. A program that replaces a number may drop its mark: then the words that stand where the
    number stood are taken for it; a number that is gone is no longer printed."""
    was = {mark: text for text, mark in line.generated or () if mark}
    found = []
    here = 0
    for text, mark in line.pieces:
        if mark:
            found.append(Printed(mark, text, was.get(mark, text), here, here + len(text)))
        here += len(text)
    lost = set(was) - {one.mark for one in found}
    if lost:
        found = sorted([*found, *_without_mark(line, lost)], key=lambda one: one.start)
    return found


def _without_mark(line: VisibleLine, lost: set[str]) -> Iterator[Printed]:
    old = _by_text(line.generated or ())
    new = _by_text(line.pieces)
    starts = [0]
    for token in new:
        starts.append(starts[-1] + len(token.text))
    different = changes(old, new)
    shift = 0
    for at, token in enumerate(old):
        while different and different[0].i2 <= at:
            shift = different[0].j2 - different[0].i2
            different = different[1:]
        if token.mark not in lost:
            continue
        change = different[0] if different and different[0].i1 <= at else None
        if change is None:
            yield Printed(token.mark, token.text, token.text, starts[at + shift], starts[at + shift + 1])
            continue
        numbers = [j for j in range(change.j1, change.j2) if new[j].text[0].isdigit()]
        same = [j for j in numbers if new[j].text.rstrip("%％") == token.text.rstrip("%％")]
        for j in (same or numbers)[:1]:
            percent = len(new[j].text) - len(new[j].text.rstrip("%％")) if not token.text.endswith("%") else 0
            end = starts[j + 1] - percent
            yield Printed(token.mark, new[j].text[: len(new[j].text) - percent], token.text, starts[j], end)


def _by_text(pieces: Pieces) -> list[Token]:
    """Tokens that are the same where they read the same."""
    return [Token(one.text, one.text, one.mark) for one in tokens(pieces, str)]


def occurrences_in(parts: Iterable[Part], figures: Mapping[str, Quantity]) -> Iterator[Occurrence]:
    """All printed figures of a file in reading order, as `document.occurrences` gives them for a new document.

    `figures`: what `recalled` gives.
    """
    for part in parts:
        for line in part.lines:
            for one in printed(line):
                quantity = figures.get(one.key)
                if quantity is None:
                    continue
                text, spot = line.text, line.spot
                around = f"{spot.cell} {one.text}" if spot.row else excerpt(text, one.start, one.end)
                yield Occurrence(Figure(one.text, quantity), spot, around, one.generated if one.overtyped else "")
