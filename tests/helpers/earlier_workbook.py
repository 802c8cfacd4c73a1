"""A workbook as the program wrote it before: a sheet for each group and each table. Plain cells, no looks."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.worksheet.worksheet import Worksheet

from generator.filling.typed_rows import Typed, in_row
from generator.form.blocks import (
    BY_PROGRAM,
    COMPUTED,
    COMPUTED_SUFFIX,
    LABEL,
    NUMBER,
    VALUE,
    FormBlock,
    FormLine,
    ParentColumn,
    TableBlock,
)
from generator.form.fields import Field, Fields
from generator.form.layout import lay_out_earlier
from generator.form.sources import Cell, Source
from generator.writing.cell_values import write_value


def earlier_workbook(report: str, fields: Fields, sources: Sequence[Source], year: int) -> bytes:
    typed = Typed(sources, fields)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for page in lay_out_earlier(fields).pages:
        excel = workbook.create_sheet(page.name)
        (block,) = page.blocks
        if isinstance(block, FormBlock):
            _form(block, excel, typed, report, year)
        elif isinstance(block, TableBlock):
            _table(block, excel, typed)
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def _form(block: FormBlock, excel: Worksheet, typed: Typed, report: str, year: int) -> None:
    excel["A1"], excel["A2"] = block.title, "在“填写”一列填，黄色的必须填。"
    words = [LABEL, VALUE, "单位", *((COMPUTED, "核对") if block.has_computed else ()), "要求", "说明"]
    excel.append(words)
    unit = typed.word("金额单位") or "万元"
    heading = ""
    for line in block.lines:
        if line.heading != heading:
            heading = line.heading
            excel.append([f"【{heading}】"])
        excel.append([line.label])
        value = excel.cell(excel.max_row, 2)
        assert isinstance(value, ExcelCell)
        if line.field is None:
            value.value = unit if line.label == "金额单位" else report
        elif (cell := typed.single(line.names)) is not None:
            _value(value, cell, line.field, typed)
        elif line.field.kind == "年度":
            value.value = year
        if line.field is not None and line.field.formula:
            excel.cell(excel.max_row, 4).value = BY_PROGRAM


def _table(block: TableBlock, excel: Worksheet, typed: Typed) -> None:
    excel["A1"], excel["A2"] = block.title, "一行填一项，从第一行填起。"
    shown: list[tuple[str, FormLine | Field | ParentColumn | tuple[str, ...] | None]] = []
    shown += [(NUMBER, None)] if block.numbered else []
    shown += [(parent.header, parent) for parent in block.parents]
    for column in block.columns:
        shown.append((column.header, column.names))
        if column.field.formula:
            shown.append((column.header + COMPUTED_SUFFIX, None))
    for number, (header, _) in enumerate(shown, 1):
        excel.cell(4, number).value = header
    by_names = {column.names: column.field for column in block.columns}
    for row, one in enumerate(typed.rows(block), 5):
        belongs = dict(zip((parent.header for parent in block.parents), one.belongs, strict=True))
        for number, (header, what) in enumerate(shown, 1):
            target = excel.cell(row, number)
            assert isinstance(target, ExcelCell)
            if header in belongs:
                target.value = belongs[header]
            elif header == NUMBER and what is None:
                target.value = one.number
            elif isinstance(what, tuple) and (cell := in_row(one.section, what)) is not None:
                _value(target, cell, by_names[what], typed)


def _value(target: ExcelCell, cell: Cell, one: Field, typed: Typed) -> None:
    unit = typed.word("金额单位")
    write_value(target, (cell.text or "").strip(), one, typed.unit_of(cell.place.file), unit or "万元")
