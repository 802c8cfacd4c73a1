"""Paragraphs, rows and tables of one Word file put into another with all that hangs on them.

Styles and charts as `Transplant` brings them; besides, pictures and links (relationships), footnotes, comments, lists.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.refreshing.transplant import Transplant
from generator.word.chart import CHART_NAMESPACE
from generator.word.parts import Parts
from generator.word.xml import R, whole
from generator.word_file.comments import anchor
from generator.word_file.paragraph import Element, text_of, w

_CHART = f"{{{CHART_NAMESPACE}}}chart"
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_RANGES = ("commentRangeStart", "commentRangeEnd")
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


@dataclass(slots=True)
class Carrier:
    """From the file of `source` into that of `target`."""

    target: Parts
    source: Parts
    transplant: Transplant = field(init=False)
    _relations: dict[tuple[str, str], str] = field(default_factory=dict)
    _lists: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.transplant = Transplant(self.target, self.source)

    def bring(self, element: Element) -> Element:
        """A copy that fits into the target, without marks of ours."""
        made = self.transplant.element(element)
        self._relate(made, self.source.document, self.target.document)
        self._bookmarks(made)
        self._number_lists(made)
        for tag, part in _NOTES.items():
            for reference in list(made.iter(w(tag))):
                self._note(reference, part)
        self._comments(made)
        _without_paragraph_ids(made)
        return made

    # -- comments -----------------------------------------------------------------------------------------------------
    def comments_of(self, elements: list[Element], parts: Parts) -> Iterator[tuple[Element, Element, Element]]:
        """(paragraph, reference, comment) of every comment whose reference stands in the elements."""
        name = parts.related(parts.document, "comments")
        known = {str(one.get(w("id"))): one for one in parts.look(name).iter(w("comment"))} if name else {}
        for element in elements:
            for reference in element.iter(w("commentReference")):
                comment = known.get(str(reference.get(w("id"))))
                paragraph = next(reference.iterancestors(w("p")), None)
                if comment is not None and paragraph is not None:
                    yield paragraph, reference, comment

    def bring_comments(self, theirs: list[Element], mine: list[Element]) -> None:
        """The comments that stand in `theirs` and not in `mine`, beside the same words of `mine`."""
        present = {_said(comment) for _, _, comment in self.comments_of(mine, self.target)}
        paragraphs = [one for element in mine for one in element.iter(w("p"))]
        if not paragraphs:
            return
        for paragraph, reference, comment in self.comments_of(theirs, self.source):
            if _said(comment) in present:
                continue
            words = _on(paragraph, str(reference.get(w("id"))))
            here = next((one for one in paragraphs if words and words in text_of(one)), paragraphs[0])
            start = text_of(here).find(words) if words else -1
            number = self._comment(comment)
            if start < 0:
                anchor(here, 0, len(text_of(here)), number)
            else:
                anchor(here, start, start + len(words), number)

    def keep_comments(self, gone: list[Element], stays: list[Element]) -> None:
        """Comments of target paragraphs that are about to go, on the first of those that stay."""
        present = {_said(comment) for _, _, comment in self.comments_of(stays, self.target)}
        paragraph = next((one for element in stays for one in element.iter(w("p"))), None)
        for _, reference, comment in list(self.comments_of(gone, self.target)):
            if paragraph is not None and _said(comment) not in present:
                anchor(paragraph, 0, len(text_of(paragraph)), whole(str(reference.get(w("id")))))

    def _comments(self, made: Element) -> None:
        name = self.source.related(self.source.document, "comments")
        known = {str(one.get(w("id"))): one for one in self.source.look(name).iter(w("comment"))} if name else {}
        there = {str(one.get(w("id"))) for one in made.iter(w("commentReference"))} & set(known)
        numbers = {identifier: str(self._comment(known[identifier])) for identifier in sorted(there, key=whole)}
        for one in list(made.iter(*map(w, _RANGES), w("commentReference"))):
            identifier = str(one.get(w("id")))
            if identifier in numbers:
                one.set(w("id"), numbers[identifier])
            else:
                one.getparent().remove(one)
        _whole_ranges(made)

    def _comment(self, comment: Element) -> int:
        root = self._part("comments", "comment")
        number = max((whole(str(one.get(w("id"))), -1) for one in root), default=-1) + 1
        made = copy.deepcopy(comment)
        made.set(w("id"), str(number))
        self._fit(made, "comments")
        root.append(made)
        return number

    # -- notes --------------------------------------------------------------------------------------------------------
    def _note(self, reference: Element, part: str) -> None:
        name = self.source.related(self.source.document, part)
        tag = part.removesuffix("s")
        wanted = str(reference.get(w("id")))
        found = [one for one in self.source.look(name).iter(w(tag)) if str(one.get(w("id"))) == wanted] if name else []
        if not found:
            reference.getparent().remove(reference)
            return
        root = self._part(part, tag)
        number = max((whole(str(one.get(w("id"))), 0) for one in root), default=0) + 1
        made = copy.deepcopy(found[0])
        made.set(w("id"), str(number))
        self._fit(made, part)
        root.append(made)
        reference.set(w("id"), str(number))

    def _part(self, kind: str, tag: str) -> Element:
        """The target's part of notes or comments; when it has none the source's, emptied."""
        name = self.target.related(self.target.document, kind)
        if not name:
            theirs = self.source.related(self.source.document, kind)
            name = self.target.copy_from(self.source, theirs)
            self.target.relate(self.target.document, kind, name)
            root = self.target.tree(name)
            for one in [one for one in root.iter(w(tag)) if one.get(w("type")) not in _SEPARATORS]:
                root.remove(one)
        return self.target.tree(name)

    def _fit(self, made: Element, kind: str) -> None:
        for tag in ("pStyle", "rStyle", "tblStyle"):
            for one in made.iter(w(tag)):
                one.set(w("val"), self.transplant.style(str(one.get(w("val")))))
        source, target = (parts.related(parts.document, kind) for parts in (self.source, self.target))
        self._relate(made, source, target)
        _without_paragraph_ids(made)

    # -- what relationships lead to -----------------------------------------------------------------------------------
    def _relate(self, made: Element, source: str, target: str) -> None:
        known = {one.identifier: one for one in self.source.relations(source)}
        for element in made.iter():
            if element.tag == _CHART or not isinstance(element.tag, str):
                continue
            for attribute in [one for one in element.attrib if str(one).startswith(f"{{{R}}}")]:
                relation = known.get(str(element.get(attribute)))
                if relation is None:
                    continue
                key = (target, relation.identifier)
                if key not in self._relations:
                    kind = relation.kind.removeprefix(f"{R}/")
                    there = relation.target
                    if not relation.external:
                        if there not in self.source.content:
                            continue
                        there = self.target.copy_from(self.source, there)
                    self._relations[key] = self.target.relate(target, kind, there, external=relation.external)
                element.set(attribute, self._relations[key])

    def _bookmarks(self, made: Element) -> None:
        """A person's own, where the target has none of that name."""
        root = self.target.tree(self.target.document)
        taken = {str(one.get(w("name"))) for one in root.iter(w("bookmarkStart"))}
        ids = [whole(str(one.get(w("id")))) for one in root.iter(w("bookmarkStart"), w("bookmarkEnd"))]
        free = max(ids, default=0) + 10_000
        ends = {str(one.get(w("id"))): one for one in made.iter(w("bookmarkEnd"))}
        for number, start in enumerate(list(made.iter(w("bookmarkStart")))):
            end = ends.pop(str(start.get(w("id"))), None)
            if end is not None and str(start.get(w("name"))) not in taken:
                start.set(w("id"), str(free + number))
                end.set(w("id"), str(free + number))
                continue
            for one in (start, end):
                if one is not None:
                    one.getparent().remove(one)
        for end in ends.values():
            end.getparent().remove(end)

    # -- lists --------------------------------------------------------------------------------------------------------
    def _number_lists(self, made: Element) -> None:
        theirs = self.source.related(self.source.document, "numbering")
        mine = self.target.related(self.target.document, "numbering")
        if theirs and mine and self.source.content[theirs] == self.target.content[mine]:
            return
        for one in made.iter(w("numId")):
            number = str(one.get(w("val")))
            if theirs and number != "0":
                one.set(w("val"), self._lists.setdefault(number, "") or self._list(number, theirs, mine))

    def _list(self, number: str, theirs: str, mine: str) -> str:
        if not mine:
            self.target.relate(self.target.document, "numbering", self.target.copy_from(self.source, theirs))
            mine = self.target.related(self.target.document, "numbering")
        source: Element = self.source.look(theirs)
        target: Element = self.target.tree(mine)
        num = next((one for one in source.iter(w("num")) if str(one.get(w("numId"))) == number), None)
        kind = num.find(w("abstractNumId")) if num is not None else None
        wanted = str(kind.get(w("val"))) if kind is not None else ""
        pattern = next(
            (one for one in source.iter(w("abstractNum")) if str(one.get(w("abstractNumId"))) == wanted), None
        )
        if num is None or pattern is None:
            return number
        taken = [whole(str(one.get(w("abstractNumId")))) for one in target.iter(w("abstractNum"))]
        used = [whole(str(one.get(w("numId")))) for one in target.iter(w("num"))]
        new_pattern, new = copy.deepcopy(pattern), copy.deepcopy(num)
        new_pattern.set(w("abstractNumId"), str(max(taken, default=0) + 1))
        new.find(w("abstractNumId")).set(w("val"), str(max(taken, default=0) + 1))
        new.set(w("numId"), str(max(used, default=0) + 1))
        first = next(target.iter(w("num")), None)
        if first is None:
            target.append(new_pattern)
        else:
            first.addprevious(new_pattern)
        last = list(target.iter(w("num")))
        (last[-1] if last else new_pattern).addnext(new)
        self._lists[number] = str(new.get(w("numId")))
        return self._lists[number]


def drop_unused_comments(parts: Parts) -> None:
    """Comments whose paragraph has gone."""
    name = parts.related(parts.document, "comments")
    if name:
        used = {str(one.get(w("id"))) for one in parts.tree(parts.document).iter(w("commentReference"))}
        root = parts.tree(name)
        for one in [one for one in root.iter(w("comment")) if str(one.get(w("id"))) not in used]:
            root.remove(one)


def drop_half_ranges(root: Element) -> None:
    """Ends of comments and bookmarks whose other end has gone with its paragraph."""
    _whole_ranges(root)
    starts = {str(one.get(w("id"))) for one in root.iter(w("bookmarkStart"))}
    ends = {str(one.get(w("id"))) for one in root.iter(w("bookmarkEnd"))}
    for one in list(root.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        if str(one.get(w("id"))) not in starts & ends:
            one.getparent().remove(one)


def _whole_ranges(root: Element) -> None:
    there = {str(one.get(w("id"))) for one in root.iter(w("commentReference"))}
    sides = [{str(one.get(w("id"))) for one in root.iter(w(tag))} for tag in _RANGES]
    for one in list(root.iter(*map(w, _RANGES))):
        if str(one.get(w("id"))) not in there & sides[0] & sides[1]:
            one.getparent().remove(one)


def _without_paragraph_ids(made: Element) -> None:
    for one in made.iter():
        for attribute in [name for name in one.attrib if str(name).endswith(("}paraId", "}textId"))]:
            del one.attrib[attribute]


def _said(comment: Element) -> tuple[str, str]:
    return str(comment.get(w("author"), "")), "".join(one.text or "" for one in comment.iter(w("t")))


def _on(paragraph: Element, identifier: str) -> str:
    """The words of a paragraph on which a comment stands."""
    found, inside = "", False
    for element in paragraph.iter(*map(w, _RANGES), w("t")):
        if element.tag == w("t"):
            found += (element.text or "") if inside else ""
        elif str(element.get(w("id"))) == identifier:
            inside = element.tag == w("commentRangeStart")
    return found
