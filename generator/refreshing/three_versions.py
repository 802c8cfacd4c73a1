"""Three versions of one paragraph laid side by side: generated before, edited by a person, generated now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from generator.refreshing.spelling import is_exactly, is_number, same_number, unit_behind
from generator.refreshing.statements import CLAUSE_ENDS, SENTENCE_ENDS, words
from generator.word_file.align import Change, Token, pairs, version_pairs

_PHRASE = 4
"""So many old words make a phrase; 增加 and 减少 are no phrase, whatever stands before them."""

_TELLING = 3
"""Digits of a number that is known again wherever it stands."""


class ThreeVersions:
    """`to_theirs`, `to_ours`: place in the old version → place in the other two of the same piece. `retyped`: figure →
    the number that a person put in its place; `moved`: figure → where a person has put it; `own`: what the person has
    written. `done`: what the person has changed
    already as it is generated now, `done_there` in the person's places."""

    def __init__(
        self, base: Sequence[Token], theirs: Sequence[Token], ours: Sequence[Token], exact: Mapping[str, Decimal]
    ) -> None:
        self.base, self.theirs, self.ours, self.exact = base, theirs, ours, exact
        self.to_theirs = dict(pairs(base, theirs))
        self.to_ours = dict(version_pairs(base, ours))
        self.moved = self._moved_among(marks=True)
        self.retyped = self._retyped()
        # A figure that has lost its mark only is where it was.
        self.to_theirs.update({i: t for i, t in self.retyped.items() if self.as_was(i, t)})
        self.moved |= self._moved_among(marks=False)
        self.own = set(range(len(theirs))) - set(self.to_theirs.values()) - set(self.retyped.values())
        self.own -= set(self.moved.values())
        self.done: list[Change] = []
        self.done_there: set[int] = set()
        self.shown: dict[int, str] = {}
        """Figures among what is done: the person's token → the new version's mark."""
        self._same_corrections()

    def place_of(self, index: int) -> int | None:
        """Where an old figure, or the number typed over it, stands now."""
        return self.to_theirs.get(index, self.retyped.get(index, self.moved.get(index)))

    def _same_corrections(self) -> None:
        """Where the person has written what is generated now, between two tokens that stand in all three versions: the
        marks come back, and there is nothing else to do."""
        anchors = [(i, t, self.to_ours[i]) for i, t in sorted(self.to_theirs.items()) if i in self.to_ours]
        i1 = t1 = j1 = 0
        for i, t, j in [*anchors, (len(self.base), len(self.theirs), len(self.ours))]:
            shown, new = self.theirs[t1:t], self.ours[j1:j]
            if new and [token.text for token in shown] == [token.text for token in new]:
                self.shown |= {t1 + n: token.mark for n, token in enumerate(new) if token.mark}
                self.done.append(Change(i1, i, j1, j))
                self.done_there |= set(range(t1, t))
            i1, t1, j1 = i + 1, t + 1, j + 1

    def not_done(self, change: Change) -> Iterator[Change]:
        """The parts of a change beside those places: a lone equal word had joined them."""
        i, j = change.i1, change.j1
        for one in self.done:
            i1, i2 = max(one.i1, i), min(one.i2, change.i2)
            j1, j2 = max(one.j1, j), min(one.j2, change.j2)
            if i1 > i2 or j1 > j2 or (i1 == i2 and j1 == j2):
                continue
            yield from self._rest(i, i1, j, j1)
            i, j = i2, j2
        yield from self._rest(i, change.i2, j, change.j2)

    def _rest(self, i1: int, i2: int, j1: int, j2: int) -> Iterator[Change]:
        if [t.text for t in self.base[i1:i2]] != [t.text for t in self.ours[j1:j2]]:
            yield Change(i1, i2, j1, j2)

    def _retyped(self) -> dict[int, int]:
        """Figures that lost their mark because a person typed over them: the number that stands there now."""
        taken = set(self.to_theirs.values())
        found: dict[int, int] = {}
        gap: list[int] = []
        last = 0
        for index in range(len(self.base) + 1):
            here = self.to_theirs.get(index) if index < len(self.base) else len(self.theirs)
            if here is None:
                gap += [index] if self.base[index].mark and index not in self.moved else []
                continue
            if gap:
                numbers = [t for t in range(last, here) if t not in taken and is_number(self.theirs[t])]
                if len(gap) != len(numbers):
                    gap, numbers = self._equal(gap, numbers)
                found.update(zip(gap, numbers, strict=True))
            gap, last = [], here + 1
        return found

    def _equal(self, gap: list[int], numbers: list[int]) -> tuple[list[int], list[int]]:
        """Those of them, in order, that are the same number."""
        found: list[tuple[int, int]] = []
        rest = iter(numbers)
        for index in gap:
            for at in rest:
                if self.as_was(index, at):
                    found.append((index, at))
                    break
        return [i for i, _ in found], [t for _, t in found]

    def as_was(self, index: int, at: int) -> bool:
        """Whether a token of the person's is the old one; a number is, however it is typed."""
        old = self.base[index]
        return self.same(at, self.base, index) if old.mark else old.text == self.theirs[at].text

    def same(self, at: int, version: Sequence[Token], place: int) -> bool:
        """Whether the person's number is the one that stands at `place` in another version."""
        shown, print_ = self.theirs[at].text, version[place].text
        unit, other = unit_behind(self.theirs, at), unit_behind(version, place)
        if (shown == print_ and unit == other) or same_number(shown, unit, print_, other):
            return True
        return unit != other and is_exactly(shown, unit, self.exact.get(version[place].key))

    def _moved_among(self, *, marks: bool) -> dict[int, int]:
        """Figures that stand elsewhere in the paragraph now: with their mark, or typed again. Only where it is plain
        which is which."""
        known = self.to_theirs | ({} if marks else self.retyped | self.moved)
        taken = set(known.values())
        lost = [i for i, token in enumerate(self.base) if token.mark and i not in known]
        free = [t for t, one in enumerate(self.theirs) if t not in taken and (one.mark if marks else is_number(one))]
        alike = [(i, t) for i in lost for t in free if self._is_moved(i, t)]
        left, right = Counter(i for i, _ in alike), Counter(t for _, t in alike)
        return {i: t for i, t in alike if left[i] == 1 == right[t]}

    def _is_moved(self, index: int, at: int) -> bool:
        if self.theirs[at].mark:
            return self.theirs[at].key == self.base[index].key and self.as_was(index, at)
        return sum(one.isdigit() for one in self.base[index].text) >= _TELLING and self.as_was(index, at)

    # -- words
    def value(self, change: Change, new: Sequence[Token]) -> tuple[int, int] | None:
        """Where words that an office filled in stand, when the person has left them, or has changed nothing in them
        but what is changed now; a clause of the person's own before or behind them does not count."""
        inside = range(change.i1, change.i2)
        if not all(self.as_was(i, self.to_theirs[i]) for i in inside if i in self.to_theirs):
            return None
        start, end = self.gap(change.i1, change.i2)
        done = {i for one in self.done for i in range(one.i1, one.i2)}
        kept = {self.to_theirs[i] for i in inside if i in self.to_theirs}
        known = sorted(kept | {t for t in range(start, end) if t in self.done_there})
        if not known or any(i not in self.to_theirs and i not in done for i in inside):
            return None
        first, last = known[0], known[-1] + 1
        if last - first != len(known):
            return None
        if (start < first and not self._border(first)) or (last < end and not self._border(last)):
            return None
        said = {token.text for token in new} if len(new) <= _PHRASE else set()
        return None if self._own_says(said, first - 1, -1) or self._own_says(said, last, 1) else (first, last)

    def _border(self, at: int) -> bool:
        """Whether a sign cuts off what stands at `at` from what stands before it."""
        before, behind = self.theirs[at - 1].text, self.theirs[at].text
        return before in SENTENCE_ENDS or before in CLAUSE_ENDS or behind in SENTENCE_ENDS or behind == "，"

    def inserted(self, change: Change) -> tuple[int, int] | None:
        """Where new words go: between the same two tokens, if the person has put nothing there but sentences."""
        at = change.i1
        before, after = self.to_theirs.get(at - 1), self.to_theirs.get(at)
        before = -1 if at == 0 else before
        after = len(self.theirs) if at == len(self.base) else after
        if before is not None and after is not None:
            if after == before + 1:
                return (after, after)
            ended = before >= 0 and self.theirs[before].text in SENTENCE_ENDS
            return (before + 1, before + 1) if ended else None
        if before is not None:
            return (before + 1, before + 1)
        return (after, after) if after is not None else None

    def replaced(self, change: Change, new: Sequence[Token]) -> tuple[int, int] | None:
        """Where the old words stand in the person's text, untouched and together.

        Some of them may be taken out, when what comes now is no longer than what is left. A phrase beside which the
        person has written something was read together with it: then it is not as it was.
        """
        places = [(i, self.to_theirs[i]) for i in range(change.i1, change.i2) if i in self.to_theirs]
        if not places or not all(self.as_was(i, t) for i, t in places):
            return None
        start, end = places[0][1], places[-1][1] + 1
        if end - start != len(places):
            return None
        if len(places) < change.i2 - change.i1 and len(words(new)) > len(words(self.theirs[start:end])):
            return None
        before = start - 1 in self.own and self.theirs[start - 1].text not in SENTENCE_ENDS
        behind = end in self.own and self.theirs[end - 1].text not in SENTENCE_ENDS
        if len(places) >= _PHRASE and (before or behind):
            return None
        said = {token.text for token in new}
        if (before and self._own_says(said, start - 1, -1)) or (behind and self._own_says(said, end, 1)):
            return None
        return start, end

    def _own_says(self, said: set[str], at: int, step: int) -> bool:
        """Whether the person's own words from `at` on hold some of the new ones, which would then stand there twice."""
        while at in self.own:
            if self.theirs[at].text in said:
                return True
            at += step
        return False

    def gap(self, i1: int, i2: int) -> tuple[int, int]:
        """The person's tokens between the nearest ones that are surely outside the change."""
        before = next((self.to_theirs[i] for i in range(i1 - 1, -1, -1) if i in self.to_theirs), -1)
        after = next((self.to_theirs[i] for i in range(i2, len(self.base)) if i in self.to_theirs), len(self.theirs))
        return before + 1, max(after, before + 1)

    def left_of(self, change: Change, start: int, end: int) -> bool:
        """Whether something of the old words, or something in their place, still stands."""
        kept = any(i in self.to_theirs for i in range(change.i1, change.i2))
        return kept or any(token.text.strip() for token in self.theirs[start:end])
