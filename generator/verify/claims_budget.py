"""Against the budget: «年初预算为2.85万元，支出决算为0.39万元，完成年初预算的13.68%», 决算数大于/小于预算数, 持平."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from generator.printed.interval import Verdict, exact, judge_ratio, ratio_pct
from generator.printed.model import PrintedFigure
from generator.printed.sentence import A, P, Sentence, pattern
from generator.printed.words import has
from generator.verify.claim import Claim, percent_of

_DONE = (
    f"(?:完成|为|占)?(?:了)?(?:年初|全年|调整|年度|当年)?预算(?:数)?(?:的|执行率|完成率)?(?:为|达到?)?(?P<pct>{P})"
    f"|执行率(?:为|达到?)?(?P<rate>{P})"
)
_WORD = (
    "决算数?(?:与|同|和)?(?:年初|全年|调整)?预算数?(?P<flat>持平|相等|一致|相同)"
    "|决算数?(?P<word>大于|小于|等于|高于|低于|超过|少于|多于)(?:年初|全年|调整)?预算"
)
_ACTUAL = ("决算", "执行", "实际", "支出")
_MORE = ("大于", "高于", "超过", "多于")
_FLAT = ("持平", "相等", "一致", "相同", "等于")


class Completion(NamedTuple):
    """`budget` is None where the sentence does not print it."""

    place: int
    percent: PrintedFigure
    actual: PrintedFigure | None
    budget: PrintedFigure | None


def completions(sentence: Sentence) -> list[Completion]:
    if P not in sentence.skeleton:
        return []
    return [
        _completion(sentence, match.start("pct") if match["pct"] else match.start("rate"), match.start())
        for match in pattern(_DONE).finditer(sentence.skeleton)
    ]


def budget_claims(sentence: Sentence, done: list[Completion]) -> Iterator[Claim]:
    for one in done:
        if one.actual is not None and one.budget is not None:
            yield _completed(one)
    for match in pattern(_WORD).finditer(sentence.skeleton):
        before = [one for one in done if one.place < match.start()]
        if before:
            yield _worded(match["flat"] or match["word"], before)


def _completion(sentence: Sentence, place: int, start: int) -> Completion:
    """The two amounts in the same clause; 预算 may stand in the clause, 决算 in the one before («本年待遇支出…；»)."""
    text = sentence.skeleton
    cut = max(text.rfind("。", 0, start), text.rfind("；", 0, start), text.rfind("其中：", 0, start) + 2) + 1
    held = [at for at in sentence.places if cut <= at < start and text[at] == A]
    budget = [at for at in held if "预算" in sentence.label(at) and "决算" not in sentence.label(at)]
    actual = [at for at in held if at not in budget and has(sentence.label(at), _ACTUAL)]
    if budget and not actual:
        tail = sentence.label(budget[-1]).partition("预算")[2]
        actual = [
            at for at in sentence.places
            if at < budget[-1] and text[at] == A and len(tail) > 1 and sentence.label(at).endswith(tail)
        ][-1:]  # fmt: skip
    return Completion(
        place,
        sentence.figure(place),
        sentence.figure(actual[-1]) if actual else None,
        sentence.figure(budget[-1]) if budget and actual else None,
    )


def _completed(one: Completion) -> Claim:
    actual, budget, percent = one.actual, one.budget, one.percent
    assert actual is not None and budget is not None
    if not budget.value:
        return Claim("ratio_pct", "预算数为0，完成率不可比", (actual, budget), percent, Verdict.UNDEFINED, percent.spot)
    verdict = judge_ratio(ratio_pct, [(actual.value, actual), (budget.value, budget)], percent)
    expected = percent_of(exact(actual), exact(budget), percent.step)
    return Claim("ratio_pct", "完成率＝决算数÷预算数", (actual, budget), percent, verdict, percent.spot, expected)


def _worded(word: str, before: list[Completion]) -> Claim:
    """The word fits one of the completions before it; the nearest is the one that is reported."""
    judged = [(_fits(word, one), one) for one in reversed(before)]
    verdict, one = next((item for item in judged if item[0] is not Verdict.FALSE), judged[0])
    figures = tuple(figure for figure in (one.actual, one.budget) if figure is not None)
    return Claim("compare", "决算数与预算数", figures, one.percent, verdict, one.percent.spot, _right(one), word)


def _right(one: Completion) -> str:
    if one.actual is not None and one.budget is not None:
        difference = exact(one.actual) - exact(one.budget)
    else:
        difference = one.percent.value - 100
    return "持平" if not difference else "大于" if difference > 0 else "小于"


def _fits(word: str, one: Completion) -> Verdict:
    """Printed amounts decide. Where the budget is not printed the percentage does: 100% is 持平, unless the amount is
    so large that one unit of its last digit is lost in the percentage."""
    said = "持平" if word in _FLAT else "大于" if word in _MORE else "小于"
    right = _right(one)
    if said == right:
        return Verdict.OK
    if right == "持平" and one.budget is None and one.actual is not None:
        lost = abs(one.actual.value) * one.percent.step / 2 / 100
        if lost >= one.actual.step and one.percent.step < Decimal(1):
            return Verdict.ROUNDING
    return Verdict.FALSE
