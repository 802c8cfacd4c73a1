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
from dataclasses import dataclass, field, replace
from typing import Any

from jinja2.environment import TemplateExpression

from generator.diagnostics import Diagnostic, finding
from generator.expressions.environment import Environment, EvaluationError, compile_expression
from generator.expressions.row_lists import RowList
from generator.facts.fact import FISCAL_YEAR
from generator.names import did_you_mean
from generator.pack.joining import joined
from generator.pack.terms import TERMS
from generator.place import NOWHERE, Located, Place, place_of

EACH, GIVEN, CHOICES, NAME, LABEL = "逐项", "预填", "选项", "名", "标签"
SPELLINGS = "叫法"
"""How else a row that is a choice may be typed."""
SINCE, UNTIL, WHEN = "自", "至", "当"
"""A row's years and condition: outside them it is not there."""
ROW_WORDS = (NAME, LABEL, SINCE, UNTIL, WHEN)
"""Words that every library has."""

_HOLE = re.compile(r"(?<!\{)\{(?:(\w+)\.)?(\w+)\}(?!\})")
_REPEATED = re.compile(r"【(\w+)([：:+、；｜])([^【】]+)】")
_CONSTANT = re.compile(r"【(\w+)】")
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
    asking: set[tuple[Place, str]] = field(default_factory=set)
    """Holes of entries that repeat: what no library fills is a mistake (`open_holes`)."""

    def open_holes(self, data: Any) -> None:
        """T137 for each hole that is left once everything is written out."""
        if isinstance(data, Mapping):
            for key, value in data.items():
                self.open_holes(key)
                self.open_holes(value)
        elif isinstance(data, list):
            for value in data:
                self.open_holes(value)
        elif isinstance(data, Located) and "{" in data:
            for hole in _HOLE.finditer(data):
                if (data.place, hole[2]) in self.asking:
                    reason = f"这里所用的行库都没有“{hole[2]}”这个词"
                    self.findings.append(finding("T138", data.place, reason=reason))

    def expanded(self, data: Any) -> Any:
        """The same data with every entry that repeats written out. Findings T136, T137."""
        if isinstance(data, Mapping):
            return self._mapping(data)
        if isinstance(data, list):
            return [one for value in data for one in self._items(value)]
        return self.text(data) if isinstance(data, str) and "【" in data else data

    def text(self, text: str, place: Place = NOWHERE) -> str:
        """«【库：…】» and «【口径】» written out; what names neither stays as it is, line for line. `place`: where the
        text begins, if it does not know. Findings T102, T136, T137, T149."""

        spot = place_of(text) or place

        def written(match: re.Match[str]) -> str:
            here = replace(spot, line=spot.line + text.count("\n", 0, match.start()))
            rows = self.lists.get(match[1])
            if rows is None:
                hint = did_you_mean(match[1], self.lists)
                if hint or _HOLE.search(match[3]):
                    self.findings.append(finding("T136", here, word=match[1], hint=hint or _where(match[1])))
                return match[0]
            body = Located(match[3], here)
            asked = {hole[2] for hole in _HOLE.finditer(body) if self._ours(hole, match[1])}
            pieces = [str(self._filled(body, match[1], row)) for row in rows.values() if asked <= set(row)]
            return _JOINTS[match[2]].join(pieces)

        def word(match: re.Match[str]) -> str:
            return self._constant(match, replace(spot, line=spot.line + match.string.count("\n", 0, match.start())))

        result = _CONSTANT.sub(word, _REPEATED.sub(written, text))
        return Located(result, place_of(text)) if isinstance(text, Located) else result

    def _constant(self, match: re.Match[str], place: Place) -> str:
        word = match[1]
        if word in self.conditional:
            reason = f"口径“{word}”是表达式，不能写成【{word}】"
            self.findings.append(finding("T102", place, reason=reason, source=f"请写 {{{{ {word} }}}}"))
        elif word not in self.constants:
            self.findings.append(finding("T149", place, word=word, hint=did_you_mean(word, self.constants)))
        self.used.add((TERMS, word))
        return self.constants.get(word, match[0])

    def _given(self, name: str, row: Row, table: Mapping[Any, Any]) -> dict[str, Any]:
        """A row of a table to begin with: the library's words as columns, its name in the key's."""
        words = {str(word): latest(value) for word, value in row.items() if word not in (NAME, LABEL)}
        self.used.update((name, word) for word in words)
        return words | {str(table.get("主键", NAME)): str(row[NAME])}

    def _repeats(self, asked: Any, key: Any, rest: Any) -> Iterator[tuple[Any, Any, Row]]:
        """(key, entry, row) for each row of the library; of several, for each row of the first each of the next."""
        first, *others = asked if isinstance(asked, list) and asked else [asked]
        for name, row in self._rows(first, place_of(key) or _first_place(rest)):
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

    def _rows(self, asked: Any, at: Place = NOWHERE) -> Iterator[tuple[str, Row]]:
        """`at`: where an entry is that does not say where its 逐项 stands."""
        if not isinstance(asked, str):
            reason = f"“{EACH}”要写行库的名称，或几个名称的清单"
            self.findings.append(finding("T138", at, reason=reason))
            return
        rows = self.lists.get(asked)
        if rows is None:
            hint = did_you_mean(asked, self.lists) or _where(asked)
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
            if key == CHOICES and isinstance(inside, str) and inside in self.lists:
                self.used.add((inside, SPELLINGS))
                inside = [{row[NAME]: row.get(SPELLINGS, [])} for _, row in self._rows(inside)]
            if not isinstance(inside, Mapping) or EACH not in inside:
                self._put(result, self.text(key) if isinstance(key, str) else key, inside)
                continue
            rest = {word: one for word, one in inside.items() if word != EACH}
            many: dict[Any, Any] = {}
            for name, entry, _ in self._repeats(inside[EACH], key, rest):
                if name in many:
                    reason = f"“{key}”写了“{EACH}”，名称里却没有 {{{NAME}}} 这样的词，各行会合成一个"
                    self.findings.append(finding("T138", place_of(key), reason=reason))
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
        both = isinstance(before, Mapping) and isinstance(value, Mapping)
        result[key] = joined(before, value, deep=True) if both else value  # type: ignore[arg-type]

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
            condition = condition_of(row) if "单元" in rest else ""
            if condition:
                own = str(one.get(WHEN) or "").removeprefix("=").strip()
                both = f"({own}) and {condition}" if own else condition
                one[WHEN] = Located(f"={both}", place_of(rest.get(WHEN)) or place_of(inside[EACH]))
            yield one

    def _filled(self, value: Any, name: str, row: Row) -> Any:
        if isinstance(value, Mapping):
            filled = {self._filled(key, name, row): self._filled(one, name, row) for key, one in value.items()}
            return {key: one for key, one in filled.items() if one is not _NOTHING}
        if isinstance(value, list):
            return [one for one in (self._filled(inner, name, row) for inner in value) if one is not _NOTHING]
        if not isinstance(value, str) or "{" not in value:
            return value
        self.asking.update({(place_of(value), hole[2]) for hole in _HOLE.finditer(value)})
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


def _where(name: str) -> str:
    return f"行库写在 rows/{name}.yaml"


def _first_place(data: Any) -> Place:
    found = (place_of(key) for key in data) if isinstance(data, Mapping) else ()
    return next((place for place in found if place), NOWHERE)


def latest(value: Any) -> Any:
    """Words that changed with the years as they are now; any other value as it is."""
    return value[max(value, key=lambda year: int(str(year)))] if isinstance(value, Mapping) else value


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
        if SINCE in words and UNTIL in words and str(words[SINCE]) > str(words[UNTIL]):
            wrong(words[UNTIL], f"“{name}”的“{UNTIL}”比“{SINCE}”早，哪一年都没有")
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
