"""The parts around the text: page numbers, the draft mark, the paper, the file's properties."""

from __future__ import annotations

import re

import pytest
from lxml import etree
from specimen import common_look

from generator.frames.frame import (
    DOCUMENT_OPENING,
    app_part,
    core_part,
    draft_header_part,
    field,
)
from generator.frames.frame_file import Section, read_frame
from generator.frames.frame_maker import make_frame
from generator.word.parts import Parts
from generator.word.xml import R, W

LOOK = common_look()
MADE = make_frame(LOOK)
FRAME = read_frame(MADE)


def tree(xml: str) -> etree._Element:
    return etree.fromstring(xml.encode())


def texts(root: etree._Element) -> str:
    return "".join(one.text or "" for one in root.iter(f"{{{W}}}t", f"{{{W}}}instrText"))


def test_a_field_has_each_of_its_signs_in_a_run_of_its_own() -> None:
    """WPS shows no number otherwise."""
    runs = tree(f'<w:p xmlns:w="{W}">{field("PAGE", "7")}</w:p>')
    assert [[etree.QName(part).localname for part in run] for run in runs] == [
        ["fldChar"], ["instrText"], ["fldChar"], ["t"], ["fldChar"],
    ]  # fmt: skip
    signs = [sign.get(f"{{{W}}}fldCharType") for sign in runs.iter(f"{{{W}}}fldChar")]
    assert signs == ["begin", "separate", "end"]
    assert texts(runs) == " PAGE 7"


def story(kind: str) -> etree._Element:
    """The footer of odd («default») or even pages, or the empty one («none»)."""
    identifier = "rIdFooterNone" if kind == "none" else dict(FRAME.upright.footers)[kind]
    return Parts(MADE).look(f"word/{dict(FRAME.relations)[identifier][1]}")


@pytest.mark.parametrize(("kind", "side"), [("even", "left"), ("default", "right")])
def test_page_numbers_one_character_in_from_the_outer_edge(kind: str, side: str) -> None:
    """GB/T 9704: «— 1 —», odd pages right, even pages left."""
    root = story(kind)
    assert texts(root) == "—  PAGE 1 —"
    assert root.find(f".//{{{W}}}jc").get(f"{{{W}}}val") == side
    assert root.find(f".//{{{W}}}ind").get(f"{{{W}}}{side}Chars") == "100"


def test_a_section_without_page_numbers_has_an_empty_footer() -> None:
    assert texts(story("none")) == ""


@pytest.mark.parametrize("number", [1, 2])
def test_a_draft_is_marked_in_words_and_across_the_page(number: int) -> None:
    xml = draft_header_part(LOOK, number)
    assert texts(tree(xml)) == "草　　稿"
    assert 'string="草稿"' in xml
    assert f'o:spid="_x0000_s{2048 + number}"' in xml  # two shapes of one file never share an id


def test_the_paper_of_a_section() -> None:
    upright, lying = FRAME.upright.text(), FRAME.lying.text()
    size = re.compile(r'<w:pgSz w:w="(\d+)" w:h="(\d+)"(?: w:orient="(\w+)")?/>')
    assert size.findall(upright) == [("11906", "16838", "")]
    assert size.findall(lying) == [("16838", "11906", "landscape")]
    named = re.compile(r'<w:(\w+)Reference w:type="(\w+)"')
    assert named.findall(upright) == named.findall(lying) == [("footer", "default"), ("footer", "even")]
    assert f'w:linePitch="{LOOK.line_pitch}"' in upright


def test_the_order_of_a_section_s_properties() -> None:
    """Word calls a file damaged when they stand otherwise (ISO/IEC 29500, CT_SectPr)."""
    section = Section((("default", "a"),), (("default", "c"),), FRAME.upright.paper, FRAME.upright.grid, True)
    root = tree(section.text().replace("<w:sectPr>", f'<w:sectPr xmlns:w="{W}" xmlns:r="{R}">'))
    assert [etree.QName(one).localname for one in root] == [
        "headerReference", "footerReference", "type", "pgSz", "pgMar", "cols", "titlePg", "docGrid",
    ]  # fmt: skip


def test_odd_and_even_pages_differ_and_opening_asks_nothing() -> None:
    settings = Parts(MADE).content["word/settings.xml"].decode()
    assert "<w:evenAndOddHeaders/>" in settings
    assert "updateFields" not in settings
    assert 'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"' in settings


def test_what_the_file_says_of_itself() -> None:
    xml = core_part("题＜&", "主题", "甲局", "", "2021-10-26T08:00:00Z")
    root = tree(xml)
    said = {etree.QName(one).localname: one.text for one in root}
    assert said == {
        "title": "题＜&",
        "subject": "主题",
        "creator": "甲局",
        "lastModifiedBy": "甲局",
        "created": "2021-10-26T08:00:00Z",
        "modified": "2021-10-26T08:00:00Z",
    }


def test_a_published_copy_names_nobody() -> None:
    assert "creator" not in core_part("题", "", "", "", "") and "lastModifiedBy" not in core_part("题", "", "", "", "")


@pytest.mark.parametrize("created", ["", "2021年10月26日", "2021-10-26 08:00", "昨天"])
def test_a_day_that_word_cannot_read_becomes_a_fixed_one(created: str) -> None:
    """The same input gives the same bytes: the clock is never asked."""
    assert ">2000-01-01T00:00:00Z<" in core_part("题", "", "", "", created)


def test_a_day_alone_is_a_moment_too() -> None:
    assert ">2021-10-26<" in core_part("题", "", "", "", "2021-10-26")


def test_the_program_names_itself_and_the_document_its_spaces() -> None:
    assert "<Application>juesuan</Application>" in app_part()
    root = tree(f"{DOCUMENT_OPENING}</w:body></w:document>")
    assert set(root.nsmap) == {"w", "r", "wp", "a", "c"}
