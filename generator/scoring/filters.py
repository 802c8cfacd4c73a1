"""The filters of 绩效: what templates, tables, charts, formulas and checks may ask of indicators and score sheets.

`评分表` is a name like a field's: the sheets that scoring.yaml describes, each a group of the rows and totals it names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from jinja2 import pass_context
from jinja2.runtime import Context

from generator.facts.fact import FISCAL_YEAR, Entry, Group, Rows, Text, YesNo
from generator.facts.naming import called
from generator.facts.rows_in_doubt import IN_TEXT, counted
from generator.quantity import PERCENT, SCORE, Blank, BlankUsedError, NotApplicable, Quantity, UnitError
from generator.scoring import scores as scoring
from generator.scoring.levels import execution_level, first_levels
from generator.scoring.rules import SHEET_WORDS, Scoring

SHEETS = "评分表"
_SCORES = ("执行分值", "执行得分", "总分")


def _rules(context: Context) -> Scoring:
    rules = getattr(context.environment, "scoring", None)
    assert isinstance(rules, Scoring)
    return rules


def _points(context: Context) -> Mapping[str, Decimal]:
    year = context.get(FISCAL_YEAR)
    return _rules(context).points(int(year.value) if isinstance(year, Quantity) else 0)


def _row(value: object, name: str) -> Group:
    if type(value) is not Group:
        raise UnitError(f"“| {name}”用于一行指标，得到的是“{value}”")
    return value


# -- one row ----------------------------------------------------------------------------------------------------------


@pass_context
def _completion(context: Context, row: object) -> Quantity | Blank:
    return scoring.completion(_row(row, "指标完成率"), _rules(context))


@pass_context
def _computed(context: Context, row: object) -> Quantity | Blank:
    """容差 is how far a hand-given score may lie from it."""
    found = scoring.computed_score(_row(row, "计分"), _rules(context))
    return found if isinstance(found, Blank) else scoring.with_error(found, _rules(context).tolerance)


@pass_context
def _score(context: Context, row: object) -> Quantity | Blank:
    """Of a row; a score itself as it is printed."""
    if isinstance(row, Quantity | Blank):
        return scoring.printed_score(row, _rules(context))
    return scoring.score(_row(row, "得分"), _rules(context))


@pass_context
def _met(context: Context, row: object) -> YesNo | Blank:
    return scoring.met(_row(row, "达成"), _rules(context))


def _spoken(context: Context, found: tuple[str | Blank, Quantity, str] | Text | Blank, place: Any) -> Text | Blank:
    """«≥90%»: the number as the pack prints it everywhere, its unit in the office's words."""
    if not isinstance(found, tuple):
        return found
    sign, figure, unit = found
    if isinstance(sign, Blank):
        return sign
    number: str = context.environment.printing.cells.number(figure)  # type: ignore[attr-defined]
    return Text(f"{sign}{number}{unit}", figure.name, place)


@pass_context
def target_text(context: Context, row: object) -> Text | Blank:
    group = _row(row, "目标文本")
    return _spoken(context, scoring.printed_target(group), group.place)


@pass_context
def actual_text(context: Context, row: object) -> Text | Blank:
    group = _row(row, "实际文本")
    return _spoken(context, scoring.printed_actual(group), group.place)


def _filled(row: object, *columns: str) -> bool:
    """Whether any of the columns is there and filled in."""
    return any(scoring.is_filled(_row(row, "填了"), column) for column in columns)


@pass_context
def _filled_or_asked_for(context: Context, row: object, *columns: str) -> bool:
    """The same; in a text `BlankUsedError` is raised where one has still to be filled in."""
    if _filled(row, *columns):
        return True
    for column in columns if IN_TEXT in context.parent else ():
        cell = _row(row, "填了").entries.get(column)
        if isinstance(cell, Blank) and cell.needed:
            raise BlankUsedError(cell)
    return False


@pass_context
def _far_over(context: Context, row: object) -> bool:
    """More than asked by 超额·阈值; where less is better, less is never too much."""
    rules, group = _rules(context), _row(row, "超额")
    direction = scoring.direction_of(group)
    if rules.over is None or isinstance(direction, Blank):
        return False
    if scoring.less_is_better(direction, scoring.is_limit(group, rules)):
        return False
    rate = scoring.completion(group, rules)
    return isinstance(rate, Quantity) and rules.style.printed_value(rate) >= rules.over


@pass_context
def _falls_short(context: Context, row: object) -> bool:
    """The target is not met, or not all points are given. An office's own full points for a missed target fall short
    as well."""
    rules, group = _rules(context), _row(row, "有偏差")
    reached, weight = scoring.met(group, rules), scoring.printed_cell(group, "分值", rules, SCORE)
    if isinstance(reached, YesNo) and not reached:
        return True
    points = scoring.printed_score(scoring.score(group, rules), rules) if isinstance(weight, Quantity) else weight
    return isinstance(weight, Quantity) and isinstance(points, Quantity) and points.value < weight.value


@pass_context
def _claimed(context: Context, row: object) -> YesNo | Blank:
    """是 or 否 as the office's words say it; Blank where they say neither, and for 定性."""
    group, claims = _row(row, "自称达成"), _rules(context).claims
    silent = Blank(f"{group.name}.自称达成", place=group.place)
    if scoring.words_cell(group, "方向") == scoring.QUALITATIVE:
        return silent
    for column in claims.columns:
        words = scoring.words_cell(group, column)
        verdict = (
            words
            if words in ("是", "否")
            else "否"
            if any(word in words for word in claims.no)
            else "是"
            if any(word in words for word in claims.yes)
            else ""
        )
        if verdict:
            entry = group.entries[column]
            assert isinstance(entry, Text)
            return YesNo(verdict, entry.name, entry.place, entry.label)
    return silent


@pass_context
def _in_range(context: Context, row: object) -> bool:
    """Whether a typed 自评得分 lies between 0 and 分值; true where one of them is missing."""
    group = _row(row, "得分在范围内")
    weight = scoring.number_cell(group, "分值", SCORE)
    points = scoring.number_cell(group, "自评得分", SCORE)
    if isinstance(weight, Blank) or isinstance(points, Blank):
        return True
    return 0 <= points.value <= weight.value


@pass_context
def _can_be_scored(context: Context, row: object) -> bool:
    """False where everything is filled in and still no proportion exists: a missed target of 0 or less."""
    group = _row(row, "可以计分")
    if scoring.words_cell(group, "方向") == scoring.QUALITATIVE or _filled(group, "自评得分"):
        return True
    if not all(_filled(group, column) for column in ("方向", "目标值", "实际值", "分值")):
        return True
    return isinstance(scoring.computed_score(group, _rules(context)), Quantity)


@pass_context
def _in_tier(context: Context, row: object) -> bool:
    """Whether 完成程度, typed or implied by the hand-given score, lies within its 档次."""
    rules, group = _rules(context), _row(row, "档次相符")
    tier, degree = rules.tier(scoring.words_cell(group, "档次")), scoring.degree(group)
    if scoring.words_cell(group, "方向") != scoring.QUALITATIVE or tier is None or isinstance(degree, Blank):
        return True
    return scoring.within_tier(tier, degree.value, rules)


def _degree(row: object) -> Quantity | Blank:
    return scoring.degree(_row(row, "完成程度"))


def _comparable(row: object) -> bool:
    """Whether 自评得分 is typed and one score is right: a 档次 alone leaves a range of them."""
    group = _row(row, "得分可核对")
    fixed = scoring.words_cell(group, "方向") != scoring.QUALITATIVE or _filled(group, "完成程度")
    return fixed and _filled(group, "自评得分")


@pass_context
def _level_fits(context: Context, row: object) -> bool:
    """Whether 二级 belongs to 一级 by 层级; true where the pack says nothing of this 一级."""
    group, levels = _row(row, "层级相符"), _rules(context).levels
    first, second = scoring.words_cell(group, "一级"), scoring.words_cell(group, "二级")
    return first not in levels or not second or second in levels[first]


@pass_context
def _fitting_units(context: Context, row: object) -> Text:
    """«人、人次», the units that suit the indicator's name; "" where no rule speaks of it."""
    group = _row(row, "应有单位")
    name = scoring.words_cell(group, "三级").split("（")[0].split("(")[0].strip()
    for rule in _rules(context).units:
        if name.endswith(rule.endings) and not name.endswith(rule.except_for or ("\0",)):
            return Text("、".join(rule.units), f"{group.name}.应有单位", group.place)
    return Text("", f"{group.name}.应有单位", group.place)


@pass_context
def _unit_fits(context: Context, row: object) -> bool:
    group = _row(row, "单位相符")
    fitting = str(_fitting_units(context, row))
    if not fitting or not scoring.is_filled(group, "目标值"):
        return True
    return normalize("NFKC", scoring.words_cell(group, "单位")) in fitting.split("、")


# -- budget execution, totals, grades ---------------------------------------------------------------------------------


def _weight(context: Context, given: object) -> Quantity | Blank:
    """The points of execution: those given, else 权重·预算执行率."""
    rules = _rules(context)
    if isinstance(given, Quantity):
        return scoring.in_unit(given, SCORE)
    if isinstance(given, int | float | Decimal) and not isinstance(given, bool):
        return Quantity(Decimal(str(given)), SCORE, f"预算执行率（{given}分）", rules.place, "预算执行率分值")
    word = rules.execution_word
    points = _points(context).get(word)
    if points is None:
        return Blank(f"权重.{word}", f"scoring.yaml 的权重“{word}”")
    return Quantity(points, SCORE, f"权重.{word}", rules.place, f"{word}分值")


@pass_context
def _execution(context: Context, actual: Any, budget: Any, weight: object = None) -> Quantity | Blank:
    rules = _rules(context)
    found = scoring.execution_score(actual, budget, _weight(context, weight), rules)
    return found if isinstance(found, Blank) else scoring.with_error(found, rules.tolerance)


def _is_sheet(value: object) -> bool:
    return type(value) is Group and isinstance(value.entries.get("指标"), Rows)


@pass_context
def _total(context: Context, rows: Any) -> Quantity | Blank:
    """总分 of rows; of a sheet the execution of its budget as well."""
    rules = _rules(context)
    if _is_sheet(rows):
        return scoring.sheet_score(rows, rules, _weight(context, rows.entries.get("执行分值")))
    return scoring.total_score((scoring.score(row, rules) for row in rows), rules, *called(rows).quantity("总分"))


@pass_context
def _total_weight(context: Context, rows: Any) -> Quantity | Blank:
    """分值 of rows added up; of a sheet the points of execution as well."""
    execution, words = [], called(rows.entries["指标"] if _is_sheet(rows) else rows).column("分值", "分值")
    if _is_sheet(rows):
        if scoring.sheet_has_execution(rows):
            execution.append(_weight(context, rows.entries.get("执行分值")))
            words = scoring.of_sheet(rows, "分值合计")
        rows = rows.entries["指标"]
    parts = [*(scoring.number_cell(row, "分值", SCORE) for row in rows), *execution]
    return scoring.total_score(parts, _rules(context), *words)


@pass_context
def _grade(context: Context, points: object) -> Text | Blank:
    if isinstance(points, int | Decimal) and not isinstance(points, bool):
        points = Quantity(Decimal(points), SCORE)
    if not isinstance(points, Quantity | Blank):
        raise UnitError(f"“| 等级”用于分数，得到的是“{points}”")
    if isinstance(points, Quantity) and points.unit not in (SCORE, ""):
        raise UnitError(f"“{points.name}”（{points.unit}）不是分数，不能用“| 等级”")
    return scoring.grade(points, _rules(context))


# -- sheets -----------------------------------------------------------------------------------------------------------


def sheets(context: Context, rules: Scoring) -> list[Group]:
    """评分表: one group for each sheet of scoring.yaml that this form has; 逐行 makes one for each row of a table."""
    found: list[Group] = []
    for words in rules.sheets:
        owners: Iterable[tuple[Group | None, str]] = [(None, "")]
        if "逐行" in words:
            table = _find(context, None, words["逐行"])
            owners = [(row, row.label) for row in table] if isinstance(table, Rows) else []
        for owner, label in owners:
            rows = _find(context, owner, words["指标"])
            if isinstance(rows, Rows) and len(rows):
                entries = dict(_entries(context, owner, words))
                found.append(Group(owner.name if owner else rows.name, {"指标": rows, **entries}, rows.place, label))
    return found


def _entries(context: Context, owner: Group | None, words: Mapping[str, str]) -> Iterator[tuple[str, Entry]]:
    for word in SHEET_WORDS:
        if word in ("逐行", "指标"):
            continue
        path = words.get(word, "")
        entry = _find(context, owner, path) if path else None
        if word in _SCORES and isinstance(entry, Quantity):
            entry = scoring.in_unit(entry, SCORE)
        if entry is not None:
            yield word, entry
        elif word not in ("预算", "执行"):  # a sheet without a budget has no execution to score
            yield word, Blank(path or word)


def _find(context: Context, owner: Group | None, path: str) -> Entry | None:
    """The fact of this dotted name, in the row when it is given; None when the form has none."""
    first, *rest = path.split(".")
    entry: Any = owner.entries.get(first) if owner is not None else context.get(first)
    for part in rest:
        entry = entry.entries.get(part) if type(entry) is Group else None
    known = isinstance(entry, Group | Rows | Quantity | Text | Blank | NotApplicable)
    return entry if known else None


def _all_rows(found: Sequence[Group]) -> list[Group]:
    return [row for sheet in found for row in _rows_of(sheet)]


def _repeated(found: Sequence[Group]) -> list[Group]:
    return [row for sheet in found for row in scoring.repeated(_rows_of(sheet))]


def _rows_of(sheet: Group) -> Rows:
    rows = sheet.entries.get("指标")
    if not isinstance(rows, Rows):
        raise UnitError("“| 各指标”等用于“评分表”")
    return rows


@pass_context
def _levels(context: Context, found: Sequence[Group] | Rows) -> list[Group]:
    """分级合计 of sheets, the execution of each sheet's budget first; of rows of indicators."""
    rules, points = _rules(context), _points(context)
    if isinstance(found, Rows) or not all(map(_is_sheet, found)):
        return first_levels(found, called(found).place, rules, points)
    result: list[Group] = []
    for sheet in found:
        if scoring.sheet_has_execution(sheet):
            result.append(execution_level(sheet, rules, _weight(context, sheet.entries.get("执行分值"))))
        levels = first_levels(_rows_of(sheet), sheet.place, rules, points)
        result.extend(Group(f"{sheet.name}·{level.entries['一级']}", level.entries, level.place) for level in levels)
    return result


@pass_context
def _rule_value(context: Context, word: str) -> Quantity:
    """«'满分' | 计分规则»: a number of scoring.yaml, for checks and texts."""
    rules = _rules(context)
    if word == "满分":
        return Quantity(rules.full, SCORE, "满分", rules.place)
    if word == "超额" and rules.over is not None:
        return Quantity(rules.over, PERCENT, "超额阈值", rules.place)
    points = _points(context).get(word)
    if points is None:
        raise ValueError(f"scoring.yaml 里没有“{word}”")
    return Quantity(points, SCORE, f"权重.{word}", rules.place, f"{word}分值")


SCORE_FILTERS: dict[str, Callable[..., object]] = {
    "指标完成率": _completion,
    "计分": _computed,
    "得分": _score,
    "达成": _met,
    "目标文本": target_text,
    "实际文本": actual_text,
    "填了": _filled_or_asked_for,
    "超额": _far_over,
    "有偏差": _falls_short,
    "自称达成": _claimed,
    "得分在范围内": _in_range,
    "可以计分": _can_be_scored,
    "得分可核对": _comparable,
    "完成程度": _degree,
    "档次相符": _in_tier,
    "层级相符": _level_fits,
    "应有单位": _fitting_units,
    "单位相符": _unit_fits,
    "执行率得分": _execution,
    "总分": counted(_total),
    "分值合计": counted(_total_weight),
    "等级": _grade,
    "各指标": _all_rows,
    "重名指标": _repeated,
    "分级合计": _levels,
    "计分规则": _rule_value,
}
