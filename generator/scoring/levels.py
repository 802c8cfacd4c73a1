"""Subtotals of the first-level indicators: 分值, 得分 and 得分率 of each, added up from what is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from generator.facts import derive
from generator.facts.fact import Entry, Group, Rows, Text
from generator.facts.naming import called, chosen, condition
from generator.place import Place
from generator.quantity import SCORE, Blank, Quantity
from generator.scoring import scores
from generator.scoring.rules import Scoring


def first_levels(
    rows: Rows | Sequence[Group], place: Place, rules: Scoring, points: Mapping[str, Decimal]
) -> list[Group]:
    """One group for each 一级, those of 权重 first where 一级合计核对 is 是: 一级, 分值, 得分, 得分率 and 权重,
    which is blank where the pack does not lay it down. Their 得分 add up to the 总分 of the rows."""
    laid_down = [first for first in points if first != rules.execution_word] if rules.check_levels else []
    typed = (scores.words_cell(row, "一级") for row in rows)
    table = called(rows).name
    cells = (scores.number_cell(row, "分值", SCORE) for row in rows)
    unfilled = next((cell for cell in cells if isinstance(cell, Blank)), None)
    result: list[Group] = []
    for first in dict.fromkeys((*laid_down, *typed)):
        found = [row for row in rows if scores.words_cell(row, "一级") == first]
        some = chosen(rows, found, *condition(rows, "一级", first))
        weight: Quantity | Blank = scores.total_score(
            (scores.number_cell(row, "分值", SCORE) for row in some), rules, *some.called.column("分值", "分值")
        )
        if not found and unfilled is not None:
            weight = unfilled  # the form is still to be filled in: no row of this level is no mistake yet
        given = scores.total_score(
            (scores.score(row, rules) for row in some), rules, *some.called.quantity("总分")
        )  # named as «行表 | 总分» is: it is the same figure
        asked: Entry = Blank(f"权重.{first}", f"scoring.yaml 的权重“{first}”")
        if first in laid_down:
            asked = Quantity(points[first], SCORE, f"权重.{first}", rules.place, f"{first}分值")
        entries = {"一级": Text(first), **dict(_figures(weight, given, some.called.quantity("得分率"))), "权重": asked}
        result.append(Group(f"{table}·{first}", entries, found[0].place if found else place))
    return result


def execution_level(sheet: Group, rules: Scoring, weight: Quantity | Blank) -> Group:
    """The same of the budget's execution, which stands beside the first-level indicators."""
    word = rules.execution_word
    given = scores.printed_score(scores.sheet_execution(sheet, rules, weight), rules)
    name = f"{sheet.name}·{word}"
    figures = dict(_figures(weight, given, (f"{name}.得分率", f"{word}·得分率")))
    return Group(name, {"一级": Text(word), **figures, "权重": Blank(f"权重.{word}")}, sheet.place)


def _figures(weight: Quantity | Blank, given: Quantity | Blank, name: tuple[str, str]) -> Iterator[tuple[str, Entry]]:
    rate = derive.share(given, weight)
    yield from (("分值", weight), ("得分", given))
    yield "得分率", rate if isinstance(rate, Blank) else rate.named(*name)
