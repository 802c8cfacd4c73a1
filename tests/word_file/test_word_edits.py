"""The library of edits itself: each one leaves a valid file, does what it says and touches nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import word_edits as by_hand
from every import some
from office import Office
from refresh_cases import built
from word_by_hand import blocks, comments_of, contents_of, differing, everything
from word_edits import Edit, edited, save_in_word, save_in_wps

from generator.word_file.blocks import blocks_of
from generator.word_file.marked_file import open_marked

TOTAL = "年度收、支总计91.68万元"
ROW, TABLE = "抽查企业职工医保参保情况", "本年收入合计"

EDITS: dict[str, tuple[Edit, int, int]] = {
    # what is done: (edit, blocks that are gone, blocks that are new)
    "retype": (by_hand.retype("36.57", "36.60", within=TOTAL), 1, 1),
    "retype, mark collapsed": (by_hand.retype("36.57", "36.60", within=TOTAL, marks="collapsed"), 1, 1),
    "retype, mark around": (by_hand.retype("36.57", "36.60", within=TOTAL, marks="around"), 1, 1),
    "retype across a mark's edge": (by_hand.retype("总计91", "总数92", within=TOTAL), 1, 1),
    "delete words": (by_hand.delete_words("主要变动原因", within=TOTAL), 1, 1),
    "type behind": (by_hand.type_behind("36.57", "（审定）", within=TOTAL, inside_mark=True), 1, 1),
    "type at the beginning": (by_hand.type_at_beginning(TOTAL, "经汇总，"), 1, 1),
    "move words": (by_hand.move_words("与2019年36.57万元相比，", "增长150.70%。", within=TOTAL), 1, 1),
    "symbol": (by_hand.symbol_behind("人员经费增加"), 0, 0),
    "line break": (by_hand.line_break_behind("人员经费增加", "换行"), 1, 1),
    "paragraph behind": (by_hand.paragraph_behind(TOTAL, "新段。", mark_follows=True), 0, 1),
    "paragraph before": (by_hand.paragraph_before(TOTAL, "新段。"), 0, 1),
    "split": (by_hand.split_behind("增长150.70%。", within=TOTAL), 1, 2),
    "join": (by_hand.join_next("2020年一般公共预算支出决算数为"), 2, 1),
    "delete paragraph": (by_hand.delete_paragraph(TOTAL), 1, 0),
    "delete paragraph, mark stays": (by_hand.delete_paragraph(TOTAL, end_stays=True), 1, 0),
    "delete three": (by_hand.delete_from_to("3. 组织实施医疗保障", "5. 组织落实药品"), 3, 0),
    "retype paragraph": (by_hand.retype_paragraph(TOTAL, "重写。"), 1, 1),
    "copy paragraph": (by_hand.copy_paragraph(TOTAL, "9. 负责职责"), 0, 1),
    "move paragraph": (by_hand.move_paragraph("9. 负责职责", "7. 负责全区"), 1, 1),
    "section": (by_hand.new_section("三、支出决算情况说明", "补充", "一段。"), 0, 2),
    "move chapter": (by_hand.move_chapter("（二）政府采购支出情况", "（一）机关运行经费支出情况"), 2, 2),
    "delete chapter": (by_hand.delete_chapter("（三）国有资产占有使用情况"), 2, 0),
    "look": (by_hand.look("总计91", '<w:b/><w:color w:val="FF0000"/><w:sz w:val="36"/>', within=TOTAL), 0, 0),
    "highlight": (by_hand.highlight("36.57", within=TOTAL), 0, 0),
    "centre": (by_hand.centre(TOTAL), 0, 0),
    "font": (by_hand.font_everywhere("楷体"), 0, 0),
    "style": (by_hand.custom_style("局办公室正文", TOTAL), 0, 0),
    "page break": (by_hand.page_break_before("三、支出决算情况说明"), 0, 0),
    "bookmark": (by_hand.own_bookmark("人员经费增加"), 0, 0),
    "comment": (by_hand.comment("36.57", "请核对", within=TOTAL), 0, 0),
    "footnote": (by_hand.note("36.57", "据批复", within=TOTAL), 0, 0),
    "endnote": (by_hand.note("36.57", "据批复", within=TOTAL, kind="endnote"), 0, 0),
    "picture": (by_hand.picture(TOTAL), 0, 0),
    "picture alone": (by_hand.picture(TOTAL, own_paragraph=True), 0, 0),
    "text box": (by_hand.text_box("人员经费增加", "盖章处"), 0, 0),
    "hyperlink": (by_hand.hyperlink("与2019年36.57万元", "https://example.cn", within=TOTAL), 0, 0),
    "date field": (by_hand.date_field("人员经费增加", "2021年11月2日"), 1, 1),
    "control around": (by_hand.control_around(TOTAL), 0, 0),
    "control in line": (by_hand.control_in_line("36.57", within=TOTAL), 0, 0),
    "tracked retype": (by_hand.tracked_retype("36.57", "36.60", within=TOTAL), 1, 1),
    "tracked delete": (by_hand.tracked_delete("人员经费增加", within=TOTAL), 1, 1),
    "tracked type": (by_hand.tracked_type("人员经费增加", "等", within=TOTAL), 1, 1),
    "tracked paragraph": (by_hand.tracked_paragraph(TOTAL, "新段。"), 0, 1),
    "tracked delete of a paragraph": (by_hand.tracked_delete_paragraph(TOTAL), 1, 0),
    "tracked look": (by_hand.tracked_look("人员经费增加", within=TOTAL), 0, 0),
    "row": (by_hand.row_behind(ROW, "", "", "", "培训", "2场", "3场"), 0, 1),
    "delete row": (by_hand.delete_row(ROW), 1, 0),
    "delete the first row of a merge": (by_hand.delete_row("医保支付方式改革\t逐步推开"), 2, 1),
    "copy row": (by_hand.copy_row(ROW), 0, 1),
    "move row": (by_hand.move_row("重复参保人数", "开展医保政策宣传活动次数"), 1, 1),
    "cell": (by_hand.retype_cell(ROW, 5, "22家"), 1, 1),
    "shade": (by_hand.shade_cell(ROW, 5), 0, 0),
    "widths": (by_hand.column_widths(TABLE), 0, 0),
    "merge": (by_hand.merge_cells("总计\t31", 1, table=TABLE), 1, 1),
    "table": (by_hand.new_table(TOTAL, ("甲", "乙"), ("1", "2")), 0, 2),
    "delete table": (by_hand.delete_table("居民职工基金征收监管"), 15, 0),
    "tracked row": (by_hand.tracked_row(ROW, "", "", "", "培训", "2场", "3场"), 0, 1),
    "type in 目录": (by_hand.type_in_contents("二、机构设置", "二、机构情况"), 0, 0),
    "F9": (by_hand.update_contents(), 0, 0),
    "delete chart": (by_hand.delete_chart("图1："), 1, 0),
    "recolour": (by_hand.recolour_chart("图1："), 0, 0),
    "chart data": (by_hand.chart_value("图1：", "36.57", "36.6"), 0, 0),
    "resize": (by_hand.resize_chart("图1："), 0, 0),
    "header": (by_hand.header_text("内部资料"), 0, 0),
    "footer": (by_hand.footer_words("（送审）"), 0, 0),
    "properties": (by_hand.title_property("决算说明"), 0, 0),
    "saved in Word": (save_in_word(), 0, 0),
    "saved in WPS": (save_in_wps(), 0, 0),
}


def report() -> bytes:
    return built("gongjing-2020", (), False)


@pytest.mark.parametrize("name", some(list(EDITS), 3))
def test_an_edit(name: str, validate_docx: Callable[[bytes], str]) -> None:
    edit, gone, new = EDITS[name]
    made = edited(report(), edit)
    missing, added = differing(blocks(report()), blocks(made.docx))
    assert (len(missing), len(added)) == (gone, new), (missing, added)
    assert all(any(one in words for words in everything(made.docx)) for one in made.typed)
    assert validate_docx(made.docx) == ""
    opened = open_marked("a.docx", made.docx).value
    assert opened is not None
    texts = [block.text() for block in blocks_of(opened) if block.kind == "p" and not block.toc]
    plain = [text.replace("\ufffc", "").replace("\n", "") for text in texts]
    rows = {line for line in blocks(made.docx) if "\t" in line or line in ("", *made.typed)}
    paragraphs = [line.replace("\n", "") for line in blocks(made.docx) if line not in rows]
    assert [one for one in paragraphs if one not in plain] == []


def test_accepting_leaves_no_tracked_change(validate_docx: Callable[[bytes], str]) -> None:
    edits = ("tracked retype", "tracked type", "tracked paragraph", "tracked look", "tracked row")
    made = edited(
        report(),
        *(EDITS[name][0] for name in edits),
        by_hand.tracked_delete_paragraph("9. 负责职责范围内"),
        by_hand.accept_all(),
    )
    texts = blocks(made.docx)
    assert any("36.60" in text and "人员经费增加等" in text for text in texts)
    assert "新段。" in texts and not any("9. 负责职责范围内" in text for text in texts[:60])
    assert b"<w:ins " not in made.docx and validate_docx(made.docx) == ""


def test_a_copy_with_its_marks_has_names_twice(validate_docx: Callable[[bytes], str]) -> None:
    """What some programs write is not quite valid; only that is wrong with it."""
    made = edited(report(), by_hand.copy_paragraph(TOTAL, "9. 负责职责", marks="duplicated"))
    wrong = validate_docx(made.docx).splitlines()
    assert wrong and all("bookmark name" in line for line in wrong)


def test_libreoffice_opens_them_all(office: Office) -> None:
    """All edits that leave the anchors of the others alone, in one file, through a real LibreOffice."""
    names = (
        "comment", "footnote", "picture alone", "text box", "hyperlink", "tracked paragraph", "row", "table", "section",
        "move chapter", "header", "recolour", "saved in Word",
    )  # fmt: skip
    made = edited(report(), *(EDITS[name][0] for name in names))
    saved = office.round_trip(made.docx)
    texts = everything(saved)
    assert [one for one in made.typed if not any(one in text for text in texts)] == []
    assert "请核对" in [one.text for one in comments_of(saved)]
    assert contents_of(saved) == contents_of(made.docx)
