"""Regular expressions made of a stranger's words: linear in the text, however many gaps they have."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence


def in_turn(pieces: Sequence[str], gap: str, numbers: Iterator[int] | None = None) -> str:
    """An expression for the pieces with `gap` (lazy) between them, each behind the nearest one before it.

    Once found a piece stays where it is: to try all places of four gaps in a row would take the fourth power of a
    text's length. (A group that is looked ahead at and then taken is how Python 3.10 says «atomic».) `numbers`: for the
    names of the groups, where several expressions are joined.
    """
    numbers = numbers or itertools.count()
    first, *others = map(re.escape, pieces)
    named = [(piece, f"_{next(numbers)}") for piece in others if piece]
    return first + "".join(f"(?=(?P<{name}>{gap}{piece}))(?P={name})" for piece, name in named)


def wildcard(words: str) -> re.Pattern[str]:
    """Words in which «*» stands for any others; for `fullmatch`."""
    *pieces, last = words.split("*")
    # What is left behind the nearest places holds the last piece whenever any choice of places does.
    return re.compile(in_turn(pieces, ".*?") + ".*" + re.escape(last) if pieces else re.escape(last))
