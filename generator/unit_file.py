"""本单位.yaml, 本单位.xlsx: what the reports of a unit's year share, typed once beside them.

For each report it is one more input file: what the report types itself must say the same (I024). What a report's form
does not know is left out there; only who sees all reports of the folder (`year_folder`) can tell that nobody knows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.diagnostics import Diagnostic
from generator.facts.accounts import Accounts
from generator.filling.to_facts import to_facts
from generator.form.fields import TOP_WORDS, Fields, GroupSpec, RowsSpec, Spec, children_of
from generator.form.sources import Listing, Section, Source, Written
from generator.reading.read_excel import Workbook, read_form
from generator.workspace import WorkspaceError, exists

SHARED = "本单位"
_OF_OTHER_FORMS = frozenset(("I020", "X011", "X012", "X013", "X014", "X015", "X017", "X018", "X022", "X026"))
"""What a form says of words and sheets that it does not have: they may be another form's."""
_OF_PARTS = frozenset(("X011", "X018"))
"""Sheets that a part of a workbook does not have, and others."""
_NO_UNIT = "I028"


def is_shared(file: Path) -> bool:
    return file.stem == SHARED


def shared_files(folder: Path, suffixes: Sequence[str]) -> tuple[Path, ...]:
    """本单位.* of a unit's year. They are asked for by name: a bureau's folder may hold ten thousand units."""
    try:
        return tuple(file for suffix in suffixes if exists(file := folder / f"{SHARED}{suffix}"))
    except WorkspaceError:  # a folder that nobody may look into shares nothing
        return ()


@dataclass(frozen=True, slots=True)
class SharedPart:
    """What one report takes from the shared files. `strange`: findings about what its form does not know."""

    sources: tuple[Source, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    strange: tuple[Diagnostic, ...] = ()


def shared_part(
    texts: Sequence[Source], books: Sequence[tuple[Workbook, Fields]], fields: Fields, accounts: Accounts
) -> SharedPart:
    """The words of the shared files that this form has. A workbook comes with the form whose labels it has: that of
    the report that it names, else this one."""
    found: list[Diagnostic] = []
    sources: list[Source] = []
    for source in texts:
        root = Section({word: one for word, one in source.root.entries.items() if word != "报告"}, source.root.place)
        sources.append(replace(source, root=root))
    for book, form in books:
        read = read_form(book, form)
        found.extend(one for one in read.diagnostics if form is fields or one.code not in _OF_PARTS)
        if read.value is not None and read.value.recognised:
            entries = {word: one for word, one in read.value.source.root.entries.items() if word != "报告"}
            sources.append(Source(book.file, Section(entries, read.value.source.root.place)))
    for source in sources:  # an amount must not change its unit from report to report
        alone = to_facts((source,), fields, accounts).diagnostics
        found.extend(one for one in alone if one.code in ("I020", _NO_UNIT))
    kept = tuple(replace(one, root=_known(one.root, fields, TOP_WORDS)) for one in sources)
    strange = tuple(one for one in found if one.code in _OF_OTHER_FORMS)
    return SharedPart(kept, tuple(one for one in found if one.code not in _OF_OTHER_FORMS), strange)


def _known(section: Section, spec: Spec, besides: Sequence[str] = ()) -> Section:
    """The entries that the form has a place for."""
    children = children_of(spec)
    entries: dict[str, Written] = {}
    for word, written in section.entries.items():
        child = children.get(word)
        if isinstance(child, GroupSpec) and isinstance(written, Section):
            entries[word] = _known(written, child)
        elif isinstance(child, RowsSpec) and isinstance(written, Listing):
            rows = (_known(one, child) if isinstance(one, Section) else one for one in written.items)
            entries[word] = Listing(tuple(rows), written.place)
        elif child is not None or word in besides:
            entries[word] = written
    return Section(entries, section.place)
