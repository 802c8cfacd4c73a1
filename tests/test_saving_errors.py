"""What an error of the system means for the office; the errors are the system's own objects."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from generator.workspace import WorkspaceError, explained, list_files, read_bytes, read_text, save, save_finding


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


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert [d.code for d in read_text(tmp_path / "没有.yaml").diagnostics] == ["O001"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may read every file")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "数据.yaml"
    path.write_text("年度: 2020\n", encoding="utf-8")
    path.chmod(0)
    assert [d.code for d in read_text(path).diagnostics] == ["O002"]


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_no_error_of_the_system_is_told_in_its_english(tmp_path: Path, number: int) -> None:
    error = OSError(number, os.strerror(number))
    told = (*explained(error).values(), save_finding(tmp_path / "甲.docx", error).message)
    assert not any(os.strerror(number) in words for words in told)
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in words) for words in told)


@pytest.mark.parametrize(
    ("name", "reason", "advice"),
    [
        ("ENAMETOOLONG", "文件名或路径太长", "请换短一些的文件名或文件夹"),
        ("EROFS", "磁盘是只读的", "请换一个文件夹"),
        ("ENOTDIR", "路径当中有一处是文件，不是文件夹", "请核对路径"),
        ("EEXIST", "那里已经有同名的文件或文件夹", "请把它改名或移走，或者换一个文件夹"),
        ("ENOSPC", "磁盘已满", "请清理磁盘，或者换一个位置"),
        ("EACCES", "没有权限", "请换一个文件夹，或请管理员开放权限"),
        ("EISDIR", "那里是文件夹，不是文件", "请写到具体的文件名"),
        ("ELOOP", "链接指来指去，没有尽头", "请核对路径里的链接（快捷方式）"),
        ("EMFILE", "打开的文件太多", "请关闭一些程序后重试"),
        ("EIO", "磁盘读写出错", "请核对磁盘、U 盘或网络文件夹是否连接正常"),
    ],
)
def test_the_disk_is_blamed_only_where_it_may_be_the_cause(name: str, reason: str, advice: str) -> None:
    number = getattr(errno, name)
    assert explained(OSError(number, os.strerror(number))) == {"reason": reason, "advice": advice}


def test_what_a_chinese_windows_says_itself_is_kept() -> None:
    assert explained(OSError(errno.EACCES, "拒绝访问。"))["reason"] == "拒绝访问。"


def test_a_word_that_no_file_can_be_named_by_is_a_file_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "数据.yaml").write_bytes(b"")
    for path in (tmp_path / ("长" * 100), tmp_path / "数据.yaml" / "里面.yaml"):
        with pytest.raises(WorkspaceError) as caught:
            read_bytes(path)
        assert caught.value.diagnostic.code == "O001"
