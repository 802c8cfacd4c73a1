"""`juesuan check --annotate`: the findings at the cells of a copy; the workbook itself stays as it is."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

from generator.cli import main
from generator.diagnostics import finding
from generator.place import Place
from generator.writing.annotate import annotated

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
RED, YELLOW = "00F4B6B0", "00FFE08A"


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    with pytest.raises(SystemExit) as end:
        main([str(word) for word in words])
    return int(str(end.value.code)), capsys.readouterr().out


SPENT, TRAVEL = "4 一般公共预算支出", "8 三公经费、采购和资产"


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The Sichuan example as a workbook with three mistakes in it."""
    made = tmp_path / "数据"
    made.mkdir()
    new = ("new", "final-accounts-sichuan", "--example", INPUTS / "gongjing-2020", "-o", made / "填报.xlsx")
    assert run(capsys, *new)[0] == 0
    workbook = openpyxl.load_workbook(made / "填报.xlsx")
    sheet = workbook[SPENT]
    sheet["C18"], sheet["D19"] = 999999, "#DIV/0!"
    workbook[TRAVEL]["B23"] = "三个"
    workbook.save(made / "填报.xlsx")
    return made


def test_cells_are_coloured_and_commented(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (folder / "填报.xlsx").read_bytes()
    status, out = run(capsys, "check", folder, "--annotate")
    copy = folder / "填报（核对意见）.xlsx"
    assert status == 1
    assert f"填报.xlsx · {TRAVEL}!B23" in out and out.endswith(f"核对意见：{copy}\n")
    assert (folder / "填报.xlsx").read_bytes() == before
    workbook = openpyxl.load_workbook(copy)
    cell = workbook[TRAVEL]["B23"]
    assert cell.value == "三个" and cell.fill.fgColor.rgb == RED
    assert cell.comment.text.startswith(
        "【错误 I030】“三公”经费·因公出国（境）团组数写的是“三个”，不是个数\n请只写数字"
    )
    wrong = workbook[SPENT]["C18"]
    assert wrong.fill.fgColor.rgb == RED
    assert "基本支出填错了（按其余各数应为 217,180.48），或者旁边漏了、多了一行" in wrong.comment.text
    assert workbook[SPENT]["A18"].fill.fgColor.rgb not in (RED, YELLOW)


def test_the_first_sheet_lists_all_findings_with_links(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "check", folder, "--annotate")
    workbook = openpyxl.load_workbook(folder / "填报（核对意见）.xlsx")
    listed = workbook.worksheets[0]
    assert listed.title == "核对意见" and workbook.active is listed
    assert listed["A2"].value.startswith("共3个错误、待填1处")
    rows = {row[2].value: row for row in listed.iter_rows(min_row=5) if row[2].value}
    assert rows[f"{TRAVEL}!B23"][2].hyperlink.location == f"'{TRAVEL}'!B23"
    assert [cell.value for cell in rows[f"{SPENT}!D19"]][1::5] == ["错误", "I034"]
    severities = [row[1].value for row in listed.iter_rows(min_row=5)]
    assert severities == sorted(severities, key=["错误", "待填", "警告", "提示"].index)


def test_the_copy_is_not_read_as_input_and_is_written_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = run(capsys, "check", folder, "--annotate")[1]
    again = run(capsys, "check", folder, "--annotate")[1]
    assert "X029" not in first and "提示 X029  填报（核对意见）.xlsx" in again
    assert "I024" not in again and "O020" not in again
    assert sorted(path.name for path in folder.glob("*.xlsx")) == ["填报.xlsx", "填报（核对意见）.xlsx"]


def test_a_copy_that_somebody_wrote_in_stays(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "check", folder, "--annotate")
    copy = folder / "填报（核对意见）.xlsx"
    workbook = openpyxl.load_workbook(copy)
    workbook.worksheets[0]["H5"] = "已改"
    workbook.save(copy)
    kept = copy.read_bytes()
    out = run(capsys, "check", folder, "--annotate")[1]
    assert copy.read_bytes() == kept
    assert "O020" in out and (folder / "填报（核对意见）（2）.xlsx").exists()
    assert "X029  填报（核对意见）（2）.xlsx" in run(capsys, "check", folder)[1]


def test_office_programs_open_the_copy(folder: Path, capsys: pytest.CaptureFixture[str], libreoffice: Path) -> None:
    run(capsys, "check", folder, "--annotate")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [libreoffice, profile, "--headless", "--convert-to", "ods", "填报（核对意见）.xlsx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    with zipfile.ZipFile(folder / "填报（核对意见）.ods") as archive:
        assert "【错误 I030】" in archive.read("content.xml").decode()


def test_nothing_to_annotate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(INPUTS / "gongjing-2020", tmp_path / "数据")
    out = run(capsys, "check", tmp_path / "数据", "--annotate")[1]
    assert "警告 O040\n    没有可以标注的工作簿" in out
    assert not list((tmp_path / "数据").glob("*.xlsx"))


def test_a_broken_workbook_gets_the_list_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "填报.xlsx").write_bytes(b"PK\x03\x04")
    status, out = run(capsys, "check", tmp_path, "--annotate")
    assert status == 1 and "错误 X006  填报.xlsx\n    “填报.xlsx”已损坏" in out
    workbook = openpyxl.load_workbook(tmp_path / "填报（核对意见）.xlsx")
    assert workbook.sheetnames == ["核对意见"]
    assert workbook.worksheets[0]["D5"].value == "“填报.xlsx”已损坏，读不出来"


def test_what_can_be_opened_but_not_saved_gets_the_list_alone(tmp_path: Path) -> None:
    """A column's width of four hundred digits, as damage leaves it."""
    book = openpyxl.Workbook()
    book.active.title = "收支"
    book.active.column_dimensions["A"].width = 12
    book.save(tmp_path / "原.xlsx")
    damaged = tmp_path / "填报.xlsx"
    with zipfile.ZipFile(tmp_path / "原.xlsx") as source, zipfile.ZipFile(damaged, "w") as target:
        for name in source.namelist():
            target.writestr(
                name, source.read(name).replace(b' min="1"', b' min="1" outlineLevel="' + b"9" * 400 + b'"')
            )
    found = [finding("O031", Place("填报.xlsx", sheet="收支", cell="A1"), path="甲")]
    (tmp_path / "核对.xlsx").write_bytes(annotated("填报.xlsx", damaged.read_bytes(), found))
    sheets = openpyxl.load_workbook(tmp_path / "核对.xlsx").sheetnames
    assert "收支" not in sheets and len(sheets) == 1


def test_same_workbook_same_findings_same_bytes(folder: Path) -> None:
    data = (folder / "填报.xlsx").read_bytes()
    findings = [finding("X013", Place("填报.xlsx", sheet="三公", cell="B4"), label="甲", hint="乙")]
    assert annotated("填报.xlsx", data, findings) == annotated("填报.xlsx", data, findings)
