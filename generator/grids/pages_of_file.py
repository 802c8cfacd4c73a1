"""A file that an office has → the pages on which tables stand: sheets of a workbook, tables of a document.

By what is in the file, whatever its ending says: .xlsx, an .xls that is HTML or the XML Spreadsheet of 2003, .docx,
PDF. The workbooks of other programs were turned into .xlsx before.
"""

from __future__ import annotations

from generator.border.markup import decoded, is_html, is_spreadsheet_xml
from generator.border.refused import BrokenError, OverBudgetError, RefusedError
from generator.official_tables.sheet_blocks import Page
from generator.xlsx.book import open_book

_ZIP, _WORD = b"PK\x03\x04", b"word/document.xml"


def pages_of(name: str, data: bytes) -> tuple[Page, ...]:
    """Raises `RefusedError`: X001–X009, X071–X073, R001, R002, R005."""
    kind = kind_of(data)
    if kind == "docx":
        from generator.grids.word_tables import word_pages

        return tuple(word_pages(name, data))
    if kind == "workbook":
        book = open_book(data)
        return tuple(Page(name, sheet.name, book.grid(sheet)) for sheet in book.sheets)
    try:
        if kind == "pdf":
            from generator.grids.pdf_tables import pdf_pages

            return tuple(pdf_pages(name, data))
        from generator.grids.web_tables import html_pages, spreadsheet_pages

        text = decoded(data)
        return tuple((html_pages if kind == "html" else spreadsheet_pages)(name, text))
    except BrokenError:
        raise RefusedError("X071", what={"pdf": "PDF", "html": "网页表格"}.get(kind, "XML 表格")) from None
    except OverBudgetError as error:
        raise RefusedError("X072", **error.values) from None


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
