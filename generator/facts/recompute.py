"""What a reader gets who recomputes from the printed numbers.

A percentage is computed from 元; someone with only the published 万元 may get another last digit. That is rounding,
not an error, but a published figure should not surprise: it is reported, and a pack may choose to print the
reader's figure.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from generator.quantity import EXACT, Quantity

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
