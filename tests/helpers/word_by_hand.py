"""A .docx opened for a person's edits, and what can be read in one: written for the tests alone, so that they do not
lean on the code they test."""

from __future__ import annotations

import copy
import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from lxml import etree

Element = Any
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SPACES = {
    "w": W,
    "r": R,
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "v": "urn:schemas-microsoft-com:vml",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
OUR_MARK = re.compile(r"_[fnptc]\d+(_\d+)?")


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def xml(text: str) -> Element:
    """One element; the usual prefixes are known."""
    return etree.fromstring(f"<root {_DECLARED}>{text}</root>")[0]


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


@dataclass(frozen=True)
class Place:
    """Character `offset` of the text element `element` in `run`."""

    run: Element
    element: Element
    offset: int
    character: str


class WordFile:
    """The parts of a package; trees are parsed once and written by `save`."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self._trees: dict[str, Element] = {}
        self.main = next(target for kind, target, _ in self.relations("") if kind.endswith("/officeDocument"))
        self.ids = 9000
        self._level_of: dict[str, int] = {}

    # -- the package --------------------------------------------------------------------------------------------------
    def tree(self, name: str) -> Element:
        if name not in self._trees:
            self._trees[name] = etree.fromstring(self.parts[name])
        return self._trees[name]

    @property
    def body(self) -> Element:
        return self.tree(self.main).find(w("body"))

    def relations(self, name: str) -> list[tuple[str, str, str]]:
        """(kind, target part or address, id)."""
        rels = _rels(name)
        if rels not in self.parts:
            return []
        return [
            (
                one.get("Type"),
                one.get("Target") if one.get("TargetMode") == "External" else _resolved(name, one.get("Target")),
                one.get("Id"),
            )
            for one in self.tree(rels)
        ]

    def related(self, kind: str, name: str = "") -> str:
        """The first part of this kind that `name` (or the main part) points to, or ""."""
        return next((t for k, t, _ in self.relations(name or self.main) if k.endswith(f"/{kind}")), "")

    def relate(self, kind: str, target: str, *, external: bool = False) -> str:
        rels = _rels(self.main)
        identifier = f"rId{900 + len(self.tree(rels))}"
        one = etree.SubElement(
            self.tree(rels), f"{{{PACKAGE_RELS}}}Relationship", Id=identifier, Type=f"{R}/{kind}", Target=target
        )
        if external:
            one.set("TargetMode", "External")
        return identifier

    def add_part(self, name: str, content_type: str, data: str | bytes) -> None:
        self.parts[name] = data if isinstance(data, bytes) else data.encode()
        etree.SubElement(
            self.tree("[Content_Types].xml"), f"{{{TYPES}}}Override", PartName=f"/{name}", ContentType=content_type
        )

    def default_type(self, extension: str, content_type: str) -> None:
        types = self.tree("[Content_Types].xml")
        if not any(one.get("Extension") == extension for one in types):
            types.insert(0, types.makeelement(f"{{{TYPES}}}Default", Extension=extension, ContentType=content_type))

    def save(self) -> bytes:
        for name, tree in self._trees.items():
            self.parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.parts.items():
                archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        return made.getvalue()

    def restore(self, data: bytes) -> None:
        """Back to what it was saved as."""
        again = WordFile(data)
        self.parts, self._trees = again.parts, again._trees

    def next_id(self) -> int:
        self.ids += 1
        return self.ids

    # -- finding ------------------------------------------------------------------------------------------------------
    def paragraphs(self) -> Iterator[Element]:
        """Every paragraph of the body and its tables, 目录 aside."""
        for paragraph in self.body.iter(w("p")):
            if not in_contents(paragraph):
                yield paragraph

    def paragraph(self, text: str, nth: int = 0) -> Element:
        """The `nth` paragraph that holds `text`; one that is `text` from end to end goes first."""
        found = [one for one in self.paragraphs() if text in text_of(one)]
        whole = [one for one in found if text_of(one) == text]
        assert len(found) > nth, f"no paragraph holds {text!r}"
        return (whole or found)[nth if not whole else min(nth, len(whole) - 1)]

    def contents(self, text: str) -> Element:
        """The line of 目录 that holds `text`."""
        return next(one for one in self.body.iter(w("p")) if in_contents(one) and text in text_of(one))

    def table(self, text: str) -> Element:
        """The first table in which `text` stands."""
        return next(one for one in self.body.iter(w("tbl")) if text in "\n".join(map(text_of, one.iter(w("p")))))

    def row(self, text: str, table: str = "") -> Element:
        rows = (self.table(table) if table else self.body).iter(w("tr"))
        return next(one for one in rows if text in "\t".join(map(text_of, one.iter(w("p")))))

    def style(self, name: str) -> str:
        """The id of the style with this name, whatever program wrote it."""
        for one in self.tree(self.related("styles")).iter(w("style")):
            if one.find(w("name")).get(w("val")).lower() == name.lower():
                return str(one.get(w("styleId")))
        raise AssertionError(name)

    def outline_level(self, paragraph: Element) -> int:
        """1 to 9, 10 for text."""
        direct = paragraph.find(f"{w('pPr')}/{w('outlineLvl')}")
        if direct is not None:
            return min(int(direct.get(w("val"))) + 1, 10)
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        return 10 if style is None else self._levels().get(style.get(w("val")), 10)

    def _levels(self) -> dict[str, int]:
        """Style → outline level, that of the style it is based on when it has none."""
        if not self._level_of:
            styles = {one.get(w("styleId")): one for one in self.tree(self.related("styles")).iter(w("style"))}
            for name in styles:
                here, found = name, None
                while here in styles and found is None:
                    found = styles[here].find(f"{w('pPr')}/{w('outlineLvl')}")
                    parent = styles[here].find(w("basedOn"))
                    here = "" if parent is None else parent.get(w("val"))
                self._level_of[name] = 10 if found is None else min(int(found.get(w("val"))) + 1, 10)
        return self._level_of


def _rels(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _resolved(name: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), target))


# -- text -------------------------------------------------------------------------------------------------------------
_NOT_READ = {w("del"), w("moveFrom"), w("pPr"), w("rPr"), w("txbxContent"), w("instrText")}


def places(paragraph: Element) -> list[Place]:
    """The characters a reader sees when all tracked changes are accepted; text boxes are read by themselves."""
    found: list[Place] = []

    def walk(element: Element, run: Element) -> None:
        for child in element:
            if child.tag in _NOT_READ or not isinstance(child.tag, str) or child.tag.startswith(f"{{{SPACES['mc']}}}"):
                continue
            if child.tag == w("t"):
                found.extend(Place(run, child, at, c) for at, c in enumerate(child.text or ""))
            elif child.tag == w("tab"):
                found.append(Place(run, child, 0, "\t"))
            elif child.tag == w("br") and child.get(w("type"), "textWrapping") == "textWrapping":
                found.append(Place(run, child, 0, "\n"))
            else:
                walk(child, child if child.tag == w("r") else run)

    walk(paragraph, None)
    return found


def text_of(paragraph: Element) -> str:
    return "".join(one.character for one in places(paragraph))


def in_contents(paragraph: Element) -> bool:
    return any("PAGEREF" in (one.text or "") or " TOC " in (one.text or "") for one in paragraph.iter(w("instrText")))


def cut_before(paragraph: Element, index: int) -> None:
    """Let a run begin at character `index`, as Word does at the border of a selection."""
    present = places(paragraph)
    if not 0 < index < len(present) or present[index].run is not present[index - 1].run:
        return
    here = present[index]
    second = etree.Element(w("r"), here.run.attrib)
    properties = here.run.find(w("rPr"))
    if properties is not None:
        second.append(copy.deepcopy(properties))
    following = [here.element, *here.element.itersiblings()]
    if here.offset:
        rest = etree.Element(w("t"))
        set_text(rest, here.element.text[here.offset :])
        set_text(here.element, here.element.text[: here.offset])
        following[0] = rest
    second.extend(following)
    here.run.addnext(second)


def set_text(element: Element, text: str) -> None:
    element.text = text
    if text != text.strip() or "  " in text:
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def select(paragraph: Element, text: str, nth: int = 0) -> list[Element]:
    """The runs that hold exactly `text`."""
    whole = text_of(paragraph)
    start = -1
    for _ in range(nth + 1):
        start = whole.find(text, start + 1)
        assert start >= 0, f"{text!r} is not in {whole!r}"
    cut_before(paragraph, start)
    cut_before(paragraph, start + len(text))
    runs: list[Element] = []
    for one in places(paragraph)[start : start + len(text)]:
        if not runs or runs[-1] is not one.run:
            runs.append(one.run)
    return runs


# -- reading a whole file ---------------------------------------------------------------------------------------------
@lru_cache(maxsize=12)
def read(data: bytes) -> WordFile:
    """For reading alone: the same file again for the same bytes."""
    return WordFile(data)


@lru_cache(maxsize=24)
def blocks(data: bytes) -> list[str]:
    """The body in reading order: paragraphs that say something, table rows with cells parted by tabs; no 目录."""
    found: list[str] = []

    def walk(element: Element) -> None:
        for child in element:
            if child.tag == w("p"):
                if not in_contents(child) and text_of(child).strip():
                    found.append(text_of(child))
            elif child.tag == w("tr"):
                cells = ["\n".join(text_of(p) for p in cell.iter(w("p"))) for cell in child.iter(w("tc"))]
                found.append("\t".join(cells))
            elif child.tag in (w("tbl"), w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo")):
                walk(child)

    walk(read(data).body)
    return found


@lru_cache(maxsize=24)
def contents_of(data: bytes) -> list[str]:
    """The lines of 目录 without page numbers."""
    file = read(data)
    return [text_of(one).rpartition("\t")[0] for one in file.body.iter(w("p")) if in_contents(one)]


def headings_of(data: bytes, levels: int) -> list[str]:
    """Without the numbers of their notes."""
    file = read(data)
    texts = [text_of(one).replace("\ufffc", "") for one in file.paragraphs() if file.outline_level(one) <= levels]
    return [text for text in texts if text.strip()]


@lru_cache(maxsize=24)
def everything(data: bytes, without: str = "") -> list[str]:
    """Every paragraph of every part, with text boxes, notes, headers, comments but those of the author `without`; and
    the words of the properties."""
    file = read(data)
    found: list[str] = []
    for name in file.parts:
        if name.startswith("word/") and name.endswith(".xml"):
            paragraphs = file.tree(name).iter(w("p"))
            found += [text_of(one) for one in paragraphs if not without or _author(one) != without]
        elif name == "docProps/core.xml":
            found += [one.text or "" for one in file.tree(name).iter()]
        elif name.startswith("word/charts/") and name.endswith(".xml"):
            found += [one.text or "" for one in file.tree(name).iter(f"{{{SPACES['a']}}}t")]
    for name in file.parts:
        if name.startswith("word/charts/chart") and name.endswith(".xml"):
            found += ["".join(t.text or "" for t in file.tree(name).iter(f"{{{SPACES['a']}}}t"))]
    return found


def _author(paragraph: Element) -> str:
    around = paragraph.getparent()
    return str(around.get(w("author"))) if around.tag == w("comment") else ""


@dataclass(frozen=True)
class Comment:
    author: str
    text: str
    on: str
    """The words it stands at, "" for a single point."""


@lru_cache(maxsize=24)
def comments_of(data: bytes) -> list[Comment]:
    file = read(data)
    name = file.related("comments")
    if not name:
        return []
    found = []
    for one in file.tree(name).iter(w("comment")):
        words = "\n".join(text_of(p) for p in one.iter(w("p")))
        found.append(Comment(one.get(w("author")), words, _commented(file.body, one.get(w("id")))))
    return found


def _commented(body: Element, identifier: str) -> str:
    inside, words = False, []
    for element in body.iter(w("commentRangeStart"), w("commentRangeEnd"), w("t")):
        if element.tag == w("t"):
            words += [element.text or ""] if inside else []
        elif element.get(w("id")) == identifier:
            inside = element.tag == w("commentRangeStart")
    return "".join(words)


@lru_cache(maxsize=24)
def marked(data: bytes, kind: str = "f") -> list[tuple[str, str]]:
    """(mark, text inside) of every bookmark of ours of this kind, in reading order."""
    body = read(data).body
    found: list[tuple[str, str]] = []
    for paragraph in body.iter(w("p")):
        opened: dict[str, list[str]] = {}
        names: dict[str, str] = {}
        shown = {one.element for one in places(paragraph)}
        for element in paragraph.iter(w("bookmarkStart"), w("bookmarkEnd"), w("t")):
            identifier = element.get(w("id"))
            if element.tag == w("bookmarkStart") and element.get(w("name")).startswith(f"_{kind}"):
                opened[identifier], names[identifier] = [], element.get(w("name"))
            elif element.tag == w("bookmarkEnd") and identifier in opened:
                found.append((names[identifier], "".join(opened.pop(identifier))))
            elif element in shown:
                for words in opened.values():
                    words.append(element.text or "")
    return found


@lru_cache(maxsize=24)
def charts_of(data: bytes) -> list[tuple[str, ...]]:
    """What each chart of the body draws, in reading order: names, categories, values as plain numbers."""
    file = read(data)
    targets = {identifier: target for _, target, identifier in file.relations(file.main)}
    found = []
    for chart in file.body.iter(f"{{{SPACES['c']}}}chart"):
        tree = file.tree(targets[chart.get(f"{{{R}}}id")])
        values = tree.iter(f"{{{SPACES['c']}}}v")
        found.append(tuple(_plain(one.text or "") for one in values))
    return found


def _plain(text: str) -> str:
    try:
        return f"{float(text):g}"
    except ValueError:
        return text


def sections_of(data: bytes) -> list[tuple[str, str]]:
    """(width, height) of each section's page."""
    return [
        (one.find(w("pgSz")).get(w("w")), one.find(w("pgSz")).get(w("h"))) for one in read(data).body.iter(w("sectPr"))
    ]


def differing(fresh: Sequence[str], other: Sequence[str]) -> tuple[list[str], list[str]]:
    """(lines only in `fresh`, lines only in `other`); a line that stands elsewhere counts on both sides."""
    from difflib import SequenceMatcher

    missing: list[str] = []
    added: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, fresh, other, autojunk=False).get_opcodes():
        if tag != "equal":
            missing += fresh[i1:i2]
            added += other[j1:j2]
    return missing, added
