"""The largest honest files that are known, or smaller ones of their kind: what the border must let through."""

from __future__ import annotations

import random
from pathlib import Path

from xlsx_by_hand import parts, zipped

from generator.case import InputFiles, read_case
from generator.pack import PackRoots
from generator.pipeline import make_document
from generator.writers.docx import write_docx

FIGURES = "BCDEFGHIJK"
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
    '      - {一级: 产出指标, 二级: 数量指标, 三级: 第%d项, 方向: "=", 目标值: 1, 单位: 个, 实际值: 1, 分值: 9}\n'
)


def yaml_rows(count: int) -> str:
    """Rows with a 科目 and ten figures, one a line each as an office types them."""
    row = "  - 科目: %07d\n" + "".join(f"    数{n}: 1234.5{n}\n" for n in range(10))
    return "支出:\n" + "".join(row % number for number in range(count))


def sheet_rows(count: int) -> str:
    return (
        "<sheetData>"
        + "".join(
            f'<row r="{n}" spans="1:11"><c r="A{n}" t="inlineStr"><is><t>{2_000_000 + n}</t></is></c>'
            + "".join(f'<c r="{letter}{n}" s="1"><v>{n}.{at}5</v></c>' for at, letter in enumerate(FIGURES))
            + "</row>"
            for n in range(1, count + 1)
        )
        + "</sheetData>"
    )


def workbook(rows: int, pictures: int = 0) -> bytes:
    """With scanned pictures of a megabyte each, which no zip makes smaller."""
    dice = random.Random(1)
    scans = {f"xl/media/image{n}.jpeg": dice.randbytes(1_000_000) for n in range(pictures)}
    return zipped({**parts(("支出", sheet_rows(rows))), **scans})


def projects_report(projects: int) -> bytes:
    """The Word file of a unit with so many projects, ten indicators each."""
    indicators = "".join(INDICATOR % number for number in range(1, 11))
    text = HEAD + "".join(PROJECT % number + indicators for number in range(1, projects + 1))
    case = read_case(InputFiles(Path(), (("项目.yaml", text),), ""), PackRoots.with_own(()), {}).value
    assert case is not None
    document = make_document(case).value
    assert document is not None
    return write_docx(document, case.pack.look)
