"""A pack is read in any editor: no line of its texts is longer than 120 characters (lists of accounts apart)."""

from __future__ import annotations

from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
LONGEST = 120


def name(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


READ = (".yaml", ".j2", ".txt")
FILES = {name(path): path for path in TEMPLATES.glob("*/**/*") if path.is_file() and path.suffix in READ}


def long_lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [f"第{number}行 {len(line)}字" for number, line in enumerate(lines, 1) if len(line) > LONGEST]


@pytest.mark.parametrize("file", FILES)
def test_no_line_is_too_long(file: str) -> None:
    assert long_lines(FILES[file]) == []
