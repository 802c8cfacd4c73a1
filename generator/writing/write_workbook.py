"""A form as a workbook to fill in, blank or with what an input already holds.

Where things stand is `layout`'s and `positions`', how they look `sheet_look`'s. Same form, same input, same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from generator.diagnostics import Outcome
from generator.facts.accounts import Accounts
from generator.filling.typed_rows import Typed
from generator.form.blocks import (
    BY_PROGRAM,
    DEMAND,
    HELP,
    LABEL,
    UNIT,
    VALUE,
    Block,
    FormBlock,
    FormLine,
    MatrixBlock,
    TableBlock,
)
from generator.form.fields import Fields
from generator.form.layout import Page, lay_out
from generator.form.roll_memory import DIGEST, FIGURE, NAME, Memory
from generator.form.roll_memory import WORD as MEMORY
from generator.form.sources import Source
from generator.quantity import MONEY_UNITS
from generator.writing import sheet_look as look
from generator.writing.entry_rules import Rules
from generator.writing.filling_in import UNIT_NAME, FillingIn, PageInk, demand
from generator.writing.positions import head_height, quoted
from generator.writing.sheet_frame import page_setup, saved_bytes, sheet_head
from generator.writing.write_lines import form_words, matrix_widths, write_form, write_matrix
from generator.writing.write_table import table_widths, write_table

_WAYS = (
    "只填有颜色的格：黄色的必须填，绿色的没有就空着；灰色的由程序计算，不用填。",
    "没有发生的金额填 0；不存在这一项的填“不适用”；空着表示还没有填。",
    "金额都按上面的“金额单位”填，只填数，不写“元”“万元”。",
    "表不够长的，在表中间插入行；工作表、列的次序可以变，带“◆”的题名、项目名称和表头的文字请不要改。",
    "有下拉箭头的可以选，也可以照着写；科目可以只写编码。一格里换行按 Alt+Enter。",
    "“程序计算”列和灰底的格只供核对。在合计里填了数的，与算出的不符就显示红色。",
    "表头右上角有红三角的，鼠标移上去看填报说明。工作表只锁住不用填的格，没有密码，可以撤销保护。",
)
_ROLLED_WAYS = (
    "写着“〔待填〕”的格，请换成本年的内容；没有发生的金额填 0，不涉及的删去这几个字。",
    "“〔待确认〕”后面是上年的内容：请改成本年的情况，再删去“〔待确认〕”；没有变化的只删去这几个字。",
)
"""For a workbook that was rolled forward."""
_FRONT_WIDTHS = (24.0, 30.0, 12.0, 16.0, 66.0)
_FRONT_HEADER = 3


@dataclass(frozen=True, slots=True)
class NewBook:
    """What a workbook is made for. `report` is the pack's name; `sources` what is filled in already; `memory` what it
    remembers of the year before; `sentences` by the path of a text: the sentence in which it will stand."""

    report: str
    title: str
    fields: Fields
    accounts: Accounts
    year: int
    sources: Sequence[Source] = ()
    memory: Memory | None = None
    sentences: Mapping[str, str] = field(default_factory=dict)


def write_workbook(book: NewBook) -> Outcome[bytes]:
    """The .xlsx. X030 when a text is longer than a cell can hold: it is left out.

    Amounts stand in the 金额单位 of the input, those of a file with another unit with their unit behind them.
    """
    writer = _WorkbookWriter(book)
    writer.write()
    return Outcome(saved_bytes(writer.filling.workbook, book.title, book.year), tuple(writer.filling.findings))


class _WorkbookWriter:
    def __init__(self, book: NewBook) -> None:
        self.book = book
        self.layout = lay_out(book.fields)
        typed = Typed(book.sources, book.fields)
        self.filling = FillingIn(self.layout, typed, book.accounts, book.year, book.sentences)
        self.workbook = self.filling.workbook

    def write(self) -> None:
        self.front(self.layout.pages[0])
        for page in self.layout.pages[1:]:
            self.page(page)
        self.filling.lists.write()
        if self.book.memory is not None:
            self.remember(self.book.memory)

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

    # -- pages
    def page(self, page: Page) -> None:
        excel = self.workbook.create_sheet(page.name)
        widths = [max(column) for column in zip_longest(*(_widths(block) for block in page.blocks), fillvalue=0.0)]
        for number, width in enumerate(widths, 1):
            excel.column_dimensions[get_column_letter(number)].width = width
        ink = PageInk(excel, Rules(excel, self.filling.lists), widths)
        for block in page.blocks:
            if isinstance(block, FormBlock):
                write_form(block, ink, self.filling)
            elif isinstance(block, MatrixBlock):
                write_matrix(block, ink, self.filling)
            else:
                write_table(block, ink, self.filling)
        ink.rules.write()
        spots = [self.filling.positions.blocks[block.name] for block in page.blocks]
        area = f"A1:{get_column_letter(len(widths))}{spots[-1].last}"
        freeze, repeated = "A1", None
        only = page.blocks[0]
        if len(page.blocks) == 1:
            height = head_height(only) if isinstance(only, TableBlock) else 1
            repeated = (spots[0].header - height + 1, spots[0].header)
            fixed = _fixed(only)
            freeze = f"{get_column_letter(fixed + 1)}{spots[0].first}"
            if fixed:
                excel.print_title_cols = f"A:{get_column_letter(fixed)}"
        tab = look.TAB_TABLE if any(isinstance(block, TableBlock) for block in page.blocks) else look.TAB_FORM
        page_setup(excel, sum(widths), area, repeated, freeze, tab)

    # -- the first sheet
    def front(self, page: Page) -> None:
        excel, form = self.workbook.create_sheet(page.name), self.layout.front
        rules = Rules(excel, self.filling.lists)
        for number, (word, width) in enumerate(zip((LABEL, VALUE, UNIT, DEMAND, HELP), _FRONT_WIDTHS, strict=True), 1):
            look.style(excel.cell(_FRONT_HEADER, number, word), look.HEADER, look.HEADER_FILL, look.CENTRED)
            excel.column_dimensions[get_column_letter(number)].width = width
        help_ = "先在这里填年度和金额单位，再逐张工作表填写。"
        sheet_head(excel, f"{self.book.title} 填报工作簿", help_, sum(_FRONT_WIDTHS), len(_FRONT_WIDTHS))
        for row, line in enumerate(form.lines, _FRONT_HEADER + 1):
            self.front_line(line, row, excel, rules)
        rules.write()
        last = self.instructions(excel, _FRONT_HEADER + len(form.lines) + 2)
        page_setup(excel, sum(_FRONT_WIDTHS), f"A1:E{last}", None, "A1", look.TAB_FRONT)

    def front_line(self, line: FormLine, row: int, excel: Worksheet, rules: Rules) -> None:
        for number, word in enumerate((LABEL, VALUE, UNIT, DEMAND, HELP), 1):
            look.style(excel.cell(row, number), look.SMALL if word in (DEMAND, HELP) else look.BODY, None, look.WRAPPED)
        excel.cell(row, 1).value = line.label
        value, wanted, help_ = excel.cell(row, 2), excel.cell(row, 4), excel.cell(row, 5)
        assert isinstance(value, ExcelCell)
        if line.field is not None:
            look.input_style(value, line.field)
            cell = self.filling.typed.single(line.names)
            if cell is not None:
                self.filling.fill(value, cell, line.field, line.label)
            else:
                value.value = self.book.year
            rules.field(line.field, f"B{row}")
            wanted.value, help_.value = demand(line.field), line.field.help or None
            return
        is_unit = line.label == UNIT_NAME
        value.value = self.filling.unit if is_unit else self.book.report
        wanted.value = "必填" if is_unit else "不要改"
        help_.value = "全部金额都按这个单位填" if is_unit else "模板包的名称"
        look.style(value, look.BODY, look.REQUIRED_FILL if is_unit else look.LOCKED_FILL, look.WRAPPED)
        if is_unit:
            value.protection = look.UNLOCKED
            rules.choices(tuple(MONEY_UNITS), f"B{row}")
            name = DefinedName(UNIT_NAME, attr_text=f"{quoted(excel.title)}$B${row}")
            self.workbook.defined_names[UNIT_NAME] = name

    def instructions(self, excel: Worksheet, row: int) -> int:
        """What to do, and a link to every sheet; the last row."""
        excel.cell(row, 1, "怎样填").font = look.HEADER
        for number, way in enumerate((*_WAYS, *(_ROLLED_WAYS if self.book.memory is not None else ())), 1):
            row += 1
            cell = excel.cell(row, 1, f"{number}. {way}")
            cell.font, cell.alignment = look.BODY, look.WRAPPED
            excel.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(_FRONT_WIDTHS))
            look.grow(excel, row, [(cell.value, sum(_FRONT_WIDTHS))])
        row += 2
        excel.cell(row, 1, "全部工作表").font = look.HEADER
        for page in self.layout.pages[1:]:
            row += 1
            # Column 项目 stays empty: these are no lines of the form.
            name = excel.cell(row, 2, page.name)
            name.hyperlink = Hyperlink(name.coordinate, location=f"{quoted(page.name)}A1")
            look.style(name, look.LINK, None, look.WRAPPED)
            about = "；".join(block.title for block in page.blocks)
            for number, text in enumerate(("", _asked(page), about), 3):
                look.style(excel.cell(row, number, text or None), look.SMALL, None, look.WRAPPED)
            look.grow(excel, row, [(page.name, _FRONT_WIDTHS[1]), (about, _FRONT_WIDTHS[4])])
        return row


def _widths(block: Block) -> list[float]:
    if isinstance(block, FormBlock):
        return [width for _, width in form_words(block)]
    return matrix_widths(block) if isinstance(block, MatrixBlock) else table_widths(block)


def _fixed(block: Block) -> int:
    """Columns that stay in view."""
    if isinstance(block, TableBlock):
        shown = len(block.columns) + len(block.parents)
        return max(1, len(block.parents) + block.numbered + bool(block.named)) if shown > 3 else 0
    return 1


def _asked(page: Page) -> str:
    """必填 when something on the sheet must be filled in."""
    asked = [_asked_by(block) for block in page.blocks]
    return next((word for word in ("必填", "视情况", "没有就空着") if word in asked), BY_PROGRAM)


def _asked_by(block: Block) -> str:
    if isinstance(block, TableBlock):
        return "必填" if block.spec.required else "没有就空着"
    fields = [line.field for line in block.lines if line.field is not None]
    if all(one.formula for one in fields):
        return BY_PROGRAM
    return "必填" if any(one.required for one in fields) else "视情况"
