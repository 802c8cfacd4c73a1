"""Files appear whole or not at all, and nobody's work is overwritten."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator import workspace
from generator.workspace import WorkspaceError, digest, read_text, save, save_new_folder, save_output

REPORT = "2020-某局-部门决算编制说明.docx"


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


# -- saving -----------------------------------------------------------------------------------------------------------
def test_save_that_breaks_off_leaves_the_old_file_whole(tmp_path: Path) -> None:
    path = tmp_path / REPORT
    path.write_bytes(b"old")
    resource = pytest.importorskip("resource", reason="file size limits exist on Unix only")
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limit[1]))
    try:
        with pytest.raises(WorkspaceError) as caught:
            save(path, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert caught.value.diagnostic.code == "O015"
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == [REPORT]


def test_full_disk_is_named(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full on this system")
    error = None
    try:
        with open(full, "wb", buffering=0) as stream:
            stream.write(b"x")
    except OSError as problem:
        error = problem
    assert error is not None
    assert workspace.save_finding(tmp_path / REPORT, error).message == f"磁盘已满，“{tmp_path / REPORT}”没有保存"


def test_save_refuses_a_file_changed_since_it_was_read(tmp_path: Path) -> None:
    path = tmp_path / REPORT
    path.write_bytes(b"read by us")
    read = digest(path.read_bytes())
    path.write_bytes(b"changed by a person")
    with pytest.raises(WorkspaceError) as caught:
        save(path, b"ours", expected_hash=read)
    assert caught.value.diagnostic.code == "O012"
    assert path.read_bytes() == b"changed by a person"
    save(path, b"ours", expected_hash=digest(b"changed by a person"))
    assert path.read_bytes() == b"ours"


def test_read_only_files_and_missing_folders_are_named(tmp_path: Path) -> None:
    path = tmp_path / REPORT
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(WorkspaceError, match="只读文件"):
        save(path, b"new")
    assert path.read_bytes() == b"old"
    with pytest.raises(WorkspaceError, match="找不到文件夹"):
        save(tmp_path / "没有" / REPORT, b"new")
    with pytest.raises(WorkspaceError, match="是文件夹"):
        save(tmp_path, b"new")


def test_saved_files_are_as_readable_as_others(tmp_path: Path) -> None:
    save(tmp_path / "a.docx", b"new")
    (tmp_path / "b.docx").write_bytes(b"plain")
    assert (tmp_path / "a.docx").stat().st_mode == (tmp_path / "b.docx").stat().st_mode


# -- folders ----------------------------------------------------------------------------------------------------------
FILES = {"收支.yaml": b"1", "绩效.yaml": b"2"}


def state(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_appears_with_all_its_files(tmp_path: Path) -> None:
    save_new_folder(tmp_path / "填报" / "甲局" / "2021", FILES)
    assert state(tmp_path) == {"填报/甲局/2021/收支.yaml": b"1", "填报/甲局/2021/绩效.yaml": b"2"}
    assert [path.name for path in tmp_path.iterdir()] == ["填报"]


def test_an_empty_folder_is_filled_even_one_that_a_shell_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "甲").mkdir()
    save_new_folder(tmp_path / "甲", FILES)
    (tmp_path / "乙").mkdir()
    monkeypatch.chdir(tmp_path / "乙")
    here = os.stat(".").st_ino
    save_new_folder(Path(), FILES)
    assert (os.stat(".").st_ino, state(Path())) == (here, FILES)
    assert sorted(state(tmp_path)) == ["乙/收支.yaml", "乙/绩效.yaml", "甲/收支.yaml", "甲/绩效.yaml"]
    assert sorted(os.listdir()) == sorted(FILES)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "收支.yaml").write_bytes(b"old")
    for taken in (tmp_path, tmp_path / "收支.yaml"):
        with pytest.raises(WorkspaceError) as caught:
            save_new_folder(taken, FILES)
        assert caught.value.diagnostic.code == "X062"
    assert state(tmp_path) == {"收支.yaml": b"old"}


def test_a_folder_whose_second_file_cannot_be_written_does_not_appear(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError):
        save_new_folder(tmp_path / "填报" / "2021", {"收支.yaml": b"1", "长" * 200 + ".yaml": b"2"})
    assert list(tmp_path.iterdir()) == []


# -- outputs ----------------------------------------------------------------------------------------------------------
def test_output_replaces_what_the_program_made_itself(tmp_path: Path) -> None:
    folder = tmp_path / "outputs" / "2020"
    for data in (b"first", b"second"):
        outcome = save_output(folder, REPORT, data)
        assert outcome.value is not None
        assert not outcome.value.renamed
        assert outcome.value.path == folder / REPORT
        assert outcome.diagnostics == ()
    assert (folder / REPORT).read_bytes() == b"second"
    assert sorted(p.name for p in folder.iterdir()) == [".juesuan", REPORT]


def test_output_never_replaces_what_a_person_changed(tmp_path: Path) -> None:
    save_output(tmp_path, REPORT, b"first")
    (tmp_path / REPORT).write_bytes(b"edited in Word")
    second = save_output(tmp_path, REPORT, b"second")
    assert second.value is not None
    assert second.value.renamed
    assert second.value.path.name == "2020-某局-部门决算编制说明（2）.docx"
    assert codes(second) == ["O020"]
    assert "另存为“2020-某局-部门决算编制说明（2）.docx”" in second.diagnostics[0].message
    third = save_output(tmp_path, REPORT, b"third")
    assert third.value is not None
    assert third.value.path.name == "2020-某局-部门决算编制说明（2）.docx"
    assert (tmp_path / REPORT).read_bytes() == b"edited in Word"
    assert third.value.path.read_bytes() == b"third"


def test_a_file_without_record_belongs_to_a_person(tmp_path: Path) -> None:
    (tmp_path / REPORT).write_bytes(b"from last year's colleague")
    outcome = save_output(tmp_path, REPORT, b"new")
    assert codes(outcome) == ["O020"]
    assert (tmp_path / REPORT).read_bytes() == b"from last year's colleague"


@pytest.mark.parametrize("mark", [f".~lock.{REPORT}#", f".~{REPORT}", f"~${REPORT[2:]}"])
def test_output_open_in_an_office_program_is_left_alone(tmp_path: Path, mark: str) -> None:
    save_output(tmp_path, REPORT, b"first")
    (tmp_path / mark).write_bytes(b"somebody")
    outcome = save_output(tmp_path, REPORT, b"second")
    assert codes(outcome) == ["O020"]
    assert (tmp_path / REPORT).read_bytes() == b"first"
    (tmp_path / mark).unlink()
    assert save_output(tmp_path, REPORT, b"third").diagnostics == ()


def test_output_folder_that_is_a_file_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "outputs").write_bytes(b"")
    outcome = save_output(tmp_path / "outputs", REPORT, b"new")
    assert outcome.value is None
    assert codes(outcome) == ["O015"]
