"""A Word file read back: its outline, and what it remembers."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from io import BytesIO

import pytest
from specimen import GROWN, LAST_YEAR, RATE, THIS_YEAR, common_look, specimen, wan

from generator.document.nodes import (
    Block,
    Chart,
    ChartSeries,
    Column,
    Contents,
    Document,
    Heading,
    LineBreak,
    Meta,
    PageBreak,
    Paragraph,
    Row,
    Run,
    SectionStart,
    Table,
)
from generator.word.facts_part import ReadFact
from generator.word.package import packed, zipped
from generator.word.parts import Parts
from generator.word.read import read_facts_part, read_outline
from generator.word.xml import R
from generator.writers.docx import write_docx
from generator.writers.outline import write_outline

LOOK = common_look()


def written(*blocks: Block, **how: bool) -> bytes:
    return write_docx(Document(Meta("题", year="2020", pack="example"), blocks), LOOK, **how)


def edited(docx: bytes, old: str, new: str) -> bytes:
    """The file with something else in word/document.xml."""
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts["word/document.xml"].decode()
    assert re.search(old, text), text
    parts["word/document.xml"] = re.sub(old, new, text, count=1).encode()
    return zipped(packed(name, data) for name, data in parts.items())


# -- the outline ------------------------------------------------------------------------------------------------------
def test_the_specimen_comes_back_as_it_was_written() -> None:
    assert read_outline(write_docx(specimen(), LOOK)) == write_outline(specimen())


def test_each_kind_of_block() -> None:
    table = Table(
        "收入表", (Column(30), Column(30), Column(30)), (Row(("项目", "", "数"), {0: (1, 2)}),),
        (Row(("甲", "乙", wan(LAST_YEAR)), {0: (2, 1)}), Row(("", (Run("丙"), LineBreak(), Run("丁")), ""))),
        title=(Run("收入表"),), unit="单位：万元", notes=((Run("注：略"),),),
    )  # fmt: skip
    chart = Chart("收支", "条形", ("上年", "本年"), (ChartSeries("收入", (LAST_YEAR, THIS_YEAR)),), (Run("图1：收支"),))
    docx = written(
        SectionStart(page_numbers=False),
        Paragraph((Run("甲局"),), "封面标题"),
        Contents(),
        SectionStart(),
        Heading(1, "第一部分 ", (Run("概况"),), "标题1", "_Toc90000001"),
        Paragraph((Run("一是", True), Run("共"), wan(THIS_YEAR), LineBreak(), Run("元。"))),
        PageBreak(),
        table,
        SectionStart(landscape=True),
        chart,
    )
    assert read_outline(docx).splitlines() == [
        "分节 纵 无页码",
        "P[封面标题] 甲局",
        "目录 目录",
        "  第一部分 概况",
        "分节 纵",
        "# 第一部分 概况",
        "P **一是**共‹91.68 收支总计.决算›⏎元。",
        "分页",
        "T 收入表 2 行 × 3 列",
        "  表题 收入表",
        "  表左注 \t单位：万元",
        "  H 项目 ⟦1×2⟧ | 数",
        "  - 甲 ⟦2×1⟧ | 乙 | ‹36.57 收支总计.上年›",
        "  - ↑ | 丙⏎丁 |",
        "  表注 注：略",
        "分节 横",
        "C 条形 收支",
        "  | 上年 | 本年",
        "  收入 | 36.57 | 91.68",
        "  图题 图1：收支",
    ]


def test_a_figure_whose_run_another_program_has_cut_is_one_figure() -> None:
    whole, cut = "<w:r><w:t>91.68</w:t></w:r>", "<w:r><w:t>91</w:t></w:r><w:r><w:t>.68</w:t></w:r>"
    docx = edited(written(Paragraph((wan(THIS_YEAR),))), whole, cut)
    assert read_outline(docx) == "分节 纵\nP ‹91.68 收支总计.决算›\n"


def test_what_tracked_changes_strike_out_is_not_read() -> None:
    whole = "<w:r><w:t>甲乙</w:t></w:r>"
    change = '<w:del w:id="1"><w:r><w:t>甲</w:t></w:r></w:del><w:r><w:t>乙</w:t></w:r>'
    struck = edited(written(Paragraph((Run("甲乙"),))), whole, change)
    assert read_outline(struck) == "分节 纵\nP 乙\n"
    row = Table("表", (Column(30),), (), (Row(("甲",)), Row(("乙",))))
    struck = edited(written(row), "<w:tr>(?:<w:trPr>(.*?)</w:trPr>)?", r'<w:tr><w:trPr>\1<w:del w:id="1"/></w:trPr>')
    assert read_outline(struck).splitlines() == ["分节 纵", "T 表 1 行 × 1 列", "  - 乙"]


def test_a_page_break_between_words_is_no_line_break() -> None:
    docx = edited(written(Paragraph((Run("甲"),))), "<w:t>甲</w:t>", '<w:t>甲</w:t><w:br w:type="page"/><w:t>乙</w:t>')
    assert read_outline(docx) == "分节 纵\nP 甲乙\n分页\n"


def test_a_published_copy_tells_its_words_and_no_names() -> None:
    docx = written(Paragraph((Run("共"), wan(THIS_YEAR))), publish=True)
    assert read_outline(docx) == "分节 纵\nP 共91.68\n"


# -- what it remembers ------------------------------------------------------------------------------------------------
def test_figures_paragraphs_and_tables() -> None:
    rows = (Row(("甲", "乙")),), (Row(("丙", wan(LAST_YEAR))),)
    table = Table("表", (Column(30), Column(30)), *rows, title=(Run("题"),))
    first, second = Paragraph((Run("共"), wan(THIS_YEAR), Run("元"))), Paragraph((wan(RATE), wan(GROWN)))
    facts = read_facts_part(written(first, second, table))
    assert facts is not None
    assert (facts.document["title"], facts.document["year"], facts.document["pack"]) == ("题", "2020", "example")
    assert facts.figures["f1"] == ReadFact(
        "收支总计.决算", "决算", Decimal(916800), "元", "示例区医保局.xlsx · 收支总计!C3", "", ()
    )
    assert (facts.figures["f2"].operation, facts.figures["f2"].operands) == ("÷", ("f3", "f4"))
    assert facts.written == (
        (("共", ""), ("91.68", "f1_1"), ("元", "")),
        (("150.70", "f2_1"), ("55.11", "f3_1")),
    )
    assert facts.paragraphs == ("共91.68元", "150.7055.11")
    assert facts.beside == ((("题", ""),),)
    assert [(one.name, one.rows) for one in facts.tables] == [("表", ("甲\t乙", "丙\t36.57"))]
    assert facts.order == ("p1", "p2", "n1", "t1")


def test_charts_and_where_the_contents_stand() -> None:
    chart = Chart("收支", "饼形", ("甲",), (ChartSeries("收入", (THIS_YEAR,)),), (Run("图1"),), alt="甲91.68万元")
    facts = read_facts_part(written(Contents(), chart))
    assert facts is not None
    (one,) = facts.charts
    assert (one.name, one.kind, one.alt, one.rows) == ("收支", "饼形", "甲91.68万元", ("\t收入", "甲\t91.68"))
    assert "toc" in facts.order and "c1" in facts.order


def test_an_operand_that_is_not_printed_has_no_value() -> None:
    facts = read_facts_part(written(Paragraph((wan(GROWN),))))
    assert facts is not None
    assert facts.figures["f1"].operands == ("u1", "u2")
    place = "示例区医保局.xlsx · 收支总计!C3"
    assert facts.figures["u1"] == ReadFact("收支总计.决算", "决算", None, "", place, "", ())


def test_what_other_programs_keep_in_a_file_is_not_taken_for_ours() -> None:
    parts = Parts(written(Paragraph((wan(THIS_YEAR),))))
    rels = "word/_rels/document.xml.rels"
    parts.add("customXml/item", "xml", "application/xml", b"<other><figures/></other>")
    first = f'<Relationship Id="other" Type="{R}/customXml" Target="../customXml/item2.xml"/><Relationship '
    parts.replace(rels, parts.content[rels].replace(b"<Relationship ", first.encode(), 1))
    facts = read_facts_part(parts.save())
    assert facts is not None and facts.figures["f1"].name == THIS_YEAR.name


def test_a_published_copy_remembers_nothing() -> None:
    assert read_facts_part(written(Paragraph((wan(THIS_YEAR),)), publish=True)) is None


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", zipped([packed("a.txt", "x")])])
def test_other_files_are_named_as_such(data: bytes) -> None:
    for read in (read_facts_part, read_outline):
        with pytest.raises(ValueError, match="这不是 Word 文件"):
            read(data)
