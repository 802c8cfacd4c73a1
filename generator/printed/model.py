"""What a reader sees of a document: paragraphs, tables, charts, and the numbers printed in them.

No file format is known here; a reader of another format (PDF text, a web page) makes the same values.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Spot(NamedTuple):
    """Where something is printed. `part` is 段, 表, 图 or 图表数据; numbers count from 1, characters from 0.

    段: `start`, `end` in the paragraph's text. 表: `row`, `column`, and characters in the cell. 图: `row` is the
    category, `column` the series.
    """

    part: str
    number: int
    row: int = 0
    column: int = 0
    start: int = 0
    end: int = 0


class PrintedFigure(NamedTuple):
    """One number as printed. `value` in `unit`; `step` is one unit of its last printed digit.

    `wide` is the step that the digits show, where `step` is the document's usual one: «30» among figures with two
    decimals means 30.00, but its own digits only say 29.5 to 30.5.
    """

    text: str
    value: Decimal
    step: Decimal
    wide: Decimal
    unit: str
    spot: Spot


class Token(NamedTuple):
    """A piece of text that is no plain word. `kind`: one letter, see `figures.py`."""

    kind: str
    start: int
    end: int
    figure: PrintedFigure | None = None


class Paragraph(NamedTuple):
    """`number` counts the document's paragraphs outside tables; `path`: the headings above, from the top."""

    number: int
    text: str
    tokens: tuple[Token, ...]
    path: tuple[str, ...]
    heading: bool = False

    @property
    def figures(self) -> tuple[PrintedFigure, ...]:
        return tuple(token.figure for token in self.tokens if token.figure)


class Cell(NamedTuple):
    """`row`, `column` of its first field (from 0), how many it covers. `figure`: the number, if it holds just one."""

    row: int
    column: int
    down: int
    across: int
    text: str
    figure: PrintedFigure | None
    tokens: tuple[Token, ...]


class Table(NamedTuple):
    """`grid[row][column]` is the cell that covers this field, None where the row is shorter. `heads`: header rows that
    the file itself marks. `notes`: the lines below it."""

    number: int
    title: str
    unit: str
    grid: tuple[tuple[Cell | None, ...], ...]
    heads: int
    path: tuple[str, ...]
    notes: tuple[str, ...]


class Point(NamedTuple):
    """One number of a chart: what is cached (and drawn), what the embedded workbook holds, the label's own text."""

    category: str
    cached: PrintedFigure | None
    stored: Decimal | None
    label: str


class Series(NamedTuple):
    name: str
    points: tuple[Point, ...]


class Chart(NamedTuple):
    """`kind`: 饼形, 柱形, 条形, 折线. `percent`: the format of percentages that are drawn beside the slices, or ""."""

    number: int
    kind: str
    caption: str
    series: tuple[Series, ...]
    percent: str
    has_workbook: bool
    path: tuple[str, ...]


class ReadDocument(NamedTuple):
    """`blocks`: everything in reading order."""

    blocks: tuple[Paragraph | Table | Chart, ...]

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def charts(self) -> tuple[Chart, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Chart))
