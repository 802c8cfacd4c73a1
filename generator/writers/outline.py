"""The document as readable text with its figures: what goldens hold and people compare."""

from __future__ import annotations

from collections.abc import Sequence

from generator.document.nodes import (
    Cell,
    Chart,
    Contents,
    Document,
    Figure,
    Heading,
    Inlines,
    Paragraph,
    Row,
    Run,
    Table,
)
from generator.word import outline_lines as lines
from generator.word.xml import printable
from generator.writers.chart_values import shown
from generator.writers.grid import Slot, slots
from generator.writers.sections import Content, sections, unknown


def write_outline(document: Document) -> str:
    """One line per heading, paragraph, table row and chart series; ends with a line end."""
    out: list[str] = []
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    for section in sections(document.blocks):
        out.append(lines.section(section.landscape, section.page_numbers))
        for placed in section.blocks:
            if placed.new_page:
                out.append(lines.NEW_PAGE)
            out += _block(placed.block, headings)
    return "\n".join(out) + "\n"


def _block(block: Content, headings: Sequence[Heading]) -> list[str]:
    if isinstance(block, Heading):
        return [lines.heading(block.level, block.style, _inline((Run(block.number), *block.content)))]
    if isinstance(block, Paragraph):
        return [lines.paragraph(block.style, _inline(block.content))]
    if isinstance(block, Contents):
        return lines.contents(printable(block.title), (_entry(one) for one in headings if one.in_contents))
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Chart):
        return _chart(block)
    unknown(block)


def _entry(heading: Heading) -> str:
    words = (item.text for item in heading.content if isinstance(item, Run | Figure))
    return printable(heading.number + "".join(words)).strip()


def _table(table: Table) -> list[str]:
    above = []
    if table.title:
        above.append(("表题", _inline(table.title)))
    if table.number:
        above.append(("表号", _inline((Run(table.number),))))
    if table.left_note or table.unit:
        unit = (Run(f"\t{table.unit}"),) if table.unit else ()
        above.append(("表左注", _inline((*table.left_note, *unit))))
    columns = len(table.columns)
    return [
        *lines.table(table.name, above, _rows(table.head, columns), _rows(table.body, columns), columns),
        *(lines.beside("表注", _inline(note)) for note in table.notes),
    ]


def _rows(rows: Sequence[Row], columns: int) -> list[str]:
    plain = tuple(Slot(column, 1, 1) for column in range(columns))
    return [
        lines.row(
            (_cell(row.cells[slot.column], row.bold) if slot.column < len(row.cells) else "", slot.down, slot.across)
            for slot in seen or plain
        )
        for row, seen in zip(rows, slots(rows, columns), strict=True)
    ]


def _cell(cell: Cell, bold: bool) -> str:
    content = cell if isinstance(cell, tuple) else (cell if isinstance(cell, Figure) else Run(str(cell)),)
    return _inline(content, bold=bold)


def _chart(chart: Chart) -> list[str]:
    data = shown(chart)
    if data.series:
        series = ((one.name, one.printed, one.labels) for one in data.series)
        words = lines.chart(chart.kind, chart.name, data.categories, series)
    else:
        words = lines.empty_chart(chart.kind, chart.name, printable(chart.empty))
    return words + ([lines.beside("图题", _inline(chart.caption))] if chart.caption else [])


def _inline(content: Inlines, *, bold: bool = False) -> str:
    pieces = []
    for item in content:
        if isinstance(item, Figure):
            pieces.append((lines.figure(_words(item.text), item.quantity.name), bold or item.bold))
        elif isinstance(item, Run):
            pieces.append((_words(item.text), bold or item.bold))
        else:
            # A line break has no weight of its own: it goes with the words before it.
            pieces.append((lines.LINE_BREAK, pieces[-1][1] if pieces else False))
    return lines.inline(pieces)


def _words(text: str) -> str:
    return printable(text).replace("\n", lines.LINE_BREAK)
