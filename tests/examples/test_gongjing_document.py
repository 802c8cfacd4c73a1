"""The whole report of 贡井区医疗保障局 2020 as text, line by line, and what the program notices about its input.

`pytest --update-golden` rewrites the texts in gongjing-2020/; read the change before keeping it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from gongjing import FOLDER, GOLDEN, found_in

from generator.diagnostics.as_text import report_lines

Golden = Callable[[Path, str], None]


def test_outline(outline: str, golden: Golden) -> None:
    golden(GOLDEN / "outline.txt", outline)


def test_diagnostics(golden: Golden) -> None:
    golden(GOLDEN / "diagnostics.txt", "\n".join(report_lines(found_in(FOLDER))) + "\n")


def test_nothing_of_a_template_is_left_and_no_mark_stands_twice(outline: str) -> None:
    words = re.sub(r"‹(\S+) [^›]*›", r"\1", outline)
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


def test_every_sentence_ends(outline: str) -> None:
    """Paragraphs of the report proper end with 。 or ： — cover, notes in brackets and lists of units aside."""
    open_ended = [line for line in outline.splitlines() if line.startswith("P ") and line[-1] not in "。：*"]
    assert open_ended == []
