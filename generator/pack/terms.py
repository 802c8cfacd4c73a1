"""口径: names for what differs from place to place (pack.yaml); words, or expressions that begin with «=»."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.diagnostics import Diagnostic, finding
from generator.expressions.environment import (
    Environment,
    EvaluationError,
    Expression,
    compile_expression,
    used_names,
)
from generator.form.fields import RESERVED, Fields
from generator.place import Place, place_of

TERMS = "口径"


def constants(terms: Any) -> dict[str, str]:
    """Those that are words: «【名称】» stands for them in any file."""
    held = terms if isinstance(terms, Mapping) else {}
    return {str(name): str(value) for name, value in held.items() if _is_words(value)}


def _is_words(value: Any) -> bool:
    return isinstance(value, str) and not value.startswith("=")


def compiled_terms(
    stated: Mapping[Any, Any], environment: Environment, findings: list[Diagnostic]
) -> dict[str, object]:
    """Words, and expressions that each report works out anew. Findings T102, T117; T121 for expressions that need each
    other's results, which stay as empty words."""
    found: dict[str, object] = {}
    for name, value in stated.items():
        if not isinstance(value, str):
            hint = "名称只用汉字、字母、数字，值写文字，或以 = 开头的表达式"
            findings.append(finding("T117", place_of(name), what=TERMS, word=name, value="……", hint=hint))
        elif _is_words(value):
            found[str(name)] = str(value)
        else:
            try:
                found[str(name)] = compile_expression(environment, value)
            except EvaluationError as error:
                findings.append(error.diagnostic)
    circle = _circle(found, environment)
    if circle:
        place = next(place_of(name) for name in stated if name == circle[0])
        findings.append(finding("T121", place, names="、".join(circle)))
    return found | dict.fromkeys(circle, "")


def _circle(terms: Mapping[str, object], environment: Environment) -> list[str]:
    """Expressions that need themselves, directly or through others, or what needs itself."""
    # Not through the cache: these names do not stand for one another yet.
    reads = {
        name: used_names.__wrapped__(one.source, environment) & terms.keys()
        for name, one in terms.items()
        if isinstance(one, Expression)
    }

    def ends(name: str, seen: frozenset[str]) -> bool:
        return all(one not in seen and ends(one, seen | {one}) for one in reads.get(name, ()))

    return [name for name in reads if not ends(name, frozenset((name,)))]


def names_apart(fields: Fields, lists: Mapping[str, Place], terms: Mapping[Any, Any]) -> Iterator[Diagnostic]:
    """口径, 行库 (`lists`) and fields are asked for by their names alone: two of one name would hide each other."""
    taken = dict.fromkeys(fields.children, "填报项") | dict.fromkeys(RESERVED, "程序给的名称")
    for what, names in (("行库", lists), (TERMS, {str(name): place_of(name) for name in terms})):
        for name, place in names.items():
            if name in taken or not name.isidentifier():
                hint = f"与{taken[name]}同名，请换一个名称" if name in taken else "名称只用汉字、字母、数字和下划线"
                yield finding("T117", place, what="", word=what, value=name, hint=hint)
            taken.setdefault(name, what)
