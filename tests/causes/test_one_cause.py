"""One slip of the hand, one leading finding: what an office typed, and what it is told first."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import DATA, NAME, pack_folder

from generator.case import InputFiles, Packs
from generator.causes.repair import span
from generator.diagnostics import Diagnostic, Outcome, Severity
from generator.pack import PackRoots
from generator.pipeline import examine_files
from generator.place import Place

FIELDS = """
本年支出:
  标签: 支出表
  行:
    主键: 科目
    字段:
      科目: {类型: 文字, 标签: 科目, 必填: 是}
      合计: {类型: 金额, 标签: 合计, 计算: =行.基本支出 + 行.项目支出}
      基本支出: {类型: 金额, 标签: 基本支出, 缺省: 0}
      项目支出: {类型: 金额, 标签: 项目支出, 缺省: 0}
本年收入:
  标签: 收入表
  行:
    主键: 科目
    字段:
      科目: {类型: 文字, 标签: 科目, 必填: 是}
      金额: {类型: 金额, 标签: 收入金额, 缺省: 0}
总数:
  标签: 总表
  字段:
    支出: {类型: 金额, 标签: 支出总计, 计算: "=本年支出 | 求和('合计')"}
    基本支出: {类型: 金额, 标签: 基本支出总计, 计算: "=本年支出 | 求和('基本支出')"}
    项目支出: {类型: 金额, 标签: 项目支出总计, 计算: "=本年支出 | 求和('项目支出')"}
"""
CHECKS = """
两表相符:
  逐行: =本年收入
  左: =行.金额
  右: "=本年支出 | 筛选('科目', 行.科目) | 求和('合计')"
  名: [收入, 支出]
  说明: 该科目的收入与支出不一致
"""

SPENT = """
科目 合计 基本支出 项目支出
行政运行 130.50 120.50 10
信息化 48.20 0 48.20
养老保险 33.75 33.75 0
职业年金 16.87 16.87 0
医疗保险 21.06 20.06 1
住房公积金 40.62 39.40 1.22
"""
EARNED = """
科目 金额
行政运行 130.50
信息化 48.20
养老保险 33.75
职业年金 16.87
医疗保险 21.06
住房公积金 40.62
"""
TOTALS = "总数: {支出: 291.00, 基本支出: 230.58, 项目支出: 60.42}\n"


def rows(name: str, table: str) -> str:
    """«科目 金额 …» as lines of YAML, one for each row; a dot is a blank cell."""
    head, *lines = (line.split() for line in table.strip().splitlines())
    typed = ([f"{word}: {cell}" for word, cell in zip(head, line, strict=True) if cell != "."] for line in lines)
    return f"{name}:\n" + "".join(f"  - {{{', '.join(cells)}}}\n" for cells in typed)


class Office:
    def __init__(self, roots: PackRoots) -> None:
        self.roots, self.packs = roots, Packs()

    def leading(self, spent: str = SPENT, earned: str = EARNED, totals: str = TOTALS) -> list[Diagnostic]:
        data = rows("本年支出", spent) + rows("本年收入", earned) + totals
        files = InputFiles(Path(), (("数据.yaml", DATA.replace("example", NAME) + data),), "")
        found = examine_files(Outcome(files), self.roots, self.packs).diagnostics
        return [one for one in found if one.severity in (Severity.WARNING, Severity.ERROR)]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(pack_folder(tmp_path_factory.mktemp("packs"), fields=FIELDS, checks=CHECKS))


def changed(table: str, *pairs: tuple[str, str]) -> str:
    for before, after in pairs:
        assert table.count(before) == 1, before
        table = table.replace(before, after)
    return table


def column(table: str, name: str, cells: str) -> str:
    """The table with other words in one column."""
    head, *lines = (line.split() for line in table.strip().splitlines())
    at = head.index(name)
    new = [[*line[:at], cell, *line[at + 1 :]] for line, cell in zip(lines, cells.split(), strict=True)]
    return "\n".join(" ".join(line) for line in [head, *new])


def test_nothing_is_wrong(office: Office) -> None:
    assert office.leading() == []


SLIPS = {
    "a column slid down, its last figure lost": (
        {"earned": column(EARNED, "金额", ". 130.50 48.20 33.75 16.87 21.06")},
        "C060 “收入表”从“行政运行”到“住房公积金”这6行的各数很可能整体下移了1行（第14行至第19行）：各往上移1行",
    ),
    "a block slid up": (
        {"earned": column(EARNED, "金额", "130.50 33.75 16.87 21.06 48.20 40.62")},
        "C060 “收入表”从“信息化”到“医疗保险”这4行的各数很可能整体上移了1行",
    ),
    "two rows have changed places": (
        {"earned": column(EARNED, "金额", "130.50 21.06 33.75 16.87 48.20 40.62")},
        "C063 “收入表”从“信息化”到“医疗保险”之间2行的各数很可能两行对调了",
    ),
    "sorted without the names": (
        {"earned": column(EARNED, "金额", "130.50 48.20 40.62 33.75 21.06 16.87")},
        "C063 “收入表”从“养老保险”到“住房公积金”之间3行的各数很可能与各行对不上：排序时没有带上旁边的栏",
    ),
    "two columns have changed places": (
        {"spent": changed(SPENT, ("合计 基本支出 项目支出", "基本支出 合计 项目支出"))},
        "C062 “支出表”从“行政运行”到“住房公积金”这6行的“合计”、“基本支出”很可能填反了",
    ),
    "a column was never filled in": (
        {"spent": column(SPENT, "基本支出", ". . . . . .")},
        "C068 “支出表”从“行政运行”到“住房公积金”的“基本支出”有5个数对不上（第7行至第12行），都是空的：",
    ),
    "0 dragged down": (
        {"earned": column(EARNED, "金额", "130.50 48.20 0 0 0 0")},
        "C068 “收入表”从“养老保险”到“住房公积金”的“收入金额”有4个数对不上（第16行至第19行），都是0：",
    ),
    "two digits have changed places": (
        {"spent": changed(SPENT, ("基本支出 项目支出", "基本支出 项目支出"), ("120.50 10", "210.50 10"))},
        "C064 支出表（行政运行）·基本支出填的是 210.50，很可能有两个数字写颠倒了：按其余各数应为 120.50",
    ),
    "the point is wrong": (
        {"spent": changed(SPENT, ("39.40 1.22", "3.940 1.22"))},
        "C064 支出表（住房公积金）·基本支出填的是 3.940，很可能小数点或千位逗号点错了位置：按其余各数应为 39.40",
    ),
    "a digit is lost": (
        {"spent": changed(SPENT, ("130.50 120.50 10", "130.50 12.50 10"))},
        "C064 支出表（行政运行）·基本支出填的是 12.50，很可能少打了一位数字：按其余各数应为 120.50",
    ),
    "a total was typed over": (
        {"spent": changed(SPENT, ("21.06 20.06 1", "27.33 20.06 1"))},
        "C064 支出表（医疗保险）·合计填的是 27.33，很可能填错了：按其余各数应为 21.06",
    ),
    "a row twice": (
        {"spent": changed(SPENT, ("养老保险 33.75 33.75 0\n", "养老保险 33.75 33.75 0\n" * 2))},
        "C065 “支出表”的“养老保险”（第10行）很可能与“养老保险”（第9行）那一行重复：去掉以后",
    ),
    "a name mistyped": (
        {"earned": changed(EARNED, ("职业年金", "执业年金"))},
        "C066 “收入表”的科目“执业年金”（第17行）很可能写错了：“支出表”里有“职业年金”，这里没有",
    ),
    "a column under another name": (
        {"spent": changed(SPENT, ("项目支出", "项目经费"))},
        "C070 “支出表”有6行写的是“项目经费”（第7行至第12行），填报项里没有，很可能就是“项目支出”",
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_one_slip(office: Office, name: str) -> None:
    typed, expected = SLIPS[name]
    found = office.leading(**typed)
    assert [f"{one.code} {one.message}"[: len(expected)] for one in found] == [expected]
    assert found[0].severity == max(one.severity for one in found[0].consequences)


def test_what_two_tables_may_both_have_is_said_of_both(office: Office) -> None:
    [one] = office.leading(earned=column(EARNED, "金额", "130.50 33.75 16.87 21.06 48.20 40.62"))
    assert one.message.endswith("各往下移1行，核对就都相符；也可能是“支出表”错了")


def test_the_lead_folds_what_follows_and_points_to_its_cells(office: Office) -> None:
    [one] = office.leading(spent=changed(SPENT, ("130.50 120.50 10", "130.50 12.50 10")))
    assert [str(place) for place in one.places[: one.wrong]] == ["数据.yaml 第7行"]
    assert [(other.severity.word, other.code) for other in one.consequences] == [("错误", "F004"), ("错误", "F004")]
    assert one.severity is Severity.ERROR


TWO = {
    "digits lost in two rows": (
        {"spent": changed(SPENT, ("130.50 120.50 10", "130.50 12.50 10"), ("40.62 39.40 1.22", "40.62 39.40 12.2"))},
        ["C064 支出表（住房公积金）·项目支出", "C064 支出表（行政运行）·基本支出"],
    ),
    "a slid column and a digit in another table": (
        {
            "earned": column(EARNED, "金额", ". 130.50 48.20 33.75 16.87 21.06"),
            "spent": changed(SPENT, ("40.62 39.40 1.22", "40.62 39.40 12.2")),
        },
        ["C060 “收入表”", "C064 支出表（住房公积金）·项目支出"],
    ),
}


@pytest.mark.parametrize("name", TWO)
def test_two_slips_are_two_findings(office: Office, name: str) -> None:
    typed, expected = TWO[name]
    found = sorted(f"{one.code} {one.message}" for one in office.leading(**typed))
    assert [said[: len(begins)] for said, begins in zip(found, expected, strict=True)] == expected


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(0, 17), st.integers(0, 3), st.integers(1, 9))
def test_one_wrong_digit_is_never_told_as_something_larger(office: Office, cell: int, at: int, digit: int) -> None:
    """Whatever is said, it is one finding, and it names the row."""
    head, *lines = (line.split() for line in SPENT.strip().splitlines())
    row, word = divmod(cell, 3)
    text = lines[row][word + 1]
    places = [n for n, character in enumerate(text) if character.isdigit()]
    spot = places[at % len(places)]
    wrong = str((int(text[spot]) + digit) % 10)
    lines[row][word + 1] = text[:spot] + wrong + text[spot + 1 :]
    [one] = office.leading("\n".join(" ".join(line) for line in [head, *lines]))
    assert one.code in ("C064", "C069", "F004", "两表相符")
    assert f"数据.yaml 第{7 + row}行" in map(str, one.places)


def test_where_says_cells_of_a_workbook_and_lines_of_a_text() -> None:
    cells = [Place("填报.xlsx", sheet="支出", cell=cell) for cell in ("H14", "H8", "H9")]
    assert span(cells) == "（H8:H14）"
    assert span([Place("数据.yaml", line) for line in (12, 20)]) == "（第12行至第20行）"
    assert span([cells[0], Place("数据.yaml", 3)]) == ""


def test_figures_beyond_any_accounts_end_no_check(tmp_path: Path) -> None:
    office = Office(pack_folder(tmp_path, fields=FIELDS.replace("类型: 金额", "类型: 数值"), checks=CHECKS))
    for figure in ("7" * 36, f"0.{'3' * 34}"):
        [one] = office.leading(earned=changed(EARNED, ("130.50", figure)))
        assert one.code == "两表相符"


def test_a_column_in_another_unit(office: Office) -> None:
    [one] = office.leading(earned=column(EARNED, "金额", "1305000 482000 337500 168700 210600 406200"))
    assert f"{one.code} {one.message}".startswith(
        "C072 “收入表”的“收入金额”这6个数（第14行至第19行）的单位很可能不对：像是按元填的"
    )
