"""The cells of one sheet as text, exactly as a person would have typed what the cell shows, and their addresses.

It knows what Excel, WPS and LibreOffice store; it knows nothing of forms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.border.refused import RefusedError

_MOST_MERGED = 4_000_000


@dataclass(frozen=True, slots=True)
class Calculated:
    """A cell with a formula, or with an error value. `fault` is the code of the catalogue that says why `text` is not a
    value: I034 for #DIV/0! and its like, X010 for a formula that was never calculated (`text` is then the formula)."""

    text: str
    fault: str = ""


Value = str | Calculated


@dataclass(slots=True)
class CellGrid:
    """What a sheet holds: `rows` (number, column → value), both from 1; empty cells are left out.

    `merged`: (first row, first column, last row, last column). Only the first cell of a merged range has a value;
    `covered` leads to its row from the cells below it that are merged with it in one column.
    """

    rows: dict[int, dict[int, Value]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    covered: dict[tuple[int, int], int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def value(self, row: int, column: int) -> Value | None:
        return self.rows.get(row, {}).get(column)

    def text(self, row: int, column: int) -> str:
        value = self.value(row, column)
        return value.text if isinstance(value, Calculated) else value or ""

    def between(self, first: int, last: int) -> CellGrid:
        """The same sheet as if it had these rows only."""
        rows = {row: cells for row, cells in self.rows.items() if first <= row <= last}
        return CellGrid(rows, self.merged, self.covered, self.hidden_rows, self.hidden_columns)

    def drop_covered(self) -> None:
        """Values that stay behind in the covered cells of a merged range are seen by nobody: they go."""
        visited = 0
        for first_row, first_column, last_row, last_column in self.merged:
            area: Sequence[int] = range(first_row, last_row + 1)
            if last_row - first_row > len(self.rows):
                area = [row for row in self.rows if first_row <= row <= last_row]
                visited += len(self.rows)
            visited += len(area)
            if visited > _MOST_MERGED:
                raise RefusedError(
                    "X007", what="合并单元格盖住的行", found=f"{visited:,} 行以上", most=f"{_MOST_MERGED:,} 行"
                )
            for row in area:
                cells = self.rows.get(row)
                if cells is None:
                    continue
                for column in [c for c in cells if first_column <= c <= last_column]:
                    if (row, column) != (first_row, first_column):
                        del cells[column]
                if first_column == last_column and row != first_row:
                    self.covered[row, first_column] = first_row

    def column_is_hidden(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self.hidden_columns)


def column_number(letters: str) -> int:
    """A → 1, AB → 28; beyond what a sheet can have → 0."""
    number = 0
    if len(letters) > 3:
        return 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            return 0
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
