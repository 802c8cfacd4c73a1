"""One small unit's input, as YAML and as a workbook (a sheet for each group and table), with a few cells typed anew.

A behaviour is one line: «where = what is typed» (several joined by « & »), then the codes of all findings, then what
the first place holds afterwards:

    收支.原因 = - | F012 | 空
    指标.1.目标值 = ≥98% & 指标.1.单位 = | | 98

Places: the path of a field; in a table the row's number stands behind the table's name. ␣ is a space, ⏎ a line break.
«0.98 [0%]» is a number under a number format: only workbooks have that, as they have these:

    表头 支出.备注 = 备 注      the header of a column, or the label of a line, typed anew; = alone takes it away
    程序计算 收支.增减 = 60     the locked cell beside a computed one overtyped
    所属 项目.资金.1 = 信息化    to which row a row of an inner table belongs
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import yaml
from earlier_workbook import earlier_workbook
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.worksheet.worksheet import Worksheet
from support import pack_folder

from generator.case import InputFiles, read_case
from generator.diagnostics import Diagnostic, Outcome
from generator.facts.fact import Entry, Group, Rows
from generator.form.blocks import COMPUTED, COMPUTED_SUFFIX, LABEL, VALUE, FormBlock, TableBlock, plain
from generator.form.layout import lay_out_earlier
from generator.pack import Pack, PackRoots, load_pack
from generator.quantity import Blank, NotApplicable, Quantity
from generator.reading.read_yaml import parse_yaml

HERE = Path(__file__).resolve().parents[1] / "reading" / "behaviours"
FIELDS = (HERE / "fields.yaml").read_text(encoding="utf-8")
DATA = (HERE / "数据.yaml").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Behaviour:
    """One line of a table: `edits` (kind, place, text), `codes` in the order found, `value` as `shown`."""

    line: str
    edits: tuple[tuple[str, str, str], ...]
    codes: str
    value: str | None

    @property
    def only_excel(self) -> bool:
        return any(kind or re.search(r" \[.+\]$", text) for kind, _, text in self.edits)

    @property
    def only_yaml(self) -> bool:
        return any(text.startswith("!") for _, _, text in self.edits)


def behaviours(table: Path) -> Iterator[Behaviour]:
    for line in table.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        typed, codes, *value = (part.strip() for part in f"{line}|".split("|")[:3])
        edits = []
        for edit in typed.split(" & "):
            where, _, text = edit.strip().partition("=")
            kind, _, place = where.strip().rpartition(" ")
            edits.append((kind, place, text.strip().replace("␣", " ").replace("⏎", "\n")))
        yield Behaviour(line, tuple(edits), codes, value[0] if value and value[0] else None)


@dataclass(frozen=True)
class Read:
    findings: tuple[Diagnostic, ...]
    facts: Group

    @property
    def codes(self) -> str:
        return " ".join(dict.fromkeys(one.code for one in self.findings))

    def value(self, place: str) -> str:
        return shown(entry_at(self.facts, place))


def entry_at(facts: Group, place: str) -> Entry | None:
    entry: Entry | None = facts
    for part in place.split("."):
        if isinstance(entry, Group):
            entry = entry.entries.get(part)
        elif isinstance(entry, Rows) and part.isdecimal():
            entry = entry.rows[int(part) - 1] if int(part) <= len(entry) else None
    return entry


def shown(entry: Entry | None) -> str:
    """Amounts in 元; 空, 不适用, 没有这一行 and «2行» in words."""
    if isinstance(entry, Quantity):
        return f"{entry.value.normalize():f}"
    if entry is None or isinstance(entry, Blank):
        return "空" if entry is not None else "没有这一行"
    if isinstance(entry, NotApplicable):
        return "不适用"
    return f"{len(entry)}行" if isinstance(entry, Rows) else str(entry)


class Unit:
    """The unit; its files are made once."""

    def __init__(self, folder: Path) -> None:
        self.roots: PackRoots = pack_folder(
            folder, {"rows/指标性质.yaml": (_TEMPLATES / "performance/rows/指标性质.yaml").read_text(encoding="utf-8")},
            fields=FIELDS,
        )  # fmt: skip
        self.packs: dict[str, Outcome[Pack | None]] = {}
        pack = load_pack("example", self.roots).value
        assert pack is not None
        self.fields, self.accounts = pack.form.fields, pack.report.accounts
        self.layout = lay_out_earlier(self.fields)
        sources = parse_yaml([("数据.yaml", DATA)]).value
        self.book = openpyxl.load_workbook(io.BytesIO(earlier_workbook("example", self.fields, sources, 2024)))

    def read(self, texts: tuple[tuple[str, str], ...], books: tuple[tuple[str, bytes], ...]) -> Read:
        case = read_case(InputFiles(Path(), texts, "", books=books), self.roots, self.packs)
        assert case.value is not None, case.diagnostics
        return Read(case.diagnostics, case.value.facts)

    def from_yaml(self, behaviour: Behaviour) -> Read:
        data = yaml.load(DATA, yaml.BaseLoader)
        for _, place, text in behaviour.edits:
            *above, name = place.split(".")
            inner: Any = data
            for part in above:
                if isinstance(inner, list):
                    inner.extend({} for _ in range(int(part) - len(inner)))
                    inner = inner[int(part) - 1]
                else:
                    inner = inner.setdefault(part, {})
            inner[name] = text.removeprefix("!")
        written = yaml.dump(data, allow_unicode=True, default_style='"', sort_keys=False)
        return self.read((("数据.yaml", written),), ())

    def from_excel(self, behaviour: Behaviour) -> Read:
        undo: list[tuple[ExcelCell, Any, str]] = []
        for kind, place, text in behaviour.edits:
            cell = self.cell(kind, place)
            undo.append((cell, cell.value, cell.number_format))
            number, _, style = text.partition(" [")
            cell.value = text or None
            if style:
                cell.value, cell.number_format = Decimal(number), style.removesuffix("]")
        saved = io.BytesIO()
        self.book.save(saved)
        for cell, value, style in undo:
            cell.value, cell.number_format = value, style
        return self.read((), (("填报.xlsx", saved.getvalue()),))

    # -- where a field stands in the workbook
    def cell(self, kind: str, place: str) -> ExcelCell:
        parts = place.split(".")
        names = tuple(part for part in parts if not part.isdecimal())
        row = next((int(part) for part in parts if part.isdecimal()), 0)
        for sheet in self.layout.blocks:
            page = self.book[sheet.name]
            if isinstance(sheet, FormBlock) and (line := next((ln for ln in sheet.lines if ln.names == names), None)):
                at, columns = _find(page, LABEL, VALUE, COMPUTED)
                below = next(r for r in range(at, page.max_row + 1) if _is(page.cell(r, columns[0]), line.label))
                wanted = {"": columns[1], "表头": columns[0], "程序计算": columns[2]}
                return page.cell(below, wanted[kind])
            if isinstance(sheet, TableBlock) and names[: len(sheet.names)] == sheet.names:
                rest = names[len(sheet.names) :]
                if kind == "所属" and not rest:
                    at, (found, *_) = _find(page, sheet.parents[-1].header)
                    return page.cell(at + row, found)
                column = next((one for one in sheet.columns if one.names == rest), None)
                if column is None:
                    continue
                header = column.header if kind != "程序计算" else f"{column.label}{COMPUTED_SUFFIX}"
                at, (found, *_) = _find(page, header)
                return page.cell(at if kind == "表头" else at + row, found)
        raise AssertionError(place)


def _find(page: Worksheet, *labels: str) -> tuple[int, tuple[int, ...]]:
    """The first row with the first label, and the column of each."""
    for row in page.iter_rows(max_row=8):
        where = {plain(str(cell.value)): cell.column for cell in row if cell.value is not None}
        if plain(labels[0]) in where:
            return row[0].row, tuple(where.get(plain(label), 0) for label in labels)
    raise AssertionError(labels)


def _is(cell: ExcelCell, label: str) -> bool:
    return plain(str(cell.value or "")) == plain(label)


_TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
