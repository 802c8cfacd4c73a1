"""A Word file becomes a PDF without losing a comma, and every heading is found on its page."""

from __future__ import annotations

import io
import os
import random
import signal
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from long_report import sentences, text_report
from pypdf import PdfReader
from specimen import common_look

from generator.diagnostics import Outcome, Severity
from generator.document.nodes import Document, Heading, Meta, Paragraph, Run
from generator.writers.docx import write_docx
from generator.writers.docx.body import entries
from generator.writers.libreoffice import PYTHON_VARIABLE, SOFFICE_VARIABLE, Converter, find_libreoffice
from generator.writers.line_counter import estimate_pages
from generator.writers.pages import Paged, measured_pages, paged
from generator.writers.pdf import pdf_of

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
    assert len(PdfReader(io.BytesIO(outcome.value)).pages) > 10
    assert characters(outcome.value) == Counter("".join(texts))


def test_headings_are_found_on_their_pages(converter: Converter) -> None:
    document = text_report(1)
    pdf = converter.to_pdf(write_docx(document, LOOK)).value
    assert pdf is not None
    pages = measured_pages(pdf)
    texts = [page.extract_text().replace(" ", "") for page in PdfReader(io.BytesIO(pdf)).pages]
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    assert len(headings) > 20
    for heading in headings:
        printed = (heading.number + "".join(run.text for run in heading.content if isinstance(run, Run))).replace(
            " ", ""
        )
        assert printed in texts[pages[heading.anchor] - 1]


def test_contents_numbers_stay_right_once_they_are_filled_in(converter: Converter) -> None:
    document = text_report(2)
    made = numbered(document, measure=True)
    assert made.diagnostics == ()
    pdf = converter.to_pdf(made.value.docx).value
    assert pdf is not None
    assert {mark: page for mark, page in measured_pages(pdf).items() if mark in made.value.pages} == made.value.pages
    assert made.value.measured == len(made.value.pages)
    assert max(made.value.pages.values()) > 9


def numbered(document: Document, *, measure: bool = False, hidden: int = 0) -> Outcome[Paged]:
    """The document with page numbers; the bookmarks of the first `hidden` headings are kept from LibreOffice."""
    listed = {entry.bookmark: entry.text for entry in entries(document.blocks)}
    kept_back = list(listed)[:hidden]

    def write(pages: Mapping[str, int]) -> bytes:
        blocks = tuple(
            replace(block, in_contents=False) if isinstance(block, Heading) and block.anchor in kept_back else block
            for block in document.blocks
        )
        return write_docx(replace(document, blocks=blocks), LOOK, pages=pages)

    return paged(write, listed, estimate_pages(document, LOOK), measure=measure, pdf=False)


def test_a_heading_that_was_not_measured_is_estimated_and_named(libreoffice: Path) -> None:
    document = text_report(2)
    estimated = estimate_pages(document, LOOK)
    made = numbered(document, measure=True, hidden=1)
    first = next(iter(estimated))
    assert made.value.pages[first] == estimated[first]
    assert made.value.measured == len(estimated) - 1
    assert [d.code for d in made.diagnostics] == ["W026"]
    assert made.diagnostics[0].message.endswith("共 1 项，LibreOffice 没有给出页码，已按版面估算")
    assert made.value.words().startswith("目录页码：由 LibreOffice 实测（1 项没有测到，按版面估算）；")


def test_two_conversions_at_once_do_not_disturb_each_other(libreoffice: Path) -> None:
    first, second = paragraphs(3, 20), paragraphs(4, 25)
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(pdf_of, [docx_of(first), docx_of(second)]))
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


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="the way to its process is Linux's")
def test_a_libreoffice_that_ended_between_two_documents_is_replaced(libreoffice: Path) -> None:
    with Converter() as running:
        others = _children()
        assert running.to_pdf(docx_of(["一。"])).value is not None
        for worker in _children() - others:
            os.kill(worker, signal.SIGKILL)
        assert running.to_pdf(docx_of(["二。"])).diagnostics == ()


def _children() -> set[int]:
    """The processes that this one has started."""
    stats = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended since
            stats.append(path.read_text(encoding="utf-8", errors="replace"))
    return {int(stat.split()[0]) for stat in stats if int(stat.rpartition(")")[2].split()[1]) == os.getpid()}


def test_without_uno_the_plain_way_is_taken_and_said(libreoffice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PYTHON_VARIABLE, "/nowhere/python")
    document = text_report(3, parts=1)
    with Converter() as plain:
        outcome = plain.to_pdf(write_docx(document, LOOK))
        broken = plain.to_pdf(without_body(docx_of(["一句话。"])))
    assert outcome.value is not None
    assert [(d.code, d.severity) for d in outcome.diagnostics] == [("W024", Severity.INFO)]
    assert "行末的标点可能漏印" in outcome.diagnostics[0].message
    assert {entry.bookmark for entry in entries(document.blocks)} <= set(measured_pages(outcome.value))
    assert [d.code for d in broken.diagnostics] == ["W021"]


def test_without_libreoffice_the_office_learns_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SOFFICE_VARIABLE, "/nowhere/soffice")
    assert find_libreoffice() is None
    outcome = pdf_of(docx_of(["一句话。"]))
    assert outcome.value is None
    assert [d.code for d in outcome.diagnostics] == ["W020"]
    assert "Word 文件（.docx）不受影响" in outcome.diagnostics[0].message
    for word in ("Windows", "麒麟", "统信", "apt install libreoffice-writer"):
        assert word in outcome.diagnostics[0].hint


def test_without_libreoffice_the_contents_are_estimated_and_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SOFFICE_VARIABLE, "/nowhere/soffice")
    document = text_report(4)
    assert numbered(document).diagnostics == ()
    outcome = numbered(document, measure=True)
    assert outcome.value.pages == estimate_pages(document, LOOK)
    assert [d.code for d in outcome.diagnostics] == ["W025"]
    assert outcome.diagnostics[0].message == "目录页码没有实测：没有找到 LibreOffice；已按版面估算"
    assert outcome.value.words().startswith("目录页码：按版面估算；")


def test_a_program_that_is_no_libreoffice_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "soffice"
    fake.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv(SOFFICE_VARIABLE, str(fake))
    outcome = pdf_of(docx_of(["一句话。"]))
    assert outcome.value is None
    assert [d.code for d in outcome.diagnostics] == ["W023"]


def test_what_is_no_pdf_has_no_pages() -> None:
    assert measured_pages(b"%PDF-1.6 torn") == {}
    assert measured_pages(b"") == {}
