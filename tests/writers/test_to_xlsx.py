"""Workbooks of other programs come in through LibreOffice, or the office is told what to do."""

from __future__ import annotations

import pytest

from generator.writers.to_xlsx import to_xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def codes(name: str, data: bytes) -> list[str]:
    made = to_xlsx(name, data)
    assert made.value is None
    return [one.code for one in made.diagnostics]


def test_an_empty_file_and_one_of_another_kind() -> None:
    assert codes("填报.xls", b"") == ["X001"]
    assert codes("填报.et", "决算,91.68".encode()) == ["X028"]


def test_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUESUAN_SOFFICE", "/没有/soffice")
    (one,) = to_xlsx("填报.xls", OLE + b"\0" * 512 + "Workbook".encode("utf-16-le")).diagnostics
    assert one.code == "X027" and "另存为“Excel 工作簿（.xlsx）”" in one.hint


def test_an_old_workbook_that_is_broken(libreoffice: object) -> None:
    assert codes("填报.xls", OLE + b"\0" * 512) == ["X028"]
