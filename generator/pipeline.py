"""The stations behind the facts: checks → document → Word and PDF. How input becomes facts stands in `case`.

Each function takes one material and returns the next together with what was noticed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generator.case import Case, InputFiles, Packs, completed_facts, read_case, read_input
from generator.causes.search import leading_causes, worth_searching
from generator.causes.unread_columns import led_by_headers, unread_columns
from generator.causes.whole_files import Judgement
from generator.checks.one_cause import with_consequences
from generator.checks.reasons import reason_findings
from generator.checks.rulebook import Unchecked, not_checked
from generator.checks.rules import Comparison, run_rules
from generator.checks.texts import text_findings
from generator.checks.years import year_findings
from generator.diagnostics import Diagnostic, Outcome, Severity, finding
from generator.document.nodes import Document, Meta
from generator.document.walk import figures
from generator.expressions.environment import evaluation_names
from generator.facts.fact import PUBLISHED_ROLE, UNIT_ROLE, YEAR_ROLE, Day, Facts, Text, walk
from generator.facts.naming import spoken_name
from generator.facts.recompute import RECOMPUTABLE, from_printed
from generator.filling.completed_values import typed_totals
from generator.filling.to_facts import stated_units
from generator.form.fields import walk_fields, walk_tables
from generator.form.sources import Source
from generator.pack import Pack, PackRoots
from generator.phrasing.printed_mentions import as_printed
from generator.phrasing.session import Session
from generator.place import Place
from generator.plausibility.sizes import Stated, identities_naming, size_findings
from generator.quantity import Quantity, Unreadable
from generator.render.assemble import assemble
from generator.verify.findings import findings
from generator.verify.verify import verify
from generator.workspace import WorkspaceError
from generator.writers.docx import write_docx
from generator.writers.docx.body import entries
from generator.writers.html import write_html
from generator.writers.line_counter import estimate_pages
from generator.writers.one_page import Spilled, on_one_page
from generator.writers.pages import Paged, paged


def check_case(case: Case) -> tuple[Diagnostic, ...]:
    """Every rule of the pack, sizes, reasons, years; the facts' own findings come from `read_case`."""
    pack, facts = case.pack, case.facts
    if not case.complete:
        return _year_of_form(pack, facts)
    standing = {one.path: one.carried or not one.yearly for one in walk_fields(pack.form.fields)}
    broken = run_rules(pack.rules, evaluation_names(facts)).broken
    stated = Stated(*stated_units(case.sources))
    sizes = tuple(size_findings(pack.sizes, pack.form.fields, facts, broken, stated))
    printed = _printed(case)
    return (
        *_year_of_form(pack, facts),
        *identities_naming(broken, sizes),
        *sizes,
        *reason_findings(pack.form.fields, facts, pack.reasons, pack.report.printing, pack.environment),
        *year_findings(printed, standing),
        *text_findings(printed, pack.form_words),
    )


def unchecked_of(case: Case, findings: Iterable[Diagnostic]) -> tuple[Unchecked, ...]:
    """The checks and rules that hold for this report and were not worked out. `findings`: all that was found in it.

    Runs the rules once more: only `check` asks, a build need not keep what it does not say.
    """
    to_fill = {one.fact for one in findings if one.severity is Severity.TO_FILL}
    lacking = run_rules(case.pack.rules, evaluation_names(case.facts)).lacking
    fields = case.pack.form.fields
    labels = {table.path: table.label or table.path for table in walk_tables(fields)}
    for one in walk_fields(fields):
        owner = labels.get(one.path.rpartition(".")[0])  # of a column, its table
        labels[one.path] = f"{owner}·{one.label or one.name}" if owner else one.label or one.path
    return not_checked(lacking, case.pack.rulebook, labels, to_fill)


def _year_of_form(pack: Pack, facts: Facts) -> tuple[Diagnostic, ...]:
    year = facts.role(YEAR_ROLE)
    return pack.unseen_year(int(year.value), year.place) if isinstance(year, Quantity) else ()


def make_document(case: Case) -> Outcome[Document]:
    """Facts → document. Findings name blanks that a sentence needs and figures that a reader cannot reproduce."""
    pack, facts = case.pack, case.facts
    made = assemble(pack.report, facts, _meta(case))
    document, spilled = on_one_page(made.value, pack.look)
    found = (*made.diagnostics, *_not_reproducible(document, pack), *_spilled(spilled, pack))
    if not case.complete:
        return Outcome(document, ())
    if not any(d.code == "F001" for d in found):
        return Outcome(document, found)
    misread = {fact.name for fact in walk(facts) if isinstance(fact, Unreadable)}
    return Outcome(document, tuple(d for d in found if not (d.code == "F001" and d.fact in misread)))


def _spilled(spilled: Iterable[Spilled], pack: Pack) -> Iterator[Diagnostic]:
    """W030: tables that do not fit on the page that they are wanted on."""
    for one in spilled:
        known = pack.report.tables.get(one.table.name.removesuffix("（续）"))
        yield finding("W030", Place(known.file if known else ""), name=one.table.name, rows=one.rows)


def _meta(case: Case) -> Meta:
    author, day = (case.facts.role(word) for word in (UNIT_ROLE, PUBLISHED_ROLE))
    return Meta(
        title=case.pack.title,
        author=str(author) if isinstance(author, Text) else "",
        subject=case.pack.kind,
        keywords=case.pack.region,
        pack=case.pack.name,
        pack_version=case.pack.version,
        input_hash=case.input_digest,
        created=f"{day.value.isoformat()}T00:00:00Z" if isinstance(day, Day) else "",
        year=str(case.facts.fiscal_year or ""),
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
        value = from_printed(quantity, report.printing.value)
        if value is None:
            continue
        again = report.printing.text(Quantity(abs(value), quantity.unit))
        printed = report.printing.text(Quantity(abs(quantity.value), quantity.unit))
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


def examine_files(files: Outcome[InputFiles], roots: PackRoots, packs: Packs | None = None) -> Outcome[Examined | None]:
    """The same for an input that has been read already. `packs` as in `read_case`."""
    try:
        read = read_case(files.value, roots, {} if packs is None else packs)
    except WorkspaceError as error:
        return Outcome(None, (error.diagnostic,))
    if read.value is None:
        return Outcome(None, (*files.diagnostics, *read.diagnostics))
    checked = check_case(read.value)
    made = make_document(read.value)
    judged = led_by_causes(read.value, read.diagnostics, checked)
    findings = without_repeats((*files.diagnostics, *judged, *made.diagnostics))
    return Outcome(Examined(read.value, made.value), tuple(led_by_headers(findings, read.value.pack.form.fields)))


def led_by_causes(
    case: Case, reading: tuple[Diagnostic, ...], checked: tuple[Diagnostic, ...]
) -> tuple[Diagnostic, ...]:
    """The findings of reading and checking, with what one slip explains under that slip (C060–C071)."""
    findings = (*reading, *checked)
    of_facts = set(case.of_facts)
    judged = (*(one for one in reading if one in of_facts), *checked)
    if not case.complete or not worth_searching(judged):
        return findings

    def judge(sources: tuple[Source, ...]) -> Judgement:
        read = completed_facts(case.pack, sources)
        changed = replace(case, facts=read.value, sources=sources)
        return Judgement((*read.diagnostics, *check_case(changed)), read.value, _comparisons(changed))

    units, _ = stated_units(case.sources)
    judgement = Judgement(judged, case.facts, _comparisons(case))
    fields = case.pack.form.fields
    unread = unread_columns(reading, fields)
    try:
        causes = leading_causes(case.sources, fields, units, judgement, judge, unread)
    except ArithmeticError:  # figures beyond any accounts: what is wrong with them is told, no cause is looked for
        return findings
    ended = {one for _, explained in causes for one in explained}
    return (*(cause for cause, _ in causes), *(one for one in findings if one not in ended))


def _comparisons(case: Case) -> tuple[Comparison, ...]:
    """All that the form and the pack's rules hold against each other."""
    found: list[Comparison] = [("等于", *pair) for pair in typed_totals(case.pack.form, case.facts)]
    run_rules(case.pack.rules, evaluation_names(case.facts), found)
    return tuple(found)


def without_repeats(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """What is to be filled in is reported once, where it is required; what cannot be worked out only when all is there.

    An input that was printed without being required (F001) is told once too, whatever prints it. What ends when another
    finding is mended is told with it.
    """
    found = tuple(dict.fromkeys(diagnostics))
    seen = {d.fact for d in found if d.code in ("F002", "F003", "F006", "F012", "F016", "I067")}
    waiting = any(d.severity is Severity.TO_FILL for d in found)
    kept: list[Diagnostic] = []
    for one in found:
        if one.code == "F001":
            if one.fact in seen:
                continue
            seen.add(one.fact)
        if not (one.code == "F011" and waiting):
            kept.append(one)
    return tuple(with_consequences(kept))


# -- Word and PDF -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which Word file is wanted: the copy for publication or a draft; with a PDF (`pdf_a`: as PDF/A-2b), an HTML file;
    with measured page numbers."""

    publish: bool = False
    draft: bool = False
    pdf: bool = False
    measure: bool = False
    html: bool = False
    pdf_a: bool = False

    @property
    def with_pdf(self) -> bool:
        return self.pdf or self.pdf_a


def build_word(document: Document, pack: Pack, wanted: Wanted = Wanted()) -> Outcome[Paged]:
    """Document → .docx with page numbers in 目录, PDF and HTML when wanted. Findings as of `writers.pages.paged`."""
    listed = {entry.bookmark: entry.text for entry in entries(document.blocks)} if document.has_contents else {}
    estimated = estimate_pages(document, pack.look) if listed else {}
    made = paged(
        lambda pages: write_docx(document, pack.look, pages=pages, publish=wanted.publish, draft=wanted.draft),
        listed,
        {bookmark: estimated[bookmark] for bookmark in listed},
        measure=wanted.measure,
        pdf=wanted.with_pdf,
        archive=wanted.pdf_a,
    )
    if not wanted.html:
        return made
    page = write_html(document, pack.look, draft=wanted.draft)
    return Outcome(replace(made.value, html=page), made.diagnostics)


def build_report(examined: Examined, wanted: Wanted = Wanted()) -> Outcome[Paged]:
    """`build_word`, and the finished file read again: V001–V004 for what contradicts itself as it is printed."""
    built = build_word(examined.document, examined.case.pack, wanted)
    return Outcome(built.value, (*built.diagnostics, *read_again(built.value.docx, examined.case)))


def read_again(docx: bytes, case: Case) -> tuple[Diagnostic, ...]:
    """V001–V004: what the finished file says against itself, recomputed from what it prints."""
    typed = {str(one) for one in walk(_printed(case)) if isinstance(one, Text)}
    quantities = [one for one in walk(case.facts) if isinstance(one, Quantity) and one.origin is None and one.place]
    return findings(verify(docx), typed, [(one.value, one.place) for one in quantities])


def _printed(case: Case) -> Facts:
    """The facts with the office's texts as they are printed."""
    return as_printed(case.facts, Session(case.pack.report.printing))
