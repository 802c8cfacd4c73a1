"""The PDF of the example: not a character lost, 目录 right, and the grid of 22 lines of 28 characters."""

from __future__ import annotations

import io
import itertools
import re
import shutil
import subprocess
from collections import Counter
from typing import NamedTuple

import pytest
from gongjing import parts
from lxml import etree
from pypdf import PdfReader

from generator.document.nodes import Heading
from generator.pipeline import Examined
from generator.writers.line_counter import estimate_pages
from generator.writers.pages import Paged

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def pages(printed: Paged) -> list[str]:
    """The text of each page without spaces and without «— 4 —» at its foot."""
    assert printed.pdf is not None
    found = []
    for number, page in enumerate(PdfReader(io.BytesIO(printed.pdf)).pages, 1):
        found.append("".join(page.extract_text().split()).removesuffix(f"—{number}—"))
    return found


@pytest.fixture(scope="module")
def words(printed: Paged) -> str:
    """The text of the Word file in its own order, without spaces."""
    body = etree.fromstring(parts(printed.docx)["word/document.xml"])
    return "".join("".join(text.text or "" for text in body.iter(f"{W}t")).split())


def test_no_character_is_lost(pages: list[str], words: str) -> None:
    assert Counter(words) - Counter("".join(pages)) == Counter()


def test_every_page_is_a_piece_of_the_text_in_its_order(pages: list[str], words: str) -> None:
    """Leaders of 目录, labels of charts and repeated heads of tables are all that a page adds."""
    added = [number for number, page in enumerate(pages, 1) if page not in words]
    contents = [number for number, page in enumerate(pages, 1) if "....." in page]
    charts = [number for number, page in enumerate(pages, 1) if re.search(r"图\d：", page)]
    continued = sorted(set(added) - set(contents) - set(charts))
    assert contents == [2, 3]
    assert len(charts) >= 5
    tables = next(number for number, page in enumerate(pages, 1) if page.startswith("第五部分附表"))
    assert all(number > tables for number in continued)
    for number in continued:
        head = pages[number - 1][:6]
        assert head in pages[number - 2], f"page {number} does not begin with the head of its table"
    assert len(continued) <= 3


def test_the_contents_tell_the_pages_on_which_headings_stand(printed: Paged, report: Examined) -> None:
    assert printed.pdf is not None
    assert printed.measured == len(printed.pages) > 30
    lines = [
        ["".join(line.split()) for line in page.extract_text().splitlines()]
        for page in PdfReader(io.BytesIO(printed.pdf)).pages
    ]
    shown = contents_shown(printed.docx)
    listed = [block for block in report.document.blocks if isinstance(block, Heading) and block.in_contents]
    assert len(shown) == len(listed)
    for heading, (text, page) in zip(listed, shown, strict=True):
        name = (heading.number + "".join(getattr(piece, "text", "") for piece in heading.content)).replace(" ", "")
        assert text.replace(" ", "") == name
        standing = [n for n, page_lines in enumerate(lines, 1) if n > 3 and name in page_lines]
        assert standing == [page], name


def contents_shown(docx: bytes) -> list[tuple[str, int]]:
    """(entry, page) of each line of 目录 as a reader sees it."""
    body = etree.fromstring(parts(docx)["word/document.xml"])
    entries = []
    for link in body.iter(f"{W}hyperlink"):
        texts = [text.text or "" for text in link.iter(f"{W}t")]
        entries.append(("".join(texts[:-1]), int(texts[-1])))
    return entries


def test_the_estimate_is_never_more_than_a_page_off(printed: Paged, report: Examined) -> None:
    """What an office without LibreOffice gets in 目录. All 33 agreed with LibreOffice 7.4."""
    estimated = estimate_pages(report.document, report.case.pack.look)
    off = {anchor: (page, estimated[anchor]) for anchor, page in printed.pages.items() if estimated[anchor] != page}
    assert all(abs(measured - guessed) <= 1 for measured, guessed in off.values()), off
    assert len(off) <= 3, off


# -- the grid of GB/T 9704: 22 lines of 28 characters ---------------------------------------------------------------
class Line(NamedTuple):
    top: float
    left: float
    right: float
    text: str


@pytest.fixture(scope="module")
def text_pages(printed: Paged, pages: list[str]) -> list[list[Line]]:
    """The lines of the chapters that are running text, the page number at the foot left out."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext (poppler) is not installed")
    assert printed.pdf is not None
    run = subprocess.run([program, "-bbox-layout", "-", "-"], input=printed.pdf, capture_output=True, check=True)
    root = etree.fromstring(run.stdout, etree.XMLParser(recover=True))
    start = {
        part: next(number for number, page in enumerate(pages, 1) if number > 3 and page.startswith(part))
        for part in ("第一部分", "第二部分", "第三部分", "第五部分")
    }
    running = {*range(start["第一部分"], start["第二部分"]), *range(start["第三部分"], start["第五部分"])}
    found = []
    for number, page in enumerate(root.iter(f"{HTML}page"), 1):
        if number in running:
            lines = lines_of(page)
            assert lines[-1].text == f"—{number}—"
            found.append(lines[:-1])
    return found


def lines_of(page: etree._Element) -> list[Line]:
    rows: dict[int, list[etree._Element]] = {}
    for word in page.iter(f"{HTML}word"):
        middle = (float(word.get("yMin")) + float(word.get("yMax"))) / 2
        rows.setdefault(round(middle / 4), []).append(word)
    lines = []
    for key in sorted(rows):
        row = sorted(rows[key], key=lambda word: float(word.get("xMin")))
        lines.append(
            Line(
                float(row[0].get("yMin")),
                float(row[0].get("xMin")),
                max(float(word.get("xMax")) for word in row),
                "".join(word.text or "" for word in row),
            )
        )
    return lines


def test_full_pages_have_22_lines(text_pages: list[list[Line]]) -> None:
    counts = Counter(len(lines) for lines in text_pages)
    assert max(counts) == 22
    assert counts[22] >= 5
    for lines in text_pages:
        steps = [below.top - above.top for above, below in itertools.pairwise(lines)]
        assert all(step > 28 for step in steps)


def test_full_lines_hold_28_characters(text_pages: list[list[Line]]) -> None:
    """Lines of Chinese characters from margin to margin; 27 where 禁则 sends a character to the next line."""
    left = min(line.left for lines in text_pages for line in lines)
    right = max(line.right for lines in text_pages for line in lines)
    full = [
        len(line.text)
        for lines in text_pages
        for line in lines
        if line.left < left + 1 and line.right > right - 3 and not re.search(r"[0-9A-Za-z“”.,%]", line.text)
    ]
    assert len(full) > 100
    assert max(full) == 28
    assert min(full) >= 25  # a number such as 〔2019〕 goes to the next line as a whole
    assert full.count(28) > 0.75 * len(full)
    assert right - left == pytest.approx(156 / 25.4 * 72, abs=2)  # 版心 156 mm
