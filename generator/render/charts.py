"""Charts from charts.yaml: kind, categories and values as facts; captions are numbered by the assembly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Any

from jinja2 import Template

from generator.diagnostics import Diagnostic, finding
from generator.document.nodes import Chart, ChartSeries
from generator.expressions.environment import (
    Environment,
    EvaluationError,
    Expression,
    Names,
    compile_expression,
    failure,
    template_line,
)
from generator.expressions.lines import line_ends
from generator.facts.derive import share
from generator.facts.fact import FISCAL_YEAR
from generator.facts.lacking import lacking
from generator.facts.rows_in_doubt import gap_of
from generator.number_style import NumberStyle
from generator.phrasing.session import Session
from generator.place import Place, place_of
from generator.quantity import PERCENT, Blank, BlankUsedError, NotApplicableUsedError, Quantity, total
from generator.render.spec_templates import SpecError, compile_template

KINDS = ("柱形", "饼形", "条形", "折线")
CHART_WORDS = frozenset(("标题", "种类", "类别", "系列", "各项", "合计", "全零", "单位"))


@dataclass(frozen=True, slots=True)
class ItemSpec:
    """One slice or column: `name` is a template or expression; with `loop`, one for each row («行»)."""

    name: Template | Expression
    value: Expression
    loop: Expression | None = None


@dataclass(frozen=True, slots=True)
class SeriesSpec:
    name: Template
    values: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class ChartTemplate:
    name: str
    file: str
    kind: str
    title: Template
    categories: tuple[Template, ...]
    series: tuple[SeriesSpec, ...]
    items: tuple[ItemSpec, ...]
    whole: Expression | None
    """合计: of what the slices are shares; None = of their sum."""
    empty: str
    unit: str

    def render(self, names: Names, session: Session, style: NumberStyle, caption: str) -> Chart | None:
        """The chart under its caption («图{1}：{年度}{题}（{单位}）», number already filled in); None after a
        finding."""
        try:
            caption = caption.replace("{年度}", _fiscal_year(names, session))
            caption = caption.replace("{单位}", "%" if self.kind == "饼形" else self.unit)
            title = session.plain(words(self.title, names))
            if self.items:
                labels, values = self._slices(names, session)
                series: tuple[ChartSeries, ...] = (self._series(title, values, names, session),)
            else:
                labels = [session.plain(words(category, names)) for category in self.categories]
                lines = [
                    (session.plain(words(s.name, names)), [self._quantity(v, names) for v in s.values])
                    for s in self.series
                ]
                series = tuple(self._series(name, values, names, session) for name, values in lines)
        except Exception as error:  # a pack's expression may raise anything; it becomes a finding
            blank = _lacking(error)
            if blank is not None:
                return self._to_fill_in(blank, names, session, caption)
            session.report(failure(error, Place(self.file, template_line(error, self.file)), f"图“{self.name}”"))
            return None
        return Chart(
            name=self.name,
            kind=self.kind,
            categories=tuple(labels),
            series=series,
            caption=session.inlines(caption.replace("{题}", title)),
            money_unit=self.unit,
            style=style,
            empty=self.empty,
            alt=self._description(title, labels, series, style),
        )

    def _to_fill_in(self, blank: Blank, names: Names, session: Session, caption: str) -> Chart:
        """No picture yet: the caption with its number, and what has to be filled in."""
        title = session.plain(words(self.title, names))
        empty = session.plain(session.printed(blank))
        return Chart(self.name, self.kind, (), (), session.inlines(caption.replace("{题}", title)), empty=empty)

    def _slices(self, names: Names, session: Session) -> tuple[list[str], list[Quantity]]:
        labels: list[str] = []
        values: list[Quantity] = []
        for item in self.items:
            rows = item.loop.value(names) if item.loop else [None]
            missing = gap_of(rows)
            if missing is not None:
                raise BlankUsedError(missing)
            for row in rows:
                scope = names if row is None else {**names, "行": row}
                name = item.name
                label = session.printed(name.value(scope)) if isinstance(name, Expression) else words(name, scope)
                labels.append(session.plain(label))
                values.append(self._quantity(item.value, scope))
        return labels, values

    def _series(self, name: str, values: list[Quantity], names: Names, session: Session) -> ChartSeries:
        """With the words at each point as the text has them: in a pie the share of the same whole, else the number."""
        printing = replace(session.printing, money_unit=self.unit, sentence=False)
        if self.kind != "饼形":
            return ChartSeries(name, tuple(values), tuple(map(printing.number, values)))
        whole: Quantity | Blank = total(values, values[0].unit, f"{name}.合计") if values else Blank(name)
        if self.whole is not None:
            whole = self._quantity(self.whole, names)
        shares = [share(value, whole) for value in values]
        labels = tuple(printing.number(one) + PERCENT for one in shares if isinstance(one, Quantity))
        return ChartSeries(name, tuple(values), labels if len(labels) == len(values) else ())

    def _quantity(self, source: Expression, names: Names) -> Quantity:
        value = source.value(names)
        if isinstance(value, Blank):
            raise BlankUsedError(value)
        if not isinstance(value, Quantity):
            reason = f"图“{self.name}”的值要是数量，得到的是“{value}”"
            raise EvaluationError(finding("T103", source.place, reason=reason, source=source.source))
        return value

    def _description(self, title: str, labels: list[str], series: tuple[ChartSeries, ...], style: NumberStyle) -> str:
        """Alt text with all numbers, for readers who cannot see the chart."""
        parts = []
        for line in series:
            shares = [f"（{words}）" for words in line.labels] if self.kind == "饼形" and line.labels else repeat("")
            shown = [
                f"{label}{style.text(value, self.unit)}{part}"
                for label, value, part in zip(labels, line.values, shares, strict=False)
                if value.value != 0 or not self.items
            ]
            parts.append("，".join(shown) or "全部为0")
        return f"{title}（{self.kind}图）：{'；'.join(parts)}。"


def _fiscal_year(names: Names, session: Session) -> str:
    """«2020年度» with the year as a figure; "" in a form without 年度."""
    year = names.get(FISCAL_YEAR)
    return f"{session.printed(year)}年度" if isinstance(year, Quantity | Blank) else ""


def _lacking(error: BaseException) -> Blank | None:
    """The blank that stands in the way; None for a mistake of the pack."""
    cause = error.__cause__ if isinstance(error, EvaluationError) else error
    return lacking(cause) if isinstance(cause, BlankUsedError | NotApplicableUsedError) else None


def words(template: Template, names: Names) -> str:
    """The text of a small template, with tokens."""
    return line_ends("".join(template.root_render_func(template.new_context(dict(names)))))


def compile_chart(name: str, file: str, spec: Mapping[str, Any], environment: Environment) -> ChartTemplate:
    """One entry of charts.yaml. Raises `SpecError` with every mistake found."""
    if not isinstance(spec, Mapping):
        raise SpecError(finding("T106", place_of(name), name=name, reason="要写成“名称: 值”的一组内容"))
    return _ChartSpec(name, file, spec, environment).compiled()


class _ChartSpec:
    """One entry of charts.yaml on its way; every mistake is gathered before any is told."""

    def __init__(self, name: str, file: str, spec: Mapping[str, Any], environment: Environment) -> None:
        self.name, self.file, self.spec, self.environment = name, file, spec, environment
        self.findings: list[Diagnostic] = []

    def compiled(self) -> ChartTemplate:
        spec = self.spec
        for word in spec:
            if word not in CHART_WORDS:
                self._wrong(f"有不认识的词“{word}”", word)
        kind = str(spec.get("种类", ""))
        if kind not in KINDS:
            self._wrong(f"种类只能是{'、'.join(KINDS)}，不能是“{kind}”", spec.get("种类"))
        series = tuple(map(self._series, self._entries("系列")))
        items = tuple(item for entry in self._entries("各项") if (item := self._item(entry)))
        if not series and not items:
            self._wrong("要有“系列”（与“类别”相配）或“各项”", self.name)
        if "合计" in spec and kind != "饼形":
            self._wrong("“合计”只用于饼形图", next(key for key in spec if key == "合计"))
        whole = self._expression(spec["合计"]) if "合计" in spec else None
        if self.findings:
            raise SpecError(*self.findings)
        return ChartTemplate(
            name=str(self.name),
            file=self.file,
            kind=kind,
            title=self._text(spec.get("标题", self.name)),
            categories=tuple(self._text(c) for c in spec.get("类别") or []),
            series=series,
            items=items,
            whole=whole,
            empty=str(spec.get("全零", "无")),
            unit=str(spec.get("单位", "万元")),
        )

    def _series(self, entry: Mapping[str, Any]) -> SeriesSpec:
        values = tuple(e for e in map(self._expression, entry.get("值") or []) if e)
        if len(entry.get("值") or []) != len(self.spec.get("类别") or []):
            self._wrong("系列的值与类别的个数不同", entry.get("名"))
        return SeriesSpec(self._text(entry.get("名", "")), values)

    def _item(self, entry: Mapping[str, Any]) -> ItemSpec | None:
        value = self._expression(entry.get("值"))
        loop = self._expression(entry["逐行"]) if "逐行" in entry else None
        label = entry.get("名", "")
        name = self._expression(label) if str(label).startswith("=") else self._text(label)
        return ItemSpec(name, value, loop) if value and name else None

    def _entries(self, word: str) -> list[Mapping[str, Any]]:
        listed = self.spec.get(word) or []
        if isinstance(listed, list) and all(isinstance(entry, Mapping) for entry in listed):
            return listed
        self._wrong(f"“{word}”要写成“名、值”的清单", next((key for key in self.spec if key == word), None))
        return []

    def _expression(self, value: object) -> Expression | None:
        if not str(value).startswith("="):
            self._wrong(f"“{value}”应以 = 开头", value)
            return None
        try:
            typed = str(value) if not place_of(value) else value
            return compile_expression(self.environment, typed)  # type: ignore[arg-type]
        except EvaluationError as error:
            self.findings.append(error.diagnostic)
            return None

    def _text(self, value: object) -> Template:
        line = place_of(value).line or 1
        return compile_template(str(value), self.file, self.environment, f"图“{self.name}”", first_line=line)

    def _wrong(self, reason: str, at: object = None) -> None:
        spot = place_of(at)
        self.findings.append(finding("T106", spot if spot else Place(self.file), name=self.name, reason=reason))
