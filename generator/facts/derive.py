"""Quantities made from quantities: shares, changes, completion of a budget.

Each returns a derived `Quantity` that can explain itself, or a `Blank` where the arithmetic has no meaning (a zero
base)
or an operand was not filled in.
"""

from __future__ import annotations

from generator.quantity import EXACT, PERCENT, Blank, Derived, Quantity, UnitError

Operand = Quantity | Blank

SHARE, RATE, COMPLETION = "占比", "增幅", "完成率"


def _percent(operation: str, top: Operand, bottom: Operand, zero_base: str) -> Operand:
    """`top` ÷ `bottom` × 100, in per cent, unrounded."""
    if isinstance(top, Blank):
        return top
    if isinstance(bottom, Blank):
        return bottom
    if top.unit != bottom.unit:
        raise UnitError(f"不能用“{top.name}”（{top.unit}）除以“{bottom.name}”（{bottom.unit}）")
    name = f"{operation}({top.name}, {bottom.name})"
    if bottom.value == 0:
        return Blank(name, zero_base.format(bottom=bottom.label or bottom.name), bottom.place)
    value = EXACT.divide(EXACT.multiply(top.value, 100), bottom.value)
    return Quantity(value, PERCENT, name, origin=Derived(operation, (top, bottom)))


def share(part: Operand, whole: Operand) -> Operand:
    """占比. Blank when the whole is 0: 0 of 0 is no percentage."""
    return _percent(SHARE, part, whole, "{bottom}为0时的占比")


def completion(actual: Operand, budget: Operand) -> Operand:
    """完成率 of a budget. Blank when the budget is 0 («完成预算100%» of nothing is a known published mistake)."""
    return _percent(COMPLETION, actual, budget, "{bottom}为0时的完成率")


def change_rate(current: Operand, prior: Operand) -> Operand:
    """增幅: (current − prior) ÷ |prior| × 100, signed; positive means growth. Blank when last year was 0."""
    if isinstance(current, Blank):
        return current
    if isinstance(prior, Blank):
        return prior
    difference = current - prior
    if isinstance(difference, Blank):  # pragma: no cover - both operands were filled in
        return difference
    name = f"{RATE}({current.name}, {prior.name})"
    if prior.value == 0:
        return Blank(name, f"{prior.label or prior.name}为0时的增幅", prior.place)
    value = EXACT.divide(EXACT.multiply(difference.value, 100), abs(prior.value))
    return Quantity(value, PERCENT, name, origin=Derived(RATE, (current, prior)))
