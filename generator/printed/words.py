"""Small questions to labels, asked thousands of times: without patterns, which cost more to compile than to answer."""

from __future__ import annotations

from collections.abc import Iterable

_CHINESE = "一二三四五六七八九十百"
_DIGITS = "0123456789"
_AFTER = "、.．"
_TOTALS = ("合计", "总计", "小计", "总额", "共计")


def numbering(text: str) -> int:
    """How many characters of numbering a line begins with: «一、», «（二）», «3.», «第四部分»; 0 for «1.5亿元»."""
    if text[:1] in ("（", "("):
        end = max(text.find("）", 0, 6), text.find(")", 0, 6))
        inside = text[1:end]
        return end + 1 if end > 1 and not (inside.strip(_CHINESE) and inside.strip(_DIGITS)) else 0
    if text.startswith("第"):
        for mark in ("部分", "章", "节"):
            at = text.find(mark, 2, 8)
            if at > 0 and not text[1:at].strip(_CHINESE):
                return at + len(mark)
    for signs in (_CHINESE, _DIGITS):
        length = len(text) - len(text.lstrip(signs))
        if length and text[length : length + 1] in _AFTER and text[length : length + 1]:
            return 0 if signs == _DIGITS and text[length + 1 : length + 2].isdigit() else length + 1
    return 0


def unnumbered(text: str) -> str:
    return text[numbering(text) :].lstrip()


def is_total(label: str) -> bool:
    return label.endswith(_TOTALS)


def has(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words)
