"""File names that every system accepts, and what a person sees of one."""

from __future__ import annotations

import os
import sys

import pytest

from generator.names import fitting, harmless, readable, safe_file_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2020-甲局-部门决算编制说明", "2020-甲局-部门决算编制说明"),
        ('甲/乙\\丙:丁*戊?己"庚<辛>壬|癸', "甲_乙_丙_丁_戊_己_庚_辛_壬_癸"),
        ("甲\n局\t\x85\u2028二", "甲_局___二"),
        (" .甲局. ", "甲局"),
        ("", "_"),
        ("..", "_"),
        # nothing that turns the reading round or is not seen
        ("报告\u202excod\u2066\u200f", "报告xcod"),
        ("甲\u200b\u200c\u200d\u2060\ufeff\u00ad局\ufe0f\u3164\U000e0101\ufffe", "甲局"),
        ("\u200b", "_"),
        ("甲\ud800局", "甲_局"),
        # devices of Windows
        ("NUL", "_NUL"),
        ("nul.txt", "_nul.txt"),
        ("aux.docx", "_aux.docx"),
        ("COM1.x.y", "_COM1.x.y"),
        ("lpt¹ .txt", "_lpt¹ .txt"),
        ("CONIN$", "_CONIN$"),
        ("C\u200bON", "_CON"),
        ("CON局", "CON局"),
        ("COM1-甲局", "COM1-甲局"),
    ],
)
def test_a_name_that_every_system_accepts(text: str, name: str) -> None:
    assert safe_file_name(text) == name


LONG = "某市某区" * 20 + "卫生健康局"


@pytest.mark.parametrize(
    ("name", "words", "made"),
    [
        (f"2020-{LONG}-项目支出绩效自评报告", [LONG, "甲"], f"2020-{LONG[:54]}-项目支出绩效自评报告"),
        (f"2020-a/b{LONG}-决算", [f"a/b{LONG}"], f"2020-a_b{LONG[:61]}-决算"),
        (f"{LONG}-2020-{LONG}", [LONG], f"{LONG[:32]}-2020-{LONG[:32]}"),
        (f"2020-{LONG}-{LONG}", ["不在其中"], f"2020-{LONG[:31]}{LONG[-34:]}"),
        ("e\u0301" * 90 + "x" * 90, ["e\u0301" * 90], "\u00e9" * 55 + "x" * 90),
        (f"2020-{'x' * 179}\u0323\u0301-决算报告书", ["x" * 179 + "\u0323\u0301"], f"2020-{'x' * 178}-决算报告书"),
    ],
    ids=["unit", "signs", "twice", "unknown", "composed", "accents"],
)
def test_a_long_unit_is_cut_and_not_year_and_kind(name: str, words: list[str], made: str) -> None:
    assert safe_file_name(name, words) == made
    assert len(made.encode()) <= 200


def test_a_name_takes_its_ending_whatever_its_length() -> None:
    assert fitting("甲", "（2）.docx") == "甲（2）.docx"
    assert fitting("长" * 90, "（更新）.docx") == "长" * 79 + "（更新）.docx"


def test_what_was_asked_for_keeps_all_that_is_seen() -> None:
    assert harmless("a:b\u202e  .docx") == "a:b  .docx"
    assert harmless("nul.docx") == "_nul.docx"


@pytest.mark.skipif(sys.platform == "win32", reason="names are UTF-16 on Windows")
@pytest.mark.parametrize(
    ("on_disk", "read"),
    [
        ("数据".encode(), "数据"),
        ("数据".encode("gbk"), "数据"),
        ("收支".encode("gbk"), "收支"),
        ("收支".encode("gbk") + "（更新）".encode(), "收支（更新）"),
        (b"\xff\xff.yaml", "\\xff\\xff.yaml"),
    ],
)
def test_a_name_in_whatever_coding_is_read(on_disk: bytes, read: str) -> None:
    assert readable(os.fsdecode(on_disk)) == read
