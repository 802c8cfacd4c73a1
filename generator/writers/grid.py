"""Which cells of a table are seen, and over how many rows and columns: spans settled for every writer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.document.nodes import Row


class Slot(NamedTuple):
    """A place on the grid; `down` 0 means covered by the cell above."""

    column: int
    down: int
    across: int


def slots(rows: Sequence[Row], columns: int) -> Iterator[tuple[Slot, ...] | None]:
    """Per row its slots from left to right; None for a row without spans, which nothing from above covers.

    A span that reaches past the last row or column ends there.
    """
    covered: dict[int, tuple[int, int]] = {}
    for left, row in zip(range(len(rows), 0, -1), rows, strict=True):
        if not row.spans and not covered:
            yield None
            continue
        found, column = [], 0
        while column < columns:
            if column in covered:
                down, across = covered.pop(column)
                if down > 1:
                    covered[column] = (down - 1, across)
                found.append(Slot(column, 0, across))
            else:
                down, across = row.spans.get(column, (1, 1))
                down, across = max(1, min(down, left)), max(1, min(across, columns - column))
                across = next((n for n in range(1, across) if column + n in covered), across)
                if down > 1:
                    covered[column] = (down - 1, across)
                found.append(Slot(column, down, across))
            column += across
        yield tuple(found)
