"""What a reader finds who takes the printed figures to a pocket calculator."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facts.derive import change_rate, completion, share
from generator.facts.recompute import from_printed, tail_difference
from generator.quantity import MONEY, NumberStyle, Quantity, rounded, total

STYLE = NumberStyle()


def yuan(amount: object, name: str = "甲") -> Quantity:
    return Quantity(Decimal(str(amount)), MONEY, name)


def again(made: object) -> Decimal | None:
    assert isinstance(made, Quantity)
    found = from_printed(made, STYLE.printed_value)
    return None if found is None else rounded(found, 2)


def test_a_last_digit_that_rounding_moved() -> None:
    """11.53 and 9.61 are printed; the office computed from 元."""
    made = change_rate(yuan("115280.00"), yuan("96120.00"))
    assert isinstance(made, Quantity)
    assert STYLE.text(made) == "19.93%"
    assert again(made) == Decimal("19.98")


@pytest.mark.parametrize(
    ("made", "found"),
    [
        (share(yuan(50000), yuan(100000)), "50"),
        (completion(yuan(-50000), yuan(-100000)), "50"),
        (completion(yuan(50000), yuan(-100000)), "-50"),
        (change_rate(yuan(-50000), yuan(-100000)), "50"),
        (change_rate(yuan(50000), yuan(100000)), "-50"),
        (yuan("10049") - yuan("10051"), "-100"),
    ],
)
def test_figures_with_nothing_behind_the_printed_digits_recompute_to_themselves(made: object, found: str) -> None:
    assert again(made) == Decimal(found)


def test_what_prints_as_zero_gives_no_ratio() -> None:
    assert again(change_rate(yuan("50000"), yuan("49"))) is None
    assert again(yuan(5)) is None


def test_the_tail_of_a_sum() -> None:
    """Three times 33.33 is 99.99, and the whole prints 100.00."""
    whole = total((yuan("333333.33", f"第{n}项") for n in range(3)), MONEY, "合计")
    assert isinstance(whole, Quantity)
    printed = [f"第{n}项" for n in range(3)]
    assert tail_difference(whole, printed, STYLE, "万元") == 100
    assert tail_difference(whole, printed[:2], STYLE, "万元") == 0, "who cannot see a part cannot miss it"
    assert tail_difference(yuan("333333.33"), printed, STYLE, "万元") == 0


@given(parts=st.lists(st.decimals(min_value=0, max_value=10**10, places=2), min_size=2, max_size=15))
def test_the_tail_is_never_longer_than_half_a_digit_each(parts: list[Decimal]) -> None:
    whole = total((yuan(part, f"第{n}项") for n, part in enumerate(parts)), MONEY, "合计")
    assert isinstance(whole, Quantity)
    printed = [f"第{n}项" for n in range(len(parts))]
    assert abs(tail_difference(whole, printed, STYLE, "万元")) <= 50 * (len(parts) + 1)
