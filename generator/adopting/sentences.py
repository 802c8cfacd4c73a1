"""One paragraph against one pattern: which of its clauses are the pack's, and what stands in their slots.

The clauses are paired in their order so that most of the pack's own words are found again; what a slot of words holds
may reach over several clauses. Nothing is decided here about what a value is good for (`values`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.adopting.grammar import Pattern
from generator.adopting.plain_text import (
    EXCEEDS,
    LEADING_YEAR,
    MONEY,
    NUMBER,
    NUMBER_SLOTS,
    RISES,
    TEXT_SLOTS,
    Clause,
)

_WIDEST = 40
"""Clauses that one slot may reach over."""
_ENDS_SENTENCE = "。；！？\n"
_WHOSE = re.compile("(?:中央|[省市区县州镇乡]|本级)级?(?=财政)")
_OPTIONAL = "的为是共计了达到约系即各均“”、"
_SIDE_BY_SIDE = re.compile(f"[\U000f0000-\U000ffffd][{_OPTIONAL}]*[\U000f0000-\U000ffffd]")
"""Two texts with nothing between them: where one ends, nobody can say."""


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in a slot: characters of the paragraph; of a number, its unit too."""

    slot: int
    start: int
    end: int
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Clauses `first` to `last` of the paragraph are clause `mine` of the pattern. `words`: how many of the pattern's
    own characters were found; `opens`: the slot at its end is open, its end is where the next clause begins."""

    first: int
    last: int
    mine: int
    words: float
    found: tuple[Found, ...]
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    pattern: Pattern
    pairs: tuple[Pair, ...]

    @property
    def words(self) -> float:
        return sum(pair.words for pair in self.pairs)


def matched(text: str, clauses: Sequence[Clause], pattern: Pattern, year: int) -> Match:
    """The best pairing; without pairs when nothing is alike. `year`: the fiscal year; a clause about another year than
    the pattern's is another clause."""
    mine = pattern.clauses
    pairs = [
        [_pairs(text, clauses, at, pattern, number, year) for number in range(len(mine))] for at in range(len(clauses))
    ]
    best: dict[tuple[int, int], tuple[float, Pair | None, tuple[int, int] | None]] = {}
    for at in range(len(clauses), -1, -1):
        for number in range(len(mine), -1, -1):
            if at == len(clauses) or number == len(mine):
                best[at, number] = (0.0, None, None)
                continue
            options: list[tuple[float, Pair | None, tuple[int, int] | None]] = [
                (best[at + 1, number][0], None, (at + 1, number)),
                (best[at, number + 1][0], None, (at, number + 1)),
            ]
            for pair in pairs[at][number]:
                after = (pair.last + 1, number + 1)
                options.append((best[after][0] + pair.words - 0.01 * (pair.last - pair.first), pair, after))
            best[at, number] = max(options, key=lambda one: (one[0], one[1] is not None))
    chosen: list[Pair] = []
    step: tuple[int, int] | None = (0, 0)
    while step is not None:
        _, taken, step = best[step]
        if taken is not None:
            chosen.append(taken)
    return Match(pattern, tuple(_with_those_between(chosen, clauses, mine)))


def _with_those_between(pairs: Sequence[Pair], clauses: Sequence[Clause], mine: Sequence[Clause]) -> list[Pair]:
    """Also the one clause between two neighbours of a clause of the pattern that counts the same persons in other words
    («事业编19人» where the pattern has «事业编制19人»)."""
    found = list(pairs)
    for before, after in itertools.pairwise(pairs):
        at, number = before.last + 1, before.mine + 1
        if (at + 1, number + 1) != (after.first, after.mine):
            continue
        clause, own = clauses[at], mine[number]
        if _who(own) and _who(clause) == _who(own) and len(own.tokens) == 1 == len(clause.tokens) and not clause.year:
            count = clause.tokens[0]
            slot = Found(own.tokens[0].slot, count.start, count.end, count.unit)
            if slot.slot >= 0:
                found.append(Pair(at, at, number, float(len(_who(own))), (slot,)))
    return sorted(found, key=lambda one: one.first)


def _who(clause: Clause) -> str:
    """Whom the clause counts, "" unless it counts persons."""
    return re.sub("编制|编|人员|人数|职工", "", clause.key[:-2]) if clause.key.endswith("#人") else ""


def _pairs(text: str, clauses: Sequence[Clause], at: int, pattern: Pattern, number: int, year: int) -> tuple[Pair, ...]:
    mine = pattern.clauses[number]
    if not any(token.mark == "T" for token in mine.tokens):
        for last in range(at, min(at + 2, len(clauses))):
            clause = clauses[at] if last == at else _joined(clauses[at], clauses[last])
            if _same_words(clause, mine, clauses, at) and _same_numbers(clause, mine, pattern, year):
                found = tuple(
                    Found(own.slot, theirs.start, theirs.end, theirs.unit)
                    for own, theirs in zip(mine.tokens, clause.tokens, strict=True)
                    if own.slot >= 0
                )
                return (Pair(at, last, number, float(len(mine.key)), found),)
        return ()
    return _with_words(text, clauses, at, pattern, number, year)


def _same_words(clause: Clause, mine: Clause, clauses: Sequence[Clause], at: int) -> bool:
    """Also where the report says whose treasury («区财政拨款») and the pack does not: when the sentence has no other
    amount, nobody else gave any."""
    if clause.key == mine.key:
        return True
    if _WHOSE.search(mine.key) or _WHOSE.sub("", clause.key) != mine.key:
        return False
    first = next((one + 1 for one in range(at - 1, -1, -1) if clauses[one].stop in _ENDS_SENTENCE), 0)
    last = next((one for one in range(at, len(clauses)) if clauses[one].stop in _ENDS_SENTENCE), len(clauses) - 1)
    return sum(token.mark == "￥" for one in clauses[first : last + 1] for token in one.tokens) == 1


def _joined(one: Clause, other: Clause) -> Clause:
    """Two clauses as one: a comma more or less is no other sentence."""
    return Clause(one.start, other.end, other.stop, (*one.tokens, *other.tokens), one.key + other.key, one.year)


def _same_numbers(clause: Clause, mine: Clause, pattern: Pattern, year: int) -> bool:
    """What the pattern prints as it stands, stands there; its years are those."""
    for own, theirs in zip(mine.tokens, clause.tokens, strict=True):
        shift = pattern.slots[own.slot].shift if own.slot >= 0 else None
        if theirs.text != own.text if own.slot < 0 else shift is not None and theirs.text != str(year + shift):
            return False
    return True


def _with_words(
    text: str, clauses: Sequence[Clause], at: int, pattern: Pattern, number: int, year: int
) -> tuple[Pair, ...]:
    mine = pattern.clauses[number]
    own = _without_year(pattern.text[mine.start : mine.end])
    own_words = sum(ord(sign) < NUMBER_SLOTS for sign in own)
    head = re.match(r"[^\ue000-\uf8ff\U000f0000-\U000ffffd]*", own)
    begin = clauses[at].start
    begin += len(text[begin : clauses[at].end]) - len(_without_year(text[begin : clauses[at].end]))
    if own_words == 0 or _SIDE_BY_SIDE.search(own) or (head and head[0] and not expression(head[0]).match(text, begin)):
        return ()
    opens = ord(own[-1]) >= TEXT_SLOTS
    found: list[Pair] = []
    for last in range(at, min(at + _WIDEST, len(clauses))):
        if not _ends_alike(clauses[last].stop, mine.stop, opens):
            continue
        match = expression(own).fullmatch(text, begin, clauses[last].end)
        if match is not None and _right_years(match, pattern, year):
            values = tuple(
                Found(
                    int(name[1:]),
                    match.start(name),
                    match.end(name),
                    match[f"u{name[1:]}"] or "" if name[0] == "n" else "",
                )
                for name in match.re.groupindex
                if name[0] in "nwy"
            )
            found.append(Pair(at, last, number, float(own_words), values, opens))
            if not opens or clauses[last].stop in ("。", "", "\n"):
                break
    return tuple(found)


def _without_year(words: str) -> str:
    led = LEADING_YEAR.match(words)
    return words[led.end() :] if led else words


def leading_year(clause: Clause, pattern: Pattern, year: int) -> int | None:
    """The fiscal year that a pattern's clause begins with."""
    if len(clause.year) != 1:
        return int(clause.year) if clause.year else None
    shift = pattern.slots[ord(clause.year) - NUMBER_SLOTS].shift
    return None if shift is None else year + shift


def _right_years(match: re.Match[str], pattern: Pattern, year: int) -> bool:
    return all(
        match[name] == str(year + (pattern.slots[int(name[1:])].shift or 0))
        for name in match.re.groupindex
        if name[0] == "y"
    )


def _ends_alike(stop: str, mine: str, opens: bool) -> bool:
    if not opens or not mine:
        return True
    if mine in "。！？\n":
        return stop in "。！？\n"
    return mine != "；" or stop in _ENDS_SENTENCE


@lru_cache(maxsize=4096)
def expression(own: str) -> re.Pattern[str]:
    """The clause as an expression: fillers may be missing, numbers and words are groups n0, w1, years y2."""
    parts: list[str] = []
    at = 0
    while at < len(own):
        word = next((one for one in (RISES, EXCEEDS) if re.match(one, own[at:])), "")
        if word:
            parts.append(f"(?:{word})")
            at += 2
            continue
        if own.startswith(("变动原因", "原因"), at):
            parts.append("(?:变动)?原因")
            at += 4 if own[at] == "变" else 2
            continue
        sign, code = own[at], ord(own[at])
        at += 1
        if code >= TEXT_SLOTS:
            parts.append(f"(?P<w{code - TEXT_SLOTS}>.+?)")
        elif NUMBER_SLOTS <= code < 0xF900:
            slot = code - NUMBER_SLOTS
            if own[at : at + 1] == "年":
                parts.append(rf"(?P<y{slot}>20\d\d)")
                continue
            unit = re.match("亿元|万元|千元|元|%", own[at:])
            at += len(unit[0]) if unit else 0
            units = "" if unit is None else "%" if unit[0] == "%" else MONEY
            parts.append(rf"(?P<n{slot}>{NUMBER})(?P<u{slot}>{units})")
        elif sign == "人" and at > 1 and NUMBER_SLOTS <= ord(own[at - 2]) < 0xF900:
            parts.append("[人名位]")
        elif sign in _OPTIONAL:
            parts.append(f"{sign}?")
        else:
            parts.append(re.escape(sign))
    return re.compile("".join(parts), re.DOTALL)
