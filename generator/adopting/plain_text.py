"""Text as it is compared: width, blanks and signs made alike, each character with the place from which it came; and the
clauses of such a text, with the numbers in them.

A pattern is such a text, too: one character of a private plane stands for each of its slots (`grammar`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

NUMBER_SLOTS, TEXT_SLOTS = 0xE000, 0xF0000
"""The first characters that stand for a number or a year, and for words, in a pattern."""
_SAME = str.maketrans(
    {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？", "〝": "“", "〞": "”"}
)
_DROPPED = "*#_`"
"""Marks of plain-text files; a Word file has them nowhere in its sentences."""
MONEY = "亿元|万元|千元|元|[万亿](?=[，。；、：（）]|$)"
NUMBER = r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?"
_TOKEN = re.compile(
    rf"(?P<year>(?<!\d)(?:20\d\d|[\ue000-\uf8ff])(?=年))|(?P<number>{NUMBER}|[\ue000-\uf8ff])(?P<unit>{MONEY}|%)?"
)
_ENDS = re.compile(r"（其中[，：]?|[，。；：！？\n]|(?<=[元%人个辆次批台套名项\d\ue000-\uf8ff])、")
"""A 、 parts amounts; between words it is nothing (收、支总计)."""
_FILLER = re.compile(r"[的为是共计了达到约系即各均“”、]|年度(?<=年)|数(?=[￥#％])")


RISES, EXCEEDS = "增加|减少|增长|下降|上升|降低|增支|减支|增幅|降幅", "大于|小于|高于|低于"
"""Words for a direction: one sentence with the other direction is the same sentence."""
_LED_IN = re.compile("^(?:其中|主要是|包括|具体是)")
_PERSONS = re.compile("(?<=#)[名位]")


@dataclass(frozen=True, slots=True)
class Plain:
    """`text`, and for each of its characters the line and the position there."""

    text: str
    at: tuple[tuple[int, int], ...]

    def __add__(self, other: Plain) -> Plain:
        return Plain(self.text + other.text, self.at + other.at)

    def cut(self, start: int, end: int | None = None) -> Plain:
        return Plain(self.text[start:end], self.at[start:end])


def plain(raw: str, line: int = 0) -> Plain:
    """One line: half-width letters and digits, full-width signs, no blanks."""
    found, at = [], []
    for number, sign in enumerate(raw):
        wide = unicodedata.normalize("NFKC", sign)
        one = wide if len(wide) == 1 else sign
        if one.isspace() or one in _DROPPED or unicodedata.category(one) in ("Cf", "Cc"):
            continue
        found.append(one)
        at.append((line, number))
    text = "".join(found)
    for match in re.finditer(r"(?<=\d),(?=\d{3}(?!\d))", text):
        text = text[: match.start()] + "\x00" + text[match.start() + 1 :]
    text = text.translate(_SAME).replace("\x00", ",").replace("截止", "截至")
    return Plain(text, tuple(at))


@dataclass(frozen=True, slots=True)
class Token:
    """A number or a slot within a clause. `mark`: Y year, ￥ money, ％ per cent, # another number, T words."""

    mark: str
    text: str
    unit: str
    start: int
    end: int

    @property
    def slot(self) -> int:
        """Which slot it is in a pattern, -1 for what is printed as it stands."""
        code = ord(self.text) if len(self.text) == 1 else 0
        if code >= TEXT_SLOTS:
            return code - TEXT_SLOTS
        return code - NUMBER_SLOTS if code >= NUMBER_SLOTS else -1


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two signs. `key`: its words without fillers, each number as its mark."""

    start: int
    end: int
    stop: str
    tokens: tuple[Token, ...]
    key: str
    year: str = ""
    """The year with which it begins, or which a clause before it consists of; a sign in a pattern."""


def clauses_of(text: str) -> tuple[Clause, ...]:
    """Clauses without any words are left out; a year that stands alone belongs to the next."""
    found: list[Clause] = []
    start, year = 0, ""
    stops = [(match.start(), match.end(), match[0]) for match in _ENDS.finditer(text)]
    for end, following, stop in (*stops, (len(text), len(text), "")):
        if end > start:
            one = _clause(text, start, end, stop, year)
            year = "" if one.key else one.year
            if one.key:
                found.append(one)
        start = following
    return tuple(found)


LEADING_YEAR = re.compile(r"(?:截[至止])?(20\d\d|[\ue000-\uf8ff])年度?(?!\d|末|初|底)")


def _clause(text: str, start: int, end: int, stop: str, year: str) -> Clause:
    tokens: list[Token] = []
    begin = start + len(numbering(text[start:end]))
    led = LEADING_YEAR.match(text, begin, end)
    words, last = [], led.end() if led else begin
    for match in _SLOT_OR_TOKEN.finditer(text, last, end):
        words.append(text[last : match.start()])
        token = _token(match)
        words.append(token.mark)
        tokens.append(token)
        last = match.end()
    words.append(text[last:end])
    return Clause(begin, end, stop, tuple(tokens), canonical("".join(words)), led[1] if led else year)


_SLOT_OR_TOKEN = re.compile(rf"(?P<words>[\U000f0000-\U000ffffd])|{_TOKEN.pattern}")


def _token(match: re.Match[str]) -> Token:
    if match["words"]:
        return Token("T", match[0], "", match.start(), match.end())
    if match["year"]:
        return Token("Y", match[0], "", match.start(), match.end())
    unit = match["unit"] or ""
    mark = "％" if unit == "%" else "￥" if unit else "#"
    return Token(mark, match["number"], unit, match.start(), match.end())


def canonical(words: str) -> str:
    words = _LED_IN.sub("", words.replace("年度", "年"))
    if words.endswith("）") and words.count("（") < words.count("）"):
        words = words[:-1]
    words = words.replace("变动原因", "原因")
    words = re.sub(RISES, "±", re.sub(EXCEEDS, "≷", words))
    return _FILLER.sub("", _PERSONS.sub("人", words))


NUMBERING = (
    r"第[一二三四五六七八九十]+(?:部分|章|节)|[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．]"
    r"|[（(]\d{1,2}[）)][、.]?|\d{1,2}[、．]|\d{1,2}\.(?!\d)|[①-⑳]"
)


def numbering(text: str) -> str:
    """«一、», «（二）», «3.», «第四部分», "" for none."""
    match = re.match(NUMBERING, text)
    return match[0] if match else ""


def style_of(number: str) -> str:
    """Which kind of numbering it is: two of one kind count on."""
    return re.sub(r"[一二三四五六七八九十]+", "一", re.sub(r"\d+", "1", re.sub("[①-⑳]", "①", number))).replace(
        "．", "."
    )


_DIGITS = "零一二三四五六七八九十"


def count_of(number: str) -> int:
    """The count that a numbering says, 0 for none: «（二）» → 2, «十一、» → 11."""
    digits = re.search(r"\d+", number)
    if digits:
        return int(digits[0])
    if number and "①" <= number[0] <= "⑳":
        return ord(number[0]) - ord("①") + 1
    words = re.search("[一二三四五六七八九十]+", number)
    if not words:
        return 0
    tens, ten, ones = words[0].rpartition("十")
    if not ten:
        return _DIGITS.index(words[0]) if len(words[0]) == 1 else 0
    return (_DIGITS.index(tens) if tens in _DIGITS and tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)


def split_items(text: Plain) -> list[Plain]:
    """A paragraph that goes on with a further number of its own kind is several: «10. …。11. …。»."""
    first = numbering(text.text)
    if not first:
        return [text]
    found, start, count = [], 0, count_of(first)
    for match in re.finditer(rf"(?<=[。；：])(?:{NUMBERING})", text.text):
        if style_of(match[0]) == style_of(first) and count_of(match[0]) > count:
            found.append(text.cut(start, match.start()))
            start, count = match.start(), count_of(match[0])
    return [*found, text.cut(start)]
