"""A real report whose figures, reasons and clauses a person has typed otherwise; then a rise is corrected to a fall."""

from __future__ import annotations

import unicodedata

import pytest
from refresh_cases import OURS, Change, built, common, refreshed
from word_by_hand import WordFile, blocks, comments_of, places, set_text
from word_edits import Typed, edited, move_words, overtype, retype

WAS = built("gongjing-2020", (), False)
REASON, NEW_REASON = "人员经费增加及公用经费增加", "新增参保服务窗口，人员和公用经费相应增加"
LESS = Change("收支.yaml", "上年: 365700.00", "上年: 966800.00", 3)
FELL = built("gongjing-2020", (LESS,), False)
TOTAL = "2020年度收、支总计91.68万元"
SENTENCE = "与2019年96.68万元相比，收、支总计各减少5.00万元，下降5.17%。"
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


def every_digit_full_width(file: WordFile) -> Typed:
    for paragraph in file.paragraphs():
        for one in {id(place.element): place.element for place in places(paragraph)}.values():
            if one.text:
                set_text(one, one.text.translate(WIDE))
    return ()


def total_of(docx: bytes) -> str:
    return next(one for one in blocks(docx) if "收、支总计" in one and "万元" in one and "与" in one)


def test_full_width_digits_are_the_same_figures() -> None:
    result = refreshed(edited(WAS, every_digit_full_width).docx, FELL)

    assert [unicodedata.normalize("NFKC", one) for one in blocks(result.docx)] == [
        unicodedata.normalize("NFKC", one) for one in blocks(FELL)
    ]
    assert "各减少５．００万元，下降５．１７%" in total_of(result.docx)
    assert [one for one in result.remarks if one.kind in ("overtyped", "clause", "conflict")] == []


def test_a_reason_that_both_changed_is_the_persons_and_the_new_one_is_asked_about() -> None:
    fresh = built("gongjing-2020", (LESS, Change("收支.yaml", f"原因: {REASON}", f"原因: {NEW_REASON}", 3)), False)
    made = edited(WAS, retype(REASON, "地人员调资及公用经费增加", within=TOTAL))

    result = refreshed(made.docx, fresh)

    assert total_of(result.docx).endswith(f"{SENTENCE}主要变动原因是地人员调资及公用经费增加。")
    [comment] = [one for one in comments_of(result.docx) if one.author == OURS]
    assert comment.on == "地人员调资及公用经费增加"
    assert f"更正后这里是：“主要变动原因是{NEW_REASON}。”" in comment.text
    assert common(made.docx, made.typed, fresh, result) == []


@pytest.mark.parametrize(
    "edit",
    [
        overtype("55.11", "55.12", within=TOTAL),
        retype("增长150.70%", "增长约1.5倍", within=TOTAL),
        retype("各增加", "各多出", within=TOTAL),
    ],
)
def test_a_comparison_with_a_hand_is_left_whole(edit: object) -> None:
    made = edited(WAS, edit)  # type: ignore[arg-type]

    result = refreshed(made.docx, FELL)

    assert total_of(result.docx) == total_of(made.docx)
    [comment] = [one for one in comments_of(result.docx) if one.author == OURS]
    assert f"按填报数据是：“{SENTENCE}”" in comment.text
    assert common(made.docx, made.typed, FELL, result) == []


def test_clauses_in_another_order_turn_together() -> None:
    made = edited(WAS, move_words("，增长150.70%", "年36.57万元相比", within=TOTAL))
    assert "与2019年36.57万元相比，增长150.70%，收、支总计各增加55.11万元。" in total_of(made.docx)

    result = refreshed(made.docx, FELL)

    assert "与2019年96.68万元相比，下降5.17%，收、支总计各减少5.00万元。" in total_of(result.docx)
