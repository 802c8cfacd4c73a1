"""One sheet of the form, on the grid on which it was found → what is written in it.

Rows and columns are found by their labels. It knows nothing of other sheets; rows of inner tables only say to which row
they belong, and `read_excel` puts them there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from generator.diagnostics import Diagnostic, finding
from generator.filling.account_value import taken_as_account
from generator.filling.nothing_said import holds_text
from generator.filling.rows_as_typed import is_ghost
from generator.form.fields import ACCOUNT_KINDS, Field
from generator.form.layout import (
    BY_PROGRAM,
    COMPUTED_SUFFIX,
    LABEL,
    NUMBER,
    TABLE_HEADER_ROW,
    VALUE,
    Column,
    FormLine,
    FormSheet,
    ParentColumn,
    Sheet,
    TableSheet,
    plain,
)
from generator.form.sources import Cell, Section, Written
from generator.form.value_reading import half_width
from generator.names import nearest
from generator.place import Place
from generator.quantity import MONEY_UNITS
from generator.reading.labels_on_grid import (
    HEADER_WITHIN,
    UNIT_BEHIND,
    bare,
    form_header,
    headers,
    headers_in,
    loose,
    spelled,
    text_of,
)
from generator.xlsx.book import SheetEntry
from generator.xlsx.cells import CellGrid, Value, column_letters

_MOST_SUGGESTIONS = 50
_TOTALS = frozenset(("合计", "总计", "小计", "总合计"))
_NOTE = re.compile(r"(注|备注|说明|填表说明|填表人|制表人?|审核人?|负责人|联系人|填报日期|编制单位|填报单位)[:：]")
_REPEATED_KINDS = ("文字", "选项", *ACCOUNT_KINDS)
"""In a column of these kinds, a cell merged over several rows speaks for all of them; an amount counts once."""


@dataclass(slots=True)
class FilledRow:
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


class FilledSheet:
    """A sheet of the form on the grid on which it was found."""

    def __init__(self, file: str, sheet: Sheet, entry: SheetEntry, grid: CellGrid, unit: str, year: int = 0) -> None:
        """`unit`: the workbook's 金额单位, `year`: its fiscal year; "" and 0 where they are not known."""
        self.file, self.sheet, self.entry, self.grid, self.unit, self.year = file, sheet, entry, grid, unit, year
        self.findings: list[Diagnostic] = []
        self.letters: dict[int, str] = {}
        self.used_hidden: list[str] = []
        self.carried_down: dict[tuple[str, str], list[Place]] = {}

    def place(self, row: int, column: int) -> Place:
        letters = self.letters.get(column)
        if letters is None:
            letters = self.letters[column] = column_letters(column)
        return Place(self.file, 0, self.entry.name, f"{letters}{row}")

    def report(self, code: str, *places: Place, **values: object) -> None:
        self.findings.append(finding(code, *places, **values))

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
        header = form_header(self.grid)
        here = Place(self.file, sheet=self.entry.name)
        if header is None:
            self.report("X012", here, sheet=self.entry.name, headers=f"“{LABEL}”、“{VALUE}”")
            return
        top, label_column, value_column, computed_column = header
        lines = {plain(line.label): line for line in self.sheet.lines}
        without = spelled(self.sheet.lines, self.year)
        seen: dict[tuple[str, ...], Cell] = {}
        unknown: list[tuple[int, int]] = []
        stray: list[tuple[int, int]] = []
        for row in sorted(self.grid.rows):
            label = self.grid.text(row, label_column)
            if self.is_front and len(seen) == len(self.sheet.lines):
                break
            if row <= top:
                continue
            if not label.strip():
                if self.grid.value(row, value_column) is not None and not self.is_front:
                    stray.append((row, value_column))
                continue
            line = lines.get(plain(label)) or without.get(loose(label)) or without.get(bare(label, self.year))
            value = self.grid.value(row, value_column)
            if line is None:
                if value is not None and not self.is_front:
                    unknown.append((row, label_column))
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
            put(entries, line.names, cell, here)
            self.note_overtyped(line.names, line.field, row, computed_column, entries)
        lost = [one for one in self.sheet.lines if one.names not in seen]
        told = self.report_unknown_lines(unknown, lost)
        if not self.is_front and seen:
            self.report_missing(here, [one.label for one in lost if one.field is not None and one.label not in told])
        if stray:
            self.report("X022", *(self.place(*one) for one in stray), text=shortened(self.grid.text(*stray[0])))

    def report_unknown_lines(self, unknown: Sequence[tuple[int, int]], lost: Sequence[FormLine]) -> set[str]:
        """X013 for each; the labels of lines that are not there and that these seem to be."""
        told: set[str] = set()
        for number, spot in enumerate(unknown):
            label = self.grid.text(*spot).strip()
            # Another table below the form may bring thousands of lines.
            near = self.meant(label, [one.label for one in lost], len(unknown)) if number < _MOST_SUGGESTIONS else ""
            told.add(near)
            hint = f"您是否指“{near}”？" if near else "请按填报工作簿原来的项目填写；自己加的说明请写在别处"
            self.report("X013", self.place(*spot), label=shortened(label), hint=hint)
        return told

    def meant(self, label: str, lost: Sequence[str], unknown: int) -> str:
        """Which of the labels that are not there this may be: the one that reads alike, or the only one there is."""
        words = {bare(one, self.year): one for one in reversed(lost)}
        near = nearest(bare(label, self.year), words)
        return words[near] if near else lost[0] if len(lost) == 1 == unknown else ""

    def report_missing(self, here: Place, labels: Sequence[str]) -> None:
        """X033: what the form has and the sheet has not; nobody can know whether something was written there."""
        if labels:
            named = "、".join(f"“{one}”" for one in labels)
            self.report("X033", here, labels=named, sheet=self.entry.name)

    @property
    def is_front(self) -> bool:
        """«填报说明»: around its few lines stand instructions and the list of sheets."""
        return isinstance(self.sheet, FormSheet) and self.sheet.lines[0].field is None

    def note_overtyped(
        self, names: tuple[str, ...], one: Field | None, row: int, column: int, entries: dict[str, Written]
    ) -> None:
        """What stands in the locked cell beside a computed one, when it is no formula any more."""
        value = self.grid.value(row, column) if column and one is not None and one.formula else None
        if isinstance(value, str) and plain(value) != BY_PROGRAM:
            place = self.place(row, column)
            put(entries, (*names[:-1], f"{names[-1]}{COMPUTED_SUFFIX}"), Cell(value, place), place)

    # -- tables
    def table(self) -> list[FilledRow]:
        assert isinstance(self.sheet, TableSheet)
        sheet, grid = self.sheet, self.grid
        numbers = sorted(grid.rows)
        top = self.header_row(numbers[:HEADER_WITHIN])
        wanted = min(2, len(headers(sheet)))
        if not top or headers_in(sheet, grid.rows[top]) < wanted:
            if numbers:
                named = "、".join(f"“{header}”" for header in headers(sheet)[:4])
                here = Place(self.file, sheet=self.entry.name)
                self.report("X012", here, sheet=self.entry.name, headers=named)
            return []
        columns, parents, number_column, others = self.columns(top)
        shown = {plain(f"{one.label}{COMPUTED_SUFFIX}"): one for one in sheet.columns if one.field.formula}
        shown |= {plain(f"{one.header}{COMPUTED_SUFFIX}"): one for one in sheet.columns if one.field.formula}
        heads = {column: shown.get(plain(text_of(value))) for column, value in grid.rows[top].items()}
        computed = {column: one for column, one in heads.items() if one is not None}
        below = [row for row in numbers if row > top]
        self.report_columns(top, below, columns, parents, others)
        repeated = {c for c, one in columns.items() if one.field.kind in _REPEATED_KINDS} | set(parents)
        key = sheet.key
        key_field = key.field if key is not None else None
        key_column = next((c for c, one in columns.items() if key is one), number_column)
        rows: list[FilledRow] = []
        previous: tuple[str, ...] = ()
        zeros: list[Place] = []
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
            made.filled = bool(filled) and not self.is_ghost(made, zeros)
            for column, meant in computed.items():
                self.note_overtyped(meant.names, meant.field, row, column, made.entries)
            made.key = self.key_at(row, key_column, key_field)
            previous = self.around(made, row, parents, previous)
            rows.append(made)
            if row in grid.hidden_rows and filled:
                self.used_hidden.append(f"第{row}行")
        if zeros:
            self.report("I071", *zeros, label=sheet.spec.label, count=len(zeros))
        for (header, carried), places in self.carried_down.items():
            self.report("X023", *places, header=header, count=len(places), key=carried)
        self.used_hidden += [
            f"{column_letters(c)}列"
            for c in columns
            if grid.column_is_hidden(c) and any(c in grid.rows[row] for row in below)
        ]
        return rows

    def header_row(self, numbers: Sequence[int]) -> int:
        """The row with the most headers; where there is one header only, the title above may say the same word."""
        assert isinstance(self.sheet, TableSheet)
        found = {row: headers_in(self.sheet, self.grid.rows[row]) for row in numbers}
        if len(headers(self.sheet)) > 1:
            return max(found, key=lambda row: found[row], default=0)
        named = [row for row, count in found.items() if count]
        return max((row for row in named if row < named[0] + TABLE_HEADER_ROW), default=0)

    def columns(self, top: int) -> tuple[dict[int, Column], dict[int, ParentColumn], int, dict[int, str]]:
        """Column number → column of the form; the same for parents; where 序号 is; headers that nobody knows."""
        assert isinstance(self.sheet, TableSheet)
        sheet = self.sheet
        without = spelled(sheet.columns, self.year)
        columns: dict[int, Column] = {}
        parents: dict[int, ParentColumn] = {}
        number_column, others = 0, dict[int, str]()
        for column, value in sorted(self.grid.rows[top].items()):
            header = text_of(value)
            meant = sheet.column(header) or without.get(loose(header)) or without.get(bare(header, self.year))
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
        used = [column for column in others if any(column in rows[row] for row in below)]
        told: set[str] = set()
        for column in used:
            header = others[column].strip()
            near = self.meant(header, [one.label for one in lost], len(used))
            told.add(near)
            hint = f"您是否指“{near}”？" if near else "请改成填报工作簿原来的栏名；自己加的栏不会读取"
            self.report("X014", self.place(top, column), header=header, hint=hint)
        known = {*columns, *parents, *others, *(c for c in rows[top])}
        beside = next(((row, c) for row in below for c in rows[row] if c not in known), None)
        if beside is not None:
            self.report("X022", self.place(*beside), text=shortened(self.grid.text(*beside)))
        if not any(c in rows[row] for row in below for c in (*columns, *parents)):
            return
        missing = [p.header for p in self.sheet.parents if not any(p is known for known in parents.values())]
        missing += [one.header for one in lost if one.field.required]
        if missing:
            named = "、".join(f"“{one}”" for one in missing)
            self.report("X015", Place(self.file, sheet=self.entry.name), headers=named, sheet=self.entry.name)
        left = [one.header for one in lost if not (one.field.required or one.field.formula or one.label in told)]
        self.report_missing(Place(self.file, sheet=self.entry.name), left)

    def row(self, row: int, columns: Mapping[int, Column], repeated: Collection[int]) -> FilledRow:
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
                put(entries, meant.names, cell, place)
        return FilledRow((), "", entries, place, place, "")

    def is_ghost(self, made: FilledRow, zeros: list[Place]) -> bool:
        """Spaces, dashes and dragged-down 0, which are noted in `zeros`."""
        assert isinstance(self.sheet, TableSheet)
        if not is_ghost(Section(made.entries, made.place), self.sheet.spec):
            return False
        if holds_text(made.entries.values()):
            zeros.append(made.place)
        return True

    def key_at(self, row: int, column: int, key: Field | None) -> str:
        if not column:
            return ""
        top = self.grid.covered.get((row, column), row)
        return _key(self.grid.text(top, column), key)

    def around(
        self, made: FilledRow, row: int, parents: Mapping[int, ParentColumn], previous: tuple[str, ...]
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
                self.carried_down.setdefault((parent.header, key), []).append(made.parent_place)
            keys.append(key)
        made.around = tuple(keys)
        return made.around if made.filled else previous

    def is_header_again(self, cells: Mapping[int, Value], columns: Mapping[int, Column], top: int) -> bool:
        """Long tables are printed with the header on each page, and some offices write it there."""
        header = self.grid.rows[top]
        return len(columns) > 1 and all(cells.get(c) == header[c] for c in columns)

    def is_total(self, cells: Mapping[int, Value]) -> bool:
        """合计 and the like in the first filled cell: sums are the program's."""
        return plain(text_of(cells[min(cells)])) in _TOTALS

    def is_note(
        self, row: int, cells: Mapping[int, Value], columns: Mapping[int, Column], filled: Sequence[int]
    ) -> bool:
        if len(filled) != 1 or len(columns) < 2 or not _NOTE.match(self.grid.text(row, filled[0]).strip()):
            return False
        self.report("X022", self.place(row, filled[0]), text=shortened(self.grid.text(row, filled[0])))
        return True

    # -- both
    def check_unit(self, label: str, field_: Field | None, row: int, column: int) -> None:
        """«基本支出（元）» in a workbook of 万元: which of the two is meant, nobody can know."""
        behind = UNIT_BEHIND.search(half_width(label).replace("单位:", "").strip())
        if field_ is None or field_.kind != "金额" or behind is None:
            return
        stated = self.unit
        if behind[1] in MONEY_UNITS and stated and behind[1] != stated:
            self.report("X024", self.place(row, column), label=label.strip(), unit=stated)

    def note_hidden(self, row: int, column: int, cell: Cell) -> None:
        if cell.text is not None and row in self.grid.hidden_rows:
            self.used_hidden.append(f"第{row}行")

    def report_hidden(self) -> None:
        here = Place(self.file, sheet=self.entry.name)
        if self.entry.hidden and self.grid.rows:
            self.report("X025", here, what=f"工作表“{self.entry.name}”")
        elif self.used_hidden:
            more = f"等{len(self.used_hidden)}处" if len(self.used_hidden) > 6 else ""
            self.report("X025", here, what="、".join(self.used_hidden[:6]) + more)


def put(entries: dict[str, Written], names: tuple[str, ...], written: Written, place: Place) -> None:
    """Set an entry, making the sections around it."""
    for name in names[:-1]:
        inner = entries.get(name)
        if not isinstance(inner, Section):
            inner = entries[name] = Section({}, place)
        assert isinstance(inner.entries, dict)
        entries = inner.entries
    entries[names[-1]] = written


def _key(text: str, key: Field | None) -> str:
    """A key for comparing, as pasting leaves it alone: without spaces and line breaks, of a 科目 the code."""
    if key is not None and key.kind in ACCOUNT_KINDS:
        account = taken_as_account(text)
        return account.code or account.name
    return half_width(text).replace(" ", "")


def shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 30 else f"{words[:28]}……"
