"""The outline shows the document with its figures; the Word file read back gives the same outline."""

from __future__ import annotations

from decimal import Decimal

from specimen import LAST_YEAR, NOTHING, common_look, specimen, wan, yuan

from generator.document.nodes import (
    Chart,
    ChartSeries,
    Column,
    Document,
    Figure,
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
from generator.quantity import Quantity
from generator.word.read import read_outline
from generator.writers.docx import write_docx
from generator.writers.outline import write_outline


def outline(*blocks: object) -> list[str]:
    """The outline without its first line, the section's."""
    document = Document(Meta("试"), blocks)  # type: ignore[arg-type]
    text = write_outline(document)
    assert read_outline(write_docx(document, common_look())) == text
    return text.splitlines()[1:]


def test_every_node_comes_back_from_word() -> None:
    text = write_outline(specimen())
    assert read_outline(write_docx(specimen(), common_look())) == text
    for line in (
        "分节 纵 无页码",
        "目录 目录",
        "  第二部分 2020年度部门决算情况说明",
        "# 第一部分 部门概况",
        "## [附件号] 附件1",
        "P[封面标题] 2020年度⏎部门决算编制的说明",
        "C 柱形 收支总计变动",
        "  收、支总计 | 36.57 | 91.68",
        "T 支出决算表 31 行 × 8 列",
        "分节 横",
    ):
        assert line in text.splitlines()


def test_a_figure_shows_its_fact() -> None:
    assert outline(Paragraph((Run("上年为"), wan(LAST_YEAR), Run("万元。")))) == ["P 上年为‹36.57 收支总计.上年›万元。"]


def test_bold_words_and_line_breaks() -> None:
    words = (
        Run("一是", bold=True),
        Run("强党建。", bold=True),
        LineBreak(),
        Run("其次"),
        Figure("36.57", LAST_YEAR, bold=True),
    )
    assert outline(Paragraph(words, "编号段落")) == ["P[编号段落] **一是强党建。⏎**其次**‹36.57 收支总计.上年›**"]


def test_what_the_office_types_stays_what_it_is() -> None:
    words = "a<b & c>d “引号”　  两格\x0b*#1."
    assert outline(Paragraph((Run(words),))) == ["P a<b & c>d “引号”　  两格*#1."]


def test_merged_cells() -> None:
    table = Table(
        "指标",
        (Column(30), Column(30), Column(30)),
        (Row(("项目", "", "数"), {0: (1, 2)}),),
        (
            Row(("产出", "数量", "1"), {0: (2, 1)}),
            Row(("", "质量", wan(LAST_YEAR))),
            Row(("合计", "", wan(LAST_YEAR)), {0: (1, 2)}, bold=True),
        ),
        number="公开01表",
        unit="单位：万元",
        notes=((Run("注：无。"),),),
    )
    assert outline(table) == [
        "T 指标 3 行 × 3 列",
        "  表号 公开01表",
        "  表左注 \t单位：万元",
        "  H 项目 ⟦1×2⟧ | 数",
        "  - 产出 ⟦2×1⟧ | 数量 | 1",
        "  - ↑ | 质量 | ‹36.57 收支总计.上年›",
        "  - **合计** ⟦1×2⟧ | **‹36.57 收支总计.上年›**",
        "  表注 注：无。",
    ]


def test_a_span_past_the_last_row_ends_there() -> None:
    table = Table("甲", (Column(30), Column(30)), (), (Row(("乙", "丙"), {0: (9, 1), 1: (1, 9)}), Row(("", "丁"))))
    assert outline(table) == ["T 甲 2 行 × 2 列", "  - 乙 ⟦2×1⟧ | 丙", "  - ↑ | 丁"]


def test_zero_takes_no_slice_of_a_pie() -> None:
    pie = Chart("收入", "饼形", ("拨款", "其他"), (ChartSeries("收入", (LAST_YEAR, NOTHING)),), (Run("图1：收入"),))
    assert outline(pie) == ["C 饼形 收入", "  | 拨款", "  收入 | 36.57", "  图题 图1：收入"]


def test_a_chart_of_zeros_becomes_words() -> None:
    pie = Chart("接待", "饼形", ("国内",), (ChartSeries("接待", (NOTHING,)),), (Run("图1：接待"),), empty="无")
    assert outline(pie) == ["C 饼形 接待", "  无", "  图题 图1：接待"]


def test_charts_print_money_scaled_and_counts_whole() -> None:
    people = Quantity(Decimal(36), "人", "人数")
    assert outline(
        Chart("预算", "条形", ("甲",), (ChartSeries("数", (yuan("甲", "1.005"),)),), ()),
        Chart("人数", "折线", ("甲",), (ChartSeries("数", (people,)),), ()),
    ) == ["C 条形 预算", "  | 甲", "  数 | 1.01", "C 折线 人数", "  | 甲", "  数 | 36"]


def test_only_breaks_that_make_a_page_are_kept() -> None:
    part = Heading(1, "第一部分 ", (Run("概况"),), "标题1", "a", page_break_before=True)
    assert write_outline(
        Document(
            Meta("试"),
            (
                PageBreak(), SectionStart(page_numbers=False), SectionStart(), PageBreak(), part, PageBreak(),
                PageBreak(), part, Paragraph((Run("文"),)), PageBreak(), SectionStart(landscape=True), part,
                PageBreak(), SectionStart(),
            ),
        )
    ).splitlines() == [
        "分节 纵", "# 第一部分 概况", "分页", "# 第一部分 概况", "P 文", "分节 横", "# 第一部分 概况",
    ]  # fmt: skip
