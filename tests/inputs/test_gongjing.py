"""The example input of 贡井区医疗保障局 2020 against the figures that the office published.

Plain PyYAML and Decimal, nothing of the program: what this page says about the input holds whatever the program does.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.pack import PackRoots
from generator.pack.sources import gather

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "inputs" / "gongjing-2020"
ZERO = Decimal(0)


def read() -> dict[str, Any]:
    """All files as one mapping; every scalar stays the text that was typed."""
    facts: dict[str, Any] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        part = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        part.pop("金额单位", None)
        assert not facts.keys() & part.keys(), f"{path.name} 重复填报"
        facts |= part
    return facts


FACTS = read()


def money(row: dict[str, str], *columns: str) -> Decimal:
    return sum((Decimal(row.get(column, "0")) for column in columns), ZERO)


def wan(yuan: Decimal) -> str:
    return str((yuan / 10000).quantize(Decimal("0.01"), ROUND_HALF_UP))


def percent(part: Decimal, whole: Decimal) -> str:
    return str((part / whole * 100).quantize(Decimal("0.01"), ROUND_HALF_UP))


def spent(prefix: str = "", *columns: str) -> Decimal:
    columns = columns or ("基本支出", "项目支出")
    return sum((money(r, *columns) for r in FACTS["一般公共预算支出"] if r["科目"].startswith(prefix)), ZERO)


def detail(column: str, subject: str = "", *economic: str) -> Decimal:
    rows = (r for r in FACTS["支出明细"] if r["科目"].startswith(subject))
    return sum((money(r, column) for r in rows if not economic or r["经济科目"].startswith(economic)), ZERO)


TOTAL = spent()
RUNNING = detail("基本支出", "", "302")


# -- the figures that the published report prints ---------------------------------------------------------------------
@pytest.mark.parametrize(
    ("what", "yuan", "printed"),
    [
        ("收、支总计", TOTAL, "91.68"),
        ("基本支出", spent("", "基本支出"), "69.98"),
        ("项目支出", spent("", "项目支出"), "21.70"),
        ("人员经费", detail("基本支出", "", "301", "303"), "58.45"),
        ("日常公用经费", RUNNING, "11.53"),
        ("上年", Decimal(FACTS["收支总计"]["上年"]), "36.57"),
        ("增加", TOTAL - Decimal(FACTS["收支总计"]["上年"]), "55.11"),
        ("上年机关运行经费", Decimal(FACTS["机关运行经费"]["上年"]), "9.61"),
        ("机关运行经费增加", RUNNING - Decimal(FACTS["机关运行经费"]["上年"]), "1.92"),
        ("社会保障和就业支出", spent("208"), "39.62"),
        ("卫生健康支出", spent("210"), "44.61"),
        ("农林水支出", spent("213"), "4.00"),
        ("住房保障支出", spent("221"), "3.45"),
        ("综合业务管理", spent("2080104", "项目支出"), "13.36"),
        ("社会保险经办机构", spent("2080109", "基本支出"), "21.72"),
        ("养老保险缴费", spent("2080505", "基本支出"), "4.54"),
        ("行政单位医疗", spent("2101101", "基本支出"), "2.67"),
        ("行政运行", spent("2101501", "基本支出"), "37.61"),
        ("信息化建设", spent("2101504", "项目支出"), "4.33"),
        ("社会发展", spent("2130506", "项目支出"), "4.00"),
        ("住房公积金", spent("2210201", "基本支出"), "3.45"),
    ],
)
def test_amounts_print_as_published(what: str, yuan: Decimal, printed: str) -> None:
    assert wan(yuan) == printed, what


@pytest.mark.parametrize(
    ("what", "part", "whole", "printed"),
    [
        ("总计增长", TOTAL - Decimal(FACTS["收支总计"]["上年"]), Decimal(FACTS["收支总计"]["上年"]), "150.70"),
        ("基本支出占比", spent("", "基本支出"), TOTAL, "76.33"),
        ("项目支出占比", spent("", "项目支出"), TOTAL, "23.67"),
        ("社会保障和就业占比", spent("208"), TOTAL, "43.22"),
        ("卫生健康占比", spent("210"), TOTAL, "48.66"),
        ("农林水占比", spent("213"), TOTAL, "4.36"),
        ("住房保障占比", spent("221"), TOTAL, "3.76"),
        (
            "机关运行经费增长",
            RUNNING - Decimal(FACTS["机关运行经费"]["上年"]),
            Decimal(FACTS["机关运行经费"]["上年"]),
            "19.94",
        ),
    ],
)
def test_percentages_from_yuan_print_as_published(what: str, part: Decimal, whole: Decimal, printed: str) -> None:
    assert percent(part, whole) == printed, what


# -- the accounts agree to the 分 -------------------------------------------------------------------------------------
def test_whole_sums() -> None:
    assert Decimal("916800.00") == TOTAL
    assert {row["科目"] for row in FACTS["一般公共预算支出"]} == {
        *("2080104", "2080109", "2080505", "2101101", "2101501", "2101504", "2130506", "2210201")
    }
    assert FACTS["收支总计"]["上年"] == FACTS["财政拨款"]["上年"] == FACTS["一般公共预算"]["上年"]
    assert set(FACTS["结转结余"].values()) == {"0"}


@pytest.mark.parametrize("row", FACTS["一般公共预算支出"], ids=lambda row: row["科目"])
def test_each_subject_income_budget_detail_and_projects(row: dict[str, str]) -> None:
    subject, amount = row["科目"], money(row, "基本支出", "项目支出")
    assert money(row, "预算") == amount
    income = [r for r in FACTS["收入功能分类"] if r["科目"] == subject]
    assert [money(r, "一般公共预算财政拨款收入") for r in income] == [amount]
    for column in ("基本支出", "项目支出"):
        assert detail(column, subject) == money(row, column)
    projects = [p for p in FACTS["项目"] if p["科目"] == subject]
    assert sum((money(p, "执行财政拨款") for p in projects), ZERO) == money(row, "项目支出")


def test_basic_expenditure_names_exactly_the_published_economic_subjects() -> None:
    used = sorted({row["经济科目"] for row in FACTS["支出明细"] if money(row, "基本支出") > 0})
    assert used == [
        *("30101", "30102", "30103", "30107", "30108", "30112", "30113", "30199"),
        *("30201", "30202", "30203", "30204", "30206", "30207", "30209", "30211", "30213", "30226"),
        *("30228", "30229", "30239", "30299", "30302"),
    ]
    assert detail("基本支出") == detail("基本支出", "", "301", "303") + RUNNING
    cells = [(row["科目"], row["经济科目"]) for row in FACTS["支出明细"]]
    assert len(cells) == len(set(cells))


def test_projects_are_those_published() -> None:
    evaluated = [p for p in FACTS["项目"] if p["绩效评价"] == "是"]
    assert [(p["名称"], wan(money(p, "执行财政拨款")), len(p["指标"])) for p in evaluated] == [
        ("DRGs项目经费", "3.00", 3),
        ("紧密医联体建设试点", "3.00", 5),
        ("居民职工基金征收监管", "5.00", 7),
        ("医保基金监管", "1.00", 6),
        ("医疗救助监管", "3.00", 5),
    ]
    for project in FACTS["项目"]:
        assert money(project, "预算财政拨款") == money(project, "执行财政拨款")
        assert project.get("到位", project["执行财政拨款"]) == project["执行财政拨款"]


def test_nothing_spent_on_three_publics_procurement_and_assets() -> None:
    def amounts(entry: Any) -> list[str]:
        return [entry] if isinstance(entry, str) else [x for value in entry.values() for x in amounts(value)]

    assert set(amounts(FACTS["三公"]) + amounts(FACTS["政府采购"]) + amounts(FACTS["国有资产"])) == {"0"}
    assert FACTS["整体评价"]["编制"] == FACTS["整体评价"]["在职"] == {"行政": "4", "工勤": "1"}


# -- every field of the form ------------------------------------------------------------------------------------------
def missing_and_unknown(fields: dict[str, Any], filled: Any, path: str = "") -> list[str]:
    """Fields that must be filled and are not, names that the form does not have, words outside a closed list."""
    found = [f"{path}{name}：表中没有" for name in filled if name not in fields]
    for name, field in fields.items():
        value, here = filled.get(name), f"{path}{name}"
        if "字段" in field:
            found += missing_and_unknown(field["字段"], value or {}, f"{here}.")
        elif "行" in field:
            if field["行"].get("必填") and not value:
                found.append(f"{here}：没有行")
            for number, row in enumerate(value or []):
                found += missing_and_unknown(field["行"]["字段"], row, f"{here}[{number}].")
        elif "计算" in field and value is not None:
            found.append(f"{here}：由程序计算，不填")
        elif field.get("必填") and not value:
            found.append(f"{here}：没有填写")
        elif "行.绩效评价" in field.get("当", "") and (filled["绩效评价"] == "是") != bool(value):
            found.append(f"{here}：只在开展绩效评价时填写")
        elif value and field.get("选项") and value not in field["选项"]:
            found.append(f"{here}：{value}不在选项中")
    return found


def test_form_is_filled() -> None:
    fields = gather("final-accounts-sichuan", PackRoots.with_own(())).data["fields.yaml"]
    facts = {name: value for name, value in FACTS.items() if name != "报告"}
    assert missing_and_unknown(fields, facts) == []
    assert all(FACTS[group]["原因"] for group in ("收支总计", "财政拨款", "一般公共预算", "机关运行经费"))


def texts(entry: Any) -> list[str]:
    if isinstance(entry, str):
        return [entry]
    return [text for value in (entry.values() if isinstance(entry, dict) else entry) for text in texts(value)]


@pytest.mark.parametrize(
    "slip",
    [r"\band\b", "反映反映", "事物支出", "全部用于密", "医疗体", "城县", "DRGS", "明显下降", "截止", r"[一-鿿] +\d"],
)
def test_slips_of_the_published_text_are_repaired(slip: str) -> None:
    assert [text for text in texts(FACTS) if re.search(slip, text)] == []


def test_no_private_data_and_closed_brackets() -> None:
    for text in texts(FACTS):
        assert not re.search(r"1[3-9]\d{9}|\d{3,4}-\d{7,8}|\d{17}[\dX]", text), text
        for left, right in ("（）", "“”", "《》", "〈〉", "〔〕"):
            assert text.count(left) == text.count(right), text


def test_every_correction_has_its_row() -> None:
    """The README's table of corrections: four full columns in each row."""
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert len(rows) > 30
    assert all(
        len(line.strip("|").split("|")) == 4 and all(c.strip() for c in line.strip("|").split("|")) for line in rows
    )
