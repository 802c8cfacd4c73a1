"""The nodes of a document.

`Figure` is always a number; an image would be a `Picture`. Styles are named in Chinese and looked up in the pack's
`style.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Union

from generator.number_style import NumberStyle
from generator.quantity import Quantity

# -- inline -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """Words. Never holds a line break or a figure."""

    text: str
    bold: bool = False


@dataclass(slots=True)
class Figure:
    """A printed number: the text shown and the quantity it shows. The unit's name stands in the next run."""

    text: str
    quantity: Quantity
    bold: bool = False


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A new line inside a paragraph or cell."""


Inline = Union[Run, Figure, LineBreak]
Inlines = tuple[Inline, ...]

# -- blocks -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` is the outline level 1–9; `number` the printed number with its mark («一、», «第一部分 »), given by the
    program.

    `anchor` is unique in the document: the heading's bookmark in Word («_Toc…»), to which 目录 points. `in_contents`:
    stands in 目录.
    """

    level: int
    number: str
    content: Inlines
    style: str
    anchor: str
    in_contents: bool = True
    page_break_before: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    content: Inlines
    style: str = "正文"


Cell = Union[str, Figure, Inlines]
"""What stands in one table cell: plain words, one figure, or several runs."""


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in millimetres; `align` 左 / 中 / 右."""

    width: float
    align: str = "中"


@dataclass(frozen=True, slots=True)
class Row:
    """One row on the table's grid: one cell per column; cells covered by a span hold "" and are not looked at.

    `spans` maps a column to (rows, columns) for a cell that covers more than itself; `align` overrides columns.
    """

    cells: tuple[Cell, ...]
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    bold: bool = False
    align: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Squeeze:
    """How far a table gives way to stay on one page: `margin`, twips left above and below the words of a cell, and by
    how many half-points its letters are `smaller`."""

    margin: int
    smaller: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its lines above and below.

    `title` stands centred above unless a heading already names the table ("" then); `number` («公开01表») right above;
    `left_note` and `unit` on the line over the grid («编制单位：…», «单位：万元»); `notes` below. In a note a tab parts
    what stands at the left from what stands at the right, two tabs what stands in the middle. `head` rows repeat on
    every page. `style`: 附表 (small type, no first-line indent) or 表单.
    """

    name: str
    columns: tuple[Column, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    title: Inlines = ()
    number: str = ""
    left_note: Inlines = ()
    unit: str = ""
    notes: tuple[Inlines, ...] = ()
    style: str = "附表"
    one_page: bool = False
    """Wanted on one page; `squeeze` says what that takes."""
    squeeze: Squeeze | None = None


_PLAIN_NUMBERS = NumberStyle(zero="")


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """`labels`: the words at each point, as the text prints the same figure; () = as the number format prints the
    value, in a pie the share that Word works out."""

    name: str
    values: tuple[Quantity, ...]
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """`kind` 柱形 / 饼形 / 条形 / 折线. `values` of the series are quantities in their base unit; `money_unit` scales
    them, `style` prints them.

    `caption` stands under the chart with its number («图1：…»); `empty`: the words printed instead when all values
    print 0. `alt` describes the chart with its numbers for readers who cannot see it.
    """

    name: str
    kind: str
    categories: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    caption: Inlines
    money_unit: str = "万元"
    style: NumberStyle = _PLAIN_NUMBERS
    empty: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """Where 目录 stands; its entries are the document's headings with `in_contents`."""

    title: str = "目录"


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


@dataclass(frozen=True, slots=True)
class SectionStart:
    """What follows begins on a new page: orientation 纵 / 横, with or without page numbers."""

    landscape: bool = False
    page_numbers: bool = True


Block = Union[Heading, Paragraph, Table, Chart, Contents, PageBreak, SectionStart]


@dataclass(frozen=True, slots=True)
class Meta:
    """What the file's properties and facts part say of the document."""

    title: str
    author: str = ""
    subject: str = ""
    keywords: str = ""
    pack: str = ""
    pack_version: str = ""
    input_hash: str = ""
    created: str = ""
    file_name: str = ""
    year: str = ""
    """The fiscal year, «2020»; "" when the form has none."""


@dataclass(frozen=True, slots=True)
class Document:
    """`filled`: what the look's cover, headers and footers say of this unit, by the expression that asks for it; None
    for a document that takes no cover (更正对照表)."""

    meta: Meta
    blocks: tuple[Block, ...]
    filled: Mapping[str, str] | None = None

    @property
    def has_contents(self) -> bool:
        """Whether there is a 目录, so that page numbers are needed."""
        return any(isinstance(block, Contents) for block in self.blocks)
