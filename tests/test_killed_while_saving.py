"""Killed at whatever moment, a command leaves under each name the whole old file or the whole new one; a folder of
input is there with all of its files or not at all."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from killing import Killing
from support import pack_folder

from generator.saving import RECORDS, unfinished
from generator.workspace import digest

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
    """Every file that a person sees there; what is not yet whole is hidden."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    paths = [path for path in files if not any(part.startswith(".") for part in path.relative_to(folder).parts)]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def leavings(folder: Path) -> list[str]:
    """What is neither seen by a person nor remembered of an output."""
    hidden = [path for path in folder.rglob(".*") if path.name != RECORDS]
    records = [path for path in folder.rglob(f"{RECORDS}/*") if path.suffix != ".json" and path.name != "lock"]
    return [str(path.relative_to(folder)) for path in (*hidden, *records)]


def contradictions(folder: Path) -> list[str]:
    """Outputs whose record says that they are not what they are."""
    told = {path: json.loads(path.read_bytes()) for path in folder.rglob(f"{RECORDS}/*.json")}
    outputs = {path.parent.parent / path.stem: {said["sha256"], *said["before"]} for path, said in told.items()}
    return [path.name for path, ours in outputs.items() if path.exists() and digest(path.read_bytes()) not in ours]


def output(name: str) -> Counter[str]:
    """The steps of one output: the hidden folder, its lock, the record, the output; away with the folder."""
    twice = dict.fromkeys(("write not begun", "write half done"), 2)
    hidden = {"open": 4, "fsync": 3, **twice, "remove": 1, "rmdir": 1}
    return Counter({**hidden, f"rename to {name}.json": 1, f"rename to {name}": 1})


def appearing(name: str, files: int, folders: int) -> Counter[str]:
    """The steps of a folder, or of a file with the folders above it; `folders` are made and settled besides the hidden
    one."""
    each = dict.fromkeys(("write not begun", "write half done"), files)
    hidden = {"open": 1 + files, "fsync": files + folders, **each, "remove": 1, "rmdir": 2}
    return Counter({**hidden, f"rename to {name}": 1})


def kill_at_each_step(killing: Killing, office: Path, *arguments: str, inside: str = "") -> tuple[Counter[str], Tree]:
    """The kinds of steps at which the command was killed, and the files that it made; the office stays as it was.
    (Not among them: how often a folder is asked for, which depends on those that are there.)

    Each run has a copy of the office's folder. All visible files are as before or as they have to be, no record tells
    a lie; the same command once more comes to its end, and then nothing of ours is left. `inside`: the folder of the
    office in which the command is run; such a one cannot be replaced, and is known to be unfinished while it is half
    filled.
    """
    at_rest = visible(office)
    whole = office.with_name("whole")
    shutil.copytree(office, whole)
    assert killing.run(whole / inside, *arguments) == ""
    made = visible(whole)
    assert made != at_rest and leavings(whole) == [] and contradictions(whole) == []
    steps: Counter[str] = Counter()
    while True:
        trial = office.with_name(f"killed {steps.total() + 1}")
        shutil.copytree(office, trial)
        step = killing.run(trial / inside, *arguments, at=steps.total() + 1)
        left = visible(trial)
        if not step:
            assert left == made
            del steps["mkdir"]
            return steps, {name: data for name, data in made.items() if at_rest.get(name) != data}
        steps[step] += 1
        assert left in (at_rest, made) or (inside and unfinished(trial / inside)), (step, sorted(left))
        assert contradictions(trial) == [], step
        assert killing.run(trial / inside, *arguments) == "", step
        assert visible(trial) == made, step
        assert leavings(trial) == [], step


# -- files ------------------------------------------------------------------------------------------------------------
def test_build_into_a_folder_that_is_not_there(killing: Killing, office: Path) -> None:
    steps, made = kill_at_each_step(killing, office, "build", "甲局-2020", *OWN)
    assert list(made) == ["outputs/2020-甲局.docx"]
    assert steps == output("2020-甲局.docx")


def test_build_over_the_report_built_before(killing: Killing, office: Path) -> None:
    killing.run(office, "build", "甲局-2020", *OWN)
    correct(office)
    steps, made = kill_at_each_step(killing, office, "build", "甲局-2020", *OWN)
    assert list(made) == ["outputs/2020-甲局.docx"]
    assert steps == output("2020-甲局.docx") + Counter({"chmod": 1})


def test_new_over_the_blank_made_before_the_pack_was_changed(killing: Killing, office: Path) -> None:
    killing.run(office, "new", "example", "--year", "2022", "-o", "空白.xlsx", *OWN)
    fields = office / "templates" / "example" / "fields.yaml"
    fields.write_text(FIELDS.replace("标签: 决算数", "标签: 全年决算数"), encoding="utf-8")
    steps, made = kill_at_each_step(killing, office, "new", "example", "--year", "2022", "-o", "空白.xlsx", *OWN)
    assert list(made) == ["空白.xlsx"]
    assert steps == output("空白.xlsx") + Counter({"chmod": 1})


def test_refresh_of_a_report_over_what_was_refreshed_before(killing: Killing, office: Path) -> None:
    killing.run(office, "build", "甲局-2020", "-o", "报告.docx", *OWN)
    killing.run(office, "refresh", "报告.docx", "甲局-2020", *OWN)
    correct(office)
    steps, made = kill_at_each_step(killing, office, "refresh", "报告.docx", "甲局-2020", *OWN)
    assert list(made) == ["报告（更新）.docx"]
    assert steps == output("报告（更新）.docx") + Counter({"chmod": 1})


def test_roll_forward_into_one_workbook(killing: Killing, office: Path) -> None:
    steps, made = kill_at_each_step(killing, office, "roll-forward", "甲局-2020", "-o", "填报/甲局-2021.xlsx", *OWN)
    assert list(made) == ["填报/甲局-2021.xlsx"]
    assert steps == appearing("填报", files=1, folders=2)


# -- folders ----------------------------------------------------------------------------------------------------------
def test_roll_forward_into_a_folder_beside_last_years(killing: Killing, office: Path) -> None:
    steps, made = kill_at_each_step(killing, office, "roll-forward", "甲局-2020", *OWN)
    assert list(made) == ["甲局-2021/数据.yaml", "甲局-2021/结转记录.yaml"]
    assert steps == appearing("甲局-2021", files=2, folders=2)


def test_roll_forward_into_the_folder_that_one_stands_in(killing: Killing, office: Path) -> None:
    (office / "甲局-2021").mkdir()
    here = ("roll-forward", "../甲局-2020", "--templates", "../templates", "-o", ".")
    steps, made = kill_at_each_step(killing, office, *here, inside="甲局-2021")
    assert list(made) == ["甲局-2021/数据.yaml", "甲局-2021/结转记录.yaml"]
    assert steps == appearing("files", files=2, folders=1) + Counter(
        {"rename to 数据.yaml": 1, "rename to 结转记录.yaml": 1}
    )


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
    assert steps == appearing("甲局-新", files=2, folders=2)
