"""tables/*.yaml → one compiled Jinja2 template that lays out rows.

Each expression of the compiled template remembers its YAML line, so that a mistake is reported where its author wrote
it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from generator.diagnostics import Diagnostic, finding
from generator.expressions.environment import Environment
from generator.place import Place, place_of
from generator.render.spec_templates import SpecError, compile_template, is_yes
from generator.render.table_specs import CellSpec, ColumnSpec, RowSpec
from generator.render.tables import TableTemplate

_INLINE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
ALIGNMENTS = ("左", "中", "右")
TABLE_WORDS = frozenset(
    (
        "标题",
        "编号",
        "方向",
        "左注",
        "中注",
        "右注",
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
        "一页",
    )
)
ROW_WORDS = frozenset(("单元", "粗", "当", "逐行", "令", "其下"))
COLUMN_WORDS = frozenset(("宽", "对齐", "逐列"))
NOTE_WORDS = ("左", "中", "右")
CELL_WORDS = frozenset(("文", "跨列", "跨行", "对齐", "粗", "合并", "逐列"))


class _Compiler:
    """Writes the Jinja2 source of one table, and which YAML line each of its lines came from."""

    def __init__(self, name: str, file: str) -> None:
        self.name, self.file = name, file
        self.parts: list[str] = []
        self.places: list[Place] = [Place()]
        self.findings: list[Diagnostic] = []
        self.rows: list[RowSpec] = []
        self.columns = 0
        """How many there are, 0 where the data decide."""

    def emit(self, source: str, place: Place | None = None) -> None:
        """Add to the program; with a place on a line of its own, which is remembered as that line of the YAML."""
        if place is not None and place.line:
            self.parts.append("\n")
            self.places.append(place)
        self.parts.append(source)
        self.places.extend([self.places[-1]] * source.count("\n"))

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

    def across(self, left: object, middle: object, right: object) -> str:
        """One line of words at the left, in the middle and at the right: a tab between them, two where there is a
        middle."""
        words = [self.expression(left)]
        if middle is not None:
            words += [r'"\t"', self.expression(middle)]
        if middle is not None or right is not None:
            words += [r'"\t"', self.expression(right)]
        return f"_文({', '.join(words)})"

    def note(self, value: object) -> str:
        """Of the lines below: words, or words at the left, in the middle and at the right."""
        if not isinstance(value, Mapping):
            return f"_文({self.expression(value)})"
        for word in value:
            if word not in NOTE_WORDS:
                self.wrong(f"注里有不认识的词“{word}”，可用的有：{'、'.join(NOTE_WORDS)}", word)
        return self.across(*(value.get(word) for word in NOTE_WORDS))

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
        width = sum(one.columns for one in specs)
        if self.columns and width > self.columns:
            self.wrong(
                f"这一行有{width}格，表只有{self.columns}列", next(filter(place_of, (s.source for s in specs)), value)
            )
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
        if loop is not None:
            self.emit(f"{{% else %}}{{% set _ = _缺({number}, {self.expression(loop)}) %}}{{% endfor %}}")

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
    compiler.columns = 0 if repeated is not None else len(columns)
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
    for word in ("标题", "编号", "空表"):
        if word in spec:
            compiler.emit(
                f"{{% set _ = _记('{word}', _文({compiler.expression(spec[word])})) %}}", place_of(spec[word])
            )
    unit_line = _above(compiler, spec, unit)
    if "空表时" in spec:
        compiler.emit(f"{{% set _ = _记('空表时', {compiler.expression(spec['空表时'])}) %}}", place_of(spec["空表时"]))
    _below(compiler, spec.get("注") or [])
    for value in compiler.items(spec, "表头"):
        compiler.row(value, head=True)
    for value in compiler.items(spec, "行"):
        compiler.row(value, head=False)
    compiler.emit("{% endif %}")
    split = compiler.whole(spec, "分段列数", 0, 0)
    if str(spec.get("一页", "否")) not in ("是", "否"):
        compiler.wrong(f"“一页”要写“是”或“否”，不能是“{spec['一页']}”", spec["一页"])
    if not compiler.rows:
        compiler.wrong("没有任何行")
    if compiler.findings:
        raise SpecError(*compiler.findings)
    return TableTemplate(
        name=name,
        file=file,
        program=compile_template("".join(compiler.parts), file, environment, f"表“{name}”", compiler.places),
        places=tuple(compiler.places),
        rows=tuple(compiler.rows),
        columns=tuple(columns),
        landscape=spec.get("方向") == "横",
        unit=unit,
        unit_line=unit_line,
        split=split,
        style=str(spec.get("样式", "附表")),
        number_style=str(spec.get("数字", "附表")),
        one_page=is_yes(spec.get("一页")),
    )


def _above(compiler: _Compiler, spec: Mapping[str, Any], unit: str) -> str:
    """The line over the grid; what is still to be printed of the unit at its right end."""
    left, middle, right = (spec.get(word) for word in ("左注", "中注", "右注"))
    unit_line = f"单位：{unit}" if unit and right is None else ""
    if middle is not None and unit_line:
        right, unit_line = unit_line, ""
    place = next((place_of(words) for words in (left, middle, right) if place_of(words)), None)
    if (left, middle, right) != (None, None, None):
        compiler.emit(f"{{% set _ = _记('左注', {compiler.across(left, middle, right)}) %}}", place)
    return unit_line


def _below(compiler: _Compiler, notes: object) -> None:
    for note in notes if isinstance(notes, list) else [notes]:
        spot = next(filter(None, map(place_of, note.values())), None) if isinstance(note, Mapping) else place_of(note)
        compiler.emit(f"{{% set _ = _记('注', {compiler.note(note)}) %}}", spot)


def _columns(compiler: _Compiler, value: object) -> tuple[list[ColumnSpec], object]:
    columns: list[ColumnSpec] = []
    repeated: object = None
    if not isinstance(value, list) or not value:
        compiler.wrong("要有“列”，写明各列的宽")
        return columns, None
    for column in value:
        unknown = [word for word in column if word not in COLUMN_WORDS] if isinstance(column, Mapping) else []
        for word in unknown:
            compiler.wrong(f"列里有不认识的词“{word}”", word)
        if not isinstance(column, Mapping) or "宽" not in column:
            if not unknown:
                compiler.wrong(
                    "每一列要写“宽”（毫米）", next(iter(column), None) if isinstance(column, Mapping) else column
                )
            columns.append(ColumnSpec(0, "中", False))  # it counts all the same
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
