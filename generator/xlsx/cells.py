"""The cells of an .xlsx workbook as text, exactly as a person would have typed what the cell shows.

It knows what Excel, WPS and LibreOffice store; it knows nothing of forms.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from generator.xlsx.stored_numbers import kind_of_format, number_text
from generator.xlsx.workbook_package import Attributes, EnoughError, Package, UnusableError, open_package

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_MOST_MERGED = 4_000_000

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


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

    def column_is_hidden(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self.hidden_columns)


@dataclass(frozen=True, slots=True)
class SheetEntry:
    name: str
    hidden: bool
    part: str


@dataclass(slots=True)
class Book:
    """A workbook whose sheets are read when they are asked for."""

    package: Package
    sheets: tuple[SheetEntry, ...]
    strings_part: str
    kinds: tuple[str, ...]
    """Of each cell style: "date", "percent" or ""."""
    first_day: date
    _strings: list[str] | None = None
    _grids: dict[str, CellGrid] = field(default_factory=dict)

    def grid(self, sheet: SheetEntry) -> CellGrid:
        """Raises `UnusableError` (X006–X008)."""
        if self._strings is None:
            self._strings = _strings(self.package, self.strings_part)
        if sheet.part not in self._grids:
            self._grids[sheet.part] = _read_grid(self, sheet.part, self._strings)
        return self._grids[sheet.part]

    def is_empty(self, sheet: SheetEntry) -> bool:
        """Whether no cell of the sheet holds anything; stops at the first that does."""
        inside = False

        def start(tag: str, _: Attributes) -> None:
            nonlocal inside
            if tag in ("v", "t", "f"):
                inside = True
                raise EnoughError

        self.package.parse(sheet.part, start)
        return not inside


def open_book(data: bytes) -> Book:
    """Raises `UnusableError`: X001–X009."""
    package = open_package(data)
    main = next((p for t, p in _relations(package, "") if t == "officeDocument"), "xl/workbook.xml")
    if not package.has(main):
        raise UnusableError("X002")
    sheets: list[tuple[str, bool, str]] = []
    settings = {"1904": False}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            reference = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            sheets.append((attributes.get("name", ""), attributes.get("state", "visible") != "visible", reference))
        elif tag == "workbookPr":
            settings["1904"] = attributes.get("date1904") in ("1", "true")

    package.parse(main, start)
    related = dict(_targets(package, main))
    entries = tuple(
        SheetEntry(name, hidden, related[reference][1])
        for name, hidden, reference in sheets
        if reference in related and related[reference][0] == "worksheet"
    )
    if not entries:
        raise UnusableError("X009")
    parts = dict(related.values())
    first_day = date(1904, 1, 1) if settings["1904"] else date(1899, 12, 30)
    return Book(package, entries, parts.get("sharedStrings", ""), _kinds(package, parts.get("styles", "")), first_day)


# -- the parts around the sheets --------------------------------------------------------------------------------------
def _targets(package: Package, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """(id, (kind, path)) of everything that `part` refers to."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if not package.has(relations):
        return
    found: list[tuple[str, tuple[str, str]]] = []

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            found.append((attributes.get("Id", ""), (attributes.get("Type", "").rpartition("/")[2], target)))

    package.parse(relations, start)
    yield from found


def _relations(package: Package, part: str) -> Iterator[tuple[str, str]]:
    for _, (kind, target) in _targets(package, part):
        yield kind, target


def _strings(package: Package, part: str) -> list[str]:
    """The shared strings; phonetic guides (rPh) are not part of the text."""
    strings: list[str] = []
    if not part or not package.has(part):
        return strings
    pieces: list[str] = []
    taking = False
    aside = 0

    def start(tag: str, _: Attributes) -> None:
        nonlocal taking, aside
        if tag == "t":
            taking = not aside
        elif tag == "rPh":
            aside += 1

    def end(tag: str) -> None:
        nonlocal taking, aside
        if tag == "t":
            taking = False
        elif tag == "si":
            strings.append(_unescaped("".join(pieces)))
            pieces.clear()
        elif tag == "rPh":
            aside -= 1

    def text(words: str) -> None:
        if taking:
            pieces.append(words)

    package.parse(part, start, end, text)
    return strings


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _kinds(package: Package, part: str) -> tuple[str, ...]:
    kinds: list[str] = []
    formats: dict[str, str] = {}
    if not part or not package.has(part):
        return ()
    inside = False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal inside
        if tag == "numFmt" and "numFmtId" in attributes:
            formats.setdefault(attributes["numFmtId"], attributes.get("formatCode", ""))
        elif tag == "cellXfs":
            inside = True
        elif inside and tag == "xf":
            number = attributes.get("numFmtId", "0")
            kinds.append(kind_of_format(int(number) if number.isdecimal() else 0, formats.get(number, "")))

    def end(tag: str) -> None:
        nonlocal inside
        if tag == "cellXfs":
            inside = False

    package.parse(part, start, end)
    return tuple(kinds)


# -- one sheet --------------------------------------------------------------------------------------------------------
def _read_grid(book: Book, part: str, strings: list[str]) -> CellGrid:
    grid = CellGrid()
    rows = grid.rows
    columns: dict[str, int] = {}
    kinds = book.kinds
    row = column = 0
    cells: dict[int, Value] = {}
    cell: Attributes = {}
    words: list[str] = []
    formula: list[str] | None = None
    value: str | None = None
    taking = False

    def start(tag: str, attributes: Attributes) -> None:
        # A formatted column brings a million empty cells: what can wait until a value comes, waits.
        nonlocal row, column, cells, cell, formula, value, taking
        if tag == "c":
            cell = attributes
            column += 1
            formula = value = None
        elif tag in ("v", "t"):
            taking = True
        elif tag == "f":
            taking = True
            formula = []
        elif tag == "row":
            number = attributes.get("r", "")
            row = int(number) if number.isdecimal() and len(number) <= 7 else row + 1
            column, cells = 0, {}
            if attributes.get("hidden") in ("1", "true"):
                grid.hidden_rows.add(row)
        elif tag == "rPh":
            taking = False
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            grid.hidden_columns.append((_number(attributes.get("min")), _number(attributes.get("max"))))
        elif tag == "mergeCell":
            area = _area(attributes.get("ref", ""))
            if area is not None:
                grid.merged.append(area)

    def end(tag: str) -> None:
        nonlocal value, formula, taking, column
        if tag == "c":
            if value is None and formula is None:
                return
            letters = cell.get("r", "").rstrip("0123456789")
            if letters:
                column = columns.get(letters) or columns.setdefault(letters, column_number(letters))
            seen = _value(cell.get("t", "n"), cell.get("s", ""), value, formula)
            if seen is not None and 1 <= column <= _LAST_COLUMN and 1 <= row <= _LAST_ROW:
                if not cells:
                    rows[row] = cells
                cells[column] = seen
        elif tag == "v":
            value, taking = "".join(words), False
            words.clear()
        elif tag == "t":
            value, taking = (value or "") + "".join(words), False
            words.clear()
        elif tag == "f":
            formula, taking = words.copy(), False
            words.clear()

    def text(piece: str) -> None:
        if taking:
            words.append(piece)

    def _value(kind: str, style: str, value: str | None, formula: list[str] | None) -> Value | None:
        if kind == "s":
            number = _number(value)
            if value is None or not 0 <= number < len(strings):
                raise UnusableError("X006")
            shown = strings[number]
        elif kind in ("inlineStr", "str"):
            shown = _unescaped(value or "")
        elif kind == "b":
            shown = "是" if value in ("1", "true") else "否"
        elif kind == "e":
            return Calculated(value or "#VALUE!", "I034")
        elif not value:
            # A formula that a program wrote and no office program has opened since stands without a value.
            return None if formula is None else Calculated("=" + "".join(formula), "X010")
        elif kind == "d":
            shown = value.removesuffix("T00:00:00").replace("T", " ")
        else:
            index = int(style) if style.isdecimal() and len(style) < 7 else 0
            shown = number_text(value, kinds[index] if index < len(kinds) else "", book.first_day)
        if formula is not None:
            return Calculated(shown)
        return shown or None

    book.package.parse(part, start, end, text)
    _merge(grid)
    return grid


def _merge(grid: CellGrid) -> None:
    """Values that stay behind in the covered cells of a merged range are seen by nobody: they go."""
    visited = 0
    for first_row, first_column, last_row, last_column in grid.merged:
        area: Sequence[int] = range(first_row, last_row + 1)
        if last_row - first_row > len(grid.rows):
            area = [row for row in grid.rows if first_row <= row <= last_row]
            visited += len(grid.rows)
        visited += len(area)
        if visited > _MOST_MERGED:
            raise UnusableError("X007")
        for row in area:
            cells = grid.rows.get(row)
            if cells is None:
                continue
            for column in [c for c in cells if first_column <= c <= last_column]:
                if (row, column) != (first_row, first_column):
                    del cells[column]
            if first_column == last_column and row != first_row:
                grid.covered[row, first_column] = first_row


# -- addresses --------------------------------------------------------------------------------------------------------
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


def _area(reference: str) -> tuple[int, int, int, int] | None:
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})", reference)
    if match is None:
        return None
    return int(match[2]), column_number(match[1]), int(match[4]), column_number(match[3])


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) <= 9 else -1
