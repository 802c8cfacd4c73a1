"""One figure changed in the input: every sentence, table and chart on it follows, and nothing else moves."""

from __future__ import annotations

import difflib
import io
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from gongjing import ACCOUNTS, FOLDER, OTHER, RESULTS, Change, copied, outline_of, parts, report_of, word_of

from generator.document.walk import figures
from generator.facts.explain import leaves
from generator.pipeline import Examined
from generator.writers.libreoffice import SOFFICE_VARIABLE
from generator.writers.outline import write_outline


def changed_lines(old: str, new: str) -> list[tuple[int, str, str]]:
    """(line number, before, after) with figures as printed. The document keeps its length in all cases below."""
    before, after = printed(old), printed(new)
    assert len(before) == len(after)
    return [(n, a, b) for n, (a, b) in enumerate(zip(before, after, strict=True), 1) if a != b]


def printed(outline: str) -> list[str]:
    return re.sub(r"‹(\S+) [^›]*›", r"\1", outline).splitlines()


def only_words_that_differ(before: str, after: str) -> list[tuple[str, str]]:
    """«36.57» → «46.57»: the pieces of two lines that are not the same, numbers whole."""
    a, b = (re.findall(r"\d+(?:\.\d+)?|\D", line) for line in (before, after))
    pieces = difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return [("".join(a[i:j]), "".join(b[k:n])) for tag, i, j, k, n in pieces if tag != "equal"]


def test_last_year_s_total(outline: str, tmp_path: Path) -> None:
    """One line of the file; one sentence and one chart."""
    change = Change(ACCOUNTS, "  上年: 365700.00  # 原文", "  上年: 465700.00  # 原文")
    changes = changed_lines(outline, outline_of(copied(tmp_path / "改", change)))
    assert [only_words_that_differ(before, after) for _, before, after in changes] == [
        [("36.57", "46.57"), ("55.11", "45.11"), ("150.70", "96.86")],
        [("36.57", "46.57")],
    ]
    assert changes[0][2].startswith("P 2020年度收、支总计91.68万元。与2019年46.57万元相比，收、支总计各增加45.11万元")
    assert changes[1][2] == "  收、支总计 | 46.57 | 91.68"


def test_last_year_s_running_costs_turn_a_rise_into_a_fall(outline: str, tmp_path: Path) -> None:
    changes = changed_lines(
        outline,
        outline_of(
            copied(
                tmp_path / "改",
                Change(OTHER, "  上年: 96120.00", "  上年: 126120.00"),
                Change(OTHER, "等日常公用经费增加", "等日常公用经费减少"),
            )
        ),
    )
    assert [after for _, _, after in changes] == [
        "P 2020年，贡井区医疗保障局机关运行经费支出11.53万元，比2019年12.61万元减少1.08万元，下降8.59%。"
        "主要原因是办公费、差旅费等日常公用经费减少。"
    ]


def test_a_count_of_vehicles(outline: str, tmp_path: Path) -> None:
    changes = changed_lines(
        outline,
        outline_of(copied(tmp_path / "改", Change(OTHER, "  其他用车: 0", "  其他用车: 2\n  车辆说明: 执法用车"))),
    )
    assert len(changes) == 1
    assert "共有车辆2辆" in changes[0][2]
    assert "其他用车2辆" in changes[0][2]


PROJECT = (
    Change(RESULTS, "    执行财政拨款: 50000.00", "    执行财政拨款: 40000.00"),
    Change(RESULTS, "    到位: 50000.00", "    到位: 40000.00"),
    Change(ACCOUNTS, "    项目支出: 133640.00", "    项目支出: 123640.00\n    原因: 宣传活动改在线上举行"),
    Change(ACCOUNTS, "一般公共预算:\n", "一般公共预算:\n  预算差异原因: 宣传活动改在线上举行\n"),
    Change(ACCOUNTS, '经济科目: "30202", 项目支出: 32000.00', '经济科目: "30202", 项目支出: 22000.00'),
    Change(ACCOUNTS, "一般公共预算财政拨款收入: 133640.00", "一般公共预算财政拨款收入: 123640.00"),
)
"""A project spent 1 万元 less: its own figure and the typed figures that go with it."""


def test_a_project_s_figure_changes_exactly_the_lines_that_stand_on_it(
    report: Examined, outline: str, tmp_path: Path
) -> None:
    """Which lines may change is found from the figures' own way back to the input, not from the two texts."""
    changed = report_of(copied(tmp_path / "改", *PROJECT))
    found = {number for number, _, _ in changed_lines(outline, write_outline(changed.document))}
    touched = {
        (file, line) for file, line in (spot(change) for change in PROJECT) if line
    }  # the places in the unchanged input whose figures differ
    standing = figures_on(report, touched)
    lines = outline.splitlines()
    expected = {
        number
        for number, line in enumerate(lines, 1)
        if any(name in standing for name in re.findall(r"‹\S+ ([^›]*)›", line))
    }
    assert {number for number in found if "‹" in lines[number - 1]} <= expected
    charts = [lines[number - 1] for number in sorted(found) if "‹" not in lines[number - 1]]
    assert charts == [
        "  收、支总计 | 36.57 | 91.68",
        "  收入决算结构图 | 91.68",
        "  支出决算结构图 | 69.98 | 21.70",
        "  标签 | 76.33% | 23.67%",
        "  财政拨款收、支总计 | 36.57 | 91.68",
        "  一般公共预算财政拨款支出 | 36.57 | 91.68",
        "  一般公共预算财政拨款支出决算结构图 | 39.62 | 44.61 | 4.00 | 3.45",
        "  标签 | 43.22% | 48.66% | 4.36% | 3.76%",
    ]
    tables = {title(lines, number) for number in found if lines[number - 1].startswith("  - ")}
    assert tables == {
        "项目绩效目标完成情况表",
        "收入支出决算总表",
        "收入决算表",
        "支出决算表",
        "财政拨款收入支出决算总表",
        "财政拨款支出决算明细表",
        "一般公共预算财政拨款支出决算表",
        "一般公共预算财政拨款支出决算明细表",
        "一般公共预算财政拨款支出决算明细表（续）",
        "一般公共预算财政拨款项目支出决算表",
    }
    assert sum(line.startswith("P ") for line in (lines[number - 1] for number in found)) == 13
    after = "\n".join(printed(write_outline(changed.document)))
    for stale in ("91.68", "21.70", "13.36", "39.62", "35.08", "150.70", "55.11", "76.33", "33.23"):
        assert stale not in after


def spot(change: Change) -> tuple[str, int]:
    lines = (FOLDER / change.file).read_text(encoding="utf-8").splitlines()
    first = change.old.splitlines()[0]
    return change.file, next(number for number, line in enumerate(lines, 1) if first in line)


def figures_on(report: Examined, touched: set[tuple[str, int]]) -> set[str]:
    """Names of the printed figures that have one of the places among their sources."""
    return {
        figure.quantity.name
        for figure in figures(report.document)
        if any((leaf.place.file, leaf.place.line) in touched for leaf in leaves(figure.quantity))
    }


def title(lines: list[str], number: int) -> str:
    above = next(line for line in reversed(lines[:number]) if line.startswith("T "))
    return above.split(" ")[1]


@pytest.fixture(scope="module")
def changed_parts(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    folder = copied(
        tmp_path_factory.mktemp("改"), Change(ACCOUNTS, "  上年: 365700.00  # 原文", "  上年: 465700.00  # 原文")
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SOFFICE_VARIABLE, "/nowhere/soffice")
        return parts(word_of(report_of(folder)).docx)


def test_in_the_word_file_only_the_text_its_chart_and_the_facts_change(
    files: dict[str, bytes], changed_parts: Mapping[str, bytes]
) -> None:
    before = parts(files[""])
    assert before.keys() == changed_parts.keys()
    assert {name for name in before if before[name] != changed_parts[name]} == {
        "word/document.xml",
        "word/charts/chart1.xml",
        "word/embeddings/Microsoft_Excel_Sheet1.xlsx",
        "customXml/item1.xml",
    }


def test_the_chart_s_own_workbook_follows(changed_parts: Mapping[str, bytes]) -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(changed_parts["word/embeddings/Microsoft_Excel_Sheet1.xlsx"]))
    values = [cell for row in book.active.iter_rows(values_only=True) for cell in row]
    assert 46.57 in values
    assert 36.57 not in values
    assert b"46.57" in changed_parts["word/charts/chart1.xml"]
    assert b"36.57" not in changed_parts["word/charts/chart1.xml"]
