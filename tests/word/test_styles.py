"""Styles, the fonts and the theme: what the pack's style.yaml says, as Word reads it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree
from specimen import common_look, common_style

from generator.frames.frame_maker import make_frame
from generator.frames.styles import font_table_part, theme_part
from generator.word.look import Look, parse_look
from generator.word.parts import Parts
from generator.word.xml import W

LOOK = common_look()
A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def tree(xml: str) -> etree._Element:
    return etree.fromstring(xml.encode())


def styles_of(look: Look) -> dict[str, etree._Element]:
    root = Parts(make_frame(look)).look("word/styles.xml")
    return {str(one.get(w("styleId"))): one for one in root.findall(w("style"))}


STYLES = styles_of(LOOK)


def value(style: str, path: str, attribute: str = "val") -> str | None:
    found = STYLES[style].find("/".join(w(part) for part in path.split("/")))
    return None if found is None else found.get(w(attribute))


def test_every_style_of_the_look_is_there_under_words_own_name() -> None:
    assert {style.identifier for style in LOOK.styles} <= set(STYLES)
    assert value("Heading1", "name") == "heading 1"
    assert value("Heading1", "next") == LOOK.style("正文").identifier  # Enter after a heading gives body text
    assert value("Heading1", "pPr/outlineLvl") == "0"
    assert value("TOC2", "name") == "toc 2"
    assert value(LOOK.style("正文").identifier, "pPr/outlineLvl") is None


def test_words_own_styles_are_not_called_the_user_s() -> None:
    """Word shows them under their translated names only then."""
    assert STYLES["Heading1"].get(w("customStyle")) is None
    assert STYLES[LOOK.style("封面标题").identifier].get(w("customStyle")) == "1"


@pytest.mark.parametrize("name", ["正文", "标题1", "表文字", "页脚"])
def test_a_style_says_its_own_font_and_size(name: str) -> None:
    style = LOOK.style(name)
    assert value(style.identifier, "rPr/rFonts", "eastAsia") == style.font.east_asian
    assert value(style.identifier, "rPr/rFonts", "ascii") == style.font.latin
    assert value(style.identifier, "rPr/sz") == value(style.identifier, "rPr/szCs") == str(style.size)


def test_every_style_says_its_spacing_and_indents_itself() -> None:
    """Changing Normal in Word moves no other paragraph."""
    for style in LOOK.styles:
        assert value(style.identifier, "pPr/spacing", "line") == (str(style.line) if style.line else "240")
        rule = "exact" if style.line else "auto"
        assert value(style.identifier, "pPr/spacing", "lineRule") == rule
        assert value(style.identifier, "pPr/jc") == style.align
        assert value(style.identifier, "pPr/ind", "firstLineChars") == str(style.first)


def test_indents_in_characters_and_in_twips() -> None:
    """WPS reads one, LibreOffice the other: two characters of 三号 (16 points) are 640 twips."""
    indents = STYLES[LOOK.style("正文").identifier].find(f"{w('pPr')}/{w('ind')}")
    assert {etree.QName(name).localname: value for name, value in indents.attrib.items()} == {
        "leftChars": "0", "left": "0", "rightChars": "0", "right": "0", "firstLineChars": "200", "firstLine": "640",
    }  # fmt: skip


def test_a_heading_stays_with_what_follows() -> None:
    assert STYLES["Heading1"].find(f"{w('pPr')}/{w('keepNext')}") is not None
    assert STYLES[LOOK.style("正文").identifier].find(f"{w('pPr')}/{w('keepNext')}") is None


def test_the_dots_of_the_contents_end_at_the_right_edge() -> None:
    stop = STYLES["TOC1"].find(f"{w('pPr')}/{w('tabs')}/{w('tab')}")
    assert (stop.get(w("leader")), stop.get(w("pos"))) == ("dot", str(LOOK.portrait.text_width))


def test_lines_off_the_grid_are_kept_off_it() -> None:
    """LibreOffice stretches an exact line to whole steps of the grid."""
    on, off = LOOK.style("正文"), next(style for style in LOOK.styles if not style.on_grid)
    assert value(on.identifier, "pPr/snapToGrid") is None
    assert value(off.identifier, "pPr/snapToGrid") == "0"
    assert value(on.identifier, "rPr/spacing") == str(LOOK.character_spacing)
    assert value(off.identifier, "rPr/spacing") == "0"


@pytest.mark.parametrize(
    ("part", "order"),
    [
        ("pPr", ["keepNext", "keepLines", "widowControl", "tabs", "overflowPunct", "snapToGrid", "spacing", "ind",
                 "jc", "outlineLvl"]),
        ("rPr", ["rFonts", "b", "bCs", "spacing", "sz", "szCs"]),
    ],
)  # fmt: skip
def test_the_order_of_properties(part: str, order: list[str]) -> None:
    """Word calls a file damaged when they stand otherwise (ISO/IEC 29500, CT_PPr and CT_RPr)."""
    for style in STYLES.values():
        found = [etree.QName(one).localname for one in style.iterfind(f"{w(part)}/*")]
        assert found == sorted(found, key=order.index)


def test_tables_have_lines_and_margins() -> None:
    look = replace(LOOK, tables=tuple(replace(one, border=8 + at) for at, one in enumerate(LOOK.tables)))
    styles = styles_of(look)
    for table in look.tables:
        style = styles[table.identifier]
        assert style.find(w("name")).get(w("val")) == table.name
        lines = style.find(f"{w('tblPr')}/{w('tblBorders')}")
        assert [etree.QName(one).localname for one in lines] == ["top", "left", "bottom", "right", "insideH", "insideV"]
        assert {one.get(w("sz")) for one in lines} == {str(table.border)}
        assert style.find(f"{w('tblPr')}/{w('tblCellMar')}/{w('left')}").get(w("w")) == str(table.margin_x)


def test_a_computer_without_a_font_is_told_its_substitute() -> None:
    data = common_style()
    fonts = {str(one.get(w("name"))): one for one in tree(font_table_part(parse_look(data)))}
    for font in LOOK.fonts:
        assert {font.east_asian, font.latin} <= set(fonts)
        alternative = fonts[font.east_asian].find(w("altName"))
        assert (alternative.get(w("val")) if alternative is not None else "") == font.alternative
    assert fonts["仿宋_GB2312"].find(w("charset")).get(w("val")) == "86"
    assert fonts["Times New Roman"].find(w("charset")).get(w("val")) == "00"


def test_the_theme_has_the_colours_of_the_charts() -> None:
    scheme = tree(theme_part(LOOK)).find(f".//{{{A}}}clrScheme")
    colours = {etree.QName(one).localname: str(one[0].get("val")) for one in scheme}
    expected = (LOOK.chart.colours * 6)[:6]
    assert [colours[f"accent{number}"] for number in range(1, 7)] == list(expected)
    assert len(colours) == 12
