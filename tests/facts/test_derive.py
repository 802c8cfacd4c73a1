"""Shares, changes, completion: two figures above, the derived one below."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facts.derive import change_rate, completion, share
from generator.facts.explain import formula
from generator.number_style import NumberStyle
from generator.quantity import MONEY, PERCENT, Blank, Quantity

STYLE = NumberStyle()
WAN = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


def wan(amount: object, name: str) -> Quantity:
    return Quantity(Decimal(str(amount)) * 10000, MONEY, name)


@pytest.mark.parametrize(
    ("made", "text", "how"),
    [
        (share(wan("69.98", "基本支出"), wan("91.68", "支出合计")), "76.33%", "基本支出 ÷ 支出合计 × 100%"),
        (share(wan(0, "基本支出"), wan(5, "支出合计")), "0%", "基本支出 ÷ 支出合计 × 100%"),
        (completion(wan("13.36", "决算"), wan("13.36", "预算")), "100%", "决算 ÷ 预算 × 100%"),
        (completion(wan(15, "决算"), wan(10, "预算")), "150%", "决算 ÷ 预算 × 100%"),
        (change_rate(wan("91.68", "决算"), wan("36.57", "上年")), "150.70%", "（决算 － 上年） ÷ 上年 × 100%"),
        (change_rate(wan(5, "决算"), wan(10, "上年")), "-50%", "（决算 － 上年） ÷ 上年 × 100%"),
        (change_rate(wan(-5, "决算"), wan(-10, "上年")), "50%", "（决算 － 上年） ÷ |上年| × 100%"),
        (change_rate(wan(5, "决算"), wan(-10, "上年")), "150%", "（决算 － 上年） ÷ |上年| × 100%"),
        (change_rate(wan(0, "决算"), wan(10, "上年")), "-100%", "（决算 － 上年） ÷ 上年 × 100%"),
    ],
)
def test_a_percentage_and_its_formula(made: object, text: str, how: str) -> None:
    assert isinstance(made, Quantity)
    assert made.unit == PERCENT
    assert STYLE.text(made) == text
    assert formula(made) == how


@pytest.mark.parametrize(
    ("made", "label"),
    [
        (share(wan(0, "甲"), wan(0, "收入合计")), "收入合计为0时的占比"),
        (completion(wan(3, "决算"), wan(0, "预算")), "预算为0时的完成率"),
        (change_rate(wan(3, "决算"), wan(0, "上年")), "上年为0时的增幅"),
    ],
)
def test_nothing_is_divided_by_zero(made: object, label: str) -> None:
    assert isinstance(made, Blank)
    assert made.label == label


@given(current=WAN, prior=WAN.filter(bool))
def test_growth_has_the_sign_of_the_difference(current: Decimal, prior: Decimal) -> None:
    rate = change_rate(wan(current, "决算"), wan(prior, "上年"))
    assert isinstance(rate, Quantity)
    assert (rate.value > 0) == (current > prior)
    assert (rate.value < 0) == (current < prior)
    exact = (Fraction(current) - Fraction(prior)) / abs(Fraction(prior)) * 100
    assert abs(Fraction(rate.value) - exact) < Fraction(1, 10**30)


@given(part=WAN, whole=WAN.filter(bool))
def test_share_and_completion_are_the_same_arithmetic(part: Decimal, whole: Decimal) -> None:
    one, other = share(wan(part, "甲"), wan(whole, "乙")), completion(wan(part, "甲"), wan(whole, "乙"))
    assert isinstance(one, Quantity)
    assert isinstance(other, Quantity)
    assert one.value == other.value
