"""Numbers that the program gives: headings, numbered paragraphs, captions.

A format holds one placeholder: {一} Chinese numerals, {1} Arabic. «第{一}部分 » with 3 gives «第三部分 ».
"""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """1–9999 as 一, 十, 十一, 二十, 一百零五."""
    if not 0 < number < 10000:
        raise ValueError(f"编号超出范围：{number}")
    units = ("", "十", "百", "千")
    digits = str(number)
    text, zero = "", False
    for position, digit in enumerate(digits):
        unit = units[len(digits) - position - 1]
        if digit == "0":
            zero = bool(text)
            continue
        if zero:
            text += "零"
            zero = False
        text += _DIGITS[int(digit)] + unit
    return text[1:] if text.startswith("一十") else text


def formatted(pattern: str, number: int) -> str:
    """`pattern` with its placeholder filled in."""
    return pattern.replace("{一}", chinese_number(number)).replace("{1}", str(number))


class Counters:
    """One counter a heading level and number format; a heading starts the deeper levels anew.

    附件1 behind 第三部分 is the first of its own kind, though both stand on one level.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, str], int] = {}

    def next(self, level: int, pattern: str) -> str:
        """The number of the next heading, in the format `pattern`."""
        self._numbers = {key: number for key, number in self._numbers.items() if key[0] <= level}
        number = self._numbers[level, pattern] = self._numbers.get((level, pattern), 0) + 1
        return formatted(pattern, number)
