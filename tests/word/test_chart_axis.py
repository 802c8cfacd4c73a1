"""Where the value axis of a chart starts: bars are compared by their length, so at 0."""

from __future__ import annotations

import re

import pytest

from generator.pack import PackRoots, load_pack
from generator.word.chart import chart_part


@pytest.mark.parametrize(
    ("kind", "values", "starts"),
    [
        ("柱形", ["91.68", "101.01"], ["0"]),  # left to itself Word starts at 86: the second column is thrice the first
        ("条形", ["91.68", "101.01"], ["0"]),
        ("柱形", ["91.68", "-3.20"], []),
        ("折线", ["91.68", "101.01"], []),
    ],
)
def test_bars_start_at_zero(kind: str, values: list[str], starts: list[str]) -> None:
    pack = load_pack("final-accounts-sichuan", PackRoots.with_own(())).value
    assert pack is not None
    part = chart_part(kind, ["2020年", "2021年"], [("收、支总计", values, [""] * len(values))], "0.00", pack.look.chart)
    assert re.findall(r'<c:min val="([^"]*)"/>', part) == starts
    assert part.index('<c:axId val="112"/><c:scaling><c:orientation val="minMax"/>') > 0
