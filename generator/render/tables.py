"""A compiled table run for one report. Per-cell cost matters: a report holds thousands of cells (see benchmarks/)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Template, UndefinedError

from generator.document.nodes import Column, Inlines, Table
from generator.expressions.environment import EvaluationError, Names, failure, template_line
from generator.facts.rows_in_doubt import gap_of
from generator.number_style import NumberStyle
from generator.phrasing.gaps import TABLE_RUN
from generator.phrasing.session import Session
from generator.place import Place
from generator.quantity import Blank, UnitError
from generator.render.spec_templates import SpecError, original_place
from generator.render.table_grid import TableGrid, TableLine
from generator.render.table_specs import ColumnSpec, RowSpec


@dataclass(frozen=True, slots=True)
class TableTemplate:
    """A compiled table. `render` gives one `Table`, or several where repeated columns are split."""

    name: str
    file: str
    program: Template
    places: tuple[Place, ...]
    rows: tuple[RowSpec, ...]
    columns: tuple[ColumnSpec, ...]
    landscape: bool
    unit: str
    unit_line: str
    """What is printed of it beside the notes above."""
    split: int
    style: str
    number_style: str
    one_page: bool

    def render(self, names: Names, session: Session, style: NumberStyle) -> list[Table]:
        """Lay the table out. A failing expression is reported to the session and gives no table."""
        try:
            run = _Run(self, session, style)
            scope = {**names, **run.functions()}
            repeated = _consume(self.program, {**scope, "_只要列": True}, run)
            pieces = _split(repeated, self.split) if repeated is not None else [None]
            tables = []
            for number, piece in enumerate(pieces):
                run.start()
                _consume(self.program, {**scope, "_只要列": False, "_列们": piece or []}, run)
                tables.append(run.table(continued=number > 0))
            return tables
        except SpecError as error:
            for diagnostic in error.diagnostics:
                session.report(diagnostic)
            return []
        except Exception as error:  # whatever a pack's expression raises becomes a finding with its line
            session.undecided.clear()
            place = original_place(template_line(error, self.file), self.file, self.places)
            session.report(failure(error, place, f"表“{self.name}”"))
            return []


def _consume(program: Template, scope: Mapping[str, object], run: _Run) -> list[object] | None:
    for _ in program.root_render_func(program.new_context(dict(scope))):
        pass
    return run.repeated


def _split(items: Sequence[object], most: int) -> list[list[object]]:
    """Pieces of nearly equal length, none longer than `most` (0 = no limit)."""
    if not most or len(items) <= most:
        return [list(items)]
    count = -(-len(items) // most)
    size = -(-len(items) // count)
    return [list(items[start : start + size]) for start in range(0, len(items), size)]


@dataclass(slots=True)
class _Run:
    template: TableTemplate
    session: Session
    style: NumberStyle
    lines: list[TableLine] = field(default_factory=list)
    columns: list[ColumnSpec] = field(default_factory=list)
    texts: dict[str, Any] = field(default_factory=dict)
    repeated: list[object] | None = None

    def start(self) -> None:
        self.lines, self.columns, self.texts = [], [], {}

    def functions(self) -> dict[str, object]:
        rows, lines_of = self.template.rows, self

        def add_row(number: int, bold: object, values: list[object]) -> None:
            spec = rows[number]
            # A repeated cell and those behind it come with `add_cells`, or not at all where nothing repeats.
            lines_of.lines.append(TableLine(spec, bold is True or bold == "是", values, spec.cells[: len(values)]))

        def add_cells(number: int, values: list[object]) -> None:
            line = lines_of.lines[-1]
            spec = line.spec.cells[number]
            if not isinstance(line.cells, list):
                line.cells = list(line.cells)
            line.values.extend(values)
            line.cells.extend([spec] * len(values))

        def add_column(number: int) -> None:
            lines_of.columns.append(lines_of.template.columns[number])

        def lacking(number: int, rows: object) -> None:
            """A row in place of those that a list must have and has not."""
            missing = gap_of(rows)
            if missing is not None:
                lines_of.lines.append(TableLine(lines_of.template.rows[number], False, [missing], (), lacking=True))

        def remember(name: str, value: object) -> None:
            lines_of.texts.setdefault(name, []).append(value)

        def repeat(items: object) -> None:
            lines_of.repeated = [] if gap_of(items) is not None else list(items)  # type: ignore[call-overload]

        def text(*pieces: object) -> str:
            return "".join(self.session.printed(piece) for piece in pieces)

        return {
            "_行": add_row,
            "_格": add_cells,
            "_列": add_column,
            "_记": remember,
            "_逐列": repeat,
            "_文": text,
            "_缺": lacking,
            TABLE_RUN: self,
        }

    def doubt(self, blank: Blank, before: int) -> None:
        """Of the rows added since there were `before`: nobody knows yet whether they belong; the first says so."""
        if len(self.lines) > before and not any(value is blank for value in self.lines[before].values):
            values = self.lines[before].values
            values[0] = f"{self.session.printed(values[0])}{self.session.printed(blank)}"

    def table(self, *, continued: bool) -> Table:
        template, session = self.template, self.session
        grid = TableGrid(len(self.columns), template.name, template.unit, self.session)
        for line in self.lines:
            try:
                grid.add(line, self.style)
            except (UndefinedError, UnitError) as error:  # a name that does not exist, a group: fail when printed
                raise EvaluationError(failure(error, line.spec.place, f"表“{template.name}”")) from error
        head, body = grid.finish()
        notes = [session.inlines(str(note)) for note in self.texts.get("注", [])]
        empty = next((flag for flag in self.texts.get("空表时", []) if isinstance(flag, Blank)), None)
        if empty is not None:  # nobody knows yet
            told = [f"{session.printed(empty)}{note}" for note in self.texts.get("空表", [])]
            notes = [session.inlines(note) for note in told] + notes
        if any(flag is True for flag in self.texts.get("空表时", [])):
            notes = [session.inlines(str(note)) for note in self.texts.get("空表", [])] + notes
        return Table(
            name=template.name + ("（续）" if continued else ""),
            columns=tuple(Column(c.width, c.align) for c in self.columns),
            head=head,
            body=body,
            title=self._words("标题", "（续）" if continued else ""),
            number=session.plain(str(self.texts.get("编号", [""])[0])),
            left_note=self._words("左注"),
            unit=template.unit_line,
            notes=tuple(notes),
            style=template.style,
            one_page=template.one_page,
        )

    def _words(self, key: str, suffix: str = "") -> Inlines:
        values = self.texts.get(key)
        return self.session.inlines(f"{values[0]}{suffix}") if values else ()
