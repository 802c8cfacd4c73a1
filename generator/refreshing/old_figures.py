"""What an old figure in a person's words is now, said so that who follows it writes no falsehood: «减少 5.00»."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from generator.refreshing.figure_prints import Prints
from generator.word.facts_part import FactsPart, ReadFact

EVEN = "持平"
_COMPARING = ("-", "增幅")


def said_now(prints: Prints, text: str) -> str | None:
    """What the number `text`, typed by hand, would be now; None when it is no old print of a changed figure, "" when
    nothing tells."""
    new = prints.outdated(text)
    if new is None:
        return None
    if not new:
        return EVEN if _is_even(prints, text) else ""
    figures = {
        figure
        for (_, old), forms in prints.forms.items()
        if _plain(old) == _plain(text)
        for print_, figure in forms
        if print_ == new
    }
    said = {_said(prints.fresh.facts.figures[one], new) for one in figures if one in prints.fresh.facts.figures}
    return said.pop() if len(said) == 1 else new


def old_figure(text: str, new: str) -> str:
    """The words of a comment."""
    now = f"更正后是“{new}”" if new else "更正后是多少判断不了，或者已经没有这个数"
    return f"“{text}”是更正前的数，{now}。这里没有改动，请核对这一句。"


def direction(fact: ReadFact) -> str:
    """Of a difference or growth rate, whose size alone is printed; "" of other figures."""
    return "" if fact.operation not in _COMPARING or not fact.value else "增加" if fact.value > 0 else "减少"


def _said(fact: ReadFact, new: str) -> str:
    if fact.operation in _COMPARING and fact.value == 0:
        return EVEN
    return f"{direction(fact)} {new}".strip()


def difference_now(facts: FactsPart, fact: ReadFact, was: FactsPart) -> Decimal | None:
    """What the difference `fact` of an earlier version is in `facts`: below 0 when it is a fall, 0 when both are even;
    None when they do not tell."""
    values = {one.name: one.value for one in facts.figures.values() if one.value is not None}
    if fact.name in values:
        return values[fact.name]
    parts = [values.get(was.figures[one].name) if one in was.figures else None for one in fact.operands]
    if len(parts) != 2 or parts[0] is None or parts[1] is None:
        return None
    return parts[0] - parts[1]


def _is_even(prints: Prints, text: str) -> bool:
    """Whether it was a difference of two figures that are equal now."""
    was = prints.edited.facts
    keys = [key for key, texts in prints.old_texts.items() if any(_plain(one) == _plain(text) for one in texts)]
    facts = [was.figures[key] for key in keys if was.figures[key].operation in _COMPARING]
    return bool(facts) and all(difference_now(prints.fresh.facts, one, was) == 0 for one in facts)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(",", "").rstrip("%")
