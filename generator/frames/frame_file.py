"""A frame read: what every document of one look shares, ready to be joined with a body.

A frame is our own file or comes from `style_file`, which has judged and ordered it; its insides are told in
`frame_maker`. No python-docx here: this is read by every command that writes Word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from lxml import etree

from generator.border.refused import BrokenError, RefusedError
from generator.frames.frame import DOCUMENT_OPENING, EMPTY_HEADER, draft_header_part, draft_paragraph
from generator.word.look import Look
from generator.word.package import Packed, packed
from generator.word.parts import Parts
from generator.word.xml import R, W, attribute, escaped

BLANK = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
"""Where a header or a cover is filled in with the unit's words."""
References = tuple[tuple[str, str], ...]
_MCE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_KINDS = ("default", "even", "first")
_MAIN = "word/document.xml"
_MADE_ANEW = (_MAIN, "word/_rels/document.xml.rels", "[Content_Types].xml")
_BEHIND_TITLE_PAGE = ("textDirection", "bidi", "rtlGutter", "docGrid")
_HOLE = "\ue000"


@dataclass(frozen=True, slots=True)
class Section:
    """What a w:sectPr says. `headers` and `footers`: kind of page (default, even, first) → relationship; `paper`: size,
    margins and the like, `grid`: what stands behind w:titlePg."""

    headers: References
    footers: References
    paper: str
    grid: str
    title_page: bool = False
    begins: str = "nextPage"

    def text(self) -> str:
        """As XML; pages of a kind that nothing is said of show what the section before has."""
        references = "".join(
            f'<w:{word}Reference w:type="{kind}" r:id="{relation}"/>'
            for word, pairs in (("header", self.headers), ("footer", self.footers))
            for kind, relation in pairs
        )
        title = "<w:titlePg/>" if self.title_page else ""
        return f'<w:sectPr>{references}<w:type w:val="{self.begins}"/>{self.paper}{title}{self.grid}</w:sectPr>'

    def as_draft(self) -> Section:
        """With a header on every kind of page, for the mark of a draft."""
        held = dict(self.headers)
        kinds = _KINDS if self.title_page else _KINDS[:2]
        return replace(self, headers=tuple((kind, held.get(kind, EMPTY_HEADER)) for kind in kinds))


@dataclass(frozen=True, slots=True)
class Story:
    """A header or footer; `packed` where nothing is to be filled in."""

    name: str
    text: str
    is_header: bool
    packed: Packed | None


@dataclass(frozen=True, slots=True)
class Frame:
    """`front`: what stands before the text, XML and ends of sections in turn. `drawn`: how many drawings it has, which
    bear the numbers from 1. `types`, `endings`: part and file ending → content type; `relations` of the document."""

    parts: tuple[Packed, ...]
    stories: tuple[Story, ...]
    types: tuple[tuple[str, str], ...]
    endings: tuple[tuple[str, str], ...]
    relations: tuple[tuple[str, tuple[str, str]], ...]
    opening: str
    front: tuple[str | Section, ...]
    upright: Section
    lying: Section
    drawn: int

    @property
    def has_headers(self) -> bool:
        sections = (self.upright, self.lying, *(one for one in self.front if isinstance(one, Section)))
        return any(one.headers for one in sections)

    @property
    def blanks(self) -> tuple[str, ...]:
        """What stands between «{{» and «}}» in covers, headers and footers."""
        texts = [one.text for one in self.stories] + [piece for piece in self.front if isinstance(piece, str)]
        return tuple(dict.fromkeys(_unescaped(found) for text in texts for found in BLANK.findall(text)))


def filled(text: str, words: Callable[[str], str]) -> str:
    """XML with the words of each blank in its place."""
    return BLANK.sub(lambda found: escaped(words(_unescaped(found[1]))), text) if "{{" in text else text


def _unescaped(text: str) -> str:
    for sign, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(sign, letter)
    return text


def as_draft(story: Story, look: Look, number: int, empty: str) -> str:
    """A header as it stands in a draft, the `number`th of the file; `empty`: the part of `EMPTY_HEADER`."""
    if story.name == empty:
        return draft_header_part(look, number)
    root = story.text.index(">", story.text.index("<", 1 if story.text.startswith("<?") else 0)) + 1
    return f"{story.text[:root]}{draft_paragraph(look, number)}{story.text[root:]}"


# -- reading ----------------------------------------------------------------------------------------------------------
def read_frame(data: bytes) -> Frame:
    """Raises `BrokenError` for what is no frame."""
    try:
        return _read(Parts(data))
    except (RefusedError, KeyError, ValueError, IndexError, AttributeError) as error:
        raise BrokenError(str(error)) from error


def _read(parts: Parts) -> Frame:
    root = parts.look(_MAIN)
    *front, upright, lying = root[0]
    stories, shared = list[Story](), list[Packed]()
    for name in parts.content:
        if name in _MADE_ANEW or name.startswith(("_rels/", "docProps/")):
            continue
        data, kind = parts.content[name], parts.content_type(name).rpartition(".")[2]
        made = packed(name, data, store=not name.endswith((".xml", ".rels")))
        if kind in ("header+xml", "footer+xml"):
            stories.append(Story(name, data.decode(), kind == "header+xml", None if b"{{" in data else made))
        else:
            shared.append(made)
    types = parts.look("[Content_Types].xml")
    upright_page = _section(upright[0][0])
    drawings = [root, *(parts.look(one.name) for one in stories)]
    return Frame(
        tuple(shared),
        tuple(stories),
        tuple((str(one.get("PartName")), str(one.get("ContentType"))) for one in types if one.get("PartName")),
        tuple((str(one.get("Extension")), str(one.get("ContentType"))) for one in types if one.get("Extension")),
        tuple(
            (one.identifier, (one.kind, one.target.removeprefix("word/")))
            for one in parts.relations(_MAIN)
            if not one.external
        ),
        _opening(root),
        tuple(_front(front)),
        upright_page,
        _inheriting(_section(lying), upright_page),
        sum(1 for tree in drawings for _ in tree.iter(_DRAWN)),
    )


def _opening(root: etree._Element) -> str:
    """The document's first tag: our names for namespaces, and those that the office's program lets others ignore."""
    known = [one for one in root.get(f"{{{_MCE}}}Ignorable", "").split() if one in root.nsmap]
    if not known:
        return DOCUMENT_OPENING
    named = "".join(f' xmlns:{prefix}="{attribute(str(root.nsmap[prefix]))}"' for prefix in known)
    return DOCUMENT_OPENING.replace("><w:body>", f'{named} xmlns:mc="{_MCE}" mc:Ignorable="{" ".join(known)}"><w:body>')


def _front(blocks: list[etree._Element]) -> list[str | Section]:
    found: list[str | Section] = []
    for block in blocks:
        section = block.find(f"{{{W}}}pPr/{{{W}}}sectPr")
        if section is None:
            found.append(etree.tostring(block, encoding="unicode", with_tail=False))
            continue
        made = _section(section)
        section.clear()
        section.text = _HOLE
        before, _, after = etree.tostring(block, encoding="unicode", with_tail=False).partition(_HOLE)
        found += [before.rpartition("<")[0], made, after.partition(">")[2]]
    return found


def _section(element: etree._Element) -> Section:
    references: dict[str, list[tuple[str, str]]] = {"headerReference": [], "footerReference": []}
    paper, grid, title_page, begins = "", "", False, "nextPage"
    for child in element:
        word = etree.QName(child).localname
        if word in references:
            references[word].append((str(child.get(f"{{{W}}}type")), str(child.get(f"{{{R}}}id"))))
        elif word == "titlePg":
            title_page = True
        elif word == "type":
            begins = str(child.get(f"{{{W}}}val"))
        elif word in _BEHIND_TITLE_PAGE:
            grid += _plain(child)
        else:
            paper += _plain(child)
    headers, footers = (tuple(sorted(found, key=_order)) for found in references.values())
    return Section(headers, footers, paper, grid, title_page, begins)


def _inheriting(section: Section, before: Section) -> Section:
    """Headers and footers that a section does not say are those of the section before."""
    headers, footers = (
        tuple({**dict(theirs), **dict(own)}.items())
        for own, theirs in ((section.headers, before.headers), (section.footers, before.footers))
    )
    return replace(section, headers=headers, footers=footers)


def _order(reference: tuple[str, str]) -> int:
    return _KINDS.index(reference[0])


def _plain(element: etree._Element) -> str:
    """An element of w:sectPr: nothing but attributes and elements of Word's own namespace."""
    words = "".join(
        f' w:{etree.QName(name).localname}="{attribute(str(value))}"'
        for name, value in element.attrib.items()
        if str(name).startswith(f"{{{W}}}")
    )
    inside = "".join(_plain(child) for child in element if str(child.tag).startswith(f"{{{W}}}"))
    name = etree.QName(element).localname
    return f"<w:{name}{words}>{inside}</w:{name}>" if inside else f"<w:{name}{words}/>"
