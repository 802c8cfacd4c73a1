"""What stands around the cells of a new workbook: heads of sheets, page setup, protection, the saved file."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

from openpyxl import Workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from generator.names import PROGRAM
from generator.word.sheet import cell_words
from generator.writing import sheet_look as look


def sheet_head(excel: Worksheet, title: str, help_: str, width: float, columns: int) -> None:
    excel["A1"] = title
    excel["A1"].font, excel["A1"].alignment = look.TITLE, look.PLAIN
    look.grow(excel, 1, (), 28)
    excel["A2"] = help_
    excel["A2"].font, excel["A2"].alignment = look.SMALL, look.WRAPPED
    excel.merge_cells(start_row=2, end_row=2, start_column=1, end_column=columns)
    look.grow(excel, 2, [(help_, width)])


def page_setup(excel: Worksheet, width: float, header: int, freeze: str, tab: str) -> None:
    excel.freeze_panes = freeze
    excel.print_title_rows = f"{header}:{header}"
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
