"""One table of the form, on the grid on which it was found → its rows.

Rows of inner tables only say to which row they belong, and `read_excel` puts them there. An official table may have
been pasted over it with all that it has: titles, a head of several rows, 栏次, sums of 类 and 款.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.facts.accounts import LEVELS
from generator.filling.account_value import taken_as_account
from generator.filling.nothing_said import holds_text
from generator.filling.rows_as_typed import is_ghost
from generator.form.blocks import COMPUTED_SUFFIX, NUMBER, Column, ParentColumn, TableBlock, plain
from generator.form.fields import ACCOUNT_KINDS, Field
from generator.form.sources import Cell, Section, Written
from generator.form.value_reading import half_width
from generator.place import Place
from generator.reading.filled_sheet import FilledSheet, put, shortened
from generator.reading.labels_on_grid import HEADER_WITHIN, bare, headers, headers_in, loose, spelled, text_of
from generator.reading.official_rows import verified_sums
from generator.xlsx.cells import Calculated, Value, column_letters

_HEADER_BELOW_TITLE = 4
"""Filled rows from the first that says the word of a table with one column: its title may say it, too."""
_TOTALS = frozenset(("合计", "总计", "小计", "总合计"))
_COUNTED = "栏次"
_NOTE = re.compile(r"(注|备注|说明|填表说明|填表人|制表人?|审核人?|负责人|联系人|填报日期|编制单位|填报单位)[:：]")
_REPEATED_KINDS = ("文字", "选项", *ACCOUNT_KINDS)
"""In a column of these kinds, a cell merged over several rows speaks for all of them; an amount counts once."""
_HEAD_ROWS = 2
"""How many rows above and below the fullest row of its head an official table's head may reach."""
_MOST_SUGGESTIONS = 50
_LAST_COLUMN = 1 << 15
_STATED_UNIT = re.compile(r"单位:?\(?((?:千|万|百万|亿)?元)\)?$")


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


@dataclass(slots=True)
class _Head:
    """Column → the word over it, and the row in which that stands. `name`: the column of names of 科目, 0 = none.
    `reach`: the columns of the sheet that belong to it."""

    cells: dict[int, Value]
    rows: dict[int, int]
    name: int = 0
    reach: range = range(1, _LAST_COLUMN)
    listed: bool = False
    """It is one side of a published table, which lists every 科目: one without a figure is none of the office's."""


class FilledTable(FilledSheet):
    """A table of the form on the grid on which it was found."""

    def table(self, entries: dict[str, Written]) -> list[FilledRow]:
        """`entries`: of the whole input; what is typed into the row 合计 of an official table goes there."""
        sheet, grid = self.block, self.grid
        numbers = sorted(grid.rows)
        top = self.header_row(numbers[:HEADER_WITHIN])
        wanted = min(2, len(headers(sheet)))
        if not top or headers_in(sheet, grid.rows[top]) < wanted:
            if numbers:
                named = "、".join(f"“{header}”" for header in headers(sheet)[:4])
                here = Place(self.file, sheet=self.entry.name)
                self.report("X012", here, sheet=self.entry.name, headers=named)
            return []
        head = self.head(top, numbers)
        if sheet.official:
            self.check_stated_unit([row for row in numbers if row < top])
        below = [row for row in numbers if row > max(head.rows.values())]
        rows: list[FilledRow] = []
        columns: dict[int, Column] = {}
        for side in self.sides(head):
            own, parents, number_column, others = self.columns(side)
            self.report_columns(head, below, own, parents, others)
            rows += self.data(below, own, parents, number_column, side, entries)
            columns |= own
        for (header, carried), places in self.carried_down.items():
            self.report("X023", *places, header=header, count=len(places), key=carried)
        self.used_hidden += [
            f"{column_letters(c)}列"
            for c in columns
            if grid.column_is_hidden(c) and any(c in grid.rows[row] for row in below)
        ]
        return rows

    def data(
        self,
        below: Sequence[int],
        columns: Mapping[int, Column],
        parents: Mapping[int, ParentColumn],
        number_column: int,
        head: _Head,
        entries: dict[str, Written],
    ) -> list[FilledRow]:
        sheet, grid = self.block, self.grid
        computed = self.locked_columns(head)
        repeated = {c for c, one in columns.items() if one.field.kind in _REPEATED_KINDS} | set(parents)
        key = sheet.key
        key_field = key.field if key is not None else None
        key_column = next((c for c, one in columns.items() if key is one), number_column)
        passed = self.sums(below, columns, key_column)
        rows: list[FilledRow] = []
        previous: tuple[str, ...] = ()
        zeros: list[Place] = []
        for row in below:
            cells = {c: value for c, value in grid.rows[row].items() if c in head.reach}
            if not cells:
                continue
            filled = [c for c, one in columns.items() if c in cells and not self.is_shown(one, cells[c])]
            filled += [head.name] if not filled and isinstance(cells.get(head.name), str) else []
            if self.is_total(cells, (key_column, head.name)):
                self.totals(row, columns, entries)
                continue
            if not filled and not (number_column in cells and sheet.numbered):
                continue
            if row in passed or self.is_header_again(cells, columns, head) or self.is_note(row, cells, columns, filled):
                continue
            made = self.row(row, columns, repeated, head.name)
            made.filled = bool(filled) and not self.is_ghost(made, zeros)
            if head.listed and not any(c in cells for c in filled if columns[c] is not key):
                continue
            for column, meant in computed.items():
                self.note_overtyped(meant.names, meant.field, row, column, made.entries)
            made.key = self.key_at(row, key_column, key_field)
            previous = self.around(made, row, parents, previous)
            rows.append(made)
            if row in grid.hidden_rows and filled:
                self.used_hidden.append(f"第{row}行")
        if zeros:
            self.report("I071", *zeros, label=sheet.spec.label, count=len(zeros))
        return rows

    @property
    def block(self) -> TableBlock:
        assert isinstance(self.sheet, TableBlock)
        return self.sheet

    def locked_columns(self, head: _Head) -> dict[int, Column]:
        """The columns beside computed ones, which only show what the program computes."""
        shown = {plain(f"{one.label}{COMPUTED_SUFFIX}"): one for one in self.block.columns if one.field.formula}
        shown |= {plain(f"{one.header}{COMPUTED_SUFFIX}"): one for one in self.block.columns if one.field.formula}
        found = {column: shown.get(plain(text_of(value))) for column, value in head.cells.items()}
        return {column: one for column, one in found.items() if one is not None}

    # -- official tables
    def is_shown(self, column: Column, value: Value) -> bool:
        """A computed cell of an official table that still shows its formula."""
        return self.block.official and bool(column.field.formula) and isinstance(value, Calculated)

    def head(self, top: int, numbers: Sequence[int]) -> _Head:
        """The fullest row of the head; of an official table also what the rows around it say of other columns."""
        head = _Head(dict(self.grid.rows[top]), dict.fromkeys(self.grid.rows[top], top))
        if not self.block.official:
            return head
        words = {loose(word) for word in (*headers(self.block), *(one.label for one in self.block.columns))}
        words |= {loose(word) for word in self.block.named[-1:]}
        known = {loose(text_of(value)) for value in head.cells.values()} & words
        at = numbers.index(top)
        for row in (*numbers[at + 1 : at + 1 + _HEAD_ROWS], *numbers[max(at - _HEAD_ROWS, 0) : at][::-1]):
            for column, value in self.grid.rows[row].items():
                word = loose(text_of(value))
                if word in words - known and loose(text_of(head.cells.get(column))) not in words:
                    head.cells[column], head.rows[column] = value, row
                    known.add(word)
        if self.block.named:
            wanted = loose(self.block.named[-1])
            head.name = next((c for c, value in head.cells.items() if loose(text_of(value)) == wanted), 0)
        return head

    def sides(self, head: _Head) -> list[_Head]:
        """The same head several times side by side, as 06表 has it: 人员经费 on the left, 公用经费 on the right."""
        key = self.block.key
        starts = [c for c, value in sorted(head.cells.items()) if key and self.block.column(text_of(value)) is key]
        words = [[loose(text_of(head.cells[c])) for c in sorted(head.cells) if a <= c < b] for a, b in spans(starts)]
        if not self.block.official or len(starts) < 2 or any(one != words[0] for one in words):
            return [head]
        found = []
        for first, after in spans(starts):
            own = range(first, after)
            cells = {c: value for c, value in head.cells.items() if c in own}
            name = next((c for c in cells if loose(text_of(cells[c])) == loose(self.block.named[-1])), 0)
            found.append(_Head(cells, {c: head.rows[c] for c in cells}, name, own, listed=True))
        return found

    def check_stated_unit(self, above: Sequence[int]) -> None:
        """«单位：万元» over a table that was pasted into a workbook of 元."""
        for row in above:
            for column, value in self.grid.rows[row].items():
                stated = _STATED_UNIT.search(half_width(text_of(value)).replace(" ", ""))
                if stated is not None and self.unit and stated[1] != self.unit:
                    self.report("X024", self.place(row, column), label=text_of(value).strip(), unit=self.unit)

    def sums(self, below: Sequence[int], columns: Mapping[int, Column], key_column: int) -> set[int]:
        """Rows of 类 and 款 that repeat what the rows below them say."""
        key = self.block.key
        digits = next((length for length, level in LEVELS.items() if key is not None and level == key.field.level), 0)
        if not self.block.official or not digits:
            return set()
        amounts = [column for column, one in columns.items() if one.field.kind == "金额"]
        rows = {
            row: (
                taken_as_account(self.grid.text(row, key_column)).code,
                {c: text_of(v) for c, v in self.grid.rows[row].items() if not self.is_shown_at(columns.get(c), v)},
            )
            for row in below
        }
        return verified_sums(rows, amounts, digits)

    def is_shown_at(self, column: Column | None, value: Value) -> bool:
        return column is not None and self.is_shown(column, value)

    def totals(self, row: int, columns: Mapping[int, Column], entries: dict[str, Written]) -> None:
        """合计: sums are the program's; what is typed over those of an official table is compared with them."""
        for column, one in columns.items():
            line = self.block.totals.get(one.names)
            if line is not None and column in self.grid.rows[row]:
                cell = self.in_place(line, row, column, entries)
                if cell.text is not None:
                    put(entries, line.names, cell, Place(self.file, sheet=self.entry.name))

    # -- head
    def header_row(self, numbers: Sequence[int]) -> int:
        """The row with the most headers; where there is one header only, the title above may say the same word."""
        found = {row: headers_in(self.block, self.grid.rows[row]) for row in numbers}
        if len(headers(self.block)) > 1:
            return max(found, key=lambda row: found[row], default=0)
        named = [row for row, count in found.items() if count]
        return max((row for row in named if row < named[0] + _HEADER_BELOW_TITLE), default=0)

    def columns(self, head: _Head) -> tuple[dict[int, Column], dict[int, ParentColumn], int, dict[int, str]]:
        """Column number → column of the form; the same for parents; where 序号 is; headers that nobody knows."""
        sheet = self.block
        without = spelled(sheet.columns, self.year)
        columns: dict[int, Column] = {}
        parents: dict[int, ParentColumn] = {}
        number_column, others = 0, dict[int, str]()
        for column, value in sorted(head.cells.items()):
            header, top = text_of(value), head.rows[column]
            if column == head.name:
                continue
            meant = sheet.column(header) or without.get(loose(header)) or without.get(bare(header, self.year))
            if plain(header).endswith(plain(COMPUTED_SUFFIX)):
                continue
            if isinstance(meant, ParentColumn):
                parents.setdefault(column, meant)
            elif meant is not None:
                first = next((c for c, one in columns.items() if one is meant), 0)
                if first:
                    self.report(
                        "X021", self.place(head.rows[first], first), self.place(top, column), header=header.strip()
                    )
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
        head: _Head,
        below: Collection[int],
        columns: Mapping[int, Column],
        parents: Mapping[int, ParentColumn],
        others: Mapping[int, str],
    ) -> None:
        rows = self.grid.rows
        lost = [one for one in self.block.columns if not any(one is known for known in columns.values())]
        used = [column for column in others if any(column in rows[row] for row in below)]
        told: set[str] = set()
        for column in used:
            header = others[column].strip()
            near = self.meant(header, [one.label for one in lost], len(used))
            told.add(near)
            hint = f"您是否指“{near}”？" if near else "请改成填报工作簿原来的栏名；自己加的栏不会读取"
            self.report("X014", self.place(head.rows[column], column), header=header, hint=hint)
        known = {*columns, *parents, *others, *head.cells}
        beside = next(((row, c) for row in below for c in rows[row] if c not in known), None)
        if beside is not None:
            self.report("X022", self.place(*beside), text=shortened(self.grid.text(*beside)))
        if not any(c in rows[row] for row in below for c in (*columns, *parents)):
            return
        missing = [p.header for p in self.block.parents if not any(p is known for known in parents.values())]
        missing += [one.header for one in lost if one.field.required]
        if missing:
            named = "、".join(f"“{one}”" for one in missing)
            self.report("X015", Place(self.file, sheet=self.entry.name), headers=named, sheet=self.entry.name)
        left = [one.header for one in lost if not (one.field.required or one.field.formula or one.label in told)]
        self.report_missing(Place(self.file, sheet=self.entry.name), left)

    def row(self, row: int, columns: Mapping[int, Column], repeated: Collection[int], name: int) -> FilledRow:
        cells, covered = self.grid.rows[row], self.grid.covered
        place = self.place(row, min(columns, default=1))
        entries: dict[str, Written] = {}
        for column, meant in columns.items():
            value = cells.get(column)
            if value is None and column in repeated and (row, column) in covered:
                value = self.grid.value(covered[row, column], column)
            if value is not None and self.is_shown(meant, value):
                value = None
            elif meant is self.block.key and name:
                value = with_name(value, cells.get(name))
            cell = self.cell(value, meant.field, row, column)
            if self.is_locked(meant) and isinstance(value, str):
                self.note_overtyped(meant.names, meant.field, row, column, entries)
                cell = Cell(None, cell.place)
            if len(meant.names) == 1:
                entries[meant.names[0]] = cell
            else:
                put(entries, meant.names, cell, place)
        return FilledRow((), "", entries, place, place, "")

    def is_ghost(self, made: FilledRow, zeros: list[Place]) -> bool:
        """Spaces, dashes and dragged-down 0, which are noted in `zeros`."""
        if not is_ghost(Section(made.entries, made.place), self.block.spec):
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

    def is_locked(self, column: Column) -> bool:
        """A computed cell of an official table that is not compared with what is typed over it: told, not adopted."""
        return self.block.official and bool(column.field.formula) and column.field.reconcile is None

    def is_header_again(self, cells: Mapping[int, Value], columns: Mapping[int, Column], head: _Head) -> bool:
        """Long tables are printed with the header on each page, and some offices write it there; and 栏次."""
        if self.block.official and any(plain(text_of(value)) == _COUNTED for value in cells.values()):
            return True
        return len(columns) > 1 and all(cells.get(c) == head.cells[c] for c in columns)

    def is_total(self, cells: Mapping[int, Value], labels: Sequence[int]) -> bool:
        """合计 and the like in the first filled cell, or where the row's label stands: sums are the program's."""
        words = [plain(text_of(cells.get(column))) for column in (min(cells), *labels)]
        return any(one in _TOTALS or (self.block.official and one.endswith("合计")) for one in words)

    def is_note(
        self, row: int, cells: Mapping[int, Value], columns: Mapping[int, Column], filled: Sequence[int]
    ) -> bool:
        if len(filled) != 1 or len(columns) < 2 or not _NOTE.match(self.grid.text(row, filled[0]).strip()):
            return False
        self.report("X022", self.place(row, filled[0]), text=shortened(self.grid.text(row, filled[0])))
        return True


def spans(starts: Sequence[int]) -> list[tuple[int, int]]:
    """From each column to the one before the next."""
    return list(pairwise([*starts, _LAST_COLUMN]))


def _key(text: str, key: Field | None) -> str:
    """A key for comparing, as pasting leaves it alone: without spaces and line breaks, of a 科目 the code."""
    if key is not None and key.kind in ACCOUNT_KINDS:
        account = taken_as_account(text)
        return account.code or account.name
    return half_width(text).replace(" ", "")


def with_name(code: Value | None, name: Value | None) -> Value | None:
    """A 科目 whose code and name stand in two cells, as if they had been typed in one."""
    if not isinstance(name, str) or not name.strip():
        return code
    if code is None:
        return name
    return f"{code} {name.strip()}" if isinstance(code, str) and not taken_as_account(code).name else code
