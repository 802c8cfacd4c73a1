"""A Word file, perhaps edited, as the nodes of a document: for writers that tell its words in another form.

Either all that its reader sees of the body becomes a node, or `lacking` says what does not: a picture, a footnote, the
number that Word itself counts, letters struck through. Looks beyond styles, bold and the sides of cells are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from generator.border.numbers import number
from generator.document.nodes import (
    Block,
    Cell,
    Chart,
    ChartSeries,
    Column,
    Contents,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    PageBreak,
    Paragraph,
    Row,
    Run,
    SectionStart,
    Table,
)
from generator.document.occurrences import Spot
from generator.quantity import Quantity
from generator.word.chart import CHART_NAMESPACE
from generator.word.look import BUILT_IN, Look
from generator.word.read_chart import read_series
from generator.word.xml import R
from generator.word_file.blocks import Block as Standing
from generator.word_file.blocks import RowRead, blocks_of, chart_of, table_of
from generator.word_file.marked_file import Marked
from generator.word_file.paragraph import DOC_PR, Element, runs, w
from generator.word_file.untold import Untold, untold

_OUR_NAME = {word.lower(): name for name, (_, word) in BUILT_IN.items()}
_CHART = f"{{{CHART_NAMESPACE}}}chart"
_SIDES = {"left": "左", "start": "左", "both": "左", "center": "中", "right": "右", "end": "右"}
_KINDS = {"pieChart": "饼形", "lineChart": "折线", "barChart": "柱形"}
_ABOVE = ("表题", "表号", "表左注")
_TWIPS = 1440 / 25.4


class AsNodes(NamedTuple):
    """`lacking`: what cannot be told as nodes; then `blocks` are not the whole."""

    blocks: tuple[Block, ...]
    lacking: tuple[Untold, ...] = ()


def as_nodes(file: Marked, look: Look) -> AsNodes:
    """The body's blocks; tracked changes and comments are out of it already."""
    reader = _Reader(file, look)
    blocks = tuple(reader.blocks())
    return AsNodes(blocks, (*untold(file), *reader.lacking))


class _Reader:
    def __init__(self, file: Marked, look: Look) -> None:
        self.file, self.look = file, look
        self.styles = {str(one.get(w("styleId"))): self._our_style(one) for one in file.styles}
        self.listed = {str(one.get(w("anchor"))) for one in file.body.iter(w("hyperlink"))}
        self.targets = {one.identifier: one.target for one in file.parts.relations(file.parts.document)}
        self.headings = 0
        self.lacking: list[Untold] = []

    def _our_style(self, style: Element) -> str:
        found = style.find(w("name"))
        name = "" if found is None else str(found.get(w("val"), ""))
        return _OUR_NAME.get(name.lower(), name)

    def blocks(self) -> Iterator[Block]:
        section: list[Block] = []
        for block in blocks_of(self.file):
            section += self._told(block)
            end = block.element if block.kind == "end" else block.element.find(f"{w('pPr')}/{w('sectPr')}")
            if end is not None:
                size = end.find(w("pgSz"))
                yield SectionStart(landscape=size is not None and size.get(w("orient")) == "landscape")
                yield from _joined(section)
                section = []
        yield from _joined(section)

    def _told(self, block: Standing) -> Iterator[Block]:
        element = block.element
        if block.kind == "end":
            return
        if block.toc:
            yield Contents("")
            return
        if block.kind == "t":
            yield self._table(block)
            return
        if element.find(f"{w('pPr')}/{w('pageBreakBefore')}") is not None or _breaks(element):
            yield PageBreak()
        content = self._inlines(element)
        style = self._style(element)
        if block.level < 10 and any(isinstance(one, Run) and one.text.strip() for one in content):
            yield self._heading(block, content, style)
        elif content:
            yield Paragraph(content, style)
        for drawing in element.iter(_CHART):
            yield from self._chart(block, drawing)

    def _style(self, paragraph: Element) -> str:
        named = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        return self.styles.get(str(named.get(w("val"))), "") if named is not None else ""

    def _heading(self, block: Standing, content: Inlines, style: str) -> Heading:
        names = (str(one.get(w("name"))) for one in block.element.iter(w("bookmarkStart")))
        anchor = next((name for name in names if name.startswith("_Toc")), "")
        self.headings += 1
        return Heading(block.level, "", content, style, anchor or f"h{self.headings}", anchor in self.listed)

    def _inlines(self, paragraph: Element) -> Inlines:
        """Words, with line breaks; neighbours of one weight are one run."""
        found: list[Inline] = []
        for run in runs(paragraph):
            weight = run.find(f"{w('rPr')}/{w('b')}")
            bold = weight is not None and weight.get(w("val")) not in ("0", "false", "off")
            for text in _words(run):
                last = found[-1] if found else None
                if text == "\n":
                    found.append(LineBreak())
                elif isinstance(last, Run) and last.bold == bold:
                    found[-1] = Run(last.text + text, bold)
                else:
                    found.append(Run(text, bold))
        return tuple(found)

    # -- tables -------------------------------------------------------------------------------------------------------
    def _table(self, block: Standing) -> Table:
        read = block.rows()
        widths = [float(str(one.get(w("w"), "0")) or 0) / _TWIPS for one in block.element.findall(f"{w('tblGrid')}/*")]
        count = max((cell.column + cell.across for row in read for cell in row.cells), default=1)
        widths = [width or 10.0 for width in (*widths, *[0.0] * count)][:count]
        rows = [self._row(read, at, count) for at in range(len(read))]
        heads = next((at for at, row in enumerate(read) if not row.head), len(read))
        usual = [Counter(row.align.get(at, "中") for row in rows[heads:]).most_common(1) for at in range(count)]
        columns = tuple(Column(width, most[0][0] if most else "中") for width, most in zip(widths, usual, strict=True))
        body = tuple(
            replace(row, align={at: side for at, side in row.align.items() if side != columns[at].align})
            for row in rows[heads:]
        )
        known = table_of(self.file.facts, block.mark)
        name = known.name if known is not None else (block.trail[-1] if block.trail else "表")
        return Table(name, columns, tuple(rows[:heads]), body, style=self._kind(block.element))

    def _kind(self, table: Element) -> str:
        named = table.find(f"{w('tblPr')}/{w('tblStyle')}")
        identifier = str(named.get(w("val"))) if named is not None else ""
        name = self.styles.get(identifier, "")
        fitting = (one.name for one in self.look.tables if identifier == one.identifier or name == one.word_name)
        return next(fitting, "附表")

    def _row(self, read: Sequence[RowRead], at: int, count: int) -> Row:
        cells: list[Cell] = [""] * count
        spans: dict[int, tuple[int, int]] = {}
        align: dict[int, str] = {}
        for cell in read[at].cells:
            if not cell.down:
                continue
            down = 1
            for below in read[at + 1 :]:
                if not any(one.column == cell.column and not one.down for one in below.cells):
                    break
                down += 1
            if down > 1 or cell.across > 1:
                spans[cell.column] = (down, cell.across)
            cells[cell.column] = self._cell(cell.paragraphs)
            if (side := self._side(cell.paragraphs)) != "中" or not read[at].head:
                align[cell.column] = side
        return Row(tuple(cells), spans, align=align)

    def _cell(self, paragraphs: Iterable[Element]) -> Inlines:
        lines = [self._inlines(one) for one in paragraphs]
        found: list[Inline] = []
        for number_, line in enumerate(lines):
            found += [LineBreak(), *line] if number_ else line
        return tuple(found)

    def _side(self, paragraphs: Sequence[Element]) -> str:
        own = paragraphs[0].find(f"{w('pPr')}/{w('jc')}") if paragraphs else None
        if own is not None:
            return _SIDES.get(str(own.get(w("val"))), "中")
        return _SIDES[self.look.style(self._style(paragraphs[0])).align] if paragraphs else "中"

    # -- charts -------------------------------------------------------------------------------------------------------
    def _chart(self, block: Standing, drawing: Element) -> Iterator[Block]:
        part = self.targets.get(str(drawing.get(f"{{{R}}}id")), "")
        root = self.file.parts.look(part) if part in self.file.parts.xml else None
        plots = [_local(one) for one in root.iter() if _local(one).endswith("Chart")] if root is not None else []
        if root is None or len(plots) != 1 or plots[0] not in _KINDS or root.find(f".//{_c('title')}") is not None:
            self.lacking.append(Untold(Spot(block.trail), "图表"))
            return
        lying = root.find(f".//{_c('barDir')}")
        kind = "条形" if lying is not None and lying.get("val") == "bar" else _KINDS[plots[0]]
        read = read_series(root)
        series = []
        for one in read:
            said = tuple(words[-1] if words else "" for words in one.labels)
            if kind != "饼形":
                said = tuple(words or shown for words, shown in zip(said, one.printed, strict=True))
            values = tuple(Quantity(exact, "") for value in one.values if (exact := number(value)) is not None)
            if not len(values) == len(one.categories) == len(said):
                self.lacking.append(Untold(Spot(block.trail), "图表"))
            else:
                series.append(ChartSeries(one.name, values, said if any(said) else ()))
        known = chart_of(self.file.facts, block.mark)
        described = next(block.element.iter(DOC_PR), None)
        name = known.name if known is not None else str(described.get("name", "")) if described is not None else ""
        categories = read[0].categories if read else ()
        yield Chart(name, kind, categories, tuple(series), (), alt=_spoken(categories, series))


def _spoken(categories: Sequence[str], series: Iterable[ChartSeries]) -> str:
    """The chart in words, from what stands in it now."""
    told = []
    for one in series:
        shown = one.labels or tuple(f"{value.value:f}" for value in one.values)
        points = "，".join(f"{name} {words}" for name, words in zip(categories, shown, strict=True))
        told.append(f"{one.name}：{points}" if one.name else points)
    return "；".join(told)


def _joined(section: Sequence[Block]) -> Iterator[Block]:
    """Lines above and below a table become its own, the line below a chart its caption, 目录 one block."""
    found: list[Block] = []
    for block in section:
        last = found[-1] if found else None
        if isinstance(block, Contents) and isinstance(last, Contents):
            continue
        if isinstance(block, Contents) and isinstance(last, Paragraph) and last.style == "目录标题":
            found[-1] = Contents(plain(last.content))
        elif isinstance(block, Table):
            above = _lines_above(found)
            del found[len(found) - len(above) :]
            found.append(_with_lines(block, {one.style: one.content for one in above}))
        elif isinstance(block, Paragraph) and block.style == "表注" and isinstance(last, Table):
            found[-1] = replace(last, notes=(*last.notes, block.content))
        elif isinstance(block, Paragraph) and block.style == "图题" and isinstance(last, Chart) and not last.caption:
            found[-1] = replace(last, caption=block.content)
        else:
            found.append(block)
    return iter(found)


def _with_lines(table: Table, above: Mapping[str, Inlines]) -> Table:
    title, number_, left = (above.get(style, ()) for style in _ABOVE)
    return replace(table, title=title, number=plain(number_), left_note=left)


def _lines_above(found: Sequence[Block]) -> list[Paragraph]:
    """The last lines that stand in the order in which a table has them, each kind once."""
    lines: list[Paragraph] = []
    rank = len(_ABOVE)
    for block in reversed(found):
        if not isinstance(block, Paragraph) or block.style not in _ABOVE or _ABOVE.index(block.style) >= rank:
            break
        rank = _ABOVE.index(block.style)
        lines.insert(0, block)
    return lines


def plain(content: Inlines) -> str:
    """The words alone; a line break is "\\n"."""
    return "".join("\n" if isinstance(one, LineBreak) else one.text for one in content)


def _words(run: Element) -> Iterator[str]:
    for part in run:
        if part.tag == w("t"):
            yield part.text or ""
        elif part.tag == w("tab"):
            yield "\t"
        elif part.tag == w("cr") or (part.tag == w("br") and part.get(w("type")) in (None, "textWrapping")):
            yield "\n"
        elif part.tag == w("noBreakHyphen"):
            yield "-"


def _breaks(paragraph: Element) -> bool:
    return any(one.get(w("type")) == "page" for one in paragraph.iter(w("br")))


def _c(name: str) -> str:
    return f"{{{CHART_NAMESPACE}}}{name}"


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
