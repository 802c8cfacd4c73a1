"""The copy for publication of a Word file that people have edited: their text stays, what leads behind it goes out.

Out go our marks and the facts part, comments, authors and companies, revision ids, hidden bookmarks that nothing points
to, what other programs keep in the file for themselves, paths of templates, the thumbnail. The file may be ours or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from generator.border.refused import RefusedError
from generator.document.occurrences import Spot
from generator.frames.frame import DRAFT, app_part, core_part
from generator.word.parts import Parts
from generator.word.xml import W
from generator.word_file.marked_file import Marked
from generator.word_file.paragraph import Element, text_of, w
from generator.word_file.places import Placed, other_stories, placed_paragraphs

TO_FILL, TO_CONFIRM = "待填", "待确认"
_GAP = re.compile(rf"[〔\[［【（(]\s*({TO_FILL}|{TO_CONFIRM})\s*[〕\]］】）)]")
"""A person may have typed the brackets anew."""
_DRAFT_LINE = re.compile(r"草\s*稿(?:：.*)?", re.DOTALL)
"""In the header, and over the list of what is missing."""
_CHANGES = tuple(
    w(name)
    for name in (
        *("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange"),
        *("trPrChange", "tcPrChange", "tblGridChange", "cellIns", "cellDel", "cellMerge", "numberingChange"),
    )
)
_COMMENT_MARKS = tuple(w(name) for name in ("commentRangeStart", "commentRangeEnd", "commentReference"))
_COMMENT_PARTS = ("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people")
_SETTINGS = {
    "rsids",
    "docVars",
    "attachedTemplate",
    "trackRevisions",
    "docId",
    "mailMerge",
}
"""Words of settings.xml that tell of the people and programs at work."""
_OUTSIDE = ("docProps/custom.xml",)
_CORE, _APP = "docProps/core.xml", "docProps/app.xml"
_OWN_WORDS = ("title", "subject", "keywords", "created")
_EXCERPT = 24
_EXTENDED = "http://schemas.microsoft.com/office/word/2012/wordml"
_PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"


@dataclass(frozen=True, slots=True)
class Remaining:
    """Something in the file that does not belong into a publication. `where`: the place of its paragraph; `words`: what
    stands there; `author`: of a comment or of tracked changes, `count` of these."""

    where: Spot
    words: str
    author: str = ""
    said: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Judged:
    """`gaps`: 〔待填〕, 〔待确认〕, 草稿; `changes`: tracked changes, one for each paragraph and author; `comments`:
    those that nobody has settled; `hidden`: words that are set as hidden and stay in the file though nobody sees them
    printed."""

    gaps: tuple[Remaining, ...] = ()
    changes: tuple[Remaining, ...] = ()
    comments: tuple[Remaining, ...] = ()
    hidden: tuple[Remaining, ...] = ()


def judged(file: Marked) -> Judged:
    """What stands against publishing the file as it is, each with its place."""
    gaps: list[Remaining] = []
    hidden: list[Remaining] = []
    known: dict[Element, Placed] = {}
    for placed in placed_paragraphs(file):
        known.setdefault(placed.element, placed)
        text = text_of(placed.element)
        gaps += [Remaining(placed.spot, _around(text, found)) for found in _GAP.finditer(text)]
        gaps += [Remaining(placed.spot, _short(text.strip()))] if _DRAFT_LINE.fullmatch(text.strip()) else []
        words = "".join(_hidden_words(placed.element))
        hidden += [Remaining(placed.spot, _short(words))] if words.strip() else []
    stories = list(other_stories(file.parts))
    gaps += [Remaining(Spot((story,)), DRAFT) for story, root in stories if story == "页眉" and _bears_draft(root)]
    roots = [("", file.parts.tree(file.parts.document)), *stories]
    marks = [mark for story, root in roots for mark in _marks_of_people(story, root, known)]
    return Judged(tuple(gaps), tuple(_changes(marks)), tuple(_comments(file.parts, marks)), tuple(hidden))


def published_copy(parts: Parts) -> bytes:
    """The copy; `parts` is used up. Open tracked changes stay as they are."""
    roots = [parts.tree(parts.document), *(root for _, root in other_stories(parts, change=True))]
    pointed_at = {name for root in roots for name in _pointed_at(root)}
    for root in roots:
        for one in list(root.iter(*_COMMENT_MARKS)):
            _without(one)
        for one in list(root.iter(w("permStart"), w("permEnd"), w("proofErr"))):
            one.getparent().remove(one)
        _without_bookmarks(root, pointed_at)
    for name in parts.xml:
        if name.startswith("word/") and name in parts.content and not name.endswith(".rels"):
            _without_revision_ids(parts, name)
    for kind in _COMMENT_PARTS:
        for name in [name for name in parts.content if re.fullmatch(rf"word/{kind}\d*\.xml", name)]:
            parts.drop(name)
    for name in [name for name in parts.content if name.startswith("customXml/") and not name.endswith(".rels")]:
        parts.drop(name)
    for name in [one for one in parts.content if one in _OUTSIDE or one.startswith("docProps/thumbnail")]:
        parts.drop(name)
    _settings(parts)
    _properties(parts)
    _workbooks(parts)
    return parts.save()


# -- what is there ----------------------------------------------------------------------------------------------------
_PersonMark = tuple[Element, Placed]
"""A tracked change or the mark of a comment, and the paragraph at which it stands."""


def _marks_of_people(story: str, root: Element, known: dict[Element, Placed]) -> Iterator[_PersonMark]:
    """A row that goes or comes is told at its first cell; what was struck out as a whole, behind what stands before."""
    last = Placed(root, Spot((story,) if story else ()))
    for element in root.iter(w("p"), *_CHANGES, *_COMMENT_MARKS):
        if element.tag == w("p"):
            last = known.get(element, last)
            continue
        row = next(element.iterancestors(w("trPr")), None)
        first = next(row.getparent().iter(w("p")), None) if row is not None else None
        yield element, known.get(first, last) if first is not None else last


def _changes(marks: Iterable[_PersonMark]) -> Iterator[Remaining]:
    found: dict[tuple[Spot, str], list[Placed]] = {}
    for element, at in marks:
        if element.tag in _CHANGES:
            found.setdefault((at.spot, str(element.get(w("author"), ""))), []).append(at)
    for (spot, author), places in found.items():
        yield Remaining(spot, _first_words(places[0]), author, count=len(places))


def _comments(parts: Parts, marks: Sequence[_PersonMark]) -> Iterator[Remaining]:
    """Those of the file that are not settled («解决»)."""
    places: dict[str, Placed] = {}
    for element, placed in marks:
        if element.tag in _COMMENT_MARKS:
            places.setdefault(str(element.get(w("id"))), placed)
    name = parts.related(parts.document, "comments")
    settled = _settled(parts)
    for one in parts.look(name).iter(w("comment")) if name else ():
        if settled.intersection(str(paragraph.get(_PARAGRAPH_ID)) for paragraph in one.iter(w("p"))):
            continue
        words = "".join(text.text or "" for text in one.iter(w("t")))
        at = places.get(str(one.get(w("id"))))
        spot = at.spot if at is not None else Spot(("批注",))
        yield Remaining(spot, _first_words(at) if at is not None else "", str(one.get(w("author"), "")), _short(words))


def _settled(parts: Parts) -> set[str]:
    """Paragraphs of comments that somebody has marked as settled, of the answers to them too."""
    found: set[str] = set()
    for name in [one for one in parts.xml if re.fullmatch(r"word/commentsExtended\d*\.xml", one)]:
        for one in parts.look(name).iter(f"{{{_EXTENDED}}}commentEx"):
            own, above = (str(one.get(f"{{{_EXTENDED}}}{word}", "")) for word in ("paraId", "paraIdParent"))
            if one.get(f"{{{_EXTENDED}}}done") in ("1", "true") or (above and above in found):
                found.add(own)
    return found


def _first_words(at: Placed) -> str:
    return _short(text_of(at.element).strip()) if at.element.tag == w("p") else ""


def _hidden_words(paragraph: Element) -> Iterator[str]:
    for run in paragraph.iter(w("r")):
        vanish = run.find(f"{w('rPr')}/{w('vanish')}")
        if vanish is not None and vanish.get(w("val")) not in ("0", "false", "off"):
            yield from (text.text or "" for text in run.iter(w("t")))


def _bears_draft(header: Element) -> bool:
    return any(one.get("string") == DRAFT for one in header.iter("{urn:schemas-microsoft-com:vml}textpath"))


def _around(text: str, found: re.Match[str]) -> str:
    start, end = max(0, found.start() - _EXCERPT // 2), min(len(text), found.end() + _EXCERPT // 2)
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _short(text: str) -> str:
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"


# -- taking out -------------------------------------------------------------------------------------------------------
def _pointed_at(root: Element) -> Iterator[str]:
    """Bookmarks to which a link or field of the text leads."""
    for link in root.iter(w("hyperlink")):
        yield str(link.get(w("anchor"), ""))
    for code in root.iter(w("instrText")):
        yield from re.findall(r"[\w\u4e00-\u9fff]+", code.text or "")
    for simple in root.iter(w("fldSimple")):
        yield from re.findall(r"[\w\u4e00-\u9fff]+", str(simple.get(w("instr"), "")))


def _without_bookmarks(root: Element, pointed_at: set[str]) -> None:
    """Hidden ones (their names begin with _) that nothing leads to; those of 目录 stay, and a person's own."""
    gone: set[str] = set()
    for start in list(root.iter(w("bookmarkStart"))):
        name = str(start.get(w("name"), ""))
        if name.startswith("_") and name not in pointed_at and not name.startswith("_Toc"):
            gone.add(str(start.get(w("id"))))
            start.getparent().remove(start)
    for end in list(root.iter(w("bookmarkEnd"))):
        if str(end.get(w("id"))) in gone:
            end.getparent().remove(end)


def _without(mark: Element) -> None:
    """A comment's mark, and the run that held nothing else."""
    around = mark.getparent()
    around.remove(mark)
    if around.tag == w("r") and all(child.tag == w("rPr") for child in around):
        around.getparent().remove(around)


def _without_revision_ids(parts: Parts, name: str) -> None:
    if b"rsid" not in parts.content[name] and name != parts.document:
        return
    for element in parts.tree(name).iter(etree.Element):
        for attribute in [one for one in element.attrib if str(one).startswith(f"{{{W}}}rsid")]:
            del element.attrib[attribute]


def _settings(parts: Parts) -> None:
    name = parts.related(parts.document, "settings")
    if not name:
        return
    root = parts.tree(name)
    for one in [one for one in root if etree.QName(one).localname in _SETTINGS]:
        root.remove(one)
    parts.unrelate(name, "attachedTemplate")


def _properties(parts: Parts) -> None:
    """Title, subject, keywords and the day of publication stay; people, programs and times of work go."""
    said: dict[str, str] = {}
    if _CORE in parts.content:
        for one in parts.look(_CORE):
            word = str(etree.QName(one).localname)
            if word in _OWN_WORDS:
                said[word] = one.text or ""
        title, subject, keywords, created = (said.get(word, "") for word in _OWN_WORDS)
        parts.replace(_CORE, core_part(title, subject, "", keywords, created).encode())
    if _APP in parts.content:
        parts.replace(_APP, app_part().encode())


def _workbooks(parts: Parts) -> None:
    """The workbooks behind charts bear the name of whoever changed them."""
    for name in [one for one in parts.content if one.startswith("word/embeddings/") and one.endswith(".xlsx")]:
        try:
            inside = Parts(parts.content[name])
        except RefusedError:
            continue
        if _CORE in inside.content or _APP in inside.content:
            _properties(inside)
            parts.replace(name, inside.save())
