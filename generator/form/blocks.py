"""The blocks of a workbook: a form line by line, a matrix of lines, a table row by row; the words by which they are
found again.

Nothing is found by position. A block is found by its title («◆ 收支总计») or by the words of its header row, rows and
columns by their label. Labels are unique in their block. Compare them with `plain`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.form.fields import Field, RowsSpec
from generator.form.value_reading import half_width

FRONT, BASICS, ACCOUNTS = "填报说明", "基本情况", "科目表"
OPINIONS, OPINIONS_COPY = "核对意见", "（核对意见）"
"""The first sheet of an annotated copy, and what stands at the end of the copy's name. Neither is input."""
LABEL, VALUE, UNIT, COMPUTED, CHECK, DEMAND, HELP = "项目", "填写", "单位", "程序计算", "核对", "要求", "说明"
SENTENCE = "印在这句话里"
"""Columns of a form. 单位, 程序计算, 核对, 要求, 说明 and the sentence are no input."""
COMPUTED_SUFFIX = "（程序计算）"
BY_PROGRAM = "由程序计算"
"""What stands in such a cell when a workbook's formula cannot say it."""
NUMBER, BELONGS = "序号", "所属"
CODE, NAME = "编码", "名称"
"""What a column of an official table shows of a 科目."""
TOTAL = "合计"
MARK = "◆"
"""Stands before the title of a block."""


@dataclass(frozen=True, slots=True)
class FormLine:
    """One field outside tables. `names`: its path in the input (三公 → 因公出国境费 → 预算). `field` is None for
    报告 and 金额单位. `heading`: labels of the groups around it, "" for none."""

    names: tuple[str, ...]
    label: str
    field: Field | None
    heading: str = ""


@dataclass(frozen=True, slots=True)
class FormBlock:
    """`sentences`: a column shows the sentence in which each text will stand."""

    name: str
    title: str
    help: str
    lines: tuple[FormLine, ...]
    sentences: bool = False

    def line(self, label: str) -> FormLine | None:
        wanted = plain(label)
        return next((one for one in self.lines if plain(one.label) == wanted), None)

    @property
    def has_computed(self) -> bool:
        return any(line.field is not None and line.field.formula for line in self.lines)


@dataclass(frozen=True, slots=True)
class MatrixBlock:
    """Groups that ask for the same: one row each, what they ask for as columns. `cells` by (row, column) label."""

    name: str
    title: str
    help: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], FormLine]

    @property
    def lines(self) -> tuple[FormLine, ...]:
        return tuple(
            self.cells[row, column] for row in self.rows for column in self.columns if (row, column) in self.cells
        )


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a table. `names`: its path inside a row, more than one for a group inside the row. `header` is the
    label with the unit behind it; `above`: what the official table has over it, from the top, () when it has none."""

    names: tuple[str, ...]
    label: str
    header: str
    field: Field
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParentColumn:
    """The column of an inner table that names the row of a table around it.

    `table`: that table's names from the top. `key` is its key column, None when its rows are told apart by 序号.
    """

    table: tuple[str, ...]
    key: Field | None
    header: str


@dataclass(frozen=True, slots=True)
class TableBlock:
    """`names`: from the top of the input to the table, names inside rows included (项目 → 指标).

    `numbered`: it begins with a column 序号, since an inner table must name its rows and it has no key.
    An official table has a head (`above` of its columns), its 科目 in the key column with their names beside them
    (`named`: what stands over these), and a row 合计 with fields of its own: names in a row → line (`totals`). Computed
    cells of an official table show their formula where others have what is typed.
    """

    name: str
    title: str
    help: str
    names: tuple[str, ...]
    spec: RowsSpec
    parents: tuple[ParentColumn, ...]
    columns: tuple[Column, ...]
    numbered: bool
    official: bool = False
    named: tuple[str, ...] = ()
    totals: Mapping[tuple[str, ...], FormLine] = field(default_factory=dict)

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


Block = FormBlock | MatrixBlock | TableBlock


def plain(label: str) -> str:
    """A label for comparing: without spaces, line breaks, marks of obligation, and differences of width and quotes."""
    words = half_width(label).replace(" ", "").strip("*:")
    return re.sub("[“”‘’「」『』\"']", '"', words)


def short(label: str) -> str:
    """The label without the explanation in brackets at its end."""
    return re.sub(r"（[^（）]*）$", "", label) or label
