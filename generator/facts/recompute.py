"""What a reader gets who recomputes from the printed numbers.

A percentage is computed from 元; someone with only the published 万元 may get another last digit. That is rounding,
not an error, but a published figure should not surprise: it is reported, and a pack may choose to print the
reader's figure.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from decimal import Decimal

from generator.facts.explain import flattened
from generator.quantity import EXACT, NumberStyle, Quantity

RATIOS = ("占比", "增幅", "完成率")
RECOMPUTABLE = frozenset((*RATIOS, "-"))


def from_printed(quantity: Quantity, printed: Callable[[Quantity], Decimal]) -> Decimal | None:
    """The ratio or difference worked out from the operands as `printed`; None where that has no meaning."""
    origin = quantity.origin
    if origin is None or origin.operation not in RECOMPUTABLE or len(origin.operands) != 2:
        return None
    first, second = map(printed, origin.operands)
    if origin.operation == "-":
        return first - second
    if second == 0:
        return None
    if origin.operation == "增幅":  # as in `derive.change_rate`: against the size of last year's figure
        first, second = first - second, abs(second)
    return EXACT.divide(EXACT.multiply(first, Decimal(100)), second)


def tail_difference(quantity: Quantity, printed: Container[str], style: NumberStyle, money_unit: str) -> Decimal:
    """尾差: printed whole minus the sum of the printed parts; 0 unless all parts other than 0 are `printed` (names)."""
    origin = flattened(quantity).origin
    if origin is None or origin.operation not in ("+", "Σ") or len(origin.operands) < 2:
        return Decimal(0)
    parts = [operand for operand in origin.operands if operand.value != 0]
    if any(part.name not in printed for part in parts):
        return Decimal(0)
    total = sum((style.printed_value(part, money_unit) for part in parts), Decimal(0))
    return style.printed_value(quantity, money_unit) - total


def has_tail_difference(quantities: Iterable[Quantity], style: NumberStyle, money_unit: str) -> bool:
    """Whether any whole among these printed figures misses the sum of its printed parts."""
    shown = list(quantities)
    names = {quantity.name for quantity in shown}
    return any(tail_difference(q, names, style, money_unit) != 0 for q in shown if q.origin is not None)
