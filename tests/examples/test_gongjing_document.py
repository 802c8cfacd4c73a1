"""The whole reports of 贡井区医疗保障局 2020 and 2021 as text, line by line, and what the program notices about them.

`pytest --update-golden` rewrites the texts in gongjing-2020/ and gongjing-2021/; read the change before keeping it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from gongjing import FOLDER, NEXT_FOLDER, found_in, outline_of

from generator.diagnostics.as_text import report_lines

Golden = Callable[[Path, str], None]


HERE = Path(__file__).parent
each_year = pytest.mark.parametrize("folder", [FOLDER, NEXT_FOLDER], ids=lambda folder: folder.name)


outline_of_year = cache(outline_of)


@each_year
def test_outline(folder: Path, golden: Golden) -> None:
    golden(HERE / folder.name / "outline.txt", outline_of_year(folder))


@each_year
def test_diagnostics(folder: Path, golden: Golden) -> None:
    golden(HERE / folder.name / "diagnostics.txt", "\n".join(report_lines(found_in(folder))) + "\n")


@each_year
def test_nothing_of_a_template_is_left_and_no_mark_stands_twice(folder: Path) -> None:
    words = re.sub(r"‹(\S+) [^›]*›", r"\1", outline_of_year(folder))
    for slip in (
        r"[。，、；：]{2}",
        r"\{\{|\}\}|\{%|待填|None|XX|××",
        r"[\ufdd0\ufdd1]",
        r"[一-鿿，。][,;:]",
        r"“”|（）|《》",
    ):
        assert re.findall(rf".{{0,12}}(?:{slip}).{{0,12}}", words) == []
    for left, right in ("（）", "“”", "《》", "〈〉", "〔〕"):
        for line in words.splitlines():
            assert line.count(left) == line.count(right), line


@each_year
def test_every_sentence_ends(folder: Path) -> None:
    """Paragraphs of the report proper end with 。 or ： — cover, notes in brackets and lists of units aside."""
    lines = outline_of_year(folder).splitlines()
    open_ended = [line for line in lines if line.startswith("P ") and line[-1] not in "。：*"]
    assert open_ended == []
