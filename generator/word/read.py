"""Reading a .docx that we wrote: its facts part and its outline.

Works on files that Word, WPS or LibreOffice have saved since: parts are found by relationship and namespace, never by
name. Bytes that are no Word file raise `ValueError` with a Chinese sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from generator.border.refused import RefusedError
from generator.word import outline_lines as lines
from generator.word.chart import CHART_NAMESPACE
from generator.word.facts_part import FactsPart, facts_part_of
from generator.word.look import BUILT_IN
from generator.word.marks import FACTS_ROOT
from generator.word.parts import Parts
from generator.word.read_chart import read_series
from generator.word.xml import R, W, span, whole

_OUR_NAME = {word_name.lower(): name for name, (_, word_name) in BUILT_IN.items()}
_ABOVE_TABLE = ("表题", "表号", "表左注")
_STRUCK_OUT = (f"{{{W}}}del", f"{{{W}}}moveFrom")
_MARK = re.compile(r"_([fnptc])(\d+)(?:_x?\d+)?")


def read_facts_part(data: bytes) -> FactsPart | None:
    """The facts part of a .docx; None for a published copy and for files that others made."""
    return _facts(_opened(data))


def read_outline(data: bytes) -> str:
    """The outline that `write_outline` gives for the document from which the file was written."""
    return _FileReader(_opened(data)).outline()


def _opened(data: bytes) -> Parts:
    try:
        return Parts(data)
    except RefusedError:
        raise ValueError("这不是 Word 文件（.docx）。") from None


def _facts(parts: Parts) -> FactsPart | None:
    root = next((one for one in parts.custom() if one.tag == FACTS_ROOT), None)
    return None if root is None else facts_part_of(root)


def _blocks(body: etree._Element | None) -> Iterator[etree._Element]:
    """Paragraphs, tables and section ends; LibreOffice wraps 目录 into a content control when it saves."""
    for element in body if body is not None else ():
        if element.tag == _w("sdt"):
            yield from _blocks(element.find(_w("sdtContent")))
        elif not _struck(element):
            yield element


def _struck(element: etree._Element) -> bool:
    """Tracked changes: a paragraph without words whose end is struck out, a struck row, a table of struck rows."""
    if element.tag == _w("tbl"):
        return all(_struck(row) for row in element.findall(_w("tr")))
    if element.tag == _w("tr"):
        return element.find(f"{_w('trPr')}/{_w('del')}") is not None
    struck = element.find(f"{_w('pPr')}/{_w('rPr')}/{_w('del')}") is not None
    return struck and not any(text.text for text in element.iter(_w("t")))


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _w(name: str) -> str:
    return f"{{{W}}}{name}"


def _val(element: etree._Element | None, default: str = "") -> str:
    return default if element is None else str(element.get(_w("val"), default))


class _FileReader:
    """One file on its way into lines."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.targets = {one.identifier: one.target for one in parts.relations(parts.document)}
        self.body = parts.look(parts.document).find(_w("body"))
        self.facts = _facts(parts) or FactsPart({}, {}, (), (), (), (), ())
        self.marked = bool(self.facts.written)
        self.styles: dict[str, tuple[str, int]] = {}
        styles = parts.related(parts.document, "styles")
        for style in parts.look(styles).findall(_w("style")) if styles else ():
            name = _val(style.find(_w("name")))
            outline = _val(style.find(f"{_w('pPr')}/{_w('outlineLvl')}"), "9")
            self.styles[str(style.get(_w("styleId")))] = (_OUR_NAME.get(name.lower(), name), whole(outline, 9) + 1)
        self.finished: list[str] = []
        self.section: list[str] = []
        self.above: list[tuple[str, str]] = []
        self.in_contents = self.numbered = False

    def related(self, element: etree._Element) -> str:
        """The part that an element's r:id points to."""
        return self.targets.get(str(element.get(f"{{{R}}}id")), "")

    def outline(self) -> str:
        for element in _blocks(self.body):
            if element.tag == _w("p"):
                self._paragraph(element)
                if any(br.get(_w("type")) == "page" for br in element.iter(_w("br"))):
                    self.section.append(lines.NEW_PAGE)
                end = element.find(f"{_w('pPr')}/{_w('sectPr')}")
                if end is not None:
                    self._end_section(end)
            elif element.tag == _w("tbl"):
                self._table(element)
            elif element.tag == _w("sectPr"):
                self._end_section(element)
        return "\n".join(self.finished) + "\n"

    def _end_section(self, properties: etree._Element) -> None:
        size = properties.find(_w("pgSz"))
        landscape = size is not None and size.get(_w("orient")) == "landscape"
        footer = properties.find(_w("footerReference"))
        if footer is not None:
            self.numbered = b"PAGE" in self.parts.content.get(self.related(footer), b"")
        self.finished += [lines.section(landscape, self.numbered), *self.section]
        self.section = []
        self.in_contents = False

    # -- paragraphs ---------------------------------------------------------------------------------------------------
    def _paragraph(self, element: etree._Element) -> None:
        properties = element.find(_w("pPr"))
        found: dict[str, etree._Element] = (
            {_local(child): child for child in properties} if properties is not None else {}
        )
        style, level = self.styles.get(_val(found.get("pStyle")), ("", 10))
        level = min(whole(_val(found.get("outlineLvl"), "9"), 9) + 1, 10) if "outlineLvl" in found else level
        if level == 10:
            level = self.styles.get(_val(found.get("pStyle")), ("", 10))[1]
        if "pageBreakBefore" in found:
            self.section.append(lines.NEW_PAGE)
        marks = {match[1]: int(match[2]) for match in map(_MARK.fullmatch, self._bookmarks(element)) if match}
        own = "p" in marks or not self.marked
        if style.startswith("目录") or any("TOC" in (text.text or "") for text in element.iter(_w("instrText"))):
            self._contents(element, style)
            return
        self.in_contents = False
        drawing = element.find(f".//{{{CHART_NAMESPACE}}}chart")
        if drawing is not None:
            self.section += self._chart(
                element, drawing, self.facts.charts[marks["c"] - 1].name if "c" in marks else ""
            )
        elif "c" in marks:
            chart = self.facts.charts[marks["c"] - 1]
            self.section += lines.empty_chart(chart.kind, chart.name, self._inline(element))
        elif "p" not in marks and style in _ABOVE_TABLE:
            self.above.append((style, self._inline(element)))
        elif "p" not in marks and style in ("表注", "图题"):
            self.section.append(lines.beside(style, self._inline(element)))
        else:
            text = self._inline(element)
            if level < 10:
                self.section.append(lines.heading(level, style, text))
            elif text or (own and style):
                self.section.append(lines.paragraph(style or "Normal", text))

    def _bookmarks(self, element: etree._Element) -> list[str]:
        return [str(start.get(_w("name"))) for start in element.iter(_w("bookmarkStart"))]

    def _contents(self, element: etree._Element, style: str) -> None:
        words = "".join(text for text, _ in self._pieces(element))
        if style == "目录标题":
            self.section += lines.contents(words, ())
            self.in_contents = True
            return
        if not self.in_contents:
            self.section += lines.contents("", ())
            self.in_contents = True
        entry = words.rpartition("\t")[0].strip()
        if entry:
            self.section.append(f"  {entry}")

    def _inline(self, element: etree._Element) -> str:
        return lines.inline(self._pieces(element))

    def _pieces(self, element: etree._Element) -> Iterator[tuple[str, bool]]:
        """Text with its weight; a marked figure comes as one piece, however its run was cut since."""
        closing = ""
        name = ""
        inside: list[str] = []
        weights: list[bool] = []
        last = False
        for part in element.iter(_w("bookmarkStart"), _w("bookmarkEnd"), _w("r")):
            if part.tag == _w("bookmarkStart"):
                match = _MARK.fullmatch(str(part.get(_w("name"))))
                if match and match[1] == "f" and not closing:
                    closing = str(part.get(_w("id")))
                    fact = self.facts.figures.get(f"f{match[2]}")
                    name = fact.name if fact else ""
                    inside, weights = [], []
            elif part.tag == _w("bookmarkEnd"):
                if closing and part.get(_w("id")) == closing:
                    last = bool(weights) and all(weights)
                    yield lines.figure("".join(inside), name), last
                    closing = ""
            elif (around := part.getparent()) is None or around.tag not in _STRUCK_OUT:
                text, bold = self._run(part)
                if closing:
                    inside.append(text)
                    weights.append(bold)
                elif text:
                    last = bold if text.strip(lines.LINE_BREAK) else last
                    yield text, last

    def _run(self, run: etree._Element) -> tuple[str, bool]:
        weight = run.find(f"{_w('rPr')}/{_w('b')}")
        words = {_w("br"): lines.LINE_BREAK, _w("tab"): "\t"}
        text = "".join(
            part.text or "" if part.tag == _w("t") else words.get(str(part.tag), "")
            for part in run
            if part.get(_w("type")) != "page"
        )
        return text, weight is not None and _val(weight, "1") not in ("0", "false", "off")

    # -- tables and charts --------------------------------------------------------------------------------------------
    def _table(self, element: etree._Element) -> None:
        numbers = [match[2] for match in map(_MARK.fullmatch, self._bookmarks(element)) if match and match[1] == "t"]
        name = self.facts.tables[int(numbers[0]) - 1].name if numbers else ""
        columns = len(element.findall(f"{_w('tblGrid')}/{_w('gridCol')}"))
        grid: list[list[tuple[int, int, str, etree._Element]]] = []
        heads = 0
        for row in element.findall(_w("tr")):
            if _struck(row):
                continue
            heads += row.find(f"{_w('trPr')}/{_w('tblHeader')}") is not None
            column, cells = 0, []
            for cell in row.findall(_w("tc")):
                across = span(_val(cell.find(f"{_w('tcPr')}/{_w('gridSpan')}"), "1"))
                merge = cell.find(f"{_w('tcPr')}/{_w('vMerge')}")
                cells.append((column, across, "" if merge is None else _val(merge, "continue"), cell))
                column += across
            grid.append(cells)
        rows = [
            lines.row(
                (self._cell(cell), self._down(grid, at, column, merge), across) for column, across, merge, cell in cells
            )
            for at, cells in enumerate(grid)
        ]
        self.section += lines.table(name, self.above, rows[:heads], rows[heads:], columns)
        self.above = []

    def _cell(self, cell: etree._Element) -> str:
        return lines.LINE_BREAK.join(self._inline(paragraph) for paragraph in cell.findall(_w("p")))

    @staticmethod
    def _down(grid: list[list[tuple[int, int, str, Any]]], at: int, column: int, merge: str) -> int:
        if merge != "restart":
            return 0 if merge else 1
        below = 1
        for cells in grid[at + 1 :]:
            if not any(start == column and state == "continue" for start, _, state, _ in cells):
                break
            below += 1
        return below

    def _chart(self, paragraph: etree._Element, drawing: etree._Element, name: str) -> list[str]:
        root = self.parts.look(self.related(drawing))
        plot = {"pieChart": "饼形", "lineChart": "折线"}
        kind = next((plot[_local(part)] for part in root.iter() if _local(part) in plot), "")
        if not kind:
            lying = root.find(f".//{{{CHART_NAMESPACE}}}barDir")
            kind = "条形" if lying is not None and lying.get("val") == "bar" else "柱形"
        if not name:
            described = next((part for part in paragraph.iter() if _local(part) == "docPr"), None)
            name = str(described.get("name")) if described is not None else ""

        found = read_series(root)
        categories = found[0].categories if found else ()
        series = [(one.name, one.printed, [words[-1] if words else "" for words in one.labels]) for one in found]
        return lines.chart(kind, name, categories, series)
