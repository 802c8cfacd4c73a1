"""Numbers with units inside running text, each with the interval that its printed digits stand for.

A printed 9.61万元 may be anything from 9.605 to 9.615: two figures contradict each other only when the intervals do not
meet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from generator.number_style import NumberStyle
from generator.quantity import MONEY, PERCENT, POINTS, Quantity

_UNITS = (
    *("个百分点", "百分点", "人次", "户次", "家次", "项次", "批次", "平方米", "公里", "元", "人", "名", "户", "家"),
    *("个", "项", "辆", "台", "件", "次", "批", "份", "分", "所", "处", "套", "篇", "期", "场", "条", "张", "吨", "%"),
)
_AMOUNT = re.compile(
    r"(?<![\d.,A-Za-z第])(\d{1,3}(?:,\d{3})+|\d{1,15})(\.\d{1,8})?(?![\d.]) ?(亿|万|千)? ?(" + "|".join(_UNITS) + ")?"
)
_RANGE = re.compile(r"\s*(?:[-~～—–－至到]\s*\d|[余多几]|左右|以[上下内]|[年月日号时周岁倍]|[/／])")
_VAGUE_BEFORE = re.compile(
    r"(?:约|近|超|超过|不低于|不少于|不超过|不高于|至少|最多|每|人均|户均|平均|[-~～—–－/／≥≤<>])\s*$"
)
_SCALE = {"亿": Decimal(10**8), "万": Decimal(10**4), "千": Decimal(1000), None: Decimal(1)}
_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Amount:
    """`low`…`high` in the base unit (元, %, 人, …); `unit` is "" for a bare number. `start`, `end`: where it stands."""

    low: Decimal
    high: Decimal
    unit: str
    text: str
    start: int
    end: int

    def with_unit_of(self, other: Amount) -> Amount:
        """«从45提高到50万元»: a bare number shares the unit of the number it is compared with."""
        if self.unit or not other.unit:
            return self
        scale = next((s for word, s in _SCALE.items() if word and word in other.text), Decimal(1))
        return Amount(self.low * scale, self.high * scale, other.unit, self.text, self.start, self.end)

    @property
    def span(self) -> Span:
        return Span(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Span:
    """An interval of possible values."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Span) -> Span:
        return Span(self.low - other.high, self.high - other.low)

    def size(self) -> Span:
        """The interval of absolute values."""
        if self.low >= 0:
            return self
        return Span(max(self.low, -self.high, Decimal(0)), max(abs(self.low), abs(self.high)))

    def percent_of(self, whole: Span) -> Span | None:
        """self ÷ whole × 100, for positive wholes."""
        if whole.low <= 0 or self.low < 0:
            return None
        return Span(self.low / whole.high * 100, self.high / whole.low * 100)

    def meets(self, other: Span) -> bool:
        """Whether one value may lie in both. A value at the upper end would have been rounded up, so it is outside."""
        return self.low == other.low or (self.low < other.high and other.low < self.high)

    @property
    def middle(self) -> Decimal:
        return (self.low + self.high) / 2


def amounts(text: str) -> list[Amount]:
    """The exact numbers of the text. Ranges, rough numbers (约、余、以上), averages, years and dates are left out."""
    found: list[Amount] = []
    for match in _AMOUNT.finditer(text):
        if _RANGE.match(text, match.end()) or _VAGUE_BEFORE.search(text, max(0, match.start() - 5), match.start()):
            continue
        digits, fraction, scale, unit = match.groups()
        value = Decimal(digits.replace(",", "") + (fraction or ""))
        if scale and not unit:
            unit = "元"  # «个人帐户收入8581.88万，»
        places = len(fraction) - 1 if fraction else 0
        exact = not scale and not fraction and unit not in (MONEY, PERCENT, POINTS)
        error = Decimal(0) if exact else _HALF.scaleb(-places)
        factor = _SCALE[scale]
        unit = POINTS if unit == "百分点" else unit or ""
        low, high = (value - error) * factor, (value + error) * factor
        found.append(Amount(low, high, unit, match[0].strip(), match.start(), match.end()))
    return found


def shown(span: Span, like: Amount) -> str:
    """A worked-out value in the unit in which the office wrote the number it is held against."""
    value, scale = span.middle, next((w for w in ("亿", "万", "千") if w in like.text), None)
    if like.unit in (MONEY, "") or scale:
        number = f"{value / _SCALE[scale]:.2f}".removesuffix(".00")
        return f"{number}{scale or ''}{like.unit}" if scale or like.unit == MONEY else _plain(value)
    if like.unit in (PERCENT, POINTS):
        return f"{value:.2f}{like.unit}"
    return _plain(value) + like.unit


def _plain(value: Decimal) -> str:
    return NumberStyle().text(Quantity(value, ""))
