"""Finding a form's labels again on a grid of cells, as an office may have written them.

It knows the form's labels and what a cell holds; what stands beside a label is `filled_sheet`'s.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from generator.form.blocks import COMPUTED, LABEL, VALUE, Block, Column, FormLine, MatrixBlock, TableBlock, plain
from generator.xlsx.cells import Calculated, CellGrid, Value

HEADER_WITHIN = 40
"""Filled rows among which a header is looked for."""
UNIT_BEHIND = re.compile(r"\(([^()]*)\)$")
_NUMBERED = re.compile(r"^(?:(?:\d{1,2}|[一二三四五六七八九十]+)[.、)]|\([一二三四五六七八九十\d]{1,3}\)|其中:)+")
_Labelled = TypeVar("_Labelled", FormLine, Column)


def likeness(sheet: Block, grid: CellGrid) -> float:
    """The part of the sheet's labels that stand on the grid in the way the form has them."""
    if isinstance(sheet, TableBlock):
        wanted = len(sheet.columns) + len(sheet.parents)
        return max((headers_in(sheet, row) for row in _first_rows(grid)), default=0) / wanted
    if isinstance(sheet, MatrixBlock):
        return 0.0
    header = form_header(grid)
    if header is None:
        return 0.0
    labels = {loose(grid.text(row, header[1])) for row in grid.rows if row > header[0]}
    return sum(loose(line.label) in labels for line in sheet.lines) / max(len(sheet.lines), 1)


def _first_rows(grid: CellGrid) -> list[Mapping[int, Value]]:
    return [grid.rows[row] for row in sorted(grid.rows)[:HEADER_WITHIN]]


def headers_in(sheet: TableBlock, cells: Mapping[int, Value]) -> int:
    seen = {loose(text_of(value)) for value in cells.values()}
    return sum(loose(header) in seen for header in headers(sheet))


def headers(sheet: TableBlock) -> list[str]:
    return [*(parent.header for parent in sheet.parents), *(column.header for column in sheet.columns)]


def form_header(grid: CellGrid) -> tuple[int, int, int, int] | None:
    """(row, column of 项目, of 填写, and of 程序计算, 0 where there is none)."""
    for row in sorted(grid.rows)[:HEADER_WITHIN]:
        where = {plain(text_of(value)): column for column, value in reversed(grid.rows[row].items())}
        if LABEL in where and VALUE in where:
            return row, where[LABEL], where[VALUE], where.get(COMPUTED, 0)
    return None


def text_of(value: Value | None) -> str:
    return value.text if isinstance(value, Calculated) else value or ""


def loose(label: str) -> str:
    """`plain` without a unit in brackets at its end: an office adds and removes them."""
    return UNIT_BEHIND.sub("", plain(label)) or plain(label)


def bare(label: str, year: int) -> str:
    """`loose` without a number before it («1.», «（一）», «其中：») and with the year in words, as «本年» is left out:
    in the form of 2024 «2023年决算数» is 上年决算数 and «2024年度决算数» 决算数."""
    words = _NUMBERED.sub("", loose(label))
    words = re.sub(rf"{year}年度?|^本年度?|^当年", "", words)
    return re.sub(rf"{year - 1}年度?|^上一?年度?|^去年", "上年", words)


def spelled(all_: Sequence[_Labelled], year: int) -> dict[str, _Labelled]:
    """By their labels without units, and by the bare ones: those that mean one thing only."""
    named: dict[str, list[_Labelled]] = {}
    for one in all_:
        for word in {loose(one.label), bare(one.label, year)}:
            named.setdefault(word, []).append(one)
    return {word: ones[0] for word, ones in named.items() if len(ones) == 1}
