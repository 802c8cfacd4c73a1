"""What of a Word file's body has no words of its own, or words that mean something else without their look.

It lists what is known, not what is missing: whatever Word may learn to put into a file is told as untold.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.document.occurrences import Spot
from generator.word.chart import CHART_NAMESPACE
from generator.word_file.blocks import blocks_of
from generator.word_file.marked_file import Marked
from generator.word_file.paragraph import Element, w
from generator.word_file.places import placed_paragraphs

_KNOWN = {
    w(name)
    for name in (
        *("p", "r", "t", "tab", "br", "cr", "noBreakHyphen", "softHyphen", "lastRenderedPageBreak"),
        *("fldChar", "instrText", "fldSimple", "hyperlink", "smartTag", "customXml", "sdt", "sdtContent"),
        *("bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "tbl", "tr", "tc"),
        *("commentRangeStart", "commentRangeEnd", "commentReference"),
    )
}
_PROPERTIES = {
    w(name)
    for name in (
        *("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "tblPrEx"),
        *("smartTagPr", "customXmlPr", "ffData"),
    )
}
_CALLED = {
    "drawing": "图片",
    "pict": "图形",
    "object": "嵌入的对象",
    "footnoteReference": "脚注",
    "endnoteReference": "尾注",
    "oMath": "公式",
    "oMathPara": "公式",
    "sym": "符号",
    "ruby": "注音",
    "AlternateContent": "文本框或图形",
    "altChunk": "嵌入的文件",
}
_LOOKS = {"strike": "删除线", "dstrike": "删除线", "vertAlign": "上标或下标"}
_NO = ("0", "false", "off", "baseline")


class Untold(NamedTuple):
    """«第一部分 › 一 第2段的图片»."""

    where: Spot
    what: str

    def __str__(self) -> str:
        return f"{self.where}的{self.what}"


def untold(file: Marked) -> Iterator[Untold]:
    """In reading order, each kind once at a place."""
    counted = _counted_styles(file)
    said: set[Untold] = set()
    places = {placed.element: placed.spot for placed in placed_paragraphs(file)}
    for block in blocks_of(file):
        if block.toc or block.kind == "end":
            continue
        for element, what in _strange(block.element, counted, inside=False):
            around = next((one for one in (element, *element.iterancestors(w("p"))) if one in places), None)
            told = Untold(Spot(block.trail) if around is None else places[around], what)
            if told not in said:
                said.add(told)
                yield told


def _strange(element: Element, counted: set[str], *, inside: bool) -> Iterator[tuple[Element, str]]:
    if element.tag == w("tbl") and inside:
        yield element, "表中的表"
        return
    if element.tag == w("p") and _is_counted(element, counted):
        yield element, "自动编号"
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _PROPERTIES:
            if child.tag == w("rPr") and element.find(w("t")) is not None:
                yield from ((element, what) for what in _looks(child))
        elif child.tag in _KNOWN:
            yield from _strange(child, counted, inside=inside or child.tag == w("tc"))
        elif child.tag != w("drawing") or next(child.iter(f"{{{CHART_NAMESPACE}}}chart"), None) is None:
            yield element, _CALLED.get(child.tag.rpartition("}")[2], "程序不认识的内容")


def _looks(properties: Element) -> Iterator[str]:
    for name, what in _LOOKS.items():
        found = properties.find(w(name))
        if found is not None and found.get(w("val")) not in _NO:
            yield what


def _is_counted(paragraph: Element, counted: set[str]) -> bool:
    own = paragraph.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
    if own is not None:
        return str(own.get(w("val"))) != "0"
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return style is not None and style.get(w("val")) in counted


def _counted_styles(file: Marked) -> set[str]:
    """Styles whose paragraphs Word numbers."""
    own: dict[str, bool] = {}
    based: dict[str, str] = {}
    for style in file.styles:
        identifier = str(style.get(w("styleId")))
        numbered = style.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
        if numbered is not None:
            own[identifier] = numbered.get(w("val")) != "0"
        above = style.find(w("basedOn"))
        if above is not None:
            based[identifier] = str(above.get(w("val")))

    def counts(identifier: str, steps: int = 10) -> bool:
        if identifier in own or identifier not in based or steps == 0:
            return own.get(identifier, False)
        return counts(based[identifier], steps - 1)

    return {identifier for identifier in {*own, *based} if counts(identifier)}
