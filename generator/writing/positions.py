"""In which row and column of a new workbook every field stands, as `layout` orders them; worked out before anything is
written, since formulas look ahead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from generator.form.fields import Field
from generator.form.layout import (
    COMPUTED_SUFFIX,
    FORM_HEADER_ROW,
    NUMBER,
    TABLE_HEADER_ROW,
    FormLine,
    FormSheet,
    Layout,
    ParentColumn,
    TableSheet,
)
from generator.writing.excel_formulas import FieldSpot, TableSpot

LAST_ROW = 2000
"""How far drop-downs, checks and sums of columns reach at least."""
SPARE_ROWS = 20
"""Empty rows prepared below filled ones."""


@dataclass(slots=True)
class Positions:
    """`lines` by path from the top, `tables` by their names."""

    lines: dict[tuple[str, ...], FieldSpot] = field(default_factory=dict)
    tables: dict[tuple[str, ...], TableSpot] = field(default_factory=dict)

    @staticmethod
    def of(layout: Layout, filled: Mapping[tuple[str, ...], int]) -> Positions:
        """`filled`: how many rows each table will hold."""
        positions = Positions()
        for form in layout.forms:
            for row, line in form_rows(form):
                if isinstance(line, FormLine) and line.field is not None:
                    positions.lines[line.names] = FieldSpot(quoted(form.name), "B", "D", line.field, row)
        for table in layout.tables:
            positions.tables[table.names] = _table_spot(table, filled.get(table.names, 0))
        return positions


def form_rows(form: FormSheet) -> list[tuple[int, FormLine | str]]:
    """Rows of a form sheet below its header: lines, and headings where the inner group changes."""
    found: list[FormLine | str] = []
    heading = ""
    for line in form.lines:
        if line.heading != heading:
            heading = line.heading
            found.append(f"【{heading}】")
        found.append(line)
    return list(enumerate(found, FORM_HEADER_ROW + 1))


def table_columns(table: TableSheet) -> list[tuple[str, Field | ParentColumn | None]]:
    """Headers in order with what stands below: a field, the row around, None for 序号 and locked columns."""
    found: list[tuple[str, Field | ParentColumn | None]] = [(NUMBER, None)] if table.numbered else []
    found += [(parent.header, parent) for parent in table.parents]
    for column in table.columns:
        found.append((column.header, column.field))
        if column.field.formula:
            found.append((column.header + COMPUTED_SUFFIX, None))
    return found


def _table_spot(table: TableSheet, filled: int) -> TableSpot:
    letters = {header: get_column_letter(number) for number, (header, _) in enumerate(table_columns(table), 1)}
    sheet = quoted(table.name)
    columns = {
        column.names: FieldSpot(
            sheet, letters[column.header], letters.get(column.header + COMPUTED_SUFFIX, ""), column.field
        )
        for column in table.columns
    }
    key = table.key
    marks = letters[key.header] if key is not None else letters.get(NUMBER, "")
    first = TABLE_HEADER_ROW + 1
    belongs = letters[table.parents[-1].header] if table.parents else ""
    return TableSpot(table, sheet, first, max(LAST_ROW, first + filled + SPARE_ROWS - 1), columns, belongs, marks)


def quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'!"
