"""A pack from another office may use only so much of the machine; what it says within that comes out unchanged."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from screen import juesuan

from generator import own_child
from generator.programs import WATCH_VARIABLE, Limits

INPUT = Path(__file__).resolve().parents[2] / "inputs" / "gongjing-projects-2020"
PACK = """
上级: project-performance
标题: 外来的包
题名: 外来的包
文件名: 外来的包
章节: [正文]
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office's folder: its input, and the pack that somebody sent, still without a text."""
    shutil.copytree(INPUT, tmp_path / "填报")
    for file in (tmp_path / "填报").glob("*.yaml"):
        named = re.sub("(?m)^报告:.*$", "报告: outside", file.read_text(encoding="utf-8"))
        file.write_text(named, encoding="utf-8")
    pack = tmp_path / "packs" / "outside"
    (pack / "text").mkdir(parents=True)
    (pack / "pack.yaml").write_text(PACK, encoding="utf-8")
    return tmp_path


def text(office: Path, words: str) -> None:
    (office / "packs" / "outside" / "text" / "正文.md.j2").write_text(words, encoding="utf-8")


def run(office: Path, command: str, *more: object) -> tuple[int, str]:
    shown = juesuan(command, office / "填报", "--templates", office / "packs", *more)
    return shown.status, shown.text


def left(office: Path) -> list[str]:
    return [path.name for path in office.iterdir() if path.name not in ("填报", "packs")]


def test_what_the_child_says_and_makes_is_the_command_s_own(office: Path) -> None:
    text(office, "{{ 单位.名称 }}\n")
    status, said = run(office, "build", "-o", office / "out")
    assert (status, said.splitlines()) == (0, ["没有发现问题。", f"已生成：{office / 'out' / '外来的包.docx'}"])
    text(office, "{{ 单位.名字 }}\n")
    status, said = run(office, "check", "--json")
    assert (status, [one["code"] for one in json.loads(said)["findings"]]) == (1, ["T101"])
    assert juesuan("check", "--templates", office / "packs", "--没有").status == 2


@pytest.mark.parametrize("watchdog", ["0", "1"])
@pytest.mark.parametrize(
    ("limits", "code", "sentence"),
    [
        (Limits(0, 2 << 30), "T131", "用了 0 秒处理器时间还没有做完，已经停止，没有生成文件"),
        (Limits(60, 1 << 27), "T132", "要用的内存超过 0.125 GB，已经停止，没有生成文件"),
    ],
)
def test_a_pack_that_uses_too_much_is_ended_with_a_finding(
    office: Path, monkeypatch: pytest.MonkeyPatch, watchdog: str, limits: Limits, code: str, sentence: str
) -> None:
    """The limits are small here: what counts is how it is ended and what is said."""
    monkeypatch.setenv(WATCH_VARIABLE, watchdog)
    monkeypatch.setattr(own_child, "JOB", limits)
    text(office, "{{ 单位.名称 }}\n")
    many = "".join(f"- {{词: 词语{number}, 解释: 说明{number}}}\n" for number in range(30_000))
    (office / "packs" / "outside" / "glossary.yaml").write_text(many, encoding="utf-8")
    status, said = run(office, "build", "-o", office / "out")
    first, second = (line.strip() for line in said.splitlines()[:2])
    assert (status, first, second) == (1, f"错误 {code}", f"--templates 里的模板包（outside）{sentence}")
    assert left(office) == []
    status, said = run(office, "check", "--json")
    assert (status, [one["code"] for one in json.loads(said)["findings"]]) == (1, [code])


def test_a_child_that_breaks_off_is_a_finding(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_child, "_CHILD_PROGRAM", "import os; os.abort()")
    status, said = run(office, "check")
    assert (status, said.splitlines()[0]) == (1, "错误 T133")
