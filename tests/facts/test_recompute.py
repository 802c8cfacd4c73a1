"""What a reader finds who takes the printed figures to a pocket calculator."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.facts.derive import change_rate, completion, share
from generator.facts.recompute import from_printed
from generator.number_style import NumberStyle
from generator.quantity import MONEY, Quantity, rounded

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
