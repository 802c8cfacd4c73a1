"""One unit's year: its files → what is typed in them → the pack that they name → facts, completed.

The stations, in their order: `read_input` (disk → bytes and texts), `parsed` (→ sources, workbooks), `named_pack`,
`read_case` (→ the form's cells → facts → completed facts → what last year remembers). Each adds its findings.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from generator.diagnostics import Outcome, Severity, finding, has_errors
from generator.facts.fact import Facts
from generator.form.completed_values import complete
from generator.form.layout import OPINIONS_COPY
from generator.form.roll_memory import memory_findings, memory_of
from generator.form.sources import Source
from generator.form.to_facts import pack_name, pack_place, to_facts
from generator.names import readable
from generator.pack import Pack, PackRoots, load_pack
from generator.pack.pack import with_style_file
from generator.pack.sources import STYLE_FILE, usable_names
from generator.place import Place
from generator.reading.read_excel import UNREAD_SHEETS, Workbook, open_workbook, read_forms
from generator.reading.read_yaml import parse_yaml
from generator.saving import unfinished
from generator.workspace import WorkspaceError, exists, list_files, read_bytes, read_text
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
    chosen = _files_in(path) if path.is_dir() else Outcome((path,))
    if not chosen.value:
        return Outcome(None, (*chosen.diagnostics, finding("O032", path=path)))
    texts: list[tuple[str, str]] = []
    books: list[tuple[str, bytes]] = []
    findings = list(chosen.diagnostics)
    digest = hashlib.sha256()
    for file in chosen.value:
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
    folder = path.parent if path.is_file() else path
    style = read_bytes(folder / STYLE_FILE) if exists(folder / STYLE_FILE) else None
    unread = len(texts) + len(books) < len(chosen.value)
    read = InputFiles(folder, tuple(texts), digest.hexdigest(), unread, tuple(books), style)
    return Outcome(read, tuple(findings))


def _files_in(folder: Path) -> Outcome[tuple[Path, ...]]:
    """The input files of a folder. X029: annotated copies are none; O033: what else looks like data."""
    copies = {file for file in list_files(folder, BOOK_SUFFIXES) if OPINIONS_COPY in file.stem}
    files = tuple(file for file in list_files(folder, _READABLE) if file not in copies)
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

    @property
    def fronts(self) -> tuple[Source, ...]:
        """Where the report's name may stand: YAML, and the front sheets of workbooks."""
        return (*self.sources, *(workbook.front for workbook in self.workbooks))


def parse(files: InputFiles) -> Outcome[Parsed]:
    """Texts and workbooks → what is written in them, each cell with its place."""
    parsed = parse_yaml(files.texts)
    opened = [open_workbook(name, data) for name, data in files.books]
    workbooks = tuple(one.value for one in opened if one.value is not None)
    found = (*parsed.diagnostics, *(d for one in opened for d in one.diagnostics))
    read = Parsed(parsed.value, workbooks, not files.unread)
    understood = {source.file for source in read.fronts}
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
    filled = read_forms(parsed.value.workbooks, parsed.value.sources, pack.form.fields)
    whole = parsed.value.whole and not any(d.code in UNREAD_SHEETS for d in filled.diagnostics)
    sources = (*parsed.value.sources, *filled.value)
    facts = to_facts(sources, pack.form.fields, pack.report.accounts)
    completed = complete(pack.form, facts.value)
    unconfirmed = {place for d in facts.diagnostics if d.code == "I068" for place in d.places}
    remembered = memory_findings(memory_of(sources), completed.value, unconfirmed)
    findings = (*findings, *filled.diagnostics, *facts.diagnostics, *remembered)
    if whole:
        findings += completed.diagnostics
    return Outcome(Case(pack, completed.value, files.digest, whole, sources), findings)


def cached_pack(name: str, roots: PackRoots, packs: Packs) -> Outcome[Pack | None]:
    if name not in packs:
        packs[name] = load_pack(name, roots)
    return packs[name]
