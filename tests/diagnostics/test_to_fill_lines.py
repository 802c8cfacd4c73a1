"""What is still to be filled in, told sheet by sheet."""

from __future__ import annotations

from generator.diagnostics import Diagnostic, Severity
from generator.diagnostics.to_fill import to_fill, to_fill_lines
from generator.place import Place

ADVICE = "    没有发生的金额填 0，不涉及的填“不适用”；计算得出的数不用填。"


def gap(place: Place, label: str = "", fact: str = "") -> Diagnostic:
    return Diagnostic(Severity.TO_FILL, "F002", "没有填写", places=(place,), label=label, fact=fact)


def cell(name: str, label: str = "", sheet: str = "收支", file: str = "填报.xlsx") -> Diagnostic:
    return gap(Place(file, sheet=sheet, cell=name), label)


def test_a_mistake_is_not_a_gap() -> None:
    mistake = Diagnostic(Severity.ERROR, "C001", "两数不等", places=(Place("填报.xlsx", sheet="收支", cell="B2"),))
    assert to_fill([mistake, cell("B4")]) == [cell("B4")]
    assert list(to_fill_lines([mistake])) == []


def test_sheet_by_sheet_with_cell_and_label() -> None:
    gaps = [cell("B4", "单位全称", "单位"), cell("B9", "预算数"), cell("B7", "上年数")]
    assert list(to_fill_lines(gaps)) == [
        "还没有填的，共3处（填报.xlsx）：",
        "    单位 1处：B4 单位全称",
        "    收支 2处：B7 上年数、B9 预算数",
        ADVICE,
    ]


def test_what_all_labels_of_a_sheet_begin_with_is_said_once() -> None:
    """The sheet's own title says it already."""
    assert list(to_fill_lines([cell("B4", "收支·预算数"), cell("B5", "收支·上年数")]))[1] == (
        "    收支 2处：B4 预算数、B5 上年数"
    )
    assert list(to_fill_lines([cell("B4", "收入·预算数"), cell("B5", "支出·预算数")]))[1] == (
        "    收支 2处：B4 收入·预算数、B5 支出·预算数"
    )


def test_many_cells_are_drawn_together_by_column() -> None:
    cells = [cell(f"B{row}") for row in (4, 5, 6, 9, 10)] + [cell(f"AA{row}") for row in (2, 4, 5, 6)]
    assert list(to_fill_lines(cells))[1] == "    收支 9处：B4—B6、B9—B10、AA2、AA4—AA6"


def test_yaml_by_group_and_line_several_files_by_name() -> None:
    gaps = [
        gap(Place("收支.yaml", 12), "预算数", "收支.预算"),
        gap(Place("收支.yaml", 15), "科目", "支出[210].科目"),
        cell("", sheet="支出明细"),
    ]
    assert list(to_fill_lines(gaps)) == [
        "还没有填的，共3处：",
        "    收支.yaml · 收支 1处：预算数（第12行）",
        "    收支.yaml · 支出 1处：科目（第15行）",
        "    填报.xlsx · 支出明细 1处：一行也没有填",
        ADVICE,
    ]


def test_a_check_of_the_pack_without_a_field() -> None:
    assert list(to_fill_lines([gap(Place("收支.yaml", 8))]))[1] == "    其他 1处：没有填写（第8行）"
