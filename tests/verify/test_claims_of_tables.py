"""Sums of official tables and score sheets, read from their layout."""

from __future__ import annotations

from printed import judged, table, text, wrong

SPENDING = """
科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出
合计 | < | 91.68 | 69.98 | 21.70
208 | 社会保障和就业支出 | 35.08 | 21.72 | 13.36
20801 | 人力资源和社会保障管理事务 | 35.08 | 21.72 | 13.36
2080104 | 综合业务管理 | 13.36 | 0.00 | 13.36
2080109 | 社会保险经办机构 | 21.72 | 21.72 | 0.00
210 | 卫生健康支出 | 56.60 | 48.26 | 8.34
21015 | 医疗保障管理事务 | 56.60 | 48.26 | 8.34
2101501 | 行政运行 | 48.26 | 48.26 | 0.00
2101504 | 信息化建设 | 8.34 | 0.00 | 8.34
"""


def spending(old: str = "", new: str = "") -> list[str]:
    drawn = SPENDING.replace(old, new) if old else SPENDING
    assert not old or SPENDING.count(old) == 1
    return wrong(table("支出决算表", drawn))


def test_a_right_table() -> None:
    assert spending() == []


def test_every_cell_is_in_a_row_and_a_column() -> None:
    assert spending("信息化建设 | 8.34", "信息化建设 | 9.34") == [
        "本年支出合计＝各项之和：印的是9.34万元，按所印的数应为8.34万元（0.00万元、8.34万元）",
        "21015＝下级之和：印的是56.60万元，按所印的数应为57.60万元（48.26万元、9.34万元）",
    ]


def test_a_missing_row() -> None:
    row = "2080109 | 社会保险经办机构 | 21.72 | 21.72 | 0.00\n"
    assert spending(row, "")[0] == "20801＝下级之和：印的是35.08万元，按所印的数应为13.36万元"


def test_a_hole_in_the_tree_of_codes() -> None:
    row = "20801 | 人力资源和社会保障管理事务 | 35.08 | 21.72 | 13.36\n"
    assert spending(row, "")[0] == "缺20801一行：印的是35.08万元，按所印的数应为0万元"


def test_a_class_that_is_missing_is_not_replaced_by_what_is_below() -> None:
    row = "210 | 卫生健康支出 | 56.60 | 48.26 | 8.34\n"
    assert "合计＝各类之和：印的是91.68万元，按所印的数应为35.08万元" in spending(row, "")


TWO_SIDES = """
收入 | < | 支出 | <
项目 | 决算数 | 项目 | 决算数
一、一般公共预算财政拨款收入 | 9746.50 | 一、社会保障和就业支出 | 754.75
二、事业收入 | 0.00 | 二、城乡社区支出 | 9004.63
本年收入合计 | 9746.50 | 本年支出合计 | 9759.38
使用非财政拨款结余 | 0.00 | 结余分配 | 0.00
年初结转和结余 | 112.88 | 年末结转和结余 | 100.00
总计 | 9859.38 | 总计 | 9859.38
"""


def test_two_sides_with_carry_over() -> None:
    assert judged(table("收入支出决算总表", TWO_SIDES, heads=2)) == [
        "ok 本年收入合计＝各项之和",
        "ok 总计＝各项之和",
        "ok 本年支出合计＝各项之和",
        "ok 总计＝各项之和",
        "ok 收入总计＝支出总计",
    ]
    wrong_total = TWO_SIDES.replace("总计 | 9859.38 | 总计 | 9859.38", "总计 | 9859.38 | 总计 | 9859.83")
    assert wrong(table("收入支出决算总表", wrong_total, heads=2)) == [
        "总计＝各项之和：印的是9859.83万元，按所印的数应为9859.38万元（9759.38万元、0.00万元、100.00万元）",
        "收入总计＝支出总计：印的是9859.83万元，按所印的数应为9859.38万元",
    ]


FUND = """
项目 | 年初结转和结余 | 本年收入 | 本年支出 | < | < | 年末结转和结余
^ | ^ | ^ | 小计 | 基本支出 | 项目支出 | ^
合计 | 10.00 | 50.00 | 45.00 | 20.00 | 25.00 | 15.00
"""


def test_groups_of_columns_and_a_balance() -> None:
    assert judged(table("政府性基金预算财政拨款收入支出决算表", FUND, heads=2)) == [
        "ok 年末结转和结余＝年初结转和结余＋本年收入－本年支出",
        "ok 小计＝各项之和",
    ]


SCORES = """
项目资金（万元） |  | 年初预算数 | 全年预算数（A） | 全年执行数（B） | 分值 | 执行率（B/A） | 得分
^ | 年度资金总额 | 3.50 | 3.50 | 3.38 | 10 | 96.57% | 9.66
^ | 其中：当年财政拨款 | 3.50 | 3.50 | 3.38 | — | — | —
^ | 其他资金 | 0.00 | 0.00 | 0.00 | — | — | —
绩效指标（90分） | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
^ | 产出指标 | 支付方式改革 | 5家 | 5家 | 60 | 58.8 |
^ | 效益指标 | 基金增长 | 不增长 | 下降2.3% | 30 | 30 |
总分 | < | < | < | < | 100 | 98.46 |
"""


def scored(old: str = "", new: str = "") -> list[str]:
    return wrong(table("项目支出绩效自评表", SCORES.replace(old, new) if old else SCORES, heads=0, unit=""))


def test_a_score_sheet() -> None:
    assert scored() == []
    assert scored("98.46", "98.64") == ["总分＝各项得分之和：印的是98.64，按所印的数应为98.46（9.66、58.8、30）"]
    assert scored("96.57%", "69.57%") == ["执行率（B/A）：印的是69.57%，按所印的数应为96.57%（3.38、3.50）"]
    assert "绩效指标（90分）＝组内分值之和：印的是90分，按所印的数应为80分（50、30）" in scored(
        "60 | 58.8", "50 | 58.8"
    )
    assert scored("| 58.8 |", "| 68.8 |")[0] == "得分不超过分值：印的是68.8，按所印的数应为至多60（60）"


def test_the_rate_of_a_whole_is_no_sum_of_rates() -> None:
    """95.37 % of all, 100 % and 90 % of its parts."""
    drawn = """
项目资金 | 资金来源 | 全年预算数 | 全年执行数 | 执行率
^ | 总额 | 108.00 | 103.00 | 95.37%
^ | 其中：财政资金 | 58.00 | 58.00 | 100%
^ | 其他资金 | 50.00 | 45.00 | 90%
"""
    assert wrong(table("自评表", drawn, heads=0, unit="")) == []


def test_the_funds_of_a_project_add_up() -> None:
    without = SCORES.replace("^ | 其中：当年财政拨款 | 3.50 | 3.50 | 3.38 | — | — | —\n", "")
    assert wrong(table("项目支出绩效自评表", without, heads=0, unit=""))[0] == (
        "年度资金总额＝各项之和：印的是3.50，按所印的数应为0.00"
    )


PAIRS = """
收入预算合计 | 607.94 | 其中：上级财政拨款 | 0.00
本级财政安排 | 607.94 | 其他资金 | 0.00
支出预算合计 | 607.94 | 其中：人员经费 | 390.22
公用经费 | 67.72 | 项目经费 | 150.00
"""


def test_a_form_of_pairs() -> None:
    assert wrong(table("绩效目标表", PAIRS, heads=0, unit="")) == []
    assert wrong(table("绩效目标表", PAIRS.replace("150.00", "105.00"), heads=0, unit="")) == [
        "支出预算合计＝其中各项之和：印的是607.94，按所印的数应为562.94（390.22、67.72、105.00）"
    ]


def test_text_against_the_table() -> None:
    sentence = "本年支出合计91.68万元，其中：基本支出69.98万元，占76.33%；项目支出21.70万元，占23.67%。"
    assert wrong(table("支出决算表", SPENDING), text(sentence)) == []
    other = "本年支出合计91.86万元，占年度总支出的大部分。"
    assert wrong(table("支出决算表", SPENDING), text(other)) == [
        "支出 合计文字与表格一致：印的是91.86万元，按所印的数应为91.68万元"
    ]


def test_an_account_in_the_text_is_the_row_of_its_code() -> None:
    drawn = SPENDING.replace("本年支出合计", "合计", 1)
    official = table("一般公共预算财政拨款支出决算表", drawn)
    line = "1. 卫生健康支出（类）医疗保障管理事务（款）信息化建设（项）：支出决算为{}万元，完成预算91.58%。"
    heading = "一般公共预算财政拨款支出决算具体情况"
    assert wrong(official, text(line.format("8.34"), under=heading)) == []
    assert wrong(official, text(line.format("8.43"), under=heading)) == [
        "一般公共预算财政拨款支出 2101504文字与表格一致：印的是8.43万元，按所印的数应为8.34万元"
    ]
