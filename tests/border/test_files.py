"""A file is measured before it is read: what is too large, or no file at all, costs nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from effort import at_most

from generator.border.budgets import OFFICE_BYTES, TEXT_BYTES, megabytes
from generator.case import read_input
from generator.cli import main
from generator.corrections import read_word
from generator.workspace import WorkspaceError, read_bytes, read_text


def said(path: Path) -> str:
    with pytest.raises(WorkspaceError) as raised:
        read_bytes(path)
    one = raised.value.diagnostic
    assert one.hint and one.place.file == path.name
    return f"{one.severity.word} {one.code} {one.message}".replace(str(path.parent), "…")


def of_size(path: Path, size: int) -> Path:
    with path.open("wb") as stream:
        stream.truncate(size)
    return path


@pytest.mark.parametrize(
    ("name", "size", "told"),
    [
        ("大.yaml", 20_000_001, "20.1 MB，最多 20 MB"),
        ("大.YML", 50_000_000, "50 MB，最多 20 MB"),
        ("正文.md.j2", 20_000_001, "20.1 MB，最多 20 MB"),
        ("大.xlsx", 100_000_001, "100.1 MB，最多 100 MB"),
        ("大.docx", 3_000_000_000, "3,000 MB，最多 100 MB"),
        ("大.pdf", 100_000_001, "100.1 MB，最多 100 MB"),
        ("大", 100_000_001, "100.1 MB，最多 100 MB"),
    ],
)
def test_a_file_beyond_its_budget_is_not_read(tmp_path: Path, name: str, size: int, told: str) -> None:
    assert said(of_size(tmp_path / name, size)) == f"错误 O008 “…/{name}”太大，没有读取：{told}"


def test_a_file_of_just_the_size_is_read(tmp_path: Path) -> None:
    assert len(read_bytes(of_size(tmp_path / "一.yaml", TEXT_BYTES))) == TEXT_BYTES
    assert len(read_bytes(of_size(tmp_path / "一.xlsx", OFFICE_BYTES))) == OFFICE_BYTES


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty"])
def test_a_device_is_never_read(device: str) -> None:
    with at_most(10):
        assert said(Path(device)) == f"错误 O009 “…/{Path(device).name}”不是普通文件，没有读取"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_pipe_that_nobody_writes_to_is_not_waited_for(tmp_path: Path) -> None:
    for name in ("管.yaml", "管.docx"):
        os.mkfifo(tmp_path / name)
    assert said(tmp_path / "管.yaml") == "错误 O009 “…/管.yaml”不是普通文件，没有读取"
    assert [one.code for one in read_text(tmp_path / "管.yaml").diagnostics] == ["O009"]
    assert [one.code for one in read_word(tmp_path / "管.docx").diagnostics] == ["O009"]
    assert [one.code for one in read_input(tmp_path / "管.yaml").diagnostics] == ["O009"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_commands_say_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["refresh", "/dev/zero", str(tmp_path)])
    assert ended.value.code == 1
    assert "O009" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("count", "told"), [(1, "0.1 MB"), (100_000_000, "100 MB"), (100_000_001, "100.1 MB"), (2_000_000_000, "2,000 MB")]
)
def test_sizes_are_told_never_less_than_they_are(count: int, told: str) -> None:
    assert megabytes(count) == told
