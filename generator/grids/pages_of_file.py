"""A file that an office has → the pages on which tables stand: sheets of a workbook, tables of a document.

By what is in the file, whatever its ending says: .xlsx, an .xls that is HTML or the XML Spreadsheet of 2003, .docx,
PDF. The workbooks of other programs were turned into .xlsx before.
"""

from __future__ import annotations

from generator.border.file_kinds import refusal
from generator.border.markup import decoded, is_html, is_spreadsheet_xml
from generator.border.refused import BrokenError, OverBudgetError, RefusedError
from generator.official_tables.sheet_blocks import Page
from generator.xlsx.book import open_book

_ZIP, _WORD = b"PK\x03\x04", b"word/document.xml"
_NOT_READ = ("X001", "X002", "X003", "X004", "X005", "X006", "R001", "R002")
"""Codes of the openers, each of which knows its own kind only."""


def pages_of(name: str, data: bytes) -> tuple[Page, ...]:
    """Raises `RefusedError`: X001, X007–X009, X072, X073, X101–X105, R005."""
    try:
        return _pages_of(name, data)
    except BrokenError:
        raise refusal(name, data) from None
    except RefusedError as error:
        raise refusal(name, data) if error.code in _NOT_READ else error from None
    except OverBudgetError as error:
        raise RefusedError("X072", **error.values) from None


def _pages_of(name: str, data: bytes) -> tuple[Page, ...]:
    kind = kind_of(data)
    if kind == "docx":
        from generator.grids.word_tables import word_pages

        return tuple(word_pages(name, data))
    if kind == "workbook":
        book = open_book(data)
        return tuple(Page(name, sheet.name, book.grid(sheet)) for sheet in book.sheets)
    if kind == "pdf":
        from generator.grids.pdf_tables import pdf_pages

        return tuple(pdf_pages(name, data))
    from generator.grids.web_tables import html_pages, spreadsheet_pages

    text = decoded(data)
    return tuple((html_pages if kind == "html" else spreadsheet_pages)(name, text))


def kind_of(data: bytes) -> str:
    """pdf, docx, html, xml (Spreadsheet 2003), or workbook for all else."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_ZIP):
        return "docx" if _WORD in data else "workbook"
    if b"<" not in data[:64] and b"<\x00" not in data[:64]:
        return "workbook"
    try:
        text = decoded(data)
    except (BrokenError, OverBudgetError):
        return "workbook"
    return "xml" if is_spreadsheet_xml(text) else "html" if is_html(text) else "workbook"


def is_foreign_book(data: bytes) -> bool:
    """An .xls or .ods, whatever its name says."""
    old = data.startswith(b"\xd0\xcf\x11\xe0") and "Workbook".encode("utf-16-le") in data
    return old or b"vnd.oasis.opendocument.spreadsheet" in data[:128]
