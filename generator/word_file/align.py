"""What belongs to what in two versions of a text: words and figures of a paragraph, blocks of a document.

A figure is one piece, never cut, and stays the same piece when its value changes: it is known by its fact's name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Pair = tuple[int | None, int | None]
"""Indices in the old and in the new version; None where one has no counterpart, never both."""

_NUMERALS = r"(?:[〇零一二三四五六七八九十百千两点壹贰叁肆伍陆柒捌玖拾佰仟]|[万亿](?=[零一二三四五六七八九]))+"
"""A number in Chinese numerals: a word of its own only before what it counts; 一般 and 百货 are none."""
OPPOSITES = (
    *(("增加", "减少"), ("增长", "下降"), ("上升", "下降"), ("提高", "降低"), ("增收", "减收"), ("增支", "减支")),
    *(("增幅", "降幅"), ("增多", "减少"), ("上涨", "下跌"), ("上浮", "下浮"), ("升高", "降低")),
)
RELATIONS = ("持平", "大于", "小于", "高于", "低于", "多于", "少于", "超过")
"""Of words that compare, half is none: what somebody wrote between 大 and 于 has made another word of it."""
_WORDS = "|".join(dict.fromkeys((*RELATIONS, *(word for pair in OPPOSITES for word in pair))))
_COUNTED = r"(?=万元|亿元|千元|元|人|名|个|辆|次|批|台|项|户|倍|[%％])"
_TOKEN = re.compile(
    r"\d+(?:[,，]\d{3}(?!\d))*(?:[.．]\d+)?|[A-Za-z]+"
    rf"|{_NUMERALS}{_COUNTED}|(?<=百分之){_NUMERALS}|[〇零一二三四五六七八九]{{4}}(?=年)|{_WORDS}|[\s\S]"
)
_DIGITS = re.compile(r"[\d.,%]")
PARAGRAPH_END = "\u2029"
"""Between the paragraphs of a text that spans several."""


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a Latin word, a word that compares, one Chinese character, or a marked figure. `key`: what makes two
    tokens the same piece: of a figure its fact's name, else the text. `mark`: the figure's, «f3_1»."""

    text: str
    key: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Tokens `old[i1:i2]` became `new[j1:j2]`; both sides may be empty, never both."""

    i1: int
    i2: int
    j1: int
    j2: int


def tokens(pieces: Iterable[tuple[str, str]], name_of: Callable[[str], str]) -> list[Token]:
    """`pieces`: (words, "") or (printed figure, its mark); `name_of` gives the fact's name of a mark."""
    found: list[Token] = []
    for text, mark in pieces:
        if mark:
            found.append(Token(text, f"\0{name_of(mark)}", mark))
        else:
            found += [Token(one, one) for one in _TOKEN.findall(text)]
    return found


def words_in(pieces: Iterable[tuple[str, str]]) -> str:
    """What a reader sees of `pieces`, figures as they are printed."""
    return "".join(text for text, _ in pieces)


def words_but_figures(pieces: Iterable[tuple[str, str]], name_of: Callable[[str], str]) -> str:
    """Equal for texts that say the same but for the values of their figures; for `Shape.exact`."""
    return "".join(f"\0{name_of(mark)}\0" if mark else text for text, mark in pieces)


def without_digits(text: str) -> str:
    """Digits are what changes: they tell nothing of which text is which."""
    return _DIGITS.sub("", text)


def pairs(old: Sequence[Token], new: Sequence[Token]) -> list[tuple[int, int]]:
    """Indices of the tokens that are the same piece, in order; their texts may differ where they are figures."""
    matcher = SequenceMatcher(None, [t.key for t in old], [t.key for t in new], autojunk=False)
    return [
        (block.a + offset, block.b + offset) for block in matcher.get_matching_blocks() for offset in range(block.size)
    ]


def version_pairs(old: Sequence[Token], new: Sequence[Token]) -> list[tuple[int, int]]:
    """The same for two generated versions: figures between the same words are the same piece, also when the fact has
    another name now, as a sum has to which a second row has come."""
    found: list[tuple[int, int]] = []
    i = j = 0
    for a, b in (*pairs(old, new), (len(old), len(new))):
        if a - i == b - j and all(token.mark for token in (*old[i:a], *new[j:b])):
            found += zip(range(i, a), range(j, b), strict=True)
        found.append((a, b))
        i, j = a + 1, b + 1
    return found[:-1]


def changes(
    old: Sequence[Token], new: Sequence[Token], together: Sequence[tuple[int, int]] | None = None
) -> list[Change]:
    """The places where `new` reads otherwise; `together`: what belongs together, found here when it is not given. A
    lone word between two changes goes with them: a 的 that happens to stand in both is no common ground. A figure with
    a new value is a change by itself."""
    together = pairs(old, new) if together is None else together
    same = [(i, j) for i, j in together if old[i].text == new[j].text]
    figures = [(i, j) for i, j in together if old[i].text != new[j].text]
    found: list[Change] = []
    here_i = here_j = 0
    for i, j in (*same, (len(old), len(new))):
        if i > here_i or j > here_j:
            found += _cut_at_figures(here_i, i, here_j, j, [f for f in figures if here_i <= f[0] < i])
        here_i, here_j = i + 1, j + 1
    return _without_islands(found, old, set(figures))


def _cut_at_figures(i1: int, i2: int, j1: int, j2: int, figures: Sequence[tuple[int, int]]) -> list[Change]:
    found = []
    for i, j in figures:
        if i > i1 or j > j1:
            found.append(Change(i1, i, j1, j))
        found.append(Change(i, i + 1, j, j + 1))
        i1, j1 = i + 1, j + 1
    if i2 > i1 or j2 > j1:
        found.append(Change(i1, i2, j1, j2))
    return found


def _without_islands(found: Sequence[Change], old: Sequence[Token], figures: set[tuple[int, int]]) -> list[Change]:
    joined: list[Change] = []
    for change in found:
        last = joined[-1] if joined else None
        lone = (change.i1, change.j1) in figures or (last is not None and (last.i1, last.j1) in figures)
        island = old[last.i2] if last is not None and change.i1 - last.i2 == 1 else None
        if last is not None and island is not None and not (lone or island.mark or island.text == PARAGRAPH_END):
            joined[-1] = Change(last.i1, change.i2, last.j1, change.j2)
        else:
            joined.append(change)
    return joined


# -- blocks -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Shape:
    """A block as far as it tells which block of another version it is. `kind`: p, n, t, c, toc; `exact`: equal for
    blocks that say the same but for their figures; `text`: for likeness; `name`: of a table or chart, which only one
    of the same name can be another version of."""

    kind: str
    exact: str
    text: str
    name: str = ""


_LIKE = 0.5
"""Two paragraphs that share half of their characters are versions of one."""
_MOST_PAIRS = 10_000
_CONTAINED, _SHORT, _PIECE = 0.9, 8, 3


def align_blocks(old: Sequence[Shape], new: Sequence[Shape]) -> list[Pair]:
    """Pairs in reading order; None where a block has no counterpart. First what is equal but for figures, then, between
    those, what is most alike."""
    matcher = SequenceMatcher(None, [(s.kind, s.exact) for s in old], [(s.kind, s.exact) for s in new], autojunk=False)
    found: list[Pair] = []
    here_i = here_j = 0
    for block in matcher.get_matching_blocks():
        found += _alike(old, new, range(here_i, block.a), range(here_j, block.b))
        found += [(block.a + n, block.b + n) for n in range(block.size)]
        here_i, here_j = block.a + block.size, block.b + block.size
    return found


def _alike(old: Sequence[Shape], new: Sequence[Shape], left: range, right: range) -> list[Pair]:
    """The pairing with the greatest likeness in all, in order."""
    if not left or not right or len(left) * len(right) > _MOST_PAIRS:
        return [*((i, None) for i in left), *((None, j) for j in right)]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    like = [[_likeness(old[i], new[j]) for j in right] for i in left]
    for a in range(len(left) - 1, -1, -1):
        for b in range(len(right) - 1, -1, -1):
            together = like[a][b] + best[a + 1][b + 1] if like[a][b] >= _LIKE else 0.0
            best[a][b] = max(together, best[a + 1][b], best[a][b + 1])
    found: list[Pair] = []
    a = b = 0
    while a < len(left) and b < len(right):
        if like[a][b] >= _LIKE and best[a][b] == like[a][b] + best[a + 1][b + 1]:
            found.append((left[a], right[b]))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            found.append((left[a], None))
            a += 1
        else:
            found.append((None, right[b]))
            b += 1
    found += [(i, None) for i in left[a:]]
    found += [(None, j) for j in right[b:]]
    return found


def _likeness(one: Shape, other: Shape) -> float:
    if one.kind != other.kind or one.name != other.name:
        return 0.0
    if one.text == other.text:
        return 1.0
    return max(likeness(one.text, other.text), _LIKE if one.name else 0.0)


def likeness(one: str, other: str) -> float:
    """Share of characters in common, 0 to 1; digits count for nothing, they are what changes. A text that stands nearly
    whole in a longer one, in pieces of three characters or more, is like it too: a clause was added."""
    left, right = without_digits(one), without_digits(other)
    if not left or not right:
        return 1.0 if left == right else 0.0
    shorter, both = min(len(left), len(right)), len(left) + len(right)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    in_common = matcher.quick_ratio() * both / 2
    if max(2 * in_common / both, _CONTAINED * in_common / shorter) < _LIKE:
        return 0.0
    ratio = matcher.ratio()
    if shorter < _SHORT:
        return ratio
    pieces = sum(block.size for block in matcher.get_matching_blocks() if block.size >= _PIECE)
    return max(ratio, _CONTAINED * pieces / shorter)
