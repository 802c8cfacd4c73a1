# ruff: noqa: E501 - a mistake and what is said of it stand side by side
"""Named sentences: the parent's chapter and the child's sentences above, what is printed or said below."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import Form, Report, loaded, pack_folder, said

from generator.commands.describe_pack import describe
from generator.lint.lint import lint_pack
from generator.pack.sources import gather

FIELDS = """
收支: {标签: 收支, 字段: {决算: {类型: 金额, 标签: 决算数, 必填: 是}, 上年: {类型: 金额, 标签: 上年数}}}
项目: {标签: 项目, 行: {字段: {名称: {类型: 文字, 标签: 名称}, 金额: {类型: 金额, 标签: 金额}}}}
"""
DATA = "收支: {决算: 5, 上年: 4}\n项目: [{名称: 甲, 金额: 3}, {名称: 乙, 金额: 2}]\n"
PARENT = """\
## 总体情况

{% set 词 = '收支' %}
{% block 总计 %}
{{ 词 }}总计{{ 收支.决算 | 万元 }}。
{% endblock %}
{% block 说明 %}都按预算执行。{% endblock %}

{% block 项目情况 %}
{% for 项 in 项目 %}
1. {% block 一个项目 %}{{ 项.名称 }}{{ 项.金额 | 万元 }}{% endblock %}。

{% endfor %}
{% endblock %}
完。
"""
ALL = ["收支总计5.00万元。都按预算执行。", "1. 甲3.00万元。", "2. 乙2.00万元。", "完。"]


def child(tmp_path: Path, text: str, name: str = "child", parent: str = "example") -> Form:
    """The pack `name` changes sentences of 正文 of its parent."""
    if parent == "example":
        pack_folder(tmp_path, fields=FIELDS, text=PARENT)
    (tmp_path / name / "text").mkdir(parents=True)
    (tmp_path / name / "pack.yaml").write_text(f"名称: {name}\n标题: 子包\n上级: {parent}\n", "utf-8")
    (tmp_path / name / "text" / "正文.md.j2").write_text(text, "utf-8")
    from generator.pack import PackRoots

    return Form(PackRoots.with_own((tmp_path,)), name)


def changed(*sentences: str) -> str:
    return "\n".join(('{% extends "上级" %}', *sentences, ""))


def report(tmp_path: Path, *sentences: str, data: str = DATA) -> Report:
    return child(tmp_path, changed(*sentences)).report(data)


def found(form: Form) -> list[str]:
    """What lint says of the child."""
    read = loaded(form.roots, form.name)
    more = lint_pack(read.value, gather(read.value.name, form.roots)) if read.value else []
    return said(list(dict.fromkeys((*read.diagnostics, *more))))


def test_the_parent_alone(tmp_path) -> None:
    assert Form(pack_folder(tmp_path, fields=FIELDS, text=PARENT)).report(DATA).sentences == ALL


@pytest.mark.parametrize(
    ("sentences", "printed"),
    [
        (["{% block 说明 %}另有安排。{% endblock %}"], ["收支总计5.00万元。另有安排。", *ALL[1:]]),
        # left out, and said before and behind the parent's
        (["{% block 总计 %}{% endblock %}"], ["都按预算执行。", *ALL[1:]]),
        (["{% block 说明 %}{% endblock %}"], ["收支总计5.00万元。", *ALL[1:]]),
        (
            ["{% block 说明 %}", "先说。", "{{ super() }}后说。", "{% endblock 说明 %}"],
            ["收支总计5.00万元。先说。都按预算执行。后说。", *ALL[1:]],
        ),
        (
            ["{% block 说明 %}{% if 收支.决算 == 0 %}{{ super() }}{% else %}{{ super() }}少。{% endif %}{% endblock %}"],
            ["收支总计5.00万元。都按预算执行。少。", *ALL[1:]],
        ),
        # names of the chapter around: what it sets and what it loops over
        (["{% block 说明 %}{{ 词 }}平衡。{% endblock %}"], ["收支总计5.00万元。收支平衡。", *ALL[1:]]),
        (
            ["{% block 一个项目 %}项目“{{ 项.名称 }}”{% endblock %}", "", "{# 注 #}", "{% block 说明 %}{% endblock %}"],
            ["收支总计5.00万元。", "1. 项目“甲”。", "2. 项目“乙”。", "完。"],
        ),
        # a sentence inside one that is changed as well, in whichever order they stand
        (
            ["{% block 项目情况 %}项目如下：", "", "{{ super() }}{% endblock %}", "{% block 一个项目 %}某项目{% endblock %}"],
            [ALL[0], "项目如下：", "1. 某项目。", "2. 某项目。", "完。"],
        ),
        (
            ["{% block 项目情况 %}{% for 项 in 项目 %}{% block 一个项目 %}{{ super() }}；{% endblock %}{% endfor %}", "{% endblock %}"],
            [ALL[0], "甲3.00万元；乙2.00万元；完。"],
        ),
        # names that a sentence sets end with it
        (["{% block 总计 %}{% set 词 = '别的' %}{{ 词 }}。{% endblock %}", "{% block 说明 %}{{ 词 }}。{% endblock %}"], ["别的。收支。", *ALL[1:]]),
    ],
)  # fmt: skip
def test_a_child_changes_only_its_sentences(tmp_path, sentences: list[str], printed: list[str]) -> None:
    made = report(tmp_path, *sentences)
    assert made.sentences == printed
    assert made.codes == []


def test_a_grandchild_comes_last(tmp_path) -> None:
    child(tmp_path, changed("{% block 说明 %}子：{{ super() }}{% block 尾 %}尾。{% endblock %}{% endblock %}"))
    form = child(
        tmp_path,
        changed("{% block 说明 %}孙：{{ super() }}{% endblock %}", "{% block 尾 %}孙尾。{% endblock %}"),
        "grandchild",
        "child",
    )
    assert form.report(DATA).sentences == ["收支总计5.00万元。孙：子：都按预算执行。孙尾。", *ALL[1:]]


def test_a_later_correction_of_the_parent_reaches_the_child(tmp_path) -> None:
    form = child(tmp_path, changed("{% block 说明 %}另有安排。{% endblock %}"))
    chapter = tmp_path / "example" / "text" / "正文.md.j2"
    chapter.write_text(PARENT.replace("完。", "完毕。"), "utf-8")
    assert form.report(DATA).sentences[-1] == "完毕。"


def test_a_whole_chapter_takes_the_place_of_all_sentences(tmp_path) -> None:
    child(tmp_path, changed("{% block 说明 %}另有安排。{% endblock %}"))
    form = child(tmp_path, "整章另写。\n", "grandchild", "child")
    assert form.report(DATA).sentences == ["整章另写。"]


def test_what_is_missing_in_a_sentence_is_missing_there_alone(tmp_path) -> None:
    sentence = "{% block 说明 %}{% if 收支.决算 > 收支.上年 %}\n增加。\n{% else %}\n减少。\n{% endif %}\n{% endblock %}"
    made = report(tmp_path, sentence, data=DATA.replace("决算: 5, ", ""))
    mark = "〔待填：收支·决算数；填好后从下面的写法中取一种〕"
    assert made.sentences == [f"收支总计〔待填：收支·决算数〕。{mark}增加。〔或：〕减少。", *ALL[1:]]
    assert made.codes == ["F002"]


def test_what_an_undecided_sentence_would_set_ends_with_it(tmp_path) -> None:
    text = "{% set 词 = '甲' %}\n{% if 收支.决算 == 0 %}{% block 句 %}{% set 词 = '乙' %}无。{% endblock %}{% endif %}\n{{ 词 }}。\n"
    made = Form(pack_folder(tmp_path, fields=FIELDS, text=text)).report("收支: {上年: 4}\n")
    assert made.sentences == ["无。〔待填：收支·决算数〕甲。"]


FILE = "child/text/正文.md.j2"


@pytest.mark.parametrize(
    ("sentences", "finding"),
    [
        (["", "{% block 采购 %}甲。{% endblock %}"], "T140 {file} 第3行 上级包的正文“正文”里没有叫“采购”的句 这一章的句有：总计、说明、项目情况、一个项目"),
        (["{% block 说名 %}甲。{% endblock %}"], "T140 {file} 第2行 上级包的正文“正文”里没有叫“说名”的句 您是否指“说明”？"),
        (["", "甲。", "{% block 说明 %}乙。{% endblock %}"], "T141 {file} 第3行 只放句子的正文里，这里的内容在 {% block %} 外面 上级的这一章照用，只写要改的句；要整章另写，请删去 {% extends %} 这一行"),
        (["{% set 词 = '甲' %}"], "T141 {file} 第2行 只放句子的正文里，这里的内容在 {% block %} 外面 上级的这一章照用，只写要改的句；要整章另写，请删去 {% extends %} 这一行"),
        (["{% block 说明 %}{% endblock %}", "{% block 说明 %}{% endblock %}"], "T142 {file} 第3行 句“说明”写了两次 一章里句的名称各不相同，请改名或删去一处"),
        (["{% block 说明 %}", "{% block 总计 %}{% endblock %}{% endblock %}"], "T142 {file} 第3行 句“总计”写了两次 一章里句的名称各不相同，请改名或删去一处"),
        (["{% block 项目情况 %}略。{% endblock %}", "{% block 一个项目 %}甲{% endblock %}"], "T143 {file} 第3行 句“一个项目”不会印出来：它外面的句也改写了，里面没有它 请删去这一句，或者在外面的句里写 {{ super() }}，上级的原文就照印"),
        (["{% block 说明 %}", "{{ super() | 去句号 }}{% endblock %}"], "T144 {file} 第3行 {{ super() }} 在这里不能用 它印上级的原句，只用在改写上级的句里，单独写成 {{ super() }}，前后可以加别的话"),
        (["{% block 说明 %}", "甲{% if 收支.决算 %}", "{% endblock %}"], "T102 {file} 第4行 模板的写法有误：用了不认识的标签：“endblock” 出错的地方：正文“正文”"),
        (["{% block 说明 %}", "{{ 收支.决算 | 万圆 }}{% endblock %}"], "T102 {file} 第3行 模板的写法有误：没有“| 万圆”这种写法。您是否指“万元”？ 出错的地方：正文“正文”"),
        (["{% block 说明 %}", "{{ 收支.决祘 | 万元 }}{% endblock %}"], "T101 {file} 第3行 模板用了不存在的名称：“收支”里没有“决祘”。您是否指“决算”？ 出错的地方：{{ 收支.决祘 | 万元 }}{% endblock %}"),
        (["{% block 一个项目 %}", "{{ 项.名 }}{% endblock %}"], "T101 {file} 第3行 模板用了不存在的名称：“项目”里没有“名”。您是否指“名称”？ 出错的地方：{{ 项.名 }}{% endblock %}"),
        (["{% block 总计 %}{% set 新 = '甲' %}{% endblock %}", "{% block 说明 %}{{ 新 }}{% endblock %}"], "T101 {file} 第3行 模板用了不存在的名称：没有“新”这个名称。 出错的地方：{% block 说明 %}{{ 新 }}{% endblock %}"),
        (["{% block 说明 %}", "见2021年表。{% endblock %}"], "T122 {file} 第3行 正文里写死了年份：见2021年表。{% endblock %} 请改用 {{ 年度 }} 或 {{ 上年 }}，以免下一年留下旧年份"),
        (["{% block 说明 %}", "", "```表 {{ 词 }}", "```", "{% endblock %}"], "T123 {file} 第4行 围栏块的第一行“表 {{ 词 }}”里用了 {{ }}，块名和表、图、样式的名称要照字面写 请直接写出名称；随情况用不同的表，请在 {% if %} 里各写一个围栏块"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_the_author_s_own_line(tmp_path, sentences: list[str], finding: str) -> None:
    assert found(child(tmp_path, changed(*sentences))) == [finding.replace("{file}", FILE)]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ('{% extends "example" %}\n', "T145 {file} 第1行 {% extends %} 后面只能写 \"上级\" 请写成 {% extends \"上级\" %}；哪个包是上级，写在 pack.yaml"),
        ("{{ super() }}\n", "T144 {file} 第1行 {{ super() }} 在这里不能用 它印上级的原句，只用在改写上级的句里，单独写成 {{ super() }}，前后可以加别的话"),
        ('甲。\n{% extends "上级" %}\n', "T102 {file} 第2行 模板的写法有误：不能引用别的模板文件 出错的地方：正文“正文”"),
        ("甲。\n{% include '乙' %}\n", "T102 {file} 第2行 模板的写法有误：不能引用别的模板文件 出错的地方：正文“正文”"),
    ],
)  # fmt: skip
def test_nothing_else_is_read(tmp_path, text: str, finding: str) -> None:
    assert found(child(tmp_path, text))[0] == finding.replace("{file}", FILE)


def test_a_chapter_that_the_parent_does_not_have(tmp_path) -> None:
    form = child(tmp_path, "整章另写。\n")
    (tmp_path / "child" / "text" / "正文字.md.j2").write_text(changed("{% block 说明 %}{% endblock %}"), "utf-8")
    hint = "您是否指“正文”？"
    assert found(form) == [f"T146 child/text/正文字.md.j2 上级包没有正文“正文字”，没有可以改的句 {hint}"]


def test_what_fails_only_with_data_names_the_sentence(tmp_path) -> None:
    made = report(tmp_path, "{% block 说明 %}", "甲{{ 收支.决算 | 百分比 }}{% endblock %}")
    assert [f"{one.code} {one.place}" for one in made.findings] == [f"T103 {FILE} 第3行"]
    made = Form(pack_folder(tmp_path / "alone", fields=FIELDS, text=PARENT + "{{ 收支 | 万元 }}\n")).report(DATA)
    assert [f"{one.code} {one.place}" for one in made.findings] == ["T103 example/text/正文.md.j2 第16行"]


def test_the_sentences_of_a_pack_are_listed(tmp_path) -> None:
    form = child(tmp_path, changed("{% block 说明 %}另有安排。{% endblock %}"))
    pack = loaded(form.roots, "child").value
    assert pack is not None
    assert [line for line in describe(pack) if "句" in line] == [
        "  章节 正文：句 总计（第4行）、说明（child/text/正文.md.j2 第2行）、项目情况（第9行）、一个项目（第11行）"
    ]
