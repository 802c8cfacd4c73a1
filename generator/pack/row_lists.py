"""行库: lists that a pack writes once (rows/*.yaml), and the entries that repeat for each of their rows.

An entry with «逐项: 收入种类» stands for one entry a row, with the row's words in place of «{名}», «{标签}» …; inside a
text, «【收入种类+收入.{名}】» stands for «收入.财政拨款 + 收入.上级补助收入 + …», «【收入种类：'{名}'】» for the same
with commas (、 ； and ｜, which is «else», likewise), for those rows that have the words asked for. This is done once,
when a pack's files have been joined, so that fields, tables, charts, checks, readers and sentences all follow one list,
and a child that adds a row to it adds it everywhere.

Shapes: a library is name → row; a row is word → text, list of texts, or texts by year ({2018: …, 2022: …}).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2.environment import TemplateExpression

from generator.diagnostics import Diagnostic, finding
from generator.expressions.environment import Environment, EvaluationError, compile_expression
from generator.expressions.row_lists import RowList
from generator.facts.fact import FISCAL_YEAR
from generator.names import did_you_mean
from generator.place import Located, Place, place_of

EACH, GIVEN, NAME, LABEL = "逐项", "预填", "名", "标签"
SINCE, UNTIL, WHEN = "自", "至", "当"
"""A row's years and condition: outside them it is not there."""
ROW_WORDS = (NAME, LABEL, SINCE, UNTIL, WHEN)
"""Words that every library has."""

_HOLE = re.compile(r"(?<!\{)\{(?:(\w+)\.)?(\w+)\}(?!\})")
_REPEATED = re.compile(r"【(\w+)([：:+、；｜])([^【】]+)】")
_CONSTANT = re.compile(r"【(\w+)】")
TERMS = "口径"
"""pack.yaml: names for what differs from place to place; words, or expressions that begin with «=»."""
_JOINTS = {"：": ", ", ":": ", ", "+": " + ", "、": "、", "；": "；", "｜": " else "}

Row = Mapping[str, Any]


@dataclass(slots=True)
class RowLists:
    """The libraries of a pack, by name (`lists`); its 口径 that are words (`constants`) and those that are expressions
    (`conditional`); which words of the libraries were used (`used`)."""

    lists: dict[str, dict[str, Row]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    conditional: frozenset[str] = frozenset()
    findings: list[Diagnostic] = field(default_factory=list)
    used: set[tuple[str, str]] = field(default_factory=set)

    def expanded(self, data: Any) -> Any:
        """The same data with every entry that repeats written out. Findings T136, T137."""
        if isinstance(data, Mapping):
            return self._mapping(data)
        if isinstance(data, list):
            return [one for value in data for one in self._items(value)]
        return self.text(data) if isinstance(data, str) and "【" in data else data

    def text(self, text: str) -> str:
        """«【库：…】» written out; what names no library stays as it is, line for line."""

        def written(match: re.Match[str]) -> str:
            rows = self.lists.get(match[1])
            if rows is None:
                hint = did_you_mean(match[1], self.lists)
                if hint:
                    self.findings.append(finding("T136", place_of(text), word=match[1], hint=hint))
                return match[0]
            body = Located(match[3], place_of(text))
            asked = {hole[2] for hole in _HOLE.finditer(body) if self._ours(hole, match[1])}
            pieces = [str(self._filled(body, match[1], row)) for row in rows.values() if asked <= set(row)]
            return _JOINTS[match[2]].join(pieces)

        result = _CONSTANT.sub(lambda match: self._constant(match, text), _REPEATED.sub(written, text))
        return Located(result, place_of(text)) if isinstance(text, Located) else result

    def _constant(self, match: re.Match[str], text: str) -> str:
        if match[1] in self.conditional:
            reason = f"口径“{match[1]}”是表达式，不能写成【{match[1]}】"
            self.findings.append(finding("T102", place_of(text), reason=reason, source=f"请写 {{{{ {match[1]} }}}}"))
        return self.constants.get(match[1], match[0])

    def _given(self, name: str, row: Row, table: Mapping[Any, Any]) -> dict[str, Any]:
        """A row of a table to begin with: the library's words as columns, its name in the key's."""
        words = {str(word): latest(value) for word, value in row.items() if word not in (NAME, LABEL)}
        self.used.update((name, word) for word in words)
        return words | {str(table.get("主键", NAME)): str(row[NAME])}

    def _repeats(self, asked: Any, key: Any, rest: Any) -> Iterator[tuple[Any, Any, Row]]:
        """(key, entry, row) for each row of the library; of several, for each row of the first each of the next."""
        first, *others = asked if isinstance(asked, list) and asked else [asked]
        for name, row in self._rows(first):
            one = self._filled(key, name, row), self._labelled(self._filled(rest, name, row), row)
            if others:
                yield from self._repeats(others, *one)
            else:
                yield *one, row

    @staticmethod
    def _labelled(entry: Any, row: Row) -> Any:
        """A field whose label is not written bears the row's."""
        if not isinstance(entry, Mapping) or "类型" not in entry or LABEL in entry or row[LABEL] == row[NAME]:
            return entry
        return {**entry, LABEL: latest(row[LABEL])}

    def _rows(self, asked: Any) -> Iterator[tuple[str, Row]]:
        rows = self.lists.get(str(asked))
        if rows is None:
            hint = did_you_mean(str(asked), self.lists) or f"行库写在 rows/{asked}.yaml"
            self.findings.append(finding("T136", place_of(asked), word=asked, hint=hint))
        yield from ((str(asked), row) for row in (rows or {}).values())

    def _mapping(self, data: Mapping[Any, Any]) -> dict[Any, Any]:
        """«{名}: {逐项: 库, …}» repeats the entry; «{逐项: 库, "{名}": …}» repeats each entry whose name has a hole."""
        result: dict[Any, Any] = {}
        inner = any(isinstance(key, str) and _HOLE.search(key) for key in data) and EACH in data
        for key, value in data.items():
            if inner and key == EACH:
                continue
            repeated = inner and _HOLE.search(str(key))
            inside = self.expanded({EACH: data[EACH], _ONLY: value} if repeated else value)
            if key == GIVEN and isinstance(inside, str):
                inside = [self._given(name, row, data) for name, row in self._rows(inside)]
            if not isinstance(inside, Mapping) or EACH not in inside:
                self._put(result, self.text(key) if isinstance(key, str) else key, inside)
                continue
            rest = {word: one for word, one in inside.items() if word != EACH}
            many: dict[Any, Any] = {}
            for name, entry, _ in self._repeats(inside[EACH], key, rest):
                self._put(many, name, entry.get(_ONLY, entry))
            for one, held in many.items():
                self._put(result, one, held)
        return result

    @staticmethod
    def _put(result: dict[Any, Any], key: Any, value: Any) -> None:
        """An entry of its own beside the repeated one of the same name says what differs."""
        before = result.get(key)
        if value is None and before is not None:
            del result[key]
            return
        result[key] = _deeply(before, value) if isinstance(before, Mapping) and isinstance(value, Mapping) else value

    def _items(self, value: Any) -> Iterator[Any]:
        inside = self.expanded(value)
        if not isinstance(inside, Mapping) or EACH not in inside:
            yield inside
            return
        rest = {word: one for word, one in inside.items() if word != EACH}
        for _, one, row in self._repeats(inside[EACH], "", rest):
            if set(rest) == {"文"}:  # a cell that is nothing but its text
                yield one["文"]
                continue
            condition = condition_of(row)
            there = {WHEN: Located(f"={condition}", place_of(inside[EACH]))} if condition and "单元" in rest else {}
            yield {**one, **there}

    def _filled(self, value: Any, name: str, row: Row) -> Any:
        if isinstance(value, Mapping):
            filled = {self._filled(key, name, row): self._filled(one, name, row) for key, one in value.items()}
            return {key: one for key, one in filled.items() if one is not _NOTHING}
        if isinstance(value, list):
            return [one for one in (self._filled(inner, name, row) for inner in value) if one is not _NOTHING]
        if not isinstance(value, str) or "{" not in value:
            return value
        whole = _HOLE.fullmatch(value)
        if whole and self._ours(whole, name):
            self.used.add((name, whole[2]))
            held = row.get(whole[2], _NOTHING)
            return latest(held) if not isinstance(held, str) else Located(held, place_of(value))

        def word(match: re.Match[str]) -> str:
            if not self._ours(match, name):
                return match[0]
            self.used.add((name, match[2]))
            held = latest(row.get(match[2], _NOTHING))
            if isinstance(held, str):
                return held
            self.findings.append(finding("T137", place_of(value), word=match[2], row=row[NAME], name=name))
            return ""

        return Located(_HOLE.sub(word, value), place_of(value))

    def _ours(self, match: re.Match[str], name: str) -> bool:
        """Whether a hole means a word of this library; others belong to an outer «逐项» or to the text itself."""
        return match[1] == name or (match[1] is None and any(match[2] in row for row in self.lists[name].values()))


_ONLY = "…"
"""Under this word an entry that is not a mapping waits to be repeated."""
_NOTHING = object()
"""What a row does not say: the word that would hold it is left out."""


def latest(value: Any) -> Any:
    """Words that changed with the years as they are now; any other value as it is."""
    return value[max(value, key=lambda year: int(str(year)))] if isinstance(value, Mapping) else value


def _deeply(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> dict[Any, Any]:
    """Entries of both; of two mappings those of both again, of all else the other's; nothing takes one away."""
    result = dict(one)
    for key, value in other.items():
        before = result.get(key)
        if value is None and before is not None:
            del result[key]
        elif isinstance(before, Mapping) and isinstance(value, Mapping):
            result[key] = _deeply(before, value)
        else:
            result[key] = value
    return result


def constants(terms: Any) -> dict[str, str]:
    """The 口径 that are words: «【名称】» stands for them in any file."""
    held = terms if isinstance(terms, Mapping) else {}
    return {str(name): str(value) for name, value in held.items() if is_constant(value)}


def is_constant(value: Any) -> bool:
    return isinstance(value, str) and not value.startswith("=")


def condition_of(row: Row) -> str:
    """The expression that says whether the row is there, "" where it always is."""
    parts = [f"{FISCAL_YEAR} >= {row[SINCE]}"] if SINCE in row else []
    parts += [f"{FISCAL_YEAR} <= {row[UNTIL]}"] if UNTIL in row else []
    parts += [f"({str(row[WHEN]).removeprefix('=').strip()})"] if WHEN in row else []
    return " and ".join(parts)


def named_rows(data: Any) -> Iterator[tuple[Any, Any]]:
    """The rows of a library: {甲: {…}}, or a list of 甲 and {乙: {…}}."""
    if isinstance(data, Mapping):
        yield from data.items()
    for one in data if isinstance(data, list) else ():
        if isinstance(one, Mapping) and len(one) == 1:
            yield from one.items()
        else:
            yield one, {}


def read_list(data: Any, file: str) -> tuple[dict[str, Row], list[Diagnostic]]:
    """rows/名称.yaml: name → words, or a plain list of names. Findings T138."""
    findings: list[Diagnostic] = []
    rows: dict[str, Row] = {}

    def wrong(at: object, reason: str) -> None:
        findings.append(finding("T138", place_of(at) or Place(file), reason=reason))

    if not isinstance(data, list | Mapping):
        wrong(data, "应写成“名称: {标签: …}”，或只有名称的清单")
        return {}, findings
    for name, words in named_rows(data):
        if not isinstance(name, str) or not isinstance(words, Mapping):
            wrong(name, f"“{name if isinstance(name, str) else '……'}”应写成“名称: {{标签: …}}”")
            continue
        if name in rows:
            wrong(name, f"“{name}”写了两次")
        if NAME in words:
            wrong(words[NAME], f"“{NAME}”就是冒号前的名称，不用再写")
        for word, value in words.items():
            if isinstance(value, Mapping) and not all(re.fullmatch(r"20\d\d", str(year)) for year in value):
                wrong(word, f"“{word}”按年度不同的，写成 {word}: {{2018: 甲, 2022: 乙}}")
            elif word in (SINCE, UNTIL) and not re.fullmatch(r"20\d\d", str(value)):
                wrong(value, f"“{word}”要写年度，如 2020")
        rows[str(name)] = {LABEL: name, **words, NAME: name}
    return rows, findings


def compiled(rows: Mapping[str, Row], environment: Environment, findings: list[Diagnostic]) -> RowList:
    """A library for expressions, with the conditions of its rows compiled."""
    conditions: list[TemplateExpression | None] = []
    for row in rows.values():
        source = condition_of(row)
        conditions.append(None)
        try:
            if source:
                found = compile_expression(environment, Located(source, place_of(row.get(WHEN))))
                conditions[-1] = found.compiled
        except EvaluationError as error:
            findings.append(error.diagnostic)
    return RowList(tuple(rows.values()), tuple(conditions))
