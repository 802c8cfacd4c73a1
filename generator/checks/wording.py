"""Slips of typing in an office's text: brackets, repeated words, debris, instructions of the form, document numbers,
words that contradict the sign behind them, private numbers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.checks.personal_numbers import PHONE, personal_numbers
from generator.checks.remark import Remark
from generator.patterns import in_turn

# -- brackets and quotes ----------------------------------------------------------------------------------------------

_OPENING = {
    "（": "）",
    "《": "》",
    "〈": "〉",
    "〔": "〕",
    "【": "】",
    "“": "”",
    "‘": "’",
    "[": "]",
    "「": "」",
    "『": "』",
}
_SAME = {"(": "（", ")": "）", "［": "[", "］": "]"}
_CLOSING = {closing: opening for opening, closing in _OPENING.items()}
_NO_PAIR = re.compile(
    r"[\[(（［]\s*\d+(?:\.\d+)?%?\s*[,，、]\s*\d+(?:\.\d+)?%?\s*[\])）］]"  # an interval: [80，90）
    r"|(?<![^\s，,；;。：:、])(?:\d{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3})[)）]"  # an item: 1）
    r"|(?<=[A-Za-z])’(?=[A-Za-z])|(?<=\d)[’”](?!\w)"  # apostrophe, minutes, inches
)
_BRACKET = re.compile("[" + re.escape("".join((*_OPENING, *_CLOSING, *_SAME))) + "]")


def bracket_remarks(text: str) -> Iterator[Remark]:
    """C010: brackets and quotes without their other half, over the whole text."""
    plain = _NO_PAIR.sub(lambda m: " " * len(m[0]), text)
    opened: list[re.Match[str]] = []
    lonely: list[re.Match[str]] = []
    for match in _BRACKET.finditer(plain):
        sign = _SAME.get(match[0], match[0])
        if sign in _OPENING:
            opened.append(match)
        elif opened and _SAME.get(opened[-1][0], opened[-1][0]) == _CLOSING[sign]:
            opened.pop()
        else:
            lonely.append(match)
    if lonely or opened:
        first = min((*lonely, *opened), key=lambda m: m.start())
        yield Remark("C010", sign=first[0], near=excerpt(text, first.start()))


def excerpt(text: str, position: int, length: int = 0, around: int = 10) -> str:
    """The words around a place, on one line."""
    begin, end = max(0, position - around), min(len(text), position + length + around)
    words = " ".join(text[begin:end].split())
    return f"{'…' if begin else ''}{words}{'…' if end < len(text) else ''}"


# -- repeated words and marks -----------------------------------------------------------------------------------------

_TWICE = re.compile(r"([\u4e00-\u9fff]{2,8})\1")
_LEGITIMATE = frozenset(
    (
        *(
            "研究",
            "讨论",
            "商量",
            "一个",
            "一步",
            "一次",
            "一户",
            "一家",
            "一件",
            "一项",
            "一条",
            "一点",
            "一层",
            "一批",
        ),
        *(
            "逐个",
            "逐项",
            "许多",
            "很多",
            "非常",
            "千万",
            "刚刚",
            "往往",
            "常常",
            "渐渐",
            "仅仅",
            "稍稍",
            "时时",
            "事事",
        ),
    )
)
_LONGER_WORD = re.compile(r"值|名称|类别|性质|负责|编号|代码|人|者|员|生|部|局|处|科")
_SINGLE = re.compile(
    r"(?<![目标])的的(?!确)|了了(?![解结却然])|们们|我我|(?<!.)是是(?![否非])|[^\S\n]*(?<![和与])和和(?![谐平睦美解])"
)
_MARKS = re.compile(r"([，。；：、])[\s\u3000]*(?:\1|[，。；：、])")


def repetition_remarks(line: str) -> Iterator[Remark]:
    """C011 doubled words, C012 doubled punctuation."""
    for match in _TWICE.finditer(line):
        word = match[1]
        if word in _LEGITIMATE or len(set(word)) == 1 or (len(word) == 2 and _LONGER_WORD.match(line, match.end())):
            continue
        yield Remark("C011", word=match[0], near=excerpt(line, match.start(), len(match[0])))
    for match in _SINGLE.finditer(line):
        yield Remark("C011", word=match[0].strip(), near=excerpt(line, match.start(), len(match[0])))
    for match in _MARKS.finditer(line):
        yield Remark("C012", marks=match[0], near=excerpt(line, match.start(), len(match[0])))


# -- debris -----------------------------------------------------------------------------------------------------------

_HAN = "\u4e00-\u9fff，。、；：（）“”《》"
_DEBRIS = re.compile(
    rf"(?<![A-Za-z0-9_])(?:null|NULL|NaN|nan|undefined|#REF!|#DIV/0!|#N/A|#VALUE!|#NAME\?|#NULL!)(?![A-Za-z0-9_])"
    rf"|(?<=[{_HAN}])[ \u3000]?(?:and|or|the|None|True|False)[ \u3000]?(?=[{_HAN}]|$)"
    r"|(?<!\*)\*\*(?!\*)|&nbsp;|&amp;|&lt;|&gt;|<br ?/?>|</?(?:p|div|span|b)>|\ufffd|锟斤拷|烫烫烫"
)


def debris_remarks(line: str) -> Iterator[Remark]:
    """C013: what programs and copying leave behind."""
    for match in _DEBRIS.finditer(line):
        yield Remark("C013", word=match[0].strip(), near=excerpt(line, match.start(), len(match[0])))


@dataclass(frozen=True, slots=True)
class FormWords:
    """What a form says to its reader and nobody prints: the patterns of a pack's texts.yaml; «……» stands for words."""

    pattern: re.Pattern[str] | None = None

    @classmethod
    def of(cls, patterns: Mapping[str, object]) -> FormWords:
        """Joined into one expression. «……» reaches no further than 80 characters and never over brackets or 。."""
        numbers = itertools.count()
        forms = (str(pattern).split("……") for pattern in patterns)
        sources = [in_turn(pieces, "[^（）()。\n]{0,80}?", numbers) for pieces in forms if any(pieces)]
        return cls(re.compile("|".join(sources))) if sources else cls()

    def remarks(self, line: str) -> Iterator[Remark]:
        """C014."""
        for match in self.pattern.finditer(line) if self.pattern else ():
            yield Remark("C014", words=match[0])


# -- wording ----------------------------------------------------------------------------------------------------------

_NUMBERED = re.compile(r"[\u4e00-\u9fff]{2}[【\[［（(]((?:19|20)\d\d)[】\]］）)]\s*第?(\d{1,5})\s*号")
_CHANGE = "增长|增加|提高|上升|提升|下降|减少|降低|压减|回落"
_NEGATIVE = re.compile(
    rf"(?:{_CHANGE})(?:了|约)?(?:[（(](?:{_CHANGE})[)）])?\s*([-－−]\s*\d+(?:\.\d+)?)\s*(%|％|个百分点|[万亿]?元)?"
)
_RISES, _FALLS = "增长|增加|提高|上升", "下降|减少|降低"
_BOTH = re.compile(
    rf"(?:{_RISES})(?:\((?:{_FALLS})\)|[/／](?:{_FALLS}))|(?:上升|提高)（(?:{_FALLS})）"
    rf"|(?:{_FALLS})(?:\((?:{_RISES})\)|[/／](?:{_RISES})|（(?:上升|提高|增加)）)"
)
"""Spellings that the reader of input does not already report as left over (I050)."""


def wording_remarks(line: str) -> Iterator[Remark]:
    """C015 document numbers, C016 a minus behind a word of direction, C017 both directions, C034 截止."""
    for match in _NUMBERED.finditer(line):
        yield Remark("C015", written=match[0][2:], year=match[1], number=match[2])
    for match in _NEGATIVE.finditer(line):
        number = match[1].lstrip("-－− ") + (match[2] or "")
        yield Remark("C016", words=match[0], number=number)
    for match in _BOTH.finditer(line):
        yield Remark("C017", words=match[0])
    for match in _UNTIL.finditer(line):
        yield Remark("C030", words=match[0], right=f"截至{match[1]}")


_UNTIL = re.compile(
    r"截止至?\s*((?:20\d\d年|今年|本年|上年|\d{1,2}月|年[末底]|目前|[前三一二四]*季度)[^，。；、\s]{0,6})"
)

# -- private numbers --------------------------------------------------------------------------------------------------


def privacy_remarks(line: str) -> Iterator[Remark]:
    """C031; the finding itself shows the number masked."""
    for one in personal_numbers(line):
        if one.kind != PHONE:
            yield Remark("C031", what=one.kind, masked=f"{one.text[:3]}……{one.text[-2:]}")
