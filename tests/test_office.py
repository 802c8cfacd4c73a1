"""The LibreOffice of the tests does what it is told."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from office import (
    Office,
    append_row,
    bold,
    delete_paragraph,
    delete_row,
    highlight,
    paragraph_after,
    paragraph_before,
    record,
    replace,
    replace_everywhere,
    split,
)


def small() -> bytes:
    made = docx.Document()
    for text in ("第一段，收入91.68万元。", "第二段。", "第三段，91.68万元。"):
        made.add_paragraph(text)
    table = made.add_table(2, 2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("项目", "金额", "收入", "1.00"), strict=True):
        cell.text = text
    made.add_paragraph("末段。")
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def texts(data: bytes) -> list[str]:
    return [one.text for one in docx.Document(BytesIO(data)).paragraphs]


def rows(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in docx.Document(BytesIO(data)).tables[0].rows]


def test_what_a_person_does(office: Office) -> None:
    steps = [
        replace("91.68", "92.68"),
        replace_everywhere("万元", "元"),
        paragraph_before("第二段", "二段之前。"),
        paragraph_after("第二段", "二段之后。"),
        delete_paragraph("第三段"),
        split("第一段，"),
        bold("二段之前"),
        highlight("二段之后"),
        append_row("项目", "支出", "2.00"),
    ]
    edited = office.edit(small(), steps)
    assert texts(edited) == ["第一段，", "收入92.68元。", "二段之前。", "第二段。", "二段之后。", "末段。"]
    assert rows(edited) == [["项目", "金额"], ["收入", "1.00"], ["支出", "2.00"]]
    paragraphs = docx.Document(BytesIO(edited)).paragraphs
    assert paragraphs[2].runs[0].bold and not paragraphs[3].runs[0].bold
    assert rows(office.edit(small(), [delete_row("1.00")])) == [["项目", "金额"]]


def test_recorded_changes_are_accepted_and_rejected(office: Office) -> None:
    tracked = office.edit(small(), [record(), replace("第二段", "另一段"), delete_paragraph("第三段")])
    assert texts(office.accept_all(tracked)) == ["第一段，收入91.68万元。", "另一段。", "末段。"]
    assert texts(office.reject_all(tracked)) == texts(small())
    assert texts(office.round_trip(small())) == texts(small())


def test_what_cannot_be_done_is_said(office: Office) -> None:
    with pytest.raises(RuntimeError, match="不在文中"):
        office.edit(small(), [replace("不在文中", "")])
    assert office.to_pdf(small()).startswith(b"%PDF-")
