"""How far printed numbers may be off."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.printed.figures import step_of
from generator.printed.interval import (
    judge_equal,
    judge_exact_sum,
    judge_ratio,
    judge_sum,
    pct_change_from_delta,
    ratio_pct,
)
from generator.printed.model import PrintedFigure, Spot


def printed(words: str, unit: str = "万元") -> PrintedFigure:
    step = step_of(words)
    return PrintedFigure(words, Decimal(words), step, step, unit, Spot("段", 1))


@pytest.mark.parametrize(
    ("parts", "whole", "verdict"),
    [
        ("26.22 78.19 47.56", "151.97", "ok"),
        ("26.22 78.19 47.56", "151.98", "rounding"),  # three halves and one more: less than two units
        ("26.22 78.19 47.56", "151.99", "false"),
        ("13.36", "13.37", "false"),  # the one part of a whole prints like the whole
        ("13.36 0.00", "13.37", "rounding"),
        ("13.36 0.00", "13.38", "false"),
    ],
)
def test_sums(parts: str, whole: str, verdict: str) -> None:
    assert judge_sum([printed(part) for part in parts.split()], printed(whole)).value == verdict


def test_counted_things_and_scores_are_not_rounded() -> None:
    assert judge_sum([printed("25", "人"), printed("2", "人")], printed("28", "人")).value == "false"
    scores = [printed(score, "") for score in ("3.33", "3.33", "3.33", "60", "10")]
    assert judge_exact_sum(scores, printed("80", "")).value == "false"
    assert judge_exact_sum(scores, printed("79.99", "")).value == "ok"


@pytest.mark.parametrize(
    ("part", "whole", "percent", "verdict"),
    [
        ("1.92", "9.61", "19.98", "ok"),
        ("1.92", "9.61", "19.94", "rounding"),  # 1.915 of 9.605 to 1.925 of 9.605
        ("1.92", "9.61", "20.10", "false"),
        ("9746.50", "10210.34", "95.46", "ok"),
        ("9746.50", "10210.34", "95.47", "last_digit"),
        ("9746.50", "10210.34", "95.48", "false"),
    ],
)
def test_shares(part: str, whole: str, percent: str, verdict: str) -> None:
    numbers = [(one.value, one) for one in (printed(part), printed(whole))]
    assert judge_ratio(ratio_pct, numbers, printed(percent, "%")).value == verdict


def test_a_decrease_from_what_is_left() -> None:
    """142.80 left after a decrease of 13.52: 13.52 of 156.32."""
    numbers = [(Decimal("142.80"), printed("142.80")), (Decimal("-13.52"), printed("13.52"))]
    assert judge_ratio(pct_change_from_delta, numbers, printed("8.65", "%"), -1).value == "ok"
    assert judge_ratio(pct_change_from_delta, numbers, printed("9.47", "%"), -1).value == "false"


def test_the_same_amount_in_two_units() -> None:
    assert judge_equal(printed("1.5", "亿元"), printed("14973.2", "万元")).value == "ok"
    assert judge_equal(printed("1.5", "亿元"), printed("14473.2", "万元")).value == "false"
    assert judge_equal(printed("91.68"), printed("91.69")).value == "false"
