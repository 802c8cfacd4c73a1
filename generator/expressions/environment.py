"""Expressions over facts: Jinja2, sandboxed and strict, with Chinese names.

One environment per pack. It has no loader, so that a template reaches nothing outside its pack; `ImmutableSandboxed…`
keeps a pack from another office from doing harm. Filters defined here make facts from facts; the filters that make text
are added by `render`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, UndefinedError, nodes
from jinja2.environment import TemplateExpression
from jinja2.exceptions import SecurityError, TemplateAssertionError
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from generator.diagnostics import Diagnostic, finding
from generator.expressions import code as templates
from generator.expressions.as_printed import PRINTED_FILTERS, PRINTED_TESTS
from generator.expressions.effort import TooMuchError, spend
from generator.expressions.fact_filters import FACT_FILTERS
from generator.expressions.lines import Lines
from generator.expressions.refusals import python_line, python_reason, run_reason, syntax_reason
from generator.expressions.row_lists import RowList
from generator.facts.accounts import Accounts
from generator.facts.fact import FISCAL_YEAR, YEAR_ROLE, Day, Entry, Fact, Facts, Group, Rows, Text
from generator.facts.lacking import Misapplied
from generator.facts.relation import Printing
from generator.facts.rows_in_doubt import needs_rows
from generator.names import did_you_mean
from generator.number_style import NumberStyle
from generator.place import Place, place_of
from generator.quantity import (
    Blank,
    BlankUsedError,
    NoRatio,
    NotApplicable,
    NotApplicableUsedError,
    Quantity,
    UnitError,
)
from generator.scoring.filters import SCORE_FILTERS, SHEETS, sheets
from generator.scoring.rules import Scoring

Names = Mapping[str, object]
NO_VALUE = ("F001", "F011")
"""What a rule says nothing of: a figure that is not there is reported where it is required or printed."""
_LARGEST = 10**30
"""Of whole numbers that are multiplied; a product of products must not grow for ever."""
_LONGEST = 1_000_000
"""Characters that one «~» may make; no report needs more, and a pack must not fill the memory."""


class EvaluationError(Exception):
    """An expression could not be worked out; `diagnostic` says whether the pack or a blank cell is to blame."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class Missing(StrictUndefined):
    """A name that does not exist; its message is Chinese and offers the nearest existing one."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        # Worked out only now: every name that a template sets inside a loop is looked up, and missing, before that.
        scope = self._undefined_obj
        names = (*scope.vars, *scope.parent) if isinstance(scope, Scope) else ()
        hint = did_you_mean(str(self._undefined_name), [name for name in names if not name.startswith("_")])
        return f"没有“{self._undefined_name}”这个名称。{hint}"


class Scope(Context):
    """The names of one run; a name that is not there comes back as `Missing` with the nearest one that is."""

    def resolve_or_missing(self, key: str) -> Any:
        found = super().resolve_or_missing(key)
        if found is not missing:
            return found
        if isinstance(self.environment, Environment):
            if key == SHEETS:
                return sheets(self, self.environment.scoring)
            if key in self.environment.row_lists:
                return self.environment.row_lists[key].of(self)
            if key in self.environment.terms:
                term = self.environment.terms[key]
                return term.compiled(self.get_all()) if isinstance(term, Expression) else term
        return Missing(name=key, obj=self)


class Environment(templates.Trying, ImmutableSandboxedEnvironment):
    """Facts are looked up directly: `收支总计.决算` finds the entry, never a Python attribute."""

    context_class = Scope
    code_generator_class = templates.Code
    # One product or power must not keep the machine busy: «9**9**9», «"x" * 10**9», «"%999999999d" % 1»; nor may a
    # sum be doubled time and again.
    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(
        self, accounts: Accounts, finalize: Callable[..., str] | None = None, scoring: Scoring | None = None
    ) -> None:
        super().__init__(
            undefined=Missing,
            autoescape=False,
            cache_size=0,
            finalize=finalize,
            optimized=False,  # looking for constants takes a seventh of a pack's compilation and finds next to none
        )
        self._lines = Lines(self)
        self.accounts = accounts
        self.scoring = scoring or Scoring()
        self.printing = Printing(NumberStyle())
        """How the pack prints: what is 持平 and what 大于 is decided on printed figures."""
        self.compiled: dict[str, TemplateExpression] = {}
        """Expressions by their text: a pack asks the same in many places."""
        self.row_lists: Mapping[str, RowList] = {}
        """行库 of the pack, by name."""
        self.terms: Mapping[str, object] = {}
        """口径 of the pack: words, and expressions (`Expression`)."""
        # Jinja2's own globals and most filters are English programming words; only the harmless ones stay.
        self.globals = {}
        self.filters = {name: self.filters[name] for name in ("first", "last", "list", "default", "reject")}
        self.filters.update({name: needs_rows(self.filters[name]) for name in ("first", "last")})
        self.filters.update(FACT_FILTERS)
        self.filters.update(SCORE_FILTERS)
        self.filters.update(PRINTED_FILTERS)
        self.tests.update(PRINTED_TESTS)

    @property
    def lexer(self) -> Lines:
        return self._lines

    def _parse(self, source: str, name: Any, filename: Any) -> nodes.Template:
        """Jinja2's hook for templates; single expressions do not come this way and still raise for a blank."""
        tree = super()._parse(source, name, filename)
        tree.prepared = self.gaps is None  # type: ignore[attr-defined]
        return tree

    def _generate(self, source: nodes.Template, name: Any, filename: Any, defer_init: bool = False) -> str:
        """Jinja2's hook between parsing and compiling: it would report an unknown filter only when it is used."""
        whole = getattr(source, "prepared", True)
        looked_at = (nodes.Filter, nodes.Test) if whole else (nodes.Filter, nodes.Test, *templates.TRIED)
        for node in source.find_all((*looked_at, *templates.REPEATED)):
            if isinstance(node, templates.REPEATED):
                templates.count(node)
            if not isinstance(node, nodes.Filter | nodes.Test):
                if isinstance(node, looked_at):
                    templates.prepare(node)
                continue
            known = self.filters if isinstance(node, nodes.Filter) else self.tests
            if node.name not in known:
                sign = "|" if isinstance(node, nodes.Filter) else "is"
                message = f"没有“{sign} {node.name}”这种写法。{did_you_mean(node.name, known)}"
                raise TemplateAssertionError(message, node.lineno, name, filename)
        for ratio in source.find_all((nodes.Div, nodes.FloorDiv)):
            message = "不能用“/”；两个数相除写“甲 | 除以(乙)”，比重写“甲 | 占(乙)”"
            raise TemplateAssertionError(message, ratio.lineno, name, filename)
        for other in source.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
            raise TemplateAssertionError("不能引用别的模板文件", other.lineno, name, filename)
        return super()._generate(source, name, filename, defer_init)

    def _compile(self, source: str, filename: str) -> Any:
        """Jinja2's hook for the Python that it wrote; «f(a=1, a=2)» it passes on for Python to refuse."""
        try:
            return super()._compile(source, filename)
        except SyntaxError as error:
            raise TemplateAssertionError(python_reason(error), python_line(error, source), filename=filename) from error

    def wrap_str_format(self, value: Any) -> None:
        """«'{0:>400000000}'.format(1)»: Jinja2 lets it through before it asks `is_safe_attribute`."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is Group:
            try:
                return obj.entries[attribute]
            except KeyError:
                owner = f"“{obj.label or obj.name}”里" if obj.name else ""
                return Missing(
                    hint=f"{owner}没有“{attribute}”。{did_you_mean(attribute, obj.entries)}", obj=obj, name=attribute
                )
        if isinstance(obj, Blank):
            return obj
        if isinstance(obj, Rows | Quantity | Text):
            return Missing(hint=f"“{obj.name}”后面不能再用“.{attribute}”。", obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Blank):
            return obj
        if isinstance(obj, Rows):
            try:
                return obj[argument]
            except (KeyError, IndexError):
                return Missing(hint=f"“{obj.name}”里没有“{argument}”这一行。", obj=obj, name=str(argument))
        if type(obj) is Group:
            return self.getattr(obj, str(argument))
        return super().getitem(obj, argument)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Sums; products of numbers and quantities; nothing else that these signs do in Python."""
        if operator == "+":
            if isinstance(left, str | list | tuple) and isinstance(right, str | list | tuple):
                spend(context, len(left) + len(right))
            return left + right
        if operator == "*" and all(isinstance(side, Quantity | Blank | Decimal | int) for side in (left, right)):
            if isinstance(left, int) and isinstance(right, int) and max(abs(left), abs(right)) > _LARGEST:
                raise SecurityError(operator)
            return left * right
        raise SecurityError(operator)

    def joined(self, context: Context, parts: Sequence[object]) -> str:
        """«甲 ~ 乙»: words only. A number would lose its unit, its rounding and its mark."""
        for part in parts:
            if isinstance(part, Blank):
                raise BlankUsedError(part)
            if isinstance(part, Quantity):
                raise UnitError(f"数量“{part.name}”不能用 ~ 连接，请分开写，如 {{{{ {part.name} }}}}……")
        text = "".join(map(str, parts))
        if len(text) > _LONGEST:
            raise SecurityError("~")
        spend(context, len(text))
        return text

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Only a loop's own counters are reachable as Python attributes."""
        return type(obj).__name__ == "LoopContext" and attr in ("index", "first", "last", "length", "revindex")


def evaluation_names(facts: Facts) -> dict[str, object]:
    """What expressions and templates may use: every fact, and 上年."""
    names: dict[str, object] = dict(facts.entries)
    names[FISCAL_YEAR] = year = facts.role(YEAR_ROLE)
    if isinstance(year, Quantity):
        prior = year - 1
        assert isinstance(prior, Quantity)
        names["上年"] = prior.named("上年", "上年")
    else:
        names["上年"] = year
    return names


# -- compiled expressions ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Expression:
    """One compiled expression of a pack with its place there."""

    source: str
    place: Place
    compiled: TemplateExpression
    environment: Environment

    def value(self, names: Names) -> Any:
        """The result: a fact, a group, rows, a bool. Raises `EvaluationError` with a finding."""
        try:
            result = self.compiled(names)
            if isinstance(result, Undefined):
                str(result)  # a strict undefined raises here, with its Chinese sentence
            return result
        except Exception as error:
            raise EvaluationError(failure(error, self.place, self.source)) from error


def compile_expression(environment: Environment, source: str) -> Expression:
    """Compile `source` (with or without the leading «=»). Raises `EvaluationError` for a mistake in writing."""
    place = place_of(source)
    text = str(source).strip()
    text = text[1:] if text.startswith("=") else text
    try:
        compiled = environment.compiled.get(text)
        if compiled is None:
            compiled = environment.compiled[text] = environment.compile_expression(text, undefined_to_none=False)
        return Expression(text, place, compiled, environment)
    except Exception as error:  # a stranger writes what neither Jinja2 nor Python was made for
        raise EvaluationError(finding("T102", place, source=text, reason=syntax_reason(error))) from error


def failure(error: Exception, place: Place, source: str) -> Diagnostic:
    """The finding for an exception inside an expression or template: a blank is the office's, all else the pack's."""
    if isinstance(error, EvaluationError):
        return error.diagnostic
    if isinstance(error, BlankUsedError):
        return blank_finding(error.blank)
    if isinstance(error, NotApplicableUsedError):
        return blank_finding(Misapplied(error.entry))
    if isinstance(error, UndefinedError):
        return finding("T101", place, reason=error.message or "", source=source)
    if isinstance(error, TooMuchError):
        return finding("T134", place, source=source)
    if isinstance(error, SecurityError):
        return finding("T104", place, source=source)
    return finding("T103", place, reason=run_reason(error), source=source)


def blank_finding(blank: Blank) -> Diagnostic:
    """A sentence, table or rule needs a figure that nobody filled in (F001), that is 不适用 (F008) or that does not
    exist (F011)."""
    entry = blank.entry if isinstance(blank, Misapplied) else blank
    code = "F011" if isinstance(entry, NoRatio) else "F008" if isinstance(entry, NotApplicable) else "F001"
    return finding(code, blank.place, label=blank.label or blank.name, name=blank.name)


def template_line(error: BaseException, file: str) -> int:
    """The line of the template in which `error` arose, 0 = unknown.

    Jinja2 rewrites tracebacks only in its own `render`; here they hold the lines of the compiled Python.
    """
    line = getattr(error, "lineno", 0) or 0
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            template = trace.tb_frame.f_globals.get("__jinja_template__")
            line = template.get_corresponding_lineno(trace.tb_lineno) if template is not None else 0
        trace = trace.tb_next
    return int(line)


@lru_cache(maxsize=1024)  # a rule over rows asks once for each row
def used_names(source: str, environment: Environment) -> frozenset[str]:
    """Dotted names that an expression reads («支出.合计»), each prefix included."""
    found: set[str] = set()
    tree = environment.parse("{{ (" + source + ") }}")
    for node in tree.find_all((nodes.Getattr, nodes.Name)):
        parts: list[str] = []
        current: nodes.Node = node
        while isinstance(current, nodes.Getattr):
            parts.append(current.attr)
            current = current.node
        if isinstance(current, nodes.Name):
            found.add(".".join([current.name, *reversed(parts)]))
            term = environment.terms.get(current.name)
            if isinstance(term, Expression) and term.source != source:
                found |= used_names(term.source, environment)
    return frozenset(found)


def named_entries(source: str, environment: Environment, names: Names) -> list[Entry]:
    """The facts, groups and tables that an expression names directly."""
    found: list[Entry] = []
    for path in sorted(used_names(source, environment)):
        first, *rest = path.split(".")
        entry: object = names.get(first)
        for part in rest:
            entry = entry.entries.get(part) if isinstance(entry, Group) else None
        if isinstance(entry, Quantity | Text | Day | Blank | NotApplicable | Group | Rows):
            found.append(entry)
    return found


def named_facts(source: str, environment: Environment, names: Names) -> list[Fact]:
    """The single facts among them, for saying where a broken condition should be looked at."""
    return [one for one in named_entries(source, environment, names) if not isinstance(one, Group | Rows)]
