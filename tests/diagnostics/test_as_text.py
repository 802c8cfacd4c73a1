"""Findings on the screen."""

from __future__ import annotations

from generator.diagnostics import Diagnostic, Severity
from generator.diagnostics.as_text import as_text, ordered, report_lines, summary
from generator.place import Place


def found(severity: str, code: str = "C001", *places: Place, **more: str) -> Diagnostic:
    return Diagnostic(Severity.from_word(severity), code, "两数不等", places=places, **more)


def cells(count: int) -> tuple[Place, ...]:
    return tuple(Place("填报.xlsx", sheet="收支", cell=f"C{row}") for row in range(1, count + 1))


def test_what_where_and_what_to_do() -> None:
    places = (Place("收支.yaml", 12), Place("收支.yaml", 15), Place("填报.xlsx", sheet="收支", cell="C3"))
    assert as_text(found("错误", "T1-BAL", *places, hint="请核对", basis="财预〔2016〕143号")).splitlines() == [
        "错误 T1-BAL  收支.yaml 第12行",
        "    两数不等",
        "    请核对",
        "    涉及：收支.yaml 第15行；填报.xlsx · 收支!C3",
        "    依据：财预〔2016〕143号",
    ]


def test_what_is_not_known_leaves_no_line() -> None:
    assert as_text(found("提示", hint=" ")) == "提示 C001\n    两数不等"


def test_of_many_places_six_are_named() -> None:
    assert "    涉及：" + "；".join(f"填报.xlsx · 收支!C{row}" for row in range(2, 8)) + " 等7处" in (
        as_text(found("错误", "C001", *cells(8)))
    )
    assert "等" not in as_text(found("错误", "C001", *cells(7))).partition("涉及")[2]


def test_errors_first_then_by_file_line_and_cell() -> None:
    in_order = [
        found("错误", "C001", Place("乙.yaml", 9)),
        found("警告", "C001", Place("甲.xlsx", sheet="表", cell="C9")),
        found("警告", "C001", Place("甲.xlsx", sheet="表", cell="B10")),
        found("警告", "C001", Place("甲.xlsx", sheet="表", cell="AA10")),
        found("警告", "C001", Place("甲.yaml", 2)),
        found("警告", "C001", Place("甲.yaml", 10)),
        found("警告", "C002", Place("甲.yaml", 10)),
        found("提示", "C001"),
    ]
    assert ordered(reversed(in_order)) == in_order


def test_how_many_of_each() -> None:
    assert summary([found("提示"), found("错误"), found("错误")]) == "2个错误、1个提示"
    assert summary([]) == "没有发现问题"


def test_a_report_ends_with_its_sum() -> None:
    assert list(report_lines([found("警告"), found("错误")])) == [
        "错误 C001\n    两数不等",
        "警告 C001\n    两数不等",
        "共1个错误、1个警告。",
    ]
    assert list(report_lines([])) == ["没有发现问题。"]
