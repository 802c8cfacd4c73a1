"""The shipped examples: what is judged in them, and that nothing is said against them without reason."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from examples_built import NAMES, built

from generator.verify.verify import verify

ROOMS = [Path(__file__).resolve().parents[2] / "generator" / room for room in ("printed", "verify")]

TRUE: dict[str, list[str]] = {}
"""What contradicts itself in an example, by its rule: nothing."""

JUDGED = {
    "chengde-2022": 10,
    "gongjing-2020": 1100,
    "gongjing-2021": 1080,
    "gongjing-projects-2020": 55,
    "gongjing-projects-2021": 65,
    "heshuo-2018": 10,
    "putuo-finance-2024": 340,
    "putuo-planning-2024": 420,
    "sichuan-project-2023": 33,
    "taoyuan-2019": 48,
    "xihu-2022": 12,
}
"""At least so many claims are read in each; less means that a wording is no longer understood."""


@pytest.mark.parametrize("name", NAMES)
def test_examples(name: str, word_of: Callable[[str], bytes]) -> None:
    report = verify(word_of(name))
    assert [claim.rule for claim in report.contradictions] == TRUE.get(name, [])
    assert len(report.claims) >= JUDGED[name]


def test_the_copy_for_publication_reads_the_same(word_of: Callable[[str], bytes]) -> None:
    """No mark of ours is needed."""
    name = "putuo-planning-2024"
    assert verify(built(name, publish=True)).claims == verify(word_of(name)).claims


def test_what_is_no_word_file() -> None:
    with pytest.raises(ValueError, match="这不是 Word 文件"):
        verify(b"PK")


MODULES = [path for room in ROOMS for path in sorted(room.glob("*.py"))]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_rooms_know_only_paper(path: Path) -> None:
    """A second voice: it borrows no idea of a number from the program."""
    allowed = {"printed", "verify", "word", "border", "diagnostics", "place"}
    imported = {
        node.module.split(".")[1]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("generator.")
    }
    assert imported <= allowed
