"""Official tables → what stands in the fields of a form, each figure with the cell it came from.

It knows the form and the tables; it knows nothing of files and of how the result is written down.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from generator.diagnostics import Outcome, finding
from generator.form.fields import Field, Fields, children_of, prior_target, walk_fields
from generator.importing.budget_figures import fill_budget
from generator.importing.filler import Filled, Filler, Imported
from generator.importing.seen_in_tables import fill_seen
from generator.importing.table_units import contradicting_units
from generator.official_tables.import_form import Address, ImportForm, RowsFill, TableForm, spec_at
from generator.official_tables.official_table import OfficialTable
from generator.place import NOWHERE


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
    budget: Sequence[OfficialTable] = (),
) -> Outcome[Imported]:
    """Tables of this year, of the year before and of the budget → fields. `unit`: of tables that name none.

    Reports X052, X055, X056, X059, X060, X061, X067; of tables without figures X092, X094; of the budget X078,
    X080, X082, X084.
    """
    filler = Filler(fields, unit, tables)
    filler.findings.extend(contradicting_units(tables, unit))
    for table in tables:
        filler.check(table)
        filler.values(table, table.form.values)
        for rows in table.form.lists:
            filler.rows(table, rows)
    filler.missing(form, tables)
    _head(filler, form, tables, prior, year)
    for table in prior:
        filler.check(table)
        counterparts = _prior_values(table.form, fields)
        # 年初 figures stand in this year's own tables, which may have adjusted them.
        counterparts = {path: at for path, at in counterparts.items() if path not in filler.imported.values}
        filler.values(table, {**counterparts, **table.form.prior_values})
        for rows in (*_prior_lists(table.form, fields), *table.form.prior_lists):
            filler.rows(table, rows)
    fill_seen(filler, tables, form)
    fill_budget(filler, budget, tables, form)
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


def _head(
    filler: Filler, form: ImportForm, tables: Sequence[OfficialTable], prior: Sequence[OfficialTable], given: int
) -> None:
    years = {table.year: table.place for table in reversed(tables) if table.year}
    if given:
        years = {given: NOWHERE}
    if len(years) > 1:
        shown = "、".join(f"{year}年度" for year in sorted(years))
        filler.findings.append(finding("X061", *years.values(), years=shown))
    elif years and form.year_field:
        ((year, place),) = years.items()
        filler.imported.values[form.year_field] = Filled(str(year), place)
        for table in prior:
            if table.year and table.year != year - 1:
                filler.findings.append(finding("X060", table.place, given=table.year, wanted=year - 1))
                break
    named = next((table for table in tables if table.department), None)
    if named is not None and form.unit_field:
        filler.imported.values[form.unit_field] = Filled(named.department, named.place)
