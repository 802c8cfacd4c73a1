"""What two generated versions of a paragraph say otherwise, cut into what is renewed whole or left whole.

A clause with figures is wording that belongs to its figures. Words without figures, up to the end of the sentence, are
a value that an office filled in: a reason, a task. Its lead («主要原因是») belongs to the pack.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from generator.word_file.align import OPPOSITES, PARAGRAPH_END, RELATIONS, Change, Token, changes

SENTENCE_ENDS = ("。", "；", "！", "？", "\n", PARAGRAPH_END)
CLAUSE_ENDS = ("，", "：", "（", "）")
_LEAD_ENDS = ("是", "为", "：", "于", "括")
_LEAD = re.compile(r"(?:原因|主要)[^，。；：（）]{0,6}?(?:是|为|：|用于|包括)$")
_LONGEST_LEAD = 14
_NUMBERED = re.compile(r"[（(]?[0-9一二三四五六七八九十]{1,4}(?:[.．、]|[）)])")
_AFTER_NUMBER = (".", "．", "、", "）", ")")
_LONGEST_NUMBER = 8
_RELATIONS = re.compile("|".join(RELATIONS))
_DIRECTION = re.compile("|".join(word for pair in OPPOSITES for word in pair))
_SHORT = 4
"""增加 and 减少, 大于 and 小于: wording; what is longer and holds no figure is what somebody filled in."""
_SHARE = "占比"

_OF_THE_PACK = ("number", "lead")
"""What stands before these borders nobody fills in."""

FIGURE, WORDS, LEAD, VALUE = "figure", "words", "lead", "value"
"""LEAD: words before a reason that say a direction."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the facts parts tell of figures, by the keys of their tokens. `made`: operation and operands; `went` and
    `goes`: direction of a difference before and now; `exact`: the full value now."""

    made: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    went: Mapping[str, Decimal] = field(default_factory=dict)
    goes: Mapping[str, Decimal] = field(default_factory=dict)
    exact: Mapping[str, Decimal] = field(default_factory=dict)

    def compared(self, key: str) -> tuple[str, ...]:
        """What a figure compares: of a change and of a degree of completion both, of a share the part."""
        operation, operands = self.made.get(key, ("", ()))
        if len(operands) != 2 or operation in ("+", "Σ"):
            return ()
        return operands[:1] if operation == _SHARE else operands


@dataclass(frozen=True, slots=True)
class Part:
    """Something that reads otherwise. `figures`: places in the old version of the figures that it belongs to;
    `sentence`: equal for parts that stand and fall together though no figure joins them, 0 for none; `follows`: the
    figure without whose new value a sentence neither comes nor goes."""

    kind: str
    change: Change
    figures: tuple[int, ...] = ()
    sentence: int = 0
    follows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Old tokens i1 to i2 and new ones j1 to j2, a border at their end: number (of the paragraph),
    lead, clause, sentence or last. `number`: of
    the sentence; `figures`: whether either version has some; `reads`: whether they read otherwise."""

    i1: int
    i2: int
    j1: int
    j2: int
    border: str
    number: int
    figures: bool
    reads: bool
    ends: bool
    """Whether its paragraph ends with it."""


def parts_of(base: Sequence[Token], ours: Sequence[Token], together: Mapping[int, int]) -> list[Part]:
    found: list[Part] = []
    for run in _runs(_pieces(base, ours, together)):
        if any(piece.reads for piece in run) and not run[0].figures and run[-1].border not in _OF_THE_PACK:
            found.append(_value(base, ours, run[0], run[-1]))
            continue
        for piece in run:
            if words(base[piece.i1 : piece.i2]) != words(ours[piece.j1 : piece.j2]):
                found += _without_inner(list(_changes_in(piece, base, ours, together)))
    return found


def _pieces(base: Sequence[Token], ours: Sequence[Token], together: Mapping[int, int]) -> Iterator[_Piece]:
    i0 = j0 = number = 0
    begun = (0, 0)
    """Where the sentence begins."""
    led = False
    for i, j in (*sorted(together.items()), (len(base), len(ours))):
        border = _border(base, ours, (i0, j0), (i, j), led)
        if i < len(base) and base[i].text in _AFTER_NUMBER and _is_number(base, begun[0], i):
            border = "number" if _is_number(ours, begun[1], j) else border
        if not border:
            continue
        old, new = base[i0 : i + 1], ours[j0 : j + 1]
        figures = any(token.mark for token in (*old, *new))
        ends = bool(old) and old[-1].text == PARAGRAPH_END
        i2, j2 = i0 + len(old), j0 + len(new)
        if old or new:
            yield _Piece(i0, i2, j0, j2, border, number, figures, _keys(old) != _keys(new), ends)
        led = (led or border == "lead") and border != "sentence" and not figures
        i0, j0 = i2, j2
        if border == "sentence":
            number, begun = number + 1, (i0, j0)


def _border(
    base: Sequence[Token], ours: Sequence[Token], begun: tuple[int, int], at: tuple[int, int], led: bool
) -> str:
    """What kind of border the same sign in both versions is; "" for none."""
    (i0, j0), (i, j) = begun, at
    if i == len(base):
        return "last"
    sign = base[i].text
    if base[i].mark or sign != ours[j].text:
        return ""
    if sign in _LEAD_ENDS and not led and _is_lead(base, i0, i) and _is_lead(ours, j0, j):
        return "lead"
    return "sentence" if sign in SENTENCE_ENDS else "clause" if sign in CLAUSE_ENDS else ""


def _is_number(tokens: Sequence[Token], begun: int, at: int) -> bool:
    """Whether a sentence begins with its number: «10.», «（二）», «一、»."""
    return at - begun <= _LONGEST_NUMBER and bool(_NUMBERED.fullmatch(words(tokens[begun : at + 1]).strip()))


def _is_lead(tokens: Sequence[Token], begun: int, at: int) -> bool:
    return bool(_LEAD.search(words(tokens[max(begun, at - _LONGEST_LEAD) : at + 1])))


def _runs(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces without figures that follow each other in a sentence belong together; two such runs that both read
    otherwise, in two sentences that follow each other, are one value."""
    done: list[_Piece] = []
    """Sentences of a value that end here."""
    here: list[_Piece] = []
    for piece in pieces:
        if piece.figures:
            yield from _given(done, here)
            yield [piece]
            done, here = [], []
            continue
        here.append(piece)
        if piece.border in _OF_THE_PACK:
            yield from _given(done, here)
            done, here = [], []
        elif piece.border == "sentence":
            if done and not (any(one.reads for one in here) and any(one.reads for one in done)):
                yield done
                done = []
            done, here = [*done, *here], []
            if piece.ends:
                yield done
                done = []
    yield from _given(done, here)


def _given(done: list[_Piece], here: list[_Piece]) -> list[list[_Piece]]:
    together = any(one.reads for one in done) and any(one.reads for one in here) and here[-1].border not in _OF_THE_PACK
    return [[*done, *here]] if together else [one for one in (done, here) if one]


def _keys(tokens: Sequence[Token]) -> list[str]:
    return [token.key for token in tokens]


def _value(base: Sequence[Token], ours: Sequence[Token], first: _Piece, last: _Piece) -> Part:
    """The run as one part, without the end of the sentence."""
    i2, j2 = last.i2, last.j2
    while i2 > first.i1 and j2 > first.j1 and base[i2 - 1].text == ours[j2 - 1].text and _borders(base[i2 - 1]):
        i2, j2 = i2 - 1, j2 - 1
    old, new = words(base[first.i1 : i2]), words(ours[first.j1 : j2])
    before = _nearest(base, first.i1, paragraph=True)
    compares = _compare(old) != _compare(new) and bool(old and new)
    change = Change(first.i1, i2, first.j1, j2)
    return Part(VALUE, change, before if compares else (), first.number + 1, before if not old or not new else ())


def _compare(text: str) -> list[str]:
    return _RELATIONS.findall(text)


def _ends(token: Token) -> bool:
    return token.text in SENTENCE_ENDS


def _changes_in(
    piece: _Piece, base: Sequence[Token], ours: Sequence[Token], together: Mapping[int, int]
) -> Iterator[Part]:
    inside = [(i - piece.i1, together[i] - piece.j1) for i in range(piece.i1, piece.i2) if i in together]
    here = tuple(i for i in range(piece.i1, piece.i2) if base[i].mark)
    filled: Change | None = None
    for one in changes(base[piece.i1 : piece.i2], ours[piece.j1 : piece.j2], inside):
        change = Change(one.i1 + piece.i1, one.i2 + piece.i1, one.j1 + piece.j1, one.j2 + piece.j1)
        was, now = base[change.i1 : change.i2], ours[change.j1 : change.j2]
        if (one.i1, one.j1) in inside and len(was) == 1 and was[0].mark and now[0].mark:
            yield Part(FIGURE, change)
        elif len(was) == 1 and now and was[0].key == now[0].key:
            yield Part(WORDS, change)
        elif piece.border in _OF_THE_PACK:
            yield _lead(base, piece, change, words(was), words(now))
        elif len(was) <= _SHORT >= len(now) or any(token.mark for token in (*was, *now)):
            # a value may name figures: it comes and goes with them
            sentence = piece.number + 1 if any(token.mark for token in (*was, *now)) else 0
            yield Part(WORDS, change, here or _nearest(base, change.i1, paragraph=False), sentence)
        else:
            stretch = _stretch(base, ours, piece, change, together)
            if filled != stretch:
                filled = stretch
                yield Part(VALUE, stretch, here or _nearest(base, change.i1, paragraph=False), piece.number + 1)


def _lead(base: Sequence[Token], piece: _Piece, change: Change, was: str, now: str) -> Part:
    """«决算数小于预算数的主要原因：» goes with its figure; «增支的主要原因是» waits for it and for the reason."""
    figure = _nearest(base, change.i1, paragraph=True)
    if _compare(was) != _compare(now):
        return Part(WORDS, change, figure)
    if _DIRECTION.findall(was) != _DIRECTION.findall(now):
        return Part(LEAD, change, (), piece.number + 1, figure)
    return Part(WORDS, change)


def _without_inner(found: list[Part]) -> list[Part]:
    """What reads otherwise within a value goes with it."""
    values = [one.change for one in found if one.kind == VALUE]
    return [
        one
        for one in found
        if one.kind == VALUE or not any(v.i1 <= one.change.i1 and one.change.i2 <= v.i2 for v in values)
    ]


def _stretch(
    base: Sequence[Token], ours: Sequence[Token], piece: _Piece, change: Change, together: Mapping[int, int]
) -> Change:
    """The words between two figures in which `change` stands: something that was filled in may be longer than what
    reads otherwise."""
    i1, i2, j1, j2 = piece.i1, piece.i2, piece.j1, piece.j2
    for i in range(piece.i1, piece.i2):
        if base[i].mark and i in together:
            if i < change.i1:
                i1, j1 = i + 1, together[i] + 1
            elif i >= change.i2:
                i2, j2 = i, together[i]
                break
    while i2 > change.i2 and j2 > change.j2 and base[i2 - 1].text == ours[j2 - 1].text and _borders(base[i2 - 1]):
        i2, j2 = i2 - 1, j2 - 1
    return Change(i1, i2, j1, j2)


def _borders(token: Token) -> bool:
    return token.text in SENTENCE_ENDS or token.text in CLAUSE_ENDS


def _nearest(base: Sequence[Token], at: int, *, paragraph: bool) -> tuple[int, ...]:
    """The figure before `at` in the sentence, else the one behind it; else, in the `paragraph`, the one before."""
    start, end = sentence_around(base, at, at)
    before = next((i for i in range(at - 1, start - 1, -1) if base[i].mark), None)
    behind = next((i for i in range(at, end) if base[i].mark), None)
    found = before if before is not None else behind
    if found is None and paragraph:
        found = next((i for i in range(start - 1, -1, -1) if base[i].mark), None)
    return () if found is None else (found,)


def sentence_around(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """The tokens of the sentences in which tokens `start` to `end` stand."""
    first = next((n + 1 for n in range(start - 1, -1, -1) if _ends(tokens[n])), 0)
    last = next((n + 1 for n in range(max(end - 1, start), len(tokens)) if _ends(tokens[n])), len(tokens))
    return first, last


def statements(tokens: Sequence[Token], figures: Iterable[int], known: Known) -> Iterator[tuple[int, int]]:
    """Pairs of `figures`, places in `tokens` in their order, that stand in one sentence and belong to one
    statement."""
    here: dict[object, int] = {}
    number = 0
    for at in figures:
        if any(_ends(token) for token in tokens[number:at]):
            here = {}
        number = at
        key, compared = tokens[at].key, known.compared(tokens[at].key)
        meant = [(key, "operand"), *compared, *([compared] if compared else [])]
        yield from ((here[one], at) for one in meant if one in here)
        here |= dict.fromkeys([key, *((one, "operand") for one in compared), *([compared] if compared else [])], at)


def words(tokens: Sequence[Token]) -> str:
    return "".join(token.text for token in tokens)
