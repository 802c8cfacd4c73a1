"""What says nothing: a word in many dresses is the same word, and a text that says something is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import Form, pack_folder

from generator.filling.nothing_said import NONE_WORDS, is_mark, lacks_content, says_none

MARKS = "-－—–―/／\\＼。.、,，…·*＊·|~～!！?？;；:：()（）[]【】“”'\"_＿　 \n"
FIELDS = """
数: {类型: 金额, 标签: 数}
零: {类型: 金额, 标签: 零, 缺省: 0}
话: {类型: 长文, 标签: 话, 必填: 是}
"""


@given(st.text(MARKS, min_size=1, max_size=60))
def test_signs_alone_say_nothing(signs: str) -> None:
    assert is_mark(signs) and says_none(signs)
    assert lacks_content(signs, "文字") and lacks_content(signs, "原因", none_is_answer=True)


@given(st.sampled_from(sorted(NONE_WORDS)), st.text(MARKS, max_size=4), st.text(MARKS, max_size=4))
def test_none_is_none_in_any_dress(word: str, before: str, behind: str) -> None:
    dressed = f"{before}{word}{behind}"
    assert says_none(dressed) and not is_mark(dressed)
    assert [lacks_content(dressed, "长文", none_is_answer=answer) for answer in (False, True)] == [True, False]


@given(st.text("人员经费增减项目", min_size=4, max_size=80), st.text(MARKS, max_size=4))
def test_what_says_something_is_heard(words: str, signs: str) -> None:
    assert not lacks_content(f"{signs}{words}{signs}", "原因")


@pytest.mark.parametrize(
    "words",
    ["未发生", "没有发生", "无预算安排", "无变化", "同上年持平", "见附件所列项目", "省略号", "没有影响", "不适用办法"],
)
def test_words_that_only_begin_alike_are_answers(words: str) -> None:
    assert not lacks_content(words, "原因")


@pytest.mark.parametrize("amount", ["0", "0.00", "-3", ".5"])
def test_a_number_is_no_mark(amount: str) -> None:
    assert not is_mark(amount) and not lacks_content(amount, "文字")


def test_a_dash_is_what_an_empty_cell_is(tmp_path_factory: pytest.TempPathFactory) -> None:
    form = Form(
        pack_folder(tmp_path_factory.mktemp("包"), fields=FIELDS, text="{{ 零 | 万元 }}，{{ 话 }}{{ 数 | 万元 }}\n")
    )
    empty, dashed = (form.report(f"数: {sign}\n零: {sign}\n话: {sign}\n") for sign in ("''", "－"))
    assert [one.place.line for one in empty.findings] == [one.place.line for one in dashed.findings]
    assert empty.sentences == dashed.sentences
    assert [one.code for one in dashed.findings] == ["F012", "F001"]


def test_an_unlisted_科目_stands_in_the_report_as_it_was_typed(tmp_path_factory: pytest.TempPathFactory) -> None:
    fields = "支出: {行: {主键: 科目, 字段: {科目: {类型: 功能科目, 级次: 项}, 数: {类型: 金额}}}}\n"
    text = (
        "{% for 行 in 支出 %}{{ 行.科目 | 科目全称 }}；{{ 行.科目 | 科目名称 }}。{% endfor %}\n\n"
        "{% for 行 in 支出 | 类款项('数') %}{{ 行.编码 }}{{ 行.名称 }}、{% endfor %}\n"
    )
    form = Form(pack_folder(tmp_path_factory.mktemp("包"), fields=fields, text=text))
    typed = "支出: [{科目: 2121901 某项, 数: 1}, {科目: 2121902 城乡社区支出（类）某款（款）另一项（项）, 数: 2}]\n"
    assert form.report(typed).sentences == [
        "城乡社区支出（类）某款（款）某项（项）；某项。城乡社区支出（类）某款（款）另一项（项）；另一项。",
        "212城乡社区支出、21219某款、2121901某项、2121902另一项、",
    ]
