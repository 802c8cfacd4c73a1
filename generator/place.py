"""Where something stands in what a person wrote: a YAML line, a workbook cell, a template line."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"(.*?) ?第(\d+)行")
_UNNAMED = re.compile(r"(.*张表)(第\d+行第\d+列)")
"""A cell of a table in Word, PDF or a page of the web, which has neither a name nor letters."""


@dataclass(frozen=True, slots=True)
class Place:
    """One spot in one file. `file` is relative to the input or pack folder, never an absolute path.

    YAML and templates use `line` (1-based), workbooks `sheet` and `cell` ("C17"); of a table in Word or PDF these are
    «第12页第1张表» and «第10行第4列».
    """

    file: str = ""
    line: int = 0
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        if self.cell or self.sheet:
            mark = "" if self.cell.startswith("第") else "!"
            spot = f"{self.sheet}{mark}{self.cell}" if self.cell else self.sheet
            return f"{self.file} · {spot}" if self.file else spot
        if self.line:
            return f"{self.file} 第{self.line}行" if self.file else f"第{self.line}行"
        return self.file

    def __bool__(self) -> bool:
        return bool(self.file or self.line or self.sheet or self.cell)

    def row_first(self) -> tuple[int, int, str]:
        """For sorting the cells of a sheet: B10 → row 10, then a column of one letter, then B."""
        column = self.cell.rstrip("0123456789")
        return int(self.cell[len(column) :] or 0), len(column), column

    def as_data(self) -> dict[str, object]:
        """For programs; what does not apply is left out."""
        words = (("file", self.file), ("line", self.line), ("sheet", self.sheet), ("cell", self.cell))
        return {key: value for key, value in words if value}

    @classmethod
    def read(cls, text: str) -> Place:
        """The place that prints as `text`."""
        file, dot, spot = text.rpartition(" · ")
        if dot:
            unnamed = _UNNAMED.fullmatch(spot)
            sheet, cell = unnamed.groups() if unnamed else spot.rpartition("!")[::2]
            return cls(file, sheet=sheet or spot, cell=cell if sheet else "")
        match = _LINE.fullmatch(text)
        return cls(match[1], int(match[2])) if match else cls(text)


NOWHERE = Place()


class Located(str):
    """A word of a pack's YAML file that knows its line, so that a mistake in it can be reported with its place."""

    __slots__ = ("place",)
    place: Place

    def __new__(cls, value: str, place: Place = NOWHERE) -> Located:
        located = super().__new__(cls, value)
        located.place = place
        return located


def place_of(value: object) -> Place:
    """The place that a value carries, or NOWHERE."""
    place = getattr(value, "place", NOWHERE)
    return place if isinstance(place, Place) else NOWHERE
