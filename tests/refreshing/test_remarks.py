"""What `juesuan refresh` says of the places that a person has to decide: the sentence and the advice, one kind each."""

from __future__ import annotations

import pytest
from refresh_cases import Change, built, prepared, refreshed
from test_refresh_scenarios import CORRECTIONS, SCENARIOS
from word_by_hand import WordFile, blocks, w
from word_edits import Edit, Typed, edited, paragraph_behind

from generator.refreshing.remarks import remark_finding

SAID = {
    "重写变动原因，更正后却是持平：两边都改了，留人写的": (
        "R020",
        "第二部分 2020年度部门决算情况说明 › 一、收入支出决算总体情况说明："
        "“主要变动原因是参保扩面工作经费增加。”由人改过，"
        "更正后应删去“主要变动原因是人员经费增加及公用经费增加。”，两处改动合不到一起，保留了人写的",
    ),
    "手工改了上年数，Word 删去了书签": (
        "R021",
        "第二部分 2020年度部门决算情况说明 › 一、收入支出决算总体情况说明："
        "手工把数改成了“36.60”，按填报数据应为 96.68，没有改动",
    ),
    "项目减少，它的一段有人改过": ("R022", "更正后的报告里没有“项目全年预算数1.00万元"),
    "删去的一段，更正后会不同": (
        "R023",
        "› 一、收入支出决算总体情况说明：由人删去的“2020年度收、支总计91.68万元。与2019年36.57万元相比",
    ),
    "人写的数正好等于旧数": (
        "R024",
        "第二部分 2020年度部门决算情况说明 › 一、收入支出决算总体情况说明：36.57 是更正前的数，更正后是 96.68",
    ),
    "合并了两格，这一行的数更正了": (
        "R026",
        "第五部分 附表 › 一、收入支出决算总表 › 表“收入支出决算总表”：由人改过列或合并，或分不清是哪张表，没有全部并入",
    ),
    "改了图里的数": (
        "R027",
        "第二部分 2020年度部门决算情况说明 › 一、收入支出决算总体情况说明："
        "图“收支总计变动”的数据由人改过，没有自动更新",
    ),
}


@pytest.mark.parametrize("name", SAID)
def test_the_report_says_it(name: str) -> None:
    scenario = next(one for one in SCENARIOS if one.name == name)
    docx, _, fresh = prepared(scenario, CORRECTIONS)

    said = [remark_finding(one, "报告.docx") for one in refreshed(docx, fresh).remarks]

    code, message = SAID[name]
    assert [one.code for one in said] == [code]
    assert message in said[0].message
    assert said[0].hint
    assert str(said[0].place) == "报告.docx"


def difference_copied_into(own: str) -> Edit:
    """A person pastes the difference, with its mark, behind words of their own."""

    def edit(file: WordFile) -> Typed:
        typed = paragraph_behind("年度收、支总计91.68万元", own)(file)
        figure = next(
            run for run in file.paragraph("收、支总计各增加55.11").iter(w("r")) if run.findtext(w("t")) == "55.11"
        )
        start, end = figure.getprevious(), figure.getnext()
        target = file.paragraph(own)
        for one in (start, figure, end):
            target.append(one)
        return typed

    return edit


def _refreshed_with(own: str, prior: str) -> tuple[list[tuple[str, str]], str]:
    """What is said, and the paragraph in which a person had copied the growth of 55.11 behind `own`."""
    docx = edited(built("gongjing-2020", (), False), difference_copied_into(own)).docx
    fresh = built("gongjing-2020", (Change("收支.yaml", "上年: 365700.00", f"上年: {prior}", 3),), False)
    result = refreshed(docx, fresh)
    said = [(one.code, one.message) for one in (remark_finding(one, "报告.docx") for one in result.remarks)]
    return said, next(text for text in blocks(result.docx) if text.startswith("今年比去年"))


def test_words_of_a_person_that_say_the_wrong_direction() -> None:
    assert _refreshed_with("今年比去年减少", "300000.00") == (
        [
            (
                "R025",
                "第二部分 2020年度部门决算情况说明 › 一、收入支出决算总体情况说明："
                "“减少61.68”的说法与数据不符，按数据是增加",
            )
        ],
        "今年比去年减少61.68",
    )


def test_words_of_a_person_turn_with_the_figure() -> None:
    assert _refreshed_with("今年比去年增加", "966800.00") == ([], "今年比去年减少5.00")


def test_other_words_than_the_program_knows_keep_their_figure() -> None:
    assert _refreshed_with("今年比去年多花了", "966800.00") == (
        [
            (
                "R030",
                "第二部分 2020年度部门决算情况说明 › 一、收入支出决算总体情况说明："
                "“55.11”由人改过，按填报数据是“减少5.00”，整句没有改动",
            )
        ],
        "今年比去年多花了55.11",
    )
