"""What follows from the form: computed figures, what must be filled in, typed totals that do not add up."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import Form, Report, pack_folder

from generator.document.walk import figures
from generator.facts.explain import explain

FIELDS = """
收入:
  标签: 收入
  字段:
    财政: {类型: 金额, 标签: 财政拨款收入, 缺省: 0}
    其他: {类型: 金额, 标签: 其他收入, 缺省: 0}
    合计: {类型: 金额, 标签: 收入合计, 计算: =收入.财政 + 收入.其他}
    总计: {类型: 金额, 标签: 收入总计, 计算: =收入.合计 + 结转, 核对: 警告}
    人均: {类型: 金额, 标签: 人均, 计算: =收入.合计, 核对: 无}
    上年: {类型: 金额, 标签: 上年收入, 必填: 是}
    原因: {类型: 原因, 标签: 变动原因, 当: =组.合计 != 组.上年}
结转: {类型: 金额, 标签: 年初结转, 缺省: 0}
支出:
  标签: 支出
  行:
    必填: 是
    主键: 科目
    字段:
      科目: {类型: 功能科目, 标签: 科目, 必填: 是}
      基本: {类型: 金额, 标签: 基本支出, 缺省: 0}
      项目: {类型: 金额, 标签: 项目支出, 缺省: 0}
      合计: {类型: 金额, 标签: 支出合计, 计算: =行.基本 + 行.项目}
      说明: {类型: 文字, 标签: 项目说明, 当: =行.项目 > 0}
"""
TEXT = "{{ 收入.总计 | 万元 }}，{{ 支出 | 求和('合计') | 万元 }}\n"
ROW = "支出: [{科目: 2080104, 基本: 3}]\n"
WHOLE = "收入: {财政: 5, 其他: 1, 上年: 6}\n" + ROW


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Form:
    return Form(pack_folder(tmp_path_factory.mktemp("pack"), fields=FIELDS, text=TEXT))


def found(report: Report) -> list[str]:
    return [f"{one.code} {one.place.line} {one.message}" for one in report.findings]


def test_what_is_not_typed_is_computed(form: Form) -> None:
    report = form.report(WHOLE)
    assert report.findings == ()
    assert report.outline == "P ‹6.00 收入.总计›万元，‹3.00 支出[2080104].合计›万元\n"


def test_a_total_typed_wrong_names_all_its_cells(form: Form) -> None:
    report = form.report("收入:\n  财政: 5\n  其他: 1\n  合计: 7\n  上年: 7\n" + ROW)
    (one,) = report.findings
    assert (one.code, one.message) == (
        "F004",
        "填写的收入合计 70,000.00元，按公式计算为 60,000.00元，相差 10,000.00元",
    )
    assert [place.line for place in one.places] == [9, 7, 8]
    assert "也可以删去“收入.合计”" in one.hint


def test_a_default_beside_a_condition_holds_where_the_condition_does_not(tmp_path: Path) -> None:
    """No 团组 where nothing was spent on them; asked for where something was; unknown where that is."""
    fields = "费用: {类型: 金额, 必填: 是}\n团组: {类型: 个数, 单位: 个, 缺省: 0, 当: =费用 > 0}\n"
    form = Form(pack_folder(tmp_path, fields=fields, text="{{ 团组 | 个数 }}\n"))
    assert form.report("费用: 0\n").sentences == ["0个"]
    assert form.report("费用: 0\n团组: '-'\n").sentences == ["0个"]
    assert [code[:4] for code in found(form.report("费用: 5\n"))] == ["F003"]
    assert [code[:4] for code in found(form.report("费用:\n"))] == ["F002", "F001"], "nobody knows yet"
    assert form.report("费用: 5\n团组: 3\n").sentences == ["3个"]


def test_a_typed_total_is_what_the_report_prints(form: Form) -> None:
    assert form.report("收入: {财政: 5, 其他: 1, 合计: 7, 上年: 7}\n" + ROW).sentences == ["7.00万元，3.00万元"]


@pytest.mark.parametrize(("total", "fine"), [("6.00", True), ("6.01", True), ("6.02", False)])
def test_rounding_of_typed_figures_is_forgiven(form: Form, total: str, fine: bool) -> None:
    report = form.report(f"收入: {{财政: 5.00, 其他: 1.00, 合计: {total}, 上年: {total}}}\n" + ROW)
    assert ("F004" in report.codes) is not fine


def test_a_form_may_ask_more_softly_or_not_at_all(form: Form) -> None:
    report = form.report("收入: {财政: 5, 总计: 9, 人均: 1, 上年: 5}\n" + ROW)
    assert report.codes == ["F005"]


def test_a_row_is_computed_from_its_own_figures(form: Form) -> None:
    data = "收入: {财政: 5, 上年: 5}\n支出:\n  - {科目: 2080104, 基本: 3}\n  - {科目: 2080109, 基本: 3, 合计: 4}\n"
    report = form.report(data)
    assert [(one.code, one.place.line) for one in report.findings] == [("F004", 9)]
    assert report.sentences == ["5.00万元，7.00万元"]


def test_required_figures(form: Form) -> None:
    assert found(form.report("收入: {财政: 5}\n" + ROW))[0].startswith("F002 6 ")


def test_required_only_under_a_condition(form: Form) -> None:
    changed = form.report("收入: {财政: 5, 上年: 6}\n" + ROW)
    assert changed.codes == ["F003"]
    assert "合计 ≠ 上年时必须填写" in changed.findings[0].message
    row = form.report("收入: {财政: 5, 上年: 5}\n支出:\n  - {科目: 2080104, 项目: 2}\n")
    assert [(one.code, one.place.line) for one in row.findings] == [("F003", 8)]
    assert "支出[2080104].说明" in row.findings[0].hint


def test_a_table_without_rows(form: Form) -> None:
    report = form.report("收入: {财政: 5, 上年: 5}\n")
    assert report.codes == ["F006"]
    assert report.findings[0].hint == "请在“支出”下至少填写一行；确实没有发生的，填一行，金额填 0"


def test_an_amount_that_could_not_be_read_is_reported_once(form: Form) -> None:
    """Not again as missing, nor as a sum that does not add up."""
    assert form.report("收入: {财政: 约五万, 合计: 5, 上年: 5}\n" + ROW).codes == ["I030"]


def test_not_applicable_cannot_be_reckoned_with(form: Form) -> None:
    report = form.report("收入: {财政: 不适用, 其他: 1, 上年: 1}\n" + ROW)
    assert "F008" in report.codes
    assert all(not code.startswith("T") for code in report.codes)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("人员.在职 > 人员.编制 or 人员.借用 > 0", "在职人员 > 核定编制 或 借用 > 0时必须填写"),
        ("人员.在职 != 人员.编制 and 年度 >= 2020", "在职人员 ≠ 核定编制 且 年度 ≥ 2020时必须填写"),
        ("项目 | 选是('评价') | length > 0", "有“评价”为“是”的项目时必须填写"),
    ],
)
def test_a_condition_is_said_in_the_words_of_the_form(tmp_path: Path, condition: str, said: str) -> None:
    """Not «人员.在职 > 人员.编制» and «项目 | 选是('评价') | length > 0»."""
    fields = f"""
人员:
  标签: 人员
  字段:
    编制: {{类型: 个数, 单位: 人, 标签: 核定编制}}
    在职: {{类型: 个数, 单位: 人, 标签: 在职人员}}
    借用: {{类型: 个数, 单位: 人}}
    说明: {{类型: 文字, 标签: 超编说明, 当: "={condition}"}}
项目: {{标签: 项目, 行: {{主键: 名称, 字段: {{名称: {{类型: 文字}}, 评价: {{类型: 是否}}}}}}}}
"""
    form = Form(pack_folder(tmp_path, fields=fields))
    report = form.report("人员: {编制: 3, 在职: 4, 借用: 1}\n项目:\n  - {名称: 甲, 评价: 是}\n")
    assert [one.message for one in report.findings if one.code == "F003"] == [f"人员·超编说明没有填写：{said}"]


IN_ANY_ORDER = """
总额: {类型: 金额, 标签: 总额, 计算: "明细 | 求和('小计')"}
明细:
  标签: 明细
  行:
    主键: 名称
    字段:
      名称: {类型: 文字, 标签: 名称}
      分摊: {类型: 金额, 标签: 分摊, 计算: =行.小计 + 公用}
      比总额: {类型: 金额, 标签: 与总额之差, 计算: "=(明细 | 求和('小计')) - 行.小计"}
      小计: {类型: 金额, 标签: 小计, 计算: =组.甲.合计 + 行.乙}
      乙: {类型: 金额, 标签: 乙, 缺省: 0}
      甲:
        标签: 甲
        字段:
          合计: {类型: 金额, 标签: 甲合计, 计算: =组.一 + 组.二}
          一: {类型: 金额, 标签: 一}
          二: {类型: 金额, 标签: 二}
公用: {类型: 金额, 标签: 公用, 计算: =总额 - 其他}
其他: {类型: 金额, 标签: 其他}
"""


def test_formulas_may_need_each_other_in_any_order(tmp_path: Path) -> None:
    """Columns to the right, sums of the table, and a figure outside made of the table's own sum."""
    text = "{% for 行 in 明细 %}{{ 行.分摊 | 万元 }}、{{ 行.比总额 | 万元 }}；{% endfor %}\n"
    form = Form(pack_folder(tmp_path, fields=IN_ANY_ORDER, text=text))
    report = form.report(
        "明细: [{名称: 子, 乙: 1, 甲: {一: 2, 二: 3}}, {名称: 丑, 乙: 4, 甲: {一: 5, 二: 6}}]\n其他: 20\n"
    )
    assert report.said == []
    assert report.sentences == ["7.00万元、15.00万元；16.00万元、6.00万元；"]


FLEET = """
国有资产:
  标签: 国有资产
  字段:
    车辆: {类型: 个数, 单位: 辆, 标签: 车辆合计, 计算: =组.公务 + 组.执法 + 组.其他, 倒推: 是}
    公务: {类型: 个数, 单位: 辆, 必填: 是}
    执法: {类型: 个数, 单位: 辆, 必填: 是}
    其他: {类型: 个数, 单位: 辆, 必填: 是}
"""
VEHICLES = (
    "{{ 国有资产.车辆 | 个数 }}：{{ 国有资产.公务 | 个数 }}、{{ 国有资产.执法 | 个数 }}、{{ 国有资产.其他 | 个数 }}\n"
)


@pytest.mark.parametrize(
    ("typed", "asked", "printed"),
    [
        ("车辆: 0", [], "0：0、0、0"),
        ("车辆: 3, 执法: 3", [], "3：0、3、0"),
        ("车辆: 3, 公务: 1, 执法: 2", [], "3：1、2、0"),
        ("公务: 1, 执法: 0, 其他: 0", [], "1：1、0、0"),
        ("", ["F016 国有资产.车辆"], ""),
        ("车辆: ''", ["F016 国有资产.车辆"], ""),
        ("车辆: 3, 执法: 2", ["F002 国有资产.公务", "F002 国有资产.其他"], ""),
        ("车辆: 3", ["F002 国有资产.公务", "F002 国有资产.执法", "F002 国有资产.其他"], ""),
        ("执法: 2", ["F002 国有资产.公务", "F002 国有资产.其他"], ""),
        ("车辆: 1, 执法: 2", ["F002 国有资产.公务", "F002 国有资产.其他"], ""),
        ("车辆: 0, 执法: 两", ["I030 国有资产.执法", "F002 国有资产.公务", "F002 国有资产.其他"], ""),
    ],
)
def test_a_total_that_its_typed_parts_make_up_leaves_nothing_for_the_others(
    tmp_path: Path, typed: str, asked: list[str], printed: str
) -> None:
    report = Form(pack_folder(tmp_path, fields=FLEET, text=VEHICLES)).report(f"国有资产: {{{typed}}}\n")
    told = [f"{one.code} {one.fact}" for one in report.findings]
    assert told == asked
    if printed:
        assert [line.replace("辆", "") for line in report.sentences] == [printed]


def test_the_zero_that_follows_from_a_total_leads_back_to_it(tmp_path: Path) -> None:
    report = Form(pack_folder(tmp_path, fields=FLEET, text=VEHICLES)).report("国有资产: {车辆: 3, 执法: 3}\n")
    assert report.document is not None
    shown = {one.quantity.name: one.quantity for one in figures(report.document)}
    first, second, *_ = explain(shown["国有资产.其他"])
    assert (first, second) == ("国有资产.其他（国有资产·其他） = 0辆", "  = 国有资产.车辆 － 国有资产.执法")
