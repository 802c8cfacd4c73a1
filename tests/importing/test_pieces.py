"""One table in several pieces, one table twice, tables whose units contradict each other."""

from __future__ import annotations

import pytest
from small_tables import Rows, amounts, read, said

from generator.importing.table_sums import wrong_sums
from generator.importing.table_units import contradicting_units
from generator.pack import Pack, PackRoots, load_pack

TITLE = "一般公共预算财政拨款支出决算表"
HEAD: Rows = (("科目编码", "科目名称", "合计", "基本支出", "项目支出"),)
FIRST: Rows = (("201", "一般公共服务支出", 3, 2, 1), ("20106", "财政事务", 3, 2, 1), ("2010601", "行政运行", 3, 2, 1))
SECOND: Rows = (("213", "农林水支出", 7, 0, 7), ("21301", "农业农村", 7, 0, 7), ("2130104", "事业运行", 7, 0, 7))
TOTAL: Rows = (("合计", None, 10, 2, 8),)
WHOLE = ["201", "20106", "2010601", "213", "21301", "2130104"]


@pytest.fixture(scope="module")
def pack() -> Pack:
    loaded = load_pack("final-accounts-national", PackRoots.with_own())
    assert loaded.value is not None
    return loaded.value


TITLED: Rows = ((TITLE,), ("单位：万元",))


@pytest.mark.parametrize(
    "pages",
    [
        {"1": (*TITLED, *HEAD, *FIRST, *HEAD, *SECOND, *TOTAL)},
        {"1": (*TITLED, *HEAD, *FIRST, *TITLED, *HEAD, *SECOND, *TOTAL)},
        {"1": (*TITLED, *HEAD, *FIRST), "2": (*TITLED, *HEAD, *SECOND, *TOTAL)},
        {"1": (*TITLED, *HEAD, *FIRST), "2": ((TITLE + "（续）",), *HEAD, *SECOND, *TOTAL)},
        {"1": (*TITLED, *HEAD, *FIRST), "2": (("续表",), *HEAD, *SECOND, *TOTAL)},
        {"1": (*TITLED, *HEAD, *FIRST), "2": (("续表",), *SECOND, *TOTAL)},
        {"1": (*TITLED, *HEAD, *FIRST), "2": (*HEAD, *SECOND, *TOTAL)},
        {"1": (*TITLED, *HEAD, *FIRST), "2": (*SECOND, *TOTAL)},
        {"1": (*TITLED, *HEAD, *TOTAL, *FIRST), "2": SECOND},
        {"1": (*TITLED, *HEAD, *TOTAL, *FIRST), "2": (*HEAD, *TOTAL, *SECOND)},
        {"1": (*TITLED, *HEAD, *FIRST), TITLE + "(续)": (*HEAD, *SECOND), "3": TOTAL},
        {"1": (*TITLED, *HEAD, *FIRST), "名单": (("甲",),), "2": (*TITLED, *HEAD, *SECOND, *TOTAL)},
    ],
)
def test_pieces_are_one_table(pack: Pack, pages: dict[str, Rows]) -> None:
    (table,), findings = read(pack, pages)
    assert [d.code for d in findings if d.place.sheet != "名单"] == []
    assert [row.code for row in table.accounts] == WHOLE
    assert amounts(table)["合计的合计"] == "10"
    assert not list(wrong_sums(table, "万元"))
    assert table.accounts[-1].amounts["合计"].place.sheet == next(
        name for name, rows in reversed(pages.items()) if SECOND[-1] in rows
    )


def test_the_piece_has_its_columns_elsewhere(pack: Pack) -> None:
    moved = [(None, *row) for row in (*HEAD, *SECOND, *TOTAL)]
    (table,), findings = read(pack, {"1": (*TITLED, *HEAD, *FIRST), "2": moved})
    assert findings == ()
    assert [str(row.place) for row in table.accounts[3:]] == [f"表.xlsx · 2!B{n}" for n in (2, 3, 4)]


def test_codes_in_three_columns_and_items_go_on(pack: Pack) -> None:
    """What a page leaves out because the page before said it."""
    head: Rows = (
        ("支出功能分类科目编码", None, None, "科目名称", "本年支出合计", "基本支出", "项目支出"),
        ("类", "款", "项"),
    )
    first: Rows = (("201", None, None, "一般公共服务支出", 3, 2, 1), (None, "06", None, "财政事务", 3, 2, 1))
    second: Rows = ((None, None, "01", "行政运行", 2, 2, 0), (None, None, "02", "机关服务", 1, 0, 1))
    (table,), _ = read(pack, {"支出决算表": (*head, *first), "2": (*head, *second)})
    assert [row.code for row in table.accounts] == ["201", "20106", "2010601", "2010602"]
    title: Rows = (("财政拨款收入支出决算总表",), ("项目", "决算数", "项目", "合计"))
    top: Rows = (("一、一般公共预算财政拨款", 8, "一、一般公共服务支出", 9), ("年初财政拨款结转和结余", 2))
    end: Rows = (("一、一般公共预算财政拨款", 2), ("总计", 10, "总计", 10))
    (table,), findings = read(pack, {"1": (*title, *top), "2": end})
    assert findings == ()
    assert amounts(table) == {
        "一般公共预算收入的决算": "8",
        "年初结转和结余的决算": "2",
        "年初一般公共预算的决算": "2",
        "收入总计的决算": "10",
        "支出总计的合计": "10",
        "201 一般公共服务支出的合计": "9",
    }


def test_a_wide_table_whose_columns_go_on(pack: Pack) -> None:
    left: Rows = (
        ("科目编码", "科目名称", "本年支出合计", "基本支出"),
        ("2010601", "行政运行", 6, 3),
        ("合计", None, 6, 3),
    )
    right: Rows = (
        ("科目编码", "科目名称", "项目支出", "经营支出"),
        ("2010601", "行政运行", 2, 1),
        ("合计", None, 2, 1),
    )
    (table,), findings = read(pack, {"支出决算表": left, "支出决算表（续）": right})
    assert findings == ()
    assert {column: amount.text for column, amount in table.accounts[0].amounts.items()} == {
        "合计": "6",
        "基本支出": "3",
        "项目支出": "2",
        "经营支出": "1",
    }


# -- what must not be joined ------------------------------------------------------------------------------------------
def test_a_complete_table_takes_nothing_more(pack: Pack) -> None:
    more: Rows = (("223", "国有资本经营预算支出", 5, 0, 5),)
    (table,), findings = read(pack, {"1": (*TITLED, *HEAD, *FIRST, *SECOND, *TOTAL), "2": (*HEAD, *more)})
    assert [row.code for row in table.accounts] == WHOLE
    assert said(findings) == ["X050 2"]


def test_pieces_that_do_not_fit_are_named(pack: Pack) -> None:
    start = {"1": (*TITLED, *HEAD, *FIRST)}
    for second, code in (
        ((("续表",), ("科目编码", "科目名称", "本年收入", "年末结转和结余"), *[row[:4] for row in SECOND]), "X068 2"),
        ((("续表",), *HEAD, ("201", "一般公共服务支出", 9, 9, 0)), "X052 1!C4"),
        ((("续表",), ("名单", "甲")), "X068 2"),
        ((*HEAD, ("101", "税收", 9, 9, 0), ("10101", "增值税", 9, 9, 0)), "X050 2"),
    ):
        (table,), findings = read(pack, {**start, "2": second})
        assert [row.code for row in table.accounts] == WHOLE[:3]
        assert said(findings) == [code]


def test_pieces_without_any_total_are_told(pack: Pack) -> None:
    (table,), findings = read(pack, {"1": (*TITLED, *HEAD, *FIRST), "2": (*HEAD, *SECOND)})
    assert [row.code for row in table.accounts] == WHOLE
    assert said(findings) == ["X070 1"]


def test_tables_of_two_units_or_years(pack: Pack) -> None:
    for first, second in (("部门：甲局", "部门：乙局"), ("2024年度", "2023年度")):
        pages = {"1": (*TITLED, (first,), *HEAD, *FIRST), "2": (*TITLED, (second,), *HEAD, *SECOND)}
        (table,), findings = read(pack, pages)
        assert [row.code for row in table.accounts] == WHOLE[:3]
        assert said(findings) == ["X069 1"]
        assert second.removeprefix("部门：") in findings[0].message


def test_a_table_whose_beginning_was_not_read(pack: Pack) -> None:
    """Its rows would be taken for those of the beginning."""
    head: Rows = (("收入", None, "支出"), ("项目", "决算数", "项目", "合计"))
    first: Rows = (*head, ("一、一般公共预算财政拨款", 8, "一、一般公共服务支出", 9))
    rest: Rows = (("财政拨款收入支出决算总表",), *head, ("一、一般公共预算财政拨款", 2), ("总计", 10, "总计", 10))
    for piece in (rest, [(None, *row) for row in rest]):
        tables, findings = read(pack, {"1": first, "2": piece})
        assert tables == ()
        assert said(findings) == ["X050 1", "X068 2"]


# -- the same table twice ---------------------------------------------------------------------------------------------
def test_a_copy_is_harmless_and_another_version_is_not(pack: Pack) -> None:
    whole = (*HEAD, *FIRST, *SECOND, *TOTAL)
    yuan = [(row[0], row[1], *(int(str(one)) * 10000 + 12 for one in row[2:])) for row in whole[1:]]
    for copy in ((*TITLED, *whole), ((TITLE,), ("单位：元",), *HEAD, *yuan), (*TITLED, *HEAD)):
        (table,), findings = read(pack, {"1": (*TITLED, *whole), "2": copy})
        assert findings == ()
        assert len(table.accounts) == 6
    other = (*TITLED, *HEAD, *FIRST, ("213", "农林水支出", 8, 1, 7), *SECOND[1:], *TOTAL)
    (table,), findings = read(pack, {"1": (*TITLED, *whole), "2": other})
    assert said(findings) == ["X052 1!C7"]
    assert [str(place) for place in findings[0].places] == ["表.xlsx · 1!C7", "表.xlsx · 2!C7"]
    assert "有两份，213 农林水支出的合计在两处不一样：7 和 8" in findings[0].message


def test_a_row_of_the_whole_twice(pack: Pack) -> None:
    again: Rows = (("合计", None, 10, 2, 9),)
    _, findings = read(pack, {"1": (*TITLED, *HEAD, *TOTAL, *FIRST, *SECOND, *TOTAL)})
    assert findings == ()
    _, findings = read(pack, {"1": (*TITLED, *HEAD, *TOTAL, *FIRST, *SECOND, *again)})
    assert said(findings) == ["X052 1!E4"]


# -- units ------------------------------------------------------------------------------------------------------------
def spending(unit: str, *figures: object) -> Rows:
    head = ("科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出")
    return (("支出决算表",), (unit,), head, ("合计", None, *figures))


def appropriation(unit: str, *figures: object) -> Rows:
    return ((TITLE,), (unit,), *HEAD, ("合计", None, *figures))


@pytest.mark.parametrize(
    ("first", "second", "is_told"),
    [
        (spending("单位：万元", 91.68, 69.98, 21.7), appropriation("单位：万元", 91.68, 69.98, 21.7), False),
        (spending("单位：万元", 91.68, 69.98, 21.7), appropriation("单位：元", 91.68, 69.98, 21.7), True),
        (spending("单位：元", 916812.3, 699787.9, 217024.4), appropriation("单位：万元", 91.68, 69.98, 21.7), False),
        (spending("单位：万元", 916812.3, 699787.9, 217024.4), appropriation("单位：万元", 91.68, 69.98, 21.7), True),
        (spending("单位：亿元", 12345.67, 1, 2), appropriation("单位：万元", 12345.67, 3, 4), True),
        (spending("单位：万元", 91.68, 69.98, 21.7), appropriation("单位：元", 5, 4, 1), False),
    ],
)
def test_a_unit_against_another_tables(pack: Pack, first: Rows, second: Rows, is_told: bool) -> None:
    tables, _ = read(pack, {"1": first, "2": second})
    found = list(contradicting_units(tables, "万元"))
    assert [d.code for d in found] == (["X067"] if is_told else [])
    if is_told:
        assert {place.sheet for place in found[0].places} == {"1", "2"}
        assert "是同一个数，却差 10,000 倍" in found[0].message or "亿元" in found[0].message


def test_the_one_that_stands_alone_is_named(pack: Pack) -> None:
    income = (
        ("收入决算表",),
        ("单位：万元",),
        ("科目编码", "科目名称", "本年收入合计", "财政拨款收入"),
        ("合计", None, 91.68, 91.68),
    )
    right = appropriation("单位：万元", 91.68, 69.98, 21.7)
    tables, _ = read(pack, {"1": spending("单位：元", 91.68, 69.98, 21.7), "2": right, "3": income})
    (told,) = contradicting_units(tables, "")
    assert str(told.place) == "表.xlsx · 1!C4"
    assert "“支出决算表”的合计 91.68元 和“一般公共预算财政拨款支出决算表”的合计 91.68万元" in told.message
