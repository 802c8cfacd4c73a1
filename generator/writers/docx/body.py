"""The document's blocks as the text of word/document.xml, in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.document.nodes import Block, Chart, Contents, Heading, Inlines, Paragraph, Table
from generator.frames.frame import EMPTY_FOOTER, EMPTY_HEADER
from generator.frames.frame_file import Frame, References, Section, filled
from generator.word.chart import CHART_NAMESPACE, chart_part
from generator.word.look import Look, Sheet, Style
from generator.word.marks import MarkedChart, Marks
from generator.word.sheet import chart_workbook
from generator.word.xml import attribute, run
from generator.writers.chart_values import Shown, shown
from generator.writers.docx.contents import ContentsEntry, contents
from generator.writers.docx.inline import Ink, plain
from generator.writers.docx.table import WordGrid, column_widths, table_kind
from generator.writers.sections import PageSection, sections, unknown

EMU_PER_TWIP = 635
_NO_FOOTERS = (("default", EMPTY_FOOTER), ("even", EMPTY_FOOTER))
_NO_HEADERS = (("default", EMPTY_HEADER), ("even", EMPTY_HEADER))
_BETWEEN_TABLES = 160


@dataclass(frozen=True, slots=True)
class ChartParts:
    chart: str
    workbook: bytes


class Body:
    """One document on its way into XML."""

    __slots__ = (
        "_after_table",
        "_deepest",
        "_frame",
        "_front",
        "_out",
        "_pictures",
        "_sheet",
        "charts",
        "entries",
        "ink",
        "look",
        "marks",
    )

    def __init__(
        self,
        look: Look,
        marks: Marks | None,
        entries: tuple[ContentsEntry, ...],
        frame: Frame,
        front: tuple[str | Section, ...],
    ) -> None:
        self.look, self.marks, self.entries = look, marks, entries
        self.ink = Ink(marks)
        self.charts: list[ChartParts] = []
        self._deepest = max((entry.level for entry in entries), default=0)
        self._frame, self._front = frame, front
        self._out: list[str] = [frame.opening]
        self._pictures = frame.drawn
        self._sheet: Sheet = look.portrait
        self._after_table = False

    def write(self, blocks: tuple[Block, ...], *, draft: bool) -> Iterator[str]:
        """The text of word/document.xml, piece by piece; charts, entries and marks are complete after the last."""
        for piece in self._front:
            self._out.append(piece if isinstance(piece, str) else _text(piece, draft))
        cut = sections(blocks)
        before = [piece for piece in self._front if isinstance(piece, Section)]
        for index, section in enumerate(cut):
            made = self._paper(section, before)
            before.append(made)
            self._sheet = self.look.landscape if section.landscape else self.look.portrait
            end = _text(made, draft)
            last = index == len(cut) - 1
            yield from self._section(section, "" if last else end)
            if last:
                if self._after_table or not section.blocks:
                    self._out.append(_hair(""))
                self._out.append(end)
        self._out.append("</w:body></w:document>")
        yield from self._out

    def _paper(self, section: PageSection, before: list[Section]) -> Section:
        """How the section ends. One without page numbers has no headers either."""
        frame = self._frame
        like = frame.lying if section.landscape else frame.upright
        if section.page_numbers:
            headers, footers = _of_kinds(like.headers, "default", "even"), _of_kinds(like.footers, "default", "even")
        else:
            # A section without headers and footers of its own would show those of the section before.
            headers = _NO_HEADERS if any(one.headers for one in before) else ()
            footers = _NO_FOOTERS if any(one.footers for one in before) else ()
        title = frame.upright if not before and frame.upright.title_page else None
        if title is not None:
            headers += _of_kinds(title.headers, "first")
            footers += _of_kinds(title.footers, "first")
        return Section(headers, footers, like.paper, like.grid, title is not None)

    def _section(self, section: PageSection, end: str) -> Iterator[str]:
        final = len(section.blocks) - 1
        for index, placed in enumerate(section.blocks):
            block, breaks, own_end = placed.block, placed.new_page, end if index == final else ""
            if isinstance(block, Paragraph):
                self._paragraph(self.look.style(block.style), block.content, breaks, own_end)
            elif isinstance(block, Heading):
                self._heading(block, breaks, own_end)
            elif isinstance(block, Table):
                self._table(block, breaks, own_end)
            elif isinstance(block, Chart):
                self._chart(block, breaks, own_end)
            elif isinstance(block, Contents):
                self._contents(block, breaks, own_end)
            else:
                unknown(block)
            yield from self._out
            self._out.clear()
        if not section.blocks and end:
            self._out.append(_hair(end))

    # -- paragraphs ---------------------------------------------------------------------------------------------------
    def _line(self, style: Style, inside: str, breaks: bool = False, end: str = "", properties: str = "") -> None:
        """`properties`: what stands in w:pPr after w:pageBreakBefore."""
        new_page = "<w:pageBreakBefore/>" if breaks else ""
        self._out.append(
            f'<w:p><w:pPr><w:pStyle w:val="{style.identifier}"/>{new_page}{properties}{end}</w:pPr>{inside}</w:p>'
        )
        self._after_table = False

    def _paragraph(self, style: Style, content: Inlines, breaks: bool, end: str) -> None:
        self._line(style, self._remembered(self.ink.runs(content)), breaks, end)

    def _remembered(self, inside: str) -> str:
        """A heading or paragraph of the text, of which the ink has just written `inside`."""
        marks = self.marks
        if marks is None:
            return inside
        marks.paragraphs.append(self._memory())
        return self.ink.marked(marks.block(f"p{len(marks.paragraphs)}"), inside)

    def _beside(self, inside: str) -> str:
        """A line that belongs to a table, chart or 目录."""
        marks = self.marks
        if marks is None:
            return inside
        marks.beside.append(self._memory())
        return self.ink.marked(marks.block(f"n{len(marks.beside)}"), inside)

    def _memory(self) -> str:
        text = "".join(self.ink.memory)
        self.ink.memory.clear()
        return text

    def _heading(self, heading: Heading, breaks: bool, end: str) -> None:
        style = self.look.style(heading.style)
        number = self.ink.words(heading.number) if heading.number else ""
        inside = self._remembered(number + self.ink.runs(heading.content))
        if heading.in_contents:
            inside = self.ink.marked(heading.anchor, inside)
        # Only headings of 目录 may be seen by its field (\u takes every outline level) when somebody presses F9.
        level = heading.level
        if not heading.in_contents and level <= self._deepest:
            level = 10
        direct = "" if level == style.outline else f'<w:outlineLvl w:val="{level - 1}"/>'
        self._line(style, inside, breaks, end, direct)

    def _contents(self, node: Contents, breaks: bool, end: str) -> None:
        if node.title:
            self._line(self.look.style("目录标题"), self._beside(self.ink.words(node.title)), breaks)
            breaks = False
        if self.marks is not None:
            self.marks.order.append("toc")
        self._out.append(contents(self.entries, self.look, self._sheet, breaks, end))
        self._after_table = False

    # -- tables -------------------------------------------------------------------------------------------------------
    def _table(self, table: Table, breaks: bool, end: str) -> None:
        available = self._sheet.text_width
        widths = column_widths(table.columns, available)
        gap = (available - sum(widths)) // 2
        margins = f'<w:ind w:left="{gap}" w:right="{gap}"/>' if gap > 20 else ""
        ink, style = self.ink, self.look.style
        above: list[tuple[Style, str, str]] = []
        if table.title:
            above.append((style("表题"), self._beside(ink.runs(table.title)), ""))
        if table.number:
            above.append((style("表号"), self._beside(ink.words(table.number)), margins))
        if table.left_note or table.unit:
            tab = _tabs(plain(table.left_note).count("\t") + bool(table.unit), available, gap)
            left = ink.runs(table.left_note)
            unit = ink.words(f"\t{table.unit}") if table.unit else ""
            above.append((style("表左注"), self._beside(left + unit), tab + margins))
        if not above and (self._after_table or breaks):
            # Word joins two tables that touch.
            self._out.append(_hair("", new_page=breaks, line=_BETWEEN_TABLES))
        for line_style, inside, properties in above:
            self._line(line_style, inside, breaks, "", properties)
            breaks = False
        grid = WordGrid(self.look, table_kind(table), table.columns, widths, ink)
        self._out.append(grid.write(table.name, table.head, table.body))
        self._after_table = True
        final = len(table.notes) - 1
        for index, note in enumerate(table.notes):
            parts = plain(note).count("\t")
            properties = (_tabs(parts, available, gap) if parts else "") + margins
            self._line(style("表注"), self._beside(ink.runs(note)), False, end if index == final else "", properties)
        if end and not table.notes:
            self._out.append(_hair(end))
            self._after_table = False

    # -- charts -------------------------------------------------------------------------------------------------------
    def _chart(self, chart: Chart, breaks: bool, end: str) -> None:
        data = shown(chart)
        mark = ""
        series = [(one.name, one.values, one.labels) for one in data.series]
        marks = self.marks
        if marks is not None:
            alt = chart.alt if series else chart.empty
            labels = tuple("\t".join(one.labels) for one in data.series)
            marks.charts.append(MarkedChart(chart.name, chart.kind, alt, _data_rows(data), labels))
            mark = marks.block(f"c{len(marks.charts)}")
        if series:
            style = self.look.style("图")
            self.charts.append(
                ChartParts(
                    chart_part(chart.kind, data.categories, series, data.number_format, self.look.chart),
                    chart_workbook(data.categories, [one[:2] for one in series], data.number_format),
                )
            )
            inside = self._drawing(chart)
        else:
            style = self.look.style("图无")
            inside = run(chart.empty) if chart.empty else ""
        self._line(style, self.ink.marked(mark, inside) if mark else inside, breaks, "" if chart.caption else end)
        if chart.caption:
            self._line(self.look.style("图题"), self._beside(self.ink.runs(chart.caption)), False, end)

    def _drawing(self, chart: Chart) -> str:
        self._pictures += 1
        number = len(self.charts)
        width, height = self._sheet.text_width * EMU_PER_TWIP, self.look.chart.height * EMU_PER_TWIP
        return (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{width}" cy="{height}"/>'
            f'<wp:docPr id="{self._pictures}" name="{attribute(chart.name)}" descr="{attribute(chart.alt)}"/>'
            f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{CHART_NAMESPACE}">'
            f'<c:chart r:id="rIdChart{number}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
        )


def _tabs(parts: int, available: int, gap: int) -> str:
    """Where the words behind one tab end, and those between two have their middle."""
    middle = f'<w:tab w:val="center" w:pos="{available // 2}"/>' if parts > 1 else ""
    return f'<w:tabs>{middle}<w:tab w:val="right" w:pos="{available - gap}"/></w:tabs>'


def _data_rows(data: Shown) -> tuple[str, ...]:
    """The chart's data as a person sees it: the values as its number format prints them."""
    if not data.series:
        return ()
    head = "\t".join(("", *(one.name for one in data.series)))
    values = zip(*(one.printed for one in data.series), strict=True)
    return (head, *("\t".join((name, *row)) for name, row in zip(data.categories, values, strict=True)))


def _of_kinds(references: References, *kinds: str) -> References:
    return tuple(one for one in references if one[0] in kinds)


def _text(section: Section, draft: bool) -> str:
    return section.as_draft().text() if draft else section.text()


def filled_front(frame: Frame, words: Mapping[str, str]) -> tuple[str | Section, ...]:
    """What stands before the text, with the unit's words in its blanks."""
    return tuple(
        filled(piece, lambda blank: words.get(blank, "")) if isinstance(piece, str) else piece for piece in frame.front
    )


def _hair(end: str, *, new_page: bool = False, line: int = 20) -> str:
    """The paragraph that must follow a table where nothing else does; one point high unless two tables touch."""
    return (
        f'<w:p><w:pPr>{"<w:pageBreakBefore/>" if new_page else ""}<w:snapToGrid w:val="0"/>'
        f'<w:spacing w:line="{line}" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>'
        f"{end}</w:pPr></w:p>"
    )


def entries(blocks: tuple[Block, ...], pages: Mapping[str, int] | None = None) -> tuple[ContentsEntry, ...]:
    """What 目录 lists; page 1 stands in while no pages are known. A heading without a page is our own mistake."""
    return tuple(
        ContentsEntry(
            heading.level,
            heading.number + plain(heading.content).replace("\n", ""),
            heading.anchor,
            1 if pages is None else pages[heading.anchor],
        )
        for heading in blocks
        if isinstance(heading, Heading) and heading.in_contents
    )
