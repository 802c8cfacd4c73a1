"""Wording from the relation of two figures: 增加/减少/持平, 增长/下降, no base for a percentage, budgets, 个百分点.

The words stand in the pack's `wording.yaml`; here stands which of them the printed numbers call for. A minus sign never
reaches the text: differences and rates are printed by their size. Source of the cases: 2024 form of Guangdong for
zero bases («基数为0，不可比»), 部门决算 templates «预决算持平的不用说明变动原因».
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from generator.facts import derive
from generator.facts.fact import Group, Text
from generator.facts.relation import Relation
from generator.facts.rows_in_doubt import IN_TEXT
from generator.phrasing.session import Session
from generator.phrasing.wording_form import BRACES, further_bases
from generator.quantity import MONEY, PERCENT, Blank, NotApplicable, NotApplicableUsedError, Quantity, UnitError

SESSION, WORDING = IN_TEXT, "_wording"


def session_of(context: Context) -> Session:
    session = context[SESSION]
    assert isinstance(session, Session)
    return session


def _pattern(context: Context, *path: str) -> str:
    """One sentence of wording.yaml."""
    node: Any = context[WORDING]
    for word in path:
        if not isinstance(node, Mapping) or word not in node:
            raise ValueError(f"措辞 wording.yaml 里没有“{'.'.join(path)}”")
        node = node[word]
    return str(node)


def _said(context: Context, path: tuple[str, ...], values: Mapping[str, str]) -> str:
    """A sentence with its words in braces filled in. Not `str.format`: that reaches into objects."""

    def filled(match: re.Match[str]) -> str:
        if match[1] not in values:
            known = "、".join(f"{{{name}}}" for name in values)
            raise ValueError(f"措辞“{'.'.join(path)}”里的“{match[0]}”不能用，可用的有：{known}")
        return values[match[1]]

    return BRACES.sub(filled, _pattern(context, *path))


def _form(context: Context, word: str, 句式: str) -> tuple[str, ...]:
    """Where the sentences of a form stand: at the word itself, or under the name that the pack gave it."""
    found = context[WORDING].get(word)
    if 句式 and not (isinstance(found, Mapping) and isinstance(found.get(句式), Mapping)):
        raise ValueError(f"措辞 wording.yaml 里没有“{word}.{句式}”")
    return (word, 句式) if 句式 else (word,)


def _bases(context: Context, path: tuple[str, ...], given: Mapping[str, Any]) -> dict[str, Any] | Blank:
    """What the form compares with besides: exactly the names of its 比较; the blank among them."""
    node: Any = context[WORDING]
    for word in path:
        node = node.get(word) if isinstance(node, Mapping) else None
    wanted, form = further_bases(node), ".".join(path)
    for name in wanted:
        if name not in given:
            raise ValueError(f"措辞“{form}”还与“{name}”比较，请在括号里写明：{name}=…")
    for name in given:
        if name not in wanted:
            raise ValueError(f"措辞“{form}”的“比较”里没有“{name}”")
    blank = _first_blank(*given.values())
    if blank is not None:
        return blank
    for name, base in given.items():
        if not isinstance(base, Quantity):
            raise UnitError(f"“{name}”要是一个数量")
    return dict(given)


def without_full_stop(text: str) -> str:
    """The words without closing punctuation, so that a sentence can go on."""
    return str(text).rstrip().rstrip("。．.；;，,、")


def _entry(group: Group, name: str) -> Any:
    if name not in group:
        raise ValueError(f"“{group.label or group.name}”里没有“{name}”，请在过滤器里写明")
    return group[name]


def _first_blank(*values: object) -> Blank | None:
    """The first blank among the values; 不适用 among them is refused by name."""
    for value in values:
        if isinstance(value, NotApplicable):
            raise NotApplicableUsedError(value)
    return next((value for value in values if isinstance(value, Blank)), None)


def _two(given: Mapping[str, Any], group: Group, second: str, what: str) -> tuple[Quantity, Quantity] | Blank:
    """决算 and what it is compared with; the blank among them."""
    current = given.get("决算") if "决算" in given else _entry(group, "决算")
    base = given.get(second) if second in given else _entry(group, second)
    blank = _first_blank(current, base)
    if blank is not None:
        return blank
    if not isinstance(current, Quantity) or not isinstance(base, Quantity):
        raise UnitError(f"{what}需要两个数量")
    return current, base


def _size(session: Session, relation: Relation) -> str:
    """The difference without its sign, also where there is none."""
    difference = relation.difference if relation.seen else relation.left - relation.left
    assert isinstance(difference, Quantity)
    return session.quantity(difference, signed=False)


def _why_no_rate(context: Context, relation: Relation) -> str:
    """«为0», «不足0.01万元», «为负»: why the base bears no percentage; "" where it does."""
    if not relation.base:
        return ""
    return _said(context, ("基数", relation.base), {"最小": _least(relation, MONEY)})


def _least(relation: Relation, unit: str) -> str:
    return relation.printing.text(relation.printing.smallest(unit))


def _rate(context: Context, session: Session, rate: Quantity | Blank, relation: Relation) -> str:
    """A rate by its size, sign left to the words; «0.01%以内» for a change whose rate would print as 0%."""
    if isinstance(rate, Quantity) and rate.value != 0 and relation.printing.is_zero(rate) and relation.seen:
        return _said(context, ("百分比", "微小"), {"最小": _least(relation, PERCENT)})
    return session.quantity(rate, signed=False) if isinstance(rate, Quantity) else session.printed(rate)


def _reason(context: Context, given: Mapping[str, Any], entry: object) -> str | None:
    reason = given.get("原因") if "原因" in given else entry
    if reason is None or (isinstance(reason, str) and not reason.strip()):
        return None
    return session_of(context).printed(reason if isinstance(reason, Blank) else without_full_stop(str(reason)))


def _undecided_change(context: Context, session: Session, blank: Blank, form: str, reason: object) -> str:
    """What is missing, closed as the sentence would be, and the reason that the office has given already."""
    mark = _pattern(context, "与上年相比", form, "持平")[-1:]
    said = session.printed(blank) + (mark if mark in "。；，" else "")
    if not isinstance(reason, Text):
        return said
    spoken = session.printed(without_full_stop(reason))
    values = {"原因": spoken, "上年": session.printed(context["上年"])}
    return said + _said(context, ("与上年相比", form, "原因"), values)


@pass_context
def compared_with_last_year(context: Context, group: Group, 主语: str = "", 句式: str = "总述", **given: Any) -> str:
    """«与2019年36.57万元相比，…增加55.11万元，增长150.70%。主要变动原因是…。»; equal as printed: 持平, no reason."""
    session = session_of(context)
    further = {name: value for name, value in given.items() if name not in ("决算", "上年", "原因")}
    pair = _two(given, group, "上年", "与上年相比")
    bases = pair if isinstance(pair, Blank) else _bases(context, ("与上年相比", 句式), further)
    if isinstance(bases, Blank):
        pair = bases
    if isinstance(pair, Blank):
        return _undecided_change(context, session, pair, 句式, given.get("原因", group.entries.get("原因")))
    relation = session.related(*pair)
    why = _why_no_rate(context, relation)
    case = ("持平", "增加", "减少")[relation.seen]
    values = {
        "上年": session.printed(context["上年"]),
        "上年数": session.printed(pair[1]),
        "本年数": session.printed(pair[0]),
        "主语": session.printed(主语),
        "差额": session.quantity(relation.difference, signed=False) if relation.seen else "",
        "增幅": "" if why or not relation.seen else _rate(context, session, relation.rate, relation),
        "基数": why,
    }
    values["决算数"] = values["本年数"]
    assert not isinstance(bases, Blank)
    for name, base in bases.items():
        other = session.related(pair[0], base)
        values[f"{name}数"] = session.printed(base)
        values[f"{name}差额"] = _size(session, other)
        values[f"{name}增幅"] = _rate(context, session, other.rate, other)
    path = ("与上年相比", 句式, f"不可比{case}" if why and relation.seen else case)
    sentence = _said(context, path, values)
    reason = _reason(context, given, group.entries.get("原因")) if relation.seen else None
    if reason is None:
        return sentence
    return sentence + _said(context, ("与上年相比", 句式, "原因"), {**values, "原因": reason})


@pass_context
def completed_budget(
    context: Context, actual: Quantity | Blank, budget: Quantity | Blank, 句式: str = "", **further: Any
) -> str:
    """«，完成预算98.20%»; nothing for 0 of 0, «不可比» for an amount without a budget to speak of."""
    session, form = session_of(context), _form(context, "完成预算", 句式)
    bases = _bases(context, form, further)
    blank = _first_blank(actual, budget, bases)
    if blank is not None:
        return session.printed(blank)
    assert isinstance(actual, Quantity)
    assert isinstance(budget, Quantity)
    relation = session.related(actual, budget)
    why = _why_no_rate(context, relation)
    assert not isinstance(bases, Blank)
    figures = {"决算数": session.printed(actual), "预算数": session.printed(budget)}
    for name, base in bases.items():
        figures[f"{name}预算数"] = session.printed(base)
        figures[f"{name}完成率"] = _completion(context, session, session.related(actual, base))
    if why and relation.seen == 0 and relation.base == "零":
        return _said(context, (*form, "都为零"), figures)
    if why and relation.seen:
        return _said(context, (*form, "预算为零"), {**figures, "基数": why})
    rate = _completion(context, session, relation)
    return _said(context, (*form, "有预算"), {**figures, "完成率": rate})


def _completion(context: Context, session: Session, relation: Relation) -> str:
    """«98.20%»; never «100%» of a budget that was not met or was passed: «99.99%以上», «100%以上»."""
    rate, printing = relation.completion, relation.printing
    if relation.seen == 0 or not isinstance(rate, Quantity) or printing.value(rate) != 100:
        return _rate(context, session, rate, relation)
    reached = 100 - printing.smallest(PERCENT).value if relation.seen < 0 else Decimal(100)
    return _said(context, ("百分比", "以上"), {"百分比": printing.text(Quantity(reached, PERCENT))})


def _undecided_budget(context: Context, session: Session, blank: Blank, given: Mapping[str, Any], group: Group) -> str:
    """What is missing, and the reason that the office has given already."""
    reason = given.get("原因", group.entries.get("预算差异原因", group.entries.get("原因")))
    _, comma, because = _pattern(context, "预算比较", "大于").partition("，")
    if not isinstance(reason, Text) or "{原因}" not in because:
        return session.printed(blank)
    spoken = session.printed(without_full_stop(reason))
    return session.printed(blank) + comma + because.replace("{原因}", spoken)


@pass_context
def compared_with_budget(context: Context, group: Group, 句式: str = "", **given: Any) -> str:
    """«决算数与预算数持平», «决算数小于预算数，主要原因是…»; without a full stop."""
    session, form = session_of(context), _form(context, "预算比较", 句式)
    further = {name: value for name, value in given.items() if name not in ("决算", "预算", "原因")}
    pair = _two(given, group, "预算", "预算比较")
    bases = pair if isinstance(pair, Blank) else _bases(context, form, further)
    if isinstance(bases, Blank):
        pair = bases
    if isinstance(pair, Blank):
        return _undecided_budget(context, session, pair, given, group)
    relation = session.related(*pair)
    assert not isinstance(bases, Blank)
    figures = {"决算数": session.printed(pair[0]), "预算数": session.printed(pair[1])}
    for name, base in bases.items():
        figures[f"{name}预算数"] = session.printed(base)
        figures[f"{name}差额"] = _size(session, session.related(pair[0], base))
    if relation.seen == 0:
        return _said(context, (*form, "等于"), figures)
    reason = _reason(context, given, group.entries.get("预算差异原因", group.entries.get("原因")))
    if reason is None:
        raise ValueError(f"“{group.label or group.name}”里没有“原因”，请在过滤器里写明")
    size = session.quantity(relation.difference, signed=False)
    return _said(context, (*form, relation.word), {**figures, "差额": size, "原因": reason})


@pass_context
def share_of(context: Context, part: Quantity | Blank, whole: Quantity | Blank, 总称: str = "") -> str:
    """«，占36.20%», «，占本年支出合计的36.20%»; nothing where the whole is 0 or negative."""
    session = session_of(context)
    blank = _first_blank(part, whole)
    if blank is not None:
        return session.printed(blank)
    assert isinstance(part, Quantity)
    assert isinstance(whole, Quantity)
    words = {"总称": 总称, "部分": session.printed(part), "总数": session.printed(whole)}
    if whole.value <= 0:
        return _said(context, ("占比", "总数为零"), words)
    return _said(context, ("占比", "有总数"), {**words, "占比": session.printed(derive.share(part, whole))})


@pass_context
def difference_in_points(context: Context, current: Quantity | Blank, prior: Quantity | Blank) -> str:
    """«提高1.20个百分点»: the difference of two percentages is never a percentage."""
    session = session_of(context)
    blank = _first_blank(current, prior)
    if blank is not None:
        return session.printed(blank)
    if not isinstance(current, Quantity) or not isinstance(prior, Quantity) or {current.unit, prior.unit} != {PERCENT}:
        raise UnitError("百分点只用于两个百分比之差")
    relation = session.related(current, prior)
    figures = {"本年数": session.printed(current), "上年数": session.printed(prior)}
    if relation.seen == 0:
        return _said(context, ("百分点", "持平"), figures)
    number = session.figure(relation.difference, session.printing.number(abs(relation.difference)))
    return _said(context, ("百分点", "增加" if relation.seen > 0 else "减少"), {**figures, "差额": number})
