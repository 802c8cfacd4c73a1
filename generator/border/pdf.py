"""A PDF, opened for its pages and destinations."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from generator.border.budgets import PDF_BYTES, PDF_PAGES, megabytes
from generator.border.refused import BrokenError, OverBudgetError

if TYPE_CHECKING:
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
