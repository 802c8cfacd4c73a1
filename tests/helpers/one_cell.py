# ruff: noqa: E501 - what is written and what takes its place stand side by side
"""One cell changed in each example: where, and what really changes, found from the two outlines line by line."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.comparing.comparison import Comparison
from generator.corrections import Version, compare_versions, read_version
from generator.pack import PackRoots
from generator.pipeline import Examined, examine

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
ROOTS = PackRoots.with_own(())


@dataclass(frozen=True)
class Cell:
    """`old` stands once in the file."""

    folder: str
    file: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.folder}·{self.old.strip()[:20]}"


CELLS = (
    Cell("gongjing-2020", "收支.yaml", "  上年: 365700.00  # 原文", "  上年: 966800.00  # 原文"),
    Cell("gongjing-2020", "收支.yaml", "    项目支出: 133640.00", "    项目支出: 123640.00"),
    Cell("gongjing-2020", "三公与其他.yaml", "  其他用车: 0", "  其他用车: 2"),
    Cell("gongjing-projects-2020", "项目.yaml", "全年预算数: 10000.00, 全年执行数: 10000.00", "全年预算数: 10000.00, 全年执行数: 8000.00"),
    Cell("putuo-finance-2024", "公开表.yaml", "一般公共预算: 445.69", "一般公共预算: 454.69"),
    Cell("putuo-finance-2024", "公开表.yaml", "基本支出: 1503.52  # 支出决算表!F7", "基本支出: 1530.52  # 支出决算表!F7"),
    Cell("putuo-planning-2024", "情况说明.yaml", "自评项目数: 39", "自评项目数: 40"),
    Cell("putuo-planning-2024", "公开表.yaml", "决算: 987.86", "决算: 978.86"),
    Cell("heshuo-2018", "收支.yaml", "转移收入: 0.51", "转移收入: 0.61"),
    Cell("heshuo-2018", "绩效.yaml", "实际值: 79006", "实际值: 76000"),
    Cell("chengde-2022", "收支.yaml", "日常公用经费支出: 82.10", "日常公用经费支出: 83.10"),
    Cell("chengde-2022", "履职.yaml", "本年: 62.32%", "本年: 63.32%"),
    Cell("taoyuan-2019", "收支.yaml", "  对个人和家庭的补助支出: 1985.20", "  对个人和家庭的补助支出: 1958.20"),
    Cell("taoyuan-2019", "指标.yaml", "实际值: 53809", "实际值: 50000"),
    Cell("xihu-2022", "基本情况.yaml", "  收入: 607.94", "  收入: 670.94"),
    Cell("xihu-2022", "绩效指标.yaml", "目标值: 457.94", "目标值: 300"),
    Cell("sichuan-project-2023", "项目.yaml", "实际值: 186", "实际值: 176"),
    Cell("sichuan-project-2023", "项目.yaml", "年初预算数: 0, 全年预算数: 12.00, 全年执行数: 12.00", "年初预算数: 0, 全年预算数: 13.00, 全年执行数: 12.00"),
)  # fmt: skip


def changed(cell: Cell, folder: Path) -> Path:
    """A copy of the example in `folder` with the one cell changed."""
    shutil.copytree(INPUTS / cell.folder, folder, ignore=shutil.ignore_patterns("*.md"))
    path = folder / cell.file
    text = path.read_text(encoding="utf-8")
    assert text.count(cell.old) == 1, text.count(cell.old)
    path.write_text(text.replace(cell.old, cell.new), encoding="utf-8")
    return folder


def report(path: Path) -> Examined:
    examined = examine(path, ROOTS).value
    assert examined is not None
    return examined


def version(path: Path) -> Version:
    read = read_version(path, ROOTS).value
    assert read is not None
    return read


def compared(old: Path, new: Path) -> Comparison:
    outcome = compare_versions(version(old), version(new))
    assert outcome.value is not None
    return outcome.value


# -- what the outlines say --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Differences:
    """`figures`: (name, before, after) of every printed figure whose digits differ; `sentences`, `cells` (text around
    a figure included), `charts` (name, before, after of the whole line): before and after."""

    figures: Counter[tuple[str, str, str]]
    sentences: Counter[tuple[str, str]]
    cells: Counter[tuple[str, str]]
    charts: set[str]


_FIGURE = re.compile(r"‹(\S+) ([^›]*)›")


def plain(line: str) -> str:
    return _FIGURE.sub(r"\1", line).replace("**", "")


def differences(old: str, new: str) -> Differences:
    """The two outlines have as many lines: one cell moves nothing."""
    before, after = (_without_contents(one.splitlines()) for one in (old, new))
    assert len(before) == len(after)
    found = Differences(Counter(), Counter(), Counter(), set())
    chart = ""
    for one, other in zip(before, after, strict=True):
        if other.startswith("C "):
            chart = other.split(" ", 2)[2]
        if plain(one) == plain(other):
            continue
        a, b = _FIGURE.findall(one), _FIGURE.findall(other)
        if [name for _, name in a] == [name for _, name in b]:
            found.figures.update((n, x, y) for (x, n), (y, _) in zip(a, b, strict=True) if x != y)
        if one.startswith(("P", "#", "  表", "  图题")):
            found.sentences.update(_changed(_sentences(one), _sentences(other)))
        elif one.startswith(("  - ", "  H ")):
            found.cells.update(_changed(_cells(one), _cells(other)))
        else:
            found.charts.add(chart)
    return found


def _without_contents(lines: list[str]) -> list[str]:
    """目录 repeats the headings."""
    kept, inside = [], False
    for line in lines:
        inside = line.startswith("目录") or (inside and line.startswith("  "))
        if not inside:
            kept.append(line)
    return kept


def _sentences(line: str) -> list[str]:
    """Without the words that name the line's kind: «P[附表说明] …»."""
    text = plain(line).split(" ", 1 if not line.startswith("  ") else 3)[-1]
    return [one for one in re.findall(r"[^。；！？⏎]*(?:[。；！？⏎]+[”’）》]*|$)", text) if one.strip()]


def _cells(line: str) -> list[str]:
    return plain(line)[4:].split(" | ")


def _changed(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Equal lengths: what stands at the same position belongs together; else the whole, without equal ends."""
    if len(old) == len(new):
        yield from ((a, b) for a, b in zip(old, new, strict=True) if a != b)
        return
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    while old and new and _words(old[0]) == _words(new[0]):
        yield old[0], new[0]
        old, new = old[1:], new[1:]
    while old and new and _words(old[-1]) == _words(new[-1]):
        yield old[-1], new[-1]
        old, new = old[:-1], new[:-1]
    yield "".join(old), "".join(new)


def _words(sentence: str) -> str:
    return re.sub(r"[\d.,%]", "", sentence)
