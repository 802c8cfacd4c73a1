"""The pages of an office's style.docx: its cover, and its first upright and first lying page."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

from lxml import etree

from generator.border.refused import RefusedError
from generator.word.look import Look, Sheet
from generator.word.xml import R, whole
from generator.word_file.paragraph import Element, text_of, w
from generator.word_file.section_ends import end_section, section_of

BODY = "{{正文}}"
"""A paragraph of these words alone (spaces do not count) is where the report's text begins."""
_BLOCKS = (w("p"), w("tbl"), w("sdt"))
_REFERENCES = (w("headerReference"), w("footerReference"))
_PAPER = ("pgSz", "pgMar", "pgBorders", "lnNumType", "cols", "textDirection", "bidi", "rtlGutter", "docGrid")
_KINDS = ("default", "even", "first")
_LONGEST = 31_680
"""Twips that Word can measure, 22 inches."""
_NARROWEST = 2_268
"""Twips of text in width and height, 4 cm: less is no page for a report."""
_CONTENT = (*(w(name) for name in ("t", "drawing", "pict", "object", "tbl", "sym", "tab")),)


def front_of(body: Element) -> tuple[list[Element], bool]:
    """What stands before «{{ 正文 }}», and whether that is on pages of its own; a page break at its end is taken away.
    Nothing where the paragraph is missing or nothing stands before it."""
    blocks = [one for one in body if one.tag in _BLOCKS]
    at = next((n for n, one in enumerate(blocks) if _is_body(one)), 0)
    front = blocks[:at]
    if not any(next(one.iter(*_CONTENT), None) is not None for one in front):
        return [], False
    if section_of(front[-1]) is not None:
        return front, True
    breaks = [one for block in front for one in block.iter(w("br")) if one.get(w("type")) == "page"]
    marker = blocks[at].find(f"{w('pPr')}/{w('pageBreakBefore')}") is not None
    if breaks and not _anything_behind(front, breaks[-1]):
        breaks[-1].getparent().remove(breaks[-1])
        marker = True
    if marker:
        while len(front) > 1 and next(front[-1].iter(*_CONTENT), None) is None:
            front.pop()
    return front, marker


def _is_body(block: Element) -> bool:
    return block.tag == w("p") and "".join(text_of(block).split()) == BODY


def _anything_behind(front: list[Element], one: Element) -> bool:
    seen = False
    for element in (inner for block in front for inner in block.iter()):
        if element is one:
            seen = True
        elif seen and element.tag in _CONTENT:
            return True
    return False


class Pages:
    """`papers`: width and height of the pages that are taken along, each as an upright page."""

    def __init__(self, body: Element, front: list[Element], look: Look, restyled: bool) -> None:
        self.look, self.body = look, body
        self.sections = list(body.iter(w("sectPr")))  # held: lxml gives an element its identity while somebody does
        self.inherited = _with_inherited(self.sections)
        inside = [one for block in front for one in block.iter(w("sectPr"))]
        behind = [one for one in self.sections if one not in inside]
        self.first = behind[0] if behind else None
        self.upright = next((one for one in behind if not _lies(one)), None)
        self.lying = next((one for one in behind if _lies(one)), None)
        self.papers = [] if restyled else [_size(one) for one in (self.upright, self.lying) if one is not None]
        self.papers = [(min(size), max(size)) for size in self.papers]
        self.restyled = restyled
        for sheet in (self._sheet(self.upright, look.portrait), self._sheet(self.lying, look.landscape)):
            if min(sheet.text_width, sheet.height - sheet.top - sheet.bottom) < _NARROWEST:
                raise RefusedError("T151", reason="除去页边距，页面几乎没有地方印字")
        self.front_pages = 0

    def settled(self, look: Look) -> Look:
        """`look` with the paper of these pages."""
        grid = None if self.upright is None or self.restyled else self.upright.find(w("docGrid"))
        pitch = 0 if grid is None else min(whole(grid.get(w("linePitch"))), _LONGEST)
        return replace(
            look,
            portrait=self._sheet(self.upright, look.portrait),
            landscape=self._sheet(self.lying, look.landscape),
            line_pitch=pitch if pitch > 100 else look.line_pitch,
        )

    def ended(self, front: list[Element], own_page: bool) -> list[Element]:
        """The cover's blocks; one on pages of its own ends with a section."""
        for block in front:
            section = section_of(block)
            if section is not None:
                self._say(section, self.inherited[id(section)])
        if own_page and section_of(front[-1]) is None:
            if front[-1].tag != w("p"):
                front.append(etree.SubElement(self.body, w("p")))
            end_section(front[-1], self._cover_end())
        ends = [one for block in front for one in block.iter(w("sectPr"), w("pageBreakBefore"), w("br"))]
        self.front_pages = sum(1 for one in ends if one.tag != w("br") or one.get(w("type")) == "page")
        return front

    def _cover_end(self) -> Element:
        """Behind a page break: no header, no page number, but what the first page has of its own."""
        made = self._end(self.first, self.look.portrait)
        for one in [child for child in made if child.tag in _REFERENCES and child.get(w("type")) != "first"]:
            made.remove(one)
        return made

    def ends(self) -> list[Element]:
        """The ends of the upright and of the lying page, as a frame has them; one that is missing follows the other."""
        upright = self._end(self.upright if self.upright is not None else self.first, self.look.portrait)
        lying = self._end(self.lying if self.lying is not None else self.upright, self.look.landscape)
        for one in lying.findall(w("titlePg")):
            lying.remove(one)
        paragraph = etree.Element(w("p"))
        etree.SubElement(paragraph, w("pPr")).append(upright)
        return [paragraph, lying]

    def _end(self, section: Element | None, sheet: Sheet) -> Element:
        """`section` in the order of a frame; on the paper of `sheet` where it has no such page."""
        made = etree.Element(w("sectPr"))
        if section is not None:
            self._say(made, self.inherited[id(section)])
        turned = sheet.width > sheet.height
        if section is not None and _lies(section) == turned and not self.restyled:
            made.extend(deepcopy(one) for name in _PAPER if (one := section.find(w(name))) is not None)
        else:
            size = {"w": sheet.width, "h": sheet.height, **({"orient": "landscape"} if turned else {})}
            edges = ("top", "right", "bottom", "left", "header", "footer")
            for name, values in (
                ("pgSz", size),
                ("pgMar", {**{edge: getattr(sheet, edge) for edge in edges}, "gutter": 0}),
                ("cols", {"space": 425}),
                ("docGrid", {"type": "lines", "linePitch": self.look.line_pitch}),
            ):
                one = etree.SubElement(made, w(name))
                for key, value in values.items():
                    one.set(w(key), str(value))
        if section is not None and _on(section.find(w("titlePg"))):
            at = next((n for n, one in enumerate(made) if one.tag in _BEHIND_TITLE), len(made))
            made.insert(at, etree.Element(w("titlePg")))
        return made

    def _say(self, section: Element, references: dict[tuple[str, str], str]) -> None:
        """Let the section name all its headers and footers itself."""
        for one in [child for child in section if child.tag in _REFERENCES]:
            section.remove(one)
        ordered = sorted(references, key=lambda key: (_REFERENCES.index(key[0]), _KINDS.index(key[1])))
        for at, (tag, kind) in enumerate(ordered):
            one = etree.Element(tag)
            one.set(w("type"), kind)
            one.set(f"{{{R}}}id", references[tag, kind])
            section.insert(at, one)
        for name in ("footnotePr", "endnotePr", "printerSettings", "formProt", "paperSrc"):
            for one in section.findall(w(name)):
                section.remove(one)

    def _sheet(self, section: Element | None, usual: Sheet) -> Sheet:
        if section is None or self.restyled:
            return usual
        width, height = _size(section)
        edges = section.find(w("pgMar"))
        if edges is None:
            return replace(usual, width=width, height=height)
        top, bottom, left, right, header, footer, gutter = (
            min(abs(whole(edges.get(w(word)))), _LONGEST)
            for word in ("top", "bottom", "left", "right", "header", "footer", "gutter")
        )
        return Sheet(width, height, top, bottom, left + gutter, right, header, footer)


_BEHIND_TITLE = [w(name) for name in ("textDirection", "bidi", "rtlGutter", "docGrid")]


def _size(section: Element) -> tuple[int, int]:
    """Width and height; Word's own, a letter, where nothing is said."""
    paper = section.find(w("pgSz"))
    said = (12240, 15840) if paper is None else (whole(paper.get(w("w")), 12240), whole(paper.get(w("h")), 15840))
    return min(max(said[0], 1), _LONGEST), min(max(said[1], 1), _LONGEST)


def _lies(section: Element) -> bool:
    width, height = _size(section)
    return width > height


def _on(toggle: Element | None) -> bool:
    return toggle is not None and toggle.get(w("val"), "1") not in ("0", "false", "off")


def _with_inherited(sections: list[Element]) -> dict[int, dict[tuple[str, str], str]]:
    """For each section its headers and footers, those of the section before where it names none."""
    found: dict[int, dict[tuple[str, str], str]] = {}
    held: dict[tuple[str, str], str] = {}
    for section in sections:
        own = {
            (str(one.tag), str(one.get(w("type"), "default"))): str(one.get(f"{{{R}}}id"))
            for one in section
            if one.tag in _REFERENCES
        }
        held = {**held, **{key: value for key, value in own.items() if key[1] in _KINDS}}
        found[id(section)] = held
    return found
