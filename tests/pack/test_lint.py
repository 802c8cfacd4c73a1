"""`juesuan packs lint`: mistakes that would show only when a report is made."""

from __future__ import annotations

from pathlib import Path

from support import NAME, SETTINGS, loaded, pack_folder

from generator.case import InputFiles
from generator.diagnostics import Outcome
from generator.lint.lint import lint_pack
from generator.pack import load_pack
from generator.pack.sources import gather
from generator.pipeline import examine_files

FIELDS = """
收入: {标签: 收入, 字段: {合计: {类型: 金额, 标签: 合计}}}
项目:
  标签: 项目
  行: {主键: 名称, 字段: {名称: {类型: 文字, 标签: 名称}, 金额: {类型: 金额, 标签: 金额}}}
"""


def linted(tmp_path: Path, text: str, files: dict[str, str] | None = None, **parts: str) -> list[str]:
    roots = pack_folder(tmp_path, files or {}, fields=FIELDS, text=text, **parts)
    pack = loaded(roots).value
    assert pack is not None
    return [f"{d.code} {d.severity.word} {d.place} {d.message}" for d in lint_pack(pack, gather(pack.name, roots))]


def test_a_sound_pack(tmp_path) -> None:
    loop = "{% for 项 in 项目 | 有数('金额') %}{{ 项.名称 }}{{ loop.index }}{% endfor %}\n"
    text = "{{ 年度 }}{{ 上年 }}{{ 收入.合计 }}\n" + loop
    assert linted(tmp_path, text) == []


def test_names_that_do_not_exist(tmp_path) -> None:
    text = "甲。\n{{ 收入.合记 }}\n{% for 项 in 项目 %}{{ 项.名字 }}{% endfor %}\n{{ 收人 }}\n"
    assert linted(tmp_path, text) == [
        "T101 错误 example/text/正文.md.j2 第2行 模板用了不存在的名称：“收入”里没有“合记”。您是否指“合计”？",
        "T101 错误 example/text/正文.md.j2 第3行 模板用了不存在的名称：“项目”里没有“名字”。您是否指“名称”？",
        "T101 错误 example/text/正文.md.j2 第4行 模板用了不存在的名称：没有“收人”这个名称。您是否指“收入”？",
    ]


def test_names_in_checks_and_tables(tmp_path) -> None:
    files = {"tables/表.yaml": "列: [{宽: 20}]\n行:\n  - [=收入.和计]\n"}
    checks = "一:\n  应当: =收入.总计 > 0\n  说明: 甲\n"
    assert linted(tmp_path, "```表 表\n```\n", files, checks=checks) == [
        "T101 错误 example/tables/表.yaml 第3行 模板用了不存在的名称：“收入”里没有“和计”。您是否指“合计”？",
        "T101 错误 example/checks.yaml 第2行 模板用了不存在的名称：“收入”里没有“总计”。您是否指“合计”？",
    ]


def test_years_typed_into_a_text(tmp_path) -> None:
    text = "2020年度收入。\n\n按《2015年规划》和〔2016〕3号。\n"
    assert linted(tmp_path, text) == ["T122 警告 example/text/正文.md.j2 第1行 正文里写死了年份：2020年度收入。"]


def test_tables_and_charts_that_stand_nowhere(tmp_path) -> None:
    files = {"tables/表一.yaml": "列: [{宽: 20}]\n行: [[一]]\n"}
    charts = "图一: {种类: 饼形, 各项: [{名: 甲, 值: =收入.合计}]}\n"
    assert linted(tmp_path, "无。\n", files, charts=charts) == [
        "T118 警告 example/tables/表一.yaml 表“表一”定义了却没有用到",
        "T118 警告 example/charts.yaml 第1行 图“图一”定义了却没有用到",
    ]


def test_a_table_that_a_fence_may_mean_is_not_called_unused(tmp_path) -> None:
    files = {"tables/表一.yaml": "列: [{宽: 20}]\n行: [[一]]\n", "tables/表二.yaml": "列: [{宽: 20}]\n行: [[二]]\n"}
    for fence in ("{% for 名 in ['表一', '表二'] %}\n```表 {{ 名 }}\n```\n{% endfor %}\n",
                  "```表 {% if 收入.合计 is 大于(0) %}表一{% else %}表二{% endif %}\n\n```\n"):  # fmt: skip
        assert linted(tmp_path, fence, files) == []
    charts = "图一: {种类: 饼形, 各项: [{名: 甲, 值: =收入.合计}]}\n"
    assert linted(tmp_path, "```表 {{ 年度 }}\n```\n", files, charts=charts) == [
        "T118 警告 example/charts.yaml 第1行 图“图一”定义了却没有用到"
    ]


def test_the_packs_that_travel_with_the_program_are_sound() -> None:
    from generator.pack import PackRoots, pack_names

    roots = PackRoots.with_own()
    assert NAME not in pack_names(roots)
    for name in pack_names(roots):
        pack = loaded(roots, name)
        assert pack.diagnostics == () and pack.value is not None
        assert lint_pack(pack.value, gather(pack.value.name, roots)) == []


def test_printed_figures_compared_exactly(tmp_path) -> None:
    """95.00%＜95%: what a sentence says of two figures is decided on the printed ones."""
    text = (
        "{% if 收入.合计 != 收入.合计 %}甲{% endif %}\n"
        "{% set 率 = 收入.合计 | 完成率(收入.合计) %}{{ '＜' if 率 < 95 else '≥' }}\n"
        "{% for 项 in 项目 if 项.金额 > 0 %}{{ 项.名称 if 项.金额 + 项.金额 >= 收入.合计 else '' }}{% endfor %}\n"
        "{% if 收入.合计 is 大于(收入.合计) and 收入.合计 != 0 and 项目 | length > 1 %}乙{% endif %}\n"
    )
    fields = '收支: {标签: 收支, 字段: {决算: {类型: 金额}, 原因: {类型: 文字, 当: "=组.决算 == 收入.合计"}}}\n'
    roots = pack_folder(
        tmp_path, fields=FIELDS + fields, text=text, checks="一: {应当: =收入.合计 == 收支.决算, 说明: 甲}\n"
    )
    pack = loaded(roots).value
    assert pack is not None
    assert [
        f"{d.code} {d.severity.word} {d.place} {d.message.partition('：')[2]}"
        for d in lint_pack(pack, gather(pack.name, roots))
    ] == [
        "T124 警告 example/text/正文.md.j2 第1行 “!=”请改用“is not 持平于(…)”",
        "T124 警告 example/text/正文.md.j2 第2行 “<”请改用“is 小于(…)”",
        "T124 警告 example/text/正文.md.j2 第3行 “>=”请改用“is not 小于(…)”",
        "T124 警告 example/fields.yaml 第9行 “==”请改用“is 持平于(…)”",
    ]


CHILD = """
名称: child
标题: 下级
种类: 报告
上级: example
章节: [正文]
"""


def test_a_field_taken_away_from_the_parent_is_one_mistake_where_it_was_taken_away(tmp_path) -> None:
    files = {
        "tables/表一.yaml": "列: [{宽: 20}]\n行:\n  - [=收入.合计]\n",
        "tables/表二.yaml": "列: [{宽: 20}]\n行: [[不用]]\n",
        "text/附章.md.j2": "{{ 收入.合计 }}\n",
    }
    text = "{{ 收入.合计 | 万元 }}，{{ 收入.合计 }}\n\n```表 表一\n```\n"
    roots = pack_folder(tmp_path, files, fields=FIELDS, text=text)
    child = {"pack.yaml": CHILD, "fields.yaml": "项目: null\n收入: {字段: {合计: null}}\n", "text/另章.md.j2": "另。\n"}
    for name, words in child.items():
        path = tmp_path / "child" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
    pack = load_pack("child", roots).value
    assert pack is not None
    assert [f"{d.code} {d.place} {d.message} {d.hint}" for d in lint_pack(pack, gather(pack.name, roots))] == [
        "T127 child/text/另章.md.j2 章节文件“另章”没有写进 pack.yaml 的“章节”，不会印出 请写进“章节”，或删去这个文件",
        "T126 child/fields.yaml 第2行 这里删去了填报项“收入.合计”，可是上级包还在用它 还在用的有2处："
        "example/text/正文.md.j2 第1行、example/tables/表一.yaml 第3行；"
        "请保留它，或把这些地方也改写、删去",
    ], "tables and chapters of the parent that the child does not place are not the child's affair"


def test_what_the_program_must_know_is_asked_for(tmp_path) -> None:
    """The unit is called 机构 here, and a day stands before the day of publication."""
    fields = """
年度: {类型: 年度, 标签: 年度}
机构: {类型: 文字, 标签: 机构}
立项日期: {类型: 日期, 标签: 立项}
报告日期: {类型: 日期, 标签: 报告}
"""
    settings = SETTINGS.replace("{{ 单位 }}", "{{ 机构 }}")
    pack = loaded(roots := pack_folder(tmp_path, {"pack.yaml": settings, "fields.yaml": fields})).value
    assert pack is not None
    assert [f"{d.code} {d.severity.word} {d.message}" for d in lint_pack(pack, gather(pack.name, roots))] == [
        "T128 警告 pack.yaml 的“角色”没有写“单位”",
        "T128 警告 pack.yaml 的“角色”没有写“公开日期”",
    ]
    settings += "角色: {单位: 机构, 公开日期: 报告日期}\n"
    roots = pack_folder(tmp_path, {"pack.yaml": settings, "fields.yaml": fields})
    pack = loaded(roots).value
    assert pack is not None and lint_pack(pack, gather(pack.name, roots)) == []
    for day, codes in (("2021-03-01", []), ("2031-03-01", ["C004"])):
        typed = f"报告: example\n年度: 2020\n机构: 甲局\n立项日期: 2011-03-01\n报告日期: {day}\n"
        found = examine_files(Outcome(InputFiles(Path(), (("数据.yaml", typed),), "")), roots)
        assert [one.code for one in found.diagnostics] == codes
        assert found.value is not None and found.value.document.meta.author == "甲局"
