"""A pack's scoring.yaml as a checked value: weights, grades, tiers, thresholds, and where the score sheets stand.

Nothing national or provincial is written here; a word that a pack leaves out simply has no rule. Mistakes are reported
as T114, T115 and T117 with their line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from generator.diagnostics import Diagnostic, finding
from generator.names import did_you_mean
from generator.number_style import NumberStyle
from generator.place import NOWHERE, Place, place_of

SHEET_WORDS = ("逐行", "指标", "预算", "执行", "执行分值", "执行得分", "总分", "等级")
"""What a score sheet may name; all but 逐行 are names of facts."""

_WORDS = (
    *("满分", "权重", "层级", "一级合计核对", "等级", "定性档次", "超额", "执行率", "容差"),
    *("限额", "单位", "自称", "评分表", "得分小数"),
)
_HINT = "写法见 templates/README.md 的 scoring.yaml 一节"


@dataclass(frozen=True, slots=True)
class Weights:
    """权重 of one span of years (None = open): 预算执行率 and each 一级 with its points."""

    points: Mapping[str, Decimal]
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    name: str
    least: Decimal


@dataclass(frozen=True, slots=True)
class Tier:
    """One of the 定性档次: per cent of the weight from `lower` (included) to `upper`; `default` where none is typed."""

    name: str
    lower: Decimal
    upper: Decimal
    default: Decimal


@dataclass(frozen=True, slots=True)
class UnitRule:
    """Indicators whose name ends with one of `endings` are counted in one of `units`."""

    endings: tuple[str, ...]
    units: tuple[str, ...]
    except_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claims:
    """Where an office says in words that a target was met, and the words that say so."""

    columns: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


_STYLE = NumberStyle()


@dataclass(frozen=True, slots=True)
class Scoring:
    """All of scoring.yaml. `grades` from the highest, `tiers` from the best; `floor`: below this execution rate, 0.

    `places`: decimals of a score, to which each is rounded before scores are added up. `style`: how the pack prints the
    figures that are compared.
    """

    full: Decimal = Decimal(100)
    weights: tuple[Weights, ...] = ()
    execution_word: str = "预算执行率"
    levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    check_levels: bool = False
    grades: tuple[Grade, ...] = ()
    tiers: tuple[Tier, ...] = ()
    over: Decimal | None = None
    floor: Decimal = Decimal(0)
    tolerance: Decimal = Decimal(0)
    limits: tuple[str, ...] = ()
    units: tuple[UnitRule, ...] = ()
    claims: Claims = Claims()
    sheets: tuple[Mapping[str, str], ...] = ()
    places: int = 2
    style: NumberStyle = _STYLE
    place: Place = NOWHERE
    """The file: its figures stand there."""

    def points(self, year: int) -> Mapping[str, Decimal]:
        """权重 of a year; empty when no span holds it."""
        for weights in self.weights:
            if (weights.first or year) <= year <= (weights.last or year):
                return weights.points
        return {}

    def tier(self, name: str) -> Tier | None:
        return next((tier for tier in self.tiers if tier.name == name), None)


def parse_scoring(data: Mapping[Any, Any], file: str) -> tuple[Scoring, tuple[Diagnostic, ...]]:
    """scoring.yaml as read → its value. What is wrong is reported and left out."""
    reader = _ScoringParser(file)
    return reader.scoring(data), tuple(reader.findings)


class _ScoringParser:
    def __init__(self, file: str) -> None:
        self.place = Place(file)
        self.findings: list[Diagnostic] = []

    # -- small things
    def wrong(self, code: str, at: object, **values: object) -> None:
        self.findings.append(finding(code, place_of(at) or self.place, **values))

    def unusable(self, at: object, word: str, value: object, hint: str = _HINT) -> None:
        self.wrong("T117", place_at(value, at), what="scoring.yaml 的", word=word, value=shown(value), hint=hint)

    def known(self, data: Mapping[Any, Any], words: Sequence[str], what: str) -> None:
        for word in data:
            if word not in words:
                hint = did_you_mean(str(word), words) or f"可用的词：{'、'.join(words)}"
                self.wrong("T114", word, what=what, word=word, hint=hint)

    def decimal(self, value: object, at: object, word: str, least: int = 0) -> Decimal | None:
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite() or number < least:
            self.unusable(at, word, value, "请写一个不小于 0 的数")
            return None
        return number

    def words(self, value: object, at: object, word: str) -> tuple[str, ...]:
        if value is None:
            return ()
        if isinstance(value, list) and not any(isinstance(one, list | Mapping) or one is None for one in value):
            return tuple(str(one) for one in value)
        self.unusable(at, word, value, "请写成清单，如 [甲, 乙]")
        return ()

    def mapping(self, value: object, at: object, word: str) -> Mapping[Any, Any]:
        if isinstance(value, Mapping):
            return value
        if value is not None:
            self.unusable(at, word, value, "请写成一组“名称: 值”")
        return {}

    def entries(self, data: Mapping[Any, Any], word: str, needed: Sequence[str], more: Sequence[str] = ()) -> list[Any]:
        """A list of mappings that have all `needed` words; others are reported."""
        value = data.get(word)
        if value is None:
            return []
        if not isinstance(value, list):
            self.unusable(key_of(data, word), word, value, "请写成清单，每项一行，以“- ”开头")
            return []
        good: list[Any] = []
        for one in value:
            if not isinstance(one, Mapping):
                self.unusable(key_of(data, word), word, one)
                continue
            self.known(one, (*needed, *more), f"scoring.yaml 的“{word}”")
            if any(w not in (*needed, *more) for w in one):
                continue  # likely the one that is missing
            missing = [w for w in needed if one.get(w) is None]
            for absent in missing:
                self.wrong("T115", next(iter(one), key_of(data, word)), what=f"scoring.yaml 的“{word}”", word=absent)
            if not missing:
                good.append(one)
        return good

    # -- the whole
    def scoring(self, data: Mapping[Any, Any]) -> Scoring:
        self.known(data, _WORDS, "scoring.yaml")
        full = self.number(data, "满分", Decimal(100))
        over = self.mapping(data.get("超额"), key_of(data, "超额"), "超额")
        self.known(over, ("阈值",), "scoring.yaml 的“超额”")
        execution = self.mapping(data.get("执行率"), key_of(data, "执行率"), "执行率")
        self.known(execution, ("不足扣完", "名称"), "scoring.yaml 的“执行率”")
        execution_word = str(execution.get("名称") or "预算执行率")
        return Scoring(
            full=full,
            weights=self.weights(data, full),
            execution_word=execution_word,
            levels={
                str(first): self.words(second, first, "层级")
                for first, second in self.mapping(data.get("层级"), key_of(data, "层级"), "层级").items()
            },
            check_levels=self.flag(data, "一级合计核对"),
            grades=self.grades(data),
            tiers=self.tiers(data),
            over=self.number(over, "阈值", None) if over else None,
            floor=self.number(execution, "不足扣完", Decimal(0)),
            tolerance=self.number(data, "容差", Decimal(0)),
            limits=self.words(data.get("限额"), key_of(data, "限额"), "限额"),
            units=self.units(data),
            claims=self.claims(data),
            sheets=self.sheets(data),
            places=self.places(data),
            place=self.place,
        )

    def number(self, data: Mapping[Any, Any], word: str, default: Any) -> Any:
        if data.get(word) is None:
            return default
        number = self.decimal(data[word], key_of(data, word), word)
        return default if number is None else number

    def places(self, data: Mapping[Any, Any]) -> int:
        word = str(data.get("得分小数", 2))
        if re.fullmatch("[0-6]", word):
            return int(word)
        self.unusable(key_of(data, "得分小数"), "得分小数", data["得分小数"], "请写 0 到 6 的整数")
        return 2

    def flag(self, data: Mapping[Any, Any], word: str) -> bool:
        value = data.get(word)
        if value is not None and str(value) not in ("是", "否"):
            self.unusable(key_of(data, word), word, value, "只能写“是”或“否”")
        return str(value) == "是"

    def weights(self, data: Mapping[Any, Any], full: Decimal) -> tuple[Weights, ...]:
        value, key = data.get("权重"), key_of(data, "权重")
        if value is None:
            return ()
        found: list[Weights] = []
        for one in value if isinstance(value, list) else [value]:
            if not isinstance(one, Mapping) or not one:
                self.unusable(key, "权重", one, "请写成一组“名称: 分值”")
                continue
            first, last = (self.year(one, word) for word in ("自", "至"))
            points = {
                str(name): number
                for name, number in ((n, self.decimal(v, n, "权重")) for n, v in one.items() if n not in ("自", "至"))
                if number is not None
            }
            total = sum(points.values(), Decimal(0))
            if total != full and len(points) == len([n for n in one if n not in ("自", "至")]):
                at = next(iter(one))
                self.wrong(
                    *("T117", at),
                    what="scoring.yaml 的",
                    word="权重",
                    value=f"合计 {total:f}",
                    hint=f"各项权重合计应为 {full:f}",
                )
            found.append(Weights(points, first, last))
        return tuple(found)

    def year(self, data: Mapping[Any, Any], word: str) -> int | None:
        value = data.get(word)
        if value is None:
            return None
        if str(value).isdecimal() and len(str(value)) == 4:
            return int(str(value))
        self.unusable(key_of(data, word), word, value, "请写四位年份")
        return None

    def grades(self, data: Mapping[Any, Any]) -> tuple[Grade, ...]:
        found: list[Grade] = []
        for one in self.entries(data, "等级", ("不低于", "名")):
            least = self.decimal(one["不低于"], one["不低于"], "不低于")
            if least is None:
                continue
            if found and least >= found[-1].least:
                self.unusable(one["不低于"], "等级", one["不低于"], "请从高到低写")
                continue
            found.append(Grade(str(one["名"]), least))
        return tuple(found)

    def tiers(self, data: Mapping[Any, Any]) -> tuple[Tier, ...]:
        found: list[Tier] = []
        for one in self.entries(data, "定性档次", ("名", "上限", "下限", "缺省")):
            upper, lower, default = (self.decimal(one[word], one[word], word) for word in ("上限", "下限", "缺省"))
            if upper is None or lower is None or default is None:
                continue
            if not lower <= default <= upper <= 100:
                self.unusable(one["名"], "定性档次", one["名"], "应当是 下限 ≤ 缺省 ≤ 上限 ≤ 100")
                continue
            found.append(Tier(str(one["名"]), lower, upper, default))
        return tuple(found)

    def units(self, data: Mapping[Any, Any]) -> tuple[UnitRule, ...]:
        rules: list[UnitRule] = []
        for one in self.entries(data, "单位", ("词尾", "可用"), ("除外",)):
            endings, units, other = (self.words(one.get(w), one, w) for w in ("词尾", "可用", "除外"))
            rules.append(UnitRule(endings, units, other))
        return tuple(rules)

    def claims(self, data: Mapping[Any, Any]) -> Claims:
        value = self.mapping(data.get("自称"), key_of(data, "自称"), "自称")
        self.known(value, ("列", "达成", "未达成"), "scoring.yaml 的“自称”")
        columns, yes, no = (self.words(value.get(w), key_of(value, w), w) for w in ("列", "达成", "未达成"))
        return Claims(columns, yes, no)

    def sheets(self, data: Mapping[Any, Any]) -> tuple[Mapping[str, str], ...]:
        value = data.get("评分表")
        if isinstance(value, Mapping):  # one sheet need not be written as a list
            value = [value]
            data = {**data, "评分表": value}
        return tuple(
            {word: one[word] for word in SHEET_WORDS if one.get(word) is not None}
            for one in self.entries(data, "评分表", ("指标",), tuple(w for w in SHEET_WORDS if w != "指标"))
        )


def key_of(data: Mapping[Any, Any], word: str) -> object:
    """The key as its author wrote it, with its line."""
    return next((key for key in data if key == word), word)


def place_at(value: object, key: object) -> object:
    """Where a mistake in `value` is shown: at the value when it knows its line, else at its name."""
    return value if place_of(value) else key


def shown(value: object) -> str:
    if isinstance(value, Mapping):
        return "一组内容"
    return "一份清单" if isinstance(value, list) else "" if value is None else str(value)
