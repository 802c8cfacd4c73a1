"""Filled-in forms → what stands in the fields: several forms of one project are one row, two figures for one cell are
an error that names both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.diagnostics import Diagnostic, Outcome, finding
from generator.filled_forms.continued import find_forms
from generator.filled_forms.form_words import FormLayout
from generator.filled_forms.read_cells import ReadCell, ReadRow
from generator.filled_forms.read_form import ReadForm, read_form
from generator.form.fields import Field, Fields, RowsSpec, Spec, children_of
from generator.importing.filler import Filled, FilledRow, Imported, amount_text
from generator.official_tables.import_form import ImportForm, spec_at
from generator.official_tables.official_table import ReadAmount, same_amount
from generator.official_tables.sheet_blocks import Page
from generator.place import NOWHERE

_AMOUNT = re.compile(r"(-?\d+(?:\.\d+)?)(万元|千元|亿元|元)?")


@dataclass(frozen=True, slots=True)
class ReadForms:
    """`others`: the pages on which there is no form."""

    forms: tuple[ReadForm, ...]
    others: tuple[Page, ...]


def read_forms(pages: Sequence[Page], words: Sequence[FormLayout], fields: Fields, year: int) -> Outcome[ReadForms]:
    """All forms of the pages. `year`: as the command says it, 0 = not. Reports X081 beside those of `read_form`."""
    found = find_forms(pages, words)
    forms = [read_form(one, fields, year) for one in found.forms]
    years = {one.year for one in forms if one.year}
    reason = "后面的一页（{page}）列数不同，接不上这张表"
    findings = [
        finding("X081", page.place(), table=form.words.name, reason=reason.format(page=page.name))
        for form, page in found.torn
    ]
    kept: list[ReadForm] = []
    for form in forms:
        reason = ""
        if year and form.year and form.year != year:
            reason = f"它是{form.year}年度的，要读入的是{year}年度"
        elif not year and len(years) > 1:
            reason = f"各表的年度不一样：{'、'.join(map(str, sorted(years)))}；要读入哪一年，请用 --year 写明"
        elif form.words.each and not _key_of(form, fields):
            reason = f"没有找到“{_label(form, fields)}”"
        if reason:
            findings.append(finding("X081", form.place, table=form.words.name, reason=reason))
        else:
            kept.append(form)
            findings.extend(form.findings)
    return Outcome(ReadForms(tuple(kept), found.others), tuple(findings))


def unit_of_forms(forms: Sequence[ReadForm], given: str) -> Outcome[str]:
    """The unit that most forms say; X051 when one with amounts says none and nothing else tells."""
    stated = Counter(form.unit for form in forms if form.unit)
    silent = [form for form in forms if not form.unit and form.holds_amounts]
    if silent and not given and len(stated) != 1:
        names = "、".join(dict.fromkeys(f"“{form.words.name}”" for form in silent))
        return Outcome("", (finding("X051", *(form.place for form in silent), tables=names),))
    return Outcome(given or (stated.most_common(1)[0][0] if stated else ""))


def fill_forms(
    imported: Imported, forms: Sequence[ReadForm], head: ImportForm, fields: Fields, unit: str
) -> tuple[Diagnostic, ...]:
    """Put the forms' cells into the fields beside what tables have filled. `unit`: of forms that name none. X052."""
    if forms and not imported.unit:
        units = Counter(form.unit or unit for form in forms if form.holds_amounts)
        imported.unit = units.most_common(1)[0][0] if units else unit
    filler = _Filler(imported, fields)
    for form in forms:
        filler.add(form, form.unit or unit)
    years = {form.year: form.place for form in reversed(forms) if form.year}
    if head.year_field and len(years) == 1:
        ((year, place),) = years.items()
        imported.values.setdefault(head.year_field, Filled(str(year), place))
    names = {form.department: form.place for form in forms if form.department}
    if head.unit_field and len(names) == 1:
        ((name, place),) = names.items()
        imported.values.setdefault(head.unit_field, Filled(name, place))
    return tuple(filler.findings)


def _key_of(form: ReadForm, fields: Fields) -> ReadCell | None:
    spec = spec_at(fields, form.words.each)
    return form.values.get(spec.key) if isinstance(spec, RowsSpec) else None


def _label(form: ReadForm, fields: Fields) -> str:
    spec = spec_at(fields, form.words.each)
    key = spec.columns.get(spec.key) if isinstance(spec, RowsSpec) else None
    return key.label if isinstance(key, Field) else ""


class _Filler:
    def __init__(self, imported: Imported, fields: Fields) -> None:
        self.imported, self.fields = imported, fields
        self.findings: list[Diagnostic] = []
        self.unit = ""

    def add(self, form: ReadForm, unit: str) -> None:
        self.unit = unit
        values = form.values
        if not form.words.each:
            for name, cell in values.items():
                self.put(self.imported.values, name, self.filled(cell), name)
            for path, rows in form.tables.items():
                spec = spec_at(self.fields, path)
                if isinstance(spec, RowsSpec):
                    self.rows(self.imported.lists.setdefault(path, {}), rows, spec, "")
            return
        spec = spec_at(self.fields, form.words.each)
        key = _key_of(form, self.fields)
        if not isinstance(spec, RowsSpec) or key is None:
            return
        held = self.imported.lists.setdefault(spec.path, {})
        row = held.setdefault("".join(key.text.split()), FilledRow(key.text, key.place))
        for name, cell in values.items():
            if name != spec.key:
                self.put(row.columns, name, self.filled(cell), f"{key.text}·{name}")
        for path, rows in form.tables.items():
            inner = spec.columns.get(path)
            if isinstance(inner, RowsSpec):
                self.rows(row.lists.setdefault(path, {}), rows, inner, f"{key.text}·")

    def filled(self, cell: ReadCell) -> Filled:
        text = amount_text(cell.text, cell.unit or self.unit, self.imported.unit) if cell.is_amount else cell.text
        return Filled(text, cell.place, cell.note)

    def put(self, into: dict[str, Filled], name: str, filled: Filled, what: str) -> None:
        known = into.setdefault(name, filled)
        if known is not filled and not same(known.text, filled.text, self.imported.unit):
            self.findings.append(
                finding("X052", known.place, filled.place, what=f"“{what}”", first=known.text, second=filled.text)
            )

    def rows(self, held: dict[str, FilledRow], rows: Sequence[ReadRow], spec: RowsSpec, whose: str) -> None:
        for identity, read in _identified(rows, spec):
            row = held.setdefault(identity, FilledRow(read.key, read.place))
            for name, cell in read.cells.items():
                if name != spec.key:
                    self.put(row.columns, name, self.filled(cell), f"{whose}{read.key}·{name}")


def _identified(rows: Sequence[ReadRow], spec: Spec) -> Iterator[tuple[str, ReadRow]]:
    """Each row with what it is known by: its key, or its levels and its name; the second of a name by its number."""
    seen: Counter[str] = Counter()
    known = [one.name for one in children_of(spec).values() if isinstance(one, Field) and one.fills_down]
    for row in rows:
        levels = (row.cells[name].text for name in known if name in row.cells)
        identity = "/".join((*levels, row.key)) if not (isinstance(spec, RowsSpec) and spec.key) else row.key
        identity = "".join(identity.split())
        seen[identity] += 1
        yield (identity if seen[identity] == 1 else f"{identity}#{seen[identity]}"), row


def same(one: str, other: str, unit: str = "") -> bool:
    """Whether two texts say the same: 48.00 and 48, 30000元 and 3.00 in 万元, words whatever their spaces."""
    plain, others = "".join(one.split()), "".join(other.split())
    first, second = _amount(plain, unit), _amount(others, unit)
    if plain == others or first is None or second is None:
        return plain == others
    return same_amount(*first, *second)


def _amount(text: str, unit: str) -> tuple[ReadAmount, str] | None:
    match = _AMOUNT.fullmatch(text)
    return (ReadAmount(match[1], Decimal(match[1]), NOWHERE), match[2] or unit) if match else None
