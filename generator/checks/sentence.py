"""A rule's sentence: words with «{{ expression }}» between them, filled in when the rule is broken."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.expressions.environment import (
    Environment,
    EvaluationError,
    Expression,
    Names,
    compile_expression,
    named_facts,
)
from generator.facts.explain import exact_text
from generator.facts.fact import Fact
from generator.place import Located, place_of
from generator.quantity import Blank, NotApplicable, Quantity

_HOLE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sentence:
    pieces: tuple[str | Expression, ...]

    def text(self, names: Names) -> str:
        """The sentence with its values; one that cannot be worked out is told by «……»; it must not hide the finding."""
        return "".join(piece if isinstance(piece, str) else _spoken(piece, names) for piece in self.pieces)

    def outline(self, labels: Mapping[str, str]) -> str:
        """The sentence without data: each hole says what will stand there, «指标“〔三级指标〕”…»."""
        return "".join(p if isinstance(p, str) else f"〔{_meant(p.source, labels)}〕" for p in self.pieces)

    def facts(self, names: Names) -> list[Fact]:
        """The facts that the sentence names: the cells to look at."""
        holes = (piece for piece in self.pieces if isinstance(piece, Expression))
        return [fact for hole in holes for fact in named_facts(hole.source, hole.environment, names)]


def compile_sentence(environment: Environment, source: str) -> Sentence:
    """Raises `EvaluationError` for a mistake in writing."""
    parts: Sequence[str] = _HOLE.split(str(source))
    return Sentence(
        tuple(
            compile_expression(environment, Located(part.strip(), place_of(source))) if number % 2 else part
            for number, part in enumerate(parts)
            if part
        )
    )


def _meant(source: str, labels: Mapping[str, str]) -> str:
    """«行.三级» → its label; «行 | 目标文本» → 目标文本; «'超额' | 计分规则» → 超额."""
    value, _, filters = source.partition("|")
    if value.strip()[:1] in ("'", '"'):
        return value.strip()[1:-1]
    if filters:
        return filters.rpartition("|")[2].partition("(")[0].strip()
    name = value.rpartition(".")[2].strip()
    return labels.get(name, name)


def _spoken(hole: Expression, names: Names) -> str:
    try:
        value = hole.value(names)
    except EvaluationError:
        return "……"
    if isinstance(value, Quantity):
        return exact_text(value)
    if isinstance(value, Blank):
        return "（没有填写）"
    return "不适用" if isinstance(value, NotApplicable) else str(value)
