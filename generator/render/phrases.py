"""Wording from the sign: 增加/减少/持平, 增长/下降, zero bases, budgets, 个百分点.

The words stand in the pack's `wording.yaml`; here stands which of them the numbers call for. A minus sign never
reaches the text: differences and rates are printed by their size. Source of the cases: 2024 form of Guangdong for
zero bases («基数为0，
不可比»), 部门决算 templates «预决算持平的不用说明变动原因».
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from generator.facts import derive
from generator.facts.fact import Group, Text
from generator.facts.rows_in_doubt import IN_TEXT
from generator.quantity import PERCENT, Blank, NotApplicable, NotApplicableUsedError, Quantity, UnitError
from generator.render.session import Session

Wording = Mapping[str, Any]
SESSION, WORDING = IN_TEXT, "_wording"
_BRACES = re.compile(r"\{([^{}]*)\}")


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

    return _BRACES.sub(filled, _pattern(context, *path))


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


def _change_case(session: Session, current: Quantity, prior: Quantity) -> str:
    """A difference that prints as 0.00 is none: «增加0.00万元，增长0.00%» says nothing and asks for a reason."""
    difference = current - prior
    if isinstance(difference, Blank) or session.style.printed_value(difference, session.money_unit) == 0:
        return "持平"
    if prior.value == 0:
        return "上年为零" if difference.value > 0 else "上年为零减少"
    return "增加" if difference.value > 0 else "减少"


def _spoken(session: Session, quantity: Quantity | Blank) -> str:
    """A difference or rate by its size, sign left to the words; the figure behind it keeps its sign."""
    return session.quantity(quantity, signed=False) if isinstance(quantity, Quantity) else session.printed(quantity)


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
    """«与2019年36.57万元相比，…增加55.11万元，增长150.70%。主要变动原因是…。»; equal years need no reason."""
    session = session_of(context)
    current = given.get("决算") if "决算" in given else _entry(group, "决算")
    prior = given.get("上年") if "上年" in given else _entry(group, "上年")
    blank = _first_blank(current, prior)
    if blank is not None:
        return _undecided_change(context, session, blank, 句式, given.get("原因", group.entries.get("原因")))
    if not isinstance(current, Quantity) or not isinstance(prior, Quantity):
        raise UnitError("与上年相比需要两个数量")
    case = _change_case(session, current, prior)
    values = {
        "上年": session.printed(context["上年"]),
        "上年数": session.printed(prior),
        "主语": session.printed(主语),
        "差额": "",
        "增幅": "",
    }
    if case != "持平":
        values["差额"] = _spoken(session, current - prior)
        if prior.value != 0:
            values["增幅"] = _spoken(session, derive.change_rate(current, prior))
    sentence = _said(
        context,
        (
            "与上年相比",
            句式,
            case,
        ),
        values,
    )
    if case == "持平":
        return sentence
    reason = given.get("原因") if "原因" in given else group.entries.get("原因")
    if reason is None:
        return sentence
    spoken = session.printed(reason if isinstance(reason, Blank) else without_full_stop(str(reason)))
    return sentence + _said(
        context,
        (
            "与上年相比",
            句式,
            "原因",
        ),
        {**values, "原因": spoken},
    )


@pass_context
def completed_budget(context: Context, actual: Quantity | Blank, budget: Quantity | Blank) -> str:
    """«，完成预算98.20%»; nothing for 0 of 0, «不可比» for an amount without budget."""
    session = session_of(context)
    blank = _first_blank(actual, budget)
    if blank is not None:
        return session.printed(blank)
    assert isinstance(actual, Quantity)
    assert isinstance(budget, Quantity)
    if budget.value == 0:
        return _pattern(context, "完成预算", "都为零" if actual.value == 0 else "预算为零")
    rate = session.printed(derive.completion(actual, budget))
    return _said(
        context,
        (
            "完成预算",
            "有预算",
        ),
        {"完成率": rate},
    )


@pass_context
def compared_with_budget(context: Context, group: Group, **given: Any) -> str:
    """«决算数与预算数持平», «决算数小于预算数，主要原因是…»; without a full stop."""
    session = session_of(context)
    actual = given.get("决算") if "决算" in given else _entry(group, "决算")
    budget = given.get("预算") if "预算" in given else _entry(group, "预算")
    blank = _first_blank(actual, budget)
    if blank is not None:
        reason = given.get("原因", group.entries.get("预算差异原因", group.entries.get("原因")))
        _, comma, because = _pattern(context, "预算比较", "大于").partition("，")
        if not isinstance(reason, Text) or "{原因}" not in because:
            return session.printed(blank)
        spoken = session.printed(without_full_stop(reason))
        return session.printed(blank) + comma + because.replace("{原因}", spoken)
    if not isinstance(actual, Quantity) or not isinstance(budget, Quantity):
        raise UnitError("预算比较需要两个数量")
    if actual == budget:
        return _pattern(context, "预算比较", "等于")
    reason = given.get("原因") if "原因" in given else group.entries.get("预算差异原因", group.entries.get("原因"))
    if reason is None:
        raise ValueError(f"“{group.label or group.name}”里没有“原因”，请在过滤器里写明")
    spoken = session.printed(reason if isinstance(reason, Blank) else without_full_stop(str(reason)))
    return _said(
        context,
        (
            "预算比较",
            "大于" if actual > budget else "小于",
        ),
        {"原因": spoken},
    )


@pass_context
def difference_in_points(context: Context, current: Quantity | Blank, prior: Quantity | Blank) -> str:
    """«提高1.20个百分点»: the difference of two percentages is never a percentage."""
    session = session_of(context)
    if isinstance(current, Blank) or isinstance(prior, Blank):
        return session.printed(current if isinstance(current, Blank) else prior)
    if current.unit != PERCENT or prior.unit != PERCENT:
        raise UnitError("百分点只用于两个百分比之差")
    case = "持平" if current.value == prior.value else "增加" if current.value > prior.value else "减少"
    difference = current - prior
    if case == "持平" or not isinstance(difference, Quantity):
        return _pattern(context, "百分点", "持平")
    number = session.figure(difference, session.style.text(abs(difference), with_unit=False))
    return _said(
        context,
        (
            "百分点",
            case,
        ),
        {"差额": number},
    )
