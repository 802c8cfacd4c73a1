"""A filled-in workbook → what is written in it, found by labels wherever an office has moved them.

`layout` says which sheets and labels a form has; this module finds them again after rows were inserted, columns moved,
sheets renamed and notes added. What cannot be placed is reported, never read by guess.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from generator.diagnostics import Diagnostic, Outcome, finding
from generator.names import did_you_mean
from generator.place import Place
from generator.quantity import MONEY_UNITS
from generator.workbook.fields import ACCOUNT_KINDS, Field, Fields
from generator.workbook.layout import (
    ACCOUNTS,
    COMPUTED_SUFFIX,
    FRONT,
    LABEL,
    NUMBER,
    TABLE_HEADER_ROW,
    VALUE,
    Column,
    FormSheet,
    Layout,
    Line,
    ParentColumn,
    Sheet,
    TableSheet,
    lay_out,
    plain,
)
from generator.workbook.reading import half_width
from generator.workbook.written import Cell, Listing, Section, Source, Written
from generator.workbook.xlsx_cells import Book, Calculated, Grid, SheetEntry, Value, column_letters, open_book
from generator.workbook.xlsx_package import UnusableError

OPINIONS, OPINIONS_COPY = "核对意见", "（核对意见）"
"""The first sheet of an annotated copy, and what stands at the end of the copy's name. Neither is input."""
UNREAD_SHEETS = frozenset(("X006", "X007", "X008", "X012", "X015"))
"""After one of these, what stands on the sheet is not missing: it could not be read."""

_HEADER_WITHIN = 40
_NOT_ALIKE = 0.6
_TOTALS = frozenset(("合计", "总计", "小计", "总合计"))
_NOTE = re.compile(r"(注|备注|说明|填表说明|填表人|制表人?|审核人?|负责人|联系人|填报日期|编制单位|填报单位)[:：]")
_UNIT_BEHIND = re.compile(r"\(([^()]*)\)$")
_Labelled = TypeVar("_Labelled", Line, Column)
_REPEATED_KINDS = ("文字", "选项", *ACCOUNT_KINDS)
"""In a column of these kinds, a cell merged over several rows speaks for all of them; an amount counts once."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook that could be opened. `front`: 报告 and 金额单位, readable before the form is known."""

    file: str
    book: Book
    front: Source


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    """`missing`: (name at the top of the input, sheet) of each sheet of the form that the workbook lacks.

    `recognised`: it has at least one sheet of the form.
    """

    source: Source
    missing: tuple[tuple[str, str], ...]
    recognised: bool


def open_workbook(file: str, data: bytes) -> Outcome[Workbook | None]:
    """Reports X001–X009 when the file is no workbook or does harm."""
    try:
        book = open_book(data)
        layout = Layout((FormSheet(FRONT, FRONT, "", (_top_line("报告"), _top_line("金额单位"))),))
        quiet = _Reader(file, book, layout)
        quiet.read()
    except UnusableError as error:
        return Outcome(None, (finding(error.code, Place(file), file=file, **error.values),))
    return Outcome(Workbook(file, book, Source(file, quiet.root)))


def read_form(workbook: Workbook, fields: Fields) -> Outcome[ReadWorkbook | None]:
    """Everything of the form that stands in the workbook. Reports X006–X008 and X012–X025."""
    reader = _Reader(workbook.file, workbook.book, lay_out(fields))
    try:
        reader.read()
    except UnusableError as error:
        place = Place(workbook.file, sheet=reader.reading)
        return Outcome(None, (finding(error.code, place, file=workbook.file, **error.values),))
    missing = tuple((_top_name(one), one.name) for one in reader.layout.sheets if one.name not in reader.found)
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
        lost = [sheet for top, sheet in one.missing if top not in elsewhere]
        if lost:
            sheets = "、".join(f"“{sheet}”" for sheet in lost)
            findings.append(finding("X011", Place(one.source.file), sheets=sheets))
    return Outcome(tuple(one.source for one in read), tuple(findings))


def read_workbook(file: str, data: bytes, fields: Fields) -> Outcome[Source | None]:
    """One workbook by itself: opened and read."""
    opened = open_workbook(file, data)
    if opened.value is None:
        return Outcome(None, opened.diagnostics)
    read = read_forms((opened.value,), (), fields)
    return Outcome(read.value[0] if read.value else None, opened.diagnostics + read.diagnostics)


def _top_line(word: str) -> Line:
    return Line((word,), word, None)


def _top_name(sheet: Sheet) -> str:
    if isinstance(sheet, TableSheet):
        return sheet.names[0]
    return next((line.names[0] for line in sheet.lines if line.field is not None), "")


# -- one workbook -----------------------------------------------------------------------------------------------------
@dataclass(slots=True)
class _Row:
    """A row of a table: its own key and those of the rows around it, for finding one another; what it holds."""

    around: tuple[str, ...]
    key: str
    entries: dict[str, Written]
    place: Place
    parent_place: Place
    """Where the row around it is named."""
    parent_text: str
    filled: bool = True
    """Something besides 序号 is written in it."""


class _Reader:
    def __init__(self, file: str, book: Book, layout: Layout) -> None:
        self.file, self.book, self.layout = file, book, layout
        self.findings: list[Diagnostic] = []
        self.found: dict[str, SheetEntry] = {}
        self.reading = ""
        self.entries: dict[str, Written] = {}
        self.unit = ""

    @property
    def root(self) -> Section:
        return Section(self.entries, Place(self.file))

    def report(self, code: str, *places: Place, **values: object) -> None:
        self.findings.append(finding(code, *places, **values))

    def read(self) -> None:
        self.find_sheets()
        rows: dict[tuple[str, ...], list[_Row]] = {}
        for sheet in self.layout.sheets:
            entry = self.found.get(sheet.name)
            if entry is None:
                continue
            self.reading = entry.name
            view = _View(self, sheet, entry, self.book.grid(entry))
            if isinstance(sheet, FormSheet):
                view.form(self.entries)
                self.unit = self.unit or self._stated_unit()
            else:
                rows[sheet.names] = view.table()
            view.report_hidden()
        self.reading = ""
        for table in self.layout.tables:
            if table.parents and table.names in rows:
                self.attach(table, rows[table.names], rows.get(table.parents[-1].table, []))
        for table in self.layout.tables:
            if table.names in rows and not table.parents:
                place = Place(self.file, sheet=self.found[table.name].name)
                filled = tuple(Section(row.entries, row.place) for row in rows[table.names] if row.filled)
                _put(self.entries, table.names, Listing(filled, place), place)

    def _stated_unit(self) -> str:
        cell = self.entries.get("金额单位")
        return half_width(cell.text or "") if isinstance(cell, Cell) else ""

    # -- sheets
    def find_sheets(self) -> None:
        """Each sheet of the form by its name, else by what stands on it."""
        named: dict[str, SheetEntry] = {}
        for entry in self.book.sheets:
            named.setdefault(plain(entry.name), entry)
        for sheet in self.layout.sheets:
            if plain(sheet.name) in named:
                self.found[sheet.name] = named.pop(plain(sheet.name))
        taken = {entry.part for entry in self.found.values()}
        extra = [one for one in self.book.sheets if one.part not in taken and plain(one.name) not in _NO_INPUT]
        lost = [sheet for sheet in self.layout.sheets if sheet.name not in self.found]
        for entry in extra:
            self.reading = entry.name
            if lost:
                grid = self.book.grid(entry)
                alike = max(lost, key=lambda sheet: _likeness(sheet, grid))
                if _likeness(alike, grid) >= _NOT_ALIKE:
                    self.found[alike.name] = entry
                    lost.remove(alike)
                    self.report("X017", Place(self.file, sheet=entry.name), sheet=entry.name, meant=alike.name)
                    continue
                holds = bool(grid.rows)
            else:
                holds = not self.book.is_empty(entry)
            if holds:
                self.report("X018", Place(self.file, sheet=entry.name), sheet=entry.name)
        self.reading = ""

    # -- tables inside rows
    def attach(self, table: TableSheet, rows: Iterable[_Row], parents: Iterable[_Row]) -> None:
        """Put each row below the row of the table around it that it names."""
        known: dict[tuple[str, ...], _Row] = {}
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
            hint = did_you_mean(text, keys)
            self.report(
                "X019" if text else "X020", *places, header=header, text=_shortened(text), table=owner, suggestion=hint
            )
        for around, inner in gathered.items():
            parent = known[around]
            parent.filled = True
            _put(parent.entries, table.inside, Listing(tuple(inner), inner[0].place), parent.place)


_NO_INPUT = frozenset(plain(name) for name in (ACCOUNTS, OPINIONS))


def _put(entries: dict[str, Written], names: tuple[str, ...], written: Written, place: Place) -> None:
    """Set an entry, making the sections around it."""
    for name in names[:-1]:
        inner = entries.get(name)
        if not isinstance(inner, Section):
            inner = entries[name] = Section({}, place)
        assert isinstance(inner.entries, dict)
        entries = inner.entries
    entries[names[-1]] = written


def _likeness(sheet: Sheet, grid: Grid) -> float:
    """The part of the sheet's labels that stand on the grid in the way the form has them."""
    if isinstance(sheet, TableSheet):
        wanted = len(sheet.columns) + len(sheet.parents)
        return max((_headers_in(sheet, row) for row in _first_rows(grid)), default=0) / wanted
    header = _form_header(grid)
    if header is None:
        return 0.0
    labels = {_loose(grid.text(row, header[1])) for row in grid.rows if row > header[0]}
    return sum(_loose(line.label) in labels for line in sheet.lines) / max(len(sheet.lines), 1)


def _first_rows(grid: Grid) -> list[Mapping[int, Value]]:
    return [grid.rows[row] for row in sorted(grid.rows)[:_HEADER_WITHIN]]


def _headers_in(sheet: TableSheet, cells: Mapping[int, Value]) -> int:
    seen = {_loose(_text(value)) for value in cells.values()}
    return sum(_loose(header) in seen for header in _headers(sheet))


def _headers(sheet: TableSheet) -> list[str]:
    return [*(parent.header for parent in sheet.parents), *(column.header for column in sheet.columns)]


def _form_header(grid: Grid) -> tuple[int, int, int] | None:
    """(row, column of 项目, column of 填写)."""
    for row in sorted(grid.rows)[:_HEADER_WITHIN]:
        where = {plain(_text(value)): column for column, value in reversed(grid.rows[row].items())}
        if LABEL in where and VALUE in where:
            return row, where[LABEL], where[VALUE]
    return None


def _text(value: Value | None) -> str:
    return value.text if isinstance(value, Calculated) else value or ""


def _loose(label: str) -> str:
    """`plain` without a unit in brackets at its end: an office adds and removes them."""
    return _UNIT_BEHIND.sub("", plain(label)) or plain(label)


# -- one sheet --------------------------------------------------------------------------------------------------------
class _View:
    """A sheet of the form on the grid on which it was found."""

    def __init__(self, reader: _Reader, sheet: Sheet, entry: SheetEntry, grid: Grid) -> None:
        self.reader, self.sheet, self.entry, self.grid = reader, sheet, entry, grid
        self.letters: dict[int, str] = {}
        self.used_hidden: list[str] = []
        self.carried_down: dict[str, list[Place]] = {}

    def place(self, row: int, column: int) -> Place:
        letters = self.letters.get(column)
        if letters is None:
            letters = self.letters[column] = column_letters(column)
        return Place(self.reader.file, 0, self.entry.name, f"{letters}{row}")

    def report(self, code: str, *places: Place, **values: object) -> None:
        self.reader.report(code, *places, **values)

    def cell(self, value: Value | None, field_: Field | None, row: int, column: int) -> Cell:
        if value is None:
            return Cell(None, self.place(row, column))
        if isinstance(value, str):
            return Cell(value, self.place(row, column))
        if value.fault and field_ is not None and field_.formula:
            return Cell(None, self.place(row, column))  # the program computes it anyway
        return Cell(value.text, self.place(row, column), value.fault)

    # -- forms
    def form(self, entries: dict[str, Written]) -> None:
        assert isinstance(self.sheet, FormSheet)
        header = _form_header(self.grid)
        here = Place(self.reader.file, sheet=self.entry.name)
        if header is None:
            self.report("X012", here, sheet=self.entry.name, headers=f"“{LABEL}”、“{VALUE}”")
            return
        top, label_column, value_column = header
        lines = {plain(line.label): line for line in self.sheet.lines}
        loose = _without_units(self.sheet.lines)
        seen: dict[tuple[str, ...], Cell] = {}
        for row in sorted(self.grid.rows):
            label = self.grid.text(row, label_column)
            if self.is_front and len(seen) == len(self.sheet.lines):
                break
            if row <= top or not label.strip():
                self.stray_value(row, value_column, top)
                continue
            line = lines.get(plain(label)) or loose.get(_loose(label))
            value = self.grid.value(row, value_column)
            if line is None:
                if value is not None and not self.is_front:
                    known = [one.label for one in self.sheet.lines]
                    hint = did_you_mean(label, known) or "请按填报工作簿原来的项目填写；自己加的说明请写在别处"
                    self.report("X013", self.place(row, label_column), label=label.strip(), hint=hint)
                continue
            self.check_unit(label, line.field, row, label_column)
            cell = self.cell(value, line.field, row, value_column)
            first = seen.get(line.names)
            if first is not None and first.text is not None:
                if cell.text is not None and cell.text != first.text:
                    self.report("X016", first.place, cell.place, label=line.label)
                continue
            seen[line.names] = cell
            self.note_hidden(row, value_column, cell)
            _put(entries, line.names, cell, here)

    @property
    def is_front(self) -> bool:
        """«填报说明»: around its few lines stand instructions and the list of sheets."""
        return isinstance(self.sheet, FormSheet) and self.sheet.lines[0].field is None

    def stray_value(self, row: int, column: int, top: int) -> None:
        if row > top and self.grid.value(row, column) is not None and not self.is_front:
            self.report("X022", self.place(row, column), text=_shortened(self.grid.text(row, column)))

    # -- tables
    def table(self) -> list[_Row]:
        assert isinstance(self.sheet, TableSheet)
        sheet, grid = self.sheet, self.grid
        numbers = sorted(grid.rows)
        top = self.header_row(numbers[:_HEADER_WITHIN])
        wanted = min(2, len(_headers(sheet)))
        if not top or _headers_in(sheet, grid.rows[top]) < wanted:
            if numbers:
                headers = "、".join(f"“{header}”" for header in _headers(sheet)[:4])
                here = Place(self.reader.file, sheet=self.entry.name)
                self.report("X012", here, sheet=self.entry.name, headers=headers)
            return []
        columns, parents, number_column, others = self.columns(top)
        below = [row for row in numbers if row > top]
        self.report_columns(top, below, columns, parents, others)
        repeated = {c for c, one in columns.items() if one.field.kind in _REPEATED_KINDS} | set(parents)
        key = sheet.key
        key_field = key.field if key is not None else None
        key_column = next((c for c, one in columns.items() if key is one), number_column)
        rows: list[_Row] = []
        previous: tuple[str, ...] = ()
        for row in below:
            cells = grid.rows[row]
            filled = [c for c in columns if c in cells]
            if not filled and not (number_column in cells and sheet.numbered):
                continue
            if (
                self.is_total(cells)
                or self.is_header_again(cells, columns, top)
                or self.is_note(row, cells, columns, filled)
            ):
                continue
            made = self.row(row, columns, repeated)
            made.filled = bool(filled)
            made.key = self.key_at(row, key_column, key_field)
            previous = self.around(made, row, parents, previous)
            rows.append(made)
            if row in grid.hidden_rows and filled:
                self.used_hidden.append(f"第{row}行")
        for header, places in self.carried_down.items():
            self.report("X023", *places, header=header, count=len(places))
        self.used_hidden += [
            f"{column_letters(c)}列"
            for c in columns
            if grid.column_is_hidden(c) and any(c in grid.rows[row] for row in below)
        ]
        return rows

    def header_row(self, numbers: Sequence[int]) -> int:
        """The row with the most headers; where there is one header only, the title above may say the same word."""
        assert isinstance(self.sheet, TableSheet)
        found = {row: _headers_in(self.sheet, self.grid.rows[row]) for row in numbers}
        if len(_headers(self.sheet)) > 1:
            return max(found, key=lambda row: found[row], default=0)
        named = [row for row, count in found.items() if count]
        return max((row for row in named if row < named[0] + TABLE_HEADER_ROW), default=0)

    def columns(self, top: int) -> tuple[dict[int, Column], dict[int, ParentColumn], int, dict[int, str]]:
        """Column number → column of the form; the same for parents; where 序号 is; headers that nobody knows."""
        assert isinstance(self.sheet, TableSheet)
        sheet = self.sheet
        loose = _without_units(sheet.columns)
        columns: dict[int, Column] = {}
        parents: dict[int, ParentColumn] = {}
        number_column, others = 0, dict[int, str]()
        for column, value in sorted(self.grid.rows[top].items()):
            header = _text(value)
            meant = sheet.column(header) or loose.get(_loose(header))
            if plain(header).endswith(plain(COMPUTED_SUFFIX)):
                continue
            if isinstance(meant, ParentColumn):
                parents.setdefault(column, meant)
            elif meant is not None:
                first = next((c for c, one in columns.items() if one is meant), 0)
                if first:
                    self.report("X021", self.place(top, first), self.place(top, column), header=header.strip())
                else:
                    columns[column] = meant
                    self.check_unit(header, meant.field, top, column)
            elif plain(header) == NUMBER:
                number_column = number_column or column
            else:
                others[column] = header
        return columns, parents, number_column, others

    def report_columns(
        self,
        top: int,
        below: Collection[int],
        columns: Mapping[int, Column],
        parents: Mapping[int, ParentColumn],
        others: Mapping[int, str],
    ) -> None:
        assert isinstance(self.sheet, TableSheet)
        rows = self.grid.rows
        lost = [one for one in self.sheet.columns if not any(one is known for known in columns.values())]
        for column, header in others.items():
            if any(column in rows[row] for row in below):
                near = did_you_mean(header.strip(), [one.label for one in lost] or [])
                hint = near or "请改成填报工作簿原来的栏名；自己加的栏不会读取"
                self.report("X014", self.place(top, column), header=header.strip(), hint=hint)
        known = {*columns, *parents, *others, *(c for c in rows[top])}
        beside = next(((row, c) for row in below for c in rows[row] if c not in known), None)
        if beside is not None:
            self.report("X022", self.place(*beside), text=_shortened(self.grid.text(*beside)))
        if not any(c in rows[row] for row in below for c in (*columns, *parents)):
            return
        missing = [p.header for p in self.sheet.parents if not any(p is known for known in parents.values())]
        missing += [one.header for one in lost if one.field.required]
        if missing:
            headers = "、".join(f"“{one}”" for one in missing)
            self.report("X015", Place(self.reader.file, sheet=self.entry.name), headers=headers, sheet=self.entry.name)

    def row(self, row: int, columns: Mapping[int, Column], repeated: Collection[int]) -> _Row:
        cells, covered = self.grid.rows[row], self.grid.covered
        place = self.place(row, min(columns, default=1))
        entries: dict[str, Written] = {}
        for column, meant in columns.items():
            value = cells.get(column)
            if value is None and column in repeated and (row, column) in covered:
                value = self.grid.value(covered[row, column], column)
            cell = self.cell(value, meant.field, row, column)
            if len(meant.names) == 1:
                entries[meant.names[0]] = cell
            else:
                _put(entries, meant.names, cell, place)
        return _Row((), "", entries, place, place, "")

    def key_at(self, row: int, column: int, key: Field | None) -> str:
        if not column:
            return ""
        top = self.grid.covered.get((row, column), row)
        return _key(self.grid.text(top, column), key)

    def around(
        self, made: _Row, row: int, parents: Mapping[int, ParentColumn], previous: tuple[str, ...]
    ) -> tuple[str, ...]:
        """The keys of the rows around this one; a blank one is that of the row above, with a warning."""
        if not parents:
            return ()
        keys: list[str] = []
        for number, (column, parent) in enumerate(sorted(parents.items())):
            top = self.grid.covered.get((row, column), row)
            text = self.grid.text(top, column).strip()
            made.parent_place, made.parent_text = self.place(row, column), text
            key = _key(text, parent.key)
            if not key and len(previous) > number and made.filled:
                key = previous[number]
                made.parent_text = key
                self.carried_down.setdefault(parent.header, []).append(made.parent_place)
            keys.append(key)
        made.around = tuple(keys)
        return made.around if made.filled else previous

    def is_header_again(self, cells: Mapping[int, Value], columns: Mapping[int, Column], top: int) -> bool:
        """Long tables are printed with the header on each page, and some offices write it there."""
        header = self.grid.rows[top]
        return len(columns) > 1 and all(cells.get(c) == header[c] for c in columns)

    def is_total(self, cells: Mapping[int, Value]) -> bool:
        """合计 and the like in the first filled cell: sums are the program's."""
        return plain(_text(cells[min(cells)])) in _TOTALS

    def is_note(
        self, row: int, cells: Mapping[int, Value], columns: Mapping[int, Column], filled: Sequence[int]
    ) -> bool:
        if len(filled) != 1 or len(columns) < 2 or not _NOTE.match(self.grid.text(row, filled[0]).strip()):
            return False
        self.report("X022", self.place(row, filled[0]), text=_shortened(self.grid.text(row, filled[0])))
        return True

    # -- both
    def check_unit(self, label: str, field_: Field | None, row: int, column: int) -> None:
        """«基本支出（元）» in a workbook of 万元: which of the two is meant, nobody can know."""
        behind = _UNIT_BEHIND.search(half_width(label).replace("单位:", "").strip())
        if field_ is None or field_.kind != "金额" or behind is None:
            return
        stated = self.reader.unit
        if behind[1] in MONEY_UNITS and stated and behind[1] != stated:
            self.report("X024", self.place(row, column), label=label.strip(), unit=stated)

    def note_hidden(self, row: int, column: int, cell: Cell) -> None:
        if cell.text is not None and row in self.grid.hidden_rows:
            self.used_hidden.append(f"第{row}行")

    def report_hidden(self) -> None:
        here = Place(self.reader.file, sheet=self.entry.name)
        if self.entry.hidden and self.grid.rows:
            self.report("X025", here, what=f"工作表“{self.entry.name}”")
        elif self.used_hidden:
            more = f"等{len(self.used_hidden)}处" if len(self.used_hidden) > 6 else ""
            self.report("X025", here, what="、".join(self.used_hidden[:6]) + more)


def _without_units(all_: Sequence[_Labelled]) -> dict[str, _Labelled]:
    """By their labels without units: those that mean one thing only."""
    labels = [_loose(one.label) for one in all_]
    return {label: one for label, one in zip(labels, all_, strict=True) if labels.count(label) == 1}


def _key(text: str, key: Field | None) -> str:
    """A key for comparing: of a 科目 the code alone."""
    words = half_width(text)
    if key is not None and key.kind in ACCOUNT_KINDS:
        code = re.match(r"\d+", words)
        return code[0] if code else words
    return words


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 30 else f"{words[:28]}……"
