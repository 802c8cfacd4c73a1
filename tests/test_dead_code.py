"""What nothing uses is deleted: a name of the program that only tests use is dead too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from vulture import Vulture

ROOT = Path(__file__).resolve().parent.parent
GENERATOR, EXCEPTIONS = ROOT / "generator", ROOT / "tests" / "used_from_outside.py"
PAGES = sorted((GENERATOR / "web" / "pages").glob("*.html"))
"""What a template of the page shows is used too."""


def unused(*paths: Path) -> list[str]:
    """«generator/word/read.py:70 function “read_facts_part”»."""
    reader = Vulture()
    reader.scavenge([str(path) for path in paths])
    shown = set(re.findall(r"\.(\w+)", "".join(page.read_text("utf-8") for page in PAGES)))
    return [
        f"{Path(item.filename).resolve().relative_to(ROOT)}:{item.first_lineno} {item.typ} “{item.name}”"
        for item in reader.get_unused_code()
        if Path(item.filename).resolve() != EXCEPTIONS and item.name not in shown
    ]


@pytest.fixture(scope="module")
def without_exceptions() -> list[str]:
    return unused(GENERATOR)


def test_nothing_is_dead() -> None:
    assert unused(GENERATOR, EXCEPTIONS) == []


def test_each_exception_is_still_one(without_exceptions: list[str]) -> None:
    kept = re.findall(r"^(?:_\.)?(\w+)$", EXCEPTIONS.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(kept) > 10
    assert [name for name in kept if not any(line.endswith(f"“{name}”") for line in without_exceptions)] == []
