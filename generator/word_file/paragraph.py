"""One paragraph of a Word file as text that can be edited in place.

Words keep their runs, and with them fonts, highlight, footnotes, tracked insertions; what a person deleted with tracked
changes is no text and stays where it is. Our own marks are taken off while a paragraph is worked on and put back at the
end.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.word.xml import NEEDS_HINT, W, printable, whole

Element = Any
"""An lxml element."""

OBJECT = "\ufffc"
"""Stands in the text for what is not words: a picture, a chart, a footnote's number."""

COPY = r"(?:[ _]Copy[ _]\d+)?"
"""LibreOffice calls the mark of a copied text «_f3_1 Copy 1», and «_f3_1_Copy_1» when it saves."""
OUR_MARK = re.compile(rf"_(?:f\d+_x?\d+|[nptc]\d+|Toc9\d{{7}}){COPY}")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
"""The name and description of a drawing."""


def w(name: str) -> str:
    return f"{{{W}}}{name}"


_GONE = {w("del"), w("moveFrom")}
_OBJECTS = {w(n) for n in ("drawing", "pict", "object", "footnoteReference", "endnoteReference", "sym", "ruby")}
_LETTERS = {w("tab"): "\t", w("cr"): "\n", w("noBreakHyphen"): "-", w("softHyphen"): ""}
_START, _END = w("bookmarkStart"), w("bookmarkEnd")


@dataclass(frozen=True, slots=True)
class Atom:
    """One character: which element of a run holds it, and where in that element's text."""

    character: str
    run: Element
    element: Element
    offset: int


@dataclass(frozen=True, slots=True)
class Range:
    """A mark over characters `start` to `end` of a paragraph's text."""

    name: str
    start: int
    end: int


def runs(paragraph: Element) -> Iterator[Element]:
    """The runs whose words are read: not those deleted with tracked changes, not those of text boxes inside."""
    for child in paragraph:
        if child.tag == w("r"):
            yield child
        elif child.tag not in _GONE and child.tag != w("pPr"):
            yield from runs(child)


def atoms(paragraph: Element) -> list[Atom]:
    return [atom for run in runs(paragraph) for atom in _atoms_of(run)]


def _atoms_of(run: Element) -> Iterator[Atom]:
    for element in run:
        if element.tag == w("t"):
            for offset, character in enumerate(element.text or ""):
                yield Atom(character, run, element, offset)
        elif element.tag == w("br"):
            kind = element.get(w("type"))
            if kind in (None, "textWrapping"):
                yield Atom("\n", run, element, 0)
        elif element.tag in _LETTERS:
            if _LETTERS[element.tag]:
                yield Atom(_LETTERS[element.tag], run, element, 0)
        elif element.tag in _OBJECTS or str(element.tag).endswith("}AlternateContent"):
            yield Atom(OBJECT, run, element, 0)


def text_of(paragraph: Element) -> str:
    return "".join(atom.character for atom in atoms(paragraph))


def marks(paragraph: Element) -> list[Range]:
    """Our marks that begin and end in this paragraph, over which characters they stand."""
    position = 0
    opened: dict[str, tuple[str, int]] = {}
    found: list[Range] = []
    for element in _walk(paragraph):
        if element.tag == _START:
            name = str(element.get(w("name")))
            if OUR_MARK.fullmatch(name):
                opened[str(element.get(w("id")))] = (name, position)
        elif element.tag == _END:
            if (key := str(element.get(w("id")))) in opened:
                name, start = opened.pop(key)
                found.append(Range(name, start, position))
        elif element.tag == w("r"):
            position += sum(1 for _ in _atoms_of(element))
    return found


def _walk(paragraph: Element) -> Iterator[Element]:
    """Bookmarks and readable runs in reading order."""
    for child in paragraph:
        if child.tag in (_START, _END, w("r")):
            yield child
        elif child.tag in _GONE:
            yield from child.iter(_START, _END)
        elif child.tag != w("pPr"):
            yield from _walk(child)


# -- changing ---------------------------------------------------------------------------------------------------------
def replace(paragraph: Element, start: int, end: int, text: str) -> None:
    """Put `text` in place of the characters `start` to `end`, in the look of the first of them (or, for an insertion,
    of the character before). Pictures, footnotes and the like in the range stay."""
    present = atoms(paragraph)
    gone = _by_element([atom for atom in present[start:end] if atom.character != OBJECT])
    if not gone:
        before, after = (present[start - 1] if start else None), (present[start] if start < len(present) else None)
        _insert(paragraph, before, after, text)
    put = text
    for element, offsets in gone:
        run = element.getparent()
        if element.tag == w("t"):
            old, first = element.text or "", min(offsets)
            _set(element, old[:first] + put + "".join(c for i, c in enumerate(old) if i > first and i not in offsets))
            if not element.text and element.getparent() is not None:
                run.remove(element)
        elif put:
            _set(_as_words(element), put)
        else:
            run.remove(element)
        if all(child.tag == w("rPr") for child in run):
            run.getparent().remove(run)
        put = ""


def _by_element(gone: Sequence[Atom]) -> list[tuple[Element, set[int]]]:
    found: list[tuple[Element, set[int]]] = []
    for atom in gone:
        if not found or found[-1][0] is not atom.element:
            found.append((atom.element, set()))
        found[-1][1].add(atom.offset)
    return found


def _insert(paragraph: Element, before: Atom | None, after: Atom | None, text: str) -> None:
    if not text:
        return
    # A neighbour inside a hyperlink or field would draw the words into it; the words' own neighbour is better.
    if before is not None and before.element.tag == w("t"):
        old = before.element.text or ""
        _set(before.element, old[: before.offset + 1] + text + old[before.offset + 1 :])
    elif after is not None and after.element.tag == w("t"):
        old = after.element.text or ""
        _set(after.element, old[: after.offset] + text + old[after.offset :])
    else:
        run = new_run(paragraph, text)
        if before is not None:
            _like(run, before.run)
            before.run.addnext(run)
        elif after is not None:
            _like(run, after.run)
            after.run.addprevious(run)
        else:
            paragraph.append(run)


def new_run(paragraph: Element, text: str) -> Element:
    run = paragraph.makeelement(w("r"), nsmap=None)
    element = run.makeelement(w("t"), nsmap=None)
    run.append(element)
    _set(element, text)
    return run


def _like(run: Element, pattern: Element) -> None:
    properties = pattern.find(w("rPr"))
    if properties is not None:
        kept = copy.deepcopy(properties)
        for one in kept.findall(w("vertAlign")) + kept.findall(w("rStyle")):
            kept.remove(one)  # a footnote's number is raised; the words beside it are not
        run.insert(0, kept)


def _as_words(element: Element) -> Element:
    """A w:t in place of a tab or line break."""
    words = element.makeelement(w("t"), nsmap=None)
    element.getparent().replace(element, words)
    return words


def _set(element: Element, text: str) -> None:
    """The words of a w:t; line ends and tabs among them become elements of the run."""
    text = printable(text)
    pieces = re.split(r"([\n\t])", text)
    _words(element, pieces[0])
    last = element
    for piece in filter(None, pieces[1:]):
        tag = {"\n": "br", "\t": "tab"}.get(piece, "t")
        made = element.makeelement(w(tag), nsmap=None)
        last.addnext(made)
        if tag == "t":
            _words(made, piece)
        last = made
    if len(pieces) > 1 and not element.text:
        element.getparent().remove(element)


def _words(element: Element, text: str) -> None:
    element.text = text
    if text != text.strip() or "  " in text:
        element.set(_SPACE, "preserve")
    if NEEDS_HINT.search(text):
        _hint(element.getparent())


def _hint(run: Element) -> None:
    """“ ” — … take the Latin font unless the run says otherwise."""
    properties = run.find(w("rPr"))
    if properties is None:
        properties = run.makeelement(w("rPr"), nsmap=None)
        run.insert(0, properties)
    fonts = properties.find(w("rFonts"))
    if fonts is None:
        fonts = properties.makeelement(w("rFonts"), nsmap=None)
        style = properties.find(w("rStyle"))
        properties.insert(0 if style is None else 1, fonts)
    if fonts.get(w("hint")) is None:
        fonts.set(w("hint"), "eastAsia")


# -- marks ------------------------------------------------------------------------------------------------------------
def take_off_marks(root: Element) -> None:
    """Remove every mark of ours below `root`, wherever its two ends stand."""
    gone: set[str] = set()
    for start in list(root.iter(_START)):
        if OUR_MARK.fullmatch(str(start.get(w("name")))):
            gone.add(str(start.get(w("id"))))
            start.getparent().remove(start)
    for end in list(root.iter(_END)):
        if str(end.get(w("id"))) in gone:
            end.getparent().remove(end)


def number_marks(root: Element) -> None:
    """Number our marks in reading order, behind the bookmarks of others: the same marks, the same file."""
    ours = [one for one in root.iter(_START) if OUR_MARK.fullmatch(str(one.get(w("name"))))]
    old = {str(one.get(w("id"))) for one in ours}
    others = (str(one.get(w("id"))) for one in root.iter(_START, _END))
    first = max((whole(one) for one in others if one not in old), default=0) + 1
    renamed = {str(one.get(w("id"))): str(number) for number, one in enumerate(ours, first)}
    for one in (*ours, *root.iter(_END)):
        identifier = str(one.get(w("id")))
        one.set(w("id"), renamed.get(identifier, identifier))


class Marker:
    """Puts marks into a body, with ids that nobody has."""

    def __init__(self, root: Element) -> None:
        ids = [str(one.get(w("id"))) for one in root.iter(_START, _END)]
        self._next = max(map(whole, ids), default=0) + 1

    def pair(self, root: Element, name: str) -> tuple[Element, Element]:
        start, end = root.makeelement(_START, nsmap=None), root.makeelement(_END, nsmap=None)
        for one in (start, end):
            one.set(w("id"), str(self._next))
        start.set(w("name"), name)
        self._next += 1
        return start, end

    def around(self, first: Element, last: Element, name: str) -> None:
        """From the beginning of the paragraph `first` to the end of `last`."""
        start, end = self.pair(first, name)
        properties = first.find(w("pPr"))
        if properties is None:
            first.insert(0, start)
        else:
            properties.addnext(start)
        last.append(end)

    def at(self, paragraph: Element, name: str) -> None:
        """Around nothing, at the beginning of a paragraph: how a table is marked."""
        start, end = self.pair(paragraph, name)
        properties = paragraph.find(w("pPr"))
        if properties is None:
            paragraph.insert(0, start)
        else:
            properties.addnext(start)
        start.addnext(end)

    def over(self, paragraph: Element, start: int, end: int, name: str) -> None:
        """Over the characters `start` to `end`; the runs are cut there when they have to be."""
        first, last = self.cut(paragraph, start, end)
        opening, closing = self.pair(paragraph, name)
        first.addprevious(opening)
        last.addnext(closing)

    @staticmethod
    def cut(paragraph: Element, start: int, end: int) -> tuple[Element, Element]:
        """The first and the last of the runs that hold exactly these characters."""
        cut_before(paragraph, start)
        cut_before(paragraph, end)
        present = atoms(paragraph)
        return present[start].run, present[end - 1].run


def cut_before(paragraph: Element, index: int) -> None:
    """Let a run begin at character `index`."""
    present = atoms(paragraph)
    if index <= 0 or index >= len(present):
        return
    here, before = present[index], present[index - 1]
    if here.run is not before.run:
        return
    run = here.run
    second = run.makeelement(run.tag, run.attrib, nsmap=run.nsmap)
    properties = run.find(w("rPr"))
    if properties is not None:
        second.append(copy.deepcopy(properties))
    element = here.element
    if here.offset:
        rest = element.makeelement(w("t"), nsmap=None)
        text = element.text or ""
        second.append(rest)
        following = list(element.itersiblings())
        element.text, rest.text = text[: here.offset], text[here.offset :]
        for one in (element, rest):
            if one.text != one.text.strip() or "  " in one.text:
                one.set(_SPACE, "preserve")
    else:
        following = [element, *element.itersiblings()]
    for one in following:
        second.append(one)
    run.addnext(second)
