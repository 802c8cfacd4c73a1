"""The Word file: valid, the same every time, marked for us and bare for publication."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import docx as python_docx
import pytest
from openpyxl import load_workbook
from specimen import LAST_YEAR, THIS_YEAR, UNPRINTED, common_look, specimen, wan, wide_table

from generator.document.nodes import (
    Column,
    Contents,
    Document,
    Heading,
    Meta,
    Paragraph,
    Row,
    Run,
    SectionStart,
    Squeeze,
    Table,
)
from generator.word.read import read_facts_part, read_outline
from generator.writers.docx import write_docx
from generator.writers.docx.body import entries
from generator.writers.outline import write_outline

LOOK = common_look()


def part(docx: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        return archive.read(name).decode()


def written(*blocks: object, **how: bool) -> str:
    """word/document.xml of these blocks."""
    return part(write_docx(Document(Meta("试"), blocks), LOOK, **how), "word/document.xml")  # type: ignore[arg-type]


@pytest.mark.parametrize("how", [{}, {"publish": True}, {"draft": True}, {"publish": True, "draft": True}])
def test_valid_and_the_same_every_time(how: dict[str, bool], validate_docx: Callable[[bytes], str]) -> None:
    docx = write_docx(specimen(), LOOK, **how)
    assert docx == write_docx(specimen(), common_look(), **how)
    assert validate_docx(docx) == ""


def beside(above: str, below: str) -> Table:
    """A table of 30 mm with a line above and one below."""
    notes = {"left_note": (Run(above),), "notes": ((Run(below),),)}
    return Table("甲", (Column(30),), (), (Row(("乙",)),), **notes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("above", "below", "stops"),
    [
        ("左", "注", [[("right", "5273")], []]),
        ("左\t中\t右", "左\t右", [[("center", "4422"), ("right", "5273")], [("right", "5273")]]),
        ("左\t右", "\t中\t", [[("right", "5273")], [("center", "4422"), ("right", "5273")]]),
    ],
)
def test_notes_in_the_middle_and_at_the_right_have_their_stops(above: str, below: str, stops: object) -> None:
    """Where the words behind each tab have their middle or their end, in twips from the text's left edge."""
    lines = [line for line in written(beside(above, below)).split("<w:p>") if "<w:ind" in line]
    found = [re.findall(r'<w:tab w:val="(\w+)" w:pos="(\d+)"', line) for line in lines]
    assert found[:2] == stops


@pytest.mark.parametrize(
    "blocks",
    [
        (),
        (SectionStart(landscape=True),),
        (Contents(),),
        (wide_table("甲", 1, titled=False), SectionStart(landscape=True), Contents()),
        (Table("甲", (Column(30),), (), (Row(("乙",)),)), Table("丙", (Column(30),), (), (Row(("丁",)),))),
        (Heading(1, "", (Run("甲"),), "没有的样式", "a"), Paragraph((Run("乙"),), "也没有")),
        (beside("左\t中\t右", "左\t右"), replace(beside("左", "注"), squeeze=Squeeze(9, 3))),
    ],
    ids=["empty", "section", "contents", "table-section-contents", "tables", "unknown-styles", "notes-squeezed"],
)
def test_small_documents_are_valid(blocks: tuple[object, ...], validate_docx: Callable[[bytes], str]) -> None:
    assert validate_docx(write_docx(Document(Meta("试"), blocks), LOOK)) == ""  # type: ignore[arg-type]


def test_the_published_copy_has_no_marks() -> None:
    docx = write_docx(specimen(), LOOK, publish=True)
    names = re.findall(r'w:bookmarkStart w:id="\d+" w:name="([^"]*)"', part(docx, "word/document.xml"))
    assert names and all(name.startswith("_Toc") for name in names)
    assert read_facts_part(docx) is None
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        assert not [name for name in archive.namelist() if name.startswith("customXml")]
    assert specimen().meta.author not in part(docx, "docProps/core.xml").replace(specimen().meta.title, "")


def test_the_facts_part_leads_back_to_the_cell() -> None:
    facts = read_facts_part(write_docx(specimen(), LOOK))
    assert facts is not None
    assert facts.document == {
        "title": "示例区医疗保障局2020年度部门决算编制的说明",
        "unit": "示例区医疗保障局",
        "pack": "final-accounts-sichuan",
        "version": "1",
        "inputs": "sha256:0123",
        "file": "2020-示例区医疗保障局-部门决算编制说明",
    }
    by_name = {fact.name: (key, fact) for key, fact in facts.figures.items()}
    key, total = by_name["收支总计.决算"]
    assert (total.value, total.unit, total.place) == (Decimal(916800), "元", "示例区医保局.xlsx · 收支总计!C3")
    _, grown = by_name["收支总计.决算 - 收支总计.上年"]
    assert (grown.operation, grown.operands) == ("-", (key, by_name["收支总计.上年"][0]))


def test_a_fact_that_is_not_printed_gives_no_value() -> None:
    docx = write_docx(specimen(), LOOK)
    facts = read_facts_part(docx)
    assert facts is not None
    hidden = [fact for fact in facts.figures.values() if fact.name == UNPRINTED.name]
    assert [(fact.value, fact.place) for fact in hidden] == [(None, "示例区医保局.xlsx · 收支总计!Z9")]
    assert "123400" not in part(docx, "customXml/item1.xml")


def test_marks_stand_around_each_print_of_a_figure() -> None:
    xml = written(Paragraph((wan(THIS_YEAR), wan(LAST_YEAR), wan(THIS_YEAR))))
    assert re.findall(r'w:name="(_f\d+_\d+)"/><w:r><w:t>([\d.]+)', xml) == [
        ("_f1_1", "91.68"),
        ("_f2_1", "36.57"),
        ("_f1_2", "91.68"),
    ]


def test_marks_stand_around_each_print_of_a_figure_in_a_table() -> None:
    columns = (Column(30), Column(30), Column(30))
    row = Row((wan(THIS_YEAR), wan(LAST_YEAR), wan(THIS_YEAR)))
    xml = written(Table("表", columns, (Row(("决算", "上年", "合计")),), (row, row)))
    names = re.findall(r'w:name="(_f\d+_\d+)"/><w:r><w:t>[\d.]+', xml)
    assert names == ["_f1_1", "_f2_1", "_f1_2", "_f1_3", "_f2_2", "_f1_4"]


def test_the_facts_part_remembers_the_generated_text() -> None:
    table = Table("表", (Column(30), Column(30)), (Row(("项目", "数")),), (Row(("甲", wan(LAST_YEAR))),))
    docx = write_docx(Document(Meta("试"), (Paragraph((Run("上年"), wan(LAST_YEAR))), table)), LOOK)
    facts = read_facts_part(docx)
    assert facts is not None
    assert facts.paragraphs == ("上年36.57",)
    assert [(one.name, one.rows) for one in facts.tables] == [("表", ("项目\t数", "甲\t36.57"))]


def test_contents_are_complete_without_refresh() -> None:
    document = specimen()
    pages = {entry.bookmark: page for page, entry in enumerate(entries(document.blocks), 3)}
    xml = part(write_docx(document, LOOK, pages=pages), "word/document.xml")
    assert re.findall(r"PAGEREF (\S+) .*?separate.*?<w:t>(\d+)</w:t>", xml) == [
        (bookmark, str(page)) for bookmark, page in pages.items()
    ]
    assert r'TOC \o "1-2" \h \z \u' in xml
    assert "updateFields" not in part(write_docx(document, LOOK), "word/settings.xml")


def test_a_heading_outside_the_contents_stays_outside_after_f9() -> None:
    inside = Heading(2, "一、", (Run("甲"),), "附表标题", "a")
    xml = written(Contents(), inside, replace(inside, anchor="b", in_contents=False))
    assert xml.count('<w:outlineLvl w:val="9"/>') == 1


def test_table_wider_than_the_page_is_scaled_down() -> None:
    table = Table("宽", tuple(Column(30) for _ in range(10)), (), (Row(("",) * 10),))
    portrait = [int(width) for width in re.findall(r'gridCol w:w="(\d+)"', written(table))]
    landscape = [
        int(width) for width in re.findall(r'gridCol w:w="(\d+)"', written(SectionStart(landscape=True), table))
    ]
    assert sum(portrait) == LOOK.portrait.text_width
    assert sum(landscape) == LOOK.landscape.text_width


def test_pages_without_numbers() -> None:
    xml = written(
        SectionStart(page_numbers=False), Paragraph((Run("封面"),)), SectionStart(), Paragraph((Run("文"),)),
        SectionStart(page_numbers=False), Paragraph((Run("封底"),)),
    )  # fmt: skip
    sections = [
        re.findall(r'footerReference w:type="default" r:id="(\w+)"', one) for one in xml.split("</w:sectPr>")[:-1]
    ]
    assert sections == [[], ["rId5"], ["rIdFooterNone"]]


def test_python_docx_reads_figures_in_their_paragraph() -> None:
    opened = python_docx.Document(BytesIO(write_docx(specimen(), LOOK)))
    texts = [paragraph.text for paragraph in opened.paragraphs]
    assert any("收、支总计91.68万元。与2019年36.57万元相比，增加55.11万元" in text for text in texts)
    assert opened.tables[0].rows[1].cells[0].text == "产出指标"
    assert opened.core_properties.title == "示例区医疗保障局2020年度部门决算编制的说明"


def test_the_workbook_of_a_chart_holds_its_numbers() -> None:
    with zipfile.ZipFile(BytesIO(write_docx(specimen(), LOOK))) as archive:
        book = load_workbook(BytesIO(archive.read("word/embeddings/Microsoft_Excel_Sheet1.xlsx")))
    assert list(book.active.values) == [(None, "收、支总计"), ("2019年", 36.57), ("2020年", 91.68)]


def test_a_draft_says_so_on_every_page() -> None:
    docx = write_docx(specimen(), LOOK, draft=True)
    main, targets = part(docx, "word/document.xml"), part(docx, "word/_rels/document.xml.rels")
    shown = set(re.findall(r'headerReference w:type="\w+" r:id="(\w+)"', main))
    parts = {target for one in shown for target in re.findall(rf'Id="{one}"[^>]+Target="([^"]+)"', targets)}
    assert parts and all("草　　稿" in part(docx, f"word/{name}") for name in parts)
    assert main.count("<w:sectPr>") == main.count('headerReference w:type="even"')


def test_marks_survive_saving_in_another_program(libreoffice: Path, tmp_path: Path) -> None:
    """LibreOffice saves the file anew; every figure still leads back to its fact.

    In charts it shortens 20.50 to 20.5, so the chart with such numbers stays out.
    """
    document = specimen()
    document = replace(document, blocks=tuple(b for b in document.blocks if getattr(b, "name", "") != "预算与决算"))
    (tmp_path / "a.docx").write_bytes(write_docx(document, LOOK))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(libreoffice), profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "saved")]
    subprocess.run([*command, str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=120)
    saved = (tmp_path / "saved" / "a.docx").read_bytes()
    assert read_outline(saved) == write_outline(document)
    assert read_facts_part(saved) == read_facts_part(write_docx(document, LOOK))
