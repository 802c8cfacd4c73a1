"""The data of a chart in a Word file, and whether they are what the program remembers of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from generator.border.numbers import number
from generator.word.chart import CHART_NAMESPACE
from generator.word.parts import Parts
from generator.word.read_chart import read_series
from generator.word.xml import R
from generator.word_file.paragraph import Element


def c(name: str) -> str:
    return f"{{{CHART_NAMESPACE}}}{name}"


CHART = c("chart")
"""What a drawing holds that shows a chart."""


def chart_part(parts: Parts, chart: Element | None) -> str:
    """The part that a c:chart of a drawing points to, or ""."""
    if chart is None:
        return ""
    wanted = chart.get(f"{{{R}}}id")
    found = (one.target for one in parts.relations(parts.document) if one.identifier == wanted)
    return next((target for target in found if target in parts.xml), "")


def chart_rows(tree: Element) -> list[list[str]]:
    """Names and exact values."""
    series = read_series(tree)
    if not series:
        return []
    head = ["", *(one.name for one in series)]
    names = enumerate(series[0].categories)
    return [head, *([name, *(s.values[n] if n < len(s.values) else "" for s in series)] for n, name in names)]


def same_rows(one: Sequence[Sequence[str]], other: Sequence[str]) -> bool:
    """Exact values against what the program remembers of them as printed: 91.6843 is 91.68."""
    rows = [row.split("\t") for row in other]
    return len(one) == len(rows) and all(
        len(left) == len(right) and all(map(_equal, left, right)) for left, right in zip(one, rows, strict=True)
    )


def _equal(exact: str, printed: str) -> bool:
    """Within half a last digit, and what programs add that write 91.005 as 91.00500000000001."""
    if exact == printed:
        return True
    drawn, stored = number(printed.replace(",", "")), number(exact)
    return drawn is not None and stored is not None and abs(stored - drawn) <= _half(drawn)


def _half(drawn: Decimal) -> Decimal:
    return Decimal(1).scaleb(int(drawn.as_tuple().exponent)) / 2 + Decimal("0.000001")
