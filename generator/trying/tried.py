"""A pack tried: samples of every kind and year, check → document → Word → read again, and what was noticed, told once.

A finding names the pack's own line and the samples in which it showed («样本“全零”“最长”，2019、2024年度»).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.case import InputFiles
from generator.diagnostics import CATALOGUE, Diagnostic, Outcome, Severity, finding
from generator.document.nodes import Document, PageBreak, SectionStart
from generator.pack import Pack, PackRoots
from generator.pack.sources import gather
from generator.pipeline import Examined, build_report, examine_files, make_document
from generator.place import Place
from generator.render.assemble import Chapter
from generator.trying import fit
from generator.trying.fitting import fitted
from generator.trying.kinds import Kind, plan, years_of
from generator.trying.pack_lines import PackLines
from generator.trying.sample import Sample, as_yaml, instances, made
from generator.trying.variants import of_kind, of_year
from generator.writers.line_counter import Laid
from generator.writers.outline import write_outline

_ASKED_AGAIN = 3
_IN_ORDER = tuple(Kind)
_GAP = re.compile("〔[^〔〕]*待填[^〔〕]*〕")


@dataclass(frozen=True, slots=True)
class Tried:
    """One sample with its report: `input` as YAML, `docx` None where none could be made."""

    sample: Sample
    input: str
    docx: bytes | None
    found: tuple[Diagnostic, ...]
    tables: tuple[Laid, ...] = ()
    printed: frozenset[str] = frozenset()
    """Of an ordinary sample the chapters that printed anything."""


def try_pack(pack: Pack, roots: PackRoots, latest: int) -> Outcome[tuple[Tried, ...]]:
    """Every sample of the pack; findings T160–T175 and the pack's own T-codes, folded. `latest`: the last fiscal year
    that a form without end is tried with."""
    sources = gather(pack.name, roots)
    lines = PackLines(pack, sources)
    years = years_of(pack, sources, latest)
    ordinary = made(pack, years[-1])
    fitted(ordinary, pack, Severity.WARNING)
    tried: list[Tried] = []
    for kind, year in plan(years):
        sample = of_year(ordinary, pack, year)
        tried.append(_try(of_kind(sample, pack, kind), pack, roots, lines))
    noticed = [(one.sample, told) for one in tried for told in one.found]
    noticed += _spilled(tried, lines)
    noticed += _empty_chapters(tried, pack, lines)
    return Outcome(tuple(tried), tuple(_folded(_without_exceptions(noticed, tried))))


def _try(sample: Sample, pack: Pack, roots: PackRoots, lines: PackLines) -> Tried:
    unmet = fitted(sample, pack)
    found = [
        finding("T160", lines.of_rule(one.rule.code), rule=one.rule.code, said=one.diagnostic.message)
        for one in unmet
        if one.rule is not None
    ]
    for _ in range(_ASKED_AGAIN):
        text = as_yaml(sample, pack)
        files = InputFiles(Path(), ((f"{sample.name}.yaml", text),), "")
        examined = examine_files(Outcome(files), roots, {pack.name: Outcome(pack)})
        if not _answered(sample, pack, examined.diagnostics):
            break
    found += _of_input(examined, pack, lines)
    if examined.value is None:
        return Tried(sample, text, None, tuple(found))
    document = examined.value.document
    built = build_report(examined.value)
    found += _of_word(built.diagnostics, sample, pack, lines)
    found += fit.unfitting(document, pack.look, lines)
    if not any(one.severity.stops for one in examined.diagnostics):
        found += _gaps(document, lines)
    laid = fit.tables(document, pack.look)
    printed = _printed(examined.value) if sample.kind is Kind.ORDINARY else frozenset[str]()
    return Tried(sample, text, built.value.docx, tuple(dict.fromkeys(found)), laid, printed)


def _answered(sample: Sample, pack: Pack, findings: Iterable[Diagnostic]) -> bool:
    """Fill in what only a person can say where a formula has no result: the score of a budget that is 0."""
    asked = {one.fact for one in findings if one.code == "F001"}
    cells = [one for one in instances(pack.form.fields, sample.tree) if one.name in asked and one.field.formula]
    for one in cells:
        one.holder[one.field.name] = "0"
    return bool(cells)


def _of_input(examined: Outcome[Examined | None], pack: Pack, lines: PackLines) -> Iterator[Diagnostic]:
    """What the stations before Word say that a pack's author can mend."""
    rules = {rule.code for rule in pack.rules}
    for one in examined.diagnostics:
        if one.code in rules:
            continue
        if one.code.startswith("T"):
            yield one
        elif one.code == "F001":
            yield finding("T161", lines.of_use(one.fact), label=one.label)
        elif one.code == "F011":
            yield finding("T162", _chapter_of(one, examined, lines), label=one.label)
        elif one.severity.stops and one.code in CATALOGUE:
            yield finding("T163", lines.of_field(one.fact) if one.fact else lines.own, said=one.message)


def _of_word(findings: Iterable[Diagnostic], sample: Sample, pack: Pack, lines: PackLines) -> Iterator[Diagnostic]:
    """The finished file against itself; names as long as in the longest sample are more than can be read back."""
    for one in findings:
        if one.code == "V001" and sample.kind is not Kind.LONGEST:
            named = next((name for name in pack.report.tables if f"“{name}”" in one.message), "")
            said = one.message.partition("：")[2]
            yield finding("T175", lines.of_table(named) if named else lines.own, said=said)
        elif one.code.startswith("T"):
            yield one


def _gaps(document: Document, lines: PackLines) -> Iterator[Diagnostic]:
    """T174: a mark that says «to be filled in» although nothing is left to be filled in."""
    for match in _GAP.finditer(write_outline(document)):
        yield finding("T174", lines.of_words(match[0]), words=match[0])


def _spilled(tried: Sequence[Tried], lines: PackLines) -> Iterator[tuple[Sample, Diagnostic]]:
    """T164 for tables whose rows are the same in all samples of a year: those are the pack's own."""
    for one in tried:
        if one.sample.kind is Kind.LONGEST:
            continue
        for laid in one.tables:
            name = getattr(laid.block, "name", "")
            counts = {
                other.rows
                for same in tried
                if same.sample.year == one.sample.year
                for other in same.tables
                if getattr(other.block, "name", "") == name
            }
            if fit.spills(laid) and len(counts) == 1:
                yield one.sample, finding("T164", lines.of_table(name), name=name, rows=laid.rows)


def _empty_chapters(tried: Sequence[Tried], pack: Pack, lines: PackLines) -> Iterator[tuple[Sample, Diagnostic]]:
    """T165 for chapters that print nothing in any ordinary sample."""
    ordinary = [one for one in tried if one.sample.kind is Kind.ORDINARY and one.docx is not None]
    for chapter in pack.report.chapters:
        if ordinary and not any(chapter.name in one.printed for one in ordinary):
            told = finding("T165", Place(chapter.file, 1), name=chapter.name)
            yield from ((one.sample, told) for one in ordinary)


def _alone(examined: Examined) -> Iterator[tuple[Chapter, Outcome[Document]]]:
    """Each chapter made without the others."""
    case = examined.case
    for chapter in case.pack.report.chapters:
        pack = replace(case.pack, report=replace(case.pack.report, chapters=(chapter,)))
        yield chapter, make_document(replace(case, pack=pack))


def _printed(examined: Examined) -> frozenset[str]:
    """Chapters that print anything at all."""
    nothing = (PageBreak, SectionStart)
    return frozenset(
        chapter.name
        for chapter, made in _alone(examined)
        if any(not isinstance(block, nothing) for block in made.value.blocks)
    )


def _chapter_of(one: Diagnostic, examined: Outcome[Examined | None], lines: PackLines) -> Place:
    """The chapter in which this is found."""
    if examined.value is None:
        return lines.own
    found = (chapter.file for chapter, alone in _alone(examined.value) if one in alone.diagnostics)
    return Place(next(found, lines.own.file))


def _without_exceptions(
    noticed: Iterable[tuple[Sample, Diagnostic]], tried: Sequence[Tried]
) -> Iterator[tuple[Sample, Diagnostic]]:
    """A check is only told of when no ordinary sample can be made to fulfil it."""
    noticed = list(noticed)
    ordinary = {one.sample.name for one in tried if one.sample.kind is Kind.ORDINARY}
    for sample, one in noticed:
        if one.code == "T160":
            where = {other.name for other, told in noticed if told.code == "T160" and told.place == one.place}
            if not ordinary <= where:
                continue
        yield sample, one


def _folded(noticed: Iterable[tuple[Sample, Diagnostic]]) -> Iterator[Diagnostic]:
    """One finding for each cause: the same at the same line, or the same words."""
    causes: dict[tuple[str, object], list[tuple[Sample, Diagnostic]]] = {}
    for sample, one in noticed:
        key: object = one.place if one.place.line else (one.place, one.message)
        causes.setdefault((one.code, key), []).append((sample, one))
    for found in causes.values():
        first = found[0][1]
        yield replace(first, message=f"{first.message}（{_samples([sample for sample, _ in found])}）")


def _samples(samples: Iterable[Sample]) -> str:
    """«样本“全零”“最长”，2019、2024年度»."""
    found = list(samples)
    kinds = sorted({one.kind for one in found}, key=_IN_ORDER.index)
    years = sorted({one.year for one in found})
    return f"样本{''.join(f'“{kind.value}”' for kind in kinds)}，{'、'.join(map(str, years))}年度"
