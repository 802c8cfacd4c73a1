"""What a cell stores and how it is styled → the text that a person would have typed."""

from __future__ import annotations

import pytest
from xlsx_by_hand import parts, zipped

from generator.xlsx.book import open_book
from generator.xlsx.cells import Calculated, CellGrid, column_letters, column_number

STYLES = """
<numFmts count="6">
  <numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>
  <numFmt numFmtId="165" formatCode="0.0%;[Red]\\-0.0%"/>
  <numFmt numFmtId="166" formatCode="#,##0.00_);[Red]\\(#,##0.00\\)"/>
  <numFmt numFmtId="167" formatCode="0&quot;万元（合计%）&quot;"/>
  <numFmt numFmtId="168" formatCode="[$-804]yyyy/m/d h:mm"/>
  <numFmt numFmtId="169" formatCode="&quot;第&quot;0&quot;day&quot;"/>
</numFmts>
<cellXfs>
  <xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="14"/><xf numFmtId="31"/><xf numFmtId="164"/><xf numFmtId="165"/>
  <xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="168"/><xf numFmtId="169"/><xf numFmtId="4"/>
</cellXfs>
"""
GENERAL, PERCENT, DAY, CHINESE_DAY, DAY_WORDS, RED_PERCENT, BRACKETS, UNIT_WORDS, MOMENT, WORDS, THOUSANDS = range(11)


def read(cells: str, **extra: str) -> CellGrid:
    book = open_book(zipped(parts(("表", f'<sheetData><row r="1">{cells}</row></sheetData>'), styles=STYLES, **extra)))
    return book.grid(book.sheets[0])


@pytest.mark.parametrize(
    ("stored", "style", "text"),
    [
        ("91.68", GENERAL, "91.68"),
        ("133640", GENERAL, "133640"),
        ("133640.0", GENERAL, "133640"),
        ("36.570000000000007", GENERAL, "36.57"),
        ("36.57000000000001", GENERAL, "36.57"),
        ("1234567.8900000001", THOUSANDS, "1234567.89"),
        ("0.30000000000000004", GENERAL, "0.3"),
        ("5.5511151231257827E-17", GENERAL, "0"),
        ("9.9999999999994316E-2", GENERAL, "0.1"),
        ("-1.1368683772161603E-13", BRACKETS, "0"),
        ("-1234.5", BRACKETS, "-1234.5"),
        ("1E+15", GENERAL, "1000000000000000"),
        ("1.5E5", GENERAL, "150000"),
        ("0.0012345678", GENERAL, "0.0012345678"),
        ("1E+999999", GENERAL, "1E+999999"),
        ("0.1507", PERCENT, "15.07%"),
        ("0.15070000000000003", PERCENT, "15.07%"),
        ("1", PERCENT, "100%"),
        ("-0.2434", RED_PERCENT, "-24.34%"),
        ("0", PERCENT, "0%"),
        ("0.1507", GENERAL, "0.1507"),
        ("12", UNIT_WORDS, "12"),
        ("12", WORDS, "12"),
        ("44495", DAY, "2021-10-26"),
        ("44495", CHINESE_DAY, "2021-10-26"),
        ("44495", DAY_WORDS, "2021-10-26"),
        ("44495.604166666664", MOMENT, "2021-10-26 14:30:00"),
        ("59", DAY, "1900-02-28"),
        ("0.5", MOMENT, "12:00:00"),
        ("-5", DAY, "-5"),
    ],
)
def test_numbers(stored: str, style: int, text: str) -> None:
    assert read(f'<c r="A1" s="{style}"><v>{stored}</v></c>').text(1, 1) == text


def test_a_workbook_of_the_old_macintosh_counts_days_from_1904() -> None:
    grid = read(f'<c r="A1" s="{DAY}"><v>43033</v></c>', workbook='<workbookPr date1904="1"/>')
    assert grid.text(1, 1) == "2021-10-26"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1" t="b"><v>1</v></c>', "是"),
        ('<c r="A1" t="b"><v>0</v></c>', "否"),
        ('<c r="A1" t="inlineStr"><is><t>１２．５</t></is></c>', "１２．５"),
        ('<c r="A1" t="inlineStr"><is><r><t>一是</t></r><r><t>加强</t></r></is></c>', "一是加强"),
        ('<c r="A1" t="str"><v>91.68万元</v></c>', "91.68万元"),
        ('<c r="A1" t="d"><v>2021-10-26T00:00:00</v></c>', "2021-10-26"),
        ('<c r="A1"><f>B1+C1</f><v>12.50</v></c>', Calculated("12.5")),
        ('<c r="A1" t="str"><f>B1&amp;"元"</f><v>5元</v></c>', Calculated("5元")),
        ('<c r="A1" t="str"><f>IF(B1="","",B1)</f><v></v></c>', Calculated("")),
        ('<c r="A1"><f>SUM(B1:B9)</f><v></v></c>', Calculated("=SUM(B1:B9)", "X010")),
        ('<c r="A1"><f t="shared" si="0"/></c>', Calculated("=", "X010")),
        ('<c r="A1" t="e"><f>B1/C1</f><v>#DIV/0!</v></c>', Calculated("#DIV/0!", "I034")),
        ('<c r="A1" t="e"><v>#REF!</v></c>', Calculated("#REF!", "I034")),
        ('<c r="A1" s="3"/>', None),
        ('<c r="A1" t="inlineStr"><is><t></t></is></c>', None),
    ],
)
def test_kinds_of_cells(cell: str, value: object) -> None:
    assert read(cell).value(1, 1) == value


def test_shared_strings_with_formatting_phonetics_and_line_breaks() -> None:
    strings = """<si><t>一</t></si>
    <si><r><rPr/><t>医疗</t></r><r><t xml:space="preserve"> 保障</t></r><rPh sb="0" eb="1"><t>yi</t></rPh></si>
    <si><t>第一行_x000D_\n第二行 _x005F_x000D_</t></si>"""
    cells = "".join(f'<c r="{letter}1" t="s"><v>{n}</v></c>' for n, letter in enumerate("ABC"))
    grid = read(cells, strings=strings)
    assert [grid.text(1, column) for column in (1, 2, 3)] == ["一", "医疗 保障", "第一行\r\n第二行 _x000D_"]


def test_cells_without_addresses_stand_one_after_the_other() -> None:
    sheet = "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>"
    book = open_book(zipped(parts(("表", sheet))))
    assert book.grid(book.sheets[0]).rows == {1: {1: "1", 2: "2"}, 2: {1: "3"}}


def test_merged_cells_speak_from_their_first_cell() -> None:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="str"><v>甲{row}</v></c><c r="B{row}"><v>{row}</v></c></row>'
        for row in (1, 2, 3)
    )
    merged = '<mergeCells><mergeCell ref="A1:A3"/><mergeCell ref="B1:C1"/></mergeCells>'
    book = open_book(zipped(parts(("表", f"<sheetData>{rows}</sheetData>{merged}"))))
    grid = book.grid(book.sheets[0])
    assert grid.rows == {1: {1: "甲1", 2: "1"}, 2: {2: "2"}, 3: {2: "3"}}
    assert grid.covered == {(2, 1): 1, (3, 1): 1}


def test_hidden_rows_columns_and_sheets_are_known() -> None:
    inside = (
        '<cols><col min="3" max="4" hidden="1"/></cols><sheetData><row r="2" hidden="1"><c r="A2"><v>1</v></c></row>'
        "</sheetData>"
    )
    book = open_book(zipped(parts(("表", inside), ("旧", ""), states={"旧": "hidden"})))
    grid = book.grid(book.sheets[0])
    assert grid.hidden_rows == {2}
    assert [grid.column_is_hidden(column) for column in (2, 3, 4, 5)] == [False, True, True, False]
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [("表", False), ("旧", True)]
    assert book.is_empty(book.sheets[1]) and not book.is_empty(book.sheets[0])


def test_prefixed_names_as_some_treasury_programs_write_them() -> None:
    made = parts(("表", '<sheetData><row r="1"><c r="A1"><v>5</v></c></row></sheetData>'))
    sheet = made["xl/worksheets/sheet1.xml"]
    for tag in ("worksheet", "sheetData", "row", "c", "v"):
        sheet = (
            sheet.replace(f"<{tag} ", f"<x:{tag} ")
            .replace(f"<{tag}>", f"<x:{tag}>")
            .replace(f"</{tag}>", f"</x:{tag}>")
        )
    made["xl/worksheets/sheet1.xml"] = sheet.replace("xmlns=", "xmlns:x=")
    book = open_book(zipped(made))
    assert book.grid(book.sheets[0]).text(1, 1) == "5"


def test_addresses() -> None:
    assert [column_number(word) for word in ("A", "Z", "AA", "xfd", "ABCD", "A-")] == [1, 26, 27, 16384, 0, 0]
    assert [column_letters(number) for number in (1, 26, 27, 16384)] == ["A", "Z", "AA", "XFD"]
