# ruff: noqa: E501 - what is written and what comes out stand side by side
"""tables/*.yaml: the table as its author wrote it above, the rows that come out below."""

from __future__ import annotations

import pytest
from support import Form, Report, pack_folder, plain

FIELDS = """
收入:
  标签: 收入
  字段:
    合计: {类型: 金额, 标签: 收入合计}
    上年: {类型: 金额, 标签: 上年收入}
支出:
  标签: 支出
  行:
    主键: 科目
    字段:
      科目: {类型: 功能科目, 标签: 科目}
      基本: {类型: 金额, 标签: 基本支出, 缺省: 0}
      项目: {类型: 金额, 标签: 项目支出, 缺省: 0}
指标:
  标签: 指标
  行:
    字段:
      一级: {类型: 文字, 标签: 一级指标}
      二级: {类型: 文字, 标签: 二级指标}
      三级: {类型: 文字, 标签: 三级指标}
项目:
  标签: 项目
  行:
    主键: 名称
    字段:
      名称: {类型: 文字, 标签: 项目名称}
      科目: {类型: 功能科目, 标签: 科目}
      金额: {类型: 金额, 标签: 金额}
"""

DATA = """
收入: {合计: 91.68, 上年: 36.57}
支出:
  - {科目: 2080104, 项目: 13.36}
  - {科目: 2080109, 基本: 21.72}
  - {科目: 2210201, 基本: 3.45}
指标:
  - {一级: 产出, 二级: 数量, 三级: 次数}
  - {一级: 产出, 二级: 数量, 三级: 人数}
  - {一级: 产出, 二级: 质量, 三级: 合格率}
  - {一级: 效益, 二级: 质量, 三级: 满意度}
  - {一级: 效益, 二级: 质量, 三级: 满意度}
项目:
  - {名称: 甲, 科目: 2080104, 金额: 10}
  - {名称: 乙, 科目: 2080104, 金额: 3.36}
"""


def table(tmp_path, source: str, data: str = DATA, text: str = "```表 试\n```\n") -> Report:
    files = {"tables/试.yaml": source}
    return Form(pack_folder(tmp_path, files, fields=FIELDS, text=text)).report(data)


def rows(report: Report) -> list[str]:
    """The lines under the table's first."""
    return [plain(line.strip()) for line in report.outline.split("\n") if line.startswith("  ")]


TWO = "列: [{宽: 40, 对齐: 左}, {宽: 30, 对齐: 右}]\n"


def test_a_table_with_title_note_and_unit(tmp_path) -> None:
    source = (
        "标题: '{{ 年度 }}年收入表'\n编号: 公开01表\n左注: '编制单位：{{ 单位 }}'\n单位: 万元\n" + TWO + "表头: [[项目, 决算数]]\n"
        "行:\n  - [收入合计, =收入.合计]\n  - {单元: ['比{{ 上年 }}年增加', =收入.合计 - 收入.上年], 粗: 是}\n"
        "注: ['本表金额以{{ 年度 }}年为准。']\n"
    )  # fmt: skip
    assert table(tmp_path, source).outline == (
        "T 试 2 行 × 2 列\n"
        "  表题 ‹2020 年度›年收入表\n"
        "  表号 公开01表\n"
        "  表左注 编制单位：甲局\t单位：万元\n"
        "  H 项目 | 决算数\n"
        "  - 收入合计 | ‹91.68 收入.合计›\n"
        "  - **比‹2019 上年›年增加** | **‹55.11 收入.合计 - 收入.上年›**\n"
        "  表注 本表金额以‹2020 年度›年为准。\n"
    )


ONE = "列: [{宽: 30}]\n行: [[甲]]\n单位: 万元\n"


@pytest.mark.parametrize(
    ("source", "above"),
    [
        ("", ["表左注 →单位：万元"]),
        ("左注: 甲局\n", ["表左注 甲局→单位：万元"]),
        ("右注: 金额单位：万元\n", ["表左注 →金额单位：万元"]),
        ("左注: 甲局\n右注: \"编号：{{ 年度 }}\"\n", ["表左注 甲局→编号：‹2020 年度›"]),
        ("左注: 甲局\n中注: 12月31日\n", ["表左注 甲局→12月31日→单位：万元"]),
        ("中注: 12月31日\n右注: 金额单位：万元\n", ["表左注 →12月31日→金额单位：万元"]),
        ("左注: 甲局\n中注: \"{{ 收入.合计 | 万元 }}\"\n右注: 甲\n", ["表左注 甲局→‹91.68 收入.合计›万元→甲"]),
        ("注:\n  - 一\n  - {左: 甲, 右: \"{{ 单位 }}\"}\n  - {左: 甲, 中: 乙, 右: 丙}\n  - {中: 乙}\n", ["表左注 →单位：万元", "表注 一", "表注 甲→甲局", "表注 甲→乙→丙", "表注 →乙"]),
    ],
)  # fmt: skip
def test_notes_at_the_left_in_the_middle_and_at_the_right(tmp_path, source: str, above: list[str]) -> None:
    report = table(tmp_path, ONE + source)
    lines = [line.strip() for line in report.outline.replace("\t", "→").split("\n")]
    assert [line for line in lines if line.startswith("表")] == above
    assert report.codes == []


def test_a_missing_figure_of_a_note_is_missing_there(tmp_path) -> None:
    report = table(tmp_path, ONE + '左注: "{{ 收入.合计 | 万元 }}"\n右注: 甲\n', "收入: {}\n")
    assert "表左注 〔待填：收入合计〕\t甲" in report.outline


def test_the_unit_of_the_table_is_its_own(tmp_path) -> None:
    source = "单位: 元\n数字: 正文\n" + TWO + "行: [[合计, =收入.合计], [零, =收入.合计 - 收入.合计]]\n"
    assert rows(table(tmp_path, source)) == ["表左注 \t单位：元", "- 合计 | 916800.00", "- 零 | 0"]


def test_zero_in_the_tables_of_a_report_has_its_digits(tmp_path) -> None:
    source = TWO + "行: [[零, =收入.合计 - 收入.合计]]\n"
    assert rows(table(tmp_path, source)) == ["- 零 | 0.00"]


def test_rows_from_facts_with_conditions(tmp_path) -> None:
    source = (
        TWO + "行:\n"
        "  - {单元: [无, ''], 当: '=收入.合计 == 0'}\n"
        "  - {逐行: \"=支出 | 类款项('基本', '项目')\", 单元: [=行.名称, =行.基本], 粗: '=行.级 == 1', 当: '=行.基本 > 0'}\n"
    )
    assert rows(table(tmp_path, source)) == [
        "- **社会保障和就业支出** | **21.72**",
        "- 人力资源和社会保障管理事务 | 21.72",
        "- 社会保险经办机构 | 21.72",
        "- **住房保障支出** | **3.45**",
        "- 住房改革支出 | 3.45",
        "- 住房公积金 | 3.45",
    ]


def test_names_given_once(tmp_path) -> None:
    source = (
        "令: {社保: \"=支出 | 科目属于('科目', '208')\", 社保合计: \"=社保 | 求和('基本', '项目')\"}\n" + TWO + "行:\n"
        "  - [社保, =社保合计]\n"
        "  - {逐行: =社保, 令: {本行: =行.基本 + 行.项目}, 单元: [=行.科目 | 科目名称, =本行]}\n"
    )
    assert rows(table(tmp_path, source)) == ["- 社保 | 35.08", "- 综合业务管理 | 13.36", "- 社会保险经办机构 | 21.72"]


def test_rows_below_a_row(tmp_path) -> None:
    source = (
        TWO + "行:\n"
        "  - 逐行: =支出\n"
        "    单元: [=行.科目 | 科目名称, =行.项目]\n"
        "    其下: [{逐行: \"=项目 | 筛选('科目', 行.科目)\", 单元: ['其中：{{ 行.名称 }}', =行.金额]}]\n"
    )
    assert rows(table(tmp_path, source)) == [
        "- 综合业务管理 | 13.36",
        "- 其中：甲 | 10.00",
        "- 其中：乙 | 3.36",
        "- 社会保险经办机构 | 0.00",
        "- 住房公积金 | 0.00",
    ]


THREE = "列: [{宽: 20}, {宽: 20}, {宽: 20}]\n"


def test_equal_cells_join_within_their_group(tmp_path) -> None:
    """质量 of 产出 and 质量 of 效益 are two cells; 三级 joins only because it is marked."""
    source = (
        THREE + "表头: [[一级, 二级, 三级]]\n行:\n"
        "  - 逐行: =指标\n"
        "    单元: [{文: =行.一级, 合并: 同值}, {文: =行.二级, 合并: 同值}, {文: =行.三级, 合并: 同值}]\n"
    )
    assert rows(table(tmp_path, source)) == [
        "H 一级 | 二级 | 三级",
        "- 产出 ⟦3×1⟧ | 数量 ⟦2×1⟧ | 次数",
        "- ↑ | ↑ | 人数",
        "- ↑ | 质量 | 合格率",
        "- 效益 ⟦2×1⟧ | 质量 ⟦2×1⟧ | 满意度 ⟦2×1⟧",
        "- ↑ | ↑ | ↑",
    ]


def test_only_marked_cells_join(tmp_path) -> None:
    source = THREE + "行:\n  - {逐行: =指标, 单元: [{文: =行.一级, 合并: 同值}, =行.二级, =行.三级]}\n"
    assert rows(table(tmp_path, source)) == [
        "- 产出 ⟦3×1⟧ | 数量 | 次数",
        "- ↑ | 数量 | 人数",
        "- ↑ | 质量 | 合格率",
        "- 效益 ⟦2×1⟧ | 质量 | 满意度",
        "- ↑ | 质量 | 满意度",
    ]


def test_spans_in_head_and_body(tmp_path) -> None:
    source = (
        THREE + "表头:\n  - [{文: 项目, 跨行: 2}, {文: 金额, 跨列: 2}]\n  - [本年, 上年]\n"
        "行:\n  - [收入, =收入.合计, =收入.上年]\n  - [{文: 说明, 跨列: 3, 粗: 是, 对齐: 左}]\n"
    )
    assert rows(table(tmp_path, source)) == [
        "H 项目 ⟦2×1⟧ | 金额 ⟦1×2⟧",
        "H ↑ | 本年 | 上年",
        "- 收入 | 91.68 | 36.57",
        "- **说明** ⟦1×3⟧",
    ]


WIDE = (
    "列: [{宽: 20}, {宽: 20, 逐列: =支出}]\n"
    "表头: [[合计, {文: =列.科目, 逐列: 是}]]\n"
    "行: [[\"=支出 | 求和('基本')\", {文: =列.基本, 逐列: 是}]]\n"
)


def test_a_column_for_each_row_of_facts(tmp_path) -> None:
    assert rows(table(tmp_path, WIDE)) == ["H 合计 | 2080104 | 2080109 | 2210201", "- 25.17 | 0.00 | 21.72 | 3.45"]


def test_too_many_columns_make_several_tables(tmp_path) -> None:
    report = table(tmp_path, "标题: 明细表\n分段列数: 2\n" + WIDE)
    assert plain(report.outline) == (
        "T 试 1 行 × 3 列\n  表题 明细表\n  H 合计 | 2080104 | 2080109\n  - 25.17 | 0.00 | 21.72\n"
        "T 试（续） 1 行 × 2 列\n  表题 明细表（续）\n  H 合计 | 2210201\n  - 25.17 | 3.45\n"
    )


def test_columns_of_no_rows_leave_the_fixed_ones(tmp_path) -> None:
    assert rows(table(tmp_path, WIDE, "收入: {合计: 1, 上年: 1}\n")) == ["H 合计", "- 0.00"]


def test_an_empty_table_says_so(tmp_path) -> None:
    source = (
        TWO + "表头: [[科目, 金额]]\n行: [{逐行: =支出, 单元: [=行.科目, =行.基本]}]\n"
        "空表: '{{ 单位 }}没有支出，故本表无数据。'\n空表时: '=支出 | length == 0'\n注: [另注。]\n"
    )
    assert rows(table(tmp_path, source, "支出: []\n")) == [
        "H 科目 | 金额",
        "表注 甲局没有支出，故本表无数据。",
        "表注 另注。",
    ]
    full = rows(table(tmp_path / "另", source))
    assert len(full) == 5
    assert full[-1] == "表注 另注。"


def test_words_of_an_office_in_cells_are_literal(tmp_path) -> None:
    source = TWO + "行: [{逐行: =项目, 单元: [=行.名称, '{{ 行.名称 }}：{{ 行.金额 | 万元 }}']}]\n"
    data = "项目: [{名称: '**甲** | {乙 # <丙>', 科目: 2080104, 金额: 1}]\n"
    words = "**甲** | {乙 # <丙>"
    assert rows(table(tmp_path, source, data)) == [f"- {words} | {words}：1.00万元"]


def test_blank_zero_and_not_applicable_in_cells(tmp_path) -> None:
    source = TWO + "行: [[合计, =收入.合计], [上年, =收入.上年]]\n"
    report = table(tmp_path, source, "收入: {合计: 不适用}\n")
    assert rows(report) == ["- 合计 | 不适用", "- 上年 | 〔待填：上年收入〕"]
    assert report.codes == ["F001"]


def test_the_title_is_not_repeated_below_the_same_heading(tmp_path) -> None:
    source = "标题: 收入表\n" + TWO + "行: [[合计, =收入.合计]]\n"
    assert "表题" not in table(tmp_path, source, text="# 收入表\n\n```表 试\n```\n").outline


def test_a_row_of_a_loop_is_handed_to_the_table(tmp_path) -> None:
    source = "标题: '{{ 这个.名称 }}'\n" + TWO + "行: [[金额, =这个.金额]]\n"
    text = "{% for 项 in 项目 %}\n```表 试\n这个: {{ 项 }}\n```\n{% endfor %}\n"
    assert rows(table(tmp_path, source, text=text)) == ["表题 甲", "- 金额 | 10.00", "表题 乙", "- 金额 | 3.36"]


@pytest.mark.parametrize(
    ("source", "code", "line", "words"),
    [
        (TWO + "行:\n  - [合计]\n", "T105", 3, "第1行占1列，而表有2列"),
        (TWO + "行:\n  - [合计, =收入.合计]\n  - [合计, =收入.合计, 多]\n", "T105", 4, "这一行有3格，表只有2列"),
        (TWO + "行:\n  - [{文: 甲, 跨列: 3}]\n", "T105", 3, "这一行有3格，表只有2列"),
        (TWO + "表头:\n  - [{文: 甲, 跨行: 2}, 乙]\n  - [丙, 丁]\n行: [[甲, 乙]]\n", "T105", 4, "占3列，而表有2列"),
        (TWO + "行:\n  - [{文: 甲, 跨行: 2}, 乙]\n", "T105", 3, "上面有格的“跨行”还没有完"),
        (TWO + "表头:\n  - [{文: 甲, 跨行: 2}, 乙]\n行: [[丙]]\n", "T105", 3, "上面有格的“跨行”还没有完"),
        (TWO + "行:\n  - [合计, =收入.合记]\n", "T101", 3, "“收入”里没有“合记”。您是否指“合计”？"),
        (TWO + "行:\n  - [合计,\n     =收人.合计]\n", "T101", 3, "没有“收人”这个名称。您是否指“收入”？"),
        (TWO + "行:\n  - [甲, 乙]\n  - {逐行: =支初, 单元: [甲, 乙]}\n", "T101", 4, "没有“支初”这个名称。您是否指“支出”？"),
        (TWO + "注: [好]\n行:\n  - [合计, =收入.合计 |]\n", "T102", 4, "没有写完，这里应是“名称”"),
        (TWO + "行:\n  - [合计, =收入.合计 | 没有的]\n", "T102", 3, "没有“| 没有的”这种写法"),
        (TWO + "行:\n  - [合计, =收入.合计 + 年度]\n", "T103", 3, "不能把“收入.合计”（元）与“年度”（年度）相加"),
    ],
)  # fmt: skip
def test_a_mistake_is_reported_at_its_line(tmp_path, source: str, code: str, line: int, words: str) -> None:
    (found,) = table(tmp_path, source).findings
    assert found.code == code
    assert words in found.message
    assert str(found.place) == f"example/tables/试.yaml 第{line}行"


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        (TWO + "表题: 甲\n行: [[甲, 乙]]\n", 2, "有不认识的词“表题”"),
        (TWO + "行:\n  - {格: [甲, 乙]}\n", 3, "行里有不认识的词“格”"),
        (TWO + "行:\n  - [{字: 甲}, 乙]\n", 3, "格里有不认识的词“字”"),
        (TWO + "行:\n  - [{文: 甲, 对齐: 上}, 乙]\n", 3, "对齐只能是左、中、右，不能是“上”"),
        (TWO + "行:\n  - [{文: 甲, 跨列: 二}, 乙]\n", 3, "“跨列”要写整数，不能是“二”"),
        (TWO + "行:\n  - [{文: 甲, 跨行: 0}, 乙]\n", 3, "“跨行”要写整数，不能是“0”"),
        (TWO + "行:\n  - 甲\n", 3, "每一行要有“单元”"),
        (TWO + "行: [[甲, 乙]]\n注:\n  - {左: 甲, 边: 乙}\n", 4, "注里有不认识的词“边”，可用的有：左、中、右"),
        (TWO + "行: [[甲, 乙]]\n一页: 对\n", 3, "“一页”要写“是”或“否”，不能是“对”"),
        (TWO + "行: 甲\n", 2, "“行”要写成一行一项的清单"),
        (TWO + "令: [甲]\n行: [[甲, 乙]]\n", 0, "“令”要写成“名称: 值”"),
        (TWO, 0, "没有任何行"),
        ("行: [[甲, 乙]]\n", 0, "要有“列”，写明各列的宽"),
        ("列: [{对齐: 左}]\n行: [[甲]]\n", 1, "每一列要写“宽”（毫米）"),
        ("列: [{宽: 宽}]\n行: [[甲]]\n", 1, "“宽”要写数，不能是“宽”"),
        ("列: [{宽: 5, 对齐: 偏}]\n行: [[甲]]\n", 1, "对齐只能是左、中、右，不能是“偏”"),
        ("分段列数: 很多\n" + TWO + "行: [[甲, 乙]]\n", 1, "“分段列数”要写整数，不能是“很多”"),
    ],
)
def test_a_table_badly_written_is_explained(tmp_path, source: str, line: int, words: str) -> None:
    findings = table(tmp_path, source).findings
    spots = [str(one.place) for one in findings if one.code == "T105" and words in one.message]
    assert spots == [f"example/tables/试.yaml 第{line}行" if line else "example/tables/试.yaml"]
