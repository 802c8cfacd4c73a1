"""The arithmetic of printed numbers, and the only place that knows a tolerance.

A printed number stands for every value that prints so: half a unit of its last digit to either side. What follows from
several printed numbers is possible if *some* values behind them make it true. Nothing is ever divided, so that nothing
is rounded here: a ratio p = a ÷ b is judged as a − p × b, a function that is linear in each of its numbers; over a box
of values such a function has its extremes at the corners.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import Enum
from itertools import product

from generator.printed.figures import MONEY
from generator.printed.model import PrintedFigure

_HALF = Decimal("0.5")
_ZERO = Decimal(0)


class Verdict(Enum):
    """What recomputing a claim gives; the audit of other people's documents uses the same words."""

    OK = "ok"
    ROUNDING = "rounding"
    """Not what the printed numbers give, but the digits that are not printed explain it."""
    LAST_DIGIT = "last_digit"
    """A ratio that is off by one unit of its last digit beyond that."""
    FALSE = "false"
    UNDEFINED = "undefined"
    """The base is zero."""
    UNREAD = "unread"
    """A gap, or no figure to compare with."""


def scale(figure: PrintedFigure) -> Decimal:
    """What one of its unit is in the smallest unit: money in 元, all else in itself."""
    return MONEY.get(figure.unit, Decimal(1))


def exact(figure: PrintedFigure) -> Decimal:
    return figure.value * scale(figure)


def judge_sum(parts: Sequence[PrintedFigure], stated: PrintedFigure, minus: Sequence[PrintedFigure] = ()) -> Verdict:
    """`parts` − `minus` = `stated`. May miss by less than half a unit of every number taken together.

    Less, not as much: half-up rounding puts a value just half a unit away on one side only. So the one part of a whole
    must print like the whole.
    """
    unit, alike, difference = stated.unit, True, -stated.value
    for one in parts:  # a table has thousands of sums: one walk where all units are the same
        difference += one.value
        alike = alike and one.unit == unit
    for one in minus:
        difference -= one.value
        alike = alike and one.unit == unit
    if not alike:
        difference = sum(map(exact, parts), _ZERO) - sum(map(exact, minus), _ZERO) - exact(stated)
    if not difference:
        return Verdict.OK
    numbers = (*parts, *minus, stated)
    if unit not in MONEY and unit != "%" and all(one.step == 1 for one in numbers):
        return Verdict.FALSE  # people, cars, projects are counted, not rounded
    factors = [Decimal(1) if alike else scale(one) for one in numbers]
    slack = max(
        sum((one.step * factor for one, factor in zip(numbers, factors, strict=True)), _ZERO),
        sum((one.wide * factor for one, factor in zip(numbers, factors, strict=True)), _ZERO),
    )
    return Verdict.ROUNDING if abs(difference) < slack * _HALF else Verdict.FALSE


def judge_exact_sum(parts: Sequence[PrintedFigure], stated: PrintedFigure) -> Verdict:
    """Scores: each is settled for its row, the total is the sum of what stands there."""
    return Verdict.OK if sum(one.value for one in parts) == stated.value else Verdict.FALSE


def judge_equal(one: PrintedFigure, other: PrintedFigure) -> Verdict:
    """The same figure printed twice; the one with more digits must round to the other."""
    first, second = exact(one), exact(other)
    if first == second:
        return Verdict.OK
    if one.step * scale(one) == other.step * scale(other):
        return Verdict.ROUNDING if abs(first - second) < _narrow(one, other) else Verdict.FALSE
    half = max(one.wide * scale(one), other.wide * scale(other)) * _HALF
    return Verdict.OK if abs(first - second) <= half else Verdict.FALSE


def _narrow(one: PrintedFigure, other: PrintedFigure) -> Decimal:
    """Dropped zeros: «30» beside «29.99»."""
    wide = max(one.wide * scale(one), other.wide * scale(other))
    return wide * _HALF if wide > one.step * scale(one) else _ZERO


Residual = Callable[..., Decimal]
"""Linear in each argument; zero where the claim is exactly true. The last argument is the stated number."""


def ratio_pct(part: Decimal, whole: Decimal, percent: Decimal) -> Decimal:
    return part * 100 - percent * whole


def pct_change(current: Decimal, prior: Decimal, percent: Decimal) -> Decimal:
    return (current - prior) * 100 - percent * prior


def pct_change_from_delta(current: Decimal, delta: Decimal, percent: Decimal) -> Decimal:
    return delta * 100 - percent * (current - delta)


def divide(part: Decimal, number: Decimal, quotient: Decimal) -> Decimal:
    return part - quotient * number


def judge_ratio(residual: Residual, numbers: Sequence[tuple[Decimal, PrintedFigure]], stated: PrintedFigure,
                sign: int = 1) -> Verdict:  # fmt: skip
    """`numbers`: (value with its sign, the figure), in the order of the residual. `sign` of the stated number."""
    percent = stated.value * sign
    centre = [value * scale(one) for value, one in numbers]
    halves = [one.step * scale(one) * _HALF for _, one in numbers]
    half = stated.step * _HALF
    if _holds(residual, [(value, value) for value in centre], percent, half):
        return Verdict.OK
    box = [(value - slack, value + slack) for value, slack in zip(centre, halves, strict=True)]
    if _holds(residual, box, percent, half):
        return Verdict.ROUNDING
    wide = [
        (value - one.wide * scale(one) * _HALF, value + one.wide * scale(one) * _HALF)
        for value, (_, one) in zip(centre, numbers, strict=True)
    ]
    if _holds(residual, wide, percent, stated.wide * _HALF):
        return Verdict.ROUNDING
    return Verdict.LAST_DIGIT if _holds(residual, box, percent, half + stated.step) else Verdict.FALSE


def _holds(residual: Residual, box: Sequence[tuple[Decimal, Decimal]], stated: Decimal, half: Decimal) -> bool:
    corners = [residual(*corner) for corner in product(*box, (stated - half, stated + half))]
    return min(corners) <= 0 <= max(corners)
