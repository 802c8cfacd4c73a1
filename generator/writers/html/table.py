"""A table as HTML: heads that readers are told with every cell, merged cells, columns as wide as in Word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.document.nodes import Cell, Figure, Row, Table
from generator.writers.grid import Slot, slots
from generator.writers.html.inline import Ink, words

_ALIGNS = {"左": "l", "中": "c", "右": "r"}
_CLASSES = {"l": ' class="l"', "c": "", "r": ' class="r"'}
"""Cells stand in the middle unless they say otherwise."""


class Grid(NamedTuple):
    """The look's kind of table and the widths of the columns in millimetres."""

    kind: str
    widths: tuple[float, ...]


def table_html(table: Table, number: int, nth: int, above: str, styles: tuple[str, str], ink: Ink) -> str:
    """`number`: its grid in the stylesheet; `nth`: which table of the document it is; `above`: the lines over the grid;
    `styles`: classes of body and head."""
    caption = f"<caption>\n{above}</caption>\n" if above else ""
    name = words(table.name)
    label = "" if table.title else f' aria-label="{name}"'
    head = "".join(_head_rows(table.head, len(table.columns), styles[1], ink))
    body = "".join(_body_rows(table, ink))
    columns = "".join(f'<col class="k{index}">' for index in range(1, len(table.columns) + 1))
    # A table wider than a phone is moved sideways inside its frame, by keyboard too.
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="表格：{name}（{nth}）">\n'
        f'<table class="g{number} {styles[0]}"{label}>\n{caption}<colgroup>{columns}</colgroup>\n'
        f"{f'<thead>{head}</thead>' if head else ''}\n<tbody>\n{body}</tbody>\n</table>\n</div>\n"
    )


def _head_rows(rows: Sequence[Row], columns: int, style: str, ink: Ink) -> Iterator[str]:
    for row, seen in zip(rows, slots(rows, columns), strict=True):
        yield f'<tr class="{style}">'
        for slot in seen or _every(columns):
            if slot.down:
                group = "colgroup" if slot.across > 1 else "col"
                cell = ink.cell(_cell(row, slot), bold=row.bold)
                tag = "th" if cell else "td"
                scope = f' scope="{group}"' if cell else ""
                yield f"<{tag}{scope}{_span(slot)}{_align(row, slot)}>{cell}</{tag}>"
        yield "</tr>\n"


def _body_rows(table: Table, ink: Ink) -> Iterator[str]:
    plain = _every(len(table.columns))
    aligns = [_ALIGNS.get(column.align, "c") for column in table.columns]
    for row, seen in zip(table.body, slots(table.body, len(plain)), strict=True):
        yield "<tr>"
        for slot in seen or plain:
            if slot.down:
                cell = _cell(row, slot)
                shown = ink.cell(cell, bold=row.bold)
                named = table.head and slot.column == 0 and shown and not isinstance(cell, Figure)
                tag, scope = ("th", ' scope="row"') if named else ("td", "")
                align = _align(row, slot) or _CLASSES[aligns[slot.column]]
                yield f"<{tag}{scope}{_span(slot)}{align}>{shown}</{tag}>"
        yield "</tr>\n"


def _every(columns: int) -> tuple[Slot, ...]:
    return tuple(Slot(column, 1, 1) for column in range(columns))


def _cell(row: Row, slot: Slot) -> Cell:
    return row.cells[slot.column] if slot.column < len(row.cells) else ""


def _span(slot: Slot) -> str:
    down = f' rowspan="{slot.down}"' if slot.down > 1 else ""
    across = f' colspan="{slot.across}"' if slot.across > 1 else ""
    return down + across


def _align(row: Row, slot: Slot) -> str:
    return f' class="{_ALIGNS.get(row.align[slot.column], "c")}"' if slot.column in row.align else ""
