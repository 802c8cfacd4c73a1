"""What follows from the form itself: computed fields, required fields, and typed totals against their formulas.

A computed field that the office left out gets its formula's value; one that it typed keeps the typed value, which is
compared with the formula. Comparison allows for what rounding can explain (`Quantity.error`) and nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.diagnostics import Diagnostic, Outcome, Severity, finding
from generator.expressions.environment import (
    NO_VALUE,
    Environment,
    EvaluationError,
    Expression,
    compile_expression,
    evaluation_names,
    named_facts,
    used_names,
)
from generator.facts.explain import exact_text, formula, leaves
from generator.facts.fact import Entry, Facts, Group, Rows
from generator.form.fields import Field, Fields, GroupSpec, RowsSpec, walk_fields, walk_tables
from generator.place import NOWHERE, Place
from generator.quantity import Blank, BlankUsedError, Derived, NoRatio, NotApplicable, Quantity, Unreadable


@dataclass(frozen=True, slots=True)
class CompiledForm:
    """A form with its formulas and conditions compiled; `order` lists the computed fields, each after those that
    its formula needs."""

    fields: Fields
    formulas: Mapping[str, Expression]
    conditions: Mapping[str, Expression]
    order: tuple[Field, ...]


def compile_form(fields: Fields, environment: Environment) -> Outcome[CompiledForm]:
    """Compile every 计算 and 当. Findings T102 for mistakes in writing, T121 for formulas that need each other."""
    findings: list[Diagnostic] = []
    formulas: dict[str, Expression] = {}
    conditions: dict[str, Expression] = {}
    for one in walk_fields(fields):
        for source, table in ((one.formula, formulas), (one.when, conditions)):
            if source:
                try:
                    table[one.path] = compile_expression(environment, source)
                except EvaluationError as error:
                    findings.append(error.diagnostic)
    order = _ordered(fields, formulas, environment, findings)
    return Outcome(CompiledForm(fields, formulas, conditions, tuple(order)), tuple(findings))


def _ordered(
    fields: Fields, formulas: Mapping[str, Expression], environment: Environment, findings: list[Diagnostic]
) -> list[Field]:
    computed = {one.path: one for one in walk_fields(fields) if one.path in formulas}
    tables = tuple(one.path for one in walk_tables(fields))
    order: list[Field] = []
    visited: set[str] = set()

    def visit(path: str, trail: tuple[str, ...]) -> None:
        if path in trail:
            findings.append(finding("T121", formulas[path].place, names=" → ".join((*trail, path))))
        if path in visited:
            return
        visited.add(path)
        source = formulas[path].source
        for name in _read_by(path, source, environment, tables):
            if name in computed:
                visit(name, (*trail, path))
            elif name in tables:  # the columns it sums; a column may well speak of its own table: no circle
                columns = [one for one in computed if one.startswith(f"{name}.")]
                quoted = [one for one in columns if f"'{one.rpartition('.')[2]}'" in source]
                for column in quoted or columns:
                    visit(column, ())
        order.append(computed[path])

    for path in sorted(computed, key=lambda one: not _table_of(one, tables)):  # tables first: groups sum their columns
        visit(path, ())
    return order


def _read_by(path: str, source: str, environment: Environment, tables: Sequence[str]) -> Iterator[str]:
    """Places in the form that a formula names, 行 and 组 as the places they mean here."""
    homes = {"行": _table_of(path, tables), "组": path.rpartition(".")[0]}
    for name in sorted(used_names(source, environment)):
        first, _, rest = name.partition(".")
        if first not in homes:
            yield name
        elif rest:
            yield f"{homes[first]}.{rest}".lstrip(".")


def _table_of(path: str, tables: Sequence[str]) -> str:
    return max((one for one in tables if path.startswith(f"{one}.")), key=len, default="")


# -- completing -------------------------------------------------------------------------------------------------------


def complete(form: CompiledForm, facts: Facts) -> Outcome[Facts]:
    """Fill in computed fields and report what is missing. Findings F001–F006 name the places to fill in."""
    work = _Completion(form, facts)
    _ask_for(form.fields, facts)
    for one in form.order:
        work.compute(one)
    work.required(form.fields, work.facts)
    return Outcome(work.facts, tuple(work.findings))


def _ask_for(spec: GroupSpec | RowsSpec, group: Group) -> None:
    """Mark the blanks of required fields, so that no formula decides anything by them."""
    for name, child in (spec.children if isinstance(spec, GroupSpec) else spec.columns).items():
        entry = group.entries.get(name)
        if isinstance(entry, Blank):
            entry.needed = entry.needed or (isinstance(child, Field) and child.required)
        elif isinstance(child, GroupSpec) and isinstance(entry, Group):
            _ask_for(child, entry)
        elif isinstance(child, RowsSpec) and isinstance(entry, Rows):
            if child.required and not len(entry):
                entry.gap = Blank(entry.name, child.label or child.path, entry.place or group.place)
                entry.gap.needed = True
            for row in entry:
                _ask_for(child, row)


@dataclass(slots=True)
class _Completion:
    form: CompiledForm
    facts: Facts
    findings: list[Diagnostic] = field(default_factory=list)

    def names(self, **extra: object) -> dict[str, object]:
        return {**evaluation_names(self.facts), **extra}

    def evaluate(self, expression: Expression, names: Mapping[str, object]) -> object:
        try:
            return expression.value(names)
        except EvaluationError as error:
            cause = error.__cause__
            if isinstance(cause, BlankUsedError):
                return cause.blank  # it is reported where it is required
            if error.diagnostic.code not in NO_VALUE:
                self.findings.append(error.diagnostic)
            return None

    def compute(self, one: Field) -> None:
        """A computed field, in every row that has it."""
        homes: list[tuple[Group, dict[str, object]]] = [(self.facts, {})]
        for part in one.path.split(".")[:-1]:
            inner = [(owner.entries.get(part), row) for owner, row in homes]
            homes = [(entry, row) for entry, row in inner if isinstance(entry, Group)]
            homes += [(row, {"行": row}) for entry, _ in inner if isinstance(entry, Rows) for row in entry]
        for owner, row in homes:
            self.settle(one, owner, self.evaluate(self.form.formulas[one.path], self.names(组=owner, **row)))

    def settle(self, one: Field, owner: Group, value: object) -> None:
        given = owner.entries.get(one.name)
        if isinstance(value, Blank) and not isinstance(value, NoRatio) and type(given) is Blank:
            owner.entries[one.name] = value  # the cell to fill in is the one that the formula lacks
        if not isinstance(value, Quantity):
            return
        if isinstance(given, Unreadable):
            return
        if not isinstance(given, Quantity):
            # A formula that only names another fact keeps it as its one operand, so that the way back stays visible.
            plain = re.fullmatch(r"[\w.]+", self.form.formulas[one.path].source) is not None
            origin = Derived("=", (value,)) if plain or value.origin is None else value.origin
            name, label = _name_of(given, one), _label_of(given, one)
            owner.entries[one.name] = Quantity(value.value, value.unit, name, NOWHERE, label, origin, value.error)
        elif one.reconcile is not None:
            self.reconcile(one, given, value)

    def reconcile(self, one: Field, given: Quantity, computed: Quantity) -> None:
        difference = given.value - computed.value
        if given.unit != computed.unit or abs(difference) <= given.error + computed.error:
            return
        places = [given.place, *(leaf.place for leaf in leaves(computed) if leaf.place)]
        self.findings.append(
            finding(
                "F004" if one.reconcile is Severity.ERROR else "F005",
                *_unique(places),
                label=given.label or one.label,
                name=given.name,
                given=exact_text(given),
                computed=exact_text(computed),
                difference=exact_text(Quantity(difference, given.unit)),
                formula=formula(computed) or computed.name,
            )
        )

    # -- what is missing
    def required(self, spec: GroupSpec | RowsSpec, group: Group, row: Group | None = None) -> None:
        children = spec.children if isinstance(spec, GroupSpec) else spec.columns
        for name, child in children.items():
            entry = group.entries.get(name)
            if isinstance(child, GroupSpec) and isinstance(entry, Group):
                self.required(child, entry, row)
            elif isinstance(child, RowsSpec) and isinstance(entry, Rows):
                if entry.gap is not None:
                    self.findings.append(finding("F006", entry.gap.place, label=entry.gap.label, name=entry.name))
                for inner in entry:
                    self.required(child, inner, inner)
            elif isinstance(child, Field) and isinstance(entry, Blank) and not isinstance(entry, Unreadable):
                self.missing(child, entry, group, row)

    def missing(self, one: Field, blank: Blank, group: Group, row: Group | None) -> None:
        name = f"{group.name}.{one.name}" if group.name else one.name
        if blank.name != name and not isinstance(blank, NoRatio):
            return  # a formula that waits for another cell
        label = one.label if isinstance(blank, NoRatio) else blank.label or one.label or name
        if one.required:
            self.findings.append(finding("F002", blank.place or group.place, label=label, name=name))
        elif one.path in self.form.conditions:
            condition = self.form.conditions[one.path]
            names = self.names(组=group, 行=row if row is not None else group)
            if any(isinstance(fact, Blank) for fact in named_facts(condition.source, condition.environment, names)):
                return  # whether it is needed shows once that cell is filled in
            if _holds(self.evaluate(condition, names)):
                blank.needed = True
                self.findings.append(
                    finding(
                        "F003",
                        blank.place or group.place,
                        label=label,
                        name=name,
                        condition=_spoken(condition.source, self.form.fields),
                    )
                )


_PRINTED_SIGNS = {
    "not 持平于": " ≠ ",
    "not 大于": " ≤ ",
    "not 小于": " ≥ ",
    "持平于": " ＝ ",
    "大于": " ＞ ",
    "小于": " ＜ ",
}


def _spoken(condition: str, fields: Fields) -> str:
    """A condition as a reader says it: labels instead of whole names, no 行 and 组, signs instead of operators."""
    labels = {one.path: one.label or one.path for one in walk_fields(fields)}
    words = re.sub(r"(\w+) \| 选是\('(\w+)'\) \| length > 0", r"有“\2”为“是”的\1", condition)
    words = re.sub(r"\w+(?:\.\w+)+", lambda name: labels.get(name[0], name[0]), words)
    words = re.sub(r"'([^']*)'", r"“\1”", words.replace("行.", "").replace("组.", ""))
    for test, sign in _PRINTED_SIGNS.items():
        words = re.sub(rf"\(?([^()]+?)\)? is {test}\(([^()]+)\)", rf"\1{sign}\2", words)
    for operator, sign in (("!=", "≠"), (">=", "≥"), ("<=", "≤"), ("==", "＝"), (" and ", " 且 "), (" or ", " 或 ")):
        words = words.replace(operator, sign)
    return words


def _holds(value: object) -> bool:
    return bool(value) if isinstance(value, bool | str) else False


def _name_of(given: Entry | None, one: Field) -> str:
    return given.name if isinstance(given, Blank | NotApplicable) else one.path


def _label_of(given: Entry | None, one: Field) -> str:
    return (given.label if isinstance(given, Blank | NotApplicable) else "") or one.label


def _unique(places: Iterable[Place], most: int = 12) -> list[Place]:
    return list(dict.fromkeys(places))[:most]
