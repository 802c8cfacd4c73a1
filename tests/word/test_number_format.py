"""Number formats of charts: the format and the value above, what is printed below."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.word.number_format import formatted, is_known, is_tie, number_format


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        (number_format(2), "91.6843", "91.68"),
        (number_format(2), "91.685", "91.69"),
        (number_format(0), "91.5", "92"),
        (number_format(2, grouping=True), "1234567.885", "1,234,567.89"),
        (number_format(2, "0"), "0", "0"),
        (number_format(2, "0"), "0.004", "0.00"),
        (number_format(2, "0"), "-3.2", "-3.20"),
        (number_format(1, "—"), "0", "—"),
        (r"0.00;\-0.00;\0", "0", "0"),
        (r"0.00;\-0.00;\0", "101.01446", "101.01"),
        ("General", "28", "28"),
        ("0.00%", "0.5", "0.5"),
    ],
)
def test_a_value(code: str, value: str, text: str) -> None:
    assert formatted(Decimal(value), code) == text


def test_a_half_may_go_either_way_in_binary() -> None:
    assert [is_tie(Decimal(one), "0.00") for one in ("91.005", "91.0051", "91.00")] == [True, False, False]
    assert not is_tie(Decimal("0.5"), "General")


def test_a_format_of_others_is_not_read() -> None:
    assert [is_known(code) for code in ("0.00", '0.0;-0.0;"0"', "General", "0.00%", "yyyy")] == [
        True,
        True,
        *[False] * 3,
    ]
