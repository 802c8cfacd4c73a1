"""A chapter written sentence by sentence: its lines above, its paragraphs below."""

from __future__ import annotations

import pytest
from support import Form, Report, pack_folder

FIELDS = """
名称: {类型: 文字, 标签: 名称}
数: {类型: 金额, 标签: 数, 必填: 是}
事项: {标签: 事项, 行: {字段: {内容: {类型: 文字, 标签: 内容}}}}
"""


def report(tmp_path, text: str, data: str = "数: 5\n") -> Report:
    return Form(pack_folder(tmp_path, fields=FIELDS, text=text)).report(data)


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("甲。\n乙。\n\n丙。\n", ["甲。乙。", "丙。"]),
        ("用 Word\n2019\n打开。\n", ["用 Word 2019打开。"]),
        ("{{ 名称 }}\n{{ 名称 }}\n打开。\n", ["Word Word打开。"]),
        # a sentence that is left out leaves no empty line
        ("甲。\n{% if 数 == 0 %}乙。{% endif %}\n丙。\n", ["甲。丙。"]),
        ("甲。\n{{ '乙。' if 数 == 0 else '' }}\n丙。\n\n丁。\n", ["甲。丙。", "丁。"]),
        ("甲。\n{% if 数 == 0 %}\n乙。\n{% endif %}\n丙。\n", ["甲。丙。"]),
        ("{% if 数 == 0 %}甲。{% endif %}\n乙。\n\n{% if 数 == 0 %}丙。{% endif %}\n\n丁。\n", ["乙。", "丁。"]),
        # a paragraph that ends with a tag ends there
        ("甲{% if 数 > 0 %}有数{% endif %}\n\n乙。\n", ["甲有数", "乙。"]),
        ("甲。\n{% if 数 > 0 %}乙。{% endif %}\n\n{# 说明 #}\n丙。{# 注 #}\n\n丁。\n", ["甲。乙。", "丙。", "丁。"]),
        ("甲{% for 项 in 事项 %}，\n{{ 项.内容 }}\n{%- endfor %}。\n", ["甲，一，二。"]),
        # a line with nothing but tags is none, wherever it stands
        ("甲。\n{% if 数 > 0 %}\n乙。\n\n{% endif %}\n丙。\n", ["甲。乙。", "丙。"]),
        ("甲。\n  {% if 数 > 0 %}{# 注 #}  \n乙。\n{% endif %}\n{% set 词 = '丙' %}\n{{ 词 }}。\n", ["甲。乙。丙。"]),
        # what is indented stays so
        ("1. 甲\n\n   {% if 数 > 0 %}乙。{% endif %}\n   丙。\n\n1. 丁\n", ["1. 甲", "乙。丙。", "2. 丁"]),
        ("{% set 段 %}\n甲。\n乙。\n{% endset %}\n{{ 段 }}\n", ["甲。乙。"]),
    ],
)
def test_an_empty_line_of_the_chapter_ends_a_paragraph(tmp_path, text: str, paragraphs: list[str]) -> None:
    made = report(tmp_path, text, "名称: Word\n数: 5\n事项: [{内容: 一}, {内容: 二}]\n")
    assert made.sentences == paragraphs
    assert made.codes == []


def test_lines_of_a_style_stay_apart(tmp_path) -> None:
    text = "```样式 落款\n{% if 数 > 0 %}甲{% endif %}\n乙\n```\n"
    assert report(tmp_path, text).outline == "P[落款] 甲\nP[落款] 乙\n"


def test_a_sentence_that_is_undecided_stays_in_its_paragraph(tmp_path) -> None:
    text = "甲。\n{% if 数 > 0 %}\n乙。\n{% else %}\n丙。\n{% endif %}\n丁。\n"
    made = report(tmp_path, text, "名称: 甲局\n")
    assert made.sentences == ["甲。〔待填：数；填好后从下面的写法中取一种〕乙。〔或：〕丙。丁。"]


@pytest.mark.parametrize("lines", ["## 甲\n", "```样式 落款\n甲\n```\n", "1. 甲\n"])
def test_headings_fences_and_items_that_are_undecided_stand_apart(tmp_path, lines: str) -> None:
    made = report(tmp_path, f"前。\n\n{{% if 数 > 0 %}}\n{lines}{{% endif %}}\n", "名称: 甲局\n")
    assert made.sentences[-1] == "〔待填：数〕"


def test_two_lines_of_a_title(tmp_path) -> None:
    form = Form(pack_folder(tmp_path, fields=FIELDS, settings="", text="甲。\n"))
    settings = tmp_path / "example" / "pack.yaml"
    title = 'title: "'
    assert title not in settings.read_text("utf-8")
    settings.write_text(settings.read_text("utf-8").replace('题名: "', '题名: "{{ 年度 }}年\\n\\\n  '), "utf-8")
    made = form.report("数: 5\n")
    assert made.document is not None
    assert made.document.meta.title == "2020年\n甲局2020年度报告"
