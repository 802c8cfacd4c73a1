"""Percentages that cannot be: above 100 for what has no more than all, or a fraction where 98.2 was meant."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.diagnostics import Diagnostic, finding
from generator.facts.fact import Facts, Group, Rows
from generator.plausibility.size_rules import Percentages
from generator.quantity import PERCENT, Quantity

_NO_LESS = ("≥", ">", "=")


def percentage_findings(rules: Percentages, facts: Facts) -> Iterator[Diagnostic]:
    """C044 and C045, a finding for each row."""
    for row in _rows(facts):
        name = next((str(row.entries[column]) for column in rules.names if column in row), "")
        numbers = [one for column in rules.numbers if isinstance(one := row.entries.get(column), Quantity)]
        numbers = [one for one in numbers if one.unit == PERCENT or str(row.entries.get(rules.unit, "")).strip() == "%"]
        if not name or not numbers:
            continue
        large = [one for one in numbers if one.value > 100]
        if large and any(word in name for word in rules.at_most):
            yield finding("C044", *(one.place for one in large), name=name, values=_shown(large))
        small = [one for one in numbers if 0 < one.value <= 1]
        if small and any(word in name for word in (*rules.at_most, *rules.near)) and _at_least(row):
            meant = "、".join(f"{one.value * 100:f}".removesuffix(".00") + "%" for one in small)
            yield finding("C045", *(one.place for one in small), name=name, values=_shown(small), meant=meant)


def _rows(group: Group) -> Iterator[Group]:
    for entry in group.entries.values():
        if isinstance(entry, Group):
            yield from _rows(entry)
        elif isinstance(entry, Rows):
            for row in entry:
                yield row
                yield from _rows(row)


def _at_least(row: Group) -> bool:
    """Whether more is better: a share that is to stay below 1 % is no slip."""
    direction = row.entries.get("方向")
    return direction is None or str(direction) in _NO_LESS


def _shown(numbers: list[Quantity]) -> str:
    return "、".join(f"{one.value.normalize() + Decimal(0):f}%" for one in numbers)
