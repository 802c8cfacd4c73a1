"""How many lines a text takes in a given width: widths of characters, and where a Chinese line may end.

Widths are in em. Chinese characters and their punctuation are one em wide; Latin ones have the widths of Times New
Roman, which Liberation Serif shares, or half an em in Chinese faces.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

NOT_FIRST = frozenset(
    "!%),.:;?]}¢°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
)
NOT_LAST = frozenset("$([{£¥‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥")

_TIMES = {
    " ": 0.25, "!": 0.333, '"': 0.408, "#": 0.5, "$": 0.5, "%": 0.833, "&": 0.778, "'": 0.18, "(": 0.333, ")": 0.333,
    "*": 0.5, "+": 0.564, ",": 0.25, "-": 0.333, ".": 0.25, "/": 0.278, ":": 0.278, ";": 0.278, "<": 0.564, "=": 0.564,
    ">": 0.564, "?": 0.444, "@": 0.921, "[": 0.333, "\\": 0.278, "]": 0.333, "^": 0.469, "_": 0.5, "`": 0.333,
    "{": 0.48, "|": 0.2, "}": 0.48, "~": 0.541, **dict.fromkeys("0123456789", 0.5),
    **dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (
        0.722, 0.667, 0.667, 0.722, 0.611, 0.556, 0.722, 0.722, 0.333, 0.389, 0.722, 0.611, 0.889, 0.722, 0.722, 0.556,
        0.722, 0.667, 0.556, 0.611, 0.722, 0.722, 0.944, 0.722, 0.722, 0.611), strict=True)),
    **dict(zip("abcdefghijklmnopqrstuvwxyz", (
        0.444, 0.5, 0.444, 0.5, 0.444, 0.333, 0.5, 0.5, 0.278, 0.278, 0.5, 0.278, 0.778, 0.5, 0.5, 0.5, 0.5, 0.333,
        0.389, 0.278, 0.5, 0.5, 0.722, 0.5, 0.5, 0.444), strict=True)),
}  # fmt: skip
_GAP = "\x01"
"""Stands where Chinese and Latin text meet: both Word and LibreOffice leave a little room there."""
_MEETING = re.compile(r"(?<=[㐀-鿿])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[㐀-鿿])")


class Widths(dict[str, float]):
    """Advance of each character of one style, in twips; what is not listed is a Chinese character."""

    def __init__(self, em: float, spacing: float, *, times: bool = True) -> None:
        """`em`: font size; `spacing`: added after each character; `times`: Latin letters are Times New Roman."""
        super().__init__({char: width * em + spacing for char, width in _TIMES.items()})
        if not times:
            self.update(dict.fromkeys(_TIMES, em / 2 + spacing))
        self[_GAP] = em / 4 + spacing
        self._wide = em + spacing

    def __missing__(self, _char: str) -> float:
        return self._wide


def broken(text: str, widths: Widths, width: float, first_indent: float = 0) -> list[str]:
    """The lines of a paragraph; `\\n` in `text` is a line break. An empty paragraph has one line."""
    lines: list[str] = []
    for number, part in enumerate(text.split("\n")):
        lines += _broken_part(part, widths, width, 0 if number else first_indent)
    return lines


def _broken_part(text: str, widths: Widths, width: float, first_indent: float) -> list[str]:
    text = _MEETING.sub(_GAP, text)
    ends = list(accumulate(map(widths.__getitem__, text)))
    lines, start, room = [], 0, width - first_indent
    while ends and ends[-1] - (passed := ends[start - 1] if start else 0) > room + 0.5:
        end = _break_before(text, bisect_right(ends, passed + room + 0.5), start)
        lines.append(text[start:end].replace(_GAP, ""))
        start, room = end, width
        while start < len(text) and text[start] in (_GAP, " "):
            start += 1
        if start == len(text):
            return lines
    lines.append(text[start:].replace(_GAP, ""))
    return lines


def _break_before(text: str, fits: int, start: int) -> int:
    """The last place up to `fits` where the line may end; `fits` itself when there is none."""
    for spot in range(fits, start, -1):
        if _may_break(text, spot):
            return spot
    return max(fits, start + 1)


def _may_break(text: str, spot: int) -> bool:
    before, after = text[spot - 1], text[spot]
    if before == _GAP:
        return False
    if after == _GAP:
        return True
    if after in NOT_FIRST or before in NOT_LAST:
        return False
    if before in _TIMES and after in _TIMES:
        return before == " " or after == " " or (before == "-" and after.isalpha())
    return True
