"""Reasons for changes: long enough where the change is large, and not contradicting its direction.

Source: inspections of published final accounts demand a reason for every change and a detailed one above a threshold
(commonly ±10 %); the threshold and the stock phrases are the pack's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.diagnostics import Diagnostic, finding
from generator.facts.fact import Group, Rows, Text
from generator.facts.relation import Printing
from generator.quantity import Quantity

_UP = ("增加", "增长", "上升", "提高", "新增", "增多", "上调", "增资")
_DOWN = ("减少", "下降", "降低", "压减", "缩减", "厉行节约", "节约", "减少了", "核减", "下调", "未发生")


@dataclass(frozen=True, slots=True)
class ReasonPolicy:
    """`threshold`: per cent above which a reason must say more than a stock phrase; `least`: characters it then
    needs."""

    threshold: Decimal = Decimal(10)
    least: int = 6
    stock: tuple[str, ...] = ()


def reason_findings(facts: Group, policy: ReasonPolicy, printing: Printing) -> list[Diagnostic]:
    """C001, C002. What is printed as 持平 needs no reason, and its reason is not printed."""
    return [f for group in _groups(facts) for f in _group_findings(group, policy, printing)]


def _groups(group: Group) -> Iterator[Group]:
    yield group
    for entry in group.entries.values():
        if isinstance(entry, Group):
            yield from _groups(entry)
        elif isinstance(entry, Rows):
            for row in entry:
                yield from _groups(row)


_NO_BASE = {"零": "基数为0", "不足": "基数接近0", "负": "基数为负"}
_PAIRS = (("原因", "决算", "上年"), ("预算差异原因", "决算", "预算"))


def _group_findings(group: Group, policy: ReasonPolicy, printing: Printing) -> Iterator[Diagnostic]:
    entries: Mapping[str, Any] = group.entries
    for reason_name, current_name, base_name in _PAIRS:
        reason, base = entries.get(reason_name), entries.get(base_name)
        current = entries.get(current_name, entries.get("合计"))
        if not isinstance(reason, Text) or not isinstance(current, Quantity) or not isinstance(base, Quantity):
            continue
        words = str(reason).strip().rstrip("。")
        seen = printing.relation(current, base)
        if seen.seen == 0:
            continue
        rate = seen.rate
        size = abs(rate.value) if isinstance(rate, Quantity) and not seen.base else Decimal("Infinity")
        if size >= policy.threshold and (len(words) < policy.least or words in policy.stock):
            shown = f"{size.quantize(Decimal('0.01'))}%" if size.is_finite() else _NO_BASE[seen.base]
            yield finding(
                "C001",
                reason.place,
                label=reason.label or reason.name,
                words=words,
                size=shown,
                threshold=policy.threshold,
            )
        rising = seen.seen > 0
        against, fitting = (_DOWN, _UP) if rising else (_UP, _DOWN)
        if any(w in words for w in against) and not any(w in words for w in fitting):
            direction = "增加" if rising else "减少"
            yield finding("C002", reason.place, label=reason.label or reason.name, words=words, direction=direction)
