"""Years as people write them in a text: 2018年, ２０１８年, 2018-2019年, 2018.12.31, 二〇一八年, 18年度.

Left out are years that belong to a name and stay what they are: titles in 《》, document numbers (〔2018〕12号,
2018年第3号), editions (2018年版), the dates of laws (2018年12月29日修正), the spans of plans (2016—2020年规划).
Which of the others belong into a report is for the callers to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WIDE = {ord("０") + n: ord("0") + n for n in range(10)}
"""One character for one, so that positions stay."""

_Y = r"(?:19|20)\d{2}"
_DAY = r"\d{1,2}\s*月\s*\d{1,2}\s*日"
_MADE = "修正|修订|公布|颁布|发布|印发|通过|批准|施行|起施行|起实施|生效|实施"
_SPAN = r"\s*(?:[-－—–―~～至到]|——)\s*"
_EXEMPT = re.compile(
    r"《[^》]*》"
    r"|〔[^〕]*〕|\[\d{4}\]|［\d{4}］|【\d{4}】|（\d{4}）|\(\d{4}\)"
    rf"|{_Y}\s*年\s*第\s*[\d一二三四五六七八九十百]+\s*(?:次?[^\s。，；]{{0,4}}号|号)"
    rf"|{_Y}\s*年?\s*(?:修订|修正)?(?:版|本(?=[）)]))"
    rf"|{_Y}\s*年\s*(?:修正|修订)"
    rf"|{_Y}\s*年\s*{_DAY}\s*(?:经|由|起|第?[^。；\n]{{0,24}}?(?:会议|人大|常委会|国务院)[^。；\n]{{0,12}}?)?\s*(?:{_MADE})"
    rf"|{_Y}\s*年?{_SPAN}{_Y}\s*年?[）)]?(?:(?!完成|编制|实施|制定|执行|落实)[^\s。，；、]){{0,8}}?(?:规划|行动计划|行动方案|纲要)"
    rf"|(?<=规划|计划|方案|纲要)[（(]\s*{_Y}\s*年?{_SPAN}{_Y}\s*年?\s*[）)]"
)
_LIST = re.compile(rf"(?<![\d.])({_Y}(?:\s*年?度?\s*(?:[-－—–―~～至到、和及与或，,/]|——)\s*{_Y})*)(?=\s*年)")
_DATE = re.compile(
    rf"(?<![\d.\-/])({_Y})(?:\s*[.．]\s*\d{{1,2}}\s*[.．]|\s*/\s*\d{{1,2}}(?![\d])|\s*[-－]\s*\d{{1,2}}\s*[-－]\s*\d{{1,2}}(?!\d))"
)
_MONTH = re.compile(
    rf"(?<![\d.\-/,，])({_Y})[.．](?:0[1-9]|1[0-2])(?=月|[至到止底末起前后—－-]|[。；，、）)]|\s*$)", re.M
)
_DIGITS = dict(zip("〇○零一二三四五六七八九", "000123456789", strict=True))
_CHINESE = re.compile(r"(?<![〇○零一二三四五六七八九十百])([二一][〇○零一二三四五六七八九]{3})(?=\s*年)")
_SHORT = re.compile(r"(?<![\d.第近共前后满计月十—－-])([123]\d)(?=\s*年度)")
_SENTENCE = re.compile(r"[^。；\n]*(?:[。；\n]|$)")


@dataclass(frozen=True, slots=True)
class YearMention:
    """`start`, `end`: where the year's own digits stand in the text."""

    year: int
    start: int
    end: int


def year_mentions(text: str) -> tuple[YearMention, ...]:
    """Every year that the text itself speaks of, in the order of the text."""
    plain = _without_names(text.translate(_WIDE))
    found: dict[int, YearMention] = {}
    for run in _LIST.finditer(plain):
        for one in re.finditer(_Y, run[1]):
            start = run.start(1) + one.start()
            found[start] = YearMention(int(one[0]), start, start + 4)
    for pattern in (_DATE, _MONTH):
        for one in pattern.finditer(plain):
            found.setdefault(one.start(1), YearMention(int(one[1]), one.start(1), one.end(1)))
    for one in _CHINESE.finditer(plain):
        year = int("".join(_DIGITS[digit] for digit in one[1]))
        if 1900 <= year < 2100:
            found[one.start(1)] = YearMention(year, one.start(1), one.end(1))
    for one in _SHORT.finditer(plain):
        found[one.start(1)] = YearMention(2000 + int(one[1]), one.start(1), one.end(1))
    return tuple(found[start] for start in sorted(found))


def sentence_around(text: str, position: int, most: int = 30) -> str:
    """The sentence in which `position` stands, shortened to what surrounds it."""
    for match in _SENTENCE.finditer(text):
        if match.start() <= position < match.end():
            sentence = match[0].rstrip("。；\n")
            if len(sentence) <= most:
                return sentence.strip()
            begin = max(0, min(position - match.start() - most // 3, len(sentence) - most))
            cut = sentence[begin : begin + most].strip()
            return f"{'……' if begin else ''}{cut}{'……' if begin + most < len(sentence) else ''}"
    return ""


def _without_names(text: str) -> str:
    """The same text with the years of names blanked out, position for position."""
    return _EXEMPT.sub(lambda match: "□" * len(match[0]), text)
