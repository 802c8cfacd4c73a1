"""Figures inside an office's own texts: {{ 名称 | 万元 }} becomes a number that follows the facts."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import Form, Report, pack_folder

from generator.document.nodes import Figure, Paragraph

FIELDS = """
收入:
  字段:
    合计: {类型: 金额, 标签: 本年收入合计}
    比重: {类型: 百分比}
人数: {类型: 个数, 单位: 人}
公开时间: {类型: 日期}
空着: {类型: 金额, 标签: 空着的数}
说明: {类型: 长文, 标签: 情况说明}
标题: {类型: 文字}
项目:
  行:
    主键: 名称
    字段:
      名称: {类型: 文字, 标签: 项目名称}
      执行: {类型: 金额}
      成效: {类型: 长文}
工作:
  行:
    字段:
      内容: {类型: 长文}
      次数: {类型: 个数, 单位: 次}
"""
TEXT = """# {{ 标题 }}

{{ 说明 | 首句加粗 }}

{% for 项 in 项目 %}
因{{ 项.成效 | 去句号 }}，完成。

{% endfor %}
"""
FACTS = """
收入: {合计: 91.68, 比重: 43.22}
人数: 12
公开时间: 2021-10-26
项目:
  - {名称: DRGs项目经费, 执行: 3.00, 成效: '共支付{{ 项目["DRGs项目经费"].执行 | 万元 }}。'}
工作: [{内容: 甲, 次数: 4}]
"""


@pytest.fixture
def write(tmp_path: Path):
    form = Form(pack_folder(tmp_path, fields=FIELDS, text=TEXT))

    def written(text: str) -> Report:
        quoted = text.replace("'", "''")
        return form.report(f"{FACTS}标题: 甲\n说明: '{quoted}'\n")

    return written


PRINTED = [
    ("全年收入{{ 收入.合计 | 万元 }}。", "全年收入91.68万元。"),
    ("全年收入{{收入.合计}}。", "全年收入91.68万元。"),
    ("全年收入{{ 收入.合计 | 元 }}。", "全年收入916800.00元。"),
    ("全年收入{{ 收入.合计 | 数值 }}。", "全年收入91.68。"),
    ("占{{ 收入.比重 | 百分比 }}。", "占43.22%。"),
    ("共{{ 人数 | 个数 }}，即{{ 人数 | 数值 }}个人。", "共12人，即12个人。"),
    ("于{{ 公开时间 }}公开。", "于2021年10月26日公开。"),
    ("{{ 年度 }}年比{{ 上年 }}年多。", "2020年比2019年多。"),
    ("用于{{ 项目[“DRGs项目经费”].执行 ｜ 万元 }}。", "用于3.00万元。"),
    ("用于{{ 项目[DRGs项目经费]．执行 }}。", "用于3.00万元。"),
    ("开展{{ 工作[1].次数 }}。", "开展4次。"),
]


@pytest.mark.parametrize(("typed", "printed"), PRINTED)
def test_a_name_prints_its_figure(write, typed: str, printed: str) -> None:
    report = write(typed)
    assert report.said == []
    assert report.sentences == [printed, "因共支付3.00万元，完成。"]


def test_the_number_is_a_figure_of_the_fact(write) -> None:
    report = write("一是收入{{ 收入.合计 | 万元 }}。此外{{ 人数 }}。")
    paragraph = next(b for b in report.document.blocks if isinstance(b, Paragraph))
    figures = [i for i in paragraph.content if isinstance(i, Figure)]
    assert [(f.text, f.quantity.name, f.bold) for f in figures] == [("91.68", "收入.合计", True), ("12", "人数", False)]
    assert figures[0].quantity.place.line > 0


def test_lines_stay_paragraphs(write) -> None:
    report = write("收入{{ 收入.合计 }}\n\n{{ 人数 }}在职\n\n{{ 人数 }}，共\n\n二是甲。乙")
    assert report.sentences[:-1] == ["收入91.68万元", "12人在职", "12人，共", "**二是甲。**乙"]


def test_signs_beside_a_figure_stay_words(write) -> None:
    report = write("# {{ 人数 }} **甲** {% 乙")
    assert report.sentences[0] == "# 12人 **甲** {% 乙"


MISTAKES = [
    ("{{ 收入.合记 }}", "I061 数据.yaml 第14行 情况说明里的“{{ 收入.合记 }}”：没有“收入.合记” 您是否指“收入.合计”？"),
    ("{{ 收人.合计 }}", "I061 数据.yaml 第14行 情况说明里的“{{ 收人.合计 }}”：没有“收人” 您是否指“收入”？"),
    (
        "{{ 项目[DRG].执行 }}",
        "I061 数据.yaml 第14行 情况说明里的“{{ 项目[DRG].执行 }}”：没有“项目[DRG]” 您是否指“DRGs项目经费”？",
    ),
    (
        "{{ 工作[2].次数 }}",
        "I061 数据.yaml 第14行 情况说明里的“{{ 工作[2].次数 }}”：没有“工作[2]” “工作”有1行，从 1 数起",
    ),
    (
        "{{ 收入.合计 | 万园 }}",
        "I062 数据.yaml 第14行 情况说明里的“{{ 收入.合计 | 万园 }}”：不能用“| 万园”"
        " 您是否指“万元”？可以用：万元、元、千元、亿元、数值、百分比、个数，也可以不写",
    ),
    (
        "{{ 收入 }}",
        "I063 数据.yaml 第14行 情况说明里的“{{ 收入 }}”：“收入”是一组内容，不是一个数 请写到其中一个数，如 收入.合计",
    ),
    (
        "{{ 说明 }}",
        "I063 数据.yaml 第14行 情况说明里的“{{ 说明 }}”：“说明”是一段文字，不是一个数"
        " 只能引用数和日期，文字请直接写出来",
    ),
    (
        "{{ 标题 }}",
        "I063 数据.yaml 第14行 情况说明里的“{{ 标题 }}”：“标题”是一段文字，不是一个数"
        " 只能引用数和日期，文字请直接写出来",
    ),
    (
        "{{ 项目.执行 }}",
        "I063 数据.yaml 第14行 情况说明里的“{{ 项目.执行 }}”：“项目”是一张表，不是一个数"
        ' 请写到某一行的某一列，如 项目["DRGs项目经费"].执行',
    ),
    (
        "{{ 收入.合计 - 1 }}",
        "I064 数据.yaml 第14行 情况说明里的“{{ 收入.合计 - 1 }}”看不懂"
        " 写成 {{ 名称 }} 或 {{ 名称 | 万元 }}，名称如 收入.合计；这里不做计算",
    ),
    (
        "{{ 人数 | 万元 }}",
        "I066 数据.yaml 第14行 情况说明里的“{{ 人数 | 万元 }}”：“人数”（人）不是金额，不能用“| 万元”"
        " 请改用合适的写法，或删去“|”和后面的字",
    ),
]


@pytest.mark.parametrize(("typed", "said"), MISTAKES, ids=[typed for typed, _ in MISTAKES])
def test_a_mistake_is_the_offices_and_stands_at_its_cell(write, typed: str, said: str) -> None:
    report = write(f"前{typed}后")
    assert report.said == [said]
    assert report.sentences[0] == f"前〔{typed[2:-2].strip()}〕后"


@pytest.mark.parametrize("typed", ["{ 收入.合计 }", "{{ 收入.合计 }", "{{ 收入.合计", "{% if 甲 %}", "{{ {收入} }}"])
def test_other_braces_are_left_over_marks(write, typed: str) -> None:
    report = write(f"前{typed}后")
    assert report.codes == ["I050"]
    assert report.sentences[0] == f"前{typed}后"


def test_a_blank_figure_is_asked_for_at_its_own_cell(write) -> None:
    report = write("另有{{ 空着 | 万元 }}。")
    assert report.codes == ["F001"]
    assert report.sentences[0] == "另有〔待填：空着的数〕。"


def test_a_row_is_not_named_by_a_figure(tmp_path: Path) -> None:
    form = Form(pack_folder(tmp_path, fields=FIELDS, text="{{ 人数 }}\n"))
    report = form.report("人数: 3\n项目: [{名称: '{{ 人数 }}', 执行: 1}]\n")
    assert report.codes == ["I065"]
