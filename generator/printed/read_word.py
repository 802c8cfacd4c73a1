"""A .docx → the model. By structure only: no mark, bookmark or part of our own is needed.

A file that is no Word file raises `ValueError` with a Chinese sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from generator.border.refused import RefusedError
from generator.printed.figures import tokens_of, usual_steps, with_usual_steps
from generator.printed.model import Chart, Paragraph, ReadDocument, Spot, Table
from generator.printed.read_chart import read_chart
from generator.printed.read_table import grid_of
from generator.printed.words import unnumbered
from generator.word.parts import Parts
from generator.word.xml import R, W, whole

_P, _TBL, _T, _TAB, _BR, _CR, _SDT, _VAL, _STYLE, _OUTLINE, _TABS = (
    f"{{{W}}}{name}" for name in ("p", "tbl", "t", "tab", "br", "cr", "sdt", "val", "pStyle", "outlineLvl", "tabs")
)
_TAKEN_AWAY = (
    f"{{{W}}}moveFrom",
    f"{{{W}}}del",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_INSIDE = (_T, _TAB, _BR, _CR, _STYLE, _OUTLINE, _CHART)
_UNIT = re.compile(r"单位[：:]\s*(?:人民币)?\s*(亿元|百万元|万元|千元|元)")
_BESIDE = re.compile(r"^(?:公开|附?表)\s*\w*\d+\s*表?$|^表\s*\d+$|单位[：:]|^报表编号|^填报|^编制")


def read_word(data: bytes) -> ReadDocument:
    """Everything that is printed in the body: headers, footers, contents and struck-out text are left out."""
    try:
        return _Reader(Parts(data)).document()
    except RefusedError as error:
        told = "这份 Word 文件里的内容多得不正常。" if error.code == "R005" else "这不是 Word 文件（.docx）。"
        raise ValueError(told) from None


def relations(parts: Parts, part: str) -> dict[str, str]:
    """Relationship id → name of the part it leads to; outside targets are left out."""
    return {one.identifier: one.target for one in parts.relations(part) if not one.external}


class _Reader:
    """One file on its way into the model."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.relations = relations(parts, parts.document)
        self.levels = self._levels()
        self.blocks: list[Paragraph | Table | Chart] = []
        self.path: list[tuple[int, str]] = []
        self.above: list[str] = []
        self.counts = {"段": 0, "表": 0, "图": 0}
        self.struck = False

    def document(self) -> ReadDocument:
        root = self.parts.look(self.parts.document)
        self.struck = next(root.iter(*_TAKEN_AWAY), None) is not None
        body = root.find(f"{{{W}}}body")
        for element in self._elements(body if body is not None else ()):
            if element.tag == _P:
                self._paragraph(element)
            else:
                self._table(element)
        return ReadDocument(self._with_usual_steps())

    def _with_usual_steps(self) -> tuple[Paragraph | Table | Chart, ...]:
        usual = usual_steps(token for block in self.blocks if isinstance(block, Paragraph) for token in block.tokens)
        return tuple(
            block._replace(tokens=with_usual_steps(block.tokens, usual))
            if isinstance(block, Paragraph) and block.tokens
            else block
            for block in self.blocks
        )

    def _levels(self) -> dict[str, int]:
        """Style → outline level from 1; 目录 entries have level 0."""
        target = self.parts.related(self.parts.document, "styles")
        if not target:
            return {}
        levels = {}
        for style in self.parts.look(target).iterchildren(f"{{{W}}}style"):
            identifier = str(style.get(f"{{{W}}}styleId"))
            name = style.find(f"{{{W}}}name")
            words = "" if name is None else str(name.get(_VAL, "")).lower()
            outline = style.find(f"{{{W}}}pPr/{{{W}}}outlineLvl")
            if words.startswith(("toc ", "目录")):
                levels[identifier] = 0
            elif outline is not None:
                levels[identifier] = whole(outline.get(_VAL), 9) + 1
            elif words.startswith("heading "):
                levels[identifier] = whole(words.removeprefix("heading "), 10)
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
        pieces, level, own = [], 10, ""
        for part in element.iter(*_INSIDE):  # one walk: lxml is slow at finding and fast at walking
            tag = part.tag
            if tag == _T:
                if not self.struck or not _taken_away(part):
                    pieces.append(part.text or "")
            elif tag == _STYLE:
                level = self.levels.get(str(part.get(_VAL)), 10)
                if level == 0:
                    return
            elif tag == _OUTLINE:
                own = str(part.get(_VAL, "9"))
            elif tag == _CHART:
                self._chart(part)
            elif tag != _TAB:
                pieces.append("\n")
            elif (around := part.getparent()) is not None and around.tag != _TABS:
                pieces.append("\t")
        text = "".join(pieces)
        level = whole(own, 9) + 1 if own not in ("", "9") else level
        if not text.strip():
            return
        self.counts["段"] += 1
        number = self.counts["段"]
        heading = level < 10
        if heading:
            self.path = [(deep, words) for deep, words in self.path if deep < level]
            self.path.append((level, unnumbered(text.strip())))
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
        unit = units[-1] if units else ""
        grid, heads = grid_of(element, number, unit)
        title = unnumbered(title.replace("\n", ""))
        self.blocks.append(Table(number, title, unit, grid, heads, self._headings(), ()))
        self.above = []

    # -- charts -------------------------------------------------------------------------------------------------------
    def _chart(self, drawing: etree._Element) -> None:
        part = self.relations.get(str(drawing.get(f"{{{R}}}id")), "")
        if part in self.parts.xml:
            self.counts["图"] += 1
            embedded = (target for target in relations(self.parts, part).values() if target.endswith(".xlsx"))
            workbook = next((self.parts.content[one] for one in embedded if one in self.parts.content), b"")
            root = self.parts.look(part)
            self.blocks.append(read_chart(root, workbook, self.counts["图"], self._headings()))


def _taken_away(part: etree._Element) -> bool:
    """Struck out by a person, moved elsewhere, or a second copy for old programs."""
    return any(around.tag in _TAKEN_AWAY for around in part.iterancestors())
