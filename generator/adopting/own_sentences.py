"""The pack's sentences in a paragraph: which of their clauses can be trusted, and what goes from them into which field.

A number is taken only where its clause can mean nothing else: its words have one meaning in the whole pack, or they
stand where the pack's sentence has them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from generator.adopting.gathered import Gathered, Piece, Rows, head_of, key_of
from generator.adopting.grammar import Pattern, Slot, meaning
from generator.adopting.own_lists import OwnLists
from generator.adopting.plain_text import NUMBER_SLOTS, TEXT_SLOTS, Clause, Plain, clauses_of, numbering
from generator.adopting.sentences import Found, Match, Pair, leading_year, matched

_MOST_PATTERNS, _ENOUGH, _SHARE, _LINKED, _OWN = 8, 4, 0.3, 0.6, 3
_Value = tuple[Slot, int, int, str]
"""A slot, from where to where its value stands in the paragraph, its unit."""


class OwnSentences:
    def __init__(self, gathered: Gathered) -> None:
        self.gathered, self.lists = gathered, OwnLists(gathered)
        self.counted: dict[tuple[int, str], int] = defaultdict(int)
        self.counted_up = frozenset(
            (path, first_words(pattern))
            for chapter in gathered.grammar.chapters
            for pattern in chapter.patterns
            for path, row in (slot.rows[0] for slot in pattern.slots if slot.rows)
            if row > 0
        )
        """Tables whose rows a sentence counts up, with how that begins."""

    def take(
        self, piece: Piece, pool: Sequence[Pattern], rows: Rows, section: int, *, whole: bool = False
    ) -> tuple[int, int] | None:
        """Takes what the pack's sentences hold; from where to where they stand in the paragraph, by whole sentences.
        `whole`: only when most of the pattern is there, from its beginning."""
        number = len(numbering(piece.text.text))
        body = piece.text.cut(number)
        clauses = clauses_of(body.text)
        matches = []
        for pattern in _likely(body.text, pool):
            match = matched(body.text, clauses, pattern, self.gathered.year)
            least: float = min(_ENOUGH, _own_words(pattern))
            if whole:
                begins = match.pairs and match.pairs[0].mine == 0 and match.pairs[0].first == 0
                least = max(_ENOUGH, _LINKED * _own_words(pattern)) if begins else 1e9
            if match.words >= least:
                matches.append(match)
        if not matches:
            return None
        matches.sort(key=lambda one: -one.words)
        best = matches[0]
        piece.order = best.pattern.order
        unclear = _unclear(matches)
        covered = set(unclear)
        for match in matches:
            self.lists.within(match, body, clauses, covered, rows)
        for match in (*matches, best):
            if match is not best and covered == unclear:
                break
            self._pairs(match, body, clauses, covered, rows, section, first=match is best)
        self._of_last_year(best, body, clauses, covered)
        covered -= unclear
        if number:
            self.gathered.know(piece.text, range(number))
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

    def _pairs(
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
        named: list[_Value] = []
        reached = -1
        for pair, values in read:
            keys = [value for value in values if self.gathered.is_key(value[0])]
            if keys or pair.first != reached + 1 or clauses[reached].stop in "。；":
                named = keys
            reached = pair.last
            end = self._end(pair, match, clauses)
            covered |= set(range(pair.first, pair.last + 1))
            begin = clauses[pair.first - 1].end + 1 if pair.first else 0
            spots = set(range(begin, min(end + 1, len(body.text))))
            said = body.text[clauses[pair.first].start : clauses[pair.last].end]
            for slot, start, until, unit in values:
                spots -= set(range(start, until))
                around = self._around(slot, body.text[start:until], values, own, match.pattern, body, named)
                if around is not None:
                    self.gathered.put(slot, around, body.cut(start, until), unit, said)
            self.gathered.know(body, spots)

    def _of_last_year(self, match: Match, body: Plain, clauses: Sequence[Clause], covered: set[int]) -> None:
        """Clauses that say of the year before what the pack says of the fiscal year: they fill the fields to which that
        year's figures go. The first names the year, the others follow it as they do in the pack."""
        before: Pair | None = None
        for pair in match.pairs:
            pattern, free = match.pattern.clauses[pair.mine], not covered & set(range(pair.first, pair.last + 1))
            follows = before is not None and (pair.first, pair.mine) == (before.last + 1, before.mine + 1)
            named = clauses[pair.first].year
            mine = self._year_of_pattern(match.pattern, pair.mine) or self.gathered.year
            last = mine == self.gathered.year and (int(named) == mine - 1 if named else follows)
            before = pair if last and not any(token.mark == "T" for token in pattern.tokens) else None
            if before is None or not free:
                continue
            for slot, start, until, unit in self._values(pair, match, clauses):
                field = self.gathered.grammar.last.get(slot.path)
                if field is not None and not slot.rows:
                    said = body.text[clauses[pair.first].start : clauses[pair.last].end]
                    home = Slot(field.path, field, quantity=slot.quantity)
                    self.gathered.put(home, (), body.cut(start, until), unit, said)
            covered |= set(range(pair.first, pair.last + 1))

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
        self,
        slot: Slot,
        word: str,
        values: Sequence[_Value],
        own: Rows | None,
        pattern: Pattern,
        body: Plain,
        named: Sequence[_Value],
    ) -> Rows | None:
        """The rows around a value, None when it has no clear home. `named`: the row that the clauses directly before
        speak of."""
        if slot.rows and (slot.rows[0][0], first_words(pattern)) in self.counted_up:
            return None
        if (
            self.gathered.is_key(slot)
            and not self.gathered.is_account(slot)
            and not self._stands_elsewhere(slot, word, pattern, own)
        ):
            return None
        return self._rows_of(slot, values, own, body, named)

    def _trusted(self, match: Match, clauses: Sequence[Clause], covered: set[int]) -> list[Pair]:
        """The pairs that can be nothing else, and speak of the right year."""
        own = sum(len(clause.key) for clause in match.pattern.clauses) or 1
        mostly = match.words >= _LINKED * own
        found = []
        for at, pair in enumerate(match.pairs):
            linked = _is_linked(match, at, clauses, covered)
            clause = match.pattern.clauses[pair.mine]
            sole = len(self.gathered.grammar.homes.get(clause.key, ())) == 1 and len(clause.key) > 2
            starts_open = any(one.start == clauses[pair.first].start for one in pair.found) and any(
                token.mark == "T" for token in clause.tokens
            )
            if not (linked or ((sole or mostly) and not starts_open) or (starts_open and pair.words >= 4)):
                continue
            if self._right_year(match.pattern, pair, clauses):
                found.append(pair)
        return [pair for pair in _with_whole_clauses(found, match, clauses) if not self._led_elsewhere(match, pair)]

    def _led_elsewhere(self, match: Match, pair: Pair) -> bool:
        """Whether the words that lead up to a text also lead up to that of a chapter whose heading is gone."""
        clause = match.pattern.clauses[pair.mine]
        if clause.key != "T" or not pair.mine:
            return False
        own = match.pattern.slots[clause.tokens[0].slot].path
        texts = self.gathered.grammar.leads.get(match.pattern.clauses[pair.mine - 1].key, ())
        return any(path != own and chapter not in self.gathered.present for path, chapter in texts)

    def _right_year(self, pattern: Pattern, pair: Pair, clauses: Sequence[Clause]) -> bool:
        """A sentence that names no year is about the fiscal year, as is the whole report."""
        mine = self._year_of_pattern(pattern, pair.mine) or self.gathered.year
        return mine == (self._year_of_text(clauses, pair.first) or self.gathered.year)

    def _year_of_pattern(self, pattern: Pattern, mine: int) -> int | None:
        """The fiscal year last named at the beginning of a clause, up to this one; None: none is."""
        years = [leading_year(clause, pattern, self.gathered.year) for clause in pattern.clauses[: mine + 1]]
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
            if clauses[at].key in self.gathered.grammar.homes and len(clauses[at].key) > _OWN:
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
            if self.gathered.is_key(slot) and len(slot.rows) == 1:
                row = self._row_named(slot, body.text[start:until])
                return (*rows, (table, row)) if row else None
        if self.gathered.grammar.keys.get(table):
            return None
        self.counted[section, table] += 1
        return (*rows, (table, f"P{section}.{self.counted[section, table]}"))

    def _row_named(self, slot: Slot, word: str) -> str:
        return self.gathered.account(word) if self.gathered.is_account(slot) else f"K{key_of(word)}"

    def _stands_elsewhere(self, slot: Slot, word: str, pattern: Pattern, own: Rows | None) -> bool:
        """Whether what names a row is a name: it stands in the report more than once, and is not a name with the words
        before it."""
        if any(row[1:] and key_of(word) != row[1:] and key_of(word).startswith(row[1:]) for _, row in own or ()):
            return False
        for clause in pattern.clauses:
            head = head_of(pattern.text[clause.start : clause.end])
            if (
                head
                and word.startswith(head)
                and any(pattern.slots[t.slot].path == slot.path for t in clause.tokens if t.slot >= 0)
            ):
                return False
        return "”“" not in word and self.gathered.all_words.count(key_of(word)) > 1

    def _rows_of(
        self, slot: Slot, values: Sequence[_Value], own: Rows | None, body: Plain, named: Sequence[_Value]
    ) -> Rows | None:
        """Those of its sentence; a row within them when its clause names it, or the clause that it goes on from."""
        if not slot.rows:
            return ()
        if own is None:
            return None
        table, known = slot.rows[-1][0], [path for path, _ in own]
        if table in known:
            return own[: known.index(table) + 1]
        names = [
            body.text[start:until]
            for other, start, until, _ in values
            if self.gathered.is_key(other) and other.rows == slot.rows
        ]
        if not names:
            names = [body.text[start:until] for other, start, until, _ in named if _tables(other) == _tables(slot)]
        if len(names) != 1 or len(slot.rows) != len(own) + 1:
            return None
        return (*own, (table, f"K{key_of(names[0])}"))


def _unclear(matches: Sequence[Match]) -> set[int]:
    """Clauses that two sentences of the pack have alike and mean otherwise, where nothing else in the paragraph tells
    which of the two it is."""
    best = matches[0]
    found: set[int] = set()
    for other in matches[1:]:
        if other.words < best.words:
            break
        meant = {pair.first: meaning(other.pattern.clauses[pair.mine], other.pattern) for pair in other.pairs}
        for pair in best.pairs:
            mine = meaning(best.pattern.clauses[pair.mine], best.pattern)
            if meant.get(pair.first, mine) != mine:
                found |= set(range(pair.first, pair.last + 1))
    return found


def _tables(slot: Slot) -> tuple[str, ...]:
    return tuple(table for table, _ in slot.rows)


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
        if not directly and mine < len(match.pattern.clauses) - 1:
            continue  # what the pack says behind it reads otherwise here
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
