"""Parts of a whole in a sentence: «其中：基本支出69.98万元，占76.33%；…», brackets, 年初 ＋ 收入 － 支出 ＝ 年末."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from generator.printed.interval import Verdict, exact, judge_equal, judge_ratio, judge_sum, ratio_pct
from generator.printed.model import PrintedFigure
from generator.printed.sentence import ANY_AMOUNT, A, N, P, Sentence, pattern
from generator.printed.words import has
from generator.verify.claim import Claim, percent_of, shown_as, total_of

_LIST = "其中[：:，,]?|主要用于以下方面[：:]|(?:支出|收入)?明细如下[：:]|(?<=支出决算)中[，,]|包括[：:]?"
_SHARE = f"(?P<part>{ANY_AMOUNT})[，,（(]?占(?P<of>[^，。；{P}{A}]{{0,24}}?)(?:的|比重?|比例)?(?:为)?(?P<pct>{P})"
_EACH = f"(?P<parts>{A}(?:[、和及，]{A})+)[，,]占[^。；{P}]*?(?P<pcts>{P}(?:[、和及，]{P})+)"
_NO_PART = re.compile(
    f"(?:占|完成|增加|减少|增长|下降|共计支出|共计|合计|涉及|平均|人均|含|不超过|控制)[^{A}{N}]*$|预算(?:数|金额)?为?$"
)
_DEFICIT = ("亏损", "赤字", "超支", "缺口")
_OPEN_END = re.compile("等[^“”]{0,4}$|主要[是为]|如$")
_COMPLETE = re.compile(
    "其他|其它|基本支出.*项目支出|行政.*事业|人员(?:经费|支出).*公用|货物.*服务|国内.*(?:外事|国外)|在职.*退休|职工.*居民"
    "|药品.*耗材|购置.*运行|财政拨款.*结[转余]"
)
_OPENING = re.compile("年初[^，。；]*结[转余][^，。；]*$")
_CLOSING = re.compile("年末[^，。；]*结[转余][^，。；]*$")
_INCOME = re.compile("收入[^，。；、]*$")
_SPENT = re.compile("支出[^，。；、]*$")
_SURPLUS = re.compile("(?:当年|本年|当期|收支)(?:收支)?结余[^，。；]*$")


class Parts(NamedTuple):
    """One list: the whole before it and the numbers in it, all of one unit; places in the skeleton."""

    whole: int | None
    parts: tuple[int, ...]
    start: int
    end: int


def parts_claims(sentence: Sentence, used: set[int]) -> Iterator[Claim]:
    lists = [found for match in pattern(_LIST).finditer(sentence.skeleton)
             for found in _lists(sentence, match.start(), match.end(), used)]  # fmt: skip
    shared = "占" in sentence.skeleton
    shares = {match.start("part"): match for match in pattern(_SHARE).finditer(sentence.skeleton)} if shared else {}
    for one in lists:
        yield from _sum(sentence, one, shares)
    for place, match in shares.items():
        yield from _share(sentence, place, match, lists)
    if shared:
        yield from _each(sentence)
    yield from _balance(sentence, lists, used)


def _lists(sentence: Sentence, opening: int, start: int, used: set[int]) -> Iterator[Parts]:
    text = sentence.skeleton
    end = _end_of_list(text, opening, start)
    held = [at for at in _inside(sentence, start, end) if _is_part(text, start, at) and at not in used]
    before = [
        at
        for at in sentence.places
        if _sentence_start(text, opening) < at < opening and text[at] in (A, N) and at not in used
    ]
    kind = text[opening : opening + 2]
    if kind in ("支出", "收入"):  # «支出明细如下» after income, spending and what is left
        before = [at for at in before if kind in sentence.label(at)]
    for unit in dict.fromkeys(sentence.figure(at).unit for at in held):
        parts = tuple(at for at in held if sentence.figure(at).unit == unit)
        wholes = [at for at in before if sentence.figure(at).unit == unit]
        yield Parts(wholes[-1] if wholes else None, parts, start, end)


def _inside(sentence: Sentence, start: int, end: int) -> list[int]:
    """The numbers of a list. «其中：基本支出400.78万元，包括工资…。项目支出1984.95万元，包括…。»: what 包括 names are
    parts of a part, and the list goes on after the full stop."""
    text = sentence.skeleton
    places = [at for at in sentence.places if start <= at and text[at] in (A, N)]
    nested = text.find("包括", start, end)
    if nested < 0 or text.find("包括", end) < 0 or text[start - 3 : start].startswith("包括"):
        places = [at for at in places if at < end and not 0 <= nested < at]
    else:
        spans = [(match.start(), match.end()) for match in re.finditer("包括[^。]*", text[start:])]
        places = [at for at in places if not any(first <= at - start < last for first, last in spans)]
    if places and text.startswith("其中", end) and places[-1] < end:
        del places[-1]  # the number right before another 其中 is the whole of that one
    return places


def _sentence_start(text: str, opening: int) -> int:
    """A list may follow its whole after a full stop: «项目39个，平均得分99.33分。其中：…»."""
    stop = text.rfind("。", 0, opening)
    return text.rfind("。", 0, stop) if stop == opening - 1 else stop


def _end_of_list(text: str, opening: int, start: int) -> int:
    if opening and text[opening - 1] in "（(":
        depth = 1
        for at in range(start, len(text)):
            depth += (text[at] in "（(") - (text[at] in "）)")
            if not depth:
                return at
    stop = text.find("。", start)
    stop = len(text) if stop < 0 else stop
    following = text.find("其中", start)
    if start < following < stop and text[following - 1] not in "（(":
        stop = following
    semicolon = text.find("；", start)
    if 0 < semicolon < stop and len(re.findall(ANY_AMOUNT, text[start:semicolon])) > 1:
        return semicolon
    return stop


def _is_part(text: str, start: int, at: int) -> bool:
    """Not the second number of an item, no number in brackets within the list, no change, no share."""
    inside = text[start:at]
    if inside.count("（") + inside.count("(") > inside.count("）") + inside.count(")"):
        return False
    item = re.split("[，、；。：]", inside)[-1]
    return not _NO_PART.search(item)


def _sum(sentence: Sentence, one: Parts, shares: dict[int, re.Match[str]]) -> Iterator[Claim]:
    if one.whole is None or len(one.parts) < 2:
        return
    whole = sentence.figure(one.whole)
    parts = [_signed(sentence, at) for at in one.parts]
    verdict = judge_sum(parts, whole)
    text = sentence.skeleton[one.start : one.end]
    firm = _complete(sentence, one, parts, whole, shares, text)
    label = sentence.label(one.whole) or "合计"
    expected = "" if verdict is Verdict.OK else total_of(tuple(parts), whole)
    yield Claim("sum", f"{label}＝其中各项之和", tuple(parts), whole, verdict, whole.spot, expected, "", firm)


def _signed(sentence: Sentence, at: int) -> PrintedFigure:
    figure = sentence.figure(at)
    return figure._replace(value=-figure.value) if has(sentence.label(at), _DEFICIT) else figure


def _complete(sentence: Sentence, one: Parts, parts: list[PrintedFigure], whole: PrintedFigure,
              shares: dict[int, re.Match[str]], text: str) -> bool:  # fmt: skip
    """Whether the parts are all there, as far as paper can say: shares that make 100%, 其他, pairs that belong
    together; or parts that exceed their whole."""
    if sum(map(exact, parts)) > exact(whole) >= 0:
        return True
    if _OPEN_END.search(text):
        return False
    percents = [sentence.figure(shares[at].start("pct")) for at in one.parts if at in shares]
    if len(percents) == len(parts) > 1:
        missing = abs(sum((figure.value for figure in percents), Decimal(-100)))
        return missing <= sum((figure.step for figure in percents), Decimal(0))
    return bool(_COMPLETE.search(text))


def _share(sentence: Sentence, place: int, match: re.Match[str], lists: list[Parts]) -> Iterator[Claim]:
    part, percent = sentence.figure(place), sentence.figure(match.start("pct"))
    of = match["of"].strip("的")
    around = next((one for one in lists if place in one.parts), None)
    if of:
        whole = _named(sentence, of, place)
    elif around is not None and around.whole is not None:
        whole = sentence.figure(around.whole)
    elif around is not None and len(around.parts) > 1:
        yield _of_list(sentence, around, part, percent)
        return
    else:
        whole = None
    if whole is None:
        return
    if not whole.value:
        if percent.value:
            yield Claim("ratio_pct", "总额为0的占比", (part, whole), percent, Verdict.UNDEFINED, percent.spot)
        return
    verdict = judge_ratio(ratio_pct, [(part.value, part), (whole.value, whole)], percent)
    expected = percent_of(exact(part), exact(whole), percent.step)
    yield Claim("ratio_pct", "占比＝部分÷总额", (part, whole), percent, verdict, percent.spot, expected)


def _named(sentence: Sentence, name: str, place: int) -> PrintedFigure | None:
    """«占政府采购支出总额的100%»: the amount in this paragraph that goes by that name."""
    for at in sentence.places:
        if at < place and sentence.skeleton[at] == A and sentence.label(at).endswith(name):
            return sentence.figure(at)
    return None


def _of_list(sentence: Sentence, around: Parts, part: PrintedFigure, percent: PrintedFigure) -> Claim:
    """No whole is printed: the parts together are it."""
    others = [figure for at in around.parts if (figure := sentence.figure(at)) is not part]
    whole = sum(map(exact, others)) + exact(part)
    if not whole:
        return Claim("ratio_pct", "占比＝部分÷各项之和", (part, *others), percent, Verdict.UNREAD, percent.spot)

    def residual(*numbers: Decimal) -> Decimal:
        return numbers[0] * 100 - numbers[-1] * sum(numbers[:-1])

    held = [part, *sorted(others, key=exact)[-4:]]
    verdict = judge_ratio(residual, [(one.value, one) for one in held], percent)
    expected = percent_of(exact(part), Decimal(whole), percent.step)
    return Claim("ratio_pct", "占比＝部分÷各项之和", (part, *others), percent, verdict, percent.spot, expected)


def _each(sentence: Sentence) -> Iterator[Claim]:
    """«分别为A、B和C，占…的a%、b%和c%», shares of the amount before."""
    for match in pattern(_EACH).finditer(sentence.skeleton):
        parts = [at for at in sentence.places if match.start("parts") <= at < match.end("parts")]
        percents = [at for at in sentence.places if match.start("pcts") <= at < match.end("pcts")]
        before = [at for at in sentence.places if at < match.start() and sentence.skeleton[at] == A]
        if len(parts) != len(percents) or not before or not sentence.figure(before[-1]).value:
            continue
        whole = sentence.figure(before[-1])
        for at, share in zip(parts, percents, strict=True):
            part, percent = sentence.figure(at), sentence.figure(share)
            verdict = judge_ratio(ratio_pct, [(part.value, part), (whole.value, whole)], percent)
            expected = percent_of(exact(part), exact(whole), percent.step)
            yield Claim("ratio_pct", "占比＝部分÷总额", (part, whole), percent, verdict, percent.spot, expected)


def _balance(sentence: Sentence, lists: list[Parts], used: set[int]) -> Iterator[Claim]:
    if "结" not in sentence.skeleton and "资产" not in sentence.skeleton:
        return
    inside = {at for one in lists for at in one.parts}
    heads = [at for at in sentence.places if sentence.skeleton[at] == A and at not in inside and at not in used]
    named: dict[str, int] = {}
    for at in heads:
        label = sentence.label(at)
        for name, shape in (("年初", _OPENING), ("年末", _CLOSING), ("结余", _SURPLUS)):
            if shape.search(label):
                named.setdefault(name, at)
                break
        else:
            for name, shape in (("支出", _SPENT), ("收入", _INCOME)):
                if shape.search(label):
                    named.setdefault(name, at)
    if {"年初", "收入", "支出", "年末"} <= set(named):
        yield _balanced(sentence, "年末结转和结余＝年初结转和结余＋收入－支出", named, "年末", ("年初", "收入"))
    if {"收入", "支出", "结余"} <= set(named) and named["收入"] < named["支出"] < named["结余"]:
        yield _balanced(sentence, "结余＝收入－支出", named, "结余", ("收入",))
    total = next((at for at in heads if sentence.label(at).startswith("资产总额")), None)
    debts = next((at for at in heads if sentence.label(at).startswith("负债总额")), None)
    net = next((at for at in heads if sentence.label(at).startswith("净资产")), None)
    if total is not None and debts is not None and net is not None:
        whole, parts = sentence.figure(total), [sentence.figure(debts), sentence.figure(net)]
        verdict = judge_sum(parts, whole)
        expected = "" if verdict is Verdict.OK else total_of(tuple(parts), whole)
        yield Claim("sum", "资产总额＝负债总额＋净资产", tuple(parts), whole, verdict, whole.spot, expected)


def _balanced(sentence: Sentence, rule: str, named: dict[str, int], result: str, plus: tuple[str, ...]) -> Claim:
    stated, spent = sentence.figure(named[result]), [sentence.figure(named["支出"])]
    parts = [sentence.figure(named[name]) for name in plus]
    verdict = judge_sum(parts, stated, spent)
    expected = "" if verdict is Verdict.OK else total_of(tuple(parts), stated, tuple(spent))
    return Claim("balance", rule, (*parts, *spent), stated, verdict, stated.spot, expected)


def repeated_claims(sentence: Sentence) -> Iterator[Claim]:
    """«国内公务接待支出0.32万元，…共计支出0.32万元»: the sentence's own amount once more."""
    for match in pattern(f"共计(?:支出|金额)?(?P<again>{A})").finditer(sentence.skeleton):
        start = sentence.skeleton.rfind("。", 0, match.start()) + 1
        first = next((at for at in sentence.places if start <= at < match.start() and sentence.skeleton[at] == A), None)
        if first is not None and not re.search(f"[{A}]", sentence.skeleton[first + 1 : match.start()]):
            one, other = sentence.figure(first), sentence.figure(match.start("again"))
            yield Claim("equal", "同一数前后一致", (one,), other, judge_equal(one, other), other.spot, shown_as(one))
