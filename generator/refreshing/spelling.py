"""A number as a person types it: full width, thousands separators, other decimals, another unit, Chinese numerals.

Two spellings are the same number when their values are; a new value is written the way the person wrote the old one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from generator.quantity import MONEY_UNITS
from generator.word_file.align import Token

_PLAIN, _CAPITAL = "零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟"
_TO_PLAIN = str.maketrans(f"{_CAPITAL}〇两", f"{_PLAIN}零二")
_TO_CAPITAL = str.maketrans(_PLAIN, _CAPITAL)
_TO_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_NUMERALS = re.compile(r"[〇零一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟万亿点]+")
_SHORT = {"万": MONEY_UNITS["万元"], "亿": MONEY_UNITS["亿元"]}
_SCALES = {**MONEY_UNITS, **_SHORT}
_UNITS = sorted({*_SCALES, "%", "‰", "倍", "成", "个百分点"}, key=len, reverse=True)
_REACH = 6
_MOST = Decimal(10) ** 12
"""Chinese numerals are written up to here."""


def value_of(text: str) -> Decimal | None:
    """What a number's spelling is worth, its unit left aside; None for what is no number."""
    words = unicodedata.normalize("NFKC", text).replace(",", "")
    if _NUMERALS.fullmatch(text):
        return _read_chinese(text.translate(_TO_PLAIN))
    try:
        value = Decimal(words)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def is_number(token: Token) -> bool:
    """Words, not a marked figure, that are a number: digits, or Chinese numerals before what is counted."""
    return not token.mark and (token.text[:1].isdigit() or len(token.text) > 1) and value_of(token.text) is not None


def unit_behind(tokens: Sequence[Token], at: int) -> str:
    """The unit behind the number that stands at `at`: «万元», «%»; "" for none that changes its value."""
    behind = "".join(token.text for token in tokens[at + 1 : at + 1 + _REACH] if not token.mark)
    words = unicodedata.normalize("NFKC", behind).lstrip()
    return next((unit for unit in _UNITS if words.startswith(unit)), "")


def same_number(one: str, unit: str, other: str, other_unit: str) -> bool:
    """Equal in value: 91.68万元 and ９１６，８００.00元, 150.70% and 150.7%."""
    left, right = value_of(one), value_of(other)
    if left is None or right is None:
        return one == other
    if unit == other_unit:
        return left == right
    if unit in _SCALES and other_unit in _SCALES:
        return left * _SCALES[unit] == right * _SCALES[other_unit]
    return left == right and not (unit and other_unit)


def is_exactly(text: str, unit: str, exact: Decimal | None) -> bool:
    """Whether an amount typed in a unit of its own is the full value `exact` in 元."""
    value = value_of(text)
    return value is not None and exact is not None and unit in _SCALES and value * _SCALES[unit] == abs(exact)


def spelled(like: str, unit: str, new: str, new_unit: str, exact: Decimal | None) -> str:
    """The number printed as `new` before `new_unit`, written as the person wrote `like` before `unit`.

    `exact`: its full value, in 元 for money. The person's decimals hold where they can show the number whole; else it
    has as many as the printed one.
    """
    printed = value_of(new)
    if printed is None or value_of(like) is None or like == new:
        return new
    factor = Decimal(1)
    if unit != new_unit and unit in _SCALES and new_unit in _SCALES:
        factor = _SCALES[new_unit] / _SCALES[unit]
    shown = printed * factor
    whole = shown if exact is None else abs(exact) / _SCALES.get(unit or new_unit, Decimal(1))
    if _NUMERALS.fullmatch(like):
        return _as_chinese(shown, like, new)
    places = _places(like)
    for value in (whole, shown):
        if abs(value - shown) <= factor * Decimal(1).scaleb(-_places(new)) / 2 and value == round(value, places):
            return _dressed(value, places, like, new)
    return _dressed(shown, max(_places(format(shown.normalize(), "f")), _places(new) if factor == 1 else 0), like, new)


def _places(text: str) -> int:
    return len(unicodedata.normalize("NFKC", text).partition(".")[2])


def _dressed(value: Decimal, places: int, like: str, new: str) -> str:
    """With the person's separators, points and widths."""
    whole = re.split("[.．]", like)[0]
    long = sum(one.isdigit() for one in whole) > 3
    commas = ("," in whole or "，" in whole) if long else "," in new
    text = f"{value:,.{places}f}" if commas else f"{value:.{places}f}"
    if "，" in like:
        text = text.replace(",", "，")
    if "．" in like:
        text = text.replace(".", "．")
    return text.translate(_TO_WIDE) if "０" <= like[0] <= "９" else text


# -- Chinese numerals -------------------------------------------------------------------------------------------------
def _read_chinese(text: str) -> Decimal | None:
    """«三十六点五七», «二零二零», «九十一万六千八百»."""
    whole, point, rest = text.partition("点")
    if point and (not rest or not whole or any(one not in _PLAIN[:10] for one in rest)):
        return None
    number = _read_whole(whole)
    if number is None:
        return None
    digits = "".join(str(_PLAIN.index(one)) for one in rest)
    return Decimal(f"{number}.{digits}" if digits else number)


def _read_whole(text: str) -> int | None:
    if all(one in _PLAIN[:10] for one in text):
        return int("".join(str(_PLAIN.index(one)) for one in text)) if text else None
    total = section = 0
    digit: int | None = None
    for one in text:
        if one in _PLAIN[:10]:
            digit = _PLAIN.index(one)
        elif one in "十百千":
            section += (1 if digit is None and one == "十" else digit or 0) * 10 ** ("十百千".index(one) + 1)
            digit = None
        elif one == "万":
            total += (section + (digit or 0)) * 10**4
            section, digit = 0, None
        else:
            total = (total + section + (digit or 0)) * 10**8
            section, digit = 0, None
    return total + section + (digit or 0)


def _as_chinese(value: Decimal, like: str, new: str) -> str:
    if value >= _MOST or value < 0:
        return new
    whole, _, rest = format(value, "f").partition(".")
    if "点" not in like:
        rest = rest.rstrip("0")
    by_place = len(like) > 2 and not re.search("[十百千万亿拾佰仟]", like)
    words = "".join(_PLAIN[int(one)] for one in whole) if by_place else _write_whole(int(whole))
    if rest:
        words += "点" + "".join(_PLAIN[int(one)] for one in rest)
    if set(like) & set(_CAPITAL[1:]):
        return words.translate(_TO_CAPITAL)
    return words.replace("零", "〇") if "〇" in like else words


def _write_whole(number: int) -> str:
    if number == 0:
        return "零"
    parts: list[str] = []
    for power, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, number = divmod(number, power)
        if section:
            parts.append(("零" if parts and section < 1000 else "") + _write_section(section) + name)
    words = "".join(parts)
    return words.removeprefix("一") if words.startswith("一十") else words


def _write_section(section: int) -> str:
    words, zero = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, section = divmod(section, power)
        if digit:
            words += ("零" if zero else "") + _PLAIN[digit] + name
            zero = False
        else:
            zero = bool(words) and section > 0
    return words
