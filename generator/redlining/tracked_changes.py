"""Writing tracked changes: w:ins and w:del around runs, on the ends of paragraphs, on rows; words of the old file as
deleted runs of the new one."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from lxml import etree

from generator.word.xml import R, printable, whole
from generator.word_file.marked_file import Marked
from generator.word_file.paragraph import DOC_PR, OBJECT, Atom, Element, atoms, w
from generator.word_file.section_ends import properties_of

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CARRIED = (w("drawing"), w("sym"))
"""What a run may hold besides words and is brought over from the old file."""
_NOT_OF_A_PARAGRAPH = tuple(w(n) for n in ("sectPr", "pPrChange", "numPr", "cnfStyle", "framePr", "divId"))
_NOT_OF_A_RUN = tuple(w(n) for n in ("rPrChange", "ins", "del", "moveFrom", "moveTo"))
_NOT_OF_A_ROW = tuple(w(n) for n in ("cnfStyle", "divId", "ins", "del"))
_NOT_OF_A_CELL = tuple(w(n) for n in ("cnfStyle", "cellIns", "cellDel", "cellMerge"))


class Pen:
    """Writes into `new`; every change carries the author, the date and a number that nothing else has."""

    def __init__(self, old: Marked, new: Marked, author: str, date: str) -> None:
        self.old, self.new = old, new
        self._author, self._date = printable(author), date
        self._styles = _style_ids(old, new)
        root = new.parts.tree(new.parts.document)
        self.changes = 0
        self._number = max(map(whole, _ids(root)), default=0)
        self._picture = max((whole(one.get("id")) for one in root.iter(DOC_PR)), default=0)
        self._copied: dict[str, str] = {}
        self.left_out = 0
        """Footnotes, text boxes and other things of the old file that a redline of words does not show."""

    # -- marks --------------------------------------------------------------------------------------------------------
    def mark(self, name: str) -> Element:
        """An empty w:ins or w:del."""
        self._number += 1
        self.changes += 1
        made = self.new.body.makeelement(w(name), nsmap=None)
        made.set(w("id"), str(self._number))
        made.set(w("author"), self._author)
        made.set(w("date"), self._date)
        return made

    def added(self, several: Sequence[Element]) -> None:
        """Runs of the new file that are new."""
        groups: list[list[Element]] = []
        for run in several:
            if groups and run.getprevious() is groups[-1][-1]:
                groups[-1].append(run)
            else:
                groups.append([run])
        for together in groups:
            around = self.mark("ins")
            together[0].addprevious(around)
            for run in together:
                around.append(run)

    def struck(self, gone: Sequence[Atom]) -> Element | None:
        """Words of the old file, struck out; None when nothing of them can be shown."""
        around = self.mark("del")
        for run, group in groupby(gone, key=lambda atom: atom.run):
            made = self._run(run, list(group))
            if made is not None:
                around.append(made)
        return around if len(around) else None

    def end(self, paragraph: Element, name: str) -> None:
        """Mark a paragraph's end as added («ins»), struck out («del») or «both»; "" leaves it."""
        if not name:
            return
        properties = properties_of(paragraph)
        look = properties.find(w("rPr"))
        if look is None:
            look = properties.makeelement(w("rPr"), nsmap=None)
            behind = next((one for one in properties if one.tag in (w("sectPr"), w("pPrChange"))), None)
            if behind is None:
                properties.append(look)
            else:
                behind.addprevious(look)
        for number, one in enumerate(("ins", "del") if name == "both" else (name,)):
            look.insert(number, self.mark(one))

    def row(self, row: Element, name: str) -> None:
        properties = row.find(w("trPr"))
        if properties is None:
            properties = row.makeelement(w("trPr"), nsmap=None)
            exception = row.find(w("tblPrEx"))
            row.insert(0 if exception is None else 1, properties)
        properties.append(self.mark(name))

    # -- the old file's words -----------------------------------------------------------------------------------------
    def readable(self, paragraph: Element) -> list[Atom]:
        """Characters of an old paragraph, and pictures that can be brought over."""
        found = []
        for atom in atoms(paragraph):
            if atom.character != OBJECT or self._can_carry(atom.element):
                found.append(atom)
            else:
                self.left_out += 1
        return found

    @staticmethod
    def _can_carry(element: Element) -> bool:
        return element.tag in _CARRIED and next(element.iter(w("txbxContent")), None) is None

    def _run(self, run: Element, gone: Sequence[Atom]) -> Element | None:
        made = run.makeelement(w("r"), nsmap=None)
        look = self.look(run.find(w("rPr")))
        if look is not None:
            made.append(look)
        for element, group in groupby(gone, key=lambda atom: atom.element):
            if element.tag == w("t"):
                words = made.makeelement(w("delText"), nsmap=None)
                words.text = "".join(atom.character for atom in group)
                words.set(_SPACE, "preserve")
                made.append(words)
            elif element.tag == w("drawing"):
                drawing = self._drawing(element)
                if drawing is not None:
                    made.append(drawing)
            else:
                made.append(copy.deepcopy(element))
        return made if any(child.tag != w("rPr") for child in made) else None

    def _drawing(self, element: Element) -> Element | None:
        """A picture or chart with the parts that it shows."""
        made = copy.deepcopy(element)
        relations = {r.identifier: r for r in self.old.parts.relations(self.old.parts.document)}
        for one in made.iter():
            for name, value in list(one.attrib.items()):
                if not name.startswith(f"{{{R}}}"):
                    continue
                relation = relations.get(value)
                if relation is None or relation.external or relation.target not in self.old.parts.content:
                    self.left_out += 1
                    return None
                one.set(name, self._brought(relation.kind.rpartition("/")[2], relation.target))
        for one in made.iter(DOC_PR):
            self._picture += 1
            one.set("id", str(self._picture))
        return made

    def _brought(self, kind: str, target: str) -> str:
        if target not in self._copied:
            parts = self.new.parts
            self._copied[target] = parts.relate(parts.document, kind, parts.copy_from(self.old.parts, target))
        return self._copied[target]

    def look(self, properties: Element | None) -> Element | None:
        """A run's look as the new file names it."""
        if properties is None:
            return None
        made = _copied(properties, _NOT_OF_A_RUN)
        self._style(made, "rStyle")
        return made if len(made) else None

    def _style(self, properties: Element, name: str) -> None:
        style = properties.find(w(name))
        if style is None:
            return
        known = self._styles.get(str(style.get(w("val"))))
        if known is None:
            properties.remove(style)
        else:
            style.set(w("val"), known)

    def paragraph(self, old: Element) -> tuple[Element, bool]:
        """An old paragraph with all its words struck out, its end still kept; whether it had any."""
        made = self.new.body.makeelement(w("p"), nsmap=None)
        properties = self.paragraph_look(old)
        if properties is not None:
            made.append(properties)
        gone = self.struck(self.readable(old))
        if gone is not None:
            made.append(gone)
        return made, gone is not None

    def paragraph_look(self, old: Element) -> Element | None:
        """An old paragraph's look as the new file names it."""
        properties = old.find(w("pPr"))
        if properties is None:
            return None
        made = _copied(properties, _NOT_OF_A_PARAGRAPH)
        self._style(made, "pStyle")
        run = made.find(w("rPr"))
        if run is not None:
            look = self.look(run)
            if look is None:
                made.remove(run)
            else:
                made.replace(run, look)
        return made

    @staticmethod
    def give_look(paragraph: Element, look: Element | None) -> None:
        """Another paragraph's look; where a section ends here, it still does."""
        own = paragraph.find(w("pPr"))
        end = None if own is None else own.find(w("sectPr"))
        if own is not None:
            paragraph.remove(own)
        given = paragraph.makeelement(w("pPr"), nsmap=None) if look is None else _copied(look, (w("sectPr"),))
        if end is not None:
            given.append(end)
        paragraph.insert(0, given)

    def record_look(self, paragraph: Element, before: Element | None) -> None:
        """The look that the paragraph has again when the changes are rejected."""
        own = paragraph.find(w("pPr"))
        looks = []
        for look in (own, before):
            made = paragraph.makeelement(w("pPr"), nsmap=None)
            made.extend(copy.deepcopy(one) for one in (look if look is not None else ()))
            for one in made.findall(w("sectPr")) + made.findall(w("rPr")):
                made.remove(one)
            looks.append(made)
        if etree.tostring(looks[0]) != etree.tostring(looks[1]):
            record = self.mark("pPrChange")
            record.append(looks[1])
            own.append(record)

    def table(self, old: Element, rows: Iterable[Element]) -> Element:
        """An old table: its frame and the rows given, struck out."""
        made = self.new.body.makeelement(w("tbl"), nsmap=None)
        for name in ("tblPr", "tblGrid"):
            one = old.find(w(name))
            if one is not None:
                made.append(copy.deepcopy(one))
        properties = made.find(w("tblPr"))
        if properties is not None:
            self._style(properties, "tblStyle")
        for row in rows:
            made.append(self.old_row(row))
        return made

    def old_row(self, old: Element) -> Element:
        made = self.new.body.makeelement(w("tr"), nsmap=None)
        properties = old.find(w("trPr"))
        if properties is not None:
            made.append(_copied(properties, _NOT_OF_A_ROW))
        self.row(made, "del")
        for cell in old.iter(w("tc")):
            if next(cell.iterancestors(w("tr"))) is old:
                made.append(self._old_cell(cell))
        return made

    def _old_cell(self, old: Element) -> Element:
        made = self.new.body.makeelement(w("tc"), nsmap=None)
        properties = old.find(w("tcPr"))
        if properties is not None:
            made.append(_copied(properties, _NOT_OF_A_CELL))
        for paragraph in old.iter(w("p")):
            if next(paragraph.iterancestors(w("tc"))) is old:
                made.append(self.paragraph(paragraph)[0])
        self.left_out += len(old.findall(f".//{w('tbl')}"))
        return made


def _copied(element: Element, without: Sequence[str]) -> Element:
    """A copy that lacks the children with these tags."""
    made = copy.deepcopy(element)
    for one in list(made):
        if one.tag in without:
            made.remove(one)
    return made


def _ids(root: Element) -> Iterator[str]:
    for one in root.iter():
        value = one.get(w("id"))
        if value is not None:
            yield str(value)


def _style_ids(old: Marked, new: Marked) -> dict[str, str]:
    """Old style id → the new file's id of the style with this name."""
    here = {name: identifier for identifier, name in _style_names(new)}
    return {identifier: here[name] for identifier, name in _style_names(old) if name in here}


def _style_names(file: Marked) -> Iterator[tuple[str, str]]:
    for style in file.styles:
        name = style.find(w("name"))
        if name is not None:
            yield str(style.get(w("styleId"))), str(name.get(w("val"))).lower()
