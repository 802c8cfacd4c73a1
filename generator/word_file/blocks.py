"""The body of a Word file as blocks: paragraphs, tables, 目录, each with the mark that says what it was made as."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from generator.word.facts_part import FactsPart, Pieces
from generator.word.marks import MarkedChart, MarkedTable
from generator.word.xml import span, whole
from generator.word_file.align import Shape, without_digits, words_but_figures, words_in
from generator.word_file.marked_file import Marked
from generator.word_file.paragraph import COPY, Element, atoms, marks, text_of, w

T = TypeVar("T")

BLOCK_MARK = re.compile(r"_([nptc])([0-9]{1,7})")
_OF_NUMBERS = "0123456789.,"
_DIGITS_BEFORE = re.compile(r"\d(?:[\d,.]*\d)?$")
_REST_OF_NUMBER = re.compile(r"[\d,.]*\d")


@dataclass(slots=True)
class CellRead:
    """`column` on the grid from 0; `down` False: covered by the cell above. `paragraphs` are the cell's own."""

    element: Element
    column: int
    across: int
    down: bool
    paragraphs: list[Element]

    def pieces(self) -> Pieces:
        return joined([pieces_of(one) for one in self.paragraphs])


@dataclass(slots=True)
class RowRead:
    element: Element
    cells: list[CellRead]
    head: bool

    def text(self) -> str:
        """As the facts part keeps a row: cells separated by tabs, "" where a span covers."""
        words: list[str] = []
        for cell in self.cells:
            inside = "" if not cell.down else words_in(cell.pieces())
            words += [inside, *[""] * (cell.across - 1)]
        return "\t".join(words)


@dataclass(slots=True)
class Block:
    """`kind`: p paragraph, t table, end the last w:sectPr. `marks`: «p12», «n3», «t1», «c2» that begin here; `toc`: a
    line of 目录. `trail`: the headings above it, its own last when it is one; `level`: 1–9, 10 for text."""

    kind: str
    element: Element
    marks: list[str] = field(default_factory=list)
    toc: bool = False
    trail: tuple[str, ...] = ()
    level: int = 10

    @property
    def mark(self) -> str:
        return self.marks[0] if self.marks else ""

    def pieces(self) -> Pieces:
        return pieces_of(self.element)

    def text(self) -> str:
        return words_in(self.pieces())

    def rows(self) -> list[RowRead]:
        return rows_of(self.element)


def joined(parts: list[Pieces], between: str = "\n") -> Pieces:
    found: list[tuple[str, str]] = []
    for number, part in enumerate(parts):
        if number:
            found.append((between, ""))
        found += part
    return tuple(found)


def pieces_of(paragraph: Element) -> Pieces:
    """Words and marked figures as they stand in the file.

    A mark goes over all digits of its number: one typed before or behind them belongs to it, and LibreOffice moves a
    mark's end one character to the left for each comment before it in the paragraph.
    """
    text = text_of(paragraph)
    found: list[tuple[str, str]] = []
    figures = [one for one in marks(paragraph) if one.name.startswith("_f") and one.end > one.start]
    figures.sort(key=lambda one: (one.start, -one.end))
    here = 0
    for number, one in enumerate(figures):
        if one.start < here:
            continue
        border = figures[number + 1].start if number + 1 < len(figures) else len(text)
        start, end = one.start, one.end
        if text[start].isdigit() and (before := _DIGITS_BEFORE.search(text, here, start)):
            start = before.start()
        if text[end - 1] in _OF_NUMBERS:
            rest = _REST_OF_NUMBER.match(text, end, max(end, border))
            end = rest.end() if rest else end
        found += [(text[here:start], ""), (text[start:end], _print(one.name))]
        here = end
    found.append((text[here:], ""))
    return tuple(piece for piece in found if piece[0])


def _print(name: str) -> str:
    """«_f3_1_Copy_1» → f3_1."""
    return re.sub(COPY + "$", "", name)[1:]


def rows_of(table: Element, *, struck: bool = False) -> list[RowRead]:
    """Rows struck out with tracked changes are none, unless `struck`."""
    found = []
    for row in table.iterchildren(w("tr")):
        if not struck and row.find(f"{w('trPr')}/{w('del')}") is not None:
            continue
        cells, column = [], _int(row.find(f"{w('trPr')}/{w('gridBefore')}"), 0)
        for cell in _cells(row):
            across = span(str(_int(cell.find(f"{w('tcPr')}/{w('gridSpan')}"), 1)))
            merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
            covered = merge is not None and merge.get(w("val"), "continue") == "continue"
            cells.append(CellRead(cell, column, across, not covered, list(_paragraphs(cell))))
            column += across
        found.append(RowRead(row, cells, row.find(f"{w('trPr')}/{w('tblHeader')}") is not None))
    return found


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == w("tc"):
            yield child
        elif child.tag == w("sdt"):
            yield from child.iter(w("tc"))


def _paragraphs(cell: Element) -> Iterator[Element]:
    for child in cell:
        if child.tag == w("p"):
            yield child
        elif child.tag in (w("sdt"), w("sdtContent")):
            yield from _paragraphs(child)


def _int(element: Element | None, default: int) -> int:
    value = "" if element is None else str(element.get(w("val"), ""))
    return max(whole(value, default), 0)


# -- the body ---------------------------------------------------------------------------------------------------------
def blocks_of(file: Marked) -> list[Block]:
    """Top-level blocks in reading order; content controls and tracked moves around them are looked through, what is
    struck out as a whole with tracked changes is none."""
    levels = _outline_levels(file)
    found: list[Block] = []
    trail: dict[int, str] = {}
    depth = 0
    waiting: list[str] = []
    for element in _top(file.body):
        if element.tag == w("bookmarkStart"):
            match = BLOCK_MARK.fullmatch(str(element.get(w("name"))))
            waiting += [match[1] + match[2]] if match else []
            continue
        if element.tag not in (w("p"), w("tbl"), w("sectPr")):
            continue
        if _struck(element):
            depth += _fields(element)
            continue
        block = Block(
            {w("p"): "p", w("tbl"): "t", w("sectPr"): "end"}[element.tag], element, [*waiting, *_begun(element)]
        )
        waiting = []
        if block.kind == "p":
            before, depth = depth, depth + _fields(element)
            block.toc = before > 0 or _opens_contents(element)
            depth = depth if block.toc else 0
            block.level = _level(element, levels)
            if block.level < 10 and not block.toc:
                words = text_of(element).strip()
                trail = {level: text for level, text in trail.items() if level < block.level}
                trail[block.level] = words
        block.trail = tuple(trail.values())
        found.append(block)
    return found


def _top(body: Element) -> Iterator[Element]:
    for child in body:
        if child.tag in (w("sdt"), w("sdtContent"), w("customXml"), w("smartTag")):
            yield from _top(child)
        else:
            yield child


def _struck(element: Element) -> bool:
    """A paragraph without words whose end is struck out, a table of struck rows."""
    if element.tag == w("tbl"):
        return not rows_of(element)
    return element.find(f"{w('pPr')}/{w('rPr')}/{w('del')}") is not None and not atoms(element)


def _begun(element: Element) -> list[str]:
    """Marks of blocks that begin in a paragraph or table."""
    names = (str(start.get(w("name"))) for start in element.iter(w("bookmarkStart")))
    found = [match[1] + match[2] for match in map(BLOCK_MARK.fullmatch, names) if match]
    return [one for one in found if (one[0] == "t") == (element.tag == w("tbl"))]


def holds_mark(element: Element, mark: str) -> bool:
    """Whether the block's mark «t3», or a copy of it, begins inside."""
    names = (str(start.get(w("name"))) for start in element.iter(w("bookmarkStart")))
    return any(re.fullmatch(f"_{mark}{COPY}", name) for name in names)


def _fields(paragraph: Element) -> int:
    """How many fields stay open behind this paragraph, less those open before it."""
    count = 0
    for one in paragraph.iter(w("fldChar")):
        count += {"begin": 1, "end": -1}.get(str(one.get(w("fldCharType"))), 0)
    return count


def _opens_contents(paragraph: Element) -> bool:
    return any((one.text or "").strip().startswith("TOC ") for one in paragraph.iter(w("instrText")))


def _outline_levels(file: Marked) -> dict[str, int]:
    """Style → outline level 1–9, that of the style it is based on when it has none."""
    own: dict[str, int] = {}
    based: dict[str, str] = {}
    for style in file.styles:
        identifier = str(style.get(w("styleId")))
        level = style.find(f"{w('pPr')}/{w('outlineLvl')}")
        if level is not None:
            own[identifier] = _int(level, 9) + 1
        parent = style.find(w("basedOn"))
        if parent is not None:
            based[identifier] = str(parent.get(w("val")))

    def of(identifier: str, steps: int = 10) -> int:
        if identifier in own or steps == 0:
            return own.get(identifier, 10)
        return of(based[identifier], steps - 1) if identifier in based else 10

    return {identifier: of(identifier) for identifier in {*own, *based}}


def _level(paragraph: Element, levels: dict[str, int]) -> int:
    direct = paragraph.find(f"{w('pPr')}/{w('outlineLvl')}")
    if direct is not None:
        return min(_int(direct, 9) + 1, 10)
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return levels.get(str(style.get(w("val"))), 10) if style is not None else 10


# -- generated blocks -------------------------------------------------------------------------------------------------
def generated(facts: FactsPart, mark: str) -> Pieces:
    """What a paragraph or line beside was generated as; nothing when the facts part does not know it."""
    return _numbered(facts.written if mark[0] == "p" else facts.beside, mark) or ()


def table_of(facts: FactsPart, mark: str) -> MarkedTable | None:
    """The table that was generated under «t1»; None for other marks, for "", and for what the facts part lacks."""
    return _numbered(facts.tables, mark) if mark.startswith("t") else None


def chart_of(facts: FactsPart, mark: str) -> MarkedChart | None:
    """The same of «c1»."""
    return _numbered(facts.charts, mark) if mark.startswith("c") else None


def _numbered(several: Sequence[T], mark: str) -> T | None:
    number = int(mark[1:]) - 1
    return several[number] if 0 <= number < len(several) else None


def shapes(facts: FactsPart, unit: str = "") -> list[Shape]:
    """The generated document, block by block, for aligning it with another version; `unit`: the name of the unit there,
    when this version calls it otherwise."""
    former = facts.document.get("unit", "")
    found = [shape(facts, mark) for mark in facts.order]
    if not unit or not former or unit == former:
        return found
    return [
        Shape(one.kind, *(words.replace(former, unit) for words in (one.exact, one.text, one.name))) for one in found
    ]


def shape(facts: FactsPart, mark: str) -> Shape:
    if mark == "toc":
        return Shape("toc", "", "")
    table, chart = table_of(facts, mark), chart_of(facts, mark)
    if table is not None:
        subject = table.rows[0] if table.rows else ""
        return Shape("t", without_digits(table.name + subject), subject, table.name)
    if chart is not None:
        return Shape("c", chart.name, chart.name, chart.name)
    pieces = generated(facts, mark)
    return Shape(mark[0], words_but_figures(pieces, lambda figure: name_of(facts, figure)), words_in(pieces))


def name_of(facts: FactsPart, mark: str) -> str:
    """The fact's name behind a figure's mark, «f3_1»."""
    fact = facts.figures.get(mark.partition("_")[0])
    return fact.name if fact is not None else ""
