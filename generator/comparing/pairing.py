"""What belongs together in two versions, the same from whichever side one looks.

`difflib` finds other pairs when its two texts change places; so the two are always put in one order before.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from generator.word_file.align import Pair, Shape, Token, align_blocks, version_pairs, without_digits

_SHORT, _MOST = 8, 0.7


def aligned(old: Sequence[Shape], new: Sequence[Shape]) -> list[Pair]:
    """What belongs together in reading order, the same from both sides."""
    if _order(old) <= _order(new):
        return _grown(old, new, align_blocks(old, new))
    return [(j, i) for i, j in _grown(new, old, align_blocks(new, old))]


def _grown(old: Sequence[Shape], new: Sequence[Shape], aligned: Sequence[Pair]) -> list[Pair]:
    """Blocks of one gap that nearly hold one another are versions of one, however much one has grown: a reason of
    three lines added to a short sentence."""
    found: list[Pair] = []
    gone: list[int] = []
    come: list[int] = []

    def close() -> None:
        for i in gone:
            j = next((j for j in come if _holds(old[i], new[j])), None)
            if j is not None:
                found.extend((None, earlier) for earlier in come[: come.index(j)])
                del come[: come.index(j) + 1]
            found.append((i, j))
        found.extend((None, j) for j in come)
        gone.clear()
        come.clear()

    for i, j in aligned:
        if i is not None and j is not None:
            close()
            found.append((i, j))
        elif i is not None:
            gone.append(i)
        elif j is not None:
            come.append(j)
    close()
    return found


def _holds(one: Shape, other: Shape) -> bool:
    """Whether most characters of the shorter stand in the longer, in order; digits count for nothing."""
    if one.kind != other.kind or one.name != other.name:
        return False
    left, right = (without_digits(shape.text) for shape in (one, other))
    if min(len(left), len(right)) < _SHORT:
        return False
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 1) >= _MOST * min(len(left), len(right))


def _order(shapes: Sequence[Shape]) -> list[tuple[str, str, str]]:
    return [(shape.kind, shape.exact, shape.text) for shape in shapes]


def token_pairs(old: Sequence[Token], new: Sequence[Token]) -> list[tuple[int, int]]:
    a, b = [t.key for t in old], [t.key for t in new]
    if a == b:
        return [(i, i) for i in range(len(a))]
    if a < b:
        return version_pairs(old, new)
    return [(j, i) for i, j in version_pairs(new, old)]
