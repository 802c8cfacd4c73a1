"""The digits that a cell stores and its number format → the text that a person would have typed.

Fifteen significant digits are what Excel itself shows: 36.57000000000001 is 36.57, and no float is ever made.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

_SHOWN = Context(prec=15, rounding=ROUND_HALF_UP)
_SMALLEST = Decimal("1e-10")
"""One 分 in 亿元; what is smaller is the residue of binary arithmetic (0.1+0.2-0.3 is stored as 5.5E-17)."""

_PERCENT_IDS = frozenset((9, 10))
_DATE_IDS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Built-in number formats (ISO/IEC 29500-1, 18.8.30); 27–36 and 50–58 are dates in Chinese Excel."""
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


def kind_of_format(number: int, code: str) -> str:
    """What a number format makes of a number: "percent", "date" or "". `code` is "" for a built-in one."""
    if code:
        shown = _NOT_SHOWN.sub("", code.split(";", maxsplit=1)[0])
        if "%" in shown:
            return "percent"
        return "date" if re.search(r"[ymdhsYMDHS]", shown) and not re.search(r"[0#?]", shown) else ""
    return "percent" if number in _PERCENT_IDS else "date" if number in _DATE_IDS else ""


def number_text(stored: str, kind: str, first_day: date) -> str:
    """`kind` as `kind_of_format` gives it; `first_day` is the day that the workbook counts as 0."""
    whole, point, decimals = stored.partition(".")
    if not kind and len(stored) <= 15 and len(decimals) <= 10 and (whole + decimals).isdigit() and stored.isascii():
        if not point:
            return stored.lstrip("0") or "0"
        return f"{whole.lstrip('0') or '0'}.{decimals}".rstrip("0").rstrip(".")
    try:
        number = Decimal(stored)
    except InvalidOperation:
        return stored
    if not number.is_finite() or abs(number.adjusted()) > 40:
        return stored if number else "0"
    number = _SHOWN.plus(number)
    if kind == "date":
        shown = _day(number, first_day)
        if shown:
            return shown
    if kind == "percent":
        number = _SHOWN.multiply(number, Decimal(100))
    return _plain(number) + ("%" if kind == "percent" else "")


def _plain(number: Decimal) -> str:
    if abs(number) < Decimal(10) ** 15 and number != number.to_integral_value():
        number = number.quantize(_SMALLEST, ROUND_HALF_UP, _WIDE) if _exponent(number) < -10 else number
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


_WIDE = Context(prec=60)


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _day(serial: Decimal, first_day: date) -> str:
    """The stored number of days as 2021-10-26, with 14:30:00 behind it when it has a time."""
    if not 0 <= serial < 2_958_466:
        return ""
    days = int(serial)
    seconds = int(((serial - days) * 86400).to_integral_value(ROUND_HALF_UP))
    if seconds == 86400:
        days, seconds = days + 1, 0
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if days == 0:
        return clock
    if days < 60 and first_day.year == 1899:
        days += 1  # Excel believes in 29 February 1900
    day = (first_day + timedelta(days)).isoformat()
    return f"{day} {clock}" if seconds else day
