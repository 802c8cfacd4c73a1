"""A w:tbl → the grid of the model: merged cells stand in every field that they cover."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from generator.printed.figures import plain_number, tokens_of
from generator.printed.model import Cell, Spot, Token
from generator.word.xml import W, span

_TR, _TC, _P, _T, _SPAN, _MERGE, _TAB, _BR, _TBL, _VAL, _TABS, _TR_PR, _DEL, _HEADER = (
    f"{{{W}}}{name}"
    for name in (
        "tr", "tc", "p", "t", "gridSpan", "vMerge", "tab", "br", "tbl", "val", "tabs", "trPr", "del", "tblHeader",
    )
)  # fmt: skip

Grid = tuple[tuple[Cell | None, ...], ...]


class _Raw(NamedTuple):
    """A w:tc: its text, the columns it covers, «restart», «continue» or ""."""

    pieces: list[str]
    properties: dict[str, str]


def grid_of(table: etree._Element, number: int, unit: str) -> tuple[Grid, int]:
    """The grid and the number of rows that the file marks as a header; rows that are struck out are left out."""
    fields: list[list[Cell | None]] = []
    down: dict[tuple[int, int], int] = {}
    heads = 0
    for row in table.iterchildren(_TR):
        properties = next(row.iterchildren(_TR_PR), None)
        if properties is not None:
            if next(properties.iterchildren(_DEL), None) is not None:
                continue
            heads += next(properties.iterchildren(_HEADER), None) is not None
        at, line = len(fields), list[Cell | None]()
        for raw in _cells(row):
            column, across = len(line), span(raw.properties.get(_SPAN))
            above = fields[at - 1][column] if at and column < len(fields[at - 1]) else None
            if raw.properties.get(_MERGE) == "continue" and above is not None:
                cell = above
                down[cell.row, cell.column] = at - cell.row + 1
            else:
                cell = _cell("".join(raw.pieces).strip(" \t\r\n"), number, at, column, across, unit)
            line += [cell] * across
        fields.append(line)
    if down:
        fields = _stretched(fields, down)
    width = max(map(len, fields), default=0)
    return tuple(tuple(line + [None] * (width - len(line))) for line in fields), heads


def _stretched(fields: list[list[Cell | None]], down: dict[tuple[int, int], int]) -> list[list[Cell | None]]:
    tall = {
        key: cell._replace(down=down[key])
        for line in fields
        for cell in line
        if cell is not None and (key := (cell.row, cell.column)) in down
    }
    return [[cell and tall.get((cell.row, cell.column), cell) for cell in line] for line in fields]


def _cells(row: etree._Element) -> Iterator[_Raw]:
    """One walk over the row: a table has thousands of cells, and lxml is slow at finding and fast at walking.

    A table inside a cell is text of that cell.
    """
    raw: _Raw | None = None
    paragraphs = 0
    nested = False
    for part in row.iter(_TC, _P, _T, _SPAN, _MERGE, _TAB, _BR, _TBL):
        tag = part.tag
        if tag == _TC:
            if nested and part.getparent() is not row:
                continue
            if raw is not None:
                yield raw
            raw, paragraphs, nested = _Raw([], {}), 0, False
        elif raw is None:
            continue
        elif tag == _T:
            raw.pieces.append(part.text or "")
        elif tag == _P:
            if paragraphs:
                raw.pieces.append("\n")
            paragraphs += 1
        elif tag == _TBL:
            nested = True
        elif tag == _BR:
            raw.pieces.append("\n")
        elif tag == _TAB:
            around: Any = part.getparent()
            raw.pieces.append("" if around.tag == _TABS else "\t")
        elif not nested:
            raw.properties[str(tag)] = str(part.get(_VAL, "continue"))
    if raw is not None:
        yield raw


def _cell(text: str, number: int, row: int, column: int, across: int, unit: str) -> Cell:
    """With the indent of «　　其中：», without other spaces around."""
    if not text:
        return Cell(row, column, 1, across, text, None, ())
    spot = Spot("表", number, row + 1, column + 1, 0, len(text))
    figure = plain_number(text, unit, spot)
    tokens: tuple[Token, ...] = ()
    if figure is None:
        tokens = tokens_of(text, spot)
        if len(tokens) == 1 and tokens[0].figure and tokens[0].start == 0 and tokens[0].end == len(text):
            figure = tokens[0].figure
    return Cell(row, column, 1, across, text, figure, tokens)
