"""A PDF as a screen reader tells it: the tree of tags with the words of each element."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pdfplumber
from pikepdf import Array, Dictionary, Pdf

from generator.word.parts import Parts
from generator.word_file.blocks import rows_of
from generator.word_file.paragraph import w
from generator.writers.pdf.table_heads import placed_cells


@dataclass
class Told:
    """`role` as every reader knows it, `words` of the element and all below, without spaces."""

    role: str
    words: str
    alt: str = ""
    scope: str = ""
    down: int = 1
    across: int = 1
    inside: list[Told] = field(default_factory=list)

    def all(self, role: str) -> Iterator[Told]:
        for one in self.inside:
            if one.role == role:
                yield one
            yield from one.all(role)


def told(pdf: bytes) -> Told:
    """The root, whose role is «»."""
    with pdfplumber.open(io.BytesIO(pdf)) as printed:
        letters: dict[tuple[int, int], str] = {}
        for number, page in enumerate(printed.pages):
            for char in page.chars:
                if char["mcid"] is not None:
                    key = number, char["mcid"]
                    letters[key] = letters.get(key, "") + char["text"].strip()
    with Pdf.open(io.BytesIO(pdf)) as opened:
        pages = {page.objgen: number for number, page in enumerate(opened.pages)}
        roles = {str(name): str(role) for name, role in opened.Root.StructTreeRoot.get("/RoleMap", {}).items()}
        return _told(opened.Root.StructTreeRoot, pages, roles, letters)


def _told(element: Any, pages: dict[Any, int], roles: dict[str, str], letters: dict[tuple[int, int], str]) -> Told:
    role = str(element.get("/S", ""))
    one = Told(roles.get(role, role), "", str(element.get("/Alt", "")))
    for said in _several(element.get("/A")):
        one.scope = str(said.get("/Scope", one.scope))
        one.down = int(said.get("/RowSpan", one.down))
        one.across = int(said.get("/ColSpan", one.across))
    page = element.get("/Pg")
    for kid in _several(element.get("/K")):
        if isinstance(kid, Dictionary) and "/S" in kid:
            assert kid.is_indirect, "an element must be an object of its own"
            assert kid.P.objgen == element.objgen, "an element must know what holds it"
            one.inside.append(_told(kid, pages, roles, letters))
            one.words += one.inside[-1].words
        elif isinstance(kid, Dictionary):
            if "/MCID" in kid:
                one.words += letters.get((pages[kid.get("/Pg", page).objgen], int(kid.MCID)), "")
        else:
            one.words += letters.get((pages[page.objgen], int(kid)), "")
    return one


def _several(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, Array) else [value]


def misread_cells(docx: bytes, pdf: bytes) -> list[str]:
    """Cells whose words are not those of the same cell in the Word file.

    LibreOffice 7.4 itself prints only the beginning of a merged cell that is taller than the rest of the page.
    """
    parts = Parts(docx)
    body = parts.look(parts.document)
    tables = [placed_cells(rows_of(one, struck=True)) for one in body.iter(w("tbl"))]
    found = []
    for number, (table, spoken) in enumerate(zip(tables, told(pdf).all("/Table"), strict=True)):
        for line, row in zip(table, spoken.inside, strict=True):
            for cell, said in zip(line, row.inside, strict=False):
                words = "".join(cell.text.split())
                if words != said.words and not (cell.down > 1 and said.words and words.startswith(said.words)):
                    found.append(f"table {number}, {cell.row}:{cell.column}: {cell.text!r} is told {said.words!r}")
    return found


def torn_tables(pdf: bytes) -> list[str]:
    """Tables whose rows do not have the same columns once merged cells are counted."""
    found = []
    for number, table in enumerate(told(pdf).all("/Table")):
        taken: dict[tuple[int, int], int] = {}
        for at, row in enumerate(table.inside):
            column = 0
            for cell in row.inside:
                while (at, column) in taken:
                    column += 1
                for down in range(cell.down):
                    for across in range(cell.across):
                        taken[at + down, column + across] = taken.get((at + down, column + across), 0) + 1
        rows, columns = len(table.inside), max(column for _, column in taken) + 1
        if len(taken) != rows * columns or set(taken.values()) != {1}:
            found.append(f"table {number}: {rows} rows of {columns} columns, {len(taken)} places taken")
    return found
