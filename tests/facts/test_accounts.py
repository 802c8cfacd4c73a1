"""Names, levels and years of 政府收支分类科目."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.facts.accounts import AccountCode, Accounts

FOLDER = Path(__file__).parents[2] / "templates" / "common" / "accounts"
FUNCTIONAL, ECONOMIC, RENAMES = (
    (FOLDER / name).read_text(encoding="utf-8") for name in ("functional.csv", "economic.csv", "renames.csv")
)
ACCOUNTS = Accounts.load(FUNCTIONAL, ECONOMIC, RENAMES)

SMALL = Accounts.load(
    "code,name,confidence,source,note\n213,农林水支出,high,,\n21305,巩固脱贫攻坚成果衔接乡村振兴,verified,,\n"
    "2130506,社会发展,verified,,\n2130507,贷款奖补和贴息,verified,,\n",
    "code,name,confidence,source,note\n301,工资福利支出,verified,,\n30101,基本工资,verified,,\n",
    "code,name,from,to\n21305,扶贫,,2021\n21305,巩固脱贫衔接乡村振兴,2022,2022\n2130501,旧科目,,2019\n",
)


@pytest.mark.parametrize(
    ("year", "name"),
    [
        (2019, "扶贫"),
        (2021, "扶贫"),
        (2022, "巩固脱贫衔接乡村振兴"),
        (2023, "巩固脱贫攻坚成果衔接乡村振兴"),
        (0, "巩固脱贫攻坚成果衔接乡村振兴"),
    ],
)
def test_a_name_follows_the_fiscal_year(year: int, name: str) -> None:
    assert SMALL.name("21305", year) == name
    assert SMALL.full_name("2130506", year) == f"农林水支出（类）{name}（款）社会发展（项）"


def test_a_former_code_is_known_but_not_in_force() -> None:
    assert [SMALL.in_force("2130501", year) for year in (2019, 2020)] == [True, False]
    assert SMALL.name("2130501", 2024) == "旧科目"
    assert SMALL.children("21305", 2019) == ("2130501", "2130506", "2130507")
    assert SMALL.children("21305", 2024) == ("2130506", "2130507")


def test_an_unknown_code_has_no_name_but_parents() -> None:
    assert "2130599" not in SMALL
    assert (SMALL.name("2130599"), SMALL.confidence("2130599")) == ("", "")
    assert SMALL.parents("2130599") == ("213", "21305")
    assert SMALL.name(AccountCode("2130599", given_name="其他扶贫支出")) == "其他扶贫支出"


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("2080104", 2020, "社会保障和就业支出（类）人力资源和社会保障管理事务（款）综合业务管理（项）"),
        ("2080505", 2019, "社会保障和就业支出（类）行政事业单位离退休（款）机关事业单位基本养老保险缴费支出（项）"),
        ("2080505", 2020, "社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）"),
        ("2101504", 2020, "卫生健康支出（类）医疗保障管理事务（款）信息化建设（项）"),
        ("2210201", 2020, "住房保障支出（类）住房改革支出（款）住房公积金（项）"),
        ("2130506", 2020, "农林水支出（类）扶贫（款）社会发展（项）"),
        ("2121100", 2024, "城乡社区支出（类）农业土地开发资金安排的支出（款）"),
        ("30101", 2020, "工资福利支出（类）基本工资（款）"),
        ("302", 2020, "商品和服务支出（类）"),
    ],
)
def test_full_names(code: str, year: int, name: str) -> None:
    assert ACCOUNTS.full_name(code, year) == name


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("2080104", ("2080104",)),
        ("综合业务管理", ("2080104",)),
        ("住房公积金", ("2210201", "30113")),
        ("未归口管理的行政单位离退休", ("2080504",)),
        ("机关事业单位基本养老保险缴费", ("30108",)),
        ("机关事业单位基本养老保险缴费支", ("2080505",)),
        ("2210210", ("2210201",)),
        ("zzz", ()),
        ("", ()),
    ],
)
def test_find_by_code_or_name(text: str, codes: tuple[str, ...]) -> None:
    found = ACCOUNTS.find(text)
    assert found[: len(codes)] == codes
    assert bool(found) == bool(codes)


def test_the_tables_hang_together() -> None:
    rows = [row for text in (FUNCTIONAL, ECONOMIC) for row in csv.DictReader(io.StringIO(text))]
    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes)) > 1500
    for row in rows:
        assert all(parent in ACCOUNTS for parent in ACCOUNTS.parents(row["code"])), row
        assert row["confidence"] in ("verified", "high", "medium")
        assert row["name"] == row["name"].strip() != ""
        assert row["source"]
    classes = [row["name"] for row in rows if len(row["code"]) == 3 and row["code"] < "227"]
    assert [name for name in classes if not name.endswith("支出")] == []


def test_tables_saved_by_a_spreadsheet_are_read() -> None:
    accounts = Accounts.load(
        "\ufeffcode,name,confidence,source,note\r\n213,农林水支出 ,high\r\n,,,,\r\n", "code,name\n", "code\n"
    )
    assert (accounts.name("213"), list(accounts.table)) == ("农林水支出", ["213"])


def test_renames_leave_no_year_with_two_names() -> None:
    for account in ACCOUNTS.table.values():
        for year in range(2015, 2030):
            assert sum(former.holds(year) for former in account.formerly) <= 1, account


@given(st.text(max_size=12), st.integers(min_value=0, max_value=2100))
@settings(max_examples=60)
def test_any_text_has_an_answer(text: str, year: int) -> None:
    assert ACCOUNTS.name(text, year) == "" or text in ACCOUNTS
    assert len(SMALL.find(text)) <= 5
    assert isinstance(ACCOUNTS.full_name(text, year), str)
