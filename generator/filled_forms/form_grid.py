"""The cells of a page where labels and values stand side by side: each with its reach, its neighbours, and the labels
over it and to its left."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from generator.filled_forms.form_words import label_of
from generator.official_tables.sheet_blocks import Page
from generator.place import Place
from generator.xlsx.cells import Calculated

_MOST_COLUMNS = 120
_LABEL = re.compile(
    r"(?:[^\d]{0,8})(?:负责人|联系人|联系电话|电话|手机|传真|邮编|地址|联系方式|经办人|分管领导|类别|属性|类型|编码|代码|级次|周期|期限"
    r"|填报日期|填报时间|起止时间|起止年限|资金来源)"
)
"""Labels that no pack asks for; what stands to the right of a label and is itself one of these is not its value."""


@dataclass(frozen=True)
class FormCell:
    """A filled cell and how far it reaches. `fault`: a code of the catalogue, or ""."""

    text: str
    fault: str
    row: int
    column: int
    last_row: int
    last_column: int
    place: Place

    @cached_property
    def label(self) -> str:
        return label_of(self.text)


class FormGrid:
    """`rows`: the numbers of rows in which anything begins, `last_column`: the rightmost column of the page."""

    def __init__(self, page: Page) -> None:
        self.pages = [page]
        self.cells: dict[tuple[int, int], FormCell] = {}
        self.merged = list(page.grid.merged)
        self.asked: dict[tuple[str, int, int], str] = {}
        """What labels were found to mean (`form_heads.field_of`)."""
        reach = {(area[0], area[1]): area for area in page.grid.merged}
        for row, values in page.grid.rows.items():
            for column, value in values.items():
                text, fault = (value.text, value.fault) if isinstance(value, Calculated) else (value, "")
                if column > _MOST_COLUMNS or not text.strip():
                    continue
                _, _, last_row, last_column = reach.get((row, column), (row, column, row, column))
                place = page.place(row, column)
                self.cells[row, column] = FormCell(text.strip(), fault, row, column, last_row, last_column, place)
        self._arrange()

    @property
    def page(self) -> Page:
        """The first, where it goes on over several."""
        return self.pages[0]

    def _arrange(self) -> None:
        self.rows = sorted({row for row, _ in self.cells})
        self.last_column = max((cell.column for cell in self.cells.values()), default=0)
        self._by_row: dict[int, list[FormCell]] = {}
        for cell in sorted(self.cells.values(), key=lambda one: one.column):
            self._by_row.setdefault(cell.row, []).append(cell)
        self._tall = [cell for cell in self.cells.values() if cell.last_row > cell.row]

    def extend(self, other: FormGrid, columns: Sequence[int], first: int) -> None:
        """Put another page's table below, its columns from the first on at `columns`; its cells keep their places.

        `first`: its first row behind a repeated head. A merged cell that is empty there goes on from the page before.
        """
        down = max(cell.last_row for cell in self.cells.values())
        at = dict(enumerate(columns, 1))
        for (row, column), cell in other.cells.items():
            if row > 0 and column in at:
                last = at.get(cell.last_column, columns[-1])
                self.cells[row + down, at[column]] = replace(
                    cell, row=row + down, last_row=cell.last_row + down, column=at[column], last_column=last
                )
        for a, b, c, d in other.merged:
            if b in at and (a > first or (a, b) in other.cells):
                self.merged.append((a + down, at[b], c + down, at.get(d, columns[-1])))
        self.pages.append(other.page)
        self._arrange()

    def beginning_in(self, row: int) -> list[FormCell]:
        """The cells that begin in the row, from the left."""
        return self._by_row.get(row, [])

    def covering(self, row: int) -> list[FormCell]:
        """The cells that stand in the row, those that reach down into it included."""
        down = [cell for cell in self._tall if cell.row < row <= cell.last_row]
        return sorted([*self.beginning_in(row), *down], key=lambda one: one.column)

    def right_of(self, cell: FormCell, is_label: Callable[[FormCell], bool]) -> FormCell | None:
        """The value beside a label; None where the next cell is another label, or there is none."""
        beside = next((one for one in self.beginning_in(cell.row) if one.column > cell.last_column), None)
        return None if beside is None or is_label(beside) or _LABEL.fullmatch(beside.label) else beside

    def below(self, cell: FormCell, is_label: Callable[[FormCell], bool]) -> FormCell | None:
        """The value under a label. A label whose merge was lost reaches as far as the next cell of its row."""
        after = next((one.column - 1 for one in self.beginning_in(cell.row) if one.column > cell.column), _MOST_COLUMNS)
        last = cell.last_column if cell.last_column > cell.column else max(after, cell.column)
        under = self.beginning_in(cell.last_row + 1)
        found = next((one for one in under if cell.column <= one.column <= last), None)
        return None if found is None or is_label(found) else found

    def path_to(self, cell: FormCell, first: int) -> tuple[str, ...]:
        """The labels over a cell, from row `first` on, those to its left, and its own last."""
        above = [
            one
            for row in self.rows
            if first <= row < cell.row
            for one in self.beginning_in(row)
            if one.column <= cell.column <= one.last_column
        ]
        left = [one for one in self.covering(cell.row) if one.column < cell.column]
        return *(one.label for one in (*above, *left)), cell.label

    def in_column(self, row: int, first: int, last: int) -> FormCell | None:
        """The cell that begins in the row under a column label reaching from `first` to `last`."""
        return next((one for one in self.beginning_in(row) if first <= one.column <= last), None)

    def reaching_into(self, row: int, first: int, last: int) -> FormCell | None:
        """The same, one that reaches down from a row above included."""
        return next((one for one in self.covering(row) if first <= one.column <= last), None)

    def is_merged(self, row: int, first: int, last: int) -> bool:
        """Whether the column's cell in the row belongs to cells merged from above."""
        return any(a < row <= c and b <= last and first <= d for a, b, c, d in self.merged)

    def between(self, first: int, last: int) -> Iterator[int]:
        return (row for row in self.rows if first <= row <= last)


Spans = Mapping[str, tuple[int, int]]
"""Field → the first and last column of its label."""
