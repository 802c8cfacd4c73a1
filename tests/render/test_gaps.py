"""A report with blanks: what cannot be said prints 〔待填〕 where it stands, and nothing else is lost."""

from __future__ import annotations

import pytest
from support import Form, Report, pack_folder

FIELDS = """
收支:
  标签: 收支
  字段:
    决算: {类型: 金额, 标签: 决算数, 必填: 是}
    上年: {类型: 金额, 标签: 上年决算数, 缺省: 0}
    说明: {类型: 文字, 标签: 说明}
项目:
  标签: 项目
  行:
    主键: 名称
    字段:
      名称: {类型: 文字, 标签: 项目名称}
      评价: {类型: 是否, 标签: 是否评价, 必填: 是}
      金额: {类型: 金额, 标签: 项目金额, 必填: 是}
职责: {标签: 主要职责, 行: {必填: 是, 字段: {内容: {类型: 文字, 标签: 职责内容}}}}
"""
FULL = """
收支: {决算: 5, 上年: 4}
项目: [{名称: 甲, 评价: 是, 金额: 3}, {名称: 乙, 评价: 否, 金额: 2}]
职责: [{内容: 管理}]
"""


def report(tmp_path, text: str, data: str, **parts: str) -> Report:
    return Form(pack_folder(tmp_path, fields=FIELDS, text=text, **parts)).report(data)


def without(taken: str, put: str = "") -> str:
    assert taken in FULL
    return FULL.replace(taken, put)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "支出{{ 收支.决算 | 万元 }}{% if 收支.决算 > 0 %}，已付{% endif %}。",
            "支出〔待填：收支·决算数〕，已付〔待填：收支·决算数〕。",
        ),
        ("{% if 收支.决算 > 0 %}已付{% endif %}。", "已付〔待填：收支·决算数〕。"),
        ("{% if not 收支.决算 > 0 or 收支.决算 > 收支.上年 %}已付{% endif %}。", "已付〔待填：收支·决算数〕。"),
        (
            "{% if 收支.决算 == 0 %}没有支出{% else %}支出已付{% endif %}。",
            "〔待填：收支·决算数；填好后从下面的写法中取一种〕没有支出〔或：〕支出已付。",
        ),
        (
            "{% if 收支.决算 < 0 %}多{% elif 收支.上年 < 0 %}往年多{% else %}少{% endif %}。",
            "〔待填：收支·决算数；填好后从下面的写法中取一种〕多〔或：〕少。",
        ),
        ("{{ '增支' if 收支.决算 > 收支.上年 else '减支' }}的原因。", "〔待填：收支·决算数〕的原因。"),
        ("{% set 词 = '增' if 收支.决算 > 0 else '减' %}{{ 词 }}支。", "〔待填：收支·决算数〕支。"),
        (
            "{% if 收支.决算 > 0 %}{% set 词 = '增' %}{% else %}{% set 词 = '减' %}{% endif %}{{ 词 }}支。",
            "〔待填：收支·决算数；填好后从下面的写法中取一种〕〔或：〕〔待填：收支·决算数〕支。",
        ),
        (
            "{% for 数 in [收支.决算, 收支.上年] if 数 > 0 %}{{ 数 | 万元 }}、{% endfor %}。",
            "〔待填：收支·决算数〕、4.00万元、。",
        ),
        ("{% if 收支.说明 %}说明{% endif %}好。", "好。"),
    ],
)
def test_a_condition_that_cannot_be_decided_keeps_its_words(tmp_path, text: str, said: str) -> None:
    made = report(tmp_path, f"## 前\n\n{text}\n\n## 后\n\n完。\n", without("决算: 5, "))
    assert made.sentences == [said, "完。"]
    assert made.codes == ["F002"]


def test_lines_under_an_undecided_condition_keep_headings_and_numbers(tmp_path) -> None:
    text = "## 前\n\n1. 甲\n\n{% if 收支.决算 > 0 %}\n1. 乙\n\n{% else %}\n1. 丙\n\n{% endif %}\n1. 丁\n\n## 后\n"
    made = report(tmp_path, text, without("决算: 5, "))
    assert [line for line in made.outline.splitlines() if line] == [
        "## 一、前",
        "P 1. 甲",
        "P 〔待填：收支·决算数；填好后从下面的写法中取一种〕",
        "P 2. 乙",
        "P 〔或：〕",
        "P 3. 丙",
        "P 4. 丁",
        "## 二、后",
    ]


def test_a_list_without_rows_says_what_is_missing(tmp_path) -> None:
    text = "{% for 行 in 职责 %}\n1. {{ 行.内容 }}\n\n{% endfor %}\n共{{ 职责 | 行数('项') | 个数 }}。\n"
    made = report(tmp_path, text, without("职责: [{内容: 管理}]"))
    assert made.sentences == ["〔待填：主要职责〕", "共〔待填：主要职责〕。"]
    assert made.codes == ["F006"]


def test_a_row_that_no_selection_can_judge_is_shown_and_not_counted(tmp_path) -> None:
    each = "{% for 项 in 项目 | 选是('评价') %}{{ 项.名称 }}{{ 项.金额 | 万元 }}；{% endfor %}"
    text = each + "共{{ 项目 | 选是('评价') | 行数 | 个数 }}。\n"
    made = report(tmp_path, text, without("评价: 是, "))
    assert made.sentences == ["甲3.00万元；共〔待填：项目（甲）·是否评价〕。"]


def test_不适用_that_cannot_be_counted_with_stands_in_place(tmp_path) -> None:
    text = "合计{{ (收支.决算 + 收支.上年) | 万元 }}。\n\n完。\n"
    made = report(tmp_path, text, without("上年: 4", "上年: 不适用"))
    assert made.sentences == ["合计〔“不适用”不能用来计算：收支·上年决算数〕。", "完。"]
    assert made.codes == ["F008"]


def test_a_mistake_of_the_pack_is_still_its_own(tmp_path) -> None:
    made = report(tmp_path, "前。\n\n{{ 收支.决算 | 百分比 }}\n\n后。\n", FULL)
    assert made.sentences == ["前。", "〔“正文”从这里起没有印出来，原因见核对结果〕"]
    assert [f"{d.code} {d.place}" for d in made.findings] == ["T103 example/text/正文.md.j2 第3行"]


TABLE = """
列: [{宽: 40}, {宽: 40}]
表头: [[名称, 金额]]
行:
  - {逐行: =项目, 当: =行.金额 > 0, 单元: [=行.名称, =行.金额]}
  - [合计, =项目 | 求和('金额')]
空表: 没有项目。
空表时: =项目 | 求和('金额') == 0
"""


def test_a_table_keeps_its_rows(tmp_path) -> None:
    folder = pack_folder(tmp_path, {"tables/各项目.yaml": TABLE}, fields=FIELDS, text="```表 各项目\n```\n")
    made = Form(folder).report(without("金额: 3"))
    rows = [line.strip() for line in made.outline.splitlines() if line.startswith("  ")]
    assert rows == [
        "H 名称 | 金额",
        "- 甲 | 〔待填：项目（甲）·项目金额〕",
        "- 乙 | ‹2.00 项目[乙].金额›",
        "- 合计 | 〔待填：项目（甲）·项目金额〕",
        "表注 〔待填：项目（甲）·项目金额〕没有项目。",
    ]


CHART = "变动:\n  标题: 收支变动\n  种类: 柱形\n  类别: [本年]\n  系列: [{名: 数, 值: [=收支.决算]}]\n"


def test_a_chart_keeps_its_caption_and_number(tmp_path) -> None:
    made = report(tmp_path, "```图 变动\n```\n", without("决算: 5, "), charts=CHART)
    assert [line.strip() for line in made.outline.splitlines() if line] == [
        "C 柱形 变动",
        "〔待填：收支·决算数〕",
        "图题 图1：收支变动",
    ]


def test_what_depends_on_a_blank_is_not_asked_for_yet(tmp_path) -> None:
    """One cause: whether 说明 is needed shows when 决算 is filled in."""
    made = report(tmp_path, "{% if 收支.决算 > 0 %}用于{{ 收支.说明 }}{% endif %}。\n", without("决算: 5, "))
    assert made.sentences == ["用于〔待填：收支·说明〕〔待填：收支·决算数〕。"]
    assert made.codes == ["F002"]
