"""The page «更正与新年度»: every command in it runs as it stands there, and what it shows is what comes out."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "更正与新年度.md"
COMMANDS = re.findall(r"^juesuan .*$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The page's commands in its order, in a folder of an office; what each printed."""
    folder = tmp_path_factory.mktemp("office")
    for name in ("gongjing-2020", "gongjing-2021"):
        shutil.copytree(ROOT / "inputs" / name, folder / "inputs" / name)
    corrected = folder / "更正后"
    shutil.copytree(folder / "inputs" / "gongjing-2020", corrected)
    accounts = corrected / "收支.yaml"
    text = accounts.read_text(encoding="utf-8")
    assert text.count("上年: 365700.00") == 3
    accounts.write_text(text.replace("上年: 365700.00", "上年: 966800.00"), encoding="utf-8")
    printed = {}
    for command in COMMANDS:
        if " join " in command:
            shutil.copy(folder / "报告.docx", folder / "李四改的.docx")
        run = subprocess.run(
            [sys.executable, "-m", "generator.cli", *shlex.split(command)[1:]],
            cwd=folder,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "PYTHONIOENCODING": "utf-8",
                "JUESUAN_SOFFICE": "/nowhere/soffice",
            },
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert run.returncode == 0, f"{command}\n{run.stdout}{run.stderr}"
        printed[command] = run.stdout
    return printed


def test_the_commands_run_in_their_order(said: dict[str, str]) -> None:
    assert [command.split()[1] for command in said] == [
        "build", "diff", "diff", "refresh", "join", "publish", "build", "refresh", "build", "explain", "roll-forward",
        "check", "build", "adopt", "adopt",
    ]  # fmt: skip
    assert "已生成：报告（更新）.docx" in said["juesuan refresh 报告.docx 更正后"]
    assert "没有发现问题" in said["juesuan check inputs/gongjing-2021"] or "个提示" in said[COMMANDS[-4]]


def test_what_the_page_shows_of_diff_is_what_it_prints(said: dict[str, str]) -> None:
    shown = [line[4:] for line in PAGE.read_text(encoding="utf-8").split("\n") if line.startswith("    ")]
    printed = said["juesuan diff inputs/gongjing-2020 更正后"].split("\n")
    assert shown
    assert [line for line in shown if line and line not in printed] == []


def test_the_pictures_are_there() -> None:
    pictures = re.findall(r"\]\((images/[^)]+)\)", PAGE.read_text(encoding="utf-8"))
    assert len(pictures) == 4
    assert [one for one in pictures if not (PAGE.parent / one).is_file()] == []
