"""A .docx → the model. By structure only: no mark, bookmark or part of our own is needed.

A file that is no Word file raises `ValueError` with a Chinese sentence.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any

from lxml import etree

from generator.verify.figures import plain_number, tokens_of, usual_steps, with_usual_steps
from generator.verify.model import Cell, Chart, Paragraph, ReadDocument, Spot, Table, Token
from generator.verify.read_chart import read_chart
from generator.word.xml import R, W

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True)
_P, _TBL, _TR, _TC, _T = (f"{{{W}}}{name}" for name in ("p", "tbl", "tr", "tc", "t"))
_PPR, _PSTYLE, _OUTLINE, _TCPR, _SPAN, _MERGE = (
    f"{{{W}}}{name}" for name in ("pPr", "pStyle", "outlineLvl", "tcPr", "gridSpan", "vMerge")
)
_TAB, _BR, _CR, _SDT, _VAL = (f"{{{W}}}{name}" for name in ("tab", "br", "cr", "sdt", "val"))
_TAKEN_AWAY = {
    f"{{{W}}}moveFrom",
    f"{{{W}}}del",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_SPACE = re.compile(r"\s+")
_NUMBERING = re.compile(
    r"^(?:第[一二三四五六七八九十百]+(?:部分|章|节)|[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十]+[）)]|\d+[.、．]|[（(]\d+[）)])\s*"
)
_UNIT = re.compile(r"单位[：:]\s*(?:人民币)?\s*(亿元|百万元|万元|千元|元)")
_UNIT_INSIDE = re.compile(r"[（(](亿元|百万元|万元|千元|元)[）)]")
_BESIDE = re.compile(r"^(?:公开|附?表)\s*\w*\d+\s*表?$|^表\s*\d+$|单位[：:]|^报表编号|^填报|^编制")


def read_word(data: bytes) -> ReadDocument:
    """Everything that is printed in the body: headers, footers, contents and struck-out text are left out."""
    try:
        package = zipfile.ZipFile(BytesIO(data))
        with package:
            return _Reader(package).document()
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError):
        raise ValueError("这不是 Word 文件（.docx）。") from None


def relations(package: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Relationship id → name of the part it leads to; outside targets are left out."""
    name = f"{dirname(part)}/_rels/{part.rpartition('/')[2]}.rels".lstrip("/")
    if name not in package.NameToInfo:
        return {}
    found = {}
    for one in etree.fromstring(package.read(name), _PARSER):
        target = str(one.get("Target", ""))
        if one.get("TargetMode") != "External":
            full = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
            found[str(one.get("Id"))] = full
    return found


class _Reader:
    """One file on its way into the model."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.package = package
        self.main = next(
            (
                target
                for target in relations(package, "").values()
                if target.endswith(".xml") and target.startswith("word/")
            ),
            "word/document.xml",
        )
        self.relations = relations(package, self.main)
        self.levels = self._levels()
        self.blocks: list[Paragraph | Table | Chart] = []
        self.path: list[tuple[int, str]] = []
        self.above: list[str] = []
        self.counts = {"段": 0, "表": 0, "图": 0}
        self.in_field = False

    def document(self) -> ReadDocument:
        body = etree.fromstring(self.package.read(self.main), _PARSER).find(f"{{{W}}}body")
        for element in self._elements(body if body is not None else ()):
            if element.tag == _P:
                self._paragraph(element)
            else:
                self._table(element)
        return ReadDocument(self._with_usual_steps())

    def _with_usual_steps(self) -> tuple[Paragraph | Table | Chart, ...]:
        usual = usual_steps(token for block in self.blocks if isinstance(block, Paragraph) for token in block.tokens)
        return tuple(
            block._replace(tokens=with_usual_steps(block.tokens, usual)) if isinstance(block, Paragraph) else block
            for block in self.blocks
        )

    def _levels(self) -> dict[str, int]:
        """Style → outline level from 1; 目录 entries have level 0."""
        target = next((name for name in self.relations.values() if name.endswith("styles.xml")), "")
        if not target:
            return {}
        levels = {}
        for style in etree.fromstring(self.package.read(target), _PARSER).iterchildren(f"{{{W}}}style"):
            identifier = str(style.get(f"{{{W}}}styleId"))
            name = style.find(f"{{{W}}}name")
            words = "" if name is None else str(name.get(_VAL, "")).lower()
            outline = style.find(f"{{{W}}}pPr/{{{W}}}outlineLvl")
            if words.startswith(("toc ", "目录")):
                levels[identifier] = 0
            elif outline is not None:
                levels[identifier] = int(outline.get(_VAL, "9")) + 1
            elif words.startswith("heading "):
                levels[identifier] = int(words.removeprefix("heading "))
        return levels

    def _elements(self, around: Iterable[etree._Element]) -> Iterator[etree._Element]:
        for element in around:
            if element.tag in (_P, _TBL):
                yield element
            elif element.tag == _SDT:
                content = element.find(f"{{{W}}}sdtContent")
                if content is not None:
                    yield from self._elements(content)

    # -- paragraphs ---------------------------------------------------------------------------------------------------
    def _paragraph(self, element: etree._Element) -> None:
        text = text_of(element)
        properties = element.find(_PPR)  # one tag, no path: lxml finds it without Python's help
        style = None if properties is None else properties.find(_PSTYLE)
        own = None if properties is None else properties.find(_OUTLINE)
        level = self.levels.get("" if style is None else str(style.get(_VAL)), 10)
        if level == 0:
            return
        if own is not None and own.get(_VAL, "9") != "9":
            level = int(own.get(_VAL, "9")) + 1
        for drawing in element.iter(_CHART):
            self._chart(drawing)
        if not text.strip():
            return
        self.counts["段"] += 1
        number = self.counts["段"]
        heading = level < 10
        if heading:
            self.path = [(deep, words) for deep, words in self.path if deep < level]
            self.path.append((level, _NUMBERING.sub("", text.strip())))
            self.above = []
        else:
            self.above.append(text.strip())
        tokens = tokens_of(text, Spot("段", number))
        self.blocks.append(Paragraph(number, text, tokens, self._headings(), heading))
        self._belongs_above(text.strip(), heading)

    def _belongs_above(self, text: str, heading: bool) -> None:
        """The first lines below a table may be its notes, the line below a chart its caption."""
        for at in range(len(self.blocks) - 2, max(len(self.blocks) - 6, -1), -1):
            block = self.blocks[at]
            if isinstance(block, Table) and not heading:
                self.blocks[at] = block._replace(notes=(*block.notes, text))
            elif isinstance(block, Chart) and not block.caption and at == len(self.blocks) - 2:
                self.blocks[at] = block._replace(caption=text)
            if not isinstance(block, Paragraph) or block.heading:
                return

    def _headings(self) -> tuple[str, ...]:
        return tuple(words for _, words in self.path)

    # -- tables -------------------------------------------------------------------------------------------------------
    def _table(self, element: etree._Element) -> None:
        self.counts["表"] += 1
        number = self.counts["表"]
        titles = [line for line in self.above[-3:] if not _BESIDE.search(line) and len(line) < 60]
        title = titles[-1] if titles else (self.path[-1][1] if self.path else "")
        units = [match[1] for line in self.above[-3:] if (match := _UNIT.search(line))]
        rows, heads = [], 0
        for row in element.iterchildren(_TR):
            properties = row.find(f"{{{W}}}trPr")
            if properties is not None:
                if properties.find(f"{{{W}}}del") is not None:
                    continue
                heads += properties.find(f"{{{W}}}tblHeader") is not None
            rows.append(row)
        grid = self._grid(rows, number, units[-1] if units else "")
        title = _NUMBERING.sub("", title.replace("\n", ""))
        self.blocks.append(Table(number, title, units[-1] if units else "", grid, heads, self._headings(), ()))
        self.above = []

    def _grid(self, rows: list[etree._Element], number: int, unit: str) -> tuple[tuple[Cell | None, ...], ...]:
        fields: list[list[Cell | None]] = []
        down: dict[tuple[int, int], int] = {}
        for at, row in enumerate(rows):
            line: list[Cell | None] = []
            for element in row.iterchildren(_TC):
                column, across, merged = len(line), 1, ""
                properties = element.find(_TCPR)
                if properties is not None:
                    span, merge = properties.find(_SPAN), properties.find(_MERGE)
                    across = 1 if span is None else int(span.get(_VAL, "1"))
                    merged = "" if merge is None else str(merge.get(_VAL, "continue"))
                above = fields[at - 1][column] if at and column < len(fields[at - 1]) else None
                if merged == "continue" and above is not None:
                    cell = above
                    down[cell.row, cell.column] = at - cell.row + 1
                else:
                    cell = self._cell(element, number, at, column, across, unit)
                line += [cell] * across
            fields.append(line)
        if down:
            tall = {
                key: cell._replace(down=down[key])
                for line in fields
                for cell in line
                if cell is not None and (key := (cell.row, cell.column)) in down
            }
            fields = [[cell and tall.get((cell.row, cell.column), cell) for cell in line] for line in fields]
        width = max(map(len, fields), default=0)
        return tuple(tuple(line + [None] * (width - len(line))) for line in fields)

    def _cell(self, element: etree._Element, number: int, row: int, column: int, across: int, unit: str) -> Cell:
        text = _cell_text(element)
        spot = Spot("表", number, row + 1, column + 1, 0, len(text))
        figure = plain_number(text, unit, spot) if text else None
        tokens: tuple[Token, ...] = ()
        if figure is None and text:
            tokens = tokens_of(text, spot)
            if len(tokens) == 1 and tokens[0].figure and tokens[0].start == 0 and tokens[0].end == len(text):
                figure = tokens[0].figure
        return Cell(row, column, 1, across, text, figure, tokens)

    # -- charts -------------------------------------------------------------------------------------------------------
    def _chart(self, drawing: etree._Element) -> None:
        part = self.relations.get(str(drawing.get(f"{{{R}}}id")), "")
        if part in self.package.NameToInfo:
            self.counts["图"] += 1
            root = etree.fromstring(self.package.read(part), _PARSER)
            workbook = next(
                (
                    self.package.read(target)
                    for target in relations(self.package, part).values()
                    if target.endswith(".xlsx") and target in self.package.NameToInfo
                ),
                b"",
            )
            self.blocks.append(read_chart(root, workbook, self.counts["图"], self._headings()))


def _cell_text(element: etree._Element) -> str:
    """Without spaces around, but with the indent of «　　其中：»."""
    pieces = list(element.itertext(_T, with_tail=False))
    if len(pieces) < 2:
        text = str(pieces[0]) if pieces else ""
    else:
        text = "\n".join(text_of(paragraph) for paragraph in element.iterchildren(_P))
    return text.strip(" \t\r\n")


def text_of(paragraph: etree._Element) -> str:
    """The words of a paragraph as a reader sees them."""
    pieces = []
    for part in paragraph.iter(_T, _TAB, _BR, _CR):
        run: Any = part.getparent()
        if part.tag != _T:
            if run.tag != f"{{{W}}}tabs":
                pieces.append("\t" if part.tag == _TAB else "\n")
        elif part.text and run.getparent().tag not in _TAKEN_AWAY:
            pieces.append(part.text)
    return "".join(pieces)
