"""A place as text, and read back from it: what a Word file keeps of a figure's origin."""

from __future__ import annotations

import pytest

from generator.place import Place


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("收支.yaml", 12), "收支.yaml 第12行"),
        (Place(line=3), "第3行"),
        (Place("我的 表.xlsx", sheet="表1", cell="C17"), "我的 表.xlsx · 表1!C17"),
        (Place("填报.xlsx", sheet="收支总表"), "填报.xlsx · 收支总表"),
        (Place("2024 第3行.yaml", 7), "2024 第3行.yaml 第7行"),
        (Place("填报.xlsx"), "填报.xlsx"),
        (Place(), ""),
    ],
)
def test_there_and_back(place: Place, text: str) -> None:
    assert str(place) == text
    assert Place.read(text) == place


def test_for_programs_only_what_applies() -> None:
    assert Place("收支.yaml", 12).as_data() == {"file": "收支.yaml", "line": 12}
    assert Place("填报.xlsx", sheet="表1", cell="C17").as_data() == {"file": "填报.xlsx", "sheet": "表1", "cell": "C17"}


def test_a_cell_of_a_table_without_a_name_reads_naturally() -> None:
    place = Place("公开.pdf", sheet="第12页第1张表", cell="第10行第4列")
    assert str(place) == "公开.pdf · 第12页第1张表第10行第4列"
    assert Place.read(str(place)) == place
