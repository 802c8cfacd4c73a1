"""Which rows of an edited file's tables are rows of which generated table.

A person deletes the first row, puts another header, splits a table, joins two, sorts rows, copies a table without its
marks. A table's mark, the words of its rows and its place among its neighbours are witnesses; where one is lost the
others speak. A generated table is gone when none of them finds a row of it. What reads like two tables that have become
different ones is of neither, unless a witness of one speaks: it is asked about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.refreshing.new_tables import NewTables
from generator.refreshing.row_pairs import row_key
from generator.word.facts_part import FactsPart
from generator.word_file.align import words_in
from generator.word_file.blocks import Block, RowRead, generated, holds_mark, name_of, table_of
from generator.word_file.paragraph import OBJECT, Element

_ENOUGH = 0.9
"""So much is a row worth that no other generated table has."""
_MARK = 1000.0
"""A table with its mark is that table, when a single row of it stands there."""


@dataclass(slots=True)
class Part:
    """Rows in one table of the file, in order. `block`: that table's index."""

    block: int
    rows: list[RowRead]


@dataclass(slots=True)
class StandingTables:
    """`of`: generated mark → its rows; more than one part where a person has split it. `copies`: a person's copies, and
    single rows that a person has copied into a table of their own. `unclear`: a whole table, or single rows, with the
    tables that they may be of."""

    of: dict[str, list[Part]] = field(default_factory=dict)
    copies: list[tuple[str, Part]] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)

    def may_stand(self, mark: str) -> bool:
        return any(mark == one for one, _ in self.copies) or any(mark in one.of for one in self.unclear)


@dataclass(slots=True)
class Unclear:
    """`whole`: the part is a table, not a row."""

    of: tuple[str, ...]
    part: Part
    whole: bool


def standing_tables(
    facts: FactsPart,
    blocks: Sequence[Block],
    marks: Mapping[int, set[str]],
    now: NewTables,
    asked: Mapping[Element, bool],
) -> StandingTables:
    """`marks`: table of the file → the marks of generated tables that stand in it. `asked`: rows that an earlier
    refreshing has asked about, and whether of the whole table."""
    return _Search(facts, blocks, marks, now, asked).run()


@dataclass(slots=True)
class _Claim:
    """A generated table that has rows in a table of the file. `rows`: row of the file → generated row, where they read
    alike; `worth`: what these rows say, each less when other tables have it too."""

    mark: str
    block: int
    rows: dict[int, int]
    worth: float


class _Search:
    def __init__(
        self,
        facts: FactsPart,
        blocks: Sequence[Block],
        marks: Mapping[int, set[str]],
        now: NewTables,
        asked: Mapping[Element, bool],
    ) -> None:
        self.facts, self.marks, self.now, self.asked = facts, marks, now, asked
        self.order = {mark: number for number, mark in enumerate(facts.order)}
        tables = {mark: table_of(facts, mark) for mark in facts.order if mark != "toc"}
        self.was = {mark: table.rows for mark, table in tables.items() if table is not None}
        self.rows = {n: block.rows() for n, block in enumerate(blocks) if block.kind == "t"}
        self.texts = {n: [row.text().replace(OBJECT, "") for row in rows] for n, rows in self.rows.items()}
        self.place, self.next = _places(facts, blocks, self.order)
        self.claimed = {mark for each in marks.values() for mark in each}
        self.owner: dict[int, dict[int, str]] = {}
        """Table of the file → row → the generated table whose row it is."""
        self.holders: dict[object, dict[str, int]] = {}
        """A row's text, or its key → the tables that have it, and which row it is there."""
        for mark, rows in self.was.items():
            for number, row in enumerate(rows):
                for one in (row, row_key(row)):
                    if one and (one != row or row.strip()):
                        self.holders.setdefault(one, {}).setdefault(mark, number)
        self.held = {n: [self._held(n, row) for row in range(len(texts))] for n, texts in self.texts.items()}
        self.unsure: dict[int, dict[int, tuple[str, ...]]] = {}
        """Table of the file → row → the tables that it may be of, which have become different."""
        self.guessed: dict[int, set[int]] = {}
        """Table of the file → rows that read the same in all tables that they may be of: no witness for others."""

    def _held(self, block: int, n: int) -> dict[str, int]:
        """The tables that have this row, and which it is there; those whose figures' marks stand in it before others
        that only read alike."""
        holders = self.holders.get(self.texts[block][n], {})
        if len(holders) < 2:
            return holders
        marks = [figure for cell in self.rows[block][n].cells for _, figure in cell.pieces() if figure]
        names = {name_of(self.facts, one) for one in marks}
        shared = {mark: len(names & self.now.names(mark)) for mark in holders} if names else {}
        most = max(shared.values(), default=0)
        return {mark: row for mark, row in holders.items() if not most or shared[mark] == most}

    def run(self) -> StandingTables:
        found = StandingTables()
        claims = {block: self._claims(block) for block in self.rows if not self._asked(found, block)}
        self._unfound(claims)
        self._twins(found, claims)
        by_mark: dict[str, list[_Claim]] = {}
        for block, several in claims.items():
            for one in self._shared(block, several):
                by_mark.setdefault(one.mark, []).append(one)
        for mark in self.was:
            self._settle(found, mark, by_mark.get(mark, []))
        for block, several in claims.items():
            if not several:
                self._loose(found, block)
            for n, of in self.unsure.get(block, {}).items():
                found.unclear.append(Unclear(of, Part(block, [self.rows[block][n]]), whole=False))
        for parts in found.of.values():
            parts.sort(key=lambda part: part.block)
        return found

    def _unfound(self, claims: Mapping[int, list[_Claim]]) -> None:
        """Tables that stand nowhere else: what is left of them among the rows of others."""
        for mark in [mark for mark in self.was if mark not in self.claimed]:
            rests = {
                block: [n for n in range(len(self.texts[block])) if not any(n in one.rows for one in several)]
                for block, several in claims.items()
                if several
            }
            here = [one for block, rest in rests.items() if (one := self._claim(mark, block, rest)).rows]
            best = max(here, key=self._rank, default=None)
            if best is not None:
                claims[best.block].append(best)
                self.claimed.add(mark)

    # -- what reads like two tables
    def _asked(self, found: StandingTables, block: int) -> bool:
        """Whether the whole table was asked about; single rows that were are remembered."""
        for n, row in enumerate(self.rows[block]):
            of = tuple(self.held[block][n])
            if self.asked.get(row.element):
                found.unclear.append(Unclear(of, Part(block, self.rows[block]), whole=True))
                return True
            if row.element in self.asked:
                self.unsure.setdefault(block, {})[n] = of
        return False

    def _twins(self, found: StandingTables, claims: dict[int, list[_Claim]]) -> None:
        """Tables without a mark all of whose rows several generated tables have: which one it is tell the words before
        and behind it, when as many such tables stand between them as were generated there."""
        sure: set[str] = set()
        gaps: dict[tuple[int, int], dict[int, list[str]]] = {}
        for block, several in claims.items():
            rivals = self._rivals(several[0]) if len(several) == 1 else []
            if rivals:
                gaps.setdefault((self.place[block], self.next[block]), {})[block] = rivals
            else:
                sure |= {one.mark for one in several}
        for (before, behind), blocks in gaps.items():
            here = [mark for mark in self.was if before < self.order[mark] < behind and mark not in sure]
            here = [mark for mark in here if any(mark in rivals for rivals in blocks.values())]
            known = len(here) == len(blocks) and all(
                mark in rivals for mark, rivals in zip(here, blocks.values(), strict=True)
            )
            for number, (block, rivals) in enumerate(blocks.items()):
                if known and not self._repeats(block, here[number]):
                    claims[block] = [self._claim(here[number], block, range(len(self.texts[block])))]
                else:
                    found.unclear.append(Unclear(tuple(rivals), Part(block, self.rows[block]), whole=True))
                    del claims[block]

    def _rivals(self, claim: _Claim) -> list[str]:
        """The tables that have all its rows too, and which have become different; none where its mark speaks."""
        if claim.mark in self.marks.get(claim.block, ()) or not claim.rows:
            return []
        rivals = [mark for mark in self.was if all(mark in self.held[claim.block][n] for n in claim.rows)]
        return rivals if len({self._now(claim, mark) for mark in rivals}) > 1 else []

    def _now(self, claim: _Claim, mark: str) -> tuple[str | None, ...]:
        """What they would read if they were that table's; with its new rows, where all of it stands there."""
        rows = [self.held[claim.block][n][mark] for n in claim.rows]
        whole = len(set(rows)) == len(self.was[mark])
        return self.now.rows(mark) if whole else tuple(self.now.row(mark, row) for row in rows)

    def _repeats(self, block: int, mark: str) -> bool:
        """Whether a row that tells the tables apart now stands there twice: one may be the other table's."""
        held = self.held[block]
        rows = [one[mark] for one in held if mark in one and self._differ(one)]
        return len(set(rows)) < len(rows)

    def _differ(self, holders: Mapping[str, int]) -> bool:
        return len(holders) > 1 and len({self.now.row(mark, row) for mark, row in holders.items()}) > 1

    # -- one table of the file
    def _claims(self, block: int) -> list[_Claim]:
        """The generated tables whose rows stand in it, each with its rows; none for a person's own table."""
        rest = [n for n in range(len(self.texts[block])) if n not in self.unsure.get(block, {})]
        found: list[_Claim] = []
        while rest:
            known = self._known(block, rest) - {one.mark for one in found}
            best = max((self._claim(mark, block, rest) for mark in sorted(known)), key=self._rank, default=None)
            if best is None or not self._holds(best, first=not found):
                break
            found.append(best)
            self.claimed.add(best.mark)
            rest = [n for n in rest if n not in best.rows]
        for mark in sorted(self.marks.get(block, set()) - {one.mark for one in found}):
            if not found or any(mark in self.holders.get(row_key(self.texts[block][n]), ()) for n in rest):
                found.append(self._by_names(mark, block, rest))
                rest = [n for n in rest if n not in found[-1].rows]
        return found

    def _known(self, block: int, rest: Sequence[int]) -> set[str]:
        return {mark for n in rest for mark in self.held[block][n]}

    def _claim(self, mark: str, block: int, rest: Sequence[int]) -> _Claim:
        """The rows that read as in that table, each once: another table may have the same."""
        rows: dict[int, int] = {}
        worth = 0.0
        begin = self._begin(block, mark)
        for n in sorted(rest, key=lambda n: (n < begin, n)):
            holders = self.held[block][n]
            if mark in holders and holders[mark] not in rows.values():
                rows[n] = holders[mark]
                worth += 1 / len(holders)
        return _Claim(mark, block, rows, worth)

    def _begin(self, block: int, mark: str) -> int:
        """The row in which its mark stands."""
        if mark not in self.marks.get(block, ()):
            return 0
        rows = enumerate(self.rows[block])
        return next((n for n, row in rows if holds_mark(row.element, mark)), 0)

    def _by_names(self, mark: str, block: int, rest: Sequence[int]) -> _Claim:
        """The same of a table with its mark in which every figure was typed over."""
        keys = {n: self.holders.get(row_key(self.texts[block][n]), {}).get(mark) for n in rest}
        return _Claim(mark, block, {n: row for n, row in keys.items() if row is not None}, 0.0)

    def _rank(self, claim: _Claim) -> tuple[float, bool, float]:
        """Of two tables that read alike, the one that nobody has found yet, then the nearer one."""
        marked = _MARK if claim.mark in self.marks.get(claim.block, ()) else 0.0
        return marked + round(claim.worth, 6), claim.mark not in self.claimed, -self._distance(claim)

    def _distance(self, claim: _Claim) -> float:
        """From the words before it, behind which it was generated; before them is farther."""
        behind = self.order[claim.mark] - self.place[claim.block]
        return behind if behind > 0 else 0.5 - behind

    def _holds(self, claim: _Claim, *, first: bool) -> bool:
        """Whether the witnesses are enough: one row that stands in a table of a person's own is not."""
        if claim.mark in self.marks.get(claim.block, ()):
            return True
        half_of_table = 2 * len(set(claim.rows.values())) >= len(self.was[claim.mark])
        if not first:
            return half_of_table and claim.worth >= _ENOUGH
        half_of_block = 2 * len(claim.rows) >= len(self.texts[claim.block])
        return (half_of_table or half_of_block) and (claim.worth >= _ENOUGH or half_of_block)

    def _shared(self, block: int, several: Sequence[_Claim]) -> list[_Claim]:
        """The same tables, and which rows belong to which where several have the same: to the one whose mark, or whose
        own rows, stand beside them in the right order."""
        marks = [one.mark for one in several]
        owner = self.owner[block] = {n: one.mark for one in several if not one.worth for n in one.rows}
        shared: dict[int, list[str]] = {}
        for n, row in enumerate(self.rows[block]):
            if n in self.unsure.get(block, {}):
                continue
            holders = [mark for mark in marks if mark in self.held[block][n]]
            marked = [mark for mark in holders if holds_mark(row.element, mark)] if len(holders) > 1 else holders
            if len(marked) == 1:
                owner[n] = marked[0]
            elif holders:
                shared[n] = holders
        for n, holders in shared.items():
            whose = self._whose(n, holders, block)
            if whose:
                owner[n] = whose
            else:
                self.unsure.setdefault(block, {})[n] = tuple(holders)
        for one in several:
            one.rows = {n: self._row_of(one, n) for n in sorted(owner) if owner[n] == one.mark}
        return [one for one in several if one.rows or not owner]

    def _row_of(self, claim: _Claim, n: int) -> int:
        return self.held[claim.block][n].get(claim.mark, claim.rows.get(n, 0))

    def _whose(self, n: int, holders: Sequence[str], block: int) -> str:
        """By the rows beside it; "" when they do not tell, and it is not the same whose it is."""
        owner, held = self.owner[block], self.held[block]
        before, behind = max((o for o in owner if o < n), default=None), min((o for o in owner if o > n), default=None)

        def fits(other: int | None, step: int) -> bool:
            """Whether the row beside it follows it in the table, or goes before."""
            if other is None or owner[other] not in holders:
                return False
            return step * (held[other].get(owner[other], -1) - held[n][owner[other]]) > 0

        guessed = self.guessed.setdefault(block, set())
        beside = [one for one, step in ((before, -1), (behind, 1)) if one is not None and fits(one, step)]
        told = {owner[one] for one in beside if one not in guessed}
        again = any(owner[o] in told and held[o].get(owner[o]) == held[n][owner[o]] for o in owner)  # or the other's
        if (len(told) != 1 or again) and self._differ({mark: held[n][mark] for mark in holders}):
            return ""
        if len(told) != 1:
            guessed.add(n)
        if behind is not None and fits(behind, 1) and (held[n][owner[behind]] == 0 or not fits(before, -1)):
            return owner[behind]
        if before is not None and fits(before, -1):
            return owner[before]
        return next((mark for mark in holders if mark not in owner.values()), holders[0])

    # -- one generated table
    def _settle(self, found: StandingTables, mark: str, claims: Sequence[_Claim]) -> None:
        """The original, the parts that were split off it, and copies."""
        known: set[int] = set()
        for number, claim in enumerate(sorted(claims, key=self._home, reverse=True)):
            rows = set(claim.rows.values())
            mine = self._with_neighbours(claim)
            if not mine:
                continue
            if number == 0 or 2 * len(rows - known) > len(rows):
                found.of.setdefault(mark, []).append(Part(claim.block, mine))
                known |= rows
            else:
                copied = [row for row in mine if row.text().replace(OBJECT, "") in self.was[mark]]
                found.copies.append((mark, Part(claim.block, copied)))

    def _home(self, claim: _Claim) -> tuple[bool, int, float]:
        return claim.mark in self.marks.get(claim.block, ()), len(set(claim.rows.values())), -self._distance(claim)

    def _with_neighbours(self, claim: _Claim) -> list[RowRead]:
        """Its rows, and those of nobody's that follow them, or stand at the head of the table before them."""
        owner = self.owner[claim.block]
        if not owner:
            return list(self.rows[claim.block])
        here = owner[min(owner)]
        kept = []
        for number, row in enumerate(self.rows[claim.block]):
            here = owner.get(number, here)
            if here == claim.mark and number not in self.unsure.get(claim.block, {}):
                kept.append(row)
        return kept

    def _loose(self, found: StandingTables, block: int) -> None:
        """Rows of a generated table that a person has copied into a table of their own, or that are all that is left
        of one."""
        for n, (row, text) in enumerate(zip(self.rows[block], self.texts[block], strict=True)):
            holders = self.held[block][n]
            if len(holders) == 1 and row_key(text):
                found.copies.append((next(iter(holders)), Part(block, [row])))
            elif self._differ(holders) and (row_key(text) or not holders.keys() <= found.of.keys()):
                self.unsure.setdefault(block, {})[n] = tuple(holders)


def _places(facts: FactsPart, blocks: Sequence[Block], order: Mapping[str, int]) -> tuple[list[int], list[int]]:
    """For each block where in the generated order it stands, by the last mark before it, or by words that stand there
    only once; and by the first behind it."""
    texts = [(words_in(generated(facts, mark)), number) for mark, number in order.items() if mark[0] in "pn"]
    count = Counter(text for text, _ in texts)
    known = {text: number for text, number in texts if count[text] == 1}
    told: list[list[int]] = []
    for block in blocks:
        words = block.kind == "p" and not block.toc
        marked = [order[mark] for mark in block.marks if mark in order] if words else []
        told.append(marked or ([known[block.text()]] if words and block.text() in known else []))
    before, behind = [], []
    here, there = -1, len(order)
    for numbers in told:
        here = max(numbers, default=here)
        before.append(here)
    for numbers in reversed(told):
        there = min(numbers, default=there)
        behind.append(there)
    return before, behind[::-1]
