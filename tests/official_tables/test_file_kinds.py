"""The same table in every kind of file that an office has gives the same figures, each with a place to look at."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from pypdf import PdfWriter
from pypdf.generic import NameObject, StreamObject
from small_tables import amounts

from generator.border.file_kinds import refusal
from generator.border.refused import RefusedError
from generator.commands.import_tables import read_file
from generator.grids.grid_maker import cell_text
from generator.grids.pages_of_file import kind_of, pages_of
from generator.importing.pieces import read_pages
from generator.official_tables.official_table import OfficialTable
from generator.pack import Pack, PackRoots, load_pack

LINES = ("附件2", "一般公共预算财政拨款支出决算表", "部门：甲市财政局", "2024年度", "单位：万元")
EXPECTED = {
    "合计的合计": "1234.5",
    "合计的基本支出": "1200.5",
    "合计的项目支出": "34",
    "2010601 行政运行的合计": "1234.5",
    "2010601 行政运行的基本支出": "1200.5",
    "2010601 行政运行的项目支出": "34",
}


@pytest.fixture(scope="module")
def pack() -> Pack:
    loaded = load_pack("final-accounts-national", PackRoots.with_own())
    assert loaded.value is not None
    return loaded.value


def read(pack: Pack, data: bytes, name: str = "表") -> tuple[OfficialTable, ...]:
    found = read_pages(pages_of(name, data), pack.import_form, pack.report.accounts)
    assert found.diagnostics == ()
    return found.value


# -- what web systems call .xls ---------------------------------------------------------------------------------------
HTML = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv="Content-Type" content="text/html; charset={coding}"><style>td {{}}</style></head><body>
<h3>{lines}</h3>
<table border=1>
<tr><td rowspan=2>科目编码<td rowspan="2">科目名称</td><td colspan=3>预算数</td><td colspan=3><b>决算</b>数</td></tr>
<tr><th>合计<th>基本支出<th>项目支出<th>合计<th>基本支出<th>项目支出</tr>
<tr><td>2010601<td>行政<br>运行<td>9<td>9<td>0<td>1,234.50<td>1,200.50<td>34.00</tr>
<tr><td colspan=2>合计<td>9<td>9<td>&nbsp;<td>1,234.50<td>1,200.50<td>34.00</tr>
</table></body></html>"""
XML = """<?xml version="1.0" encoding="{coding}"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="{title}"><Table>
<Row><Cell ss:Index="2"><Data ss:Type="String">单位：万元</Data></Cell></Row>
<Row ss:Index="4"><Cell ss:MergeDown="1"><Data ss:Type="String">科目编码</Data></Cell>
<Cell ss:MergeDown="1"><Data ss:Type="String">科目名称</Data></Cell>
<Cell ss:MergeAcross="2"><Data ss:Type="String">决算数</Data></Cell>
<Cell ss:MergeAcross="2"><Data ss:Type="String">上年数</Data></Cell></Row>
<Row><Cell ss:Index="3"><Data ss:Type="String">合计</Data></Cell><Cell><Data ss:Type="String">基本支出</Data></Cell>
<Cell><Data ss:Type="String">项目支出</Data></Cell><Cell><Data ss:Type="String">合计</Data></Cell></Row>
<Row><Cell><Data ss:Type="Number">2010601</Data></Cell><Cell><Data ss:Type="String">行政运行</Data></Cell>
<Cell><Data ss:Type="Number">1.2344999999999999E3</Data></Cell><Cell><Data ss:Type="Number">1200.5</Data></Cell>
<Cell ss:Index="5"><Data ss:Type="Number">34</Data></Cell><Cell><Data ss:Type="Number">7</Data></Cell></Row>
<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">合计</Data></Cell><Cell><Data ss:Type="Number">1234.5</Data></Cell>
<Cell><Data ss:Type="Number">1200.5</Data></Cell><Cell><Data ss:Type="Number">34</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


@pytest.mark.parametrize("coding", ["utf-8", "gb2312", "utf-16"])
def test_html_and_xml_named_xls(pack: Pack, coding: str) -> None:
    html = HTML.format(coding=coding, lines="<br>".join(LINES)).encode(coding)
    xml = XML.format(coding=coding, title=LINES[1]).encode(coding)
    assert (kind_of(html), kind_of(xml)) == ("html", "xml")
    (table,) = read(pack, html, "导出.xls")
    assert {what: text.removesuffix("0").removesuffix(".0") for what, text in amounts(table).items()} == EXPECTED
    assert (table.unit, table.year, table.department) == ("万元", 2024, "甲市财政局")
    assert str(table.accounts[0].amounts["合计"].place) == "导出.xls · 第1张表第3行第6列"
    (table,) = read(pack, xml, "导出.xls")
    assert amounts(table) == EXPECTED
    assert str(table.accounts[0].amounts["合计"].place) == f"导出.xls · {LINES[1]}!C6"


def test_html_inside_tables_that_arrange_the_page(pack: Pack) -> None:
    inner = re.search("<table.*</table>", HTML.format(coding="", lines=""), re.S)
    assert inner is not None
    lines = "".join(f"<tr><td>{line}</td></tr>" for line in LINES)
    text = f"<div><table>{lines}<tr><td>{inner[0]}</td></tr></table></div>"
    (table,) = read(pack, text.encode())
    assert len(amounts(table)) == 6
    assert table.unit == "万元"


# -- Word -------------------------------------------------------------------------------------------------------------
def word() -> bytes:
    document = Document()
    document.add_heading("第二部分 2024年度部门决算表")
    for line in LINES:
        document.add_paragraph(line)
    table = document.add_table(4, 8, "Table Grid")
    texts = (
        ("科目编码", "科目名称", "预算数", "", "", "决算数", "", ""),
        ("", "", "合计", "基本支出", "项目支出", "合计", "基本支出", "项目支出"),
        ("2010601", "行政\n运行", "9", "9", "0", "1,234.5", "1,200.5", "34"),
        ("合计", "", "9", "9", "0", "1234.5", "1200.5", "34"),
    )
    for cells, words in zip(table.rows, texts, strict=True):
        for cell, text in zip(cells.cells, words, strict=True):
            cell.text = text
    for first, last in (((0, 2), (0, 4)), ((0, 5), (0, 7)), ((0, 0), (1, 0)), ((0, 1), (1, 1)), ((3, 0), (3, 1))):
        table.cell(*first).merge(table.cell(*last))
    document.add_paragraph("注：本表反映部门本年度一般公共预算财政拨款支出情况，不含往来款。")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_word_file(pack: Pack) -> None:
    (table,) = read(pack, word(), "公开.docx")
    assert amounts(table) == EXPECTED
    assert (table.unit, table.year, table.department) == ("万元", 2024, "甲市财政局")
    assert str(table.accounts[0].amounts["项目支出"].place) == "公开.docx · 第1张表第3行第8列"


def test_titles_of_a_contents_list_belong_to_no_table(pack: Pack) -> None:
    document = Document()
    for title in ("收入支出决算总表", "收入决算表", "国有资本经营预算财政拨款支出决算表"):
        document.add_paragraph(title)
    table = document.add_table(2, 5)
    for cells, words in zip(
        table.rows, (("科目编码", "科目名称", "合计", "基本支出", "项目支出"), "21345"), strict=True
    ):
        for cell, text in zip(cells.cells, words, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    found = read_pages(pages_of("目录.docx", stream.getvalue()), pack.import_form, pack.report.accounts)
    assert [table.form.name for table in found.value] != ["国有资本经营预算财政拨款支出决算表"]


def test_numbers_below_each_other_in_one_cell_stay_two() -> None:
    assert cell_text("一般公共\n预算 财政\n拨款") == "一般公共预算 财政拨款"
    assert cell_text("12.50\n3.40") == "12.50 3.40"


# -- PDF --------------------------------------------------------------------------------------------------------------
def test_a_pdf_of_the_word_file(pack: Pack, tmp_path: Path, libreoffice: Path) -> None:
    (tmp_path / "公开.docx").write_bytes(word())
    command = [libreoffice, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "公开.docx"]
    subprocess.run(command, check=True, capture_output=True)
    data = (tmp_path / "公开.pdf").read_bytes()
    (table,) = read(pack, data, "公开.pdf")
    assert amounts(table) == EXPECTED
    assert (table.unit, table.year, table.department) == ("万元", 2024, "甲市财政局")
    assert str(table.accounts[0].amounts["项目支出"].place) == "公开.pdf · 第1页第1张表第3行第8列"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
SHEETS = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet>'
PHOTO = b"\xff\xd8\xff\xe0\0\x10JFIF" + b"\x81" * 900


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("表.xlsx", b"", "X001 “表.xlsx”是空文件"),
        ("表.pdf", b"\0" * 900, "X001 “表.pdf”是空文件"),
        ("表.docx", lambda: word()[:2000], "X102 “表.docx”是Word 文件，已经损坏，读不出来"),
        ("表.docx", lambda: word()[9:], "X102 “表.docx”是Word 文件，已经损坏，读不出来"),
        ("表.xls", lambda: word()[:2000], "X102 “表.xls”是Word 文件，已经损坏，读不出来"),
        ("表.xlsx", lambda: book()[:-300], "X102 “表.xlsx”是工作簿，已经损坏，读不出来"),
        ("表.ods", lambda: foreign()[:-40], "X102 “表.ods”是工作簿，已经损坏，读不出来"),
        ("表.pdf", b"%PDF-1.7\nno more", "X102 “表.pdf”是PDF 文件，已经损坏，读不出来"),
        ("表.pdf", lambda: blank_pdf(2)[:-60], "X102 “表.pdf”是PDF 文件，已经损坏，读不出来"),
        ("表.xls", b"<html><body><table><tr><td>1", "X102 “表.xls”是网页，已经损坏，读不出来"),
        ("表.xls", b"<html><table><td>1\0\0</table>", "X102 “表.xls”是网页，已经损坏，读不出来"),
        ("表.xml", SHEETS, "X102 “表.xml”是XML 表格，已经损坏，读不出来"),
        ("表.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "X101 “表.xlsx”是工作簿，设了打开密码，读不出来"),
        ("表.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "X101 “表.docx”是Word 文件，设了打开密码，读不出来"),
        ("表.pdf", lambda: blank_pdf(1, "密码"), "X101 “表.pdf”是PDF 文件，设了打开密码，读不出来"),
        (
            "表.doc",
            OLE + "WordDocument".encode("utf-16-le"),
            "X104 “表.doc”是旧格式的 Word 文件（.doc、.wps），读不出表来",
        ),
        ("表.xlsx", PHOTO, "X103 “表.xlsx”的名称是工作簿，里面其实是图片，读不出表来"),
        ("表.jpg", PHOTO, "X104 “表.jpg”是图片，读不出表来"),
        ("表.docx", lambda: zipped({"表.xlsx": b"-"}), "X103 “表.docx”的名称是Word 文件，里面其实是压缩包，读不出表来"),
        ("表.xlsx", "科目,金额".encode(), "X103 “表.xlsx”的名称是工作簿，里面其实是文字文件，读不出表来"),
        ("表.docx", b"\x91\x07\x03" * 500, "X105 “表.docx”的名称是Word 文件，内容却不是，也不是认得的别种文件"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_as_what_it_is(
    tmp_path: Path, name: str, data: bytes | Callable[[], bytes], said: str
) -> None:
    (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data())
    (one,) = read_file(tmp_path / name).diagnostics
    assert f"{one.code} {one.message}" == said


def test_an_old_workbook_says_itself_that_it_is_locked() -> None:
    begins = OLE + "Workbook".encode("utf-16-le") + b"\x09\x08\x10\0\0\x06\x05\0" + b"\x01" * 12
    code_page, file_pass = b"\x42\0\x02\0\xb0\x04", b"\x2f\0\x36\0" + b"\x81" * 54
    assert refusal("表.xls", begins + code_page + file_pass).code == "X101"
    assert refusal("表.xls", begins + code_page).code == "X102"


def test_a_page_that_no_longer_unpacks_is_not_read_in_part() -> None:
    made = PdfWriter()
    page = made.add_blank_page(100, 100)
    stream = StreamObject()
    stream.set_data(b"0 0 m 9 9 l S\n" * 400)
    page[NameObject("/Contents")] = made._add_object(stream.flate_encode())
    held = io.BytesIO()
    made.write(held)
    whole = held.getvalue()
    start = whole.index(b"stream\n") + 20
    for data, code in ((whole, "X073"), (whole[:start] + b"\0" * 12 + whole[start + 12 :], "X102")):
        with pytest.raises(RefusedError) as refused:
            pages_of("表.pdf", data)
        assert refused.value.code == code


def blank_pdf(pages: int, password: str = "") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize(("pages", "code"), [(1, "X073"), (501, "X072")])
def test_scans_and_endless_files(pages: int, code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        pages_of("扫描.pdf", blank_pdf(pages))
    assert refused.value.code == code


def zipped(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return held.getvalue()


def book() -> bytes:
    held = io.BytesIO()
    openpyxl.Workbook().save(held)
    return held.getvalue()


def foreign() -> bytes:
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"})


# -- published ones ---------------------------------------------------------------------------------------------------
def figures(pack: Pack, name: str, data: bytes) -> dict[tuple[str, str], str]:
    found = read_pages(pages_of(name, data), pack.import_form, pack.report.accounts, 2024)
    assert {d.code for d in found.diagnostics} <= {"X050"}
    named = ((table.form.name, *one) for table in found.value for one in table.named_amounts())
    return {(table, what): str(amount.value.normalize()) for table, what, amount in named}


def published(shared: Path, name: str) -> bytes:
    path = shared / "published" / name
    if not path.is_file():
        pytest.skip(f"{name} is not among the published documents beside the repository")
    return path.read_bytes()


def test_the_published_pdf_gives_every_figure_of_the_tables(pack: Pack, shared: Path) -> None:
    pdf, tables = (published(shared, f"putuo-planning-2024.{kind}") for kind in ("pdf", "tables.xlsx"))
    expected = figures(pack, "表.xlsx", tables)
    assert len(expected) == 308
    assert figures(pack, "公开.pdf", pdf) == expected


@pytest.mark.parametrize("name", ["putuo-planning-2024", "putuo-finance-2024"])
def test_libreoffices_word_and_html_give_every_figure(
    pack: Pack, shared: Path, tmp_path: Path, libreoffice: Path, name: str
) -> None:
    data = published(shared, f"{name}.tables.xlsx")
    (tmp_path / "表.xlsx").write_bytes(data)
    office = [libreoffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    for way in (
        ["--convert-to", "html", "表.xlsx"],
        ["--infilter=HTML (StarWriter)", "--convert-to", "docx:MS Word 2007 XML", "表.html"],
    ):
        subprocess.run([*office, *way], check=True, capture_output=True, cwd=tmp_path)
    expected = figures(pack, "表.xlsx", data)
    assert figures(pack, "表.xls", (tmp_path / "表.html").read_bytes()) == expected
    assert figures(pack, "表.docx", (tmp_path / "表.docx").read_bytes()) == expected
