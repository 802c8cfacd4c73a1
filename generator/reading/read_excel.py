"""A filled-in workbook → what is written in it, found by labels wherever an office has moved them.

`layout` says which sheets and labels a form has; this module finds them again after rows were inserted, columns moved,
sheets renamed and notes added. What cannot be placed is reported, never read by guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.border.refused import RefusedError
from generator.diagnostics import Diagnostic, Outcome, finding
from generator.form.blocks import (
    ACCOUNTS,
    FRONT,
    OPINIONS,
    Block,
    FormBlock,
    FormLine,
    MatrixBlock,
    TableBlock,
    plain,
)
from generator.form.fields import Fields
from generator.form.layout import Layout, Page, lay_out, lay_out_earlier
from generator.form.roll_memory import WORD as MEMORY
from generator.form.roll_memory import listing_of
from generator.form.sources import Cell, Listing, Section, Source, Written
from generator.form.value_reading import half_width, money_unit
from generator.names import did_you_mean
from generator.place import Place
from generator.reading.filled_sheet import FilledSheet, put, shortened
from generator.reading.filled_table import FilledRow, FilledTable
from generator.reading.find_blocks import BlockFinder
from generator.reading.labels_on_grid import likeness
from generator.xlsx.book import Book, SheetEntry, open_book
from generator.xlsx.cells import CellGrid, column_letters

UNREAD_SHEETS = frozenset(("X006", "X007", "X008", "X012", "X015", "X034", "X035"))
"""After one of these, what stands on the sheet is not missing: it could not be read."""

_NOT_ALIKE = 0.6
_MOST_SUGGESTIONS = 50


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook that could be opened. `front`: 报告 and 金额单位, readable before the form is known."""

    file: str
    book: Book
    front: Source


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    """`missing`: (names at the top of the input, in words) of each block of the form that the workbook lacks.

    `recognised`: it has at least one block of the form.
    """

    source: Source
    missing: tuple[tuple[frozenset[str], str], ...]
    recognised: bool


def open_workbook(file: str, data: bytes) -> Outcome[Workbook | None]:
    """Reports X001–X009 when the file is no workbook or does harm."""
    try:
        book = open_book(data)
        front = FormBlock(FRONT, FRONT, "", (_top_line("报告"), _top_line("金额单位")))
        layout = Layout((Page(FRONT, (front,)),), earlier=True)
        quiet = _FormsReader(file, book, layout)
        quiet.read()
    except RefusedError as error:
        return Outcome(None, (finding(error.code, Place(file), file=file, **error.values),))
    return Outcome(Workbook(file, book, Source(file, quiet.root)))


def read_form(workbook: Workbook, fields: Fields) -> Outcome[ReadWorkbook | None]:
    """Everything of the form that stands in the workbook. Reports X006–X008 and X012–X025."""
    reader = _FormsReader(workbook.file, workbook.book, _layout_of(workbook.book, fields))
    try:
        reader.read()
    except RefusedError as error:
        place = Place(workbook.file, sheet=reader.reading)
        return Outcome(None, (finding(error.code, place, file=workbook.file, **error.values),))
    missing = tuple(reader.missing())
    read = ReadWorkbook(Source(workbook.file, reader.root), missing, bool(reader.found))
    return Outcome(read, tuple(reader.findings))


def read_forms(workbooks: Sequence[Workbook], others: Sequence[Source], fields: Fields) -> Outcome[tuple[Source, ...]]:
    """All workbooks of one unit and year. A missing sheet is reported (X011) unless another file holds its contents.

    X026: a workbook without any sheet of the form is not input; it is named and passed over.
    """
    findings: list[Diagnostic] = []
    read: list[ReadWorkbook] = []
    for workbook in workbooks:
        made = read_form(workbook, fields)
        findings.extend(made.diagnostics)
        if made.value is None:
            continue
        if made.value.recognised:
            read.append(made.value)
        else:
            findings.append(finding("X026", Place(workbook.file), file=workbook.file))
    for one in read:
        elsewhere = {name for source in others for name in source.root.entries}
        elsewhere |= {name for other in read if other is not one for name in other.source.root.entries}
        lost = [words for tops, words in one.missing if not tops <= elsewhere]
        if lost:
            findings.append(finding("X011", Place(one.source.file), sheets="、".join(lost)))
    return Outcome(tuple(one.source for one in read), tuple(findings))


def _top_line(word: str) -> FormLine:
    return FormLine((word,), word, None)


def _top_names(block: Block) -> frozenset[str]:
    if isinstance(block, TableBlock):
        return frozenset(block.names[:1])
    return frozenset(line.names[0] for line in block.lines if line.field is not None)


def _layout_of(book: Book, fields: Fields) -> Layout:
    """Today's layout, or the earlier one for a workbook whose sheets bear the names of groups and tables."""
    today, before = lay_out(fields), lay_out_earlier(fields)
    names = {plain(one.name) for one in book.sheets} - {plain(FRONT)}
    return before if _shared(names, before) > _shared(names, today) else today


def _shared(names: set[str], layout: Layout) -> int:
    return sum(plain(page.name) in names for page in layout.pages)


# -- one workbook -----------------------------------------------------------------------------------------------------
class _FormsReader:
    def __init__(self, file: str, book: Book, layout: Layout) -> None:
        self.file, self.book, self.layout = file, book, layout
        self.findings: list[Diagnostic] = []
        self.found: dict[str, tuple[SheetEntry, CellGrid]] = {}
        self.reading = ""
        self.entries: dict[str, Written] = {}
        self.unit = ""
        self.year = 0

    @property
    def root(self) -> Section:
        return Section(self.entries, Place(self.file))

    def report(self, code: str, *places: Place, **values: object) -> None:
        self.findings.append(finding(code, *places, **values))

    def missing(self) -> Iterator[tuple[frozenset[str], str]]:
        """A page whose blocks are all lost is named as a sheet."""
        for page in self.layout.pages:
            lost = [block for block in page.blocks if block.name not in self.found]
            if len(lost) == len(page.blocks) and len({_top_names(block) for block in lost}) == 1:
                yield _top_names(lost[0]), f"工作表“{page.name}”"
            else:
                yield from ((_top_names(block), f"“{block.title}”") for block in lost)

    def read(self) -> None:
        if self.layout.earlier:
            self.find_sheets(self.layout.pages)
        else:
            self.find_sheets(self.layout.pages[:1])
            self.find_blocks()
        rows: dict[tuple[str, ...], list[FilledRow]] = {}
        for block in self.layout.blocks:
            if block.name not in self.found:
                continue
            entry, grid = self.found[block.name]
            self.reading = entry.name
            kind = FilledTable if isinstance(block, TableBlock) else FilledSheet
            view = kind(self.file, block, entry, grid, self.unit, self.year)
            if isinstance(block, FormBlock):
                view.form(self.entries)
                self.unit = self.unit or self._stated_unit()
                self.year = self.year or self._stated_year(block)
            elif isinstance(block, MatrixBlock):
                view.matrix(self.entries)
            elif isinstance(view, FilledTable):
                rows[block.names] = view.table(self.entries)
            view.report_hidden()
            self.findings.extend(view.findings)
        self.reading = ""
        for table in reversed(self.layout.tables):
            if table.parents and table.names in rows:
                self.attach(table, rows[table.names], rows.get(table.parents[-1].table, []))
        for table in self.layout.tables:
            if table.names in rows and not table.parents:
                place = Place(self.file, sheet=self.found[table.name][0].name)
                filled = tuple(Section(row.entries, row.place) for row in rows[table.names] if row.filled)
                put(self.entries, table.names, Listing(filled, place), place)

        self.remember()

    def remember(self) -> None:
        """The hidden sheet of an input that was rolled forward."""
        entry = next((one for one in self.book.sheets if plain(one.name) == MEMORY), None)
        if entry is None:
            return
        grid = self.book.grid(entry)
        rows = [(grid.text(n, 1), grid.text(n, 2), grid.text(n, 3)) for n in sorted(grid.rows) if n > 1]
        self.entries[MEMORY] = listing_of(rows, Place(self.file, sheet=entry.name))

    def _stated_unit(self) -> str:
        cell = self.entries.get("金额单位")
        return money_unit(cell.text or "") if isinstance(cell, Cell) else ""

    def _stated_year(self, front: FormBlock) -> int:
        names = next((one.names for one in front.lines if one.field is not None and one.field.kind == "年度"), ("",))
        cell = self.entries.get(names[0])
        year = re.search(r"20\d\d", half_width(cell.text or "")) if isinstance(cell, Cell) else None
        return int(year[0]) if year else 0

    # -- sheets
    def find_sheets(self, pages: Sequence[Page]) -> None:
        """Each of these sheets by its name, else by what stands on it: of the earlier layout all, else the first."""
        named: dict[str, SheetEntry] = {}
        for entry in self.book.sheets:
            named.setdefault(plain(entry.name), entry)
        lost: list[Block] = []
        for page in pages:
            entry_of = named.pop(plain(page.name), None)
            if entry_of is not None:
                self.take(page.blocks[0], entry_of)
            else:
                lost.append(page.blocks[0])
        for entry in self.others():
            self.reading = entry.name
            if lost:
                grid = self.book.grid(entry)
                alike = max(lost, key=lambda block: likeness(block, grid))
                if likeness(alike, grid) >= _NOT_ALIKE:
                    self.take(alike, entry)
                    lost.remove(alike)
                    self.report("X017", Place(self.file, sheet=entry.name), sheet=entry.name, meant=alike.name)
                    continue
                holds = bool(grid.rows)
            else:
                holds = not self.book.is_empty(entry)
            if holds and self.layout.earlier:
                self.report("X018", Place(self.file, sheet=entry.name), sheet=entry.name)
        self.reading = ""

    def others(self) -> list[SheetEntry]:
        """Sheets that are not taken yet and may hold something of the form."""
        taken = {entry.part for entry, _ in self.found.values()}
        return [one for one in self.book.sheets if one.part not in taken and plain(one.name) not in _NO_INPUT]

    def take(self, block: Block, entry: SheetEntry) -> None:
        self.reading = entry.name
        self.found[block.name] = entry, self.book.grid(entry)

    def find_blocks(self) -> None:
        sheets: list[tuple[SheetEntry, CellGrid]] = []
        for entry in self.others():
            self.reading = entry.name
            sheets.append((entry, self.book.grid(entry)))
        found = BlockFinder(self.layout).find(sheets)
        self.found |= {name: (region.entry, region.grid) for name, region in found.regions.items()}
        for first, again in found.twice:
            title = first.block.title if first.block is not None else ""
            self.report("X034", self.begin(again.entry, again.grid), self.begin(first.entry, first.grid), title=title)
        for region in found.unclear:
            named = "、".join(f"“{block.title}”" for block in region.candidates)
            self.report("X035", self.begin(region.entry, region.grid), titles=named)
        for entry, grid in found.without:
            if grid.rows:
                self.report("X018", Place(self.file, sheet=entry.name), sheet=entry.name)
        self.reading = ""

    def begin(self, entry: SheetEntry, grid: CellGrid) -> Place:
        row = min(grid.rows)
        return Place(self.file, 0, entry.name, f"{column_letters(min(grid.rows[row]))}{row}")

    # -- tables inside rows
    def attach(self, table: TableBlock, rows: Iterable[FilledRow], parents: Iterable[FilledRow]) -> None:
        """Put each row below the row of the table around it that it names."""
        known: dict[tuple[str, ...], FilledRow] = {}
        for parent in parents:
            known.setdefault((*parent.around, parent.key), parent)
        gathered: dict[tuple[str, ...], list[Section]] = {}
        unknown: dict[str, list[Place]] = {}
        for row in rows:
            if not row.around:
                continue  # X015 has named the column that is missing
            if row.around in known:
                if row.filled:
                    gathered.setdefault(row.around, []).append(Section(row.entries, row.place))
            elif row.filled:
                unknown.setdefault(row.parent_text, []).append(row.parent_place)
        keys = [parent.key for parent in known.values() if parent.key]
        for text, places in unknown.items():
            header, owner = table.parents[-1].header, "·".join(table.parents[-1].table)
            # A table of ten thousand unknown names is another table; looking for what each may mean takes minutes.
            hint = did_you_mean(text, keys) if len(unknown) <= _MOST_SUGGESTIONS else ""
            code = "X019" if text else "X020"
            self.report(code, *places, header=header, text=shortened(text), table=owner, suggestion=hint)
        for around, inner in gathered.items():
            parent = known[around]
            parent.filled = True
            put(parent.entries, table.inside, Listing(tuple(inner), inner[0].place), parent.place)


_NO_INPUT = frozenset(plain(name) for name in (ACCOUNTS, OPINIONS, MEMORY))
