"""A copy of a workbook with the findings at their cells: coloured, with a comment each, and a list on a first sheet.

The workbook itself is never written; what openpyxl cannot carry over (pictures, charts) is missing in the copy only.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.xml.functions import tostring

from generator.border.refused import RefusedError
from generator.diagnostics import Diagnostic, Severity
from generator.diagnostics.as_text import ordered, summary
from generator.form.blocks import OPINIONS
from generator.form.value_reading import printable
from generator.place import Place
from generator.word.sheet import cell_words
from generator.writing.sheet_look import grow
from generator.xlsx.cells import column_letters
from generator.xlsx.workbook_package import open_package

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FILLS = {
    Severity.ERROR: "F4B6B0",
    Severity.TO_FILL: "FFFF99",
    Severity.WARNING: "FFE08A",
    Severity.INFO: "CFE2F3",
}
_HEADERS = (
    ("序号", 6),
    ("级别", 8),
    ("位置", 30),
    ("问题", 60),
    ("怎么办", 50),
    ("涉及的其他单元格", 36),
    ("编号", 10),
)
_AUTHOR = "核对意见"
_MOST_TAGS = 2_000_000
"""openpyxl takes some 500 bytes for a cell."""
_NO_DAY = datetime(1980, 1, 1)
_LONGEST = 30_000
_THIN = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def annotated(file: str, data: bytes, findings: Sequence[Diagnostic]) -> bytes:
    """The copy. A workbook that cannot be carried over is left out of it: then the copy is the list alone."""
    workbook = opened_whole(data)
    if workbook is not None:
        with suppress(Exception):  # openpyxl stops in saving, too: at a column's width of four hundred digits
            return _noted(workbook, file, findings)
    return _noted(_empty(), file, findings)


def _noted(workbook: Workbook, file: str, findings: Sequence[Diagnostic]) -> bytes:
    _mark_cells(workbook, file, findings)
    _write_list(workbook, file, findings)
    return _packed(workbook)


def opened_whole(data: bytes) -> Workbook | None:
    try:
        # openpyxl reads every part and holds every cell: first make sure that none of them does harm.
        package = open_package(data)
        for part in package.entries:
            if part.endswith((".xml", ".rels", ".vml")):
                package.parse(part, lambda _tag, _attributes: None)
        if package.tags > _MOST_TAGS:
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(data))
    except RefusedError:
        return None
    except Exception:  # openpyxl stops in many ways at what WPS and others write into styles and drawings
        return None


def _empty() -> Workbook:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.created = workbook.properties.modified = _NO_DAY
    return workbook


def _mark_cells(workbook: Workbook, file: str, findings: Sequence[Diagnostic]) -> None:
    at: dict[tuple[str, str], list[Diagnostic]] = {}
    for one in ordered(findings):
        for place in dict.fromkeys(one.places):
            if place.file == file and place.cell and place.sheet in workbook.sheetnames:
                at.setdefault((place.sheet, place.cell), []).append(one)
    for (sheet, address), found in at.items():
        cell = workbook[sheet][address]
        if isinstance(cell, MergedCell):
            area = next(area for area in workbook[sheet].merged_cells.ranges if address in area)
            cell = workbook[sheet].cell(area.min_row, area.min_col)
        worst = max(one.severity for one in found)
        cell.fill = PatternFill("solid", fgColor=_FILLS[worst])
        words = "\n\n".join(_note(one, Place(file, sheet=sheet, cell=address)) for one in found)
        before = f"\n\n————\n{cell.comment.text}" if cell.comment is not None else ""
        comment = Comment(printable(cell_words(words) + before)[:_LONGEST], _AUTHOR)
        lines = sum(len(line) // 22 + 1 for line in comment.text.splitlines())
        comment.width, comment.height = 360, min(max(lines, 4), 24) * 19
        cell.comment = comment


def _note(one: Diagnostic, here: Place) -> str:
    others = [str(_short(place, here)) for place in dict.fromkeys(one.places) if place != here]
    parts = [f"【{one.severity.word} {one.code}】{one.message}"]
    if one.hint.strip():
        parts.append(one.hint)
    if others:
        parts.append(f"涉及：{'；'.join(others[:6])}")
    return "\n".join(parts)


def _short(place: Place, here: Place) -> Place:
    """Without the name of the file that the reader has before him."""
    return Place("", place.line, place.sheet, place.cell) if place.file == here.file and place.cell else place


def _write_list(workbook: Workbook, file: str, findings: Sequence[Diagnostic]) -> None:
    if OPINIONS in workbook.sheetnames:
        workbook.remove(workbook[OPINIONS])
    sheet: Worksheet = workbook.create_sheet(OPINIONS, 0)
    workbook.active = 0
    for other in workbook.worksheets[1:]:
        other.sheet_view.tabSelected = False
    sheet["A1"] = cell_words(f"核对意见：{file}")
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A2"] = f"共{summary(findings)}。请在原来的工作簿里修改；这一份是副本，不会被读取。点“位置”可以跳到单元格。"
    for column, (header, width) in enumerate(_HEADERS, 1):
        head = sheet.cell(4, column, header)
        head.font, head.border = Font(bold=True), _BORDER
        head.fill = PatternFill("solid", fgColor="D9D9D9")
        sheet.column_dimensions[column_letters(column)].width = width
    for number, one in enumerate(ordered(findings), 1):
        row = number + 4
        place = one.place
        others = "；".join(str(_short(other, Place(file))) for other in dict.fromkeys(one.places[1:]))
        shown = str(_short(place, Place(file))) or "—"
        hint = "\n".join(part for part in (one.hint.strip(), f"依据：{one.basis}" if one.basis else "") if part)
        values: tuple[str | int, ...] = (number, one.severity.word, shown, one.message, hint, others, one.code)
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column, cell_words(printable(value)[:_LONGEST]) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"  # words that begin with “=” are words
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = _BORDER
        grow(sheet, row, zip(values, (width for _, width in _HEADERS), strict=True))
        sheet.cell(row, 2).fill = PatternFill("solid", fgColor=_FILLS[one.severity])
        if place.file == file and place.sheet in workbook.sheetnames:
            target = sheet.cell(row, 3)
            quoted = place.sheet.replace("'", "''")
            target.hyperlink = Hyperlink(target.coordinate, location=f"'{quoted}'!{place.cell or 'A1'}")
            target.font = Font(color="0563C1", underline="single")
    sheet.freeze_panes = "A5"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "4:4"


def _packed(workbook: Workbook) -> bytes:
    """openpyxl writes the time of day as the date of the change and of the parts: same workbook, same bytes instead."""
    changed = workbook.properties.modified or _NO_DAY
    raw = io.BytesIO()
    workbook.save(raw)
    workbook.properties.modified = changed
    core = tostring(workbook.properties.to_tree())
    made = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = core if name == "docProps/core.xml" else source.read(name)
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()
