"""Three versions of one paragraph, sentence by sentence: generated, one person's, another's.

What only one has changed is taken; where both changed the same sentences otherwise, the first's stay and a `Clash`
holds what the other wrote. No sentence is ever made of parts of two.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator.word_file.align import PARAGRAPH_END, Shape, align_blocks

_SENTENCE = re.compile(rf"[^。；！？\n{PARAGRAPH_END}]*(?:[。；！？\n{PARAGRAPH_END}]+[”’）》]*|$)")


@dataclass(frozen=True, slots=True)
class Taken:
    """Characters `start` to `end` of the first's text give way to `other_start` to `other_end` of the other's."""

    start: int
    end: int
    other_start: int
    other_end: int


@dataclass(frozen=True, slots=True)
class Clash:
    """The first's characters `start` to `end` stay; `words` is what the other has there, "" when struck out."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """Sentences `i1` to `i2` of the generated text became `j1` to `j2`."""

    i1: int
    i2: int
    j1: int
    j2: int

    def meets(self, other: Change) -> bool:
        """Whether both are about the same sentences, or put something at the same place."""
        if self.i1 == self.i2 or other.i1 == other.i2:
            return (
                (self.i1 == other.i1 and self.i2 == other.i2)
                or self.i1 < other.i1 < self.i2
                or (other.i1 < self.i1 < other.i2)
            )
        return self.i1 < other.i2 and other.i1 < self.i2


def sentences(text: str) -> list[str]:
    return [one for one in _SENTENCE.findall(text) if one]


def joined(base: str, first: str, other: str) -> tuple[list[Taken], list[Clash]]:
    """What of `other` goes into `first`, and what cannot."""
    was, mine, theirs = sentences(base), sentences(first), sentences(other)
    my_changes, their_changes = _changes(was, mine), _changes(was, theirs)
    here, there = _starts(mine), _starts(theirs)
    to_mine = {b.a + n: b.b + n for b in _matcher(was, mine).get_matching_blocks() for n in range(b.size)}
    taken: list[Taken] = []
    clashes: list[Clash] = []
    for change in their_changes:
        new = theirs[change.j1 : change.j2]
        met = [one for one in my_changes if one.meets(change)]
        if not met:
            if change.i1 < change.i2:
                start, end = here[to_mine[change.i1]], here[to_mine[change.i2 - 1] + 1]
            else:
                start = end = here[_border(change.i1, to_mine, my_changes)]
            taken.append(Taken(start, end, there[change.j1], there[change.j2]))
            continue
        j1, j2 = min(one.j1 for one in met), max(one.j2 for one in met)
        old = mine[j1:j2]
        alone = len(met) == 1 and met[0].i1 == change.i1 and met[0].i2 == change.i2
        if new and _stands_in(new, old):
            continue
        if alone and old == new:
            continue
        if alone and change.i1 == change.i2:
            missing = [n for n in range(change.j1, change.j2) if theirs[n] not in old]
            taken += [Taken(here[j2], here[j2], there[n], there[n + 1]) for n in missing]
        elif alone and old and _stands_in(old, new):
            taken.append(Taken(here[j1], here[j2], there[change.j1], there[change.j2]))
        else:
            clashes.append(Clash(here[j1], here[j2], "".join(new)))
    return taken, clashes


def _stands_in(some: Sequence[str], several: Sequence[str]) -> bool:
    rest = iter(several)
    return all(any(one == other for other in rest) for one in some)


def _changes(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """A sentence that became another like it is a change by itself; what is like none goes together."""
    found: list[Change] = []
    for tag, i1, i2, j1, j2 in _matcher(old, new).get_opcodes():
        if tag == "equal":
            continue
        shapes = [[Shape("s", one, one) for one in some] for some in (old[i1:i2], new[j1:j2])]
        i, j = i1, j1
        for a, b in [*align_blocks(shapes[0], shapes[1]), (i2 - i1, j2 - j1)]:
            if a is None or b is None:
                continue
            if i < i1 + a or j < j1 + b:
                found.append(Change(i, i1 + a, j, j1 + b))
            i, j = i1 + a + 1, j1 + b + 1
            if i <= i2 and j <= j2:
                found.append(Change(i - 1, i, j - 1, j))
    return found


def _border(at: int, to_mine: Mapping[int, int], changes: Sequence[Change]) -> int:
    """Where in the first's text the border before sentence `at` of the generated one is."""
    if at - 1 in to_mine:
        return to_mine[at - 1] + 1
    if at in to_mine:
        return to_mine[at]
    return next((one.j2 for one in changes if one.i2 == at), 0)


def _matcher(old: Sequence[str], new: Sequence[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, old, new, autojunk=False)


def _starts(sentences_: Sequence[str]) -> list[int]:
    found = [0]
    for one in sentences_:
        found.append(found[-1] + len(one))
    return found
