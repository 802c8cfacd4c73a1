"""`juesuan selfcheck`: what is there, what is missing, what that means."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner

from generator.cli import entry
from generator.diagnostics import finding
from generator.self_check import Machine, lacks, missing_fonts

FULL = Machine(
    "3.10.1", Path("报告"), 1 << 30, None, ("部门决算（四川省，2020—年度）",), (), frozenset({"仿宋", "黑体"}),
    "SimHei (TrueType)\n仿宋_GB2312", Path("soffice"), True, True,
)  # fmt: skip


def codes(**changed: object) -> list[str]:
    return [one.code for one in lacks(replace(FULL, **changed))]  # type: ignore[arg-type]


def test_each_lack_is_said() -> None:
    assert codes() == []
    assert codes(free=1 << 20) == ["D001"]
    assert codes(packs=()) == ["D002"]
    assert codes(broken=("甲",)) == ["D003"]
    assert codes(libreoffice=None) == ["D004"]
    assert codes(uno=False) == ["D005"]
    assert codes(fonts="Arial") == ["D006"]
    assert codes(fonts=None) == ["D007"]
    assert codes(browser=False) == ["D008"]
    assert codes(unwritable=finding("D001", left="0", needed="1"), free=0) == ["D001"]


def test_fonts_have_two_names() -> None:
    listed = "仿宋_GB2312:style=Regular\nKaiTi (TrueType)    REG_SZ    simkai.ttf"
    assert missing_fonts(frozenset({"仿宋", "楷体_GB2312", "方正小标宋简体"}), listed) == ["方正小标宋简体"]


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    run = CliRunner().invoke(entry, ["selfcheck", str(tmp_path / "没有"), "--json"])
    told = json.loads(run.output)
    assert run.exit_code == 1
    assert "错误" in {one["severity"] for one in told["findings"]}
    assert "工作文件夹" not in told["there"]


def test_the_command_in_words(tmp_path: Path) -> None:
    run = CliRunner().invoke(entry, ["selfcheck", str(tmp_path)])
    assert run.exit_code == 0
    assert "正常    Python：3." in run.output
    assert f"正常    工作文件夹：{tmp_path}（能写）" in run.output
    assert "四川省" in run.output
