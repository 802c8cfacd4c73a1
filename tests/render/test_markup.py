# ruff: noqa: E501 - what is written and what comes out stand side by side
"""Chapters: what an author marks is markup, what an office types is words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import SETTINGS, Form, Report, pack_folder

FIELDS = """
名称: {类型: 文字, 标签: 名称}
说明: {类型: 长文, 标签: 说明}
数: {类型: 金额, 标签: 数}
事项:
  标签: 事项
  行: {字段: {内容: {类型: 长文, 标签: 内容}}}
"""


@pytest.fixture(scope="module")
def write(tmp_path_factory: pytest.TempPathFactory):
    forms: dict[str, Form] = {}

    def report(text: str, data: str = "") -> Report:
        if text not in forms:
            forms[text] = Form(pack_folder(tmp_path_factory.mktemp("pack"), fields=FIELDS, text=text))
        return forms[text].report(data)

    return report


ODD = [
    "*加粗*和**重点**",
    "# 不是标题",
    "## 也不是 {附件}",
    "1. 不是编号",
    "- 不是清单",
    "<b>甲</b>&amp;<!-- 乙 -->",
    "A*B*C_D_E",
    "`代码`和```围栏```",
    "甲 | 乙 | 丙",
    "> 引文",
    "反斜杠\\*和\\n",
    "[链接](http://example.com)",
    "---甲",
    "===甲",
    "~~~甲",
    "    缩进四格",
    "§¶†‡甲",
    "0 1 2",
    "&nbsp;",
    "末尾两个星**",
]


@pytest.mark.parametrize("typed", ODD)
def test_what_an_office_types_is_printed_as_it_stands(write, typed: str) -> None:
    quoted = typed.replace("'", "''")
    data = f"名称: '{quoted}'\n说明: '{quoted}'\n"
    report = write("# {{ 名称 }}\n\n{{ 说明 }}\n\n前{{ 说明 }}后\n\n1. {{ 说明 }}\n", data)
    words = typed.strip()
    assert report.outline.split("\n") == [
        f"# 第一部分 {words}",
        f"P {words}",
        f"P 前{words}后",
        f"P 1. {words}",
        "",
    ]


@pytest.mark.parametrize("typed", ["{ 名称 }", "{% for 甲 in 乙 %}", "{# 注 #}"])
def test_template_signs_typed_by_an_office_are_words_and_reported(write, typed: str) -> None:
    """They are left over from somewhere, so I050 says so; they are never run."""
    report = write("{{ 说明 }}\n", f"说明: '{typed}'\n")
    assert report.sentences == [typed]
    assert report.codes == ["I050"]


def test_what_stands_for_a_figure_inside_cannot_be_typed(write) -> None:
    report = write("{{ 说明 }}\n", '说明: "甲\\ufdd00\\ufdd1乙"\n')
    assert report.sentences == ["甲0乙"]
    assert report.codes == ["I016"]


@settings(max_examples=200)
@given(
    typed=st.text("*_#<>&`|~=+-.1 \\[](){}!：，甲乙a$%\"'", min_size=1, max_size=30).filter(
        lambda typed: "{{" not in typed and sum(map(str.isalnum, typed)) > 1  # signs alone say nothing
    )
)
def test_any_words_come_out_as_they_went_in(write, typed: str) -> None:
    words = typed.strip()
    quoted = typed.replace("'", "''")
    report = write("前{{ 说明 }}后\n", f"说明: '{quoted}'\n")
    if words:
        assert report.sentences == [f"前{words}后"]


def test_lines_of_an_office_are_paragraphs(write) -> None:
    data = "说明: |\n  第一段。\n\n    第二段，有缩进。\n  # 第三段。\n"
    assert write("{{ 说明 }}\n", data).sentences == ["第一段。", "第二段，有缩进。", "# 第三段。"]
    assert write("职责：{{ 说明 }}以上。\n", data).sentences == [
        "职责：第一段。",
        "第二段，有缩进。",
        "# 第三段。以上。",
    ]


def test_lines_of_an_office_in_a_heading_stay_one_heading(write) -> None:
    assert write("# {{ 说明 }}\n", "说明: |\n  甲\n  乙\n").outline == "# 第一部分 甲⏎乙\n"


def test_paragraphs_bold_and_joined_lines(write) -> None:
    text = "第一行，\n第二行**加粗**。\nWord\nand PDF\n\n另一段，一个*星*和__线__。\n\n不成对的**照印\n"
    assert write(text).outline == (
        "P 第一行，第二行**加粗**。Word and PDF\nP 另一段，一个*星*和__线__。\nP 不成对的**照印\n"
    )


def test_a_bold_figure_stays_a_figure(write) -> None:
    assert write("**合计{{ 数 | 万元 }}**。\n", "数: 5\n").outline == "P **合计‹5.00 数›万元**。\n"


def test_numbered_paragraphs(write) -> None:
    text = "1. 甲\n1. 乙\n\n   乙的另一段\n\n1. 丙\n\n中间\n\n7. 丁\n"
    assert write(text).sentences == ["1. 甲", "2. 乙", "乙的另一段", "3. 丙", "中间", "1. 丁"]


def test_numbers_of_looped_paragraphs_run_on(write) -> None:
    text = "{% for 项 in 事项 %}\n1. {{ 项.内容 }}\n\n{% endfor %}\n"
    data = "事项: [{内容: 甲}, {内容: 1. 乙}, {内容: 丙}]\n"
    assert write(text, data).sentences == ["1. 甲", "2. 1. 乙", "3. 丙"]


def test_headings_are_numbered_by_the_program(write) -> None:
    text = "# 概况\n\n## 职能\n\n## 机构\n\n### 内设\n\n#### 股室\n\n### 下属\n\n# 说明\n\n## 总体\n\n### 收入\n"
    assert write(text).outline.split("\n")[:-1] == [
        "# 第一部分 概况",
        "## 一、职能",
        "## 二、机构",
        "### （一）内设",
        "#### 1.股室",
        "### （二）下属",
        "分页",
        "# 第二部分 说明",
        "## 一、总体",
        "### （一）收入",
    ]


@settings(max_examples=60)
@given(levels=st.lists(st.integers(1, 4), min_size=1, max_size=30))
def test_no_number_is_skipped_or_doubled(write, levels: list[int]) -> None:
    """Under one heading the numbers of the next level are 1, 2, 3 …"""
    report = write("".join(f"{'#' * level} 题{n}\n\n" for n, level in enumerate(levels)))
    expected: list[str] = []
    counts: dict[int, int] = {}
    for level in levels:
        counts = {k: v for k, v in counts.items() if k <= level}
        counts[level] = counts.get(level, 0) + 1
        ordinal = [*"零一二三四五六七八九十", *(f"十{d}" for d in "一二三四五六七八九")]
        ordinal += ["二十", *(f"二十{d}" for d in "一二三四五六七八九"), "三十"]
        n = counts[level]
        expected.append((f"第{ordinal[n]}部分 ", f"{ordinal[n]}、", f"（{ordinal[n]}）", f"{n}.")[level - 1])
    lines = [line for line in report.outline.split("\n") if line.startswith("#")]
    assert [line.lstrip("#").strip() for line in lines] == [f"{e}题{n}" for n, e in enumerate(expected)]


def test_attachments_have_their_own_numbers(write) -> None:
    text = "# 正文\n\n## 一节\n\n# {附件}\n\n# {附件}\n\n## 题 {附件}\n\n# 又一部分\n\n## 另一节\n\n# {附件}\n"
    assert write(text).outline.split("\n")[:-1] == [
        "# 第一部分 正文",
        "## 一、一节",
        "# [附件号] 附件1",
        "# [附件号] 附件2",
        "## [附件题名] 题",
        "分页",
        "# 第二部分 又一部分",
        "## 一、另一节",
        "# [附件号] 附件3",
    ]


def test_a_new_part_begins_a_page_unless_it_is_at_the_top_of_one(write) -> None:
    text = "```分页\n```\n\n# 甲\n\n一段。\n\n# 乙\n\n```分节 横向\n```\n\n# 丙\n"
    assert write(text).outline.split("\n")[:-1] == [
        "# 第一部分 甲",
        "P 一段。",
        "分页",
        "# 第二部分 乙",
        "分节 横",
        "# 第三部分 丙",
    ]


def test_a_chapter_may_choose_its_scheme(tmp_path) -> None:
    chapters = "章节: [正文, {文件: 附件, 标题样式: 附件}]\n"
    files = {
        "pack.yaml": SETTINGS.replace("章节: [正文]\n", chapters),
        "text/附件.md.j2": "# \n\n## 自评报告\n\n# \n\n## 另一份\n",
    }
    report = Form(pack_folder(tmp_path, files, text="# 概况\n")).report()
    assert report.outline.split("\n")[:-1] == [
        "# 第一部分 概况",
        "# [附件号] 附件1",
        "## [附件题名] 自评报告",
        "# [附件号] 附件2",
        "## [附件题名] 另一份",
    ]


def test_fences(write) -> None:
    text = (
        "```样式 落款\n{{ 名称 }}\n\n2021年\n```\n\n```目录\n```\n\n```分页\n```\n\n# 概况\n\n"
        "```分节 横向 无页码\n```\n\n一段。\n"
    )
    assert write(text, "名称: '# 甲局'\n").outline.split("\n")[:-1] == [
        "P[落款] # 甲局",
        "P[落款] 2021年",
        "目录 目录",
        "  第一部分 概况",
        "分页",
        "# 第一部分 概况",
        "分节 横 无页码",
        "P 一段。",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("```样式 落宽\n甲\n```\n", "T110 example/text/正文.md.j2 没有样式“落宽” 样式写在 style.yaml。您是否指“落款”？"),
        ("```图表 甲\n```\n", "T109 example/text/正文.md.j2 不认识的围栏块“图表” 您是否指“图”？"),
        ("```表 收入表\n```\n", "T111 example/text/正文.md.j2 没有表“收入表”"),
        ("```图 收入图\n```\n", "T111 example/text/正文.md.j2 没有图“收入图”"),
        ("甲。\n\n```表 {{ 名称 }}\n```\n", "T123 example/text/正文.md.j2 第3行 围栏块的第一行“表 {{ 名称 }}”里用了 {{ }}，块名和表、图、样式的名称要照字面写 请直接写出名称；随情况用不同的表，请在 {% if %} 里各写一个围栏块"),
        ("甲。\n{#\n```表 {{ 名称 }}\n#}\n\n```{{ 名称 }} 表\n```\n", "T123 example/text/正文.md.j2 第6行 围栏块的第一行“{{ 名称 }} 表”里用了 {{ }}，块名和表、图、样式的名称要照字面写 请直接写出名称；随情况用不同的表，请在 {% if %} 里各写一个围栏块"),
        ("{{ 事项 }}\n", "T103 example/text/正文.md.j2 模板的计算出错：“事项”是一张表，不能直接印，请写明其中哪一项 出错的地方：正文“正文”"),
        ("## {{ [数] }}\n", "T103 example/text/正文.md.j2 模板的计算出错：清单不能直接印，请用“| 顿号连接”，或用循环逐项写 出错的地方：正文“正文”"),
        ("- 甲\n- 乙\n", "T107 example/text/正文.md.j2 正文“正文”用了不支持的记号“-” 正文只用标题、段落、加粗、编号段落和围栏块"),
        ("##### 太深\n", "T108 example/text/正文.md.j2 标题样式“默认”没有第5级 请在 pack.yaml 的“标题样式”里写明这一级的编号和样式"),
        ("## 甲 {附录}\n", "T108 example/text/正文.md.j2 标题样式“附录”没有第2级 请在 pack.yaml 的“标题样式”里写明这一级的编号和样式"),
    ],
)  # fmt: skip
def test_a_mistake_of_the_chapter_is_named(write, text: str, said: str) -> None:
    assert write(text).said == [said]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("数 + 1", "“数”只能与另一个数量相加"),
        ("事项 + 1", "有一样东西不能这样用，例如把一张表、一组或文字当作一个数，或把一个数当作一张表"),
        ("数 | 占(事项)", "有一样东西不能这样用，例如把一张表、一组或文字当作一个数，或把一个数当作一张表"),
        ("事项[0:1]", "有一样东西不能这样用，例如把一张表、一组或文字当作一个数，或把一个数当作一张表"),
        ("事项 | 求和('金额')", "没有“金额”这一列、这一项"),
        ("事项 | 求和", "要的那一项不存在：列名没有写，或者序号太大"),
        ("数 | 万元(1, 2)", "括号里的值多了、少了，或叫法不对"),
        ("事项 | 指标完成率", "“| 指标完成率”用于一行指标，得到的是“事项”"),
    ],
)
def test_what_python_refuses_is_said_in_the_author_s_words(write, written: str, reason: str) -> None:
    said = write(f"{{{{ {written} }}}}\n", "数: 1\n事项: [{内容: 甲}]\n").said
    assert said == [f"T103 example/text/正文.md.j2 第1行 模板的计算出错：{reason} 出错的地方：正文“正文”"]


def test_a_table_in_a_cell(tmp_path) -> None:
    files = {"tables/甲表.yaml": "列: [{宽: 20}]\n行:\n  - [=事项]\n"}
    report = Form(pack_folder(tmp_path, files, fields=FIELDS, text="```表 甲表\n```\n")).report("事项: [{内容: 甲}]\n")
    reason = "“事项”是一张表，不能直接印，请写明其中哪一项"
    assert report.said == [f"T103 example/tables/甲表.yaml 第3行 模板的计算出错：{reason} 出错的地方：表“甲表”"]


def test_lists_of_words(write) -> None:
    data = "事项: [{内容: 甲*}, {内容: 乙}]\n"
    assert write("包括{{ 事项 | 顿号连接('内容') }}。\n", data).sentences == ["包括甲*、乙。"]
    assert write("包括{{ 事项 | 引号连接('内容') }}。\n", data).sentences == ["包括“甲*”“乙”。"]


def test_the_first_sentence_of_a_counted_paragraph(write) -> None:
    data = "说明: |\n  一是加强管理。做了*很多*事。\n  另一段。\n"
    assert write("{{ 说明 | 首句加粗 }}\n", data).outline == "P **一是加强管理。**做了*很多*事。\nP 另一段。\n"


def test_words_that_go_on(write) -> None:
    assert write("因{{ 说明 | 去句号 }}，增加。\n", "说明: 工资上涨。\n").sentences == ["因工资上涨，增加。"]
