"""Word comments: what the program tells the person in the margin of an edited file."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from generator.border.xml import parsed
from generator.word.parts import Parts
from generator.word.xml import DECLARATION, W, escaped, whole
from generator.word_file.paragraph import Element, Marker, atoms, text_of, w

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_WITHOUT = {"footnote": "脚注", "endnote": "尾注", "hdr": "页眉", "ftr": "页脚", "txbxContent": "文本框"}
"""Where no comments can be."""


@dataclass(slots=True)
class Comments:
    """The comments part of one file; made when the first comment is written."""

    parts: Parts
    author: str
    date: str
    added: int = 0

    def add(
        self, paragraph: Element, start: int, end: int, text: str, instead_of: tuple[str, str] | None = None
    ) -> None:
        """Beside the characters `start` to `end` of `paragraph`, the whole of it when there are none. What stands there
        in the same words is not said twice; an older comment of ours is replaced: `instead_of` says how
        it begins and on which words it stands, "" for any. Word allows no comments in notes, headers and text boxes:
        of those it stands where the note is called, the box hangs, the text begins."""
        holder = next(paragraph.iterancestors(*map(w, _WITHOUT)), None)
        if holder is not None:
            where, standing = self._place_of(holder)
            if standing is not None:
                self.add(standing, 0, 0, f"{where}里：{text}", instead_of and (f"{where}里：{instead_of[0]}", ""))
            return
        root = self._root()
        for one in self._ours_at(root, paragraph):
            said = "".join(one.itertext())
            if said == text:
                return
            if instead_of and said.startswith(instead_of[0]) and instead_of[1] in ("", _on(paragraph, one)):
                for inner in list(one):
                    one.remove(inner)
                one.append(_paragraph(text))
                one.set(w("date"), self.date)
                self.added += 1
                return
        number = self._free_number(root)
        comment = etree.SubElement(root, w("comment"))
        comment.set(w("id"), str(number))
        comment.set(w("author"), self.author)
        comment.set(w("date"), self.date)
        comment.set(w("initials"), self.author[:2])
        comment.append(_paragraph(text))
        anchor(paragraph, start, end, number)
        self.added += 1

    def _place_of(self, holder: Element) -> tuple[str, Element | None]:
        """What a place without comments is called, and the paragraph of the body that stands for it."""
        body = self.parts.tree(self.parts.document)
        name = str(holder.tag).rpartition("}")[2]
        if name == "txbxContent":
            return _WITHOUT[name], next(holder.iterancestors(w("p")), None)
        if name in ("footnote", "endnote"):
            calls = (one for one in body.iter(w(f"{name}Reference")) if one.get(w("id")) == holder.get(w("id")))
            return _WITHOUT[name], next((next(one.iterancestors(w("p")), None) for one in calls), None)
        words = (one for one in body.iter(w("p")) if text_of(one).strip())
        return _WITHOUT[name], next(words, None)

    def _root(self) -> Element:
        name = self.parts.related(self.parts.document, "comments")
        if not name:
            empty = f'{DECLARATION}<w:comments xmlns:w="{W}"/>'
            name = self.parts.add("word/comments", "xml", _TYPE, empty.encode())
            self.parts.relate(self.parts.document, "comments", name)
        return self.parts.tree(name)

    def _ours_at(self, root: Element, paragraph: Element) -> list[Element]:
        here = {str(one.get(w("id"))) for one in paragraph.iter(w("commentRangeStart"), w("commentReference"))}
        return [one for one in root if one.get(w("author")) == self.author and one.get(w("id")) in here]

    def _free_number(self, root: Element) -> int:
        taken = [str(one.get(w("id"))) for one in root]
        return max((whole(one, -1) for one in taken), default=-1) + 1


def _on(paragraph: Element, comment: Element) -> str:
    """The words of the paragraph on which a comment stands."""
    found, inside = "", False
    for element in paragraph.iter(w("commentRangeStart"), w("commentRangeEnd"), w("t")):
        if element.tag == w("t"):
            found += (element.text or "") if inside else ""
        elif element.get(w("id")) == comment.get(w("id")):
            inside = element.tag == w("commentRangeStart")
    return found


def _paragraph(text: str) -> Element:
    """Comments have no style of their own in files of the program; ids of styles differ from program to program."""
    return parsed(
        f'<w:p xmlns:w="{W}"><w:r><w:rPr><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr><w:t xml:space="preserve">'
        f"{escaped(text)}</w:t></w:r></w:p>".encode()
    )


def anchor(paragraph: Element, start: int, end: int, number: int) -> None:
    def made(tag: str) -> Element:
        element = paragraph.makeelement(w(tag), nsmap=None)
        element.set(w("id"), str(number))
        return element

    reference = paragraph.makeelement(w("r"), nsmap=None)
    reference.append(made("commentReference"))
    if atoms(paragraph) and end > start:
        first, last = Marker.cut(paragraph, start, end)
        first.addprevious(made("commentRangeStart"))
        last.addnext(reference)
        last.addnext(made("commentRangeEnd"))
        return
    properties = paragraph.find(w("pPr"))
    opening = made("commentRangeStart")
    if properties is None:
        paragraph.insert(0, opening)
    else:
        properties.addnext(opening)
    paragraph.append(made("commentRangeEnd"))
    paragraph.append(reference)
