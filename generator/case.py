"""One unit's year: its files → what is typed in them → the pack that they name → facts, completed.

The stations, in their order: `read_input` (disk → bytes and texts), `parsed` (→ sources, workbooks), `named_pack`,
`read_case` (→ the form's cells → facts → completed facts → what last year remembers). Each adds its findings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.diagnostics import Diagnostic, Outcome, Severity, finding, has_errors
from generator.facts.fact import Facts
from generator.filling.completed_values import complete
from generator.filling.to_facts import pack_name, pack_place, to_facts
from generator.form.blocks import OPINIONS_COPY
from generator.form.fields import Fields
from generator.form.roll_memory import memory_findings, memory_of
from generator.form.sources import Source
from generator.names import readable
from generator.pack import Pack, PackRoots, load_pack
from generator.pack.pack import with_style_file
from generator.pack.sources import STYLE_FILE, usable_names
from generator.place import Place
from generator.reading.read_excel import UNREAD_SHEETS, Workbook, open_workbook, read_forms
from generator.reading.read_yaml import parse_yaml
from generator.saving import unfinished
from generator.unit_file import is_shared, shared_files, shared_part
from generator.workspace import WorkspaceError, exists, list_files, list_folders, read_bytes, read_text
from generator.writers.to_xlsx import SUFFIXES as CONVERTIBLE
from generator.writers.to_xlsx import to_xlsx

Packs = dict[str, Outcome[Pack | None]]
"""Compiled packs by name, kept for the next case."""

YAML_SUFFIXES = (".yaml", ".yml")
BOOK_SUFFIXES = (".xlsx", ".xlsm")
OTHER_SUFFIXES = (".csv", ".xlsb")
_READABLE = (*YAML_SUFFIXES, *BOOK_SUFFIXES, *CONVERTIBLE)


@dataclass(frozen=True, slots=True)
class InputFiles:
    """What stands in an input folder: (name relative to it, text) of each file, and a hash of all.

    `books`: name and bytes of each workbook, those of other programs already as .xlsx.
    """

    folder: Path
    texts: tuple[tuple[str, str], ...]
    digest: str
    unread: bool = False
    """A file could not be opened or decoded; the findings say which."""
    books: tuple[tuple[str, bytes], ...] = ()
    style: bytes | None = None
    """A style.docx beside them: the look of this unit's report."""
    shared_texts: tuple[tuple[str, str], ...] = ()
    shared_books: tuple[tuple[str, bytes], ...] = ()
    """本单位.yaml and 本单位.xlsx of the unit's year."""


@dataclass(frozen=True, slots=True)
class Case:
    """One unit's year: the pack, its facts completed, what they were read from, and the hash of the input."""

    pack: Pack
    facts: Facts
    input_digest: str
    complete: bool = True
    """False when a file of the input could not be read: what stands in it is not missing."""
    sources: tuple[Source, ...] = ()
    """What stands in the files, before anybody knew what it means: rolling forward moves it."""
    strange: tuple[Diagnostic, ...] = ()
    """What stands in the files that the unit's reports share and this report's form does not know."""
    of_facts: tuple[Diagnostic, ...] = ()
    """The findings that facts and their completion brought: they would change with what is typed."""


def read_input(path: Path) -> Outcome[InputFiles | None]:
    """A folder of YAML files and workbooks, or one file. Findings O00x and O03x when there is nothing to read."""
    try:
        return _read_input(path)
    except WorkspaceError as error:
        return Outcome(None, (error.diagnostic,))


def _read_input(path: Path) -> Outcome[InputFiles | None]:
    if not exists(path):
        return Outcome(None, (finding("O031", path=path),))
    if not path.is_dir() and path.suffix.lower() not in _READABLE:
        return Outcome(None, (finding("O034", name=readable(path.name)),))
    if path.is_dir() and unfinished(path):
        return Outcome(None, (finding("O017", folder=path),))
    chosen: Outcome[tuple[Path, ...]] = _files_in(path) if path.is_dir() else Outcome((path,))
    if path.is_dir() and all(is_shared(file) for file in chosen.value):
        reports = [readable(folder.name) for folder in list_folders(path) if input_files(folder)]
        none = finding("O038", path=path, reports="、".join(reports)) if reports else finding("O032", path=path)
        return Outcome(None, (*chosen.diagnostics, none))
    return _read(path if path.is_dir() else path.parent, chosen, path.resolve().parent)


def read_report(files: Sequence[Path]) -> Outcome[InputFiles | None]:
    """Files that lie in the folder of a unit's year and are one report."""
    try:
        return _read(files[0].parent, Outcome(tuple(files)), files[0].resolve().parent)
    except WorkspaceError as error:
        return Outcome(None, (error.diagnostic,))


def _read(folder: Path, chosen: Outcome[tuple[Path, ...]], year: Path) -> Outcome[InputFiles | None]:
    """`year`: the folder in which 本单位.* would lie."""
    stated_alone = any(is_shared(file) for file in chosen.value)
    shared = () if stated_alone else shared_files(year, _READABLE)
    digest = hashlib.sha256()
    own, unit = _contents(chosen.value, digest), _contents(shared, digest)
    style = read_bytes(folder / STYLE_FILE) if exists(folder / STYLE_FILE) else None
    unread = own.unread or unit.unread
    read = InputFiles(folder, own.texts, digest.hexdigest(), unread, own.books, style, unit.texts, unit.books)
    return Outcome(read, (*chosen.diagnostics, *own.findings, *unit.findings))


@dataclass(frozen=True, slots=True)
class _Contents:
    texts: tuple[tuple[str, str], ...]
    books: tuple[tuple[str, bytes], ...]
    unread: bool
    findings: tuple[Diagnostic, ...]


def _contents(files: Sequence[Path], digest: hashlib._Hash) -> _Contents:
    """What stands in the files; all of it goes into the digest."""
    texts: list[tuple[str, str]] = []
    books: list[tuple[str, bytes]] = []
    findings: list[Diagnostic] = []
    for file in files:
        name = readable(file.name)
        if file.suffix.lower() in YAML_SUFFIXES:
            text = read_text(file)
            findings.extend(text.diagnostics)
            if text.value is not None:
                texts.append((name, text.value))
                digest.update(f"{name}\0{text.value}\0".encode())
        else:
            book = _read_book(file)
            findings.extend(book.diagnostics)
            if book.value is not None:
                books.append((name, book.value))
                digest.update(f"{name}\0".encode() + read_bytes(file) + b"\0")
    unread = len(texts) + len(books) < len(files)
    return _Contents(tuple(texts), tuple(books), unread, tuple(findings))


def input_files(folder: Path) -> tuple[Path, ...]:
    """The files of a folder that can be input; annotated copies are none."""
    return tuple(file for file in list_files(folder, _READABLE) if not _is_copy(file))


def _is_copy(file: Path) -> bool:
    return file.suffix.lower() in BOOK_SUFFIXES and OPINIONS_COPY in file.stem


def _files_in(folder: Path) -> Outcome[tuple[Path, ...]]:
    """The input files of a folder. X029: annotated copies are none; O033: what else looks like data."""
    copies = {file for file in list_files(folder, BOOK_SUFFIXES) if _is_copy(file)}
    files = input_files(folder)
    others = list_files(folder, OTHER_SUFFIXES)
    return Outcome(
        files,
        (
            *(finding("X029", Place(name := readable(copy.name)), file=name) for copy in sorted(copies)),
            *(finding("O033", Place(name := readable(other.name)), name=name) for other in others),
        ),
    )


def _read_book(file: Path) -> Outcome[bytes | None]:
    try:
        data = read_bytes(file)
    except WorkspaceError as error:
        return Outcome(None, (error.diagnostic,))
    return to_xlsx(readable(file.name), data) if file.suffix.lower() in CONVERTIBLE else Outcome(data)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What stands in the files, before the form is known. `whole`: every file could be read to its end."""

    sources: tuple[Source, ...]
    workbooks: tuple[Workbook, ...]
    whole: bool
    shared: tuple[Source, ...] = ()
    shared_books: tuple[Workbook, ...] = ()

    @property
    def fronts(self) -> tuple[Source, ...]:
        """Where the report's name may stand: YAML, and the front sheets of workbooks."""
        return (*self.sources, *(workbook.front for workbook in self.workbooks))


def parse(files: InputFiles) -> Outcome[Parsed]:
    """Texts and workbooks → what is written in them, each cell with its place."""
    parsed, shared = parse_yaml(files.texts), parse_yaml(files.shared_texts)
    opened = [open_workbook(name, data) for name, data in files.books]
    beside = [open_workbook(name, data) for name, data in files.shared_books]
    workbooks, shared_books = (tuple(one.value for one in some if one.value is not None) for some in (opened, beside))
    of_books = (d for one in (*opened, *beside) for d in one.diagnostics)
    found = (*parsed.diagnostics, *shared.diagnostics, *of_books)
    read = Parsed(parsed.value, workbooks, not files.unread, shared.value, shared_books)
    understood = {source.file for source in (*read.fronts, *shared.value, *(book.front for book in shared_books))}
    lost = any(d.severity is Severity.ERROR and d.place.file not in understood for d in found)
    return Outcome(replace(read, whole=read.whole and not lost), found)


def named_pack(parsed: Parsed, roots: PackRoots, packs: Packs) -> Outcome[Pack | None]:
    """The pack that the files name. O035: none is named; T119: one that only others build on; the pack's own errors."""
    name = pack_name(parsed.fronts)
    if not name:
        # In a file that could not be read the name may stand: that finding is enough.
        unnamed = (finding("O035", known="、".join(usable_names(roots))),) if parsed.whole else ()
        return Outcome(None, unnamed)
    loaded = cached_pack(name, roots, packs)
    pack = loaded.value
    if pack is None or has_errors(loaded.diagnostics):
        typed = pack_place(parsed.fronts)
        return Outcome(None, tuple(d if d.place else replace(d, places=(typed,)) for d in loaded.diagnostics))
    if pack.abstract:
        return Outcome(None, (finding("T119", name=name, known="、".join(usable_names(roots))),))
    return loaded


def read_case(files: InputFiles, roots: PackRoots, packs: Packs) -> Outcome[Case | None]:
    """Input → completed facts. `packs` keeps compiled packs for the next case."""
    parsed = parse(files)
    named = named_pack(parsed.value, roots, packs)
    findings = (*parsed.diagnostics, *named.diagnostics)
    pack = named.value
    if pack is None:
        return Outcome(None, findings)
    if files.style is not None:
        styled = with_style_file(pack, files.style, STYLE_FILE)
        pack, findings = styled.value, (*findings, *styled.diagnostics)
    fields = pack.form.fields
    beside = [(book, _form_of(book, fields, roots, packs)) for book in parsed.value.shared_books]
    shared = shared_part(parsed.value.shared, beside, fields, pack.report.accounts)
    filled = read_forms(parsed.value.workbooks, (*parsed.value.sources, *shared.sources), fields)
    whole = parsed.value.whole and not any(d.code in UNREAD_SHEETS for d in filled.diagnostics)
    sources = (*parsed.value.sources, *filled.value, *shared.sources)
    facts = completed_facts(pack, sources, whole=whole)
    findings = (*findings, *shared.findings, *filled.diagnostics, *facts.diagnostics)
    return Outcome(Case(pack, facts.value, files.digest, whole, sources, shared.strange, facts.diagnostics), findings)


def completed_facts(pack: Pack, sources: Sequence[Source], *, whole: bool = True) -> Outcome[Facts]:
    """What is typed → facts → completed facts. `whole`: nothing is missing only because it could not be read."""
    facts = to_facts(sources, pack.form.fields, pack.report.accounts)
    completed = complete(pack.form, facts.value)
    unconfirmed = {place for d in facts.diagnostics if d.code == "I068" for place in d.places}
    remembered = memory_findings(memory_of(sources), completed.value, unconfirmed)
    return Outcome(completed.value, (*facts.diagnostics, *remembered, *(completed.diagnostics if whole else ())))


def _form_of(book: Workbook, fields: Fields, roots: PackRoots, packs: Packs) -> Fields:
    """The form of the report that a shared workbook names: it was made from that one."""
    named = pack_name((book.front,))
    made_from = cached_pack(named, roots, packs).value if named else None
    return fields if made_from is None else made_from.form.fields


def cached_pack(name: str, roots: PackRoots, packs: Packs) -> Outcome[Pack | None]:
    if name not in packs:
        packs[name] = load_pack(name, roots)
    return packs[name]
