"""What stands around the cells of a new workbook: heads of sheets, page setup, protection, the saved file."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from generator.form.blocks import MARK
from generator.names import PROGRAM
from generator.word.sheet import cell_words
from generator.writing import sheet_look as look


def sheet_head(excel: Worksheet, title: str, help_: str, width: float, columns: int) -> None:
    _head(excel, 1, title, look.TITLE, help_, width, columns)


def block_head(excel: Worksheet, row: int, title: str, help_: str, width: float, columns: int) -> None:
    """Title, with the mark by which it is found again, and help of a block that begins in `row`."""
    _head(excel, row, f"{MARK} {title}", look.BLOCK_TITLE, help_, width, columns)


def _head(excel: Worksheet, row: int, title: str, font: Font, help_: str, width: float, columns: int) -> None:
    head, below = excel.cell(row, 1, title), excel.cell(row + 1, 1, help_)
    head.font, head.alignment = font, look.PLAIN
    look.grow(excel, row, (), 28)
    below.font, below.alignment = look.SMALL, look.WRAPPED
    excel.merge_cells(start_row=row + 1, end_row=row + 1, start_column=1, end_column=columns)
    look.grow(excel, row + 1, [(help_, width)])


def page_setup(
    excel: Worksheet, width: float, area: str, repeated: tuple[int, int] | None, freeze: str, tab: str
) -> None:
    """`area`: what is printed; `repeated`: first and last row of the head that each page repeats."""
    excel.freeze_panes = freeze
    excel.print_area = area
    if repeated is not None:
        excel.print_title_rows = f"{repeated[0]}:{repeated[1]}"
    excel.sheet_view.showGridLines = False
    excel.sheet_properties.tabColor = tab
    excel.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    setup = excel.page_setup
    setup.paperSize, setup.fitToHeight = 9, 0
    setup.orientation = "landscape" if width > 100 else "portrait"
    setup.fitToWidth = max(1, round(width / 190))
    margins = excel.page_margins
    margins.left = margins.right = 0.5
    margins.top = margins.bottom = 0.7
    footer = excel.oddFooter
    if footer is not None and footer.left is not None and footer.right is not None:
        footer.left.text, footer.right.text = "&A", "第 &P 页，共 &N 页"
    guard = excel.protection
    guard.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter"):
        setattr(guard, allowed, False)  # False: not forbidden


def saved_bytes(workbook: Workbook, title: str, year: int) -> bytes:
    """The .xlsx: same workbook, same bytes. openpyxl writes the time of day into two places; both are fixed here."""
    day = datetime(year + 1, 1, 1)
    workbook.properties.title, workbook.properties.creator = title, PROGRAM
    workbook.calculation.fullCalcOnLoad = True
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "s" and "_x" in str(cell.value):
                    cell.value = cell_words(str(cell.value))
                    cell.data_type = "s"  # openpyxl takes words that begin with “=” for a formula
    raw = io.BytesIO()
    workbook.save(raw)
    workbook.properties.created = workbook.properties.modified = day
    core = tostring(workbook.properties.to_tree())
    made = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = core if name == "docProps/core.xml" else source.read(name)
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()
