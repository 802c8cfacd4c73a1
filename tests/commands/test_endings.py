"""How a command ends when it cannot do its work: in Chinese on the screen, in JSON for programs on any console."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from every import some
from screen import juesuan
from support import pack_folder

from generator import cli

ROOT = Path(__file__).resolve().parents[2]
OWN = ("--templates", "templates")
C = {"LC_ALL": "C", "PYTHONUTF8": "0"}


def console(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own, with what it writes as bytes."""
    command = [sys.executable, "-m", "generator.cli", *words]
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        check=False,
    )


@pytest.fixture
def office(tmp_path: Path) -> Path:
    pack_folder(tmp_path / "templates", fields="收入: {类型: 金额, 标签: 收入}\n", text="收入{{ 收入 | 万元 }}。\n")
    folder = tmp_path / "数据"
    folder.mkdir()
    (folder / "收支.yaml").write_text(
        "报告: example\n金额单位: 万元\n年度: 2020\n单位: 甲局㎡囧é\n收入: 12.5\n", encoding="utf-8"
    )
    return tmp_path


# -- JSON -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("coding", some(["gbk", "ascii", "latin-1", "utf-8"], 4))
def test_json_is_utf_8_whatever_the_console_is(office: Path, coding: str) -> None:
    for words in (
        ("explain", "数据", "收入", *OWN),
        ("diff", "数据", "数据", *OWN),
        ("roll-forward", "数据", "-o", coding, *OWN),
        ("check", "没有", *OWN),
    ):
        run = console(office, *words, "--json", PYTHONIOENCODING=coding)
        assert isinstance(json.loads(run.stdout.decode("utf-8")), dict), words
        assert b"?" not in run.stdout


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("check", "--json"), 2, "O050 缺少“填报数据”。用法请看：juesuan check --help"),
        (("chek", "甲", "--json"), 2, "O050 没有“chek”这个命令。您是否指“check”？"),
        (("check", "甲", "--jsn", "--json"), 2, "O050 没有“--jsn”这个选项。您是否指“--json”？"),
        (("build", "甲", "--json"), 2, "O050 没有“--json”这个选项。"),
        (("roll-forward", "甲", "--workbook", "--yaml", "--json"), 2, "O050 --workbook 和 --yaml 只能写一个。"),
        (("check", "长" * 100, "--json"), 1, "O031 找不到“长长"),
        (("check", "里面/" + "长" * 100, "--json"), 1, "O031 找不到“里面/长长"),
    ],
)
def test_wrong_use_is_json_too(words: tuple[str, ...], status: int, told: str) -> None:
    shown = juesuan(*words)
    (found,) = json.loads(shown.text)["findings"]
    assert f"{found['code']} {found['message']}。{found['hint']}".replace("？。", "？").startswith(told)
    assert shown.status == status


def test_a_mistake_of_ours_is_json_too_and_has_its_own_status(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cli.MODULES, "check", "no_such_module")
    shown = juesuan("check", "甲", "--json")
    (found,) = json.loads(shown.text)["findings"]
    assert (shown.status, found["code"], found["hint"]) == (3, "O051", "请把这行字和所用的填报文件发给维护人员")
    assert found["message"].startswith("程序内部出错：ModuleNotFoundError")
    shown = juesuan("check", "甲")
    assert (shown.status, shown.text.splitlines()[1:]) == (3, ["请把这行字和所用的填报文件发给维护人员"])


def test_the_word_json_behind_two_dashes_is_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = juesuan("check", "--", "--json")
    assert shown.text.startswith("错误 O031")


def test_an_interrupted_command_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def ctrl_c(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "stat", ctrl_c)
    assert (shown := juesuan("check", "甲")).text == "\n已中断。\n" and shown.status == 2
    assert json.loads(juesuan("check", "甲", "--json").text.strip())["findings"][0]["code"] == "O052"


# -- the system -------------------------------------------------------------------------------------------------------
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize("more", [(), ("--json",)], ids=["text", "JSON"])
def test_a_full_disk_under_the_screen_is_told_in_chinese(office: Path, more: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "generator.cli", "check", "数据", *OWN, *more]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    with open("/dev/full", "wb") as full:
        run = subprocess.run(command, cwd=office, env=environment, stdout=full, stderr=subprocess.PIPE, check=False)
    assert run.returncode == 1
    assert b"No space" not in run.stderr and b"Traceback" not in run.stderr
    assert more or "错误 O019\n    系统没有让程序做下去：磁盘已满".encode() in run.stderr


# -- names of files ---------------------------------------------------------------------------------------------------
@pytest.mark.skipif(sys.platform == "win32", reason="names are UTF-16 on Windows")
@pytest.mark.parametrize(("coding", "written"), some([(C, "gbk"), ({}, "gbk"), (C, "utf-8"), ({}, "utf-8")], 4))
def test_names_in_whatever_coding(office: Path, written: str, coding: dict[str, str]) -> None:
    """Read, hashed, printed, written, found again."""
    folder = os.fsdecode("收支".encode(written))
    os.rename(office / "数据" / "收支.yaml", office / "数据" / (os.fsdecode("支出".encode("gbk")) + ".yaml"))
    os.rename(office / "数据", office / folder)
    for words, told in (
        (("check", folder), "没有发现问题。"),
        (("build", folder, "-o", f"{folder}.docx"), "已生成：收支.docx"),
        (("explain", f"{folder}.docx", "收入"), "收入 = 125,000.00元   支出.yaml 第5行"),
        (("refresh", f"{folder}.docx", folder), "（更新）.docx"),
        (("build", folder, "-o", "修订.docx", "--redline", f"{folder}.docx"), "修订：与旧文件相比，文字没有变化。"),
        (("diff", f"{folder}.docx", folder), "没有"),
        (("roll-forward", folder), "支出.yaml"),
        (("new", "example", "--example", folder, "-o", f"{folder}.xlsx"), ".xlsx"),
        (("check", f"{folder}.xlsx", "--annotate"), "（核对意见）.xlsx"),
        (("check", "没有"), "找不到“没有”"),
    ):
        run = console(office, *words, *OWN, **coding)
        text = run.stdout.decode("utf-8")
        assert run.stderr == b"" and told in text, (words, text, run.stderr)
    assert (office / f"{folder}（更新）.docx").is_file()
