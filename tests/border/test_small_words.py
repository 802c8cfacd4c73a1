"""Numbers and sizes that stand in attributes and charts: what cannot be meant is none, and never an endless one."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from effort import at_most
from lxml import etree

from generator.border.numbers import number
from generator.border.pdf import open_pdf
from generator.border.refused import BrokenError, OverBudgetError
from generator.printed.read_chart import places
from generator.word.number_format import formatted
from generator.word.read_chart import read_series
from generator.word.xml import span, whole


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("91.68", "91.68"), ("-0.5", "-0.5"), ("+3", "3"), (".5", "0.5"), ("5.", "5"), ("1.5E-3", "0.0015"),
        ("1e5", "1E+5"), ("", None), ("x", None), ("NaN", None), ("sNaN", None), ("Infinity", None),
        ("1E+999999", None), ("1E+30", None), ("9" * 25, None), ("9" * 5000, None), ("٣", None), (" 1", None),
        ("1_000", None), ("0x1", None),
    ],
)  # fmt: skip
def test_numbers_as_text(text: str, value: str | None) -> None:
    assert number(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "found"), [("3", 3), ("-7", -7), ("1804289383", 1804289383), ("", 9), (None, 9), ("x", 9), ("²", 9),
                        ("٣", 9), ("1.5", 9), ("9" * 11, 9), ("9" * 5000, 9)],
)  # fmt: skip
def test_whole_numbers_in_attributes(text: str | None, found: int) -> None:
    assert whole(text, 9) == found


@pytest.mark.parametrize(
    ("text", "columns"),
    [("2", 2), ("63", 63), ("64", 63), ("1000000000", 63), ("0", 1), ("-5", 1), ("x", 1), (None, 1)],
)
def test_a_cell_goes_over_no_more_columns_than_word_has(text: str | None, columns: int) -> None:
    assert span(text) == columns


def test_a_chart_prints_no_endless_number() -> None:
    chart = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    values = "".join(f"<c:pt><c:v>{text}</c:v></c:pt>" for text in ("1.5", "1E+999999", "sNaN"))
    code = f"0.{'0' * 5000}"
    (series,) = read_series(
        etree.fromstring(
            f'<c:x xmlns:c="{chart}"><c:ser><c:val><c:numCache><c:formatCode>{code}</c:formatCode>{values}'
            "</c:numCache></c:val></c:ser></c:x>"
        )
    )
    assert series.printed == ("1.5", "1E+999999", "sNaN")
    assert formatted(Decimal("1.5"), code) == "1.5"
    assert places(code) == 30


def pdf(pages: int) -> bytes:
    from pypdf import PdfWriter

    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()


def test_a_pdf_of_five_hundred_pages_and_one_of_more() -> None:
    assert len(open_pdf(pdf(500)).pages) == 500
    with at_most(30), pytest.raises(OverBudgetError) as raised:
        open_pdf(pdf(501))
    assert raised.value.values == {"what": "PDF 的页数", "found": "501 页", "most": "500 页"}
    with pytest.raises(OverBudgetError):
        open_pdf(b"%PDF-1.7" + bytes(100_000_000))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.6 torn", b"PK\x03\x04"])
def test_what_is_no_pdf(data: bytes) -> None:
    with pytest.raises(BrokenError):
        open_pdf(data)
