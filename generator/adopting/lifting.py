"""What stands in the old report's chapters, field by field: section by section, first the pack's own sentences, then
what the office wrote between them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.adopting.chapters import Section
from generator.adopting.gathered import Gathered, Piece, Reading, Rows, above, head_of, is_table, key_of
from generator.adopting.grammar import Chapter, Grammar, Pattern
from generator.adopting.office_texts import OfficeTexts
from generator.adopting.old_report import Line, OldReport, paragraphs
from generator.adopting.own_sentences import OwnSentences
from generator.adopting.plain_text import numbering, split_items
from generator.facts.accounts import Accounts

_TOO_LITTLE, _HEAD = 6, 4


def lift(report: OldReport, sections: Sequence[Section], grammar: Grammar, accounts: Accounts, year: int) -> Reading:
    present = {one.chapter.number for one in sections}
    gathered = Gathered(report, grammar, accounts, year, present)
    reader = _Sections(gathered)
    for number, section in enumerate(sections):
        after = sections[number + 1].chapter if number + 1 < len(sections) else None
        reader.section(section, number, after)
    return gathered.reading


class _Sections:
    def __init__(self, gathered: Gathered) -> None:
        self.gathered, self.grammar, self.present = gathered, gathered.grammar, gathered.present
        self.sentences, self.texts = OwnSentences(gathered), OfficeTexts(gathered)
        self.row_of: dict[int, Rows] = {}
        """Of each section, the rows in which it stands."""
        self.absent = [
            pattern
            for chapter in self.grammar.chapters
            if chapter.number not in self.present and not self._in_row(chapter)
            for pattern in chapter.patterns
        ]
        """Sentences of chapters whose heading the old report does not have."""

    def _in_row(self, chapter: Chapter) -> bool:
        return any(self.grammar.chapters[outer].row for outer in above(chapter, self.grammar))

    def section(self, section: Section, number: int, after: Chapter | None) -> None:
        outer = self.row_of.get(id(section.above), ()) if section.above is not None else ()
        self.row_of[id(section)] = self._title(section, number, outer)
        rows = self.row_of[id(section)]
        pool = self._pool(section.chapter)
        starts = {line.number for line in section.lines if self._is_own_line(line, pool)}
        pieces = [Piece(item, lines) for text, lines in paragraphs(section.lines, starts) for item in split_items(text)]
        if section.rest is not None:
            if pieces and section.lines and not numbering(pieces[0].text.text) and self._breaks_off(section, pieces[0]):
                pieces[0] = Piece(section.rest + pieces[0].text, pieces[0].lines)
            else:
                pieces.insert(0, Piece(section.rest, ()))
        pieces = self._read(pieces, pool, rows, number)
        cut_off = section.cut_off or self._next_is_gone(section.chapter, after)
        self.texts.place(pieces, section.chapter, rows, number, cut_off=cut_off)

    def _next_is_gone(self, chapter: Chapter, after: Chapter | None) -> bool:
        """Whether a text of the pack comes next that has a heading of its own, which is not here: the text may be."""
        last = after.number if after is not None and after.number > chapter.number else len(self.grammar.chapters)
        row = next((one for one in above(chapter, self.grammar) if self.grammar.chapters[one].row), None)
        for one in self.grammar.chapters[chapter.number + 1 : last]:
            around = above(one, self.grammar)
            if row is not None and row not in around:
                return False
            if row is None and one.title.only_slot is not None:
                return one.parent not in self.present
            if one.title.only_slot is not None or (row is None and one.number in self.present):
                return False
            if row is None and any(self.grammar.chapters[outer].row for outer in around):
                return False
            if any(pattern.only_slot is not None for pattern in one.patterns):
                return True
        return False

    def _breaks_off(self, section: Section, piece: Piece) -> bool:
        assert section.rest is not None
        first = piece.lines[0].number == section.rest.at[-1][0] + 1 and not piece.lines[0].table
        return first and re.search("[^。；：！？”）]$", section.rest.text) is not None

    def _is_own_line(self, line: Line, pool: Sequence[Pattern]) -> bool:
        """Whether the line begins one of the chapter's sentences."""
        words = line.plain.text
        return any(len(head := head_of(pattern.text)) >= _HEAD and words.startswith(head) for pattern in pool)

    def _title(self, section: Section, number: int, outer: Rows) -> Rows:
        slots = section.slots
        if section.title is None:
            return outer
        known = set(range(len(section.title.text)))
        line, begin = section.title.at[0]
        before = [spot for spot in self.gathered.report.lines[line - 1].plain.at if spot[1] < begin]
        self.gathered.reading.known.update(before)
        rows = outer
        keyed = [(slots[one.slot], one) for one in section.found if slots[one.slot].shift is None]
        for slot, found in keyed:
            value = section.title.cut(found.start, found.end)
            if slot.rows and slot.rows[0][0] == section.chapter.row:
                rows = (
                    *outer,
                    (slot.rows[0][0], f"K{key_of(value.text)}" if self.gathered.is_key(slot) else f"S{number}"),
                )
            known -= set(range(found.start, found.end))
        for slot, found in keyed:
            value = section.title.cut(found.start, found.end)
            self.gathered.put(slot, rows if slot.rows else (), value, "")
        self.gathered.know(section.title, known)
        return rows

    def _pool(self, chapter: Chapter) -> list[Pattern]:
        """The chapter's sentences, and those of the chapters below it that the old report does not have."""
        found = list(chapter.patterns)
        for one in self.grammar.chapters:
            if one.parent == chapter.number and one.number not in self.present:
                found += self._pool(one)
        return found

    def _read(self, pieces: Sequence[Piece], pool: Sequence[Pattern], rows: Rows, section: int) -> list[Piece]:
        """The paragraphs with the sentences that they are; up to where another chapter begins without its heading."""
        found: list[Piece] = []
        ended = False
        for piece in pieces:
            parts = self._parts(piece, pool, rows, section)
            elsewhere = parts is None
            if parts is None:
                parts = [piece]
                ended = ended or self.sentences.take(piece, self.absent, (), section, whole=True) is not None
            if not (ended and elsewhere):
                found.extend(parts)
        return found

    def _parts(self, piece: Piece, pool: Sequence[Pattern], rows: Rows, section: int) -> list[Piece] | None:
        """The paragraph, and apart from it the whole sentences before and behind those of the pack; None when it has
        none."""
        if is_table(piece) or self.sentences.lists.explained(piece, pool):
            return [piece]
        span = self.sentences.take(piece, pool, rows, section)
        if span is None:
            return None
        start, end = span
        parts = [Piece(piece.text.cut(start, end), piece.lines, piece.order)]
        if len(piece.text.text[:start]) > _TOO_LITTLE:
            parts.insert(0, Piece(piece.text.cut(0, start), piece.lines))
        if len(piece.text.text[end:]) > _TOO_LITTLE:
            parts.append(Piece(piece.text.cut(end), piece.lines))
        return parts
