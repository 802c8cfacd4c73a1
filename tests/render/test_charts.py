"""charts.yaml: the chart as its author wrote it above, what it shows below."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from specimen import common_look
from support import Form, Report, pack_folder, plain

from generator.document.nodes import Chart, Document, Figure, Paragraph
from generator.number_style import NumberStyle
from generator.word.read_chart import read_series
from generator.writers.chart_values import shown
from generator.writers.docx import write_docx

LOOK = common_look()

FIELDS = """
总计:
  标签: 收、支总计
  字段:
    决算: {类型: 金额, 标签: 总计}
    上年: {类型: 金额, 标签: 上年总计}
人数: {类型: 个数, 标签: 人数, 单位: 人}
支出:
  标签: 支出
  行:
    主键: 名称
    字段:
      名称: {类型: 文字, 标签: 名称}
      金额: {类型: 金额, 标签: 金额}
"""
DATA = """
总计: {决算: 91.68, 上年: 36.57}
支出: [{名称: 教育*, 金额: 25.005}, {名称: 卫生, 金额: 0}, {名称: 住房, 金额: 75}]
"""
COLUMNS = """
变动:
  标题: 收、支总计变动情况
  种类: 柱形
  类别: ["{{ 上年 }}年", "{{ 年度 }}年"]
  系列: [{名: 收、支总计, 值: [=总计.上年, =总计.决算]}]
"""
PIE = """
结构:
  标题: 支出结构
  种类: 饼形
  各项: [{逐行: =支出, 名: =行.名称, 值: =行.金额}]
  全零: 无
"""


def chart(tmp_path, charts: str, data: str = DATA, text: str = "```图 变动\n```\n") -> Report:
    return Form(pack_folder(tmp_path, fields=FIELDS, charts=charts, text=text)).report(data)


def test_columns(tmp_path) -> None:
    assert chart(tmp_path, COLUMNS).outline == (
        "C 柱形 变动\n  | 2019年 | 2020年\n  收、支总计 | 36.57 | 91.68\n"
        "  图题 图1：‹2020 年度›年度收、支总计变动情况（万元）\n"
    )


def test_a_pie_of_rows_leaves_out_what_is_zero_in_words(tmp_path) -> None:
    report = chart(tmp_path, PIE, text="```图 结构\n```\n")
    assert report.outline == (
        "C 饼形 结构\n  | 教育* | 住房\n  支出结构 | 25.01 | 75.00\n  标签 | 25% | 75%\n"
        "  图题 图1：‹2020 年度›年度支出结构（%）\n"
    )
    assert report.document is not None
    (pie,) = report.document.blocks
    assert isinstance(pie, Chart)
    assert pie.alt == "支出结构（饼形图）：教育*25.01万元（25%），住房75.00万元（75%）。"


def test_a_pie_of_nothing_is_a_word(tmp_path) -> None:
    zeros = "支出: [{名称: 教育, 金额: 0}, {名称: 卫生, 金额: 0}]\n"
    report = chart(tmp_path, PIE, zeros, "```图 结构\n```\n")
    assert report.outline == "C 饼形 结构\n  无\n  图题 图1：‹2020 年度›年度支出结构（%）\n"
    assert report.document is not None
    (pie,) = report.document.blocks
    assert isinstance(pie, Chart)
    assert pie.alt == "支出结构（饼形图）：全部为0。"


def test_captions_are_counted(tmp_path) -> None:
    text = "```图 变动\n```\n\n```图 结构\n```\n\n```图 变动\n```\n"
    outline = chart(tmp_path, COLUMNS + PIE, text=text).outline
    assert [line.strip() for line in plain(outline).split("\n") if "图题" in line] == [
        "图题 图1：2020年度收、支总计变动情况（万元）",
        "图题 图2：2020年度支出结构（%）",
        "图题 图3：2020年度收、支总计变动情况（万元）",
    ]


def test_a_blank_is_the_offices_to_fill_in(tmp_path) -> None:
    report = chart(tmp_path, COLUMNS, "总计: {决算: 1}\n")
    assert report.codes == ["F001"]
    assert str(report.findings[0].place) == "数据.yaml 第6行"
    assert "〔待填：" in report.outline


def test_a_chart_gives_no_number_away_that_it_cannot_draw(tmp_path) -> None:
    """不适用 is no number, so it is said where the chart's author asked for one."""
    report = chart(tmp_path, COLUMNS, "总计: {决算: 1, 上年: 不适用}\n")
    assert report.codes == ["T103"]


def test_a_row_is_handed_to_the_chart(tmp_path) -> None:
    charts = "各笔:\n  标题: '{{ 这笔.名称 }}'\n  种类: 条形\n  类别: [金额]\n  系列: [{名: 金额, 值: [=这笔.金额]}]\n"
    text = "{% for 项 in 支出 | 有数('金额') %}\n```图 各笔\n这笔: {{ 项 }}\n```\n{% endfor %}\n"
    outline = plain(chart(tmp_path, charts, text=text).outline)
    assert "图题 图1：2020年度教育*（万元）" in outline
    assert "图题 图2：2020年度住房（万元）" in outline


LINE = "变动:\n  标题: 甲\n  种类: 折线\n  类别: [一]\n  系列: [{名: 数, 值: [=总计.决算]}]\n"


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        (LINE.replace("折线", "曲线"), 3, "种类只能是柱形、饼形、条形、折线，不能是“曲线”"),
        (LINE.replace("标题", "题目"), 2, "有不认识的词“题目”"),
        (LINE.replace("[一]", "[一, 二]"), 5, "系列的值与类别的个数不同"),
        (LINE.replace("=总计", "总计"), 5, "“总计.决算”应以 = 开头"),
        ("变动:\n  种类: 饼形\n", 1, "要有“系列”（与“类别”相配）或“各项”"),
        ("变动: 饼形\n", 1, "要写成“名称: 值”的一组内容"),
        ("变动: {种类: 饼形, 各项: [甲]}\n", 1, "“各项”要写成“名、值”的清单"),
        ("变动: {种类: 柱形, 系列: {名: 甲}}\n", 1, "“系列”要写成“名、值”的清单"),
    ],
)
def test_a_chart_badly_written_is_explained(tmp_path, source: str, line: int, words: str) -> None:
    findings = chart(tmp_path, source).findings
    spots = [str(one.place) for one in findings if one.code == "T106" and words in one.message]
    assert spots == [f"example/charts.yaml 第{line}行"]


@pytest.mark.parametrize(
    ("source", "code", "line", "words"),
    [
        (LINE.replace("标题: 甲", "标题: '{{ 年读 }}'"), "T101", 2, "没有“年读”这个名称。您是否指“年度”？"),
        (LINE.replace("标题: 甲", "标题: '{{ 年度'"), "T102", 2, "没有写完"),
        (LINE.replace("总计.决算", "总计.决祘"), "T101", 5, "您是否指“决算”？"),
        (LINE.replace("总计.决算", "总计.决算 +"), "T102", 5, "没有写完"),
        (LINE.replace("总计.决算", "年度 == 2020"), "T103", 5, "图“变动”的值要是数量"),
    ],
)
def test_a_mistake_is_reported_at_its_line(tmp_path, source: str, code: str, line: int, words: str) -> None:
    (found,) = chart(tmp_path, source).findings
    assert found.code == code
    assert words in found.message
    assert str(found.place) == f"example/charts.yaml 第{line}行"


SHARES = """
{% for 项 in 支出 %}{{ 项.名称 }}{{ 项.金额 | 万元 }}，占{{ 项.金额 | 占(总计.决算) }}；{% endfor %}

```图 结构
```

```图 变动
```

{{ 总计.上年 | 万元 }}、{{ 总计.决算 | 万元 }}
"""
WHOLE = PIE + "  合计: =总计.决算\n"


@pytest.mark.parametrize(
    ("settings", "labels"), [("", "42.40% | 53.59% | 4.01%"), ("复算口径: 公布数\n", "42.41% | 53.60% | 4%")]
)
def test_the_shares_of_a_pie_are_those_of_the_text(tmp_path, settings: str, labels: str) -> None:
    """42.58, 53.82 and 4.02 of 100.41 are printed. Word works shares out from what stands in the chart; the words at
    the slices are the text's."""
    form = Form(pack_folder(tmp_path, fields=FIELDS, charts=COLUMNS + WHOLE, text=SHARES, settings=settings))
    rows = "[{名称: 甲, 金额: 425750}, {名称: 乙, 金额: 538150}, {名称: 丙, 金额: 40249.99}]"
    report = form.report(f"总计: {{决算: 1004149.99, 上年: 0}}\n支出: {rows}\n", unit="元")
    shown = plain(report.outline)
    assert re.findall("标签 . (.*)", shown) == [labels]
    assert re.findall("占([0-9.]+%)", shown) == labels.split(" | ")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Form:
    return Form(pack_folder(tmp_path_factory.mktemp("图"), fields=FIELDS, charts=COLUMNS + WHOLE, text=SHARES))


@given(
    parts=st.lists(st.decimals(min_value="0.01", max_value=10**9, places=2), min_size=1, max_size=9),
    last=st.decimals(min_value=0, max_value=10**9, places=2),
)
def test_a_chart_says_what_the_text_says(drawn: Form, parts: list[Decimal], last: Decimal) -> None:
    rows = ", ".join(f"{{名称: 第{n}项, 金额: {part}}}" for n, part in enumerate(parts, 1))
    report = drawn.report(f"总计: {{决算: {sum(parts)}, 上年: {last}}}\n支出: [{rows}]\n", unit="元")
    assert report.document is not None
    text, pie, columns, amounts = report.document.blocks
    assert isinstance(text, Paragraph) and isinstance(pie, Chart)
    assert isinstance(columns, Chart) and isinstance(amounts, Paragraph)
    spoken = [figure.text for figure in text.content if isinstance(figure, Figure)][1::2]
    for chart, said in ((pie, [f"{one}%" for one in spoken]), (columns, _in_wan(amounts))):
        (series,) = shown(chart).series or (None,)
        if series is not None:
            assert [label or number for label, number in zip(series.labels, series.printed, strict=True)] == said
            exact = [one.value / 10000 for one in chart.series[0].values]
            assert [Decimal(value) for value in series.values] == exact
            assert list(chart_of(report.document, chart)) == list(series.values)


def _in_wan(paragraph: Paragraph) -> list[str]:
    """As a column says it: an amount below 50 元, which a sentence gives in 元, is 0 there."""
    figures = [piece for piece in paragraph.content if isinstance(piece, Figure)]
    return [NumberStyle().money(figure.quantity.value) for figure in figures]


def chart_of(document: Document, chart: Chart) -> tuple[str, ...]:
    """The cached values of the same chart in the Word file."""
    parts = zipfile.ZipFile(BytesIO(write_docx(document, LOOK)))
    number = [block for block in document.blocks if isinstance(block, Chart) and shown(block).series].index(chart) + 1
    (series,) = read_series(etree.fromstring(parts.read(f"word/charts/chart{number}.xml")))
    return series.values
