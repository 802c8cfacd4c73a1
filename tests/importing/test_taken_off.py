"""Sichuan's tables: what one holds together is taken apart by the others, and what cannot be told is named."""

from __future__ import annotations

import pytest
from small_tables import Rows, grid

from generator.importing.filler import Imported
from generator.importing.import_tables import fill
from generator.importing.matrix_fill import fill_matrices
from generator.importing.pieces import read_pages
from generator.importing.taken_off import take_off
from generator.official_tables.sheet_blocks import Page
from generator.pack import Pack, PackRoots, load_pack

HEAD: Rows = (("科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"),)
ALL = ("支出决算表",)
GENERAL, FUND, STATE = (
    "一般公共预算财政拨款支出决算表",
    "政府性基金预算财政拨款收入支出决算表",
    "国有资本经营预算财政拨款收入支出决算表",
)
NONE: Rows = (
    ("科目编码", "科目名称", "年初结转和结余", "本年收入", "本年支出", "基本支出", "项目支出", "年末结转和结余"),
    ("合计", None, 0, 0, 0, 0, 0, 0),
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    loaded = load_pack("final-accounts-sichuan", PackRoots.with_own())
    assert loaded.value is not None
    return loaded.value


def imported(pack: Pack, tables: dict[str, Rows]) -> tuple[Imported, list[str]]:
    pages = [Page("表.xlsx", title, grid(((title,), ("单位：万元",), *rows))) for title, rows in tables.items()]
    read = read_pages(pages, pack.import_form, pack.report.accounts)
    filled = fill(read.value, (), pack.import_form, pack.form.fields, "万元")
    said = [*read.diagnostics, *filled.diagnostics, *take_off(filled.value, read.value)]
    said += fill_matrices(filled.value, read.value, "万元")
    return filled.value, [one.code for one in said if one.code != "X056"]


def spending(*rows: tuple[str, float, float]) -> Rows:
    return (
        *HEAD,
        *((code, "某项", basic + project, basic, project) for code, basic, project in rows),
        ("合计", None, sum(a + b for _, a, b in rows), sum(a for _, a, _ in rows), sum(b for *_, b in rows)),
    )


def rows_of(read: Imported, path: str) -> dict[str, dict[str, str]]:
    return {key: {name: one.text for name, one in row.columns.items()} for key, row in read.lists.get(path, {}).items()}


def test_other_money_is_what_the_funds_leave(pack: Pack) -> None:
    tables = {
        "支出决算表": spending(("2080104", 5, 20), ("2101501", 7, 0)),
        GENERAL: spending(("2080104", 5, 12), ("2101501", 7, 0)),
        FUND: NONE,
        STATE: NONE,
    }
    read, said = imported(pack, tables)
    assert said == []
    assert rows_of(read, "其他资金支出") == {"2080104": {"基本支出": "0.00", "项目支出": "8.00"}}


def test_what_was_not_read_cannot_be_taken_off(pack: Pack) -> None:
    tables = {"支出决算表": spending(("2080104", 5, 20)), GENERAL: spending(("2080104", 5, 12))}
    read, said = imported(pack, tables)
    assert (rows_of(read, "其他资金支出"), said) == ({}, ["X087", "X087"])


def test_less_than_nothing_is_an_error(pack: Pack) -> None:
    tables = {
        "支出决算表": spending(("2080104", 5, 20)),
        GENERAL: spending(("2080104", 5, 22)),
        FUND: NONE,
        STATE: NONE,
    }
    read, said = imported(pack, tables)
    assert (rows_of(read, "其他资金支出"), said) == ({}, ["X089"])


MATRIX = "一般公共预算财政拨款支出决算明细表"
BASIC = "一般公共预算财政拨款基本支出决算表"


@pytest.mark.parametrize(
    "head",
    [
        (("科目编码", "科目名称", "合计", "30101", "30201"), (None, None, None, "基本工资", "办公费")),
        (("科目编码", "科目名称", "合计", "工资福利支出", "商品和服务支出"), (None, None, None, "基本工资", "办公费")),
        (("科目编码", "科目名称", "合计", "30101基本工资", "30201办公费"),),
    ],
)
def test_a_table_of_both_accounts_is_divided_by_two_others(pack: Pack, head: Rows) -> None:
    """2080104 has only 项目, 30101 only 基本; of 2101501×30201 nothing tells how much is which."""
    rows = (("2080104", "综合业务管理", 20, None, 20), ("2101501", "行政运行", 12, 7, 5), ("合计", None, 32, 7, 25))
    basic = (
        ("科目编码", "科目名称", "决算数"),
        ("301", "工资福利支出", 7),
        ("30101", "基本工资", 7),
        ("302", "商品和服务支出", 3),
        ("30201", "办公费", 3),
        ("合计", None, 10),
    )
    general = spending(("2080104", 0, 20), ("2101501", 10, 2))
    read, said = imported(pack, {GENERAL: general, MATRIX: (*head, *rows), BASIC: basic})
    assert rows_of(read, "支出明细") == {
        "2080104×30201": {
            "资金": "一般公共预算",
            "科目": "2080104 综合业务管理",
            "经济科目": "30201",
            "项目支出": "20.00",
        },
        "2101501×30101": {"资金": "一般公共预算", "科目": "2101501 行政运行", "经济科目": "30101", "基本支出": "7.00"},
    }
    assert said == ["X091"]
