"""The order of the stations: input → facts → checks → document → Word and PDF.

Each function takes one material and returns the next together with what was noticed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.checks.reasons import reason_findings
from generator.checks.rules import run_rules
from generator.checks.texts import text_findings
from generator.checks.years import year_findings
from generator.diagnostics import Diagnostic, Outcome, Severity, finding, has_errors
from generator.document.nodes import Document, Meta
from generator.document.walk import figures
from generator.expressions.environment import evaluation_names
from generator.facts.explain import spoken_name
from generator.facts.fact import Day, Facts, Group, Text, walk
from generator.facts.recompute import RECOMPUTABLE, from_printed
from generator.form.completed_values import complete
from generator.form.fields import walk_fields
from generator.form.layout import OPINIONS_COPY
from generator.form.roll_memory import memory_findings, memory_of
from generator.form.to_facts import pack_name, pack_place, to_facts
from generator.pack import Pack, PackRoots, load_pack
from generator.pack.pack import usable_names
from generator.place import Place
from generator.quantity import Quantity, Unreadable
from generator.reading.read_excel import UNREAD_SHEETS, open_workbook, read_forms
from generator.reading.read_yaml import parse_yaml
from generator.render.assemble import assemble
from generator.render.printed_mentions import as_printed
from generator.render.session import Session
from generator.workspace import WorkspaceError, list_files, read_bytes, read_text
from generator.writers.docx import write_docx
from generator.writers.libreoffice import Converter, find_libreoffice
from generator.writers.line_counter import estimate_pages
from generator.writers.pages import measured_pages
from generator.writers.to_xlsx import SUFFIXES as CONVERTIBLE
from generator.writers.to_xlsx import to_xlsx

YAML_SUFFIXES = (".yaml", ".yml")
BOOK_SUFFIXES = (".xlsx", ".xlsm")
OTHER_SUFFIXES = (".csv", ".xlsb")


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


@dataclass(frozen=True, slots=True)
class Case:
    """One unit's year: the pack, its facts completed, and the hash of the input."""

    pack: Pack
    facts: Facts
    input_digest: str
    complete: bool = True
    """False when a file of the input could not be read: what stands in it is not missing."""


def read_input(path: Path) -> Outcome[InputFiles | None]:
    """A folder of YAML files and workbooks, or one file. Findings O00x and O03x when there is nothing to read."""
    try:
        return _read_input(path)
    except WorkspaceError as error:
        return Outcome(None, (error.diagnostic,))


def _read_input(path: Path) -> Outcome[InputFiles | None]:
    if not path.exists():
        return Outcome(None, (finding("O031", path=path),))
    known = (*YAML_SUFFIXES, *BOOK_SUFFIXES, *CONVERTIBLE)
    findings: list[Diagnostic] = []
    if path.is_file():
        files: tuple[Path, ...] = (path,)
        if path.suffix.lower() not in known:
            return Outcome(None, (finding("O034", name=path.name),))
    else:
        copies = {file for file in list_files(path, BOOK_SUFFIXES) if OPINIONS_COPY in file.stem}
        findings.extend(finding("X029", Place(copy.name), file=copy.name) for copy in sorted(copies))
        files = tuple(file for file in list_files(path, known) if file not in copies)
        others = list_files(path, OTHER_SUFFIXES)
        findings.extend(finding("O033", Place(other.name), name=other.name) for other in others)
    if not files:
        return Outcome(None, (*findings, finding("O032", path=path)))
    texts: list[tuple[str, str]] = []
    books: list[tuple[str, bytes]] = []
    digest = hashlib.sha256()
    for file in files:
        if file.suffix.lower() in YAML_SUFFIXES:
            text = read_text(file)
            findings.extend(text.diagnostics)
            if text.value is not None:
                texts.append((file.name, text.value))
                digest.update(f"{file.name}\0{text.value}\0".encode())
        else:
            book = _read_book(file)
            findings.extend(book.diagnostics)
            if book.value is not None:
                books.append((file.name, book.value))
                digest.update(f"{file.name}\0".encode() + read_bytes(file) + b"\0")
    folder = path.parent if path.is_file() else path
    unread = len(texts) + len(books) < len(files)
    read = InputFiles(folder, tuple(texts), digest.hexdigest(), unread, tuple(books))
    return Outcome(read, tuple(findings))


def _read_book(file: Path) -> Outcome[bytes | None]:
    try:
        data = read_bytes(file)
    except WorkspaceError as error:
        return Outcome(None, (error.diagnostic,))
    return to_xlsx(file.name, data) if file.suffix.lower() in CONVERTIBLE else Outcome(data)


def read_case(files: InputFiles, roots: PackRoots, packs: dict[str, Outcome[Pack | None]]) -> Outcome[Case | None]:
    """Input → completed facts. `packs` keeps compiled packs for the next case."""
    parsed = parse_yaml(files.texts)
    opened = [open_workbook(name, data) for name, data in files.books]
    workbooks = [one.value for one in opened if one.value is not None]
    found: tuple[Diagnostic, ...] = (*parsed.diagnostics, *(d for one in opened for d in one.diagnostics))
    fronts = (*parsed.value, *(workbook.front for workbook in workbooks))
    understood = {source.file for source in fronts}
    lost = (d for d in found if d.severity is Severity.ERROR and d.place.file not in understood)
    whole = not files.unread and next(lost, None) is None
    name = pack_name(fronts)
    if not name and not whole:
        return Outcome(None, found)
    if not name:
        known = usable_names(roots)
        return Outcome(None, (*found, finding("O035", known="、".join(known))))
    loaded = cached_pack(name, roots, packs)
    pack = loaded.value
    if pack is None or has_errors(loaded.diagnostics):
        typed = pack_place(fronts)
        placed = (d if d.place else replace(d, places=(typed,)) for d in loaded.diagnostics)
        return Outcome(None, (*found, *placed))
    if pack.abstract:
        return Outcome(None, (*found, finding("T119", name=name, known="、".join(usable_names(roots)))))
    filled = read_forms(workbooks, parsed.value, pack.form.fields)
    whole = whole and not any(d.code in UNREAD_SHEETS for d in filled.diagnostics)
    sources = (*parsed.value, *filled.value)
    facts = to_facts(sources, pack.form.fields, pack.report.accounts)
    completed = complete(pack.form, facts.value)
    unconfirmed = {place for d in facts.diagnostics if d.code == "I068" for place in d.places}
    remembered = memory_findings(memory_of(sources), completed.value, unconfirmed)
    findings = (*found, *loaded.diagnostics, *filled.diagnostics, *facts.diagnostics, *remembered)
    if whole:
        findings += completed.diagnostics
    return Outcome(Case(pack, completed.value, files.digest, whole), findings)


def cached_pack(name: str, roots: PackRoots, packs: dict[str, Outcome[Pack | None]]) -> Outcome[Pack | None]:
    if name not in packs:
        packs[name] = load_pack(name, roots)
    return packs[name]


def check_case(case: Case) -> tuple[Diagnostic, ...]:
    """Every rule of the pack, reasons, years; the facts' own findings come from `read_case`."""
    pack, facts = case.pack, case.facts
    if not case.complete:
        return _year_of_form(pack, facts)
    standing = {one.path: one.carried or not one.yearly for one in walk_fields(pack.form.fields)}
    printed = as_printed(facts, Session(pack.report.body_style, pack.report.money_unit, pack.report.recompute))
    return (
        *_year_of_form(pack, facts),
        *run_rules(pack.rules, evaluation_names(facts)),
        *reason_findings(facts, pack.reasons),
        *year_findings(printed, standing),
        *text_findings(printed, pack.form_words),
    )


def _year_of_form(pack: Pack, facts: Facts) -> tuple[Diagnostic, ...]:
    year = facts.entries.get("年度")
    first, last = pack.years
    if isinstance(year, Quantity) and ((first and year.value < first) or (last and year.value > last)):
        span = f"{first or ''}—{last or ''}"
        return (finding("O036", year.place, year=f"{year.value:f}", pack=pack.title, span=span),)
    return ()


def make_document(case: Case) -> Outcome[Document]:
    """Facts → document. Findings name blanks that a sentence needs and figures that a reader cannot reproduce."""
    pack, facts = case.pack, case.facts
    made = assemble(pack.report, facts, _meta(case))
    found = (*made.diagnostics, *_not_reproducible(made.value, pack))
    if not case.complete:
        return Outcome(made.value, ())
    if not any(d.code == "F001" for d in found):
        return Outcome(made.value, found)
    misread = {fact.name for fact in walk(facts) if isinstance(fact, Unreadable)}
    return Outcome(made.value, tuple(d for d in found if not (d.code == "F001" and _name_in_hint(d) in misread)))


def _name_in_hint(diagnostic: Diagnostic) -> str:
    """The fact's name from «请填写“收支总计.上年”…»."""
    return diagnostic.hint.partition("“")[2].partition("”")[0]


def _meta(case: Case) -> Meta:
    entries = case.facts.entries
    unit = entries.get("单位")
    author = unit.entries.get("名称") if isinstance(unit, Group) else None
    day = next((entry for entry in entries.values() if isinstance(entry, Day)), None)
    year = entries.get("年度")
    return Meta(
        title=case.pack.title,
        author=str(author) if isinstance(author, Text) else "",
        subject=case.pack.kind,
        keywords=case.pack.region,
        pack=case.pack.name,
        pack_version=case.pack.version,
        input_hash=case.input_digest,
        created=f"{day.value.isoformat()}T00:00:00Z" if day is not None else "",
        year=f"{year.value:f}" if isinstance(year, Quantity) else "",
    )


def _not_reproducible(document: Document, pack: Pack) -> tuple[Diagnostic, ...]:
    """F007: a ratio or difference whose last digit a reader of the printed figures would find otherwise."""
    report = pack.report
    if report.recompute:
        return ()
    findings: dict[str, Diagnostic] = {}
    for figure in figures(document):
        quantity = figure.quantity
        if quantity.origin is None or quantity.origin.operation not in RECOMPUTABLE or quantity.name in findings:
            continue
        value = from_printed(quantity, report.body_style, report.money_unit)
        if value is None:
            continue
        again = report.body_style.text(Quantity(abs(value), quantity.unit), report.money_unit)
        printed = report.body_style.text(Quantity(abs(quantity.value), quantity.unit), report.money_unit)
        if again != printed:
            places = [operand.place for operand in quantity.origin.operands if operand.place]
            findings[quantity.name] = finding(
                "F007", *places, label=spoken_name(quantity), recomputed=again, printed=printed
            )
    return tuple(findings.values())


@dataclass(frozen=True, slots=True)
class Examined:
    """A case whose document could be laid out, errors or not."""

    case: Case
    document: Document


def examine(path: Path, roots: PackRoots) -> Outcome[Examined | None]:
    """Input → facts → checks → document: all findings of all stations. None when nothing could be laid out."""
    files = read_input(path)
    if files.value is None:
        return Outcome(None, files.diagnostics)
    return examine_files(Outcome(files.value, files.diagnostics), roots)


def examine_files(
    files: Outcome[InputFiles], roots: PackRoots, packs: dict[str, Outcome[Pack | None]] | None = None
) -> Outcome[Examined | None]:
    """The same for an input that has been read already. `packs` as in `read_case`."""
    try:
        read = read_case(files.value, roots, {} if packs is None else packs)
    except WorkspaceError as error:
        return Outcome(None, (error.diagnostic,))
    if read.value is None:
        return Outcome(None, (*files.diagnostics, *read.diagnostics))
    checked = check_case(read.value)
    made = make_document(read.value)
    findings = (*files.diagnostics, *read.diagnostics, *checked, *made.diagnostics)
    return Outcome(Examined(read.value, made.value), without_repeats(findings))


def without_repeats(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """A cell that is required and also printed is reported once, where it is required."""
    found = tuple(dict.fromkeys(diagnostics))
    required = {d.place for d in found if d.code in ("F002", "F003")}
    named = {_name_in_hint(d) for d in found if d.code in ("F002", "F003")}
    return tuple(d for d in found if not (d.code == "F001" and d.place in required and _name_in_hint(d) in named))


# -- Word and PDF -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Built:
    """`pages_measured`: True from LibreOffice, False estimated, None when the document has no 目录."""

    docx: bytes
    pdf: bytes | None
    pages: Mapping[str, int]
    pages_measured: bool | None


def build_word(
    document: Document, pack: Pack, *, publish: bool = False, draft: bool = False, pdf: bool = False
) -> Outcome[Built | None]:
    """Document → .docx with page numbers in 目录, and the PDF when asked for.

    Page numbers are measured with LibreOffice when it is there, else estimated. `pdf` without LibreOffice is an error.
    """
    look = pack.look
    if find_libreoffice() is None:
        if pdf:
            return Outcome(None, (finding("W020"),))
        pages = estimate_pages(document, look) if document.has_contents else {}
        docx = write_docx(document, look, pages=pages, publish=publish, draft=draft)
        return Outcome(Built(docx, None, pages, False if document.has_contents else None))
    findings: list[Diagnostic] = []
    measured: bool | None = None
    with Converter() as converter:
        pages = {}
        if document.has_contents:
            pages, measured = estimate_pages(document, look), False
            first = converter.to_pdf(write_docx(document, look, pages=pages, publish=publish, draft=draft))
            findings.extend(first.diagnostics)
            if first.value is not None:
                pages, measured = measured_pages(first.value), True
        docx = write_docx(document, look, pages=pages, publish=publish, draft=draft)
        made = converter.to_pdf(docx).value if pdf else None
    if pdf and made is None:
        return Outcome(None, tuple(findings) or (finding("W020"),))
    return Outcome(Built(docx, made, pages, measured), tuple(findings))
