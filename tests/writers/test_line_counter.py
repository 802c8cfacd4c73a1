"""Page numbers of our own counting, against what LibreOffice makes of the same document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from long_report import mixed_report, text_report
from specimen import common_look

from generator.document.line_breaks import Widths, broken
from generator.document.nodes import Document, Heading, Meta, PageBreak, Paragraph, Run, SectionStart
from generator.writers.docx import write_docx
from generator.writers.libreoffice import Converter
from generator.writers.line_counter import estimate_pages
from generator.writers.pages import measured_pages

LOOK = common_look()
BODY = Widths(320, -6)
LINE = LOOK.portrait.text_width


def lines(text: str) -> list[str]:
    return broken(text, BODY, LINE, 640)


def test_a_line_holds_28_characters() -> None:
    assert [len(line) for line in lines("决" * 60)] == [26, 28, 6]
    assert lines("") == [""]
    assert lines("甲\n乙") == ["甲", "乙"]


def test_no_line_begins_with_a_comma_or_ends_with_an_opening_mark() -> None:
    assert lines("决" * 26 + "，算") == ["决" * 25, "决，算"]
    assert lines("决" * 25 + "“算”") == ["决" * 25, "“算”"]
    assert lines("决" * 24 + "算”）。") == ["决" * 24, "算”）。"]


def test_numbers_are_not_torn_apart() -> None:
    assert lines("决" * 24 + "1234.56万元") == ["决" * 24, "1234.56万元"]
    assert lines("决" * 24 + "98.20%。") == ["决" * 24, "98.20%。"]


def test_a_page_holds_22_lines() -> None:
    def page_of_heading(lines_before: int) -> int:
        blocks = (
            *(Paragraph((Run("决算"),)) for _ in range(lines_before)),
            Heading(2, "一、", (Run("情况"),), "标题2", "a"),
            Paragraph((Run("决算"),)),
        )
        return estimate_pages(Document(Meta("测试"), blocks), LOOK)["a"]

    assert page_of_heading(20) == 1
    # On line 22 the heading would be parted from its text.
    assert page_of_heading(21) == 2
    assert page_of_heading(42) == 2
    assert page_of_heading(43) == 3


def test_breaks_and_sections_begin_pages_once() -> None:
    heading = Heading(1, "第一部分 ", (Run("概况"),), "标题1", "a", page_break_before=True)
    blocks = (Paragraph((Run("封面"),)), SectionStart(), PageBreak(), heading)
    assert estimate_pages(Document(Meta("测试"), blocks), LOOK) == {"a": 2}


@pytest.fixture(scope="module")
def converter(libreoffice: Path) -> Iterator[Converter]:
    with Converter() as running:
        yield running


def differences(document: Document, converter: Converter) -> list[int]:
    pdf = converter.to_pdf(write_docx(document, LOOK)).value
    assert pdf is not None
    measured = measured_pages(pdf)
    estimated = estimate_pages(document, LOOK)
    return [page - measured[bookmark] for bookmark, page in estimated.items()]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_pages_of_text_are_exact(converter: Converter, number: int) -> None:
    off = differences(text_report(number), converter)
    assert len(off) > 20
    assert set(off) == {0}


@pytest.mark.parametrize("number", [1, 2, 3])
def test_behind_tables_and_charts_a_page_is_at_most_one_off(converter: Converter, number: int) -> None:
    off = differences(mixed_report(number), converter)
    assert max(map(abs, off)) <= 1
    assert off.count(0) >= len(off) * 0.8
