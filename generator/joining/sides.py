"""What a joining uses everywhere: one person's file read, what hangs on its paragraphs, what is to be told."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.joining.carrying import Carrier
from generator.refreshing.new_tables import NewTables
from generator.refreshing.regions import Regions, regions
from generator.word.facts_part import Pieces
from generator.word.parts import Parts
from generator.word.xml import R
from generator.word_file.align import PARAGRAPH_END, words_in
from generator.word_file.blocks import Block, blocks_of, generated, pieces_of
from generator.word_file.comments import Comments
from generator.word_file.marked_file import Marked
from generator.word_file.paragraph import OBJECT, OUR_MARK, Element, Marker, atoms, text_of, w

CONFLICT, DELETED, FORMAT, CHART, STORY = "conflict", "deleted", "format", "chart", "story"
_NOTES = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}
_PICTURE = "图 "
_PRIVATE, _PRIVATE_END = 0xE000, 0xF900


@dataclass(frozen=True, slots=True)
class JoinRemark:
    """`kind`: conflict (both changed the same otherwise), deleted (one struck out what the other changed), format and
    chart (of the other's file, not taken over), story (words of its headers and footers). `words`: the other's."""

    kind: str
    trail: tuple[str, ...]
    words: str = ""
    theirs: str = ""


class _EachItsOwn(NewTables):
    """A table is itself, whatever others read like: what the other person did to it belongs nowhere else."""

    def rows(self, mark: str) -> tuple[str, ...]:
        return (mark,)

    def row(self, mark: str, old: int) -> str:
        return f"{mark} {old}"


class Side:
    """One person's file. `name`: how messages and comments call it."""

    def __init__(self, file: Marked, name: str) -> None:
        self.file, self.name = file, name
        self.blocks: list[Block] = blocks_of(file)
        self.found: Regions = regions(file, self.blocks, _EachItsOwn(file.facts))
        self.unclear = {one.part.block: one.of for one in self.found.tables.unclear if one.whole}
        """Tables without a mark that read like several → those that they may be."""

    def may_stand(self, mark: str) -> bool:
        """Whether nobody can say which table is this generated one."""
        return mark not in self.found.of and any(mark in of for of in self.unclear.values())

    def of(self, marks: Sequence[str]) -> list[int]:
        """The blocks that the generated paragraphs have become, in order."""
        return sorted({number for mark in marks for number in self.found.of.get(mark, ())})

    def elements(self, numbers: Sequence[int]) -> list[Element]:
        return [self.blocks[number].element for number in numbers]

    def text(self, numbers: Sequence[int]) -> str:
        return PARAGRAPH_END.join(text_of(one) for one in self.elements(numbers))

    def hanging(self, numbers: Sequence[int]) -> list[str]:
        return [one for element in self.elements(numbers) for one in hanging(element, self.file.parts)]

    def own(self) -> list[int]:
        """Blocks that a person has added."""
        taken = self.found.taken()
        return [
            number
            for number, block in enumerate(self.blocks)
            if number not in taken
            and number not in self.unclear
            and not block.toc
            and block.kind != "end"
            and self.says(number)
        ]

    def says(self, number: int) -> str:
        """All that a block says, for telling whether two are the same; "" for an empty one."""
        block = self.blocks[number]
        words = block.text() if block.kind == "p" else "\n".join(row.text() for row in block.rows())
        return "\n".join((words, *hanging(block.element, self.file.parts))).strip()

    def holds(self, text: str) -> bool:
        """Whether a paragraph of the file reads so."""
        return any(block.kind == "p" and not block.toc and block.text() == text for block in self.blocks)


def hanging(element: Element, parts: Parts) -> list[str]:
    """What hangs on a paragraph besides its words: notes and text boxes by their words, pictures by their content."""
    found: list[str] = []
    for one in element.iter():
        if one.tag in _NOTES:
            name = parts.related(parts.document, _NOTES[one.tag])
            notes = parts.look(name) if name else ()
            found += [
                "".join(t.text or "" for t in n.iter(w("t"))) for n in notes if n.get(w("id")) == one.get(w("id"))
            ]
        elif one.tag == w("txbxContent"):
            found.append("".join(text.text or "" for text in one.iter(w("t"))))
        elif str(one.tag).endswith(("}blip", "}imagedata")):
            found += _pictures(one, parts)
    return list(dict.fromkeys(found))


def _pictures(element: Element, parts: Parts) -> list[str]:
    known = {one.identifier: one for one in parts.relations(parts.document)}
    there = [known[str(v)] for k, v in element.attrib.items() if str(k).startswith(f"{{{R}}}") and str(v) in known]
    return [
        f"{_PICTURE}{zlib.crc32(parts.content[one.target]) if one.target in parts.content else one.target}"
        for one in there
    ]


def keyed_text(element: Element, parts: Parts, keys: dict[tuple[str, ...], str]) -> str:
    """The paragraph's text with a character of its own for each thing that hangs on it, the same for the same thing."""
    found = ""
    for atom in atoms(element):
        if atom.character != OBJECT:
            found += atom.character
            continue
        key = (str(atom.element.tag), *hanging(atom.element, parts))
        found += keys.setdefault(key, chr(_PRIVATE + len(keys)))
    return found


def plain(text: str) -> str:
    """Without the characters of `keyed_text`, in lines."""
    words = "".join(one for one in text if one != OBJECT and not _PRIVATE <= ord(one) < _PRIVATE_END)
    return words.replace(PARAGRAPH_END, "\n").strip()


def in_words(hanging_: Sequence[str]) -> str:
    """«一张图片；脚注的话»."""
    return "；".join("一张图片" if one.startswith(_PICTURE) else one for one in hanging_)


@dataclass(slots=True)
class Joining:
    """One joining on its way. The first's file is changed in place."""

    mine: Side
    theirs: Side
    carrier: Carrier
    comments: Comments
    remarks: list[JoinRemark] = field(default_factory=list)
    placed: list[tuple[Element, int, int, str]] = field(default_factory=list)
    """Figures' marks to put: paragraph, first character, end, «f3_1»."""
    whole: list[tuple[Element, Element, str]] = field(default_factory=list)
    taken: int = 0
    added: int = 0
    removed: int = 0

    def bring(self, element: Element) -> Element:
        """The other's paragraph, row or table; where its figures stand is remembered."""
        made = self.carrier.bring(element)
        for here, there in zip(paragraphs(made), paragraphs(element), strict=True):
            self.remember(here, pieces_of(there))
        return made

    def remember(self, paragraph: Element, pieces: Pieces) -> None:
        at = 0
        for text, mark in pieces:
            if mark:
                self.placed.append((paragraph, at, at + len(text), mark))
            at += len(text)

    def clash(self, paragraph: Element, start: int, end: int, words: str, trail: tuple[str, ...]) -> None:
        """Both have changed the same otherwise: the first's stays, a comment holds the other's."""
        first, other = self.mine.name, self.theirs.name
        words = plain(words)
        what = f"这里写的是：“{words}”" if words else "把这里删去了"
        self.tell(paragraph, start, end, other, what, f"。两份改得不一样，保留了“{first}”的，请决定用哪一个。")
        self.remarks.append(JoinRemark(CONFLICT, trail, words))

    def struck(self, paragraph: Element, by: Side, kept: Side, words: str, trail: tuple[str, ...]) -> None:
        """One struck out what the other has changed."""
        rest = f"，“{kept.name}”改过，所以保留，请决定去留。"
        self.tell(paragraph, 0, len(text_of(paragraph)), by.name, "删去了这里", rest)
        self.remarks.append(JoinRemark(DELETED, trail, words))

    def tell(self, paragraph: Element, start: int, end: int, who: str, what: str, rest: str) -> None:
        """Once: the files may be called otherwise when they are joined again."""
        there = self.carrier.comments_of([paragraph], self.mine.file.parts)
        ours = ["".join(one.itertext()) for _, _, one in there if one.get(w("author")) == self.comments.author]
        if not any(what in said for said in ours):
            self.comments.add(paragraph, start, end, f"“{who}”{what}{rest}")

    def put_marks(self) -> None:
        root = self.mine.file.parts.tree(self.mine.file.parts.document)
        used = {str(one.get(w("name"))) for one in root.iter(w("bookmarkStart"))}
        marker = Marker(root)
        alive = set(root.iter(w("p")))
        for paragraph, start, end, mark in self.placed:
            if paragraph in alive and text_of(paragraph)[start:end].strip():
                marker.over(paragraph, start, end, _free(f"_{mark}", used))
        for first, last, mark in self.whole:
            if mark[0] == "t":
                marker.at(next(first.iter(w("p"))), f"_{mark}")
            else:
                marker.around(first, last, f"_{mark}")


def _free(name: str, used: set[str]) -> str:
    figure, number = "_" + name[1:].partition("_")[0], 0
    while name in used:
        number += 1
        name = f"{figure}_x{number}"
    used.add(name)
    return name


def paragraphs(element: Element) -> list[Element]:
    return [element] if element.tag == w("p") else list(element.iter(w("p")))


def without_figure_marks(paragraph: Element) -> None:
    """Take the figures' marks off a paragraph; they are put back where the figures stand then."""
    gone = set()
    for start in list(paragraph.iter(w("bookmarkStart"))):
        name = str(start.get(w("name")))
        if OUR_MARK.fullmatch(name) and name.startswith("_f"):
            gone.add(str(start.get(w("id"))))
            start.getparent().remove(start)
    for end in list(paragraph.iter(w("bookmarkEnd"))):
        if str(end.get(w("id"))) in gone:
            end.getparent().remove(end)


def base_text(file: Marked, marks: Sequence[str]) -> str:
    return PARAGRAPH_END.join(words_in(generated(file.facts, mark)) for mark in marks)
