"""A pack's 行库 as expressions see it: the rows that the fiscal year and their own conditions leave, each word as that
year says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2.environment import TemplateExpression
from jinja2.runtime import Context

from generator.facts.fact import FISCAL_YEAR
from generator.quantity import Quantity


@dataclass(frozen=True, slots=True)
class RowList:
    """`rows`: word → text, list of texts or texts by year; `conditions`: one a row, None where it is always there."""

    rows: Sequence[Mapping[str, Any]]
    conditions: Sequence[TemplateExpression | None]

    def of(self, names: Context) -> list[dict[str, Any]]:
        """The rows of one report. Its fiscal year decides; without one every row stands, in its latest words."""
        year = names.parent.get(FISCAL_YEAR)
        number = int(year.value) if isinstance(year, Quantity) else 9999
        there = names.get_all()
        return [
            {str(word): _said(value, number) for word, value in row.items()}
            for row, condition in zip(self.rows, self.conditions, strict=True)
            if condition is None or condition(there)
        ]


def _said(value: Any, year: int) -> Any:
    """Texts by year: the one of the last year that is not after this one, else the first."""
    if not isinstance(value, Mapping):
        return value
    years = sorted(value, key=lambda one: int(str(one)))
    past = [one for one in years if int(str(one)) <= year]
    return value[past[-1] if past else years[0]]
