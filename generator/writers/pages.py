"""Page numbers of the headings for 目录: measured in a PDF, else estimated.

The numbers count the file's pages from 1; where a section starts its numbering anew, the printed ones differ.
"""

from __future__ import annotations

import io
import re

from generator.diagnostics import Outcome, finding
from generator.document.nodes import Document
from generator.word.look import Look
from generator.writers.docx import heading_bookmarks
from generator.writers.libreoffice import Converter
from generator.writers.line_counter import estimate_pages

_HEADING = re.compile(r"(?:/5F|_)(Toc[0-9A-Za-z]+)")
"""A heading's bookmark. LibreOffice 7.4 writes what is neither letter nor digit in hexadecimal without a mark, so that
other names cannot be read back; newer ones write names as they are."""


def measured_pages(pdf: bytes) -> dict[str, int]:
    """Bookmark of a heading («_Toc…») → page. Empty when the PDF has no destinations or cannot be read."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(pdf))
        found = ((_HEADING.fullmatch(name), place) for name, place in reader.named_destinations.items())
        return {
            f"_{match[1]}": page + 1
            for match, place in found
            if match and (page := reader.get_destination_page_number(place)) is not None
        }
    except PyPdfError:
        return {}


def page_count(pdf: bytes) -> int:
    """Pages of the PDF; 0 when it cannot be read."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return len(PdfReader(io.BytesIO(pdf)).pages)
    except PyPdfError:
        return 0


def heading_pages(document: Document, look: Look, docx: bytes, converter: Converter | None) -> Outcome[dict[str, int]]:
    """Anchor → page of each heading in 目录, for `write_docx(pages=…)`.

    `docx` is the same document with numbers still to come: filling them in moves nothing. Without a converter, or when
    it gives no PDF, the pages are estimated and W025 says so.
    """
    bookmarks = heading_bookmarks(document)
    if not bookmarks:
        return Outcome({})
    pdf = converter.to_pdf(docx).value if converter is not None else None
    measured = measured_pages(pdf) if pdf is not None else {}
    if all(bookmark in measured for bookmark in bookmarks.values()):
        return Outcome({anchor: measured[bookmark] for anchor, bookmark in bookmarks.items()})
    if converter is None:
        reason = "没有用 LibreOffice 测量"
    elif not converter.available:
        reason = "没有找到 LibreOffice"
    else:
        reason = "LibreOffice 没有给出页码"
    return Outcome(estimate_pages(document, look), (finding("W025", reason=reason),))
