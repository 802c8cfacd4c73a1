"""Changing a sample until the pack's own checks hold: sums are made to add up, conditions to be true.

A pack's checks are the only description of what a sane input is. An equation is mended by moving one figure that was
filled in: the one on which the fewest other checks depend. A condition is mended by trying other values of what it
names. What cannot be mended is told: perhaps no office can either.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from generator.checks.rules import Broken, Rule, run_rules
from generator.diagnostics import Severity
from generator.expressions.environment import EvaluationError, Names, evaluation_names, named_facts
from generator.facts.fact import Rows, Text, path_without_keys, walk
from generator.filling.completed_values import complete
from generator.filling.to_facts import to_facts
from generator.form.fields import walk_fields
from generator.pack import Pack
from generator.quantity import EXACT, MONEY, Quantity
from generator.trying.plausible import Values
from generator.trying.sample import Instance, Sample, as_source, instances

_ROUNDS, _PASSES, _TRIALS, _TRIALS_EACH = 40, 4, 200, 40
_ASKED = ("F002", "F003", "F012")
_LINEAR = ("+", "Σ", "-", "neg", "=", "公布数")


@dataclass(frozen=True, slots=True)
class State:
    """The sample as the program sees it. `asked`: names of fields that must be filled in; `broken`: what does not
    hold; `negative`: computed amounts below 0; `unread`: how many values may not stand there (a key once more)."""

    names: Names
    asked: tuple[str, ...]
    broken: tuple[Broken, ...]
    negative: tuple[Quantity, ...]
    unread: int

    @property
    def faults(self) -> int:
        return len(self.broken) + len(self.asked) + self.unread


@dataclass(frozen=True, slots=True)
class _Move:
    """Another value for a figure; `left`: how far the sides are apart then."""

    name: str
    value: Decimal
    left: Decimal


def fitted(sample: Sample, pack: Pack, least: Severity = Severity.ERROR) -> tuple[Broken, ...]:
    """Change the sample's tree until nothing is asked for and the checks of at least that severity hold; those that
    still do not. No computed amount is left below 0 that may not be."""
    return _Fitting(sample, pack, least).run()


class _Fitting:
    def __init__(self, sample: Sample, pack: Pack, least: Severity) -> None:
        self.sample, self.pack = sample, pack
        self.values = Values(pack.report.accounts, sample.year)
        self.moved: Counter[str] = Counter()
        self.trials = 0
        self.depends: Counter[str] = Counter()
        self.least = least
        self.signed = {one.path for one in walk_fields(pack.form.fields) if one.negative}

    def run(self) -> tuple[Broken, ...]:
        state = self.sums(self.state())
        for _ in range(_PASSES):
            conditions = [one for one in state.broken if one.rule is not None and one.rule.condition is not None]
            before = len(state.broken)
            for one in conditions:
                state = self.condition(one, state)
            if len(state.broken) < before:
                state = self.sums(state)
            if not state.broken or len(state.broken) >= before:
                break
        return state.broken

    def sums(self, state: State) -> State:
        """Answer what is asked for and move figures until all equations hold, or for so many rounds."""
        self.depends = _dependants(self.pack.rules, state.names)
        for _ in range(_ROUNDS):
            if state.asked:
                self.answer(state.asked)
            elif not self.equations(state):
                break
            state = self.state()
        return state

    def state(self) -> State:
        pack = self.pack
        read = to_facts((as_source(self.sample),), pack.form.fields, pack.report.accounts)
        completed = complete(pack.form, read.value)
        asked = tuple(one.fact for one in completed.diagnostics if one.code in _ASKED)
        names = evaluation_names(completed.value)
        broken = tuple(one for one in run_rules(pack.rules, names).broken if one.diagnostic.severity >= self.least)
        money = (one for one in walk(completed.value) if isinstance(one, Quantity) and one.unit == MONEY)
        negative = (one for one in money if one.value < 0 and path_without_keys(one.name) not in self.signed)
        unread = sum(one.severity.stops for one in read.diagnostics)
        return State(names, asked, broken, tuple(negative), unread)

    def cells(self) -> dict[str, Instance]:
        return {one.name: one for one in instances(self.pack.form.fields, self.sample.tree)}

    def answer(self, asked: tuple[str, ...]) -> None:
        cells = self.cells()
        for name in asked:
            if name in cells:
                one = cells[name]
                one.holder[one.field.name] = self.values.text(one.field, 0, 0)

    # -- equations
    def equations(self, state: State) -> bool:
        """Move one figure for each equation that does not hold, the shortest first; one that rests on a figure which
        has just been moved waits. False when nothing was moved."""
        cells, moved = self.cells(), set[str]()
        sides = [found for one in state.broken if (found := _sides(one, state.names)) is not None]
        sides += [(one, Quantity(Decimal(0), one.unit)) for one in state.negative]
        for shares, difference in sorted(map(_shares, sides), key=lambda one: len(one[0])):
            moves = [] if moved & shares.keys() else list(_moves(shares, difference, cells))
            if moves:
                best = min(moves, key=lambda move: (move.left, self.depends[move.name] + 3 * self.moved[move.name]))
                cells[best.name].holder[cells[best.name].field.name] = f"{best.value.normalize():f}"
                moved.add(best.name)
                self.moved[best.name] += 1
        return bool(moved)

    # -- conditions
    def condition(self, one: Broken, state: State) -> State:
        """Other values for what the condition names, the first with which fewer checks are broken."""
        assert one.rule is not None
        cells, names = self.cells(), _names_of(one, state.names)
        for name, value in islice(self._otherwise(one, names, cells), _TRIALS_EACH):
            if self.trials >= _TRIALS:
                break
            self.trials += 1
            cell = cells[name]
            before = cell.holder.get(cell.field.name)
            if value is None:
                cell.holder.pop(cell.field.name, None)
            else:
                cell.holder[cell.field.name] = value
            tried = self.state()
            if tried.faults < state.faults:
                return tried
            if before is None:
                cell.holder.pop(cell.field.name, None)
            else:
                cell.holder[cell.field.name] = before
        return state

    def _otherwise(self, one: Broken, names: Names, cells: dict[str, Instance]) -> Iterator[tuple[str, str | None]]:
        """(cell, another value; None = nothing): what may be left out first, then what the rule speaks of."""
        rule = one.rule
        assert rule is not None
        assert rule.condition is not None
        named = named_facts(rule.condition.source, rule.condition.environment, names)
        texts = list(dict.fromkeys(str(fact) for fact in _texts(named, names)))
        touched = [fact.name for fact in named]
        touched += [leaf.name for fact in named if isinstance(fact, Quantity) for leaf, _ in _leaves(fact, Decimal(1))]
        if one.row is not None:
            touched += [name for name in cells if name.startswith(f"{one.row.name}.")]
        touched += [name for name, cell in cells.items() if cell.field.kind == "文字" and "[1]" in name]
        spoken = " ".join(part.source for part in (rule.rows, rule.when, rule.condition) if part is not None)
        texts += re.findall(r"['\"]([^'\"]{1,40})['\"]", rule.condition.source)
        numbers = [Decimal(one) for one in re.findall(r"\d+(?:\.\d+)?", rule.condition.source)]
        roles = self.pack.form.fields.roles.values()
        known = (cells[name] for name in dict.fromkeys(touched) if name in cells)
        found = [cell for cell in known if not cell.field.formula and cell.field.path not in roles]
        yield from ((cell.name, None) for cell in found if cell.value and not cell.field.required)
        for cell in sorted(found, key=lambda cell: cell.field.name not in spoken):
            yield from ((cell.name, value) for value in _others(cell, texts, named, numbers))


# -- what may be moved ------------------------------------------------------------------------------------------------
_Shares = dict[str, tuple[Decimal, Quantity]]


def _shares(sides: tuple[Quantity, Quantity]) -> tuple[_Shares, Decimal]:
    """Of each figure that was filled in how much of it goes into left − right, and what that is."""
    left, right = sides
    shares: _Shares = {}
    for side, sign in ((left, Decimal(1)), (right, Decimal(-1))):
        for leaf, share in _leaves(side, sign):
            shares[leaf.name] = (shares[leaf.name][0] + share if leaf.name in shares else share, leaf)
    return shares, left.value - right.value


def _moves(shares: _Shares, difference: Decimal, cells: dict[str, Instance]) -> Iterator[_Move]:
    """For each figure the value with which both sides are equal, or as near to it as it may come."""
    for name, (share, leaf) in shares.items():
        one = cells.get(name)
        if one is None or not share:
            continue
        value = wanted = leaf.value - EXACT.divide(difference, share)
        if one.field.kind == "个数" and value != value.to_integral_value():
            continue
        if value < 0 and not one.field.negative:
            value = Decimal(0)
        if value != leaf.value:
            yield _Move(name, value, abs(EXACT.multiply(wanted - value, share)))


def _others(cell: Instance, texts: list[str], named: Sequence[object], numbers: Sequence[Decimal]) -> Iterator[str]:
    """Other values: choices, words and figures of what the condition names or says itself, and those beside them."""
    kind = cell.field.kind
    if kind == "选项":
        yield from (one for one in cell.field.choices if one != cell.value)
    elif kind in ("文字", "长文"):
        yield from (text for text in texts if text != cell.value)
    elif kind == "是否":
        yield "否" if cell.value == "是" else "是"
    elif kind in ("金额", "个数", "数值", "百分比"):
        values = [fact.value for fact in named if isinstance(fact, Quantity) and fact.unit != "年度"]
        values += [Decimal(cell.value) * 10] if cell.value else []
        yield from (f"{value.normalize():f}" for value in dict.fromkeys((Decimal(0), *values)) if value >= 0)
        beside = (value for number in numbers for value in (number, number + 1, number - 1) if value >= 0)
        yield from (f"{value.normalize():f}" for value in beside if kind != "金额")
        yield from ("3", "100") if kind != "金额" else ()


def _names_of(one: Broken, names: Names) -> Names:
    return names if one.row is None else {**names, "行": one.row}


def _sides(one: Broken, names: Names) -> tuple[Quantity, Quantity] | None:
    """Both sides of an equation as figures."""
    rule = one.rule
    if rule is None or rule.left is None or rule.right is None:
        return None
    try:
        left, right = (side.value(_names_of(one, names)) for side in (rule.left, rule.right))
    except EvaluationError:
        return None
    return (left, right) if isinstance(left, Quantity) and isinstance(right, Quantity) else None


def _leaves(quantity: Quantity, share: Decimal) -> Iterator[tuple[Quantity, Decimal]]:
    """What it was added up from, each with how much of it goes in; what was not added up is left out."""
    origin = quantity.origin
    if origin is None:
        yield quantity, share
        return
    if origin.operation not in _LINEAR:
        return
    for number, operand in enumerate(origin.operands):
        sign = -1 if origin.operation == "neg" or (origin.operation == "-" and number) else 1
        part = share * sign
        if origin.operation == "=" and operand.value and operand.unit != quantity.unit:
            part = EXACT.multiply(part, EXACT.divide(quantity.value, operand.value))  # in another unit
        yield from _leaves(operand, part)


def _dependants(rules: tuple[Rule, ...], names: Names) -> Counter[str]:
    """Of each figure that was filled in, how many equations rest on it."""
    found: Counter[str] = Counter()
    for rule in rules:
        if rule.left is None or rule.right is None:
            continue
        try:
            for row in rule.rows.value(names) if rule.rows else [None]:
                here = names if row is None else {**names, "行": row}
                for side in (rule.left.value(here), rule.right.value(here)):
                    if isinstance(side, Quantity):
                        found.update(leaf.name for leaf, _ in _leaves(side, Decimal(1)))
        except (EvaluationError, TypeError):
            continue
    return found


def _texts(named: Sequence[object], names: Names) -> Iterator[Text]:
    """Words that the condition may be about: those that it names, and the keys of the tables."""
    yield from (fact for fact in named if isinstance(fact, Text))
    for entry in names.values():
        if isinstance(entry, Rows) and entry.key:
            yield from (value for row in entry if isinstance(value := row.entries.get(entry.key), Text))
