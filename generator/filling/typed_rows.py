"""What an office typed in its input files, looked up the way a workbook lies: line by line, table row by table row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.filling.nothing_said import is_blank
from generator.form.blocks import TableBlock
from generator.form.fields import Field, Fields, GroupSpec, RowsSpec, Spec, children_of
from generator.form.sources import Cell, Listing, Section, Source, Written
from generator.form.value_reading import money_unit


@dataclass(frozen=True, slots=True)
class TypedRow:
    """`belongs`: the marks (keys, or numbers from 1) of the rows around it, outermost first; `number` its own."""

    belongs: tuple[str, ...]
    number: int
    section: Section


@dataclass(frozen=True, slots=True)
class Typed:
    """The files of one unit and year together."""

    sources: Sequence[Source]
    fields: Fields

    def single(self, names: tuple[str, ...]) -> Cell | None:
        """The first filled cell with these names from the top."""
        return next((cell for s in self.sources if (cell := _cell(s.root, names)) is not None), None)

    def word(self, name: str) -> str:
        """报告, 年度, 金额单位 as typed, "" when they are not."""
        cell = self.single((name,))
        text = (cell.text or "").strip() if cell is not None else ""
        return money_unit(text) if name == "金额单位" else text

    def unit_of(self, file: str) -> str:
        """The 金额单位 of a file, else that of the whole."""
        own = next((_cell(s.root, ("金额单位",)) for s in self.sources if s.file == file), None)
        return money_unit(own.text or "" if own is not None else self.word("金额单位"))

    def rows(self, table: TableBlock) -> Iterator[TypedRow]:
        yield from _rows([s.root for s in self.sources], self.fields, table.names, ())


def in_row(row: Section, names: tuple[str, ...]) -> Cell | None:
    return _cell(row, names)


def _cell(section: Section, names: tuple[str, ...]) -> Cell | None:
    entry: Written | None = section
    for name in names:
        entry = entry.entries.get(name) if isinstance(entry, Section) else None
    return entry if isinstance(entry, Cell) and not is_blank(entry) else None


def _rows(
    sections: Sequence[Section], spec: Spec, names: tuple[str, ...], belongs: tuple[str, ...]
) -> Iterator[TypedRow]:
    child = children_of(spec)[names[0]]
    entries = [section.entries[child.name] for section in sections if child.name in section.entries]
    if isinstance(child, GroupSpec):
        yield from _rows([one for one in entries if isinstance(one, Section)], child, names[1:], belongs)
    elif isinstance(child, RowsSpec):
        for listing in entries:
            items = listing.items if isinstance(listing, Listing) else ()
            for number, item in enumerate(items, 1):
                row = _row(child, item)
                if row is None:
                    continue
                if len(names) == 1:
                    yield TypedRow(belongs, number, row)
                else:
                    yield from _rows([row], child, names[1:], (*belongs, _mark(child, row, number)))


def _row(spec: RowsSpec, item: Written) -> Section | None:
    """A row; a table of one column may be written as a plain list."""
    only = next(iter(spec.columns.values())) if len(spec.columns) == 1 else None
    if isinstance(item, Cell) and isinstance(only, Field) and not is_blank(item):
        return Section({only.name: item}, item.place)
    return item if isinstance(item, Section) else None


def _mark(spec: RowsSpec, row: Section, number: int) -> str:
    if not spec.key:
        return str(number)
    cell = _cell(row, (spec.key,))
    return (cell.text or "").strip() if cell is not None else ""
