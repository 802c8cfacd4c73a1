"""Tables from a pack's YAML: compiled once into one template that lays out rows, then run for each report.

Each expression of the compiled template remembers its YAML line, so that a mistake is reported where its author wrote
it. Per-cell cost matters here: a report holds thousands of cells (see benchmarks/).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Template, TemplateSyntaxError, UndefinedError

from generator.diagnostics import Diagnostic, finding
from generator.document.nodes import Cell, Column, Figure, Inlines, Row, Table
from generator.facts.expressions import (
    Environment,
    EvaluationError,
    Names,
    failure,
    syntax_reason,
    template_line,
)
from generator.facts.fact import Text
from generator.place import Place, place_of
from generator.quantity import MONEY, NumberStyle, Quantity
from generator.render.session import Session

_INLINE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
ALIGNMENTS = ("左", "中", "右")
TABLE_WORDS = frozenset(
    (
        "标题",
        "编号",
        "方向",
        "左注",
        "单位",
        "令",
        "列",
        "分段列数",
        "表头",
        "行",
        "空表",
        "空表时",
        "注",
        "样式",
        "数字",
    )
)
ROW_WORDS = frozenset(("单元", "粗", "当", "逐行", "令", "其下"))
CELL_WORDS = frozenset(("文", "跨列", "跨行", "对齐", "粗", "合并", "逐列"))


class SpecError(Exception):
    """A table's or chart's YAML is not well formed; holds the findings."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(diagnostics[0].message)
        self.diagnostics = diagnostics


def is_yes(value: object) -> bool:
    return value is True or value in ("是", "true", "True")


# -- compiled form -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CellSpec:
    source: object
    columns: int = 1
    rows: int = 1
    align: str = ""
    bold: bool = False
    merge: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class RowSpec:
    cells: tuple[CellSpec, ...]
    head: bool
    plain: bool
    """No spans, merges, alignments or repeated cells: the values are the row."""
    place: Place


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    width: float
    align: str
    repeated: bool


@dataclass(frozen=True, slots=True)
class TableTemplate:
    """A compiled table. `render` gives one `Table`, or several where repeated columns are split."""

    name: str
    file: str
    program: Template
    lines: tuple[int, ...]
    rows: tuple[RowSpec, ...]
    columns: tuple[ColumnSpec, ...]
    landscape: bool
    unit: str
    split: int
    style: str
    number_style: str
    has_empty_rule: bool

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
            line = original_line(template_line(error, self.file), self.lines)
            session.report(failure(error, Place(self.file, line), f"表“{self.name}”"))
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


# -- running -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Line:
    """One row as the program gave it."""

    spec: RowSpec
    bold: bool
    values: list[object]
    cells: list[CellSpec] | tuple[CellSpec, ...]


@dataclass(slots=True)
class _Run:
    template: TableTemplate
    session: Session
    style: NumberStyle
    lines: list[_Line] = field(default_factory=list)
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
            lines_of.lines.append(_Line(spec, bold is True or bold == "是", values, spec.cells[: len(values)]))

        def add_cells(number: int, values: list[object]) -> None:
            line = lines_of.lines[-1]
            spec = line.spec.cells[number]
            if not isinstance(line.cells, list):
                line.cells = list(line.cells)
            line.values.extend(values)
            line.cells.extend([spec] * len(values))

        def add_column(number: int) -> None:
            lines_of.columns.append(lines_of.template.columns[number])

        def remember(name: str, value: object) -> None:
            lines_of.texts.setdefault(name, []).append(value)

        def repeat(items: object) -> None:
            lines_of.repeated = list(items)  # type: ignore[call-overload]

        def text(*pieces: object) -> str:
            return "".join(self.session.printed(piece) for piece in pieces)

        return {
            "_行": add_row,
            "_格": add_cells,
            "_列": add_column,
            "_记": remember,
            "_逐列": repeat,
            "_文": text,
        }

    def table(self, *, continued: bool) -> Table:
        template, session = self.template, self.session
        grid = _Grid(len(self.columns), template, self.session)
        for line in self.lines:
            try:
                grid.add(line, self.style)
            except UndefinedError as error:  # a name that does not exist fails only when it is printed
                raise EvaluationError(failure(error, line.spec.place, f"表“{template.name}”")) from error
        head, body = grid.finish()
        notes = [session.inlines(str(note)) for note in self.texts.get("注", [])]
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
            unit=f"单位：{template.unit}" if template.unit else "",
            notes=tuple(notes),
            style=template.style,
        )

    def _words(self, key: str, suffix: str = "") -> Inlines:
        values = self.texts.get(key)
        return self.session.inlines(f"{values[0]}{suffix}") if values else ()


class _Grid:
    """Rows placed on the table's columns, spans and merged equal values worked out."""

    def __init__(self, width: int, template: TableTemplate, session: Session) -> None:
        self.width, self.template, self.session = width, template, session
        self.unit = template.unit or session.money_unit
        self.rows: list[tuple[RowSpec, list[Cell], dict[int, tuple[int, int]], bool, dict[int, str]]] = []
        self.covered: dict[int, int] = {}
        self.merges: list[dict[int, str]] = []

    def add(self, line: _Line, style: NumberStyle) -> None:
        values, spec = line.values, line.spec
        if self.rows and self.rows[-1][0].head and not spec.head:
            self._nothing_below()
        if spec.plain and not self.covered:
            if len(values) != self.width:
                self._wrong_width(spec, len(values))
            self.rows.append((spec, [self._cell(v, style) for v in values], {}, line.bold, {}))
            self.merges.append({})
            return
        cells: list[Cell] = [""] * self.width
        spans: dict[int, tuple[int, int]] = {}
        align: dict[int, str] = {}
        merge: dict[int, str] = {}
        position, covered = 0, dict(self.covered)
        for value, cell in zip(values, line.cells, strict=True):
            while covered.get(position):
                position += 1
            if position + cell.columns > self.width:
                self._wrong_width(spec, position + cell.columns)
            content = self._cell(value, style)
            cells[position] = self._bolded(content) if cell.bold else content
            if cell.columns > 1 or cell.rows > 1:
                spans[position] = (cell.rows, cell.columns)
            if cell.rows > 1:
                for column in range(position, position + cell.columns):
                    self.covered[column] = cell.rows
            if cell.align:
                align[position] = cell.align
            if cell.merge:
                merge[position] = _plain(content)
            position += cell.columns
        while covered.get(position):
            position += 1
        if position != self.width:
            self._wrong_width(spec, position)
        self.covered = {column: left - 1 for column, left in self.covered.items() if left > 1}
        self.rows.append((spec, cells, spans, line.bold, align))
        self.merges.append(merge)

    def _wrong_width(self, spec: RowSpec, found: int) -> None:
        reason = f"第{len(self.rows) + 1}行占{found}列，而表有{self.width}列"
        raise SpecError(finding("T105", spec.place, name=self.template.name, reason=reason))

    def _nothing_below(self) -> None:
        """A 跨行 may not reach beyond the head or the end."""
        if self.covered:
            reason = f"第{len(self.rows)}行下面没有行了，而上面有格的“跨行”还没有完"
            raise SpecError(finding("T105", self.rows[-1][0].place, name=self.template.name, reason=reason))

    def _cell(self, value: object, style: NumberStyle) -> Cell:
        kind = type(value)
        if kind is Quantity:
            assert isinstance(value, Quantity)
            if value.unit == MONEY:
                return Figure(style.money(value.value, self.unit), value)
            return Figure(style.text(value, self.unit, with_unit=False), value)
        if kind is str or kind is Text:
            text = str(value)
            return self.session.inlines(text) if "\ufdd0" in text else text
        return self.session.inlines(self.session.printed(value))

    def _bolded(self, content: Cell) -> Cell:
        if isinstance(content, Figure):
            return Figure(content.text, content.quantity, True)
        token = self.session.token(content) if isinstance(content, str) else ""
        return self.session.inlines(token, bold=True) if token else content

    def finish(self) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
        self._nothing_below()
        self._merge_equal()
        head: list[Row] = []
        body: list[Row] = []
        for spec, cells, spans, bold, align in self.rows:
            row = Row(tuple(cells), spans, bold, align)
            (head if spec.head else body).append(row)
        return tuple(head), tuple(body)

    def _merge_equal(self) -> None:
        """Cells marked 同值 join downwards while equal, within the group of the marked cells to their left."""
        for number, merge in enumerate(self.merges):
            _, cells, spans, _, _ = self.rows[number]
            for column in merge:
                if number and self._joins(number - 1, number, column):
                    cells[column] = ""
                    spans.pop(column, None)
                    continue
                last = number
                while last + 1 < len(self.rows) and self._joins(last, last + 1, column):
                    last += 1
                if last > number:
                    spans[column] = (last - number + 1, spans.get(column, (1, 1))[1])

    def _joins(self, upper: int, lower: int, column: int) -> bool:
        above, below = self.merges[upper], self.merges[lower]
        if self.rows[upper][0].head != self.rows[lower][0].head:
            return False
        return all(above.get(c) == below.get(c) for c in {*above, *below} if c <= column) and column in above


def _plain(content: Cell) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, Figure):
        return content.text
    return "".join(getattr(piece, "text", "\n") for piece in content)


# -- compiling ---------------------------------------------------------------------------------------------------------


class _Compiler:
    """Writes the Jinja2 source of one table, and which YAML line each of its lines came from."""

    def __init__(self, name: str, file: str) -> None:
        self.name, self.file = name, file
        self.parts: list[str] = []
        self.lines: list[int] = [0]
        self.findings: list[Diagnostic] = []
        self.rows: list[RowSpec] = []

    def emit(self, source: str, place: Place | None = None) -> None:
        """Add to the program; with a place on a line of its own, which is remembered as that line of the YAML."""
        if place is not None and place.line:
            self.parts.append("\n")
            self.lines.append(place.line)
        self.parts.append(source)
        self.lines.extend([self.lines[-1]] * source.count("\n"))

    def let(self, spec: Mapping[str, Any]) -> None:
        """令: names for what is worked out once, usable in all that follows."""
        lets = spec.get("令") or {}
        if not isinstance(lets, Mapping):
            self.wrong("“令”要写成“名称: 值”", lets)
            return
        for name, value in lets.items():
            self.emit(f"{{% set {name} = {self.expression(value)} %}}", place_of(value))

    def wrong(self, reason: str, place: object = None) -> None:
        spot = place_of(place)
        self.findings.append(finding("T105", spot if spot else Place(self.file), name=self.name, reason=reason))

    def whole(self, spec: Mapping[str, Any], word: str, default: int, least: int = 1) -> int:
        """A whole number of the YAML."""
        text = str(spec.get(word, default))
        if text.isdecimal() and int(text) >= least:
            return int(text)
        self.wrong(f"“{word}”要写整数，不能是“{text}”", spec[word])
        return default

    def items(self, spec: Mapping[str, Any], word: str) -> Sequence[object]:
        value = spec.get(word) or []
        if isinstance(value, list):
            return value
        self.wrong(f"“{word}”要写成一行一项的清单", value)
        return []

    def expression(self, value: object) -> str:
        """Jinja2 source of a cell's value: an expression, words, or words with {{ … }} in them."""
        if value is None:
            return '""'
        text = str(value)
        if text.startswith("="):
            return f"({text[1:].strip()})"
        if "{{" not in text:
            return json.dumps(text, ensure_ascii=False)
        pieces, position = [], 0
        for match in _INLINE.finditer(text):
            if match.start() > position:
                pieces.append(json.dumps(text[position : match.start()], ensure_ascii=False))
            pieces.append(f"({match[1].strip()})")
            position = match.end()
        if position < len(text):
            pieces.append(json.dumps(text[position:], ensure_ascii=False))
        return f"_文({', '.join(pieces)})"

    def cell(self, value: object) -> CellSpec:
        if not isinstance(value, Mapping):
            return CellSpec(value)
        for word in value:
            if word not in CELL_WORDS:
                self.wrong(f"格里有不认识的词“{word}”", word)
        align = str(value.get("对齐", ""))
        if align and align not in ALIGNMENTS:
            self.wrong(f"对齐只能是左、中、右，不能是“{align}”", value.get("对齐"))
        return CellSpec(
            value.get("文", ""),
            self.whole(value, "跨列", 1),
            self.whole(value, "跨行", 1),
            align,
            is_yes(value.get("粗")),
            value.get("合并") == "同值",
            "逐列" in value,
        )

    def row(self, value: object, *, head: bool) -> None:
        cells: Any = value
        loop = condition = bold = None
        if isinstance(value, Mapping):
            for word in value:
                if word not in ROW_WORDS:
                    self.wrong(f"行里有不认识的词“{word}”", word)
            cells = value.get("单元")
            loop, condition, bold = value.get("逐行"), value.get("当"), value.get("粗")
        if not isinstance(cells, list) or not cells:
            self.wrong("每一行要有“单元”", next(iter(value), None) if isinstance(value, Mapping) else value)
            return
        specs = tuple(self.cell(cell) for cell in cells)
        plain = not any(s.columns > 1 or s.rows > 1 or s.align or s.bold or s.merge or s.repeated for s in specs)
        number = len(self.rows)
        place = next((place_of(s.source) for s in specs if place_of(s.source)), Place(self.file))
        self.rows.append(RowSpec(specs, head, plain, place))
        if loop is not None:
            self.emit(f"{{% for 行 in {self.expression(loop)} %}}", place_of(loop))
        if condition is not None:
            self.emit(f"{{% if {self.expression(condition)} %}}", place_of(condition))
        if isinstance(value, Mapping):
            self.let(value)
        weight = (
            "true" if is_yes(bold) else self.expression(bold) if bold is not None and str(bold)[:1] == "=" else "false"
        )
        self.cells(number, specs, weight)
        for below in self.items(value, "其下") if isinstance(value, Mapping) else []:
            self.row(below, head=head)
        self.emit("{% endif %}" if condition is not None else "")
        self.emit("{% endfor %}" if loop is not None else "")

    def cells(self, number: int, specs: tuple[CellSpec, ...], weight: str) -> None:
        first = next((n for n, spec in enumerate(specs) if spec.repeated), len(specs))
        place = next((place_of(s.source) for s in specs if place_of(s.source)), None)
        self.emit(
            f"{{% set _ = _行({number}, {weight}, [{', '.join(self.expression(s.source) for s in specs[:first])}]) %}}",
            place,
        )
        for position in range(first, len(specs)):
            call = f"{{% set _ = _格({position}, [{self.expression(specs[position].source)}]) %}}"
            self.emit(f"{{% for 列 in _列们 %}}{call}{{% endfor %}}" if specs[position].repeated else call)


def compile_table(name: str, file: str, spec: Mapping[str, Any], environment: Environment) -> TableTemplate:
    """Compile one tables/*.yaml. Raises `SpecError` with every mistake found."""
    compiler = _Compiler(name, file)
    for word in spec:
        if word not in TABLE_WORDS:
            compiler.wrong(f"有不认识的词“{word}”", word)
    columns, repeated = _columns(compiler, spec.get("列"))
    unit = str(spec.get("单位", ""))
    compiler.let(spec)
    # The column loop's list is worked out in a first pass, so that it can be split before rows are laid out.
    compiler.emit("{% if _只要列 %}")
    if repeated is not None:
        compiler.emit(f"{{% set _ = _逐列({compiler.expression(repeated)}) %}}", place_of(repeated))
    compiler.emit("{% else %}")
    for number, column in enumerate(columns):
        call = f"{{% set _ = _列({number}) %}}"
        compiler.emit(f"{{% for 列 in _列们 %}}{call}{{% endfor %}}" if column.repeated else call)
    for word in ("标题", "编号", "左注", "空表"):
        if word in spec:
            compiler.emit(
                f"{{% set _ = _记('{word}', _文({compiler.expression(spec[word])})) %}}", place_of(spec[word])
            )
    if "空表时" in spec:
        compiler.emit(f"{{% set _ = _记('空表时', {compiler.expression(spec['空表时'])}) %}}", place_of(spec["空表时"]))
    notes = spec.get("注") or []
    for note in notes if isinstance(notes, list) else [notes]:
        compiler.emit(f"{{% set _ = _记('注', _文({compiler.expression(note)})) %}}", place_of(note))
    for value in compiler.items(spec, "表头"):
        compiler.row(value, head=True)
    for value in compiler.items(spec, "行"):
        compiler.row(value, head=False)
    compiler.emit("{% endif %}")
    split = compiler.whole(spec, "分段列数", 0, 0)
    if not compiler.rows:
        compiler.wrong("没有任何行")
    if compiler.findings:
        raise SpecError(*compiler.findings)
    return TableTemplate(
        name=name,
        file=file,
        program=compile_template("".join(compiler.parts), file, environment, f"表“{name}”", compiler.lines),
        lines=tuple(compiler.lines),
        rows=tuple(compiler.rows),
        columns=tuple(columns),
        landscape=spec.get("方向") == "横",
        unit=unit,
        split=split,
        style=str(spec.get("样式", "附表")),
        number_style=str(spec.get("数字", "附表")),
        has_empty_rule="空表时" in spec,
    )


def _columns(compiler: _Compiler, value: object) -> tuple[list[ColumnSpec], object]:
    columns: list[ColumnSpec] = []
    repeated: object = None
    if not isinstance(value, list) or not value:
        compiler.wrong("要有“列”，写明各列的宽")
        return columns, None
    for column in value:
        if not isinstance(column, Mapping) or "宽" not in column:
            compiler.wrong("每一列要写“宽”（毫米）", column)
            continue
        align = str(column.get("对齐", "中"))
        if align not in ALIGNMENTS:
            compiler.wrong(f"对齐只能是左、中、右，不能是“{align}”", column.get("对齐"))
        if "逐列" in column:
            repeated = column["逐列"]
        columns.append(ColumnSpec(_width(compiler, column["宽"]), align, "逐列" in column))
    return columns, repeated


def _width(compiler: _Compiler, value: object) -> float:
    if re.fullmatch(r"\d+(\.\d+)?", str(value)):
        return float(str(value))
    compiler.wrong(f"“宽”要写数，不能是“{value}”", value)
    return 0


def original_line(line: int, lines: Sequence[int]) -> int:
    """The YAML line behind a line of the compiled program."""
    return lines[line - 1] if lines and 0 < line <= len(lines) else line


def compile_template(
    source: str, file: str, environment: Environment, what: str, lines: Sequence[int] = (), first_line: int = 1
) -> Template:
    """Jinja2 source → template whose tracebacks carry `file` and its lines. Raises `SpecError`.

    `lines` maps the source's lines to those of the file when they differ; `first_line` is the line of a text of one
    piece.
    """
    if first_line > 1:  # a comment prints nothing and counts lines
        source = f"{{#{chr(10) * (first_line - 1)}#}}{source}"
    try:
        code = environment.compile(source, name=file, filename=file)
        return Template.from_code(environment, code, environment.make_globals(None))
    except TemplateSyntaxError as error:
        place = Place(file, original_line(error.lineno, lines))
        raise SpecError(finding("T102", place, reason=syntax_reason(error), source=what)) from error
