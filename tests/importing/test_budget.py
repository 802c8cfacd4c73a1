"""年初预算 from published budget tables: into its own fields, of the right year and unit, nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from small_tables import Rows, read, said

from generator.cli import entry
from generator.diagnostics import Diagnostic
from generator.importing.filler import Imported
from generator.importing.import_tables import fill
from generator.pack import Pack, PackRoots, load_pack

HEAD: Rows = (("科目编码", "科目名称", "合计", "基本支出", "项目支出"),)


@pytest.fixture(scope="module")
def pack() -> Pack:
    loaded = load_pack("final-accounts-national", PackRoots.with_own())
    assert loaded.value is not None and loaded.diagnostics == ()
    return loaded.value


def spending(title: str, *rows: tuple[str, str, object], unit: str = "单位：万元", head: Rows = HEAD) -> Rows:
    total = sum(float(str(amount)) for _, _, amount in rows)
    body = ((code, name, amount, amount, None) for code, name, amount in rows)
    return ((title,), ("编制单位：甲市档案局", unit), *head, *body, ("合计", None, total, total, None))


OUTTURN: dict[str, Rows] = {
    "5": spending("2024年度一般公共预算财政拨款支出决算表", ("2012601", "行政运行", 80), ("2012604", "档案馆", 30)),
    "7": (
        ("2024年度“三公”经费支出决算表",),
        ("单位：万元",),
        ("项目", "预算数", "决算数"),
        ("公务接待费", 2, 1),
        ("公务用车运行维护费", 3, 3),
        ("合计", 5, 4),
    ),
}
TITLE = "2024年一般公共预算支出表"
BUDGET = spending(TITLE, ("2012601", "行政运行", 90), ("2012604", "档案馆", 20))


def imported(
    pack: Pack,
    budget: Mapping[str, Rows],
    outturn: Mapping[str, Rows] = OUTTURN,
    year: int = 0,
    file: str = "预算.xlsx",
) -> tuple[Imported, list[Diagnostic]]:
    """`year`: of the final accounts, 0 = as their tables say."""
    form = pack.import_form
    own, findings = read(pack, dict(outturn), year)
    asked, of_budget = read(pack, dict(budget), year or 2024, file=file, form=form.for_budget())
    filled = fill(own, (), form, pack.form.fields, "", year, asked)
    told = [*findings, *of_budget, *(one for one in filled.diagnostics if one.code != "X056")]
    return filled.value, told


def budgets(found: Imported) -> dict[str, str]:
    """科目 → its 年初预算; and the other fields that hold one."""
    rows = found.lists.get("一般公共预算支出", {})
    by_code = {code: row.columns["预算"].text for code, row in rows.items() if "预算" in row.columns}
    return by_code | {path: one.text for path, one in found.values.items() if path.endswith(".预算")}


ALL = {"2012601": "90.00", "2012604": "20.00", "一般公共预算.预算": "110.00"}
THREE = {"三公.公务接待费.预算": "2.00", "三公.公务用车运行维护费.预算": "3.00", "三公.合计.预算": "5.00"}


@pytest.mark.parametrize(
    "title",
    [
        "一般公共预算支出表",
        "2024年一般公共预算支出预算表",
        "表五 一般公共预算支出表",
        "2024年部门一般公共预算支出功能分类预算表",
        "甲市档案局（本级）2024年度一般公共预算支出表",
        "附件5：一般公共预算财政拨款支出预算表",
    ],
)
def test_titles_of_published_budgets(pack: Pack, title: str) -> None:
    found, told = imported(pack, {"1": ((title,), *BUDGET[1:])}, file="2024年部门预算.xlsx")
    assert budgets(found) == ALL | THREE
    assert told == []


@pytest.mark.parametrize(
    ("columns", "total"),
    [
        (("2023年执行数", "2024年预算数", "增减额", "增减%"), 2),
        (("上年预算数", "本年预算数"), 2),
        (("2024年预算数", "2023年预算数"), 1),
        (("2024年年初预算数", "全年预算数"), 1),
        (("2023年决算数", "2024年预算数"), 2),
    ],
)
def test_other_columns_of_a_budget(pack: Pack, columns: tuple[str, ...], total: int) -> None:
    rows = [
        (code, name, *(amount if n == total else 9 for n in range(1, len(columns) + 1)))
        for code, name, amount in (("2012601", "行政运行", 90), ("2012604", "档案馆", 20), ("合计", None, 110))
    ]
    table: Rows = (*BUDGET[:2], ("科目编码", "科目名称", *columns), *rows)
    found, _ = imported(pack, {"1": table})
    assert budgets(found) == ALL | THREE


def test_only_the_budget_goes_into_the_rows(pack: Pack) -> None:
    """基本支出 of the budget is none of the outturn's; 收支总表 and others are named once."""
    others: dict[str, Rows] = {
        "收支": (("2024年部门收支总表",), ("项目", "预算数", "项目", "预算数"), ("收入总计", 7, "支出总计", 7)),
        "采购": (("2024年政府采购预算表",), ("项目", "金额"), ("货物", 4)),
    }
    found, told = imported(pack, {"1": BUDGET, **others})
    row = found.lists["一般公共预算支出"]["2012601"]
    assert {name: one.text for name, one in row.columns.items()} == {
        "合计": "80.00", "基本支出": "80.00", "预算": "90.00",
    }  # fmt: skip
    assert [one.code for one in told] == ["X076"]
    assert "“2024年政府采购预算表”、“收支预算总表”" in told[0].message


def test_accounts_that_one_side_alone_has(pack: Pack) -> None:
    table = spending(TITLE, ("2012601", "行政运行", 90), ("2080501", "行政单位离退休", 6))
    found, told = imported(pack, {"1": table})
    assert (
        budgets(found) == {"2012601": "90.00", "2012604": "0", "2080501": "6.00", "一般公共预算.预算": "96.00"} | THREE
    )
    assert found.lists["一般公共预算支出"]["2080501"].columns["基本支出"].text == "0"
    assert [one.code for one in told] == ["X080", "X096"]
    assert "2080501 行政单位离退休" in told[0].message and "2012604 档案馆" in told[1].message


def test_nothing_is_zero_in_a_budget_that_does_not_add_up(pack: Pack) -> None:
    short = (*BUDGET[:4], ("合计", None, 110, 110, None))
    found, told = imported(pack, {"1": short})
    assert "2012604" not in budgets(found)
    assert "X055" in [one.code for one in told]
    found, told = imported(pack, {"1": BUDGET[:4]})
    assert "2012604" not in budgets(found), "no total: nobody knows whether it is whole"


def test_a_budget_that_stops_above_the_item(pack: Pack) -> None:
    found, told = imported(pack, {"1": spending("2024年一般公共预算支出表", ("20126", "档案事务", 110))})
    assert budgets(found) == {"一般公共预算.预算": "110.00"} | THREE
    assert said(told)[0].startswith("X088") and "20126 档案事务 只到款级" in told[0].message


def test_amounts_in_another_unit(pack: Pack) -> None:
    table = spending(
        "2024年一般公共预算支出表", ("2012601", "行政运行", 900000), ("2012604", "档案馆", 1), unit="单位：元"
    )
    found, told = imported(pack, {"1": table})
    assert budgets(found) == {"2012601": "900000元", "2012604": "1元", "一般公共预算.预算": "900001.0元"} | THREE
    assert told == []


# -- the three expenses -----------------------------------------------------------------------------------------------
PLAIN: Rows = (
    ("因公出国（境）费", "公务接待费", "公务用车购置及运行费", None, None, "合计"),
    (None, None, "小计", "购置费", "运行费", None),
)


@pytest.mark.parametrize(
    "rows",
    [
        (("项目", "2023年预算数", "2024年预算数"), ("公务接待费", 9, 2), ("公务用车运行维护费", 9, 3), ("合计", 9, 5)),
        (("项目", "本年数", "上年数", "增减"), ("公务接待费", 2, 9, 9), ("公务用车运行费", 3, 9, 9), ("合计", 5, 9, 9)),
        (*PLAIN, (0, 2, 3, 0, 3, 5)),
        (
            ("“三公”经费预算数", *[None] * 5, "机关运行经费预算数"),
            *((*row, None) for row in PLAIN),
            (0, 2, 3, 0, 3, 5, 88),
        ),
    ],
)
def test_the_three_expenses(pack: Pack, rows: Rows) -> None:
    found, told = imported(pack, {"1": (("2024年“三公”经费和机关运行经费预算表",), ("单位：万元",), *rows)})
    read = {path: text for path, text in budgets(found).items() if text not in ("0.00", "0")}
    read.pop("三公.公务用车购置及运行维护费.预算", None)
    assert read == THREE
    assert found.values["三公.公务接待费.预算"].place.file == "预算.xlsx"
    assert told == []


def test_an_expense_that_no_form_has(pack: Pack) -> None:
    head = (*PLAIN[0], "租车费")
    rows: Rows = (("2024年“三公”经费支出表",), ("单位：万元",), head, PLAIN[1], (0, 2, 3, 0, 3, 5, 7))
    _, told = imported(pack, {"1": rows})
    assert said(told) == ["X053 1!G5"]


def test_another_figure_in_the_final_accounts(pack: Pack) -> None:
    """The budget's own is 年初预算; both are told."""
    table: Rows = (
        ("2024年“三公”经费支出表",),
        ("单位：元",),
        ("项目", "预算数"),
        ("公务接待费", 21000),
        ("公务用车运行维护费", 30000),
    )
    found, told = imported(pack, {"1": table})
    assert found.values["三公.公务接待费.预算"].text == "21000元"
    assert said(told) == ["X082 7!B4"], "3万元 and 30000元 are one figure"
    assert "决算表上的预算数是 2.00，预算公开表的年初预算是 21000元" in told[0].message


def test_two_budgets_of_the_final_accounts(pack: Pack) -> None:
    rows: Rows = (
        OUTTURN["7"][0],
        OUTTURN["7"][1],
        ("项目", "年初预算数", "全年预算数", "决算数"),
        ("公务接待费", 2, 6, 1),
    )
    found, told = imported(pack, {}, {"7": rows})
    values = {path: one.text for path, one in found.values.items() if "公务接待费" in path or "口径" in path}
    assert values == {
        "三公.公务接待费.预算": "2.00",
        "三公.公务接待费.全年预算": "6.00",
        "三公.公务接待费.决算": "1.00",
        "表式.三公预算口径": "年初预算",
    }
    only: Rows = (*rows[:2], ("项目", "全年预算数", "决算数"), ("公务接待费", 6, 1))
    found, told = imported(pack, {}, {"7": only})
    assert "三公.公务接待费.预算" not in found.values
    assert found.values["表式.三公预算口径"].text == "全年预算"
    assert told == []


# -- what is not the budget -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rows", "file", "shown"),
    [
        (OUTTURN["5"], "表.xlsx", "“2024年度一般公共预算财政拨款支出决算表”是决算表"),
        (((TITLE[5:],), *BUDGET[1:]), "2024年部门决算.xlsx", "“一般公共预算支出预算表”（2024年部门决算.xlsx）是决算表"),
        (
            ((TITLE,), ("科目编码", "科目名称", "2024年决算数"), ("2012601", "行政运行", 5)),
            "表.xlsx",
            "（2024年决算数）是决算表",
        ),
        (OUTTURN["5"][1:], "2024年决算.xlsx", "“2024年决算.xlsx”是决算表"),
    ],
)
def test_final_accounts_are_no_budget(pack: Pack, rows: Rows, file: str, shown: str) -> None:
    found, told = imported(pack, {"1": rows}, file=file)
    assert budgets(found) == THREE
    assert [one.code for one in told] == ["X074"]
    assert shown in told[0].message


def test_a_budget_is_no_final_accounts(pack: Pack) -> None:
    found, told = imported(pack, {}, {"1": BUDGET})
    assert found.lists == {}
    assert "“2024年一般公共预算支出表”" in told[0].message


@pytest.mark.parametrize(
    ("title", "file"),
    [("2025年一般公共预算支出表", "表.xlsx"), ("一般公共预算支出表", "甲局2023年部门预算.xlsx")],
)
def test_a_budget_of_another_year(pack: Pack, title: str, file: str) -> None:
    found, told = imported(pack, {"1": ((title,), *BUDGET[1:])}, file=file)
    assert budgets(found) == THREE
    assert [one.code for one in told] == ["X078"]


def test_only_columns_of_another_year(pack: Pack) -> None:
    rows: Rows = (
        ("一般公共预算支出表",),
        BUDGET[1],
        ("科目编码", "科目名称", "2025年预算数"),
        ("2012601", "行政运行", 5),
    )
    found, told = imported(pack, {"1": rows})
    assert budgets(found) == THREE
    assert [one.code for one in told] == ["X066"]


def test_a_budget_that_says_no_year_or_another_unit(pack: Pack) -> None:
    found, told = imported(pack, {"1": (("一般公共预算支出表",), ("编制单位：乙市档案馆", "单位：万元"), *BUDGET[2:])})
    assert budgets(found) == ALL | THREE
    assert [one.code for one in told] == ["X084", "X086"]


def test_rows_need_the_final_accounts(pack: Pack) -> None:
    found, told = imported(pack, {"1": BUDGET}, {"7": OUTTURN["7"]})
    assert "一般公共预算支出" not in found.lists
    assert [one.code for one in told] == ["X090"]


# -- tables without figures -------------------------------------------------------------------------------------------
BARE: Rows = (
    ("2024年度“三公”经费支出决算表",),
    ("单位：万元",),
    ("项目", "预算数", "决算数"),
    ("公务接待费",),
    ("合计",),
)


@pytest.mark.parametrize(
    "note", ["说明：本部门2024年度没有财政拨款“三公”经费支出，故本表无数据。", "注：本单位无此项支出", "本表为空"]
)
def test_a_table_declared_empty_holds_zeros(pack: Pack, note: str) -> None:
    found, told = imported(pack, {}, {"7": (*BARE, (note,))})
    zero = {path: one.text for path, one in found.values.items() if path.startswith("三公.")}
    assert len(zero) == 8 and set(zero.values()) == {"0"}, "four expenses, two figures each; the sums are computed"
    assert [one.code for one in told] == ["X092"]
    assert note in told[0].message


def test_a_table_with_a_title_and_a_sentence_alone(pack: Pack) -> None:
    found, _ = imported(pack, {}, {"7": (BARE[0], ("本表无数据",))})
    assert found.values["三公.公务接待费.决算"].text == "0"


def test_nothing_is_zero_without_a_word(pack: Pack) -> None:
    for rows, code in (
        (BARE, "X094"),
        ((*BARE[:3], ("公务接待费", "见附件", 1), ("说明：没有出国经费。",)), "X054"),
        ((*BARE[:2], ("项目", "甲", "乙"), ("公务接待费", 3, 4), ("说明：本表无数据",)), "X050"),
    ):
        found, told = imported(pack, {}, {"7": rows})
        assert "三公.因公出国境费.决算" not in found.values
        assert code in [one.code for one in told]


# -- the command ------------------------------------------------------------------------------------------------------
def written(folder: Path, name: str, sheets: Mapping[str, Rows]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(folder / name)
    return folder / name


def run(*arguments: object) -> str:
    result = CliRunner().invoke(entry, ["import", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.output


def test_the_command_with_a_budget(tmp_path: Path) -> None:
    own = written(tmp_path, "决算.xlsx", OUTTURN)
    output = run(own, "--budget", written(tmp_path, "预算.xlsx", {"1": BUDGET}), "-o", tmp_path / "甲局")
    assert "读入预算公开表 1 张：\n  一般公共预算支出预算表    预算.xlsx · 1 第4至6行    6 个数，万元\n" in output
    assert "年初预算数（" not in output.partition("还要填写")[2], "no 科目 is asked for its budget"
    text = (tmp_path / "甲局" / "公开表.yaml").read_text(encoding="utf-8")
    assert "    预算: 90.00  # 预算.xlsx · 1!C4\n" in text


def test_one_file_with_both(tmp_path: Path) -> None:
    both = written(tmp_path, "预决算.xlsx", {**OUTTURN, "1": BUDGET})
    output = run(both, "--budget", both, "-o", tmp_path / "甲局")
    assert not {"X050", "X074"} & set(re.findall(r"X\d{3}", output)), "what the other reading takes is not refused"
    assert "    预算: 90.00" in (tmp_path / "甲局" / "公开表.yaml").read_text(encoding="utf-8")


def test_a_pack_that_takes_no_budget(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "甲市"
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text("名称: 甲市\n标题: 甲市\n上级: final-accounts-national\n", encoding="utf-8")
    nothing = "表: {一般公共预算支出预算表: null, 三公经费预算表: null}\n"
    (folder / "import.yaml").write_text(nothing, encoding="utf-8")
    own = written(tmp_path, "表.xlsx", OUTTURN)
    output = run(own, "--budget", own, "--pack", "甲市", "--templates", folder.parent, "-o", tmp_path / "甲局")
    assert "X098" in output and "没有写入" in output


def test_a_form_that_compares_with_the_revised_budget_asks_whether_it_is_the_first(tmp_path: Path) -> None:
    """四川: the 预算数 of the report is mostly the revised one; what the budget's table says has to be confirmed."""
    own = written(tmp_path, "表.xlsx", OUTTURN)
    asked = written(tmp_path, "预算.xlsx", {"1": spending(TITLE, ("2012601", "行政运行", 90))})
    output = run(own, "--budget", asked, "--pack", "final-accounts-sichuan", "-o", tmp_path / "甲局")
    text = (tmp_path / "甲局" / "公开表.yaml").read_text(encoding="utf-8")
    assert '    预算: "〔待确认〕90.00"  # 预算.xlsx · 1!C4\n' in text
    assert '    预算: "〔待确认〕0"  # 一般公共预算支出预算表里没有这个科目，按 0 填\n' in text
    assert "预算数（" not in output.partition("还要填写")[2]
