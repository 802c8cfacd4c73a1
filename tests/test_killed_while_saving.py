"""Killed at whatever moment, a command leaves under each name the whole old file or the whole new one; a folder of
input is there with all of its files or not at all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from killing import Killing
from support import pack_folder

from generator.workspace import RECORDS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a run to kill is a fork: not on Windows")

FIELDS = """
年度: {类型: 年度, 标签: 决算年度, 必填: 是}
单位: {类型: 文字, 标签: 单位名称, 沿用: 是}
收支:
  标签: 收支
  字段:
    决算: {类型: 金额, 标签: 决算数, 必填: 是}
    上年: {类型: 金额, 标签: 上年数, 上年对应: 决算}
"""
TEXT = "# 收支\n\n全年收入{{ 收支.决算 | 万元 }}，{{ 收支 | 与上年相比('') }}\n"
FIRST = "报告: example\n金额单位: 万元\n年度: 2020\n单位: 甲局\n收支: {决算: 12.5, 上年: 10}\n"
CORRECTED = FIRST.replace("12.5", "13.75")
IMPORT = """
抬头: {年度: 年度, 单位: 单位}
表: {一般公共预算财政拨款支出决算表: {填入: {收支.决算: 合计·合计}}}
"""
TABLE = (
    ("一般公共预算财政拨款支出决算表",),
    ("编制单位：甲局", None, "2020年度", None, "单位：万元"),
    ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
    ("2101501", "行政运行", 3, 2, 1),
    ("合计", None, 3, 2, 1),
)
OWN = ("--templates", "templates")

Tree = dict[str, bytes]


@pytest.fixture(scope="module")
def killing() -> Iterator[Killing]:
    running = Killing()
    yield running
    running.close()


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office's folder: its pack, last year's input."""
    folder = tmp_path / "甲局"
    pack_folder(folder / "templates", {"fields.yaml": FIELDS, "import.yaml": IMPORT}, text=TEXT)
    (folder / "甲局-2020").mkdir()
    (folder / "甲局-2020" / "数据.yaml").write_text(FIRST, encoding="utf-8")
    return folder


def correct(office: Path) -> None:
    (office / "甲局-2020" / "数据.yaml").write_text(CORRECTED, encoding="utf-8")


def visible(folder: Path) -> Tree:
    """Every file that a person sees there; the scratch files of a killed run are hidden."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    paths = [path for path in files if not any(part.startswith(".") for part in path.relative_to(folder).parts)]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def records(folder: Path) -> list[object]:
    """What the program remembers of its outputs; it fails when one of them is half written."""
    return [json.loads(path.read_bytes()) for path in sorted(folder.rglob(f"{RECORDS}/*.json"))]


def kill_at_each_step(killing: Killing, office: Path, *arguments: str) -> tuple[list[str], Tree]:
    """The steps at which the command was killed, and the files after it came to its end; the office stays as it was.

    Each run has a copy of the office's folder; afterwards all visible files are as before or as they have to be.
    """
    at_rest = visible(office)
    whole = office.with_name("whole")
    shutil.copytree(office, whole)
    assert killing.run(whole, *arguments) == ""
    made = visible(whole)
    assert made != at_rest
    steps: list[str] = []
    while True:
        trial = office.with_name(f"killed {len(steps) + 1}")
        shutil.copytree(office, trial)
        step = killing.run(trial, *arguments, at=len(steps) + 1)
        left = visible(trial)
        if not step:
            assert left == made
            return steps, {name: data for name, data in made.items() if at_rest.get(name) != data}
        steps.append(step)
        assert left in (at_rest, made), (step, sorted(left))
        assert len(records(trial)) in (len(records(office)), len(records(whole)))


# -- files ------------------------------------------------------------------------------------------------------------
SAVED = ["write not begun", "write half done", "fsync", "rename to {}"]


def output(name: str) -> list[str]:
    return [step.format(saved) for saved in (name, f"{name}.json") for step in SAVED]


def test_build_over_the_report_built_before(killing: Killing, office: Path) -> None:
    killing.run(office, "build", "甲局-2020", *OWN)
    correct(office)
    steps, made = kill_at_each_step(killing, office, "build", "甲局-2020", *OWN)
    assert list(made) == ["outputs/2020-甲局.docx"]
    assert steps == output("2020-甲局.docx")


def test_new_over_the_blank_of_another_year(killing: Killing, office: Path) -> None:
    killing.run(office, "new", "example", "--year", "2022", "-o", "空白.xlsx", *OWN)
    steps, made = kill_at_each_step(killing, office, "new", "example", "--year", "2023", "-o", "空白.xlsx", *OWN)
    assert list(made) == ["空白.xlsx"]
    assert steps == output("空白.xlsx")


def test_refresh_of_a_report_over_what_was_refreshed_before(killing: Killing, office: Path) -> None:
    killing.run(office, "build", "甲局-2020", "-o", "报告.docx", *OWN)
    killing.run(office, "refresh", "报告.docx", "甲局-2020", *OWN)
    correct(office)
    steps, made = kill_at_each_step(killing, office, "refresh", "报告.docx", "甲局-2020", *OWN)
    assert list(made) == ["报告（更新）.docx"]
    assert steps == output("报告（更新）.docx")


def test_roll_forward_into_one_workbook(killing: Killing, office: Path) -> None:
    steps, made = kill_at_each_step(killing, office, "roll-forward", "甲局-2020", "-o", "甲局-2021.xlsx", *OWN)
    assert list(made) == ["甲局-2021.xlsx"]
    assert steps == [step.format("甲局-2021.xlsx") for step in SAVED]


# -- folders ----------------------------------------------------------------------------------------------------------
FOLDER = [*SAVED[:3], *SAVED]
"""Two files, and the folder in which they stand."""


def test_roll_forward_into_a_folder_beside_last_years(killing: Killing, office: Path) -> None:
    steps, made = kill_at_each_step(killing, office, "roll-forward", "甲局-2020", *OWN)
    assert list(made) == ["甲局-2021/数据.yaml", "甲局-2021/结转记录.yaml"]
    assert steps == [step.format("甲局-2021") for step in FOLDER]


@pytest.mark.parametrize("stands", [False, True], ids=["new", "empty"])
def test_import_into_a_folder(killing: Killing, office: Path, stands: bool) -> None:
    book = openpyxl.Workbook()
    for row in TABLE:
        book.worksheets[0].append(row)
    book.save(office / "表.xlsx")
    if stands:
        (office / "甲局-新").mkdir()
    steps, made = kill_at_each_step(killing, office, "import", "表.xlsx", "-o", "甲局-新", "--pack", "example", *OWN)
    assert list(made) == ["甲局-新/公开表.yaml", "甲局-新/待填.yaml"]
    assert steps == [step.format("甲局-新") for step in FOLDER]
