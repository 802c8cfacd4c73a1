"""Forms and matrices of a new workbook: fields outside tables."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.comments import Comment

from generator.form.blocks import (
    BY_PROGRAM,
    CHECK,
    COMPUTED,
    DEMAND,
    HELP,
    LABEL,
    SENTENCE,
    UNIT,
    VALUE,
    FormBlock,
    FormLine,
    MatrixBlock,
)
from generator.form.fields import Field
from generator.writing import sheet_look as look
from generator.writing.filling_in import UNIT_NAME, FillingIn, PageInk, advice, demand, tolerance
from generator.writing.positions import form_rows, matrix_cells
from generator.writing.sheet_frame import block_head


def form_words(form: FormBlock) -> list[tuple[str, float]]:
    """The columns of a form and their widths."""
    if form.sentences:
        return [(LABEL, 28), (VALUE, 52), (SENTENCE, 52), (DEMAND, 12), (HELP, 28)]
    computed = [(COMPUTED, 16.0), (CHECK, 14.0)] if form.has_computed else []
    return [(LABEL, 36), (VALUE, 26), (UNIT, 9), *computed, (DEMAND, 12), (HELP, 40)]


def write_form(form: FormBlock, ink: PageInk, filling: FillingIn) -> None:
    spot, excel = filling.positions.blocks[form.name], ink.excel
    words = [word for word, _ in form_words(form)]
    for number, word in enumerate(words, 1):
        look.style(excel.cell(spot.header, number, word), look.HEADER, look.HEADER_FILL, look.CENTRED)
    only_computed = all(line.field is not None and line.field.formula for line in form.lines)
    help_ = form.help or "在“填写”一列填，黄色的必须填。"
    if only_computed and not form.help:
        help_ = "由程序计算，不用填；填了的，程序与算出的数核对。"
    elif form.sentences:
        help_ = "在“填写”一列填；右边一列是它将来印在其中的那句话，〔…〕就是填写的文字。"
    block_head(excel, spot.title, form.title, help_, ink.width(len(words)), len(words))
    for row, line in form_rows(form, spot):
        if isinstance(line, FormLine):
            write_line(line, row, words, ink, filling)
        else:
            for number in range(1, len(words) + 1):
                look.style(excel.cell(row, number), look.HEADING, look.HEADING_FILL, look.PLAIN)
            excel.cell(row, 1).value = line


def write_line(line: FormLine, row: int, words: Sequence[str], ink: PageInk, filling: FillingIn) -> None:
    one, excel = line.field, ink.excel
    assert one is not None
    at = {word: number for number, word in enumerate(words, 1)}
    for number, word in enumerate(words, 1):
        font = look.SMALL if word in (DEMAND, HELP, SENTENCE) else look.BODY
        look.style(excel.cell(row, number), font, None, look.CENTRED if word == UNIT else look.WRAPPED)
    excel.cell(row, 1).value = line.label
    value = excel.cell(row, at[VALUE])
    assert isinstance(value, ExcelCell)
    look.input_style(value, one)
    cell = filling.typed.single(line.names)
    if cell is not None:
        filling.fill(value, cell, one, line.label)
    ink.rules.field(one, f"B{row}")
    unit = f"={UNIT_NAME}" if one.kind == "金额" else "%" if one.kind == "百分比" else one.unit
    shown = {UNIT: unit, DEMAND: demand(one), HELP: advice(one), SENTENCE: filling.sentences.get(one.path, "")}
    for word, text in shown.items():
        if word in at and text:
            excel.cell(row, at[word]).value = text
    if one.formula and COMPUTED in at:
        _computed(line, one, row, ink, filling)
    look.grow(excel, row, [(excel.cell(row, n).value, ink.widths[n - 1]) for n in at.values()])


def _computed(line: FormLine, one: Field, row: int, ink: PageInk, filling: FillingIn) -> None:
    excel = ink.excel
    made, shown, check = filling.formulas.of_line(line.names), excel.cell(row, 4), excel.cell(row, 5)
    shown.fill = look.LOCKED_FILL
    if made is None:
        shown.value, shown.font = BY_PROGRAM, look.SMALL
        return
    shown.value, shown.number_format, shown.alignment = f"={made.text}", look.number_format(one), look.RIGHT
    if one.reconcile is None:
        return
    apart = f"ROUND(N(B{row})-N(D{row}),6)"
    text = f'"相差 "&TEXT({apart},"#,##0.00####")'
    check.value = f'=IF(AND(ISNUMBER(B{row}),ABS({apart})>{tolerance(made, one)}),{text},"")'
    check.fill, check.font = look.LOCKED_FILL, look.WARNING
    ink.rules.red(f"B{row}", f"LEN($E{row})>0")


# -- matrices ---------------------------------------------------------------------------------------------------------
def matrix_widths(block: MatrixBlock) -> list[float]:
    below = {column: line.field for (_, column), line in block.cells.items()}
    return [36.0, *(look.column_width(one, column) if (one := below[column]) else 16 for column in block.columns)]


def write_matrix(block: MatrixBlock, ink: PageInk, filling: FillingIn) -> None:
    spot, excel = filling.positions.blocks[block.name], ink.excel
    for number, word in enumerate((LABEL, *block.columns), 1):
        look.style(excel.cell(spot.header, number, word), look.HEADER, look.HEADER_FILL, look.CENTRED)
    look.grow(excel, spot.header, [(w, ink.widths[n]) for n, w in enumerate((LABEL, *block.columns))], 32)
    help_ = (
        f"{block.help}。" if block.help else ""
    ) + "横着看是一项，灰底的由程序计算，不用填；金额按“填报说明”里的金额单位填。"
    block_head(excel, spot.title, block.title, help_, ink.width(len(block.columns) + 1), len(block.columns) + 1)
    for number, label in enumerate(block.rows, spot.first):
        look.style(excel.cell(number, 1, label), look.BODY, None, look.WRAPPED)
        for column in range(2, len(block.columns) + 2):
            look.style(excel.cell(number, column), look.SMALL, look.LOCKED_FILL, look.CENTRED)
    for (row, number), line in matrix_cells(block, spot).items():
        cell = excel.cell(row, number)
        assert isinstance(cell, ExcelCell)
        write_in_place(cell, line, ink, filling)
    for row in range(spot.first, spot.last + 1):
        texts = ((excel.cell(row, n + 1).value, width) for n, width in enumerate(ink.widths[: len(block.columns) + 1]))
        look.grow(excel, row, texts)


def write_in_place(cell: ExcelCell, line: FormLine, ink: PageInk, filling: FillingIn) -> None:
    """A field in a cell of its own. A computed one shows its formula there; what is typed over it turns red when it
    differs, and is locked where the program does not reconcile it."""
    one = line.field
    assert one is not None
    look.input_style(cell, one)
    made = filling.formulas.of_line(line.names)
    if one.formula:
        in_place_style(cell, one)
    if made is not None:
        cell.value = f"={made.text}"
        if one.reconcile is not None:
            apart = f"ABS(ROUND({cell.coordinate}-({made.text}),6))>{tolerance(made, one)}"
            ink.rules.red(cell.coordinate, f"AND(ISNUMBER({cell.coordinate}),{apart})")
    ink.rules.field(one, cell.coordinate)
    if one.help:
        cell.comment = Comment(f"{line.label}：{advice(one)}", "填报说明", height=80, width=260)
    typed = filling.typed.single(line.names)
    if typed is not None:
        filling.fill(cell, typed, one, line.label)


def in_place_style(cell: ExcelCell, one: Field) -> None:
    cell.fill = look.LOCKED_FILL
    if one.reconcile is None:
        cell.protection = look.LOCKED
