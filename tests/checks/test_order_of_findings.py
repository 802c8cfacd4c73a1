"""In which order findings are shown."""

from __future__ import annotations

from generator.diagnostics import finding
from generator.diagnostics.as_text import ordered
from generator.place import Place


def test_cells_come_row_by_row() -> None:
    """As a person goes down the sheet; not B10, B11, B5."""
    cells = ["B10", "AA5", "B5", "C5", "D", "B9", ""]
    found = ordered(finding("N004", Place("填报.xlsx", sheet="收支", cell=cell), file="填报.xlsx") for cell in cells)
    assert [one.place.cell for one in found] == ["", "D", "B5", "C5", "AA5", "B9", "B10"]


def test_lines_come_before_later_lines() -> None:
    found = ordered(finding("N004", Place("收支.yaml", line), file="收支.yaml") for line in (12, 9, 100))
    assert [one.place.line for one in found] == [9, 12, 100]
