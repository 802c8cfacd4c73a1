"""A PDF, opened for its pages and destinations (pypdf), or for the tables that it prints (pdfplumber)."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.border.budgets import PDF_BYTES, PDF_DRAWN, PDF_PAGES, megabytes
from generator.border.refused import BrokenError, OverBudgetError

if TYPE_CHECKING:
    from pdfplumber.page import Page as PdfPage
    from pypdf import PdfReader

_TAIL = 4096
"""Where the mark of the end stands, whatever a mail system puts behind it."""


def open_pdf(data: bytes) -> PdfReader:
    """Raises `BrokenError`, `OverBudgetError`."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    if len(data) > PDF_BYTES:
        raise OverBudgetError("PDF 的大小", megabytes(len(data)), megabytes(PDF_BYTES))
    try:
        reader = PdfReader(io.BytesIO(data))
        pages = len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BrokenError(str(error)) from error
    if pages > PDF_PAGES:
        raise OverBudgetError("PDF 的页数", f"{pages:,} 页", f"{PDF_PAGES:,} 页")
    return reader


def printed_pages(data: bytes) -> Iterator[PdfPage]:
    """Page by page, each forgotten when the next is asked for. Raises `BrokenError`, `OverBudgetError`."""
    from pdfplumber.pdf import PDF

    pages = len(open_pdf(data).pages)
    if b"%%EOF" not in data[-_TAIL:]:
        raise BrokenError("cut off")
    try:
        # pdfminer raises whatever a damaged file makes its code trip over: struct.error, AssertionError, KeyError …
        with PDF(io.BytesIO(data)) as pdf:
            for number in range(pages):
                page = pdf.pages[number]
                _see_that_it_is_whole(page)
                drawn = len(page.rects) + len(page.lines) + len(page.curves)
                if drawn > PDF_DRAWN:
                    raise OverBudgetError(f"第{number + 1}页画的线", f"{drawn:,} 条", f"{PDF_DRAWN:,} 条")
                yield page
                page.close()
    except (OverBudgetError, GeneratorExit):
        raise
    except Exception as error:
        raise BrokenError(str(error)) from error


def _see_that_it_is_whole(page: PdfPage) -> None:
    """Readers show what is left of a damaged page, and figures are gone. Raises `BrokenError`."""
    from pdfminer.pdftypes import LITERALS_FLATE_DECODE, PDFStream, resolve1

    for content in page.page_obj.contents:
        stream = resolve1(content)
        if isinstance(stream, PDFStream) and stream.decipher is None and stream.rawdata is not None:
            filters = [name for name, _ in stream.get_filters()]
            if len(filters) == 1 and filters[0] in LITERALS_FLATE_DECODE:
                try:
                    zlib.decompressobj().decompress(stream.rawdata)
                except zlib.error as error:
                    raise BrokenError(str(error)) from error
