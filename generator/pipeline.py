"""The order of the stations: input → facts → checks → document → Word and PDF.

Each function takes one material and returns the next together with what was noticed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from generator.checks.reasons import reason_findings
from generator.checks.rules import run_rules
from generator.checks.texts import text_findings
from generator.checks.years import year_findings
from generator.diagnostics import Diagnostic, Outcome, Severity, finding, has_errors
from generator.document.nodes import Contents, Document, Meta
from generator.document.occurrences import Occurrence, occurrences
from generator.document.walk import figures
from generator.facts.explain import spoken_name
from generator.facts.expressions import evaluation_names
from generator.facts.fact import Day, Facts, Group, Text, walk
from generator.facts.recompute import RECOMPUTABLE, from_printed
from generator.pack import Pack, PackRoots, load_pack
from generator.pack.pack import usable_names
from generator.place import Place
from generator.quantity import Quantity, Unreadable
from generator.render.assemble import assemble
from generator.render.live import as_printed
from generator.render.session import Session
from generator.revise.compare import compare
from generator.revise.comparison import Comparison
from generator.revise.content import content, occurrences_in
from generator.revise.correction_table import correction_document
from generator.revise.marked import Marked, open_marked
from generator.revise.recalled import recalled
from generator.revise.redline import Redlined, redline
from generator.workbook.complete import complete
from generator.workbook.fields import walk_fields
from generator.workbook.read_excel import OPINIONS_COPY, UNREAD_SHEETS, open_workbook, read_forms
from generator.workbook.read_yaml import parse_yaml
from generator.workbook.roll_memory import memory_findings, memory_of
from generator.workbook.to_facts import pack_name, pack_place, to_facts
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
COMMON = "common"
WORD_SUFFIXES = (".docx", ".docm", ".doc", ".wps")


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


# -- Word files that were made before ----------------------------------------------------------------------------------


def is_word(path: Path) -> bool:
    """Whether `path` names a Word file rather than input."""
    return path.suffix.lower() in WORD_SUFFIXES


def read_word(path: Path) -> Outcome[Marked | None]:
    """A Word file that the program wrote. Findings R001–R004 and O00x."""
    try:
        data = read_bytes(path)
    except WorkspaceError as error:
        return Outcome(None, (error.diagnostic,))
    return open_marked(path.name, data)


@dataclass(frozen=True, slots=True)
class Version:
    """A report to be compared: from input, laid out now, or from a Word file (`typed` is None then).

    `pack` is None when the Word file's pack could not be loaded.
    """

    word: Marked
    typed: Facts | None
    pack: Pack | None


def read_version(path: Path, roots: PackRoots) -> Outcome[Version | None]:
    """Input or a Word file. Errors in the figures of an input do not prevent comparing: they come along."""
    if is_word(path):
        word = read_word(path)
        if word.value is None:
            return Outcome(None, word.diagnostics)
        pack = load_pack(word.value.facts.document.get("pack", ""), roots)
        return Outcome(Version(word.value, None, pack.value), word.diagnostics)
    examined = examine(path, roots)
    if examined.value is None:
        return Outcome(None, examined.diagnostics)
    case = examined.value.case
    laid_out = open_marked(path.name, write_docx(examined.value.document, case.pack.look))
    assert laid_out.value is not None
    return Outcome(Version(laid_out.value, case.facts, case.pack), examined.diagnostics)


def compare_versions(old: Version, new: Version) -> Outcome[Comparison | None]:
    """What differs. R050 other kinds of report, R051 other units; R052 other years and R055 other versions of the pack
    are compared all the same."""
    one, other = (version.word.facts.document for version in (old, new))

    def told(code: str, key: str) -> tuple[Diagnostic, ...]:
        before, after = one.get(key, ""), other.get(key, "")
        if key == "pack":
            before, after = (v.pack.title if v.pack else d.get(key, "") for v, d in ((old, one), (new, other)))
        return (finding(code, old=before, new=after),)

    if one.get("pack") != other.get("pack"):
        return Outcome(None, told("R050", "pack"))
    if one.get("unit") and other.get("unit") and one["unit"] != other["unit"]:
        return Outcome(None, told("R051", "unit"))
    notes: tuple[Diagnostic, ...] = ()
    for code, key in (("R052", "year"), ("R055", "version")):
        if one.get(key) != other.get(key):
            notes += told(code, key)
    typed = (old.typed, new.typed) if old.typed is not None and new.typed is not None else None
    return Outcome(compare(old.word, new.word, typed), notes)


def correction_table(comparison: Comparison, pack: Pack | None) -> bytes:
    """更正对照表 in the pack's look, in the common one when the pack is not at hand: a .docx without marks."""
    if pack is None:
        pack = load_pack(COMMON, PackRoots.with_own()).value
        assert pack is not None
    return write_docx(correction_document(comparison), pack.look, publish=True)


# -- explaining -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FigureMatch:
    quantity: Quantity
    texts: tuple[str, ...]
    printed: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class FiguresFound:
    """`known`: names of all figures, for a suggestion when nothing matched."""

    matches: tuple[FigureMatch, ...]
    known: tuple[str, ...]


def find_figures(examined: Examined, wanted: str) -> FiguresFound:
    """Figures by the fact's name, else by the text printed («55.11», «55.11万元»)."""
    typed = (fact for fact in walk(examined.case.facts) if isinstance(fact, Quantity))
    return _find(typed, occurrences(examined.document), wanted)


def find_figures_in_word(file: Marked, wanted: str) -> FiguresFound:
    """The same from a Word file alone, as people may have edited it since."""
    figures = recalled(file.facts)
    return _find(figures.values(), occurrences_in(content(file), figures), wanted)


def _find(known: Iterable[Quantity], where: Iterable[Occurrence], wanted: str) -> FiguresFound:
    printed: dict[tuple[str, Decimal], list[Occurrence]] = {}
    for occurrence in where:
        printed.setdefault(_identity(occurrence.figure.quantity), []).append(occurrence)
    quantities = {_identity(quantity): quantity for quantity in known}
    for identity, found in printed.items():
        quantities.setdefault(identity, found[0].figure.quantity)
    plain = wanted.strip().replace(",", "")
    wanted_ones = [identity for identity in quantities if identity[0] == plain]
    if not wanted_ones:
        digits = re.sub(r"(亿元|万元|千元|元|个百分点|[^\d.%]+)$", "", plain)
        asked = (plain, digits, digits.rstrip("%"))
        for identity, found in printed.items():
            if any(text.replace(",", "") in asked for o in found for text in (o.figure.text, o.generated) if text):
                wanted_ones.append(identity)
    matches = tuple(
        FigureMatch(
            quantities[identity],
            tuple(dict.fromkeys(o.generated or o.figure.text for o in printed.get(identity, ()))),
            tuple(printed.get(identity, ())),
        )
        for identity in wanted_ones
    )
    return FiguresFound(matches, tuple(dict.fromkeys(name for name, _ in quantities)))


def _identity(quantity: Quantity) -> tuple[str, Decimal]:
    """Sums over chosen rows of one table share a name; their values tell them apart."""
    return quantity.name, quantity.value


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
    has_contents = any(isinstance(block, Contents) for block in document.blocks)
    if find_libreoffice() is None:
        if pdf:
            return Outcome(None, (finding("W020"),))
        pages = estimate_pages(document, look) if has_contents else {}
        docx = write_docx(document, look, pages=pages, publish=publish, draft=draft)
        return Outcome(Built(docx, None, pages, False if has_contents else None))
    findings: list[Diagnostic] = []
    measured: bool | None = None
    with Converter() as converter:
        pages = {}
        if has_contents:
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


def redline_word(file: str, old: bytes, new: bytes, *, author: str, date: str) -> Outcome[Redlined | None]:
    """The .docx `new` with what changed since `old`, named `file`, as tracked changes.

    Findings: R001–R004, R040–R042 when the two are not versions of one report, R044 for what is not shown.
    """
    before, after = open_marked(file, old), open_marked("", new)
    if before.value is None or after.value is None:
        return Outcome(None, (*before.diagnostics, *after.diagnostics))
    words, now = before.value.facts.document, after.value.facts.document
    findings = [
        finding(code, Place(file), file=file, old=words.get(name, ""), new=now.get(name, ""))
        for code, name in (("R040", "pack"), ("R041", "unit"), ("R042", "year"))
        if words.get(name, "") != now.get(name, "")
    ]
    if findings:
        return Outcome(None, tuple(findings[:1]))
    made = redline(before.value, after.value, author=author, date=date)
    if made.left_out:
        findings.append(finding("R044", Place(file), file=file, count=made.left_out))
    return Outcome(made, tuple(findings))
