"""Formulas and signs in words: «（8.84/15.00）×100%=58.93%＜95%»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from generator.printed.interval import Verdict, exact, judge_ratio, ratio_pct
from generator.printed.model import PrintedFigure
from generator.printed.sentence import A, B, N, P, Sentence, pattern
from generator.verify.claim import Claim, percent_of

_NUMBER = f"[{A}{B}{N}]"
_FORMULA = f"[（(]?(?P<part>{_NUMBER})[/÷](?P<whole>{_NUMBER})[)）]?[×*xX]{P}[=＝](?P<pct>{P})"
_COMPARED = f"(?P<left>{P})(?P<sign>[＜<≤≦＞>≥≧]|[=＝](?!{P}[＜<≤＞>≥]))(?P<right>{P})"
_FITS = {
    "＜": lambda left, right: left < right,
    "＞": lambda left, right: left > right,
    "≤": lambda left, right: left <= right,
    "≥": lambda left, right: left >= right,
    "＝": lambda left, right: left == right,
}
_PLAIN = {"<": "＜", ">": "＞", "=": "＝", "≦": "≤", "≧": "≥"}


def formula_claims(sentence: Sentence) -> Iterator[Claim]:
    if P not in sentence.skeleton:
        return
    results = set()
    for match in pattern(_FORMULA).finditer(sentence.skeleton):
        part, whole = sentence.figure(match.start("part")), sentence.figure(match.start("whole"))
        percent = sentence.figure(match.start("pct"))
        results.add(match.start("pct"))
        if whole.value:
            verdict = judge_ratio(ratio_pct, [(part.value, part), (whole.value, whole)], percent)
            expected = percent_of(exact(part), exact(whole), percent.step)
            yield Claim("ratio_pct", "算式的结果", (part, whole), percent, verdict, percent.spot, expected)
    for match in pattern(_COMPARED).finditer(sentence.skeleton):
        if match["sign"] in "=＝" and match.start("right") in results:
            continue
        yield _compared(sentence, match)


def _compared(sentence: Sentence, match: re.Match[str]) -> Claim:
    left, right = sentence.figure(match.start("left")), sentence.figure(match.start("right"))
    sign = _PLAIN.get(match["sign"], match["sign"])
    verdict = Verdict.OK if _FITS[sign](left.value, right.value) else Verdict.FALSE
    return Claim("compare", "大小符号", (right,), left, verdict, left.spot, _right(left, right), sign)


def _right(left: PrintedFigure, right: PrintedFigure) -> str:
    difference: Decimal = left.value - right.value
    return "＝" if not difference else "＞" if difference > 0 else "＜"
