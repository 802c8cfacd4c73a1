"""Arithmetic inside one sentence of an office's text: parts and whole, income and expenditure, changes, shares, lists.

Only what the sentence says without doubt is worked out; where it can be read in two ways, nothing is said.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.checks.amounts import Amount, Span, amounts, shown
from generator.checks.remark import Remark
from generator.quantity import PERCENT, POINTS

_SENTENCE = re.compile(r"[^。！？!?\n]+(?:。(?=其中)[^。！？!?\n]+)*")
_INTRO = re.compile(r"(?:(?<=[，,；;。：: 、\0])|^)(其中|包括)[：:，, ]*")
_ONLY_MARKS = re.compile(r"[\s，,；;。：:、\0]*")
_COMPARED = re.compile(r"[比较]|同期|环比")
_CHANGE_END = re.compile(r"(?:增加|减少|增长|下降|上升|提高|降低|增支|减支|增收|减收)(?:了|额)?\s*$")
_SKIPPED = re.compile(r"[比较占]|同期|增加|减少|增长|下降|上升|提高|降低|人均|平均|累计")
_CLAUSE = re.compile(r"[^，,；;、。]+")
_SEVERAL = re.compile(r"分别|[各均每]")
_OVERLAPPING = re.compile(
    r"党员|男|女|少数民族|岁|以[上下]|学历|本科|大专|专科|硕士|博士|研究生|高级|中级|初级|职称|残疾|退役|兼职|当年|新增"
)
_SHARE = re.compile(r"[，,（(\s]*占(?:比|总[数额量]|总[收支]入?|总支出|总人数|全部)?(?:为|的|达)?\s*$")


def sentence_remarks(line: str) -> Iterator[Remark]:
    """All findings of one paragraph: C018–C024, C032."""
    if not any(c.isdigit() for c in line):
        return
    for match in _SENTENCE.finditer(line):
        sentence = match[0]
        yield from _parts_and_whole(sentence)
        yield from _balance(_without_brackets(sentence)[0])
    yield from _changes(line)


# -- parts and whole --------------------------------------------------------------------------------------------------


def _without_brackets(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text with brackets and what they hold as NUL, and where each outermost pair stands. Unpaired: ("", [])."""
    result, groups, depth, begin = list(text), [], 0, 0
    for position, character in enumerate(text):
        if character in "（(":
            begin, depth = (position if depth == 0 else begin), depth + 1
        closing = character in "）)"
        if closing and depth == 0:
            return "", []
        if depth:
            result[position] = "\0"
        if closing:
            depth -= 1
            if depth == 0:
                groups.append((begin, position))
    return ("", []) if depth else ("".join(result), groups)


def _parts_and_whole(sentence: str) -> Iterator[Remark]:
    if "其中" not in sentence and "包括" not in sentence:
        return
    plain, groups = _without_brackets(sentence)
    if not plain:
        return
    found = amounts(sentence)
    yield from _lists(plain, sentence, found)
    ends = [a.end for a in found]
    for begin, end in groups:
        inside = sentence[begin + 1 : end]
        intro = _INTRO.match(inside)
        last = bisect_right(ends, begin) - 1
        if not intro or last < 0 or "（" in inside or "(" in inside or sentence[ends[last] : begin].strip():
            continue
        listed = _List(sentence, begin + 1 + intro.end(), end, complete=True)
        yield from listed.judged(found[last], intro[1], sentence, nested=False)


def _lists(plain: str, sentence: str, found: list[Amount]) -> Iterator[Remark]:
    """Every «…36人，其中甲25人，乙2人» outside brackets."""
    intros = list(_INTRO.finditer(plain))
    ends = [a.end for a in found]
    open_list = False
    for number, intro in enumerate(intros):
        nested = open_list
        following = intros[number + 1].start() if number + 1 < len(intros) else None
        listed = _List.before(plain, intro.end(), following)
        open_list = not listed.complete
        last = bisect_right(ends, intro.start()) - 1
        if last < 0 or not _ONLY_MARKS.fullmatch(plain, ends[last], intro.start()):
            continue
        whole = found[last]
        clause = re.split(r"[，,；;。：:、\0]", plain[max(0, whole.start - 40) : whole.start])[-1]
        if "\0" in plain[whole.start : whole.end] or _COMPARED.search(clause) or _CHANGE_END.search(clause):
            continue
        yield from listed.judged(whole, intro[1], sentence, nested)


@dataclass(frozen=True, slots=True)
class _List:
    """The clauses behind 其中, from `begin` to `end` of `text`. `complete`: nothing of the list stands behind `end`."""

    text: str
    begin: int
    end: int
    complete: bool

    @classmethod
    def before(cls, text: str, begin: int, following: int | None) -> _List:
        """Up to the end of the sentence, or to the clause that the `following` 其中 takes for its own whole."""
        if following is None:
            return cls(text, begin, len(text), True)
        cut = max(text.rfind(mark, begin, max(following - 1, begin)) for mark in "，,；;。")
        return cls(text, begin, max(cut, begin), cut >= 0 and text[cut] in "；;。")

    def judged(self, whole: Amount, intro: str, sentence: str, nested: bool) -> Iterator[Remark]:
        total, words = Span(Decimal(0), Decimal(0)), ""
        parts: list[Amount] = []
        complete = self.complete
        for clause in _CLAUSE.finditer(self.text, self.begin, self.end):
            text = clause[0]
            if text.startswith("\0") and parts:
                break
            if _SEVERAL.search(text):
                return
            here = amounts(text)
            same = [a for a in here if a.unit == whole.unit]
            if not here and parts:
                complete = False
                break
            if _SKIPPED.search(text) or not same:
                continue
            if len(same) > 1:
                return
            part = same[0]
            parts.append(part)
            words += text
            complete = complete and "等" not in text[part.end :]
            yield from _share(part, whole, sentence, clause.start() + part.end)
            total = total + part.span
            if total.meets(whole.span) or (part.low > whole.high and len(parts) == 1):
                break
        if not parts or total.meets(whole.span):
            return
        spoken = "＋".join(p.text for p in parts)
        values = {"whole": whole.text, "parts": spoken, "total": shown(total, whole)}
        overlapping = bool(_OVERLAPPING.search(words))
        if parts[0].low > whole.high:
            yield Remark("C019", **values)
        elif nested or overlapping or len(parts) < 2:
            return
        elif total.low > whole.high:
            yield Remark("C019", **values)
        elif complete and (whole.low - total.high) * 10 <= whole.low:
            yield Remark("C020", **values, difference=shown(whole.span - total, whole))
        elif complete and len(parts) > 2 and intro == "其中":
            yield Remark("C021", **values, difference=shown(whole.span - total, whole))


def _share(part: Amount, whole: Amount, sentence: str, position: int) -> Iterator[Remark]:
    """«…60万元，占60%» behind a part: the share must fit."""
    near = sentence[position : position + 24]
    following = next((a for a in amounts(near) if a.unit == PERCENT), None)
    if following is None or not _SHARE.fullmatch(near, 0, following.start):
        return
    share = part.span.percent_of(whole.span)
    if share is not None and not share.meets(following.span):
        yield Remark("C024", part=part.text, whole=whole.text, stated=following.text, computed=shown(share, following))


# -- income, expenditure, balance -------------------------------------------------------------------------------------

_NOT_BALANCE = re.compile(r"累计|滚存|年末|期末|历年|结转|上年|年初|期初|统筹|个人|结余率|预算|计划|比|较|增|减")


def _role(label: str) -> str:
    if re.search(r"(?:年初|期初|上年)[^，]{0,6}结[转余]", label):
        return "年初"
    if re.search(r"(?:年末|期末)[^，]{0,6}结[转余]", label):
        return "年末"
    if "结余" in label:
        return "" if _NOT_BALANCE.search(label) else "结余"
    if re.search(r"[比较增减]|预算|计划|人均|其中", label):
        return ""
    if "收入" in label and not re.search(r"支出|支付|利息", label):
        return "收入"
    return "支出" if re.search(r"支出|支付", label) and "收入" not in label else ""


def _balance(plain: str) -> Iterator[Remark]:
    """收入 − 支出 = 结余, and 年初 + 收入 − 支出 = 年末, where a sentence names each just once."""
    if "结" not in plain or "收入" not in plain or "其中" in plain:
        return
    roles: dict[str, Amount] = {}
    money = 0
    for clause in re.split(r"[，,；;：:]", plain):
        found = [a for a in amounts(clause) if a.unit == "元"]
        money += len(found)
        role = _role(clause[: found[0].start]) if len(found) == 1 else ""
        if role in roles or (role and not re.fullmatch(r"[\s\0。、]*", clause[found[0].end :])):
            return
        if role:
            roles[role] = found[0]
    if "收入" not in roles or "支出" not in roles:
        return
    earned, spent = roles["收入"], roles["支出"]
    if {"年初", "年末"} <= roles.keys() and money == 4:
        expected = roles["年初"].span + earned.span - spent.span
        last, formula = roles["年末"], f"{roles['年初'].text}＋{earned.text}－{spent.text}"
    elif "结余" in roles and not {"年初", "年末"} & roles.keys():
        expected, last, formula = earned.span - spent.span, roles["结余"], f"{earned.text}－{spent.text}"
    else:
        return
    if not expected.meets(last.span):
        yield Remark("C022", formula=formula, computed=shown(expected, last), stated=last.text)


# -- changes ----------------------------------------------------------------------------------------------------------

_UP, _DOWN = "提高|提升|上升|增加|增长|扩大|升|上浮|增支|增收", "降低|下降|减少|压减|缩减|降|下浮|减支|减收"
_VERB = f"(?P<verb>{_UP}|{_DOWN})"
_LAST = r"(?:上年度?|上一年|去年|20\d\d年度?|(?:20\d\d年度?)?(?:年初|全年)?预算数?)"
_FROM = re.compile(r"从[^，,。；;、\d从]{0,12}$")
_TO = re.compile(rf"[^，,。；;、\d]{{0,6}}?{_VERB}[到至为]\s*")
_BY = re.compile(rf"[，,、]?\s*[^，,。；;\d]{{0,6}}?{_VERB}(?:了|幅度?为?)?\s*")
_AGAINST = re.compile(rf"[，,。；;\s]*[比较与]{_LAST}(?:同期|决算数?|支出)?的?\s*")
_CHANGED = re.compile(rf"(?:相比|比较)?[，,]?[^，,。；;\d]{{0,10}}?{_VERB}了?\s*")
_THAN_LAST = re.compile(rf"[，,]\s*(?:同比|[比较与]{_LAST}(?:同期)?(?:相比)?[，,]?){_VERB}了?\s*")
_RATE = re.compile(rf"[，,]?\s*(?:同比)?(?:{_VERB}|增幅为?|降幅为?)了?\s*")


def _changes(line: str) -> Iterator[Remark]:
    found = amounts(line)
    for number, one in enumerate(found):
        following = found[number + 1 : number + 4]
        if len(following) > 0 and _FROM.search(line, max(0, one.start - 14), one.start):
            yield from _from_to(line, one, following)
        elif len(following) > 1:
            yield from _compared(line, one, following)


def _between(pattern: re.Pattern[str], line: str, first: Amount, second: Amount) -> re.Match[str] | None:
    return pattern.fullmatch(line, first.end, second.start) if second.start - first.end < 40 else None


def _wrong_way(verb: str, before: Amount, after: Amount) -> bool:
    rises = re.fullmatch(_UP, verb) is not None
    return after.high < before.low if rises else after.low > before.high


def _from_to(line: str, one: Amount, following: list[Amount]) -> Iterator[Remark]:
    after = following[0]
    move = _between(_TO, line, one, after)
    before = one.with_unit_of(after)
    if move is None or before.unit != after.unit:
        return
    if _wrong_way(move["verb"], before, after):
        yield Remark("C032", before=before.text, after=after.text, verb=move["verb"])
        return
    if len(following) < 2 or not _between(_BY, line, after, following[1]):
        return
    stated = following[1]
    difference = (after.span - before.span).size()
    rate = difference.percent_of(before.span)
    if before.unit == PERCENT and stated.unit in (PERCENT, POINTS):
        if stated.unit == POINTS or difference.meets(stated.span) or rate is None:
            yield from _difference(before, after, stated, difference)
            if stated.unit == PERCENT and difference.meets(stated.span):
                number = stated.text.rstrip("%").strip()
                yield Remark("C018", before=before.text, after=after.text, stated=stated.text, number=number)
        elif not rate.meets(stated.span):
            yield from _difference(before, after, stated, difference)
    elif stated.unit == PERCENT and rate is not None:
        yield from _difference(before, after, stated, rate)
    elif stated.unit == before.unit:
        yield from _difference(before, after, stated, difference)


def _difference(before: Amount, after: Amount, stated: Amount, computed: Span) -> Iterator[Remark]:
    if not computed.meets(stated.span):
        yield Remark("C023", before=before.text, after=after.text, stated=stated.text, computed=shown(computed, stated))


def _compared(line: str, current: Amount, following: list[Amount]) -> Iterator[Remark]:
    """«11.53万元，比2019年9.61万元增加1.92万元，增长19.94%», with or without last year's figure."""
    second, third = following[0], following[1]
    if _between(_AGAINST, line, current, second):
        change = _between(_CHANGED, line, second, third)
        if change is None or not current.unit == second.unit == third.unit:
            return
        if _wrong_way(change["verb"], second, current):
            yield Remark("C032", before=second.text, after=current.text, verb=change["verb"])
            return
        yield from _difference(second, current, third, (current.span - second.span).size())
        if len(following) > 2 and following[2].unit == PERCENT and _between(_RATE, line, third, following[2]):
            rate = third.span.percent_of(second.span)
            if rate is not None:
                yield from _difference(second, current, following[2], rate)
        return
    change = _between(_THAN_LAST, line, current, second)
    if change is None or current.unit != second.unit or current.unit in ("", PERCENT) or third.unit != PERCENT:
        return
    if _between(_RATE, line, second, third):
        rises = re.fullmatch(_UP, change["verb"]) is not None
        base = current.span - second.span if rises else current.span + second.span
        rate = second.span.percent_of(base)
        if rate is not None and not rate.meets(third.span):
            yield Remark(
                "C033",
                after=current.text,
                verb=change["verb"],
                change=second.text,
                stated=third.text,
                computed=shown(rate, third),
            )
