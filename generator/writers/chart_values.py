"""What a chart shows: scaled, rounded, without the zero slices of a pie. Settled before all writers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generator.document.nodes import Chart
from generator.quantity import EXACT, MONEY, MONEY_UNITS, PERCENT, POINTS, Quantity, rounded


@dataclass(frozen=True, slots=True)
class ShownSeries:
    name: str
    values: tuple[str, ...]
    """Decimal numbers as text; never rounded through a float."""


@dataclass(frozen=True, slots=True)
class Shown:
    """`series` is empty when every value is zero: the chart's `empty` words stand instead."""

    categories: tuple[str, ...]
    series: tuple[ShownSeries, ...]
    decimals: int


def shown(chart: Chart) -> Shown:
    quantities = [quantity for series in chart.series for quantity in series.values]
    fixed = all(quantity.unit in (MONEY, PERCENT, POINTS) for quantity in quantities)
    decimals = chart.places if fixed else 0
    if all(quantity.value == 0 for quantity in quantities):
        return Shown(chart.categories, (), decimals)
    kept = range(len(chart.categories))
    if chart.kind == "饼形":
        kept = [index for index in kept if chart.series[0].values[index].value != 0]  # type: ignore[assignment]
    series = tuple(
        ShownSeries(one.name, tuple(_number(one.values[index], chart) for index in kept)) for one in chart.series
    )
    return Shown(tuple(chart.categories[index] for index in kept), series, decimals)


def _number(quantity: Quantity, chart: Chart) -> str:
    value: Decimal = quantity.value
    if quantity.unit == MONEY:
        value = EXACT.divide(value, MONEY_UNITS[chart.money_unit])
    if quantity.unit in (MONEY, PERCENT, POINTS):
        return f"{rounded(value, chart.places):f}"
    return f"{value:f}"
