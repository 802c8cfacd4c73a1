"""The whole way: an old report's bytes → what goes into the form, what stays out, what of the report was not used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.adopting.as_input import UNIT, Entry, Tree, as_yaml
from generator.adopting.chapters import sections_of
from generator.adopting.contradictions import Contradiction, contradictions, not_all, without_contradicted
from generator.adopting.gathered import Lifted, Reading, key_of
from generator.adopting.grammar import Grammar, grammar_of
from generator.adopting.lifting import lift
from generator.adopting.old_report import OldReport, read_report
from generator.adopting.plain_text import plain
from generator.adopting.settle import Doubt, Value, settle
from generator.adopting.symbols import renderings
from generator.case import Case, InputFiles, read_case
from generator.diagnostics import Diagnostic, Outcome, Severity, finding
from generator.form.fields import ACCOUNT_KINDS, Field, RowsSpec, Spec
from generator.grids.pages_of_file import pages_of
from generator.importing.filler import Filled, FilledRow, Imported
from generator.importing.import_forms import fill_forms, read_forms
from generator.importing.import_tables import fill
from generator.importing.pieces import read_pages
from generator.official_tables.import_form import spec_at
from generator.pack import Pack, PackRoots
from generator.place import Place

_TWICE = 2


@dataclass(frozen=True, slots=True)
class Unused:
    """Words of the old report that went nowhere."""

    where: str
    text: str


@dataclass(slots=True)
class Adopted:
    """`texts`: the input's files. `values`: what was lifted from sentences; `tables`: how many figures from official
    tables. `left_out`: with the reason. `shares`: characters lifted, the pack's own, unused."""

    year: int
    report: OldReport
    texts: dict[str, str]
    tree: Tree
    values: tuple[Value, ...]
    tables: int
    doubts: tuple[Doubt, ...]
    contradicted: tuple[Contradiction, ...]
    unused: tuple[Unused, ...]
    shares: tuple[int, int, int]
    totals: tuple[Lifted, ...]
    missing: tuple[Diagnostic, ...] = ()
    case: Case | None = field(default=None, repr=False)


def adopt(
    name: str, data: bytes, pack: Pack, roots: PackRoots, year: int = 0, grammar: Grammar | None = None
) -> Outcome[Adopted | None]:
    """`year`: the one whose input is wanted: the report's or the next, 0 = the report's; `grammar`: the
    pack's of that year, when it is there already. Reports L001–L003 and what reading its tables reports.

    Raises what `read_report` raises.
    """
    report = read_report(name, data)
    stated = year_of(report)
    if not (year or stated):
        return Outcome(None, (finding("L001", Place(name), file=name),))
    if year and stated and year not in (stated, stated + 1):
        told = finding("L003", Place(name), file=name, found=stated, year=year, next=stated + 1)
        return Outcome(None, (told,))
    year = stated or year
    grammar = grammar or grammar_for(pack, year)
    sections = sections_of(report.lines, grammar)
    reading = lift(report, sections, grammar, pack.report.accounts, year)
    settled = settle(reading.lifted, reading.checks)
    if not settled.values:
        return Outcome(None, (finding("L002", Place(name), file=name, pack=pack.title),))
    imported, findings, sheets = _tables(name, data, pack, year)
    tree = _tree(settled.values.values(), pack, year, imported)
    case = _read(tree, pack, roots, name)
    found = list(contradictions(reading.checks, case.facts)) if case is not None else []
    out = without_contradicted(settled, found)
    partly = not_all(reading.lifted, settled, case.facts) if case is not None else []
    if out or partly:
        tree = _tree(settled.values.values(), pack, year, imported)
        case = _read(tree, pack, roots, name)
    doubts = (
        *settled.doubts,
        *(Doubt(v.field.label, ((v.text, v.places[0]),), "与旁边写的增减对不上") for v in out),
        *(Doubt(v.field.label, ((v.text, v.places[0]),), "写的是“全部”，却与同一项的其他金额都不同") for v in partly),
    )
    texts = as_yaml(tree, pack.form.fields, pack.name, UNIT, name)
    kept = [
        one for one in reading.lifted if (one.slot.path, one.rows) in settled.values and one not in settled.left_out
    ]
    unused, shares = unused_of(report, reading, kept, sheets, frozenset(_words(imported)) if imported else frozenset())
    adopted = Adopted(
        year,
        report,
        texts,
        tree,
        tuple(settled.values.values()),
        _count(imported),
        doubts,
        tuple(found),
        tuple(unused),
        shares,
        tuple(reading.checks),
    )
    files = InputFiles(Path(), tuple(texts.items()), "")
    read = read_case(files, roots, {pack.name: Outcome(pack)})
    adopted.case = read.value
    adopted.missing = tuple(one for one in read.diagnostics if one.severity is Severity.TO_FILL)
    return Outcome(adopted, tuple(findings))


def grammar_for(pack: Pack, year: int) -> Grammar:
    return grammar_of(renderings(pack, year), pack.form.fields, year)


def year_of(report: OldReport) -> int:
    """The fiscal year that the report names most often; 0 when it names none twice."""
    named = Counter(
        int(match[1]) for line in report.lines for match in re.finditer(r"(?<!\d)(20\d\d)年", line.plain.text)
    )
    best = named.most_common(1)
    return best[0][0] if best and best[0][1] >= _TWICE else 0


def _read(tree: Tree, pack: Pack, roots: PackRoots, old: str) -> Case | None:
    texts = as_yaml(tree, pack.form.fields, pack.name, UNIT, old)
    return read_case(InputFiles(Path(), tuple(texts.items()), ""), roots, {pack.name: Outcome(pack)}).value


def _tables(
    name: str, data: bytes, pack: Pack, year: int
) -> tuple[Imported | None, tuple[Diagnostic, ...], frozenset[str]]:
    """What the official tables in the same file hold, and which these are."""
    form, fields = pack.import_form, pack.form.fields
    if not (form.forms or any(table.fills for table in form.tables)):
        return None, (), frozenset()
    forms = read_forms(pages_of(name, data), form.forms, fields, year)
    read = read_pages(forms.value.others, form, pack.report.accounts, year)
    known = [one for one in forms.value.forms if one.unit or not one.holds_amounts]  # else nobody says 元 or 万元
    if not (read.value or known):
        return None, (), frozenset()
    filled = fill(read.value, (), form, fields, UNIT, year)
    told = [*forms.diagnostics, *read.diagnostics, *filled.diagnostics]
    told.extend(fill_forms(filled.value, known, form, fields, UNIT))
    sheets = {stretch.place.sheet for table in read.value for stretch in table.stretches}
    return filled.value, tuple(told), frozenset(sheets)


def _tree(values: Iterable[Value], pack: Pack, year: int, imported: Imported | None) -> Tree:
    tree = Tree()
    year_field = pack.form.fields.year
    for value in values:
        around, name = tree.at(value.field.path, value.rows)
        around.entries[name] = Entry(value.text, f"原报告{'、'.join(value.places[:3])}")
    if year_field is not None:
        tree.entries[year_field.name] = Entry(str(year), "")
    if imported is not None:
        _put_tables(tree, imported, pack)
    return tree


def _put_tables(tree: Tree, imported: Imported, pack: Pack) -> None:
    """Figures of official tables go before those of sentences: they are the more exact ones."""
    for path, filled in imported.values.items():
        spec = spec_at(pack.form.fields, path)
        if isinstance(spec, Field) and spec.kind != "年度":
            around, name = tree.at(path, ())
            if spec.kind == "金额" or name not in around.entries:
                whole = Entry(filled.text, "原报告公开表")
                around.entries[name] = _entry(filled, spec, imported.unit) if filled.place else whole
    for path, rows in imported.lists.items():
        spec = spec_at(pack.form.fields, path)
        if isinstance(spec, RowsSpec):
            _put_rows(*tree.at(path, ()), rows, spec, imported.unit)


def _put_rows(around: Tree, name: str, rows: Mapping[str, FilledRow], spec: RowsSpec, unit: str) -> None:
    if not spec.key and around.rows.get(name):
        return  # rows without a name, which sentences have already told
    key = spec.columns.get(spec.key)
    named = isinstance(key, Field) and key.kind not in ACCOUNT_KINDS
    for code, row in rows.items():
        own = around.rows.setdefault(name, {}).setdefault(f"K{key_of(row.key)}" if named else code, Tree())
        if spec.key:
            own.entries[spec.key] = Entry(row.key, f"原报告{row.place.sheet}")
        for column, filled in row.columns.items():
            child = spec.columns.get(column)
            if column not in own.entries or (isinstance(child, Field) and child.kind == "金额"):
                inner, last = own.at(column, ())
                inner.entries[last] = _entry(filled, child, unit)
        for path, below in row.lists.items():
            child = spec.columns.get(path)
            if isinstance(child, RowsSpec):
                _put_rows(*own.at(path, ()), below, child, unit)


def _entry(filled: Filled, spec: Spec | None, unit: str) -> Entry:
    where = filled.note or str(Place(sheet=filled.place.sheet, cell=filled.place.cell))
    amount = isinstance(spec, Field) and spec.kind == "金额" and unit != UNIT and not filled.text.endswith("元")
    return Entry(filled.text + unit if amount else filled.text, f"原报告{where}" if filled.place else "")


def _words(imported: Imported) -> Iterator[str]:
    """What went from tables into fields."""
    rows = [row for rows in imported.lists.values() for row in rows.values()]
    yield from (filled.text for filled in imported.values.values())
    while rows:
        row = rows.pop()
        yield row.key
        yield from (filled.text for filled in row.columns.values())
        rows.extend(inner for below in row.lists.values() for inner in below.values())


def _count(imported: Imported | None) -> int:
    if imported is None:
        return 0
    return len(imported.values) + sum(len(row.columns) for rows in imported.lists.values() for row in rows.values())


def unused_of(
    report: OldReport, reading: Reading, kept: Sequence[Lifted], sheets: frozenset[str], filled_in: Iterable[str]
) -> tuple[list[Unused], tuple[int, int, int]]:
    """Every character of the report is in a value, a table that was read (`sheets`) or a cell (`filled_in`), is the
    pack's own word, or is told here."""
    in_tables = {
        spot
        for line in report.lines
        if line.table and line.where.rpartition("第")[0] in sheets
        for spot in line.plain.at
    }
    texts = sorted({bare for one in filled_in if (bare := plain(one).text)}, key=len, reverse=True)
    cells = re.compile("|".join(rf"(?<![\d.]){re.escape(text)}(?![\d.])" for text in texts))
    for row in (line.plain for line in report.lines if line.table and texts):
        in_tables.update(spot for one in cells.finditer(row.text) for spot in row.at[one.start() : one.end()])
    lifted = in_tables | {spot for one in kept for spot in one.spots.at}
    known = reading.known - lifted | {spot for one in reading.checks for spot in one.spots.at} - lifted
    found: list[Unused] = []
    rest = 0
    for line in report.lines:
        text = line.plain
        free = [at for at, spot in enumerate(text.at) if spot not in lifted and spot not in known]
        rest += len(free)
        if not any(text.text[at].isalnum() for at in free):
            continue
        start = 0
        while start < len(free):
            last = start
            while last + 1 < len(free) and free[last + 1] == free[last] + 1:
                last += 1
            words = report.raw(text.cut(free[start], free[last] + 1)).strip()
            if any(sign.isalnum() for sign in words):
                found.append(Unused(line.where, words))
            start = last + 1
    return found, (len(lifted), len(known), rest)
