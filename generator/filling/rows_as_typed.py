"""The rows of a table as people type them: without those that hold nothing, and with what a blank cell repeats."""

from __future__ import annotations

from generator.filling.nothing_said import holds_text, is_mark, row_is_none
from generator.form.fields import NUMBER_KINDS, Field, RowsSpec
from generator.form.sources import Cell, Section
from generator.form.value_reading import Reading, half_width

Numbered = list[tuple[int, Section]]
"""Each row with its number as typed."""


def is_ghost(row: Section, spec: RowsSpec) -> bool:
    """A row of spaces, dashes and dragged-down 0. Where every column is a number, 0 is what the office has to say."""
    return row_is_none(row.entries.values(), zeros=any(not _is_number(one) for one in spec.columns.values()))


def rows_with_content(rows: Numbered, spec: RowsSpec, reading: Reading) -> Numbered:
    """The rows that say something. I071 names those that held 0 or «无»."""
    kept = [(number, row) for number, row in rows if not is_ghost(row, spec)]
    if len(kept) < len(rows):
        zeros = [row.place for _, row in rows if is_ghost(row, spec) and holds_text(row.entries.values())]
        if zeros:
            reading.report("I071", *zeros, label=spec.label, count=len(zeros))
    return kept


def repeated_above(rows: Numbered, spec: RowsSpec, reading: Reading) -> Numbered:
    """Blank cells of columns that repeat (承上) hold what stands above, while the columns before say the same. X023."""
    columns = [one for one in spec.columns.values() if isinstance(one, Field) and one.fills_down]
    if not columns:
        return rows
    above: dict[str, Cell] = {}
    filled: dict[str, list[Cell]] = {}
    result: Numbered = []
    for number, row in rows:
        entries = dict(row.entries)
        for rank, one in enumerate(columns):
            cell = entries.get(one.name, Cell(None, row.place))
            if not isinstance(cell, Cell):
                continue
            if not is_mark(cell.text or ""):
                if _closed(cell) != _closed(above.get(one.name)):
                    for below in columns[rank:]:
                        above.pop(below.name, None)
                above[one.name] = cell
            elif one.name in above:
                entries[one.name] = Cell(above[one.name].text, cell.place)
                filled.setdefault(one.label, []).append(Cell(above[one.name].text, cell.place))
        result.append((number, Section(entries, row.place)))
    for label, cells in filled.items():
        words = "”、“".join(dict.fromkeys(half_width(cell.text or "") for cell in cells))
        reading.report("X023", *(cell.place for cell in cells), header=label, count=len(cells), key=words)
    return result


def _is_number(column: object) -> bool:
    return isinstance(column, Field) and column.kind in NUMBER_KINDS


def _closed(cell: Cell | None) -> str:
    return half_width(cell.text or "").replace(" ", "") if cell is not None else ""
