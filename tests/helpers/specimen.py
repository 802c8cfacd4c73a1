"""One document that holds every node; it goes through every writer."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from long_report import bookmark

from generator.document.nodes import (
    Chart,
    ChartSeries,
    Column,
    Contents,
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
from generator.number_style import NumberStyle
from generator.place import Place
from generator.quantity import PERCENT, Derived, Quantity
from generator.word.look import Look, parse_look

ROOT = Path(__file__).resolve().parents[2]
TEXT, TABLE = NumberStyle(), NumberStyle(zero="0.00", whole_percent=False)


def common_style() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "templates/common/style.yaml").read_text(encoding="utf-8"))


def common_look() -> Look:
    return parse_look(common_style())


def yuan(name: str, wan: str, cell: str = "") -> Quantity:
    place = Place("示例区医保局.xlsx", sheet="收支总计", cell=cell) if cell else Place("示例区医保局.yaml", line=12)
    return Quantity(Decimal(wan) * 10000, "元", name, place, name.rsplit(".", maxsplit=1)[-1])


def wan(quantity: Quantity, style: NumberStyle = TEXT) -> Figure:
    return Figure(style.text(quantity, with_unit=False), quantity)


THIS_YEAR = yuan("收支总计.决算", "91.68", "C3")
LAST_YEAR = yuan("收支总计.上年", "36.57", "D3")
GROWN = Quantity(
    THIS_YEAR.value - LAST_YEAR.value,
    "元",
    "收支总计.决算 - 收支总计.上年",
    origin=Derived("-", (THIS_YEAR, LAST_YEAR)),
)
RATE = Quantity(GROWN.value * 100 / LAST_YEAR.value, PERCENT, "收支总计.增幅", origin=Derived("÷", (GROWN, LAST_YEAR)))
UNPRINTED = yuan("内部测算.上年", "12.34", "Z9")
DOUBLE = Quantity(Decimal(246800), "元", "内部测算.两倍", origin=Derived("+", (UNPRINTED, UNPRINTED)))
NOTHING = yuan("公务接待费.决算", "0", "C9")

_HEADS = ("科目编码", "科目名称", "合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")
_LONG_REASON = (
    "主要变动原因是：一是按照“十四五”规划要求，新增参保扩面、基金监管等工作任务，人员经费及公用经费相应增加；"
    "二是落实过“紧日子”要求，压减一般性支出——会议费、培训费均有所下降……"
)


def heading(level: int, number: str, words: str, style: str, **more: bool) -> Heading:
    return Heading(level, number, (Run(words),), style, bookmark(f"{number}{words}"), **more)


def wide_table(name: str, rows: int, *, titled: bool) -> Table:
    body = []
    for row in range(rows):
        code = f"20801{row:02d}"
        parts = [yuan(f"{name}[{code}].{head}", f"{row * 7 + at}.{row:02d}") for at, head in enumerate(_HEADS[3:])]
        whole = Quantity(sum((p.value for p in parts), Decimal(0)), "元", f"{name}[{code}].合计")
        body.append(Row((code, f"行政运行（第{row + 1}项）", *(wan(q, TABLE) for q in (whole, *parts)))))
    columns = (Column(20, "左"), Column(45, "左"), *(Column(30, "右") for _ in range(6)))
    head_rows = (
        Row(("项目", "", "本年支出", "", "", "", "", ""), {0: (1, 2), 2: (1, 6)}),
        Row(_HEADS, align={7: "左"}),
    )
    total = Row(("合计", "", *(wan(q, TABLE) for q in (THIS_YEAR,) * 6)), {0: (1, 2)}, bold=True, align={0: "中"})
    return Table(
        name,
        columns,
        head_rows,
        (total, *body),
        (Run(name),) if titled else (),
        "公开03表",
        (Run("编制单位：示例区医疗保障局"),),
        "单位：万元",
        ((Run("注：本表反映部门本年度各项支出情况。"),), (Run("本表金额转换为万元时，因四舍五入可能存在尾差。"),)),
    )


def merged_table() -> Table:
    return Table(
        "项目绩效目标完成情况表",
        (Column(24), Column(30), Column(40, "左"), Column(30), Column(30)),
        (Row(("一级指标", "二级指标", "三级指标", "预期指标值", "实际完成指标值")),),
        (
            Row(("产出指标", "数量指标", "参保人数 ≥", "20000人", "20380人"), {0: (3, 1), 1: (2, 1)}),
            Row(("", "", "检查定点机构", "100家", (Run("100家"), LineBreak(), Run("（含复查）")))),
            Row(("", "质量指标", "资金拨付及时率", "100%", "100%")),
            Row(("合计得分", "", "", (Run("满分"), Figure("36.57", LAST_YEAR)), '＜&＞"引号"'), {0: (1, 3)}),
        ),
        style="表单",
    )


def pie(name: str, count: int) -> Chart:
    names = (
        "一般公共预算财政拨款收入",
        "政府性基金预算财政拨款收入",
        "事业收入",
        "其他收入",
        "上级补助收入",
        "经营收入",
        "捐赠收入",
        "利息收入",
    )
    values = tuple(yuan(f"收入.{words}", f"{(at + 1) * 13}.37") for at, words in enumerate(names[:count]))
    return Chart(
        name,
        "饼形",
        (*names[:count], "零项"),
        (ChartSeries("收入", (*values, NOTHING)),),
        (Run(f"图2：{name}"),),
        alt="各项收入",
    )


def specimen() -> Document:
    bars = Chart(
        "收支总计变动", "柱形", ("2019年", "2020年"), (ChartSeries("收、支总计", (LAST_YEAR, THIS_YEAR)),),
        (Run("图1：收、支决算总计变动情况（单位：万元）"),), alt="2019年36.57万元，2020年91.68万元",
    )  # fmt: skip
    two = Chart(
        "预算与决算", "柱形", ("社会保障", "卫生健康", "住房保障"),
        (
            ChartSeries("预算", (yuan("甲.预算", "10"), yuan("乙.预算", "20.5"), yuan("丙.预算", "8"))),
            ChartSeries("决算", (yuan("甲.决算", "9.8"), yuan("乙.决算", "20.5"), yuan("丙.决算", "-2.33"))),
        ),
        (Run("图3：预算与决算"),),
    )  # fmt: skip
    lying = Chart(
        "支出科目", "条形", ("社会保障和就业支出（类）", "卫生健康支出（类）", "住房保障支出（类）"),
        (ChartSeries("支出", (THIS_YEAR, LAST_YEAR, yuan("住房保障", "8.42"))),), (Run("图4：支出科目"),),
    )  # fmt: skip
    years = ("2017", "2018", "2019", "2020")
    people = tuple(
        Quantity(Decimal(n), "人", f"人数.{y}", label="在职人数") for n, y in zip((28, 30, 34, 36), years, strict=True)
    )
    line = Chart(
        "在职人数",
        "折线",
        years,
        (ChartSeries("在职人数", people),),
        (Run("图5：在职人数"),),
        money_unit="人",
    )
    empty = Chart(
        "公务接待费",
        "饼形",
        ("国内", "国（境）外"),
        (ChartSeries("接待", (NOTHING, NOTHING)),),
        (Run("图6：公务接待费"),),
        empty="无",
    )
    return Document(
        Meta(
            "示例区医疗保障局2020年度部门决算编制的说明", "示例区医疗保障局", "部门决算编制说明", "决算 公开",
            "final-accounts-sichuan", "1", "sha256:0123", "2021-10-26T08:00:00Z",
            "2020-示例区医疗保障局-部门决算编制说明",
        ),
        (
            SectionStart(page_numbers=False),
            PageBreak(),
            Paragraph((Run("四川省示例市示例区医疗保障局"),), "封面单位"),
            Paragraph((Run("2020年度"), LineBreak(), Run("部门决算编制的说明")), "封面标题"),
            Paragraph((Run("公开时间：2021年10月26日"),), "封面日期"),
            SectionStart(page_numbers=False),
            Contents(),
            SectionStart(),
            heading(1, "第一部分 ", "部门概况", "标题1", page_break_before=True),
            heading(2, "一、", "主要职能", "标题2"),
            Paragraph((Run("贯彻执行医疗保险、生育保险、医疗救助等医疗保障制度的法律法规和政策。" * 3),)),
            heading(3, "（一）", "机构设置", "标题3", in_contents=False),
            Paragraph((Run("一是坚持党建引领。", bold=True), Run("把政治建设摆在首位 < 其他 & 其余 >，共3次。\x07"))),
            heading(4, "1.", "内设机构", "标题4", in_contents=False),
            heading(5, "（1）", "办公室", "标题5", in_contents=False),
            Paragraph((Run("1. 负责文电、会务、机要、档案等机关日常运转工作；"),), "编号段落"),
            heading(1, "第二部分 ", "2020年度部门决算情况说明", "标题1", page_break_before=True),
            heading(2, "一、", "收入支出决算总体情况说明", "标题2"),
            Paragraph(
                (
                    Run("2020年度收、支总计"), wan(THIS_YEAR), Run("万元。与2019年"), wan(LAST_YEAR),
                    Run("万元相比，增加"), wan(GROWN), Run("万元，增长"),
                    Figure(TEXT.percent(RATE.value), RATE, bold=True), Run("。"), Run(_LONG_REASON),
                )
            ),
            bars,
            heading(2, "二、", "收入决算情况说明", "标题2"),
            pie("收入决算结构", 4),
            pie("收入决算结构（细）", 8),
            two,
            lying,
            line,
            empty,
            Paragraph((Run("两倍为"), wan(DOUBLE), Run("万元，接待费"), wan(NOTHING), Run("万元。")),),
            Paragraph((Run("示例区医疗保障局"), LineBreak(), Run("2021年10月26日")), "落款"),
            heading(2, "附件1", "", "附件号", page_break_before=True),
            heading(3, "", "示例区医疗保障局2020年部门整体支出绩效评价报告", "附件题名", in_contents=False),
            heading(4, "一、", "部门概况", "附件标题1", in_contents=False),
            heading(5, "（一）", "机构组成", "附件标题2", in_contents=False),
            heading(6, "1.", "职能", "附件标题3", in_contents=False),
            merged_table(),
            merged_table(),
            SectionStart(),
            heading(1, "第五部分 ", "附表", "标题1", page_break_before=True),
            SectionStart(landscape=True),
            heading(2, "一、", "支出决算表", "附表标题", page_break_before=True),
            wide_table("支出决算表", 30, titled=False),
            PageBreak(),
            wide_table("政府性基金预算财政拨款支出决算表", 3, titled=True),
            SectionStart(landscape=True),
            wide_table("国有资本经营预算财政拨款支出决算表", 2, titled=True),
            SectionStart(landscape=False, page_numbers=False),
            Paragraph((Run("封底"),)),
            SectionStart(),
        ),
    )  # fmt: skip
