"""A table as one string.

Plain rows go through a loop over strings prepared per column: half of a report's characters stand in them, and
nothing may be built per cell but its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from generator.document.nodes import Block, Cell, Column, Figure, Row, Table
from generator.word.look import ALIGNMENTS, Look, Style, squeezed_name, twips
from generator.word.marks import MarkedTable
from generator.word.xml import ROW_NEEDS_CARE, run
from generator.writers.docx.inline import BOLD, Ink, plain
from generator.writers.grid import Slot, slots

_CELL_END = "</w:p></w:tc>"
_HEAD_ROW = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
_BODY_ROW = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"


def column_widths(columns: Sequence[Column], available: int) -> list[int]:
    """In twips; a table wider than the text is scaled down to it."""
    wanted = [twips(column.width) for column in columns]
    total = sum(wanted)
    if total <= available:
        return wanted
    edges = [round(edge * available / total) for edge in accumulate(wanted, initial=0)]
    return [right - left for left, right in pairwise(edges)]


def table_kind(table: Table) -> str:
    """Which of the look's kinds of tables this one is."""
    squeeze = table.squeeze
    return table.style if squeeze is None else squeezed_name(table.style, squeeze.margin, squeeze.smaller)


def squeezed_look(blocks: Iterable[Block], look: Look) -> Look:
    """The look with the kinds that tables need which give way to stay on one page."""
    tables = (block for block in blocks if isinstance(block, Table))
    return look.squeezed((t.style, t.squeeze.margin, t.squeeze.smaller) for t in tables if t.squeeze is not None)


class WordGrid:
    """Writes the `w:tbl` of one table. Cells of the head stand as their style says; columns align the body."""

    __slots__ = ("aligns", "ink", "look", "styles", "texts", "widths")

    def __init__(self, look: Look, style: str, columns: Sequence[Column], widths: list[int], ink: Ink) -> None:
        table = look.table(style)
        self.look, self.widths, self.ink = table, widths, ink
        self.styles = (look.style(table.head), look.style(table.text))
        self.aligns = [ALIGNMENTS.get(column.align, "center") for column in columns]
        self.texts: list[str] = []

    def write(self, name: str, head: Sequence[Row], body: Sequence[Row]) -> str:
        look = self.look
        border = f'w:val="single" w:sz="{look.border}" w:space="0" w:color="000000"/>'
        lines = "".join(f"<w:{edge} {border}" for edge in ("top", "left", "bottom", "right", "insideH", "insideV"))
        x, y = look.margin_x, look.margin_y
        out = [
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{look.identifier}"/>'
            f'<w:tblW w:w="{sum(self.widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{lines}</w:tblBorders>'
            f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="{y}" w:type="dxa"/>'
            f'<w:left w:w="{x}" w:type="dxa"/><w:bottom w:w="{y}" w:type="dxa"/><w:right w:w="{x}" w:type="dxa"/>'
            '</w:tblCellMar><w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
            'w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>',
            *(f'<w:gridCol w:w="{width}"/>' for width in self.widths),
            "</w:tblGrid>",
        ]
        marks = self.ink.marks
        mark = ""
        if marks is not None:
            mark = self.ink.marked(marks.block(f"t{len(marks.tables) + 1}"), "")
        self._rows(out, head, is_head=True, mark=mark)
        self._rows(out, body, is_head=False, mark="" if head else mark)
        out.append("</w:tbl>")
        if marks is not None:
            marks.tables.append(MarkedTable(name, tuple(self.texts)))
            self.ink.memory.clear()
        return "".join(out)

    def _rows(self, out: list[str], rows: Sequence[Row], *, is_head: bool, mark: str) -> None:
        style = self.styles[0 if is_head else 1]
        aligns = [style.align] * len(self.widths) if is_head else self.aligns
        opening = _HEAD_ROW if is_head else _BODY_ROW
        colour = self.look.shade if is_head else ""
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>' if colour else ""
        openings = [
            self._opening(width, style.identifier, "" if align == style.align else align, shade)
            for width, align in zip(self.widths, aligns, strict=True)
        ]
        for row, spanned in zip(rows, slots(rows, len(self.widths)), strict=True):
            out.append(opening)
            careful = spanned or row.bold or row.align or mark
            if careful or not self._plain_row(out, row.cells, openings):
                seen = spanned or tuple(Slot(column, 1, 1) for column in range(len(self.widths)))
                self._careful_row(out, row, seen, (style, aligns, shade), mark)
                mark = ""
            out.append("</w:tr>")

    def _plain_row(self, out: list[str], cells: Sequence[Cell], openings: list[str]) -> bool:
        """A row of words and figures that need no escaping: the loop that decides the speed of the whole.

        False, and nothing written, when some cell needs more.
        """
        texts = []
        for cell in cells:
            if type(cell) is Figure:
                if cell.bold:
                    return False
                texts.append(cell.text)
            elif type(cell) is tuple:
                return False
            else:
                texts.append(cell)  # type: ignore[arg-type]
        joined = "\t".join(texts)
        if ROW_NEEDS_CARE.search(joined) or joined.count("\t") != len(openings) - 1:
            return False
        ink = self.ink
        marks, identifier, append = ink.marks, ink.identifier, out.append
        if marks is None:
            for text, opening in zip(texts, openings, strict=True):
                append(f"{opening}<w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" if text else opening + _CELL_END)
            return True
        counts, number_of = marks.counts, marks.number
        for cell, text, opening in zip(cells, texts, openings, strict=True):
            if type(cell) is Figure:
                number = number_of(cell.quantity)
                counts[number] = count = counts[number] + 1
                identifier += 1
                append(
                    f'{opening}<w:bookmarkStart w:id="{identifier}" w:name="_f{number}_{count}"/><w:r><w:t>{text}</w:t>'
                    f'</w:r><w:bookmarkEnd w:id="{identifier}"/></w:p></w:tc>'
                )
            elif text:
                append(f"{opening}<w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
            else:
                append(opening + _CELL_END)
        ink.identifier = identifier
        self.texts.append(joined)
        return True

    def _careful_row(
        self, out: list[str], row: Row, seen: tuple[Slot, ...], look: tuple[Style, list[str], str], mark: str
    ) -> None:
        style, aligns, shade = look
        texts = []
        for column, down, across in seen:
            align = ALIGNMENTS.get(row.align[column], "center") if column in row.align else aligns[column]
            cell = row.cells[column] if down and column < len(row.cells) else ""
            merge = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
            if down != 1:
                merge += '<w:vMerge w:val="restart"/>' if down else "<w:vMerge/>"
            width = sum(self.widths[column : column + across])
            opening = self._opening(width, style.identifier, "" if align == style.align else align, merge + shade)
            out.append(f"{opening}{mark}{self._cell(cell, row.bold)}{_CELL_END}")
            mark = ""
            texts += [_text(cell), *[""] * (across - 1)]
        self.texts.append("\t".join(texts))

    def _cell(self, cell: Cell, bold: bool) -> str:
        if isinstance(cell, Figure):
            return self.ink.figure(cell, bold=bold)
        if isinstance(cell, tuple):
            return self.ink.runs(cell, bold=bold)
        return run(str(cell), BOLD if bold else "") if cell else ""

    def _opening(self, width: int, style: str, jc: str, merge: str) -> str:
        align = f'<w:jc w:val="{jc}"/>' if jc else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>'
            f'<w:pStyle w:val="{style}"/>{align}</w:pPr>'
        )


def _text(cell: Cell) -> str:
    if isinstance(cell, Figure):
        return cell.text
    return plain(cell) if isinstance(cell, tuple) else str(cell)
