"""checks.yaml: the rule as its author wrote it, the figures typed, what the office is told."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import Form, Report, pack_folder

from generator.diagnostics.as_text import as_text

FIELDS = """
收入:
  标签: 收入
  字段:
    合计: {类型: 金额, 标签: 收入合计, 可负: 是}
    财政: {类型: 金额, 标签: 财政拨款收入, 可负: 是}
    其他: {类型: 金额, 标签: 其他收入, 可负: 是}
人数: {类型: 个数, 标签: 人数, 单位: 人}
行政: {类型: 是否, 标签: 行政单位}
支出:
  标签: 支出
  行:
    主键: 科目
    字段:
      科目: {类型: 功能科目, 标签: 科目}
      基本: {类型: 金额, 标签: 基本支出, 可负: 是}
      项目: {类型: 金额, 标签: 项目支出, 可负: 是}
      合计: {类型: 金额, 标签: 支出合计, 可负: 是}
"""
SUM = """
收入合计:
  左: =收入.合计
  右: =收入.财政 + 收入.其他
  说明: 收入合计与各项之和不一致
  怎么办: 请核对各项收入
  依据: 表1
"""


@pytest.fixture(scope="module")
def check(tmp_path_factory: pytest.TempPathFactory):
    """The findings of the rules given on the data given."""
    forms: dict[str, Form] = {}

    def run(rules: str, data: str, unit: str = "万元") -> Report:
        if rules not in forms:
            forms[rules] = Form(pack_folder(tmp_path_factory.mktemp("pack"), fields=FIELDS, checks=rules))
        return forms[rules].report(data, unit=unit)

    return run


def income(total: object, *parts: object) -> str:
    return f"收入:\n  合计: {total}\n  财政: {parts[0]}\n  其他: {parts[1]}\n"


def test_both_sides_difference_places_and_what_to_do(check) -> None:
    (found,) = check(SUM, income("10.00", "6.00", "5.00")).findings
    assert as_text(found) == (
        "错误 收入合计  数据.yaml 第7行\n"
        "    收入合计与各项之和不一致：收入合计 100,000.00元，收入.财政 + 收入.其他 110,000.00元，相差 10,000.00元\n"
        "    请核对各项收入\n"
        "    涉及：数据.yaml 第8行；数据.yaml 第9行\n"
        "    依据：表1"
    )


def test_sides_may_have_names_of_their_own(check) -> None:
    rule = SUM + "  左名: 表一收入\n  右名: 各项相加\n"
    (found,) = check(rule, income(10, 6, 5)).findings
    assert "表一收入 100,000.00元，各项相加 110,000.00元" in found.message


@pytest.mark.parametrize(
    ("unit", "total", "first", "second", "fine"),
    [
        ("元", "100.00", "60.00", "40.00", True),
        ("元", "100.01", "60.00", "40.00", False),
        ("万元", "10.00", "6.00", "4.00", True),
        ("万元", "10.01", "6.00", "4.00", True),
        ("万元", "10.02", "6.00", "4.00", False),
        ("万元", "10.015", "6.00", "4.00", False),
        ("万元", "10.0105", "6.00", "4.00", False),
        ("万元", "10", "6", "4.01", True),
        ("万元", "10", "6", "4.02", False),
        ("万元", "-10.01", "-6.00", "-4.00", True),
        ("亿元", "10.01", "6.00", "4.00", True),
        ("万元", "100000元", "60000元", "40000.01元", False),
    ],
)
def test_rounding_is_forgiven_and_nothing_more(
    check, unit: str, total: str, first: str, second: str, fine: bool
) -> None:
    """Half of the last digit typed for each figure; figures in 元 agree to the cent."""
    report = check(SUM, income(total, first, second), unit)
    assert ("收入合计" not in report.codes) == fine


@pytest.mark.parametrize(
    ("relation", "left", "fine"),
    [
        ("等于", "10", True),
        ("等于", "11", False),
        ("等于", "10.01", True),
        ("印得相等", "10.00", True),
        ("印得相等", "10.01", False),
        ("不大于", "9", True),
        ("不大于", "10.01", True),
        ("不大于", "11", False),
        ("不小于", "11", True),
        ("不小于", "9.99", True),
        ("不小于", "9", False),
    ],
)
def test_relations(check, relation: str, left: str, fine: bool) -> None:
    report = check(SUM + f"  关系: {relation}\n", income(left, "6.00", "4.00"))
    assert (report.codes == []) == fine


@pytest.mark.parametrize(("word", "severity"), [("错误", "错误"), ("警告", "警告"), ("提示", "提示")])
def test_severities(check, word: str, severity: str) -> None:
    (found,) = check(SUM + f"  等级: {word}\n", income(1, 1, 1)).findings
    assert found.severity.word == severity


ROWS = """
行合计:
  逐行: =支出
  左: =行.合计
  右: =行.基本 + 行.项目
  说明: 支出合计与基本、项目之和不一致
"""


def test_each_row_is_checked_and_named(check) -> None:
    data = (
        "支出:\n"
        "  - {科目: 2080104, 基本: 0, 项目: 13, 合计: 13}\n"
        "  - {科目: 2080109, 基本: 5, 项目: 1, 合计: 5}\n"
        "  - {科目: 2210201, 基本: 5, 项目: 0, 合计: 4}\n"
    )
    findings = check(ROWS, data).findings
    assert [(d.message.split("：")[0], str(d.place)) for d in findings] == [
        ("支出[2080109] 支出合计与基本、项目之和不一致", "数据.yaml 第8行"),
        ("支出[2210201] 支出合计与基本、项目之和不一致", "数据.yaml 第9行"),
    ]


def test_one_row_that_cannot_be_checked_does_not_hide_the_next(check) -> None:
    data = "支出:\n  - {科目: 2080104, 项目: 13, 合计: 13}\n  - {科目: 2080109, 基本: 5, 项目: 1, 合计: 5}\n"
    assert check(ROWS, data).codes == ["行合计"]
    conditions = "正数: {逐行: =支出, 应当: =行.基本 > 0, 说明: 没有基本支出}\n"
    data = "支出:\n  - {科目: 2080104, 项目: 13, 合计: 13}\n  - {科目: 2080109, 基本: 0, 项目: 1, 合计: 1}\n"
    assert [str(d.place) for d in check(conditions, data).findings] == ["数据.yaml 第8行"]


def test_a_rule_for_some_only(check) -> None:
    rule = SUM + "  当: =行政\n"
    assert check(rule, income(1, 1, 1) + "行政: 是\n").codes == ["收入合计"]
    assert check(rule, income(1, 1, 1) + "行政: 否\n").codes == []
    assert check(rule, income(1, 1, 1)).codes == []


def test_a_rule_for_words_of_the_pack(check) -> None:
    """行 is a word then, and stands nowhere in the input."""
    rule = "甲: {逐行: \"=['财政', '其他']\", 应当: \"=收入.合计 > 0 or 行 == '其他'\", 说明: 没有收入}\n"
    assert [(one.code, one.message) for one in check(rule, income(0, 0, 0)).findings] == [("甲", "没有收入")]
    assert check(rule, income(1, 1, 0)).codes == []


CONDITION = "有收入: {应当: =收入.合计 > 0, 说明: 没有收入, 等级: 警告}\n"


def test_a_condition_names_the_cells_that_it_looked_at(check) -> None:
    (found,) = check(CONDITION, income(0, 0, 0)).findings
    assert (found.message, str(found.place)) == ("没有收入", "数据.yaml 第7行")
    assert check(CONDITION, income(1, 1, 0)).codes == []


@pytest.mark.parametrize("data", ["", "收入: {合计: 5}\n", "收入: {合计: 不适用, 财政: 1, 其他: 1}\n"])
def test_what_is_not_filled_in_is_no_contradiction(check, data: str) -> None:
    assert check(SUM, data).codes == []


def test_a_blank_condition_is_silent(check) -> None:
    assert check(CONDITION, "").codes == []


@pytest.mark.parametrize(
    ("rule", "code", "words"),
    [
        ("甲: {左: =收入.合计, 右: =人数, 说明: 乙}\n", "T103", "不能把“收入.合计”（元）与“人数”（人）相减"),
        ("甲: {左: =收入.合计 + 人数, 右: =人数, 说明: 乙}\n", "T103", "不能把“收入.合计”（元）与“人数”（人）相加"),
        ("甲: {左: =收入, 右: =人数, 说明: 乙}\n", "T103", "左、右应是数量"),
        ("甲: {左: =收入.合记, 右: =人数, 说明: 乙}\n", "T101", "“收入”里没有“合记”。您是否指“合计”？"),
        ("甲: {应当: =收入.合计, 说明: 乙}\n", "T103", "条件应得出是或否，得到的是数量“收入.合计”"),
        ("甲: {应当: =收入.合计 > 5, 说明: 乙}\n", "T103", "金额“收入.合计”只能与 0 或另一个金额比较"),
        ("甲: {应当: =人数 > 0, 当: =收入.合计, 说明: 乙}\n", "T103", "条件应得出是或否"),
        ("甲: {逐行: =收入.合计, 应当: =人数 > 0, 说明: 乙}\n", "T103", "把一个数当作一张表"),
        ("甲: {逐行: =支出, 应当: =行.没有 > 0, 说明: 乙}\n", "T101", "没有“没有”"),
    ],
)
def test_a_broken_rule_is_never_called_bad_data(check, rule: str, code: str, words: str) -> None:
    data = income(1, 1, 0) + "人数: 3\n支出: [{科目: 2080104, 基本: 1, 项目: 0, 合计: 1}]\n"
    (found,) = check(rule, data).findings
    assert found.code == code
    assert words in found.message
    assert str(found.place) == "example/checks.yaml 第1行"


def test_a_broken_rule_does_not_stop_the_others(check) -> None:
    assert check("甲: {应当: =人数, 说明: 乙}\n" + SUM, income(1, 1, 1) + "人数: 3\n").codes == ["T103", "收入合计"]


# -- properties --------------------------------------------------------------------------------------------------------

CENTS = st.decimals(min_value=-(10**10), max_value=10**10, places=2)


def in_wan(amount: Decimal) -> str:
    return f"{(amount / 10000).quantize(Decimal('0.01'), ROUND_HALF_UP):f}"


def told(report: Report) -> list[str]:
    """The codes of all findings, and of what is told under another as its consequence."""
    return [one.code for found in report.findings for one in (found, *found.consequences)]


@settings(max_examples=150)
@given(first=CENTS, second=CENTS)
def test_honest_figures_rounded_to_wan_are_never_accused(check, first: Decimal, second: Decimal) -> None:
    report = check(SUM, income(in_wan(first + second), in_wan(first), in_wan(second)))
    assert "收入合计" not in told(report)


@settings(max_examples=150)
@given(first=CENTS, second=CENTS, wrong=st.integers(2, 10**6), sign=st.sampled_from([1, -1]))
def test_a_difference_beyond_rounding_is_always_found(
    check, first: Decimal, second: Decimal, wrong: int, sign: int
) -> None:
    """Three figures with two decimals can hide 0.015 万元; from 0.02 on the difference is real."""
    parts = Decimal(in_wan(first)) + Decimal(in_wan(second))
    total = parts + sign * wrong * Decimal("0.01")
    assert "收入合计" in told(check(SUM, income(f"{total:.2f}", in_wan(first), in_wan(second))))


@settings(max_examples=100)
@given(first=CENTS, second=CENTS, wrong=st.integers(-3, 3))
def test_figures_in_yuan_agree_to_the_cent(check, first: Decimal, second: Decimal, wrong: int) -> None:
    total = first + second + wrong * Decimal("0.01")
    report = check(SUM, income(f"{total:f}", f"{first:f}", f"{second:f}"), "元")
    assert ("收入合计" in told(report)) == (wrong != 0)
