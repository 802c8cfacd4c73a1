"""The copy for publication of a Word file that people have edited: their text stays, what leads behind it goes out.

Out go our marks and the facts part, comments, authors and companies, revision ids, hidden bookmarks that nothing points
to, what other programs keep in the file for themselves, paths of templates, the thumbnail. The file may be ours or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from generator.border.refused import RefusedError
from generator.frames.frame import DRAFT, DRAFT_LINE, app_part, core_part
from generator.word.parts import Parts
from generator.word.xml import W
from generator.word_file.accepted_changes import accept_changes
from generator.word_file.paragraph import Element, text_of, w

TO_FILL, TO_CONFIRM = "待填", "待确认"
_GAP = re.compile(rf"[〔\[［【（(]\s*({TO_FILL}|{TO_CONFIRM})\s*[〕\]］】）)]")
"""A person may have typed the brackets anew."""
_STORIES = {
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "glossaryDocument": "文档部件",
}
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


@dataclass(frozen=True, slots=True)
class Remaining:
    """Something in the file that does not belong into a publication. `story`: 正文, 页眉 …; `words`: what stands there;
    `author`: of a comment or tracked change."""

    story: str
    words: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """`gaps`: 〔待填〕, 〔待确认〕, 草稿; `changes`: tracked changes, one for each author and story; `hidden`: words
    that are set as hidden and stay in the file though nobody sees them printed."""

    gaps: tuple[Remaining, ...] = ()
    changes: tuple[Remaining, ...] = ()
    comments: tuple[Remaining, ...] = ()
    hidden: tuple[Remaining, ...] = ()


def judged(parts: Parts) -> Judged:
    """What stands against publishing the file as it is."""
    gaps: list[Remaining] = []
    changes: dict[tuple[str, str], int] = {}
    hidden: list[Remaining] = []
    for story, root in _stories(parts):
        for paragraph in root.iter(w("p")):
            text = text_of(paragraph)
            gaps += [Remaining(story, _around(text, found)) for found in _GAP.finditer(text)]
            words = "".join(_hidden_words(paragraph))
            hidden += [Remaining(story, _short(words))] if words.strip() else []
        if story == "页眉" and _bears_draft(root):
            gaps.append(Remaining(story, DRAFT))
        for one in root.iter(*_CHANGES):
            key = (story, str(one.get(w("author"), "")))
            changes[key] = changes.get(key, 0) + 1
    told = (Remaining(story, str(count), author) for (story, author), count in changes.items())
    return Judged(tuple(gaps), tuple(told), tuple(_comments(parts)), tuple(hidden))


def published_copy(parts: Parts, *, accept: bool = False) -> bytes:
    """The copy; `parts` is used up. `accept`: open tracked changes are accepted; else they stay as they are."""
    roots = [root for _, root in _stories(parts, change=True)]
    pointed_at = {name for root in roots for name in _pointed_at(root)}
    for root in roots:
        if accept:
            accept_changes(root)
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


def _stories(parts: Parts, *, change: bool = False) -> Iterator[tuple[str, Element]]:
    """The text of the file, then headers, notes and the like."""
    read = parts.tree if change else parts.look
    yield "正文", parts.tree(parts.document)
    for relation in parts.relations(parts.document):
        story = _STORIES.get(relation.kind.rpartition("/")[2])
        if story is not None and not relation.external and relation.target in parts.content:
            yield story, read(relation.target)


# -- what is there ----------------------------------------------------------------------------------------------------
def _comments(parts: Parts) -> Iterator[Remaining]:
    name = parts.related(parts.document, "comments")
    for one in parts.look(name).iter(w("comment")) if name else ():
        words = "".join(text.text or "" for text in one.iter(w("t")))
        yield Remaining("批注", _short(words), str(one.get(w("author"), "")))


def _hidden_words(paragraph: Element) -> Iterator[str]:
    for run in paragraph.iter(w("r")):
        vanish = run.find(f"{w('rPr')}/{w('vanish')}")
        if vanish is not None and vanish.get(w("val")) not in ("0", "false", "off"):
            yield from (text.text or "" for text in run.iter(w("t")))


def _bears_draft(header: Element) -> bool:
    across = (str(one.get("string")) for one in header.iter("{urn:schemas-microsoft-com:vml}textpath"))
    lines = (text_of(one).strip() for one in header.iter(w("p")))
    return DRAFT in across or DRAFT_LINE in lines


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
