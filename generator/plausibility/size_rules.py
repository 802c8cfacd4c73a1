"""A pack's sizes.yaml as a checked value: amounts for one head, vehicle or project that make sense, and percentages.

The words are documented in templates/README.md, section “数量级 sizes.yaml”. Mistakes are reported as T102, T114, T115
and T117 with their line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from generator.diagnostics import Diagnostic, Outcome, Severity, finding
from generator.expressions.environment import Environment, EvaluationError, Expression, compile_expression
from generator.names import did_you_mean
from generator.place import Place, place_of
from generator.quantity import MONEY_UNITS

_SPAN_WORDS = ("逐行", "金额", "除以", "不低于", "不高于", "等级")
_PERCENT_WORDS = ("名称", "单位", "数", "至多100", "常近100")
_TOP = ("合理范围", "百分率")
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)(元|千元|万元|亿元|%)")


@dataclass(frozen=True, slots=True)
class Span:
    """`amount` (money), or `amount` ÷ `heads`, lies from `low` to `high` 元 in every ordinary report.

    `percent`: `heads` is money too, and the limits are per cent of it.
    """

    name: str
    severity: Severity
    rows: Expression | None
    amount: Expression
    heads: Expression | None
    low: Decimal
    high: Decimal
    percent: bool


@dataclass(frozen=True, slots=True)
class Percentages:
    """Rows with a column `unit` that says «%» are named by one of `names` and hold their numbers in `numbers`.

    `at_most`: words of names that cannot exceed 100; `near`: words of names whose figure is never as small as 1.
    """

    names: tuple[str, ...] = ()
    unit: str = ""
    numbers: tuple[str, ...] = ()
    at_most: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SizeRules:
    spans: tuple[Span, ...] = ()
    percentages: Percentages = field(default_factory=Percentages)


def parse_sizes(data: Mapping[str, Any], file: str, environment: Environment) -> Outcome[SizeRules]:
    reader = _Reader(file, environment)
    for word in data:
        if word not in _TOP:
            reader.wrong("T114", word, what="sizes.yaml", word=word, hint=did_you_mean(str(word), _TOP))
    spans = [reader.span(name, spec) for name, spec in reader.entries(data, "合理范围").items() if spec is not None]
    percentages = reader.percentages(reader.entries(data, "百分率"))
    return Outcome(SizeRules(tuple(one for one in spans if one is not None), percentages), tuple(reader.findings))


class _Reader:
    def __init__(self, file: str, environment: Environment) -> None:
        self.place, self.environment = Place(file), environment
        self.findings: list[Diagnostic] = []

    def wrong(self, code: str, at: object, **values: object) -> None:
        self.findings.append(finding(code, place_of(at) or self.place, **values))

    def entries(self, data: Mapping[str, Any], word: str) -> Mapping[str, Any]:
        value = data.get(word) or {}
        if isinstance(value, Mapping):
            return value
        self.wrong("T117", value, what="sizes.yaml", word=word, value=value, hint="应写成“名称: 值”的一组内容")
        return {}

    def span(self, name: object, spec: object) -> Span | None:
        what, before = f"合理范围“{name}”", len(self.findings)
        if not isinstance(spec, Mapping):
            self.wrong("T115", name, what=what, word="金额")
            return None
        for word in spec:
            if word not in _SPAN_WORDS:
                self.wrong("T114", word, what=what, word=word, hint=did_you_mean(str(word), _SPAN_WORDS))
        severity = str(spec.get("等级", "警告"))
        if severity not in ("警告", "提示"):
            self.wrong("T117", spec["等级"], what=what, word="等级", value=severity, hint="只能是警告、提示")
        amount = self.expression(spec, "金额")
        if amount is None and len(self.findings) == before:
            self.wrong("T115", name, what=what, word="金额")
        rows, heads = self.expression(spec, "逐行"), self.expression(spec, "除以")
        low, high = (self.amount(spec, word, what) for word in ("不低于", "不高于"))
        if amount is None or len(self.findings) > before:
            return None
        percent = "%" in str(spec["不高于"])
        return Span(str(name), Severity.from_word(severity), rows, amount, heads, low, high, percent)

    def expression(self, spec: Mapping[str, Any], word: str) -> Expression | None:
        if spec.get(word) is None:
            return None
        try:
            return compile_expression(self.environment, spec[word])
        except EvaluationError as error:
            self.findings.append(error.diagnostic)
            return None

    def amount(self, spec: Mapping[str, Any], word: str, what: str) -> Decimal:
        """«500万元» in 元, «50%» as 50."""
        match = _AMOUNT.fullmatch(str(spec.get(word, "")))
        if match is None:
            self.wrong(
                "T117",
                spec.get(word) or spec.get("金额"),
                what=what,
                word=word,
                value=spec.get(word, ""),
                hint="请写成 500万元 或 50%",
            )
            return Decimal(0)
        return Decimal(match[1]) * MONEY_UNITS.get(match[2], Decimal(1))

    def percentages(self, spec: Mapping[str, Any]) -> Percentages:
        for word in spec:
            if word not in _PERCENT_WORDS:
                self.wrong("T114", word, what="百分率", word=word, hint=did_you_mean(str(word), _PERCENT_WORDS))
        names, numbers, at_most, near = (
            tuple(map(str, spec.get(word) or ())) for word in ("名称", "数", "至多100", "常近100")
        )
        return Percentages(names, str(spec.get("单位", "")), numbers, at_most, near)
