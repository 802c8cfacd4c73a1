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
from generator.facts.fact import Entry, Facts, Group, Rows, Text
from generator.filling.nothing_said import is_mark, lacks_content, points_elsewhere
from generator.filling.rest_of_total import settle_rest
from generator.filling.values import stated_default
from generator.form.fields import (
    NUMBER_KINDS,
    TEXT_KINDS,
    Field,
    Fields,
    GroupSpec,
    RowsSpec,
    walk_fields,
    walk_tables,
)
from generator.place import NOWHERE, Place
from generator.quantity import (
    Blank,
    BlankUsedError,
    Derived,
    NoRatio,
    NotApplicable,
    Overtyped,
    Quantity,
    SaidNothing,
    Unreadable,
)


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
        work.from_total(one)
    for one in form.order:
        work.compute(one)
    work.default(form.fields, work.facts)
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


def typed_totals(form: CompiledForm, facts: Facts) -> Iterator[tuple[Quantity, Quantity]]:
    """Every figure of completed facts that was typed though the form computes it, and what it computes."""
    work = _Completion(form, facts)
    for one in form.order:
        for owner, row in work.homes(one) if one.reconcile is not None else ():
            given = owner.entries.get(one.name)
            if isinstance(given, Quantity) and given.origin is None and given.place:
                value = work.evaluate(form.formulas[one.path], work.names(组=owner, **row))
                if isinstance(value, Quantity) and value.unit == given.unit:
                    yield given, value


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

    def homes(self, one: Field) -> list[tuple[Group, dict[str, object]]]:
        """The groups that have the field, in every row, and what 行 means there."""
        homes: list[tuple[Group, dict[str, object]]] = [(self.facts, {})]
        for part in one.path.split(".")[:-1]:
            inner = [(owner.entries.get(part), row) for owner, row in homes]
            homes = [(entry, row) for entry, row in inner if isinstance(entry, Group)]
            homes += [(row, {"行": row}) for entry, _ in inner if isinstance(entry, Rows) for row in entry]
        return homes

    def from_total(self, one: Field) -> None:
        """倒推: what a typed total says of its parts. F016: neither was typed."""
        for owner, _ in self.homes(one) if one.parts else ():
            blank = settle_rest(one, owner)
            if blank is not None:
                label = blank.label or one.label
                self.findings.append(finding("F016", blank.place or owner.place, label=label, name=blank.name))

    def compute(self, one: Field) -> None:
        """A computed field, in every row that has it."""
        for owner, row in self.homes(one):
            self.settle(one, owner, self.evaluate(self.form.formulas[one.path], self.names(组=owner, **row)))

    def settle(self, one: Field, owner: Group, value: object) -> None:
        given = owner.entries.get(one.name)
        if isinstance(value, Blank) and not isinstance(value, NoRatio) and type(given) in _LEFT_BLANK:
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
            if isinstance(given, Overtyped):
                self.overtyped(given, label, value)
        elif one.reconcile is not None:
            self.reconcile(one, given, value)

    def overtyped(self, given: Overtyped, label: str, computed: Quantity) -> None:
        """F013: somebody meant another figure, and wrote it where nothing is read."""
        typed = given.typed
        if typed is None or abs(typed.value - computed.value) > typed.error + computed.error:
            self.findings.append(
                finding("F013", given.place, label=label, text=given.text, computed=exact_text(computed))
            )

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

    def default(self, spec: GroupSpec | RowsSpec, group: Group, row: Group | None = None) -> None:
        """缺省 beside 当: what counts where the condition is known not to hold."""
        for name, child in (spec.children if isinstance(spec, GroupSpec) else spec.columns).items():
            entry = group.entries.get(name)
            if isinstance(child, GroupSpec) and isinstance(entry, Group):
                self.default(child, entry, row)
            elif isinstance(child, RowsSpec) and isinstance(entry, Rows):
                for inner in entry:
                    self.default(child, inner, inner)
            elif isinstance(child, Field) and child.when and child.default is not None and type(entry) in _LEFT_BLANK:
                assert isinstance(entry, Blank)
                if self.holds(child, group, row) is False:
                    group.entries[name] = stated_default(child, entry.name, entry.label, entry.place)

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
            elif isinstance(child, Field) and isinstance(entry, Text):
                self.without_content(child, entry, group, row)

    def without_content(self, one: Field, text: Text, group: Group, row: Group | None) -> None:
        """A text that has to be written and says «无», «略», «同上» is not written; where it need not, it is told.

        What is nothing but marks here («××») has been told as left over.
        """
        if (
            one.kind not in TEXT_KINDS
            or is_mark(text)
            or not lacks_content(text, one.kind, none_is_answer=one.none_is_answer)
        ):
            return
        blank = SaidNothing(text.name, text.label, text.place, str(text))
        if self.missing(one, blank, group, row):
            blank.needed = True
            group.entries[one.name] = blank
        elif points_elsewhere(text) and one.path not in self.form.conditions:
            self.findings.append(finding("F014", text.place, label=text.label or one.label, text=text))

    def missing(self, one: Field, blank: Blank, group: Group, row: Group | None) -> bool:
        """Whether the field has to be filled in; F002, F003 or, where something is typed that says nothing, F012."""
        name = f"{group.name}.{one.name}" if group.name else one.name
        if blank.name != name and not isinstance(blank, NoRatio):
            return False  # a formula that waits for another cell
        label = one.label if isinstance(blank, NoRatio) else blank.label or one.label or name
        place = blank.place or group.place
        condition = ""
        if not one.required:
            condition = self.condition_of(one, group, row)
            if not condition:
                return False
            blank.needed = True
        if isinstance(blank, SaidNothing):
            because = f"；{condition}时必须填写" if condition else ""
            hint = f"{_ADVICE.get(one.kind, '请填写')}“{name}”"
            self.findings.append(
                finding("F012", place, label=label, name=name, text=blank.text, because=because, hint=hint)
            )
        elif condition:
            self.findings.append(finding("F003", place, label=label, name=name, condition=condition))
        else:
            self.findings.append(finding("F002", place, label=label, name=name))
        return True

    def condition_of(self, one: Field, group: Group, row: Group | None) -> str:
        """The condition (当) because of which the field has to be filled in, as it is said; "" = it need not be."""
        condition = self.form.conditions.get(one.path)
        return _spoken(condition.source, self.form.fields) if condition and self.holds(one, group, row) else ""

    def holds(self, one: Field, group: Group, row: Group | None) -> bool | None:
        """Whether the field's 当 does; None: there is none, or it shows once another cell is filled in."""
        condition = self.form.conditions.get(one.path)
        if condition is None:
            return None
        names = self.names(组=group, 行=row if row is not None else group)
        if any(isinstance(fact, Blank) for fact in named_facts(condition.source, condition.environment, names)):
            return None
        value = self.evaluate(condition, names)
        return None if value is None or isinstance(value, Blank) else _holds(value)


_LEFT_BLANK = (Blank, SaidNothing, Overtyped)
_ADVICE = {
    **dict.fromkeys(TEXT_KINDS, "请写明具体内容："),
    **dict.fromkeys(NUMBER_KINDS, "没有发生的填 0，不适用的填“不适用”："),
}
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
    words = re.sub(r"(?:行|组|\w+(?:\.\w+)*)\[(\w+)\]", r"\1", words)  # a figure that a 口径 chooses
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
