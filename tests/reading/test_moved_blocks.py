"""A filled workbook after an office has been at it: blocks moved, sheets renamed, columns exchanged, an official table
pasted over with all that it has. It says the same, or the block is named that does not."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from openpyxl import Workbook, load_workbook
from read_files import read_workbook
from test_messy_workbooks import ACCOUNTS, EXPECTED
from test_messy_workbooks import FORM as EARLIER

from generator.diagnostics import Diagnostic, Outcome
from generator.facts.fact import Facts, Text, walk
from generator.filling.to_facts import to_facts
from generator.form.blocks import MARK
from generator.form.fields import parse_fields
from generator.pack import Pack, PackRoots, load_pack
from generator.pack.new_workbook import new_workbook
from generator.quantity import Quantity
from generator.reading.read_excel import open_workbook, read_forms
from generator.reading.read_yaml import parse_yaml

PACK = "final-accounts-national"
DATA = Path(__file__).resolve().parents[2] / "templates" / PACK / "样例" / "填报数据.yaml"
Sheets = dict[str, list[list[Any]]]


@pytest.fixture(scope="module")
def pack() -> Pack:
    made = load_pack(PACK, PackRoots.with_own(())).value
    assert made is not None
    return made


@pytest.fixture(scope="module")
def written(pack: Pack) -> bytes:
    return new_workbook(pack, 2023, parse_yaml([("数据.yaml", DATA.read_text(encoding="utf-8"))]).value).value


@pytest.fixture
def sheets(written: bytes) -> Sheets:
    book = load_workbook(io.BytesIO(written))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}


@pytest.fixture(scope="module")
def expected(pack: Pack) -> list[tuple[str, str, object]]:
    sources = parse_yaml([("数据.yaml", DATA.read_text(encoding="utf-8"))]).value
    return said(to_facts(sources, pack.form.fields, pack.report.accounts).value)


def saved(sheets: Sheets) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def read(pack: Pack, data: bytes) -> Outcome[Facts]:
    opened = open_workbook("填报.xlsx", data).value
    assert opened is not None
    forms = read_forms([opened], (), pack.form.fields)
    facts = to_facts(forms.value, pack.form.fields, pack.report.accounts)
    return Outcome(facts.value, forms.diagnostics + facts.diagnostics)


def said(facts: Facts) -> list[tuple[str, str, object]]:
    return [
        (type(one).__name__, one.name, (one.value, one.unit) if isinstance(one, Quantity) else str_of(one))
        for one in walk(facts)
    ]


def str_of(one: object) -> str:
    return str(one) if isinstance(one, Text) or hasattr(one, "value") else ""


def told(findings: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{one.code} {one.place.sheet}!{one.place.cell} {one.message}" for one in findings]


def blocks(rows: list[list[Any]]) -> Iterator[tuple[int, int]]:
    """First and last row (from 0, the last one not included) of each block of a sheet."""
    firsts = [at for at, row in enumerate(rows) if str(row[0] or "").startswith(MARK)]
    yield from zip(firsts, [*firsts[1:], len(rows)], strict=False)


def sheet_with(sheets: Sheets, title: str) -> tuple[list[list[Any]], int, int]:
    for rows in sheets.values():
        for first, last in blocks(rows):
            if rows[first][0] == f"{MARK} {title}":
                return rows, first, last
    raise AssertionError(title)


# -- the same facts ---------------------------------------------------------------------------------------------------
def rows_inserted(sheets: Sheets, rnd: Random) -> None:
    for rows in sheets.values():
        for first, _ in reversed(list(blocks(rows))):
            rows[first:first] = [[None] for _ in range(rnd.randint(0, 3))]


def sheets_renamed(sheets: Sheets, _: Random) -> None:
    for number, name in enumerate(list(sheets)):
        sheets[name if name in ("填报说明", "科目表") else f"第{number}张"] = sheets.pop(name)


def blocks_moved(sheets: Sheets, rnd: Random) -> None:
    names = [name for name in sheets if name not in ("填报说明", "科目表")]
    for name in names:
        moved = [sheets[name][first:last] for first, last in blocks(sheets[name])]
        rnd.shuffle(moved)
        sheets[name] = [row for rows in moved for row in (*rows, [None])]
    one, other = rnd.sample(names, 2)
    first, last = next(blocks(sheets[one]))
    sheets[other] += [[None], *sheets[one][first:last]]
    del sheets[one][first:last]


def columns_exchanged(sheets: Sheets, rnd: Random) -> None:
    """Below its title a block may have its columns in any order."""
    for name, rows in sheets.items():
        for first, last in blocks(rows) if name not in ("填报说明", "科目表") else ():
            width = max(len(row) for row in rows[first:last])
            order = rnd.sample(range(width), width)
            for at in range(first + 2, last):
                row = [*rows[at], *[None] * (width - len(rows[at]))]
                rows[at] = [row[column] for column in order]


def titles_lost(sheets: Sheets, rnd: Random) -> None:
    """Of blocks whose head or labels tell them apart."""
    for title in ("收入决算表", "支出决算表", "财政拨款“三公”经费", "绩效、采购和资产", "文字与原因"):
        rows, first, _ = sheet_with(sheets, title)
        rows[first][0] = None


def under_its_own_label(sheets: Sheets, rnd: Random) -> None:
    """A table as workbooks had it before it was laid out like the official one: no column of names, no 合计."""
    rows, first, last = sheet_with(sheets, "一般公共预算财政拨款基本支出决算表")
    rows[first][0] = "◆ 一般公共预算财政拨款基本支出（按部门预算支出经济分类填到款）"
    head = next(at for at in range(first, last) if rows[at][0] == "经济分类科目编码")
    del rows[head + 1]
    for at in range(first + 2, last - 1):
        del rows[at][1]


SAME: dict[str, tuple[Callable[[Sheets, Random], None], ...]] = {
    "as it was written": (),
    "rows inserted above and between": (rows_inserted,),
    "sheets renamed": (sheets_renamed,),
    "blocks in another order and on another sheet": (blocks_moved,),
    "columns exchanged": (columns_exchanged,),
    "titles lost": (titles_lost,),
    "a table under its own label": (under_its_own_label,),
    "all at once": (columns_exchanged, rows_inserted, blocks_moved, sheets_renamed),
}


@pytest.mark.parametrize("case", SAME)
def test_it_says_the_same_without_a_word(
    case: str, pack: Pack, sheets: Sheets, expected: list[tuple[str, str, object]]
) -> None:
    rnd = Random(case)
    for change in SAME[case]:
        change(sheets, rnd)
    outcome = read(pack, saved(sheets))
    assert told(outcome.diagnostics) == []
    assert said(outcome.value) == expected


# -- the official table itself ----------------------------------------------------------------------------------------
def official(pack: Pack, rows: list[list[Any]], title: str, unit: str, *more: str) -> list[list[Any]]:
    """The block as it is published: titles, head, 栏次, 合计, and the sums of 类 and 款 above what they sum up."""
    head = next(at for at, row in enumerate(rows) if row[0] == "项目")
    data = [row for row in rows[head + 3 :] if row[0] and not str(row[0]).startswith("=")]
    data = [[row[0], None, None, *(Decimal(str(value or 0)) for value in row[3 : len(rows[head])])] for row in data]
    for row in data:
        row[1:3] = pack.report.accounts.name(row[0]), sum(row[3:])

    def total(code: str) -> list[Any]:
        below = [row for row in data if row[0].startswith(code)]
        name = pack.report.accounts.name(code) if code else None
        return [code or "合计", name, *(sum(column) for column in list(zip(*below, strict=True))[2:])]

    printed = [
        [title],
        [None, None, "公开03表"],
        ["编制单位：示例局", None, f"金额单位：{unit}"],
        *rows[head : head + 2],
    ]
    printed += [["栏次", None, *range(1, len(data[0]) - 1)], total("")]
    seen: set[str] = set()
    for row in sorted(data, key=lambda one: str(one[0])):
        printed += [total(code) for code in (row[0][:3], row[0][:5]) if code not in seen]
        seen |= {row[0][:3], row[0][:5]}
        printed.append(row)
    return [*printed, *([one] for one in more)]


def test_an_official_table_is_pasted_over_with_all_that_it_has(
    pack: Pack, sheets: Sheets, expected: list[tuple[str, str, object]]
) -> None:
    rows, first, last = sheet_with(sheets, "支出决算表")
    rows[first:last] = official(pack, rows[first:last], "支出决算表", "元", "注：本表反映部门本年度各项支出情况。")
    outcome = read(pack, saved(sheets))
    assert [one.code for one in outcome.diagnostics] == ["X022"]
    found = {name: value for _, name, value in said(outcome.value)}
    for kind, name, value in expected:
        assert kind == "Blank" or found[name] == value, name
    assert found["支出.基本支出"][0] == Decimal(found["支出功能分类[2010601].基本支出"][0]) + sum(  # type: ignore[index]
        found[f"支出功能分类[{code}].基本支出"][0]  # type: ignore[index]
        for code in ("2050203", "2080502")
    )


def test_a_table_of_another_unit_is_refused(pack: Pack, sheets: Sheets) -> None:
    rows, first, last = sheet_with(sheets, "支出决算表")
    rows[first:last] = official(pack, rows[first:last], "支出决算表", "万元")
    (one,) = read(pack, saved(sheets)).diagnostics
    assert (one.code, one.place.cell) == ("X024", "C3")


def test_a_sum_that_does_not_add_up_is_told_at_its_cell(pack: Pack, sheets: Sheets) -> None:
    rows, first, last = sheet_with(sheets, "支出决算表")
    rows[first:last] = official(pack, rows[first:last], "支出决算表", "元")
    at = next(at for at, row in enumerate(rows) if row[0] == "205")
    rows[at][3] += 100
    found = told(read(pack, saved(sheets)).diagnostics)
    assert [line[:9] for line in found if "205" in line] != [] and all("4 支出决算表!" in line for line in found)


def two_sides(pack: Pack, rows: list[list[Any]], lists: tuple[list[str], list[str]]) -> list[list[Any]]:
    """公开06表: all 科目 of its two lists, those that nobody has without a figure; sums of 类; the totals below."""
    head = next(at for at, row in enumerate(rows) if row[0] == "经济分类科目编码")
    typed = {str(row[0])[:5]: Decimal(str(row[2])) for row in rows[head + 2 :] if row[0] and row[2] is not None}

    def amount(code: str) -> Decimal | None:
        below = [value for one, value in typed.items() if one.startswith(code)]
        return sum(below, Decimal()) if below else None

    lines = [["经济分类科目编码", "科目名称", "决算数"] * 2, ["栏次", None, 1, "栏次", None, 2]]
    for pair in zip_longest(*lists):
        lines.append(
            [cell for c in pair for cell in ((c, pack.report.accounts.name(c), amount(c)) if c else [None] * 3)]
        )
    sums = [sum((amount(c) or Decimal() for c in one if len(c) == 3), Decimal()) for one in lists]
    return [
        ["一般公共预算财政拨款基本支出决算表"],
        *lines,
        ["人员经费合计", None, sums[0], "公用经费合计", None, sums[1]],
    ]


def test_the_table_of_two_sides_is_pasted_over_as_it_is_published(
    pack: Pack, sheets: Sheets, expected: list[tuple[str, str, object]]
) -> None:
    rows, first, last = sheet_with(sheets, "一般公共预算财政拨款基本支出决算表")
    lists = (["301", "30101", "30102", "30103", "303", "30302"], ["302", "30201", "30202", "30211", "30299"])
    kept = sorted({name[9:14] for _, name, _ in expected if name.startswith("基本支出经济分类[")})
    lists[0].extend(code for code in kept if code[:3] in lists[0] and code not in lists[0])
    lists[1].extend(code for code in kept if code[:3] in lists[1] and code not in lists[1])
    assert {code[:3] for code in kept} == {"301", "302", "303"}
    rows[first:last] = two_sides(pack, rows[first:last], lists)
    outcome = read(pack, saved(sheets))
    assert told(outcome.diagnostics) == []
    found = {name: value for _, name, value in said(outcome.value)}
    wanted = {name: value for kind, name, value in expected if kind != "Blank"}
    economic = [name for name in (*found, *wanted) if name.startswith("基本支出经济分类[")]
    assert {name: found.get(name) for name in economic} == {name: wanted.get(name) for name in economic}


# -- what is wrong is named -------------------------------------------------------------------------------------------
def block_deleted(sheets: Sheets) -> None:
    rows, first, last = sheet_with(sheets, "总表中各类支出（类一级；不填则按各科目相加）")
    del rows[first:last]


def block_copied(sheets: Sheets) -> None:
    rows, first, last = sheet_with(sheets, "收入决算表")
    sheets["留底"] = [list(row) for row in rows[first:last]]
    sheets["留底"][6][3] = 1


WRONG: dict[str, tuple[Callable[[Sheets], None], str]] = {
    "a block deleted": (
        block_deleted,
        "X011 ! 工作簿里没有“总表中各类支出（类一级；不填则按各科目相加）”，其中的项目按没有填写处理",
    ),
    "a copy with another figure": (block_copied, "X034 留底!A1 “收入决算表”在工作簿里有两处，写的不一样"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_read_is_named(case: str, pack: Pack, sheets: Sheets) -> None:
    change, expected = WRONG[case]
    change(sheets)
    found = told(read(pack, saved(sheets)).diagnostics)
    assert any(line.startswith(expected) for line in found), found


TWO_ALIKE = parse_fields(
    yaml.safe_load("""
年度: {类型: 年度, 必填: 是}
收入: {标签: 收入, 行: {字段: {来源: {类型: 文字}, 金额: {类型: 金额}}}}
支出: {标签: 支出, 行: {字段: {来源: {类型: 文字}, 金额: {类型: 金额}}}}
"""),
    "fields.yaml",
).value


@pytest.mark.parametrize(("titles", "codes"), [(("◆ 收入", None), []), ((None, None), ["X035", "X035", "X011"])])
def test_without_titles_tables_of_the_same_head_are_not_guessed(
    titles: tuple[str | None, ...], codes: list[str]
) -> None:
    front = [["项目", "填写"], ["报告", "example"], ["年度", 2023], ["金额单位", "元"]]
    rows = [[[title], ["来源", "金额"], [f"第{number}笔", number]] for number, title in enumerate(titles, 1)]
    data = saved({"填报说明": front, "甲": rows[0], "乙": rows[1]})
    opened = open_workbook("填报.xlsx", data).value
    assert opened is not None
    forms = read_forms([opened], (), TWO_ALIKE)
    assert [one.code for one in forms.diagnostics] == codes
    tables = {name for name in forms.value[0].root.entries if name in ("收入", "支出")}
    assert tables == (set() if codes else {"收入", "支出"})


def test_a_workbook_that_the_program_made_before_is_read() -> None:
    """`earlier/填报.xlsx`, as the program wrote it when each group and each table had a sheet."""
    data = (Path(__file__).parent / "earlier" / "填报.xlsx").read_bytes()
    source = read_workbook("填报.xlsx", data, EARLIER)
    assert source.diagnostics == () and source.value is not None
    assert said(to_facts([source.value], EARLIER, ACCOUNTS).value) == said(EXPECTED)
