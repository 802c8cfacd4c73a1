"""Reading grows in step with the rows: each row more costs the same work, counted in calls, not in seconds."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from types import FrameType

import pytest
from excel_twins import ROOTS

from generator.case import InputFiles, cached_pack, read_case
from generator.diagnostics import Outcome
from generator.facts.fact import Group, Rows
from generator.form.sources import Source
from generator.pack import Pack
from generator.pipeline import check_case
from generator.reading.read_yaml import parse_yaml
from generator.writing.write_workbook import NewBook, write_workbook

EACH = 10
"""Indicators of one project."""

HEAD = """报告: project-performance
金额单位: 元
年度: 2020
填报日期: 2021-04-20
单位: {名称: 示例市示例区教育局}
项目:
"""
PROJECT = """  - 名称: 第%d号项目
    资金: [{来源: 当年财政拨款, 年初预算数: 30000, 全年预算数: 30000, 全年执行数: 30000}]
    预期目标: 完成年度任务。
    实际完成: 完成了年度任务。
    指标:
"""
INDICATOR = (
    '      - {一级: %s, 二级: %s, 三级: 第%d项任务完成率, 方向: "=", 目标值: 100, 单位: "%%", 实际值: 100, 分值: %d}\n'
)
KINDS = (
    *[("产出指标", "数量指标", 10)] * 5,
    *[("效益指标", "社会效益指标", 10)] * 3,
    *[("满意度指标", "服务对象满意度指标", 5)] * 2,
)


def typed(rows: int) -> tuple[Source, ...]:
    projects = (
        PROJECT % number + "".join(INDICATOR % (*kind[:2], row, kind[2]) for row, kind in enumerate(KINDS, 1))
        for number in range(1, rows // EACH + 1)
    )
    return parse_yaml((("项目.yaml", HEAD + "".join(projects)),)).value


@pytest.fixture(scope="module")
def packs() -> dict[str, Outcome[Pack | None]]:
    return {}


@pytest.fixture(scope="module")
def pack(packs: dict[str, Outcome[Pack | None]]) -> Pack:
    pack = cached_pack("project-performance", ROOTS, packs).value
    assert pack is not None
    return pack


def workbook(pack: Pack, rows: int) -> InputFiles:
    made = write_workbook(NewBook(pack.name, pack.title, pack.form.fields, pack.report.accounts, 2020, typed(rows)))
    return InputFiles(Path(), (), "", False, (("填报.xlsx", made.value),))


def calls(files: InputFiles, packs: dict[str, Outcome[Pack | None]]) -> Counter[str]:
    """How often each function of the program was called while the workbook was read and checked."""
    counted: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and "/generator/" in frame.f_code.co_filename:
            counted[f"{Path(frame.f_code.co_filename).name}:{frame.f_code.co_name}"] += 1

    sys.setprofile(count)
    try:
        case = read_case(files, ROOTS, packs).value
        assert case is not None
        check_case(case)
    finally:
        sys.setprofile(None)
    return counted


def test_two_thousand_indicators_are_read_and_checked(pack: Pack, packs: dict[str, Outcome[Pack | None]]) -> None:
    read = read_case(workbook(pack, 2000), ROOTS, packs)
    assert read.diagnostics == ()
    assert read.value is not None
    assert check_case(read.value) == ()
    projects = read.value.facts["项目"]
    assert isinstance(projects, Rows)
    assert len(projects) == 200
    for number, project in enumerate(projects, 1):
        indicators = project["指标"]
        assert isinstance(indicators, Rows)
        assert str(project["名称"]) == f"第{number}号项目"
        assert [str(row["三级"]) for row in indicators] == [f"第{row}项任务完成率" for row in range(1, EACH + 1)]
    last = projects[199]["指标"]
    assert isinstance(last, Rows)
    row = last[EACH - 1]
    assert isinstance(row, Group)
    assert str(row["三级"].place) == "填报.xlsx · 3 项目：绩效指标!D2004"  # type: ignore[union-attr]


def test_each_row_more_costs_the_same(pack: Pack, packs: dict[str, Outcome[Pack | None]]) -> None:
    """From 700 to 1,400 rows no function is called more often than twice as often as from 350 to 700."""
    small, middle, large = (calls(workbook(pack, rows), packs) for rows in (350, 700, 1400))
    first, second = middle - small, large - middle
    assert sum(first.values()) > 350 * 10
    grown = {name: (first[name], count) for name, count in second.items() if count > first[name] * 2.1 + 50}
    assert grown == {}
