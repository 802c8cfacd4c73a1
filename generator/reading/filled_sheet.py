"""One block of the form, on the grid on which it was found → what is written in it: lines and matrices.

Rows and columns are found by their labels. It knows nothing of other blocks; tables are `filled_table`'s.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.diagnostics import Diagnostic, finding
from generator.form.blocks import (
    BY_PROGRAM,
    COMPUTED_SUFFIX,
    LABEL,
    VALUE,
    Block,
    FormBlock,
    FormLine,
    MatrixBlock,
    plain,
)
from generator.form.fields import Field
from generator.form.sources import Cell, Section, Written
from generator.form.value_reading import half_width
from generator.names import nearest
from generator.place import Place
from generator.quantity import MONEY_UNITS
from generator.reading.labels_on_grid import HEADER_WITHIN, UNIT_BEHIND, bare, form_header, loose, spelled, text_of
from generator.xlsx.book import SheetEntry
from generator.xlsx.cells import CellGrid, Value, column_letters

_MOST_SUGGESTIONS = 50


class FilledSheet:
    """A block of the form on the grid on which it was found."""

    def __init__(self, file: str, sheet: Block, entry: SheetEntry, grid: CellGrid, unit: str, year: int = 0) -> None:
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
        assert isinstance(self.sheet, FormBlock)
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
        return isinstance(self.sheet, FormBlock) and self.sheet.lines[0].field is None

    def note_overtyped(
        self, names: tuple[str, ...], one: Field | None, row: int, column: int, entries: dict[str, Written]
    ) -> None:
        """What stands in the locked cell beside a computed one, when it is no formula any more."""
        value = self.grid.value(row, column) if column and one is not None and one.formula else None
        if isinstance(value, str) and plain(value) != BY_PROGRAM:
            place = self.place(row, column)
            put(entries, (*names[:-1], f"{names[-1]}{COMPUTED_SUFFIX}"), Cell(value, place), place)

    # -- matrices
    def matrix(self, entries: dict[str, Written]) -> None:
        assert isinstance(self.sheet, MatrixBlock)
        block, rows = self.sheet, self.grid.rows
        columns = {loose(column): column for column in block.columns}
        counts = {row: len({loose(text_of(v)) for v in rows[row].values()} & set(columns)) for row in sorted(rows)}
        top = max(list(counts)[:HEADER_WITHIN], key=lambda row: counts[row], default=0)
        here = Place(self.file, sheet=self.entry.name)
        if not top or not counts[top]:
            named = "、".join(f"“{one}”" for one in block.columns)
            self.report("X012", here, sheet=self.entry.name, headers=named)
            return
        shown = {column: columns.get(loose(text_of(value))) for column, value in rows[top].items()}
        first = min(column for column, known in shown.items() if known)
        labels = next((c for c, v in rows[top].items() if plain(text_of(v)) == LABEL), first - 1)
        known_rows = {word: row for row in reversed(block.rows) for word in (bare(row, self.year), loose(row))}
        unknown: list[int] = []
        seen: dict[tuple[str, str], Cell] = {}
        for row in (one for one in sorted(rows) if one > top):
            label = self.grid.text(row, labels).strip()
            named_row = known_rows.get(loose(label)) or known_rows.get(bare(label, self.year))
            filled = [column for column, known in shown.items() if known and column in rows[row]]
            if named_row is None:
                unknown += [row] if filled else []
                continue
            for column, header in shown.items():
                if header and (named_row, header) in block.cells:
                    self._matrix_cell((named_row, header), row, column, seen, entries)
        lost = [row for row in block.rows if not any(row == one for one, _ in seen)]
        for row in unknown:
            label = self.grid.text(row, labels).strip()
            near = self.meant(label, lost, len(unknown))
            hint = f"您是否指“{near}”？" if near else "请按填报工作簿原来的项目填写；自己加的说明请写在别处"
            self.report("X013", self.place(row, max(labels, 1)), label=shortened(label), hint=hint)
        gone = [header for header in block.columns if header not in shown.values()]
        self.report_missing(here, [*lost, *gone])

    def _matrix_cell(
        self,
        spot: tuple[str, str],
        row: int,
        column: int,
        seen: dict[tuple[str, str], Cell],
        entries: dict[str, Written],
    ) -> None:
        assert isinstance(self.sheet, MatrixBlock)
        line = self.sheet.cells[spot]
        cell = self.in_place(line, row, column, entries)
        first = seen.get(spot)
        if first is not None and first.text is not None:
            if cell.text is not None and cell.text != first.text:
                self.report("X016", first.place, cell.place, label=line.label)
            return
        seen[spot] = cell
        self.note_hidden(row, column, cell)
        put(entries, line.names, cell, Place(self.file, sheet=self.entry.name))

    def in_place(self, line: FormLine, row: int, column: int, entries: dict[str, Written]) -> Cell:
        """A cell that shows a formula where others have what is typed: only what was typed over it counts."""
        value, one = self.grid.value(row, column), line.field
        if one is None or not one.formula:
            return self.cell(value, one, row, column)
        if not isinstance(value, str):
            return Cell(None, self.place(row, column))
        if one.reconcile is None:  # locked: told, not adopted
            self.note_overtyped(line.names, one, row, column, entries)
            return Cell(None, self.place(row, column))
        return self.cell(value, one, row, column)

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


def shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 30 else f"{words[:28]}……"
