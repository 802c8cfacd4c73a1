"""The workbook embedded in a chart: one sheet, categories down, series across. What Word opens on «编辑数据»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from generator.word.package import Packed, content_types, packed, relationships, zipped
from generator.word.xml import DECLARATION, R, attribute, escaped

_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ML = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


@lru_cache(maxsize=4)
def _fixed_parts(number_format: str) -> tuple[Packed, ...]:
    """All but the sheet; style 1 is the number format of its values."""
    types = content_types(
        {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"},
        {
            "/xl/workbook.xml": f"{_ML}sheet.main+xml",
            "/xl/worksheets/sheet1.xml": f"{_ML}worksheet+xml",
            "/xl/styles.xml": f"{_ML}styles+xml",
        },
    )
    book = (
        f'{DECLARATION}<workbook xmlns="{_S}" xmlns:r="{R}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>"
    )
    styles = (
        f'{DECLARATION}<styleSheet xmlns="{_S}"><numFmts count="1">'
        f'<numFmt numFmtId="164" formatCode="{attribute(number_format)}"/></numFmts>'
        '<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
        '</fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
    return (
        packed("[Content_Types].xml", types),
        packed("_rels/.rels", relationships({"rId1": (f"{R}/officeDocument", "xl/workbook.xml")})),
        packed("xl/workbook.xml", book),
        packed(
            "xl/_rels/workbook.xml.rels",
            relationships({"rId1": (f"{R}/worksheet", "worksheets/sheet1.xml"), "rId2": (f"{R}/styles", "styles.xml")}),
        ),
        packed("xl/styles.xml", styles),
    )


def cell_words(text: str) -> str:
    """Words as a cell stores them: `_x0041_` means A there, so a person who types just that gets `_x005F_x0041_`."""
    return _LIKE_AN_ESCAPE.sub("_x005F_", text) if "_x" in text else text


def column_letter(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def chart_workbook(categories: Sequence[str], series: Sequence[tuple[str, Sequence[str]]], number_format: str) -> bytes:
    """An .xlsx with names in row 1 and column A; `series` holds exact numbers as text."""
    head = "".join(_text(column_letter(column), 1, name) for column, (name, _) in enumerate(series, 1))
    rows = [f'<row r="1">{head}</row>']
    for row, category in enumerate(categories, 2):
        numbers = "".join(
            f'<c r="{column_letter(column)}{row}" s="1"><v>{values[row - 2]}</v></c>'
            for column, (_, values) in enumerate(series, 1)
        )
        rows.append(f'<row r="{row}">{_text("A", row, category)}{numbers}</row>')
    sheet = (
        f'{DECLARATION}<worksheet xmlns="{_S}"><cols><col min="1" max="1" width="30" customWidth="1"/></cols>'
        f"<sheetData>{''.join(rows)}</sheetData></worksheet>"
    )
    return zipped((*_fixed_parts(number_format), packed("xl/worksheets/sheet1.xml", sheet)))


def _text(column: str, row: int, words: str) -> str:
    return f'<c r="{column}{row}" t="inlineStr"><is><t>{escaped(cell_words(words))}</t></is></c>'
