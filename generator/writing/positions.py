"""In which row and column of a new workbook every field stands, as `layout` orders them; worked out before anything is
written, since formulas look ahead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from generator.form.blocks import (
    COMPUTED_SUFFIX,
    NUMBER,
    Block,
    FormBlock,
    FormLine,
    MatrixBlock,
    ParentColumn,
    TableBlock,
)
from generator.form.fields import Field
from generator.form.layout import Layout, Page
from generator.writing.excel_formulas import FieldSpot, TableSpot

LAST_ROW = 2000
"""How far drop-downs, checks and sums of columns reach at least, where nothing stands below."""
SPARE_ROWS, PREPARED_ROWS = 10, 24
"""Empty rows prepared below filled ones, and rows prepared at least, of a table with nothing below."""
_SPARE_ABOVE, _PREPARED_ABOVE = 3, 6
"""The same where another block stands below: rows can be inserted."""
_PREPARED_BELOW = 12
"""Rows prepared at most at the foot of a page that begins with other blocks."""


@dataclass(frozen=True, slots=True)
class BlockSpot:
    """Rows of a block: its title, the (last) row of its head, the first below it, the last that is prepared.
    `total`: the row 合计 of an official table, 0 = none. `open`: nothing stands below it on its page."""

    title: int
    header: int
    first: int
    last: int
    total: int = 0
    open: bool = False


@dataclass(slots=True)
class Positions:
    """`lines` by path from the top, `tables` by their names, `blocks` by theirs."""

    lines: dict[tuple[str, ...], FieldSpot] = field(default_factory=dict)
    tables: dict[tuple[str, ...], TableSpot] = field(default_factory=dict)
    blocks: dict[str, BlockSpot] = field(default_factory=dict)

    @staticmethod
    def of(layout: Layout, filled: Mapping[tuple[str, ...], int]) -> Positions:
        """`filled`: how many rows each table will hold."""
        positions = Positions()
        for page in layout.pages:
            top = 1
            for block in page.blocks:
                rows = filled.get(block.names, 0) if isinstance(block, TableBlock) else 0
                spot = positions.blocks[block.name] = _spot(block, top, rows, block is page.blocks[-1])
                positions._add(page, block, spot)
                top = spot.last + 2
        return positions

    def _add(self, page: Page, block: Block, spot: BlockSpot) -> None:
        sheet = quoted(page.name)
        if isinstance(block, FormBlock):
            for row, line in form_rows(block, spot):
                if isinstance(line, FormLine) and line.field is not None:
                    self.lines[line.names] = FieldSpot(sheet, "B", "D", line.field, row)
        elif isinstance(block, MatrixBlock):
            for (row, number), line in matrix_cells(block, spot).items():
                letter = get_column_letter(number)
                if line.field is not None:
                    self.lines[line.names] = FieldSpot(sheet, letter, letter, line.field, row)
        else:
            table = self.tables[block.names] = _table_spot(block, sheet, spot)
            for names, line in block.totals.items():
                letter = table.columns[names].typed
                if line.field is not None:
                    self.lines[line.names] = FieldSpot(sheet, letter, letter, line.field, spot.total)


def _spot(block: Block, top: int, filled: int, open_: bool) -> BlockSpot:
    header = top + 2
    if isinstance(block, FormBlock):
        return BlockSpot(top, header, header + 1, header + len(_form_lines(block)))
    if isinstance(block, MatrixBlock):
        return BlockSpot(top, header, header + 1, header + len(block.rows))
    header = top + 2 + head_height(block)
    total = header + 1 if block.official else 0
    first = (total or header) + 1
    spare, least = (SPARE_ROWS, PREPARED_ROWS) if open_ else (_SPARE_ABOVE, _PREPARED_ABOVE)
    least = least if top == 1 else min(least, _PREPARED_BELOW)
    return BlockSpot(top, header, first, first + max(least, filled + spare) - 1, total, open_)


def head_height(block: TableBlock) -> int:
    return max((len(column.above) for column in block.columns), default=0) or 1


def _form_lines(form: FormBlock) -> list[FormLine | str]:
    """Lines, and headings where the group changes."""
    found: list[FormLine | str] = []
    heading = ""
    for line in form.lines:
        if line.heading != heading:
            heading = line.heading
            found.append(f"【{heading or form.title}】")
        found.append(line)
    return found


def form_rows(form: FormBlock, spot: BlockSpot) -> list[tuple[int, FormLine | str]]:
    """Rows of a form below its header."""
    return list(enumerate(_form_lines(form), spot.first))


def matrix_cells(block: MatrixBlock, spot: BlockSpot) -> dict[tuple[int, int], FormLine]:
    """(row, column) → line."""
    return {
        (spot.first + block.rows.index(row), 2 + block.columns.index(column)): line
        for (row, column), line in block.cells.items()
    }


@dataclass(frozen=True, slots=True)
class Shown:
    """One column of a written table. `below`: a field, the row around, or None for 序号, names and locked columns;
    `above`: the official head over it."""

    header: str
    below: Field | ParentColumn | None = None
    above: tuple[str, ...] = ()


def table_columns(table: TableBlock) -> list[Shown]:
    """Columns in order. In an official table the name of a 科目 follows its code, and computed cells are typed over."""
    found = [Shown(NUMBER)] if table.numbered else []
    found += [Shown(parent.header, parent) for parent in table.parents]
    for column in table.columns:
        found.append(Shown(column.header, column.field, column.above))
        if table.official and column is table.key and table.named:
            found.append(Shown(table.named[-1], None, table.named))
        if column.field.formula and not table.official:
            found.append(Shown(column.header + COMPUTED_SUFFIX))
    return found


def _table_spot(table: TableBlock, sheet: str, spot: BlockSpot) -> TableSpot:
    letters = {shown.header: get_column_letter(number) for number, shown in enumerate(table_columns(table), 1)}
    columns = {
        column.names: FieldSpot(
            sheet,
            letters[column.header],
            letters[column.header] if table.official else letters.get(column.header + COMPUTED_SUFFIX, ""),
            column.field,
        )
        for column in table.columns
    }
    key = table.key
    marks = letters[key.header] if key is not None else letters.get(NUMBER, "")
    belongs = letters[table.parents[-1].header] if table.parents else ""
    last = max(LAST_ROW, spot.last) if spot.open else spot.last + 1  # rows are inserted above the empty one
    return TableSpot(table, sheet, spot.first, last, columns, belongs, marks)


def quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'!"
