"""Where a figure is printed, said so that a person finds it."""

from __future__ import annotations

import pytest
from specimen import LAST_YEAR, RATE, THIS_YEAR, wan

from generator.document.nodes import Chart, Column, Document, Figure, Heading, Meta, Paragraph, Row, Run, Table
from generator.document.occurrences import Occurrence, Spot, column_head, excerpt, occurrences, row_labels

A, B, C = wan(THIS_YEAR), wan(LAST_YEAR), wan(RATE)


def heading(level: int, number: str, *content: Run | Figure) -> Heading:
    return Heading(level, number, content, f"标题{level}", f"_Toc{number}")


def said(*blocks: object) -> list[str]:
    return [str(one) for one in occurrences(Document(Meta("题"), blocks))]  # type: ignore[arg-type]


def spots(*blocks: object) -> list[str]:
    return [str(one.spot) for one in occurrences(Document(Meta("题"), blocks))]  # type: ignore[arg-type]


def test_the_headings_above_and_the_words_around() -> None:
    blocks = (
        Paragraph((Run("封面共"), A)),
        heading(1, "第一部分 ", Run("概况")),
        heading(2, "一、", Run("收支总计"), B),
        Paragraph((Run("2020年度收、支总计"), A, Run("万元，与上年相比，收、支总计各增加很多很多"))),
        heading(1, "第二部分 ", Run("说明")),
        Paragraph((Run("增长"), C, Run("%。"))),
    )
    assert said(*blocks) == [
        "封面共91.68",
        "第一部分 概况 › 一、收支总计36.57：收支总计36.57",
        "第一部分 概况 › 一、收支总计36.57：2020年度收、支总计91.68万元，与上年相比，收、支总计各增…",
        "第二部分 说明：增长150.70%。",
    ]
    assert spots(*blocks) == [
        "开头 第1段",
        "第一部分 概况 › 一、收支总计36.57",
        "第一部分 概况 › 一、收支总计36.57 第1段",
        "第二部分 说明 第1段",
    ]


def test_paragraphs_are_counted_below_their_heading_empty_ones_left_out() -> None:
    below = heading(1, "一、", Run("收入"))
    blocks = (Paragraph((Run("甲"),)), below, Paragraph((Run("乙"),)), Paragraph((Run("  "),)), Paragraph((A,)))
    assert spots(*blocks) == ["一、收入 第2段"]


def test_a_cell_is_named_by_its_row_and_column() -> None:
    table = Table(
        "收入决算表", (Column(30), Column(30), Column(30)), (Row(("科目编码", "科目名称", "决算数")),),
        (Row(("2080505", "养老保险", A)), Row(("", "合计", (Run("约"), B)))), notes=((Run("注：共"), C),),
    )  # fmt: skip
    assert said(heading(1, "一、", Run("附表")), table) == [
        "一、附表 › 表“收入决算表”：第2行第3列“养老保险” 91.68",
        "一、附表 › 表“收入决算表”：第3行第3列“合计” 36.57",
        "一、附表 › 表“收入决算表”：注：共150.70",
    ]
    first, *_ = occurrences(Document(Meta("题"), (table,)))
    assert first.spot.as_data() == {
        "table": "收入决算表", "row": 2, "column": 3, "label": "养老保险", "head": "决算数",
    }  # fmt: skip


def test_the_caption_of_a_chart() -> None:
    assert said(Chart("图", "饼形", (), (), (Run("图1：收入"), A))) == ["图1：收入91.68"]


def test_a_number_typed_over_by_hand() -> None:
    assert str(Occurrence(A, Spot(("一、收入",), 1), "共91.68万元", "90.00")) == (
        "一、收入：共91.68万元（程序生成的是“90.00”，后来手工改成了“91.68”）"
    )


@pytest.mark.parametrize(
    ("spot", "words"),
    [
        (Spot(()), "开头"),
        (Spot(("一、收入",)), "一、收入"),
        (Spot((), table="表"), "表“表”"),
        (Spot(("一、收入",), table="表", row=3, column=2, label="合计"), "一、收入 › 表“表” 第3行第2列“合计”"),
        (Spot((), table="表", row=3, label="合计"), "表“表” 第3行“合计”"),
    ],
)
def test_places_in_words(spot: Spot, words: str) -> None:
    assert str(spot) == words


@pytest.mark.parametrize(
    ("text", "number", "shown"),
    [
        ("共91.68万元", "91.68", "共91.68万元"),
        ("一二三四五六七八九十一二三四五六七八91.68", "91.68", "…三四五六七八九十一二三四五六七八91.68"),
        ("91.68一二三四五六七八九十一二三四五六七八", "91.68", "91.68一二三四五六七八九十一二三四五六…"),
        ("上年1,234.56万元，比上年增加多少元，共91.68", "91.68", "…1,234.56万元，比上年增加多少元，共91.68"),
        ("91.68万元，比上年增加多少多少元，1,234.56", "91.68", "91.68万元，比上年增加多少多少元，1,234.56"),
    ],
)
def test_the_words_around_a_number_never_cut_another(text: str, number: str, shown: str) -> None:
    start = text.index(number)
    assert excerpt(text, start, start + len(number)) == shown


HEADS = [["收入", "", "支出", ""], ["项目", "决算数", "项目", "决算数"], ["栏次", "1", "栏次", "2"]]


def test_a_table_whose_right_half_continues_the_left() -> None:
    cells = ["一、财政拨款", "5.00", "一、公共服务", "4.00"]
    assert row_labels(HEADS[:2], cells) == ["一、财政拨款", "一、财政拨款", "一、公共服务", "一、公共服务"]
    assert row_labels([["科目", "名称", "数"]], ["208", "社会保障", "4.00"]) == ["社会保障"] * 3
    assert row_labels([["项目", "", "数"]], ["社会保障", "行政运行", "4.00"]) == ["社会保障"] * 3
    assert row_labels([["数", "数"]], ["1", "2"]) == ["", ""]


def test_the_head_of_a_column_is_its_lowest_words() -> None:
    assert [column_head(HEADS, column) for column in range(4)] == ["栏次", "决算数", "栏次", "决算数"]
    wide = [["项目", "本年\n支出", ""], ["", "1", "2"]]
    assert [column_head(wide, column) for column in range(3)] == ["项目", "本年支出", "本年支出"]
    assert column_head([], 0) == ""
