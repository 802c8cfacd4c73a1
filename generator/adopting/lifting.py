"""What stands in the old report's sentences, field by field, each value with its place.

A number is taken only where its clause can mean nothing else: its words have one meaning in the whole pack, or they
stand where the pack's sentence has them. What a chapter holds besides the pack's sentences goes into the one text that
the pack prints there.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from generator.adopting.chapters import Section
from generator.adopting.grammar import Chapter, Grammar, Pattern, Slot
from generator.adopting.old_report import Line, OldReport, paragraphs
from generator.adopting.plain_text import NUMBER_SLOTS, TEXT_SLOTS, Clause, Plain, clauses_of, count_of, numbering, split_items, style_of
from generator.facts.accounts import Accounts, same_name
from generator.form.fields import ACCOUNT_KINDS
from generator.adopting.sentences import Found, Match, Pair, expression, leading_year, matched

_MOST_PATTERNS, _ENOUGH, _SHARE, _LINKED, _TOO_LITTLE, _NAME, _OWN = 8, 4, 0.3, 0.6, 6, 40, 3
DAY = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日")
_MEASURE = re.compile(r"[≤≥<>=＜＞]*-?\d")
_MARK = re.compile("附[件表][0-9一二三四五六七八九十]*[：:]?")
Rows = tuple[tuple[str, str], ...]
"""The tables around a value, each with what its row is known by."""
_Value = tuple[Slot, int, int, str]
"""A slot, from where to where its value stands in the paragraph, its unit."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """`text` as printed; of a number without its unit."""

    slot: Slot
    rows: Rows
    text: str
    unit: str
    spots: Plain
    where: str
    said: str = ""
    """The clause in which a number stands."""


@dataclass(slots=True)
class Piece:
    """A paragraph of the old report. `own`: characters that are the pack's words or belong to a value."""

    text: Plain
    lines: tuple[Line, ...]
    order: float | None = None
    match: Match | None = None


@dataclass(slots=True)
class Reading:
    """`lifted` in reading order; `checks`: numbers that the program works out, as printed; `known`: characters that
    are the pack's own words."""

    lifted: list[Lifted] = field(default_factory=list)
    checks: list[Lifted] = field(default_factory=list)
    known: set[tuple[int, int]] = field(default_factory=set)


def lift(
    report: OldReport, sections: Sequence[Section], grammar: Grammar, accounts: Accounts, year: int
) -> Reading:
    reader = _Reader(report, grammar, accounts, year, {one.chapter.number for one in sections})
    for number, section in enumerate(sections):
        after = sections[number + 1].chapter if number + 1 < len(sections) else None
        reader.section(section, number, after)
    return reader.reading


class _Reader:
    def __init__(self, report: OldReport, grammar: Grammar, accounts: Accounts, year: int, present: set[int]) -> None:
        self.report, self.grammar, self.accounts, self.year, self.present = report, grammar, accounts, year, present
        self.reading = Reading()
        self.absent = [
            pattern
            for chapter in grammar.chapters
            if chapter.number not in present and not any(grammar.chapters[one].row for one in _above(chapter, grammar))
            for pattern in chapter.patterns
        ]
        """Sentences of chapters whose heading the old report does not have."""
        self.counted_up = frozenset(
            (path, first_words(pattern))
            for chapter in grammar.chapters
            for pattern in chapter.patterns
            for path, row in (slot.rows[0] for slot in pattern.slots if slot.rows)
            if row > 0
        )
        self.all_words = _key("\n".join(line.raw for line in report.lines))
        self.row_of: dict[int, Rows] = {}
        self.counted: dict[tuple[int, str], int] = defaultdict(int)

    # -- a section ------------------------------------------------------------------------------------------------
    def section(self, section: Section, number: int, after: Chapter | None) -> None:
        above = self.row_of.get(id(section.above), ()) if section.above is not None else ()
        self.row_of[id(section)] = self._title(section, number, above)
        rows = self.row_of[id(section)]
        starts = {line.number for line in section.lines if self._is_own_line(line, section.chapter)}
        pieces = [
            Piece(item, lines) for text, lines in paragraphs(section.lines, starts) for item in split_items(text)
        ]
        if section.rest is not None:
            if pieces and section.lines and not numbering(pieces[0].text.text) and self._breaks_off(section, pieces[0]):
                pieces[0] = Piece(section.rest + pieces[0].text, pieces[0].lines)
            else:
                pieces.insert(0, Piece(section.rest, ()))
        pool = self._pool(section.chapter)
        pieces = self._read(pieces, pool, rows, number)
        cut_off = section.cut_off or self._next_is_gone(section.chapter, after)
        self._texts(pieces, section.chapter, rows, number, cut_off=cut_off)

    def _next_is_gone(self, chapter: Chapter, after: Chapter | None) -> bool:
        """Whether a text of the pack comes next that has a heading of its own, which is not here: the text may be."""
        last = after.number if after is not None and after.number > chapter.number else len(self.grammar.chapters)
        row = next((one for one in _above(chapter, self.grammar) if self.grammar.chapters[one].row), None)
        for one in self.grammar.chapters[chapter.number + 1 : last]:
            around = _above(one, self.grammar)
            if row is not None and row not in around:
                return False
            if row is None and one.title.only_slot is not None:
                return one.parent not in self.present
            if one.title.only_slot is not None or (row is None and one.number in self.present):
                return False
            if row is None and any(self.grammar.chapters[above].row for above in around):
                return False
            if any(pattern.only_slot is not None for pattern in one.patterns):
                return True
        return False

    def _breaks_off(self, section: Section, piece: Piece) -> bool:
        assert section.rest is not None
        first = piece.lines[0].number == section.rest.at[-1][0] + 1 and not piece.lines[0].table
        return first and re.search("[^。；：！？”）]$", section.rest.text) is not None

    def _is_table(self, piece: Piece) -> bool:
        return any(line.table for line in piece.lines) or _MARK.fullmatch(piece.text.text) is not None

    def _is_own_line(self, line: Line, chapter: Chapter) -> bool:
        """Whether the line begins one of the chapter's sentences."""
        words = line.plain.text
        return any(
            len(head := _head(pattern.text)) >= 4 and words.startswith(head) for pattern in chapter.patterns
        )

    def _title(self, section: Section, number: int, above: Rows) -> Rows:
        slots = section.slots
        if section.title is None:
            return above
        known = set(range(len(section.title.text)))
        line, begin = section.title.at[0]
        before = [spot for spot in self.report.lines[line - 1].plain.at if spot[1] < begin]
        self.reading.known.update(before)
        rows = above
        keyed = [(slots[one.slot], one) for one in section.found if slots[one.slot].shift is None]
        for slot, found in keyed:
            value = section.title.cut(found.start, found.end)
            if slot.rows and slot.rows[0][0] == section.chapter.row:
                rows = (*above, (slot.rows[0][0], f"K{_key(value.text)}" if self._is_key(slot) else f"S{number}"))
            known -= set(range(found.start, found.end))
        for slot, found in keyed:
            value = section.title.cut(found.start, found.end)
            self._put(slot, rows if slot.rows else (), value, "")
        self._know(section.title, known)
        return rows

    def _is_key(self, slot: Slot) -> bool:
        return slot.field is not None and self.grammar.keys.get(slot.rows[-1][0] if slot.rows else "") == slot.path

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
                ended = ended or self._sentences(piece, self.absent, (), section, whole=True) is not None
            if not (ended and elsewhere):
                found.extend(parts)
        return found

    def _parts(self, piece: Piece, pool: Sequence[Pattern], rows: Rows, section: int) -> list[Piece] | None:
        """The paragraph, and apart from it the whole sentences before and behind those of the pack; None when it has none."""
        if self._is_table(piece):
            return [piece]
        span = self._sentences(piece, pool, rows, section)
        if span is None:
            return None
        start, end = span
        parts = [Piece(piece.text.cut(start, end), piece.lines, piece.order, piece.match)]
        if len(piece.text.text[:start]) > _TOO_LITTLE:
            parts.insert(0, Piece(piece.text.cut(0, start), piece.lines))
        if len(piece.text.text[end:]) > _TOO_LITTLE:
            parts.append(Piece(piece.text.cut(end), piece.lines))
        return parts

    # -- sentences ------------------------------------------------------------------------------------------------
    def _sentences(self, piece: Piece, pool: Sequence[Pattern], rows: Rows, section: int, *, whole: bool = False) -> tuple[int, int] | None:
        """Takes what the pack's sentences hold; from where to where they stand in the paragraph, by whole sentences.
        `whole`: only when most of the pattern is there, from its beginning."""
        number = len(numbering(piece.text.text))
        body = piece.text.cut(number)
        clauses = clauses_of(body.text)
        matches = []
        for pattern in _likely(body.text, pool):
            match = matched(body.text, clauses, pattern, self.year)
            least = min(_ENOUGH, _own_words(pattern))
            if whole:
                begins = match.pairs and match.pairs[0].mine == 0 and match.pairs[0].first == 0
                least = max(_ENOUGH, _LINKED * _own_words(pattern)) if begins else 1e9
            if match.words >= least:
                matches.append(match)
        if not matches:
            return None
        matches.sort(key=lambda one: -one.words)
        best = matches[0]
        piece.order, piece.match = best.pattern.order, best
        covered: set[int] = set()
        for match in (*matches, best):
            if match is not best and not covered:
                break
            self._take(match, body, clauses, covered, rows, section, first=match is best)
        if number:
            self._know(piece.text, range(number))
        return self._span(best, clauses, covered, number, len(piece.text.text))

    def _span(
        self, best: Match, clauses: Sequence[Clause], covered: set[int], number: int, length: int
    ) -> tuple[int, int]:
        start, end = 0, length
        if best.pairs[0].mine == 0 and covered:
            first = min(covered)
            if first and clauses[first - 1].stop in "。；":
                start = clauses[first - 1].end + 1 + number
        if best.pairs[-1].mine == len(best.pattern.clauses) - 1 and covered:
            last = max(covered)
            if clauses[last].stop == "。":
                end = clauses[last].end + 1 + number
        return start, end

    def _take(
        self,
        match: Match,
        body: Plain,
        clauses: Sequence[Clause],
        covered: set[int],
        rows: Rows,
        section: int,
        *,
        first: bool,
    ) -> None:
        pairs = self._trusted(match, clauses, covered)
        taken = [pair for pair in pairs if not covered & set(range(pair.first, pair.last + 1))]
        if not first:
            linked = {pair.first for pair in taken if pair.first - 1 in covered or pair.first in covered}
            taken = [pair for pair in taken if pair.first in linked]
        if not taken:
            return
        read = [(pair, self._values(pair, match, clauses)) for pair in taken]
        own = self._row(match.pattern, [value for _, values in read for value in values], rows, section, body)
        for pair, values in read:
            end = self._end(pair, match, clauses)
            covered |= set(range(pair.first, pair.last + 1))
            begin = clauses[pair.first - 1].end + 1 if pair.first else 0
            spots = set(range(begin, min(end + 1, len(body.text))))
            said = body.text[clauses[pair.first].start : clauses[pair.last].end]
            for slot, start, until, unit in values:
                spots -= set(range(start, until))
                around = self._around(slot, body.text[start:until], values, own, match.pattern, body)
                if around is not None:
                    self._put(slot, around, body.cut(start, until), unit, said)
            self._know(body, spots)

    def _values(self, pair: Pair, match: Match, clauses: Sequence[Clause]) -> list[_Value]:
        """The slots of a clause with what stands in them; years are no values."""
        values: list[_Value] = []
        end = self._end(pair, match, clauses)
        for found in pair.found:
            slot = match.pattern.slots[found.slot]
            begin, until = found.start, found.end
            if begin < 0:
                begin = clauses[pair.first - 1].end + 1 if pair.first else 0
            if pair.opens and found is pair.found[-1]:
                until = end
            if slot.shift is None:
                values.append((slot, begin, until, found.unit))
        return values

    def _around(
        self, slot: Slot, word: str, values: Sequence[_Value], own: Rows | None, pattern: Pattern, body: Plain
    ) -> Rows | None:
        """The rows around a value, None when it has no clear home."""
        if slot.rows and (slot.rows[0][0], first_words(pattern)) in self.counted_up:
            return None
        if self._is_key(slot) and not self._is_account(slot) and not self._stands_elsewhere(slot, word, pattern, own):
            return None
        return self._rows_of(slot, values, own, body)

    def _trusted(self, match: Match, clauses: Sequence[Clause], covered: set[int]) -> list[Pair]:
        """The pairs that can be nothing else, and speak of the right year."""
        own = sum(len(clause.key) for clause in match.pattern.clauses) or 1
        mostly = match.words >= _LINKED * own
        found = []
        for at, pair in enumerate(match.pairs):
            linked = _is_linked(match, at, clauses, covered)
            clause = match.pattern.clauses[pair.mine]
            sole = len(self.grammar.homes.get(clause.key, ())) == 1 and len(clause.key) > 2
            starts_open = any(one.start == clauses[pair.first].start for one in pair.found) and any(
                token.mark == "T" for token in clause.tokens
            )
            if not (linked or ((sole or mostly) and not starts_open) or (starts_open and pair.words >= 4)):
                continue
            if self._right_year(match.pattern, pair, clauses):
                found.append(pair)
        return _with_whole_clauses(found, match, clauses)

    def _right_year(self, pattern: Pattern, pair: Pair, clauses: Sequence[Clause]) -> bool:
        """A sentence that names no year is about the fiscal year, as is the whole report."""
        mine = self._year_of_pattern(pattern, pair.mine) or self.year
        return mine == (self._year_of_text(clauses, pair.first) or self.year)

    def _year_of_pattern(self, pattern: Pattern, mine: int) -> int | None:
        """The fiscal year last named at the beginning of a clause, up to this one; None: none is."""
        years = [leading_year(clause, pattern, self.year) for clause in pattern.clauses[: mine + 1]]
        return next((year for year in reversed(years) if year is not None), None)

    def _year_of_text(self, clauses: Sequence[Clause], at: int) -> int | None:
        return next((int(clause.year) for clause in reversed(clauses[: at + 1]) if clause.year), None)

    def _end(self, pair: Pair, match: Match, clauses: Sequence[Clause]) -> int:
        """Where an open slot ends: where the pack's next clause begins, else with its sentence; a long text with the
        paragraph. Never behind a clause that is the pack's own."""
        end = clauses[pair.last].end
        if not pair.opens:
            return end
        after = next((one for one in match.pairs if one.mine > pair.mine), None)
        limit = pair.last
        if after is not None and after.mine == pair.mine + 1:
            limit = after.first - 1
        elif after is None and pair.mine == len(match.pattern.clauses) - 1:
            slot = match.pattern.slots[pair.found[-1].slot]
            if slot.field is not None and slot.field.kind == "长文":
                limit = len(clauses) - 1
        for at in range(pair.first + 1, limit + 1):
            if clauses[at].key in self.grammar.homes and len(clauses[at].key) > _OWN:
                return clauses[at - 1].end
            end = max(end, clauses[at].end)
        return end

    def _row(self, pattern: Pattern, values: Sequence[_Value], rows: Rows, section: int, body: Plain) -> Rows | None:
        """The row of the outermost table that this sentence is about, when it is about one; None: it cannot be told."""
        tables = {slot.rows[0] for slot in pattern.slots if slot.rows}
        if not tables:
            return rows
        if len(tables) > 1:
            return rows if rows and {path for path, _ in tables} == {rows[0][0]} else ()
        ((table, _),) = tables
        if any(path == table for path, _ in rows):
            return rows
        for slot, start, until, _ in values:
            if self._is_key(slot) and len(slot.rows) == 1:
                row = self._row_named(slot, body.text[start:until])
                return (*rows, (table, row)) if row else None
        if self.grammar.keys.get(table):
            return None
        self.counted[section, table] += 1
        return (*rows, (table, f"P{section}.{self.counted[section, table]}"))

    def _row_named(self, slot: Slot, word: str) -> str:
        return self.account(word) if self._is_account(slot) else f"K{_key(word)}"

    def _is_account(self, slot: Slot) -> bool:
        return slot.field is not None and slot.field.kind in ACCOUNT_KINDS

    def account(self, words: str) -> str:
        """The code of «社会保障和就业支出（类）…（款）…（项）»; "" unless it is one."""
        steps = re.findall(r"([^（）]+(?:（[^类款项][^（）]*）)?)（[类款项]）", words)
        codes = [""]
        for step in steps:
            wanted = same_name(step).removesuffix("支出")
            codes = [
                below
                for code in codes
                for below in self.accounts.below.get(code, ())
                if wanted in {same_name(name).removesuffix("支出") for name in self.accounts.names(below)}
            ]
        codes = [code for code in codes if code and self.accounts.in_force(code, self.year)] or codes
        return codes[0] if steps and len(codes) == 1 else ""

    def _stands_elsewhere(self, slot: Slot, word: str, pattern: Pattern, own: Rows | None) -> bool:
        """Whether what names a row is a name: it stands in the report more than once, and is not a name with the words
        before it."""
        if any(row[1:] and _key(word) != row[1:] and _key(word).startswith(row[1:]) for _, row in own or ()):
            return False
        for clause in pattern.clauses:
            head = _head(pattern.text[clause.start : clause.end])
            if head and word.startswith(head) and any(pattern.slots[t.slot].path == slot.path for t in clause.tokens if t.slot >= 0):
                return False
        return "”“" not in word and self.all_words.count(_key(word)) > 1

    def _rows_of(self, slot: Slot, values: Sequence[_Value], own: Rows | None, body: Plain) -> Rows | None:
        """Those of its sentence; a row within them when its clause names it."""
        if not slot.rows:
            return ()
        if own is None:
            return None
        table, known = slot.rows[-1][0], [path for path, _ in own]
        if table in known:
            return own[: known.index(table) + 1]
        names = [
            body.text[start:until] for other, start, until, _ in values if self._is_key(other) and other.rows == slot.rows
        ]
        if len(names) != 1 or len(slot.rows) != len(own) + 1:
            return None
        return (*own, (table, f"K{_key(names[0])}"))

    # -- texts ----------------------------------------------------------------------------------------------------
    def _texts(
        self, pieces: Sequence[Piece], chapter: Chapter, rows: Rows, section: int, *, cut_off: bool
    ) -> None:
        """Runs of paragraphs that are no sentence of the pack go where the pack prints nothing but an office's text."""
        if chapter.number == 0:
            self._cover(pieces, chapter)
        for piece in pieces:
            self._signature(piece, chapter)
        slots = [(pattern.order, pattern, slot) for pattern in chapter.patterns if (slot := pattern.only_slot) is not None]
        if not slots or chapter.number == 0:
            return
        for run, low, high in _runs(pieces):
            homes = [one for one in slots if low < one[0] < high and one[2].field is not None]
            homes = [one for one in homes if one[2].field is not None and one[2].field.kind in ("长文", "原因") or one[2].rows]
            self._place(run, homes, rows, section, cut_off=cut_off)

    def _cover(self, pieces: Sequence[Piece], chapter: Chapter) -> None:
        """The first line, when the pack's cover begins with a name; lines of the cover may stand on one line."""
        first = next((piece for piece in pieces if not self._is_table(piece)), None)
        slot = chapter.patterns[0].only_slot if chapter.patterns else None
        if first is None or slot is None or slot.field is None or slot.field.kind != "文字":
            return
        text = first.text.text
        if first.order is None and 3 < len(text) <= _NAME and not re.search(r"[\d，。；：、]", text):
            self._put(slot, (), first.text, "")
            first.order = 0.0
            return
        for last in range(len(chapter.patterns), 1, -1):
            match = expression(_one_line(chapter.patterns[:last])).fullmatch(text)
            if match is not None:
                self._put(slot, (), first.text.cut(match.start("w0"), match.end("w0")), "")
                self._know(first.text, range(match.end("w0"), len(text)))
                first.order = 0.0
                return

    def _signature(self, piece: Piece, chapter: Chapter) -> None:
        """A date alone on its line, or a name that stands elsewhere too, where the pack prints one so."""
        if piece.order is not None:
            return
        alone = {slot.path: slot for pattern in chapter.patterns if (slot := pattern.only_slot) and slot.field}
        dates = [slot for slot in alone.values() if slot.field is not None and slot.field.kind == "日期"]
        if len(dates) == 1 and DAY.fullmatch(piece.text.text):
            self._put(dates[0], (), piece.text, "")
            piece.order = 1e6
            return
        for one in self.reading.lifted:
            if one.slot.path in alone and not one.rows and _key(one.text) == _key(piece.text.text):
                self._put(one.slot, (), piece.text, "")
                piece.order = 1e6
                return

    def _place(
        self, run: list[Piece], homes: Sequence[tuple[float, Pattern, Slot]], rows: Rows, section: int, *, cut_off: bool
    ) -> None:
        run = [piece for piece in run if not self._is_table(piece)]
        if len(run) > 1 and re.fullmatch("（[^（）]*(?:（[^（）]*）[^（）]*)*）", run[0].text.text):
            run = run[1:]  # the form's own remark on what is to be written
        if not run or not homes:
            return
        homes = list({one[2].path: one for one in homes}.values())
        listed = [one for one in homes if _is_list(one[2], rows)]
        single = [one for one in homes if not _is_list(one[2], rows)]
        if len(listed) > 1 or len(single) > 1:
            return
        if not listed:
            own = run[:1] if cut_off else run
            self._one_text(single[0][2], own, rows, marked=single[0][1].numbered)
            return
        if cut_off and not _style(run[0]):
            return
        style = next((style_of(n) for piece in run if (n := numbering(piece.text.text))), "")
        first = next((at for at, piece in enumerate(run) if style and _style(piece) == style), 0)
        last = max((at for at, piece in enumerate(run) if style and _style(piece) == style), default=len(run) - 1)
        inside, outside = run[first : last + 1], run[:first] + run[last + 1 :]
        if single:
            behind = single[0][0] > listed[0][0]
            outside = run[last + 1 :] if behind else run[:first]
            if outside:
                self._one_text(single[0][2], outside, rows)
        self._list(listed[0][2], inside, style, rows, section)

    def _list(self, slot: Slot, pieces: Sequence[Piece], style: str, rows: Rows, section: int) -> None:
        items: list[list[Piece]] = []
        for piece in pieces:
            if not style or _style(piece) == style:
                if items and style and _count(piece) <= _count(items[-1][0]):
                    break  # another list begins
                items.append([piece])
            elif items:
                items[-1].append(piece)
        for item, following in pairwise(items):
            if style and _count(following[0]) > _count(item[0]) + 1:
                del item[1:]  # one between them has lost its number
        table = slot.rows[-1][0]
        for number, item in enumerate(items, 1):
            own = (*rows, (table, f"P{section}.{number}"))
            self._one_text(slot, item, own, marked=bool(style))

    def _one_text(self, slot: Slot, pieces: Sequence[Piece], rows: Rows, *, marked: bool = False) -> None:
        text = Plain("", ())
        parts: list[str] = []
        for at, piece in enumerate(pieces):
            number = len(numbering(piece.text.text)) if marked and at == 0 else 0
            self._know(piece.text, range(number))
            part = piece.text.cut(number)
            parts.append(self.report.raw(part).strip())
            text = text + part
        if text.text:
            self._record(slot, rows if slot.rows else (), "\n".join(parts), "", text)

    # -- keeping --------------------------------------------------------------------------------------------------
    def _is_measure(self, slot: Slot, words: str) -> bool:
        """Words that are a figure with its unit, where the form has a field for figures beside the one for words."""
        if slot.field is None or slot.field.kind != "文字" or not slot.rows or not _MEASURE.match(words):
            return False
        around = slot.path.rpartition(".")[0]
        return around in self.grammar.measured

    def _put(self, slot: Slot, rows: Rows, value: Plain, unit: str, said: str = "") -> None:
        if self._is_account(slot):
            code = self.account(value.text)
            name = self.accounts.name(code, self.year)
            self._record(slot, rows, f"{code} {name}".strip(), "", value)
            return
        if slot.field is not None and slot.field.kind == "日期" and not DAY.fullmatch(value.text):
            return
        if value.text and not self._is_measure(slot, value.text):
            self._record(slot, rows, self.report.raw(value).strip(), unit, value, said)

    def _record(self, slot: Slot, rows: Rows, text: str, unit: str, spots: Plain, said: str = "") -> None:
        one = Lifted(slot, rows, text, unit, spots, self.report.where(spots), said)
        (self.reading.lifted if slot.filled_in else self.reading.checks).append(one)

    def _know(self, text: Plain, positions: Iterable[int]) -> None:
        self.reading.known.update(text.at[one] for one in positions if one < len(text.at))


def _with_whole_clauses(pairs: Sequence[Pair], match: Match, clauses: Sequence[Clause]) -> list[Pair]:
    """Also the clauses of the pattern that are nothing but an office's words: what stands between the clauses before
    and behind, or behind the last one to the end of its sentence."""
    found = list(pairs)
    for mine, clause in enumerate(match.pattern.clauses):
        words = match.pattern.text[clause.start : clause.end]
        if len(words) != 1 or ord(words) < TEXT_SLOTS:
            continue
        before = next((one for one in pairs if one.mine == mine - 1), None)
        after = next((one for one in pairs if one.mine > mine), None)
        directly = after is not None and after.mine == mine + 1
        if before is None and not (mine == 0 and directly):
            continue
        start = before.last + 1 if before is not None else 0
        limit = after.first - 1 if after is not None else len(clauses) - 1
        last = limit
        if not directly:
            last = next((at for at in range(start, limit + 1) if clauses[at].stop in ("。", "", "\n")), limit)
        if start <= last < len(clauses):
            slot = clause.tokens[0].slot
            found.append(Pair(start, last, mine, 0.5, (Found(slot, -1, -1),), True))
    return sorted(found, key=lambda one: one.first)


def _is_linked(match: Match, at: int, clauses: Sequence[Clause], covered: set[int]) -> bool:
    """Whether the clause follows what it follows in the pack's sentence; or it stands between its neighbours there and
    nothing else between them reads like it. `covered`: clauses that other wordings of the sentence have."""
    pair, mine = match.pairs[at], match.pattern.clauses
    before = match.pairs[at - 1] if at else None
    after = match.pairs[at + 1] if at + 1 < len(match.pairs) else None
    first = before.last + 1 if before is not None else 0
    low = before.mine if before is not None else -1
    joins = all(one in covered for one in range(first, pair.first))
    if before is not None and joins and low == pair.mine - 1:
        joins = clauses[pair.first - 1].stop != "。" or mine[low].stop in "。："
    if joins and low == pair.mine - 1:
        return True
    last = after.first if after is not None else len(clauses)
    ends = all(one in covered for one in range(pair.last + 1, last))
    high = after.mine if after is not None else len(mine)
    return joins and ends and sum(one.key == mine[pair.mine].key for one in mine[low + 1 : high]) == 1


def _above(chapter: Chapter, grammar: Grammar) -> list[int]:
    """The chapter itself and those around it."""
    found, at = [], chapter.number
    while at >= 0:
        found.append(at)
        at = grammar.chapters[at].parent
    return found


def _is_list(slot: Slot, rows: Rows) -> bool:
    return bool(slot.rows) and slot.rows[-1][0] not in [path for path, _ in rows]


def _count(piece: Piece) -> int:
    return count_of(numbering(piece.text.text))


def _style(piece: Piece) -> str:
    return style_of(numbering(piece.text.text))


def _runs(pieces: Sequence[Piece]) -> Iterator[tuple[list[Piece], float, float]]:
    """Paragraphs without a sentence of the pack that follow each other, with the order of the sentences around them."""
    run: list[Piece] = []
    low = -1.0
    for piece in pieces:
        if piece.order is None:
            run.append(piece)
            continue
        if run:
            yield run, low, piece.order if piece.order > low else low + 1
        run, low = [], piece.order
    if run:
        yield run, low, 1e9


def _one_line(patterns: Sequence[Pattern]) -> str:
    """Several lines of a pattern as one, its slots counted on."""
    text, count = "", 0
    for pattern in patterns:
        for sign in pattern.text:
            base = TEXT_SLOTS if ord(sign) >= TEXT_SLOTS else NUMBER_SLOTS if NUMBER_SLOTS <= ord(sign) < 0xF900 else 0
            text += chr(ord(sign) + count) if base else sign
        count += len(pattern.slots)
    return text


def _head(text: str) -> str:
    match = re.match(r"[^\ue000-\uf8ff\U000f0000-\U000ffffd]*", text)
    return match[0] if match else ""


def _key(text: str) -> str:
    return re.sub(r"[\s“”《》]", "", unicodedata.normalize("NFKC", text)).lower()


@lru_cache(maxsize=8192)
def _pairs_of_signs(text: str) -> frozenset[str]:
    bare = "".join(sign for sign in text if ord(sign) < NUMBER_SLOTS and not sign.isdigit())
    return frozenset(bare[at : at + 2] for at in range(len(bare) - 1))


def first_words(pattern: Pattern) -> str:
    """Its own words before the first text or figure that is a row's, at most a few."""
    return pattern.clauses[0].key[:6] if pattern.clauses else ""


def _own_words(pattern: Pattern) -> int:
    return sum(ord(sign) < NUMBER_SLOTS for sign in pattern.text)


def _likely(text: str, pool: Sequence[Pattern]) -> list[Pattern]:
    """The patterns that share most with the text, those with words of their own."""
    theirs = _pairs_of_signs(text)
    found = []
    for pattern in pool:
        own = _pairs_of_signs(pattern.text)
        if own and pattern.only_slot is None:
            share = len(own & theirs) / min(len(own), max(len(theirs), 1))
            if share >= _SHARE:
                found.append((share, len(own & theirs), -pattern.order, pattern))
    found.sort(key=lambda one: (-one[1], one[2]))
    return [one[3] for one in found[:_MOST_PATTERNS]]
