"""What a reader gets who recomputes from the printed numbers.

A percentage is computed from 元; someone with only the published 万元 may get another last digit. That is rounding,
not an
error, but a published figure should not surprise: it is reported, and a pack may choose to print the reader's figure.
"""

from __future__ import annotations

from decimal import Decimal

from generator.quantity import EXACT, NumberStyle, Quantity

RATIOS = ("占比", "增幅", "完成率")


def from_printed(quantity: Quantity, style: NumberStyle, money_unit: str) -> Decimal | None:
    """The ratio or difference worked out from the operands as printed; None where that has no meaning."""
    origin = quantity.origin
    if origin is None or len(origin.operands) != 2 or origin.operation not in (*RATIOS, "-"):
        return None
    first, second = (style.printed_value(operand, money_unit) for operand in origin.operands)
    if origin.operation == "-":
        return first - second
    if second == 0:
        return None
    top = first - second if origin.operation == "增幅" else first
    return EXACT.divide(EXACT.multiply(top, Decimal(100)), abs(second))


def tail_difference(quantity: Quantity, style: NumberStyle, money_unit: str) -> Decimal:
    """尾差: printed whole minus the sum of the printed parts, for a figure that is a sum of others; else 0."""
    origin = quantity.origin
    if origin is None or origin.operation not in ("+", "Σ") or len(origin.operands) < 2:
        return Decimal(0)
    parts = sum((style.printed_value(operand, money_unit) for operand in origin.operands), Decimal(0))
    return style.printed_value(quantity, money_unit) - parts
