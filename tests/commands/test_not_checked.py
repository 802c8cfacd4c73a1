"""`check` ends with what was not checked, folded by what is missing."""

from __future__ import annotations

import json
from pathlib import Path

import gongjing
import pytest
from gongjing import ABOUT, Change
from screen import juesuan
from support import NAME, pack_folder

from generator.case import InputFiles
from generator.checks.rulebook import unchecked_lines
from generator.diagnostics import Outcome
from generator.pack import PackRoots
from generator.pipeline import examine_files, unchecked_of

# -- a small form -----------------------------------------------------------------------------------------------------

FIELDS = """
收入: {类型: 金额, 标签: 收入, 必填: 是}
支出: {类型: 金额, 标签: 支出}
控制数: {类型: 金额, 标签: 控制数}
批复: {类型: 日期, 标签: 批复日期}
公布: {类型: 日期, 标签: 公布日期}
明细:
  标签: 支出明细
  行:
    主键: 名称
    字段:
      名称: {类型: 文字, 标签: 名称}
      金额: {类型: 金额, 标签: 金额, 缺省: 0}
      上年: {类型: 金额, 标签: 上年数}
"""
CHECKS = """
平: {关系: =收入 ＝ 支出, 名: [收入, 支出]}
不超: {关系: =控制数 ≥ 支出, 名: [控制数, 支出]}
相加: {当: =明细 | length > 0, 关系: "=支出 ＝ 明细 | 求和('金额')", 名: [支出, 明细相加]}
逐行: {逐行: =明细, 关系: =行.上年 ≥ 行.金额, 名: [上年数, 金额]}
及时: {应当: =(公布 | 天数(批复)) <= 20, 说明: 公布晚了}
少的: {当: =支出 > 1000000000000, 应当: =收入 > 0, 说明: 没有收入}
"""
RULEBOOK = """
及时: {题: 二十日内公布}
D-LOOK: {题: 照片清楚, 缺: 程序看不出，要由人看}
D-SUM: {题: 合计, 由: 计算}
D-NOT: {题: 别处的, 免: 本表没有}
"""


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> PackRoots:
    files = {"rulebook.yaml": RULEBOOK + "".join(f"{code}: null\n" for code in _OF_ALL)}
    return pack_folder(tmp_path_factory.mktemp("pack"), files, fields=FIELDS, checks=CHECKS)


_OF_ALL = ("N-MUL", "N-BACK", "X-OBJ", "D-EMPTYSEC")


def closing(roots: PackRoots, data: str) -> list[str]:
    text = f"报告: {NAME}\n金额单位: 元\n年度: 2020\n单位: 示例局\n{data}"
    examined = examine_files(Outcome(InputFiles(Path(), (("数据.yaml", text),), ""), ()), roots)
    assert examined.value is not None
    return [line.strip() for line in unchecked_lines(unchecked_of(examined.value.case, examined.diagnostics))]


ALL_FILLED = """\
收入: 100
支出: 100
控制数: 100
批复: 2021-08-01
公布: 2021-08-20
明细: [{名称: 甲, 金额: 60, 上年: 60}, {名称: 乙, 金额: 40, 上年: 50}]
"""
LOOK = "程序看不出，要由人看：D-LOOK 照片清楚"


def test_all_is_filled_in(roots: PackRoots) -> None:
    """What the program cannot see is said each time. A rule that does not apply (少的), what somebody else sees to and
    what the form has no use for are not spoken of."""
    assert closing(roots, ALL_FILLED) == ["还有1条没有核对：", LOOK]


@pytest.mark.parametrize(
    ("left_out", "lines"),
    [
        ("控制数: 100\n", ["“控制数”没有填：不超 控制数与支出"]),
        ("批复: 2021-08-01\n", ["“批复日期”没有填：及时 二十日内公布"]),
        ("支出: 100\n", ["“支出”没有填：平 收入与支出、不超 控制数与支出、相加 支出与明细相加、少的"]),
        (", 上年: 50", ["“支出明细·上年数”没有填（数据.yaml 第10行）：逐行 上年数与金额"]),
        (
            "明细: [{名称: 甲, 金额: 60, 上年: 60}, {名称: 乙, 金额: 40, 上年: 50}]\n",
            ["“支出明细”一行也没有填：相加 支出与明细相加"],
        ),
        ("收入: 100\n", ["还没有填的填好以后再核对：平"]),
    ],
)
def test_one_thing_is_left_out(roots: PackRoots, left_out: str, lines: list[str]) -> None:
    told = closing(roots, ALL_FILLED.replace(left_out, ""))
    assert sorted(told[1:]) == sorted([*lines, LOOK])


def test_what_is_not_applicable_is_no_gap(roots: PackRoots) -> None:
    assert closing(roots, ALL_FILLED.replace("控制数: 100", "控制数: 不适用")) == ["还有1条没有核对：", LOOK]


def test_a_row_without_its_figure_is_told_though_others_were_checked(roots: PackRoots) -> None:
    """Two rows lack it: one line, the first of them named."""
    told = closing(roots, ALL_FILLED.replace(", 上年: 60", "").replace(", 上年: 50", ""))
    assert told == ["还有2条没有核对：", "“支出明细·上年数”没有填（数据.yaml 第10行）：逐行 上年数与金额", LOOK]


# -- the example ------------------------------------------------------------------------------------------------------


def test_the_example_on_the_screen_and_as_json(tmp_path: Path) -> None:
    shown = juesuan("check", gongjing.copied(tmp_path))
    assert shown.status == 0
    assert shown.text.partition("还有")[2].splitlines() == [
        "8条没有核对：",
        "    “财政部门批复决算的日期”没有填：D-TIME 批复后20日内公开",
        "    “公开前的保密审查”没有填：D-SECRET 公开前经过保密审查",
        "    “绩效指标”一行也没有填（绩效.yaml 第187行等）：P-WEIGHT",
        "    程序看不出，要由人看：N-MUL 单价乘以数量等于金额、N-BACK 比率倒推得出整数的个数、"
        "X-OBJ 所说的对象不弄错（部门、单位、项目）、D-EMPTYSEC 标题下面有内容，问题和建议不写“无”、"
        "D-USE 用途与科目相称",
    ]
    data = json.loads(juesuan("check", tmp_path, "--json").text)["not_checked"]
    assert data[0] == {
        "missing": "“财政部门批复决算的日期”没有填",
        "to_fill": False,
        "checks": [{"code": "D-TIME", "subject": "批复后20日内公开"}],
        "places": [{"file": "三公与其他.yaml", "line": 1}],
    }


@pytest.mark.parametrize(
    ("approved", "said"),
    [
        ("2021-10-26", ""),
        ("2021-10-06", ""),
        ("2021-10-05", "公开时间（2021年10月26日）不在批复（2021年10月5日）后的20日内"),
        ("2021-10-27", "公开时间（2021年10月26日）不在批复（2021年10月27日）后的20日内"),
    ],
)
def test_the_day_of_approval(tmp_path: Path, approved: str, said: str) -> None:
    """A warning: whoever is late must publish all the same."""
    day = "公开时间: 2021-10-26\n"
    shown = juesuan("check", gongjing.copied(tmp_path, Change(ABOUT, day, f"{day}批复日期: {approved}\n")))
    assert shown.status == 0
    assert ("警告 D-TIME" in shown.text) is bool(said)
    assert said in shown.text
    assert "：D-TIME" not in shown.text


@pytest.mark.parametrize(("answer", "warned"), [("已审查", False), ("尚未审查", True)])
def test_the_review_for_secrets(tmp_path: Path, answer: str, warned: bool) -> None:
    day = "公开时间: 2021-10-26\n"
    shown = juesuan("check", gongjing.copied(tmp_path, Change(ABOUT, day, f"{day}保密审查: {answer}\n")))
    assert ("警告 D-SECRET" in shown.text) is warned
    assert "：D-SECRET" not in shown.text
