"""Numbers with units: exact inside, rounded once when they become text."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facts.derive import change_rate, completion, share
from generator.number_style import NumberStyle
from generator.place import Place
from generator.quantity import (
    EXACT,
    MONEY,
    MONEY_UNITS,
    PERCENT,
    POINTS,
    YEAR,
    Blank,
    BlankUsedError,
    NotApplicable,
    Quantity,
    UnitError,
    rounded,
    total,
)

YUAN = st.decimals(min_value=-(10**13), max_value=10**13, places=2)
PLAIN = NumberStyle(zero="", whole_percent=False)


def yuan(value: object, name: str = "甲", error: object = 0) -> Quantity:
    return Quantity(Decimal(str(value)), MONEY, name, error=Decimal(str(error)))


def percent(value: object, name: str = "比重") -> Quantity:
    return Quantity(Decimal(str(value)), PERCENT, name)


def value(result: object) -> Decimal:
    assert isinstance(result, Quantity)
    return result.value


def half_up(number: Fraction, places: int) -> Fraction:
    """School rounding worked out without `decimal`: halves go away from zero."""
    scaled = abs(number) * 10**places
    whole = int(scaled + Fraction(1, 2))
    return Fraction(whole if number >= 0 else -whole, 10**places)


# -- rounding ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        ("0.005", 2, "0.01"),
        ("0.015", 2, "0.02"),
        ("0.025", 2, "0.03"),
        ("2.675", 2, "2.68"),
        ("1.005", 2, "1.01"),
        ("-0.005", 2, "-0.01"),
        ("0.0049999999999999999999999999999999999999999", 2, "0.00"),
        ("99.995", 2, "100.00"),
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
    ],
)
def test_halves_go_up(number: str, places: int, text: str) -> None:
    assert f"{rounded(Decimal(number), places):f}" == text


@given(number=st.decimals(min_value=-(10**15), max_value=10**15, places=8), places=st.integers(0, 6))
def test_rounding_is_school_rounding(number: Decimal, places: int) -> None:
    assert Fraction(rounded(number, places)) == half_up(Fraction(number), places)


@given(part=YUAN, whole=YUAN.filter(bool), places=st.integers(0, 6))
def test_a_percentage_is_rounded_once(part: Decimal, whole: Decimal, places: int) -> None:
    result = share(yuan(part), yuan(whole))
    assert isinstance(result, Quantity)
    expected = half_up(Fraction(part) / Fraction(whole) * 100, places)
    printed = NumberStyle(percent_places=places, whole_percent=False).percent(result.value)
    assert Fraction(printed.rstrip("%")) == expected


@given(amount=YUAN, unit=st.sampled_from(list(MONEY_UNITS)))
def test_an_amount_comes_back_from_any_unit(amount: Decimal, unit: str) -> None:
    there = EXACT.divide(amount, MONEY_UNITS[unit])
    assert EXACT.multiply(there, MONEY_UNITS[unit]) == amount


@given(cents=st.integers(-(10**11), 10**11))
def test_what_fits_the_printed_digits_is_printed_exactly(cents: int) -> None:
    """元 → 万元 as printed → 元 returns for every amount of whole hundred 元."""
    amount = yuan(Decimal(cents) * 100)
    assert Decimal(PLAIN.money(amount.value)) * 10000 == amount.value == PLAIN.printed_value(amount)


@given(parts=st.lists(st.decimals(min_value=0, max_value=10**10, places=2), min_size=1, max_size=12))
def test_shares_of_a_whole_are_a_hundred_within_rounding(parts: list[Decimal]) -> None:
    whole = total((yuan(part, f"第{n}项") for n, part in enumerate(parts)), MONEY, "合计")
    assert isinstance(whole, Quantity)
    shares = [share(yuan(part), whole) for part in parts]
    if whole.value == 0:
        assert all(isinstance(one, Blank) for one in shares)
        return
    printed = sum(PLAIN.printed_value(one) for one in shares if isinstance(one, Quantity))
    assert abs(printed - 100) <= Decimal("0.005") * len(parts)


# -- units ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: yuan(1) + Quantity(Decimal(2), "人", "人数"), "不能把“甲”（元）与“人数”（人）相加"),
        (lambda: yuan(1) - percent(2), "不能把“甲”（元）与“比重”（%）相减"),
        (lambda: yuan(1) < percent(2), "不能把“甲”（元）与“比重”（%）比较"),
        (lambda: yuan(1) > 3, "金额“甲”只能与 0 或另一个金额比较"),
        (lambda: yuan(1) + 3, "“甲”只能与另一个数量相加"),
        (lambda: yuan(1) * yuan(2), "“甲”只能乘以一个数"),
        (lambda: yuan(1) * True, "“甲”只能乘以一个数"),
        (lambda: bool(yuan(1)), "不能把数量“甲”当作是或否"),
        (lambda: share(yuan(1), percent(2)), "不能用“甲”（元）除以“比重”（%）"),
        (lambda: change_rate(yuan(1), percent(2)), "不能把“甲”（元）与“比重”（%）相减"),
        (lambda: total([yuan(1), percent(2)], MONEY, "合计"), "“合计”各项单位不一致"),
    ],
)
def test_units_refuse_to_mix(wrong, words: str) -> None:
    with pytest.raises(UnitError, match=words.replace("“", ".").replace("（", ".").replace("%", ".")):
        wrong()


def test_units_that_belong_together() -> None:
    assert value(yuan(1) + yuan(2)) == 3
    points = percent("43.20") - percent("42")
    assert (value(points), points.unit) == (Decimal("1.20"), POINTS)
    assert yuan(0) == 0 and yuan(2) > 0 and Quantity(Decimal(3), "人", "人数") > 2
    assert yuan(1) != percent(1)
    assert value(sum([yuan(1), yuan(2)])) == 3


def test_years() -> None:
    year = Quantity(Decimal(2020), YEAR, "年度")
    assert PLAIN.text(year - 1) == "2019"
    assert PLAIN.text(year + 2) == "2022"
    with pytest.raises(UnitError):
        yuan(5) - 1


# -- blank, 0, 不适用 -------------------------------------------------------------------------------------------------


def test_a_blank_stays_blank_in_arithmetic() -> None:
    blank = Blank("收入.合计", "收入合计", Place("数据.yaml", 3))
    for result in (
        blank + yuan(1), yuan(1) + blank, blank - yuan(1), yuan(1) - blank, blank * 2, yuan(1) * blank, -blank,
        share(blank, yuan(1)), share(yuan(1), blank), change_rate(blank, yuan(1)), completion(yuan(1), blank),
        total([yuan(1), blank], MONEY, "合计"),
    ):  # fmt: skip
        assert result is blank
    assert not blank
    with pytest.raises(BlankUsedError, match="收入合计没有填写"):
        _ = blank > 0
    with pytest.raises(BlankUsedError, match="收入合计没有填写"):
        _ = yuan(1) < blank


def test_blank_zero_and_not_applicable_are_three_things() -> None:
    assert value(total([yuan(1), NotApplicable("乙")], MONEY, "合计")) == 1
    assert value(total([yuan(1), yuan(0)], MONEY, "合计")) == 1
    assert isinstance(total([yuan(1), Blank("乙")], MONEY, "合计"), Blank)
    assert value(total([], MONEY, "合计")) == 0
    assert yuan(0) != Blank("乙")


def test_nothing_of_nothing_is_no_percentage() -> None:
    for made in (share(yuan(0), yuan(0)), completion(yuan(0), yuan(0, "预算")), change_rate(yuan(0), yuan(0))):
        assert isinstance(made, Blank)


# -- what rounding of typed figures can explain -----------------------------------------------------------------------


def test_errors_of_typed_figures_add_up() -> None:
    first, second = yuan(10000, "甲", 50), yuan(20000, "乙", 50)
    assert (first + second).error == 100
    assert (first - second).error == 100
    assert (-first).error == abs(-first).error == 50
    assert (first * 3).error == 150
    assert total([first, second, yuan(1)], MONEY, "合计").error == 100
    assert first.named("丙").error == 50


# -- text -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "amount", "text"),
    [
        (NumberStyle(), 0, "0"),
        (NumberStyle(zero="0.00"), 0, "0.00"),
        (NumberStyle(zero="—"), 0, "—"),
        (NumberStyle(zero=""), 0, "0.00"),
        (NumberStyle(), 49, "0"),
        (NumberStyle(), -49, "0"),
        (NumberStyle(), 50, "0.01"),
        (NumberStyle(), -50, "-0.01"),
        (NumberStyle(), 916800, "91.68"),
        (NumberStyle(), 100000, "10.00"),
        (NumberStyle(places=0), 25000, "3"),
        (NumberStyle(), 12345678900, "1234567.89"),
        (NumberStyle(grouping=True), 12345678900, "1,234,567.89"),
        (NumberStyle(grouping=True), -12345678900, "-1,234,567.89"),
    ],
)
def test_money(style: NumberStyle, amount: int, text: str) -> None:
    assert style.money(Decimal(amount)) == text


@pytest.mark.parametrize(
    ("style", "rate", "text"),
    [
        (NumberStyle(), "100", "100%"),
        (NumberStyle(), "0", "0%"),
        (NumberStyle(), "98.2", "98.20%"),
        (NumberStyle(), "99.999", "100%"),
        (NumberStyle(), "-0.001", "0%"),
        (NumberStyle(whole_percent=False), "100", "100.00%"),
        (NumberStyle(whole_percent=False), "0", "0.00%"),
        (NumberStyle(percent_places=1), "66.666", "66.7%"),
        (NumberStyle(percent_places=0, whole_percent=False), "66.5", "67%"),
    ],
)
def test_percentages(style: NumberStyle, rate: str, text: str) -> None:
    assert style.percent(Decimal(rate)) == text
    assert style.text(percent(rate), with_unit=False) == text[:-1]


def test_counts_and_units() -> None:
    style = NumberStyle()
    assert style.text(Quantity(Decimal("36"), "人", "人数")) == "36人"
    assert style.text(Quantity(Decimal("1E+3"), "人", "人数")) == "1000人"
    assert style.text(Quantity(Decimal("12.50"), "分", "得分")) == "12.5分"
    assert style.text(Quantity(Decimal("-0"), "人", "人数")) == "0人"
    assert style.text(yuan(916800)) == "91.68万元"
    assert style.text(yuan(916800), "元") == "916800.00元"
    assert style.text(yuan("1.234E+9"), "亿元") == "12.34亿元"


STYLES = st.builds(
    NumberStyle,
    places=st.integers(0, 6),
    percent_places=st.integers(0, 4),
    zero=st.sampled_from(["", "0", "0.00"]),
    whole_percent=st.booleans(),
    grouping=st.booleans(),
)


@given(
    style=STYLES,
    number=st.decimals(min_value=-1000, max_value=1000, places=6),
    unit=st.sampled_from([MONEY, PERCENT, POINTS, "人"]),
    money_unit=st.sampled_from(list(MONEY_UNITS)),
)
def test_minus_nothing_is_never_printed(style: NumberStyle, number: Decimal, unit: str, money_unit: str) -> None:
    text = style.text(Quantity(number, unit, "数"), money_unit, with_unit=False)
    assert not (text.startswith("-") and set(text) <= set("-0.,"))
    assert "E" not in text


@given(style=STYLES, amount=YUAN)
def test_the_printed_value_is_what_the_digits_say(style: NumberStyle, amount: Decimal) -> None:
    printed = style.money(amount).replace(",", "")
    assert Decimal(printed) * 10000 == style.printed_value(yuan(amount))
