"""Two versions of a report: one changed cell, and exactly what changes with it is listed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from one_cell import CELLS, INPUTS, Cell, changed, compared, differences, report

from generator.revise.comparison import Comparison
from generator.writers.outline import write_outline


def figures(comparison: Comparison) -> Counter[tuple[str, str, str]]:
    """(name, before, after) at every place where the digits differ."""
    return Counter(
        (fact.name, one.old, one.new)
        for fact in comparison.facts
        for one in fact.printed
        if one.old and one.new and one.old != one.new
    )


def sentences(comparison: Comparison) -> Counter[tuple[str, str]]:
    return Counter((one.old.strip(), one.new.strip()) for one in comparison.texts if one.kind != "表格")


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_one_cell_changes_exactly_what_the_two_outlines_show(cell: Cell, tmp_path: Path) -> None:
    old, new = INPUTS / cell.folder, changed(cell, tmp_path / "改")
    comparison = compared(old, new)
    expected = differences(*(write_outline(report(one).document) for one in (old, new)))
    assert figures(comparison) >= expected.figures
    only_here = figures(comparison) - expected.figures
    assert all(any(before in a and after in b for a, b in expected.sentences) for _, before, after in only_here)
    assert sentences(comparison) == Counter((a.strip(), b.strip()) for a, b in expected.sentences.elements())
    in_cells = [one for one in comparison.texts if one.kind == "表格"]
    numbers = [one for fact in comparison.facts for one in fact.printed if one.spot.row and one.old != one.new]
    assert len(in_cells) <= sum(expected.cells.values()) <= len(in_cells) + len(numbers)
    assert {chart.name for chart in comparison.charts} == expected.charts
    assert comparison.extras == ()
    assert comparison.hand_edits == ()
    typed = [fact for fact in comparison.facts if fact.direct]
    assert len(typed) == 1
    line = (new / cell.file).read_text(encoding="utf-8").splitlines()[typed[0].new_place.line - 1]
    assert typed[0].new_place.file == cell.file
    assert cell.new.split("#")[0].strip() in line
