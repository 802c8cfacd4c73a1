"""Slips of the hand in the workbook of an example: headers renamed or gone, blocks pasted wrongly, codes retyped."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from excel_twins import BOOK, twin_of
from openpyxl.utils import column_index_from_string, get_column_letter
from planted_slips import CAUSES, ROOTS, Found

from generator.case import Case, InputFiles, Packs, read_case
from generator.causes.typed_tables import TypedInput, TypedTable
from generator.diagnostics import Diagnostic, Outcome, Severity
from generator.filling.to_facts import stated_units
from generator.form.fields import NUMBER_KINDS, walk_fields
from generator.pipeline import examine_files

_HEADERS = ("X014", "X015", "X033")
Spot = tuple[str, str]
"""Sheet and cell."""


@dataclass
class BookSlip:
    book: Any
    codes: tuple[str, ...]
    touched: set[Spot] = field(default_factory=set)
    told: str = ""


class BookExample:
    """An example's workbook, its tables, and what is always said of it."""

    def __init__(self, folder: Path) -> None:
        self.packs: Packs = {}
        self.data = twin_of(folder)
        files = self.files(self.data)
        case = read_case(files, ROOTS, self.packs).value
        assert case is not None
        self.case: Case = case
        self.usual = {(one.code, one.message) for one in examine_files(Outcome(files), ROOTS, self.packs).diagnostics}
        self.headers = {one.label or one.name for one in walk_fields(case.pack.form.fields) if one.kind in NUMBER_KINDS}
        units, _ = stated_units(case.sources)
        typed = TypedInput(case.sources, case.pack.form.fields, case.facts, units)
        self.tables = [one for one in typed.tables if one.key_column and len(one.lines) > 3]

    def files(self, data: bytes) -> InputFiles:
        return InputFiles(Path(), (), "", books=((BOOK, data),))

    def draft(self, *codes: str) -> BookSlip:
        return BookSlip(openpyxl.load_workbook(BytesIO(self.data)), codes)

    def findings(self, slip: BookSlip) -> list[Diagnostic]:
        """What is new: wrong, doubtful or unfilled."""
        saved = BytesIO()
        slip.book.save(saved)
        found = examine_files(Outcome(self.files(saved.getvalue())), ROOTS, self.packs).diagnostics
        return [one for one in found if (one.code, one.message) not in self.usual and one.severity > Severity.INFO]


def outcome(example: BookExample, slip: BookSlip) -> Found:
    leading = tuple(example.findings(slip))
    if not leading:
        return Found("unseen", ())
    for one in leading:
        cells = {(place.sheet, place.cell) for place in one.places[: one.wrong]}
        if one.code in CAUSES and not (one.code in (*slip.codes, "C069") and cells & slip.touched):
            return Found("wrong", leading)
    at = {(place.sheet, place.cell) for place in leading[0].places} | {(one.sheet, "") for one in leading[0].places}
    right = len(leading) == 1 and bool(at & slip.touched)
    return Found("right" if right else "several", leading)


# -- where figures stand ----------------------------------------------------------------------------------------------


def _spots(table: TypedTable, column: int) -> list[Spot]:
    """The cells of a column from its first row to its last, blank ones too."""
    known = [cell.place for row in table.cells if (cell := row[column]) is not None and cell.place.cell]
    rows = [_row(line.place.cell) for line in table.lines]
    if not known or not all(rows) or len({place.sheet for place in known}) > 1:
        return []
    letter = known[0].cell.rstrip("0123456789")
    return [(known[0].sheet, f"{letter}{row}") for row in rows]


def _row(cell: str) -> int:
    digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) if digits else 0


def _header(slip: BookSlip, spots: list[Spot], headers: set[str]) -> Spot | None:
    sheet, first = spots[0]
    letter = first.rstrip("0123456789")
    for row in range(_row(first) - 1, 0, -1):
        value = slip.book[sheet][f"{letter}{row}"].value
        if isinstance(value, str) and value.partition("（")[0].strip() in headers:
            return sheet, f"{letter}{row}"
    return None


def _chosen(example: BookExample, rng: random.Random) -> tuple[TypedTable, int, list[Spot]] | None:
    found = [
        (table, column, spots)
        for table in example.tables
        for column in table.filled
        if sum(1 for row in table.cells if (cell := row[column]) is not None and cell.value) > 2
        and (spots := _spots(table, column))
    ]
    return rng.choice(found) if found else None


# -- kinds ------------------------------------------------------------------------------------------------------------


def header(how: str) -> Callable[[BookExample, random.Random], BookSlip | None]:
    def plant(example: BookExample, rng: random.Random) -> BookSlip | None:
        chosen, slip = _chosen(example, rng), example.draft("C068", *_HEADERS)
        spot = _header(slip, chosen[2], example.headers) if chosen else None
        if chosen is None or spot is None:
            return None
        sheet = slip.book[spot[0]]
        word = str(sheet[spot[1]].value)
        sheet[spot[1]].value = {"renamed": f"{word}数", "other": "金额（合计）", "gone": None}[how]
        if how == "gone":
            for _, cell in chosen[2]:
                sheet[cell].value = None
        slip.touched = {spot, (spot[0], ""), *chosen[2], *((spot[0], f"A{_row(cell)}") for _, cell in chosen[2])}
        slip.told = f"{spot} {word}"
        return slip

    return plant


def slid(example: BookExample, rng: random.Random) -> BookSlip | None:
    chosen, slip = _chosen(example, rng), example.draft("C060", "C063")
    if chosen is None:
        return None
    table, column, spots = chosen
    begin = rng.randrange(0, len(spots) - 2)
    sheet = slip.book[spots[0][0]]
    texts = [sheet[cell].value for _, cell in spots]
    for n in range(len(spots) - 1, begin - 1, -1):
        sheet[spots[n][1]].value = texts[n - 1] if n > begin else None
    slip.touched = {*spots, *((spots[0][0], f"A{_row(cell)}") for _, cell in spots)}
    slip.told = f"{table.label} {table.columns[column]} from {begin}"
    return slip


def unit_of_block(example: BookExample, rng: random.Random) -> BookSlip | None:
    """Figures pasted from a table in 万元."""
    chosen, slip = _chosen(example, rng), example.draft("C040", "C041", "C043", "C072")
    if chosen is None:
        return None
    table, column, spots = chosen
    if any(
        one.kind != "金额" for one in walk_fields(example.case.pack.form.fields) if one.label == table.columns[column]
    ):
        return None
    sheet = slip.book[spots[0][0]]
    for _, cell in spots:
        value = sheet[cell].value
        if isinstance(value, int | float):
            sheet[cell].value = round(value / 10000, 6)
    slip.touched = set(spots)
    slip.told = f"{table.label} {table.columns[column]} ÷ 10000"
    return slip


def code(example: BookExample, rng: random.Random) -> BookSlip | None:
    tables = [one for one in example.tables if all(line.key.isdigit() and len(line.key) > 4 for line in one.lines)]
    if not tables:
        return None
    slip = example.draft("C066")
    table = rng.choice(tables)
    line = rng.choice(table.lines)
    n = rng.randrange(1, len(line.key))
    changed = line.key[:n] + str((int(line.key[n]) + rng.randrange(1, 10)) % 10) + line.key[n + 1 :]
    slip.book[line.place.sheet][line.place.cell].value = changed
    slip.touched = {(line.place.sheet, line.place.cell)}
    slip.told = f"{table.label} {line.key} → {changed}"
    return slip


def column_inserted(example: BookExample, rng: random.Random) -> BookSlip | None:
    """Two neighbouring columns pasted one column to the right: the first is blank then."""
    chosen, slip = _chosen(example, rng), example.draft("C061", "C062", "C068")
    if chosen is None:
        return None
    table, column, spots = chosen
    letter = spots[0][1].rstrip("0123456789")
    right = get_column_letter(column_index_from_string(letter) + 1)
    others = {_spots(table, one)[0][1].rstrip("0123456789") for one in table.filled if _spots(table, one)}
    if right not in others:
        return None
    sheet = slip.book[spots[0][0]]
    for _, cell in spots:
        sheet[f"{right}{_row(cell)}"].value = sheet[cell].value
        sheet[cell].value = None
    slip.touched = {*spots, *((sheet.title, f"{right}{_row(cell)}") for _, cell in spots)}
    slip.touched |= {(sheet.title, f"A{_row(cell)}") for _, cell in spots}
    slip.told = f"{table.label} {table.columns[column]} one to the right"
    return slip


BOOK_KINDS: dict[str, Callable[[BookExample, random.Random], BookSlip | None]] = {
    "簿：栏名改了": header("renamed"),
    "簿：栏名换了": header("other"),
    "簿：栏没有了": header("gone"),
    "簿：粘贴下移": slid,
    "簿：粘贴右移": column_inserted,
    "簿：块用万元": unit_of_block,
    "簿：错编码": code,
}
