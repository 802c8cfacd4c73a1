# ruff: noqa: E501 - a mistake and what is said of it stand side by side
"""A pack is text files: what its author wrote above, what is said of it below."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest
from support import FIELDS, NAME, SETTINGS, Form, Report, loaded, pack_folder, said

from generator.diagnostics import Severity
from generator.facts.fact import Group, Rows, Text
from generator.pack import PackRoots, load_pack, pack_names
from generator.pack.sources import usable_names
from generator.place import Place
from generator.quantity import MONEY, YEAR, Quantity

AMOUNTS = """
收支:
  标签: 收支
  字段:
    决算: {类型: 金额, 标签: 决算数, 必填: 是}
    上年: {类型: 金额, 标签: 上年数}
支出:
  标签: 支出
  行:
    主键: 名称
    字段:
      名称: {类型: 文字, 标签: 名称}
      金额: {类型: 金额, 标签: 金额}
"""
DATA = "收支: {决算: 5, 上年: 4}\n支出: [{名称: 甲, 金额: 5}]\n"


# -- parents ----------------------------------------------------------------------------------------------------------


PARENT = {
    "tables/表一.yaml": "列: [{宽: 20}]\n行: [[=收支.决算]]\n",
    "tables/表二.yaml": "列: [{宽: 20}]\n行: [[二]]\n",
    "charts.yaml": "图一:\n  种类: 柱形\n  类别: [今年]\n  系列: [{名: 数, 值: [=收支.决算]}]\n",
    "checks.yaml": (
        "一: {左: =收支.决算, 右: =收支.上年, 说明: 甲与乙不一致}\n二: {应当: =收支.决算 > 0, 说明: 没有决算数}\n"
    ),
    "text/附章.md.j2": "附章。\n",
}
CHILD = "名称: child\n标题: 子包\n上级: example\n"


def child_of(tmp_path: Path, files: dict[str, str], settings: str = "") -> Form:
    """A child in its own folder of a parent with tables, charts and checks."""
    roots = pack_folder(tmp_path, PARENT, fields=AMOUNTS, text="上级的正文。\n")
    folder = tmp_path / "child"
    for path, text in {"pack.yaml": CHILD + settings, **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return Form(roots, "child")


def test_a_child_that_changes_nothing_makes_its_parents_report(tmp_path) -> None:
    report = child_of(tmp_path, {}).report(DATA)
    assert report.sentences == ["上级的正文。"]
    assert report.codes == ["一"]


def test_a_child_changes_a_chapter(tmp_path) -> None:
    form = child_of(tmp_path, {"text/正文.md.j2": "下级的正文。\n"}, "章节: [附章, 正文]\n")
    assert form.report(DATA).sentences == ["附章。", "下级的正文。"]


def test_a_child_changes_one_word_of_a_field(tmp_path) -> None:
    form = child_of(tmp_path, {"fields.yaml": "收支: {字段: {上年: {标签: 去年数, 必填: 是}}}\n"})
    report = form.report("收支: {决算: 5}\n支出: []\n")
    assert report.said == ["F002 数据.yaml 第6行 收支·去年数是必填项，没有填写 请填写“收支.上年”；金额确实为零的填 0"]


def test_a_child_adds_and_removes_a_field(tmp_path) -> None:
    form = child_of(
        tmp_path, {"fields.yaml": "支出: null\n人数: {类型: 个数, 标签: 人数}\n", "text/正文.md.j2": "{{ 人数 }}\n"}
    )
    assert form.report("收支: {决算: 5, 上年: 5}\n人数: 3\n").sentences == ["3个"]
    assert form.report(DATA).codes[0] == "I020"


def test_a_child_changes_a_table_and_removes_another(tmp_path) -> None:
    files = {"tables/表一.yaml": "列: [{宽: 20}]\n行: [[下级]]\n", "tables/表二.yaml": "null\n"}
    pack = loaded(child_of(tmp_path, files).roots, "child").value
    assert pack is not None
    assert list(pack.report.tables) == ["表一"]
    assert pack.report.tables["表一"].file == "child/tables/表一.yaml"


def test_a_child_changes_a_check_and_removes_another(tmp_path) -> None:
    files = {
        "checks.yaml": "一: null\n二: {应当: =收支.决算 > 收支.上年 + 收支.上年, 说明: 太少}\n三: {应当: =收支.决算 == 0, 等级: 提示, 说明: 有数}\n"
    }
    report = child_of(tmp_path, files).report(DATA)
    assert [(d.code, d.severity.word, d.message) for d in report.findings] == [
        ("二", "错误", "太少"),
        ("三", "提示", "有数"),
    ]


def test_a_child_removes_a_chart_and_changes_the_number_style(tmp_path) -> None:
    form = child_of(
        tmp_path,
        {"charts.yaml": "图一: null\n", "text/正文.md.j2": "{{ 收支.决算 }}，{{ 收支.决算 - 收支.决算 }}。\n"},
        "数字: {正文: {金额小数: 1, 零: 无}}\n单位: {金额: 元}\n",
    )
    assert form.report(DATA).sentences == ["50000.0元，无元。"]
    pack = loaded(form.roots, "child").value
    assert pack is not None and not pack.report.charts


def test_an_abstract_pack_makes_no_report_but_its_child_does(tmp_path) -> None:
    roots = pack_folder(tmp_path, fields=AMOUNTS, settings="抽象: 是\n")
    child = tmp_path / "child" / "pack.yaml"
    child.parent.mkdir()
    child.write_text(CHILD, encoding="utf-8")
    assert Form(roots, "child").report(DATA).sentences == ["无。"]
    (found,) = Form(roots).report(DATA).findings
    assert (found.code, found.message) == ("T119", "模板包“example”只供其他包沿用，不能单独生成报告")
    assert "child" in found.hint and "common" not in usable_names(roots)
    assert {"child", "common", "example"} <= set(pack_names(roots))


def test_parents_in_a_circle(tmp_path) -> None:
    for name, parent in (("a", "b"), ("b", "a")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pack.yaml").write_text(f"名称: {name}\n上级: {parent}\n", encoding="utf-8")
    findings = load_pack("a", PackRoots.with_own((tmp_path,))).diagnostics
    assert ("T120", "模板包“a”的上级包互相沿用，成了循环", "b/pack.yaml 第2行") in [
        (d.code, d.message, str(d.place)) for d in findings
    ]


def test_an_unknown_parent_and_an_unknown_pack(tmp_path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "pack.yaml").write_text("名称: a\n标题: 甲\n上级: comon\n", encoding="utf-8")
    roots = PackRoots.with_own((tmp_path,))
    found = next(d for d in load_pack("a", roots).diagnostics if d.code == "T112")
    assert (found.message, str(found.place)) == ("模板包“comon”不存在", "a/pack.yaml 第3行")
    assert found.hint.endswith("您是否指“common”？") and "现有：a、common" in found.hint
    (unknown,) = load_pack("final-accounts-sichaun", roots).diagnostics
    assert unknown.hint.endswith("您是否指“final-accounts-sichuan”？")


def test_an_offices_own_pack_stands_before_one_of_the_same_name(tmp_path) -> None:
    pack_folder(tmp_path / "一", text="第一。\n")
    pack_folder(tmp_path / "二", text="第二。\n")
    roots = PackRoots.with_own((tmp_path / "二", tmp_path / "一"))
    assert Form(roots).report().sentences == ["第二。"]


# -- mistakes of a pack ------------------------------------------------------------------------------------------------


MISTAKES = [
    ("pack.yaml", SETTINGS + "章结: [正文]\n", "T114 example/pack.yaml 第21行 pack.yaml里有不认识的词“章结” 您是否指“章节”？"),
    ("pack.yaml", SETTINGS + "标题: 再写\n", "T113 example/pack.yaml 第21行 模板包的文件写法有误：“标题”写了两次"),
    ("pack.yaml", SETTINGS + "单位: {金额: 万\n", "T113 example/pack.yaml 第21行 模板包的文件写法有误：括号“{”没有配对，或括号里少了逗号"),
    ("fields.yaml", "年度：\n  类型: 年度\n", "T113 example/fields.yaml 第1行 模板包的文件写法有误：“年度：”用了全角冒号"),
    ("pack.yaml", SETTINGS + "单位: {金额: 万}\n", "T117 example/pack.yaml 第21行 单位“金额”的值“万”不能用 只能是元、千元、万元、亿元"),
    ("pack.yaml", SETTINGS + "单位: 万元\n", "T117 example/pack.yaml 第21行 pack.yaml“单位”的值“万元”不能用"),
    ("pack.yaml", SETTINGS + "年度: {自: 去年}\n", "T117 example/pack.yaml 第21行 年度“自”的值“去年”不能用 请写整数"),
    ("pack.yaml", SETTINGS + "数字: {正文: {金额小數: 1}}\n", "T114 example/pack.yaml 第21行 数字·正文里有不认识的词“金额小數” 您是否指“金额小数”？"),
    ("pack.yaml", SETTINGS + "数字: {正文: {金额小数: 二}}\n", "T117 example/pack.yaml 第21行 正文“金额小数”的值“二”不能用 请写 0 到 8 的整数"),
    ("pack.yaml", SETTINGS + "数字: {正文: {金额小数: 20}}\n", "T117 example/pack.yaml 第21行 正文“金额小数”的值“20”不能用"),
    ("pack.yaml", SETTINGS + "原因: {阈值: 高}\n", "T117 example/pack.yaml 第21行 原因“阈值”的值“高”不能用"),
    ("pack.yaml", SETTINGS.replace("样式: 标题2}", "样式: 标体2}"), "T110 example/pack.yaml 第15行 没有样式“标体2” 样式写在 style.yaml。您是否指“标题2”？"),
    ("pack.yaml", SETTINGS.replace("    2: {编号: \"{一}、\"", "    二: {编号: \"{一}、\""), "T117 example/pack.yaml 第15行 标题样式“默认”的值“二”不能用"),
    ("pack.yaml", SETTINGS.replace("    2: {编号: \"{一}、\", 样式: 标题2}", "    2: 标题2"), "T117 example/pack.yaml 第15行 标题样式“默认”的值“标题2”不能用"),
    ("pack.yaml", SETTINGS.replace("[正文]", "[正文, 附件]"), "T116 example/pack.yaml 第11行 章节“附件”没有对应的文件 请新建 text/附件.md.j2，或从 pack.yaml 的“章节”里删去"),
    ("pack.yaml", SETTINGS.replace("[正文]", "[{文件: 正文, 标题样式: 默人}]"), "T117 example/pack.yaml 第11行 章节“标题样式”的值“默人”不能用 您是否指“默认”？"),
    ("pack.yaml", SETTINGS.replace("题名: ", "题目: "), "T115 example/pack.yaml pack.yaml缺少“题名” 写法见 templates/README.md"),
    ("pack.yaml", SETTINGS.replace("年度 }}年度报告", "年度 }}年度{{报告"), "T102 example/pack.yaml 第8行 模板的写法有误：没有写完"),
    ("pack.yaml", "- 甲\n", "T113 example/pack.yaml 第1行 模板包的文件写法有误：整个文件应是“名称: 值”的样子"),
    ("pack.yaml", "", "T113 example/pack.yaml 第1行 模板包的文件写法有误：整个文件应是“名称: 值”的样子"),
    ("fields.yaml", "- 年度\n", "T113 example/fields.yaml 第1行 模板包的文件写法有误：整个文件应是“名称: 值”的样子"),
    ("fields.yaml", FIELDS + "数: {类型: 金颔}\n", "T202 example/fields.yaml 第4行 填报项“数”的类型“金颔”不存在"),
    ("fields.yaml", FIELDS + "数: {类型: 金额, 计算: =甲 +}\n", "T102 example/fields.yaml 第4行 模板的写法有误：没有写完"),
    ("fields.yaml", FIELDS + "甲: {类型: 金额, 计算: =乙}\n乙: {类型: 金额, 计算: =甲}\n", "T121"),
    ("glossary.yaml", "词: 甲\n", "T113 example/glossary.yaml 第1行 模板包的文件写法有误：整个文件应是清单"),
    ("glossary.yaml", "- 没有解释的词\n", "T115 example/glossary.yaml 第1行 glossary.yaml 的条目缺少“词 或 科目”"),
    ("style.yaml", "样式: {正文: {字号: 特大}}\n", "T113 example/style.yaml 第1行 模板包的文件写法有误：“样式·正文·字号”应是数字，现在是“特大”。"),
    ("style.yaml", "样试: {}\n", "T113 example/style.yaml 第1行 模板包的文件写法有误："),
    ("style.yaml", "样式:\n  正文:\n    字号: 特大\n    对齐: 居中\n", "T113 example/style.yaml 第4行 模板包的文件写法有误：“样式·正文·对齐”不认识“居中”。您是否指“中”？"),
    ("wording.yaml", "预算比校: {等于: 持平}\n", "T114 example/wording.yaml 第1行 措辞 wording.yaml里有不认识的词“预算比校” 您是否指“预算比较”？"),
    ("wording.yaml", "与上年相比:\n  总述: {增长: 多}\n", "T114 example/wording.yaml 第2行 措辞“与上年相比·总述”里有不认识的词“增长” 您是否指“增加”？"),
    ("wording.yaml", "与上年相比:\n  简写: {增加: 多, 减少: 少, 持平: 平, 不可比增加: 多}\n", "T115 example/wording.yaml 第2行 措辞“与上年相比·简写”缺少“不可比减少” 写法见 templates/README.md"),
    ("wording.yaml", '完成预算: {有预算: "，完成{完成度}"}\n', "T114 example/wording.yaml 第1行 措辞“完成预算”的“有预算”里有不认识的词“{完成度}” 您是否指“{完成率}”？"),
    ("glossary.yaml", "- {词: 甲, 意思: 乙}\n", "T114 example/glossary.yaml 第1行 glossary.yaml 的条目里有不认识的词“意思” 可用的有：词、解释、出现、科目"),
    ("pack.yaml", SETTINGS + "原因: {阀值: 10}\n", "T114 example/pack.yaml 第21行 原因里有不认识的词“阀值” 您是否指“阈值”？"),
    ("pack.yaml", SETTINGS + "年度: {从: 2019}\n", "T114 example/pack.yaml 第21行 年度里有不认识的词“从” 可用的有：自、至、以后"),
    ("pack.yaml", SETTINGS.replace("[正文]", "[{文件: 正文, 样式: 默认}]"), "T114 example/pack.yaml 第11行 章节里有不认识的词“样式” 您是否指“标题样式”？"),
    ("tables/甲.yaml", "列: [{宽: 20}, {宽: 20}]\n行:\n  - [一, 二]\n  - [一, 二, 三]\n", "T105 example/tables/甲.yaml 第4行 表“甲”的写法有误：这一行有3格，表只有2列"),
    ("tables/甲.yaml", "列: [{宽: 20, 靠: 左}]\n行: [[一]]\n", "T105 example/tables/甲.yaml 第1行 表“甲”的写法有误：列里有不认识的词“靠”"),
    ("pack.yaml", SETTINGS + "角色: {单位: 单拉}\n", "T117 example/pack.yaml 第21行 角色“单位”的值“单拉”不能用 您是否指“单位”？"),
    ("pack.yaml", SETTINGS + "角色: {年度: 单位}\n", "T117 example/pack.yaml 第21行 角色“年度”的值“单位”不能用 请写类型是“年度”的一个填报项"),
    ("pack.yaml", SETTINGS + "角色: {公开日期: 单位}\n", "T117 example/pack.yaml 第21行 角色“公开日期”的值“单位”不能用 请写类型是“日期”的一个填报项"),
    ("pack.yaml", SETTINGS + "角色: {科室: 单位}\n", "T114 example/pack.yaml 第21行 角色里有不认识的词“科室”"),
    ("fields.yml", "{}\n", "T125 example/fields.yml 模板包里的“fields.yml”不会被用到 请改名为“fields.yaml”"),
    ("text/附章.md", "甲\n", "T125 example/text/附章.md 模板包里的“附章.md”不会被用到 请改名为“附章.md.j2”"),
    ("tables/甲.yml", "列: []\n", "T125 example/tables/甲.yml 模板包里的“甲.yml”不会被用到 请改名为“甲.yaml”"),
    ("logo.png", "\n", "T125 example/logo.png 模板包里的“logo.png”不会被用到 请在 style.yaml 的“图片”里写上它，或者把它移到别处"),
    ("table/甲.yaml", "列: []\n", "T125 example/table 模板包里的“table”不会被用到 您是否指“tables”？"),
    ("chekcs.yaml", "{}\n", "T114 example/chekcs.yaml 模板包里有不认识的词“chekcs.yaml” 您是否指“checks.yaml”？"),
    ("checks.yaml", "一: 甲 == 乙\n", "T115 example/checks.yaml 第1行 核对关系“一”缺少“左、右 或 应当”"),
    ("checks.yaml", "一: {左: =年度, 说明: 甲}\n", "T115 example/checks.yaml 第1行 核对关系“一”缺少“左、右 或 应当”"),
    ("checks.yaml", "一: {应当: =年度 > 0}\n", "T115 example/checks.yaml 第1行 核对关系“一”缺少“说明”"),
    ("checks.yaml", "一: {应当: =年度 > 0, 说明: 甲, 等級: 错误}\n", "T114 example/checks.yaml 第1行 核对关系“一”里有不认识的词“等級” 您是否指“等级”？"),
    ("checks.yaml", "一: {应当: =年度 > 0, 说明: 甲, 等级: 严重}\n", "T117 example/checks.yaml 第1行 核对关系“一”“等级”的值“严重”不能用 只能是错误、待填、警告、提示"),
    ("checks.yaml", "一: {左: =年度, 右: =年度, 关系: 大于, 说明: 甲}\n", "T117 example/checks.yaml 第1行 核对关系“一”“关系”的值“大于”不能用 只能是等于、印得相等、不大于、不小于"),
    ("checks.yaml", "一:\n  应当: =年度 >\n  说明: 甲\n", "T102 example/checks.yaml 第2行 模板的写法有误：没有写完"),
    ("text/正文.md.j2", "甲。\n\n{{ 年度 }\n", "T102 example/text/正文.md.j2 第3行 模板的写法有误：没有写完"),
    ("text/正文.md.j2", "甲。\n{% if 年度 %}\n乙。\n", "T102 example/text/正文.md.j2 第3行 模板的写法有误：没有写完，可能缺少 {% endfor %} 或 {% endif %}"),
    ("text/正文.md.j2", "甲。\n{% 如果 年度 %}\n", "T102 example/text/正文.md.j2 第2行 模板的写法有误：用了不认识的标签"),
    ("text/正文.md.j2", "甲。\n{{ 年度 | 万圆 }}\n", "T102 example/text/正文.md.j2 第2行 模板的写法有误：没有“| 万圆”这种写法。您是否指“万元”？"),
    ("text/正文.md.j2", "甲。\n{{ 年度（1） }}\n", "T102 example/text/正文.md.j2 第2行 模板的写法有误：有不能用的字符，可能是全角标点"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text", "words"), MISTAKES, ids=[f"{m[2][:4]}-{m[0]}" for m in MISTAKES])
def test_each_mistake_of_a_pack_is_named_with_file_and_line(tmp_path, path: str, text: str, words: str) -> None:
    findings = loaded(pack_folder(tmp_path, {path: text})).diagnostics
    lines = said(findings)
    assert any(line.startswith(words) for line in lines), lines
    assert all(one.code.startswith("T") and one.severity is Severity.ERROR for one in findings)


def test_the_year_stands_outside_all_groups(tmp_path) -> None:
    """It is read before anything else: the names of the 科目 hang on it."""
    fields = "基本: {标签: 基本, 字段: {年度: {类型: 年度, 标签: 年度}}}\n单位: {类型: 文字, 标签: 单位}\n"
    settings = SETTINGS.replace("年度 }}", "基本.年度 }}") + "角色: {年度: 基本.年度}\n"
    findings = loaded(pack_folder(tmp_path, {"pack.yaml": settings, "fields.yaml": fields})).diagnostics
    assert [(one.code, one.place.line) for one in findings] == [("T117", 21)]


def test_a_name_in_capitals_is_one_mistake(tmp_path) -> None:
    assert said(loaded(pack_folder(tmp_path, {"checks.YAML": "{}\n"})).diagnostics) == [
        "T114 example/checks.YAML 模板包里有不认识的词“checks.YAML” 您是否指“checks.yaml”？"
    ]


def test_several_mistakes_are_told_at_once(tmp_path) -> None:
    files = {
        "fields.yaml": "年度: {类型: 年份}\n",
        "checks.yaml": "一: {左: =年度}\n",
        "charts.yaml": "图一: {种类: 圆形}\n",
        "tables/表一.yaml": "行: []\n",
        "text/正文.md.j2": "{{ 年度\n",
        "pack.yaml": SETTINGS.replace("[正文]", "[正文, 二]") + "复算: 是\n",
    }
    codes = {one.code for one in loaded(pack_folder(tmp_path, files)).diagnostics}
    assert {"T202", "T115", "T106", "T105", "T102", "T116", "T114"} <= codes


def test_a_file_that_is_no_text_is_named(tmp_path) -> None:
    roots = pack_folder(tmp_path)
    (tmp_path / NAME / "text" / "正文.md.j2").write_bytes(b"\xff\xfe\x00\xd8\x81")
    assert "O005" in [one.code for one in loaded(roots).diagnostics]


# -- mistakes that show when a report is made --------------------------------------------------------------------------


def made(tmp_path: Path, text: str, data: str = DATA) -> Report:
    return Form(pack_folder(tmp_path, fields=AMOUNTS, text=text)).report(data)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ 收入 }}", "没有“收入”这个名称。您是否指“收支”？"),
        ("{{ 收支.决祘 }}", "“收支”里没有“决祘”。您是否指“决算”？"),
        ("{{ 收支.决算.合计 }}", "“收支.决算”后面不能再用“.合计”。"),
        ("{{ 支出['乙'].金额 }}", "“支出”里没有“乙”这一行。"),
        ("{{ 支出.金额 }}", "“支出”后面不能再用“.金额”。"),
        ("{% for 项 in 之出 %}甲{% endfor %}", "没有“之出”这个名称。您是否指“支出”？"),
        ("{% if 年渡 > 2019 %}甲{% endif %}", "没有“年渡”这个名称。您是否指“年度”？"),
    ],
)
def test_a_name_that_does_not_exist(tmp_path, text: str, words: str) -> None:
    report = made(tmp_path, f"第一行。\n\n第三行{text}。\n")
    (found,) = report.findings
    assert found.code == "T101"
    assert words in found.message
    assert str(found.place) == "example/text/正文.md.j2 第3行"


def test_one_bad_chapter_leaves_the_others_standing(tmp_path) -> None:
    files = {"pack.yaml": SETTINGS.replace("[正文]", "[坏, 正文]"), "text/坏.md.j2": "{{ 没有 }}\n"}
    report = Form(pack_folder(tmp_path, files, text="好。\n")).report()
    assert report.codes == ["T101"]
    assert report.sentences == ["〔“坏”从这里起没有印出来，原因见核对结果〕", "好。"]


def test_a_mistake_in_the_title_is_named(tmp_path) -> None:
    files = {"pack.yaml": SETTINGS.replace("{{ 单位 }}{{ 年度 }}年度报告", "{{ 单为 }}报告")}
    (found,) = Form(pack_folder(tmp_path, files)).report().findings
    assert (found.code, str(found.place)) == ("T101", "example/pack.yaml 第8行")
    assert "您是否指“单位”？" in found.message


def test_the_packs_mistakes_and_the_offices_are_told_apart(tmp_path) -> None:
    """T is the author of the pack's; a blank is the office's, with the cell to fill in."""
    report = made(tmp_path, "{{ 收支.上年 }}\n\n{{ 收支.决算 | 百分比 }}\n", "收支: {决算: 5}\n支出: []\n")
    assert {d.code: d.place.file for d in report.findings} == {"F001": "数据.yaml", "T103": "example/text/正文.md.j2"}


def test_a_pack_with_mistakes_makes_no_report(tmp_path) -> None:
    report = made(tmp_path, "{{ 年度\n")
    assert report.document is None
    assert report.codes == ["T102"]


# -- the sandbox -------------------------------------------------------------------------------------------------------


ATTACKS = [
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ().__class__.__mro__ }}",
    "{{ [].append }}",
    "{{ {}.__init__.__globals__ }}",
    "{{ ''['__class__'] }}",
    "{{ 单位.__class__ }}",
    "{{ 单位.upper() }}",
    "{{ '{0.__class__}'.format(单位) }}",
    "{{ 收支.__class__ }}",
    "{{ 收支.entries }}",
    "{{ 收支.with_entries({}) }}",
    "{{ 收支.决算.value }}",
    "{{ 收支.决算.origin }}",
    "{{ 收支.决算.place }}",
    "{{ 支出.rows }}",
    "{{ 支出.rows.append(1) }}",
    "{{ 支出.by_key.clear() }}",
    "{{ (支出 | list).append(1) }}",
    "{{ (支出 | list).clear() }}",
    "{{ (支出 | first).entries.clear() }}",
    "{{ 收支.entries.update({'决算': 1}) }}",
    "{% set 收支.决算 = 1 %}",
    "{% include 'pack.yaml' %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% from 'os' import system %}",
    "{% extends 'pack.yaml' %}",
    "{{ range(10**9) }}",
    "{% for n in range(1000000000) %}甲{% endfor %}",
    "{{ __import__('os').system('true') }}",
    "{{ open('/etc/passwd') }}",
    "{{ self._TemplateReference__context }}",
    "{{ self.__init__ }}",
    "{{ lipsum.__globals__ }}",
    "{{ cycler.__init__ }}",
    "{{ namespace() }}",
    "{{ joiner() }}",
    "{{ dict() }}",
    "{{ 9 ** 9 ** 9 ** 9 }}",
    "{{ '甲' * 1000000000 }}",
    "{{ [0] * 1000000000 }}",
    "{{ '%0999999999d' % 1 }}",
    "{{ 年度 | attr('__class__') }}",
    "{{ 年度 | format }}",
    "{{ 年度 | map('x') }}",
    "{{ _session }}",
    "{{ _session.report }}",
    "{{ _session.items.clear() }}",
    "{{ _wording.clear() }}",
    "{% for 项 in 支出 %}{{ loop.__init__ }}{% endfor %}",
    "{% for 项 in 支出 %}{{ loop._iterable }}{% endfor %}",
    "{% macro 甲() %}{% endmacro %}{{ 甲.__globals__ }}",
    "{{ caller() }}",
    "{% do 收支.clear() %}",
    "{% call 甲() %}{% endcall %}",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_a_pack_from_elsewhere_can_do_no_harm(tmp_path, text: str) -> None:
    """Each is refused as the pack's mistake; the paragraph behind it is not reached, the facts stay what they were."""
    report = made(tmp_path, text + "\n\n{{ 收支.决算 | 万元 }}\n")
    assert report.codes and all(code.startswith("T") for code in report.codes), report.outline
    assert report.outline.strip() in ("", "P 〔“正文”从这里起没有印出来，原因见核对结果〕")


@pytest.mark.parametrize("text", ["{{ ''.__class__ }}", "{{ 单位.upper() }}", "{{ '甲' * 9 }}", "{{ _session }}"])
def test_what_is_not_allowed_is_called_so(tmp_path, text: str) -> None:
    assert made(tmp_path, text).codes[0] in ("T104", "T101")
    assert made(tmp_path / "另", "{{ (支出 | list).append(1) }}").codes == ["T104"]


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_that_a_template_does_changes_a_fact(tmp_path, text: str) -> None:
    pack = loaded(pack_folder(tmp_path, fields=AMOUNTS)).value
    assert pack is not None
    figure = Quantity(Decimal(5), MONEY, "收支.决算", Place("数据.yaml", 6))
    row = Group("支出[甲]", {"名称": Text("甲"), "金额": figure})
    facts = Group(
        "",
        {
            "年度": Quantity(Decimal(2020), YEAR, "年度"),
            "单位": Text("甲局"),
            "收支": Group("收支", {"决算": figure}),
            "支出": Rows("支出", [row], "名称"),
        },
    )
    try:
        pack.environment.from_string(text).render(dict(facts.entries))
    except Exception as error:
        assert type(error).__name__ != "MemoryError"
    group, rows = facts["收支"], facts["支出"]
    assert isinstance(group, Group) and isinstance(rows, Rows)
    assert list(group) == ["决算"] and group["决算"] is figure and figure.value == 5
    assert len(rows) == 1 and list(rows.by_key) == ["甲"] and list(rows[0]) == ["名称", "金额"]


@pytest.mark.parametrize(
    "source", ["=''.__class__ == 甲", "=range(9)", "=收支.决算.value > 0", "=9**9**9**9 > 0", "=支出.rows"]
)
def test_checks_run_in_the_same_sandbox(tmp_path, source: str) -> None:
    checks = f'一:\n  应当: "{source}"\n  说明: 甲\n'
    report = Form(pack_folder(tmp_path, fields=AMOUNTS, checks=checks)).report(DATA)
    assert [code[0] for code in report.codes] == ["T"]
    assert str(report.findings[0].place) == "example/checks.yaml 第2行"


def test_wording_cannot_reach_into_objects(tmp_path) -> None:
    wording = '与上年相比:\n  总述: {增加: "{主语.__class__}{差额:>999999999}"}\n'
    text = '{{ 收支 | 与上年相比(主语="甲") }}\n'
    report = Form(pack_folder(tmp_path, fields=AMOUNTS, wording=wording, text=text)).report(DATA)
    assert report.codes == ["T114", "T114"]


def test_a_quantity_is_not_joined_into_words_without_saying_how_it_prints(tmp_path: Path) -> None:
    report = Form(pack_folder(tmp_path, fields=AMOUNTS, text='{{ "合计" ~ 收支.决算 }}\n')).report(DATA)
    assert any("T103" in line and "不能用 ~ 连接" in line for line in report.said), report.said


# -- links ------------------------------------------------------------------------------------------------------------
OUTSIDE = (
    "pack.yaml",
    "fields.yaml",
    "style.yaml",
    "glossary.yaml",
    "text/正文.md.j2",
    "tables/表一.yaml",
    "text",
    "accounts",
)


@pytest.mark.skipif(os.name == "nt", reason="links need special rights on Windows")
@pytest.mark.parametrize("linked", OUTSIDE)
def test_a_link_that_leads_out_of_the_pack_is_not_followed(tmp_path, linked: str) -> None:
    """Whatever stands there belongs to the machine, not to the one who sent the pack."""
    roots = pack_folder(tmp_path / "templates", {**PARENT, "accounts/functional.csv": "甲\n"}, text="{{ 单位 }}\n")
    inside, outside = tmp_path / "templates" / NAME / linked, tmp_path / "elsewhere"
    inside.parent.mkdir(exist_ok=True)
    if inside.exists():
        inside.rename(outside)
    else:
        outside.write_text("密: 码\n", encoding="utf-8")
    inside.symlink_to(outside)
    found = loaded(roots).diagnostics
    (one,) = (d for d in found if d.code == "T135")
    assert (one.place, one.message) == (Place(f"{NAME}/{linked}"), f"模板包里的“{inside.name}”是指向包外的链接，没有读")


@pytest.mark.skipif(os.name == "nt", reason="links need special rights on Windows")
def test_a_link_within_the_pack_and_a_pack_that_is_a_link_are_followed(tmp_path) -> None:
    pack_folder(tmp_path / "kept", text="正文。\n")
    (tmp_path / "kept" / NAME / "text" / "正文.md.j2").rename(tmp_path / "kept" / NAME / "text" / "README原文.txt")
    (tmp_path / "kept" / NAME / "text" / "正文.md.j2").symlink_to("README原文.txt")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / NAME).symlink_to(tmp_path / "kept" / NAME)
    report = Form(PackRoots.with_own((tmp_path / "templates",))).report()
    assert (report.codes, report.sentences) == ([], ["正文。"])
