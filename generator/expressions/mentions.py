"""Figures that an office names in its own words: «医保基金收入{{ 收入.合计 | 万元 }}».

Only a fact's name and one printing filter stand between the braces. They are read here and never given to the template
engine: what an office types stays data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.diagnostics import finding
from generator.expressions.environment import EvaluationError
from generator.facts.fact import Day, Group, Rows, Text
from generator.names import did_you_mean, nearest
from generator.place import Place
from generator.quantity import Blank, NotApplicable, Quantity

LIVE = re.compile(r"\{\{([^{}\n]*)\}\}")
PRINTING = ("万元", "元", "千元", "亿元", "数值", "百分比", "个数")
"""The filters that an office may write; `render` holds what each prints."""

_TYPED = str.maketrans("｜．。［］", "|..[]")
_REFERENCE = re.compile(r"([^\W\d]\w*)((?:\.[^\W\d]\w*|\[[^\[\]]+\])*)\s*(?:\|\s*(.+))?")
_STEP = re.compile(r"\.(\w+)|\[([^\[\]]+)\]")

LiveFact = Quantity | Day | Blank | NotApplicable


@dataclass(frozen=True, slots=True)
class Mention:
    """One «{{ … }}» as it stands in the text `owner`."""

    inside: str
    owner: Text

    @property
    def shown(self) -> str:
        return self.inside.strip() or "{{ }}"

    def wrong(self, code: str, **values: object) -> EvaluationError:
        place: Place = self.owner.place
        return EvaluationError(
            finding(code, place, label=self.owner.label or self.owner.name, mention=f"{{{{{self.inside}}}}}", **values)
        )

    def resolved(self, names: Mapping[str, object]) -> tuple[LiveFact, str]:
        """The fact and the filter ("" = none). Raises `EvaluationError` with I061–I064, placed at the office's cell."""
        match = _REFERENCE.fullmatch(self.inside.strip().translate(_TYPED))
        if match is None:
            raise self.wrong("I064")
        chosen = (match[3] or "").strip()
        entry: object = self._first(match[1], names)
        path = match[1]
        for step in _STEP.finditer(match[2]):
            entry = self._column(entry, path, step[1]) if step[1] else self._row(entry, path, _unquoted(step[2]))
            path += step[0]
        if chosen and chosen not in PRINTING:
            raise self.wrong("I062", word=chosen, hint=did_you_mean(chosen, PRINTING), known="、".join(PRINTING))
        if isinstance(entry, Quantity | Day | Blank | NotApplicable):
            return entry, chosen
        raise self.wrong("I063", path=path, what=_kind(entry), hint=_parts(entry, path))

    def _first(self, word: str, names: Mapping[str, object]) -> object:
        known = [name for name in names if not name.startswith("_")]
        if word not in known:
            raise self.wrong("I061", word=word, hint=_suggestion(word, known))
        return names[word]

    def _column(self, entry: object, path: str, word: str) -> object:
        if isinstance(entry, Rows):
            raise self.wrong("I063", path=path, what="一张表", hint=_parts(entry, path))
        if not isinstance(entry, Group):
            raise self.wrong("I061", word=f"{path}.{word}", hint=f"“{path}”下面没有别的项")
        if word not in entry:
            raise self.wrong("I061", word=f"{path}.{word}", hint=_suggestion(word, entry.entries, f"{path}."))
        return entry[word]

    def _row(self, entry: object, path: str, key: str) -> object:
        if not isinstance(entry, Rows):
            raise self.wrong("I061", word=f"{path}[{key}]", hint=f"“{path}”不是表，后面不写方括号")
        if not entry.key:
            if key.isdigit() and 1 <= int(key) <= len(entry):
                return entry[int(key) - 1]
            raise self.wrong("I061", word=f"{path}[{key}]", hint=f"“{path}”有{len(entry)}行，从 1 数起")
        if key not in entry:
            raise self.wrong("I061", word=f"{path}[{key}]", hint=_suggestion(key, entry.by_key))
        return entry[key]


def _unquoted(key: str) -> str:
    return key.strip().strip("\"'“”‘’").strip()


def _suggestion(word: str, known: object, before: str = "") -> str:
    names = [str(name) for name in known] if isinstance(known, Mapping | list) else []
    found = nearest(word, names)
    return f"您是否指“{before}{found}”？" if found else f"可以写：{'、'.join(names[:8])}"


def _kind(entry: object) -> str:
    return {Group: "一组内容", Rows: "一张表"}.get(type(entry), "一段文字")


def _parts(entry: object, path: str) -> str:
    """What could have been meant instead."""
    if isinstance(entry, Rows) and len(entry):
        key = next(iter(entry.by_key), "1")
        column = next((c for c, value in entry[0].entries.items() if isinstance(value, Quantity)), "")
        return f'请写到某一行的某一列，如 {path}["{key}"].{column}' if entry.key else f"如 {path}[1].{column}"
    if isinstance(entry, Group):
        numbers = [name for name, value in entry.entries.items() if isinstance(value, Quantity)]
        return f"请写到其中一个数，如 {path}.{numbers[0]}" if numbers else ""
    return "只能引用数和日期，文字请直接写出来"
