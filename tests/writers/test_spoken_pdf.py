"""A PDF for a reader who cannot see it: language, title, headings, heads of tables, words for charts."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from long_report import sentences
from pdf_checkers import errors_in
from pikepdf import Pdf
from specimen import common_look, heading, specimen
from spoken_pdf import Told, misread_cells, told, torn_tables

from generator.document.nodes import Cell, Chart, Column, Document, Meta, Paragraph, Row, Run, Table
from generator.word.parts import Parts
from generator.word_file.blocks import rows_of
from generator.word_file.paragraph import w
from generator.writers.docx import write_docx
from generator.writers.libreoffice import PLAIN, TAGGED, Converter
from generator.writers.pdf import finish, pdf_of
from generator.writers.pdf.table_heads import placed_cells

LOOK = common_look()


@pytest.fixture(scope="module")
def converter(libreoffice: Path) -> Iterator[Converter]:
    with Converter() as running:
        yield running


def pdf_with(converter: Converter, document: Document) -> tuple[bytes, bytes]:
    """The Word file and the finished PDF, which has no findings."""
    docx = write_docx(document, LOOK)
    made = converter.to_pdf(docx, options=TAGGED).value
    assert made is not None
    finished = finish(made, docx)
    assert finished.diagnostics == ()
    return docx, finished.value


def table(*rows: str, head: int = 0, spans: dict[int, dict[int, tuple[int, int]]] | None = None) -> Table:
    """Rows «a|b|c»; `spans`: row → column → (rows, columns)."""
    made = [Row(tuple[Cell, ...](row.split("|")), (spans or {}).get(number, {})) for number, row in enumerate(rows)]
    columns = tuple(Column(40) for _ in made[0].cells)
    below = {number - head: one for number, one in enumerate(made)}
    return Table("表", columns, tuple(made[:head]), tuple(below[number] for number in range(len(made) - head)))


# -- which cells are heads --------------------------------------------------------------------------------------------
def heads(one: Table) -> str:
    """Rows as «甲[列] 乙», heads of columns and rows marked; a longer path of a head behind =."""
    parts = Parts(write_docx(Document(Meta("测试"), (one,)), LOOK))
    found = next(parts.look(parts.document).iter(w("tbl")))
    marks = {"Column": "[列]", "Row": "[行]", "": ""}
    return "\n".join(
        " ".join((cell.text or "…") + marks[cell.scope] + (f"={cell.path}" if cell.path else "") for cell in row)
        for row in placed_cells(rows_of(found))
    )


def test_a_table_of_two_halves_has_names_in_both() -> None:
    one = table(
        "收入||支出|", "项目|决算数|项目|决算数", "栏次|1|栏次|2", "一、拨款|5.00|一、教育|4.00", "本年收入|5.00||",
        head=3, spans={0: {0: (1, 2), 2: (1, 2)}},
    )  # fmt: skip
    assert heads(one) == (
        "收入[列] 支出[列]\n"
        "项目[列] 决算数[列] 项目[列] 决算数[列]\n"
        "栏次 1 栏次 2\n"
        "一、拨款[行] 5.00 一、教育[行] 4.00\n"
        "本年收入[行] 5.00 … …"
    )


def test_codes_name_a_row_with_the_words_beside_them_and_amounts_do_not() -> None:
    one = table("科目编码|科目名称|合计|基本", "208|社会保障|3.00|3", "2080501||3.00|", "||4|5", head=1)
    assert heads(one) == (
        "科目编码[列] 科目名称[列] 合计[列] 基本[列]\n208[行] 社会保障[行] 3.00 3\n2080501[行] … 3.00 …\n… … 4 5"
    )
    amounts = table("合计|其中：出国|接待", "3.00|1.00|2.00", "—|12%|-1", head=1)
    assert heads(amounts) == "合计[列] 其中：出国[列] 接待[列]\n3.00 1.00 2.00\n— 12% -1"


def test_a_form_without_heads_is_named_by_its_first_column() -> None:
    one = table("自评表||", "项目|甲|乙", "单位|局|", "只此", spans={0: {0: (1, 3)}, 3: {0: (1, 3)}})
    assert heads(one) == "自评表\n项目[行] 甲 乙\n单位[行] 局 …\n只此"


def test_more_heads_than_data_are_told_by_the_lowest() -> None:
    one = table("合计||接待|", "预算数|决算数|预算数|决算数", "1.00|1.00|0.00|0.00",
                head=2, spans={0: {0: (1, 2), 2: (1, 2)}})  # fmt: skip
    assert heads(one) == (
        "合计 接待\n"
        "预算数[列]=合计，预算数 决算数[列]=合计，决算数 预算数[列]=接待，预算数 决算数[列]=接待，决算数\n"
        "1.00 1.00 0.00 0.00"
    )


# -- the finished file ------------------------------------------------------------------------------------------------
def test_every_node_is_told_and_checkers_find_nothing(converter: Converter, tmp_path: Path) -> None:
    document = specimen()
    docx, pdf = pdf_with(converter, document)
    with Pdf.open(io.BytesIO(pdf)) as opened:
        root = opened.Root
        assert str(root.Lang) == "zh-CN"
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(opened.docinfo.Title) == document.meta.title
        linked = [page for page in opened.pages if "/Annots" in page]
        assert linked and all(str(page.Tabs) == "/S" for page in linked)
        assert all(int(one.F) & 4 for page in linked for one in page.Annots)
        assert b"pdfuaid:part" in root.Metadata.read_bytes()
    tree = told(pdf)
    described = [one.alt or one.name for one in document.blocks if isinstance(one, Chart) and not one.empty]
    assert [one.alt for one in tree.all("/Figure")] == described
    assert misread_cells(docx, pdf) == []
    assert torn_tables(pdf) == []
    assert not [one for one in tree.all("/P") if not one.words and not one.inside and not one.alt]
    (tmp_path / "specimen.pdf").write_bytes(pdf)
    assert errors_in(tmp_path / "specimen.pdf") == []


def outline(tree: Told) -> list[str]:
    """«H1 甲», and each row of a table as «甲[Column] 乙»."""
    lines = [f"{role[1:]} {one.words}" for one in tree.inside[0].inside if (role := one.role)[:2] == "/H"]
    for row in tree.all("/TR"):
        cells = (f"{one.words or '…'}" + (f"[{one.scope[1:]}]" if one.scope else "") for one in row.inside)
        lines.append(" ".join(cells))
    return lines


def test_levels_have_no_gaps_and_rows_cut_by_a_page_end_are_whole(converter: Converter) -> None:
    long = [sentences(random.Random(number), 12) for number in range(6)]
    rows = ["项目|金额|说明", *(f"项目{number}|{number}.50|{words}" for number, words in enumerate(long))]
    blocks = (
        heading(1, "一、", "甲", "一级标题"), heading(3, "1.", "乙", "三级标题"),
        heading(2, "（一）", "丙", "二级标题"), Paragraph((Run("正文。"),)),
        table(*rows, head=1, spans={2: {0: (3, 1)}}),
    )  # fmt: skip
    docx, pdf = pdf_with(converter, Document(Meta("测试"), blocks))
    assert len(Pdf.open(io.BytesIO(pdf)).pages) > 2
    told_rows = [row.rpartition(" ")[0] for row in outline(told(pdf))[3:]]
    assert outline(told(pdf))[:3] == ["H1 一、甲", "H2 1.乙", "H2 （一）丙"]
    assert told_rows == [
        "项目[Column] 金额[Column]", "项目0[Row] 0.50", "项目1[Row] 1.50", "2.50", "3.50", "项目4[Row] 4.50",
        "项目5[Row] 5.50",
    ]  # fmt: skip
    assert misread_cells(docx, pdf) == []


def test_what_could_not_be_told_is_said_and_no_longer_claimed(converter: Converter) -> None:
    docx = write_docx(Document(Meta("测试"), (table("甲|乙", "丙|1.00", head=1),)), LOOK)
    other = write_docx(Document(Meta("测试"), (table("甲|乙", "丙|1.00", "丁|2.00", head=1),)), LOOK)
    tagged, plain = (converter.to_pdf(docx, options=one).value for one in (TAGGED, PLAIN))
    assert tagged is not None and plain is not None
    wrong = finish(tagged, other)
    assert [(one.code, one.message.rpartition("：")[2]) for one in wrong.diagnostics] == [
        ("W031", "1 张表没有标出表头")
    ]
    with Pdf.open(io.BytesIO(wrong.value)) as opened:
        assert b"pdfuaid:part" not in opened.Root.Metadata.read_bytes()
    assert "没有标签" in finish(plain, docx).diagnostics[0].message
    broken = finish(b"%PDF-1.7 broken", docx)
    assert (broken.value, broken.diagnostics[0].code) == (b"%PDF-1.7 broken", "W031")


def test_an_archive_copy_is_called_unverified(libreoffice: Path) -> None:
    made = pdf_of(write_docx(Document(Meta("测试"), (Paragraph((Run("一句话。"),)),)), LOOK), archive=True)
    assert [one.code for one in made.diagnostics] == ["W032"]
    assert made.value is not None
    with Pdf.open(io.BytesIO(made.value)) as opened:
        said = opened.Root.Metadata.read_bytes()
    assert b"<pdfaid:part>2<" in said and b"<pdfaid:conformance>B<" in said
