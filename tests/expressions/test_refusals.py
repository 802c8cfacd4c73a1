"""A slip in a template: what Jinja2 and Python say in English, said to the author in Chinese."""

from __future__ import annotations

import sys

import pytest
from support import Form, pack_folder


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("{{ 1 if }}", "没有写完，可能缺少括号或引号"),
        ("{{ (1 }}", "没有写完，可能缺少括号或引号"),
        ("{{ 单位", "没有写完，可能缺少括号或引号"),
        ("{{ }}", "没有写完，可能缺少括号或引号"),
        ("{# 甲", "没有写完，可能缺少括号或引号"),
        ("{{ 单位 | }}", "没有写完，这里应是“名称”"),
        ("{{ }}{{ § }}", "没有写完，可能缺少括号或引号"),
        ("{% for 项 %}", "没有写完，这里应是“in”"),
        ("{% if 单位 %}", "没有写完，可能缺少 {% endfor %} 或 {% endif %}"),
        ("{{ 单位 年度 }}", "这里应是“}}”，写的是“年度”"),
        ("{% iff 单位 %}", "用了不认识的标签：“iff”"),
        ("{{ 单位，年度 }}", "有不能用的字符，可能是全角标点：“，”"),
        ("{{ * }}", "有多余的记号：“*”"),
        ("{{ 单位 | 万 }}", "没有“| 万”这种写法。您是否指“万元”？"),
        ("{{ 单位 is 空 }}", "没有“is 空”这种写法。"),
        ("{% include '别的' %}", "不能引用别的模板文件"),
        ("{{ 单位(甲=1, 甲=2) }}", "括号里同一个值写了两次"),
    ],
)
def test_a_slip_in_writing(tmp_path, written: str, reason: str) -> None:
    said = Form(pack_folder(tmp_path, text=written)).report().said
    assert said == [f"T102 example/text/正文.md.j2 第1行 模板的写法有误：{reason} 出错的地方：正文“正文”"]


@pytest.mark.parametrize(
    "written",
    [
        "{{ " + "(" * 300 + "1" + ")" * 300 + " }}",
        "{{ " + "[" * 300 + "]" * 300 + " }}",
        "{{ " + "not " * 1000 + "1 }}",
        "{{ 1" + " + 1" * 3000 + " }}",
        "{{ 单位" + " | list" * 2000 + " }}",
        "{{ " + "1 if 1 else " * 500 + "1 }}",
        "{% if 年度 %}" * 150 + "甲" + "{% endif %}" * 150,
        "{% if 年度 %}" + "{% elif 年度 %}" * 1000 + "{% endif %}",
        "{% for 项 in [1] %}" * 30 + "{% endfor %}" * 30,
    ],
    ids=lambda written: written[:12],
)
def test_what_is_nested_or_long_beyond_what_jinja2_and_python_can_do(tmp_path, written: str) -> None:
    """Whatever it is that gives up, the finding names file and line."""
    (said,) = Form(pack_folder(tmp_path, text=f"第一行\n{written}\n第三行")).report().said
    assert said == (
        "T102 example/text/正文.md.j2 第2行 模板的写法有误：括号、条件或循环套得太深，或者一个式子太长 "
        "出错的地方：正文“正文”"
    )


@pytest.mark.skipif(sys.version_info < (3, 11), reason="Python 3.10 reads numbers of any length")
def test_a_number_longer_than_python_reads(tmp_path) -> None:
    (said,) = Form(pack_folder(tmp_path, text="{{ " + "9" * 5000 + " }}")).report().said
    assert said.startswith("T102 example/text/正文.md.j2 第1行 模板的写法有误：有一个数或一段文字太长")


def test_a_formula_nested_too_deep(tmp_path) -> None:
    fields = "甲: {类型: 金额, 计算: '= " + "(" * 300 + "1" + ")" * 300 + "'}\n"
    (said,) = Form(pack_folder(tmp_path, fields=fields)).report().said
    assert said.startswith("T102 example/fields.yaml 第"), said
    assert "套得太深" in said


def test_a_macro_that_calls_itself(tmp_path) -> None:
    text = "第一行\n{% macro 甲() %}{{ 甲() }}{% endmacro %}\n{{ 甲() }}"
    (said,) = Form(pack_folder(tmp_path, text=text)).report().said
    assert said.startswith("T103 example/text/正文.md.j2 第2行 模板的计算出错：自己引用自己，或者套得太深")
