"""Whether the words before a difference still say the way in which it goes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from generator.word.facts_part import FactsPart

_UP, _DOWN = ("增加", "增长", "上升", "提高", "增收", "增支"), ("减少", "下降", "降低", "减收", "减支")
_WORDS = re.compile("|".join((*_UP, *_DOWN)))
_REACH = 12


@dataclass(frozen=True, slots=True)
class WrongWord:
    said: str
    right: str


def turned_wrong(facts: FactsPart, mark: str, before: str) -> WrongWord | None:
    """`before`: the text up to the figure. None when the word agrees, or nothing there tells a direction."""
    difference = _difference(facts, mark.partition("_")[0])
    words = _WORDS.findall(re.split(r"[，。；、（）]", before[-_REACH:])[-1])
    if not difference or not words or (words[-1] in _UP) == (difference > 0):
        return None
    return WrongWord(words[-1], "增加" if difference > 0 else "减少")


def _difference(facts: FactsPart, figure: str) -> Decimal | None:
    """Current less prior of a difference or growth rate; the figure itself is printed by its size."""
    fact = facts.figures.get(figure)
    if fact is None or fact.operation not in ("-", "增幅") or len(fact.operands) != 2:
        return None
    current, prior = (facts.figures[one].value if one in facts.figures else None for one in fact.operands)
    return None if current is None or prior is None else current - prior
