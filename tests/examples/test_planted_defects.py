"""What goes wrong in a workbook, and at which cell the office is told: one row for each thing that was done.

Each row: what the office did in the workbook of the example of 贡井区医疗保障局 2020; where (sheet, row by its label or
the words in it, column by its header) and what then stood there; the finding's code; the cell that it names when that
is another one; words of the sentence; the codes that follow from the same slip. Nothing else is found. With the rows of
`FINE` nothing is found at all.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from every import some
from excel_twins import BOOK, INPUTS, found_in, twin_of
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.diagnostics import Diagnostic, Severity
from generator.diagnostics.as_text import as_text

FOLDER = INPUTS / "gongjing-2020"

Value = str | int | float | datetime | None


@dataclass(frozen=True)
class At:
    """A cell by the words beside and above it. `row`: words that stand in the row, with spaces between them."""

    sheet: str
    row: str
    column: str = "填写"


@dataclass(frozen=True)
class Slip:
    what: str
    sheet: str
    row: str
    column: str
    typed: Value
    code: str
    words: str
    at: At | None = None
    """The cell that is named, when it is not the one typed into."""
    also: tuple[str, ...] = ()
    """Codes of what is found besides, because figures really stop agreeing."""
    shown_as: str = ""
    """The number format that the cell got."""


@dataclass(frozen=True)
class Deed:
    """Something that cannot be typed into one cell."""

    what: str
    do: Callable[[Workbook], None]
    code: str
    at: At | str
    """A string is the name of a sheet, "" the workbook."""
    words: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kept:
    """Something an office does that changes nothing."""

    what: str
    do: Callable[[Workbook], object]


# -- finding cells ----------------------------------------------------------------------------------------------------
def text(cell: Cell) -> str:
    return "" if cell.value is None else str(cell.value)


def header_row(sheet: Worksheet, column: str) -> int:
    return next(row for row in range(1, 12) if any(text(cell) == column for cell in sheet[row]))


def letter(sheet: Worksheet, column: str) -> int:
    return next(cell.column for cell in sheet[header_row(sheet, column)] if text(cell) == column)


def row_number(sheet: Worksheet, words: str, column: str) -> int:
    wanted = set(words.split())
    for row in sheet.iter_rows(min_row=header_row(sheet, column) + 1):
        if wanted <= {text(cell) for cell in row}:
            return int(row[0].row)
    raise AssertionError(f"{sheet.title}: no row with {words}")


def cell_at(book: Workbook, at: At) -> Cell:
    sheet = book[at.sheet]
    if at.row.isdecimal() and len(at.row) < 4:
        found = sheet.cell(int(at.row), letter(sheet, at.column))
    else:
        found = sheet.cell(row_number(sheet, at.row, at.column), letter(sheet, at.column))
    assert isinstance(found, Cell)
    return found


# -- what an office does besides typing -------------------------------------------------------------------------------
def move(sheet: str, row: str, old: str, new: str) -> Callable[[Workbook], None]:
    """Types the value of one column into another one."""

    def do(book: Workbook) -> None:
        source, target = cell_at(book, At(sheet, row, old)), cell_at(book, At(sheet, row, new))
        target.value, source.value = source.value, None

    return do


def swap(sheet: str, first: str, second: str, column: str) -> Callable[[Workbook], None]:
    def do(book: Workbook) -> None:
        one, other = cell_at(book, At(sheet, first, column)), cell_at(book, At(sheet, second, column))
        one.value, other.value = other.value, one.value

    return do


def delete(sheet: str, row: str, column: str) -> Callable[[Workbook], None]:
    def do(book: Workbook) -> None:
        book[sheet].delete_rows(row_number(book[sheet], row, column))

    return do


def repeat(sheet: str, row: str, column: str) -> Callable[[Workbook], None]:
    """The row once more, below the last one."""

    def do(book: Workbook) -> None:
        page, number = book[sheet], row_number(book[sheet], row, column)
        top = letter(page, column)
        last = max(cell.row for cell in page[page.cell(1, top).column_letter] if cell.value is not None)
        for cell in page[number]:
            if not text(cell).startswith("="):
                page.cell(last + 1, cell.column).value = cell.value

    return do


def fill(sheet: str, *cells: tuple[str, Value]) -> Callable[[Workbook], None]:
    def do(book: Workbook) -> None:
        for cell, value in cells:
            book[sheet][cell].value = value

    return do


def rename(old: str, new: str) -> Callable[[Workbook], None]:
    def do(book: Workbook) -> None:
        book[old].title = new

    return do


def head(sheet: str, column: str, new: str) -> Callable[[Workbook], None]:
    def do(book: Workbook) -> None:
        page = book[sheet]
        page.cell(header_row(page, column), letter(page, column)).value = new

    return do


def label(sheet: str, row: str, new: str) -> Callable[[Workbook], None]:
    def do(book: Workbook) -> None:
        page = book[sheet]
        page.cell(row_number(page, row, "项目"), letter(page, "项目")).value = new

    return do


def moved_column(sheet: str, column: str, place: int) -> Callable[[Workbook], None]:
    """The column with its header stands further right; where it was, there is nothing."""

    def do(book: Workbook) -> None:
        page = book[sheet]
        old = letter(page, column)
        for row in range(header_row(page, column), page.max_row + 1):
            page.cell(row, place).value = page.cell(row, old).value
            page.cell(row, old).value = None

    return do


def remove(sheet: str) -> Callable[[Workbook], None]:
    def do(book: Workbook) -> None:
        del book[sheet]

    return do


def hide_row(sheet: str, row: str, column: str) -> Callable[[Workbook], None]:
    def do(book: Workbook) -> None:
        book[sheet].row_dimensions[row_number(book[sheet], row, column)].hidden = True

    return do


INCOME, SPENT, DETAIL, TOTALS = "收入功能分类", "一般公共预算支出", "支出明细", "收支总计"
MONEY_IN = "一般公共预算财政拨款收入"
CODE, ECONOMIC = "功能分类科目编码", "部门预算支出经济分类科目编码"
BUDGET, BASIC, PROJECT, GLOSSARY = "预算数", "基本支出", "项目支出", "名词解释"
TRAVEL, BUYING, ASSETS, WHOLE = "三公", "政府采购", "国有资产", "整体评价"
PROJECTS, RESULTS = "项目", "项目·指标"
SPENT_BY, ARRIVED = "执行数（财政拨款）", "资金到位数"
FIRST = "DRGs项目经费"

SLIPS = (
    # -- the wrong figure
    Slip(
        "a decimal point moved",
        INCOME,
        "2130506",
        MONEY_IN,
        400000,
        "T4-TO",
        "相差 360,000.00元",
        also=("T1-BAL", "T4-BAL"),
    ),
    Slip(
        "two digits swapped",
        DETAIL,
        "2080505 30108",
        BASIC,
        54379.52,
        "X45-BASIC",
        "相差 9,000.00元",
        At(SPENT, "2080505", BASIC),
    ),
    Slip(
        "万元 typed where the workbook is in 元",
        SPENT,
        "2101504",
        PROJECT,
        4.33,
        "C040",
        "单位是不是写成了万元？按此改过来，核对关系就相符",
        also=("F003", "F007"),
    ),
    Slip("last year in 万元", TOTALS, "上年收、支总计", "填写", 36.57, "C040", "由此还有：警告 T4-PRIOR"),
    Slip(
        "last year's grants in 万元",
        "财政拨款",
        "上年财政拨款收、支总计",
        "填写",
        36.57,
        "C040",
        "由此还有：警告 T5-PRIOR",
    ),
    Slip("a total that was typed", TOTALS, "收、支总计", "填写", 926800, "F004", "相差 10,000.00元", also=("T1-BAL",)),
    Slip("a total typed into a table", PROJECTS, FIRST, BUDGET, 31000, "F004", "相差 1,000.00元"),
    Slip(
        "details off by 100",
        DETAIL,
        "2101501 30302",
        BASIC,
        6500,
        "X45-BASIC",
        "相差 100.00元",
        At(SPENT, "2101501", BASIC),
    ),
    Slip(
        "less than nothing left",
        "结转结余",
        "年末一般公共预算财政拨款结转和结余",
        "填写",
        -100,
        "T4-GEN-END",
        "小于 0",
        also=("I037", "T1-BAL", "T4-BAL"),
    ),
    Slip("more than fen", SPENT, "2130506", BUDGET, 40000.005, "I039", "超过两位小数", also=("F009",)),
    # -- no figure at all
    Slip("words for an amount", SPENT, "2130506", BUDGET, "四万元", "I030", "四万元"),
    Slip("about", SPENT, "2130506", BUDGET, "约4万", "I030", "约4万"),
    Slip(
        "a date in an amount",
        SPENT,
        "2130506",
        BUDGET,
        datetime(2020, 4, 1),
        "I032",
        "2020-04-01",
        shown_as="yyyy-mm-dd",
    ),
    Slip("a percentage for an amount", SPENT, "2130506", BUDGET, 0.4, "I031", "40%", shown_as="0%"),
    Slip("#DIV/0!", SPENT, "2130506", BUDGET, "#DIV/0!", "I034", "#DIV/0!"),
    Slip("#REF! in a count", TRAVEL, "因公出国（境）人数", "填写", "#REF!", "I034", "#REF!"),
    Slip("a formula that was never calculated", SPENT, "2130506", BUDGET, "=C11+D11", "X010", "没有计算结果"),
    Slip("thousands in the wrong place", SPENT, "2130506", BUDGET, "4,0000.00", "I036", "4,0000.00"),
    Slip("scientific notation as text", SPENT, "2130506", BUDGET, "4E+4", "I035", "4E+4"),
    Slip("too many digits", SPENT, "2130506", BUDGET, f"4{'0' * 30}", "I040", "位数太多"),
    Slip("无 for an amount", BUYING, "政府采购货物支出", "填写", "无", "I056", "没有发生的填 0"),
    Slip("a remark behind the amount", BUYING, "政府采购货物支出", "填写", "0（约）", "I058", "不认识"),
    Slip("an accountant's brackets", BUYING, "政府采购货物支出", "填写", "(400)", "I057", "括号"),
    Slip("不适用 for a budget", SPENT, "2130506", BUDGET, "不适用", "F008", "报告里要用它计算", also=("F003",)),
    Slip("万元 written into the cell", SPENT, "2130506", BUDGET, "4万元", "I038", "已换算为 40000元"),
    # -- counts, days, choices
    Slip("people below zero", TRAVEL, "因公出国（境）人数", "填写", -1, "I042", "不能是负数"),
    Slip("half a person", WHOLE, "人员编制·机关行政编制", "填写", 4.5, "I041", "应当是整数"),
    Slip("people in 辆", TRAVEL, "因公出国（境）人数", "填写", "3辆", "I043", "单位应当是“人”"),
    Slip("half a date", "基本情况", "公开时间", "填写", "2021年10月", "I076", "没有写哪一天"),
    Slip("30 February", "基本情况", "公开时间", "填写", "2021-02-30", "I047", "这一天不存在"),
    Slip("published before the year's end", "基本情况", "公开时间", "填写", datetime(2020, 10, 26), "C004", "不相称"),
    Slip("a year in words", "填报说明", "决算年度", "填写", "二〇二〇", "I045", "不是年度"),
    Slip("the year before left", "填报说明", "决算年度", "填写", 2019, "O036", "2019年度不在", also=("C003",)),
    Slip("an unknown choice", "单位构成", "行政单位", "单位性质", "政府机关", "I049", "参照公务员法管理的事业单位"),
    Slip(
        "neither 是 nor 否",
        PROJECTS,
        "医保经办服务工作经费",
        "是否开展绩效自评和评价",
        "没有",
        "I048",
        "只能填“是”或“否”",
    ),
    # -- 科目
    Slip("an unknown 科目", INCOME, "2101504", CODE, "2991599", "A001", "没有编码为 2991599 的科目"),
    Slip(
        "款 instead of 项",
        SPENT,
        "2130506",
        CODE,
        "21305",
        "A003",
        "这里要填到项",
        also=("X45-EXTRA", "T4-FROM", "TN-PERF-WHERE"),
    ),
    Slip(
        "another 科目's name",
        SPENT,
        "2210201",
        CODE,
        "2210201 购房补贴",
        "A005",
        "您是否指 2210203 购房补贴",
        also=("X45-EXTRA", "T4-FROM"),
    ),
    Slip(
        "the wrong column's 科目",
        DETAIL,
        "2210201 30113",
        ECONOMIC,
        "2210201",
        "A010",
        "这里要填经济科目",
    ),
    Slip(
        "a detail under another 科目",
        DETAIL,
        "2210201 30113",
        CODE,
        "2210202",
        "X45-EXTRA",
        "一般公共预算财政拨款支出中没有",
        also=("X45-BASIC",),
    ),
    Slip(
        "income under another 科目",
        INCOME,
        "2210201",
        CODE,
        "2210202",
        "T4-FROM",
        "没有支出，也没有年末结转和结余",
        also=("T4-TO",),
    ),
    Slip(
        "the same 科目 twice",
        SPENT,
        "2130506",
        CODE,
        "2101504",
        "I025",
        "有两行",
        also=("X45-EXTRA", "X45-PROJECT", "T4-FROM", "T4-TO", "TN-PERF-ACCOUNT", "TN-PERF-WHERE"),
    ),
    Slip("the same project twice", PROJECTS, "医保脱贫攻坚工作经费", "项目名称", FIRST, "I025", "有两行"),
    Slip(
        "a project under another 科目",
        PROJECTS,
        "医保脱贫攻坚工作经费",
        CODE,
        "2130502",
        "TN-PERF-WHERE",
        "没有财政拨款支出",
        also=("TN-PERF-ACCOUNT",),
    ),
    # -- missing
    Slip("last year left blank", TOTALS, "上年收、支总计", "填写", None, "F002", "是必填项"),
    Slip("a budget left blank", SPENT, "2080104", BUDGET, None, "F002", "预算数是必填项"),
    Slip("a count left blank", ASSETS, "单价50万元以上通用设备", "填写", "   ", "F002", "是必填项"),
    Slip("a reason left blank", TOTALS, "收、支总计变动原因", "填写", None, "F003", "变动原因没有填写"),
    Slip("a reason that says nothing", TOTALS, "收、支总计变动原因", "填写", "工作需要", "C001", "过于简单"),
    Slip(
        "a reason against the figures",
        TOTALS,
        "收、支总计变动原因",
        "填写",
        "人员经费减少及公用经费减少",
        "C002",
        "决算数是增加的",
    ),
    Slip(
        "no reason for the budget",
        SPENT,
        "2101504",
        BUDGET,
        53330,
        "F003",
        "决算数与预算数不同的原因没有填写",
        At(SPENT, "2101504", "决算数与预算数不同的原因"),
        also=("F007",),
    ),
    # -- 三公, 采购, people
    Slip(
        "travellers without money", TRAVEL, "因公出国（境）团组数", "填写", 2, "D-3GCONS-ABROAD", "有的为 0、有的不为 0"
    ),
    Slip(
        "reception without its parts",
        TRAVEL,
        "公务接待费·决算数",
        "填写",
        500,
        "TN-7-RECEPTION",
        "国内、外事相加 0.00元",
        also=("C046", "F003"),
    ),
    Slip("guests without money", TRAVEL, "国内公务接待人次", "填写", 12, "D-3GCONS-DOMESTIC", "有的为 0、有的不为 0"),
    Slip(
        "cars without money",
        TRAVEL,
        "按规定更新购置的公务用车·购置轿车金额",
        "填写",
        180000,
        "TN-7-CAR-BUY",
        "各车型相加 180,000.00元",
    ),
    Slip(
        "running costs without a car",
        TRAVEL,
        "公务用车运行维护费·决算数",
        "填写",
        300,
        "D-3GCONS-CAR-RUN",
        "保有量却是 0",
        At(TRAVEL, "年末公务用车保有量·轿车"),
        also=("C046", "F003"),
    ),
    Slip(
        "cars that no asset is",
        TRAVEL,
        "年末公务用车保有量·轿车",
        "填写",
        1,
        "TN-CAR",
        "小于公务用车保有量",
        also=("F003",),
    ),
    Slip(
        "abroad only in the details",
        DETAIL,
        "2101504 30299",
        ECONOMIC,
        "30212",
        "X67-ABROAD",
        "支出明细 21,000.00元",
        At(TRAVEL, "因公出国（境）费·决算数"),
    ),
    Slip(
        "small firms beyond all", BUYING, "授予中小企业合同金额", "填写", 30000, "TN-PROC-SME", "超过政府采购支出总额"
    ),
    Slip(
        "smallest beyond small",
        BUYING,
        "授予小微企业合同金额",
        "填写",
        30000,
        "TN-PROC-MICRO",
        "超过授予中小企业合同金额",
    ),
    Slip(
        "more people than posts",
        WHOLE,
        "在职在编人员·在职行政人员",
        "填写",
        6,
        "F003",
        "超过编制数的说明没有填写",
        At(WHOLE, "在职人数超过编制数的说明"),
        also=("N-HEADCAP",),
    ),
    Slip(
        "the first unit is not its own",
        "单位构成",
        "行政单位",
        "单位名称",
        "贡井区医保中心",
        "D-DUTY",
        "第一个不是本级",
        At("单位", "单位全称"),
    ),
    # -- projects
    Slip(
        "projects below the 项",
        PROJECTS,
        "医保信息系统运行维护经费",
        SPENT_BY,
        3330,
        "TN-PERF-ACCOUNT",
        "相差 10,000.00元",
    ),
    Slip(
        "spent more than arrived", PROJECTS, "居民职工基金征收监管", ARRIVED, 30000, "P-ARRIVED", "执行数超过资金到位数"
    ),
    Slip(
        "spent beyond the budget",
        PROJECTS,
        "医保信息系统运行维护经费",
        "预算数（财政拨款）",
        10330,
        "P-BUDGET",
        "执行数超过全年预算数",
    ),
    Slip(
        "weights that are not 100",
        RESULTS,
        f"{FIRST} 医保支付方式改革",
        "权重",
        40,
        "P-WEIGHT",
        "权重合计不是 100",
        At(PROJECTS, FIRST, "项目名称"),
    ),
    Slip(
        "an indicator of no known project",
        RESULTS,
        f"{FIRST} 医保支付方式改革",
        "所属项目名称",
        "DRG项目经费",
        "X019",
        "没有这一行",
    ),
    Slip(
        "an indicator without its project",
        RESULTS,
        f"{FIRST} 实施DRG项目医疗机构数量",
        "所属项目名称",
        None,
        "X023",
        "按上一行的“DRGs项目经费”读取",
    ),
    # -- left over
    Slip("XX", WHOLE, "机构组成", "填写", "区医疗保障局内设机构XX个，办公室。", "I050", "还留着“XX”"),
    Slip("××", "机关运行经费", "机关运行经费变动原因", "填写", "××", "I050", "还留着“××”", also=("C001",)),
    Slip(
        "{单位}", "绩效管理", "项目支出绩效评价的总体情况", "填写", "“{单位}”项目完成率较高", "I050", "还留着“{单位}”"
    ),
    Slip(
        "another year's text",
        WHOLE,
        "结果应用情况",
        "填写",
        "2018年，区医疗保障局严格按照预算执行。",
        "C003",
        "出现2018年",
    ),
    Slip("增长 and a minus sign", WHOLE, "部门预算管理", "填写", "支出比上年增长-24.34%。", "C016", "不再用负号"),
    Slip("both directions left", WHOLE, "部门预算管理", "填写", "支出比上年增长/下降24.34%。", "C017", "没有选定增减"),
    # -- the front sheet
    Slip(
        "an unknown report",
        "填报说明",
        "报告",
        "填写",
        "final-accounts-sichaun",
        "T112",
        "您是否指“final-accounts-sichuan”",
    ),
    Slip("no known money unit", "填报说明", "金额单位", "填写", "美元", "I027", "金额单位“美元”不认识"),
)

DEEDS = (
    Deed(
        "an amount in the next column",
        move(SPENT, "2130506", PROJECT, BASIC),
        "X45-BASIC",
        At(SPENT, "2130506", BASIC),
        "基本支出 40,000.00元，支出明细相加 0.00元",
        also=("X45-PROJECT", "TN-PERF-TOTAL", "F007"),
    ),
    Deed(
        "two rows swapped",
        swap(INCOME, "2101101", "2210201", MONEY_IN),
        "T4-TO",
        At(INCOME, "2101101", MONEY_IN),
        "收入 34,500.00元，支出 26,698.60元",
    ),
    Deed(
        "a 项 left out",
        delete(SPENT, "2130506", CODE),
        "X45-EXTRA",
        At(DETAIL, "2130506 30201", CODE),
        "一般公共预算财政拨款支出中没有",
        also=("T1-BAL", "T4-BAL", "T4-FROM", "TN-PERF-TOTAL", "TN-PERF-WHERE", "F007"),
    ),
    Deed(
        "a row of the details left out",
        delete(DETAIL, "2101501 30239", CODE),
        "X45-BASIC",
        At(SPENT, "2101501", BASIC),
        "相差 24,600.00元",
        also=("C002", "F007"),
    ),
    Deed(
        "a row of the details twice",
        repeat(DETAIL, "2210201 30113", CODE),
        "X45-BASIC",
        At(SPENT, "2210201", BASIC),
        "支出明细相加 69,000.00元",
    ),
    Deed(
        "a 科目 twice",
        repeat(SPENT, "2210201", CODE),
        "I025",
        At(SPENT, "13", CODE),
        "“2210201”有两行",
        also=("T1-BAL", "T4-BAL"),
    ),
    Deed("a sheet under another name", rename("收支总计", "总计"), "X017", "总计", "按“收支总计”读取"),
    Deed("a sheet deleted", remove("国有资产"), "X011", "", "没有工作表“国有资产”", also=("F002",)),
    Deed("a header renamed", head(SPENT, BUDGET, "年初安排"), "X015", SPENT, "没有找到“预算数”", also=("X014",)),
    Deed(
        "a header with another unit",
        head(SPENT, BUDGET, "预算数（万元）"),
        "X024",
        At(SPENT, "4", "预算数（万元）"),
        "与本工作簿的金额单位“元”不一样",
    ),
    Deed(
        "a label renamed",
        label(TOTALS, "上年收、支总计", "去年总计"),
        "X013",
        At(TOTALS, "5", "项目"),
        "没有“去年总计”这个项目",
        also=("F002",),
    ),
    Deed(
        "a field twice",
        fill(TOTALS, ("A8", "上年收、支总计"), ("B8", 365800)),
        "X016",
        At(TOTALS, "5"),
        "填了两行，内容不一样",
    ),
    Deed("a hidden row", hide_row(SPENT, "2130506", CODE), "X025", SPENT, "隐藏的"),
)

FINE = (
    Kept("full-width digits", fill(SPENT, ("B11", "４００００"))),
    Kept("thousands", fill(SPENT, ("B11", "40,000.00"))),
    Kept("spaces around", fill(SPENT, ("B11", " 40000 "))),
    Kept("元 behind it", fill(SPENT, ("B11", "40000元"))),
    Kept("a number as text", fill(SPENT, ("B11", "40000.00"))),
    Kept("a 科目 as a number", fill(SPENT, ("A11", 2130506))),
    Kept("a 科目 with its name", fill(SPENT, ("A11", "2130506 社会发展"))),
    Kept("spaces behind words", fill("单位构成", ("B5", "行政单位  "))),
    Kept("a year with 年", fill("填报说明", ("B5", "2020年"))),
    Kept("a day as words", fill("基本情况", ("B4", "2021年10月26日"))),
    Kept("a total that is right", fill(TOTALS, ("B4", 916800))),
    Kept("rows inserted above the table", lambda book: book[SPENT].insert_rows(1, 3)),
    Kept("empty rows between", lambda book: book[DETAIL].insert_rows(20, 2)),
    Kept("empty columns before", lambda book: book[INCOME].insert_cols(1, 2)),
    Kept("a column moved to the end", moved_column(SPENT, GLOSSARY, 9)),
    Kept("a line of 合计 below", fill(INCOME, ("A13", "合计"), ("B13", 916800))),
    Kept("the sheets in another order", lambda book: book.move_sheet("项目", -20)),
    Kept("a filter", lambda book: setattr(book[DETAIL].auto_filter, "ref", "A4:E50")),
    Kept("colours and a wide column", lambda book: setattr(book[DETAIL].column_dimensions["A"], "width", 60)),
    Kept("an empty sheet of one's own", lambda book: book.create_sheet("草稿")),
)


# -- the tests --------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def clean() -> bytes:
    return twin_of(FOLDER, earlier=True)


@pytest.fixture(scope="module")
def usual(clean: bytes, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return said(found_in(saved(tmp_path_factory.mktemp("原样"), openpyxl.load_workbook(io.BytesIO(clean)))))


def saved(folder: Path, book: Workbook) -> Path:
    folder.mkdir(exist_ok=True)
    book.save(folder / BOOK)
    return folder


def said(findings: Sequence[Diagnostic]) -> list[str]:
    return [f"{one.code} {one.message}" for one in findings]


def new_findings(folder: Path, usual: Sequence[str]) -> list[Diagnostic]:
    """What is found besides what the untouched workbook gives; sheets that were renamed do not make it new."""
    return [one for one in found_in(folder) if f"{one.code} {one.message}" not in usual]


def spot(book: Workbook, at: At) -> str:
    return f"{BOOK} · {at.sheet}!{cell_at(book, at).coordinate}"


def check(found: Sequence[Diagnostic], code: str, place: str, words: str, also: Sequence[str]) -> None:
    told = [as_text(one) for one in found]
    meant = [one for one in found if one.code == code and place in map(str, one.places) and words in as_text(one)]
    assert meant, (place, told)
    assert {one.code for one in found} == {code, *also}, told


def planted(clean: bytes, slip: Slip) -> tuple[Workbook, str]:
    """The workbook with the slip in it, and the place that must be named."""
    book = openpyxl.load_workbook(io.BytesIO(clean))
    cell = cell_at(book, At(slip.sheet, slip.row, slip.column))
    place = spot(book, slip.at) if slip.at else f"{BOOK} · {slip.sheet}!{cell.coordinate}"
    cell.value = slip.typed
    if slip.shown_as:
        cell.number_format = slip.shown_as
    return book, place


@pytest.mark.parametrize("slip", some(SLIPS, 2), ids=lambda slip: slip.what)
def test_a_slip_is_found_at_its_cell(slip: Slip, clean: bytes, usual: list[str], tmp_path: Path) -> None:
    book, place = planted(clean, slip)
    check(new_findings(saved(tmp_path / "数据", book), usual), slip.code, place, slip.words, slip.also)


@pytest.mark.parametrize("deed", some(DEEDS, 2), ids=lambda deed: deed.what)
def test_a_deed_is_found_where_it_shows(deed: Deed, clean: bytes, usual: list[str], tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(clean))
    deed.do(book)
    place = spot(book, deed.at) if isinstance(deed.at, At) else f"{BOOK} · {deed.at}".removesuffix(" · ")
    check(new_findings(saved(tmp_path / "数据", book), usual), deed.code, place, deed.words, deed.also)


def test_the_clean_workbook_gives_the_findings_of_the_yaml(usual: list[str]) -> None:
    assert usual == said(found_in(FOLDER))


@pytest.mark.parametrize("kept", some(FINE, 2), ids=lambda kept: kept.what)
def test_what_changes_nothing_gives_nothing(kept: Kept, clean: bytes, usual: list[str], tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(clean))
    kept.do(book)
    assert [as_text(one) for one in new_findings(saved(tmp_path / "数据", book), usual)] == []


NOTES = (
    ("a remark beside the table", fill(SPENT, ("L7", "与国库处核对过")), "X022", f"{SPENT}!L7"),
    ("a remark below the table", fill(INCOME, ("A14", "注：以上为财政拨款")), "X022", f"{INCOME}!A14"),
    ("a column of one's own", fill(SPENT, ("I4", "核对人"), ("I5", "甲")), "X014", f"{SPENT}!I4"),
    ("a sheet of one's own", lambda book: book.create_sheet("草稿").append(["合计", 1]), "X018", "草稿"),
)


@pytest.mark.parametrize(("what", "do", "code", "at"), NOTES, ids=lambda value: value if isinstance(value, str) else "")
def test_notes_are_named_and_change_nothing(
    what: str, do: Callable[[Workbook], object], code: str, at: str, clean: bytes, usual: list[str], tmp_path: Path
) -> None:
    """Not read, and said so: what somebody wrote may have been meant for the form."""
    book = openpyxl.load_workbook(io.BytesIO(clean))
    do(book)
    found = new_findings(saved(tmp_path / "数据", book), usual)
    assert [(one.code, str(one.place)) for one in found] == [(code, f"{BOOK} · {at}")], what
    assert all(one.severity < Severity.ERROR for one in found)


def test_a_figure_in_yaml_and_another_in_the_workbook(clean: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "数据"
    folder.mkdir()
    (folder / BOOK).write_bytes(clean)
    (folder / "补充.yaml").write_text("金额单位: 元\n收支总计: {上年: 365800}\n", encoding="utf-8")
    (told,) = [one for one in found_in(folder) if one.code == "I024"]
    assert set(map(str, told.places)) == {"补充.yaml 第2行", f"{BOOK} · 收支总计!B5"}
    assert "收支总计.上年" in told.message


def test_the_same_figure_in_yaml_and_in_the_workbook(clean: bytes, usual: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "数据"
    folder.mkdir()
    (folder / BOOK).write_bytes(clean)
    (folder / "补充.yaml").write_text("金额单位: 万元\n收支总计: {上年: 36.57}\n", encoding="utf-8")
    assert said(found_in(folder)) == usual


def test_the_table_is_long_and_its_rows_differ() -> None:
    assert len({slip.what for slip in SLIPS} | {deed.what for deed in DEEDS}) == len(SLIPS) + len(DEEDS) >= 80
    assert len({(slip.sheet, slip.row, slip.column, slip.typed) for slip in SLIPS}) == len(SLIPS)
    assert len({slip.code for slip in SLIPS}) > 45
