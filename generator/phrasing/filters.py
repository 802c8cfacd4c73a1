"""Filters that turn facts into printed text. Each returns text with tokens (see `session`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from generator.facts.fact import Group, Rows
from generator.facts.rows_in_doubt import needs_rows
from generator.phrasing import phrases
from generator.phrasing.phrases import session_of
from generator.phrasing.session import Session
from generator.quantity import MONEY, PERCENT, YEAR, Blank, NotApplicable, Quantity, UnitError
from generator.scoring.filters import actual_text, target_text
from generator.scoring.scores import printed_actual, printed_target

_LEAD = re.compile(r"^[一二三四五六七八九十]+是[^。；：]*[。；：]")


def _money_in(unit: str) -> Callable[[Session, Any], str]:
    def printed(session: Session, value: Any) -> str:
        if isinstance(value, Quantity):
            if value.unit != MONEY:
                raise UnitError(f"“{value.name}”（{value.unit}）不是金额，不能用“| {unit}”")
            return session.quantity(value, unit)
        return session.printed(_figure_or_blank(value, unit))

    return printed


def _figure_or_blank(value: Any, name: str) -> Any:
    if isinstance(value, Blank | NotApplicable):
        return value
    raise UnitError(f"“| {name}”只用于数量，得到的是“{value}”")


def _number(session: Session, value: Any) -> str:
    """The digits alone, without the unit."""
    if isinstance(value, Quantity):
        return session.figure(value, session.printing.bare(value))
    return session.printed(_figure_or_blank(value, "数值"))


def _percent(session: Session, value: Any) -> str:
    if isinstance(value, Quantity):
        if value.unit != PERCENT:
            raise UnitError(f"“{value.name}”（{value.unit}）不是百分比，不能用“| 百分比”")
        return session.quantity(value)
    return session.printed(_figure_or_blank(value, "百分比"))


def _count(session: Session, value: Any) -> str:
    if isinstance(value, Quantity):
        if value.unit in (MONEY, PERCENT, YEAR):
            raise UnitError(f"“{value.name}”（{value.unit}）不是个数，不能用“| 个数”")
        return session.quantity(value)
    return session.printed(_figure_or_blank(value, "个数"))


PRINTED_AS: dict[str, Callable[[Session, Any], str]] = {
    "元": _money_in("元"),
    "千元": _money_in("千元"),
    "万元": _money_in("万元"),
    "亿元": _money_in("亿元"),
    "数值": _number,
    "百分比": _percent,
    "个数": _count,
}
"""How a single quantity is printed; these are the filters that an office may use in its own texts, too."""


def _filter(printed: Callable[[Session, Any], str]) -> Callable[..., str]:
    @pass_context
    def filtered(context: Context, value: Any) -> str:
        return printed(session_of(context), value)

    return filtered


@pass_context
def _joined(context: Context, values: Iterable[Any] | Rows, column: str = "") -> str:
    """甲、乙、丙."""
    return "、".join(_words(context, values, column))


@pass_context
def _quoted(context: Context, values: Iterable[Any] | Rows, column: str = "") -> str:
    """“甲”“乙”“丙”: no mark between closing and opening quotes (GB/T 15834-2011, 4.5.3.5)."""
    return "".join(f"“{word}”" for word in _words(context, values, column))


def _words(context: Context, values: Iterable[Any] | Rows, column: str) -> list[str]:
    session = session_of(context)
    return [
        session.printed(value[column] if isinstance(value, Group) and column else value)  # each word stays literal
        for value in values
    ]


@pass_context
def _bold_lead(context: Context, text: Any) -> str:
    """«一是加大宣传力度。积极…»: the first sentence bold in each paragraph that counts so."""
    session = session_of(context)
    if isinstance(text, Blank):
        return session.printed(text)
    lines = []
    for line in str(text).split("\n"):
        lead = _LEAD.match(line)
        if lead:
            lines.append(session.bold(lead[0]) + session.printed(line[lead.end() :]))
        elif line.strip():
            lines.append(session.printed(line))
    return "\n\n".join(lines)


@pass_context
def _no_full_stop(context: Context, text: Any) -> Any:
    return text if isinstance(text, Blank) else phrases.without_full_stop(str(text))


def _indicator_value(plain: Callable[[Context, object], Any], parts: Callable[[Group], Any]) -> Callable[..., Any]:
    """«≥90%», «93%» with the number as a figure; in checks, where nothing is printed, as words."""

    @pass_context
    def filtered(context: Context, row: Any) -> Any:
        words = plain(context, row)
        found = parts(row)
        if context.get(phrases.SESSION) is None or not isinstance(found, tuple):
            return words
        session = session_of(context)
        sign, quantity, unit = found
        return session.printed(sign) + session.digits(quantity) + session.printed(unit)

    return filtered


TEXT_FILTERS: dict[str, Callable[..., object]] = {
    "目标文本": _indicator_value(target_text, printed_target),
    "实际文本": _indicator_value(actual_text, printed_actual),
    **{name: _filter(printed) for name, printed in PRINTED_AS.items()},
    "顿号连接": needs_rows(_joined),
    "引号连接": needs_rows(_quoted),
    "首句加粗": _bold_lead,
    "去句号": _no_full_stop,
    "与上年相比": phrases.compared_with_last_year,
    "完成预算": phrases.completed_budget,
    "预算比较": phrases.compared_with_budget,
    "占比": phrases.share_of,
    "百分点": phrases.difference_in_points,
}
