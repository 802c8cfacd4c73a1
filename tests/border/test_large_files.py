"""Large honest files pass; the largest are tried by `tests/long/large_files.py`."""

from __future__ import annotations

from large_files import projects_report, workbook, yaml_rows

from generator.border.yaml_text import Amount, compose
from generator.word_file.marked_file import open_marked
from generator.xlsx.book import open_book


def test_rows_of_ten_figures() -> None:
    amount = Amount()
    compose(yaml_rows(2_000), amount)
    assert (amount.rows, amount.cells, amount.repeated_rows) == (2_000, 22_000, 0)
    book = open_book(workbook(2_000))
    assert len(book.grid(book.sheets[0]).rows) == 2_000


def test_a_workbook_with_scanned_pictures() -> None:
    """They are not unpacked: nobody reads them."""
    book = open_book(workbook(10, pictures=30))
    assert len(book.grid(book.sheets[0]).rows) == 10
    assert book.package.unpacked < 100_000


def test_a_report_of_many_projects() -> None:
    opened = open_marked("报告.docx", projects_report(10)).value
    assert opened is not None
    assert len(opened.facts.tables) >= 10
