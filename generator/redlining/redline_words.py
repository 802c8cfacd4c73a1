"""Paragraphs of two versions as one, with tracked changes: their words, their ends, the look that hangs on an end.

What stands around them, sections, 目录, rows of a table, is nothing that it knows of.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass

from generator.redlining.block_sequence import KEPT, STRUCK, Item
from generator.redlining.tracked_changes import Pen
from generator.word_file.align import Change, Shape, Token, changes, tokens, version_pairs, words_but_figures, words_in
from generator.word_file.blocks import name_of, pieces_of
from generator.word_file.marked_file import Marked
from generator.word_file.paragraph import OBJECT, Atom, Element, atoms, cut_before, runs, text_of, w


@dataclass(frozen=True, slots=True)
class Inked:
    """An item as it stands in the redline. `changed`: its words differ, whatever becomes of its end."""

    item: Item
    element: Element
    changed: bool


class Words:
    """Writes into `new`, with `pen`."""

    def __init__(self, old: Marked, new: Marked, pen: Pen) -> None:
        self.old, self.new, self.pen = old, new, pen

    def item(self, item: Item) -> Inked:
        """A paragraph of the old version, of the new one, of both or of neither; its end is left to `ends`."""
        old, new = item.old, item.new
        if old is not None and new is not None:
            return Inked(item, new.element, self.paragraph(old.element, new.element))
        if new is not None:
            self.pen.added(list(runs(new.element)))
            return Inked(item, new.element, bool(new.text()))
        if old is not None:
            return Inked(item, *self.pen.paragraph(old.element))
        return Inked(item, self.new.body.makeelement(w("p"), nsmap=None), False)

    @staticmethod
    def shape(paragraph: Element, file: Marked) -> Shape:
        pieces = pieces_of(paragraph)
        return Shape("p", words_but_figures(pieces, lambda mark: name_of(file.facts, mark)), words_in(pieces))

    # -- ends ---------------------------------------------------------------------------------------------------------
    def looks(self, several: Sequence[Inked]) -> None:
        """A paragraph's look hangs on its end. Where an end closes another paragraph than its own it gets that one's
        look; where it closes one of each version, the new one's, with the old one's on record."""
        before: Element | None = None
        after: Element | None = None
        for one in several:
            item, element = one.item, one.element
            if item.kind != "p":
                before = after = None
                continue
            if item.new is not None:
                after = copy.deepcopy(element.find(w("pPr")))
            if item.old is not None:
                before = self.pen.paragraph_look(item.old.element)
            if item.moved:
                self.pen.give_look(element, before if item.end == STRUCK else after)
                if item.end == KEPT:
                    self.pen.record_look(element, before)

    def ends(self, several: Sequence[Inked]) -> None:
        """Mark the paragraphs' ends as struck out or added."""
        for one in several:
            if one.item.kind == "p":
                self.pen.end(one.element, one.item.end)

    # -- words --------------------------------------------------------------------------------------------------------
    def paragraph(self, old: Element, new: Element) -> bool:
        """Track, in the paragraph `new`, what it said in `old`; whether anything changed."""
        if text_of(old) == text_of(new):
            return False
        before, left = self._tokens(old, self.old, self.pen.readable(old))
        after, _ = self._tokens(new, self.new, atoms(new))
        different = changes(before, after, version_pairs(before, after))
        found = [one for one in (_trimmed(change, before, after) for change in different) if one]
        place_old, place_new = _places(before), _places(after)
        for change in reversed(found):
            start, end = place_new[change.j1], place_new[change.j2]
            cut_before(new, end)
            cut_before(new, start)
            present = atoms(new)
            fresh = list(dict.fromkeys(atom.run for atom in present[start:end]))
            gone = self.pen.struck(left[place_old[change.i1] : place_old[change.i2]])
            self.pen.added(fresh)
            if gone is None:
                continue
            if fresh and gone.find(f".//{w('drawing')}") is not None:
                # LibreOffice tracks no charts, and loses sight of the words behind one.
                _behind(fresh[-1], new).addnext(gone)
            else:
                _put(new, present, start, gone)
        return bool(found)

    def _tokens(self, paragraph: Element, file: Marked, present: Sequence[Atom]) -> tuple[list[Token], Sequence[Atom]]:
        """Tokens, with figures of one fact the same piece, over exactly the characters `present`."""
        pieces = pieces_of(paragraph)
        shown = "".join(atom.character for atom in present)
        if words_in(pieces) != shown:  # a footnote's number that is not brought over
            pieces = tuple((text.replace(OBJECT, ""), mark) for text, mark in pieces)
            present = [atom for atom in present if atom.character != OBJECT]
        return tokens(pieces, lambda mark: name_of(file.facts, mark)), present


def _places(several: Sequence[Token]) -> list[int]:
    """Where each token begins, and where the last one ends."""
    found = [0]
    for token in several:
        found.append(found[-1] + len(token.text))
    return found


def _trimmed(change: Change, old: Sequence[Token], new: Sequence[Token]) -> Change | None:
    """Without what reads the same at both ends: a figure that another fact gives now, or a person typed over."""
    i1, i2, j1, j2 = change.i1, change.i2, change.j1, change.j2
    while i1 < i2 and j1 < j2 and old[i1].text == new[j1].text:
        i1, j1 = i1 + 1, j1 + 1
    while i1 < i2 and j1 < j2 and old[i2 - 1].text == new[j2 - 1].text:
        i2, j2 = i2 - 1, j2 - 1
    return Change(i1, i2, j1, j2) if i1 < i2 or j1 < j2 else None


def _put(paragraph: Element, present: Sequence[Atom], at: int, gone: Element) -> None:
    """Struck-out words before the character `at`, outside the mark of a figure, and before those of later changes."""
    if at < len(present):
        before = _outermost(present[at].run)
        while _figure(before.getprevious(), "bookmarkStart", paragraph) or _is_struck(before.getprevious()):
            before = before.getprevious()
        before.addprevious(gone)
    elif present:
        _behind(present[-1].run, paragraph).addnext(gone)
    else:
        opened = paragraph.findall(w("bookmarkStart"))
        properties = paragraph.find(w("pPr"))
        if opened:
            opened[-1].addnext(gone)
        elif properties is not None:
            properties.addnext(gone)
        else:
            paragraph.insert(0, gone)


def _behind(run: Element, paragraph: Element) -> Element:
    """The last of what belongs to the run: the end of its figure's mark."""
    found = _outermost(run)
    while _figure(found.getnext(), "bookmarkEnd", paragraph):
        found = found.getnext()
    return found


def _outermost(run: Element) -> Element:
    """The run, or the w:ins that a later change has put around it."""
    around = run.getparent()
    return around if around.tag == w("ins") else run


def _is_struck(element: Element | None) -> bool:
    return element is not None and element.tag == w("del")


def _figure(element: Element | None, end: str, paragraph: Element) -> bool:
    """Whether this is an end of a figure's mark."""
    if element is None or element.tag != w(end):
        return False
    key = element.get(w("id"))
    names = (one.get(w("name")) for one in paragraph.iter(w("bookmarkStart")) if one.get(w("id")) == key)
    return str(next(names, "")).startswith("_f")
