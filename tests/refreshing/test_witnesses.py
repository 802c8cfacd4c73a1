"""A table, a row, a paragraph is what it is by many witnesses; what is asked stands as a comment at its place."""

from __future__ import annotations

import copy
from pathlib import Path

import docx
import pytest
from chosen_rows import ROWS, written
from click.testing import CliRunner
from lost_witnesses import attempt, small
from refresh_cases import OURS, refreshed
from word_by_hand import Comment, WordFile, blocks, comments_of, in_contents, text_of, w
from word_edits import (
    Edit,
    Typed,
    delete_chart,
    delete_row,
    delete_table,
    edited,
    header_text,
    move_row,
    new_table,
    note,
    paragraph_behind,
    paste_plain,
    retype_cell,
    type_behind,
)

from generator.cli import entry
from generator.document.nodes import Document, Meta, Paragraph, Run
from generator.refreshing.refresh import Refreshed
from generator.refreshing.remarks import remark_finding
from generator.word.parts import Parts
from generator.word_file.paragraph import take_off_marks
from generator.writers.docx import write_docx

WAS = (9168, 3657, 9168, 9000, 8000, 8000, 1153, 961)
NOW = (9168, 9668, 9168, 9000, 8000, 8000, 1261, 961)
"""收入: 上年 36.57 → 96.68, a rise becomes a fall. 运行: 11.53 → 12.61 and its table with it."""


def ours(result: Refreshed) -> list[Comment]:
    return [one for one in comments_of(result.docx) if one.author == OURS]


def said(result: Refreshed) -> list[str]:
    return [remark_finding(one, "报告.docx").message for one in result.remarks]


def table(data: bytes, words: str) -> list[str]:
    """The rows of the table in which `words` stand."""
    rows = WordFile(data).table(words).iter(w("tr"))
    return ["\t".join(text_of(p) for p in row.iter(w("p"))) for row in rows]


def no_marks(file: WordFile) -> Typed:
    parts = Parts(file.save())
    take_off_marks(parts.tree(parts.document))
    file.restore(parts.save())
    return ()


def split(file: WordFile) -> Typed:
    """The table of 运行 goes on below, as Word splits it."""
    first = file.table("11.54")
    second = copy.deepcopy(first)
    for row in first.findall(w("tr"))[3:]:
        first.remove(row)
    for row in second.findall(w("tr"))[:3]:
        second.remove(row)
    paragraph = copy.deepcopy(next(first.itersiblings(w("p"))))
    first.addnext(paragraph)
    paragraph.addnext(second)
    return ()


KEPT: dict[str, tuple[tuple[Edit, ...], int]] = {
    "表头删去": ((delete_row("科目编码", table="11.54"),), 1),
    "表头删去，书签全没有了": ((delete_row("科目编码", table="11.54"), no_marks), 1),
    "前三行删去，书签全没有了": (
        (*[delete_row(one, table="11.98") for one in ("科目编码", "11.54", "11.65")], no_marks),
        3,
    ),
    "书签全没有了，行换了位置": ((no_marks, move_row("11.54", "11.98", table="11.98")), 0),
    "表拆成两张": ((split,), 0),
    "表拆成两张，书签全没有了": ((split, no_marks), 0),
}


@pytest.mark.parametrize("name", KEPT)
def test_a_table_that_is_partly_there_gets_the_new_figures(name: str) -> None:
    edits, missing = KEPT[name]

    result = refreshed(edited(small(WAS), *edits).docx, small(NOW))

    shown = [one for one in blocks(result.docx) if one.count("\t") == 3]
    lost = [one for one in blocks(small(NOW)) if one.count("\t") == 3 and one not in shown]
    assert not [one for one in shown if one.split("\t")[2] in ("11.54", "11.65", "11.76", "11.87", "11.98", "11.53")]
    assert [one for one in shown if "社会发展\t13.06" in one]
    assert len(lost) == max(missing - 1, 0), lost  # 科目编码 stands over the other tables too
    assert not [one for one in said(result) if "表‘运行表’”更正后" in one]


def test_a_header_of_ones_own() -> None:
    edits = [retype_cell("科目编码", column, f"我的表头{column}", table="11.54") for column in (1, 2, 3, 0)]

    result = refreshed(edited(small(WAS), *edits).docx, small(NOW))

    assert table(result.docx, "我的表头0")[1] == "2080101\t行政运行\t12.62\t0.00"


def test_a_copied_table_without_marks_is_renewed_like_the_original() -> None:
    def pasted(file: WordFile) -> Typed:
        twin = copy.deepcopy(file.table("11.54"))
        for one in list(twin.iter(w("bookmarkStart"), w("bookmarkEnd"))):
            one.getparent().remove(one)
        file.paragraph("以上数据已经核对。").addprevious(twin)
        return ()

    result = refreshed(edited(small(WAS), pasted).docx, small(NOW))

    assert blocks(result.docx).count("2080101\t行政运行\t12.62\t0.00") == 2
    assert (result.remarks, ours(result)) == ((), [])


def test_a_copy_of_one_of_two_tables_that_read_alike_is_asked_about() -> None:
    """甲基金 and 乙基金 are 0 both; 乙 has 1.00 now: nobody can say which of them a copy without marks is."""

    def pasted(file: WordFile) -> Typed:
        twin = copy.deepcopy(next(file.paragraph("甲基金表").itersiblings(w("tbl"))))
        for one in list(twin.iter(w("bookmarkStart"), w("bookmarkEnd"))):
            one.getparent().remove(one)
        file.paragraph("以上数据已经核对。").addnext(twin)
        return ()

    was, now = small((9168, 3657, *WAS[2:])), small((9168, 3658, *WAS[2:]))

    result = refreshed(edited(was, pasted).docx, now)

    assert [one.text for one in ours(result)] == [
        "更正前有几张表这里读来一样，更正后不同，这张表是哪一张分不清，没有更新，请对照新生成的报告核对。"
    ]


@pytest.mark.parametrize("place", ["以上数据已经核对。", "目录"])
def test_a_copied_paragraph_without_marks_is_renewed_like_the_original(place: str) -> None:
    words = "收入总计91.68万元。与上年36.57万元相比，增加55.11万元。主要原因是人员变动。"

    def into_contents(file: WordFile) -> Typed:
        line = [one for one in file.body.iter(w("p")) if in_contents(one)][1]
        paste_plain("以上数据已经核对。", words)(file)
        line.addnext(file.paragraph(words, 1))
        return ()

    edit = into_contents if place == "目录" else paste_plain(place, words)

    result = refreshed(edited(small(WAS), edit).docx, small(NOW))

    new = "收入总计91.68万元。与上年96.68万元相比，减少5.00万元。主要原因是人员变动。"
    assert blocks(result.docx).count(new) == 2
    assert (result.remarks, ours(result)) == ((), [])


def test_what_was_deleted_is_told_with_its_section_and_the_new_numbers() -> None:
    made = edited(small(WAS), delete_table("11.54"), delete_chart("图：收入"))

    result = refreshed(made.docx, small(NOW))

    assert said(result) == [
        "一、收入情况：由人删去的“图‘收入图’”更正后有变化，没有恢复",
        "四、运行情况：由人删去的“表‘运行表’”更正后有变化，没有恢复",
    ]
    assert [one.new for one in result.remarks] == [
        "上年 36.57→96.68",
        "2080101 行政运行 11.54→12.62；2080102 一般行政管理事务 11.65→12.73；2080104 综合业务管理 11.76→12.84；"
        "2130505 生产发展 11.87→12.95；等6行",
    ]
    assert [(one.on, one.text[:40]) for one in ours(result)] == [
        ("一、收入情况", "由人删去、没有恢复的，更正后有变化：“图‘收入图’”现在是：上年 36.57→9"),
        ("四、运行情况", "由人删去、没有恢复的，更正后有变化：“表‘运行表’”现在是：2080101 行政"),
    ]
    assert refreshed(result.docx, small(NOW)).remarks == ()


def test_a_deleted_table_beside_one_of_a_persons_own() -> None:
    own = new_table("以上数据", ("项目", "说明"), ("甲", "乙"))

    result = refreshed(edited(small(WAS), own, delete_table("11.54")).docx, small(NOW))

    assert [one.old for one in result.remarks] == ["表‘运行表’"]


def test_a_deleted_row_is_told_at_the_table() -> None:
    result = refreshed(edited(small(WAS), delete_row("11.65")).docx, small(NOW))

    assert [(one.on, one.text) for one in ours(result)] == [
        (
            "科目编码",
            "由人删去、没有恢复的，更正后有变化：“2080102 一般行政管理事务”现在是：11.65→12.73。需要的话请补上。",
        )
    ]


OLD = "“55.11”是更正前的数，更正后是“减少 5.00”。这里没有改动，请核对这一句。"
LEFT: dict[str, tuple[Edit, str, str]] = {
    "自己的一段": (paragraph_behind("以上数据", "收入比上年增加55.11万元。"), "55.11", OLD),
    "脚注": (note("以上数据", "比上年增加55.11万元"), "以上数据已经核对。", f"脚注里：{OLD}"),
    "页眉": (header_text("比上年增加55.11万元"), "目录", f"页眉里：{OLD}"),
}


@pytest.mark.parametrize("where", LEFT)
def test_an_old_figure_typed_by_hand_is_a_comment_with_its_direction(where: str) -> None:
    edit, on, text = LEFT[where]

    result = refreshed(edited(small(WAS), edit).docx, small(NOW))

    assert [(one.on, one.text) for one in ours(result)] == [(on, text)]
    again = refreshed(result.docx, small(NOW))
    assert len(ours(again)) == 1


def test_a_difference_that_is_none_any_more() -> None:
    made = edited(small(WAS), paragraph_behind("以上数据", "收入比上年增加55.11万元。"))

    result = refreshed(made.docx, small((9168, 9168, *WAS[2:])))

    assert "“55.11”是更正前的数，更正后是“持平”。这里没有改动，请核对这一句。" in [one.text for one in ours(result)]


ASKED: dict[str, tuple[Edit, list[tuple[str, str]]]] = {
    "下一段": (
        paragraph_behind("收入总计91.68", "以上增长主要来自新增业务。"),
        [("以上增长主要来自新增业务。", "增长")],
    ),
    "同一段": (
        type_behind("主要原因是人员变动。", "收入大幅增长。", within="收入总计91.68"),
        [("收入大幅增长。", "增长")],
    ),
    "方向没有变的一章": (paragraph_behind("运行总计11.53", "以上增长主要来自新增业务。"), []),
    "说的是减少": (paragraph_behind("收入总计91.68", "支出将压减，减少浪费。"), []),
    "隔了标题": (paragraph_behind("以上数据", "以上增长主要来自新增业务。"), []),
}


@pytest.mark.parametrize("where", ASKED)
def test_words_that_contradict_a_sign_that_changed_are_asked_about(where: str) -> None:
    edit, wanted = ASKED[where]

    result = refreshed(edited(small(WAS), edit).docx, small(NOW))

    asked = [one for one in result.remarks if one.kind == "contradiction"]
    assert [one.theirs for one in asked] == [word for _, word in wanted]
    assert [remark_finding(one, "报告.docx").code for one in asked] == ["R031"] * len(wanted)
    texts = [one.text for one in ours(result) if one.on == "增长"]
    assert texts == [
        "这里写的是“增长”，而收入.本年与收入.上年之差更正后是减少（更正前是增加）：请核对这句话还对不对。"
    ] * len(wanted)
    assert len(ours(refreshed(result.docx, small(NOW)))) == len(ours(result))


def numbered_report(*lines: str) -> bytes:
    from lost_witnesses import _look

    texts = tuple(Paragraph((Run(one),)) for one in lines)
    return write_docx(Document(Meta("小报告"), texts), _look())  # type: ignore[arg-type]


def test_no_number_stands_twice_beside_a_kept_paragraph() -> None:
    """科目 2130506 is gone from the data; a person had written into its paragraph; the item behind it was the 8th."""
    first, gone, last = (
        "行政运行支出，用于日常工作。",
        "社会发展支出，用于扶持村级集体经济。",
        "住房公积金支出，用于缴存公积金。",
    )
    was = numbered_report(f"6.{first}", f"7.{gone}", f"8.{last}", f"9.{first}")
    now = numbered_report(f"6.{first}", f"7.{last}", f"8.{first}")

    result = refreshed(edited(was, type_behind("村级集体经济", "（含上年结转）")).docx, now)

    after = [f"6.{first}", "7.社会发展支出，用于扶持村级集体经济（含上年结转）。", f"8.{last}", f"9.{first}"]
    assert blocks(result.docx) == after
    assert blocks(refreshed(result.docx, now).docx) == after


def test_the_list_of_what_is_to_do(tmp_path: Path) -> None:
    def run(*words: object) -> str:
        return CliRunner().invoke(entry, [str(word) for word in words]).output

    report, options = tmp_path / "报告.docx", ["--templates", str(tmp_path / "templates")]
    run("build", written(tmp_path, *ROWS), "-o", report, *options)
    document = docx.Document(str(report))
    document.add_paragraph("甲类支出共19.00万元，都已核实。")
    document.save(str(report))
    corrected = written(tmp_path, ("甲", "12"), ("甲", "6"), ("乙", "10"), ("乙", "10"), ("丙", "5"))

    run("refresh", report, corrected, "-o", tmp_path / "新.docx", "--todo", tmp_path / "待办.docx", *options)
    refused = run("refresh", report, corrected, "-o", tmp_path / "新.docx", "--todo", tmp_path / "新.docx", *options)

    listed = docx.Document(str(tmp_path / "待办.docx"))
    assert "“新.docx”更新以后，下列1处要由人看一看，文件里都有批注。" in [one.text for one in listed.paragraphs]
    cells = [[cell.text for cell in row.cells] for row in listed.tables[0].rows]
    assert cells[0] == ["序号", "在哪里，要看什么", "怎么办", "办结"]
    assert [cells[1][0], cells[1][3]] == ["1", "□"]
    assert "19.00 是更正前的数" in cells[1][1]
    assert "R033" in refused and "待办不能写到“新.docx”" in refused


@pytest.mark.parametrize("seed", ["1.28", "2.52", "3.57", "4.46", "4.105", "1.11"])
def test_whatever_is_taken_away(seed: str) -> None:
    """More of it: tests/long/lost_witnesses.py."""
    assert attempt(seed)[2] == []
