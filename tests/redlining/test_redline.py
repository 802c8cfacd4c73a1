"""Tracked changes between two versions of a report, through a real LibreOffice for the examples of all packs."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from every import some
from example_packs import EXAMPLES, Data, changed, data_of, original, shaken, word_of
from office import Office, append_row, bold, delete_paragraph, highlight, paragraph_after, record, replace, split
from test_redline_properties import check_marks, check_whole_figures, opened, redlined, word
from word_text import Said, W, body_of, changed_words, said, tables_touch

from generator.document.nodes import Block, Chart, ChartSeries, Column, Paragraph, Row, Run, SectionStart, Table
from generator.quantity import Quantity
from generator.redlining.redline import Redlined
from generator.word.read import read_outline
from generator.word_file.blocks import blocks_of

GONGJING = "gongjing-2020"


def as_libreoffice_tells(docx: bytes) -> Said:
    """It leaves charts standing whose insertion or deletion is tracked, and fills struck empty rows with U+200D."""

    def plain(node: Any) -> Any:
        if isinstance(node, str):
            return node.replace("\ufffc", "").replace("\u200d", "")
        return [plain(one) for one in node]

    return [plain(one) for one in said(docx)]


def check(made: Redlined, old: bytes, new: bytes) -> None:
    assert said(made.docx, "accept") == said(new)
    assert said(made.docx, "reject") == said(old)
    assert not tables_touch(made.docx)
    check_marks(made.docx, new)
    check_whole_figures(made.docx)


def with_line_behind_contents(texts: Said) -> Said:
    """LibreOffice adds an empty line behind 目录 when it saves."""
    lines = [n for n, one in enumerate(texts) if isinstance(one, str) and re.search(r"\t\d+$", one)]
    return [*texts[: lines[-1] + 1], "", *texts[lines[-1] + 1 :]] if lines else texts


def check_in_libreoffice(office: Office, made: Redlined, old: bytes, new: bytes) -> None:
    for found, wanted in ((office.accept_all(made.docx), new), (office.reject_all(made.docx), old)):
        expected = as_libreoffice_tells(wanted)
        assert as_libreoffice_tells(found) in (expected, with_line_behind_contents(expected))


# -- all packs --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("example", some(EXAMPLES, 5))
def test_all_packs(example: str, office: Office) -> None:
    old, new = original(example), shaken(example, 2)
    made = redlined(old, new)
    assert made.changed and made.left_out == 0
    check(made, old, new)
    check_in_libreoffice(office, made, old, new)


@pytest.mark.parametrize("example", some(EXAMPLES, 5))
def test_all_packs_stay_valid(example: str, validate_docx: Callable[[bytes], str]) -> None:
    assert validate_docx(redlined(original(example), shaken(example, 2)).docx) == ""


@pytest.mark.parametrize("example", some(EXAMPLES, 5))
def test_back_and_forth(example: str) -> None:
    old, new = original(example), shaken(example, 4)
    check(redlined(old, new), old, new)
    check(redlined(new, old), new, old)


@pytest.mark.parametrize("example", some(EXAMPLES, 5))
def test_equal_files(example: str) -> None:
    made = redlined(original(example), original(example))
    assert not made.changed
    assert not list(body_of(made.docx).iter(f"{W}ins", f"{W}del"))


def test_a_project_comes_and_goes_with_its_table(office: Office) -> None:
    """Between two tables stand only the lines of one project."""

    def without(data: Data) -> None:
        del data["项目.yaml"]["项目"][1]

    example = "gongjing-projects-2020"
    old, new = original(example), changed(example, without)
    gone, come = redlined(old, new), redlined(new, old)
    assert gone.tables == come.tables == 1
    check(gone, old, new)
    check(come, new, old)
    check_in_libreoffice(office, gone, old, new)


# -- what a reader sees -----------------------------------------------------------------------------------------------
def tracked(docx: bytes) -> list[str]:
    """«-36.57», «+46.57»."""
    return [("+" if name == "ins" else "-") + piece for _, piece, _, name in changed_words(docx)]


def test_a_figure_is_replaced_whole_and_a_rise_becomes_a_fall() -> None:
    def more_last_year(data: Data) -> None:
        data["三公与其他.yaml"]["机关运行经费"]["上年"] = 126120.00

    new = changed(GONGJING, more_last_year)
    found = tracked(redlined(original(GONGJING), new).docx)
    assert {"-9.61", "+12.61", "-1.92", "+1.08"} <= set(found)
    assert any(one.startswith("+") and ("减少" in one or "下降" in one) for one in found)

    def as_last_year(data: Data) -> None:
        data["三公与其他.yaml"]["机关运行经费"]["上年"] = 115310.00

    level = changed(GONGJING, as_last_year)
    check(redlined(new, level), new, level)


def test_numbers_and_author_of_the_changes() -> None:
    docx = redlined(original(GONGJING), shaken(GONGJING, 0)).docx
    marks = list(body_of(docx).iter(f"{W}ins", f"{W}del"))
    assert {one.get(f"{W}author") for one in marks} == {"财务科"}
    assert {one.get(f"{W}date") for one in marks} == {"2025-03-01T09:30:00Z"}


def small_chart(value: int) -> Chart:
    values = tuple(Quantity(value * 10000 * n, "元", name) for n, name in ((1, "甲"), (2, "乙")))  # type: ignore[arg-type]
    return Chart(
        "收入", "柱形", ("甲", "乙"), (ChartSeries("收入", values),), (Run("图1：收入"),), empty="无", alt="收入"
    )


def with_chart(value: int) -> bytes:
    return word((Paragraph((Run("题名"),)), small_chart(value), Paragraph((Run("末段"),))))


def test_a_chart_that_is_gone_is_struck_out_with_all_that_it_shows(office: Office) -> None:
    old, new = with_chart(3), with_chart(0)
    made = redlined(old, new)
    check(made, old, new)
    with zipfile.ZipFile(BytesIO(made.docx)) as archive:
        names = archive.namelist()
    assert [n for n in names if n.startswith("word/charts/chart")] and [n for n in names if n.endswith(".xlsx")]
    check_in_libreoffice(office, made, old, new)
    back = redlined(new, old)
    check(back, new, old)
    check_in_libreoffice(office, back, new, old)


def test_a_chart_with_other_numbers_is_the_new_one() -> None:
    assert not redlined(with_chart(3), with_chart(4)).changed


# -- tables -----------------------------------------------------------------------------------------------------------
def table(*rows: str, title: str = "收支表", spans: dict[int, dict[int, tuple[int, int]]] | None = None) -> Table:
    cells = [tuple(row.split()) for row in rows]
    made = tuple(Row(tuple(c.replace("_", "") for c in one), (spans or {}).get(n, {})) for n, one in enumerate(cells))
    return Table("收支表", tuple(Column(30) for _ in cells[0]), (), made, title=(Run(title),) if title else ())


def line(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def through(office: Office, old: Block, new: Block) -> Redlined:
    first, second = (word((line("甲"), one, line("乙"), line("丙"))) for one in (old, new))
    made = redlined(first, second)
    check(made, first, second)
    check_in_libreoffice(office, made, first, second)
    return made


def test_small_ones_are_valid(validate_docx: Callable[[bytes], str]) -> None:
    pairs = [
        (with_chart(3), with_chart(0)),
        (with_chart(0), with_chart(3)),
        *(
            tuple(
                word((line("甲"), *before, one, line("乙"))) for one in (table("项 金 1"), table("项 金", title=title))
            )
            for before in ((), (SectionStart(),))
            for title in ("", "收支表")
        ),
        (
            word((line("甲"), Paragraph((Run("乙"),), "落款"))),
            word((line("甲"), table("项 金"), SectionStart(), line("丙"))),
        ),
    ]
    for old, new in pairs:
        assert validate_docx(redlined(old, new).docx) == ""


def test_rows_and_cells(office: Office) -> None:
    old = table("项目 金额", "办公费 1.00", "印刷费 2.00", "会议费 3.00")
    new = table("项目 金额", "办公费 1.50", "会议费 3.00", "差旅费 4.00")
    made = through(office, old, new)
    assert (made.paragraphs, made.cells, made.rows, made.tables) == (0, 1, 2, 0)


def test_merged_cells_stay_merged(office: Office) -> None:
    old = table("产出 数量 1", "_ 质量 2", "_ 时效 3", "效益 社会 4", spans={0: {0: (3, 1)}})
    new = table("产出 质量 2", "_ 时效 3", "效益 社会 4", "_ 经济 5", spans={0: {0: (2, 1)}, 2: {0: (2, 1)}})
    made = through(office, old, new)
    assert made.rows == 2
    for row in body_of(made.docx).iter(f"{W}tr"):
        merge = row.find(f"{W}tc/{W}tcPr/{W}vMerge")
        if merge is not None and merge.get(f"{W}val") != "restart":
            assert row.getprevious().find(f"{W}tc/{W}tcPr/{W}vMerge") is not None


def test_another_number_of_columns(office: Office) -> None:
    old, new = table("项目 金额", "办公费 1.00"), table("项目 预算 决算", "办公费 2.00 1.00")
    made = through(office, old, new)
    assert made.tables == 2


def test_another_number_of_columns_without_a_title() -> None:
    """The table opens a section: no paragraph stands before it, an empty one keeps the two apart."""
    old, new = table("项目 金额", "办公费 1.00", title=""), table("项目 预算 决算", "办公费 2.00 1.00", title="")
    first, second = (word((line("甲"), SectionStart(), one, line("乙"))) for one in (old, new))
    made = redlined(first, second)
    check(made, first, second)
    assert made.tables == 2


def test_other_sections() -> None:
    first = word((line("甲"), SectionStart(), line("乙"), SectionStart(landscape=True), line("丙"), line("丁")))
    second = word((line("甲"), SectionStart(landscape=True), line("丙"), line("戊")))
    check(redlined(first, second), first, second)
    check(redlined(second, first), second, first)


# -- files that people have worked on ---------------------------------------------------------------------------------
def test_an_old_file_edited_in_libreoffice(office: Office) -> None:
    example = "taoyuan-2019"
    edits = [
        replace("财政全额拨款", "财政全额保障"),
        paragraph_after("绩效评价工作小组", "工作小组由三人组成，经费0.50万元。"),
        split("严格落实各级医疗政策，"),
        highlight("社会公众满意度达"),
        append_row("在职人员控制率", "新增", "一行", "由人添加"),
        record(),
        replace("征缴股", "征收股"),
        delete_paragraph("（3）时效指标"),
    ]
    old, new = office.edit(original(example), edits), shaken(example, 1)
    assert list(body_of(old).iter(f"{W}del"))
    made = redlined(old, new)
    assert said(made.docx, "accept") == said(new)
    assert said(made.docx, "reject") == said(old, "accept")
    assert "-0.50" not in tracked(made.docx) and any("工作小组由三人组成" in one for one in tracked(made.docx))
    assert {"-保障", "+拨款", "-收", "+缴"} <= set(tracked(made.docx))
    assert len(list(body_of(made.docx).iter(f"{W}del"))) < 60
    assert as_libreoffice_tells(office.reject_all(made.docx)) == as_libreoffice_tells(office.accept_all(old))


def test_an_edited_file_stays_valid(office: Office, validate_docx: Callable[[bytes], str]) -> None:
    old = office.edit(original("taoyuan-2019"), [bold("征缴股"), append_row("在职人员控制率", "新增")])
    assert validate_docx(redlined(old, shaken("taoyuan-2019", 1)).docx) == ""


def test_saved_anew_by_libreoffice_is_no_change_of_words(office: Office) -> None:
    """But for the empty line that it adds behind 目录."""
    example = "putuo-planning-2024"
    made = redlined(office.round_trip(original(example)), original(example))
    assert not changed_words(made.docx)
    assert (made.paragraphs, made.cells, made.rows, made.tables) == (0, 0, 0, 0)


def test_footnotes_of_the_old_file_are_counted() -> None:
    old, new = word((line("收入九十一万元。"),)), word((line("收入九十二万元。"),))
    noted = edited_xml(old, "九十一", '九</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>十一')
    made = redlined(noted, new)
    assert made.left_out == 1
    assert said(made.docx, "reject") == said(old)
    assert said(made.docx, "accept") == said(new)


def edited_xml(docx: bytes, old: str, new: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(docx)) as archive, zipfile.ZipFile(out, "w") as written:
        for name in archive.namelist():
            data = archive.read(name)
            if name == "word/document.xml":
                assert old in data.decode()
                data = data.decode().replace(old, new).encode()
            written.writestr(name, data)
    return out.getvalue()


# -- afterwards -------------------------------------------------------------------------------------------------------
def test_the_redline_reads_as_the_new_file() -> None:
    """Its marks and facts part are the new file's, and what is struck out is no block."""
    new = shaken(GONGJING, 0)
    made = redlined(original(GONGJING), new).docx
    assert opened(made).facts == opened(new).facts

    def read(docx: bytes) -> list[tuple[str, str, Any]]:
        return [
            (one.kind, one.mark, [row.text() for row in one.rows()] if one.kind == "t" else one.pieces())
            for one in blocks_of(opened(docx))
            if one.kind != "end"
        ]

    assert read(made) == read(new)
    assert read_outline(made) == read_outline(new)
    assert not redlined(made, new).changed


def test_a_redline_can_be_the_old_file() -> None:
    old, new, newer = original("heshuo-2018"), shaken("heshuo-2018", 0), shaken("heshuo-2018", 1)
    made = redlined(redlined(old, new).docx, newer)
    check(made, new, newer)


def test_the_same_bytes_every_time_and_nothing_else_changed() -> None:
    old, new = opened(original("xihu-2022")), opened(shaken("xihu-2022", 0))
    before = (old.parts.save(), new.parts.save())
    assert redlined(original("xihu-2022"), shaken("xihu-2022", 0)) == redlined(
        word_of(data_of("xihu-2022")), shaken("xihu-2022", 0)
    )
    assert (old.parts.save(), new.parts.save()) == before
