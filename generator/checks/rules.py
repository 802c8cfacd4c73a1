"""A pack's checks.yaml: identities and conditions over facts.

Two sides agree when they differ by no more than rounding of the typed figures can explain (`Quantity.error` of both
sides); figures typed in 元 must agree to the cent. 印得相等 asks for the same printed digits too. A rule that cannot be
worked out is a fault of the pack (T-codes). A rule that meets what nobody filled in finds nothing: what is missing is
reported where it is required, and the rule is told as not checked (`Lack`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from generator.checks.sentence import Sentence, compile_sentence
from generator.diagnostics import Diagnostic, Severity, finding
from generator.diagnostics.unknown_words import unknown_words
from generator.expressions.as_printed import related
from generator.expressions.environment import (
    NO_VALUE,
    Environment,
    EvaluationError,
    Expression,
    Names,
    compile_expression,
    failure,
    named_entries,
    named_facts,
)
from generator.facts.explain import exact_text, leaves
from generator.facts.fact import Entry, Group, Rows, Text
from generator.facts.lacking import Misapplied
from generator.place import Located, Place, place_of
from generator.quantity import Blank, BlankUsedError, NoRatio, NotApplicable, Quantity, UnitError

SEVERITIES = ("错误", "待填", "警告", "提示")
ALIKE = "印得相等"
RELATIONS = ("等于", ALIKE, "不大于", "不小于")
SIGNS = {"＝": "等于", "≡": ALIKE, "≤": "不大于", "≥": "不小于"}
"""«关系: =甲 ≥ 乙» says 左, 关系 and 右 in one line."""
WORDS = ("等级", "左", "右", "关系", "应当", "说明", "怎么办", "依据", "逐行", "当", "左名", "右名", "名")
_SIGN = re.compile(rf" ([{''.join(SIGNS)}]) ")
_MOST_PLACES = 12


def sides(expression: str) -> list[str]:
    """The expressions of «=甲 ≥ 乙», or the one of «=甲»."""
    return _SIGN.split(expression.removeprefix("="))[::2]


@dataclass(frozen=True, slots=True)
class Rule:
    """One compiled rule: `left` `relation` `right`, or `condition` alone; for each of `rows` when given."""

    code: str
    severity: Severity
    message: Sentence
    hint: str
    basis: str
    relation: str
    left: Expression | None
    right: Expression | None
    condition: Expression | None
    rows: Expression | None
    when: Expression | None
    left_name: str
    right_name: str


def compile_rules(
    specs: Mapping[str, Any], file: str, environment: Environment
) -> tuple[tuple[Rule, ...], tuple[Diagnostic, ...]]:
    """All entries of checks.yaml; every mistake in writing is reported."""
    rules: list[Rule] = []
    findings: list[Diagnostic] = []
    for code, spec in specs.items():
        compiler = _RuleCompiler(code, file, environment, findings)
        rule = compiler.rule(spec)
        if rule is not None:
            rules.append(rule)
    return tuple(rules), tuple(findings)


@dataclass(slots=True)
class _RuleCompiler:
    code: str
    file: str
    environment: Environment
    findings: list[Diagnostic]

    def wrong(self, code: str, at: object, **values: object) -> None:
        spot = place_of(at) or place_of(self.code) or Place(self.file)
        self.findings.append(finding(code, spot, **values))

    def expression(self, spec: Mapping[str, Any], word: str) -> Expression | None:
        if spec.get(word) is None:
            return None
        try:
            return compile_expression(self.environment, spec[word])
        except EvaluationError as error:
            self.findings.append(error.diagnostic)
            return None

    def sentence(self, spec: Mapping[str, Any]) -> Sentence:
        try:
            return compile_sentence(self.environment, spec.get("说明") or "")
        except EvaluationError as error:
            self.findings.append(error.diagnostic)
            return Sentence(())

    def in_full(self, spec: Mapping[str, Any], what: str) -> Mapping[str, Any]:
        """«关系: =甲 ≥ 乙» as 左, 关系, 右; «名: [甲名, 乙名]» as 左名, 右名; without 说明 the usual sentence."""
        words = dict(spec)
        relation, names = spec.get("关系"), words.pop("名", None)
        if isinstance(relation, str) and relation.startswith("="):
            parts = _SIGN.split(relation[1:])
            if len(parts) != 3:
                hint = f"写成“关系: =甲 ＝ 乙”，中间只有一个记号（{'、'.join(SIGNS)}），前后有空格"
                self.wrong("T117", relation, what=what, word="关系", value=relation, hint=hint)
                parts = [relation[1:], "＝", "0"]
            for word in ("左", "右"):
                if word in spec:
                    hint = "一行写全的“关系: =甲 ＝ 乙”已经有左、右，请删去其中一处"
                    self.wrong("T117", spec[word], what=what, word=word, value=spec[word], hint=hint)
            place = place_of(relation)
            words.update(左=Located(parts[0], place), 关系=SIGNS[parts[1]], 右=Located(parts[2], place))
        if names is not None:
            if not isinstance(names, list) or len(names) != 2:
                self.wrong("T117", names, what=what, word="名", value=names, hint="写成 名: [左边的叫法, 右边的叫法]")
                names = ["左边", "右边"]
            words.update(左名=names[0], 右名=names[1])
        if not words.get("说明") and words.get("左名") and words.get("右名"):
            said = "{0}与{1}不一致" if words.get("关系", "等于") in ("等于", ALIKE) else "{1}超过{0}"
            larger = [words["左名"], words["右名"]][:: -1 if words.get("关系") == "不大于" else 1]
            words["说明"] = Located(said.format(*larger), place_of(self.code))
        return words

    def rule(self, spec: object) -> Rule | None:
        what = f"核对关系“{self.code}”"
        if not isinstance(spec, Mapping):
            self.wrong("T115", self.code, what=what, word="左、右 或 应当")
            return None
        before = len(self.findings)
        spec = self.in_full(spec, what)
        self.findings += unknown_words(spec, WORDS, what, place_of(self.code) or Place(self.file))
        severity, relation = str(spec.get("等级", "错误")), str(spec.get("关系", "等于"))
        if severity not in SEVERITIES:
            self.wrong(
                "T117", spec["等级"], what=what, word="等级", value=severity, hint=f"只能是{'、'.join(SEVERITIES)}"
            )
        if relation not in RELATIONS:
            self.wrong(
                "T117", spec["关系"], what=what, word="关系", value=relation, hint=f"只能是{'、'.join(RELATIONS)}"
            )
        if "应当" not in spec and not ("左" in spec and "右" in spec):
            self.wrong("T115", self.code, what=what, word="左、右 或 应当")
        if not spec.get("说明"):
            self.wrong("T115", self.code, what=what, word="说明")
        parts = {word: self.expression(spec, word) for word in ("左", "右", "应当", "逐行", "当")}
        message = self.sentence(spec)
        if len(self.findings) > before:
            return None
        return Rule(
            str(self.code),
            Severity.from_word(severity),
            message,
            str(spec.get("怎么办", "")),
            str(spec.get("依据", "")),
            relation,
            parts["左"],
            parts["右"],
            parts["应当"],
            parts["逐行"],
            parts["当"],
            str(spec.get("左名", "")),
            str(spec.get("右名", "")),
        )


# -- running ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Broken:
    """What a rule found; `left` and `right`: the sides of an equation that does not hold. `rule` is the one that was
    run, `row` the row for which."""

    diagnostic: Diagnostic
    left: Quantity | None = None
    right: Quantity | None = None
    rule: Rule | None = None
    row: Group | None = None


@dataclass(frozen=True, slots=True)
class Lack:
    """A rule that was not worked out, in one row or at all, and the cell or table that nobody filled in.

    `asked`: not for its figures, only for whether it applies (当): it says nothing where the rule was worked out in
    some other row.
    """

    rule: Rule
    what: Blank | Rows
    asked: bool = False


Comparison = tuple[str, Quantity, Quantity]
"""Relation, left side, right side; whether it holds or not."""


@dataclass(slots=True)
class RulesRun:
    """What the rules found, and which of them lacked something."""

    broken: list[Broken] = field(default_factory=list)
    lacking: list[Lack] = field(default_factory=list)
    compared: list[Comparison] | None = None


def run_rules(rules: Iterable[Rule], names: Names, compared: list[Comparison] | None = None) -> RulesRun:
    """Every rule on every row, in the pack's order. `compared` gathers all sides that were held against each other."""
    run = RulesRun(compared=compared)
    for rule in rules:
        try:
            _run_rule(rule, names, run)
        except EvaluationError as error:
            if error.diagnostic.code not in NO_VALUE:
                run.broken.append(Broken(error.diagnostic))
            else:
                run.lacking.extend(_lack_behind(rule, error))
        except (TypeError, UnitError) as error:  # sides that do not fit, 逐行 over what is no table
            run.broken.append(Broken(failure(error, _place_of_rule(rule), f"核对关系“{rule.code}”")))
    return run


def _run_rule(rule: Rule, names: Names, run: RulesRun) -> None:
    lacking: list[Lack] = []
    worked_out = False
    for row in rule.rows.value(names) if rule.rows else [None]:
        group = row if isinstance(row, Group) else None  # 行 may be a word of the pack («=['甲', '乙']»)
        found = _check(rule, names if row is None else {**names, "行": row}, group, run.compared)
        if isinstance(found, Broken):
            run.broken.append(replace(found, rule=rule, row=group))
        lacking += found if isinstance(found, list) else []
        worked_out = worked_out or not isinstance(found, list)
    run.lacking.extend(one for one in lacking if not (one.asked and worked_out))


def _lack_behind(rule: Rule, error: EvaluationError, *, asked: bool = False) -> list[Lack]:
    """The blank that stopped an expression; a ratio that does not exist (x ÷ 0) is no blank."""
    cause = error.__cause__
    blank = cause.blank if isinstance(cause, BlankUsedError) else None
    return [] if blank is None or isinstance(blank, NoRatio | Misapplied) else [Lack(rule, blank, asked)]


def _unfilled(rule: Rule, expression: Expression, names: Names) -> list[Lack]:
    """What an expression names and nobody filled in: why 当 may be false."""
    named = named_entries(expression.source, expression.environment, names)
    return [
        Lack(rule, one, asked=True)
        for one in named
        if isinstance(one, Blank) or (isinstance(one, Rows) and not len(one))
    ]


def _place_of_rule(rule: Rule) -> Place:
    parts = (rule.rows, rule.left, rule.condition)
    return next((part.place for part in parts if part is not None), Place())


def _check(
    rule: Rule, names: Names, row: Group | None, compared: list[Comparison] | None
) -> Broken | list[Lack] | None:
    """What is wrong; a list where the rule was not worked out, with what it lacks; None: it holds."""
    try:
        if rule.when is not None and not _true(rule.when.value(names), rule.when.place):
            return _unfilled(rule, rule.when, names)
    except EvaluationError as error:
        if error.diagnostic.code in NO_VALUE:
            return _lack_behind(rule, error, asked=True)
        raise
    try:
        if rule.condition is not None:
            return _judged(rule, rule.condition, names, row)
        assert rule.left is not None
        assert rule.right is not None
        left, right = rule.left.value(names), rule.right.value(names)
        if compared is not None and isinstance(left, Quantity) and isinstance(right, Quantity):
            compared.append((rule.relation, left, right))
        return _compare(rule, left, right, row, names)
    except EvaluationError as error:
        if error.diagnostic.code in NO_VALUE:
            return _lack_behind(rule, error)
        raise


def _judged(rule: Rule, condition: Expression, names: Names, row: Group | None) -> Broken | list[Lack] | None:
    blanks = [fact for fact in _named(condition, names) if isinstance(fact, Blank)]
    if blanks:
        return [Lack(rule, blank) for blank in blanks]
    result = condition.value(names)
    if isinstance(result, Blank):
        return [] if isinstance(result, NoRatio) else [Lack(rule, result)]
    if _true(result, condition.place):
        return None
    places = _places_of_condition(rule, condition, names, row)
    return Broken(_broken(rule, row, rule.message.text(names), places))


def _named(condition: Expression, names: Names) -> list[Entry]:
    return list(named_facts(condition.source, condition.environment, names))


def _places_of_condition(rule: Rule, condition: Expression, names: Names, row: Group | None) -> list[Place]:
    """The row, and the cells behind the facts that the condition and the sentence name."""
    places = [] if row is None else [row.place]
    for fact in (*_named(condition, names), *rule.message.facts(names)):
        places.extend(leaf.place for leaf in leaves(fact)) if isinstance(fact, Quantity) else places.append(fact.place)
    return places


def _true(value: object, place: Place) -> bool:
    """A condition's truth; 是/否 counts, a quantity does not (that would be a slip of the rule)."""
    if isinstance(value, Quantity):
        raise EvaluationError(
            finding("T103", place, reason=f"条件应得出是或否，得到的是数量“{value.name}”", source="应当、当")
        )
    return bool(value)


def _compare(rule: Rule, left: object, right: object, row: Group | None, names: Names) -> Broken | list[Lack] | None:
    if isinstance(left, Blank | NotApplicable) or isinstance(right, Blank | NotApplicable):
        blanks = (one for one in (left, right) if isinstance(one, Blank) and not isinstance(one, NoRatio | Misapplied))
        return [Lack(rule, one) for one in blanks]
    message = rule.message.text(names)
    if isinstance(left, Text) and isinstance(right, Text) and rule.relation == "等于":
        if str(left).strip() == str(right).strip():
            return None
        names_of_sides = (rule.left_name or left.label or left.name, rule.right_name or right.label or right.name)
        said = "，".join(f"{name}“{side}”" for name, side in zip(names_of_sides, (left, right), strict=True))
        return Broken(_broken(rule, row, f"{message}：{said}", [left.place, right.place]))
    if not isinstance(left, Quantity) or not isinstance(right, Quantity):
        place = rule.left.place if rule.left else Place()
        raise EvaluationError(
            finding("T103", place, reason="左、右应是数量，或都是文字", source=f"核对关系“{rule.code}”")
        )
    difference = left - right  # a unit that does not fit raises here, as a fault of the rule
    assert isinstance(difference, Quantity)
    slack = left.error + right.error
    amount = difference.value
    fine = {
        "等于": abs(amount) <= slack,
        ALIKE: abs(amount) <= slack and (not amount or _printed_alike(rule, left, right)),
        "不大于": amount <= slack,
        "不小于": amount >= -slack,
    }[rule.relation]
    if fine:
        return None
    places = [leaf.place for side in (left, right) for leaf in leaves(side) if leaf.place]
    sides = f"{_side(rule.left_name, left)}，{_side(rule.right_name, right)}"
    size = exact_text(abs(difference))
    message = f"{_about(row)}{message}：{sides}，相差 {size}"
    found = _broken(rule, None, message, ([row.place] if row is not None and not places else []) + places)
    return Broken(found, left, right) if rule.relation in ("等于", ALIKE) else Broken(found)


def _printed_alike(rule: Rule, left: Quantity, right: Quantity) -> bool:
    """Two totals that must not differ before the reader's eyes, whatever rounding explains."""
    assert rule.left is not None
    return related(rule.left.environment.printing, left, right).seen == 0


def _about(row: Group | None) -> str:
    return f"{row.name} " if row is not None and row.name else ""


def _side(name: str, quantity: Quantity) -> str:
    return f"{name or quantity.label or quantity.name} {exact_text(quantity)}"


def _broken(rule: Rule, row: Group | None, message: str, places: list[Place]) -> Diagnostic:
    kept = tuple(dict.fromkeys(place for place in places if place))[:_MOST_PLACES]
    return Diagnostic(rule.severity, rule.code, f"{_about(row)}{message}", rule.hint, kept, rule.basis)
