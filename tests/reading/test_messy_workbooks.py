"""A filled workbook of the earlier layout (a sheet for each group and table) after an office has been at it: moved,
renamed, inserted, hidden, merged. It says the same. Today's layout: `test_moved_blocks`."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import yaml
from earlier_workbook import earlier_workbook
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from read_files import read_workbook, read_yaml

from generator.diagnostics import Diagnostic, Outcome
from generator.facts.accounts import Accounts
from generator.facts.fact import Facts, Text, walk
from generator.filling.to_facts import to_facts
from generator.form.fields import parse_fields
from generator.quantity import Quantity
from generator.reading.read_excel import open_workbook, read_forms
from generator.reading.read_yaml import parse_yaml
from generator.writers.to_xlsx import to_xlsx

FORM = parse_fields(
    yaml.safe_load("""
年度: {类型: 年度, 标签: 决算年度, 必填: 是}
单位: {类型: 文字, 标签: 单位名称}
公开时间: {类型: 日期}
收支:
  标签: 收入支出决算
  字段:
    决算: {类型: 金额, 标签: 决算数}
    上年: {类型: 金额, 标签: 上年决算数}
    增减: {类型: 金额, 标签: 比上年增减, 计算: "=收支.决算 - 收支.上年", 可负: 是}
    原因: {类型: 原因, 标签: 增减原因}
    车辆: {字段: {轿车: {类型: 个数, 单位: 辆}, 其他: {类型: 个数, 单位: 辆}}}
项目:
  标签: 预算项目
  行:
    主键: 名称
    字段:
      名称: {类型: 文字, 标签: 项目名称}
      性质: {类型: 选项, 选项: [基本, 专项]}
      预算: {类型: 金额, 标签: 预算数}
      完成率: {类型: 百分比, 标签: 完成率}
      评价: {类型: 是否, 标签: 绩效评价}
      指标:
        标签: 绩效指标
        行:
          字段:
            一级: {类型: 文字, 标签: 一级指标}
            三级: {类型: 文字, 标签: 三级指标}
            预期: {类型: 文字, 标签: 预期指标值}
            权重: {类型: 数值, 标签: 权重}
"""),
    "fields.yaml",
).value
ACCOUNTS = Accounts({}, {})
DATA = """
报告: example
年度: 2020
金额单位: 万元
单位: 甲局
公开时间: 2021-10-26
收支:
  决算: 91.68
  上年: 36.57
  原因: |-
    一是人员增加。
    二是项目增加。
  车辆: {轿车: 2, 其他: 0}
项目:
  - 名称: 宣传经费
    性质: 基本
    预算: 13.36
    完成率: 98.2
    评价: 是
    指标:
      - {一级: 产出, 三级: 场次, 预期: "12", 权重: 30}
      - {一级: 产出, 三级: 人次, 预期: ≥500, 权重: 30}
      - {一级: 满意度, 三级: 群众, 预期: 95%, 权重: 40}
  - {名称: 信息化, 性质: 专项, 预算: 4.33, 完成率: 100, 评价: 否, 指标: [{一级: 产出, 三级: 系统, 预期: 1个, 权重: 9}]}
"""
EXPECTED = read_yaml([("数.yaml", DATA)], FORM, ACCOUNTS).value


def filled() -> bytes:
    sources = parse_yaml([("数.yaml", DATA)]).value
    return earlier_workbook("example", FORM, sources, 2020)


def after(*changes: Callable[[Workbook], object]) -> bytes:
    workbook = openpyxl.load_workbook(io.BytesIO(filled()))
    for change in changes:
        change(workbook)
    raw = io.BytesIO()
    workbook.save(raw)
    return raw.getvalue()


def read(data: bytes) -> Outcome[Facts]:
    source = read_workbook("填报.xlsx", data, FORM)
    assert source.value is not None, source.diagnostics
    facts = to_facts([source.value], FORM, ACCOUNTS)
    return Outcome(facts.value, source.diagnostics + facts.diagnostics)


def plainly(facts: Facts) -> list[tuple[str, str, object]]:
    """Names and values; places and what follows from them left out."""
    return [
        (type(one).__name__, one.name, (one.value, one.unit, one.error) if isinstance(one, Quantity) else str_of(one))
        for one in walk(facts)
    ]


def str_of(one: object) -> str:
    return str(one) if isinstance(one, Text) or hasattr(one, "value") else ""


def told(findings: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{one.code} {one.place.sheet}!{one.place.cell} {one.message}" for one in findings]


def cell_with(sheet: Worksheet, text: str) -> openpyxl.cell.cell.Cell:
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)


def beside(sheet: Worksheet, label: str) -> openpyxl.cell.cell.Cell:
    """The cell under 填写 in the row of this label."""
    return sheet.cell(cell_with(sheet, label).row, cell_with(sheet, "填写").column)


def set_value(sheet: str, label: str, value: object, number_format: str = "General") -> Callable[[Workbook], None]:
    def change(workbook: Workbook) -> None:
        cell = beside(workbook[sheet], label)
        cell.value, cell.number_format = value, number_format

    return change


# -- the same facts ---------------------------------------------------------------------------------------------------
def rows_inserted(workbook: Workbook) -> None:
    for sheet in workbook.worksheets:
        sheet.insert_rows(1, 2)
    workbook["收支"].insert_rows(cell_with(workbook["收支"], "上年决算数").row, 3)
    workbook["项目"].insert_rows(cell_with(workbook["项目"], "信息化").row)


def columns_moved(workbook: Workbook) -> None:
    sheet = workbook["项目"]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(reversed(row), 2):
            sheet.cell(number, column).value = value
        sheet.cell(number, 1).value = None
    workbook["收支"].insert_cols(1, 2)


def sheets_reordered(workbook: Workbook) -> None:
    workbook._sheets.reverse()


def names_with_spaces(workbook: Workbook) -> None:
    header = cell_with(workbook["项目"], "预算数")
    header.value = "预 算\n数（万元）"
    label = cell_with(workbook["收支"], "决算数")
    label.value = "决算数（ 万元 ）"
    workbook["收支"].title = " 收 支 "


def filtered_and_merged(workbook: Workbook) -> None:
    inner = workbook["项目·指标"]
    inner.auto_filter.ref = inner.dimensions
    first = cell_with(inner, "宣传经费")
    for column in (first.column, first.column + 1):
        last = first.row + (2 if column == first.column else 1)
        for row in range(first.row + 1, last + 1):
            inner.cell(row, column).value = None
        inner.merge_cells(start_row=first.row, end_row=last, start_column=column, end_column=column)


def numbers_as_text(workbook: Workbook) -> None:
    beside(workbook["收支"], "决算数").value = "９１．６８"
    beside(workbook["收支"], "上年决算数").value = " 36.57 "
    cell = cell_with(workbook["项目"], "宣传经费")
    workbook["项目"].cell(cell.row, cell_with(workbook["项目"], "预算数").column).value = "13.36"


def percent_cells(workbook: Workbook) -> None:
    sheet = workbook["项目"]
    column = next(c.column for row in sheet.iter_rows() for c in row if str(c.value).startswith("完成率"))
    for name, value in (("宣传经费", 0.982), ("信息化", 1)):
        cell = sheet.cell(cell_with(sheet, name).row, column)
        cell.value, cell.number_format = value, "0.00%"


def real_dates_and_formulas_of_their_own(workbook: Workbook) -> None:
    cell = next(c for row in workbook["基本情况"].iter_rows() for c in row if str(c.value).startswith("2021"))
    cell.value, cell.number_format = datetime(2021, 10, 26), "yyyy/m/d"


def totals_and_notes(workbook: Workbook) -> None:
    sheet = workbook["项目"]
    amount = cell_with(sheet, "预算数").column
    row = sheet.max_row + 1
    sheet.cell(row, cell_with(sheet, "项目名称").column).value = "合　计"
    sheet.cell(row, amount).value = 17.69


def an_old_opinion_sheet(workbook: Workbook) -> None:
    workbook.create_sheet("核对意见", 0)["A1"] = "核对意见：填报.xlsx"


UNCHANGED: dict[str, tuple[Callable[[Workbook], object], ...]] = {
    "as it was written": (),
    "rows inserted everywhere": (rows_inserted,),
    "columns moved": (columns_moved,),
    "sheets reordered": (sheets_reordered,),
    "spaces, line breaks and units in names": (names_with_spaces,),
    "filters and merged cells": (filtered_and_merged,),
    "numbers typed as text": (numbers_as_text,),
    "percentages as percentages": (percent_cells,),
    "a real date": (real_dates_and_formulas_of_their_own,),
    "a total row": (totals_and_notes,),
    "the annotated copy taken as the original": (an_old_opinion_sheet,),
    "all at once": (rows_inserted, filtered_and_merged, numbers_as_text, percent_cells, sheets_reordered),
}


@pytest.mark.parametrize("case", UNCHANGED)
def test_it_says_the_same_without_a_word(case: str) -> None:
    outcome = read(after(*UNCHANGED[case]))
    assert told(outcome.diagnostics) == []
    assert plainly(outcome.value) == plainly(EXPECTED)


SAVED = [(case, "xlsx") for case in UNCHANGED] + [
    (case, suffix) for case in ("as it was written", "all at once") for suffix in ("ods", "xls")
]


@pytest.mark.parametrize(("case", "suffix"), SAVED)
def test_saved_by_a_real_office_program(case: str, suffix: str, libreoffice: Path, tmp_path: Path) -> None:
    """Through .ods and .xls it takes the way that the program takes with such files."""
    (tmp_path / "填报.xlsx").write_bytes(after(*UNCHANGED[case]))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [libreoffice, profile, "--headless", "--convert-to", suffix, "--outdir", tmp_path / "保存", "填报.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    data = (tmp_path / "保存" / f"填报.{suffix}").read_bytes()
    if suffix != "xlsx":
        converted = to_xlsx(f"填报.{suffix}", data)
        assert converted.diagnostics == () and converted.value is not None
        data = converted.value
    outcome = read(data)
    assert told(outcome.diagnostics) == []
    assert plainly(outcome.value) == plainly(EXPECTED)


# -- the same facts, and a word about it ------------------------------------------------------------------------------
def renamed(workbook: Workbook) -> None:
    workbook["收支"].title = "2020年收支情况表"


def extra_sheets(workbook: Workbook) -> None:
    workbook.create_sheet("草稿")["C3"] = "随手记的"
    workbook.create_sheet("空表")


def notes(workbook: Workbook) -> None:
    sheet = workbook["项目"]
    sheet.cell(sheet.max_row + 1, cell_with(sheet, "项目名称").column).value = "注：以上不含结转。"
    workbook["收支"].cell(60, cell_with(workbook["收支"], "填写").column).value = "已核"


def hidden(workbook: Workbook) -> None:
    workbook["项目"].row_dimensions[cell_with(workbook["项目"], "信息化").row].hidden = True
    workbook["收支"].sheet_state = "hidden"


def unknown_names(workbook: Workbook) -> None:
    sheet = workbook["项目"]
    sheet.cell(cell_with(sheet, "项目名称").row, 20).value = "经办人意见"
    sheet.cell(cell_with(sheet, "信息化").row, 20).value = "同意"


def keys_left_out(workbook: Workbook) -> None:
    inner = workbook["项目·指标"]
    first = cell_with(inner, "宣传经费")
    inner.cell(first.row + 1, first.column).value = inner.cell(first.row + 2, first.column).value = None


REMARKED = {
    "a sheet renamed": (renamed, ["X017 2020年收支情况表! 工作表“2020年收支情况表”按“收支”读取"]),
    "extra sheets": (extra_sheets, ["X018 草稿! 工作表“草稿”不是填报用的，没有读取"]),
    "notes": (
        notes,
        [
            "X022 收支!B60 “已核”不在填报的格子里，没有读取",
            "X022 项目!A{} “注：以上不含结转。”不在填报的格子里，没有读取",
        ],
    ),
    "hidden data": (
        hidden,
        ["X025 收支! 工作表“收支”是隐藏的，里面的数据也读取了", "X025 项目! 第6行是隐藏的，里面的数据也读取了"],
    ),
    "an unknown column": (unknown_names, ["X014 项目!T4 没有“经办人意见”这一栏，这一栏没有读取"]),
    "keys left out below the first": (
        keys_left_out,
        ["X023 项目·指标!A6 所属项目名称有 2 行没有写，按上一行的“宣传经费”读取"],
    ),
}


@pytest.mark.parametrize("case", REMARKED)
def test_it_says_the_same_and_what_was_noticed(case: str) -> None:
    change, expected = REMARKED[case]
    data = after(change)
    last = openpyxl.load_workbook(io.BytesIO(data))["项目"].max_row
    outcome = read(data)
    assert told(outcome.diagnostics) == [line.format(last) for line in expected]
    assert plainly(outcome.value) == plainly(EXPECTED)


# -- what is wrong, at its cell ---------------------------------------------------------------------------------------
def second_line(workbook: Workbook) -> None:
    sheet = workbook["收支"]
    row = sheet.max_row + 1
    sheet.cell(row, cell_with(sheet, "项目").column).value = "决算数"
    sheet.cell(row, cell_with(sheet, "填写").column).value = 99


def unknown_line(workbook: Workbook) -> None:
    sheet = workbook["收支"]
    cell_with(sheet, "上年决算数").value = "上年决算数额"


def header_lost(workbook: Workbook) -> None:
    cell_with(workbook["收支"], "填写").value = None


def parent_misspelt(workbook: Workbook) -> None:
    inner = workbook["项目·指标"]
    cell_with(inner, "信息化").value = "信息化建设"


def parent_lost(workbook: Workbook) -> None:
    inner = workbook["项目·指标"]
    cell_with(inner, "宣传经费").value = None


def key_column_lost(workbook: Workbook) -> None:
    cell_with(workbook["项目·指标"], "所属项目名称").value = None


def two_columns(workbook: Workbook) -> None:
    sheet = workbook["项目"]
    sheet.cell(cell_with(sheet, "项目名称").row, 20).value = "预算数"


def other_unit(workbook: Workbook) -> None:
    cell_with(workbook["项目"], "预算数").value = "预算数（元）"


def sheet_lost(workbook: Workbook) -> None:
    del workbook["项目·指标"]


WRONG: dict[str, tuple[Callable[[Workbook], object], str]] = {
    "a formula never calculated": (
        set_value("收支", "决算数", "=45.84*2"),
        "X010 收支!B4 收入支出决算·决算数的公式“=45.84*2”没有计算结果",
    ),
    "an error value": (
        set_value("收支", "决算数", "#DIV/0!"),
        "I034 收支!B4 收入支出决算·决算数是公式的错误值“#DIV/0!”",
    ),
    "an error value for words": (
        set_value("收支", "增减原因", "#REF!"),
        "I034 收支!B7 收入支出决算·增减原因是公式的错误值“#REF!”",
    ),
    "a percentage for an amount": (
        set_value("收支", "决算数", 0.1507, "0.00%"),
        "I031 收支!B4 收入支出决算·决算数写的是百分数“15.07%”",
    ),
    "a date for an amount": (
        set_value("收支", "决算数", 44495, "yyyy-mm-dd"),
        "I032 收支!B4 收入支出决算·决算数写的是日期“2021-10-26”",
    ),
    "a tick for an amount": (set_value("收支", "决算数", True), "I033 收支!B4 收入支出决算·决算数写的是“是”"),
    "the unit with the number": (
        set_value("收支", "决算数", "916800元"),
        "I038 收支!B4",
    ),
    "a line twice": (second_line, "X016 收支!B4 “决算数”填了两行，内容不一样"),
    "a line of another name": (unknown_line, "X013 收支!A5 没有“上年决算数额”这个项目，这一行没有读取"),
    "the header lost": (header_lost, "X012 收支! 工作表“收支”里没有找到表头“项目”、“填写”，这一表没有读取"),
    "a parent misspelt": (parent_misspelt, "X019 项目·指标!A8 所属项目名称写的是“信息化建设”，“项目”里没有这一行"),
    "a parent lost": (parent_lost, "X020 项目·指标!A5 没有写所属项目名称，不知道属于“项目”的哪一行"),
    "the column of parents lost": (key_column_lost, "X015 项目·指标! 工作表“项目·指标”里没有找到“所属项目名称”这一栏"),
    "a column twice": (two_columns, "X021 项目!"),
    "another unit in the header": (other_unit, "X024 项目!C4 “预算数（元）”里写的单位与本工作簿的金额单位“万元”不一样"),
    "a sheet lost": (sheet_lost, "X011 ! 工作簿里没有工作表“项目·指标”，其中的项目按没有填写处理"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_at_its_cell(case: str) -> None:
    change, expected = WRONG[case]
    found = told(read(after(change)).diagnostics)
    assert any(line.startswith(expected) for line in found), found


def test_a_suggestion_for_a_name_that_is_nearly_right() -> None:
    found = {one.code: one.hint for one in read(after(unknown_line, parent_misspelt)).diagnostics}
    assert found["X013"] == "您是否指“上年决算数”？"
    assert found["X019"] == "您是否指“信息化”？请改成一致的名称"


def test_a_workbook_that_is_no_form() -> None:
    workbook = Workbook()
    workbook.worksheets[0]["A1"] = "公开01表"
    raw = io.BytesIO()
    workbook.save(raw)
    outcome = read_workbook("公开表.xlsx", raw.getvalue(), FORM)
    assert outcome.value is None
    assert [one.code for one in outcome.diagnostics] == ["X018", "X026"]


# -- one unit in several files ----------------------------------------------------------------------------------------
def together(yaml_text: str, *changes: Callable[[Workbook], object]) -> Outcome[Facts]:
    others = parse_yaml([("文字.yaml", yaml_text)]).value
    opened = open_workbook("填报.xlsx", after(*changes))
    assert opened.value is not None
    read_ = read_forms([opened.value], others, FORM)
    facts = to_facts([*others, *read_.value], FORM, ACCOUNTS)
    return Outcome(facts.value, read_.diagnostics + facts.diagnostics)


def test_the_same_value_in_two_places_is_fine() -> None:
    outcome = together("金额单位: 元\n收支: {决算: 916800, 上年: 365700}\n")
    assert [one.code for one in outcome.diagnostics] == []
    assert plainly(outcome.value)[3][2] == (Decimal(916800), "元", Decimal(0))


def test_two_values_are_an_error_naming_both_places() -> None:
    (one,) = together("金额单位: 元\n收支: {决算: 916900}\n").diagnostics
    assert one.code == "I024"
    assert [str(place) for place in one.places] == ["文字.yaml 第2行", "填报.xlsx · 收支!B4"]


def test_blank_cells_leave_room_for_the_other_file() -> None:
    outcome = together("收支: {原因: 人员增加}\n", set_value("收支", "增减原因", None))
    assert outcome.diagnostics == ()
    assert ("Text", "收支.原因", "人员增加") in plainly(outcome.value)


def test_a_sheet_that_the_other_file_replaces_is_not_missed() -> None:
    words = DATA[DATA.index("项目:\n") :]

    def without_projects(workbook: Workbook) -> None:
        del workbook["项目"], workbook["项目·指标"]

    outcome = together(f"金额单位: 万元\n{words}", without_projects)
    assert outcome.diagnostics == ()
    assert plainly(outcome.value) == plainly(EXPECTED)


# -- many rows --------------------------------------------------------------------------------------------------------
def test_several_hundred_indicators() -> None:
    def add(workbook: Workbook) -> None:
        sheet = workbook["项目·指标"]
        start = sheet.max_row
        for number in range(600):
            for column, value in enumerate(("信息化", "产出", f"第{number}项", "1个", 1), 1):
                sheet.cell(start + 1 + number, column).value = value

    outcome = read(after(add))
    assert outcome.diagnostics == ()
    projects = outcome.value["项目"]
    assert [len(row["指标"]) for row in projects] == [3, 601]
