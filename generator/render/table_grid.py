"""Rows placed on a table's columns: spans, merged equal values, figures."""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics import finding
from generator.document.nodes import Cell, Figure, Row
from generator.facts.fact import Text
from generator.number_style import NumberStyle
from generator.phrasing.session import Session
from generator.quantity import MONEY, Quantity
from generator.render.spec_templates import SpecError
from generator.render.table_specs import CellSpec, RowSpec


@dataclass(slots=True)
class TableLine:
    """One row as the program gave it. `lacking`: one value alone, in place of rows that are missing."""

    spec: RowSpec
    bold: bool
    values: list[object]
    cells: list[CellSpec] | tuple[CellSpec, ...]
    lacking: bool = False


class TableGrid:
    """Rows placed on the table's columns, spans and merged equal values worked out."""

    def __init__(self, width: int, name: str, unit: str, session: Session) -> None:
        self.width, self.name, self.session = width, name, session
        self.unit = unit or session.printing.money_unit
        self.rows: list[tuple[RowSpec, list[Cell], dict[int, tuple[int, int]], bool, dict[int, str]]] = []
        self.covered: dict[int, int] = {}
        self.merges: list[dict[int, str]] = []

    def add(self, line: TableLine, style: NumberStyle) -> None:
        values, spec = line.values, line.spec
        if line.lacking:
            free = sum(1 for column in range(self.width) if not self.covered.get(column))
            values, line.cells = [*values, *[""] * (free - 1)], (CellSpec(""),) * free
        if self.rows and self.rows[-1][0].head and not spec.head:
            self._nothing_below()
        if spec.plain and not self.covered:
            if len(values) != self.width:
                self._wrong_width(spec, len(values))
            self.rows.append((spec, [self._cell(v, style) for v in values], {}, line.bold, {}))
            self.merges.append({})
            return
        cells: list[Cell] = [""] * self.width
        spans: dict[int, tuple[int, int]] = {}
        align: dict[int, str] = {}
        merge: dict[int, str] = {}
        position, covered = 0, dict(self.covered)
        for value, cell in zip(values, line.cells, strict=True):
            while covered.get(position):
                position += 1
            if position + cell.columns > self.width:
                self._wrong_width(spec, position + cell.columns)
            content = self._cell(value, style)
            cells[position] = self._bolded(content) if cell.bold else content
            if cell.columns > 1 or cell.rows > 1:
                spans[position] = (cell.rows, cell.columns)
            if cell.rows > 1:
                for column in range(position, position + cell.columns):
                    self.covered[column] = cell.rows
            if cell.align:
                align[position] = cell.align
            if cell.merge:
                merge[position] = _plain(content)
            position += cell.columns
        while covered.get(position):
            position += 1
        if position != self.width:
            self._wrong_width(spec, position)
        self.covered = {column: left - 1 for column, left in self.covered.items() if left > 1}
        self.rows.append((spec, cells, spans, line.bold, align))
        self.merges.append(merge)

    def _wrong_width(self, spec: RowSpec, found: int) -> None:
        reason = f"第{len(self.rows) + 1}行占{found}列，而表有{self.width}列"
        raise SpecError(finding("T105", spec.place, name=self.name, reason=reason))

    def _nothing_below(self) -> None:
        """A 跨行 may not reach beyond the head or the end."""
        if self.covered:
            reason = f"第{len(self.rows)}行下面没有行了，而上面有格的“跨行”还没有完"
            raise SpecError(finding("T105", self.rows[-1][0].place, name=self.name, reason=reason))

    def _cell(self, value: object, style: NumberStyle) -> Cell:
        kind = type(value)
        if kind is Quantity:
            assert isinstance(value, Quantity)
            if value.unit == MONEY:
                return Figure(style.money(value.value, self.unit), value)
            return Figure(style.text(value, self.unit, with_unit=False), value)
        if kind is str or kind is Text:
            text = str(value)
            return self.session.inlines(text) if "\ufdd0" in text else text
        return self.session.inlines(self.session.printed(value))

    def _bolded(self, content: Cell) -> Cell:
        if isinstance(content, Figure):
            return Figure(content.text, content.quantity, True)
        token = self.session.token(content) if isinstance(content, str) else ""
        return self.session.inlines(token, bold=True) if token else content

    def finish(self) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
        self._nothing_below()
        self._merge_equal()
        head: list[Row] = []
        body: list[Row] = []
        for spec, cells, spans, bold, align in self.rows:
            row = Row(tuple(cells), spans, bold, align)
            (head if spec.head else body).append(row)
        return tuple(head), tuple(body)

    def _merge_equal(self) -> None:
        """Cells marked 同值 join downwards while equal, within the group of the marked cells to their left."""
        for number, merge in enumerate(self.merges):
            _, cells, spans, _, _ = self.rows[number]
            for column in merge:
                if number and self._joins(number - 1, number, column):
                    cells[column] = ""
                    spans.pop(column, None)
                    continue
                last = number
                while last + 1 < len(self.rows) and self._joins(last, last + 1, column):
                    last += 1
                if last > number:
                    spans[column] = (last - number + 1, spans.get(column, (1, 1))[1])

    def _joins(self, upper: int, lower: int, column: int) -> bool:
        above, below = self.merges[upper], self.merges[lower]
        if self.rows[upper][0].head != self.rows[lower][0].head:
            return False
        return all(above.get(c) == below.get(c) for c in {*above, *below} if c <= column) and column in above


def _plain(content: Cell) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, Figure):
        return content.text
    return "".join(getattr(piece, "text", "\n") for piece in content)
