"""Columns by their whole header, titles that forbid: right, or refused by name, never simply the first."""

from __future__ import annotations

import pytest
from small_tables import Rows, amounts, read, said

from generator.official_tables.header_paths import ThisYear, choose, fit, is_qualifier, readings
from generator.official_tables.import_form import Word
from generator.official_tables.titles import is_budget, is_continued, is_title_like, title_of
from generator.pack import Pack, PackRoots, load_pack


@pytest.fixture(scope="module")
def pack() -> Pack:
    loaded = load_pack("final-accounts-national", PackRoots.with_own())
    assert loaded.value is not None
    return loaded.value


# -- columns ----------------------------------------------------------------------------------------------------------
THREE = ("合计", "基本支出", "项目支出")
CHAIN: Rows = (
    ("213", "农林水支出", 100, 60, 40, 90, 55, 35),
    ("21301", "农业农村", 100, 60, 40, 90, 55, 35),
    ("2130101", "行政运行", 60, 60, 0, 55, 55, 0),
    ("2130104", "事业运行", 40, 0, 40, 35, 0, 35),
    ("合计", None, 100, 60, 40, 90, 55, 35),
)


@pytest.mark.parametrize(
    ("left", "right", "total"),
    [
        ("年初预算数", "决算数", "90"),
        ("决算数", "年初预算数", "100"),
        ("全年预算数", "决算数", "90"),
        ("调整预算数", "决算数", "90"),
        ("2023年决算数", "2024年决算数", "90"),
        ("2024年度决算数", "2023年度决算数", "100"),
        ("上年决算数", "本年决算数", "90"),
        ("上年数", "本年数", "90"),
        ("2023年", "2024年", "90"),
    ],
)
@pytest.mark.parametrize("is_merged", [True, False])
def test_two_groups_of_columns(pack: Pack, left: str, right: str, total: str, is_merged: bool) -> None:
    rows: Rows = (
        ("单位：万元",),
        ("科目编码", "科目名称", left, None, None, right),
        (None, None, *THREE, *THREE),
        *CHAIN,
    )
    merged = [(2, 3, 2, 5), (2, 6, 2, 8), (2, 1, 3, 1), (2, 2, 3, 2)] if is_merged else []
    for year in (0, 2024):
        (table,), findings = read(pack, {"一般公共预算财政拨款支出决算表": rows}, year, merged)
        assert findings == ()
        assert amounts(table)["合计的合计"] == total


@pytest.mark.parametrize("below", [("年初预算数", "全年预算数", "决算数"), ("上年数", "预算数", "本年数")])
def test_the_quantity_stands_below_the_column(pack: Pack, below: tuple[str, ...]) -> None:
    rows: Rows = (
        ("一般公共预算财政拨款支出决算表",),
        ("科目编码", "科目名称", "合计", None, None, "基本支出", None, None, "项目支出", None, None),
        (None, None, *below, *below, *below),
        ("2130101", "行政运行", 1, 2, 3, 4, 5, 6, 7, 8, 9),
    )
    (table,), findings = read(pack, {"Sheet1": rows})
    assert findings == ()
    assert list(amounts(table).values()) == ["3", "6", "9"]


def test_the_quantity_in_the_label_itself(pack: Pack) -> None:
    labels = (
        "基本支出预算数",
        "基本支出决算数",
        "2024年项目支出（决算数）",
        "项目支出上年数",
        "合计-决算数",
        "合计-预算数",
    )
    rows: Rows = (
        ("2024年度一般公共预算财政拨款支出决算表",),
        ("科目编码", "科目名称", *labels),
        ("2130101", "行政运行", 1, 2, 3, 4, 5, 6),
    )
    (table,), findings = read(pack, {"Sheet1": rows})
    assert findings == ()
    assert amounts(table) == {
        "2130101 行政运行的基本支出": "2",
        "2130101 行政运行的项目支出": "3",
        "2130101 行政运行的合计": "5",
    }


@pytest.mark.parametrize("groups", [("甲类", "乙类"), (None, "年初预算数"), ("决算数", "决算数")])
def test_two_columns_that_nothing_tells_apart_are_named(pack: Pack, groups: tuple[str, str]) -> None:
    rows: Rows = (
        ("一般公共预算财政拨款支出决算表",),
        ("科目编码", "科目名称", groups[0], None, None, groups[1]),
        (None, None, *THREE, *THREE),
        *CHAIN,
    )
    (table,), findings = read(pack, {"Sheet1": rows}, 2024, [(2, 3, 2, 5), (2, 6, 2, 8)])
    assert amounts(table) == {}
    assert said(findings) == ["X065 Sheet1!C3", "X065 Sheet1!D3", "X065 Sheet1!E3"]
    shown = "/".join((groups[0] or "", "合计")).strip("/")
    assert f"分不清是哪一列：“{shown}”（C3）和“{groups[1]}/合计”（F3）" in findings[0].message


def test_only_figures_of_another_kind(pack: Pack) -> None:
    rows: Rows = (
        ("一般公共预算财政拨款支出决算表",),
        ("科目编码", "科目名称", "2023年决算数"),
        (None, None, *THREE),
        ("2130101", "行政运行", 60, 60, 0),
    )
    (table,), findings = read(pack, {"Sheet1": rows}, 2024)
    assert amounts(table) == {}
    assert said(findings) == ["X066 Sheet1!C3", "X066 Sheet1!D3", "X066 Sheet1!E3"]
    assert "表上只有“2023年决算数/合计”，不是本年决算数" in findings[0].message


def test_a_word_of_the_column_itself_excludes_nothing() -> None:
    words = tuple(map(Word.of, ("年初结转和结余", "上年结转和结余", "年初结转和结余/合计")))
    for path, other in (
        (("年初结转和结余",), False),
        (("年初结转和结余", "合计"), False),
        (("上年结转和结余", "决算数"), False),
        (("决算数", "年初结转和结余"), False),
        (("年初预算数", "年初结转和结余"), True),
        (("年初结转和结余", "预算数"), True),
        (("2023年", "年初结转和结余"), True),
    ):
        found = fit(words, path, ThisYear(2024))
        assert found is not None and found.other is other, path
    assert fit(words, ("年末结转和结余",), ThisYear(2024)) is None


def test_fund_names_are_no_budgets() -> None:
    wanted = {"合计": (Word.of("合计"),)}
    paths = {3: ("一般公共预算财政拨款", "合计"), 4: ("政府性基金预算", "年初预算数", "合计")}
    assert choose(paths, wanted, ThisYear(2024)).doubtful == {"合计": (3, 4)}, "one label, two groups"
    assert choose({3: paths[3]}, wanted, ThisYear(2024)).taken == {"合计": 3}


def test_labels_read_apart() -> None:
    assert ("基本支出", "2024年 决算数") in readings("2024年基本支出决算数")
    assert readings("年初结转和结余")[0] == ("年初结转和结余", "")
    for label in ("决算数", "年初预算数", "2024年", "全年预算数", "本年数", "金额", "上年同期数", "2023年度决算"):
        assert is_qualifier(label), label
    for label in ("合计", "本年支出", "年初结转和结余", "项目", ""):
        assert not is_qualifier(label), label


# -- exports of the treasury's software -------------------------------------------------------------------------------
TRIPLE = ("年初预算数", "全年预算数", "决算数")


def test_the_general_table_in_three_blocks(pack: Pack) -> None:
    rows: Rows = (
        ("收入支出决算总表",),
        (None, None, None, None, None, None, None, None, None, None, None, None, None, None, "财决01表"),
        ("编制单位：甲局", None, None, None, None, None, "2024年度", *[None] * 7, "金额单位：元"),
        ("收入", *[None] * 4, "支出"),
        (
            "项目",
            "行次",
            *TRIPLE,
            "项目（按功能分类）",
            "行次",
            *TRIPLE,
            "项目（按支出性质和经济分类）",
            "行次",
            *TRIPLE,
        ),
        ("栏次", None, 1, 2, 3, "栏次", None, 4, 5, 6, "栏次", None, 7, 8, 9),
        (
            "一、一般公共预算财政拨款收入",
            1,
            80,
            90,
            100,
            "一、一般公共服务支出",
            32,
            70,
            80,
            95,
            "一、基本支出",
            58,
            50,
            60,
            75,
        ),
        ("八、其他收入", 8, 1, 2, 3, "八、社会保障和就业支出", 39, 5, 6, 7, "二、项目支出", 59, 25, 26, 27),
        ("本年收入合计", 27, 81, 92, 103, "本年支出合计", None, None, None, None, None, 84, 75, 86, 102),
        ("年初结转和结余", 29, 0, 0, 4, "年末结转和结余", None, None, None, None, None, 86, 6, 6, 5),
        ("总计", 31, 81, 92, 107, "总计", None, None, None, None, None, 87, 81, 92, 107),
    )
    merged = [(4, 1, 4, 5), (4, 6, 4, 15), (9, 6, 9, 11), (10, 6, 10, 11), (11, 6, 11, 11)]
    (table,), findings = read(pack, {"Z01 收入支出决算总表(财决01表)": rows}, 0, merged)
    assert findings == ()
    assert (table.unit, table.year, table.department) == ("元", 2024, "甲局")
    assert amounts(table) == {
        "一般公共预算财政拨款收入的决算": "100",
        "其他收入的决算": "3",
        "本年收入合计的决算": "103",
        "年初结转和结余的决算": "4",
        "收入总计的决算": "107",
        "本年支出合计的决算": "102",
        "年末结转和结余的决算": "5",
        "支出总计的决算": "107",
        "201 一般公共服务支出的决算": "95",
        "208 社会保障和就业支出的决算": "7",
    }


@pytest.mark.parametrize("is_merged", [True, False])
@pytest.mark.parametrize("quantity_above", [True, False])
def test_the_general_table_of_appropriations(pack: Pack, quantity_above: bool, is_merged: bool) -> None:
    four = ("合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
    first = [x for one in (TRIPLE if quantity_above else four) for x in (one, *[None] * (3 if quantity_above else 2))]
    second = [*four * 3] if quantity_above else [*TRIPLE * 4]
    # year's figures: 10, 7, 2, 1; a budget adds 100, the adjusted one 200
    figures = {"决算数": 0, "年初预算数": 100, "全年预算数": 200}
    values = dict(zip(four, (10, 7, 2, 1), strict=True))
    pairs = [(q, f) for q in TRIPLE for f in four] if quantity_above else [(q, f) for f in four for q in TRIPLE]
    row = [values[f] + figures[q] for q, f in pairs]
    rows: Rows = (
        ("财政拨款收入支出决算总表",),
        ("财决01-1表",),
        ("收入", None, None, None, None, "支出"),
        ("项目", "行次", *TRIPLE, "项目", "行次", *first),
        (None, None, None, None, None, None, None, *second),
        ("栏次", None, 1, 2, 3, "栏次", None, *range(4, 16)),
        ("一、一般公共预算财政拨款", 1, 8, 9, 7, "一、一般公共服务支出", 30, *row),
        ("本年收入合计", 24, 18, 19, 10, "本年支出合计", 53, *row),
    )
    width = 4 if quantity_above else 3
    spans = [(4, c, 4, c + width - 1) for c in range(8, 20, width)]
    merged = [(4, c, 5, c) for c in range(1, 8)] + spans if is_merged else []
    (table,), findings = read(pack, {"Z01_1": rows}, 0, merged)
    assert findings == ()
    assert amounts(table) == {
        "一般公共预算收入的决算": "7",
        "本年收入合计的决算": "10",
        "本年支出合计的合计": "10",
        "本年支出合计的一般公共预算": "7",
        "本年支出合计的政府性基金": "2",
        "本年支出合计的国有资本经营": "1",
        "201 一般公共服务支出的合计": "10",
        "201 一般公共服务支出的一般公共预算": "7",
        "201 一般公共服务支出的政府性基金": "2",
        "201 一般公共服务支出的国有资本经营": "1",
    }


def test_the_expenditure_table_with_parts_of_its_columns(pack: Pack) -> None:
    rows: Rows = (
        ("支出决算表",),
        ("财决04表",),
        ("项目", None, None, None, "本年支出合计", "基本支出", None, None, "项目支出", None, "经营支出"),
        (
            "支出功能分类科目编码",
            None,
            None,
            "科目名称",
            None,
            "小计",
            "人员经费",
            "公用经费",
            "小计",
            "其中：基本建设",
        ),
        ("类", "款", "项", "栏次", 1, 2, 3, 4, 5, 6, 7),
        (None, None, None, "合计", 10, 6, 5, 1, 4, 2, 0),
        ("201", "06", "01", "行政运行", 10, 6, 5, 1, 4, 2, 0),
    )
    (table,), findings = read(pack, {"Sheet1": rows})
    assert [d.code for d in findings if d.code != "X057"] == []
    assert {k: v for k, v in amounts(table).items() if k.startswith("合计")} == {
        "合计的合计": "10",
        "合计的基本支出": "6",
        "合计的项目支出": "4",
        "合计的经营支出": "0",
    }


# -- “三公”: 预算 and 决算 both are wanted -----------------------------------------------------------------------------
ITEMS = ("合计", "因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费")


@pytest.mark.parametrize(
    "labels", [("上年决算数", "预算数", "决算数"), ("2023年决算数", "2024年预算数", "2024年决算数")]
)
def test_three_expenses_beside_last_years(pack: Pack, labels: tuple[str, ...]) -> None:
    rows: Rows = (
        ("财政拨款“三公”经费支出决算表",),
        ("项目", *labels, "增减额"),
        *((item, 7, 9, 8, 1) for item in ITEMS),
    )
    (table,), findings = read(pack, {"Sheet1": rows})
    assert findings == ()
    assert amounts(table) == {f"{i}的{c}": v for i in _OWN for c, v in (("预算", "9"), ("决算", "8"))}


_OWN = ("合计", "因公出国境费", "公务用车购置费", "公务用车运行维护费", "公务接待费")


def test_three_expenses_of_two_years_in_groups(pack: Pack) -> None:
    rows: Rows = (
        ("“三公”经费支出决算表",),
        ("上年数", None, None, None, None, "本年数", None, None, None, None),
        ("合计", None, "公务接待费", None, None, "合计", None, "公务接待费", None, None),
        ("预算数", "决算数", "预算数", "决算数", None, "预算数", "决算数", "预算数", "决算数"),
        (9, 2, 3, 4, None, 5, 6, 7, 8),
    )
    (table,), findings = read(pack, {"Sheet1": rows}, 0, [(2, 1, 2, 5), (2, 6, 2, 10)])
    assert findings == ()
    assert amounts(table) == {"合计的预算": "5", "合计的决算": "6", "公务接待费的预算": "7", "公务接待费的决算": "8"}


def test_three_expenses_with_two_kinds_of_budget(pack: Pack) -> None:
    rows: Rows = (
        ("“三公”经费支出决算表",),
        ("项目", "年初预算数", "全年预算数", "决算数"),
        ("公务接待费", 9, 8, 7),
    )
    (table,), findings = read(pack, {"Sheet1": rows})
    assert amounts(table) == {"公务接待费的预算": "9", "公务接待费的全年预算": "8", "公务接待费的决算": "7"}
    assert findings == ()


@pytest.mark.parametrize(
    "note",
    [
        "注：本表反映“三公”经费支出预决算情况。其中：预算数为“三公”经费全年预算数，反映按规定程序调整后的预算数。",
        "注：本表反映“三公”经费支出预决算情况。",
    ],
)
def test_a_note_says_which_budget_the_column_is(pack: Pack, note: str) -> None:
    rows: Rows = (("“三公”经费支出决算表",), ("项目", "预算数", "决算数"), ("公务接待费", 9, 7), (note,))
    (table,), findings = read(pack, {"Sheet1": rows})
    which = "全年预算" if "全年" in note else "预算"
    assert amounts(table) == {f"公务接待费的{which}": "9", "公务接待费的决算": "7"}
    assert findings == ()


def test_three_expenses_of_several_units(pack: Pack) -> None:
    head: Rows = (
        ("“三公”经费支出决算表",),
        ("单位名称", "公务接待费", None, "公务用车购置费", None),
        (None, "预算数", "决算数", "预算数", "决算数"),
    )
    units: Rows = (("甲所", 1, 2, 3, 4), ("乙所", 10, 20, 30, 40))
    (table,), findings = read(pack, {"Sheet1": (*head, *units, ("合计", 11, 22, 33, 44))})
    assert findings == ()
    assert list(amounts(table).values()) == ["11", "22", "33", "44"]
    (table,), findings = read(pack, {"Sheet1": (*head, *units)})
    assert (amounts(table), said(findings)[0]) == ({}, "X065 Sheet1!B4")


# -- titles -----------------------------------------------------------------------------------------------------------
SHORT: Rows = (("科目编码", "科目名称", "合计", "基本支出", "项目支出"), ("2130101", "行政运行", 3, 2, 1))


@pytest.mark.parametrize(
    "title",
    [
        "部门支出总表",
        "2025年部门支出预算总表",
        "一般公共预算支出表",
        "支出预算表",
        "2025年部门预算",
        "收入支出决算表",
        "项目收入支出决算表",
        "一般公共预算支出情况表",
        "政府性基金预算支出表",
        "支出决算明细表",
        "行政事业类项目支出决算表",
        "附件3：部门支出总表（按功能分类）",
        "部门支出预算",
        "2025年度一般公共预算支出预算表",
        "项目支出绩效自评表",
    ],
)
@pytest.mark.parametrize("where", ["line", "sheet", "line under a known sheet"])
def test_another_title_forbids(pack: Pack, title: str, where: str) -> None:
    rows = SHORT if where == "sheet" else ((title,), ("单位：万元",), *SHORT)
    sheet = {"line": "Sheet1", "sheet": title, "line under a known sheet": "支出决算表"}[where]
    tables, findings = read(pack, {sheet: rows})
    assert tables == ()
    assert [d.code for d in findings] == ["X050"]
    assert title in findings[0].message


@pytest.mark.parametrize("title", ["收入支出总表", "财政拨款收入支出总表", "“三公”经费支出情况表"])
def test_a_title_that_a_budget_has_too(pack: Pack, title: str) -> None:
    items: Rows = (("一、一般公共预算财政拨款收入", 5), ("公务接待费", 5))
    for head, file, is_read in (
        (("项目", "金额"), "表.xlsx", False),
        (("项目", "预算数"), "表.xlsx", False),
        (("项目", "金额"), "2025年部门预算公开表.xlsx", False),
        (("项目", "决算数"), "表.xlsx", True),
        (("项目", "金额"), "2024年部门决算公开表.xlsx", True),
    ):
        tables, findings = read(pack, {"Sheet1": ((title,), head, *items)}, file=file)
        assert bool(tables) is is_read, (head, file)
        assert ("X050" in [d.code for d in findings]) is not is_read
    tables, _ = read(pack, {"Sheet1": (("2025年部门预算" + title,), ("项目", "决算数"), *items)})
    assert tables == ()


def test_no_title_in_a_file_of_budgets(pack: Pack) -> None:
    assert len(read(pack, {"Sheet1": SHORT})[0]) == 1
    tables, findings = read(pack, {"Sheet1": SHORT}, file="甲局2025年部门预算.xlsx")
    assert tables == ()
    assert "“甲局2025年部门预算.xlsx”是预算" in findings[0].message


def test_a_table_of_another_kind_below(pack: Pack) -> None:
    """Its rows are none of the table above it."""
    rows: Rows = (("一般公共预算财政拨款支出决算表",), *SHORT, ("2025年部门支出预算总表",), *SHORT)
    (table,), findings = read(pack, {"Sheet1": rows})
    assert amounts(table) == {f"2130101 行政运行的{c}": v for c, v in zip(THREE, "321", strict=True)}
    assert [d.code for d in findings] == ["X050"]


def test_what_lines_say(pack: Pack) -> None:
    known = {
        "一般公共预算财政拨款支出决算表": "一般公共预算财政拨款支出决算表",
        "甲市财政局2024年度支出决算表（续）": "支出决算表",
        "Z04 支出决算表(财决04表)": "支出决算表",
        "附表3：收入决算表": "收入决算表",
        "2024年度部门收入支出决算总表": "收入支出决算总表",
        "政府性基金预算收入支出决算总表": None,
        "收入支出决算表": None,
        "支出预算表": None,
    }
    for text, name in known.items():
        found = title_of(text, pack.import_form.tables)
        assert (found.name if found else None) == name, text
    for text in ("部门支出总表", "2025年部门预算", "支出决算明细表", "一般公共预算支出表", "支出预算"):
        assert is_title_like(text), text
    for text in (
        "Sheet1",
        "公开03表",
        "表5",
        "附表1",
        "2024年度部门决算公开表",
        "部门：甲局",
        "单位：万元",
        "p6",
        "甲局",
    ):
        assert not is_title_like(text), text
    assert is_budget("2025年部门支出预算总表") and not is_budget("一般公共预算财政拨款支出表")
    assert not is_budget("部门预决算公开") and not is_budget("预算单位：甲局")
    assert is_continued("支出决算表（续）") and is_continued("续表") and not is_continued("支出决算表")
