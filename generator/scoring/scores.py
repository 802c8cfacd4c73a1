"""绩效得分: how one indicator row, the execution of the budget and a whole sheet are scored.

Source: 财预〔2020〕10号 (a target that is reached gets all points, one that is missed gets them in proportion: actual ÷
target where more is better, target ÷ actual where less is better; 定性 indicators in three tiers; no bonus points).
Thresholds and words are the pack's (`scoring_rules`). A bureau adds up what is printed, so all is decided on what is
printed: targets and actual values as they stand in the table, each score rounded (得分小数) before scores are added.

Where a proportion has no meaning (target 0 or negative, not reached) the score is a `Blank` that asks for 自评得分.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Union

from generator.facts.fact import Entry, Group, Rows, Text, YesNo
from generator.facts.naming import called
from generator.facts.relation import AS_PRINTED
from generator.facts.score_formulas import (
    BELOW_FLOOR,
    EXECUTION,
    FULL,
    NONE_OF_A_LIMIT,
    NOTHING,
    PROPORTION,
    REVERSE,
    REVERSE_COMPLETION,
    TIER,
    rounded_operation,
)
from generator.place import NOWHERE, Place
from generator.quantity import (
    EXACT,
    PERCENT,
    SCORE,
    Blank,
    Derived,
    NoRatio,
    NotApplicable,
    NotApplicableUsedError,
    Quantity,
    UnitError,
    rounded,
    total,
)
from generator.scoring.rules import Scoring, Tier

Score = Union[Quantity, Blank]
DIRECTIONS = ("≥", ">", "=", "<", "≤", "定性")
QUALITATIVE = "定性"
_ZERO, _HUNDRED = Decimal(0), Decimal(100)


# -- cells of a row ---------------------------------------------------------------------------------------------------


def blank_cell(row: Group, column: str, label: str = "") -> Blank:
    """The cell that is missing: a column that the pack does not have counts as one that nobody filled in."""
    entry = row.entries.get(column)
    if isinstance(entry, Blank) and not label:
        return entry
    place = getattr(entry, "place", None) or row.place
    return Blank(f"{row.name}.{column}", label or f"{row.label or row.name}·{column}", place)


def number_cell(row: Group, column: str, unit: str = "") -> Score:
    """The row's figure, in `unit` when given, else in the row's own 单位 where the form gives none."""
    entry = row.entries.get(column)
    if isinstance(entry, NotApplicable):
        raise NotApplicableUsedError(entry)
    if not isinstance(entry, Quantity):
        return entry if isinstance(entry, Blank) else blank_cell(row, column)
    return in_unit(entry, unit or entry.unit or words_cell(row, "单位"))


def in_unit(figure: Quantity, unit: str) -> Quantity:
    """The same figure, its number counted in `unit`."""
    return Quantity(figure.value, unit, figure.name, figure.place, figure.label, figure.origin, figure.error)


def _words(row: Group, word: str) -> tuple[str, str]:
    """Name and label of what the program works out for a row."""
    return f"{row.name}.{word}", f"{row.label or row.name}·{word}"


def printed_cell(row: Group, column: str, rules: Scoring, unit: str = "") -> Score:
    """`number_cell` as the reader sees it: 84.38 for a quotient of 84.375."""
    found, entry = number_cell(row, column, unit), row.entries.get(column)
    if isinstance(found, Blank) or not isinstance(entry, Quantity):
        return found
    return seen(found, rounded(entry.value, rules.places) if unit == SCORE else rules.style.printed_value(entry))


def seen(quantity: Quantity, value: Decimal) -> Quantity:
    """The figure with its printed value; itself where that is no other."""
    if value == quantity.value:
        return quantity
    name = f"{quantity.name}（{AS_PRINTED}）"
    return Quantity(value, quantity.unit, name, quantity.place, quantity.label, Derived(AS_PRINTED, (quantity,)))


def printed_score(points: Score, rules: Scoring) -> Score:
    """A score as it stands in the sheet, however many decimals the office typed."""
    return points if isinstance(points, Blank) else seen(points, rounded(points.value, rules.places))


def words_cell(row: Group, column: str) -> str:
    """The row's words, "" where nothing was typed."""
    entry: Entry | None = row.entries.get(column)
    return str(entry).strip() if isinstance(entry, Text) else ""


def is_filled(row: Group, column: str) -> bool:
    entry = row.entries.get(column)
    return isinstance(entry, Rows | Group) or not (
        entry is None or isinstance(entry, Blank) or str(entry).strip() == ""
    )


def direction_of(row: Group) -> str | Blank:
    words = words_cell(row, "方向")
    if not words:
        return blank_cell(row, "方向")
    if words not in DIRECTIONS:
        raise ValueError(f"“方向”只能是{'、'.join(DIRECTIONS)}，“{row.name}”写的是“{words}”")
    return words


def is_limit(row: Group, rules: Scoring) -> bool:
    """Whether «=» names a ceiling: 限额 lists words of the indicator's names for which more is worse."""
    names = [words_cell(row, column) for column in ("一级", "二级", "三级")]
    return any(word in name for word in rules.limits for name in names)


# -- one row ----------------------------------------------------------------------------------------------------------


def _reached(direction: str, limit: bool, actual: Decimal, target: Decimal) -> bool:
    """Whether the target is met. «=»: 0 only by 0; a ceiling by staying below; else more than asked is met as well."""
    if direction == "=":
        if target == 0:
            return actual == 0
        return actual <= target if limit else actual >= target
    return {"≥": actual >= target, ">": actual > target, "≤": actual <= target, "<": actual < target}[direction]


def less_is_better(direction: str, limit: bool) -> bool:
    return direction in ("<", "≤") or (direction == "=" and limit)


def met(row: Group, rules: Scoring) -> YesNo | Blank:
    """达成: by the operator; 定性: the best tier."""
    direction = direction_of(row)
    if isinstance(direction, Blank):
        return direction
    if direction == QUALITATIVE:
        tier = rules.tier(words_cell(row, "档次"))
        return blank_cell(row, "档次") if tier is None else _yes_no(tier == rules.tiers[0], row)
    target, actual = printed_cell(row, "目标值", rules), printed_cell(row, "实际值", rules)
    if isinstance(target, Blank):
        return target
    if isinstance(actual, Blank):
        return actual
    return _yes_no(_reached(direction, is_limit(row, rules), actual.value, target.value), row)


def _yes_no(truth: bool, row: Group) -> YesNo:
    place = getattr(row.entries.get("实际值"), "place", None) or row.place
    return YesNo("是" if truth else "否", f"{row.name}.达成", place, "达成")


def completion(row: Group, rules: Scoring) -> Score:
    """指标完成率: actual ÷ target in per cent; target ÷ actual where less is better. 定性 and a target of 0: Blank."""
    direction = direction_of(row)
    if isinstance(direction, Blank):
        return direction
    if direction == QUALITATIVE:
        return Blank(f"{row.name}.指标完成率", f"{row.label or row.name}（定性指标）的完成率", row.place)
    target, actual = printed_cell(row, "目标值", rules), printed_cell(row, "实际值", rules)
    if isinstance(target, Blank):
        return target
    if isinstance(actual, Blank):
        return actual
    name, label = _words(row, "指标完成率")
    if less_is_better(direction, is_limit(row, rules)) and target.value > 0 and actual.value >= 0:
        if actual.value == 0:
            return Quantity(_HUNDRED, PERCENT, name, NOWHERE, label, Derived(NONE_OF_A_LIMIT, (actual, target)))
        value = EXACT.divide(EXACT.multiply(target.value, _HUNDRED), actual.value)
        return Quantity(value, PERCENT, name, NOWHERE, label, Derived(REVERSE_COMPLETION, (target, actual)))
    if target.value <= 0:
        return NoRatio(name, f"{row.label or row.name}目标值不大于0时的完成率", target.place or row.place)
    value = EXACT.divide(EXACT.multiply(actual.value, _HUNDRED), target.value)
    return Quantity(value, PERCENT, name, NOWHERE, label, Derived("完成率", (actual, target)))


def computed_score(row: Group, rules: Scoring) -> Score:
    """计分: by the rules, whatever the office gave itself. Blank where a cell is missing or no proportion exists."""
    direction, weight = direction_of(row), printed_cell(row, "分值", rules, SCORE)
    if isinstance(direction, Blank):
        return direction
    if isinstance(weight, Blank):
        return weight
    if direction == QUALITATIVE:
        return _tier_score(row, weight, rules)
    target, actual = printed_cell(row, "目标值", rules), printed_cell(row, "实际值", rules)
    if isinstance(target, Blank):
        return target
    if isinstance(actual, Blank):
        return actual
    limit = is_limit(row, rules)
    a, b = target.value, actual.value
    shown = direction if direction != "=" else "=" if a == b else "≤" if limit else "≥"
    if _reached(direction, limit, b, a):
        return _points(row, rules, weight.value, FULL + shown, (weight, actual, target))
    reverse = less_is_better(direction, limit)
    if a == 0 and (direction == "=" or reverse):
        # «< 0» with 0: nothing happened, which is all that a count can do; «= 0» and «≤ 0» with more: nothing is left.
        if b == 0:
            return _points(row, rules, weight.value, FULL + "=", (weight, actual, target))
        return _points(row, rules, _ZERO, NOTHING, (weight, actual, target))
    if a <= 0:
        label = f"{row.label or row.name}的自评得分（目标值是 {a:f}，不能按比例计分）"
        return blank_cell(row, "自评得分", label)
    if reverse:
        value = EXACT.divide(EXACT.multiply(weight.value, a), b)
        return _points(row, rules, value, REVERSE, (weight, target, actual))
    if b <= 0:
        return _points(row, rules, _ZERO, NOTHING, (weight, actual, target))
    value = EXACT.divide(EXACT.multiply(weight.value, b), a)
    return _points(row, rules, value, PROPORTION, (weight, actual, target))


def _points(row: Group, rules: Scoring, value: Decimal, operation: str, operands: tuple[Quantity, ...]) -> Quantity:
    return _rounded(value, _words(row, "得分"), operation, operands, rules, row.place)


def _rounded(
    value: Decimal,
    words: tuple[str, str],
    operation: str,
    operands: tuple[Quantity, ...],
    rules: Scoring,
    place: Place = NOWHERE,
) -> Quantity:
    """A score with the decimals of 得分小数; its operation says so where that changed it. `words`: name and label."""
    score = rounded(value, rules.places)
    made = operation
    if score != value:
        made = rounded_operation(operation, rules.places)
    score = EXACT.add(score.normalize(EXACT), _ZERO)  # 9, not 9.00
    name, label = words
    return Quantity(score, SCORE, name, place, label, Derived(made, operands))


def _tier_score(row: Group, weight: Quantity, rules: Scoring) -> Score:
    """分值 × 完成程度; the tier's own per cent where the office typed none."""
    tier = rules.tier(words_cell(row, "档次"))
    degree = number_cell(row, "完成程度") if is_filled(row, "完成程度") else None
    if degree is None:
        if tier is None:
            return blank_cell(row, "档次")
        place = getattr(row.entries.get("档次"), "place", row.place)
        degree = Quantity(tier.default, PERCENT, f"{row.name}.档次“{tier.name}”", place)
    if isinstance(degree, Blank):
        return degree
    share = min(max(degree.value, _ZERO), _HUNDRED)
    value = EXACT.divide(EXACT.multiply(weight.value, share), _HUNDRED)
    return _points(row, rules, value, TIER, (weight, degree))


def degree(row: Group) -> Score:
    """完成程度 of a 定性 row: as typed, else as the hand-given score implies."""
    if is_filled(row, "完成程度"):
        return number_cell(row, "完成程度", PERCENT)
    points, weight = number_cell(row, "自评得分", SCORE), number_cell(row, "分值", SCORE)
    if isinstance(points, Blank) or isinstance(weight, Blank) or weight.value <= 0:
        return blank_cell(row, "完成程度")
    value = EXACT.divide(EXACT.multiply(points.value, _HUNDRED), weight.value)
    name, label = _words(row, "完成程度")
    return Quantity(value, PERCENT, name, NOWHERE, label, Derived("完成率", (points, weight)))


def within_tier(tier: Tier, degree: Decimal, rules: Scoring) -> bool:
    """From 下限 (included) to 上限; 上限 itself belongs to the better tier where one begins there. As printed."""
    degree = rounded(degree, rules.style.percent_places)
    taken = any(other.lower == tier.upper for other in rules.tiers if other is not tier)
    return tier.lower <= degree and (degree < tier.upper if taken else degree <= tier.upper)


def score(row: Group, rules: Scoring) -> Score:
    """得分: what the office gave itself, else what the rules give."""
    if is_filled(row, "自评得分"):
        return number_cell(row, "自评得分", SCORE)
    return computed_score(row, rules)


def with_error(quantity: Quantity, error: Decimal) -> Quantity:
    return Quantity(
        quantity.value, quantity.unit, quantity.name, quantity.place, quantity.label, quantity.origin, error
    )


# -- budget execution, totals, grades ---------------------------------------------------------------------------------


def execution_score(actual: Score, budget: Score, weight: Score, rules: Scoring) -> Score:
    """min(1, executed ÷ budget) × weight; 0 where the printed rate is below 执行率·不足扣完. A budget of 0 is asked
    about."""
    weight = printed_score(weight, rules)
    for part in (actual, budget, weight):
        if isinstance(part, Blank):
            return part
    assert isinstance(actual, Quantity)
    assert isinstance(budget, Quantity)
    assert isinstance(weight, Quantity)
    if actual.unit != budget.unit:
        raise UnitError(f"不能用“{actual.name}”（{actual.unit}）除以“{budget.name}”（{budget.unit}）")
    name, label = f"执行率得分({actual.name}, {budget.name})", "预算执行率得分"
    if budget.value <= 0:
        return NoRatio(name, f"{budget.label or budget.name}为0时的预算执行率得分", budget.place)
    rate = EXACT.divide(EXACT.multiply(actual.value, _HUNDRED), budget.value)
    if rounded(rate, rules.style.percent_places) < rules.floor:
        least = Quantity(rules.floor, PERCENT, "执行率下限", rules.place)
        return Quantity(_ZERO, SCORE, name, NOWHERE, label, Derived(BELOW_FLOOR, (weight, actual, budget, least)))
    if rate >= _HUNDRED:
        return Quantity(weight.value, SCORE, name, NOWHERE, label, Derived(FULL + "≥", (weight, actual, budget)))
    value = max(_ZERO, EXACT.divide(EXACT.multiply(weight.value, actual.value), budget.value))
    return _rounded(value, (name, label), EXECUTION, (weight, actual, budget), rules)


def total_score(parts: Iterable[Score], rules: Scoring, name: str, label: str = "") -> Score:
    """What a reader gets who adds up the printed scores."""
    return total((printed_score(part, rules) for part in parts), SCORE, name, label)


def grade(points: Score, rules: Scoring) -> Text | Blank:
    """The pack's word for a total, judged as printed: a printed 90 is never 良."""
    if isinstance(points, Blank):
        return points
    if not rules.grades:
        raise ValueError("scoring.yaml 里没有写“等级”")
    value = rounded(points.value, rules.places)
    name = next((grade.name for grade in rules.grades if value >= grade.least), rules.grades[-1].name)
    return Text(name, f"等级({points.name})", points.place, "等级")


# -- texts ------------------------------------------------------------------------------------------------------------


def printed_target(row: Group) -> tuple[str | Blank, Quantity, str] | Text | Blank:
    """«≥», 90, «%»; the office's own words where it typed them (always for 定性)."""
    if words_cell(row, "目标"):
        return _text(row, "目标")
    sign = words_cell(row, "方向")
    target = row.entries.get("目标值")
    if isinstance(target, Quantity):
        unit, missing = words_cell(row, "单位") or target.unit, row.entries.get("方向")
        if isinstance(missing, Blank) and missing.needed:
            return (missing, target, unit)
        return (sign if sign in ("≥", ">", "<", "≤") else "", target, unit)
    return blank_cell(row, "目标" if sign == QUALITATIVE else "目标值")


def printed_actual(row: Group) -> tuple[str, Quantity, str] | Text | Blank:
    """93, «%»; the office's own words where it typed them; for 定性 without words the tier."""
    if words_cell(row, "实际"):
        return _text(row, "实际")
    actual = row.entries.get("实际值")
    if isinstance(actual, Quantity):
        return ("", actual, words_cell(row, "单位") or actual.unit)
    if words_cell(row, "方向") != QUALITATIVE:
        return blank_cell(row, "实际值")
    asked = row.entries.get("实际")
    if isinstance(asked, Blank) and asked.needed:
        return asked
    return _text(row, "档次") if words_cell(row, "档次") else blank_cell(row, "实际")


def _text(row: Group, column: str) -> Text:
    entry = row.entries[column]
    assert isinstance(entry, Text)
    return entry


# -- in words ---------------------------------------------------------------------------------------------------------


# -- sheets -----------------------------------------------------------------------------------------------------------


def sheet_score(sheet: Group, rules: Scoring, weight: Score) -> Score:
    """总分 of a score sheet: all rows and, where the sheet has a budget, its execution."""
    rows = sheet.entries["指标"]
    assert isinstance(rows, Rows)
    parts = [score(row, rules) for row in rows]
    if not sheet_has_execution(sheet):
        return total_score(parts, rules, *called(rows).quantity("总分"))
    return total_score([*parts, sheet_execution(sheet, rules, weight)], rules, *of_sheet(sheet, "总分"))


def of_sheet(sheet: Group, word: str) -> tuple[str, str]:
    """Name and label of a figure of a whole sheet, its budget's execution included: «项目[甲].总分»; a sheet that
    belongs to no row is called after its indicators: «指标＋预算执行率.总分»."""
    rows = sheet.entries["指标"]
    assert isinstance(rows, Rows)
    if sheet.name != rows.name:
        return f"{sheet.name}.{word}", f"{sheet.label or sheet.name}·{word}"
    table = called(rows)
    return f"{table.name}＋预算执行率.{word}", f"{table.label}和预算执行率·{word}"


def sheet_has_execution(sheet: Group) -> bool:
    return "预算" in sheet and "执行" in sheet


def sheet_execution(sheet: Group, rules: Scoring, weight: Score) -> Score:
    """The office's own score of execution, else the computed one."""
    given = sheet.entries.get("执行得分")
    if isinstance(given, Quantity):
        return given
    return execution_score(_score_of(sheet, "执行"), _score_of(sheet, "预算"), weight, rules)


def _score_of(sheet: Group, word: str) -> Score:
    entry = sheet.entries[word]
    if isinstance(entry, NotApplicable):
        raise NotApplicableUsedError(entry)
    assert isinstance(entry, Quantity | Blank)
    return entry


def repeated(rows: Sequence[Group] | Rows) -> list[Group]:
    """Rows whose indicator stood already under the same 一级 and 二级."""
    seen: set[tuple[str, ...]] = set()
    again: list[Group] = []
    for row in rows:
        key = tuple("".join(words_cell(row, column).split()) for column in ("一级", "二级", "三级"))
        if key[-1] and key in seen:
            again.append(row)
        seen.add(key)
    return again
