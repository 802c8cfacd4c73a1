"""`juesuan explain`: a figure by its name or by what is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from support import DATA, pack_folder

from generator.commands.explain import command

FIELDS = """
收支: {标签: 收支, 字段: {决算: {类型: 金额, 标签: 决算数}, 上年: {类型: 金额, 标签: 上年数}}}
"""
TEXT = "# 概况\n\n增长{{ 收支.决算 | 增幅(收支.上年) }}，共{{ 收支.决算 | 万元 }}。\n"


@pytest.fixture
def explain(tmp_path: Path):
    pack_folder(tmp_path / "templates", fields=FIELDS, text=TEXT)
    data = tmp_path / "数据.yaml"
    data.write_text(DATA + "收支: {决算: 5, 上年: 4}\n", encoding="utf-8")

    def run(figure: str) -> Result:
        return CliRunner().invoke(command, [str(data), figure, "--templates", str(tmp_path / "templates")])

    return run


def test_a_printed_figure_and_the_way_back(explain) -> None:
    run = explain("25%")
    assert run.exit_code == 0
    assert run.output == (
        "增幅(收支.决算, 收支.上年) = 25%\n"
        "  = （收支.决算 － 收支.上年） ÷ 收支.上年 × 100%\n"
        "  = （50,000.00元 － 40,000.00元） ÷ 40,000.00元 × 100%\n"
        "  收支.决算（收支·决算数） = 50,000.00元   数据.yaml 第6行\n"
        "  收支.上年（收支·上年数） = 40,000.00元   数据.yaml 第6行\n"
        "  印成“25”，共1处：\n"
        "    第一部分 概况：增长25%，共5.00万元。\n"
    )


def test_a_figure_that_is_not_there(explain) -> None:
    run = explain("收支.决祘")
    assert run.exit_code == 1
    assert "错误 O037" in run.output
    assert "没有名为“收支.决祘”的数" in run.output
    assert "您是否指“收支.决算”？" in run.output
