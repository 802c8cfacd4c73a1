"""Reasons for changes: long enough where the change is large, and not contradicting its direction.

Source: inspections of published final accounts demand a reason for every change and a detailed one above a threshold
(commonly ±10 %); the threshold and the stock phrases are the pack's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.diagnostics import Diagnostic, finding
from generator.expressions.environment import Environment, EvaluationError, compile_expression, evaluation_names
from generator.facts.fact import Facts, Text
from generator.facts.relation import Printing, Relation
from generator.form.fields import Fields
from generator.form.instances import Instance, instances
from generator.quantity import EXACT, Quantity

_UP = ("增加", "增长", "上升", "提高", "新增", "增多", "上调", "增资")
_DOWN = ("减少", "下降", "降低", "压减", "缩减", "厉行节约", "节约", "减少了", "核减", "下调", "未发生")


@dataclass(frozen=True, slots=True)
class ReasonPolicy:
    """`threshold`: per cent above which a reason must say more than a stock phrase; `least`: characters it then
    needs."""

    threshold: Decimal = Decimal(10)
    least: int = 6
    stock: tuple[str, ...] = ()


_NO_BASE = {"零": "基数为0", "不足": "基数接近0", "负": "基数为负"}
_DIFFERS = re.compile(r"^=?\s*(.+?)\s*(?:!=\s*(.+)|is not 持平于\((.+)\))\s*$", re.DOTALL)


def reason_findings(
    fields: Fields, facts: Facts, policy: ReasonPolicy, printing: Printing, environment: Environment
) -> Iterator[Diagnostic]:
    """C001 and C002 for every 原因 that explains why two figures differ: «当: =甲 is not 持平于(乙)» says which.

    What is printed as 持平 needs no reason, and its reason is not printed.
    """
    for one in instances(fields, facts):
        reason = one.entry
        if one.field.kind != "原因" or not isinstance(reason, Text):
            continue
        sides = _DIFFERS.match(one.field.when)
        if sides is None:
            continue
        current, base = (_side(one, source, environment) for source in (sides[1], sides[2] or sides[3]))
        if isinstance(current, Quantity) and isinstance(base, Quantity) and current.unit == base.unit:
            yield from _judged(reason, printing.relation(current, base), policy)


def _side(one: Instance, source: str, environment: Environment) -> object:
    """The figure that a side names; «组[三公预算]» is chosen by a 口径."""
    if "[" not in source:
        return one.sum_of(source)
    names = {**evaluation_names(one.facts), "组": one.owner, "行": one.row}
    try:
        return compile_expression(environment, source).value(names)
    except EvaluationError:
        return None


def _judged(reason: Text, seen: Relation, policy: ReasonPolicy) -> Iterator[Diagnostic]:
    words = str(reason).strip().rstrip("。")
    if seen.seen != 0:
        rate = seen.rate
        size = abs(rate.value) if isinstance(rate, Quantity) and not seen.base else Decimal("Infinity")
        if size >= policy.threshold and (len(words) < policy.least or words in policy.stock):
            shown = f"{size.quantize(Decimal('0.01'), context=EXACT)}%" if size.is_finite() else _NO_BASE[seen.base]
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
