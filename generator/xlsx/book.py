"""An .xlsx workbook: its sheets, shared strings and cell styles; cells are read when a sheet is asked for."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from generator.border.refused import RefusedError
from generator.xlsx.cells import CellGrid
from generator.xlsx.sheet_parser import SheetParser, unescaped
from generator.xlsx.stored_numbers import kind_of_format
from generator.xlsx.workbook_package import Attributes, EnoughError, Package, open_package


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
        """Raises `RefusedError` (X006–X008)."""
        if self._strings is None:
            self._strings = _strings(self.package, self.strings_part)
        if sheet.part not in self._grids:
            self._grids[sheet.part] = SheetParser(self._strings, self.kinds, self.first_day).read(
                self.package, sheet.part
            )
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
    """Raises `RefusedError`: X001–X009."""
    package = open_package(data)
    main = next((p for t, p in _relations(package, "") if t == "officeDocument"), "xl/workbook.xml")
    if not package.has(main):
        raise RefusedError("X002")
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
        raise RefusedError("X009")
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
            strings.append(unescaped("".join(pieces)))
            pieces.clear()
        elif tag == "rPh":
            aside -= 1

    def text(words: str) -> None:
        if taking:
            pieces.append(words)

    package.parse(part, start, end, text)
    return strings


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
