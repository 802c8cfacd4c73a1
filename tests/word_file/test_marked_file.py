"""Opening a Word file to work on it: what can be opened, and what is said of what cannot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from one_cell import INPUTS, report

from generator.word.marks import FACTS_NAMESPACE
from generator.word_file.marked_file import open_marked
from generator.writers.docx import write_docx


@pytest.fixture(scope="module")
def word() -> Callable[..., bytes]:
    made = report(INPUTS / "heshuo-2018")

    def write(**options: bool) -> bytes:
        return write_docx(made.document, made.case.pack.look, **options)

    return write


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The package with its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def said(data: bytes) -> str:
    opened = open_marked("报告.docx", data)
    assert opened.value is None
    (found,) = opened.diagnostics
    assert found.place.file == "报告.docx"
    return f"{found.severity.word} {found.code} {found.message}"


NO_WORD = "错误 R001 “报告.docx”不是 Word 文件（.docx），或者已经损坏"
LOCKED = "错误 R002 “报告.docx”设了打开密码，或者是旧格式的 .doc，程序读不了"
NO_FACTS = "错误 R003 “报告.docx”里没有数据来源，不知道哪些数是程序填的"
OLDER = "错误 R004 “报告.docx”是旧版本的程序生成的，本版本读不出它的数据来源"


def test_a_file_of_ours(word: Callable[..., bytes]) -> None:
    opened = open_marked("报告.docx", word())
    assert opened.diagnostics == ()
    assert opened.value is not None
    assert opened.value.facts.document["unit"] == "和硕县社会保险管理局"
    assert open_marked("草稿.docx", word(draft=True)).value is not None


@pytest.mark.parametrize(
    "data", ["改了后缀的文本".encode(), b"", b"PK\x03\x04", b"%PDF-1.7\n"], ids=["text", "empty", "cut", "pdf"]
)
def test_what_is_no_word_file(data: bytes) -> None:
    assert said(data) == NO_WORD


def test_a_damaged_file(word: Callable[..., bytes]) -> None:
    whole = word()
    assert said(whole[: len(whole) // 2]) == NO_WORD
    assert said(repacked(whole, lambda name, part: part[:-200] if name == "word/document.xml" else part)) == NO_WORD
    assert said(repacked(whole, lambda name, part: b"<a/>" if name == "word/document.xml" else part)) == NO_WORD


def test_another_program_s_package() -> None:
    import openpyxl

    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    assert said(out.getvalue()) == NO_WORD


def test_an_old_doc_or_a_password() -> None:
    assert said(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == LOCKED


def test_a_copy_for_publication(word: Callable[..., bytes]) -> None:
    assert said(word(publish=True)) == NO_FACTS


def test_a_file_that_others_made() -> None:
    document = docx.Document()
    document.add_paragraph("2020年收、支总计91.68万元。")
    out = io.BytesIO()
    document.save(out)
    assert said(out.getvalue()) == NO_FACTS


def test_the_facts_part_of_an_older_version(word: Callable[..., bytes]) -> None:
    older = repacked(word(), lambda _, part: part.replace(FACTS_NAMESPACE.encode(), b"urn:juesuan:facts:1"))
    assert said(older) == OLDER


def test_saved_by_libreoffice(
    word: Callable[..., bytes], saved_by_libreoffice: Callable[[dict[str, bytes]], dict[str, Path]]
) -> None:
    ours = open_marked("报告.docx", word()).value
    saved = open_marked("报告.docx", saved_by_libreoffice({"报告.docx": word()})["报告.docx"].read_bytes()).value
    assert ours is not None
    assert saved is not None
    assert saved.facts == ours.facts
