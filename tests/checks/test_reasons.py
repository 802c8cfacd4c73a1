"""Reasons of changes: the figures and the reason typed, what is said of the reason."""

from __future__ import annotations

import pytest
from support import Form, pack_folder

FIELDS = """
三公:
  标签: 三公经费
  字段:
    决算: {类型: 金额, 标签: 决算数, 可负: 是}
    上年: {类型: 金额, 标签: 上年数, 可负: 是}
    预算: {类型: 金额, 标签: 预算数, 可负: 是}
    原因: {类型: 原因, 标签: 变动原因, 当: "=组.决算 != 组.上年"}
    预算差异原因: {类型: 原因, 标签: 预算差异原因, 当: "=组.决算 != 组.预算"}
机关:
  标签: 机关
  字段:
    合计: {类型: 金额, 标签: 合计}
    上年: {类型: 金额, 标签: 上年数}
    原因: {类型: 原因, 标签: 变动原因, 当: "=机关.合计 != 机关.上年"}
"""


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Form:
    return Form(pack_folder(tmp_path_factory.mktemp("pack"), fields=FIELDS))


def given(form: Form, now: object, before: object, reason: str) -> list[str]:
    report = form.report(f"三公: {{决算: {now}, 上年: {before}, 原因: {reason}}}\n")
    return [f"{d.code} {d.message}" for d in report.findings if d.code in ("C001", "C002")]


@pytest.mark.parametrize("words", ["工作需要", "工作需要。", "正常变动", "增加", "人员增加"])
def test_a_large_change_needs_more_than_a_stock_phrase(form: Form, words: str) -> None:
    assert given(form, 12, 10, words) == [
        f"C001 三公经费·变动原因“{words.rstrip('。')}”过于简单：变动幅度（20.00%）超过10%，应具体说明"
    ]


def test_below_the_threshold_a_short_reason_will_do(form: Form) -> None:
    assert given(form, "10.99", 10, "人员增加") == []
    assert given(form, "9.01", 10, "人员减少") == []


def test_from_nothing_every_change_is_large(form: Form) -> None:
    assert given(form, 1, 0, "工作需要") == [
        "C001 三公经费·变动原因“工作需要”过于简单：变动幅度（基数为0）超过10%，应具体说明"
    ]


def test_a_real_reason_is_accepted(form: Form) -> None:
    assert given(form, 12, 10, "新增两名在编人员，工资福利支出相应增加") == []


@pytest.mark.parametrize(
    ("now", "before", "words", "direction"),
    [
        (12, 10, "厉行节约，压减会议费和差旅费", "增加"),
        (8, 10, "新增在编人员两名，工资上涨", "减少"),
        (-5, -8, "压减会议费和差旅费支出", "增加"),
    ],
)
def test_a_reason_that_says_the_opposite(form: Form, now: int, before: int, words: str, direction: str) -> None:
    assert given(form, now, before, words) == [f"C002 三公经费·变动原因“{words}”与实际方向不符：决算数是{direction}的"]


def test_a_reason_with_both_directions_is_left_to_the_reader(form: Form) -> None:
    assert given(form, 12, 10, "接待批次减少，但车辆维修费用增加较多") == []


def test_equal_years_are_not_questioned(form: Form) -> None:
    assert given(form, 10, 10, "工作需要") == []


def test_the_budget_has_its_own_reason(form: Form) -> None:
    report = form.report(
        "三公: {决算: 8, 预算: 10, 预算差异原因: 工作需要}\n机关: {合计: 9, 上年: 3, 原因: 业务需要}\n"
    )
    assert [d.message.split("”")[0] for d in report.findings] == [
        "三公经费·预算差异原因“工作需要",
        "机关·变动原因“业务需要",
    ]


def test_a_province_sets_its_own_threshold(tmp_path) -> None:
    form = Form(pack_folder(tmp_path, fields=FIELDS, settings="原因: {阈值: 30, 最少字数: 3, 套话: [加强管理]}\n"))
    assert given(form, 12, 10, "增加") == []
    assert given(form, 20, 10, "增加") != []
    assert given(form, 20, 10, "人员增加") == []
    assert given(form, 20, 10, "加强管理") != []


def test_what_is_printed_as_the_same_amount_has_no_direction(form: Form) -> None:
    """91.68 and 91.675 万元 print alike: the report says 持平 and leaves the reason out."""
    assert given(form, "91.68", "91.675", "厉行节约") == []
    assert given(form, "91.68", "91.675", "人员增加") == []
    assert [line[:4] for line in given(form, "91.69", "91.68", "厉行节约")] == ["C002"]
