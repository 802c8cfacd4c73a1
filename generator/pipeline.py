"""The order of the stations: input → facts → checks → document → Word and PDF.

Each function takes one material and returns the next together with what was noticed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.checks.reasons import reason_findings
from generator.checks.rules import run_rules
from generator.checks.years import year_findings
from generator.diagnostics import Diagnostic, Outcome, Severity, finding, has_errors
from generator.document.nodes import Contents, Document, Figure, Meta
from generator.document.walk import figures
from generator.facts.expressions import evaluation_names
from generator.facts.fact import Day, Facts, Group, Text
from generator.facts.recompute import from_printed
from generator.names import did_you_mean
from generator.pack import Pack, PackRoots, load_pack
from generator.pack.pack import usable_names
from generator.place import NOWHERE, Place
from generator.quantity import Quantity
from generator.render.assemble import assemble
from generator.workbook.complete import complete
from generator.workbook.fields import walk_fields
from generator.workbook.read_yaml import parse_yaml
from generator.workbook.to_facts import pack_name, to_facts
from generator.workspace import list_files, read_text
from generator.writers.docx import write_docx
from generator.writers.libreoffice import Converter, find_libreoffice
from generator.writers.line_counter import estimate_pages
from generator.writers.pages import measured_pages

YAML_SUFFIXES = (".yaml", ".yml")
OTHER_SUFFIXES = (".xlsx", ".xls", ".ods", ".et", ".xlsm", ".csv")


@dataclass(frozen=True, slots=True)
class InputFiles:
    """What stands in an input folder: (name relative to it, text) of each file, and a hash of all."""

    folder: Path
    texts: tuple[tuple[str, str], ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Case:
    """One unit's year: the pack, its facts completed, and the hash of the input."""

    pack: Pack
    facts: Facts
    input_digest: str


def read_input(path: Path) -> Outcome[InputFiles | None]:
    """A folder of YAML files, or one file. Findings O00x when there is nothing to read."""
    if not path.exists():
        return Outcome(None, (finding("O001", path=path),))
    files = (path,) if path.is_file() else list_files(path, YAML_SUFFIXES)
    findings: list[Diagnostic] = []
    others = () if path.is_file() else list_files(path, OTHER_SUFFIXES)
    findings.extend(finding("O003", Place(other.name), name=other.name) for other in others)
    if path.is_file() and path.suffix.lower() not in YAML_SUFFIXES:
        return Outcome(None, (finding("O004", name=path.name),))
    if not files:
        return Outcome(None, (*findings, finding("O002", path=path)))
    texts: list[tuple[str, str]] = []
    for file in files:
        read = read_text(file)
        findings.extend(read.diagnostics)
        if read.value is not None:
            texts.append((file.name, read.value))
    digest = hashlib.sha256()
    for name, text in texts:
        digest.update(f"{name}\0{text}\0".encode())
    folder = path.parent if path.is_file() else path
    return Outcome(InputFiles(folder, tuple(texts), digest.hexdigest()), tuple(findings))


def read_case(files: InputFiles, roots: PackRoots, packs: dict[str, Outcome[Pack | None]]) -> Outcome[Case | None]:
    """Input → completed facts. `packs` keeps compiled packs for the next case."""
    parsed = parse_yaml(files.texts)
    name = pack_name(parsed.value)
    if not name:
        known = usable_names(roots)
        return Outcome(None, (*parsed.diagnostics, finding("O005", known="、".join(known))))
    loaded = cached_pack(name, roots, packs)
    pack = loaded.value
    if pack is None or has_errors(loaded.diagnostics):
        return Outcome(None, (*parsed.diagnostics, *loaded.diagnostics))
    if pack.abstract:
        return Outcome(None, (*parsed.diagnostics, finding("T119", name=name, known="、".join(usable_names(roots)))))
    facts = to_facts(parsed.value, pack.form.fields, pack.report.accounts)
    completed = complete(pack.form, facts.value)
    findings = (*parsed.diagnostics, *loaded.diagnostics, *facts.diagnostics, *completed.diagnostics)
    return Outcome(Case(pack, completed.value, files.digest), findings)


def cached_pack(name: str, roots: PackRoots, packs: dict[str, Outcome[Pack | None]]) -> Outcome[Pack | None]:
    if name not in packs:
        packs[name] = load_pack(name, roots)
    return packs[name]


def check_case(case: Case) -> tuple[Diagnostic, ...]:
    """Every rule of the pack, reasons, years; the facts' own findings come from `read_case`."""
    pack, facts = case.pack, case.facts
    standing = {one.path: one.carried or not one.yearly for one in walk_fields(pack.form.fields)}
    return (
        *_year_of_form(pack, facts),
        *run_rules(pack.rules, evaluation_names(facts)),
        *reason_findings(facts, pack.reasons),
        *year_findings(facts, standing),
    )


def _year_of_form(pack: Pack, facts: Facts) -> tuple[Diagnostic, ...]:
    year = facts.entries.get("年度")
    first, last = pack.years
    if isinstance(year, Quantity) and ((first and year.value < first) or (last and year.value > last)):
        span = f"{first or ''}—{last or ''}"
        return (finding("O006", year.place, year=f"{year.value:f}", pack=pack.title, span=span),)
    return ()


def make_document(case: Case) -> Outcome[Document]:
    """Facts → document. Findings name blanks that a sentence needs and figures that a reader cannot reproduce."""
    pack, facts = case.pack, case.facts
    made = assemble(pack.report, facts, _meta(case))
    return Outcome(made.value, (*made.diagnostics, *_not_reproducible(made.value, pack)))


def _meta(case: Case) -> Meta:
    entries = case.facts.entries
    unit = entries.get("单位")
    author = unit.entries.get("名称") if isinstance(unit, Group) else None
    day = next((entry for entry in entries.values() if isinstance(entry, Day)), None)
    return Meta(
        title=case.pack.title,
        author=str(author) if isinstance(author, Text) else "",
        subject=case.pack.kind,
        keywords=case.pack.region,
        pack=case.pack.name,
        pack_version=case.pack.version,
        input_hash=case.input_digest,
        created=f"{day.value.isoformat()}T00:00:00Z" if day is not None else "",
    )


def _not_reproducible(document: Document, pack: Pack) -> tuple[Diagnostic, ...]:
    """F007: a ratio or difference whose last digit a reader of the printed figures would find otherwise."""
    report = pack.report
    if report.recompute:
        return ()
    findings: dict[str, Diagnostic] = {}
    for figure in figures(document):
        quantity = figure.quantity
        value = from_printed(quantity, report.body_style, report.money_unit)
        if value is None or quantity.name in findings:
            continue
        again = report.body_style.text(Quantity(abs(value), quantity.unit), report.money_unit)
        printed = report.body_style.text(Quantity(abs(quantity.value), quantity.unit), report.money_unit)
        if again != printed and quantity.origin is not None:
            places = [operand.place for operand in quantity.origin.operands if operand.place]
            findings[quantity.name] = finding("F007", *places, label=quantity.name, recomputed=again, printed=printed)
    return tuple(findings.values())


# -- Word and PDF ----------------------------------------------------------------------------------------------------------


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
            return Outcome(None, (finding("W001"),))
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
        return Outcome(None, tuple(findings) or (finding("W001"),))
    return Outcome(Built(docx, made, pages, measured), tuple(findings))


def stops(diagnostics: tuple[Diagnostic, ...]) -> bool:
    return any(d.severity is Severity.ERROR for d in diagnostics)
