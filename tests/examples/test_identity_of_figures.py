"""Every printed figure of every example knows what it is made of, by the Word file alone.

No two figures share a name; each leads to the cells that it was filled into, or says that nobody filled anything in;
what stands in a row comes from that row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from example_packs import EXAMPLES, ROOTS, Data, changed, original

from generator.case import read_case, read_input
from generator.corrections import find_figures_in_word
from generator.facts.explain import UNFILLED, explain, leaves
from generator.facts.fact import Facts, Group, Rows
from generator.quantity import Quantity
from generator.word_file.marked_file import Marked, open_marked
from generator.word_file.remembered_figures import recalled
from generator.word_file.visible_content import RowLines, content, printed

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
_CODE = re.compile(r"\d{3}(?:\d\d(?:\d\d)?)?")
_WHOLE = ("占比", "增幅", "完成率")


def opened(docx: bytes) -> Marked:
    file = open_marked("报告.docx", docx).value
    assert file is not None
    return file


@cache
def word(example: str) -> Marked:
    return opened(original(example))


@pytest.mark.parametrize("example", EXAMPLES)
def test_no_two_figures_share_a_name(example: str) -> None:
    names = [fact.name for fact in word(example).facts.figures.values()]
    assert sorted({name for name in names if names.count(name) > 1}) == []
    assert not any("〔" in name or "所选各行" in name for name in names)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_print_leads_to_its_cells(example: str) -> None:
    file = word(example)
    quantities = recalled(file.facts)
    prints = {one.key for part in content(file) for line in part.lines for one in printed(line)}
    assert prints
    lost = [quantities[key].name for key in prints if not led(quantities[key])]
    assert lost == []


def led(figure: Quantity) -> bool:
    """To a place for everything that was filled in, or to the words that nothing was."""
    ends = list(leaves(figure))
    told = "\n".join(explain(figure))
    if all(end.is_unfilled for end in ends):
        return UNFILLED in told
    return all(end.place or end.is_unfilled for end in ends) and any(
        str(end.place) in told for end in ends if end.place
    )


# -- rows -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("example", EXAMPLES)
def test_a_row_names_only_facts_of_that_row(example: str) -> None:
    """Where a row begins with a code of 科目, all that it adds up has that code or one below; where it shows one
    indicator, nothing in it belongs to another."""
    file = word(example)
    quantities, rows = recalled(file.facts), rows_of_input(example)
    strange: list[str] = []
    for part in content(file):
        for row in part.rows if part.kind == "t" else ():
            for code, figure in coded(row, quantities):
                strange += [f"{row.text}: {name}" for name in names_of(figure) if not fits(name, code, rows)]
            shown = {name for _, key in figures_in(row) for name in indicators(quantities[key])}
            if len(shown) > 1 and not re.match(r"\t*(合计|总分|得分|总计|小计|一?级?指标)", row.text):
                strange.append(f"{row.text}: {sorted(shown)}")
    assert strange == []


def figures_in(row: RowLines) -> Iterator[tuple[int, str]]:
    for column, line in row.cells.items():
        for one in printed(line):
            yield column, one.key


def coded(row: RowLines, quantities: dict[str, Quantity]) -> Iterator[tuple[str, Quantity]]:
    """Each figure with the nearest code to its left."""
    figures = dict(figures_in(row))
    codes = {at: cell for at, cell in enumerate(row.text.split("\t")) if at not in figures and _CODE.fullmatch(cell)}
    for column, key in figures.items():
        left = [code for at, code in codes.items() if at < column]
        if left and not row.head:
            yield left[-1], quantities[key]


def names_of(figure: Quantity) -> Iterator[str]:
    """Names of what a figure adds up; of a share or a rate what it speaks of, not what it is held against."""
    origin = figure.origin
    if origin is None or not origin.operands or figure.is_unfilled:
        yield figure.name
    else:
        for operand in origin.operands[:1] if origin.operation in _WHOLE else origin.operands:
            yield from names_of(operand)


def fits(name: str, code: str, rows: dict[str, Group]) -> bool:
    """«表[2080104].列» in row 208; of a row known by its number, its own 科目 decides."""
    keys = re.findall(r"\[([^\]]*)\]", name)
    row = rows.get(name.rpartition(".")[0])
    if row is not None:
        keys += [str(row.entries[column]) for column in ("科目", "经济科目") if column in row]
    return any(one.startswith(code) for key in keys for one in key.split("、"))


def indicators(figure: Quantity) -> set[str]:
    return {match[0] for leaf in leaves(figure) if (match := re.match(r".*指标\[[^\]]*\]", leaf.name))}


@cache
def rows_of_input(example: str) -> dict[str, Group]:
    files = read_input(INPUTS / example).value
    assert files is not None
    case = read_case(files, ROOTS, {}).value
    assert case is not None
    found: dict[str, Group] = {}
    _collect(case.facts, found)
    return found


def _collect(group: Facts, found: dict[str, Group]) -> None:
    for entry in group.entries.values():
        if isinstance(entry, Group):
            _collect(entry, found)
        elif isinstance(entry, Rows):
            for row in entry:
                found[row.name] = row
                _collect(row, found)


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_zero_keeps_its_row(example: str) -> None:
    """Rows for which nothing was filled in are not one figure printed many times."""
    file = word(example)
    quantities = recalled(file.facts)
    for part in content(file):
        rows: dict[str, int] = {}
        for number, row in enumerate(part.rows):
            for _, key in figures_in(row):
                assert not quantities[key].is_unfilled or rows.setdefault(key, number) == number, (row.text, key)


# -- the cases from which this came -----------------------------------------------------------------------------------
def asked(file: Marked, wanted: str) -> list[tuple[str, str, list[str]]]:
    """For each figure that answers: its name, its place, the rows in which it is printed."""
    found = find_figures_in_word(file, wanted).matches
    return [(m.quantity.name, str(m.quantity.place), [one.spot.label for one in m.printed]) for m in found]


def test_two_accounts_of_one_amount_are_two_figures() -> None:
    def as_much_printing_as_electricity(data: Data) -> None:
        rows = {row["科目"]: row for row in data["公开表.yaml"]["基本支出经济分类"]}
        rows["30201 办公费"]["决算"], rows["30202 印刷费"]["决算"] = 65.76, 18.86

    file = opened(changed("putuo-planning-2024", as_much_printing_as_electricity))

    assert [(name, rows) for name, _, rows in asked(file, "18.86")] == [
        ("基本支出经济分类[30202].决算", ["印刷费"]),
        ("基本支出经济分类[30206].决算", ["电费"]),
    ]


def test_a_number_of_the_word_file_leads_to_its_lines() -> None:
    found = find_figures_in_word(word("gongjing-2020"), "4.54").matches
    told = "\n".join(line for one in found for line in explain(one.quantity))
    assert re.search(r"收入功能分类\[2080505\].一般公共预算财政拨款收入，没有印在报告里   收支.yaml 第\d+行", told)
    assert re.search(r"一般公共预算支出\[2080505\].基本支出 = 45,379.52元   收支.yaml 第\d+行", told)


def test_a_class_without_rows_keeps_its_row() -> None:
    file = word("putuo-planning-2024")
    row = next(r for p in content(file) if p.kind == "t" for r in p.rows if "二、外交支出" in r.text)
    (key,) = [key for column, key in figures_in(row) if row.text.split("\t")[column - 1] == "二、外交支出"]
    assert list(explain(recalled(file.facts)[key])) == ["支出功能分类[202].合计 = 0.00元", f"  = {UNFILLED}"]
