"""年初预算 and 全年预算: the report compares with the one that 表式 names, and says its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.case import InputFiles
from generator.diagnostics import Diagnostic, Outcome
from generator.pack import PackRoots
from generator.pipeline import examine_files
from generator.writers.outline import write_outline

EXAMPLE = Path(__file__).resolve().parents[2] / "inputs" / "putuo-planning-2024"


def made(*changes: tuple[str, str]) -> tuple[str, list[Diagnostic]]:
    files = []
    for path in sorted(EXAMPLE.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            text = text.replace(old, new)
        files.append((path.name, text))
    examined = examine_files(Outcome(InputFiles(EXAMPLE, tuple(files), "")), PackRoots.with_own())
    assert examined.value is not None
    return write_outline(examined.value.document), list(examined.diagnostics)


FULL_YEAR = ("年度: 2024", "年度: 2024\n表式: {预算口径: 全年预算, 三公预算口径: 全年预算}\n")


def test_only_the_full_years_budget() -> None:
    outline, findings = made((" 预算: ", " 全年预算: "), FULL_YEAR)
    said = [line for line in outline.splitlines() if "一般公共预算财政拨款支出全年预算为" in line]
    assert "完成全年预算的" in said[0]
    assert "年初预算为" not in outline and "完成年初预算" not in outline
    assert "‹2.85 三公.合计.全年预算›" in outline
    assert not [one for one in findings if one.code.startswith(("F", "C"))]


def test_what_the_office_does_not_have_is_asked_for() -> None:
    _, findings = made(FULL_YEAR)
    assert any(one.code == "F003" and one.fact.endswith(".全年预算") for one in findings)
    _, findings = made((" 预算: ", " 全年预算: "))
    assert any(one.code == "F003" and one.fact.endswith(".预算") for one in findings)


@pytest.mark.parametrize("both", [False, True])
def test_a_reason_is_judged_by_the_budget_that_counts(both: bool) -> None:
    """«增加» for a figure below its budget, with either budget."""
    reason = ("落实控制机关运行成本的规定，节约人员经费和公用经费", "人员增加")
    changes = ((" 预算: ", " 全年预算: "), FULL_YEAR) if both else ()
    _, findings = made(reason, *changes)
    assert "C002" in [one.code for one in findings]
