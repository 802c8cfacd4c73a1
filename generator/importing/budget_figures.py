"""年初预算 from the tables of a published budget: into the rows that final accounts have made, and nothing else.

A 科目 that only the budget has becomes a row without any outturn; one that only the final accounts have has a budget of
0, if the budget's table is whole. A table of another year or of an unknown one is never taken in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.diagnostics import finding
from generator.facts.accounts import LEVELS
from generator.form.fields import Field, RowsSpec
from generator.importing.filler import Filled, FilledRow, Filler, chosen
from generator.importing.table_sums import TOTAL, wrong_sums
from generator.official_tables.import_form import Address, ImportForm, RowsFill, spec_at
from generator.official_tables.official_table import OfficialTable
from generator.place import Place

_YEAR_IN_NAME = re.compile(r"(20\d\d)(?:年|年度)?(?:部门|单位)?.*预算|预算.*(20\d\d)")


def fill_budget(
    filler: Filler, budget: Sequence[OfficialTable], outturn: Sequence[OfficialTable], form: ImportForm
) -> None:
    """Reports X055, X056, X078, X080, X082, X084, X086, X088, X090, X096."""
    if not budget:
        return
    year = filler.imported.values.get(form.year_field)
    filler.missing(form.for_budget(), budget)
    tables = _of_this_year(filler, budget, int(year.text) if year is not None else 0)
    _of_this_department(filler, tables, form)
    made = {rows.path: rows for table in outturn for rows in table.form.lists}
    for table in tables:
        filler.check(table)
        for path, address in table.form.values.items():
            _put(filler, table, path, address)
        if not table.amounts:
            filler.values(table, table.form.values)
        for rows in table.form.lists:
            if rows.path in made:
                _put_rows(filler, table, rows, made[rows.path])
            else:
                filler.findings.append(finding("X090", table.place, table=table.form.name))


def _of_this_year(filler: Filler, tables: Sequence[OfficialTable], wanted: int) -> list[OfficialTable]:
    taken: list[OfficialTable] = []
    silent: list[OfficialTable] = []
    for table in tables:
        given = table.year or _year_in_name(table.place)
        if given and wanted and given != wanted:
            values = {"table": table.form.name, "given": given, "wanted": wanted}
            filler.findings.append(finding("X078", table.place, **values))
            continue
        taken.append(table)
        silent.extend([] if given or table.is_dated else [table])
    if silent:
        names = "、".join(f"“{table.form.name}”" for table in silent)
        filler.findings.append(finding("X084", *(t.place for t in silent), tables=names, year=wanted or "本"))
    return taken


def _year_in_name(place: Place) -> int:
    for name in (place.sheet, place.file):
        match = _YEAR_IN_NAME.search(name)
        if match:
            return int(match[1] or match[2])
    return 0


def _of_this_department(filler: Filler, tables: Sequence[OfficialTable], form: ImportForm) -> None:
    """X086; a name and the same with 本级 or 部门 behind it are one."""
    own = filler.imported.values.get(form.unit_field)
    for table in tables:
        names = (own.text, table.department) if own is not None and table.department else ()
        if names and names[0] not in names[1] and names[1] not in names[0]:
            filler.findings.append(finding("X086", table.place, given=names[1], wanted=names[0]))
            return


def _put(filler: Filler, table: OfficialTable, path: str, address: Address) -> None:
    known = filler.imported.values.pop(path, None)
    filler.value(table, path, address)
    own = filler.imported.values.get(path)
    if own is None and known is not None:
        filler.imported.values[path] = known
    elif own is not None and known is not None and not known.note and not filler.same(known.text, own.text):
        spec = spec_at(filler.fields, path)
        values = {"what": spec.label if spec is not None else path, "first": known.text, "second": own.text}
        filler.findings.append(finding("X082", known.place, own.place, path=path, **values))


def _put_rows(filler: Filler, table: OfficialTable, fill: RowsFill, outturn: RowsFill) -> None:
    """`outturn`: how final accounts fill the same rows; what they would say is 0 where they have no such row."""
    spec = spec_at(filler.fields, fill.path)
    if not isinstance(spec, RowsSpec):
        return
    rows = filler.imported.lists.setdefault(fill.path, {})
    given = dict(rows)
    coarse = list(_too_coarse(filler, table, fill, spec))
    new: list[FilledRow] = []
    for account in chosen(table, fill):
        amounts = {own: account.amounts[name] for own, name in fill.columns.items() if name in account.amounts}
        if not amounts or account.code in coarse:
            continue
        row = rows.get(account.code)
        if row is None:
            if not any(amount.value for amount in amounts.values()):
                continue
            row = rows[account.code] = FilledRow(f"{account.code} {account.name}".strip(), account.place)
            row.columns.update({own: Filled("0", note="决算表里没有这个科目，按 0 填") for own in outturn.columns})
            new.append(row)
        for own, amount in amounts.items():
            filler.put_cell(row, own, Filled(filler.text(table, amount.text), amount.place, unsure=fill.unsure), spec)
    if new:
        shown = "、".join(row.key for row in new)
        filler.findings.append(finding("X080", *(row.place for row in new), table=table.form.name, accounts=shown))
    _zero_the_rest(filler, table, fill, [row for code, row in given.items() if not code.startswith(tuple(coarse))])


def _too_coarse(filler: Filler, table: OfficialTable, fill: RowsFill, spec: RowsSpec) -> Iterator[str]:
    """X088: codes of rows that stop above the level to which the form is filled."""
    key = spec.columns.get(spec.key)
    wanted = key.level if isinstance(key, Field) else ""
    for account in chosen(table, fill):
        level = LEVELS[len(account.code)]
        if wanted and level != wanted and len(account.code) < filler.length(wanted):
            values = {"account": f"{account.code} {account.name}", "level": level, "wanted": wanted}
            filler.findings.append(finding("X088", account.place, table=table.form.name, **values))
            yield account.code


def _zero_the_rest(filler: Filler, table: OfficialTable, fill: RowsFill, rows: Sequence[FilledRow]) -> None:
    """X096: a budget that adds up to its total holds nothing for the 科目 that it does not name."""
    for own, column in fill.columns.items():
        without = [row for row in rows if own not in row.columns]
        whole = (TOTAL, column) in table.totals and not any(wrong_sums(table, table.unit or filler.unit))
        if not without or not whole:
            continue
        for row in without:
            row.columns[own] = Filled("0", note=f"{table.form.name}里没有这个科目，按 0 填", unsure=fill.unsure)
        shown = "、".join(row.key for row in without)
        filler.findings.append(finding("X096", table.place, table=table.form.name, accounts=shown))
