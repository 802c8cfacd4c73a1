# ruff: noqa: E501 - what is said stands in one line
"""A table that is wanted on one page: how many rows it has above, what gives way for it below."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from support import Form, Report, loaded, pack_folder

from generator.document.nodes import Table
from generator.writers.docx import write_docx
from generator.writers.one_page import on_one_page

FIELDS = "项目:\n  标签: 项目\n  行: {字段: {名称: {类型: 文字, 标签: 名称}}}\n"
TABLE = "列: [{宽: 60}, {宽: 60}]\n表头: [[名称, 备注]]\n行:\n  - {逐行: =项目, 单元: [=行.名称, =行.名称]}\n"


def report(tmp_path: Path, rows: int, table: str = "一页: 是\n", text: str = "") -> tuple[Report, Form]:
    files = {"tables/试.yaml": TABLE + table}
    form = Form(pack_folder(tmp_path, files, fields=FIELDS, text=text + "```表 试\n```\n\n后。\n"))
    return form.report("项目:\n" + "".join(f"  - {{名称: 项目{n}}}\n" for n in range(rows))), form


def squeezed(made: Report) -> tuple[int, int] | None:
    """Margin in twips and half-points of the table; None where it is as the look says."""
    assert made.document is not None
    (table,) = (block for block in made.document.blocks if isinstance(block, Table))
    return (table.squeeze.margin, table.squeeze.smaller) if table.squeeze else None


@pytest.mark.parametrize(
    ("rows", "gives_way", "said"),
    [
        (20, None, []),
        (36, (39, 0), []),
        (44, (9, 0), []),
        (47, (9, 1), []),
        (60, (9, 6), []),
        (75, None, ["W030"]),
    ],
)
def test_room_gives_way_first_then_the_letters(tmp_path, rows: int, gives_way: object, said: list[str]) -> None:
    """A page of the common look holds 34 such rows."""
    made, _ = report(tmp_path, rows)
    assert (squeezed(made), made.codes) == (gives_way, said)


def test_what_does_not_fit_is_told_with_its_rows(tmp_path) -> None:
    made, _ = report(tmp_path, 75)
    assert made.said == [
        "W030 example/tables/试.yaml 表“试”要印在一页上，按版面估算还多出41行；格内的空减到最小、字号减到六号也放不下，照原样印"
        " 请把格里的话写短，或者把表的列放宽；也可以在表前另起一页，或删去表里的“一页: 是”"
    ]


def test_what_stands_before_on_the_page_counts(tmp_path) -> None:
    assert squeezed(report(tmp_path, 33, text="## 题\n\n一段。\n\n")[0]) is not None
    assert squeezed(report(tmp_path / "b", 33, text="## 题\n\n一段。\n\n```分页\n```\n\n")[0]) is None


def test_a_table_that_may_go_on_is_left_alone(tmp_path) -> None:
    made, _ = report(tmp_path, 60, table="")
    assert (squeezed(made), made.codes) == (None, [])


def test_the_word_file_says_it_in_styles(tmp_path) -> None:
    made, form = report(tmp_path, 47)
    pack = loaded(form.roots).value
    assert pack is not None and made.document is not None
    docx = zipfile.ZipFile(io.BytesIO(write_docx(made.document, pack.look)))
    styles, body = (docx.read(f"word/{part}.xml").decode() for part in ("styles", "document"))
    assert '<w:name w:val="表格文字（10磅）"/>' in styles
    assert '<w:tblCellMar><w:top w:w="9" w:type="dxa"/>' in body


def test_nothing_is_laid_out_twice(tmp_path) -> None:
    """A squeezed document is the same when it is squeezed again."""
    made, form = report(tmp_path, 47)
    pack = loaded(form.roots).value
    assert pack is not None and made.document is not None
    assert on_one_page(made.document, pack.look) == (made.document, ())
