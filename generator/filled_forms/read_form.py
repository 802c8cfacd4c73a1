"""One filled-in form → what each of its cells says, as text and with its place, in the fields of the pack.

What cannot be read for sure is left out and named; nothing is chosen between two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from generator.diagnostics import Diagnostic, finding
from generator.filled_forms.find_forms import FoundForm, inside
from generator.filled_forms.form_grid import FormCell
from generator.filled_forms.form_heads import LONGEST_LABEL, head_in
from generator.filled_forms.form_words import BESIDES, Crossed, FormLayout, label_of
from generator.filled_forms.list_rows import Around, read_list
from generator.filled_forms.read_cells import ReadCell, ReadRow, typed
from generator.form.fields import Field, Fields, RowsSpec, Spec, children_of
from generator.form.value_reading import half_width
from generator.official_tables.import_form import Words, closeness
from generator.official_tables.sheet_blocks import department_in
from generator.place import Place

_YEAR, _OTHER_YEAR = re.compile(r"(20\d\d) ?年度"), re.compile(r"(20\d\d) ?年(?! ?\d{1,2} ?月)")
_CODE_BEFORE = re.compile(rf"([0-9A-Za-z]{{4,}}){BESIDES}(.+)", re.DOTALL)
_UNIT = re.compile(r"[(（](?:单位[:：])?(万元|千元|亿元|元)[)）]|单位[:：](?:人民币)?(万元|千元|亿元|元)")


@dataclass(slots=True)
class ReadForm:
    """`year` 0, `unit` "", `department` "": not said. `values`: field → cell; `tables`: table field → rows; both by
    names inside the form's own row (`words.each`), or from the top."""

    words: FormLayout
    found: FoundForm
    year: int = 0
    unit: str = ""
    department: str = ""
    values: dict[str, ReadCell] = field(default_factory=dict)
    tables: dict[str, list[ReadRow]] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)

    @property
    def place(self) -> Place:
        return self.found.grid.page.place()

    @property
    def holds_amounts(self) -> bool:
        cells = [
            *self.values.values(),
            *(c for rows in self.tables.values() for row in rows for c in row.cells.values()),
        ]
        return any(cell.is_amount for cell in cells)


def read_form(found: FoundForm, fields: Fields, given_year: int) -> ReadForm:
    """Reports X052, X054, X065, X066, X075, X077, X079, X083, X085."""
    reader = _FormReader(found, fields, given_year)
    reader.read()
    return reader.form


class _FormReader:
    def __init__(self, found: FoundForm, fields: Fields, given_year: int) -> None:
        self.grid, self.words, self.fields = found.grid, found.words, fields
        self.rows = [row for row in found.grid.rows if found.start <= row <= found.last]
        self.form = ReadForm(found.words, found)
        above = [row for row in found.grid.rows if found.first <= row < self.first_labels()]
        lines = [[cell.text for cell in self.grid.beginning_in(row)] for row in above]
        texts = [half_width(text) for line in lines for text in line]
        for pattern in (_YEAR, _OTHER_YEAR):
            said = {int(year) for text in texts for year in pattern.findall(text)}
            self.form.year = self.form.year or (said.pop() if len(said) == 1 else 0)
        self.form.year = self.form.year or self.year_of_labels()
        self.form.department = department_in(lines)
        self.year = self.form.year or given_year
        self.taken: set[int] = set()

    def year_of_labels(self) -> int:
        """Of a form without a year above it: the later of two that its labels name, 2018年决算数 and 2019年决算数."""
        cells = (cell for row in self.rows for cell in self.grid.beginning_in(row) if len(cell.text) < 20)
        said = {int(year) for cell in cells for year in _OTHER_YEAR.findall(half_width(cell.text))}
        return max(said) if len(said) == 2 and max(said) - min(said) == 1 else 0

    def first_labels(self) -> int:
        """The first row that holds a label of the form, or the head of a list."""
        heads = (head_in(self.grid, self.rows, one.columns, one.least, 0, "") for one in self.words.lists)
        behind = min((head.rows[0] for head in heads if head is not None), default=self.rows[-1] + 1)
        before = (row for row in self.rows if row < behind)
        labelled = (row for row in before if any(self.is_label(cell) for cell in self.grid.beginning_in(row)))
        return next(labelled, min(behind, self.rows[-1]))

    def is_label(self, cell: FormCell) -> bool:
        return len(cell.label) <= LONGEST_LABEL and any(
            word.steps[-1].fullmatch(cell.label) for words in self.words.labels for word in words
        )

    def spec(self, name: str) -> Spec | None:
        spec: Spec | None = self.fields
        for part in self.words.path(name).split("."):
            spec = children_of(spec).get(part) if spec is not None else None
        return spec

    def read(self) -> None:
        around = Around(self.grid, self.words.name, self.year, self.is_label)
        for one in self.words.lists:
            spec = self.spec(one.path)
            if isinstance(spec, RowsSpec):
                read = read_list(around, self.rows, one, spec)
                self.form.findings.extend(read.findings)
                self.form.tables[one.path] = read.rows
                self.taken.update(read.taken)
                for name, cell in read.totals.items():
                    self.put(name, cell)
        for crossed in self.words.crossed:
            self.crossed(crossed)
        self.form.unit = self.unit()
        for name, words in self.words.beside.items():
            self.labelled(name, words, beside=True)
        for name, words in self.words.under.items():
            self.labelled(name, words, beside=False)

    def unit(self) -> str:
        """As the labels say; two of them contradict each other with an error."""
        said: dict[str, FormCell] = {}
        for row in self.grid.between(self.form.found.first, self.form.found.last):
            for cell in self.grid.beginning_in(row) if row not in self.taken else ():
                match = _UNIT.search(half_width(cell.text)) if len(cell.text) < 40 else None
                if match:
                    said.setdefault(match[1] or match[2], cell)
        if len(said) > 1:
            (first, at), (second, other) = list(said.items())[:2]
            what = f"“{self.words.name}”的金额单位"
            self.form.findings.append(finding("X052", at.place, other.place, what=what, first=first, second=second))
        return next(iter(said), "")

    # -- labels beside or over their values

    def labelled(self, name: str, words: Words, beside: bool) -> None:
        ranked = [(closeness(words, path), cell) for cell, path in self.labels(words)]
        best = max((rank for rank, _ in ranked), default=0)
        known: FormCell | None = None
        for rank, cell in ranked:
            value = self.value_of(cell, beside) if rank == best else None
            if value is None:
                continue
            if known is None:
                known = value
                self.put_parts(name, value)
            elif known.text != value.text:
                values = {"what": f"“{self.words.name}”的{cell.label}", "first": known.text, "second": value.text}
                self.form.findings.append(finding("X052", known.place, value.place, **values))
        if known is None and not best:
            self.inside_one_cell(name, words)

    def labels(self, words: Words) -> Iterator[tuple[FormCell, tuple[str, ...]]]:
        for row in self.rows:
            for cell in self.grid.beginning_in(row) if row not in self.taken else ():
                if any(word.steps[-1].fullmatch(cell.label) for word in words):
                    path = self.grid.path_to(cell, self.form.found.start)
                    if closeness(words, path):
                        yield cell, path

    def value_of(self, cell: FormCell, beside: bool) -> FormCell | None:
        if beside:
            return self.grid.right_of(cell, self.is_label)
        return self.grid.below(cell, self.is_label) or self.grid.right_of(cell, self.is_label)

    def inside_one_cell(self, name: str, words: Words) -> None:
        for row in self.rows:
            for cell in self.grid.beginning_in(row) if row not in self.taken else ():
                label, value = inside(cell.text)
                if value and closeness(words, (label_of(label),)):
                    self.put_parts(name, replace(cell, text=value))
                    return

    def put_parts(self, name: str, cell: FormCell) -> None:
        """«51000023R-食堂设备更新» into the two fields of «编码-名称»; a cell without a code into the last."""
        first, _, last = name.rpartition(BESIDES)
        match = _CODE_BEFORE.fullmatch(cell.text) if first else None
        if match:
            self.put(first, self.cell(first, replace(cell, text=match[1])))
            cell = replace(cell, text=match[2])
        self.put(last, self.cell(last, cell))

    # -- rows and columns with labels

    def crossed(self, crossed: Crossed) -> None:
        rows = [row for row in self.rows if row not in self.taken]
        wanted = crossed.columns
        head = head_in(self.grid, rows, wanted, min(2, len(wanted)), self.year, self.words.name)
        if head is None:
            self.form.findings.append(finding("X077", self.place(), table=self.words.name, what="、".join(wanted)))
            return
        self.form.findings.extend(head.findings)
        first = min((column for column, _ in head.spans.values()), default=0)
        keyed: dict[str, ReadRow] = {}
        sort = ""
        for row in rows:
            if row <= head.rows[-1]:
                continue
            if crossed.sorts:
                heading = self.row_key(row, first, crossed.sorts)
                known = heading is not None or any(map(self.is_label, self.grid.beginning_in(row)))
                sort = heading or ("" if known else sort)
                key = self.grid.beginning_in(row)[0].text if sort and not known else None
            else:
                key = self.row_key(row, first, crossed.rows)
            if key is None:
                continue
            cells = {name: cell for name, span in head.spans.items() if (cell := self.grid.in_column(row, *span))}
            self.crossed_row(crossed, key, row, cells, keyed)
            if sort and key in keyed:
                keyed[key].cells[crossed.sort_field] = ReadCell(sort, keyed[key].place)
        if crossed.path:
            self.form.tables[crossed.path] = [one for one in keyed.values() if one.cells]

    def row_key(self, row: int, first: int, wanted: Mapping[str, Words]) -> str | None:
        """The key of a row by the labels left of its amounts; None when it is none that was asked for."""
        ranked = [
            (closeness(words, self.grid.path_to(cell, self.form.found.start)), key)
            for cell in self.grid.beginning_in(row)
            if cell.column < first
            for key, words in wanted.items()
        ]
        rank, key = max(ranked, default=(0, ""))
        return key if rank else None

    def crossed_row(
        self, crossed: Crossed, key: str, row: int, cells: Mapping[str, FormCell], keyed: dict[str, ReadRow]
    ) -> None:
        if not crossed.path:
            for name, cell in cells.items():
                full = f"{key}.{name}" if key else name
                self.put(full, self.cell(full, cell))
            return
        read = {name: self.cell(f"{crossed.path}.{name}", cell) for name, cell in cells.items()}
        filled = {name: cell for name, cell in read.items() if cell is not None}
        at = next(iter(self.grid.beginning_in(row))).place
        known = keyed.setdefault(key, ReadRow(key, at))
        for name, one in filled.items():
            before = known.cells.setdefault(name, one)
            if before.text != one.text:
                values = {"what": f"“{key}”的{name}", "first": before.text, "second": one.text}
                self.form.findings.append(finding("X052", before.place, one.place, **values))

    # -- cells

    def place(self) -> Place:
        return self.grid.page.place(self.rows[0])

    def cell(self, name: str, cell: FormCell) -> ReadCell | None:
        spec = self.spec(name)
        return typed(cell, spec, self.form.findings) if isinstance(spec, Field) else None

    def put(self, name: str, cell: ReadCell | None) -> None:
        if cell is None:
            return
        known = self.form.values.setdefault(name, cell)
        if known.text != cell.text:
            values = {"what": f"“{self.words.name}”的{name}", "first": known.text, "second": cell.text}
            self.form.findings.append(finding("X052", known.place, cell.place, **values))
