"""What a Word file must keep to, or Word offers to repair it: the essential rules of ISO/IEC 29500, with nothing needed
but lxml. Each rule yields sentences; none: it is kept."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import NamedTuple

from lxml import etree
from word_order import CHART, DRAWING, RUN, WORD

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_ORDERS: Mapping[str, Mapping[str, str]] = {_W: WORD, _C: CHART, _WP: DRAWING}
_STORIES = ("document", "hdr", "ftr", "footnotes", "endnotes", "comments")
_NAME_LENGTH = 40
_REFERENCE = re.compile(r"\s*(?:PAGEREF|REF)\s+(\S+)")


class Relation(NamedTuple):
    """`target`: the part's name, "" when it stands outside the package."""

    id: str
    target: str


class Package:
    """The parts of an Office file, those in XML as trees."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            self.repeated = sorted(name for name, count in Counter(names).items() if count > 1)
            self.parts = {name: archive.read(name) for name in names}

    @cached_property
    def trees(self) -> dict[str, etree._Element]:
        return {name: etree.fromstring(data) for name, data in self.parts.items() if name.endswith((".xml", ".rels"))}

    @cached_property
    def stories(self) -> dict[str, etree._Element]:
        """Everything with text: the document, headers and footers, notes, comments."""
        return {name: tree for name, tree in self.trees.items() if tree.tag in {f"{_W}{story}" for story in _STORIES}}

    def relations(self, part: str) -> tuple[Relation, ...]:
        """Of a part, or of the package (""), as its .rels tells."""
        folder, name = posixpath.split(part)
        tree = self.trees.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        return tuple(
            Relation(
                one.get("Id", ""),
                ""
                if one.get("TargetMode") == "External"
                else posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/"),
            )
            for one in (() if tree is None else tree.iter(f"{_RELATIONS}Relationship"))
        )


def broken_rules(data: bytes) -> list[str]:
    """«word/document.xml: a field does not end»; a workbook inside is looked at as a package."""
    package = Package(data)
    found = [one for rule in RULES for one in rule(package)]
    for name, part in package.parts.items():
        if name.endswith(".xlsx"):
            found += [f"{name}: {one}" for rule in PACKAGE_RULES for one in rule(Package(part))]
    return found


def _twice(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def _values(package: Package, tag: str, attribute: str) -> list[str]:
    return [one.get(attribute, "") for tree in package.stories.values() for one in tree.iter(tag)]


# -- the package ------------------------------------------------------------------------------------------------------
def parts_have_types(package: Package) -> Iterator[str]:
    """[Content_Types].xml names each part or its ending, and no part that is not there. Of XML the ending says nothing,
    except of an office's own data in customXml."""
    types = package.trees["[Content_Types].xml"]
    endings = {one.get("Extension", "").lower() for one in types.iter(f"{_TYPES}Default")}
    named = {one.get("PartName", "").lstrip("/") for one in types.iter(f"{_TYPES}Override")}
    for part in set(package.parts) - named - {"[Content_Types].xml"}:
        ending = part.rsplit(".", 1)[-1].lower()
        if ending not in endings or (ending == "xml" and not part.startswith("customXml/")):
            yield f"{part}: no content type"
    yield from (f"{part}: has a content type but is not there" for part in sorted(named - set(package.parts)))
    yield from (f"{part}: stands twice in the zip" for part in package.repeated)


def relations_lead(package: Package) -> Iterator[str]:
    """Every target is there; every r:id that a part uses is declared, once."""
    for part in ("", *package.parts):
        relations, named = package.relations(part), part or "package"
        yield from (
            f"{named}: relation {one.id} leads to {one.target}, which is not there"
            for one in relations
            if one.target and one.target not in package.parts
        )
        declared = [one.id for one in relations]
        yield from (f"{named}: relation {one} stands twice" for one in _twice(declared))
        used = {
            value
            for one in (package.trees[part].iter(etree.Element) if part in package.trees else ())
            for name, value in one.attrib.items()
            if str(name).startswith(_R)
        }
        yield from (f"{part}: relation {name} is used but not declared" for name in sorted(used - set(declared)))


# -- names and numbers that stand once --------------------------------------------------------------------------------
def bookmarks_are_whole(package: Package) -> Iterator[str]:
    """Names and ids once in all stories (Word takes upper and lower case as one), one end after each start."""
    names = _values(package, f"{_W}bookmarkStart", f"{_W}name")
    ids = _values(package, f"{_W}bookmarkStart", f"{_W}id")
    yield from (f"bookmark name {name} stands twice" for name in _twice(name.casefold() for name in names))
    yield from (f"bookmark name {name} is too long" for name in names if not 0 < len(name) <= _NAME_LENGTH)
    yield from (f"bookmark id {one} stands twice" for one in _twice(ids))
    for part, tree in package.stories.items():
        yield from (f"{part}: {one}" for one in _unpaired(tree, "bookmarkStart", "bookmarkEnd"))


def _unpaired(tree: etree._Element, start: str, end: str) -> Iterator[str]:
    opened: set[str] = set()
    ended: set[str] = set()
    for one in tree.iter(f"{_W}{start}", f"{_W}{end}"):
        name = one.get(f"{_W}id", "")
        if one.tag == f"{_W}{start}":
            opened.add(name)
        elif name not in opened or name in ended:
            yield f"{end} {name} without its start"
        else:
            ended.add(name)
    yield from (f"{start} {name} without its end" for name in sorted(opened - ended))


def references_lead_to_bookmarks(package: Package) -> Iterator[str]:
    """Hyperlinks within the file, PAGEREF and REF: what 目录 is made of."""
    names = {*_values(package, f"{_W}bookmarkStart", f"{_W}name"), "", "_top"}
    used = set(_values(package, f"{_W}hyperlink", f"{_W}anchor"))
    for tree in package.stories.values():
        codes = (_REFERENCE.match(one.text or "") for one in tree.iter(f"{_W}instrText"))
        used.update(code[1] for code in codes if code)
    yield from (f"bookmark {one} is referred to but not there" for one in sorted(used - names))


def drawings_have_ids(package: Package) -> Iterator[str]:
    yield from (f"docPr id {one} stands twice" for one in _twice(_values(package, f"{_WP}docPr", "id")))


def notes_are_there(package: Package) -> Iterator[str]:
    """What the text refers to stands in comments, footnotes or endnotes, once; a commented range has both ends."""
    for kind, references in (
        ("comment", ("commentReference", "commentRangeStart", "commentRangeEnd")),
        ("footnote", ("footnoteReference",)),
        ("endnote", ("endnoteReference",)),
    ):
        there = _values(package, f"{_W}{kind}", f"{_W}id")
        used = {value for name in references for value in _values(package, f"{_W}{name}", f"{_W}id")}
        yield from (f"{kind} {one} is referred to but not there" for one in sorted(used - set(there)))
        yield from (f"{kind} {one} stands twice" for one in _twice(there))
    for part, tree in package.stories.items():
        yield from (f"{part}: {one}" for one in _unpaired(tree, "commentRangeStart", "commentRangeEnd"))


def styles_are_declared(package: Package) -> Iterator[str]:
    declared = [
        one.get(f"{_W}styleId", "")
        for tree in package.trees.values()
        if tree.tag == f"{_W}styles"
        for one in tree.iter(f"{_W}style")
    ]
    yield from (f"style {one} stands twice" for one in _twice(declared))
    for tag in ("pStyle", "rStyle", "tblStyle"):
        used = set(_values(package, f"{_W}{tag}", f"{_W}val"))
        yield from (f"style {one} is used but not declared" for one in sorted(used - set(declared)))


# -- order and nesting ------------------------------------------------------------------------------------------------
@cache
def _ranks(order: str) -> dict[str, tuple[list[int], bool]]:
    """Child → the places in the order where it may stand, and whether it may stand there again."""
    ranks: dict[str, tuple[list[int], bool]] = {}
    for place, choice in enumerate(order.split()):
        for name in choice.split("|"):
            ranks.setdefault(name.rstrip("*"), ([], name.endswith("*")))[0].append(place)
    return ranks


def children_in_order(package: Package, orders: Mapping[str, Mapping[str, str]] = _ORDERS) -> Iterator[str]:
    for part, tree in package.trees.items():
        for parent in tree.iter(etree.Element):
            space, _, name = str(parent.tag).rpartition("}")
            order = orders.get(f"{space}}}", {}).get(name)
            if order is not None:
                yield from (f"{part}: {one}" for one in _out_of_order(parent, f"{space}}}", _ranks(order)))


def runs_as_word_writes_them(package: Package) -> Iterator[str]:
    """No rule of the standard: asked of what the program itself writes."""
    return children_in_order(package, {_W: {"rPr": RUN}})


def _out_of_order(parent: etree._Element, space: str, ranks: dict[str, tuple[list[int], bool]]) -> Iterator[str]:
    reached, seen = 0, set[str]()
    for child in parent.iterchildren(etree.Element):
        tag = str(child.tag)
        if not tag.startswith(space):
            continue
        name = tag.removeprefix(space)
        places, repeats = ranks.get(name, ((), False))
        following = [place for place in places if place >= reached]
        where = f"{name} in {str(parent.tag).removeprefix(space)}"
        if not places:
            yield f"{where} does not belong there"
        elif name in seen and not repeats:
            yield f"{where} stands twice"
        elif not following:
            yield f"{where} stands too late"
        else:
            reached = following[0]
        seen.add(name)


def properties_come_first(package: Package) -> Iterator[str]:
    """w:pPr and w:rPr open their paragraph and run."""
    for part, tree in package.trees.items():
        for properties, parent in (("pPr", "p"), ("rPr", "r")):
            for one in tree.iter(f"{_W}{properties}"):
                above = one.getparent()
                if above is not None and above.tag == f"{_W}{parent}" and above[0] is not one:
                    yield f"{part}: {properties} is not the first in {parent}"


def tables_are_rectangles(package: Package) -> Iterator[str]:
    """Every row fills the grid; a merge downwards goes on under its start; a cell ends with a paragraph."""
    for part, tree in package.stories.items():
        for table in tree.iter(f"{_W}tbl"):
            yield from (f"{part}: {one}" for one in _table(table))
        for cell in tree.iter(f"{_W}tc"):
            if len(cell) == 0 or cell[-1].tag != f"{_W}p":
                yield f"{part}: a cell does not end with a paragraph"


def _table(table: etree._Element) -> Iterator[str]:
    columns = len(table.findall(f"{_W}tblGrid/{_W}gridCol"))
    above: dict[int, int] = {}
    for number, row in enumerate(table.iterchildren(f"{_W}tr"), 1):
        at, merged = _number(row, "trPr", "gridBefore", 0), {}
        for cell in row.iterchildren(f"{_W}tc"):
            span = _number(cell, "tcPr", "gridSpan", 1)
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None:
                merged[at] = span
                if merge.get(f"{_W}val", "continue") == "continue" and above.get(at) != span:
                    yield f"row {number}, column {at + 1} of a table goes on with a merge that nobody began"
            at += span
        at += _number(row, "trPr", "gridAfter", 0)
        if at != columns:
            yield f"row {number} of a table fills {at} of {columns} columns"
        above = merged


def _number(of: etree._Element, properties: str, name: str, without: int) -> int:
    found = of.find(f"{_W}{properties}/{_W}{name}")
    return without if found is None else int(found.get(f"{_W}val", without))


def fields_end(package: Package) -> Iterator[str]:
    """begin, separate, end of Word's fields, nested like brackets."""
    for part, tree in package.stories.items():
        opened: list[str] = []
        for one in tree.iter(f"{_W}fldChar"):
            kind = one.get(f"{_W}fldCharType", "")
            if kind == "begin":
                opened.append(kind)
            elif not opened or (kind == "separate" and opened[-1] != "begin"):
                yield f"{part}: {kind} of a field without its begin"
            elif kind == "separate":
                opened[-1] = kind
            else:
                opened.pop()
        if opened:
            yield f"{part}: a field does not end"


def struck_text_is_marked(package: Package) -> Iterator[str]:
    """Within w:del stands w:delText, elsewhere w:t; paragraphs do not stand in paragraphs."""
    for part, tree in package.stories.items():
        yield from (f"{part}: w:t within w:del" for one in tree.iter(f"{_W}t") if _within(one, "del"))
        yield from (
            f"{part}: w:delText outside w:del"
            for one in tree.iter(f"{_W}delText")
            if not (_within(one, "del") or _within(one, "moveFrom"))
        )
        yield from (
            f"{part}: a paragraph within a paragraph"
            for one in tree.iter(f"{_W}p")
            if _within(one, "p") and not _within(one, "txbxContent")
        )


def _within(one: etree._Element, name: str) -> bool:
    return next(one.iterancestors(f"{_W}{name}"), None) is not None


def charts_have_axes(package: Package) -> Iterator[str]:
    """Axes that a chart names are there, once; no more points than the count says."""
    for part, tree in package.trees.items():
        if tree.tag != f"{_C}chartSpace":
            continue
        axes = [one.get("val", "") for name in ("catAx", "valAx") for one in tree.iterfind(f".//{_C}{name}/{_C}axId")]
        named = {one.get("val", "") for one in tree.iter(f"{_C}axId", f"{_C}crossAx")}
        yield from (f"{part}: axis {one} is named but not there" for one in sorted(named - set(axes)))
        yield from (f"{part}: axis {one} stands twice" for one in _twice(axes))
        for held in tree.iter(f"{_C}strCache", f"{_C}numCache"):
            count = held.find(f"{_C}ptCount")
            points = len(held.findall(f"{_C}pt"))
            if count is None or points > int(count.get("val", 0)):
                yield f"{part}: {points} points, more than the count says"


PACKAGE_RULES: tuple[Callable[[Package], Iterator[str]], ...] = (parts_have_types, relations_lead)
RULES = (
    *PACKAGE_RULES,
    bookmarks_are_whole,
    references_lead_to_bookmarks,
    drawings_have_ids,
    notes_are_there,
    styles_are_declared,
    children_in_order,
    properties_come_first,
    tables_are_rectangles,
    fields_end,
    struck_text_is_marked,
    charts_have_axes,
)
