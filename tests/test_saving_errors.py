"""What an error of the system means for the office; the errors are the system's own objects."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from generator.workspace import WorkspaceError, list_files, read_text, save, save_finding


@pytest.mark.parametrize(
    ("number", "there", "code"),
    [
        (errno.ENOSPC, True, "O013"),
        (errno.EDQUOT, False, "O013"),
        (errno.EACCES, True, "O011"),
        (errno.EACCES, False, "O014"),
        (errno.EIO, True, "O015"),
    ],
)
def test_why_a_file_was_not_saved(tmp_path: Path, number: int, there: bool, code: str) -> None:
    path = tmp_path / "报告.docx"
    if there:
        path.write_bytes(b"")
    found = save_finding(path, OSError(number, os.strerror(number)))
    assert found.code == code
    assert "没有保存" in found.message or "没有权限" in found.message


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as caught:
        save(tmp_path / "没有" / "报告.docx", b"")
    assert caught.value.diagnostic.code == "O007"
    with pytest.raises(WorkspaceError) as caught:
        list_files(tmp_path / "没有", (".yaml",))
    assert caught.value.diagnostic.code == "O007"


def test_a_read_only_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(WorkspaceError) as caught:
        save(path, b"new")
    assert (caught.value.diagnostic.code, path.read_bytes()) == ("O010", b"old")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert [d.code for d in read_text(tmp_path / "没有.yaml").diagnostics] == ["O001"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may read every file")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "数据.yaml"
    path.write_text("年度: 2020\n", encoding="utf-8")
    path.chmod(0)
    assert [d.code for d in read_text(path).diagnostics] == ["O002"]
