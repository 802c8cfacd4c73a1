"""A form as a workbook to fill in, blank or with what an input already holds.

Where things stand is `layout`'s, how they look `sheet_look`'s. Same form, same input, same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from generator.diagnostics import Diagnostic, Outcome, finding
from generator.facts.accounts import Accounts
from generator.filling.typed_rows import Typed, in_row
from generator.form.fields import Field, Fields
from generator.form.layout import (
    BY_PROGRAM,
    CHECK,
    COMPUTED,
    COMPUTED_SUFFIX,
    DEMAND,
    FORM_HEADER_ROW,
    HELP,
    LABEL,
    NUMBER,
    TABLE_HEADER_ROW,
    UNIT,
    VALUE,
    Column,
    FormLine,
    FormSheet,
    ParentColumn,
    TableSheet,
    lay_out,
)
from generator.form.roll_memory import DIGEST, FIGURE, NAME, Memory
from generator.form.roll_memory import WORD as MEMORY
from generator.form.sources import Cell, Source
from generator.form.value_reading import half_width, printable
from generator.place import Place
from generator.quantity import MONEY_UNITS
from generator.word.sheet import cell_words
from generator.writing import sheet_look as look
from generator.writing.cell_values import LONGEST_TEXT, write_value
from generator.writing.entry_rules import Lists, Rules
from generator.writing.excel_formulas import ROW, Formula, Formulas, TableSpot
from generator.writing.positions import SPARE_ROWS, Positions, form_rows, quoted, table_columns
from generator.writing.sheet_frame import page_setup, saved_bytes, sheet_head

PREPARED_ROWS = 60
"""Formatted empty rows of each table; later rows take the columns' style."""
_UNIT_NAME = "金额单位"
_WAYS = (
    "只填有颜色的格：黄色的必须填，绿色的没有就空着；灰色的由程序计算，不用填。",
    "没有发生的金额填 0；不存在这一项的填“不适用”；空着表示还没有填。",
    "金额都按上面的“金额单位”填，只填数，不写“元”“万元”。",
    "表不够长可以接着往下填，可以插入行；工作表、列的次序可以变，项目名称和表头的文字请不要改。",
    "有下拉箭头的可以选，也可以照着写；科目可以只写编码。一格里换行按 Alt+Enter。",
    "“程序计算”列只供核对，不读取。在合计里填了数的，与算出的不符就显示红色。",
    "表头右上角有红三角的，鼠标移上去看填报说明。工作表只锁住不用填的格，没有密码，可以撤销保护。",
)
_ROLLED_WAYS = (
    "写着“〔待填〕”的格，请换成本年的内容；没有发生的金额填 0，不涉及的删去这几个字。",
    "“〔待确认〕”后面是上年的内容：请改成本年的情况，再删去“〔待确认〕”；没有变化的只删去这几个字。",
)
"""For a workbook that was rolled forward."""


@dataclass(frozen=True, slots=True)
class NewBook:
    """What a workbook is made for. `report` is the pack's name; `sources` what is filled in already; `memory` what it
    remembers of the year before."""

    report: str
    title: str
    fields: Fields
    accounts: Accounts
    year: int
    sources: Sequence[Source] = ()
    memory: Memory | None = None


def write_workbook(book: NewBook) -> Outcome[bytes]:
    """The .xlsx. X030 when a text is longer than a cell can hold: it is left out.

    Amounts stand in the 金额单位 of the input, those of a file with another unit with their unit behind them.
    """
    writer = _WorkbookWriter(book)
    writer.write()
    return Outcome(saved_bytes(writer.workbook, book.title, book.year), tuple(writer.findings))


class _WorkbookWriter:
    def __init__(self, book: NewBook) -> None:
        self.book = book
        self.layout = lay_out(book.fields)
        self.typed = Typed(book.sources, book.fields)
        word = half_width(self.typed.word(_UNIT_NAME))
        self.unit = word if word in MONEY_UNITS else "万元"
        self.rows = {table.names: list(self.typed.rows(table)) for table in self.layout.tables}
        self.positions = Positions.of(self.layout, {names: len(rows) for names, rows in self.rows.items()})
        self.formulas = Formulas(self.positions.lines, self.positions.tables)
        self.findings: list[Diagnostic] = []
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.worksheets[0])
        self.lists = Lists(self.workbook, book.accounts, book.year)

    def write(self) -> None:
        for sheet in self.layout.sheets:
            excel = self.workbook.create_sheet(sheet.name)
            if isinstance(sheet, FormSheet):
                self.form(sheet, excel)
            else:
                self.table(sheet, excel)
        self.lists.write()
        if self.book.memory is not None:
            self.remember(self.book.memory)
        front = self.layout.forms[0]
        row = next(row for row, line in form_rows(front) if isinstance(line, FormLine) and line.label == _UNIT_NAME)
        self.workbook.defined_names[_UNIT_NAME] = DefinedName(_UNIT_NAME, attr_text=f"{quoted(front.name)}$B${row}")

    def remember(self, memory: Memory) -> None:
        excel = self.workbook.create_sheet(MEMORY)
        excel.sheet_state = "hidden"
        excel.protection.sheet = True
        for row, words in enumerate(((NAME, FIGURE, DIGEST), *memory.rows()), 1):
            for column, word in enumerate(words, 1):
                if word:
                    cell = excel.cell(row, column)
                    assert isinstance(cell, ExcelCell)
                    look.words(cell, word)

    # -- forms ------------------------------------------------------------------------------------------------------
    def form(self, form: FormSheet, excel: Worksheet) -> None:
        first = form is self.layout.sheets[0]
        wide = any(line.field is not None and line.field.kind in ("长文", "原因") for line in form.lines)
        only_computed = all(line.field is not None and line.field.formula for line in form.lines)
        words = [LABEL, VALUE, UNIT, *((COMPUTED, CHECK) if form.has_computed else ()), DEMAND, HELP]
        widths = [36.0, 62.0 if wide else 30.0, 9.0, *((18.0, 16.0) if form.has_computed else ()), 14.0, 44.0]
        if first:
            widths = [26.0, 36.0, 12.0, 14.0, 64.0]
        for number, (word, width) in enumerate(zip(words, widths, strict=True), 1):
            look.style(excel.cell(FORM_HEADER_ROW, number, word), look.HEADER, look.HEADER_FILL, look.CENTRED)
            excel.column_dimensions[get_column_letter(number)].width = width
        title, help_ = form.title, form.help or "在“填写”一列填，黄色的必须填。"
        if first:
            title, help_ = f"{self.book.title} 填报工作簿", "先在这里填年度和金额单位，再逐张工作表填写。"
        elif only_computed and not form.help:
            help_ = "由程序计算，不用填；填了的，程序与算出的数核对。"
        sheet_head(excel, title, help_, sum(widths), len(words))
        rules = Rules(excel, self.lists)
        for row, line in form_rows(form):
            if isinstance(line, FormLine):
                self.line(line, row, excel, words, rules)
                look.grow(excel, row, [(excel.cell(row, n).value, width) for n, width in enumerate(widths, 1)])
            else:
                for number in range(1, len(words) + 1):
                    look.style(excel.cell(row, number), look.HEADING, look.HEADING_FILL, look.PLAIN)
                excel.cell(row, 1).value = line
        rules.write()
        if first:
            self.instructions(form, excel, widths)
        tab = look.TAB_FRONT if first else look.TAB_COMPUTED if only_computed else look.TAB_FORM
        page_setup(excel, sum(widths), FORM_HEADER_ROW, "A1" if first else f"B{FORM_HEADER_ROW + 1}", tab)

    def line(self, line: FormLine, row: int, excel: Worksheet, words: Sequence[str], rules: Rules) -> None:
        one = line.field
        for number, word in enumerate(words, 1):
            font = look.SMALL if word in (DEMAND, HELP) else look.BODY
            look.style(excel.cell(row, number), font, None, look.CENTRED if word == UNIT else look.WRAPPED)
        excel.cell(row, 1).value = line.label
        value, demand, help_ = (excel.cell(row, words.index(word) + 1) for word in (VALUE, DEMAND, HELP))
        assert isinstance(value, ExcelCell)
        if one is None:
            is_unit = line.label == _UNIT_NAME
            value.value = self.unit if is_unit else self.book.report
            demand.value = "必填" if is_unit else "不要改"
            help_.value = "全部金额都按这个单位填" if is_unit else "模板包的名称"
            look.style(value, look.BODY, look.REQUIRED_FILL if is_unit else look.LOCKED_FILL, look.WRAPPED)
            if is_unit:
                value.protection = look.UNLOCKED
                rules.choices(tuple(MONEY_UNITS), f"B{row}")
            return
        look.input_style(value, one)
        cell = self.typed.single(line.names)
        if cell is not None:
            self.fill(value, cell, one, line.label)
        elif line in self.layout.forms[0].lines:
            value.value = self.book.year
        rules.field(one, f"B{row}")
        unit = f"={_UNIT_NAME}" if one.kind == "金额" else "%" if one.kind == "百分比" else one.unit
        excel.cell(row, words.index(UNIT) + 1).value = unit or None
        demand.value, help_.value = _demand(one), _advice(one) or None
        if one.formula:
            self.computed_line(line, one, row, excel, rules)

    def computed_line(self, line: FormLine, one: Field, row: int, excel: Worksheet, rules: Rules) -> None:
        made, shown, check = self.formulas.of_line(line.names), excel.cell(row, 4), excel.cell(row, 5)
        shown.fill = look.LOCKED_FILL
        if made is None:
            shown.value, shown.font = BY_PROGRAM, look.SMALL
            return
        shown.value, shown.number_format, shown.alignment = f"={made.text}", look.number_format(one), look.RIGHT
        if one.reconcile is None:
            return
        apart = f"ROUND(N(B{row})-N(D{row}),6)"
        text = f'"相差 "&TEXT({apart},"#,##0.00####")'
        check.value = f'=IF(AND(ISNUMBER(B{row}),ABS({apart})>{_tolerance(made, one)}),{text},"")'
        check.fill, check.font = look.LOCKED_FILL, look.WARNING
        rules.red(f"B{row}", f"LEN($E{row})>0")

    def instructions(self, front: FormSheet, excel: Worksheet, widths: Sequence[float]) -> None:
        row = FORM_HEADER_ROW + len(form_rows(front)) + 2
        excel.cell(row, 1, "怎样填").font = look.HEADER
        for number, way in enumerate((*_WAYS, *(_ROLLED_WAYS if self.book.memory is not None else ())), 1):
            row += 1
            cell = excel.cell(row, 1, f"{number}. {way}")
            cell.font, cell.alignment = look.BODY, look.WRAPPED
            excel.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(widths))
            look.grow(excel, row, [(cell.value, sum(widths))])
        row += 2
        excel.cell(row, 1, "全部工作表").font = look.HEADER
        for sheet in self.layout.sheets[1:]:
            row += 1
            # Column 项目 stays empty: these are no lines of the form.
            name = excel.cell(row, 2, sheet.name)
            name.hyperlink = Hyperlink(name.coordinate, location=f"{quoted(sheet.name)}A1")
            look.style(name, look.LINK, None, look.WRAPPED)
            many = "一项一行" if isinstance(sheet, FormSheet) else "可填多行"
            about = sheet.title + (f"。{sheet.help}" if sheet.help else "")
            for number, text in enumerate((many, _asked(sheet), about), 3):
                look.style(excel.cell(row, number, text), look.SMALL, None, look.WRAPPED)
            look.grow(excel, row, [(sheet.name, widths[1]), (about, widths[4])])

    # -- tables -----------------------------------------------------------------------------------------------------
    def table(self, table: TableSheet, excel: Worksheet) -> None:
        spot = self.positions.tables[table.names]
        columns = table_columns(table)
        by_header = {column.header: column for column in table.columns}
        rows = self.rows[table.names]
        first = spot.first
        last = first + max(PREPARED_ROWS, len(rows) + SPARE_ROWS) - 1
        widths = [_width(header, below) for header, below in columns]
        rules = Rules(excel, self.lists)
        for number, ((header, below), width) in enumerate(zip(columns, widths, strict=True), 1):
            letter = get_column_letter(number)
            excel.column_dimensions[letter].width = width
            look.style(excel.cell(TABLE_HEADER_ROW, number, header), look.HEADER, look.HEADER_FILL, look.CENTRED)
            mark = excel.cell(TABLE_HEADER_ROW - 1, number)
            mark.font, mark.alignment = look.SMALL, look.CENTRED
            area = f"{letter}{first}:{letter}{spot.last}"
            if isinstance(below, Field):
                mark.value = _demand(below)
                self.input_column(excel, number, by_header[header], spot, rules, area, last)
            elif isinstance(below, ParentColumn):
                mark.value = "必填"
                _mark_column(excel, number, first, last)
                rules.reference(self.positions.tables[below.table], below, area)
            elif header == NUMBER:
                mark.value = "填下一张表时用"
                _mark_column(excel, number, first, last)
                for row in range(first, last + 1):
                    excel.cell(row, number).value = row - first + 1
            else:
                mark.value = "不用填"
                self.computed_column(excel, number, by_header[header.removesuffix(COMPUTED_SUFFIX)], spot, last)
        look.grow(excel, TABLE_HEADER_ROW, [(h, width) for (h, _), width in zip(columns, widths, strict=True)], 32)
        reach = next((n for n in range(1, len(widths) + 1) if sum(widths[:n]) >= 110), len(widths))
        sheet_head(excel, table.title, _table_help(table), sum(widths[:reach]), reach)
        for row, typed in enumerate(rows, first):
            marks = dict(zip((parent.header for parent in table.parents), typed.belongs, strict=True))
            for number, (header, below) in enumerate(columns, 1):
                target = excel.cell(row, number)
                assert isinstance(target, ExcelCell)
                if isinstance(below, ParentColumn):
                    look.words(target, marks[header])
                elif header == NUMBER:
                    target.value = typed.number
                elif isinstance(below, Field):
                    cell = in_row(typed.section, by_header[header].names)
                    if cell is not None:
                        self.fill(target, cell, below, header)
            texts = (excel.cell(row, n).value for n, (_, below) in enumerate(columns, 1) if below is not None)
            wide = [width for width, (_, below) in zip(widths, columns, strict=True) if below is not None]
            look.grow(excel, row, zip(texts, wide, strict=True))
        rules.write()
        fixed = max(1, len(table.parents) + table.numbered) if len(columns) > 3 else 0
        freeze = f"{get_column_letter(fixed + 1)}{first}"
        page_setup(excel, sum(widths), TABLE_HEADER_ROW, freeze, look.TAB_TABLE)
        if fixed:
            excel.print_title_cols = f"A:{get_column_letter(fixed)}"

    def input_column(
        self, excel: Worksheet, number: int, column: Column, spot: TableSpot, rules: Rules, area: str, last: int
    ) -> None:
        one, first, letter = column.field, spot.first, get_column_letter(number)
        dimension = excel.column_dimensions[letter]
        dimension.protection, dimension.font = look.UNLOCKED, look.BODY
        dimension.number_format, dimension.alignment = look.number_format(one), look.alignment(one)
        for row in range(first, last + 1):
            look.input_style(excel.cell(row, number), one)
        rules.field(one, area)
        if column is spot.table.key and not spot.table.parents:
            rules.duplicates(area)
        advice = _advice(one)
        if advice:
            text = f"{column.header}：{advice}"
            height = int(look.height_of(text, 34) * 1.4) + 10
            excel.cell(TABLE_HEADER_ROW, number).comment = Comment(text, "填报说明", height=height, width=260)
        made = self.formulas.of_column(spot.table.names, column.names) if one.reconcile is not None else None
        if made is not None:
            there = get_column_letter(number + 1)
            apart = f"ABS(ROUND(N({letter}{first})-N({there}{first}),6))>{_tolerance(made, one)}"
            rules.red(area, f"AND(ISNUMBER({letter}{first}),ISNUMBER({there}{first}),{apart})")

    def computed_column(self, excel: Worksheet, number: int, column: Column, spot: TableSpot, last: int) -> None:
        made = self.formulas.of_column(spot.table.names, column.names)
        begins = spot.marks or spot.columns[spot.table.columns[0].names].typed
        for row in range(spot.first, last + 1):
            cell = excel.cell(row, number)
            look.style(cell, look.SMALL, look.LOCKED_FILL, look.RIGHT if made else look.CENTRED)
            if made is not None:
                cell.value = f'=IF(${begins}{row}="","",{made.text.replace(ROW, str(row))})'
                cell.number_format = look.number_format(column.field)
        if made is None:
            excel.cell(spot.first, number).value = BY_PROGRAM

    # -- values -----------------------------------------------------------------------------------------------------
    def fill(self, target: ExcelCell, cell: Cell, one: Field, label: str) -> None:
        text = printable(cell.text or "").strip()
        if len(cell_words(text)) > LONGEST_TEXT:
            place = Place(sheet=str(target.parent.title), cell=target.coordinate)
            self.findings.append(finding("X030", place, cell.place, label=label, count=len(text), most=LONGEST_TEXT))
        else:
            write_value(target, text, one, half_width(self.typed.unit_of(cell.place.file)), self.unit)


def _mark_column(excel: Worksheet, number: int, first: int, last: int) -> None:
    """序号 and 所属 columns."""
    dimension = excel.column_dimensions[get_column_letter(number)]
    dimension.protection, dimension.font, dimension.alignment = look.UNLOCKED, look.BODY, look.WRAPPED
    for row in range(first, last + 1):
        cell = excel.cell(row, number)
        look.style(cell, look.BODY, look.REQUIRED_FILL, look.WRAPPED)
        cell.protection = look.UNLOCKED


def _width(header: str, below: Field | ParentColumn | None) -> float:
    if isinstance(below, Field):
        return look.column_width(below, header)
    return 30.0 if below is not None else 14.0 if header == NUMBER else 16.0


def _table_help(table: TableSheet) -> str:
    help_ = f"{table.help}。" if table.help else ""
    help_ += "一行填一项，从第一行填起。"
    if table.parents:
        help_ += f"每行先填它属于哪一行（{'、'.join(parent.header for parent in table.parents)}）。"
    if any(column.field.kind == "金额" for column in table.columns):
        help_ += "金额按“填报说明”里的金额单位填。"
    return help_


def _demand(one: Field) -> str:
    """What the office has to do with a field, in a word or two."""
    if one.formula:
        return "可不填"
    if one.required:
        return "必填"
    if one.default is not None and not one.when:
        return f"不填按{one.default}"
    return "视情况必填" if one.when else "选填"


def _advice(one: Field) -> str:
    """The pack's 说明, and how to type what people ask about."""
    ways = {"百分比": "98.2 表示 98.2%", "日期": "如 2024-10-26"}
    return "；".join(part for part in (one.help, ways.get(one.kind, "")) if part)


def _tolerance(made: Formula, one: Field) -> str:
    """What rounding of the parts explains: half a last digit for each. Amounts in 元 are exact, others have 2 decimals.

    Parts of a column count as twenty: a rule of one sheet cannot count rows of another in every Excel.
    """
    if one.kind != "金额":
        return "0.000001"
    terms = made.terms + (20 if made.ranges else 0) + 1
    return f'IF({_UNIT_NAME}="元",0.001,0.005*{terms}+0.00001)'


def _asked(sheet: FormSheet | TableSheet) -> str:
    """必填 when something on the sheet must be filled in."""
    if isinstance(sheet, TableSheet):
        return "必填" if sheet.spec.required else "没有就空着"
    fields = [line.field for line in sheet.lines if line.field is not None]
    if all(one.formula for one in fields):
        return BY_PROGRAM
    return "必填" if any(one.required for one in fields) else "视情况"
