"""The lines of an outline: what goldens hold and people compare."""

from __future__ import annotations

import pytest

from generator.word import outline_lines as lines


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (lines.section(False, True), "分节 纵"),
        (lines.section(True, False), "分节 横 无页码"),
        (lines.heading(1, "标题1", "第一部分 概况"), "# 第一部分 概况"),
        (lines.heading(2, "附件题名", "自评报告"), "## [附件题名] 自评报告"),
        (lines.heading(1, "附件号", ""), "# [附件号]"),
        (lines.paragraph("正文", "一段。"), "P 一段。"),
        (lines.paragraph("落款", "甲局"), "P[落款] 甲局"),
        (lines.paragraph("正文", ""), "P"),
        (lines.beside("表注", "注：万元"), "  表注 注：万元"),
        (lines.figure("91.68", "收支总计.决算"), "‹91.68 收支总计.决算›"),
    ],
)
def test_a_line(line: str, words: str) -> None:
    assert line == words


def test_contents() -> None:
    assert lines.contents("目录", ["第一部分 概况", "一、收入"]) == ["目录 目录", "  第一部分 概况", "  一、收入"]
    assert lines.contents("", ()) == ["目录"]


def test_a_table_with_what_stands_above_it_its_heads_and_rows() -> None:
    heads, body = [lines.row([("项目", 1, 2), ("数", 2, 1)])], [lines.row([("甲", 1, 1), ("", 0, 1), ("", 1, 1)])]
    assert lines.table("收入表", [("表标题", "收入表"), ("单位", "单位：万元")], heads, body, 3) == [
        "T 收入表 1 行 × 3 列",
        "  表标题 收入表",
        "  单位 单位：万元",
        "  H 项目 ⟦1×2⟧ | 数 ⟦2×1⟧",
        "  - 甲 | ↑ |",
    ]


def test_charts() -> None:
    series = [("收入", ["1.00", "2.00"], ["33%", "67%"]), ("支出", ["3", "4"], ["", ""])]
    assert lines.chart("柱形", "收支", ["2019年", "2020年"], series) == [
        "C 柱形 收支",
        "  | 2019年 | 2020年",
        "  收入 | 1.00 | 2.00",
        "  标签 | 33% | 67%",
        "  支出 | 3 | 4",
    ]
    assert lines.empty_chart("饼形", "三公", "没有支出。") == ["C 饼形 三公", "  没有支出。"]


@pytest.mark.parametrize(
    ("pieces", "line"),
    [
        ([("一是", True), ("加强", True), ("管理", False)], "**一是加强**管理"),
        ([("管理", False), ("重点", True)], "管理**重点**"),
        ([("甲", True), ("", False), ("乙", True)], "**甲乙**"),
        ([], ""),
    ],
)
def test_however_the_runs_were_cut_the_same_words_give_the_same_line(pieces: list[tuple[str, bool]], line: str) -> None:
    assert lines.inline(pieces) == line
