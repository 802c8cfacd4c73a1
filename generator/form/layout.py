"""How a form lies in a workbook: the one place that the writer, the reader and the table import share.

Sheets, in this order:

1. «填报说明»: what to do, the list of sheets, and a form (see 3) of 报告, 年度 and 金额单位.
2. «基本情况»: the single fields of the form's top, as a form; left out when there are none besides 年度.
3. One form sheet per group that has single fields of its own or in inner groups. Named by the group's name. Row 1
   title (the group's label), row 2 help, row 3 the header 项目 | 填写 | 单位 | 程序计算 | 核对 | 要求 | 说明
   (程序计算 and 核对 only where a field is computed), from row 4 one field per row; a row «【…】» is a heading before
   an inner group's fields.
4. One table sheet per table. Named by its names from the top joined with «·» (基础数据·专项, 项目·指标), after its
   group's sheet or its parent table's sheet. Row 1 title (the table's label), row 2 help, row 3 what each column asks
   for (必填…), row 4 the headers, from row 5 data.
   - A table inside another table's rows has one column before its own for each table around it, outermost first:
     «所属» and the label of that table's key column («所属项目名称»). It holds the key of the row to which this row
     belongs. Where that table has no key, it begins with a column «序号» (any mark, unique among the rows there), and
     the inner table's column is «所属»+label+«序号». A row in which only 序号 is filled is an empty row.
   - Fields of a group inside a row are columns like the others.
   - Beside a computed column stands a locked one with the same header and «（程序计算）» behind it.
5. «科目表» (hidden): what the drop-downs of 科目 offer. Nothing is read from it.
6. «结转记录» (hidden), when the input was rolled forward: what it remembers of the year before (`roll_memory`).

Nothing is found by position. A sheet is found by its name (compare with `plain`), the header row by its words, rows and
columns by their label. Labels are unique on their sheet: the field's label; in an inner group the group's short label
and «·» before it unless it is part of it already (the way messages name it); where that is not enough, all inner
groups' labels; then the names. In tables a header also shows the unit of a count («人数（人）»); 金额 shows none, its
unit is the workbook's 金额单位. Compare labels with `plain`; `FormSheet.line` and `TableSheet.column` do it.
The columns 单位, 程序计算, 核对, 要求, 说明, all «（程序计算）» columns, and whatever has no known label, are no input.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.form.fields import Field, Fields, GroupSpec, RowsSpec, Spec, children_of
from generator.form.roll_memory import WORD as MEMORY
from generator.form.value_reading import half_width

FRONT, BASICS, ACCOUNTS = "填报说明", "基本情况", "科目表"
OPINIONS, OPINIONS_COPY = "核对意见", "（核对意见）"
"""The first sheet of an annotated copy, and what stands at the end of the copy's name. Neither is input."""
LABEL, VALUE, UNIT, COMPUTED, CHECK, DEMAND, HELP = "项目", "填写", "单位", "程序计算", "核对", "要求", "说明"
COMPUTED_SUFFIX = "（程序计算）"
BY_PROGRAM = "由程序计算"
"""What stands in such a cell when a workbook's formula cannot say it."""
NUMBER, BELONGS = "序号", "所属"
FORM_HEADER_ROW, TABLE_HEADER_ROW = 3, 4
"""Where the writer puts the headers; data begin in the next row. The reader looks for the words instead."""

_LONGEST_NAME = 31  # Excel's limit for the name of a sheet


@dataclass(frozen=True, slots=True)
class FormLine:
    """One field on a form sheet. `names`: its path in the input (三公 → 因公出国境费 → 预算). `field` is None for
    报告 and 金额单位. `heading`: labels of the inner groups around it, "" for none."""

    names: tuple[str, ...]
    label: str
    field: Field | None
    heading: str = ""


@dataclass(frozen=True, slots=True)
class FormSheet:
    name: str
    title: str
    help: str
    lines: tuple[FormLine, ...]

    def line(self, label: str) -> FormLine | None:
        wanted = plain(label)
        return next((one for one in self.lines if plain(one.label) == wanted), None)

    @property
    def has_computed(self) -> bool:
        return any(line.field is not None and line.field.formula for line in self.lines)


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a table. `names`: its path inside a row, more than one for a group inside the row. `header` is the
    label with the unit behind it."""

    names: tuple[str, ...]
    label: str
    header: str
    field: Field


@dataclass(frozen=True, slots=True)
class ParentColumn:
    """The column of an inner table that names the row of a table around it.

    `table`: that table's names from the top. `key` is its key column, None when its rows are told apart by 序号.
    """

    table: tuple[str, ...]
    key: Field | None
    header: str


@dataclass(frozen=True, slots=True)
class TableSheet:
    """`names`: from the top of the input to the table, names inside rows included (项目 → 指标).

    `numbered`: it begins with a column 序号, since an inner table must name its rows and it has no key.
    """

    name: str
    title: str
    help: str
    names: tuple[str, ...]
    spec: RowsSpec
    parents: tuple[ParentColumn, ...]
    columns: tuple[Column, ...]
    numbered: bool

    def column(self, header: str) -> Column | ParentColumn | None:
        """The column with this header or label, 序号 and the locked ones not among them."""
        wanted = plain(header)
        for parent in self.parents:
            if plain(parent.header) == wanted:
                return parent
        by_header = next((one for one in self.columns if plain(one.header) == wanted), None)
        return by_header or next((one for one in self.columns if plain(one.label) == wanted), None)

    @property
    def key(self) -> Column | None:
        return next((one for one in self.columns if one.names == (self.spec.key,)), None)

    @property
    def inside(self) -> tuple[str, ...]:
        """Names from the row of the innermost table around it to this table; from the top when there is none."""
        return self.names[len(self.parents[-1].table) :] if self.parents else self.names


Sheet = FormSheet | TableSheet


@dataclass(frozen=True, slots=True)
class Layout:
    """`sheets` in the order of the workbook; the first is «填报说明». «科目表» is not among them."""

    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet | None:
        wanted = plain(name)
        return next((one for one in self.sheets if plain(one.name) == wanted), None)

    @property
    def forms(self) -> tuple[FormSheet, ...]:
        return tuple(one for one in self.sheets if isinstance(one, FormSheet))

    @property
    def tables(self) -> tuple[TableSheet, ...]:
        return tuple(one for one in self.sheets if isinstance(one, TableSheet))


def plain(label: str) -> str:
    """A label for comparing: without spaces, line breaks, marks of obligation, and differences of width and quotes."""
    words = half_width(label).replace(" ", "").strip("*:")
    return re.sub("[“”‘’「」『』\"']", '"', words)


def short(label: str) -> str:
    """The label without the explanation in brackets at its end."""
    return re.sub(r"（[^（）]*）$", "", label) or label


def lay_out(fields: Fields) -> Layout:
    """The workbook of a form."""
    layouter = _Layouter()
    year = fields.year
    top = {one.name: one for one in fields.children.values() if isinstance(one, Field)}
    front = [FormLine(("报告",), "报告", None), FormLine(("金额单位",), "金额单位", None)]
    if year is not None:
        front.insert(1, FormLine((year.name,), year.label, year))
        del top[year.name]
    layouter.sheets.append(FormSheet(layouter.sheet_name(FRONT), FRONT, "", tuple(front)))
    if top:
        layouter.form(BASICS, BASICS, "", top, ())
    for spec in fields.children.values():
        if isinstance(spec, GroupSpec):
            layouter.group(spec, (spec.name,))
        elif isinstance(spec, RowsSpec):
            layouter.table(spec, (spec.name,), ())
    return Layout(tuple(layouter.sheets))


class _Layouter:
    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.taken: set[str] = {plain(ACCOUNTS), plain(MEMORY)}

    def sheet_name(self, wanted: str) -> str:
        """Names of sheets are unique regardless of case, and short."""
        name, number = wanted[:_LONGEST_NAME], 1
        while plain(name).lower() in self.taken:
            number += 1
            tail = f"（{number}）"
            name = wanted[: _LONGEST_NAME - len(tail)] + tail
        self.taken.add(plain(name).lower())
        return name

    def form(self, name: str, title: str, help_: str, children: Mapping[str, Spec], names: tuple[str, ...]) -> None:
        found = list(_singles(children, (), ()))
        if not found:
            return
        labels = _unique_labels(found)
        lines = tuple(
            FormLine((*names, *inner), label, one, "·".join(above))
            for (inner, above, one), label in zip(found, labels, strict=True)
        )
        self.sheets.append(FormSheet(self.sheet_name(name), title, help_, lines))

    def group(self, spec: GroupSpec, names: tuple[str, ...]) -> None:
        self.form("·".join(names), spec.label, spec.help, spec.children, names)
        for inner, table in _tables(spec.children, names):
            self.table(table, inner, ())

    def table(self, spec: RowsSpec, names: tuple[str, ...], parents: tuple[ParentColumn, ...]) -> None:
        found = list(_singles(spec.columns, (), ()))
        labels = _unique_labels(found)
        inner = list(_tables(spec.columns, names))
        columns = tuple(
            Column(path, label, _with_unit(label, one), one)
            for (path, _, one), label in zip(found, labels, strict=True)
        )
        name = self.sheet_name("·".join(names))
        numbered = bool(inner) and not spec.key
        title = f"{'·'.join(parents[-1].table)}：{spec.label}" if parents else spec.label
        if any(plain(title) == plain(column.label) for column in columns):
            title += "（一行一项）"  # else it would look like the header of a table with one column
        self.sheets.append(TableSheet(name, title, spec.help, names, spec, parents, columns, numbered))
        key = next((column for column in columns if column.names == (spec.key,)), None)
        header = BELONGS + (key.label if key is not None else f"{short(spec.label)}{NUMBER}")
        for path, table in inner:
            self.table(table, path, (*parents, ParentColumn(names, key.field if key is not None else None, header)))


_Single = tuple[tuple[str, ...], tuple[str, ...], Field]
"""Names inside the sheet, labels of the inner groups, the field."""


def _singles(children: Mapping[str, Spec], names: tuple[str, ...], above: tuple[str, ...]) -> Iterator[_Single]:
    """Single fields, those before inner groups first, so that every group's fields stand together."""
    for child in children.values():
        if isinstance(child, Field):
            yield (*names, child.name), above, child
    for child in children.values():
        if isinstance(child, GroupSpec):
            yield from _singles(child.children, (*names, child.name), (*above, short(child.label)))


def _tables(children: Mapping[str, Spec], names: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], RowsSpec]]:
    """Tables in these children and in groups among them, not those inside other tables."""
    for child in children.values():
        if isinstance(child, RowsSpec):
            yield (*names, child.name), child
        elif isinstance(child, GroupSpec):
            yield from _tables(children_of(child), (*names, child.name))


def _unique_labels(found: Sequence[_Single]) -> list[str]:
    near = [_prefixed(above[-1:], one.label) for _, above, one in found]
    full = [_prefixed(above, one.label) for _, above, one in found]
    labels = [far if again else word for word, far, again in zip(near, full, _again(near), strict=True)]
    return [
        f"{label}（{'.'.join(names)}）" if again else label
        for label, again, (names, _, _) in zip(labels, _again(labels), found, strict=True)
    ]


def _prefixed(above: tuple[str, ...], label: str) -> str:
    for word in reversed(above):
        label = label if word in label else f"{word}·{label}"
    return label


def _again(labels: Sequence[str]) -> list[bool]:
    """Of each label, whether another reads alike."""
    compared = [plain(one) for one in labels]
    counts = Counter(compared)
    return [counts[one] > 1 for one in compared]


def _with_unit(label: str, one: Field) -> str:
    unit = "%" if one.kind == "百分比" else one.unit if one.kind in ("个数", "数值") else ""
    return label if not unit or f"（{unit}）" in label else f"{label}（{unit}）"
