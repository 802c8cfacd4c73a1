"""An edited Word file brought up to date: a person's work stays, what the program had written is renewed.

Three versions meet: what the file was generated as (its facts part), what people made of it (its body), and the freshly
generated file. Words are changed inside the runs that hold them, so fonts, highlight, footnotes, comments and tracked
changes stay where they are.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.names import PROGRAM
from generator.refreshing.contradictions import contradictions
from generator.refreshing.deleted import Gone, gone_block, tell_deleted
from generator.refreshing.figure_prints import Prints
from generator.refreshing.new_tables import NewTables
from generator.refreshing.notes_and_headers import beside, properties
from generator.refreshing.numbering import count_on
from generator.refreshing.refresh_chart import refresh_chart
from generator.refreshing.refresh_contents import is_entry, refresh_contents
from generator.refreshing.refresh_table import drop_rows, refresh_copied_rows, refresh_table
from generator.refreshing.refresh_words import KEPT, RefreshRemark, Renewal, holds_notes, same
from generator.refreshing.regions import Regions, regions
from generator.refreshing.transplant import Transplant
from generator.refreshing.unclear import asked_before, tell_unclear
from generator.word.facts_part import FactsPart, Pieces
from generator.word_file.align import PARAGRAPH_END, align_blocks, words_in
from generator.word_file.blocks import Block, blocks_of, generated, joined, name_of, pieces_of, shapes
from generator.word_file.comments import Comments
from generator.word_file.marked_file import Marked
from generator.word_file.paragraph import OBJECT, Element, atoms, number_marks, take_off_marks, w
from generator.word_file.section_ends import drop_section, end_section, section_of
from generator.word_file.word_repairs import mend

_LONG = 12
"""A shorter paragraph is no copy because it reads like another."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """`renewed`: how many figures and wordings were changed; `added` and `removed`: blocks and rows."""

    docx: bytes
    remarks: tuple[RefreshRemark, ...]
    renewed: int
    added: int
    removed: int


def refresh(edited: Marked, fresh: Marked, *, author: str = PROGRAM, date: str) -> Refreshed:
    """`edited` is used up: its package is changed and written. `date`: of comments, «2021-10-26T09:00:00Z»."""
    return _Refresh(edited, fresh, author, date).run()


class _Refresh:
    def __init__(self, edited: Marked, fresh: Marked, author: str, date: str) -> None:
        self.edited, self.fresh = edited, fresh
        self.blocks, self.new_blocks = blocks_of(edited), blocks_of(fresh)
        was, now = edited.facts.order, fresh.facts.order
        partners = align_blocks(shapes(edited.facts, fresh.facts.document.get("unit", "")), shapes(fresh.facts))
        self.to_new = {was[i]: now[j] for i, j in partners if i is not None and j is not None}
        self.fresh_of = {mark: block for block in self.new_blocks for mark in block.marks}
        now_of = {old: self.fresh_of[new] for old, new in self.to_new.items() if old[0] == "t" and old != "toc"}
        tables = NewTables(edited.facts, now_of, fresh.facts)
        self.found = regions(edited, self.blocks, tables, asked_before(edited, self.blocks))
        prints = Prints(edited, fresh, self.new_blocks)
        prints.learn(self.to_new)
        comments = Comments(edited.parts, author, date)
        self.kept: list[Element] = []
        """Paragraphs that the new version does not have, and that a person has changed."""
        self.taken_out: set[str] = set()
        """Charts of which a person has left the paragraph alone."""
        self.work = Renewal(edited, fresh, prints, comments, Transplant(edited.parts, fresh.parts))
        self.work.twins.update(_twins(edited.facts, fresh.facts, self.to_new))

    def run(self) -> Refreshed:
        work, edited = self.work, self.edited
        self._tables_and_charts()
        for group in _groups(self.found, edited.facts.order):
            self._paragraphs([self.blocks[index] for index in group.blocks], group.marks)
        for index, mark in self.found.copies.items():
            self._copy(self.blocks[index], mark)
        self._copied_tables_and_charts()
        self._own_blocks()
        self._gone()
        self._new()
        self._report_deleted()
        beside(work, self.blocks)
        count_on(work, self.kept)
        contradictions(work, self.found, self.blocks, self.to_new)
        properties(work)
        contents = [block for block in self.blocks if block.toc]
        take_off_marks(edited.body)
        work.put_marks()
        refresh_contents(work, contents, self.new_blocks)
        number_marks(edited.parts.tree(edited.parts.document))
        mend(edited.parts)
        edited.parts.replace(edited.facts_name, self.fresh.parts.content[self.fresh.facts_name])
        remarks = tuple(dict.fromkeys(work.remarks))
        return Refreshed(edited.parts.save(), remarks, work.renewed, work.added, work.removed)

    def _tables_and_charts(self) -> None:
        for mark in self.edited.facts.order:
            if mark not in self.to_new or mark == "toc":
                continue
            new, found = self.to_new[mark], self.found
            if mark in found.tables.of:
                refresh_table(self.work, found.tables.of[mark], self.blocks, mark, self.fresh_of[new], new)
            elif mark in found.charts.of:
                chart = found.charts.of[mark]
                trail = self.blocks[chart.block].trail
                if not refresh_chart(self.work, chart, trail, mark, self.fresh_of[new], new):
                    self.taken_out.add(mark)

    def _copied_tables_and_charts(self) -> None:
        """A person's copies, renewed like what they are copies of."""
        for mark, part in self.found.tables.copies:
            source = self.fresh_of[self.to_new[mark]] if mark in self.to_new else None
            refresh_copied_rows(self.work, part, self.blocks[part.block], mark, source)
        for one in self.found.tables.unclear:
            tell_unclear(self.work, one, self.blocks)
        for mark, chart in self.found.charts.copies:
            if mark in self.to_new:
                new, trail = self.to_new[mark], self.blocks[chart.block].trail
                refresh_chart(self.work, chart, trail, mark, self.fresh_of[new], new, copied=True)

    # -- paragraphs
    def _paragraphs(self, group: list[Block], of: list[str]) -> None:
        """Blocks of the file that are versions of the generated paragraphs `of`."""
        known = [mark for mark in of if mark in self.to_new]
        if not known:
            return  # gone in the new version: `_gone` decides
        work, elements = self.work, [block.element for block in group]
        base = work.old_tokens(joined([generated(self.edited.facts, mark) for mark in of], PARAGRAPH_END))
        fresh = [generated(self.fresh.facts, self.to_new[mark]) for mark in known]
        ours = work.new_tokens(joined(fresh, PARAGRAPH_END))
        theirs = work.their_tokens(elements)
        merged = work.merged(base, theirs, ours)
        work.apply(elements, theirs, merged, group[0].trail, ours=ours, untouched=same(base, theirs))
        work.whole += [(elements[0], elements[-1], self.to_new[mark]) for mark in known]

    def _copy(self, block: Block, mark: str) -> None:
        """A person's copy of a generated paragraph: renewed like it, its figures with marks of their own."""
        if mark not in self.to_new:
            self.work.own(block.element, block.trail)
            return
        work = self.work
        theirs = work.their_tokens([block.element])
        base = work.old_tokens(generated(self.edited.facts, mark))
        ours = work.new_tokens(generated(self.fresh.facts, self.to_new[mark]))
        work.apply([block.element], theirs, work.merged(base, theirs, ours), block.trail, ours=ours)

    def _own_blocks(self) -> None:
        """Paragraphs and tables that a person added, also what was put between the lines of 目录."""
        taken = self.found.taken() | set(self.found.copies)
        for index, block in enumerate(self.blocks):
            if index in taken or block.kind == "end" or (block.toc and is_entry(block.element)):
                continue
            for paragraph in [block.element] if block.kind == "p" else list(block.element.iter(w("p"))):
                if paragraph not in self.work.seen:
                    self.work.own(paragraph, block.trail)

    # -- blocks that come and go
    def _gone(self) -> None:
        """Blocks that the new version no longer has: taken out when nobody touched them."""
        for mark, numbers in self.found.of.items():
            if mark in self.to_new:
                continue
            if any(other in self.to_new for other in self.found.of if set(self.found.of[other]) & set(numbers)):
                if mark[0] == "t":
                    drop_rows(self.work, self.found.tables.of[mark], self.blocks, mark)
                continue  # joined by hand with one that stays: `_paragraphs` has merged them
            group = [self.blocks[number] for number in numbers]
            if self._untouched(mark, group):
                _take_out(group[0].element)
                self.work.removed += 1
            else:
                self._keep(mark, group)

    def _untouched(self, mark: str, group: list[Block]) -> bool:
        if len(group) != 1 or holds_notes(group[0].element):
            return False
        if mark[0] == "t":
            return tuple(row.text() for row in group[0].rows()) == self.edited.facts.tables[int(mark[1:]) - 1].rows
        if mark[0] == "c":
            return not group[0].text().replace(OBJECT, "")
        return group[0].text() == "".join(text for text, _ in generated(self.edited.facts, mark))

    def _keep(self, mark: str, group: list[Block]) -> None:
        work, first = self.work, group[0]
        paragraphs = [block.element for block in group] if first.kind == "p" else list(first.element.iter(w("p")))
        words = first.text() if first.kind == "p" else f"表“{self.edited.facts.tables[int(mark[1:]) - 1].name}”"
        for paragraph in paragraphs:
            work.own(paragraph, first.trail, tell=False)
        work.remarks.append(RefreshRemark(KEPT, first.trail, theirs=words))
        if first.kind == "p":
            self.kept.append(first.element)
        if paragraphs:
            what = "这张表" if first.kind == "t" else "这一段"
            text = f"更正后的报告里没有{what}：这里由人改过，所以保留，请决定去留。"
            work.comments.add(paragraphs[0], 0, len(atoms(paragraphs[0])), text)

    def _new(self) -> None:
        """Blocks that the old version did not have, put behind the one that stands before them now."""
        to_old = {new: old for old, new in self.to_new.items()}
        last: Element | None = None
        for mark in self.fresh.facts.order:
            old = to_old.get(mark, "")
            if mark == "toc":
                contents = [block for block in self.blocks if block.toc]
                last = contents[-1].element if contents else last
            elif old in self.found.of:
                last = _with_hair(self.blocks[self.found.of[old][-1]].element)
            elif not old:
                last = self._add(mark, last)

    def _add(self, mark: str, last: Element | None) -> Element:
        work, source = self.work, self.fresh_of[mark].element
        made = work.transplant.element(source)
        if last is None:
            self.edited.body.insert(0, made)
        else:
            last.addnext(made)
            before = source.getprevious()
            section = section_of(last)
            if section is not None and made.tag == w("p") and before is not None and section_of(before) is None:
                end_section(made, section)
        work.take_over(made, source)
        work.added += 1
        if mark[0] != "t":
            work.whole.append((made, made, mark))
            return made
        work.mark_table(made, mark)
        after = source.getnext()
        if after is None or not _is_hair(after):
            return made
        hair = work.transplant.element(after)
        made.addnext(hair)
        return hair

    def _report_deleted(self) -> None:
        """What a person took out stays out; when it would read otherwise now, that is said at its section's heading."""
        gone: dict[int | None, list[Gone]] = {}
        before: int | None = None
        for old in self.edited.facts.order:
            place = self.found.of.get(old, [-1])[0]
            if place >= 0 and self._is_heading(place):
                before = place
            if old == "toc" or old not in self.to_new or self._stands(old):
                continue
            one = gone_block(self.edited.facts, old, self.fresh.facts, self.to_new[old])
            if one is not None:
                gone.setdefault(before, []).append(one)
        for number, several in gone.items():
            block = self._first() if number is None else self.blocks[number]
            tell_deleted(self.work, block.element if block else None, block.trail if block else (), several)

    def _stands(self, old: str) -> bool:
        """Whether anything of a generated block is in the file."""
        if old in self.found.partly or self.found.tables.may_stand(old):
            return True
        if old in self.found.of or old[0] != "t":
            return old in self.found.of and old not in self.taken_out
        return bool(self._names(self.fresh, [self.fresh_of[self.to_new[old]].element]) & self._in_own_tables())

    def _in_own_tables(self) -> set[str]:
        """The facts whose marked figures stand in tables that are none of the generated ones any more."""
        taken = self.found.taken()
        own = (one.element for n, one in enumerate(self.blocks) if one.kind == "t" and n not in taken)
        return self._names(self.edited, list(own))

    @staticmethod
    def _names(file: Marked, tables: list[Element]) -> set[str]:
        pieces = (pieces_of(one) for table in tables for one in table.iter(w("p")))
        return {name_of(file.facts, mark) for each in pieces for _, mark in each if mark}

    def _is_heading(self, number: int) -> bool:
        block = self.blocks[number]
        return block.kind == "p" and block.level < 10 and block.element.getparent() is not None

    def _first(self) -> Block | None:
        words = (block for block in self.blocks if block.kind == "p" and block.element.getparent() is not None)
        return next((block for block in words if block.text().strip()), None)


def _twins(was: FactsPart, now: FactsPart, to_new: dict[str, str]) -> dict[str, tuple[Pieces, Pieces]]:
    """By their words, the generated paragraphs that are long enough to be known by them; none that would become two."""
    found: dict[str, tuple[Pieces, Pieces]] = {}
    doubtful = set()
    for old, new in to_new.items():
        if old[0] not in "pn":
            continue
        pair = generated(was, old), generated(now, new)
        words = words_in(pair[0])
        if len(words) < _LONG:
            continue
        if words in found and words_in(found[words][1]) != words_in(pair[1]):
            doubtful.add(words)
        found.setdefault(words, pair)
    return {words: pair for words, pair in found.items() if words not in doubtful}


@dataclass(slots=True)
class _Group:
    marks: list[str]
    blocks: list[int]


def _groups(found: Regions, order: tuple[str, ...]) -> list[_Group]:
    """Paragraphs that belong together: a split one with its parts, two joined ones with the one that they became."""
    groups: list[_Group] = []
    by_block: dict[int, _Group] = {}
    for mark in order:
        if mark[0] not in "pn" or mark not in found.of:
            continue
        numbers = found.of[mark]
        group = next((by_block[number] for number in numbers if number in by_block), None)
        if group is None:
            group = _Group([], [])
            groups.append(group)
        group.marks.append(mark)
        for number in numbers:
            if number not in by_block:
                by_block[number] = group
                group.blocks.append(number)
    for group in groups:
        group.blocks.sort()
    return groups


def _take_out(element: Element) -> None:
    """A paragraph or table. Where a section ends with it, the paragraph before ends the section, or it stays empty."""
    section, before = section_of(element), element.getprevious()
    if section is not None:
        if before is None or section_of(before) is not None:
            return drop_section(element)
        if before.tag != w("p"):
            for child in [one for one in element if one.tag != w("pPr")]:
                element.remove(child)
            return
        end_section(before, section)
    after = element.getnext()
    if element.tag == w("tbl") and after is not None and _is_hair(after):
        after.getparent().remove(after)
    element.getparent().remove(element)


def _with_hair(element: Element) -> Element:
    after = element.getnext()
    return after if element.tag == w("tbl") and after is not None and _is_hair(after) else element


def _is_hair(element: Element) -> bool:
    """The paragraph one point high that the program puts behind a table."""
    if element.tag != w("p") or atoms(element) or section_of(element) is not None:
        return False
    return element.find(f"{w('pPr')}/{w('spacing')}") is not None and element.find(f"{w('pPr')}/{w('pStyle')}") is None
