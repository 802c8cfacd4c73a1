"""Against last year: «与2019年36.57万元相比，收、支总计各增加55.11万元，增长150.70%», 持平, percentage points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.printed.interval import (
    Verdict,
    exact,
    judge_equal,
    judge_ratio,
    judge_sum,
    pct_change_from_delta,
    ratio_pct,
    scale,
)
from generator.printed.model import PrintedFigure
from generator.printed.sentence import ANY_AMOUNT, DOWN, UP, A, N, P, Q, Sentence, Y, pattern
from generator.verify.claim import Claim, percent_of, shown_as, total_of

_RATE = (
    f"(?:[（(，,、]*(?P<second>{UP}|{DOWN}|增|减|增幅|降幅|增长率|下降率|减少率)(?:了|为|达到?|幅度?为?)?(?P<pct>{P}))?"
)
_CHANGE = f"(?P<word>{UP}|{DOWN})(?:了|额为?|数为?)?(?P<delta>{ANY_AMOUNT}){_RATE}"
_NO_BASE = f"(?P<word>{UP}|{DOWN})(?:了)?(?P<delta>{ANY_AMOUNT})[（(]{Y}年度?为"
_BASE = re.compile(f"(?:与|同|较|比)(?:{Y}|上年|上一年|去年|年初|预算|{A})|同比")
_FLAT = (
    f"(?:与|同|较|比)(?:{Y}年度?|上年|上年度|去年|去年同期)(?:决算数?)?(?P<prior>{ANY_AMOUNT})相比[，,]?[^。；，]*?"
    "(?:持平|无增减|无变化|相同)"
)
_POINTS = f"从(?P<from>{P})(?P<word>{UP}|{DOWN})[到至](?P<to>{P})[，,]?(?P<again>{UP}|{DOWN})(?:了)?(?P<points>{Q})"
_OTHER_THING = re.compile("原因|由于|因为|主要[是为]|其中|导致")
"""«与上年相比减少40.23万元，主要原因是基本支出减少6.08万元»: the second change is not one of the first amount."""
_GOOD = (Verdict.OK, Verdict.ROUNDING)


class Change(NamedTuple):
    """One comparison as printed. `rises`: what its word says."""

    word: str
    rises: bool
    delta: PrintedFigure
    percent: PrintedFigure | None
    prior: PrintedFigure | None
    currents: tuple[PrintedFigure, ...]


def rises(word: str) -> bool:
    return bool(re.match(UP + "|增", word))


def change_claims(sentence: Sentence, used: set[int]) -> Iterator[Claim]:
    """`used` gets the places of numbers that are changes or last year's amounts."""
    for match in pattern(_POINTS).finditer(sentence.skeleton):
        used.update((match.start("from"), match.start("to")))
        yield _points(sentence, match)
    without_base = {match.start("delta"): match for match in pattern(_NO_BASE).finditer(sentence.skeleton)}
    for match in pattern(_CHANGE).finditer(sentence.skeleton):
        change = _change(sentence, match, used)
        if change is None:
            continue
        if match.start("delta") in without_base and change.prior is None:
            yield from _from_zero(change)
        else:
            yield from _judged(change)
    for match in pattern(_FLAT).finditer(sentence.skeleton):
        prior = sentence.figure(match.start("prior"))
        used.add(match.start("prior"))
        currents = _before(sentence, match.start(), prior, used)
        if currents:
            yield _flat(prior, currents)


def _points(sentence: Sentence, match: re.Match[str]) -> Claim:
    first, second = sentence.figure(match.start("from")), sentence.figure(match.start("to"))
    points = sentence.figure(match.start("points"))._replace(unit="%")
    up = second.value >= first.value
    parts, minus = ([second], [first]) if up else ([first], [second])
    verdict = judge_sum(parts, points, minus)
    expected = "" if verdict is Verdict.OK else total_of(tuple(parts), points, tuple(minus)).replace("%", "个百分点")
    if {rises(match["word"]), rises(match["again"])} != {up}:
        verdict, expected = Verdict.FALSE, "提高" if up else "下降"
    stated = sentence.figure(match.start("points"))
    return Claim("difference", "两个百分比相差", (first, second), stated, verdict, stated.spot, expected, match["word"])


def _change(sentence: Sentence, match: re.Match[str], used: set[int]) -> Change | None:
    """None where the words before are no comparison («收回存量资金，增加3万元» is one all the same: it has a rate)."""
    place = match.start("delta")
    delta = sentence.figure(place)
    clause = sentence.skeleton[: match.start()]
    start = max(clause.rfind("。"), clause.rfind("；"), clause.rfind("：")) + 1
    base = next(reversed(list(_BASE.finditer(clause, start))), None)
    used.add(place)
    if base is None and match["pct"] is None:
        return None
    if base is not None and _OTHER_THING.search(clause, base.start()):
        return None
    compared = base.start() if base is not None else match.start()
    inside = [
        at
        for at in sentence.places
        if compared <= at < match.start() and sentence.skeleton[at] in (A, N) and at not in used
    ]
    prior = sentence.figure(inside[-1]) if inside and sentence.figure(inside[-1]).unit == delta.unit else None
    before = _prior_before(sentence, compared, delta, used) if prior is None and base is not None else None
    prior = prior if before is None else sentence.figure(before)
    used.update(inside)
    percent = sentence.figure(match.start("pct")) if match["pct"] else None
    if percent is not None and match["second"]:
        percent = percent if percent.value >= 0 else percent._replace(value=-percent.value)
    if before is None:
        currents = _before(sentence, compared, delta, used)
    else:
        tail = sentence.label(before)[-4:]
        currents = tuple(
            sentence.figure(at)
            for at in sentence.places
            if at < before and sentence.skeleton[at] == A and len(tail) > 2 and sentence.label(at).endswith(tail)
        )
    return Change(match["word"], rises(match["word"]), delta, percent, prior, currents)


def _prior_before(sentence: Sentence, compared: int, delta: PrintedFigure, used: set[int]) -> int | None:
    """«2017年待遇支出2670.66万元，本年与上年同期相比增支358.57万元»: last year's amount stands in front."""
    years = [(at, sentence.figure(at).value) for at in sentence.places if sentence.skeleton[at] == Y and at < compared]
    amounts = [at for at in sentence.places if at < compared and sentence.skeleton[at] == A]
    if amounts and not re.fullmatch("[，]?(?:本年度?|今年)?", sentence.skeleton[amounts[-1] + 1 : compared]):
        return None
    if len(years) < 2 or not amounts or years[-1][1] != years[0][1] - 1 or years[-1][0] > amounts[-1]:
        return None
    if sum(1 for at in amounts if at > years[-1][0]) != 1 or sentence.figure(amounts[-1]).unit != delta.unit:
        return None
    used.add(amounts[-1])
    return amounts[-1]


def _before(sentence: Sentence, place: int, like: PrintedFigure, used: set[int]) -> tuple[PrintedFigure, ...]:
    """The amounts that «与…相比» may speak of: the nearest one before, and the first one of the paragraph."""
    held = [
        at
        for at in sentence.places
        if at < place and sentence.skeleton[at] in (A, N) and at not in used and _alike(sentence.figure(at), like)
    ]
    return tuple(sentence.figure(at) for at in dict.fromkeys((held[-1], held[0]))) if held else ()


def _alike(one: PrintedFigure, other: PrintedFigure) -> bool:
    return one.unit == other.unit or (scale(one) != 1 and scale(other) != 1) or {one.unit, other.unit} <= {"元", "万元"}


def _judged(change: Change) -> Iterator[Claim]:
    delta, percent, prior = change.delta, change.percent, change.prior
    size = delta if delta.value >= 0 else delta._replace(value=-delta.value)
    if prior is not None and change.currents:
        yield _difference(change, size, prior)
        yield _direction(change, prior, change.currents[0])
    if percent is None:
        return
    if prior is not None:
        if not prior.value:
            yield Claim("pct_change", "上年为0，增减幅不可比", (prior,), percent, Verdict.UNDEFINED, percent.spot)
            return
        verdict = judge_ratio(ratio_pct, [(size.value, size), (abs(prior.value), prior)], percent)
        expected = percent_of(exact(size), abs(exact(prior)), percent.step)
        yield Claim("pct_change", "增减幅＝增减额÷上年数", (size, prior), percent, verdict, percent.spot, expected)
    elif change.currents:
        yield _from_delta(change, size, percent)


def _from_delta(change: Change, size: PrintedFigure, percent: PrintedFigure) -> Claim:
    sign = 1 if change.rises else -1
    judged = []
    for current in change.currents:
        numbers = [(current.value, current), (sign * size.value, size)]
        judged.append((judge_ratio(pct_change_from_delta, numbers, percent, sign), current))
    verdict, current = next((one for one in judged if one[0] in _GOOD), judged[0])
    expected = percent_of(exact(size), exact(current) - sign * exact(size), percent.step)
    rule = "增减幅＝增减额÷（本年数－增减额）"
    return Claim("pct_change_from_delta", rule, (current, size), percent, verdict, percent.spot, expected, change.word)


def _difference(change: Change, size: PrintedFigure, prior: PrintedFigure) -> Claim:
    judged = []
    for current in change.currents:
        parts, minus = ([current], [prior]) if change.rises else ([prior], [current])
        verdict = judge_sum(parts, size, minus)
        if verdict is Verdict.FALSE and judge_sum(minus, size, parts) in _GOOD:
            verdict = Verdict.OK  # only the word is wrong, and that is a claim of its own
        judged.append((verdict, current))
    verdict, current = next((one for one in judged if one[0] in _GOOD), judged[0])
    more, less = (current, prior) if exact(current) >= exact(prior) else (prior, current)
    expected = "" if verdict is Verdict.OK else total_of((more,), size, (less,))
    figures = (current, prior)
    return Claim("difference", "增减额＝本年数－上年数", figures, change.delta, verdict, change.delta.spot, expected)


def _direction(change: Change, prior: PrintedFigure, current: PrintedFigure) -> Claim:
    """Amounts that print alike have not changed, amounts that differ moved the way that the reader sees."""
    now, then = exact(current), exact(prior)
    right = "持平" if now == then else "增加" if now > then else "减少"
    verdict = Verdict.OK if right == ("增加" if change.rises else "减少") else Verdict.FALSE
    if now == then and current.step != prior.step:
        verdict = Verdict.ROUNDING
    return Claim("compare", "增减方向", (current, prior), change.delta, verdict, change.delta.spot, right, change.word)


def _flat(prior: PrintedFigure, currents: tuple[PrintedFigure, ...]) -> Claim:
    judged = [(judge_equal(current, prior), current) for current in currents]
    verdict, current = next((one for one in judged if one[0] in _GOOD), judged[0])
    right = "持平" if verdict in _GOOD else "增加" if exact(current) > exact(prior) else "减少"
    return Claim("compare", "持平", (current,), prior, verdict, prior.spot, right, "持平")


def _from_zero(change: Change) -> Iterator[Claim]:
    """«比2020年增加0.32万元（2020年为0，增幅不可比）»: all of it is new."""
    if change.currents:
        verdict = judge_equal(change.currents[0], change.delta)
        expected = shown_as(change.currents[0])
        yield Claim(
            "equal", "上年为0，增加额＝本年数", change.currents[:1], change.delta, verdict, change.delta.spot, expected
        )
