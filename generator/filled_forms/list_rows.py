"""Rows under a form's head: 绩效指标. 一级 and 二级 reach down, a measure goes into the fields for its parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from generator.diagnostics import Diagnostic, finding
from generator.filled_forms.form_grid import FormCell, FormGrid, Spans
from generator.filled_forms.form_heads import Head, field_of, head_in
from generator.filled_forms.form_words import Listed
from generator.filled_forms.measure_cells import Measure, in_targets_unit, may_be_counted, measure_of
from generator.filled_forms.read_cells import ReadCell, ReadRow, choice, typed
from generator.filling.nothing_said import is_mark
from generator.form.fields import Field, RowsSpec
from generator.form.value_reading import half_width
from generator.official_tables.import_form import closeness
from generator.place import Place

_QUALITATIVE = "定性"
_SUMS = ("小计", "合计", "总计", "总分")


@dataclass(slots=True)
class ReadList:
    """`taken`: the page's rows that belong to the list; `totals`: field of the form → cell of the last row."""

    rows: list[ReadRow] = field(default_factory=list)
    totals: dict[str, ReadCell] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    findings: list[Diagnostic] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands round a list: the page, the form's name, its year (0 = unknown), and which cells are its labels."""

    grid: FormGrid
    form: str
    year: int
    is_label: Callable[[FormCell], bool]


def read_list(around: Around, rows: Sequence[int], listed: Listed, spec: RowsSpec) -> ReadList:
    """Reports X052, X054, X065, X066, X075, X077, X079, X083, X085."""
    reader = _ListReader(around, listed, spec)
    head = head_in(around.grid, rows, listed.columns, listed.least, around.year, around.form)
    if head is None:
        reader.report("X077", around.grid.page.place(rows[0]), table=around.form, what=f"“{spec.label}”")
    else:
        reader.read(head, rows)
    return reader.result


class _ListReader:
    def __init__(self, around: Around, listed: Listed, spec: RowsSpec) -> None:
        self.around, self.grid, self.form = around, around.grid, around.form
        self.listed, self.spec = listed, spec
        self.result = ReadList()
        self.carried: dict[str, ReadCell] = {}
        self.signless: list[FormCell] = []
        self.spans: Spans = {}
        self.may_stand_elsewhere = False
        """Whether directions have a column of their own, if under a label that nobody knows."""
        columns = {name: one for name in listed.columns if isinstance(one := spec.columns.get(name), Field)}
        self.columns = columns
        self.levels = [name for name, one in columns.items() if one.fills_down or name in listed.carried]
        self.name = next((name for name, one in columns.items() if one.required and one.kind == "文字"), "")
        self.measured = [name for name, one in columns.items() if one.unit_in or one.sign_in]

    def report(self, code: str, *places: Place, **values: object) -> None:
        self.result.findings.append(finding(code, *places, **values))

    def read(self, head: Head, rows: Sequence[int]) -> None:
        self.spans = head.spans
        self.result.findings.extend(head.findings)
        self.result.taken.update(head.rows)
        self.unknown_columns(head, rows)
        if self.name not in head.spans:
            label = self.columns[self.name].label if self.name else self.spec.label
            self.report("X077", self.grid.page.place(head.rows[0]), table=self.form, what=f"“{label}”一栏")
            return
        for row in rows:
            if row <= head.rows[-1]:
                continue
            if self.is_head_again(row):
                self.result.taken.add(row)
            elif self.is_total(row, head):
                self.result.taken.add(row)
                self.total(row, head)
                if self.result.rows:
                    break  # a total on top has its rows below it
            elif not self.row(row, head):
                break
            else:
                self.result.taken.add(row)
        self.signless_targets()

    def unknown_columns(self, head: Head, rows: Sequence[int]) -> None:
        """X077 for a column that holds something under a label nobody asked for. What is left of the levels are the
        form's own words (绩效指标)."""
        first = min((column for column, _ in head.spans.values()), default=0)
        signs = [self.field(self.columns[name].sign_in) for name in self.measured if self.columns[name].sign_in]
        self.may_stand_elsewhere = any(one is not None and one.name in head.spans for one in signs)
        for cell in head.strange:
            if cell.column < first or closeness(self.listed.ignored, (cell.label,)) or is_mark(cell.text):
                continue
            below = [self.grid.in_column(row, cell.column, cell.last_column) for row in rows if row > head.rows[-1]]
            held = [one.text for one in below if one is not None]
            if held:
                known = [one for one in signs if one is not None]
                self.may_stand_elsewhere |= any(choice(text, one) in one.choices for text in held for one in known)
                self.report("X077", cell.place, table=self.form, what=f"“{cell.text}”一栏")

    def is_head_again(self, row: int) -> bool:
        cells = self.grid.beginning_in(row)
        wanted, year = self.listed.columns, self.around.year
        return sum(bool(field_of(self.grid, cell, wanted, year)) for cell in cells) >= self.listed.least

    def is_total(self, row: int, head: Head) -> bool:
        cells, first = self.grid.beginning_in(row), head.spans[self.name][0]
        return any(cell.column <= first and closeness(self.listed.total_rows, (cell.label,)) for cell in cells)

    def total(self, row: int, head: Head) -> None:
        for name, column in self.listed.totals.items():
            cell = self.grid.in_column(row, *head.spans[column]) if column in head.spans else None
            spec = self.columns[column]
            read = typed(cell, spec, self.result.findings) if cell is not None else None
            if read is not None:
                self.result.totals[name] = read

    def row(self, row: int, head: Head) -> bool:
        """Whether the row still belongs to the list."""
        cells = {name: cell for name, span in head.spans.items() if (cell := self.cell_in(row, name, span)) is not None}
        own = {name: cell for name, cell in cells.items() if cell.row == row and not is_mark(cell.text)}
        if not own:
            return True  # an empty line, or signs only
        named = cells.get(self.name)
        if named is not None and field_of(self.grid, named, self.listed.columns, self.around.year) == self.name:
            return True  # the head again, some of its labels lost
        if self.is_behind(row, own, named):
            return False
        if self.is_sum(own, named):
            return True
        if named is not None:
            self.put(row, cells, own)
            return True
        levels = {name: own[name] for name in self.levels if name in own}
        self.carry(levels)
        if len(levels) < len(own) and not any(name in own for name in self.listed.carried):  # else a heading
            at = next(iter(own.values()))
            self.report("X085", at.place, table=self.form, text=at.text)
            for name in self.listed.carried:
                self.carried.pop(name, None)
        return True

    def cell_in(self, row: int, name: str, span: tuple[int, int]) -> FormCell | None:
        """Levels and names reach down with their merged cells, figures stand in their own row."""
        deep = name in self.levels or name == self.name
        return self.grid.reaching_into(row, *span) if deep else self.grid.in_column(row, *span)

    def is_behind(self, row: int, own: Mapping[str, FormCell], named: FormCell | None) -> bool:
        """Whether the list is over: a label of the form, a line for signatures, words right across, a label and its
        text."""
        begins = self.grid.beginning_in(row)
        if any(self.around.is_label(cell) or half_width(cell.text).endswith(":") for cell in begins):
            return True
        if all(name in self.levels for name in own):
            return any(cell.last_column - cell.column > 2 for cell in own.values())
        alone = named is not None and list(own) == [self.name] and len(self.columns) > 2
        return alone and begins[0].column < min(cell.column for cell in own.values())

    def is_sum(self, own: Mapping[str, FormCell], named: FormCell | None) -> bool:
        """小计 of a level; «支出合计» with a target is an indicator's name."""
        if named is None:
            return any(cell.label.endswith(_SUMS) for cell in own.values())
        return named.label.endswith(_SUMS) and not any(name in own for name in self.measured)

    def carry(self, levels: dict[str, FormCell]) -> None:
        for at, name in enumerate(self.levels):
            if name not in levels:
                continue
            text = choice(levels[name].text, self.columns[name])
            if name not in self.carried or self.carried[name].text != text:
                for deeper in self.levels[at + 1 :]:
                    self.carried.pop(deeper, None)
            self.carried[name] = ReadCell(text, levels[name].place)

    def put(self, row: int, cells: dict[str, FormCell], own: dict[str, FormCell]) -> None:
        self.carry({name: cells[name] for name in self.levels if name in cells and not is_mark(cells[name].text)})
        for name in self.levels:
            if name not in cells and name in self.spans and self.grid.is_merged(row, *self.spans[name]):
                self.carried.pop(name, None)  # a merged cell that is empty is nobody's ditto
        read = ReadRow("", self.grid.page.place(row, min(cell.column for cell in own.values())))
        read.cells.update({name: self.carried[name] for name in self.levels if name in self.carried})
        for name, cell in cells.items():
            if name in self.levels or name in self.measured:
                continue
            value = typed(cell, self.columns[name], self.result.findings)
            if value is not None:
                read.cells[name] = value
        target = self.measures(read, cells)
        read.key = self.name_of(read)
        if target is not None:
            self.signless.append(target)
        self.result.rows.append(read)

    # -- measures

    def measures(self, read: ReadRow, cells: dict[str, FormCell]) -> FormCell | None:
        """Target and actual value in the fields for their parts; the target's cell when it says no direction."""
        measured = [name for name in self.measured if name in cells and not is_mark(cells[name].text)]
        asked = next((name for name in self.measured if self.columns[name].sign_in), "")
        target: Measure | None = None
        bare: FormCell | None = None
        if asked in measured:
            target, bare = self.target(asked, cells[asked], read)
        for name in measured:
            if name != asked:
                self.actual(name, cells[name], target, read)
        return bare

    def field(self, name: str) -> Field | None:
        found = self.spec.columns.get(name)
        return found if isinstance(found, Field) else None

    def target(self, name: str, cell: FormCell, read: ReadRow) -> tuple[Measure | None, FormCell | None]:
        spec = self.columns[name]
        signs = self.field(spec.sign_in)
        told = read.cells.get(spec.sign_in)
        measure = measure_of(cell.text, signs) if told is None or told.text != _QUALITATIVE else None
        if measure is None:
            self.words(name, cell, read)
            if told is None and signs is not None and not may_be_counted(cell.text):
                read.cells[spec.sign_in] = ReadCell(_QUALITATIVE, cell.place)
            return None, None
        bare = None
        if measure.sign:
            known = read.cells.setdefault(spec.sign_in, ReadCell(measure.sign, cell.place))
            if known.text != measure.sign:
                values = {"what": f"“{self.name_of(read)}”的{spec.label}的方向"}
                self.report("X052", known.place, cell.place, **values, first=known.text, second=measure.sign)
        elif told is None and signs is not None and signs.default is None and not self.may_stand_elsewhere:
            read.cells[spec.sign_in] = ReadCell("=", cell.place, note=f"{cell.place.cell}没有写≥、≤，按“=”填，请核对")
            bare = cell
        measure = self.with_unit(measure, cell, spec, read)
        if measure is not None:
            read.cells[name] = ReadCell(f"{measure.number:f}", cell.place)
        return measure, bare

    def with_unit(self, measure: Measure, cell: FormCell, spec: Field, read: ReadRow) -> Measure | None:
        """The measure in the unit of the row; a row without one takes the cell's."""
        stated = read.cells.get(spec.unit_in)
        if stated is None:
            if measure.unit and spec.unit_in:
                read.cells[spec.unit_in] = ReadCell(measure.unit, cell.place)
            return measure
        value = in_targets_unit(measure, Measure("", Decimal(2), stated.text))
        if isinstance(value, str):
            self.report("X079", cell.place, what=self.what(read, spec, cell), reason=value)
            return None
        return Measure(measure.sign, value, stated.text)

    def actual(self, name: str, cell: FormCell, target: Measure | None, read: ReadRow) -> None:
        spec = self.columns[name]
        measure = measure_of(cell.text, None)
        is_words = read.cells.get(self.sign_of_row(), ReadCell("", cell.place)).text == _QUALITATIVE
        if measure is None or is_words or (target is None and self.target_is_words(read)):
            self.words(name, cell, read)
            return
        unit = read.cells.get(spec.unit_in)
        known = target or Measure("", Decimal(2), unit.text if unit else "")
        value = in_targets_unit(measure, known)
        if isinstance(value, str):
            self.report("X079", cell.place, what=self.what(read, spec, cell), reason=value)
            return
        if measure.unit and unit is None and spec.unit_in:
            read.cells[spec.unit_in] = ReadCell(measure.unit, cell.place)
        read.cells[name] = ReadCell(f"{value:f}", cell.place)

    def sign_of_row(self) -> str:
        return next((self.columns[name].sign_in for name in self.measured if self.columns[name].sign_in), "")

    def target_is_words(self, read: ReadRow) -> bool:
        return any(other in read.cells for name, other in self.listed.texts.items() if self.columns[name].sign_in)

    def words(self, name: str, cell: FormCell, read: ReadRow) -> None:
        other = self.listed.texts.get(name)
        if other:
            read.cells[other] = ReadCell(" ".join(cell.text.split("\n")), cell.place)
        else:
            self.report("X075", cell.place, what=self.what(read, self.columns[name], cell), text=cell.text)

    def what(self, read: ReadRow, spec: Field, cell: FormCell) -> str:
        return f"“{self.name_of(read)}”的{spec.label}“{cell.text}”"

    def signless_targets(self) -> None:
        if self.signless:
            cells = "、".join(cell.place.cell for cell in self.signless)
            self.report("X083", self.signless[0].place, table=self.form, count=len(self.signless), cells=cells)

    def name_of(self, read: ReadRow) -> str:
        return read.cells[self.name].text if self.name in read.cells else ""
