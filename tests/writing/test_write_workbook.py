"""The workbook that an office fills in: what it shows, what it offers, what it watches by itself."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from support import loaded, pack_folder

from generator.pack import PackRoots, load_pack
from generator.pack.sources import usable_names
from generator.reading.read_yaml import parse_yaml
from generator.writing.write_workbook import NewBook, write_workbook
from generator.writing.write_yaml import write_yaml
from generator.xlsx.book import open_book

FIELDS = """
收入:
  标签: 收入合计
  字段:
    财政: {类型: 金额, 标签: 财政拨款, 必填: 是}
    其他: {类型: 金额, 标签: 其他收入, 缺省: 0, 说明: 不含利息}
    明细: {类型: 金额, 标签: 明细合计, 计算: "项目 | 求和('预算', '追加')"}
    合计: {类型: 金额, 标签: 收入合计, 计算: "收入.财政 + 收入.其他 - 收入.明细"}
    比率: {类型: 百分比, 标签: 比率, 计算: "收入.财政 | 占(收入.合计)"}
    说明: {类型: 长文, 标签: 收入说明}
    日期: {类型: 日期, 标签: 日期}
项目:
  标签: 项目
  行:
    主键: 名称
    字段:
      名称: {类型: 文字, 标签: 项目名称, 必填: 是}
      科目: {类型: 功能科目, 标签: 科目, 级次: 项}
      类别: {类型: 选项, 标签: 类别, 选项: [基建, "≥"], 说明: 按批复填}
      公开: {类型: 是否, 标签: 是否公开}
      预算: {类型: 金额, 标签: 预算数}
      追加: {类型: 金额, 标签: 追加数, 缺省: 0}
      调整后: {类型: 金额, 标签: 调整后预算, 计算: "行.预算 + 行.追加"}
      到位: {类型: 金额, 标签: 到位数, 计算: "行.资金 | 求和('金额')"}
      资金: {标签: 资金, 行: {主键: 来源, 字段: {来源: {类型: 文字, 标签: 来源}, 金额: {类型: 金额, 标签: 金额}}}}
"""
TYPED = """
报告: example
年度: 2020
金额单位: 万元
单位: =甲局
收入:
  财政: 91.68
  其他: "1,234.5"
  合计: 99
  日期: 2021-10-26
  说明: |-
    一是增加。

    二是减少。
项目:
  - {名称: 甲, 科目: "2080104", 类别: "≥", 预算: 3.50, 追加: 0.00, 调整后: 3.5,
     资金: [{来源: 财政, 金额: 2}, {来源: "0108", 金额: 1}]}
  - {名称: 乙, 预算: 不适用}
"""
FORM, TABLES, TEXTS = "1 基本情况", "2 项目", "3 文字与原因"
MIXED = """
金额单位: 元
收入: {财政: 916800}
"""


@pytest.fixture(scope="module")
def book_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., bytes]:
    pack = loaded(pack_folder(tmp_path_factory.mktemp("packs"), fields=FIELDS)).value
    assert pack is not None

    def make(*texts: str) -> bytes:
        sources = parse_yaml([(f"{n}.yaml", text) for n, text in enumerate(texts)]).value
        made = write_workbook(NewBook("example", "示例报告", pack.form.fields, pack.report.accounts, 2020, sources))
        assert made.diagnostics == ()
        return made.value

    return make


@pytest.fixture(scope="module")
def blank(book_of: Callable[..., bytes]) -> Workbook:
    return load_workbook(io.BytesIO(book_of()))


@pytest.fixture(scope="module")
def filled(book_of: Callable[..., bytes]) -> Workbook:
    return load_workbook(io.BytesIO(book_of(TYPED)))


def words(excel: Worksheet, row: int) -> list[object]:
    return [cell.value for cell in excel[row]]


def line(excel: Worksheet, label: str) -> int:
    return next(row for row in range(4, excel.max_row + 1) if excel.cell(row, 1).value == label)


def rules(excel: Worksheet, cell: str) -> list[tuple[str, str, str]]:
    return [
        (one.type, one.formula1, one.errorStyle) for one in excel.data_validations.dataValidation if cell in one.sqref
    ]


# -- blank ------------------------------------------------------------------------------------------------------------
def test_first_sheet_says_what_to_do_and_leads_to_every_other(blank: Workbook) -> None:
    front = blank["填报说明"]
    assert [front.cell(row, 2).value for row in (4, 5, 6)] == ["example", 2020, "万元"]
    links = [cell.hyperlink.location for row in front.iter_rows() for cell in row if cell.hyperlink]
    assert links == ["'1 基本情况'!A1", "'2 项目'!A1", "'3 文字与原因'!A1"]
    assert rules(front, "B6") == [("list", '"元,千元,万元,亿元"', "stop")]


def test_only_cells_to_fill_are_unlocked_and_no_password_is_asked(blank: Workbook) -> None:
    form, table = blank[FORM], blank[TABLES]
    assert form.protection.sheet and not form.protection.password
    assert not form["B6"].protection.locked and form["A6"].protection.locked and form["D8"].protection.locked
    assert not table["A5"].protection.locked and table["A4"].protection.locked
    assert form["B6"].fill.fgColor.rgb == "00FFF2CC" and form["B7"].fill.fgColor.rgb == "00F2F9EC"


def test_rows_below_the_prepared_ones_can_be_filled_where_nothing_stands_below(book_of: Callable[..., bytes]) -> None:
    alone = load_workbook(io.BytesIO(book_of()))[TABLES]
    assert rules(alone, "C1999") == rules(alone, "C16") != []
    assert rules(alone, "E12") == [] and rules(alone, "E11") == rules(alone, "E5") != []


def test_form_shows_units_demands_and_help(blank: Workbook) -> None:
    form = blank[FORM]
    assert words(form, 3) == ["项目", "填写", "单位", "程序计算", "核对", "要求", "说明"]
    assert words(form, 7) == ["其他收入", None, "=金额单位", None, None, "不填按0", "不含利息"]


def test_headers_carry_demands_and_comments(blank: Workbook) -> None:
    table = blank[TABLES]
    assert words(table, 4)[:5] == ["项目名称", "科目", "类别", "是否公开", "预算数"]
    assert words(table, 4)[6:] == ["调整后预算", "调整后预算（程序计算）", "到位数", "到位数（程序计算）"]
    assert words(table, 3)[0] == "必填" and words(table, 3)[7] == "不用填"
    assert table["C4"].comment.text == "类别：按批复填"
    assert table.print_area == "'2 项目'!$A$1:$J$27"


def test_closed_lists_refuse_and_numbers_only_warn(blank: Workbook) -> None:
    table = blank[TABLES]
    assert rules(table, "C5") == [("list", '"基建,≥"', "stop")]
    assert rules(table, "D5") == [("list", '"是,否"', "stop")]
    assert rules(table, "E5") == [("decimal", "0", "warning")]
    assert rules(table, "A16") == [("list", "'2 项目'!$A$5:$A$11", "warning")]


def test_accounts_stand_on_a_hidden_sheet_with_the_names_of_the_year(blank: Workbook) -> None:
    hidden = blank["科目表"]
    assert hidden.sheet_state == "hidden"
    entries = [cell.value for cell in hidden["A"]]
    assert entries[0] == "功能科目项" and "2080104 综合业务管理" in entries
    assert rules(blank[TABLES], "B5") == [("list", f"'科目表'!$A$2:$A${len(entries)}", "warning")]


def test_formulas_only_where_they_are_sums(blank: Workbook) -> None:
    form, table = blank[FORM], blank[TABLES]
    total = form.cell(line(form, "收入合计"), 4).value
    assert total == f"=N('{FORM}'!$B$6)+N('{FORM}'!$B$7)-N(IF(ISNUMBER('{FORM}'!$B$8),'{FORM}'!$B$8,'{FORM}'!$D$8))"
    assert form.cell(line(form, "明细合计"), 4).value == "=SUM('2 项目'!$E$5:$E$11)+SUM('2 项目'!$F$5:$F$11)"
    assert form.cell(line(form, "比率"), 4).value == "由程序计算"
    assert table["H6"].value == '=IF($A6="","",N($E6)+N($F6))'
    assert table["J5"].value == """=IF($A5="","",SUMIFS('2 项目'!$C$16:$C$2000,'2 项目'!$A$16:$A$2000,$A5))"""


# -- filled -----------------------------------------------------------------------------------------------------------
def test_an_input_stands_there_as_it_was_typed(filled: Workbook) -> None:
    form, table, inner = filled[FORM], filled[TABLES], filled[TABLES]
    assert [form.cell(row, 2).value for row in (6, 7)] == [91.68, "1,234.5"]
    assert filled[TEXTS].cell(line(filled[TEXTS], "收入说明"), 2).value == "一是增加。\n\n二是减少。"
    assert form.cell(line(form, "日期"), 2).value.date() == date(2021, 10, 26)
    assert [table.cell(5, n).value for n in (1, 2, 3, 5, 6, 7)] == ["甲", "2080104", "≥", 3.5, "0.00", 3.5]
    assert [table.cell(6, n).value for n in (1, 5)] == ["乙", "不适用"]
    assert [[cell.value for cell in row] for row in inner["A16:C17"]] == [["甲", "财政", 2], ["甲", "0108", 1]]


def test_words_that_begin_like_formulas_stay_words(filled: Workbook) -> None:
    cell = filled[FORM]["B4"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=甲局", "s", True)


@pytest.mark.parametrize("typed", ["_x0000_", "甲_xD800_乙", "=_x0041_", "_x005F_", "_x005F_x0041_", "_x00_"])
def test_words_that_look_like_an_escape_of_excel_come_back(book_of: Callable[..., bytes], typed: str) -> None:
    book = open_book(book_of(f'收入: {{说明: "{typed}"}}\n'))
    grid = book.grid(next(sheet for sheet in book.sheets if sheet.name == TEXTS))
    assert grid.text(5, 2) == typed


def test_an_amount_of_a_file_with_another_unit_keeps_its_unit(book_of: Callable[..., bytes]) -> None:
    book = load_workbook(io.BytesIO(book_of("金额单位: 万元\n", MIXED)))
    assert book["填报说明"]["B6"].value == "万元"
    assert book[FORM]["B6"].value == "916800元"


def test_a_text_that_no_cell_can_hold_is_reported(tmp_path: Path) -> None:
    pack = loaded(pack_folder(tmp_path, fields=FIELDS)).value
    assert pack is not None
    sources = parse_yaml([("数据.yaml", "收入:\n  说明: " + "长" * 32768 + "\n")]).value
    made = write_workbook(NewBook("example", "示例报告", pack.form.fields, pack.report.accounts, 2020, sources))
    assert [(one.code, str(one.place)) for one in made.diagnostics] == [("X030", "3 文字与原因!B5")]
    assert load_workbook(io.BytesIO(made.value))[TEXTS]["B5"].value is None


def test_same_input_same_bytes(book_of: Callable[..., bytes]) -> None:
    assert book_of(TYPED) == book_of(TYPED)


def test_rows_of_a_table_without_key_are_numbered_for_its_inner_table(tmp_path: Path) -> None:
    fields = """
职责:
  标签: 主要职责
  行:
    字段:
      标题: {类型: 文字, 标签: 标题}
      条目: {标签: 条目, 行: {字段: {内容: {类型: 长文, 标签: 内容}}}}
"""
    pack = loaded(pack_folder(tmp_path, fields=fields)).value
    assert pack is not None
    sources = parse_yaml([("数据.yaml", "职责: [{标题: 甲, 条目: [一, 二]}, {标题: 乙, 条目: [三]}]\n")]).value
    made = write_workbook(NewBook("example", "示例报告", pack.form.fields, pack.report.accounts, 2020, sources))
    book = load_workbook(io.BytesIO(made.value))
    assert [[cell.value for cell in row] for row in book["2 主要职责"]["A4:B6"]] == [
        ["序号", "标题"],
        [1, "甲"],
        [2, "乙"],
    ]
    assert [[cell.value for cell in row] for row in book["2 主要职责"]["A15:B18"]] == [
        ["所属主要职责序号", "内容"],
        ["1", "一"],
        ["1", "二"],
        ["2", "三"],
    ]


# -- as other programs see it -----------------------------------------------------------------------------------------
def test_a_wrong_total_is_shown_by_the_spreadsheet_itself(
    libreoffice: Path, tmp_path: Path, book_of: Callable[..., bytes]
) -> None:
    """91.68 and 3.50 are numbers, «1,234.5» is text: the sheet computes 88.18 where 99 was typed."""
    path = tmp_path / "填报.xlsx"
    path.write_bytes(book_of(TYPED))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [libreoffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", tmp_path / "saved", path]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    book = load_workbook(tmp_path / "saved" / "填报.xlsx", data_only=True)
    form, table = book[FORM], book[TABLES]
    row = line(form, "收入合计")
    assert form.cell(row, 4).value == pytest.approx(88.18)
    assert form.cell(row, 5).value == "相差 10.82"
    assert form.cell(row, 3).value == "万元"
    assert [table.cell(5, n).value for n in (8, 10)] == [3.5, 3]
    assert not form.cell(line(form, "明细合计"), 5).value


@pytest.mark.parametrize("name", usable_names(PackRoots.with_own(())))
def test_every_pack_gives_a_valid_workbook(name: str, shared: Path, tmp_path: Path) -> None:
    pack = load_pack(name, PackRoots.with_own(())).value
    assert pack is not None
    made = write_workbook(NewBook(name, pack.title, pack.form.fields, pack.report.accounts, 2023))
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(made.value)
    run = subprocess.run(
        [sys.executable, str(shared / "tools" / "validate_docx.py"), "-q", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout
    for excel in load_workbook(path).worksheets:
        for rule in excel.data_validations.dataValidation:
            assert len(rule.formula1) <= 255 and len(rule.error) <= 225 and len(rule.errorTitle) <= 32


# -- YAML -------------------------------------------------------------------------------------------------------------
def test_the_yaml_twin_says_the_same(tmp_path: Path) -> None:
    pack = loaded(pack_folder(tmp_path, fields=FIELDS)).value
    assert pack is not None
    sources = parse_yaml([("数据.yaml", TYPED)]).value
    text = write_yaml("example", "示例报告", pack.form.fields, 2020, sources)
    assert '  其他: "1,234.5"\n' in text
    assert "  说明: |-\n    一是增加。\n\n    二是减少。\n" in text
    assert "    追加: 0.00\n" in text and '单位: "=甲局"\n' in text
    again = parse_yaml([("数据.yaml", text)])
    assert again.diagnostics == ()
    assert write_yaml("example", "示例报告", pack.form.fields, 2020, again.value) == text
