"""A paragraph as claims are read in it: each number one sign, so that a pattern can name it.

«2020年收入91.68万元，占100%» becomes «ŷ年收入â，占p̂» (one private character each). Patterns are written with the names
below; `at` leads from a place in `skeleton` back to the token.
"""

from __future__ import annotations

import re
from functools import lru_cache

from generator.printed.figures import normal
from generator.printed.model import Paragraph, PrintedFigure, Token

SIGNS = {kind: chr(0xE000 + number) for number, kind in enumerate("APQNBYTGX")}
A, P, Q, N, B, Y, T, G, _ = SIGNS.values()
ANY_AMOUNT = f"[{A}{N}]"
UP = "增加|增长|增支|提高|提升|上升|上涨|多支"
DOWN = "减少|下降|减支|降低|下滑|缩减|少支"
_CHINESE_SIGNS = str.maketrans(",;:()", "，；：（）")
_LONGEST = 80
"""Signs before a number in which its name stands."""
_SPACES = re.compile(r"[\s　]+")
_LABEL = re.compile(r"[，。；：:,;（()）、“”\"《》\ue000-\ue004\ue006-\ue008]")
_TRIMMED = re.compile(
    r"^(?:其中|年度|全年|我?单位|本部门|共有|共|的|和|与|及)+|(?:为|共计|累计|达到?|是|共|约|总额为|数额)+$"
)


class Sentence:
    """`at`: place in `skeleton` → token; `places`: the places in order."""

    __slots__ = ("_labels", "at", "paragraph", "places", "skeleton")

    def __init__(self, paragraph: Paragraph, skeleton: str, at: dict[int, Token]) -> None:
        self.paragraph = paragraph
        self.skeleton = skeleton
        self.at = at
        self.places = tuple(at)
        self._labels: dict[int, str] = {}

    @property
    def gap(self) -> bool:
        """Something is still to be filled in: what the numbers beside it claim cannot be judged."""
        return G in self.skeleton

    def figure(self, place: int) -> PrintedFigure:
        """The number at a place where a pattern found a sign that stands for one."""
        figure = self.at[place].figure
        assert figure is not None
        return figure

    def label(self, place: int) -> str:
        """The words right before a number: «政府采购支出总额» before «3.00万元»."""
        found = self._labels.get(place)
        if found is None:
            found = self._labels[place] = self._label(place)
        return found

    def _label(self, place: int) -> str:
        before = self.skeleton[max(0, place - _LONGEST) : place]
        before = before.replace("收、支", "收支").replace("（境）", "").replace(f"{Y}年度", "").replace(f"{Y}年", "")
        *_, label = _LABEL.split(before)
        if before.endswith("）") or (label.strip("为共计") == "" and before[: len(before) - len(label)].endswith("）")):
            return self._before_bracket(before)  # «资产总额（账面净值）69.91»
        while (shorter := _TRIMMED.sub("", label)) != label:
            label = shorter
        return label

    @staticmethod
    def _before_bracket(text: str) -> str:
        opening = text.rfind("（")
        return _LABEL.split(text[:opening])[-1] if opening > 0 else ""


@lru_cache(maxsize=64)
def pattern(text: str) -> re.Pattern[str]:
    """Compiled when first used."""
    return re.compile(text)


def sentence_of(paragraph: Paragraph) -> Sentence:
    text = normal(paragraph.text).translate(_CHINESE_SIGNS)
    pieces: list[str] = []
    at: dict[int, Token] = {}
    length = done = 0
    for token in paragraph.tokens:
        words = _SPACES.sub("", text[done : token.start])
        pieces += (words, SIGNS[token.kind])
        length += len(words)
        at[length] = token
        length += 1
        done = token.end
    pieces.append(_SPACES.sub("", text[done:]))
    return Sentence(paragraph, "".join(pieces), at)
