"""How a table is laid out: the tree of its header, its columns of codes and of numbers, its rows one beside another.

Only structure and the standing words of official tables (合计, 小计, 科目编码, 行次 …) are used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from generator.printed.model import Cell, PrintedFigure, Table
from generator.printed.words import has, is_total

_CODE = re.compile(r"\d{3}(?:\d\d){0,2}")
_NUMBERING_COLUMN = ("行次", "序号", "栏次")
_NOT_AMOUNTS = (
    "率", "%", "％", "比重", "占比", "分值", "权重", "得分", "年份", "人数", "数量", "备注", "说明", "单价",
)  # fmt: skip
NOT_ADDITIVE = (
    "预算数", "决算数", "执行数", "上年", "本年数", "率", "%", "％", "比重", "增减", "差额", "变动", "年初", "调整",
)  # fmt: skip


def distinct(line: Sequence[Cell | None]) -> list[Cell]:
    """The cells of a row, a wide one once."""
    return [cell for at, cell in enumerate(line) if cell is not None and (not at or line[at - 1] is not cell)]


def squeezed(text: str) -> str:
    return text if text.isalnum() else "".join(text.split())


class Node(NamedTuple):
    """One header cell: its label, the columns it covers, the header cells below it."""

    label: str
    left: int
    right: int
    children: tuple[Node, ...]

    def columns(self) -> dict[str, tuple[int, ...]]:
        """The columns that hold this heading's amount: {"": (3,)}, or by kind {预算数: (0,), 决算数: (1,)}."""
        if not self.children:
            return {"": (self.left,)}
        total = next((child for child in self.children if is_total(child.label)), None)
        if total is not None:
            return total.columns()
        if len(self.children) == 1:
            return self.children[0].columns()
        if any(child.children or has(child.label, NOT_ADDITIVE) for child in self.children):
            return {child.label: (child.left,) for child in self.children if not child.children}
        return {"": tuple(child.left for child in self.children)}


class Entry(NamedTuple):
    """One row of one side of a table: «208 社会保障和就业支出», with its row in the grid."""

    row: int
    code: str
    label: str
    indent: int


class Side(NamedTuple):
    """A table may stand in two halves side by side; each has labels at the left and columns of numbers at the right."""

    entries: tuple[Entry, ...]
    columns: tuple[int, ...]
    coded: bool


class Layout:
    """One table, looked at once."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.grid = table.grid
        self.width = len(table.grid[0]) if table.grid else 0

    @cached_property
    def heads(self) -> int:
        """Header rows: those that the file marks, or the first rows without any number."""
        if self.table.heads:
            return min(self.table.heads, len(self.grid))
        for at, line in enumerate(self.grid):
            if any(cell and cell.figure for cell in line):
                return at
        return len(self.grid)

    @cached_property
    def _head_rows(self) -> tuple[int, ...]:
        """Header rows that say something: «栏次 1 2 3» only counts the columns."""
        return tuple(row for row in range(self.heads) if not self._counts_columns(row))

    def _counts_columns(self, row: int) -> bool:
        texts = [cell.text for cell in self.grid[row] if cell and cell.text]
        numbers = [text for text in texts if text.isdigit() and len(text) < 3]
        return len(numbers) >= 1 and all(text in numbers or squeezed(text) in ("栏次", "行次") for text in texts)

    @cached_property
    def tree(self) -> tuple[Node, ...]:
        return self._nodes(0, 0, self.width)

    def _nodes(self, level: int, left: int, right: int) -> tuple[Node, ...]:
        if level >= len(self._head_rows):
            return ()
        line = self.grid[self._head_rows[level]]
        nodes, column = [], left
        while column < right:
            cell = line[column]
            across = 1 if cell is None else max(1, min(cell.column + cell.across, right) - column)
            below = level + 1
            while cell is not None and below < len(self._head_rows) and self._head_rows[below] < cell.row + cell.down:
                below += 1
            label = "" if cell is None else squeezed(cell.text)
            nodes.append(Node(label, column, column + across, self._nodes(below, column, column + across)))
            column += across
        return tuple(nodes)

    @cached_property
    def headings(self) -> tuple[tuple[str, ...], ...]:
        """Per column the header's labels from the top."""
        found: list[tuple[str, ...]] = [()] * self.width

        def walk(nodes: tuple[Node, ...], above: tuple[str, ...]) -> None:
            for node in nodes:
                path = (*above, node.label) if node.label else above
                for column in range(node.left, node.right):
                    found[column] = path
                walk(node.children, path)

        walk(self.tree, ())
        return tuple(found)

    def body(self) -> range:
        return range(self.heads, len(self.grid))

    @cached_property
    def _code_columns(self) -> tuple[int, ...]:
        return tuple(column for column in range(self.width) if self._holds_codes(column))

    def _holds_codes(self, column: int) -> bool:
        if not any(label == "项目" or has(label, ("编码", "代码", "科目")) for label in self.headings[column]):
            return False
        texts = [
            cell.text for row in self.body() if (cell := self.grid[row][column]) and cell.across == 1 and cell.text
        ]
        codes = sum(1 for text in texts if _CODE.fullmatch(text))
        return codes > 0 and codes >= len(texts) - 1

    @cached_property
    def value_columns(self) -> tuple[int, ...]:
        """Columns of amounts: no codes, no row numbers, no rates or scores."""
        found = []
        for column in range(self.width):
            labels = self.headings[column]
            if column in self._code_columns or any(label in _NUMBERING_COLUMN for label in labels):
                continue
            if labels and has(labels[-1], _NOT_AMOUNTS):
                continue
            if any(self.figure(row, column) for row in self.body()):
                found.append(column)
        return tuple(found)

    def figure(self, row: int, column: int) -> PrintedFigure | None:
        cell = self.grid[row][column]
        return cell.figure if cell is not None and cell.across == 1 and cell.row == row else None

    def gap(self, row: int, column: int) -> bool:
        cell = self.grid[row][column]
        return cell is not None and "待填" in cell.text

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        """The halves: each begins where a column of labels follows a column of numbers."""
        values = set(self.value_columns)
        sides: list[tuple[list[int], list[int]]] = []
        labels: list[int] = []
        numbers: list[int] = []
        for column in range(self.width):
            if column in values:
                numbers.append(column)
                continue
            if numbers:
                sides.append((labels, numbers))
                labels, numbers = [], []
            labels.append(column)
        if numbers:
            sides.append((labels, numbers))
        return tuple(self._side(labels, numbers) for labels, numbers in sides)

    def _side(self, labels: list[int], numbers: list[int]) -> Side:
        codes = [column for column in labels if column in self._code_columns]
        entries = []
        for row in self.body():
            cells = distinct([self.grid[row][column] for column in labels])
            code = next((cell.text for cell in cells if cell.column in codes and _CODE.fullmatch(cell.text)), "")
            raw = next((cell.text for cell in reversed(cells) if cell.text and cell.text != code
                        and not cell.text.isdigit()), "")  # fmt: skip
            entries.append(Entry(row, code, squeezed(raw), len(raw) - len(raw.lstrip(" 　"))))
        return Side(tuple(entries), tuple(numbers), bool(codes))

    def nodes(self) -> Iterator[tuple[Node, ...]]:
        """Every group of header cells that stand side by side under one heading."""

        def walk(nodes: tuple[Node, ...]) -> Iterator[tuple[Node, ...]]:
            yield nodes
            for node in nodes:
                if node.children:
                    yield from walk(node.children)

        yield from walk(self.tree)
