"""Which way a difference goes: what the facts say, and what the words before it say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.word.facts_part import FactsPart
from generator.word_file.align import OPPOSITES

_OPPOSITE = {down: up for up, down in reversed(OPPOSITES)} | dict(OPPOSITES)
_UP = {up for up, _ in OPPOSITES}
_WORDS = re.compile("|".join(sorted(_OPPOSITE, key=len, reverse=True)))
_BORDERS = re.compile(r"[，。；、（）\n\u2029]")
REACH = 12
COMPARING = ("-", "增幅")
"""Operations whose result has a direction, and is printed by its size."""


@dataclass(frozen=True, slots=True)
class WrongWord:
    said: str
    right: str


@dataclass(frozen=True, slots=True)
class Said:
    """A word of direction; `back`: how many characters before the figure it begins."""

    word: str
    back: int

    @property
    def up(self) -> bool:
        return self.word in _UP

    @property
    def opposite(self) -> str:
        return _OPPOSITE[self.word]


def said_before(before: str) -> Said | None:
    """The last word of direction in the clause that leads up to a figure; `before`: the text up to it."""
    clause = _BORDERS.split(before[-REACH:])[-1]
    found = list(_WORDS.finditer(clause))
    return Said(found[-1][0], len(clause) - found[-1].start()) if found else None


def turned_wrong(facts: FactsPart, mark: str, before: str) -> WrongWord | None:
    """`before`: the text up to the figure. None when the word agrees, or nothing there tells a direction."""
    fact = facts.figures.get(mark.partition("_")[0])
    said = said_before(before)
    if fact is None or fact.operation not in COMPARING or not fact.value or said is None:
        return None
    return None if said.up == (fact.value > 0) else WrongWord(said.word, word_of(fact.value))


def word_of(difference: Decimal) -> str:
    return "增加" if difference > 0 else "减少"


def directions(facts: FactsPart) -> Mapping[str, Decimal]:
    """Of each difference and growth rate, by its token's key: below 0 when it is a fall."""
    return {
        f"\0{fact.name}": fact.value
        for fact in facts.figures.values()
        if fact.operation in COMPARING and fact.value is not None
    }
