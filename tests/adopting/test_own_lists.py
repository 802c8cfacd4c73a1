"""Lists within a paragraph, amounts of a formula, clauses about the year before: a report above, its values below."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from support import SETTINGS, pack_folder

from generator.adopting.adopted import adopt
from generator.pack import load_pack

PACK = SETTINGS.replace("{{ 单位 }}", "{{ 单位.名称 }}")
FIELDS = """
年度: {类型: 年度, 标签: 决算年度, 必填: 是}
单位: {标签: 单位, 字段: {名称: {类型: 文字, 标签: 单位名称, 沿用: 是}, 简称: {类型: 文字, 标签: 单位简称}}}
决算: {标签: 决算, 字段: {收入: {类型: 金额, 标签: 收入, 必填: 是}, 支出: {类型: 金额, 标签: 支出, 必填: 是}}}
上年决算: {标签: 上年决算, 字段: {支出: {类型: 金额, 标签: 上年支出, 必填: 是, 上年对应: 决算.支出}}}
公用: {标签: 公用经费, 字段: {实际: {类型: 金额, 标签: 实际, 必填: 是}, 预算: {类型: 金额, 标签: 预算, 必填: 是}}}
调查: {标签: 调查, 行: {主键: 对象, 字段: {对象: {类型: 文字, 标签: 对象}, 结果: {类型: 百分比, 标签: 结果, 必填: 是}}}}
说明: {类型: 长文, 标签: 调查说明, 必填: 是}
科目支出:
  标签: 科目支出
  行:
    主键: 科目
    字段:
      科目: {类型: 功能科目, 标签: 科目, 必填: 是, 级次: 项}
      支出: {类型: 金额, 标签: 支出, 必填: 是}
      解释: {类型: 长文, 标签: 名词解释, 必填: 是}
"""
TEXT = """
# {{ 年度 }}年度说明

## 收支情况

{{ 年度 }}年总收入{{ 决算.收入 | 万元 }}。{{ 年度 }}年总支出{{ 决算.支出 | 万元 }}。

## 科目

{% for 行 in 科目支出 %}
{{ 行.科目 | 科目全称 }}支出{{ 行.支出 | 万元 }}。

{% endfor %}
## 满意度

本次评价发放了调查问卷，
{% for 行 in 调查 %}{{ 行.对象 }}{{ 行.结果 | 百分比 }}{{ '。' if loop.last else '、' }}{% endfor %}
{{ 说明 }}

## 公用经费

公用经费控制率=（{{ 公用.实际 | 数值 }}/{{ 公用.预算 | 数值 }}）×100%。

## 名词解释

{% for 行 in 科目支出 %}
1. {{ 行.科目 | 科目全称 }}：{{ 行.解释 }}

{% endfor %}
"""
POST = "卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）"
REPORT = f"""示例县甲局
2020年度说明
一、收支情况
2020年总收入91.68万元。2019年总支出36.57万元。
二、科目
{POST}支出12.34万元。
三、满意度
本次评价发放了调查问卷，满意度分别为群众98%、参保人员满意度为100%。参保人数稳步增长。
四、公用经费
公用经费控制率=（36.90/67.72）×100%。上级补助为1.20万元、2.40万元、3.60万元。
五、名词解释
1.{POST}：指单位缴纳的医疗保险费。
"""


def lifted(tmp_path: Path, report: str) -> dict[str, str]:
    """Field and row → what goes into it."""
    roots = pack_folder(tmp_path, {"fields.yaml": FIELDS, "pack.yaml": PACK}, text=TEXT)
    pack = load_pack("example", roots).value
    assert pack is not None
    word = docx.Document()
    for line in report.splitlines():
        word.add_paragraph(line)
    buffer = io.BytesIO()
    word.save(buffer)
    made = adopt("去年.docx", buffer.getvalue(), pack, roots).value
    assert made is not None
    return {f"{one.field.path}{[row for _, row in one.rows] or ''}": one.text for one in made.values}


def test_each_goes_into_its_field(tmp_path: Path) -> None:
    assert lifted(tmp_path, REPORT) == {
        "决算.收入": "91.68",
        "上年决算.支出": "36.57",
        "科目支出.科目['2101101']": "2101101 行政单位医疗",
        "科目支出.支出['2101101']": "12.34",
        "科目支出.解释['2101101']": "指单位缴纳的医疗保险费。",
        "调查.对象['K群众']": "群众",
        "调查.结果['K群众']": "98",
        "调查.对象['K参保人员满意度']": "参保人员满意度",
        "调查.结果['K参保人员满意度']": "100",
        "说明": "参保人数稳步增长。",
        "公用.实际": "36.90",
        "公用.预算": "67.72",
    }


@pytest.mark.parametrize(
    ("old", "new", "gone"),
    [
        ("满意度为100%", "也满意", "调查"),  # not each has a figure: which is whose?
        ("、参保人员满意度为100%", "、群众97%", "调查"),
        ("3.60万元", "36000.00元", "公用"),  # nobody says whether the formula is in 元 or in 万元
        ("2019年总支出", "2018年总支出", "上年决算"),
        ("2019年总支出36.57万元", "总支出91.00万元", "上年决算"),
        ("支出12.34万元", "花费不多", "科目支出.解释"),  # a 科目 of which nothing else is told
    ],
)
def test_what_is_not_clear_stays_out(tmp_path: Path, old: str, new: str, gone: str) -> None:
    assert old in REPORT
    found = lifted(tmp_path, REPORT.replace(old, new))
    assert not [path for path in found if path.startswith(gone)]
    assert len(found) > 5
