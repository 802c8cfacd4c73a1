"""Quantities made from quantities: shares, changes, completion of a budget.

Each returns a derived `Quantity` that can explain itself, or a `Blank` where the arithmetic has no meaning (a zero
base) or an operand was not filled in.
"""

from __future__ import annotations

from generator.quantity import EXACT, MONEY, MONEY_UNITS, PERCENT, Blank, Derived, Meaningless, Quantity, UnitError

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
        return Meaningless(name, zero_base.format(bottom=bottom.label or bottom.name), bottom.place)
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
        return Meaningless(name, f"{prior.label or prior.name}为0时的增幅", prior.place)
    value = EXACT.divide(EXACT.multiply(difference.value, 100), abs(prior.value))
    return Quantity(value, PERCENT, name, origin=Derived(RATE, (current, prior)))


def bare(value: Operand, unit: str = "") -> Operand:
    """纯数: the number without its unit, money in `unit` (万元, 元 …), so that it can be held against an indicator's
    figure, whose unit is words in another column."""
    if isinstance(value, Blank):
        return value
    if (value.unit == MONEY) != (unit in MONEY_UNITS):
        known = "、".join(MONEY_UNITS)
        raise UnitError(f"金额要写明单位（{known}），其他数不写：“{value.name}”是{value.unit or '没有单位的数'}")
    divisor = MONEY_UNITS[unit] if unit else 1
    number, error = (EXACT.divide(part, divisor) for part in (value.value, value.error))
    return Quantity(number, "", value.name, value.place, value.label, Derived("=", (value,)), error)


def quotient(top: Operand, bottom: Operand) -> Operand:
    """除以: of two numbers without unit. Blank when the divisor is 0."""
    if isinstance(top, Blank):
        return top
    if isinstance(bottom, Blank):
        return bottom
    if top.unit or bottom.unit:
        raise UnitError(f"“除以”只用于没有单位的数，请先写“| 纯数”：“{top.name}”、“{bottom.name}”")
    name = f"{top.name} ÷ {bottom.name}"
    if bottom.value == 0:
        return Meaningless(name, f"{bottom.label or bottom.name}为0时的商", bottom.place)
    return Quantity(EXACT.divide(top.value, bottom.value), "", name, origin=Derived("÷", (top, bottom)))
