"""Slips that concern a whole file: its year, its 金额单位; and amounts that the sizes have called a wrong unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.causes.repair import Repair
from generator.causes.typed_tables import Spot, TypedInput
from generator.checks.rules import Comparison
from generator.diagnostics import Diagnostic, Severity
from generator.facts.fact import Facts
from generator.form.fields import Fields
from generator.form.sources import Cell
from generator.form.value_reading import half_width
from generator.plausibility.unit_slips import slips_of_identities

UNITS, _SIZES = ("C040", "C041"), ("C043", "C041")
YEARS = frozenset(("C003", "C004", "C027", "C028", "O036"))
_UNIT, _OTHER_UNIT = "金额单位", {"元": "万元", "万元": "元"}
_COST_YEAR, _COST_UNIT = 6, 4


@dataclass(frozen=True, slots=True)
class Judgement:
    """An input as the checks see it: what they find, its completed facts, all that was held against each other."""

    findings: tuple[Diagnostic, ...]
    facts: Facts
    comparisons: tuple[Comparison, ...]


def serious(one: Diagnostic) -> bool:
    return one.severity in (Severity.WARNING, Severity.ERROR)


def of_years(findings: Iterable[Diagnostic]) -> int:
    return sum(one.code in YEARS for one in findings if serious(one))


def years(given: TypedInput, fields: Fields, judgement: Judgement) -> Iterator[Repair]:
    """C071: several texts and dates speak of the year before or after."""
    if fields.year is None or of_years(judgement.findings) < 2:
        return
    for number, source in enumerate(given.sources):
        cell = source.root.entries.get(fields.year.name)
        text = half_width(cell.text or "").strip().removesuffix("年") if isinstance(cell, Cell) else ""
        for step in (1, -1) if isinstance(cell, Cell) and text.isdigit() else ():
            said = {"given": text, "meant": int(text) + step}
            words: dict[Spot, object] = {(number, fields.year.name): str(int(text) + step)}
            places = (cell.place,) if isinstance(cell, Cell) else ()
            yield Repair("C071", said, places, {}, _COST_YEAR, words, direct=True)


def file_units(given: TypedInput, judgement: Judgement) -> Iterator[Repair]:
    """The sizes find amounts out of any sense: 金额单位 itself may be the other one."""
    told = next((one for one in judgement.findings if one.code in _SIZES), None)
    written = [
        (number, cell)
        for number, source in enumerate(given.sources)
        if isinstance(cell := source.root.entries.get(_UNIT), Cell) and (cell.text or "").strip() in _OTHER_UNIT
    ]
    for chosen in dict.fromkeys((tuple(written), *((one,) for one in written))) if told is not None else ():
        words: dict[Spot, object] = {(number, _UNIT): _OTHER_UNIT[(cell.text or "").strip()] for number, cell in chosen}
        if words and told is not None:
            yield Repair(told.code, {}, told.places, {}, _COST_UNIT, words, direct=True)


def unit_slips(given: TypedInput, judgement: Judgement) -> Iterator[Repair]:
    """What the sizes have called a wrong unit by an identity."""
    told = [one for one in judgement.findings if one.code in UNITS and one.wrong]
    if not told:
        return
    sides = [(left, right) for relation, left, right in judgement.comparisons if relation not in ("不大于", "不小于")]
    slips = slips_of_identities([(a, b) for a, b in sides if abs(a.value - b.value) > a.error + b.error])
    for one in told:
        wrong = set(one.places[: one.wrong])
        content = {
            cell.name: cell.value.scaleb(slip.power)
            for slip in slips
            for cell in slip.cells
            if cell.place in wrong and cell.name in given.cells
        }
        if content:
            yield Repair(one.code, {}, one.places, content, _COST_UNIT)
