"""A number that an office typed right behind the label of a fact, held against that fact («自评得分96分»)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from generator.checks.amounts import Amount, Span, amounts
from generator.checks.remark import Remark
from generator.facts.explain import exact_text
from generator.facts.fact import Facts, Group
from generator.quantity import PERCENT, YEAR, Quantity

_LEAST = 4
_LINK = re.compile(r"(?:决算数?|总额|金额)?(?:为|是|共计|总计|合计|共|达到|达|[：:])?\s*")
_BEFORE = re.compile(
    r"(?:^|[，,。；;：:、（(“\s]|全年|本年|年末|其中|我[局单处中][位心]?|本(?:单位|部门|局)|现有|共有|(20\d\d)年度?)$"
)


class Labels:
    """Labels that name one quantity only."""

    __slots__ = ("by_label", "fiscal", "pattern")

    def __init__(self, facts: Facts) -> None:
        """Rows of tables are left out: their labels name a column, not one figure."""
        found: dict[str, list[Quantity]] = {}
        for quantity in _single(facts):
            for label in {_short(quantity.label), _short(quantity.label.rpartition("·")[2])}:
                if len(label) >= _LEAST and quantity.unit != YEAR:
                    found.setdefault(label, []).append(quantity)
        self.by_label = {label: one[0] for label, one in found.items() if len(one) == 1 and one[0].place}
        longest_first = sorted(self.by_label, key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None
        self.fiscal = str(facts.fiscal_year or "")

    def remarks(self, line: str) -> Iterator[Remark]:
        """C026."""
        for match in self.pattern.finditer(line) if self.pattern else ():
            before = _BEFORE.search(line[max(0, match.start() - 8) : match.start()])
            if before is None or before[1] not in (None, self.fiscal):
                continue
            near = line[match.end() : match.end() + 40]
            typed = next(iter(amounts(near)), None)
            if typed is None or not _LINK.fullmatch(near, 0, typed.start):
                continue
            fact = self.by_label[match[0]]
            if _fits(typed, fact) and not typed.span.meets(_possible(fact)):
                yield Remark(
                    "C026", fact.place, typed=f"{match[0]}{typed.text}", name=fact.name, given=exact_text(fact)
                )


def _short(label: str) -> str:
    return re.sub(r"（[^（）]*）$", "", label)


def _single(group: Group) -> Iterator[Quantity]:
    for entry in group.entries.values():
        if isinstance(entry, Group):
            yield from _single(entry)
        elif isinstance(entry, Quantity):
            yield entry


def _fits(typed: Amount, fact: Quantity) -> bool:
    same_people = {typed.unit, fact.unit} <= {"人", "名"}
    return bool(typed.unit) and (typed.unit == fact.unit or same_people)


def _possible(fact: Quantity) -> Span:
    slack = fact.error if fact.unit != PERCENT else Decimal("0.005")
    return Span(fact.value - slack, fact.value + slack)
