"""Tables of a new workbook: what is filled in row by row, under its own head or an official table's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from generator.filling.typed_rows import TypedRow, in_row
from generator.form.blocks import BY_PROGRAM, COMPUTED_SUFFIX, NUMBER, TOTAL, Column, ParentColumn, TableBlock
from generator.form.fields import ACCOUNT_KINDS, Field
from generator.writing import sheet_look as look
from generator.writing.excel_formulas import ROW, TableSpot
from generator.writing.filling_in import FillingIn, PageInk, advice, demand, tolerance
from generator.writing.positions import BlockSpot, Shown, head_height, table_columns
from generator.writing.sheet_frame import block_head
from generator.writing.write_lines import in_place_style, write_in_place

_REACH = 110
"""Characters over which the help of a wide table runs."""


def table_widths(table: TableBlock) -> list[float]:
    return [_width(shown) for shown in table_columns(table)]


def _width(shown: Shown) -> float:
    if isinstance(shown.below, Field):
        if shown.above and shown.below.kind in ACCOUNT_KINDS:
            return 20.0
        return look.column_width(shown.below, shown.header)
    if shown.above:
        return 34.0
    return 30.0 if shown.below is not None else 14.0 if shown.header == NUMBER else 16.0


def write_table(table: TableBlock, ink: PageInk, filling: FillingIn) -> None:
    _TableWriter(table, ink, filling).write()


class _TableWriter:
    def __init__(self, table: TableBlock, ink: PageInk, filling: FillingIn) -> None:
        self.table, self.ink, self.filling = table, ink, filling
        self.excel: Worksheet = ink.excel
        self.spot: BlockSpot = filling.positions.blocks[table.name]
        self.reach: TableSpot = filling.positions.tables[table.names]
        self.shown = table_columns(table)
        self.by_header = {column.header: column for column in table.columns}

    def write(self) -> None:
        self.head()
        for number, shown in enumerate(self.shown, 1):
            self.column(number, shown)
        if self.spot.total:
            self.total()
        columns = next((n for n in range(1, len(self.shown) + 1) if self.ink.width(n) >= _REACH), len(self.shown))
        block_head(self.excel, self.spot.title, self.table.title, _help(self.table), self.ink.width(columns), columns)
        for row, typed in enumerate(self.filling.rows[self.table.names], self.spot.first):
            self.row(row, typed)

    # -- head
    def head(self) -> None:
        height = head_height(self.table)
        top = self.spot.header - height + 1
        paths = [shown.above or (shown.header,) for shown in self.shown]
        for level in range(height):
            for number in range(1, len(self.shown) + 1):
                look.style(self.excel.cell(top + level, number), look.HEADER, look.HEADER_FILL, look.CENTRED)
        self.over(paths, 0, 0, top)
        widths = [(path[-1], width) for path, width in zip(paths, self.ink.widths, strict=False)]
        look.grow(self.excel, self.spot.header, widths, 32)

    def over(self, paths: Sequence[tuple[str, ...]], first: int, level: int, top: int) -> None:
        """Head cells over the columns from `first`, whose paths begin with the same `level` labels."""
        for key, held in groupby(
            enumerate(paths, first), lambda one: (one[1][level], len(one[1]) > level + 1 or one[0])
        ):
            group = list(held)
            left, right = group[0][0], group[-1][0]
            self.excel.cell(top + level, left + 1, key[0])
            deep = len(group[0][1]) > level + 1
            bottom = top + level if deep else self.spot.header
            if (right, bottom) != (left, top + level):
                self.excel.merge_cells(
                    start_row=top + level, end_row=bottom, start_column=left + 1, end_column=right + 1
                )
            if deep:
                self.over([path for _, path in group], left, level + 1, top)

    # -- columns
    def column(self, number: int, shown: Shown) -> None:
        letter, first, last = get_column_letter(number), self.spot.first, self.spot.last
        mark = self.excel.cell(self.spot.title + 2, number)
        mark.font, mark.alignment = look.SMALL, look.CENTRED
        area = f"{letter}{first}:{letter}{self.reach.last}"
        rules = self.ink.rules
        if isinstance(shown.below, Field):
            mark.value = demand(shown.below)
            self.inputs(number, self.by_header[shown.header], area)
        elif isinstance(shown.below, ParentColumn):
            mark.value = "必填"
            self.marks(number)
            rules.reference(self.filling.positions.tables[shown.below.table], shown.below, area)
        elif shown.header == NUMBER and not shown.above:
            mark.value = "填下一张表时用"
            self.marks(number)
            for row in range(first, last + 1):
                self.excel.cell(row, number).value = row - first + 1
        elif shown.above:
            mark.value = "可不填"
            self.names(number)
        else:
            mark.value = "不用填"
            self.computed(number, self.by_header[shown.header.removesuffix(COMPUTED_SUFFIX)])

    def inputs(self, number: int, column: Column, area: str) -> None:
        one, first, letter = column.field, self.spot.first, get_column_letter(number)
        if self.spot.open and self.spot.title == 1:  # nothing else stands in this column
            dimension = self.excel.column_dimensions[letter]
            dimension.protection, dimension.font = look.UNLOCKED, look.BODY
            dimension.number_format, dimension.alignment = look.number_format(one), look.alignment(one)
        in_place = self.table.official and one.formula
        made = self.filling.formulas.of_column(self.table.names, column.names)
        for row in range(first, self.spot.last + 1):
            cell = self.excel.cell(row, number)
            assert isinstance(cell, ExcelCell)
            look.input_style(cell, one)
            if in_place:
                in_place_style(cell, one)
                if made is not None:
                    cell.value = f'=IF(${self.begins}{row}="","",{made.text.replace(ROW, str(row))})'
        self.ink.rules.field(one, area)
        if column is self.table.key and not self.table.parents:
            self.ink.rules.duplicates(area)
        if words := advice(one):
            text = f"{column.header}：{words}"
            height = int(look.height_of(text, 34) * 1.4) + 10
            head = self.excel.cell(self.spot.header - head_height(self.table) + max(len(column.above), 1), number)
            head.comment = Comment(text, "填报说明", height=height, width=260)
        if made is not None and one.reconcile is not None:
            typed = f"{letter}{first}"
            there = (
                f"({made.text.replace(ROW, str(first))})" if in_place else f"N({get_column_letter(number + 1)}{first})"
            )
            apart = f"ABS(ROUND(N({typed})-{there},6))>{tolerance(made, one)}"
            known = "" if in_place else f",ISNUMBER({get_column_letter(number + 1)}{first})"
            self.ink.rules.red(area, f"AND(ISNUMBER({typed}){known},{apart})")

    def marks(self, number: int) -> None:
        """序号 and 所属 columns."""
        if self.spot.open and self.spot.title == 1:
            dimension = self.excel.column_dimensions[get_column_letter(number)]
            dimension.protection, dimension.font, dimension.alignment = look.UNLOCKED, look.BODY, look.WRAPPED
        for row in range(self.spot.first, self.spot.last + 1):
            cell = self.excel.cell(row, number)
            look.style(cell, look.BODY, look.REQUIRED_FILL, look.WRAPPED)
            cell.protection = look.UNLOCKED

    def names(self, number: int) -> None:
        """The name of the 科目, looked up by the sheet itself; a name may be typed over it."""
        key = self.table.key
        assert key is not None
        known = self.ink.rules.accounts_range(key.field)
        code = self.reach.columns[key.names].typed
        for row in range(self.spot.first, self.spot.last + 1):
            cell = self.excel.cell(row, number)
            look.style(cell, look.BODY, look.LOCKED_FILL, look.WRAPPED)
            cell.protection = look.UNLOCKED
            found = f'INDEX({known},MATCH(${code}{row}&" *",{known},0))'
            cell.value = f'=IF(${code}{row}="","",IFERROR(MID({found},LEN(${code}{row})+2,99),""))'

    @property
    def begins(self) -> str:
        return self.reach.marks or self.reach.columns[self.table.columns[0].names].typed

    def computed(self, number: int, column: Column) -> None:
        made = self.filling.formulas.of_column(self.table.names, column.names)
        for row in range(self.spot.first, self.spot.last + 1):
            cell = self.excel.cell(row, number)
            look.style(cell, look.SMALL, look.LOCKED_FILL, look.RIGHT if made else look.CENTRED)
            if made is not None:
                cell.value = f'=IF(${self.begins}{row}="","",{made.text.replace(ROW, str(row))})'
                cell.number_format = look.number_format(column.field)
        if made is None:
            self.excel.cell(self.spot.first, number).value = BY_PROGRAM

    # -- rows
    def total(self) -> None:
        """合计: fields of their own where the pack has them, else the sum that the sheet makes."""
        row = self.spot.total
        for number, shown in enumerate(self.shown, 1):
            cell = self.excel.cell(row, number)
            assert isinstance(cell, ExcelCell)
            look.style(cell, look.HEADING, look.LOCKED_FILL, look.RIGHT)
            column = self.by_header.get(shown.header) if isinstance(shown.below, Field) else None
            line = self.table.totals.get(column.names) if column is not None else None
            if line is not None:
                write_in_place(cell, line, self.ink, self.filling)
            elif column is not None and column.field.kind == "金额":
                letter = get_column_letter(number)
                cell.value = f"=SUM({letter}{self.spot.first}:{letter}{self.reach.last})"
                cell.number_format = look.number_format(column.field)
        first = self.excel.cell(row, 1, TOTAL)
        first.alignment = look.CENTRED
        look.grow(self.excel, row, (), 20)

    def row(self, row: int, typed: TypedRow) -> None:
        belongs = dict(zip((parent.header for parent in self.table.parents), typed.belongs, strict=True))
        for number, shown in enumerate(self.shown, 1):
            target = self.excel.cell(row, number)
            assert isinstance(target, ExcelCell)
            if isinstance(shown.below, ParentColumn):
                look.words(target, belongs[shown.header])
            elif shown.header == NUMBER and not shown.above:
                target.value = typed.number
            elif isinstance(shown.below, Field):
                cell = in_row(typed.section, self.by_header[shown.header].names)
                if cell is not None:
                    self.filling.fill(target, cell, shown.below, shown.header)
        texts = (self.excel.cell(row, n).value for n, one in enumerate(self.shown, 1) if one.below is not None)
        wide = [self.ink.widths[n] for n, one in enumerate(self.shown) if one.below is not None]
        look.grow(self.excel, row, zip(texts, wide, strict=True))


def _help(table: TableBlock) -> str:
    help_ = f"{table.help}。" if table.help else ""
    if table.official:
        help_ += "栏次与公开表相同，可以把公开表整块粘贴过来（带表头、合计行也可以）；灰底的由程序计算，不用填。"
    else:
        help_ += "一行填一项，从第一行填起；行不够的插入行。"
    if table.parents:
        help_ += f"每行先填它属于哪一行（{'、'.join(parent.header for parent in table.parents)}）。"
    if any(column.field.kind == "金额" for column in table.columns):
        help_ += "金额按“填报说明”里的金额单位填。"
    return help_
