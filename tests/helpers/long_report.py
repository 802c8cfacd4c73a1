"""A long report of justified paragraphs full of punctuation, as 编制说明 are; the same for the same number."""

from __future__ import annotations

import random
from decimal import Decimal
from zlib import crc32

from generator.document.nodes import (
    Block,
    Chart,
    ChartSeries,
    Column,
    Contents,
    Document,
    Figure,
    Heading,
    Meta,
    PageBreak,
    Paragraph,
    Row,
    Run,
    SectionStart,
    Table,
)
from generator.quantity import Quantity

PHRASES = (
    "2020年度收、支总计91.68万元",
    "与2019年36.57万元相比，增加55.11万元，增长150.70%",
    "主要变动原因是人员经费增加及公用经费增加",
    "“三公”经费财政拨款支出决算为3.42万元，完成预算98.20%；",
    "其中：因公出国（境）费0万元、公务用车购置及运行维护费2.10万元、公务接待费1.32万元",
    "社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）",
    "按照《中华人民共和国预算法》、《关于进一步推进预算公开工作的意见》等规定",
    "决算数小于预算数，主要原因是厉行节约，压减一般性支出",
    "国内公务接待15批次，128人次（不包括陪同人员），共计支出1.32万元",
    "坚持“以收定支、收支平衡、略有结余”的原则——严格执行",
    "年末结转和结余0.05万元，较上年减少0.02万元",
    "2021年10月26日前完成公开",
)


def sentences(dice: random.Random, count: int) -> str:
    return "".join(dice.choice(PHRASES) + dice.choice("，，；。。") for _ in range(count)) + "全部完成。"


def text_report(number: int, parts: int = 4) -> Document:
    """Cover, contents, parts with headings and paragraphs: only text."""
    dice = random.Random(number)
    blocks: list[Block] = [
        SectionStart(page_numbers=False),
        Paragraph((Run("示例市示例区医疗保障局"),), "封面单位"),
        Paragraph((Run("2020年度部门决算编制的说明"),), "封面标题"),
        Paragraph((Run("2021年10月26日"),), "封面日期"),
        SectionStart(page_numbers=False),
        Contents(),
        SectionStart(),
    ]
    for part in range(1, parts + 1):
        blocks.append(_heading(1, f"第{part}部分 ", "决算情况说明", f"p{part}"))
        for chapter in range(1, dice.randint(3, 6)):
            blocks.append(_heading(2, f"{chapter}、", "一般公共预算财政拨款支出决算情况说明", f"p{part}-{chapter}"))
            blocks += [Paragraph((Run(sentences(dice, dice.randint(1, 14))),)) for _ in range(dice.randint(1, 5))]
            blocks.append(_heading(3, "（一）", "总体情况", f"p{part}-{chapter}-1"))
            blocks += [Paragraph((Run(sentences(dice, dice.randint(1, 9))),)) for _ in range(dice.randint(1, 3))]
    return Document(Meta("部门决算编制的说明"), tuple(blocks))


def mixed_report(number: int) -> Document:
    """The same with charts, tables over several pages, landscape sections and page breaks."""
    dice = random.Random(number)
    blocks: list[Block] = []
    for block in text_report(number).blocks:
        blocks.append(block)
        if not isinstance(block, Paragraph) or block.style != "正文":
            continue
        chance = dice.random()
        if chance < 0.1:
            blocks.append(_chart())
        elif chance < 0.2:
            blocks.append(_table(dice))
        elif chance < 0.23:
            blocks += [SectionStart(landscape=True), _table(dice), SectionStart()]
        elif chance < 0.25:
            blocks.append(PageBreak())
    return Document(Meta("部门决算编制的说明"), tuple(blocks))


def bookmark(words: str) -> str:
    """A name such as 目录 points to, the same for the same words."""
    return f"_Toc9{crc32(words.encode()) % 10_000_000:07d}"


def _heading(level: int, number: str, words: str, anchor: str) -> Heading:
    return Heading(level, number, (Run(words),), f"标题{level}", bookmark(anchor), page_break_before=level == 1)


def _chart() -> Chart:
    values = tuple(
        Quantity(Decimal(value), "元", f"收支总计.{name}") for name, value in (("上年", 365700), ("决算", 916800))
    )
    return Chart(
        "收支总计变动",
        "柱形",
        ("2019年", "2020年"),
        (ChartSeries("收、支总计", values),),
        (Run("图1：收、支总计变动"),),
    )


def _table(dice: random.Random) -> Table:
    columns = (Column(24, "左"), Column(66, "左"), Column(33, "右"), Column(33, "右"))
    head = (Row(("科目编码", "科目名称", "本年支出", ""), {2: (1, 2)}), Row(("", "", "基本支出", "项目支出")))
    figure = Figure("1234.56", Quantity(Decimal(12345600), "元", "支出.基本支出"))
    body = tuple(
        Row(
            (
                f"{2080100 + line}",
                dice.choice(("行政运行", "机关事业单位基本养老保险缴费支出（不含职业年金缴费）")),
                figure,
                "0.00",
            )
        )
        for line in range(dice.randint(2, 50))
    )
    notes = ((Run("注：本表反映部门本年度各项支出情况。"),),)
    return Table(
        "支出决算表",
        columns,
        head,
        body,
        (Run("支出决算表"),),
        "公开03表",
        (Run("编制单位：示例局"),),
        "单位：万元",
        notes,
    )
