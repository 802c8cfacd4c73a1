"""Where each figure is printed: the headings above it and the words around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.document.nodes import Cell, Chart, Document, Figure, Heading, Inlines, Paragraph, Row, Run, Table

_AROUND = 16
BEGINNING = "开头"
"""Where no heading stands above: the cover, or a title."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the printed document. `trail`: the headings above, a heading's own words last; `paragraph`: which one
    below the last heading, from 1; `table`, `row`, `column`: a cell, counted from 1 with the head; `label`: the row's
    words, `head` the column's."""

    trail: tuple[str, ...]
    paragraph: int = 0
    table: str = ""
    row: int = 0
    column: int = 0
    label: str = ""
    head: str = ""

    def __str__(self) -> str:
        words = " › ".join((*self.trail, f"表“{self.table}”") if self.table else self.trail)
        words = words or BEGINNING
        if self.row:
            return f"{words} {self.cell}"
        return f"{words} 第{self.paragraph}段" if self.paragraph else words

    @property
    def cell(self) -> str:
        """«第3行第2列“合计”», «第3行“合计”» of a whole row."""
        return f"第{self.row}行" + (f"第{self.column}列" if self.column else "") + f"“{self.label}”"

    def as_data(self) -> dict[str, object]:
        """For programs; what does not apply is left out."""
        words: tuple[tuple[str, object], ...] = (
            ("trail", list(self.trail)),
            ("paragraph", self.paragraph),
            ("table", self.table),
            ("row", self.row),
            ("column", self.column),
            ("label", self.label),
            ("head", self.head),
        )
        return {key: value for key, value in words if value}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One printed figure. `excerpt`: words around it, or the table's row. `generated`: what the program had printed
    there, when a person has overtyped it since."""

    figure: Figure
    spot: Spot
    excerpt: str
    generated: str = ""

    def __str__(self) -> str:
        spot = self.spot
        above = " › ".join((*spot.trail, f"表“{spot.table}”") if spot.table else spot.trail)
        by_hand = f"（程序生成的是“{self.generated}”，后来手工改成了“{self.figure.text}”）" if self.generated else ""
        return (f"{above}：{self.excerpt}" if above else self.excerpt) + by_hand


def occurrences(document: Document) -> Iterator[Occurrence]:
    """All printed figures in reading order."""
    trail: dict[int, str] = {}
    paragraph = 0
    for block in document.blocks:
        above = tuple(trail.values())
        if isinstance(block, Heading):
            trail = {level: words for level, words in trail.items() if level < block.level}
            trail[block.level] = (block.number + words(block.content)).strip()
            paragraph = 0
            yield from _inline(block.content, Spot(tuple(trail.values())))
        elif isinstance(block, Paragraph):
            paragraph += bool(words(block.content).strip())
            yield from _inline(block.content, Spot(above, paragraph))
        elif isinstance(block, Table):
            beside = Spot(above, table=block.name)
            yield from _inline(block.title, beside)
            yield from _inline(block.left_note, beside)
            heads = [_texts(row) for row in block.head]
            for number, row in enumerate((*block.head, *block.body), 1):
                yield from _row(row, number, beside, heads)
            for note in block.notes:
                yield from _inline(note, beside)
        elif isinstance(block, Chart):
            yield from _inline(block.caption, Spot(above))


def words(content: Inlines) -> str:
    return "".join(piece.text for piece in content if isinstance(piece, Run | Figure))


def _inline(content: Inlines, spot: Spot) -> Iterator[Occurrence]:
    position = 0
    text = words(content)
    for piece in content:
        if isinstance(piece, Figure):
            yield Occurrence(piece, spot, excerpt(text, position, position + len(piece.text)))
        position += len(piece.text) if isinstance(piece, Run | Figure) else 0


def excerpt(text: str, start: int, end: int) -> str:
    """The words around a number, which is never cut in two."""
    first, last = max(0, start - _AROUND), end + _AROUND
    while 0 < first < start and text[first - 1 : first + 1].strip("0123456789.,") == "":
        first -= 1
    while last < len(text) and text[last - 1 : last + 1].strip("0123456789.,") == "":
        last += 1
    return ("…" if first else "") + text[first:last] + ("…" if last < len(text) else "")


def row_labels(heads: Sequence[Sequence[str]], cells: Sequence[str]) -> list[str]:
    """What a row is called, for each of its columns: its first cell that does not begin with a digit. A table that
    stands beside its continuation (收入 to the left, 支出 to the right) has another such cell under an equal head."""
    named = [at for at, words in enumerate(cells) if words and not words[0].isdigit()]
    if not named:
        return [""] * len(cells)
    first = column_head(heads, named[0])
    again = [at for at in named if first and column_head(heads, at) == first and _own_head(heads, at)] or named[:1]
    found, label = [], cells[named[0]]
    for at in range(len(cells)):
        label = cells[at] if at in again else label
        found.append(label)
    return found


def _own_head(heads: Sequence[Sequence[str]], column: int) -> bool:
    """Whether the column's head begins there, not to the left of it."""
    return any(column < len(row) and row[column] for row in heads)


def column_head(heads: Sequence[Sequence[str]], column: int) -> str:
    """The lowest words above a column; those of a wider cell stand to the left. Numbers of columns are no words."""
    for row in reversed(heads):
        if column < len(row) and row[column] and not row[column].strip().isdigit():
            return row[column].replace("\n", "")
    for row in reversed(heads):
        for words in reversed(row[: column + 1]):
            if words and not words.strip().isdigit():
                return words.replace("\n", "")
    return ""


def _row(row: Row, number: int, beside: Spot, heads: Sequence[Sequence[str]]) -> Iterator[Occurrence]:
    labels: Sequence[str] = ()
    for column, cell in enumerate(row.cells):
        for figure in (cell,) if isinstance(cell, Figure) else () if isinstance(cell, str) else cell:
            if isinstance(figure, Figure):
                labels = labels or row_labels(heads, _texts(row))
                head = column_head(heads, column)
                spot = Spot(beside.trail, 0, beside.table, number, column + 1, labels[column], head)
                yield Occurrence(figure, spot, f"{spot.cell} {figure.text}")


def _texts(row: Row) -> list[str]:
    return [_cell_words(cell) for cell in row.cells]


def _cell_words(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    return cell.text if isinstance(cell, Figure) else words(cell)
