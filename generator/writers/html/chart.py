"""Charts as SVG: drawn by attributes alone, with a title and a description for readers who cannot see them.

Lengths are whole units of a drawing 720 wide. Values stand at the bars, so there is no axis to read them from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from itertools import accumulate
from math import cos, pi, sin

from generator.document.nodes import Chart
from generator.word.look import ChartLook
from generator.word.xml import printable
from generator.writers.chart_values import Shown, ShownSeries
from generator.writers.html.inline import words

WIDTH = 720
_SIZE, _LINE = 20, 27
_HEIGHT, _TOP = 250, 36
_ROW = 30


def chart_svg(chart: Chart, data: Shown, look: ChartLook, number: int) -> str:
    """`number`: the chart's place in the document, for names that are unique in it."""
    draw = {"饼形": _pie, "折线": _lines, "条形": _lying}.get(chart.kind, _standing)
    colours = [
        f"#{look.colours[index % len(look.colours)]}" for index in range(len(data.categories) + len(data.series))
    ]
    drawn, height = draw(data, colours)
    name, told = f"c{number}t", f"c{number}d"
    return (
        f'<svg role="img" aria-labelledby="{name} {told}" viewBox="0 0 {WIDTH} {height}" font-size="{_SIZE}" '
        f'font-family="Microsoft YaHei,PingFang SC,Noto Sans CJK SC,sans-serif" fill="#000">'
        f'<title id="{name}">{words(chart.name)}</title><desc id="{told}">{words(chart.alt)}</desc>{drawn}</svg>'
    )


# -- bars and lines ---------------------------------------------------------------------------------------------------
def _standing(data: Shown, colours: Sequence[str]) -> tuple[str, int]:
    scale, zero = _scale(data.series, _HEIGHT)
    slot = WIDTH // len(data.categories)
    bar = min(slot * 3 // (4 * len(data.series)), 90)
    out = []
    for at, values in enumerate(_by_category(data.series)):
        left = at * slot + (slot - bar * len(values)) // 2
        for index, (value, label) in enumerate(values):
            length = _whole(abs(value) * scale)
            top = _TOP + zero - (length if value > 0 else 0)
            x = left + index * bar
            out.append(f'<rect x="{x}" y="{top}" width="{bar - 2}" height="{length}" fill="{colours[index]}"/>')
            size = _fitting(label, slot // len(values))
            under = top + length + _SIZE if value < 0 else top - 6
            out.append(_text(x + bar // 2 - 1, under, label, size))
    names, height = _names(data.categories, slot, _TOP + _HEIGHT + _LINE)
    line = f'<path d="M0 {_TOP + zero}H{WIDTH}" stroke="#808080"/>'
    key, height = _key(data.series, colours, height)
    return "".join((*out, line, names, key)), height


def _lying(data: Shown, colours: Sequence[str]) -> tuple[str, int]:
    side = min(max(_width(name) for name in data.categories) + 10, 260)
    room = max(_width(label) for one in data.series for label in _labels(one)) + 12
    below = room if _least(data.series) else 0
    scale, _ = _scale(data.series, WIDTH - side - room - below)
    start = side + below + _whole(_least(data.series) * scale)
    out, y = [], 10
    for name, values in zip(data.categories, _by_category(data.series), strict=True):
        lines = _wrapped(name, side - 10)
        tall = max(_ROW * len(values), _LINE * len(lines))
        for index, line in enumerate(lines):
            middle = y + tall // 2 + 7 - (len(lines) - 1) * _LINE // 2 + index * _LINE
            out.append(_text(side - 10, middle, line, _SIZE, "end"))
        for index, (value, label) in enumerate(values):
            length, top = _whole(abs(value) * scale), y + (tall - _ROW * len(values)) // 2 + index * _ROW
            left = start - (length if value < 0 else 0)
            out.append(f'<rect x="{left}" y="{top}" width="{length}" height="{_ROW - 4}" fill="{colours[index]}"/>')
            beside = left - 6 if value < 0 else left + length + 6
            out.append(_text(beside, top + 20, label, _SIZE, "end" if value < 0 else "start"))
        y += tall + 10
    line = f'<path d="M{start} 4V{y}" stroke="#808080"/>'
    key, height = _key(data.series, colours, y + _LINE)
    return "".join((*out, line, key)), height


def _lines(data: Shown, colours: Sequence[str]) -> tuple[str, int]:
    scale, zero = _scale(data.series, _HEIGHT)
    slot = WIDTH // len(data.categories)
    out = []
    for index, one in enumerate(data.series):
        points = [
            (at * slot + slot // 2, _TOP + zero - _whole(Decimal(value) * scale)) for at, value in enumerate(one.values)
        ]
        path = " ".join(f"{x},{y}" for x, y in points)
        out.append(f'<polyline points="{path}" fill="none" stroke="{colours[index]}" stroke-width="3"/>')
        for (x, y), label in zip(points, _labels(one), strict=True):
            out.append(f'<circle cx="{x}" cy="{y}" r="4" fill="{colours[index]}"/>')
            out.append(_text(x, y - 9, label, _fitting(label, slot)))
    names, height = _names(data.categories, slot, _TOP + _HEIGHT + _LINE)
    line = f'<path d="M0 {_TOP + zero}H{WIDTH}" stroke="#808080"/>'
    key, height = _key(data.series, colours, height)
    return "".join((*out, line, names, key)), height


def _least(series: Sequence[ShownSeries]) -> Decimal:
    """How far the values go below 0."""
    return max(-min(Decimal(value) for one in series for value in one.values), Decimal(0))


def _scale(series: Sequence[ShownSeries], room: int) -> tuple[Decimal, int]:
    """Units of the drawing for one unit of the values, and how far the line of 0 lies from the upper end."""
    most = max((Decimal(0), *(Decimal(value) for one in series for value in one.values)))
    scale = room / (most + _least(series))
    return scale, _whole(most * scale)


def _by_category(series: Sequence[ShownSeries]) -> Iterator[list[tuple[Decimal, str]]]:
    labels = [_labels(one) for one in series]
    for at in range(len(series[0].values)):
        yield [(Decimal(one.values[at]), label[at]) for one, label in zip(series, labels, strict=True)]


def _labels(one: ShownSeries) -> list[str]:
    return [label or printed for label, printed in zip(one.labels, one.printed, strict=True)]


def _names(categories: Sequence[str], slot: int, y: int) -> tuple[str, int]:
    wrapped = [_wrapped(name, slot - 6) for name in categories]
    out = [
        _text(at * slot + slot // 2, y + row * _LINE, line, _SIZE)
        for at, lines in enumerate(wrapped)
        for row, line in enumerate(lines)
    ]
    return "".join(out), y + _LINE * max(len(lines) for lines in wrapped)


def _key(series: Sequence[ShownSeries], colours: Sequence[str], y: int) -> tuple[str, int]:
    """The names of the series; of one alone the caption speaks."""
    if len(series) == 1:
        return "", y
    widths = [_width(one.name) + 50 for one in series]
    x, out = (WIDTH - sum(widths)) // 2, []
    for left, one, colour in zip(accumulate(widths, initial=x), series, colours, strict=False):
        out.append(f'<rect x="{left}" y="{y - 6}" width="16" height="16" fill="{colour}"/>')
        out.append(_text(left + 24, y + 9, one.name, _SIZE, "start"))
    return "".join(out), y + _LINE


# -- pies -------------------------------------------------------------------------------------------------------------
def _pie(data: Shown, colours: Sequence[str]) -> tuple[str, int]:
    """The names stand beside the pie with their shares, in its order: none can lie over another."""
    one = data.series[0]
    values = [abs(Decimal(value)) for value in one.values]
    total = sum(values, Decimal(0))
    out, radius, x, y = [], 120, 150, 140
    turned = Decimal(0)
    for value, colour in zip(values, colours, strict=False):
        begin, turned = turned, turned + value / total
        if value == total:
            out.append(f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{colour}"/>')
        elif value:
            large = int(value * 2 > total)
            (x1, y1), (x2, y2) = (_edge(part, x, y, radius) for part in (begin, turned))
            path = f"M{x} {y}L{x1} {y1}A{radius} {radius} 0 {large} 1 {x2} {y2}Z"
            out.append(f'<path d="{path}" fill="{colour}" stroke="#fff" stroke-width="2"/>')
    labels = [label or _share(value, total) for label, value in zip(one.labels, values, strict=True)]
    row = 26
    for name, label, colour in zip(data.categories, labels, colours, strict=False):
        lines = _wrapped(f"{name}　{label}", WIDTH - 346)
        out.append(f'<rect x="310" y="{row - 15}" width="16" height="16" fill="{colour}"/>')
        out += [_text(336, row + at * _LINE, line, _SIZE, "start") for at, line in enumerate(lines)]
        row += _LINE * len(lines) + 6
    return "".join(out), max(280, row)


def _edge(part: Decimal, x: int, y: int, radius: int) -> tuple[str, str]:
    """A point of the circle, clockwise from above."""
    angle = 2 * pi * float(part)  # an angle of a drawing, no amount
    return f"{x + radius * sin(angle):.1f}", f"{y - radius * cos(angle):.1f}"


def _share(value: Decimal, total: Decimal) -> str:
    """As Word works it out in a pie whose shares the text does not print."""
    return f"{(100 * value / total).quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


# -- words ------------------------------------------------------------------------------------------------------------
def _text(x: int, y: int, text: str, size: int, anchor: str = "middle") -> str:
    small = f' font-size="{size}"' if size != _SIZE else ""
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{x}" y="{y}"{where}{small}>{words(text)}</text>'


def _width(text: str) -> int:
    return sum(_SIZE if ord(sign) > 0x2E7F else 12 for sign in text)


def _fitting(text: str, room: int) -> int:
    """The size at which words fit, never below what can be read."""
    return max(min(_SIZE, _SIZE * room // max(_width(text), 1)), 13)


def _wrapped(text: str, room: int) -> list[str]:
    lines = [""]
    for sign in printable(text).replace("\n", ""):
        if lines[-1] and _width(lines[-1] + sign) > room:
            lines.append("")
        lines[-1] += sign
    return lines


def _whole(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_HALF_EVEN))
