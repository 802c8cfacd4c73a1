"""Which row of a table is which row of another version of it.

No one thing says so: a person sorts rows, retypes names, types over figures, deletes what stands between. Rows that
read the same go first, then those with the same names in them, then those with the same figures, then the most alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from difflib import SequenceMatcher

from generator.word_file.align import Shape, align_blocks

_NUMBER = re.compile(r"[-−+]?[\d０-９][\d０-９,，.．]*[%％]?")
_CODE = re.compile(r"\d{3,12}")
_LETTERS = 2
"""A key of fewer letters tells nothing."""
_DIGITS = 2
"""0.00 and 5 stand in many rows; 1.15 tells a little."""

_MOST_HOLDERS = 20
"""A figure that stands in more rows tells nothing of which is which."""

Names = Sequence[frozenset[str]]


def row_pairs(one: Sequence[str], other: Sequence[str], names: Names = (), other_names: Names = ()) -> dict[int, int]:
    """Row of `one` → row of `other`, no row twice; cells parted by tabs. `names`: of the facts whose figures stand in
    the row."""
    found: dict[int, int] = {}
    for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        found.update((block.a + n, block.b + n) for n in range(block.size))
    pairs = _Pairs(one, other, found)
    pairs.equal()
    pairs.same(row_key)
    if names:
        pairs.overlapping(names, other_names, sure=True)
    pairs.overlapping([_figures(row) for row in one], [_figures(row) for row in other])
    pairs.alike()
    return found


def row_key(row: str) -> tuple[str, ...]:
    """The words of a row, and its code: what stays when its figures change. Nothing when they tell nothing."""
    cells = [cell.strip() for cell in row.split("\t")]
    kept = tuple(cell for n, cell in enumerate(cells) if cell and (not _NUMBER.fullmatch(cell) or _is_code(n, cell)))
    return kept if sum(map(len, kept)) >= _LETTERS else ()


def in_order(one: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """The same for two generated versions, whose order is that of the report: never across each other."""
    pairs = align_blocks([_shape(text) for text in one], [_shape(text) for text in other])
    return {i: j for i, j in pairs if i is not None and j is not None}


class _Pairs:
    def __init__(self, one: Sequence[str], other: Sequence[str], found: dict[int, int]) -> None:
        self.one, self.other, self.found = one, other, found

    def _left(self) -> list[int]:
        return [n for n in range(len(self.one)) if n not in self.found]

    def _right(self) -> list[int]:
        taken = set(self.found.values())
        return [n for n in range(len(self.other)) if n not in taken]

    def equal(self) -> None:
        """Rows that a person has put elsewhere."""
        places: dict[str, list[int]] = {}
        for n in reversed(self._right()):
            if self.other[n].strip():
                places.setdefault(self.other[n], []).append(n)
        for n in self._left():
            if places.get(self.one[n]):
                self.found[n] = places[self.one[n]].pop()

    def same(self, key: Callable[[str], Hashable]) -> None:
        """Rows with a key that no other row has."""
        keys = [[key(row) for row in rows] for rows in (self.one, self.other)]
        counts = [Counter(each) for each in keys]
        places = {keys[1][n]: n for n in self._right()}
        for n in self._left():
            mine = keys[0][n]
            if mine and mine in places and counts[0][mine] == counts[1][mine] == 1:
                self.found[n] = places[mine]

    def overlapping(
        self, mine: Sequence[Iterable[Hashable]], theirs: Sequence[Iterable[Hashable]], *, sure: bool = False
    ) -> None:
        """Rows that share more with each other than with any other row; `sure`: even when their codes differ."""
        holders: dict[Hashable, list[int]] = {}
        for j in self._right():
            for one in set(theirs[j]):
                holders.setdefault(one, []).append(j)
        shared: Counter[tuple[int, int]] = Counter()
        for i in self._left():
            for one in set(mine[i]):
                here = holders.get(one, [])
                shared.update((i, j) for j in here if len(here) <= _MOST_HOLDERS and (sure or self._may_be(i, j)))
        best: dict[tuple[str, int], list[int]] = {}
        for (i, j), count in shared.items():
            best.setdefault(("one", i), []).append(count)
            best.setdefault(("other", j), []).append(count)
        for (i, j), count in shared.items():
            rivals = best["one", i] + best["other", j]
            if count == max(rivals) and rivals.count(count) == 2:  # its own, seen from both sides
                self.found[i] = j

    def alike(self) -> None:
        left, right = self._left(), self._right()
        pairs = align_blocks([_shape(self.one[n]) for n in left], [_shape(self.other[n]) for n in right])
        self.found.update({left[i]: right[j] for i, j in pairs if i is not None and j is not None})

    def _may_be(self, i: int, j: int) -> bool:
        codes = _code(self.one[i]), _code(self.other[j])
        return codes[0] == codes[1] or not all(codes)


def _is_code(column: int, cell: str) -> bool:
    return column == 0 and _CODE.fullmatch(cell) is not None


def _code(row: str) -> str:
    first = row.partition("\t")[0].strip()
    return first if _is_code(0, first) else ""


def _shape(row: str) -> Shape:
    return Shape("r", row, row.replace("\t", ""), _code(row))


def _figures(row: str) -> set[tuple[int, str]]:
    cells = enumerate(cell.strip() for cell in row.split("\t"))
    return {(n, c) for n, c in cells if not _is_code(n, c) and sum(d in "123456789" for d in c) >= _DIGITS and _is(c)}


def _is(cell: str) -> bool:
    return _NUMBER.fullmatch(cell) is not None
