"""Sizes that no report has: amounts in the wrong unit, per head or per project out of any sense, percentages.

On their own, sizes are never more than a 警告: they are likelihoods. What follows from an amount in the wrong unit
(identities, rates, reasons) is told with it, see `one_cause`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.checks.rules import Broken
from generator.diagnostics import Diagnostic, Severity, finding
from generator.expressions.environment import EvaluationError, evaluation_names
from generator.facts.explain import leaves
from generator.facts.fact import Facts, walk
from generator.form.fields import Fields
from generator.place import Place
from generator.plausibility.percentages import percentage_findings
from generator.plausibility.size_rules import SizeRules, Span
from generator.plausibility.unit_slips import FarApart, Slip, slips_of_identities, slips_of_items, table_of
from generator.quantity import EXACT, MONEY, MONEY_UNITS, Quantity

_SHOWN, _FEW = 4, 3
_MILLIONTH = Decimal("0.000001")
_MOST_PLACES = 40


@dataclass(frozen=True, slots=True)
class Stated:
    """金额单位 of each file, and where it is written."""

    units: Mapping[str, str]
    places: Mapping[str, Place]

    def unit(self, quantity: Quantity) -> str:
        return self.units.get(quantity.place.file, "元")

    def shown(self, value: Decimal, unit: str) -> str:
        number = EXACT.divide(value, MONEY_UNITS[unit]).quantize(_MILLIONTH, context=EXACT).normalize()
        return f"{number:,f}{unit}"


def size_findings(
    rules: SizeRules, fields: Fields, facts: Facts, broken: Sequence[Broken], stated: Stated
) -> Iterator[Diagnostic]:
    """C040–C045."""
    sides = [(one.left, one.right) for one in broken if one.left is not None and one.right is not None]
    certain = slips_of_identities(sides)
    known = frozenset(cell.name for slip in certain for cell in slip.cells)
    likely, far = slips_of_items(fields, facts, known)
    yield from _told([*certain, *likely], facts, stated)
    yield from _spans(rules.spans, facts, stated)
    for one in far:
        yield _far_apart(one, stated)
    yield from percentage_findings(rules.percentages, facts)


# -- saying it --------------------------------------------------------------------------------------------------------
def _told(slips: Sequence[Slip], facts: Facts, stated: Stated) -> Iterator[Diagnostic]:
    """One finding for each file and factor, whether one cell slipped, a few, a table or all of the file."""
    groups: dict[tuple[str, int], list[Slip]] = {}
    for slip in slips:
        groups.setdefault((slip.typed.place.file or slip.cells[0].place.file, slip.power), []).append(slip)
    for (file, power), found in groups.items():
        cells = list({cell.name: cell for slip in found for cell in slip.cells}.values())
        wrong = list(dict.fromkeys(cell.place for cell in cells))
        places = list(dict.fromkeys((*wrong, *_others(found))))[: max(_MOST_PLACES, len(wrong))]
        unit = stated.unit(cells[0])
        values = {"unit": unit, "meant": _meant(unit, power), "times": _times(power)}
        first = found[0]
        if len(cells) == 1:
            one = finding(
                "C040",
                *places,
                label=cells[0].label or cells[0].name,
                given=stated.shown(cells[0].value, unit),
                other=_against(first, stated),
                corrected=stated.shown(cells[0].value * Decimal(10) ** power, unit),
                **values,
            )
        else:
            examples = "、".join(
                f"{cell.label or cell.name} {stated.shown(cell.value, unit)}" for cell in cells[:_SHOWN]
            )
            one = finding(
                "C041",
                *places,
                scope=_scope(file, cells, facts),
                examples=examples + (f"等{len(cells)}处" if len(cells) > _SHOWN else ""),
                other=_against(first, stated),
                **values,
            )
        yield replace(one, wrong=len(wrong))


def _against(slip: Slip, stated: Stated) -> str:
    """What the first cell is held against, and by what right."""
    if slip.certain:
        return "按此改过来，核对关系就相符"
    return f"{_called(slip.other)}是 {stated.shown(slip.other.value, stated.unit(slip.cells[0]))}"


def _called(quantity: Quantity) -> str:
    """The label; a sum is called after its parts."""
    if quantity.label or quantity.origin is None:
        return quantity.label or quantity.name
    first, *others = (_called(operand) for operand in quantity.origin.operands)
    return "＋".join((first, *(one.rpartition("·")[2] for one in others)))


def _others(slips: Iterable[Slip]) -> Iterator[Place]:
    """The cells of the other side, where it is made of a few."""
    for slip in slips:
        places = [leaf.place for leaf in leaves(slip.other) if leaf.place]
        yield from places if len(places) <= _FEW else ()


def _meant(unit: str, power: int) -> str:
    """The unit that was really used: 36.57 in a file of 元 are 万元."""
    factor = MONEY_UNITS[unit] * Decimal(10) ** power
    word = next((word for word, size in MONEY_UNITS.items() if size == factor), "")
    return f"单位是不是写成了{word}" if word else "单位或位数是不是写错了"


def _times(power: int) -> str:
    return {3: "1千倍", 4: "1万倍", 8: "1亿倍"}[abs(power)]


def _scope(file: str, cells: Sequence[Quantity], facts: Facts) -> str:
    """«三公.xlsx 的各数», «“三公”各数» or «3 处»: nearly all amounts of a file, of a table, or these."""
    slipped = {cell.name for cell in cells}
    money = [one for one in walk(facts) if isinstance(one, Quantity) and one.unit == MONEY and one.place and one.value]
    of_file = [one for one in money if one.place.file == file]
    if _most(slipped, of_file):
        return f"“{file}”里的金额"
    tables = list(dict.fromkeys(table_of(cell) for cell in cells))
    of_tables = [one for one in of_file if table_of(one) in tables]
    if len(tables) == 1 and _most(slipped, of_tables):
        return f"“{tables[0]}”的金额"
    return f"“{file}”里有{len(cells)}处金额" if file else f"有{len(cells)}处金额"


def _most(slipped: set[str], all_of_them: Sequence[Quantity]) -> bool:
    return len(all_of_them) > 2 and sum(one.name in slipped for one in all_of_them) * 5 >= len(all_of_them) * 4


def _far_apart(one: FarApart, stated: Stated) -> Diagnostic:
    large, small = max(abs(one.one.value), abs(one.other.value)), min(abs(one.one.value), abs(one.other.value))
    unit = stated.unit(one.one)
    return finding(
        "C042",
        *(leaf.place for side in (one.one, one.other) for leaf in leaves(side) if leaf.place),
        label=one.one.label or one.one.name,
        given=stated.shown(one.one.value, unit),
        other_label=one.other.label or one.other.name,
        other=stated.shown(one.other.value, unit),
        times=f"{EXACT.divide(large, small):,.0f}",
    )


# -- per head, per project, in all ------------------------------------------------------------------------------------
def _spans(spans: Iterable[Span], facts: Facts, stated: Stated) -> Iterator[Diagnostic]:
    """C043: one finding for each file and direction, with all that is out of any sense."""
    names = evaluation_names(facts)
    found: dict[tuple[str, bool], list[tuple[Severity, str, Quantity]]] = {}
    for span in spans:
        for amount, each, words in _measured(span, names):
            if span.low <= each <= span.high:
                continue
            cell = max(_filled(amount), key=lambda leaf: abs(leaf.value), default=amount)
            shown = (
                f"{each.quantize(_MILLIONTH, context=EXACT).normalize():,f}%"
                if span.percent
                else stated.shown(each.quantize(Decimal("0.01"), context=EXACT), stated.unit(cell))
            )
            found.setdefault((cell.place.file, each > span.high), []).append((span.severity, f"{words}{shown}", amount))
    for (file, large), seen in found.items():
        cells = [leaf for _, _, amount in seen for leaf in _filled(amount)]
        unit = stated.units.get(file, "元")
        place = stated.places.get(file)
        one = finding(
            "C043",
            *([place] if place else []),
            *dict.fromkeys(cell.place for cell in cells),
            said="、".join(words for _, words, _ in seen[:_SHOWN]) + (f"等{len(seen)}处" if len(seen) > _SHOWN else ""),
            size="太大" if large else "太小",
            unit=unit,
        )
        yield replace(one, severity=max(severity for severity, _, _ in seen), wrong=len(one.places))


def _filled(amount: Quantity) -> list[Quantity]:
    return [leaf for leaf in leaves(amount) if leaf.place and leaf.value]


def _measured(span: Span, names: Mapping[str, object]) -> Iterator[tuple[Quantity, Decimal, str]]:
    """Amount, what it comes to for one, and how it is called; what is not there, or zero, is not measured."""
    try:
        rows = span.rows.value(names) if span.rows is not None else (None,)
        for row in rows:
            here = names if row is None else {**names, "行": row, "组": row}
            amount = span.amount.value(here)
            heads = span.heads.value(here) if span.heads is not None else None
            if not isinstance(amount, Quantity) or amount.unit != MONEY or amount.value <= 0:
                continue
            if span.heads is None:
                yield (
                    amount,
                    amount.value,
                    span.name + (f"（{amount.label or amount.name}）" if row is not None else ""),
                )
            elif isinstance(heads, Quantity) and heads.value > 0:
                yield amount, EXACT.divide(amount.value * (100 if span.percent else 1), heads.value), span.name
    except (EvaluationError, TypeError):
        return  # a figure that is not there is reported where it is required


# -- one cause --------------------------------------------------------------------------------------------------------
def identities_naming(broken: Iterable[Broken], causes: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings of the rules; the wrong cell of a cause is among their places, however many cells a sum has."""
    wrong = {place for cause in causes for place in cause.places[: cause.wrong]}
    for one in broken:
        cells = (leaf.place for side in (one.left, one.right) if side is not None for leaf in leaves(side))
        named = dict.fromkeys((*one.diagnostic.places, *(place for place in cells if place in wrong)))
        yield replace(one.diagnostic, places=tuple(named))
