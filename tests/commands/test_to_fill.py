"""What nobody has filled in yet is a list, sheet by sheet, apart from mistakes; it still stops a finished report."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from support import Form, pack_folder

from generator.cli import main
from generator.diagnostics.as_text import report_lines
from generator.pack import PackRoots
from generator.pack.sources import usable_names

FIELDS = """
公开时间: {类型: 日期, 标签: 公开时间, 必填: 是}
支出:
  标签: 支出
  行:
    必填: 是
    主键: 名称
    字段:
      名称: {类型: 文字, 标签: 名称, 必填: 是}
      金额: {类型: 金额, 标签: 金额, 必填: 是}
收支:
  标签: 收支
  字段:
    决算: {类型: 金额, 标签: 本年支出, 计算: "支出 | 求和('金额')"}
    工资: {类型: 金额, 标签: 其中工资, 计算: "支出 | 筛选('名称', '工资') | 求和('金额')"}
    预算: {类型: 金额, 标签: 预算数, 必填: 是}
    上年: {类型: 金额, 标签: 上年数, 必填: 是}
    原因: {类型: 原因, 标签: 变动原因, 当: "=收支.决算 != 收支.上年"}
"""
TEXT = "支出{{ 收支.决算 | 万元 }}，工资占{{ 收支.工资 | 占(收支.决算) | 百分比 }}，完成预算{{ 收支.预算 | 万元 }}。\n"
CHECKS = """
平: {左: =收支.决算, 右: =收支.预算, 说明: 决算与预算不同}
都有: {等级: 待填, 当: =收支.预算 > 0, 应当: =收支.上年 > 0, 说明: 上年数还没有核定, 怎么办: 请向财政部门要上年数}
"""


@pytest.fixture
def form(tmp_path: Path) -> Form:
    return Form(pack_folder(tmp_path, fields=FIELDS, text=TEXT, checks=CHECKS))


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    with pytest.raises(SystemExit) as end:
        main([str(word) for word in words])
    return int(str(end.value.code)), capsys.readouterr().out


def screen(form: Form, data: str) -> str:
    return "\n".join(report_lines(form.report(data).findings))


def test_nothing_filled_in(form: Form) -> None:
    """No sum, no share, no identity and no reason is spoken of: all of them wait for the same cells."""
    assert (
        screen(form, "")
        == """\
还没有填的，共4处（数据.yaml）：
    公开时间 1处：公开时间（第1行）
    支出 1处：支出（第1行）
    收支 2处：收支·预算数（第1行）、收支·上年数（第1行）
    没有发生的金额填 0，不涉及的填“不适用”；计算得出的数不用填。
共待填4处。"""
    )


def test_half_filled_in_with_a_mistake(form: Form) -> None:
    """The mistake comes first; only what is left is listed, the reason as soon as the figures ask for it."""
    data = """
公开时间: 2021-10-26
支出: [{名称: 工资, 金额: 三万}, {名称: 差旅费, 金额: 2}]
收支: {决算: 5, 预算: 5, 上年: 4}
"""
    assert (
        screen(form, data)
        == """\
错误 I030  数据.yaml 第8行
    支出（工资）·金额写的是“三万”，不是金额
    请只写数字，如 91.68；没有发生的填 0，不适用的填“不适用”
还没有填的，共1处（数据.yaml）：
    收支 1处：收支·变动原因（第9行）
    没有发生的金额填 0，不涉及的填“不适用”；计算得出的数不用填。
共1个错误、待填1处。"""
    )


def test_a_share_of_nothing_is_nothing_to_fill_in(form: Form) -> None:
    data = "公开时间: 2021-10-26\n支出: [{名称: 工资, 金额: 0}]\n收支: {预算: 0, 上年: 0}\n"
    report = form.report(data)
    assert report.said == []
    assert "—" in report.outline


def test_a_check_of_the_pack_may_say_that_something_is_to_be_filled_in(form: Form) -> None:
    data = "公开时间: 2021-10-26\n支出: [{名称: 工资, 金额: 1}]\n收支: {预算: 1, 上年: 0, 原因: 上年没有这项工作}\n"
    assert "上年数还没有核定（第8行）\n" in screen(form, data)


@pytest.mark.parametrize("pack", usable_names(PackRoots.with_own(())))
def test_a_blank_workbook_of_every_pack(pack: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "空白.xlsx"
    assert run(capsys, "new", pack, "-o", book)[0] == 0
    status, out = run(capsys, "check", book)
    assert status == 1
    out, _, unchecked = out.partition("还有")
    assert out.startswith("还没有填的，共") and out.splitlines()[-1].startswith("共待填")
    assert "错误" not in out and "占比" not in out
    assert "条没有核对：\n" in unchecked
    refused, said = run(capsys, "build", book, "-o", tmp_path / "出")
    assert refused == 1 and not (tmp_path / "出").exists()
    assert said == out + "还没有填完，没有生成文件。请填好后重新运行；要先看草稿，请加 --draft。\n"


def test_many_cells_of_a_sheet_are_drawn_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "空白.xlsx"
    run(capsys, "new", "final-accounts-sichuan", "-o", book)
    out = run(capsys, "check", book)[1]
    assert "    8 三公经费、采购和资产 27处：B4—B7、B23—B24、B39—B44、B47、" in out
    assert "    7 财政拨款支出明细 1处：一行也没有填\n" in out


def test_for_programs_and_in_the_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "空白.xlsx"
    run(capsys, "new", "project-performance", "-o", book)
    read = json.loads(run(capsys, "check", book, "--json")[1])
    assert read["counts"] == {"错误": 0, "待填": 2, "警告": 0, "提示": 0}
    assert read["findings"][0] == {
        "severity": "待填",
        "kind": "to_fill",
        "code": "F002",
        "message": "单位信息·填报单位是必填项，没有填写",
        "hint": "请填写“单位.名称”；金额确实为零的填 0",
        "basis": "",
        "places": [{"file": "空白.xlsx", "sheet": "1 基本情况", "cell": "B6"}],
        "fact": "单位.名称",
        "label": "单位信息·填报单位",
    }
    run(capsys, "check", book, "--annotate")
    copy = openpyxl.load_workbook(tmp_path / "空白（核对意见）.xlsx")
    assert copy["1 基本情况"]["B6"].fill.fgColor.rgb == "00FFFF99"
    assert copy.worksheets[0]["A2"].value.startswith("共待填2处。")
