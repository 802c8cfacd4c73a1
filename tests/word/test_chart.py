"""A chart as Word, WPS and LibreOffice draw it: its numbers, its colours, where its axis starts."""

from __future__ import annotations

import re

import pytest
from lxml import etree
from specimen import common_look

from generator.word.chart import chart_part

LOOK = common_look().chart
KINDS = ("柱形", "条形", "饼形", "折线")
YEARS = ["2019年", "2020年"]
C = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}


def chart(kind: str, categories: list[str], *series: tuple[str, list[str]], form: str = "0.00") -> etree._Element:
    """Without words of its own at any point."""
    given = [(name, values, [""] * len(values)) for name, values in series]
    return etree.fromstring(chart_part(kind, categories, given, form, LOOK).encode())


def values(root: etree._Element, path: str) -> list[str]:
    """The `val` of these elements, or their text."""
    return [str(one.get("val", one.text)) for one in root.findall(path, C)]


@pytest.mark.parametrize(
    ("kind", "numbers", "starts"),
    [
        ("柱形", ["91.68", "101.01"], ["0"]),  # left to itself Word starts at 86: the second column is thrice the first
        ("条形", ["91.68", "101.01"], ["0"]),
        ("柱形", ["91.68", "-3.20"], []),
        ("折线", ["91.68", "101.01"], []),
    ],
)
def test_bars_start_at_zero(kind: str, numbers: list[str], starts: list[str]) -> None:
    root = chart(kind, YEARS, ("收、支总计", numbers))
    assert values(root, ".//c:valAx/c:scaling/c:min") == starts


@pytest.mark.parametrize("kind", KINDS)
def test_the_numbers_are_those_of_the_embedded_workbook(kind: str) -> None:
    """«编辑数据» opens the workbook: each range must be where the workbook has these numbers."""
    root = chart(kind, YEARS, ("收入＜＞&", ["91.68", "101.01"]))
    assert values(root, ".//c:ser/c:tx//c:f") == ["Sheet1!$B$1"]
    assert values(root, ".//c:ser/c:tx//c:v") == ["收入＜＞&"]
    assert values(root, ".//c:cat//c:f") == ["Sheet1!$A$2:$A$3"]
    assert values(root, ".//c:cat//c:v") == YEARS
    assert values(root, ".//c:val//c:f") == ["Sheet1!$B$2:$B$3"]
    assert values(root, ".//c:val//c:v") == ["91.68", "101.01"]
    assert values(root, ".//c:externalData/c:autoUpdate") == ["0"]


@pytest.mark.parametrize("kind", ["柱形", "折线"])
def test_a_second_series_stands_in_the_next_column(kind: str) -> None:
    root = chart(kind, YEARS, ("收入", ["1.00", "2.00"]), ("支出", ["3.00", "4.00"]))
    assert values(root, ".//c:ser/c:tx//c:f") == ["Sheet1!$B$1", "Sheet1!$C$1"]
    assert values(root, ".//c:val//c:f") == ["Sheet1!$B$2:$B$3", "Sheet1!$C$2:$C$3"]
    assert values(root, ".//c:ser/c:order") == ["0", "1"]


@pytest.mark.parametrize("form", ["0.00", "0.0", "General"])
def test_as_many_decimals_as_the_pack_prints(form: str) -> None:
    root = chart("柱形", YEARS, ("收入", ["1", "2"]), form=form)
    assert {one.get("formatCode") for one in root.findall(".//c:dLbls/c:numFmt", C)} == {form}
    assert values(root, ".//c:val//c:formatCode") == [form]


@pytest.mark.parametrize(("kind", "direction"), [("柱形", "col"), ("条形", "bar")])
def test_columns_stand_and_bars_lie(kind: str, direction: str) -> None:
    assert values(chart(kind, YEARS, ("收入", ["1", "2"])), ".//c:barDir") == [direction]


def test_bars_read_from_the_top_and_the_numbers_stay_below() -> None:
    root = chart("条形", YEARS, ("收入", ["1", "2"]))
    assert values(root, ".//c:catAx/c:scaling/c:orientation") == ["maxMin"]
    assert values(root, ".//c:valAx/c:crosses") == ["max"]
    assert values(chart("柱形", YEARS, ("收入", ["1", "2"])), ".//c:catAx/c:scaling/c:orientation") == ["minMax"]


def test_a_legend_only_where_names_would_be_missing() -> None:
    """Two series, or a pie of more slices than names fit."""
    one = ("收入", ["1", "2"])
    assert values(chart("柱形", YEARS, one), ".//c:legend/c:legendPos") == []
    assert values(chart("柱形", YEARS, one, ("支出", ["1", "2"])), ".//c:legend/c:legendPos") == ["b"]
    few, many = [str(n) for n in range(6)], [str(n) for n in range(7)]
    assert values(chart("饼形", few, ("收入", few)), ".//c:legend/c:legendPos") == []
    assert values(chart("饼形", few, ("收入", few)), ".//c:dLbls/c:showCatName") == ["1"]
    assert values(chart("饼形", many, ("收入", many)), ".//c:legend/c:legendPos") == ["r"]
    assert values(chart("饼形", many, ("收入", many)), ".//c:dLbls/c:showCatName") == ["0"]


def test_slices_show_their_share_and_have_colours_of_their_own() -> None:
    names = [str(n) for n in range(len(LOOK.colours) + 1)]
    root = chart("饼形", names, ("收入", names))
    assert values(root, ".//c:dLbls/c:showPercent") == ["1"]
    assert values(root, ".//c:dLbls/c:showVal") == ["0"]
    colours = re.findall(r"<c:dPt>.*?srgbClr val=\"(\w+)\"", etree.tostring(root, encoding="unicode"))
    assert colours == [*LOOK.colours, LOOK.colours[0]]


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_names_its_font(kind: str) -> None:
    """WPS and LibreOffice take none from the theme."""
    root = chart(kind, YEARS, ("收入", ["1", "2"]))
    faces = {one.get("typeface") for one in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}ea")}
    texts, named = root.findall(".//c:txPr", C), root.findall(".//c:txPr//{*}ea", C)
    assert faces == {LOOK.font.east_asian}
    assert len(texts) == len(named) > 0
