"""What a table's YAML says, cell by cell and row by row, once it has been read."""

from __future__ import annotations

from dataclasses import dataclass

from generator.place import Place


@dataclass(frozen=True, slots=True)
class CellSpec:
    source: object
    columns: int = 1
    rows: int = 1
    align: str = ""
    bold: bool = False
    merge: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class RowSpec:
    cells: tuple[CellSpec, ...]
    head: bool
    plain: bool
    """No spans, merges, alignments or repeated cells: the values are the row."""
    place: Place


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    width: float
    align: str
    repeated: bool
