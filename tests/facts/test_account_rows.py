"""Sums by 类, 款 and 项: the rows that an office typed above, the rows of the table below."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facts.account_rows import by_account, column_total, merged, with_amounts
from generator.facts.accounts import AccountCode, Accounts
from generator.facts.fact import Group, Rows
from generator.place import Place
from generator.quantity import MONEY, Blank, NotApplicable, Quantity

FOLDER = Path(__file__).parents[2] / "templates" / "common" / "accounts"
ACCOUNTS = Accounts.load(
    *((FOLDER / f"{name}.csv").read_text(encoding="utf-8") for name in ("functional", "economic", "renames"))
)


def row(code: str, line: int = 1, table: str = "支出", **amounts: object) -> Group:
    name = f"{table}[{code}]"
    entries: dict[str, object] = {"科目": AccountCode(code)}
    for column, amount in amounts.items():
        full, place = f"{name}.{column}", Place("收支.yaml", line)
        entries[column] = (
            Blank(full, column, place) if amount is None else Quantity(Decimal(str(amount)), MONEY, full, place)
        )
    return Group(name, entries, Place("收支.yaml", line))  # type: ignore[arg-type]


SPENDING = Rows(
    "支出",
    [
        row("2210201", 4, 基本=3, 项目=0),
        row("2080109", 2, 基本=20, 项目=0),
        row("2080104", 1, 基本=0, 项目=13),
        row("2080505", 3, 基本=4, 项目=1),
    ],
    "科目",
)


def shown(rows: list[Group], *columns: str) -> list[str]:
    return [
        f"{row['编码']} {row['名称']} " + " ".join(f"{row[c].value:f}" for c in columns)  # type: ignore[union-attr]
        for row in rows
    ]


def test_class_section_and_item() -> None:
    rows = by_account(SPENDING, "科目", ("基本", "项目"), ACCOUNTS, 2020, (1, 2, 3))
    assert shown(rows, "基本", "项目") == [
        "208 社会保障和就业支出 24 14",
        "20801 人力资源和社会保障管理事务 20 13",
        "2080104 综合业务管理 0 13",
        "2080109 社会保险经办机构 20 0",
        "20805 行政事业单位养老支出 4 1",
        "2080505 机关事业单位基本养老保险缴费支出 4 1",
        "221 住房保障支出 3 0",
        "22102 住房改革支出 3 0",
        "2210201 住房公积金 3 0",
    ]


def test_one_level_only() -> None:
    assert shown(by_account(SPENDING, "科目", ("基本",), ACCOUNTS, 2020, (1,)), "基本") == [
        "208 社会保障和就业支出 24",
        "221 住房保障支出 3",
    ]


def test_an_item_keeps_the_cell_it_was_typed_into() -> None:
    (item,) = [r for r in by_account(SPENDING, "科目", ("基本",), ACCOUNTS, 2020, (3,)) if r["编码"] == "2080109"]
    figure = item["基本"]
    assert isinstance(figure, Quantity)
    assert figure.origin is None
    assert str(figure.place) == "收支.yaml 第2行"
    assert figure.name == "支出[2080109].基本"


def test_a_blank_cell_makes_its_sums_blank_and_no_others() -> None:
    rows = [row("2080104", 基本=None), row("2080505", 基本=1), row("2210201", 基本=2)]
    sums = {str(r["编码"]): r["基本"] for r in by_account(rows, "科目", ("基本",), ACCOUNTS, 2020, (1, 2))}
    assert [code for code, amount in sums.items() if isinstance(amount, Blank)] == ["208", "20801"]
    assert isinstance(column_total(rows, "基本"), Blank)


def test_totals() -> None:
    whole = column_total(SPENDING, "基本", "项目")
    assert isinstance(whole, Quantity)
    assert (whole.value, whole.name) == (41, "支出.基本＋项目合计")
    empty = column_total(Rows("基金", [], "科目"), "基本")
    assert isinstance(empty, Quantity)
    assert (empty.value, empty.unit) == (0, MONEY)
    left_out = Group("支出[1]", {"基本": NotApplicable("支出[1].基本")})
    assert column_total([left_out], "基本") == 0
    with pytest.raises(TypeError, match="“科目”不是数量列"):
        column_total(SPENDING, "科目")


def test_rows_with_amounts() -> None:
    assert [str(r["科目"]) for r in with_amounts(SPENDING, ("项目",))] == ["2080104", "2080505"]
    assert len(with_amounts(SPENDING, ())) == 4
    assert with_amounts([row("2080104", 基本=0, 项目=None)], ()) == []


def test_two_tables_added() -> None:
    funds = Rows("基金", [row("2120801", table="基金", 项目=7)], "科目")
    rows = merged([SPENDING, funds])
    assert [str(r["科目"]) for r in rows] == ["2080104", "2080109", "2080505", "2120801", "2210201"]
    assert column_total(rows, "基本") == column_total(SPENDING, "基本")
    assert rows[3]["基本"] == 0


@given(amounts=st.lists(st.decimals(min_value=-(10**9), max_value=10**9, places=2), min_size=1, max_size=20))
def test_every_level_adds_up_to_the_whole(amounts: list[Decimal]) -> None:
    codes = ("2080104", "2080109", "2080505", "2210201", "2101101")
    rows = [row(codes[n % len(codes)], 基本=amount) for n, amount in enumerate(amounts)]
    whole = column_total(rows, "基本")
    for level in (1, 2, 3):
        assert column_total(by_account(rows, "科目", ("基本",), ACCOUNTS, 2020, (level,)), "基本") == whole
