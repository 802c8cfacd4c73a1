"""Tables as web systems export them under the name .xls: HTML, and the XML Spreadsheet of 2003."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lxml import etree

from generator.border.markup import parsed_html, parsed_markup
from generator.grids.grid_maker import GridMaker, note_below
from generator.official_tables.sheet_blocks import Page
from generator.xlsx.cells import CellGrid
from generator.xlsx.stored_numbers import number_text

Element = etree._Element
_DAY_0 = date(1899, 12, 30)
_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_UNSEEN = frozenset(("script", "style", "head", "title", "comment", "xml"))
_INLINE = frozenset(("a", "b", "i", "u", "em", "strong", "span", "font", "small", "sub", "sup", "label"))


# -- HTML -------------------------------------------------------------------------------------------------------------
def html_pages(file: str, text: str) -> Iterator[Page]:
    """The innermost tables: those around them only arrange the page. Raises `BrokenError`."""
    above: list[str] = []
    last: Page | None = None
    number = 0
    for one in _parts(parsed_html(text)):
        if isinstance(one, str):
            above.append(one)
            continue
        if last is not None:
            note_below(last.grid, above)
            yield last
        number += 1
        above.extend(_words(caption) for caption in one.iterchildren("caption"))
        last = Page(file, f"第{number}张表", _html_grid(one, above), named=False)
        above = []
    if last is not None:
        note_below(last.grid, above)
        yield last


def _parts(element: Element) -> Iterator[Element | str]:
    """Lines of text and innermost tables in their order."""
    tag = str(element.tag).lower()
    if tag in _UNSEEN:
        return
    if tag == "table" and element.find(".//table") is None:
        yield element
        return
    if all(str(child.tag).lower() in _INLINE for child in element.iterdescendants()):
        if words := _words(element):
            yield words
        return
    if element.text and element.text.strip():
        yield element.text
    for child in element:
        yield from _parts(child)
        if child.tail and child.tail.strip():
            yield child.tail


def _words(element: Element) -> str:
    pieces: list[str] = []
    for one in element.iter():
        if str(one.tag).lower() in ("br", "p", "div") and pieces:
            pieces.append("\n")
        if one.text and str(one.tag).lower() not in _UNSEEN:
            pieces.append(one.text)
        if one is not element and one.tail:
            pieces.append(one.tail)
    return "".join(pieces)


def _html_grid(table: Element, above: list[str]) -> CellGrid:
    maker = GridMaker()
    rows = list(table.iter("tr"))
    for number, row in enumerate(rows, 1):
        column = 1
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            column = maker.next_free(number, column)
            across, down = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - number + 1)
            maker.put(number, column, _words(cell), down, across)
            maker.take(number, column, down, across)
            column += across
    return maker.done(above)


def _span(cell: Element, name: str) -> int:
    text = str(cell.get(name, "1")).strip()
    return max(int(text), 1) if text.isdecimal() and len(text) < 5 else 1


# -- XML Spreadsheet 2003 ---------------------------------------------------------------------------------------------
def spreadsheet_pages(file: str, text: str) -> Iterator[Page]:
    """Raises `BrokenError`."""
    for sheet in parsed_markup(text).iterchildren(f"{_SS}Worksheet"):
        table = sheet.find(f"{_SS}Table")
        if table is not None:
            yield Page(file, str(sheet.get(f"{_SS}Name", "")), _sheet_grid(table))


def _sheet_grid(table: Element) -> CellGrid:
    maker = GridMaker()
    number = 0
    for row in table.iterchildren(f"{_SS}Row"):
        number = _number(row, "Index", number + 1)
        column = 0
        for cell in row.iterchildren(f"{_SS}Cell"):
            column = _number(cell, "Index", column + 1)
            across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
            maker.put(number, column, _value(cell), down + 1, across + 1)
            column += across
        number += _number(row, "Span", 0)
    return maker.done(())


def _number(element: Element, name: str, default: int) -> int:
    text = str(element.get(_SS + name, ""))
    return int(text) if text.isdecimal() and len(text) < 8 else default


def _value(cell: Element) -> str:
    data = cell.find(f"{_SS}Data")
    if data is None:
        return ""
    text = "".join(str(piece) for piece in data.itertext())
    return number_text(text.strip(), "", _DAY_0) if data.get(f"{_SS}Type") == "Number" else text
