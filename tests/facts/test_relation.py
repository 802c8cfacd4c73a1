"""Two amounts as a document in 万元 prints them, and what a sentence may say about them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facts.explain import explain
from generator.facts.relation import Printing
from generator.number_style import NumberStyle
from generator.quantity import MONEY, PERCENT, Quantity, UnitError

PRINTING = Printing(NumberStyle())


def yuan(value: str | Decimal, name: str = "决算") -> Quantity:
    return Quantity(Decimal(value), MONEY, name)


def read(quantity: Quantity, printing: Printing = PRINTING) -> str:
    return printing.number(quantity) + printing.unit_of(quantity)


@pytest.mark.parametrize(
    ("current", "prior", "expected"),
    [
        # equal as printed: nothing changed, whatever the 元 say
        ("916800", "916750", "91.68万元 ＝ 91.68万元"),
        ("545298.37", "545300", "54.53万元 ＝ 54.53万元"),
        ("0", "0", "0万元 ＝ 0万元"),
        # different as printed: the change is never 0
        ("1000050", "1000049.99", "100.01万元 ＞ 100.00万元：0.01万元，0.01%"),
        ("1000049.99", "1000050", "100.00万元 ＜ 100.01万元：-0.01万元，-0.01%"),
        ("5000100", "5000000", "500.01万元 ＞ 500.00万元：0.01万元，0%"),
        # the exact change where it does not contradict
        ("1000151", "999950", "100.02万元 ＞ 100.00万元：0.02万元，0.02%"),
        # amounts under 50 元 stand there in 元
        ("38", "40", "38元 ＜ 40元：-2元，不足"),
        ("38.5", "0", "38.50元 ＞ 0万元：38.50元，零"),
        ("0", "30", "0万元 ＜ 30元：-30元，不足"),
        ("12.345", "12.344", "12.35元 ＞ 12.34元：0.01元，不足"),
        ("51", "49", "0.01万元 ＞ 49元：0.01万元，不足"),
        ("0.004", "0", "0万元 ＝ 0万元"),
        # no percentage on a base below nothing
        ("-932200", "-13830000", "-93.22万元 ＞ -1383.00万元：1289.78万元，负"),
    ],
)
def test_two_amounts_as_the_reader_sees_them(current: str, prior: str, expected: str) -> None:
    seen = PRINTING.relation(yuan(current), yuan(prior, "上年"))
    line = f"{read(seen.left)} {seen.sign} {read(seen.right)}"
    if seen.seen:
        rate = seen.rate
        line += f"：{read(seen.difference)}，{seen.base or (read(rate) if isinstance(rate, Quantity) else rate)}"
    assert line == expected


def test_a_cell_keeps_the_unit_of_its_table_where_a_small_amount_looks_like_zero() -> None:
    cells = Printing(NumberStyle(zero="0.00"), sentence=False)
    assert cells.number(yuan("38")) == "0.00"
    assert cells.is_zero(yuan("38"))
    assert cells.relation(yuan("38"), yuan("0")).word == "等于"


def test_digits_whose_unit_stands_elsewhere_are_all_given_where_two_decimals_leave_nothing() -> None:
    assert [PRINTING.bare(yuan(amount)) for amount in ("150000", "0", "38", "-12.34")] == [
        "15.00",
        "0",
        "0.0038",
        "-0.001234",
    ]


def test_an_amount_too_small_for_its_unit_steps_down_to_the_next_that_shows_it() -> None:
    large = Printing(NumberStyle(), "亿元")
    assert [read(yuan(amount), large) for amount in ("123456789", "380000", "38")] == ["1.23亿元", "38.00万元", "38元"]


def test_a_percentage_against_a_bare_number() -> None:
    rate = Quantity(Decimal("94.998"), PERCENT, "执行率")
    assert [PRINTING.relation(rate, bar).sign for bar in (95, Decimal("95.01"), 94)] == ["＝", "＜", "＞"]
    with pytest.raises(UnitError):
        PRINTING.relation(yuan("100"), 100)
    with pytest.raises(UnitError):
        PRINTING.relation(yuan("100"), rate)


def test_a_change_worked_out_from_the_printed_amounts_says_so() -> None:
    change = PRINTING.relation(yuan("1000050", "支出.决算"), yuan("1000049.99", "支出.上年")).difference
    assert "\n".join(explain(change)) == (
        "支出.决算（公布数） - 支出.上年（公布数） = 100.00元\n"
        "  = 支出.决算（公布数） － 支出.上年（公布数）\n"
        "  = 1,000,100.00元 － 1,000,000.00元\n"
        "  支出.决算（公布数） = 1,000,100.00元\n"
        "    = 支出.决算，四舍五入到印出的位数\n"
        "    支出.决算 = 1,000,050.00元\n"
        "  支出.上年（公布数） = 1,000,000.00元\n"
        "    = 支出.上年，四舍五入到印出的位数\n"
        "    支出.上年 = 1,000,049.99元"
    )


EDGES = st.one_of(
    st.integers(-10_000, 10_000),
    st.integers(-(10**9), 10**9),
    st.builds(lambda whole, fen: whole * 10_000 + 5_000 + fen, st.integers(-(10**6), 10**6), st.integers(-2, 2)),
)
"""Amounts in 分: tiny ones, any, and those beside x.xx5 万元."""


@given(EDGES, st.one_of(EDGES, st.none()), st.integers(-3, 3))
def test_the_words_never_contradict_the_digits_beside_them(fen: int, other: int | None, near: int) -> None:
    left = yuan(Decimal(fen) / 100)
    right = yuan(Decimal(fen + near if other is None else other) / 100, "上年")
    seen = PRINTING.relation(left, right)
    first, second = read(left), read(right)
    assert (seen.sign == "＝") == (first == second)
    if seen.seen:
        change = PRINTING.value(seen.difference)
        assert (change > 0) == (seen.sign == "＞")
        assert read(seen.difference).lstrip("-0.万元") != ""
        half = sum(PRINTING.smallest(MONEY).value / 2 for side in (left, right, change) if side is not None)
        assert abs(change - (PRINTING.value(left) - PRINTING.value(right))) <= half
