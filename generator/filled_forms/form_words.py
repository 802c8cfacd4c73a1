"""How filled-in forms look and which fields they fill: the entries of import.yaml with «样式: 表单» as checked values.

The words are documented in templates/README.md, section “表单”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.diagnostics import Diagnostic, Outcome, finding
from generator.form.fields import Field, Fields, RowsSpec, Spec, children_of
from generator.names import did_you_mean
from generator.official_tables.import_form import LABELLED, ImportForm, Word, Words, bare, parse_import, unnumbered
from generator.place import Place, place_of

_WORDS = ("题名", "不含", "样式", "逐张", "栏", "栏下", "交叉", "清单")
_CROSSED_WORDS, _LISTED_WORDS = ("填", "列", "行", "其下"), ("列", "文字", "承上", "合计", "不读")
_TOTAL_WORDS = ("行", "列")
BESIDES = "-"
"""Between two fields that share a cell, as in the cell itself."""
_BEHIND = re.compile(r"(?:\([^()]*\)|[:、])+$")
_AMONG = re.compile(r"^其中[:—\-－]*")


def label_of(text: str) -> str:
    """A label without numbering, 其中：, line breaks, and what stands in brackets behind it: （万元）, （10分）."""
    plain = _AMONG.sub("", unnumbered(bare(text)))
    return _BEHIND.sub("", plain) or plain


@dataclass(frozen=True, slots=True)
class Crossed:
    """Amounts in rows and columns that both have labels. `path`: the table field whose rows they are, "" = fields of
    the form itself; `rows`: key of the row → wordings.

    Instead of rows of known names all that stand under a heading: `sorts` → its wordings; the sort fills `sort_field`.
    """

    path: str
    columns: Mapping[str, Words]
    rows: Mapping[str, Words]
    sort_field: str = ""
    sorts: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows under a head, as many as there are. `texts`: a number's field → the field for what is no number.

    `carried`: columns that stand in a row of their own above those that they belong to.
    `total_rows`, `totals`: the last row's wordings, and which fields its cells fill: field → column of the list.
    """

    path: str
    columns: Mapping[str, Words]
    texts: Mapping[str, str]
    carried: tuple[str, ...]
    total_rows: Words
    totals: Mapping[str, str]
    ignored: Words

    @property
    def least(self) -> int:
        """How many of its columns a row must name to be its head."""
        return min(3, len(self.columns))


@dataclass(frozen=True, slots=True)
class FormLayout:
    """One form. `each`: the table field that gets one row from each such form, "" = the form is about the whole report.

    `beside`, `under`: field → labels to the left of the value, or above it.
    """

    name: str
    titles: tuple[str, ...]
    excluded: tuple[str, ...]
    each: str
    beside: Mapping[str, Words]
    under: Mapping[str, Words]
    crossed: tuple[Crossed, ...]
    lists: tuple[Listed, ...]

    def path(self, name: str) -> str:
        """The place in fields.yaml of a field of this form."""
        return f"{self.each}.{name}" if self.each else name

    @property
    def labels(self) -> Iterator[Words]:
        yield from self.beside.values()
        yield from self.under.values()
        for crossed in self.crossed:
            yield from crossed.rows.values()
            yield from crossed.sorts.values()


@dataclass(frozen=True, slots=True)
class ImportWords(ImportForm):
    """All that import.yaml says: official tables, and `forms`."""

    forms: tuple[FormLayout, ...] = ()


def parse_import_words(data: Mapping[object, object], file: str, fields: Fields) -> Outcome[ImportWords]:
    """import.yaml as data → the tables and forms. What is wrong is reported (T114, T117) and left out."""
    tables, forms = parse_import(data, file, fields), parse_forms(data, file, fields)
    read = tables.value
    words = ImportWords(read.year_field, read.unit_field, read.tables, read.budgets, read.signs, read.use, forms.value)
    return Outcome(words, (*tables.diagnostics, *forms.diagnostics))


def is_labelled(entry: object) -> bool:
    return isinstance(entry, Mapping) and entry.get("样式") == LABELLED


def parse_forms(data: Mapping[object, object], file: str, fields: Fields) -> Outcome[tuple[FormLayout, ...]]:
    """The forms among the entries of import.yaml."""
    tables = data.get("表")
    reader = _Parser(fields, file)
    entries = tables.items() if isinstance(tables, Mapping) else ()
    labelled = [(str(name), entry) for name, entry in entries if isinstance(entry, Mapping) and is_labelled(entry)]
    forms = [reader.form(name, entry) for name, entry in labelled]
    return Outcome(tuple(forms), tuple(reader.findings))


@dataclass(slots=True)
class _Parser:
    fields: Fields
    file: str
    findings: list[Diagnostic] = field(default_factory=list)
    name: str = ""

    def report(self, code: str, at: object, **values: object) -> None:
        self.findings.append(finding(code, place_of(at) or Place(self.file), **values))

    def known(self, data: Mapping[Any, Any], words: tuple[str, ...], what: str) -> None:
        for word in data:
            if word not in words:
                self.report("T114", word, what=what, word=word, hint=did_you_mean(str(word), words))

    def mapping(self, data: Mapping[Any, Any], word: str) -> Mapping[Any, Any]:
        value = data.get(word)
        if value is None or isinstance(value, Mapping):
            return value or {}
        self.report("T117", value, what=f"表“{self.name}”的", word=word, value=value, hint="应写成“名称: 值”的一组内容")
        return {}

    def words(self, value: object) -> Words:
        texts = value if isinstance(value, list) else [] if value is None else [value]
        return tuple(Word.of(str(text)) for text in texts)

    def spec(self, at: object, path: str) -> Spec | None:
        spec: Spec | None = self.fields
        for part in path.split("."):
            spec = children_of(spec).get(part) if spec is not None else None
        if spec is None:
            hint = "请写 fields.yaml 里的填报项"
            self.report("T117", at, what="import.yaml 的", word=self.name, value=path, hint=hint)
        return spec

    def form(self, name: str, data: Mapping[Any, Any]) -> FormLayout:
        self.name = name
        self.known(data, _WORDS, f"import.yaml 的表“{name}”")
        each = str(data.get("逐张") or "")
        if each and not isinstance(self.spec(data.get("逐张"), each), RowsSpec):
            each = ""
        crossed = data.get("交叉")
        parts = crossed if isinstance(crossed, list) else [crossed] if isinstance(crossed, Mapping) else []
        lists = self.mapping(data, "清单")
        home = f"{each}." if each else ""
        titles = data.get("题名") or name
        excluded = data.get("不含") or ()
        return FormLayout(
            name=name,
            titles=tuple(bare(str(one)) for one in (titles if isinstance(titles, list) else [titles])),
            excluded=tuple(bare(str(one)) for one in (excluded if isinstance(excluded, list) else [excluded])),
            each=each,
            beside=self.columns(self.mapping(data, "栏"), home),
            under=self.columns(self.mapping(data, "栏下"), home),
            crossed=tuple(self.crossed(part, home) for part in parts if isinstance(part, Mapping)),
            lists=tuple(one for key in lists if (one := self.listed(key, lists[key], home)) is not None),
        )

    def columns(self, data: Mapping[Any, Any], home: str) -> dict[str, Words]:
        """«编码-名称» names two fields that stand in one cell."""
        return {
            str(key): self.words(data[key])
            for key in data
            if all(isinstance(self.spec(key, f"{home}{name}"), Field) for name in str(key).split(BESIDES))
        }

    def crossed(self, data: Mapping[Any, Any], home: str) -> Crossed:
        self.known(data, _CROSSED_WORDS, f"表“{self.name}”的“交叉”")
        path = str(data.get("填") or "")
        inner = f"{home}{path}." if path else home
        rows = self.mapping(data, "行")
        columns = self.mapping(data, "列")
        if not path and any(str(row) for row in rows):  # rows are groups of fields: «三公.公务接待费» × 决算
            checked = {str(key): self.words(columns[key]) for key in columns}
            for row in rows:
                for key in columns:
                    self.spec(row, f"{home}{row}.{key}" if str(row) else f"{home}{key}")
        else:
            checked = self.columns(columns, inner)
        sorted_rows = self.mapping(data, "其下")
        for sort_field in sorted_rows:
            sorts = self.mapping(sorted_rows, str(sort_field))
            self.spec(sort_field, f"{inner}{sort_field}")
            words = {str(one): self.words(sorts[one]) for one in sorts}
            return Crossed(path, checked, {}, str(sort_field), words)
        return Crossed(path, checked, {str(key): self.words(rows[key]) for key in rows})

    def listed(self, key: object, data: object, home: str) -> Listed | None:
        path = str(key)
        if not isinstance(data, Mapping) or not isinstance(self.spec(key, f"{home}{path}"), RowsSpec):
            return None
        self.known(data, _LISTED_WORDS, f"表“{self.name}”的清单“{path}”")
        columns = self.columns(self.mapping(data, "列"), f"{home}{path}.")
        texts = {str(one): str(other) for one, other in self.mapping(data, "文字").items()}
        total = self.mapping(data, "合计")
        self.known(total, _TOTAL_WORDS, f"表“{self.name}”的清单“{path}”的“合计”")
        for one, other in texts.items():
            if one not in columns:
                self.spec(one, f"{home}{path}.{one}（列）")
            self.spec(other, f"{home}{path}.{other}")
        stated = self.mapping(total, "列")
        for one, column in stated.items():
            if str(column) not in columns:
                hint = did_you_mean(str(column), columns) or f"清单的列：{'、'.join(columns)}"
                self.report("T117", one, what=f"表“{self.name}”合计的", word=one, value=column, hint=hint)
            self.spec(one, f"{home}{one}")
        totals = {str(one): str(column) for one, column in stated.items() if str(column) in columns}
        carried = tuple(str(one) for one in data.get("承上") or ())
        return Listed(path, columns, texts, carried, self.words(total.get("行")), totals, self.words(data.get("不读")))
