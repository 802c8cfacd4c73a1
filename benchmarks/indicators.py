"""A workbook of project-performance of any size: projects with ten indicators each, all of them met."""

from __future__ import annotations

from generator.case import cached_pack
from generator.diagnostics import Outcome
from generator.pack import Pack, PackRoots
from generator.reading.read_yaml import parse_yaml
from generator.writing.write_workbook import NewBook, write_workbook

ROOTS = PackRoots.with_own(())
EACH = 10
"""Indicators of one project."""

_HEAD = """报告: project-performance
金额单位: 元
年度: 2020
填报日期: 2021-04-20
单位: {名称: 示例市示例区教育局}
项目:
"""
_PROJECT = """  - 名称: 第{number}号项目
    资金: [{{来源: 当年财政拨款, 年初预算数: 30000.00, 全年预算数: 30000.00, 全年执行数: 30000.00}}]
    预期目标: 完成第{number}号项目的年度任务。
    实际完成: 完成了第{number}号项目的年度任务。
    指标:
"""
_PLACES = (
    *(("产出指标", "数量指标"),) * 5,
    *(("效益指标", "社会效益指标"),) * 3,
    *(("满意度指标", "服务对象满意度指标"),) * 2,
)
_POINTS = (10, 10, 10, 10, 10, 10, 10, 10, 5, 5)


def filled_in(rows: int) -> str:
    """`rows` indicators, a whole number of projects; every one has met its target."""
    out = [_HEAD]
    for number in range(1, rows // EACH + 1):
        out.append(_PROJECT.format(number=number))
        for row, ((first, second), points) in enumerate(zip(_PLACES, _POINTS, strict=True), 1):
            out.append(
                f'      - {{一级: {first}, 二级: {second}, 三级: 第{row}项任务完成率, 方向: "=", 目标值: 100,'
                f' 单位: "%", 实际值: 100, 分值: {points}}}\n'
            )
    return "".join(out)


def filled_workbook(rows: int) -> bytes:
    packs: dict[str, Outcome[Pack | None]] = {}
    pack = cached_pack("project-performance", ROOTS, packs).value
    sources = parse_yaml((("项目.yaml", filled_in(rows)),)).value
    if pack is None:
        raise SystemExit("the pack project-performance does not load")
    return write_workbook(NewBook(pack.name, pack.title, pack.form.fields, pack.report.accounts, 2020, sources)).value
