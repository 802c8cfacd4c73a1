"""A report's own tables read back: every figure, direction, unit and text that they print is what was filled in."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.case import read_case, read_input
from generator.cli import entry
from generator.facts.fact import Entry, Facts, Group, Rows, Text
from generator.importing.import_yaml import FROM_TABLES
from generator.pack import PackRoots
from generator.pipeline import build_word, examine
from generator.quantity import Blank, Quantity

ROOT = Path(__file__).resolve().parents[2]
ROOTS = PackRoots.with_own(())
HALF = Decimal(50)
"""元: what is printed in 万元 with two decimals may differ by half of the last."""


def facts_of(one: Entry, path: str = "") -> dict[str, Entry]:
    """Path → figure or text; rows by their key, else by what names them."""
    if isinstance(one, Group):
        return {
            name: fact for key, inner in one.entries.items() for name, fact in facts_of(inner, f"{path}.{key}").items()
        }
    if isinstance(one, Rows):
        return {name: fact for row in one for name, fact in facts_of(row, f"{path}[{known_by(row)}]").items()}
    return {path.lstrip("."): one}


def known_by(row: Group) -> str:
    names = (
        ("资金", "科目", "经济科目")
        if "经济科目" in row.entries
        else ("名称", "科目", "来源", "险种", "一级", "二级", "三级")
    )
    return "/".join(str(row.entries[name]) for name in names if isinstance(row.entries.get(name), Text))


def read_back(name: str, folder: Path) -> tuple[Facts, Facts, str]:
    """(what was filled in, what its Word file's tables say, what the command said)."""
    made = examine(ROOT / "inputs" / name, ROOTS).value
    assert made is not None
    folder.mkdir()
    (folder / "报告.docx").write_bytes(build_word(made.document, made.case.pack).value.docx)
    wish = ["import", "--pack", made.case.pack.name, str(folder / "报告.docx"), "-o", str(folder / "填报")]
    said = CliRunner().invoke(entry, wish)
    assert said.exit_code == 0, said.output
    files = read_input(folder / "填报").value
    assert files is not None
    read = read_case(files, ROOTS, {}).value
    assert read is not None
    return made.case.facts, read.facts, said.output


def differences(filled_in: Facts, read: Facts) -> list[str]:
    known, found = facts_of(filled_in), []
    for path, fact in facts_of(read).items():
        if not isinstance(fact, Quantity | Text) or fact.place.file != FROM_TABLES:
            continue
        other = known.get(path)
        if isinstance(fact, Quantity) and isinstance(other, Quantity):
            allowed = HALF if fact.unit == "元" else Decimal("0.005")
            same = abs(fact.value - other.value) <= allowed
        else:
            same = "".join(str(fact).split()) == "".join(str(other).split())
        if isinstance(other, Blank) or path.endswith(
            ".来源"
        ):  # printed from another field, or counted: 主管部门, 自评得分
            continue
        if not same and not (other is None and isinstance(fact, Quantity) and not fact.value):
            found.append(f"{path}: {other} → {fact}")
    return found


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("gongjing-2020", 580),
        ("gongjing-projects-2020", 339),
        ("sichuan-project-2023", 194),
        ("taoyuan-2019", 281),
        ("xihu-2022", 269),
        ("heshuo-2018", 87),
        ("chengde-2022", 24),
    ],
)
def test_what_the_tables_print_comes_back(tmp_path: Path, name: str, cells: int) -> None:
    filled_in, read, _ = read_back(name, tmp_path / name)
    assert differences(filled_in, read) == []
    typed = [
        fact for fact in facts_of(read).values() if isinstance(fact, Quantity | Text) and fact.place.file == FROM_TABLES
    ]
    assert len(typed) == cells
