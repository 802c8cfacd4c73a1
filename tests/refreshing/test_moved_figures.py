"""Figures of one amount that a person has put elsewhere: each is renewed as what it is made of."""

from __future__ import annotations

from pathlib import Path

import docx
from chosen_rows import ROWS, written
from click.testing import CliRunner

from generator.cli import entry

CORRECTED = (("甲", "12"), ("甲", "6"), ("乙", "10"), ("乙", "10"), ("丙", "5"))


def run(*words: object) -> str:
    return CliRunner().invoke(entry, [str(word) for word in words]).output


def test_two_sums_of_19_are_not_taken_for_each_other(tmp_path: Path) -> None:
    """甲类 and 乙类 are 19.00 each; a person moves 乙类's number into a sentence of their own; 甲 is 18 now, 乙 20."""
    report, options = tmp_path / "报告.docx", ["--templates", str(tmp_path / "templates")]
    run("build", written(tmp_path, *ROWS), "-o", report, *options)
    document = docx.Document(str(report))
    line = next(one for one in document.paragraphs if one.text == "乙类支出19.00万元。")
    own = document.paragraphs[-1].insert_paragraph_before("据统计，乙类的数是")
    run_ = next(one for one in line.runs if one.text == "19.00")._r
    for element in (run_.getprevious(), run_, run_.getnext()):  # with its bookmark
        own._p.append(element)
    document.save(str(report))

    said = run("refresh", report, written(tmp_path, *CORRECTED), "-o", tmp_path / "新.docx", *options)

    texts = [one.text for one in docx.Document(str(tmp_path / "新.docx")).paragraphs]
    assert "据统计，乙类的数是20.00" in texts
    assert "甲类支出18.00万元。" in texts
    assert "R024" not in said
