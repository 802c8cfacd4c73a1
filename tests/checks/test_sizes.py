"""Amounts in the wrong unit and percentages that cannot be: what an office typed, what it is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from gongjing import ACCOUNTS, FOLDER, OTHER, Change, copied, found_in
from support import Form, loaded, pack_folder, said

from generator.diagnostics import Diagnostic, has_errors
from generator.diagnostics.as_text import as_text
from generator.pack import PackRoots
from generator.pipeline import examine

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
SIZES = ("C040", "C041", "C042", "C043", "C044", "C045")


def sizes_of(found: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    return [one for one in found if one.code in SIZES]


def told(found: tuple[Diagnostic, ...]) -> list[str]:
    return [as_text(one) for one in sizes_of(found)]


# -- the example of the accounts, in 元 --------------------------------------------------------------------------------
def test_last_year_in_wan_yuan_three_times_is_said_once(tmp_path: Path) -> None:
    folder = copied(tmp_path / "数据")
    text = (folder / ACCOUNTS).read_text(encoding="utf-8")
    assert text.count("上年: 365700.00") == 3
    (folder / ACCOUNTS).write_text(text.replace("上年: 365700.00", "上年: 36.57"), encoding="utf-8")
    found = found_in(folder)
    assert told(found) == [
        """\
警告 C041  收支.yaml 第126行
    “收支.yaml”里有3处金额与应有的数相差约1万倍：单位是不是写成了万元？如上年收、支总计 36.57元、\
财政拨款收支·上年财政拨款收、支总计 36.57元、上年一般公共预算财政拨款支出 36.57元；收、支总计是 916,800元
    本文件的金额单位是“元”：请把这些数按“元”填写；整个文件都是这样的，改“金额单位”一处就够
    涉及：收支.yaml 第130行；收支.yaml 第134行"""
    ]
    assert not has_errors(found)


def test_one_budget(tmp_path: Path) -> None:
    folder = copied(tmp_path / "数据", Change(ACCOUNTS, "    预算: 40000.00", "    预算: 4"))
    [one] = sizes_of(found_in(folder))
    assert one.code == "C040"
    assert one.message == (
        "一般公共预算财政拨款支出（2130506）·预算数填的是 4元，与应有的数相差约1万倍：单位是不是写成了万元？"
        "一般公共预算财政拨款支出（2130506）·基本支出＋项目支出是 40,000元"
    )
    assert one.hint == "本文件的金额单位是“元”；确是单位不对的，请改为 40,000元，否则请核对"


def test_one_figure_of_last_year(tmp_path: Path) -> None:
    folder = copied(tmp_path / "数据", Change(OTHER, "  上年: 96120.00", "  上年: 9.61"))
    assert [one.message for one in sizes_of(found_in(folder))] == [
        "上年机关运行经费支出填的是 9.61元，与应有的数相差约1万倍：单位是不是写成了万元？机关运行经费支出是 115,290元"
    ]


def test_the_whole_input_in_the_wrong_unit(tmp_path: Path) -> None:
    """Everything agrees with everything: only five people who cost 18.3 亿元 each tell."""
    folder = copied(tmp_path / "数据")
    for path in folder.glob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("金额单位: 元", "金额单位: 万元"), encoding="utf-8")
    [one] = sizes_of(found_in(folder))
    assert (one.code, one.severity.word, str(one.place)) == ("C043", "警告", "收支.yaml 第11行")
    assert one.message == "人均支出183,360万元，太大了，不合常理：金额单位“万元”是不是写错了"


def test_a_cell_that_breaks_identities_is_the_one_error(tmp_path: Path) -> None:
    """Either side of each identity could be mended; only this cell mends all of them. The build stays stopped."""
    folder = copied(tmp_path / "数据", Change(ACCOUNTS, "    基本支出: 26698.60", "    基本支出: 2.66986"))
    found = found_in(folder)
    assert [one.code for one in found if one.severity.word == "错误"] == ["C040"]
    [text] = told(found)
    assert "基本支出填的是 2.66986元，与应有的数相差约1万倍：单位是不是写成了万元？按此改过来，核对关系就相符" in text
    assert "    由此还有：错误 T1-BAL、T4-BAL、X45-BASIC；警告 I039、T4-TO（改正以后再看）" in text


def test_another_mistake_stays_beside_it(tmp_path: Path) -> None:
    folder = copied(
        tmp_path / "数据",
        Change(ACCOUNTS, "    基本支出: 26698.60", "    基本支出: 2.66986"),
        Change(OTHER, "  小微企业: 0", "  小微企业: 5"),
    )
    assert {one.code for one in found_in(folder) if one.severity.word == "错误"} == {"C040", "TN-PROC-MICRO"}


# -- what is no slip --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("example", sorted(folder.name for folder in INPUTS.iterdir() if folder.is_dir()))
def test_no_example_is_suspected(example: str) -> None:
    assert told(examine(INPUTS / example, PackRoots.with_own(())).diagnostics) == []


FIELDS = """
项目:
  标签: 项目
  行:
    主键: 名称
    字段:
      名称: {类型: 文字, 标签: 名称}
      预算: {类型: 金额, 标签: 预算数, 可比: 决算}
      上年: {类型: 金额, 标签: 上年数, 上年对应: 决算}
      决算: {类型: 金额, 标签: 决算数}
结余: {标签: 结余, 字段: {年初: {类型: 金额, 标签: 年初, 上年对应: 年末, 可比: 否}, 年末: {类型: 金额, 标签: 年末}}}
人数: {类型: 个数, 标签: 人数, 缺省: 0}
指标:
  标签: 指标
  行:
    字段:
      三级: {类型: 文字, 标签: 三级指标}
      方向: {类型: 文字, 标签: 方向}
      目标值: {类型: 数值, 标签: 目标值}
      单位: {类型: 文字, 标签: 单位}
      实际值: {类型: 数值, 标签: 实际值}
满意度调查: {标签: 满意度, 行: {字段: {对象: {类型: 文字, 标签: 对象}, 结果: {类型: 百分比, 标签: 结果}}}}
"""
RANGES = """
合理范围:
  人均: {金额: "=项目 | 求和('决算')", 除以: =人数, 不低于: 1000元, 不高于: 100万元}
  占预算的: {逐行: =项目, 金额: =行.决算, 除以: =行.预算, 不低于: 1%, 不高于: 300%, 等级: 提示}
"""


@pytest.fixture
def form(tmp_path: Path) -> Form:
    return Form(pack_folder(tmp_path, {"sizes.yaml": RANGES}, fields=FIELDS))


def row(**amounts: object) -> str:
    return f"项目: [{{名称: 甲, {', '.join(f'{name}: {amount}' for name, amount in amounts.items())}}}]\n"


def test_a_project_that_grew_is_a_hint(form: Form) -> None:
    found = form.report(row(上年="0.5", 决算=800)).findings
    assert [(one.code, one.severity.word, one.message) for one in found] == [
        ("C042", "提示", "项目（甲）·上年数是 0.5万元，项目（甲）·决算数是 800万元，相差1,600倍")
    ]


def test_nothing_is_said_of_nothing_and_of_balances(form: Form) -> None:
    assert told(form.report(row(上年=0, 决算=800)).findings) == []
    assert told(form.report("结余: {年初: 0.01, 年末: 100}\n").findings) == []
    assert told(form.report(row(上年="0.9", 决算=800)).findings) == []


def test_where_budget_and_last_year_agree_this_year_is_wrong(form: Form) -> None:
    [one] = sizes_of(form.report(row(预算=90, 上年=100, 决算="950000")).findings)[:1]
    assert one.message.startswith("项目（甲）·决算数填的是 950,000万元，与应有的数相差约1万倍：单位是不是写成了元？")


def test_too_much_for_each_and_too_much_of_it(form: Form) -> None:
    found = form.report(row(预算=90, 决算=900) + "人数: 3\n").findings
    assert [(one.code, one.severity.word, one.message) for one in found] == [
        ("C043", "警告", "人均300万元、占预算的1,000%，太大了，不合常理：金额单位“万元”是不是写错了")
    ]


@pytest.mark.parametrize(
    ("cells", "said_of_it"),
    [
        ("三级: 满意度, 方向: ≥, 目标值: 90, 单位: '%', 实际值: 9820", "C044 “满意度”填的是 9820%，超过了100%"),
        (
            "三级: 覆盖率, 方向: ≥, 目标值: 0.98, 单位: '%', 实际值: 0.985",
            "C045 “覆盖率”的单位是 %，填的却是 0.98%、0.985%",
        ),
        ("三级: 完成率, 方向: =, 目标值: 100, 单位: '%', 实际值: 1", "C045 “完成率”的单位是 %，填的却是 1%"),
        ("三级: 完成率, 方向: ≥, 目标值: 100, 单位: '%', 实际值: 120", ""),
        ("三级: 差错控制率, 方向: ≤, 目标值: 0.5, 单位: '%', 实际值: 0.3", ""),
        ("三级: 增长率, 方向: ≥, 目标值: 0.5, 单位: '%', 实际值: 0.6", ""),
        ("三级: 满意度, 方向: ≥, 目标值: 0, 单位: '%', 实际值: 0", ""),
        ("三级: 满意度调查户数, 方向: ≥, 目标值: 200, 单位: 户, 实际值: 300", ""),
    ],
)
def test_percentages(form: Form, cells: str, said_of_it: str) -> None:
    found = sizes_of(form.report(f"指标: [{{{cells}}}]\n").findings)
    assert [f"{one.code} {one.message}" for one in found] == ([said_of_it] if said_of_it else [])


def test_a_percentage_cell_above_100(form: Form) -> None:
    found = sizes_of(form.report("满意度调查: [{对象: 参保人员满意度, 结果: 9820%}]\n").findings)
    assert [one.message for one in found] == ["“参保人员满意度”填的是 9820%，超过了100%"]


# -- the pack's own words ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("合理范围: {甲: {金额: =1, 不低于: 1元}}", "T117 example/sizes.yaml 第1行"),
        ("合理范围: {甲: {不低于: 1元, 不高于: 2元}}", "T115 example/sizes.yaml 第1行 合理范围“甲”"),
        (
            "合理范围: {甲: {金额: =1, 不低于: 1元, 不高于: 2元, 等级: 错误}}",
            "T117 example/sizes.yaml 第1行 合理范围“甲”“等级”",
        ),
        ("合理范围: {甲: {金额: =(, 不低于: 1元, 不高于: 2元}}", "T102 example/sizes.yaml 第1行"),
        ("合理范围: {甲: {金額: =1}}", "T114 example/sizes.yaml 第1行 合理范围“甲”"),
        ("范围: {}", "T114 example/sizes.yaml 第1行 sizes.yaml"),
        ("百分率: {名: 甲}", "T114 example/sizes.yaml 第1行 百分率"),
        ("合理范围: [甲]", "T117 example/sizes.yaml"),
    ],
)
def test_a_mistake_in_the_ranges(tmp_path: Path, text: str, words: str) -> None:
    lines = said(loaded(pack_folder(tmp_path, {"sizes.yaml": text})).diagnostics)
    assert any(line.startswith(words) for line in lines), lines


def test_a_comparison_with_a_field_that_is_not_there(tmp_path: Path) -> None:
    fields = (
        "收支: {标签: 收支, 字段: {预算: {类型: 金额, 可比: 决算数 + 其他}, 决算: {类型: 金额}, 其他: {类型: 金额}}}\n"
    )
    lines = said(loaded(pack_folder(tmp_path, fields=fields)).diagnostics)
    assert any("T208" in line and "的可比“决算数”不存在" in line for line in lines), lines


def test_the_folder_of_the_example_has_no_slip() -> None:
    assert told(found_in(FOLDER)) == []
