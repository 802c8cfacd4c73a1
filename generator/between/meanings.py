"""A pack's between.yaml: the figures that stand in several reports of a unit's year, and whether they agree there.

`common` lists the meanings (本年支出, 项目全年执行数); each pack says under the same name which of its figures that is.
Figures agree when they are printed alike: where one report prints fewer decimals, the other is rounded to them. This
module knows facts and findings; it knows nothing of files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from generator.diagnostics import Diagnostic, Severity, finding
from generator.diagnostics.unknown_words import unknown_words
from generator.expressions.environment import (
    Environment,
    EvaluationError,
    Expression,
    compile_expression,
    evaluation_names,
)
from generator.facts.explain import leaves
from generator.facts.fact import UNIT_ROLE, YEAR_ROLE, Facts, Group, Text
from generator.facts.relation import Printing
from generator.names import did_you_mean, nearest
from generator.place import NOWHERE, Place, place_of
from generator.quantity import EXACT, MONEY, MONEY_UNITS, PERCENT, POINTS, YEAR, Quantity, rounded

EXPLAINED, FIGURE, ROWS, SEVERITY = WORDS = ("说明", "数", "逐行", "等级")
SEVERITIES = ("错误", "警告", "提示")
_ALIKE = 0.7
"""Names of rows: «DRGs项目经费» and «DRG项目经费», not «医疗救助监管» and «医保基金监管»."""
_OF_ROLES = {UNIT_ROLE: "单位名称", YEAR_ROLE: "年度"}
"""What every report says of itself, without any word of a pack."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One figure that other reports may hold too; of each row when `rows` is given, rows matched by their key."""

    name: str
    value: Expression
    rows: Expression | None
    severity: Severity


def parse_between(
    data: Mapping[str, Any], file: str, environment: Environment
) -> tuple[tuple[Meaning, ...], tuple[Diagnostic, ...]]:
    """The meanings that this pack has. T102, T114, T115, T117 for what is ill written."""
    meanings: list[Meaning] = []
    found: list[Diagnostic] = []
    for name, words in data.items():
        place, what = place_of(name) or Place(file), f"between.yaml 的“{name}”"
        if not isinstance(words, Mapping):
            found.append(finding("T115", place, what=what, word=FIGURE))
            continue
        found += unknown_words(words, WORDS, what, place)
        if not words.get(EXPLAINED):
            known = [str(one) for one, its in data.items() if isinstance(its, Mapping) and its.get(EXPLAINED)]
            found.append(finding("T150", place, name=name, hint=did_you_mean(str(name), known)))
        severity = str(words.get(SEVERITY) or "错误")
        if severity not in SEVERITIES:
            hint = f"只能是{'、'.join(SEVERITIES)}"
            found.append(finding("T117", place, what=what, word=SEVERITY, value=severity, hint=hint))
            severity = "错误"
        if words.get(FIGURE) is None:
            continue
        if not str(words[FIGURE]).startswith("="):
            hint = f"写成 {FIGURE}: =支出.合计 的样子"
            found.append(finding("T117", place, what=what, word=FIGURE, value=words[FIGURE], hint=hint))
            continue
        try:
            rows = compile_expression(environment, words[ROWS]) if words.get(ROWS) is not None else None
            value = compile_expression(environment, words[FIGURE])
        except EvaluationError as error:
            found.append(error.diagnostic)
            continue
        meanings.append(Meaning(str(name), value, rows, Severity.from_word(severity)))
    return tuple(meanings), tuple(found)


# -- what a report says -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """One report of a unit's year. `name`: as the office calls it there; `moved`: its files as they are called in the
    folder of the year."""

    name: str
    facts: Facts
    meanings: tuple[Meaning, ...]
    printing: Printing
    moved: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Stated:
    report: Told
    fact: Quantity | Text
    severity: Severity
    key: str = ""

    @property
    def places(self) -> list[Place]:
        found = [self.fact.place]
        if isinstance(self.fact, Quantity):
            parts = list(leaves(self.fact))  # of several, those that are nothing are not the cause
            found = [one.place for one in parts if one.value] or [one.place for one in parts]
        moved = self.report.moved
        return [replace(place, file=moved.get(place.file, place.file)) for place in found if place]

    @property
    def words(self) -> str:
        """As the report prints it, with its unit."""
        if isinstance(self.fact, Text):
            return f"“{self.fact}”"
        if self.fact.unit == YEAR:
            return f"{self.fact.value:f}年度"
        unit = self.report.printing.unit_of(self.fact)
        number = self.report.printing.number(self.fact)
        return number if unit in (PERCENT, POINTS) and number.endswith("%") else f"{number}{unit}"


_Key = tuple[str, str]
"""Name of the meaning, key of the row ("" where there is none)."""


@dataclass(frozen=True, slots=True)
class Compared:
    """`meanings`: (report, meaning) of everything that stands in another report too."""

    findings: tuple[Diagnostic, ...]
    meanings: frozenset[tuple[str, str]]


def disagreements(reports: Sequence[Told]) -> Compared:
    """C050: a figure that stands in several reports and is printed otherwise; C051: a row that only one of them has,
    by a name that is nearly another's."""
    stated: dict[_Key, list[_Stated]] = {}
    named: dict[str, dict[str, list[tuple[str, Place]]]] = {}
    faults: list[Diagnostic] = []
    for report in reports:
        for name, key, one in _stated(report):
            if isinstance(one, Diagnostic):
                faults.append(one)
                continue
            stated.setdefault((name, _plain(key)), []).append(one)
            if key:
                named.setdefault(name, {}).setdefault(report.name, []).append((key, next(iter(one.places), NOWHERE)))
    found = [one for (name, _), said in stated.items() for one in _compared(name, said)]
    meanings = {(one.report.name, name) for (name, _), said in stated.items() if len(said) > 1 for one in said}
    near = {one.message: one for one in _near_names(named)}  # once, whatever stands in the row
    return Compared((*dict.fromkeys(faults), *found, *near.values()), frozenset(meanings))


def _stated(report: Told) -> Iterator[tuple[str, str, _Stated | Diagnostic]]:
    for role, name in _OF_ROLES.items():
        entry = report.facts.role(role)
        if isinstance(entry, Quantity | Text):
            yield name, "", _Stated(report, entry, Severity.ERROR)
    names = evaluation_names(report.facts)
    for meaning in report.meanings:
        for key, value in _values(meaning, names):
            if isinstance(value, Diagnostic):
                yield meaning.name, key, value
            elif isinstance(value, Quantity | Text):  # a 0 that nobody typed is printed like any other
                yield meaning.name, key, _Stated(report, value, meaning.severity, key)


def _values(meaning: Meaning, names: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Nothing for what cannot be worked out: what is missing is told in its own report; a finding (T-codes) where the
    expression is to blame."""
    try:
        rows = meaning.rows.value(names) if meaning.rows is not None else [None]
        for row in rows:
            key = _key_of(row) if isinstance(row, Group) else ""
            if row is None or key:
                yield key, meaning.value.value(names if row is None else {**names, "行": row})
    except EvaluationError as error:
        if error.diagnostic.code.startswith("T"):
            yield "", error.diagnostic


def _key_of(row: Group) -> str:
    """«项目[DRGs项目经费]» → DRGs项目经费; "" for a row that is known by its number only."""
    match = re.search(r"\[(.+)\]$", row.name, re.DOTALL)
    return "" if match is None or (match[1].isdecimal() and len(match[1]) < 4) else match[1]


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _compared(name: str, said: Sequence[_Stated]) -> Iterator[Diagnostic]:
    if len({one.report.name for one in said}) < 2:
        return
    ways: dict[object, list[_Stated]] = {}
    step = max(_step(one) for one in said)
    for one in said:
        ways.setdefault(_as_printed(one, step), []).append(one)
    if len(ways) == 1:
        return
    firsts = [way[0] for way in ways.values()]
    told = "，".join(f"{_names(way)} {way[0].words}" for way in ways.values())
    places = [place for one in firsts for place in one.places[:1]]
    places += [place for way in ways.values() for one in way for place in one.places]
    what = f"“{said[0].key}”的{name}" if said[0].key else name
    found = finding("C050", *dict.fromkeys(places), what=what, told=told)
    yield replace(found, severity=min(each.severity for each in said))


def _names(way: Sequence[_Stated]) -> str:
    return "、".join(dict.fromkeys(one.report.name for one in way))


def _step(one: _Stated) -> Decimal:
    """The last digit that its report prints of it, in the base unit."""
    style, fact = one.report.printing.style, one.fact
    if not isinstance(fact, Quantity):
        return Decimal(0)
    if fact.unit == MONEY:
        return MONEY_UNITS[one.report.printing.money_unit].scaleb(-style.places)
    return Decimal(1).scaleb(-style.percent_places) if fact.unit in (PERCENT, POINTS) else Decimal(0)


def _as_printed(one: _Stated, step: Decimal) -> object:
    fact = one.fact
    if isinstance(fact, Text):
        return _plain(fact)
    if _step(one) == step or not step:
        return one.report.printing.value(fact)
    return EXACT.multiply(rounded(EXACT.divide(fact.value, step), 0), step)


def _near_names(named: Mapping[str, Mapping[str, Sequence[tuple[str, Place]]]]) -> Iterator[Diagnostic]:
    """A row without its like in another report, where that one has a name much like it and without its like here."""
    for of_reports in named.values():
        for report, keys in of_reports.items():
            for other, others in of_reports.items():
                mine, theirs = {_plain(key) for key, _ in keys}, {_plain(key) for key, _ in others}
                alone = {key: place for key, place in others if _plain(key) not in mine}
                for key, place in keys if report < other else ():
                    near = nearest(key, alone) if _plain(key) not in theirs else None
                    if near is not None and SequenceMatcher(None, _plain(key), _plain(near)).ratio() >= _ALIKE:
                        yield finding("C051", place, alone[near], report=report, name=key, other=other, near=near)


def place_moved(diagnostic: Diagnostic, moved: Mapping[str, str]) -> Diagnostic:
    """The finding with the places of these files as they are called in the folder of the unit's year."""
    places = tuple(replace(place, file=moved.get(place.file, place.file)) for place in diagnostic.places)
    below: Iterable[Diagnostic] = (place_moved(one, moved) for one in diagnostic.consequences)
    return replace(diagnostic, places=places, consequences=tuple(below))
