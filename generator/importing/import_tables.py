"""Official tables → what stands in the fields of a form, each figure with the cell it came from.

It knows the form and the tables; it knows nothing of files and of how the result is written down.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from generator.diagnostics import Diagnostic, Outcome, finding
from generator.facts.accounts import LEVELS
from generator.form.fields import Field, Fields, RowsSpec, Spec, children_of, prior_target, walk_fields
from generator.importing.table_sums import wrong_sums
from generator.importing.table_units import contradicting_units
from generator.official_tables.import_form import ACCOUNTS, ITEMS, Address, ImportForm, RowsFill, TableForm, spec_at
from generator.official_tables.official_table import AccountRow, OfficialTable
from generator.place import NOWHERE, Place

_LENGTHS = {level: length for length, level in LEVELS.items()}


@dataclass(frozen=True, slots=True)
class Filled:
    """What goes into a field, as text, and where it was read; without a place, `note` says why it is there."""

    text: str
    place: Place = NOWHERE
    note: str = ""


@dataclass(slots=True)
class FilledRow:
    """`key`: code and name of the 科目. `lists`: tables inside the row, path within the row → key → row."""

    key: str
    place: Place
    columns: dict[str, Filled] = field(default_factory=dict)
    lists: dict[str, dict[str, FilledRow]] = field(default_factory=dict)


@dataclass(slots=True)
class Imported:
    """`lists`: path of a table field → code → row."""

    unit: str
    values: dict[str, Filled] = field(default_factory=dict)
    lists: dict[str, dict[str, FilledRow]] = field(default_factory=dict)


def amount_text(amount: str, unit: str, ruling: str) -> str:
    """The amount as the table says it: two decimals at least where its unit is 万元, its unit behind it where another
    unit rules the file."""
    whole, _, decimals = amount.partition(".")
    if unit == "万元":
        decimals = decimals.ljust(2, "0")
    text = f"{whole or '0'}.{decimals}" if decimals else whole
    return text if unit == ruling else text + unit


def unit_of_all(tables: Sequence[OfficialTable], given: str) -> Outcome[str]:
    """The unit of a table that names none: `given`, else the one on which the others agree. "" with X051."""
    silent = [table for table in tables if not table.unit]
    stated = Counter(table.unit for table in tables if table.unit)
    if given:
        return Outcome(given)
    if not silent or len(stated) == 1:
        return Outcome(stated.most_common(1)[0][0] if stated else "")
    names = "、".join(dict.fromkeys(f"“{table.form.name}”" for table in silent))
    return Outcome("", (finding("X051", *(table.place for table in silent), tables=names),))


def fill(
    tables: Sequence[OfficialTable],
    prior: Sequence[OfficialTable],
    form: ImportForm,
    fields: Fields,
    unit: str,
    year: int = 0,
) -> Outcome[Imported]:
    """Tables of this year and of the year before → fields. `unit`: of tables that name none.

    Reports X052, X055, X056, X059, X060, X061, X067.
    """
    filler = _Filler(fields, unit, tables)
    filler.findings.extend(contradicting_units(tables, unit))
    for table in tables:
        filler.check(table)
        filler.values(table, table.form.values)
        for rows in table.form.lists:
            filler.rows(table, rows)
    filler.missing(form, tables)
    filler.head(form, tables, prior, year)
    for table in prior:
        filler.check(table)
        counterparts = _prior_values(table.form, fields)
        # 年初 figures stand in this year's own tables, which may have adjusted them.
        counterparts = {path: at for path, at in counterparts.items() if path not in filler.imported.values}
        filler.values(table, {**counterparts, **table.form.prior_values})
        for rows in (*_prior_lists(table.form, fields), *table.form.prior_lists):
            filler.rows(table, rows)
    return Outcome(filler.imported, tuple(filler.findings))


def _prior_values(form: TableForm, fields: Fields) -> dict[str, Address]:
    """Fields of the comparison column: what their counterpart takes from the same table."""
    found: dict[str, Address] = {}
    for one in walk_fields(fields):
        target = prior_target(fields, one) if one.prior_of else None
        if target is not None and target.path in form.values and not form.values[target.path].less:
            found[one.path] = form.values[target.path]
    return found


def _prior_lists(form: TableForm, fields: Fields) -> Iterator[RowsFill]:
    for rows in form.lists:
        spec = spec_at(fields, rows.path)
        columns: dict[str, str] = {}
        for one in children_of(spec).values() if spec is not None else ():
            target = prior_target(fields, one) if isinstance(one, Field) and one.prior_of else None
            if target is not None and target.name in rows.columns.keys() - rows.less.keys():
                columns[one.name] = rows.columns[target.name]
        if columns:
            yield RowsFill(rows.path, columns, rows.level, rows.fixed)


class _Filler:
    def __init__(self, fields: Fields, unit: str, tables: Sequence[OfficialTable]) -> None:
        self.fields, self.unit = fields, unit
        units = Counter(table.unit or unit for table in tables)
        self.imported = Imported(units.most_common(1)[0][0] if units else unit)
        self.findings: list[Diagnostic] = []

    def check(self, table: OfficialTable) -> None:
        self.findings.extend(wrong_sums(table, table.unit or self.unit))

    def text(self, table: OfficialTable, amount: str) -> str:
        return amount_text(amount, table.unit or self.unit, self.imported.unit)

    def values(self, table: OfficialTable, addresses: Mapping[str, Address]) -> None:
        for path, address in addresses.items():
            spec = spec_at(self.fields, path)
            amount = table.totals.get((address.row, address.column))
            if amount is not None:
                self.put(path, Filled(self.text(table, amount.text), amount.place))
            elif table.amounts and _must_be_typed(spec) and address.row in table.named_rows | {""}:
                self.imported.values.setdefault(path, Filled("0", table.place, f"{table.form.name}中空着，按 0 填"))

    def put(self, path: str, filled: Filled) -> None:
        known = self.imported.values.setdefault(path, filled)
        if known is not filled and known.note:
            self.imported.values[path] = filled
        elif Decimal(_digits(known.text)) != Decimal(_digits(filled.text)):
            self.conflict(path, known, filled)

    def conflict(self, what: str, known: Filled, other: Filled) -> None:
        self.findings.append(
            finding("X052", known.place, other.place, what=f"“{what}”", first=known.text, second=other.text)
        )

    def rows(self, table: OfficialTable, fill: RowsFill) -> None:
        spec = spec_at(self.fields, fill.path)
        if not isinstance(spec, RowsSpec):
            return
        key = spec.columns.get(spec.key)
        wanted = key.level if isinstance(key, Field) else ""
        rows = self.imported.lists.setdefault(fill.path, {})
        for account in _chosen(table, fill):
            amounts = {own: account.amounts[name] for own, name in fill.columns.items() if name in account.amounts}
            if not amounts or (table.form.style == ITEMS and not any(a.value for a in amounts.values())):
                continue
            if wanted and not fill.level and len(account.code) < _LENGTHS[wanted]:
                level = LEVELS[len(account.code)]
                shown = f"{account.code} {account.name}"
                self.findings.append(finding("X059", account.place, table=table.form.name, account=shown, level=level))
            row = rows.setdefault(account.code, FilledRow(f"{account.code} {account.name}".strip(), account.place))
            for own, amount in amounts.items():
                filled = Filled(self.text(table, amount.text), amount.place)
                known = row.columns.setdefault(own, filled)
                if Decimal(_digits(known.text)) != Decimal(_digits(filled.text)):
                    self.conflict(f"{spec.label}·{row.key}·{own}", known, filled)
            for own, text in fill.fixed.items():
                row.columns.setdefault(own, Filled(text))

    def missing(self, form: ImportForm, tables: Sequence[OfficialTable]) -> None:
        """X056, once for all: which tables there are not. Where none is given, none is missed."""
        found = {table.form.name for table in tables}
        missed = [f"“{table.name}”" for table in form.tables if table.fills and table.name not in found]
        if missed and tables:
            self.findings.append(finding("X056", tables="、".join(missed)))

    def head(
        self, form: ImportForm, tables: Sequence[OfficialTable], prior: Sequence[OfficialTable], given: int
    ) -> None:
        years = {table.year: table.place for table in reversed(tables) if table.year}
        if given:
            years = {given: NOWHERE}
        if len(years) > 1:
            shown = "、".join(f"{year}年度" for year in sorted(years))
            self.findings.append(finding("X061", *years.values(), years=shown))
        elif years and form.year_field:
            ((year, place),) = years.items()
            self.imported.values[form.year_field] = Filled(str(year), place)
            for table in prior:
                if table.year and table.year != year - 1:
                    self.findings.append(finding("X060", table.place, given=table.year, wanted=year - 1))
                    break
        named = next((table for table in tables if table.department), None)
        if named is not None and form.unit_field:
            self.imported.values[form.unit_field] = Filled(named.department, named.place)


def _must_be_typed(spec: Spec | None) -> bool:
    return isinstance(spec, Field) and spec.required and spec.default is None and not spec.formula


def _digits(text: str) -> str:
    """The number without the unit behind it."""
    return text.rstrip("元万千亿")


def _chosen(table: OfficialTable, fill: RowsFill) -> list[AccountRow]:
    """The rows of the level asked for, else those that have no finer ones below them."""
    if fill.level in _LENGTHS:
        return [row for row in table.accounts if len(row.code) == _LENGTHS[fill.level]]
    if table.form.style != ACCOUNTS:
        return list(table.accounts)
    codes = sorted({row.code for row in table.accounts})
    inner = {code for code, after in pairwise(codes) if after.startswith(code)}
    return [row for row in table.accounts if row.code not in inner]
