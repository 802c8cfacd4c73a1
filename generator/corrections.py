"""The stations behind a first version: explaining, comparing, tracked changes, an edited file brought up to date.

They belong to the pipeline; they stand by themselves so that making a first version does not load them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from generator.comparing.compare import compare
from generator.comparing.comparison import Comparison
from generator.comparing.correction_table import correction_document
from generator.diagnostics import Diagnostic, Outcome, finding, has_errors
from generator.document.occurrences import Occurrence, occurrences
from generator.facts.fact import Facts, walk
from generator.form.fields import prior_target, walk_fields
from generator.marked_copy import marked_copy
from generator.names import readable
from generator.pack import Pack, PackRoots, load_pack
from generator.pipeline import Examined, Wanted, build_report, build_word, examine
from generator.place import Place
from generator.publishing.archive import working_file
from generator.quantity import Identity, Quantity
from generator.redlining.redline import Redlined, redline
from generator.refreshing.refresh import Refreshed, refresh
from generator.refreshing.refresh_contents import listed_headings, set_page_numbers
from generator.refreshing.remarks import remark_finding
from generator.refreshing.to_do_list import to_do_document
from generator.word_file.marked_file import Marked, open_marked
from generator.word_file.remembered_figures import named_as_in, recalled
from generator.word_file.same_unit import likeness_of, renamed
from generator.word_file.visible_content import content, occurrences_in
from generator.workspace import WorkspaceError, read_bytes
from generator.writers.docx import write_docx
from generator.writers.pages import Paged, paged
from generator.writers.pdf import pdf_of
from generator.writers.to_docx import SUFFIXES

WORD_SUFFIXES = (".docx", ".docm", *SUFFIXES)
_COMMON = "common"
_KEY = re.compile(r"\[[^\]]*\]")


# -- Word files that were made before ----------------------------------------------------------------------------------


def is_word(path: Path) -> bool:
    """Whether `path` names a Word file rather than input."""
    return path.suffix.lower() in WORD_SUFFIXES


def read_word(path: Path, old_input: Path | None = None, roots: PackRoots | None = None) -> Outcome[Marked | None]:
    """A Word file that the program wrote. `old_input`: what it was made from, when it has lost its marks.

    Findings R001–R006, O00x and those of `marked_copy`.
    """
    file = readable(path.name)
    try:
        data = read_bytes(path)
    except WorkspaceError as error:
        return Outcome(None, (error.diagnostic,))
    if old_input is None:
        return open_marked(file, data)
    copy = marked_copy(file, data, old_input, roots or PackRoots.with_own())
    opened = open_marked(file, copy.value) if copy.value is not None else Outcome(None)
    return Outcome(opened.value, (*copy.diagnostics, *opened.diagnostics))


@dataclass(frozen=True, slots=True)
class Version:
    """A report to be compared: from input, laid out now, or from a Word file (`typed` is None then).

    `pack` is None when the Word file's pack could not be loaded.
    """

    word: Marked
    typed: Facts | None
    pack: Pack | None


def read_version(path: Path, roots: PackRoots, old_input: Path | None = None) -> Outcome[Version | None]:
    """Input, a Word file, or a publication: then the file that was published. Errors in the figures of an input do not
    prevent comparing: they come along."""
    kept = working_file(path)
    if is_word(kept.value):
        word = read_word(kept.value, old_input, roots)
        told = (*kept.diagnostics, *word.diagnostics)
        if word.value is None:
            return Outcome(None, told)
        return Outcome(version_of(word.value, roots), told)
    examined = examine(path, roots)
    if examined.value is None:
        return Outcome(None, examined.diagnostics)
    case = examined.value.case
    laid_out = open_marked(readable(path.name), write_docx(examined.value.document, case.pack.look))
    assert laid_out.value is not None
    return Outcome(Version(laid_out.value, case.facts, case.pack), examined.diagnostics)


def version_of(word: Marked, roots: PackRoots) -> Version:
    """A Word file as a version; it tells its pack itself."""
    return Version(word, None, load_pack(word.facts.document.get("pack", ""), roots).value)


def compare_versions(old: Version, new: Version) -> Outcome[Comparison | None]:
    """What differs. R050 other kinds of report, R051 other units; a renamed unit (R032), other years (R052) and other
    versions of the pack (R055) are compared all the same."""
    one, other = (version.word.facts.document for version in (old, new))

    def told(code: str, key: str) -> tuple[Diagnostic, ...]:
        before, after = one.get(key, ""), other.get(key, "")
        if key == "pack":
            before, after = (v.pack.title if v.pack else d.get(key, "") for v, d in ((old, one), (new, other)))
        return (finding(code, old=before, new=after),)

    if one.get("pack") != other.get("pack"):
        return Outcome(None, told("R050", "pack"))
    notes = _other_name(old.word, new.word, "R051")
    if has_errors(notes):
        return Outcome(None, notes)
    for code, key in (("R052", "year"), ("R055", "version")):
        if one.get(key) != other.get(key):
            notes += told(code, key)
    typed = (old.typed, new.typed) if old.typed is not None and new.typed is not None else None
    last_name = _last_name(new.pack) if one.get("year") and other.get("year") and one["year"] != other["year"] else None
    return Outcome(compare(_named_as_in(old.word, new.word), new.word, typed, last_name), notes)


def _last_name(pack: Pack | None) -> Callable[[str], str]:
    """Name of a prior figure of this year's report → its name in last year's: the pack's 上年对应."""
    if pack is None:
        return lambda now: ""
    fields = pack.form.fields
    targets = {one.path: target.path for one in walk_fields(fields) if (target := prior_target(fields, one))}

    def name(now: str) -> str:
        target = targets.get(_KEY.sub("", now), "")
        row = now[: now.rfind("]") + 1]
        table = _KEY.sub("", row)
        if not row or not target:
            return target
        return row + target[len(table) :] if target.startswith(f"{table}.") else ""

    return name


def correction_table(comparison: Comparison, pack: Pack | None) -> bytes:
    """更正对照表 in the pack's look, in the common one when the pack is not at hand: a .docx without marks."""
    if pack is None:
        pack = load_pack(_COMMON, PackRoots.with_own()).value
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
    printed: dict[Identity, list[Occurrence]] = {}
    for occurrence in where:
        printed.setdefault(occurrence.figure.quantity.identity, []).append(occurrence)
    quantities = {quantity.identity: quantity for quantity in known}
    for identity, found in printed.items():
        quantities.setdefault(identity, found[0].figure.quantity)
    wanted_ones = [identity for identity in quantities if identity[0] == wanted.strip()]
    if not wanted_ones:
        plain = wanted.strip().replace(",", "")
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


# -- an earlier version and a new one --------------------------------------------------------------------------------


def _not_versions(edited: Marked, fresh: Marked, codes: tuple[str, str, str]) -> tuple[Diagnostic, ...]:
    """Why two files are not versions of one report: other pack, unit or year, with these codes; R032 for a unit that
    was renamed, which prevents nothing. Files made before the pack said which field is the unit do not tell theirs."""
    old, new = edited.facts.document, fresh.facts.document
    for code, word in zip(codes, ("pack", "unit", "year"), strict=True):
        was, now = old.get(word, ""), new.get(word, "")
        if was != now and word != "unit":
            return (finding(code, Place(edited.file), file=edited.file, old=was, new=now),)
    return _other_name(edited, fresh, codes[1], Place(edited.file))


def _other_name(old: Marked, new: Marked, code: str, *places: Place) -> tuple[Diagnostic, ...]:
    """`code`: a finding of another unit; R032 of one that was renamed; none where both names are the same."""
    if not renamed(old.facts, new.facts):
        return ()
    alike = likeness_of(old.facts, new.facts)
    names = {"old": old.facts.document["unit"], "new": new.facts.document["unit"]}
    found = "R032" if alike.of_one_unit else code
    place = "相同" if alike.place else "不同"
    shares = {"place": place, "text": alike.text, "figures": alike.figures}
    return (finding(found, *places, file=old.file, **names, **shares),)


def _named_as_in(old: Marked, new: Marked) -> Marked:
    return replace(old, facts=named_as_in(old.facts, new.facts))


def redline_word(file: str, old: bytes, new: bytes, *, author: str, date: str) -> Outcome[Redlined | None]:
    """The .docx `new` with what changed since `old`, named `file`, as tracked changes.

    Findings: R001–R004, R040–R042 when the two are not versions of one report, R032 when the unit was renamed, R044 for
    what is not shown.
    """
    before, after = open_marked(file, old), open_marked("", new)
    if before.value is None or after.value is None:
        return Outcome(None, (*before.diagnostics, *after.diagnostics))
    apart = _not_versions(before.value, after.value, ("R040", "R041", "R042"))
    if has_errors(apart):
        return Outcome(None, apart)
    made = redline(_named_as_in(before.value, after.value), after.value, author=author, date=date)
    notes = (finding("R044", Place(file), file=file, count=made.left_out),) if made.left_out else ()
    return Outcome(made, (*apart, *notes))


@dataclass(frozen=True, slots=True)
class BuiltRedline:
    """`word`: the file with tracked changes and its PDF; its page numbers are those of the new version."""

    word: Paged
    changes: Redlined


def build_redline(
    file: str, old: bytes, examined: Examined, wanted: Wanted, *, author: str, date: str
) -> Outcome[BuiltRedline | None]:
    """The report as a new version of `old`, named `file`. Findings as of `build_report` and `redline_word`."""
    clean = build_report(examined, replace(wanted, pdf=False, pdf_a=False))
    made = redline_word(file, old, clean.value.docx, author=author, date=date)
    findings = (*clean.diagnostics, *made.diagnostics)
    if made.value is None:
        return Outcome(None, findings)
    pdf = pdf_of(made.value.docx, archive=wanted.pdf_a) if wanted.with_pdf else Outcome(None)
    word = replace(clean.value, docx=made.value.docx, pdf=pdf.value)
    return Outcome(BuiltRedline(word, made.value), (*findings, *pdf.diagnostics))


@dataclass(frozen=True, slots=True)
class Updated:
    """`to_do`: what is left to people, each with a comment in the file."""

    word: Paged
    result: Refreshed
    to_do: tuple[Diagnostic, ...]


def refresh_word(
    file: str, edited: bytes, examined: Examined, date: str, *, measure: bool = False
) -> Outcome[Updated | None]:
    """An edited Word file and the corrected input → the file brought up to date. `date`: of the comments in it.

    Findings: R001–R004, R010–R012 when they do not belong together, R032 when the unit was renamed; R020–R031 and R034
    for what could not be joined; those of
    `writers.pages.paged`.
    """
    opened = open_marked(file, edited)
    if opened.value is None:
        return Outcome(None, opened.diagnostics)
    made = open_marked(file, build_word(examined.document, examined.case.pack).value.docx)
    assert made.value is not None
    apart = _not_versions(opened.value, made.value, ("R010", "R011", "R012"))
    if has_errors(apart):
        return Outcome(None, apart)
    result = refresh(_named_as_in(opened.value, made.value), made.value, date=date)
    remarks = (*apart, *(remark_finding(one, file) for one in result.remarks))
    entries = listed_headings(_reopened(file, result.docx))
    word = paged(
        lambda pages: set_page_numbers(_reopened(file, result.docx), pages),
        {bookmark: words for bookmark, (words, _) in entries.items()},
        {bookmark: page for bookmark, (_, page) in entries.items()},
        measure=measure,
        pdf=False,
    )
    return Outcome(Updated(word.value, result, remarks), (*remarks, *word.diagnostics))


def to_do_list(file: str, updated: Updated, pack: Pack) -> bytes:
    """The list of what is left to people, a .docx without marks; `file`: the name of the refreshed file."""
    return write_docx(to_do_document(file, updated.to_do), pack.look, publish=True)


def _reopened(file: str, docx: bytes) -> Marked:
    opened = open_marked(file, docx).value
    assert opened is not None
    return opened
