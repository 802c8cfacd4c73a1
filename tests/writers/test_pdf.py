"""A Word file becomes a PDF without losing a comma, and every heading is found on its page."""

from __future__ import annotations

import io
import random
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from long_report import sentences, text_report
from pypdf import PdfReader
from specimen import common_look

from generator.diagnostics import Severity
from generator.document.nodes import Document, Heading, Meta, Paragraph, Run
from generator.writers.docx import heading_bookmarks, write_docx
from generator.writers.libreoffice import PYTHON_VARIABLE, SOFFICE_VARIABLE, Converter, find_libreoffice, to_pdf
from generator.writers.pages import heading_pages, measured_pages, page_count

LOOK = common_look()


@pytest.fixture(scope="module")
def converter(libreoffice: Path) -> Iterator[Converter]:
    with Converter() as running:
        yield running


def paragraphs(number: int, count: int = 60) -> list[str]:
    dice = random.Random(number)
    return [sentences(dice, dice.randint(2, 12)) for _ in range(count)]


def docx_of(texts: list[str]) -> bytes:
    document = Document(Meta("测试"), tuple(Paragraph((Run(text),)) for text in texts))
    return write_docx(document, LOOK)


def characters(pdf: bytes) -> Counter[str]:
    """Every character of the text, the page numbers «— 1 —» at the foot left out."""
    counted: Counter[str] = Counter()
    for number, page in enumerate(PdfReader(io.BytesIO(pdf)).pages, 1):
        counted.update("".join(page.extract_text().split()))
        counted.subtract(f"—{number}—")
    return +counted


def test_no_punctuation_is_lost_at_line_ends(converter: Converter) -> None:
    texts = paragraphs(1)
    outcome = converter.to_pdf(docx_of(texts))
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert page_count(outcome.value) > 10
    assert characters(outcome.value) == Counter("".join(texts))


def test_headings_are_found_on_their_pages(converter: Converter) -> None:
    document = text_report(1)
    pdf = converter.to_pdf(write_docx(document, LOOK)).value
    assert pdf is not None
    pages, bookmarks = measured_pages(pdf), heading_bookmarks(document)
    texts = [page.extract_text().replace(" ", "") for page in PdfReader(io.BytesIO(pdf)).pages]
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    assert len(headings) > 20
    for heading in headings:
        printed = (heading.number + "".join(run.text for run in heading.content if isinstance(run, Run))).replace(
            " ", ""
        )
        assert printed in texts[pages[bookmarks[heading.anchor]] - 1]


def test_contents_numbers_stay_right_once_they_are_filled_in(converter: Converter) -> None:
    document = text_report(2)
    first = heading_pages(document, LOOK, write_docx(document, LOOK), converter)
    assert first.diagnostics == ()
    again = heading_pages(document, LOOK, write_docx(document, LOOK, pages=first.value), converter)
    assert again.value == first.value
    assert max(first.value.values()) > 9


def test_two_conversions_at_once_do_not_disturb_each_other(libreoffice: Path) -> None:
    first, second = paragraphs(3, 20), paragraphs(4, 25)
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(to_pdf, [docx_of(first), docx_of(second)]))
    for outcome, texts in zip(made, (first, second), strict=True):
        assert outcome.value is not None
        assert characters(outcome.value) == Counter("".join(texts))


def without_body(docx: bytes) -> bytes:
    """A proper zip whose main part is cut off in the middle of a tag."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[: len(data) // 2] if name == "word/document.xml" else data)
    return made.getvalue()


@pytest.mark.parametrize(
    "spoil", [without_body, lambda docx: docx[: len(docx) // 2], lambda docx: b"", lambda docx: "决算".encode()]
)
def test_a_broken_word_file_is_a_finding_and_the_next_one_works(
    converter: Converter, spoil: Callable[[bytes], bytes]
) -> None:
    whole = docx_of(paragraphs(5, 2))
    outcome = converter.to_pdf(spoil(whole))
    assert outcome.value is None
    assert [(d.code, d.severity) for d in outcome.diagnostics] == [("W021", Severity.ERROR)]
    assert "打不开" in outcome.diagnostics[0].message
    assert converter.to_pdf(whole).value is not None


def test_a_conversion_that_takes_too_long_is_stopped_and_the_next_one_works(libreoffice: Path) -> None:
    texts = paragraphs(6, 2)
    with Converter() as running:
        assert running.to_pdf(docx_of(texts)).value is not None
        late = running.to_pdf(docx_of(paragraphs(6, 300)), timeout=0.01)
        assert late.value is None
        assert [d.code for d in late.diagnostics] == ["W022"]
        pdf = running.to_pdf(docx_of(texts)).value
    assert pdf is not None
    assert characters(pdf) == Counter("".join(texts))


def test_without_uno_the_plain_way_is_taken_and_said(libreoffice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PYTHON_VARIABLE, "/nowhere/python")
    document = text_report(3, parts=1)
    with Converter() as plain:
        outcome = plain.to_pdf(write_docx(document, LOOK))
        broken = plain.to_pdf(without_body(docx_of(["一句话。"])))
    assert outcome.value is not None
    assert [(d.code, d.severity) for d in outcome.diagnostics] == [("W024", Severity.INFO)]
    assert "行末的标点可能漏印" in outcome.diagnostics[0].message
    assert set(heading_bookmarks(document).values()) <= set(measured_pages(outcome.value))
    assert [d.code for d in broken.diagnostics] == ["W021"]


def test_without_libreoffice_the_office_learns_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SOFFICE_VARIABLE, "/nowhere/soffice")
    assert find_libreoffice() is None
    outcome = to_pdf(docx_of(["一句话。"]))
    assert outcome.value is None
    assert [d.code for d in outcome.diagnostics] == ["W020"]
    assert "Word 文件（.docx）不受影响" in outcome.diagnostics[0].message
    for word in ("Windows", "麒麟", "统信", "apt install libreoffice-writer"):
        assert word in outcome.diagnostics[0].hint


def test_without_libreoffice_the_contents_are_estimated_and_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SOFFICE_VARIABLE, "/nowhere/soffice")
    document = text_report(4)
    with Converter() as none:
        outcome = heading_pages(document, LOOK, write_docx(document, LOOK), none)
    assert set(outcome.value) == set(heading_bookmarks(document))
    assert [d.code for d in outcome.diagnostics] == ["W025"]
    assert "没有找到 LibreOffice" in outcome.diagnostics[0].message


def test_a_program_that_is_no_libreoffice_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "soffice"
    fake.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv(SOFFICE_VARIABLE, str(fake))
    outcome = to_pdf(docx_of(["一句话。"]))
    assert outcome.value is None
    assert [d.code for d in outcome.diagnostics] == ["W023"]


def test_what_is_no_pdf_has_no_pages() -> None:
    assert measured_pages(b"%PDF-1.6 torn") == {}
    assert page_count(b"") == 0
