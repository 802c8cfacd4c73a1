"""One sheet's XML → its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from generator.border.refused import RefusedError
from generator.xlsx.cells import Calculated, CellGrid, Value, column_number
from generator.xlsx.stored_numbers import number_text
from generator.xlsx.workbook_package import Attributes, Package

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = ("1", "true")


class SheetParser:
    """What the events of one part's XML gather.

    A formatted column brings a million empty cells: what can wait until a value comes, waits.
    """

    __slots__ = (
        *("_cell", "_cells", "_column", "_columns", "_first_day", "_formula", "_kinds", "_row", "_strings"),
        *("_taking", "_value", "_words", "grid"),
    )

    def __init__(self, strings: Sequence[str], kinds: Sequence[str], first_day: date) -> None:
        """`strings`: the shared ones; `kinds`: of each cell style; `first_day`: serial number 0."""
        self._strings, self._kinds, self._first_day = strings, kinds, first_day
        self.grid = CellGrid()
        self._columns: dict[str, int] = {}
        self._row = self._column = 0
        self._cells: dict[int, Value] = {}
        self._cell: Attributes = {}
        self._words: list[str] = []
        self._formula: list[str] | None = None
        self._value: str | None = None
        self._taking = False

    def read(self, package: Package, part: str) -> CellGrid:
        """Raises `RefusedError` (X006, X007)."""
        package.parse(part, self._start, self._end, self._text)
        self.grid.drop_covered()
        return self.grid

    # -- events -------------------------------------------------------------------------------------------------------
    def _start(self, tag: str, attributes: Attributes) -> None:
        if tag == "c":
            self._cell = attributes
            self._column += 1
            self._formula = self._value = None
        elif tag in ("v", "t"):
            self._taking = True
        elif tag == "f":
            self._taking = True
            self._formula = []
        elif tag == "row":
            self._begin_row(attributes)
        elif tag == "rPh":
            self._taking = False
        elif tag == "col" and attributes.get("hidden") in _TRUE:
            self.grid.hidden_columns.append((whole_number(attributes.get("min")), whole_number(attributes.get("max"))))
        elif tag == "mergeCell":
            area = _area(attributes.get("ref", ""))
            if area is not None:
                self.grid.merged.append(area)

    def _end(self, tag: str) -> None:
        if tag == "c":
            if self._value is not None or self._formula is not None:
                self._keep()
        elif tag == "v":
            self._value = self._said()
        elif tag == "t":
            self._value = (self._value or "") + self._said()
        elif tag == "f":
            self._formula = [self._said()]

    def _text(self, piece: str) -> None:
        if self._taking:
            self._words.append(piece)

    def _said(self) -> str:
        said = "".join(self._words)
        self._words.clear()
        self._taking = False
        return said

    def _begin_row(self, attributes: Attributes) -> None:
        number = attributes.get("r", "")
        self._row = int(number) if number.isdecimal() and len(number) <= 7 else self._row + 1
        self._column, self._cells = 0, {}
        if attributes.get("hidden") in _TRUE:
            self.grid.hidden_rows.add(self._row)

    def _keep(self) -> None:
        letters = self._cell.get("r", "").rstrip("0123456789")
        if letters:
            self._column = self._columns.get(letters) or self._columns.setdefault(letters, column_number(letters))
        seen = self._shown()
        if seen is not None and 1 <= self._column <= _LAST_COLUMN and 1 <= self._row <= _LAST_ROW:
            if not self._cells:
                self.grid.rows[self._row] = self._cells
            self._cells[self._column] = seen

    # -- values -------------------------------------------------------------------------------------------------------
    def _shown(self) -> Value | None:
        kind, value, formula = self._cell.get("t", "n"), self._value, self._formula
        if kind == "s":
            number = whole_number(value)
            if value is None or not 0 <= number < len(self._strings):
                raise RefusedError("X006")
            shown = self._strings[number]
        elif kind in ("inlineStr", "str"):
            shown = unescaped(value or "")
        elif kind == "b":
            shown = "是" if value in _TRUE else "否"
        elif kind == "e":
            return Calculated(value or "#VALUE!", "I034")
        elif not value:
            # A formula that a program wrote and no office program has opened since stands without a value.
            return None if formula is None else Calculated("=" + "".join(formula), "X010")
        elif kind == "d":
            shown = value.removesuffix("T00:00:00").replace("T", " ")
        else:
            shown = self._number(value)
        if formula is not None:
            return Calculated(shown)
        return shown or None

    def _number(self, value: str) -> str:
        style = self._cell.get("s", "")
        index = int(style) if style.isdecimal() and len(style) < 7 else 0
        return number_text(value, self._kinds[index] if index < len(self._kinds) else "", self._first_day)


def unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def whole_number(text: str | None) -> int:
    """-1 for what is no number of up to nine digits."""
    return int(text) if text and text.isdecimal() and len(text) <= 9 else -1


def _area(reference: str) -> tuple[int, int, int, int] | None:
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})", reference)
    if match is None:
        return None
    return int(match[2]), column_number(match[1]), int(match[4]), column_number(match[3])
