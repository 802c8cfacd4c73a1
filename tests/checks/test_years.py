"""Years left over from another year's report."""

from __future__ import annotations

import pytest
from support import Form, pack_folder

FIELDS = """
公开时间: {类型: 日期, 标签: 公开时间}
说明: {类型: 长文, 标签: 说明, 年度性: 是}
职能: {类型: 长文, 标签: 主要职能, 沿用: 是}
项目:
  标签: 项目
  行:
    主键: 名称
    字段:
      名称: {类型: 文字, 标签: 名称}
      依据: {类型: 长文, 标签: 立项依据, 沿用: 是}
      进展: {类型: 长文, 标签: 进展, 年度性: 是}
"""


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Form:
    return Form(pack_folder(tmp_path_factory.mktemp("pack"), fields=FIELDS))


def said(form: Form, data: str) -> list[str]:
    """What is said of years; other rooms may have something to say of the same words."""
    findings = form.report(data).findings
    return [f"{d.code} {d.message}" for d in findings if d.code in ("C003", "C004", "C005")]


@pytest.mark.parametrize(
    "words",
    [
        "2020年完成任务。",
        "比2019年增加。",
        "依据财预〔2018〕12号文件。",
        "依据川财预[2016]3号。",
        "依据川财预（2016）3号。",
        "执行《预算法（2014年修正）》和《2015年规划》。",
        "共2018人次，12018元，编号2018001。",
        "2021年10月公开。",
        "热线 0813-2018-12。",
        "依据国办发（2018）3号、财预【2018】5号。",
        "财政部公告2018年第3号、省政府令2016年第12号。",
        "执行预算法（2018年12月29日第十三届全国人民代表大会常务委员会第七次会议修正）。",
        "自2015年1月1日起施行的办法。",
        "国家医保目录（2018年版）。",
        "落实2016—2020年卫生健康规划。",
        "落实三年行动计划（2017—2019年）。",
        "完成2018.12万元，增长2018.05%。",
        "近15年度的数据。",
    ],
)
def test_years_that_belong_there(form: Form, words: str) -> None:
    assert said(form, f"公开时间: 2021-10-26\n说明: {words}\n") == []


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("2018年完成任务。", "2018年"),
        ("截至2018 年末。", "2018年"),
        ("2017年、2018年和2020年。", "2017年、2018年"),
        ("截至2018.12.31止。", "2018年"),
        ("截至2018-12-31止。", "2018年"),
        ("《2015年规划》自2016年起执行。", "2016年"),
        ("2022年计划。", "2022年"),
        ("２０１８年完成。", "2018年"),
        ("2018-2019年完成。", "2018年"),
        ("2018至2019年完成规划编制。", "2018年"),
        ("2018、2019年完成。", "2018年"),
        ("2018—2020年完成。", "2018年"),
        ("2016年和2017年度完成。", "2016年、2017年"),
        ("截至2018.12止。", "2018年"),
        ("截至2018/12/31止。", "2018年"),
        ("二〇一八年完成。", "2018年"),
        ("二零一八年度完成。", "2018年"),
        ("18年度完成。", "2018年"),
        ("2018年本局完成。", "2018年"),
        ("2018年12月完成办法的修订并实施。", "2018年"),
    ],
)
def test_years_that_were_left_over(form: Form, words: str, years: str) -> None:
    assert said(form, f"公开时间: 2021-10-26\n说明: {words}\n") == [
        f"C003 说明里出现{years}，不是2020年度报告应有的年份"
    ]


def test_a_long_text_is_reported_with_the_sentence(form: Form) -> None:
    """The stale year of a long paragraph, and a second one further on."""
    words = "全年工作围绕中心开展，各项任务按计划推进，制度建设、队伍建设和信息化建设都有新的进展。"
    assert said(form, f"说明: {words}我中心在2018年9月18日整体入住县政务中心。{words}截至2017年末基本完成。\n") == [
        "C003 说明里出现2017年、2018年（“我中心在2018年9月18日整体入住县政务中心”、“截至2017年末基本完成”），"
        "不是2020年度报告应有的年份"
    ]


def test_the_year_of_publication_needs_its_date(form: Form) -> None:
    assert said(form, "说明: 2021年公开。\n") == ["C003 说明里出现2021年，不是2020年度报告应有的年份"]


def test_standing_texts_may_tell_history(form: Form) -> None:
    data = "职能: 2018年机构改革时组建。\n项目:\n  - {名称: 甲, 依据: 2015年立项。, 进展: 2015年动工。}\n"
    assert said(form, data) == [
        "C005 主要职能里出现2018年",
        "C005 项目（甲）·立项依据里出现2015年",
        "C003 项目（甲）·进展里出现2015年，不是2020年度报告应有的年份",
    ]


@pytest.mark.parametrize(
    ("day", "wrong"), [("2021-10-26", False), ("2022-01-05", False), ("2020-10-26", True), ("2031-10-26", True)]
)
def test_a_report_is_published_in_the_year_after(form: Form, day: str, wrong: bool) -> None:
    found = said(form, f"公开时间: {day}\n")
    assert bool(found) == wrong
    assert all(line.startswith("C004 公开时间20") for line in found)
