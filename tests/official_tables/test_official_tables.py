"""Official tables are recognised by their words, however the treasury's software, the province or the year lays them
out; every amount is the cell's own."""

from __future__ import annotations

import io
import json
import re
import subprocess
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from effort import at_most

from generator.case import read_case, read_input
from generator.cli import entry, main
from generator.diagnostics import Diagnostic
from generator.facts.fact import walk
from generator.importing.pieces import read_pages
from generator.importing.table_sums import wrong_sums
from generator.official_tables.official_table import OfficialTable
from generator.official_tables.sheet_blocks import Page
from generator.pack import Pack, PackRoots, load_pack
from generator.quantity import Quantity
from generator.xlsx.book import open_book

NAME = "final-accounts-national"
Rows = Sequence[Sequence[object]]


@pytest.fixture(scope="module")
def pack() -> Pack:
    loaded = load_pack(NAME, PackRoots.with_own())
    assert loaded.value is not None
    return loaded.value


def workbook(sheets: dict[str, Rows], merged: Sequence[str] = ()) -> bytes:
    """A workbook of these rows; `merged` ranges stand on the first sheet."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for area in merged:
        book.worksheets[0].merge_cells(area)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(pack: Pack, data: bytes) -> tuple[list[OfficialTable], list[Diagnostic]]:
    book = open_book(data)
    found = read_pages(
        (Page("表.xlsx", sheet.name, book.grid(sheet)) for sheet in book.sheets),
        pack.import_form,
        pack.report.accounts,
    )
    return list(found.value), list(found.diagnostics)


def one(pack: Pack, rows: Rows, sheet: str = "Sheet1", merged: Sequence[str] = ()) -> OfficialTable:
    tables, findings = read(pack, workbook({sheet: rows}, merged))
    assert findings == []
    assert len(tables) == 1
    return tables[0]


def accounts(table: OfficialTable) -> dict[str, dict[str, str]]:
    return {row.code: {column: amount.text for column, amount in row.amounts.items()} for row in table.accounts}


def totals(table: OfficialTable) -> dict[str, str]:
    return {f"{row}·{column}": amount.text for (row, column), amount in table.totals.items()}


# -- tables by 科目 ---------------------------------------------------------------------------------------------------
EXPENDITURE_BODY: Rows = (
    ("合计", None, 91.68, 69.98, 21.7, None, None, None),
    ("210", "卫生健康支出", 91.68, 69.98, 21.7, None, None, None),
    ("21015", "医疗保障管理事务", 91.68, 69.98, 21.7, None, None, None),
    ("2101501", "行政运行", 69.98, 69.98, 0, None, None, None),
    ("2101504", "信息化建设", 21.7, None, 21.7, None, None, None),
)
EXPENDITURE = {
    "210": {"合计": "91.68", "基本支出": "69.98", "项目支出": "21.7"},
    "21015": {"合计": "91.68", "基本支出": "69.98", "项目支出": "21.7"},
    "2101501": {"合计": "69.98", "基本支出": "69.98", "项目支出": "0"},
    "2101504": {"合计": "21.7", "项目支出": "21.7"},
}


def test_the_form_as_the_software_prints_it(pack: Pack) -> None:
    rows: Rows = (
        ("支出决算表",),
        (None, None, None, None, None, None, None, "公开03表"),
        ("部门：甲市医疗保障局", None, None, "2020年度", None, None, None, "金额单位：万元"),
        ("项目", None, "本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"),
        ("功能分类科目编码", "科目名称"),
        ("栏次", None, 1, 2, 3, 4, 5, 6),
        *EXPENDITURE_BODY,
        ("注：本表反映部门本年度各项支出情况。",),
    )
    merged = ["A1:H1", "A4:B4", "C4:C5", "D4:D5", "E4:E5", "F4:F5", "G4:G5", "H4:H5", "A6:B6", "A7:B7", "A12:H12"]
    table = one(pack, rows, merged=merged)
    assert table.form.name == "支出决算表"
    assert (table.unit, table.year, table.department) == ("万元", 2020, "甲市医疗保障局")
    assert [(one.first, one.last) for one in table.stretches] == [(7, 11)]
    assert accounts(table) == EXPENDITURE
    assert totals(table) == {"合计·合计": "91.68", "合计·基本支出": "69.98", "合计·项目支出": "21.7"}
    assert str(table.accounts[2].amounts["合计"].place) == "表.xlsx · Sheet1!C10"


def test_merges_lost_and_no_title_but_the_sheets_name(pack: Pack) -> None:
    rows: Rows = (
        ("项目", None, "本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"),
        ("功能分类科目编码", "科目名称"),
        *EXPENDITURE_BODY,
    )
    table = one(pack, rows, "公开03表 支出决算表")
    assert accounts(table) == EXPENDITURE
    assert table.unit == ""


def test_total_at_the_bottom_and_columns_in_another_order(pack: Pack) -> None:
    rows: Rows = (
        ("表5", "一般公共预算财政拨款支出决算表"),
        ("编制单位：甲局", None, None, None, "单位：元"),
        ("项目", None, "项目支出", "合计", "基本支出"),
        ("科目编码", "科目名称"),
        (2101501, "行政运行", 0, "699,800.00", "699,800.00"),
        ("2101504 ", "信息化建设", "２１７０００", 217000.5, "－"),
        ("合　计", None, 217000, 916800.5, 699800),
    )
    table = one(pack, rows)
    assert table.form.name == "一般公共预算财政拨款支出决算表"
    assert table.unit == "元"
    assert accounts(table) == {
        "2101501": {"项目支出": "0", "合计": "699800.00", "基本支出": "699800.00"},
        "2101504": {"项目支出": "217000", "合计": "217000.5"},
    }
    assert totals(table) == {"合计·项目支出": "217000", "合计·合计": "916800.5", "合计·基本支出": "699800"}


@pytest.mark.parametrize(
    "codes",
    [
        (("201", None, None), ("201", "06", None), ("201", "06", "01")),
        (("201", None, None), (None, "06", None), (None, None, "01")),
        (("201", None, None), ("201", "20106", None), ("201", "20106", "2010601")),
        ((201, None, None), (201, 6, None), (201, 6, 1)),
    ],
    ids=["in full", "where it changes", "whole codes", "as numbers"],
)
def test_the_code_in_three_columns(pack: Pack, codes: Rows) -> None:
    names = ("一般公共服务支出", "财政事务", "行政运行")
    rows: Rows = (
        (
            "项目",
            None,
            None,
            None,
            "本年支出合计",
            "基本支出",
            "项目支出",
            "上缴上级支出",
            "经营支出",
            "对附属单位补助支出",
        ),
        ("支出功能分类", None, None, "科目名称"),
        ("科目编码",),
        ("类", "款", "项", "合计", 10, 10),
        *((*code, name, 10, 10) for code, name in zip(codes, names, strict=True)),
    )
    table = one(pack, rows, "支出决算表")
    assert accounts(table) == {code: {"合计": "10", "基本支出": "10"} for code in ("201", "20106", "2010601")}
    assert [row.name for row in table.accounts] == list(names)
    assert totals(table) == {"合计·合计": "10", "合计·基本支出": "10"}


def test_code_and_name_in_one_cell(pack: Pack) -> None:
    rows: Rows = (
        ("收入决算表",),
        (
            "科目编码",
            "本年收入合计",
            "财政拨款收入",
            "上级补助收入",
            "事业收入",
            "经营收入",
            "附属单位上缴收入",
            "其他收入",
        ),
        ("2101501 行政运行", 5, 4, None, None, None, None, 1),
    )
    table = one(pack, rows)
    assert [(row.code, row.name) for row in table.accounts] == [("2101501", "行政运行")]
    assert accounts(table)["2101501"] == {"合计": "5", "财政拨款收入": "4", "其他收入": "1"}


def test_a_table_over_two_printed_pages(pack: Pack) -> None:
    header: Rows = (("科目编码", "科目名称", "合计", "基本支出", "项目支出"),)
    rows: Rows = (
        ("一般公共预算财政拨款支出决算表",),
        *header,
        ("2101501", "行政运行", 1, 1, 0),
        *header,
        ("2101504", "信息化建设", 2, 0, 2),
    )
    assert list(accounts(one(pack, rows))) == ["2101501", "2101504"]


def test_yunnans_fifth_table_with_carry_over_columns(pack: Pack) -> None:
    rows: Rows = (
        ("一般公共预算财政拨款收入支出决算表",),
        ("项目", None, "年初结转和结余", None, "本年收入", None, "本年支出", None, None, "年末结转和结余"),
        (
            "功能分类科目编码",
            "科目名称",
            "合计",
            "基本支出结转",
            "合计",
            "基本支出",
            "合计",
            "基本支出",
            "项目支出",
            "合计",
        ),
        ("2101501", "行政运行", 1, 1, 50, 50, 42, 40, 2, 9),
    )
    table = one(pack, rows)
    assert accounts(table) == {"2101501": {"合计": "42", "基本支出": "40", "项目支出": "2"}}


@pytest.mark.parametrize("title", ["政府性基金预算财政拨款收入支出决算表", "国有资本经营预算财政拨款收入支出决算表"])
def test_fund_tables_filled_and_empty(pack: Pack, title: str) -> None:
    header: Rows = (
        (title,),
        ("项目", None, "年初结转和结余", "本年收入", "本年支出", None, None, "年末结转和结余"),
        ("功能分类科目编码", "科目名称"),
        ("合计", None, None, None, "合计", "基本支出", "项目支出"),
    )
    filled = one(pack, (*header, ("2230105", "国有企业退休人员社会化管理补助支出", 1, 20, 15, 5, 10, 6)))
    assert accounts(filled)["2230105"] == {
        "年初结转和结余": "1",
        "本年收入": "20",
        "本年支出": "15",
        "基本支出": "5",
        "项目支出": "10",
        "年末结转和结余": "6",
    }
    empty = one(pack, (*header, ("说明：本部门本年度没有收入和支出，故本表无数据。",)))
    assert empty.amounts == 0


def test_state_capital_table_of_three_columns(pack: Pack) -> None:
    rows: Rows = (
        ("国有资本经营预算财政拨款支出决算表",),
        ("项目", None, "本年支出"),
        ("功能分类科目编码", "科目名称", "合计", "基本支出", "项目支出"),
        ("2230105", "国有企业退休人员社会化管理补助支出", 15, 5, 10),
    )
    assert accounts(one(pack, rows)) == {"2230105": {"本年支出": "15", "基本支出": "5", "项目支出": "10"}}


def test_without_any_title_the_header_tells(pack: Pack) -> None:
    header = ("科目编码", "科目名称", "本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入")
    rows: Rows = ((*header, "附属单位上缴收入", "其他收入"), ("2101501", "行政运行", 5, 4))
    assert one(pack, rows).form.name == "收入决算表"


# -- 基本支出 by 经济分类 ---------------------------------------------------------------------------------------------
def test_economic_table_in_two_groups(pack: Pack) -> None:
    rows: Rows = (
        ("一般公共预算财政拨款基本支出决算表",),
        ("经济分类科目编码", "科目名称", "决算数", "经济分类科目编码", "科目名称", "决算数"),
        ("301", "工资福利支出", 80, "302", "商品和服务支出", 9),
        ("30101", "基本工资", 80, "30201", "办公费", 9),
        ("303", "对个人和家庭的补助", 1, "310", "资本性支出", None),
        ("30302", "退休费", 1, "31002", "办公设备购置", None),
        ("人员经费合计", None, 81, "公用经费合计", None, 9),
    )
    table = one(pack, rows)
    assert accounts(table) == {
        "301": {"决算": "80"},
        "302": {"决算": "9"},
        "30101": {"决算": "80"},
        "30201": {"决算": "9"},
        "303": {"决算": "1"},
        "310": {},
        "30302": {"决算": "1"},
        "31002": {},
    }
    assert totals(table) == {"人员经费·决算": "81", "公用经费·决算": "9"}


def test_economic_table_in_three_groups_with_totals_merged_over_two(pack: Pack) -> None:
    group = ("科目编码", "科目名称", "决算数")
    rows: Rows = (
        ("一般公共预算财政拨款基本支出决算明细表",),
        ("部门：甲局", None, None, None, None, None, None, None, "金额单位：万元"),
        ("人员经费", None, None, "公用经费"),
        (*group, *group, *group),
        ("301", "工资福利支出", 80, "302", "商品和服务支出", 9, "307", "债务利息及费用支出", None),
        ("30101", " 基本工资", 80, "30201", " 办公费", 9, "310", "资本性支出", 2),
        (None, None, None, None, None, None, "31002", " 办公设备购置", 2),
        ("人员经费合计", None, 80, "公用经费合计", None, None, None, None, 11),
    )
    table = one(pack, rows, merged=["A3:C3", "D3:I3", "A8:B8", "D8:H8"])
    assert accounts(table)["31002"] == {"决算": "2"}
    assert accounts(table)["30201"] == {"决算": "9"}
    assert totals(table) == {"人员经费·决算": "80", "公用经费·决算": "11"}


# -- two-sided tables -------------------------------------------------------------------------------------------------
def test_general_table_with_line_numbers(pack: Pack) -> None:
    rows: Rows = (
        ("收入支出决算总表",),
        (None, None, None, None, None, "公开01表"),
        ("部门：甲局", None, None, None, None, "金额单位：元"),
        ("收入", None, None, "支出"),
        ("项目", "行次", "金额", "项目", "行次", "金额"),
        ("栏次", None, 1, "栏次", None, 2),
        ("一、一般公共预算财政拨款收入", 1, 100.5, "一、一般公共服务支出", 32, 90),
        ("二、政府性基金预算财政拨款收入", 2, None, "二、外交支出", 33, 0),
        ("八、其他收入", 8, 3, "十四、资源勘探信息等支出", 45, 8.5),
        ("本年收入合计", 27, 103.5, "本年支出合计", 58, 98.5),
        ("使用非财政拨款结余（含专用结余）", 28, None, "结余分配", 59, None),
        ("年初结转和结余", 29, 5, "年末结转和结余", 60, 10),
        ("总计", 31, 108.5, "总计", 62, 108.5),
    )
    table = one(pack, rows)
    assert table.unit == "元"
    assert totals(table) == {
        "一般公共预算财政拨款收入·决算": "100.5",
        "其他收入·决算": "3",
        "本年收入合计·决算": "103.5",
        "年初结转和结余·决算": "5",
        "收入总计·决算": "108.5",
        "本年支出合计·决算": "98.5",
        "年末结转和结余·决算": "10",
        "支出总计·决算": "108.5",
    }
    assert accounts(table) == {"201": {"决算": "90"}, "202": {"决算": "0"}, "215": {"决算": "8.5"}}
    assert "使用非财政拨款结余" in table.named_rows


def test_general_table_of_appropriations(pack: Pack) -> None:
    rows: Rows = (
        ("财政拨款收入支出决算总表（公开04表）",),
        ("收入", None, None, "支出"),
        ("项目", "行次", "决算数", "项目", "行次", "决算数"),
        (
            None,
            None,
            None,
            None,
            None,
            "小计",
            "一般公共预算财政拨款",
            "政府性基金预算财政拨款",
            "国有资本经营预算财政拨款",
        ),
        ("一、一般公共预算财政拨款", 1, 90, "一、一般公共服务支出", 33, 85, 85),
        ("二、政府性基金预算财政拨款", 2, 20, "十一、城乡社区支出", 43, 18, None, 18),
        ("本年收入合计", 27, 110, "本年支出合计", 59, 103, 85, 18),
        ("年初财政拨款结转和结余", 28, 3, "年末财政拨款结转和结余", 60, 10, 6, 4),
        ("一、一般公共预算财政拨款", 29, 1),
        ("二、政府性基金预算财政拨款", 30, 2),
        ("总计", 32, 113, "总计", 64, 113, 91, 22),
    )
    merged = ["A2:C2", "D2:I2", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:I3"]
    table = one(pack, rows, merged=merged)
    found = totals(table)
    assert found["一般公共预算收入·决算"] == "90"
    assert found["年初结转和结余·决算"] == "3"
    assert found["年初一般公共预算·决算"] == "1"
    assert found["年初政府性基金·决算"] == "2"
    assert found["年末结转和结余·政府性基金"] == "4"
    assert found["支出总计·合计"] == "113"
    assert accounts(table) == {
        "201": {"合计": "85", "一般公共预算": "85"},
        "212": {"合计": "18", "政府性基金": "18"},
    }


def test_one_side_below_the_other(pack: Pack) -> None:
    rows: Rows = (
        ("收入支出决算总表", None),
        ("项目", "决算数"),
        ("一、一般公共预算财政拨款收入", 10),
        ("本年收入合计", 10),
        ("年初结转和结余", 2),
        ("总计", 12),
        ("一、一般公共服务支出", 11),
        ("本年支出合计", 11),
        ("年末结转和结余", 1),
        ("总计", 12),
    )
    found = totals(one(pack, rows))
    assert (found["收入总计·决算"], found["支出总计·决算"]) == ("12", "12")
    assert (found["年初结转和结余·决算"], found["年末结转和结余·决算"]) == ("2", "1")


# -- “三公” -----------------------------------------------------------------------------------------------------------
SANGONG = {
    "合计·预算": "9",
    "因公出国境费·预算": "1",
    "公务用车购置及运行维护费·预算": "5",
    "公务用车购置费·预算": "2",
    "公务用车运行维护费·预算": "3",
    "公务接待费·预算": "3",
    "合计·决算": "8.5",
    "因公出国境费·决算": "1",
    "公务用车购置及运行维护费·决算": "5",
    "公务用车购置费·决算": "2",
    "公务用车运行维护费·决算": "3",
    "公务接待费·决算": "2.5",
}


def test_three_expenses_budget_group_and_outturn_group(pack: Pack) -> None:
    half = ("合计", "因公出国（境）费", "公务用车购置及运行维护费", None, None, "公务接待费")
    cars = (None, None, "小计", "公务用车购置费", "公务用车运行维护费", None)
    rows: Rows = (
        ("一般公共预算财政拨款“三公”经费支出决算表",),
        ("预算数", None, None, None, None, None, "决算数"),
        (*half, *half),
        (*cars, *cars),
        tuple(range(1, 13)),
        (9, 1, 5, 2, 3, 3, 8.5, 1, 5, 2, 3, 2.5),
    )
    table = one(pack, rows)
    assert table.form.name == "三公经费支出决算表"
    assert totals(table) == SANGONG


def test_three_expenses_in_pairs_with_merges(pack: Pack) -> None:
    rows: Rows = (
        ("财政拨款“三公”经费支出决算表",),
        ("合计", None, "因公出国（境）费", None, "公务用车购置及运行费", None, None, None, None, None, "公务接待费"),
        (None, None, None, None, "小计", None, "公务用车购置费", None, "公务用车运行费"),
        ("预算数", "决算数") * 6,
        (9, 8.5, 1, 1, 5, 5, 2, 2, 3, 3, 3, 2.5),
    )
    merged = ["A2:B3", "C2:D3", "E2:J2", "K2:L3", "E3:F3", "G3:H3", "I3:J3"]
    assert totals(one(pack, rows, merged=merged)) == SANGONG


def test_three_expenses_vertical(pack: Pack) -> None:
    rows: Rows = (
        ("“三公”经费支出决算表",),
        ("单位：万元",),
        ("项目", "行次", "预算数", "决算数"),
        ("合计", 1, 9, 8.5),
        ("1.因公出国（境）费用", 2, 1, 1),
        ("2.公务用车购置及运行维护费", 3, 5, 5),
        ("其中：（1）公务用车购置费", 4, 2, 2),
        ("（2）公务用车运行维护费", 5, 3, 3),
        ("3.公务接待费", 6, 3, 2.5),
        ("其中：外事接待费", 7, None, None),
        ("公务用车保有量（辆）", 8, None, 2),
    )
    assert totals(one(pack, rows)) == SANGONG


# -- several tables, several sheets -----------------------------------------------------------------------------------
def test_two_tables_on_one_sheet(pack: Pack) -> None:
    data = workbook(
        {
            "支出决算表": (
                (
                    "科目编码",
                    "科目名称",
                    "本年支出合计",
                    "基本支出",
                    "项目支出",
                    "上缴上级支出",
                    "经营支出",
                    "对附属单位补助支出",
                ),
                ("2101501", "行政运行", 7, 7),
                ("财政拨款“三公”经费",),
                ("合计", None, "因公出国（境）费", None, "公务接待费"),
                ("预算数", "决算数") * 3,
                (0.95, None, None, None, 0.95, None),
            )
        }
    )
    tables, findings = read(pack, data)
    assert findings == []
    assert [table.form.name for table in tables] == ["支出决算表", "三公经费支出决算表"]
    assert totals(tables[1]) == {"合计·预算": "0.95", "公务接待费·预算": "0.95"}


def test_sheets_that_are_no_official_table_are_named(pack: Pack) -> None:
    _, findings = read(pack, workbook({"名单": (("序号", "单位名称"), (1, "甲局")), "空": ()}))
    assert [(d.code, str(d.place)) for d in findings] == [("X050", "表.xlsx · 名单")]


def test_tables_that_nothing_tells_apart_are_not_guessed(pack: Pack) -> None:
    header = (
        "科目编码",
        "科目名称",
        "年初结转和结余",
        "本年收入",
        "本年支出",
        "基本支出",
        "项目支出",
        "年末结转和结余",
    )
    _, findings = read(pack, workbook({"Sheet1": (header,)}))
    assert [d.code for d in findings] == ["X050"]
    assert (
        "分不清是“政府性基金预算财政拨款收入支出决算表”还是“国有资本经营预算财政拨款支出决算表”" in findings[0].message
    )
    tables, _ = read(pack, workbook({"Sheet1": (header, ("2230105", "补助支出", 1, 2, 3, 1, 2, 0))}))
    assert tables[0].form.name == "国有资本经营预算财政拨款支出决算表"


def test_the_short_form_of_state_capital_without_title_is_not_taken_for_another_table(pack: Pack) -> None:
    rows: Rows = (("科目编码", "科目名称", "合计", "基本支出", "项目支出"), ("2230105", "补助支出", 3, 1, 2))
    tables, findings = read(pack, workbook({"Sheet1": rows}))
    assert (tables, [d.code for d in findings]) == ([], ["X050"])


@pytest.mark.parametrize("title", ["政府性基金预算财政拨款“三公”经费支出决算表", "一般公共预算财政拨款项目支出决算表"])
def test_a_table_with_another_title_is_not_taken_for_one_that_looks_like_it(pack: Pack, title: str) -> None:
    rows: Rows = ((title,), ("科目编码", "科目名称", "合计", "基本支出", "项目支出"), ("2101501", "行政运行", 3, 1, 2))
    tables, findings = read(pack, workbook({"Sheet1": rows}))
    assert tables == []
    assert [d.message for d in findings] == [f"这张表没有读入：“{title}”不在这个模板包要填的公开表之列"]


# -- what is wrong in a table is said at its cell ---------------------------------------------------------------------
def said(findings: Sequence[Diagnostic]) -> list[str]:
    return [f"{d.code} {d.place.cell}" for d in findings]


def test_cells_and_codes_that_cannot_be_read(pack: Pack) -> None:
    rows: Rows = (
        ("一般公共预算财政拨款支出决算表",),
        ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
        ("2101501", "行政运行", "#DIV/0!", "约5", 1),
        ("210150", "信息化建设", 2, 0, 2),
        (None, "其他支出项", 2, 0, 2),
        ("2101599", "其他医疗保障管理事务支出", 2, "=1+1", 2),
    )
    tables, findings = read(pack, workbook({"Sheet1": rows}))
    assert said(findings) == ["X054 C3", "X054 D3", "X058 A4", "X053 B5", "X054 D6"]
    assert accounts(tables[0])["2101501"] == {"项目支出": "1"}


def test_an_item_that_no_form_has(pack: Pack) -> None:
    rows: Rows = (
        ("收入支出决算总表",),
        ("项目", "决算数", "项目", "决算数"),
        ("一、一般公共预算财政拨款收入", 5, "一、一般公共服务支出", 5),
        ("九、捐赠收入", 2, "二十七、新设的支出", 1),
        ("十、往年收入", 0, "二十八、另设的支出", None),
    )
    _, findings = read(pack, workbook({"Sheet1": rows}))
    assert said(findings) == ["X053 A4", "X053 C4"]


def test_a_long_table_takes_time_in_proportion(pack: Pack) -> None:
    """Twenty thousand rows, and the sums of all of them, within seconds."""
    codes = [f"2{n:02}{m:02}{k:02}" for n in range(1, 100) for m in range(1, 11) for k in range(1, 21)]
    rows: Rows = (
        ("一般公共预算财政拨款支出决算表",),
        ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
        *((code, "某项", 1, 1, 0) for code in codes),
        ("合计", None, len(codes) + 1, len(codes), 0),
    )
    data = workbook({"Sheet1": rows})
    with at_most(30):
        (table,), findings = read(pack, data)
        wrong = list(wrong_sums(table, "元"))
    assert findings == []
    assert len(table.accounts) == len(codes) == 19_800
    assert [str(d.place.cell) for d in wrong] == ["C19803"]


def test_a_column_whose_wording_is_new(pack: Pack) -> None:
    rows: Rows = (
        ("一般公共预算财政拨款支出决算表",),
        ("科目编码", "科目名称", "合计", "基本性支出", "项目支出"),
        ("2101501", "行政运行", 3, 2, 1),
    )
    _, findings = read(pack, workbook({"Sheet1": rows}))
    assert [(d.code, d.message) for d in findings] == [
        ("X057", "“一般公共预算财政拨款支出决算表”里没有认出“基本支出”一列")
    ]


# -- the command ------------------------------------------------------------------------------------------------------
def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(entry, ["import", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.output


INCOME_HEADER = (
    "项目",
    None,
    "本年收入合计",
    "财政拨款收入",
    "上级补助收入",
    "事业收入",
    "经营收入",
    "附属单位上缴收入",
    "其他收入",
)
SMALL: dict[str, Rows] = {
    "三公": (
        ("财政拨款“三公”经费支出决算表",),
        ("2020年度", "单位：万元"),
        ("项目", "预算数", "决算数"),
        ("合计", 0.95, 0.5),
        ("因公出国（境）费", None, None),
        ("公务用车购置费", None, None),
        ("公务用车运行维护费", None, None),
        ("公务接待费", 0.95, 0.5),
    ),
    "收入": (
        ("收入决算表",),
        ("部门：甲市医疗保障局", "单位：万元"),
        INCOME_HEADER,
        ("科目编码", "科目名称"),
        ("2101501", "行政运行", 90, 90),
        ("2101504", "信息化建设", 10, 9, None, None, None, None, 1),
        ("合计", None, 100, 99, None, None, None, None, 1),
    ),
}


def written(folder: Path, name: str, sheets: dict[str, Rows]) -> Path:
    path = folder / name
    path.write_bytes(workbook(sheets))
    return path


def test_an_input_folder_is_written(tmp_path: Path) -> None:
    status, output = run(written(tmp_path, "表.xlsx", SMALL), "-o", tmp_path / "甲局")
    assert status == 0, output
    assert "读入公开表 2 张：" in output
    assert "收入决算表    表.xlsx · 收入 第5至7行    8 个数，万元" in output
    assert output.count("X056") == 1 and "、“支出决算表”、" in output
    assert re.search(r"还要填写 \d+ 项", output)
    assert "财政拨款“三公”经费：因公出国（境）费·上年度决算数、" in output
    text = (tmp_path / "甲局" / "公开表.yaml").read_text(encoding="utf-8")
    assert text.splitlines()[2:][:4] == ["报告: final-accounts-national", "金额单位: 万元", "", "年度: 2020  # 三公"]
    assert '  名称: "甲市医疗保障局"  # 收入' in text
    assert (
        '  - 科目: "2101504 信息化建设"  # 收入!A6\n'
        "    合计: 10.00  # 收入!C6\n"
        "    财政拨款收入: 9.00  # 收入!D6\n"
        "    其他收入: 1.00  # 收入!I6\n"
    ) in text
    assert "  合计: 100.00  # 收入!C7\n" in text
    assert "    预算: 0  # 三公经费支出决算表中空着，按 0 填\n" in text
    assert "    上年:  # 待填：上年度决算数\n" in text
    rest = (tmp_path / "甲局" / "待填.yaml").read_text(encoding="utf-8")
    assert "主要职能:  # 待填：主要职能（参照批准的三定方案），一行一项" in rest


def test_an_input_folder_is_never_written_over(tmp_path: Path) -> None:
    tables = written(tmp_path, "表.xlsx", SMALL)
    (tmp_path / "甲局").mkdir()
    kept = tmp_path / "甲局" / "公开表.yaml"
    kept.write_text("年度: 2020\n", encoding="utf-8")
    status, output = run(tables, "-o", tmp_path / "甲局")
    assert status == 1
    assert "X062" in output and "没有写入" in output
    assert kept.read_text(encoding="utf-8") == "年度: 2020\n"
    assert [path.name for path in kept.parent.iterdir()] == ["公开表.yaml"]


def test_last_years_tables_fill_the_comparison(tmp_path: Path) -> None:
    last = {
        "三公": (
            ("2019年度财政拨款“三公”经费支出决算表",),
            ("单位：元",),
            ("项目", "预算数", "决算数"),
            ("合计", 20000, 15000),
            ("公务接待费", 20000, 15000.5),
        )
    }
    this, prior = written(tmp_path, "今年.xlsx", SMALL), written(tmp_path, "去年.xlsx", last)
    status, output = run(this, "--prior", prior, "-o", tmp_path / "甲局")
    assert status == 0, output
    assert "读入上年的公开表 1 张：" in output
    text = (tmp_path / "甲局" / "公开表.yaml").read_text(encoding="utf-8")
    assert '    上年: "15000.5元"  # 去年.xlsx · 三公!C5\n' in text
    assert "    决算: 0.50  # 今年.xlsx · 三公!C8\n" in text


def test_the_wrong_year_as_last_year(tmp_path: Path) -> None:
    tables = written(tmp_path, "表.xlsx", SMALL)
    status, output = run(tables, "--prior", tables, "-o", tmp_path / "甲局")
    assert status == 1
    assert "X060" in output and "作为上年的表给出的是2020年度的表，应当是2019年度的" in output


def test_without_a_unit_nothing_is_guessed(tmp_path: Path) -> None:
    silent = {name: tuple(r for r in rows if "单位：万元" not in r) for name, rows in SMALL.items()}
    tables = written(tmp_path, "表.xlsx", silent)
    status, output = run(tables, "-o", tmp_path / "甲局")
    assert status == 1
    assert "X051" in output
    assert not (tmp_path / "甲局").exists()
    status, output = run(tables, "-o", tmp_path / "甲局", "--unit", "元")
    assert status == 0, output
    text = (tmp_path / "甲局" / "公开表.yaml").read_text(encoding="utf-8")
    assert "金额单位: 元\n" in text and "    合计: 10  # 收入!C5\n" in text


def test_findings_of_a_whole_set(tmp_path: Path) -> None:
    other = {
        "再来": (
            ("2021年度收入决算表", "单位：万元"),
            INCOME_HEADER,
            ("科目编码", "科目名称"),
            ("2101504", "信息化建设", 11, 10, None, None, None, None, 1),
        ),
        "支出": (
            ("2021年度一般公共预算财政拨款支出决算表", "单位：万元"),
            ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
            ("210", "卫生健康支出", 12, 10, 2),
            ("21015", "医疗保障管理事务", 12, 10, 2),
            ("2101501", "行政运行", 10, 10, 0),
            ("2101504", "信息化建设", 1, 0, 1),
            ("213", "农林水支出", 3, 0, 3),
            ("21305", "扶贫", 3, 0, 3),
            ("合计", None, 15.02, 10, 5),
        ),
    }
    status, output = run(
        written(tmp_path, "一.xlsx", SMALL), written(tmp_path, "二.xlsx", other), "-o", tmp_path / "甲局"
    )
    assert status == 1
    found = re.findall(r"^(?:错误|警告|提示) (X0\d\d)  (.*)$", output, re.M)
    assert ("X052", "一.xlsx · 收入!C6") in found
    assert ("X055", "二.xlsx · 支出!C4") in found
    assert ("X055", "二.xlsx · 支出!E4") in found
    assert ("X055", "二.xlsx · 支出!C9") in found
    assert ("X059", "二.xlsx · 支出!A8") in found
    assert "X061" in {code for code, _ in found}
    assert (
        "“一般公共预算财政拨款支出决算表”21015 医疗保障管理事务的合计 12万元，下级各项相加 11万元，相差 1万元" in output
    )


def test_files_and_packs_that_cannot_be_used(tmp_path: Path) -> None:
    status, output = run(written(tmp_path, "名单.xlsx", {"名单": (("甲", 1),)}), "-o", tmp_path / "甲局")
    assert (status, "X064" in output) == (1, True)
    packs = tmp_path / "包"
    files = {
        "pack.yaml": "{名称: no-tables, 上级: common, 标题: 没有表, 种类: 报告, 题名: 报告, 文件名: 报告, 章节: [正文],"
        " 标题样式: {默认: {1: {编号: '', 样式: 标题1}}}}",
        "fields.yaml": "年度: {类型: 年度, 标签: 年度}",
        "text/正文.md.j2": "一句。",
    }
    for name, text in files.items():
        (packs / "no-tables" / name).parent.mkdir(parents=True, exist_ok=True)
        (packs / "no-tables" / name).write_text(text + "\n", encoding="utf-8")
    wish = ("--pack", "no-tables", "--templates", packs)
    status, output = run(written(tmp_path, "表.xlsx", SMALL), "-o", tmp_path / "甲局", *wish)
    assert (status, "X063" in output) == (1, True)
    assert not (tmp_path / "甲局").exists()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("--unit", "吨"), "“--unit”后面只能写：元、千元、万元、亿元。"),
        (("--year", "24"), "“--year”后面要写 2000 至 2100 的整数。"),
    ],
)
def test_wrong_use_is_explained(capsys: pytest.CaptureFixture[str], words: tuple[str, str], answer: str) -> None:
    with pytest.raises(SystemExit) as left:
        main(["import", "表.xlsx", "-o", "甲局", *words])
    assert left.value.code == 2
    assert capsys.readouterr().err.splitlines() == [answer, "用法请看：juesuan import --help"]


def test_help_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["import", "--help"])
    shown = capsys.readouterr().out
    assert "[必写]" in shown and "[2000 至 2100]" in shown and "required" not in shown


def quantities(folder: Path) -> dict[str, Decimal]:
    """Every figure of an input by name, in 元."""
    files = read_input(folder).value
    assert files is not None
    case = read_case(files, PackRoots.with_own(), {}).value
    assert case is not None
    return {fact.name: fact.value for fact in walk(case.facts) if isinstance(fact, Quantity)}


def test_a_workbook_to_finish_by_hand(tmp_path: Path) -> None:
    """The workbook holds what the YAML holds."""
    tables = written(tmp_path, "表.xlsx", SMALL)
    for folder, options in (("文本", ()), ("工作簿", ("--workbook",))):
        status, output = run(tables, "-o", tmp_path / folder, *options)
        assert status == 0, output
    assert [path.name for path in (tmp_path / "工作簿").iterdir()] == ["填报.xlsx"]
    assert quantities(tmp_path / "工作簿") == quantities(tmp_path / "文本")


def test_tables_saved_as_xls(tmp_path: Path, libreoffice: Path) -> None:
    source = written(tmp_path, "表.xlsx", SMALL)
    subprocess.run([libreoffice, "--headless", "--convert-to", "xls", "--outdir", tmp_path, source], check=True)
    status, output = run(tmp_path / "表.xls", "-o", tmp_path / "甲局")
    assert status == 0, output
    assert "收入决算表    表.xls · 收入 第5至7行    8 个数，万元" in output


# -- published tables -------------------------------------------------------------------------------------------------
def published(shared: Path, name: str) -> Path:
    path = shared / "published" / name
    if not path.is_file():
        pytest.skip(f"{name} is not among the published documents beside the repository")
    return path


NINE = {
    "收入支出决算总表",
    "收入决算表",
    "支出决算表",
    "财政拨款收入支出决算总表",
    "一般公共预算财政拨款支出决算表",
    "一般公共预算财政拨款基本支出决算表",
    "三公经费支出决算表",
    "政府性基金预算财政拨款收入支出决算表",
    "国有资本经营预算财政拨款支出决算表",
}


def read_amounts(tables: Sequence[OfficialTable]) -> dict[tuple[str, str], Decimal]:
    """(sheet, cell) → amount, of every amount that was read."""
    found = [amount for table in tables for amount in table.totals.values()]
    found += [amount for table in tables for row in table.accounts for amount in row.amounts.values()]
    assert len(found) == len({(a.place.sheet, a.place.cell) for a in found})
    return {(amount.place.sheet, amount.place.cell): amount.value for amount in found}


@pytest.mark.parametrize("name", ["putuo-planning-2024", "putuo-finance-2024"])
def test_published_tables_give_every_amount(pack: Pack, shared: Path, name: str) -> None:
    path = published(shared, f"{name}.tables.xlsx")
    tables, findings = read(pack, path.read_bytes())
    assert {table.form.name for table in tables} == NINE
    assert [d.code for d in findings] == ["X050"], "only the list of units is no official table"
    numbers = {
        (sheet.title, cell.coordinate): Decimal(str(cell.value))
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    }
    assert read_amounts(tables) == numbers


@pytest.mark.parametrize("name", ["putuo-planning-2024", "putuo-finance-2024"])
def test_published_tables_without_their_names_in_any_order(pack: Pack, shared: Path, name: str) -> None:
    """Only the two fund tables, empty and alike, cannot be told apart."""
    book = openpyxl.load_workbook(published(shared, f"{name}.tables.xlsx"))
    sheets = sorted(book.worksheets, key=lambda sheet: sheet.title[::-1])
    for number, sheet in enumerate(sheets, 1):
        sheet.title = f"Sheet{number}"
        book.move_sheet(sheet, -20)
    stream = io.BytesIO()
    book.save(stream)
    tables, findings = read(pack, stream.getvalue())
    assert len(tables) == 7
    assert {table.form.name for table in tables} == {one for one in NINE if "基金" not in one and "国有" not in one}
    assert [d.code for d in findings] == ["X050"] * 3


def test_amounts_stand_in_the_published_pdf(pack: Pack, shared: Path) -> None:
    """Every amount is printed in the PDF, and those of a functional 科目 in one line behind its code, in order."""
    pdf = published(shared, "putuo-planning-2024.pdf")
    try:
        done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("pdftotext (poppler) is not installed")
    lines = done.stdout.decode().replace(",", "").splitlines()
    printed = {number for line in lines for number in re.findall(r"\d+\.\d\d", line)}
    tables, _ = read(pack, published(shared, "putuo-planning-2024.tables.xlsx").read_bytes())
    amounts = {f"{value:.2f}" for value in read_amounts(tables).values()}
    assert len(amounts) == 70
    assert amounts - printed == set()
    for table in tables:
        for row in table.accounts:
            if len(row.code) > 3 and row.code.startswith("2"):  # the economic table breaks its lines within a row
                numbers = [f"{amount.value:.2f}" for amount in row.amounts.values()]
                pattern = rf"\b{row.code}\b.*?" + r".*?\b".join(map(re.escape, numbers))
                assert any(re.search(pattern, line) for line in lines), (table.form.name, row.code, numbers)


@pytest.mark.parametrize("name", ["putuo-planning-2024", "putuo-finance-2024"])
def test_published_tables_become_an_input_without_contradiction(shared: Path, tmp_path: Path, name: str) -> None:
    tables = published(shared, f"{name}.tables.xlsx")
    status, output = run(tables, "-o", tmp_path / "局", "--unit", "万元", "--year", "2024")
    assert status == 0, output
    result = CliRunner().invoke(entry, ["check", "--json", str(tmp_path / "局")])
    found = {(one["severity"], one["code"]) for one in json.loads(result.output)["findings"]}
    assert {code for severity, code in found if severity == "待填"} <= {"F002", "F003", "F006", "F016"}
    assert not [code for severity, code in found if severity == "错误"], "what the tables hold agrees"


@pytest.mark.parametrize("name", ["putuo-planning-2024", "putuo-finance-2024"])
def test_the_example_holds_what_the_tables_say(shared: Path, tmp_path: Path, name: str) -> None:
    """Every figure that the import reads stands with the same value in the example made of tables and narrative."""
    tables = published(shared, f"{name}.tables.xlsx")
    run(tables, "-o", tmp_path / "局", "--unit", "万元", "--year", "2024")
    example = Path(__file__).resolve().parents[2] / "inputs" / name
    imported, finished = quantities(tmp_path / "局"), quantities(example)
    assert len(imported) > 150
    assert {n: v for n, v in imported.items() if finished.get(n, Decimal(0)) != v} == {}
