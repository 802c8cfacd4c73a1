"""Reading, other programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import workspace
from generator.workspace import WorkspaceError, read_text


def codes(outcome: object) -> list[str]:
    return [d.code for d in outcome.diagnostics]  # type: ignore[attr-defined]


# -- reading ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_with_or_without_bom(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "某局.yaml"
    path.write_bytes("单位: 贡井区医疗保障局\r\n年度: 2020\r\n".encode(encoding))
    outcome = read_text(path)
    assert outcome.value == "单位: 贡井区医疗保障局\n年度: 2020\n"
    assert outcome.diagnostics == ()


def test_text_saved_as_ansi_is_read_and_noted(tmp_path: Path) -> None:
    path = tmp_path / "某局.yaml"
    path.write_bytes("原因: 人员经费增加，㎡、囧也认得".encode("gb18030"))
    outcome = read_text(path)
    assert outcome.value == "原因: 人员经费增加，㎡、囧也认得"
    assert codes(outcome) == ["O006"]
    assert "GB18030" in outcome.diagnostics[0].message


def test_what_cannot_be_read_is_said_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "照片.yaml").write_bytes(b"\xff\xd8\xff\xe0\x00\x10\x80\xff\xff")
    assert codes(read_text(tmp_path / "照片.yaml")) == ["O005"]
    assert codes(read_text(tmp_path)) == ["O003"]
    missing = read_text(tmp_path / "没有.yaml")
    assert missing.value is None
    assert missing.diagnostics[0].message == f"找不到文件“{tmp_path / '没有.yaml'}”"


def test_lists_leave_out_what_word_keeps_beside_an_open_file(tmp_path: Path) -> None:
    for name in ("乙.xlsx", "甲.XLSX", "~$甲.xlsx", ".~lock.甲.xlsx#", ".隐.xlsx", "说明.txt"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "子单位").mkdir()
    assert [p.name for p in workspace.list_files(tmp_path, {".xlsx"})] == ["乙.xlsx", "甲.XLSX"]
    assert [p.name for p in workspace.list_folders(tmp_path)] == ["子单位"]
    with pytest.raises(WorkspaceError, match="找不到文件夹"):
        workspace.list_files(tmp_path / "没有", {".xlsx"})
