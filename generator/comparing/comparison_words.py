"""A comparison in the words of an office: amounts as they are printed, places as they are spoken of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.border.numbers import number as finite
from generator.comparing.comparison import ChangedChart, ChangedFact, Comparison
from generator.document.occurrences import BEGINNING, Spot
from generator.quantity import EXACT, MONEY, MONEY_UNITS, PERCENT, POINTS, YEAR, rounded

NONE = "—"
FIGURES_OF_TWO_YEARS = "本年报告的上年数与上年报告不一致"


@dataclass(frozen=True, slots=True)
class Amounts:
    """`change`: signed, «+60.11», in `change_unit`; «—» where one side has no figure."""

    old: str
    new: str
    change: str
    unit: str
    change_unit: str

    @property
    def sentence(self) -> str:
        """«36.57 → 96.68 万元，增加 60.11»."""
        unit = self.unit if self.unit == PERCENT else ""
        old, new = (value if value == NONE else value + unit for value in (self.old, self.new))
        words = f"{old} → {new}" + (f" {self.unit}" if self.unit and not unit else "")
        if self.old == NONE:
            return words + "，新增"
        if self.new == NONE:
            return words + "，不再有"
        if self.change == NONE:
            return words
        verb = "减少" if self.change.startswith("-") else "增加"
        return f"{words}，{verb} {self.change[1:]}" + (f" {self.change_unit}" if self.change_unit != self.unit else "")


def amounts(fact: ChangedFact) -> Amounts:
    """As printed where it is printed, so that a reader can check the difference; else exactly."""
    both = next(((p.old, p.new) for p in fact.printed if p.old and p.new and p.old != p.new), None)
    old = both[0] if both else next((p.old for p in fact.printed if p.old), "")
    new = both[1] if both else next((p.new for p in fact.printed if p.new), "")
    unit = fact.unit
    if unit == MONEY:
        unit = _money_unit([(fact.old, old), (fact.new, new)])
    before, after = _signed(fact.old, old), _signed(fact.new, new)
    if fact.old is not None and fact.new is not None and (not unit or not before or not after or before == after):
        unit, before, after = fact.unit, _exact(fact.old, fact.unit), _exact(fact.new, fact.unit)
    before = before or (NONE if fact.old is None else _exact(fact.old, fact.unit))
    after = after or (NONE if fact.new is None else _exact(fact.new, fact.unit))
    unit = unit or fact.unit
    change, change_unit = NONE, POINTS if unit == PERCENT else unit
    one, other = _number(before), _number(after)
    if unit != YEAR and one is not None and other is not None:
        difference = other - one
        change = f"{difference:+,f}" if "," in before + after else f"{difference:+f}"
    return Amounts(before, after, change, "" if unit == YEAR else unit, change_unit)


def _money_unit(shown: Iterable[tuple[Decimal | None, str]]) -> str:
    """In which unit the amounts were printed; "" when no unit explains the digits."""
    given = [(value, number, _places(text)) for value, text in shown if value and (number := _number(text)) is not None]
    for unit in ("万元", "元", "千元", "亿元") if given else ():
        factor = MONEY_UNITS[unit]
        if all(rounded(EXACT.divide(abs(value), factor), places) == abs(number) for value, number, places in given):
            return unit
    return ""


def _number(text: str) -> Decimal | None:
    return finite(text.replace(",", ""))


def _places(text: str) -> int:
    return min(len(text.partition(".")[2]), 11)


def _signed(value: Decimal | None, text: str) -> str:
    """A decline is printed by its size; beside another number it needs its sign. "" for what is no number."""
    if value is None or _number(text) is None:
        return ""
    return f"-{text}" if value < 0 and not text.startswith("-") and _number(text) != 0 else text


def _exact(value: Decimal, unit: str) -> str:
    if unit == MONEY:
        return f"{rounded(value, 2):,f}"
    plain = rounded(value, 6) if value != value.to_integral_value() else value
    return f"{plain.normalize():f}"


def is_seen(fact: ChangedFact) -> bool:
    """Whether a reader notices: a computed figure may change by less than its last printed digit."""
    return fact.direct or any(change.old != change.new for change in fact.printed)


def short(spot: Spot, *, cell: bool = True) -> str:
    """The nearest heading, or the table's name: «一、收入支出决算总体情况说明 第1段», «收入决算表 第5行“合计”»."""
    if spot.table:
        return f"{spot.table} {spot.cell}" if spot.row and cell else spot.table
    above = spot.trail[-1].rstrip("。") if spot.trail else BEGINNING
    return f"{above} 第{spot.paragraph}段" if spot.paragraph else above


def places(fact: ChangedFact, most: int, *, cells: bool = True) -> str:
    """Where it is printed, each place once, «等15处» behind the first `most`."""
    return first_of([short(change.spot, cell=cells) for change in fact.printed], most)


def first_of(words: Iterable[str], most: int) -> str:
    """Each once, «等15处» behind the first `most`."""
    every = list(dict.fromkeys(words))
    return "；".join(every[:most]) + (f" 等{len(every)}处" if len(every) > most else "")


def chart_values(chart: ChangedChart, *, new: bool) -> str:
    """«2019年 36.57；…», with the names of the series where there are several."""
    several = len({series for _, series, _, _ in chart.values}) > 1
    return "；".join(
        f"{category}{f' {series}' if several else ''} {(after if new else before) or '无'}"
        for category, series, before, after in chart.values
    )


@dataclass(frozen=True, slots=True)
class CauseGroup:
    """A filled-in figure and what changed with it alone; `cause` None: with several, or with one that is not known."""

    cause: ChangedFact | None
    followers: tuple[ChangedFact, ...]
    known: bool = True


def groups(facts: Sequence[ChangedFact]) -> Iterator[CauseGroup]:
    """All changed figures that a reader notices, the filled-in ones in order, each followed by what hangs on it."""
    seen = [fact for fact in facts if is_seen(fact)]
    for number, fact in enumerate(facts):
        if fact.direct:
            yield CauseGroup(fact, tuple(one for one in seen if one.causes == (number,)))
    several = tuple(fact for fact in seen if len(fact.causes) > 1)
    if several:
        yield CauseGroup(None, several)
    unknown = tuple(fact for fact in seen if not fact.direct and not fact.causes)
    if unknown:
        yield CauseGroup(None, unknown, known=False)


@dataclass(frozen=True, slots=True)
class Folded:
    """A changed figure, and others of its group that are printed and changed just like it: to a reader one number in
    several places."""

    fact: ChangedFact
    also: tuple[ChangedFact, ...] = ()


def folded(group: CauseGroup) -> tuple[Folded, ...]:
    """The figures of a group, its cause first, each number once."""
    every = (*((group.cause,) if group.cause is not None else ()), *group.followers)
    alike: dict[tuple[str, ...], list[ChangedFact]] = {}
    for fact in every:
        shown = amounts(fact)
        same = (shown.old, shown.new, shown.change, shown.unit) if fact.printed else (fact.name,)
        alike.setdefault(same, []).append(fact)
    return tuple(Folded(first, tuple(others)) for first, *others in alike.values())


def summary(comparison: Comparison) -> str:
    """«更正的数 1 个，随之变化 7 个；变动的文字 4 处，图 1 个；增加 1 处，删去 2 处»."""
    direct = sum(fact.direct for fact in comparison.facts)
    followers = sum(is_seen(fact) for fact in comparison.facts) - direct
    added = sum(extra.added for extra in comparison.extras)
    gone = len(comparison.extras) - added
    parts = (
        (direct, "与上年报告不一致的上年数" if comparison.of_two_years else "更正的数", "个", "，"),
        (followers, "随之变化的数", "个", "；"),
        (len(comparison.texts), "变动的文字", "处", "，"),
        (len(comparison.charts), "变动的图", "个", "；"),
        (added, "增加的内容", "处", "，"),
        (gone, "删去的内容", "处", ""),
    )
    words = "".join(f"{what} {count} {unit}{mark}" for count, what, unit, mark in parts if count)
    return words.rstrip("，；") or ("印出来没有差别" if comparison.facts else "没有差别")
