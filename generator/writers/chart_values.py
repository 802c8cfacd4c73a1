"""What a chart shows: exact values, their number format, the words at each point. Settled before all writers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generator.document.nodes import Chart
from generator.quantity import EXACT, MONEY, MONEY_UNITS, PERCENT, POINTS, Quantity
from generator.word.number_format import formatted, is_tie, number_format


@dataclass(frozen=True, slots=True)
class ShownSeries:
    """`values`: exact decimal numbers as text, never through a float; `printed`: as the number format prints them.
    `labels`: the words at each point, or "" where Word itself writes the same from the value."""

    name: str
    values: tuple[str, ...]
    printed: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """`series` is empty when every value prints 0: the chart's `empty` words stand instead."""

    categories: tuple[str, ...]
    series: tuple[ShownSeries, ...]
    number_format: str


def shown(chart: Chart) -> Shown:
    quantities = [quantity for series in chart.series for quantity in series.values]
    form = _format(chart, {quantity.unit for quantity in quantities})
    if all(chart.style.printed_value(quantity, chart.money_unit) == 0 for quantity in quantities):
        return Shown(chart.categories, (), form)
    kept = range(len(chart.categories))
    if chart.kind == "饼形":
        kept = [index for index in kept if chart.series[0].values[index].value != 0]  # type: ignore[assignment]
    series = []
    for one in chart.series:
        numbers = [_scaled(one.values[index], chart) for index in kept]
        series.append(
            ShownSeries(
                one.name,
                tuple(f"{number:f}" for number in numbers),
                tuple(formatted(number, form) for number in numbers),
                tuple(
                    _label(one.labels[index], number, form, chart.kind)
                    for index, number in zip(kept, numbers, strict=True)
                )
                if one.labels
                else ("",) * len(numbers),
            )
        )
    return Shown(tuple(chart.categories[index] for index in kept), tuple(series), form)


def _format(chart: Chart, units: set[str]) -> str:
    """The number format of the values; "General" for counts and where units mix."""
    if units == {MONEY}:
        return number_format(chart.style.places, chart.style.zero, grouping=chart.style.grouping)
    return number_format(chart.style.percent_places) if units and units <= {PERCENT, POINTS} else "General"


def _scaled(quantity: Quantity, chart: Chart) -> Decimal:
    value = quantity.value
    if quantity.unit == MONEY:
        value = EXACT.divide(value, MONEY_UNITS[chart.money_unit])
    value = value.normalize(EXACT)
    return value if value else Decimal(0)


def _label(words: str, number: Decimal, form: str, kind: str) -> str:
    """A bar's number follows when somebody edits the data, so words of its own are left for what the format cannot
    print: another spelling («100» for 100.00), or a half that binary numbers may round the other way."""
    if kind == "饼形" or words != formatted(number, form) or is_tie(number, form):
        return words
    return ""
