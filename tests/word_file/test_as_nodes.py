"""A Word file as nodes: the page made of them says what the file says, or it is told what does not go."""

from __future__ import annotations

import pytest
from refresh_cases import built
from word_edits import (
    Edit,
    control_around,
    edited,
    highlight,
    hyperlink,
    line_break_behind,
    look,
    merge_cells,
    new_section,
    new_table,
    note,
    paragraph_behind,
    picture,
    save_in_word,
    save_in_wps,
    symbol_behind,
    text_box,
    type_behind,
)

from generator.document.nodes import Chart, Contents, Heading, Meta, Table
from generator.pack import PackRoots, load_pack
from generator.publishing.page import page_of
from generator.word.parts import Parts
from generator.word_file.as_nodes import as_nodes
from generator.word_file.marked_file import Marked, open_marked

WHERE = "10. 完成区委"


@pytest.fixture(scope="module")
def report() -> bytes:
    return built("gongjing-2020", (), False)


@pytest.fixture(scope="module")
def pack_look():  # type: ignore[no-untyped-def]
    pack = load_pack("final-accounts-sichuan", PackRoots.with_own()).value
    assert pack is not None
    return pack.look


def opened(docx: bytes) -> Marked:
    file = open_marked("报告.docx", docx).value
    assert file is not None
    return file


@pytest.mark.parametrize(
    "edits",
    [
        (),
        (save_in_word(),),
        (save_in_wps(),),
        (type_behind(WHERE, "（改）<&>"), highlight("收、支总计", within="相比"), line_break_behind(WHERE, "另行")),
        (paragraph_behind(WHERE, "一段", "又一段"), new_section("二、收入决算情况说明", "新的一节", "它的话")),
        (new_table(WHERE, ("甲", "乙"), ("1", "2")), merge_cells("一、一般公共服务支出", 0)),
        (hyperlink("区政府", "https://example.invalid/", within=WHERE), control_around(WHERE)),
    ],
    ids=["as made", "Word", "WPS", "words", "paragraphs", "tables", "links"],
)
def test_what_people_do_reaches_the_page(report: bytes, pack_look, edits: tuple[Edit, ...]) -> None:  # type: ignore[no-untyped-def]
    file = opened(edited(report, *edits).docx)
    told = as_nodes(file, pack_look)

    assert told.lacking == ()
    assert page_of(file, told.blocks, pack_look, Meta("试")) is not None
    assert {type(one) for one in told.blocks} >= {Heading, Table, Chart, Contents}


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        (picture(WHERE), "图片"),
        (note(WHERE, "注"), "脚注"),
        (note(WHERE, "注", kind="endnote"), "尾注"),
        (symbol_behind(WHERE), "符号"),
        (text_box(WHERE, "盒子"), "文本框或图形"),
        (look("区政府", "<w:strike/>", within=WHERE), "删除线"),
        (look("区政府", '<w:vertAlign w:val="superscript"/>', within=WHERE), "上标或下标"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_has_no_words_of_its_own_is_named(report: bytes, pack_look, edit: Edit, what: str) -> None:  # type: ignore[no-untyped-def]
    told = as_nodes(opened(edited(report, edit).docx), pack_look)
    assert [str(one) for one in told.lacking] == [
        f"第一部分 部门概况 › 一、基本职能及主要工作 › （一）主要职能。 第10段的{what}"
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"c:barChart>", b"c:areaChart>"),
        (b"<c:autoTitleDeleted", b"<c:title/><c:autoTitleDeleted"),
        (b"<c:v>91.68</c:v>", b""),
    ],
    ids=["another kind", "a title of its own", "a point that is missing"],
)
def test_a_chart_that_would_be_drawn_otherwise_is_named(report: bytes, pack_look, old: bytes, new: bytes) -> None:  # type: ignore[no-untyped-def]
    parts = Parts(report)
    chart = parts.content["word/charts/chart1.xml"]
    assert old in chart
    parts.replace("word/charts/chart1.xml", chart.replace(old, new, 2 if b"barChart" in old else 1))
    told = as_nodes(opened(parts.save()), pack_look)
    assert [str(one) for one in told.lacking] == [
        "第二部分 2020年度部门决算情况说明 › 一、收入支出决算总体情况说明的图表"
    ]


def test_a_page_that_lost_something_is_no_page(report: bytes, pack_look) -> None:  # type: ignore[no-untyped-def]
    file = opened(report)
    blocks = as_nodes(file, pack_look).blocks
    assert page_of(file, blocks[:-1], pack_look, Meta("试")) is None
