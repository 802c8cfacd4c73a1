"""Groups and tables inside a row of a table: their formulas, and rules over all their rows together."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import Form, pack_folder

FIELDS = """
项目:
  标签: 项目
  行:
    主键: 名称
    字段:
      名称: {类型: 文字, 标签: 项目名称}
      预算:
        标签: 预算
        字段:
          财政: {类型: 金额, 标签: 财政拨款}
          其他: {类型: 金额, 标签: 其他资金, 缺省: 0}
          合计: {类型: 金额, 标签: 合计, 计算: "组.财政 + 组.其他"}
      翻番: {类型: 金额, 标签: 翻番, 计算: "行.预算.合计 * 2"}
      资金:
        标签: 资金
        行:
          字段:
            预算: {类型: 金额, 标签: 预算数}
            执行: {类型: 金额, 标签: 执行数}
"""

CHECKS = """
P-OVER:
  逐行: "=项目 | 各行('资金')"
  左: =行.预算
  右: =行.执行
  关系: 不小于
  说明: 执行数超过预算数
"""

TEXT = """{% for 项 in 项目 %}
{{ 项.名称 }}预算{{ 项.预算.合计 | 万元 }}，翻番{{ 项.翻番 | 万元 }}。

{% endfor %}
"""


@pytest.fixture
def form(tmp_path: Path) -> Form:
    return Form(pack_folder(tmp_path, fields=FIELDS, checks=CHECKS, text=TEXT))


def test_a_group_in_a_row_computes_its_own_total(form: Form) -> None:
    made = form.report("项目:\n- {名称: 甲, 预算: {财政: 3, 其他: 1.5}}\n- {名称: 乙, 预算: {财政: 2}}\n")
    assert made.sentences == ["甲预算4.50万元，翻番9.00万元。", "乙预算2.00万元，翻番4.00万元。"]
    assert made.codes == []


def test_a_typed_total_in_a_row_is_held_against_its_parts(form: Form) -> None:
    made = form.report("项目:\n- {名称: 甲, 预算: {财政: 3, 其他: 1.5, 合计: 5}}\n")
    assert made.codes == ["F004"]
    assert made.said[0].startswith("F004 数据.yaml 第7行 填写的预算·合计 50,000.00元，按公式计算为 45,000.00元")


def test_a_rule_over_the_rows_of_all_inner_tables(form: Form) -> None:
    made = form.report(
        "项目:\n"
        "- {名称: 甲, 预算: {财政: 3}, 资金: [{预算: 3, 执行: 2}, {预算: 1, 执行: 4}]}\n"
        "- {名称: 乙, 预算: {财政: 2}, 资金: [{预算: 2, 执行: 2.5}]}\n"
    )
    assert [one.message.split(" ")[0] for one in made.findings] == ["项目[甲].资金[2]", "项目[乙].资金[1]"]
    assert made.codes == ["P-OVER", "P-OVER"]


def test_inner_rows_of_what_is_no_table(tmp_path: Path) -> None:
    checks = CHECKS.replace("各行('资金')", "各行('名称')")
    made = Form(pack_folder(tmp_path, fields=FIELDS, checks=checks, text=TEXT)).report(
        "项目:\n- {名称: 甲, 预算: {财政: 3}}\n"
    )
    assert made.codes == ["T103"]
    assert "“项目[甲].名称”不是表" in made.findings[0].message
