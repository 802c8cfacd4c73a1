"""Two colleagues' edits of one generated file, in one file.

Three versions meet: what both files remember to have been generated as, what the first has made of it, what the other
has. The first's file carries the result. What only one has changed is taken, with its look, notes, pictures and
comments; where both changed the same otherwise, the first's stays and a comment holds the other's. Nothing that either
typed is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.joining.alike_tables import ask
from generator.joining.carrying import Carrier, drop_half_ranges, drop_unused_comments
from generator.joining.join_sentences import take_sentences
from generator.joining.join_table import join_table, other_form, width
from generator.joining.looks import form_of, series_of, shows, usual_forms
from generator.joining.sentences import joined, sentences
from generator.joining.sides import (
    CHART,
    FORMAT,
    STORY,
    Joining,
    JoinRemark,
    Side,
    base_text,
    in_words,
    keyed_text,
    paragraphs,
    without_figure_marks,
)
from generator.names import PROGRAM
from generator.refreshing.figure_prints import Prints
from generator.refreshing.refresh_contents import refresh_contents
from generator.refreshing.refresh_words import Renewal
from generator.refreshing.transplant import Transplant
from generator.word.xml import whole
from generator.word_file.align import PARAGRAPH_END
from generator.word_file.blocks import blocks_of, generated
from generator.word_file.comments import Comments
from generator.word_file.marked_file import Marked
from generator.word_file.paragraph import DOC_PR, Element, number_marks, text_of, w
from generator.word_file.restored_marks import figures_again
from generator.word_file.section_ends import end_section, section_of
from generator.word_file.word_repairs import mend

_STORIES = {"header": "页眉", "footer": "页脚"}
_CHANGES = tuple(w(name) for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange"))
_CONTENTS_MARK = re.compile(r"_Toc9\d{7}")


@dataclass(frozen=True, slots=True)
class Joined:
    """`taken`: sentences, paragraphs and cells of the other's that took a place of the first's; `added`, `removed`:
    blocks and rows. `comments`: how many were written."""

    docx: bytes
    remarks: tuple[JoinRemark, ...]
    taken: int
    added: int
    removed: int


def of_one_build(first: Marked, other: Marked) -> bool:
    """Whether both files were generated as the same text."""
    one, two = first.facts, other.facts
    same_text = (one.written, one.beside, one.tables, one.charts, one.order) == (
        two.written,
        two.beside,
        two.tables,
        two.charts,
        two.order,
    )
    return same_text and one.document.get("pack") == two.document.get("pack")


def join(first: Marked, other: Marked, again: Marked, names: tuple[str, str], *, date: str) -> Joined:
    """`first` and `other` are of one build and used up; `again` is the first's file opened once more. `names`: how
    comments call the two."""
    return _Join(Side(first, names[0]), Side(other, names[1]), again, date).run()


def moved(side: Marked) -> bool:
    """Whether a person has put generated blocks into another order."""
    found = Side(side, "").found
    places = [found.of[mark][0] for mark in side.facts.order if mark in found.of]
    return places != sorted(places)


class _Join:
    def __init__(self, mine: Side, theirs: Side, again: Marked, date: str) -> None:
        self.mine, self.theirs, self.again = mine, theirs, again
        carrier = Carrier(mine.file.parts, theirs.file.parts)
        self.comments = Comments(mine.file.parts, PROGRAM, date)
        self.work = Joining(mine, theirs, carrier, self.comments)
        self.at: dict[int, Element] = {}
        """Block of the other's → the last element of the first's that it stands for now."""
        self.struck: dict[int, list[int]] = {}
        """Blocks of the other's that the first has struck out and the other changed, by the first of them."""
        self.headings_changed = False
        self.own_elements = {mine.blocks[number].element for number in mine.own()}
        self.usual = usual_forms(mine, theirs)

    def run(self) -> Joined:
        work, parts = self.work, self.mine.file.parts
        self.at.update(ask(work, self._rows))
        for marks in _groups(self.mine, self.theirs):
            self._group(marks)
        self._others_own()
        self._stories()
        root = parts.tree(parts.document)
        work.put_marks()
        drop_half_ranges(root)
        if self.headings_changed:
            self._contents()
        number_marks(root)
        _number_again(list(root.iter(DOC_PR)), "id")
        _number_again(list(root.iter(*_CHANGES)), w("id"))
        drop_unused_comments(parts)
        mend(parts)
        return Joined(parts.save(), tuple(dict.fromkeys(work.remarks)), work.taken, work.added, work.removed)

    # -- generated blocks ---------------------------------------------------------------------------------------------
    def _group(self, marks: list[str]) -> None:
        mine, theirs = self.mine.of(marks), self.theirs.of(marks)
        if any(side.may_stand(marks[0]) for side in (self.mine, self.theirs)):
            return  # asked about
        if not mine and theirs:
            if self._touched(self.theirs, marks, theirs) and not self.mine.holds(self.theirs.text(theirs)):
                self.struck[theirs[0]] = theirs
        elif mine and not theirs:
            self._struck_by_other(marks, mine)
        elif mine and theirs:
            for number in theirs:
                self.at[number] = self.mine.blocks[mine[-1]].element
            if marks[0][0] == "t":
                self._table(marks[0], mine, theirs)
            elif marks[0][0] == "c":
                self._chart(marks[0], mine, theirs)
            else:
                self._paragraphs(marks, mine, theirs)

    def _touched(self, side: Side, marks: list[str], numbers: list[int]) -> bool:
        block = side.blocks[numbers[0]]
        if next(block.element.iter(w("commentReference")), None) is not None:
            return True
        if marks[0][0] == "t":
            return block.kind != "t" or tuple(row.text() for row in block.rows()) != self._rows(marks[0])
        if marks[0][0] == "c":
            return not shows(series_of(side, numbers), self._chart_rows(marks[0]))
        return side.text(numbers) != base_text(side.file, marks) or bool(side.hanging(numbers))

    def _rows(self, mark: str) -> tuple[str, ...]:
        return self.mine.file.facts.tables[int(mark[1:]) - 1].rows

    def _chart_rows(self, mark: str) -> tuple[str, ...]:
        return self.mine.file.facts.charts[int(mark[1:]) - 1].rows

    def _struck_by_other(self, marks: list[str], mine: list[int]) -> None:
        blocks = [self.mine.blocks[number] for number in mine]
        if self.theirs.holds(self.mine.text(mine)) and blocks[0].kind == "p" and marks[0][0] in "pn":
            return  # it stands there still, without its mark
        if self._touched(self.mine, marks, mine):
            self.work.struck(
                paragraphs(blocks[0].element)[0], self.theirs, self.mine, blocks[0].text(), blocks[0].trail
            )
            return
        for block in blocks:
            self.headings_changed |= block.level < 10
            _take_out(block.element)
            self.work.removed += 1

    def _paragraphs(self, marks: list[str], mine: list[int], theirs: list[int]) -> None:
        base, here, there = base_text(self.mine.file, marks), self.mine.text(mine), self.theirs.text(theirs)
        here_hangs, there_hangs = self.mine.hanging(mine), self.theirs.hanging(theirs)
        mine_elements, their_elements = self.mine.elements(mine), self.theirs.elements(theirs)
        if (here, here_hangs) == (there, there_hangs):
            if len(mine) == len(theirs) and self._other_is_dressed(mine, theirs):
                self._take(marks, mine, theirs)
            else:
                self.work.carrier.bring_comments(their_elements, mine_elements)
        elif here == base and not here_hangs:
            self._take(marks, mine, theirs)
        elif there == base and not there_hangs:
            self.work.carrier.bring_comments(their_elements, mine_elements)
        else:
            self._both(marks, mine, theirs, base)

    def _both(self, marks: list[str], mine: list[int], theirs: list[int], base: str) -> None:
        block = self.mine.blocks[mine[0]]
        here, there = self.mine.text(mine), self.theirs.text(theirs)
        if len(mine) > 1 or len(theirs) > 1 or len(marks) > 1:
            own = set(sentences(here))
            words = "".join(one for one in sentences(there) if one not in own)
            if words.replace(PARAGRAPH_END, "").strip():
                self.work.clash(block.element, 0, len(text_of(block.element)), words, block.trail)
        else:
            element, other = block.element, self.theirs.blocks[theirs[0]].element
            keys: dict[tuple[str, ...], str] = {}
            here = keyed_text(element, self.mine.file.parts, keys)
            there = keyed_text(other, self.theirs.file.parts, keys)
            taken, clashes = joined(base, here, there)
            for clash in clashes:
                self.work.clash(element, clash.start, clash.end, clash.words, block.trail)
            for left in take_sentences(self.work, element, other, taken):
                words = there[left.other_start : left.other_end]
                self.work.clash(element, left.start, left.end, words, block.trail)
            without_figure_marks(element)
            for _, start, end, mark in figures_again(generated(self.mine.file.facts, marks[0]), [text_of(element)]):
                self.work.placed.append((element, start, end, mark))
            self.headings_changed |= bool(taken) and block.level < 10
        self.work.carrier.bring_comments(self.theirs.elements(theirs), self.mine.elements(mine))
        present = self.mine.hanging(mine)
        lost = [one for one in self.theirs.hanging(theirs) if one not in present]
        if lost:
            self.work.clash(block.element, 0, len(text_of(block.element)), in_words(lost), block.trail)

    def _take(self, marks: list[str], mine: list[int], theirs: list[int]) -> None:
        """The other's paragraphs in place of the first's."""
        gone = self.mine.elements(mine)
        made = {number: self.work.bring(self.theirs.blocks[number].element) for number in theirs}
        each = list(made.values())
        for one in each:
            gone[0].addprevious(one)
        self.work.carrier.keep_comments(gone, each)
        for element in gone:
            section = section_of(element)
            if section is not None:
                end_section(each[-1], section)
            element.getparent().remove(element)
        for mark in marks:
            numbers = [number for number in self.theirs.found.of.get(mark, ()) if number in made]
            if numbers:
                self.work.whole.append((made[numbers[0]], made[numbers[-1]], mark))
        for number in theirs:
            self.at[number] = each[-1]
        self.work.taken += 1
        self.headings_changed |= self.mine.blocks[mine[0]].level < 10 or self.theirs.blocks[theirs[0]].level < 10

    def _other_is_dressed(self, mine: list[int], theirs: list[int]) -> bool:
        """Whether the other alone has given the same words another look."""
        here, there = (tuple(map(form_of, side.elements(n))) for side, n in ((self.mine, mine), (self.theirs, theirs)))
        if here == there:
            return False
        mine_usual, theirs_usual = (all(one in self.usual for one in forms) for forms in (here, there))
        if mine_usual and not theirs_usual:
            return True
        if mine_usual == theirs_usual:
            self.work.remarks.append(JoinRemark(FORMAT, self.mine.blocks[mine[0]].trail))
        return False

    def _table(self, mark: str, mine: list[int], theirs: list[int]) -> None:
        block, other, was = self.mine.blocks[mine[0]], self.theirs.blocks[theirs[0]], self._rows(mark)
        name = self.mine.file.facts.tables[int(mark[1:]) - 1].name
        here, there = (tuple(row.text() for row in one.rows()) for one in (block, other))
        if there in (here, was):
            self.work.carrier.bring_comments([other.element], [block.element])
        elif here == was:
            made = self.work.bring(other.element)
            block.element.addprevious(made)
            self.work.carrier.keep_comments([block.element], [made])
            block.element.getparent().remove(block.element)
            self.work.whole.append((made, made, mark))
            self.at.update(dict.fromkeys(theirs, made))
            self.work.taken += 1
        elif width(here) == width(there) == width(was):
            join_table(self.work, block, other, was, name)
            names = {str(one.get(w("name"))) for one in block.element.iter(w("bookmarkStart"))}
            if f"_{mark}" not in names:
                self.work.whole.append((block.element, block.element, mark))
        else:
            other_form(self.work, block, other, was, name)

    def _chart(self, mark: str, mine: list[int], theirs: list[int]) -> None:
        here, there, was = series_of(self.mine, mine), series_of(self.theirs, theirs), self._chart_rows(mark)
        block = self.mine.blocks[mine[0]]
        if here == there or shows(there, was):
            return
        if shows(here, was) and block.kind == "p" and self.theirs.blocks[theirs[0]].kind == "p":
            self._take([mark], mine, theirs)
        else:
            self.work.remarks.append(JoinRemark(CHART, block.trail))

    # -- blocks that the other has added ------------------------------------------------------------------------------
    def _others_own(self) -> None:
        waiting: dict[str, list[Element]] = {}
        for number in self.mine.own():
            waiting.setdefault(self.mine.says(number), []).append(self.mine.blocks[number].element)
        own = set(self.theirs.own())
        last: Element | None = None
        for number in range(len(self.theirs.blocks)):
            if number in self.at:
                last = self.at[number]
            elif number in self.struck:
                made = []
                for one in self.struck[number]:
                    last = self._insert(one, last)
                    made.append(last)
                words, trail = self.theirs.text(self.struck[number]), self.theirs.blocks[number].trail
                self.work.struck(paragraphs(made[0])[0], self.mine, self.theirs, words, trail)
            elif number in own:
                same = waiting.get(self.theirs.says(number))
                if same:
                    last = same.pop(0)
                    self.work.carrier.bring_comments([self.theirs.blocks[number].element], [last])
                else:
                    last = self._insert(number, last)

    def _insert(self, number: int, last: Element | None) -> Element:
        block = self.theirs.blocks[number]
        made = self.work.bring(block.element)
        self.headings_changed |= block.level < 10
        self.work.added += 1
        for mark in block.marks if number in {n for ns in self.struck.values() for n in ns} else ():
            self.work.whole.append((made, made, mark))
        if last is None:
            self.mine.file.body.insert(0, made)
            return made
        after = last.getnext()
        while after is not None and after in self.own_elements:
            last, after = after, after.getnext()
        last.addnext(made)
        section = section_of(last)
        if section is not None and made.tag == w("p"):
            end_section(made, section)
        return made

    # -- the rest -----------------------------------------------------------------------------------------------------
    def _stories(self) -> None:
        """Words of headers and footers that only the other has: nobody can tell here who changed them."""
        mine, theirs = (dict(_story_words(side.file)) for side in (self.mine, self.theirs))
        for words, story in theirs.items():
            if words not in mine:
                self.work.remarks.append(JoinRemark(STORY, (story,), words))

    def _contents(self) -> None:
        file, again = self.mine.file, self.again
        root: Element = file.parts.tree(file.parts.document)
        gone = set()
        for start in list(root.iter(w("bookmarkStart"))):
            if _CONTENTS_MARK.fullmatch(str(start.get(w("name")))):
                gone.add(str(start.get(w("id"))))
                start.getparent().remove(start)
        for end in list(root.iter(w("bookmarkEnd"))):
            if str(end.get(w("id"))) in gone:
                end.getparent().remove(end)
        new_blocks = blocks_of(again)
        prints, transplant = Prints(file, again, new_blocks), Transplant(file.parts, again.parts)
        work = Renewal(file, again, prints, self.comments, transplant)
        refresh_contents(work, [block for block in blocks_of(file) if block.toc], new_blocks)


def _groups(mine: Side, theirs: Side) -> Iterator[list[str]]:
    """Generated blocks that belong together: paragraphs that one of the two has joined are read as one."""
    order = [mark for mark in mine.file.facts.order if mark != "toc"]
    head = {mark: mark for mark in order}

    def of(mark: str) -> str:
        while head[mark] != mark:
            mark = head[mark]
        return mark

    for side in (mine, theirs):
        first: dict[int, str] = {}
        for mark in order:
            for number in side.found.of.get(mark, ()) if mark[0] in "pn" else ():
                if number in first:
                    head[of(mark)] = of(first[number])
                first.setdefault(number, mark)
    groups: dict[str, list[str]] = {}
    for mark in order:
        groups.setdefault(of(mark), []).append(mark)
    yield from groups.values()


def _number_again(elements: list[Element], attribute: str) -> None:
    """No two drawings, or tracked changes, of one number."""
    last = max((whole(str(one.get(attribute))) for one in elements), default=0)
    seen: set[str] = set()
    for one in elements:
        if str(one.get(attribute)) in seen:
            last += 1
            one.set(attribute, str(last))
        seen.add(str(one.get(attribute)))


def _take_out(element: Element) -> None:
    """A block; one that ends a section stays as an empty paragraph."""
    if section_of(element) is None:
        element.getparent().remove(element)
        return
    for child in [one for one in element if one.tag != w("pPr")]:
        element.remove(child)


def _story_words(file: Marked) -> Iterator[tuple[str, str]]:
    for relation in file.parts.relations(file.parts.document):
        story = _STORIES.get(relation.kind.rpartition("/")[2])
        if story is not None and relation.target in file.parts.content:
            for paragraph in file.parts.look(relation.target).iter(w("p")):
                words = text_of(paragraph).strip()
                if words:
                    yield words, story
