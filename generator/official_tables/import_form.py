"""How official tables look and which fields they fill: a pack's import.yaml as a checked value.

This module knows the words of import.yaml; it knows nothing of workbooks. The words are documented in
templates/README.md, section “import.yaml”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from generator.diagnostics import Diagnostic, Outcome, finding
from generator.diagnostics.unknown_words import unknown_words
from generator.form.fields import Field, Fields, RowsSpec, Spec, children_of
from generator.form.value_reading import half_width
from generator.names import did_you_mean
from generator.patterns import wildcard
from generator.place import Place, place_of

ACCOUNTS, ITEMS, CROSSED = "科目", "项目", "交叉"
OUTTURN, BUDGET = "决算", "年初预算"
"""What a reading is after, and what a table is for."""
MATRIX, LABELLED = "双科目", "表单"
"""The last of forms whose labels stand beside their values; `filled_forms` reads them."""
STYLES = (ACCOUNTS, ITEMS, CROSSED, MATRIX)
_HEAD_WORDS = ("年度", "单位")
_TABLE_WORDS = ("用于", "题名", "不含", "样式", "科目", "列", "行", "填入", "上年填入", "注明", "可无")
_SIGN_WORDS = ("表", "写着", "列", "先于", "否则")
_ROWS_WORDS = ("列", "级次", "固定", "减", "待确认")
_VALUE_WORDS, _MATRIX_WORDS = ("取", "减"), ("行", "列", "照", "分", "固定")
_NUMBERING = re.compile(r"^(?:其中:|\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+、|\d{1,2}[.、](?!\d)|[①-⑳])+")
_QUOTES = re.compile(r"[\s“”\"'‘’《》〈〉「」]+")
_UNIT_BEHIND = re.compile(r"\((?:单位:)?(?:万元|千元|亿元|元)\)$")


def bare(text: str) -> str:
    """A label without what drifts from form to form: spaces, quotes, full-width signs, the unit behind it."""
    return _UNIT_BEHIND.sub("", _QUOTES.sub("", half_width(text))).removesuffix(":")


def unnumbered(text: str) -> str:
    """A bare label without 一、（一）1. 其中："""
    return _NUMBERING.sub("", text)


@dataclass(frozen=True, slots=True)
class Word:
    """One wording of a label: the steps that lead to it, the label itself last."""

    steps: tuple[re.Pattern[str], ...]

    @staticmethod
    def of(text: str) -> Word:
        return Word(tuple(wildcard(bare(step)) for step in text.split("/")))

    def matches(self, path: tuple[str, ...]) -> bool:
        """The last label is this one, and the others stand before it in this order."""
        if not path or not self.steps[-1].fullmatch(path[-1]):
            return False
        above = iter(path[:-1])
        return all(any(step.fullmatch(label) for label in above) for step in self.steps[:-1])


Words = tuple[Word, ...]


def closeness(words: Words, path: tuple[str, ...]) -> int:
    """How exactly one of the wordings names the path: 0 = not at all."""
    return max((len(word.steps) for word in words if word.matches(path)), default=0)


@dataclass(frozen=True, slots=True)
class Address:
    """One amount of a table. `less`: fields that are taken off it once all tables are read."""

    row: str
    column: str
    less: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowsFill:
    """A field that is a table takes one row for each account. `columns`: the field's column → the table's.

    `level`: 类, 款 or 项; "" = the finest there is. `fixed`: the same text in every row. `less`: column → columns of
    other table fields («政府性基金收支.本年收入») that are taken off it, 科目 by 科目. `unsure`: the figure need
    not be the one that the form means, and is marked 〔待确认〕 (budgets only).
    """

    path: str
    columns: Mapping[str, str]
    level: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)
    less: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class MatrixFill:
    """A field that is a table takes one row for each cell of a 双科目 table. `side`, `across`: its columns for the two
    科目; `parts`: its columns of amounts, each with the official table and column of its sums by the 科目 across, ("",
    "") = none; `rows`: the table field that holds those sums by the 科目 of the side.
    """

    path: str
    side: str
    across: str
    rows: str
    parts: Mapping[str, tuple[str, str]]
    fixed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TableForm:
    """`rows`: (side, name) → wordings; tables without sides have "" there. `renamed`: a column → the column that it is
    if a line beside the table says so. `optional`: nobody is told that it is not there."""

    name: str
    titles: tuple[str, ...]
    excluded: tuple[str, ...]
    style: str
    account_prefixes: tuple[str, ...]
    columns: Mapping[str, Words]
    rows: Mapping[tuple[str, str], Words]
    values: Mapping[str, Address]
    lists: tuple[RowsFill, ...]
    prior_values: Mapping[str, Address]
    prior_lists: tuple[RowsFill, ...]
    use: str = OUTTURN
    optional: bool = False
    renamed: Mapping[str, tuple[str, Words]] = field(default_factory=dict)
    matrices: tuple[MatrixFill, ...] = ()

    @property
    def sides(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(side for side, _ in self.rows))

    @property
    def fills(self) -> bool:
        return bool(self.values or self.lists or self.matrices)


@dataclass(frozen=True, slots=True)
class Sign:
    """What a table shows about the form, for the field at `path`: value → what speaks for it, in order of preference;
    words in the table, columns of it, tables behind it. `otherwise`: when none of them does, "" = unknown."""

    path: str
    table: str
    words: Mapping[str, Words]
    columns: Mapping[str, str]
    before: Mapping[str, str]
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class ImportForm:
    """`year_field`, `unit_field`: where the year and the name of the department on the tables belong, or "".

    `tables`: those that a reading for `use` knows; `budgets`: those of a budget, by `for_budget`.
    """

    year_field: str
    unit_field: str
    tables: tuple[TableForm, ...]
    budgets: tuple[TableForm, ...] = ()
    signs: tuple[Sign, ...] = ()
    use: str = OUTTURN

    def for_budget(self) -> ImportForm:
        return replace(self, tables=self.budgets, use=BUDGET)


def spec_at(fields: Fields, path: str) -> Spec | None:
    spec: Spec | None = fields
    for part in path.split("."):
        spec = children_of(spec).get(part) if spec is not None else None
    return spec


def parse_import(data: Mapping[object, object], file: str, fields: Fields) -> Outcome[ImportForm]:
    """import.yaml as data → the form. What is wrong is reported (T114, T117) and left out."""
    reader = _ImportFormParser(fields, file)
    reader.known(data, ("抬头", "表", "看出"), "import.yaml")
    head = reader.mapping(data, "抬头")
    reader.known(head, _HEAD_WORDS, "import.yaml 的抬头")
    places = {}
    for word in _HEAD_WORDS:
        path = str(head.get(word) or fields.roles.get(word, ""))  # 角色 are named alike
        if path and not isinstance(spec_at(fields, path), Field):
            reader.no_field(head.get(word), "抬头", path)
            path = ""
        places[word] = path
    given = reader.mapping(data, "表")
    all_tables = {name: words for name in given if (words := reader.mapping(given, str(name)))}
    tables = {name: words for name, words in all_tables.items() if words.get("样式") != LABELLED}
    described = [str(name) for name, words in tables.items() if _is_described(words)]
    forms = []
    for name, words in tables.items():
        if not _is_described(words):
            hint = did_you_mean(str(name), described) or "另有的表，要写“列”（交叉的表写“行”）"
            reader.report("T114", name, what="import.yaml 的“表”", word=name, hint=hint)
            continue
        forms.append(reader.table(str(name), words))
    outturn, budgets = (tuple(form for form in forms if form.use == use) for use in (OUTTURN, BUDGET))
    signs = tuple(reader.signs(reader.mapping(data, "看出"), {form.name: form for form in outturn}))
    return Outcome(ImportForm(places["年度"], places["单位"], outturn, budgets, signs), tuple(reader.findings))


def _is_described(table: Mapping[object, object]) -> bool:
    """Whether it says how it looks; one that only says what it fills in means a table of another pack."""
    return not table.keys() <= {"填入", "上年填入"}


@dataclass(slots=True)
class _ImportFormParser:
    fields: Fields
    file: str
    findings: list[Diagnostic] = field(default_factory=list)

    def report(self, code: str, at: object, **values: object) -> None:
        self.findings.append(finding(code, place_of(at) or Place(self.file), **values))

    def known(self, data: Mapping[object, object], words: tuple[str, ...], what: str) -> None:
        self.findings += unknown_words(data, words, what, Place(self.file))

    def no_field(self, at: object, table: str, path: str) -> None:
        paths = [spec.path for spec in _all(self.fields)]
        hint = did_you_mean(path, paths) or "请写 fields.yaml 里的填报项"
        self.report("T117", at, what="import.yaml 的", word=table, value=path, hint=hint)

    def mapping(self, data: Mapping[object, object], word: str) -> Mapping[object, object]:
        value = data.get(word)
        if value is None or isinstance(value, Mapping):
            return value or {}
        self.report("T117", value, what="import.yaml 的", word=word, value=value, hint="应写成“名称: 值”的一组内容")
        return {}

    def texts(self, data: Mapping[object, object], word: str) -> tuple[str, ...]:
        value = data.get(word)
        if value is None:
            return ()
        return tuple(str(one) for one in value) if isinstance(value, list) else (str(value),)

    def words(self, data: Mapping[object, object], word: str) -> Words:
        return tuple(Word.of(text) for text in self.texts(data, word))

    def table(self, name: str, data: Mapping[object, object]) -> TableForm:
        self.known(data, _TABLE_WORDS, f"import.yaml 的表“{name}”")
        style = str(data.get("样式") or ACCOUNTS)
        if style not in STYLES:
            hint = f"可用：{'、'.join((*STYLES, LABELLED))}"
            self.report("T117", data.get("样式"), what=f"表“{name}”的", word="样式", value=style, hint=hint)
            style = ACCOUNTS
        use = str(data.get("用于") or OUTTURN)
        if use not in (OUTTURN, BUDGET):
            hint = f"可用：{OUTTURN}、{BUDGET}"
            self.report("T117", data.get("用于"), what=f"表“{name}”的", word="用于", value=use, hint=hint)
            use = OUTTURN
        named = self.mapping(data, "列")
        columns = {str(column): self.words(named, str(column)) for column in named}
        rows = dict(self.rows(self.mapping(data, "行"), style))
        stated = self.mapping(data, "填入")
        matrices = tuple(self.matrices(stated)) if style == MATRIX else ()
        values, lists = self.fills(name, {} if style == MATRIX else stated, rows, columns)
        prior_values, prior_lists = self.fills(name, self.mapping(data, "上年填入"), rows, columns)
        return TableForm(
            name=name,
            titles=tuple(bare(title) for title in self.texts(data, "题名")) or (bare(name),),
            excluded=tuple(bare(word) for word in self.texts(data, "不含")),
            style=style,
            account_prefixes=self.texts(data, "科目"),
            columns=columns,
            rows=rows,
            values=values,
            lists=lists,
            prior_values=prior_values,
            prior_lists=prior_lists,
            use=use,
            optional=str(data.get("可无", "")) in ("是", "True"),
            matrices=matrices,
            renamed=dict(self.renamed(name, self.mapping(data, "注明"), columns)),
        )

    def renamed(
        self, table: str, data: Mapping[object, object], columns: Mapping[str, Words]
    ) -> Iterator[tuple[str, tuple[str, Words]]]:
        for column in data:
            for other in (given := self.mapping(data, str(column))):
                if str(column) in columns and str(other) in columns:
                    yield str(column), (str(other), self.words(given, str(other)))
                else:
                    hint = f"这张表的列：{'、'.join(columns)}"
                    self.report("T117", other, what=f"表“{table}”注明的", word=column, value=other, hint=hint)

    def signs(self, data: Mapping[object, object], forms: Mapping[str, TableForm]) -> Iterator[Sign]:
        for path in data:
            given = self.mapping(data, str(path))
            self.known(given, _SIGN_WORDS, f"import.yaml 看出的“{path}”")
            spec, form = spec_at(self.fields, str(path)), forms.get(str(given.get("表")))
            if not isinstance(spec, Field):
                self.no_field(path, "看出", str(path))
                continue
            if form is None:
                hint = did_you_mean(str(given.get("表")), forms) or "写这个 import.yaml 里一张决算表的名称"
                self.report("T117", path, what=f"看出的“{path}”", word="表", value=given.get("表"), hint=hint)
                continue
            words, columns, before = (self.mapping(given, word) for word in ("写着", "列", "先于"))
            for word, held, known in (("列", columns, form.columns), ("先于", before, forms)):
                for value in held.values():
                    if str(value) not in known:
                        hint = did_you_mean(str(value), known) or f"可用：{'、'.join(known)}"
                        self.report("T117", value, what=f"看出的“{path}”", word=word, value=value, hint=hint)
            for value in {*words, *columns, *before, given.get("否则") or next(iter(spec.choices), "是")}:
                if value not in (spec.choices or ("是", "否")):
                    hint = did_you_mean(str(value), spec.choices or ("是", "否")) or f"可填：{'、'.join(spec.choices)}"
                    self.report("T117", value, what=f"看出的“{path}”", word="值", value=value, hint=hint)
            yield Sign(
                str(path),
                form.name,
                {str(value): self.words(words, str(value)) for value in words},
                {str(value): str(column) for value, column in columns.items()},
                {str(value): str(table) for value, table in before.items()},
                str(given.get("否则") or ""),
            )

    def matrices(self, data: Mapping[object, object]) -> Iterator[MatrixFill]:
        for key in data:
            words, path = self.mapping(data, str(key)), str(key)
            self.known(words, _MATRIX_WORDS, f"填入的“{path}”")
            parts = self.mapping(words, "分")
            side, across, rows = (str(words.get(word) or "") for word in _MATRIX_WORDS[:3])
            wanted = (*(f"{path}.{one}" for one in (side, across, *parts)), *(f"{rows}.{one}" for one in parts))
            wrong = [one for one in wanted if not isinstance(spec_at(self.fields, one), Field)]
            for one in wrong:
                self.no_field(key, path, one)
            if not wrong:
                held = {str(own): tuple(str(parts[own] or "").partition("·")[::2]) for own in parts}
                fixed = {str(own): str(value) for own, value in self.mapping(words, "固定").items()}
                sums = {own: (one[0], one[1]) for own, one in held.items()}
                yield MatrixFill(path, side, across, rows, sums, fixed)

    def rows(self, data: Mapping[object, object], style: str) -> Iterator[tuple[tuple[str, str], Words]]:
        for name in data:
            if style != ITEMS:
                yield ("", str(name)), self.words(data, str(name))
                continue
            side = self.mapping(data, str(name))
            for row in side:
                yield (str(name), str(row)), self.words(side, str(row))

    def fills(
        self,
        table: str,
        data: Mapping[object, object],
        rows: Mapping[tuple[str, str], Words],
        columns: Mapping[str, Words],
    ) -> tuple[dict[str, Address], tuple[RowsFill, ...]]:
        values: dict[str, Address] = {}
        lists: list[RowsFill] = []
        names = dict.fromkeys(row for _, row in rows)
        for key, value in data.items():
            path, spec = str(key), spec_at(self.fields, str(key))
            if isinstance(spec, RowsSpec) and isinstance(value, Mapping):
                fill = self.rows_fill(table, spec, value, columns)
                if fill is not None:
                    lists.append(fill)
            elif isinstance(spec, Field):
                words = value if isinstance(value, Mapping) else {"取": value}
                self.known(words, _VALUE_WORDS, f"表“{table}”填入的“{path}”")
                less = self.texts(words, "减")
                for one in less:
                    if not isinstance(spec_at(self.fields, one), Field):
                        self.no_field(key, table, one)
                row, _, column = str(words.get("取")).partition("·")
                if row in names and column in columns:
                    values[path] = Address(row, column, less)
                else:
                    known = [f"{one}·{other}" for one in names for other in columns]
                    hint = did_you_mean(str(value), known) or "写成“行·列”，行和列是这张表里的名称"
                    self.report("T117", value, what=f"表“{table}”填入的", word=path, value=value, hint=hint)
            else:
                self.no_field(key, table, path)
        return values, tuple(lists)

    def rows_fill(
        self, table: str, spec: RowsSpec, data: Mapping[object, object], columns: Mapping[str, Words]
    ) -> RowsFill | None:
        self.known(data, _ROWS_WORDS, f"表“{table}”填入的“{spec.path}”")
        taken: dict[str, str] = {}
        for own, official in self.mapping(data, "列").items():
            if str(own) not in spec.columns:
                self.no_field(own, table, f"{spec.path}.{own}")
            elif str(official) not in columns:
                hint = did_you_mean(str(official), columns) or f"这张表的列：{'、'.join(columns)}"
                self.report("T117", official, what=f"表“{table}”填入的", word=own, value=official, hint=hint)
            else:
                taken[str(own)] = str(official)
        fixed = {str(own): str(value) for own, value in self.mapping(data, "固定").items()}
        for own in fixed:
            if own not in spec.columns:
                self.no_field(own, table, f"{spec.path}.{own}")
        key = spec.columns.get(spec.key)
        if not isinstance(key, Field):
            hint = "这张填报表没有主键，不能按科目填"
            self.report("T117", data, what="import.yaml 的", word=table, value=spec.path, hint=hint)
            return None
        stated = self.mapping(data, "减")
        less = {str(own): self.texts(stated, str(own)) for own in stated}
        for own in stated:
            for path in (f"{spec.path}.{own}", *less[str(own)]):
                if not isinstance(spec_at(self.fields, path), Field):
                    self.no_field(own, table, path)
        unsure = data.get("待确认") in (True, "是")
        return RowsFill(spec.path, taken, str(data.get("级次") or ""), fixed, less, unsure)


def _all(spec: Spec) -> Iterator[Spec]:
    for child in children_of(spec).values():
        yield child
        yield from _all(child)
