"""Tables of two versions as one, with tracked changes: rows that come and go, cells that say something else.

Word tracks rows, not columns: tables with other columns are struck out and added as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.redlining.block_sequence import row_of, settled
from generator.redlining.redline_words import Words
from generator.redlining.tracked_changes import Pen
from generator.word_file.align import Pair, Shape, align_blocks, without_digits
from generator.word_file.blocks import Block, CellRead, RowRead, rows_of
from generator.word_file.paragraph import Element, runs, w


@dataclass(frozen=True, slots=True)
class ChangedTable:
    """How many cells say something else, how many rows came or went."""

    cells: int
    rows: int


def same_columns(old: Block, new: Block) -> bool:
    """Whether one table can become the other cell by cell; True for paragraphs."""
    if old.kind != "t" or new.kind != "t":
        return True
    path = f"{w('tblGrid')}/{w('gridCol')}"
    return len(old.element.findall(path)) == len(new.element.findall(path))


def redline_table(words: Words, old: Block, new: Block) -> ChangedTable:
    """Track, in the table `new`, what stood in `old`, which has as many columns."""
    table, pen = new.element, words.pen
    left, right = old.rows(), new.rows()
    aligned = _in_order(align_blocks(_row_shapes(left), _row_shapes(right)), left, right)
    anchor = next((child for child in table if child.tag == w("tr")), None)
    rows: list[Element] = []
    struck: list[Element] = []
    cells = 0
    for i, j in aligned:
        if i is not None and j is not None:
            for before, after in zip(left[i].cells, right[j].cells, strict=True):
                cells += _cell(words, before, after)
            rows.append(right[j].element)
        elif i is not None:
            rows.append(pen.old_row(left[i].element))
            struck.append(rows[-1])
        elif j is not None:
            add_row(pen, right[j])
            rows.append(right[j].element)
    lone = sum(i is None or j is None for i, j in aligned)
    if anchor is not None:
        at = table.index(anchor)
        for row in rows:
            if row.getparent() is not None:
                row.getparent().remove(row)
        for row in reversed(rows):
            table.insert(at, row)
        _mend_merges(table, struck)
    return ChangedTable(cells, lone)


def add_row(pen: Pen, row: RowRead) -> None:
    """Mark a row of the new file as added, with its words."""
    pen.row(row.element, "ins")
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            pen.added(list(runs(paragraph)))


def _cell(words: Words, old: CellRead, new: CellRead) -> bool:
    """Whether the cell says something else."""
    if len(old.paragraphs) == len(new.paragraphs) == 1:
        return (old.down or new.down) and words.paragraph(old.paragraphs[0], new.paragraphs[0])
    items = settled(
        row_of(
            [(Block("p", one), words.shape(one, words.old)) for one in old.paragraphs],
            [(Block("p", one), words.shape(one, words.new)) for one in new.paragraphs],
            same_columns,
        )
    )
    inked = [words.item(item) for item in items]
    words.looks(inked)
    words.ends(inked)
    first = new.paragraphs[0]
    around = first.getparent()
    at = around.index(first)
    for paragraph in new.paragraphs:
        paragraph.getparent().remove(paragraph)
    for one in reversed(inked):
        around.insert(at, one.element)
    return any(one.changed or one.item.end for one in inked)


# -- rows -------------------------------------------------------------------------------------------------------------
def _row_shapes(rows: Sequence[RowRead]) -> list[Shape]:
    found = []
    for row in rows:
        text = row.text()
        found.append(Shape("r", f"{_cut(row)}{without_digits(text)}", text, str(_cut(row))))
    return found


def _cut(row: RowRead) -> tuple[tuple[int, int], ...]:
    """How a row is cut into cells; only rows cut alike can be compared cell by cell."""
    return tuple((cell.column, cell.across) for cell in row.cells)


def _comparable(old: RowRead, new: RowRead) -> bool:
    """Cut alike, and no cell lies under another now that did not before: what it said would be hidden when the changes
    are rejected."""
    return _cut(old) == _cut(new) and all(b.down or not a.down for a, b in zip(old.cells, new.cells, strict=True))


def _in_order(aligned: Sequence[Pair], left: Sequence[RowRead], right: Sequence[RowRead]) -> list[Pair]:
    """Between rows that stay, first all that go, then all that come; the other way round where the first that comes
    lies under a merged cell. A lone row in place of a lone row is that row with other words."""
    found: list[Pair] = []
    going: list[int] = []
    coming: list[int] = []

    def close() -> None:
        gone: list[Pair] = [(i, None) for i in going]
        come: list[Pair] = [(None, j) for j in coming]
        if len(going) == len(coming) == 1 and _comparable(left[going[0]], right[coming[0]]):
            found.append((going[0], coming[0]))
        elif coming and not all(cell.down for cell in right[coming[0]].cells):
            found.extend([*come, *gone])
        else:
            found.extend([*gone, *come])
        going.clear()
        coming.clear()

    for i, j in aligned:
        if i is not None and j is not None and _comparable(left[i], right[j]):
            close()
            found.append((i, j))
            continue
        if i is not None:
            going.append(i)
        if j is not None:
            coming.append(j)
    close()
    return found


def _mend_merges(table: Element, struck: Sequence[Element]) -> None:
    """A cell of a struck row that continued one above must still have one above."""
    rows = set(map(id, struck))
    above: dict[tuple[int, int], bool] = {}
    for row in rows_of(table, struck=True):
        here: dict[tuple[int, int], bool] = {}
        for cell in row.cells:
            place = (cell.column, cell.across)
            merge = cell.element.find(f"{w('tcPr')}/{w('vMerge')}")
            if merge is not None and not cell.down and id(row.element) in rows and not above.get(place):
                merge.set(w("val"), "restart")
            here[place] = merge is not None
        above = here
