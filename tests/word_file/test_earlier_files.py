"""Word files of the program before figures were known by what they are made of: all sums of one table bore one name.

`earlier/报告.docx` was made by that version from the rows of `chosen_rows.ROWS`; 甲类 and 乙类 share one mark in it.
"""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from chosen_rows import ROWS, written
from click.testing import CliRunner

from generator.cli import entry

EARLIER = Path(__file__).parent / "earlier" / "报告.docx"
CORRECTED = (("甲", "12"), ("甲", "6"), ("乙", "10"), ("乙", "10"), ("丙", "5"), ("丙", "1"), ("丁", "2"))


def run(*words: object) -> str:
    return CliRunner().invoke(entry, [str(word) for word in words]).output


@pytest.fixture
def options(tmp_path: Path) -> list[str]:
    written(tmp_path, *ROWS)
    return ["--templates", str(tmp_path / "templates")]


def test_it_still_explains_its_figures() -> None:
    assert run("explain", EARLIER, "43.00") == (
        "明细.数合计 = 430,000.00元\n"
        "  = 明细[1].数 ＋ 明细[2].数 ＋ 明细[3].数 ＋ 明细[4].数 ＋ 明细[5].数\n"
        "  各项都没有印在报告里\n"
        "  印成“43.00”，共1处：\n"
        "    第一部分 概况：共支出43.00万元，甲类占44.19%。\n"
    )


def test_nothing_has_changed_where_nothing_was_corrected(tmp_path: Path, options: list[str]) -> None:
    assert run("diff", EARLIER, tmp_path / "数据.yaml", *options).splitlines()[-1] == "没有差别。"
    assert run("diff", tmp_path / "数据.yaml", EARLIER, *options).splitlines()[-1] == "没有差别。"


def test_corrections_are_told_in_the_words_of_the_form(tmp_path: Path, options: list[str]) -> None:
    """丙类 was one row and is two now, 丁类 was none: the same places, sums of more rows."""
    told = run("diff", EARLIER, written(tmp_path, *CORRECTED), *options)

    for words in (
        "支出明细（类别：甲）·金额",
        "支出明细（类别：乙）·金额",
        "支出明细（类别：丙）·金额",
        "支出明细（第7行）·金额",
        "支出明细·金额合计",
        "19.00 → 18.00 万元，减少 1.00",
        "19.00 → 20.00 万元，增加 1.00",
        "5.00 → 6.00 万元，增加 1.00",
        "0 → 2.00 万元，增加 2.00",
        "43.00 → 46.00 万元，增加 3.00",
        "44.19% → 39.13%",
    ):
        assert words in told, told
    assert "新增" not in told and "不再有" not in told


def test_an_edited_one_is_brought_up_to_date(tmp_path: Path, options: list[str]) -> None:
    edited = tmp_path / "改过.docx"
    document = docx.Document(str(EARLIER))
    document.paragraphs[1].add_run("已经核对。")
    document.save(str(edited))

    said = run("refresh", edited, written(tmp_path, *CORRECTED), "-o", tmp_path / "新.docx", *options)

    assert [one.text for one in docx.Document(str(tmp_path / "新.docx")).paragraphs if one.text][1:] == [
        "甲类支出18.00万元。已经核对。",
        "乙类支出20.00万元。",
        "丙类支出6.00万元。",
        "丁类支出2.00万元。",
        "共支出46.00万元，甲类占39.13%。",
    ]
    assert "警告" not in said


def test_tracked_changes_show_the_numbers_that_differ(tmp_path: Path, options: list[str]) -> None:
    made = run("build", written(tmp_path, *CORRECTED), "--redline", EARLIER, "-o", tmp_path / "修订.docx", *options)
    assert "已生成" in made
    xml = docx.Document(str(tmp_path / "修订.docx")).element.xml
    struck = [part.split("<")[0] for part in xml.split("<w:delText")[1:] for part in [part.partition(">")[2]]]
    assert struck == ["19.00", "19.00", "5.00", "0", "43.00", "44.19"]
