"""A PDF, opened for its pages and destinations (pypdf), or for the tables that it prints (pdfplumber)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.border.budgets import PDF_BYTES, PDF_DRAWN, PDF_PAGES, megabytes
from generator.border.refused import BrokenError, OverBudgetError

if TYPE_CHECKING:
    from pdfplumber.page import Page as PdfPage
    from pypdf import PdfReader


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
    try:
        # pdfminer raises whatever a damaged file makes its code trip over: struct.error, AssertionError, KeyError …
        with PDF(io.BytesIO(data)) as pdf:
            for number in range(pages):
                page = pdf.pages[number]
                drawn = len(page.rects) + len(page.lines) + len(page.curves)
                if drawn > PDF_DRAWN:
                    raise OverBudgetError(f"第{number + 1}页画的线", f"{drawn:,} 条", f"{PDF_DRAWN:,} 条")
                yield page
                page.close()
    except (OverBudgetError, GeneratorExit):
        raise
    except Exception as error:
        raise BrokenError(str(error)) from error
