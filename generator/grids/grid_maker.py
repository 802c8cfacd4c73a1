"""Cells of a table that is no sheet, put on a grid: with what they span, and the lines above the table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from generator.xlsx.cells import CellGrid

_MOST_LINES, _LONGEST_LINE, _LONGEST_NOTE = 10, 80, 200
_MOST_SPANNED = 1000
"""Rows or columns of one cell; what says more is no table of people."""
_SEAM = re.compile(r"(?<=[^\x00-\x7f])\s*\n\s*|\s*\n\s*(?=[^\x00-\x7f])")


def cell_text(text: str) -> str:
    """Lines of a cell run on where the writing is Chinese; two numbers below each other stay two."""
    return " ".join(_SEAM.sub("", text.replace("\xa0", " ").strip()).split())


_NOTE = re.compile(r"(?:\d[.、])?[(（]?(?:注|说明|备注|本表)")
_MOST_NOTES, _WRAPPED = 6, 20


def note_below(grid: CellGrid, lines: Iterable[str]) -> None:
    """Notes directly below a table («说明：…，故本表无数据。») belong to it; a sentence may go on in the next line."""
    notes: list[str] = []
    for line in (text for one in lines if (text := cell_text(one))):
        wraps = bool(notes) and len(notes[-1]) >= _WRAPPED and not notes[-1].endswith(("。", "”"))
        if wraps and not _NOTE.match(line):
            notes[-1] += line
        elif _NOTE.match(line) and len(notes) < _MOST_NOTES:
            notes.append(line)
        else:
            break
    last = max(grid.rows, default=0)
    grid.rows.update({last + at: {1: note[:_LONGEST_NOTE]} for at, note in enumerate(notes, 1)})


class GridMaker:
    def __init__(self) -> None:
        self.grid = CellGrid()
        self.taken: set[tuple[int, int]] = set()

    def put(self, row: int, column: int, text: str, down: int = 1, across: int = 1) -> None:
        """Row and column from 1."""
        down, across = min(down, _MOST_SPANNED), min(across, _MOST_SPANNED)
        shown = cell_text(text)
        if shown:
            self.grid.rows.setdefault(row, {})[column] = shown
        if down > 1 or across > 1:
            self.grid.merged.append((row, column, row + down - 1, column + across - 1))

    def next_free(self, row: int, column: int) -> int:
        """The first column from here on that no cell from above reaches into."""
        while (row, column) in self.taken:
            column += 1
        return column

    def take(self, row: int, column: int, down: int, across: int) -> None:
        for r in range(row, row + min(down, _MOST_SPANNED)):
            for c in range(column, column + min(across, _MOST_SPANNED)):
                self.taken.add((r, c))

    def done(self, lines_above: Sequence[str]) -> CellGrid:
        """With the nearest lines above the table, the last of them in row 0; sentences are no titles."""
        lines = [line for one in lines_above if (line := cell_text(one)) and len(line) <= _LONGEST_LINE]
        for at, line in enumerate(reversed(lines[-_MOST_LINES:])):
            self.grid.rows[-at] = {1: line}
        return self.grid
