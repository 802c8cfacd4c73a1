"""The act: what stands against it is told all at once; when nothing does, everything is made together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import generator
from generator.case import Case, read_case, read_input
from generator.comparing.comparison import Comparison
from generator.corrections import Version, compare_versions, correction_table, read_version, version_of
from generator.diagnostics import Diagnostic, Outcome, finding, has_errors
from generator.document.nodes import Meta
from generator.marked_copy import marked_copy
from generator.names import readable, safe_file_name
from generator.pack import Pack, PackRoots, load_pack
from generator.pipeline import build_report, examine
from generator.place import Place
from generator.publishing.archive import (
    INPUTS,
    KEPT,
    PUBLIC,
    RECORD,
    TABLE,
    Published,
    Record,
    free_folder,
    intact,
    kept_inputs,
    last_publication,
    pack_digest,
)
from generator.publishing.numbers import NumberFound, number_findings, numbers_in
from generator.publishing.page import page_of
from generator.publishing.questions import Answers, answered
from generator.publishing.tables import table_files
from generator.saving import made_from, save_new_folder
from generator.verify.findings import findings as contradictions
from generator.verify.verify import verify
from generator.word_file.accepted_changes import accept_changes
from generator.word_file.as_nodes import as_nodes
from generator.word_file.marked_file import Marked, open_marked
from generator.word_file.places import other_stories
from generator.word_file.published_copy import Judged, Remaining, judged, published_copy
from generator.word_file.visible_content import content, printed
from generator.workspace import WorkspaceError, digest, read_bytes
from generator.writers.pdf import pdf_of
from generator.writers.to_docx import SUFFIXES

WORD_ENDINGS = (".docx", ".docm", *SUFFIXES)
_TABLES = "表格"
_SAID = 5
_ASKED_HERE = ("D-TIME", "D-SECRET")
"""Checks of the forms that this act asks itself (`questions`)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the office wants published. `source`: a Word file, or input; `folder`: where publications of it lie.
    `inputs`: what the Word file was made from, None when only the record of its making can tell."""

    source: Path
    folder: Path
    answers: Answers
    roots: PackRoots
    inputs: Path | None = None
    accept: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """What came of it. `refused`: what stands against it; then `folder` is None. `files`: names in `folder`;
    `not_made`: form → why; `last`: the publication before, `changes`: what differs from it; `same`: nothing does, and
    `folder` is that one's."""

    refused: tuple[tuple[str, Remaining], ...] = ()
    numbers: tuple[NumberFound, ...] = ()
    folder: Path | None = None
    files: tuple[str, ...] = ()
    not_made: Mapping[str, str] = field(default_factory=dict)
    last: Published | None = None
    changes: Comparison | None = None
    same: bool = False


@dataclass(frozen=True, slots=True)
class _Working:
    """The Word file to be published, its bytes as they are; `pack` and `case` where they are known."""

    word: Marked
    data: bytes
    name: str
    pack: Pack | None
    case: Case | None


def publish(asked: Asked) -> Outcome[Publication]:
    """R056–R059 what is not settled; P001–P013 what the law asks and whose numbers stand there; P020–P040 what is told
    of a publication; findings of reading and building. With an error nothing was written."""
    try:
        opened = _working(asked)
        if opened.value is None:
            return Outcome(Publication(), opened.diagnostics)
        return _judge(asked, opened.value, list(opened.diagnostics))
    except WorkspaceError as error:
        return Outcome(Publication(), (error.diagnostic,))


# -- the file ----------------------------------------------------------------------------------------------------------
def _working(asked: Asked) -> Outcome[_Working | None]:
    if asked.source.suffix.lower() not in WORD_ENDINGS:
        return _from_input(asked)
    file, data = readable(asked.source.name), read_bytes(asked.source)
    opened = open_marked(file, data)
    notes: tuple[Diagnostic, ...] = ()
    if opened.value is None and asked.inputs is not None:
        copy = marked_copy(file, data, asked.inputs, asked.roots)
        notes = copy.diagnostics
        opened = open_marked(file, copy.value) if copy.value is not None else Outcome(None)
    if opened.value is None:
        return Outcome(None, notes or opened.diagnostics)
    word = opened.value
    if any("vbaProject" in name for name in word.parts.content):
        return Outcome(None, (finding("P051", Place(file), file=file),))
    case, about_input = _case_of(asked, word)
    pack = case.pack if case is not None else load_pack(word.facts.document.get("pack", ""), asked.roots).value
    if asked.accept:
        for root in (word.parts.tree(word.parts.document), *(one for _, one in other_stories(word.parts, change=True))):
            accept_changes(root)
    return Outcome(_Working(word, data, asked.source.name, pack, case), (*notes, *about_input, *_by_hand(word)))


def _from_input(asked: Asked) -> Outcome[_Working | None]:
    examined = examine(asked.source, asked.roots)
    found = tuple(one for one in examined.diagnostics if one.code not in _ASKED_HERE)
    if examined.value is None or has_errors(found):
        return Outcome(None, found)
    built = build_report(examined.value)
    name = f"{examined.value.document.meta.file_name}.docx"
    word = open_marked(name, built.value.docx).value
    assert word is not None
    case = examined.value.case
    return Outcome(_Working(word, built.value.docx, name, case.pack, case), (*found, *built.diagnostics))


def _case_of(asked: Asked, word: Marked) -> tuple[Case | None, tuple[Diagnostic, ...]]:
    """The input of a Word file. P030 it is not known; P031 it says other figures than the file."""
    inputs = _inputs(asked)
    unknown = (finding("P030", Place(word.file)),)
    if inputs is None:
        return None, unknown
    files = read_input(inputs)
    read = read_case(files.value, asked.roots, {}) if files.value is not None else Outcome(None)
    if read.value is None:
        return None, unknown if asked.inputs is None else (*files.diagnostics, *read.diagnostics)
    if read.value.input_digest == word.facts.document.get("inputs"):
        return read.value, ()
    fresh = read_version(inputs, asked.roots)
    if fresh.value is None:
        return None, unknown if asked.inputs is None else fresh.diagnostics
    compared = compare_versions(version_of(word, asked.roots), fresh.value)
    facts = compared.value.facts if compared.value is not None else ()
    changed = [one.spoken for one in facts if one.direct and None not in (one.old, one.new)]
    if has_errors(compared.diagnostics):  # another unit or year lies there now
        return None, unknown if asked.inputs is None else compared.diagnostics
    if not changed:
        return read.value, ()
    return read.value, (finding("P031", Place(word.file), count=len(changed), said=_several(changed)),)


def _inputs(asked: Asked) -> Path | None:
    """Of input itself; of a Word file what the office says, else what the program has noted when it made the file."""
    if asked.source.suffix.lower() not in WORD_ENDINGS:
        return asked.source
    noted = (one for one in made_from(asked.source) if one.suffix.lower() not in WORD_ENDINGS)
    return asked.inputs or next(noted, None)


def _by_hand(word: Marked) -> Iterator[Diagnostic]:
    """P032 figures that a person has overtyped; V002, V003 where the file contradicts itself."""
    lines = [line for part in content(word) for line in part.lines]
    typed = {line.text for line in lines if line.generated is None or line.generated != line.pieces}
    for line in lines:
        for one in printed(line):
            if one.overtyped:
                yield finding("P032", Place(word.file), where=line.spot, old=one.generated, new=one.text)
    yield from contradictions(verify(word.parts.save()), typed)


# -- what stands against it --------------------------------------------------------------------------------------------
def _judge(asked: Asked, working: _Working, told: list[Diagnostic]) -> Outcome[Publication]:
    place = Place(working.word.file)
    open_ones = judged(working.word)
    numbers = tuple(numbers_in(working.word))
    answers = answered(working.pack, working.case.facts if working.case else None, asked.answers)
    told += [*_open_findings(open_ones, place), *number_findings(numbers, place, confirmed=asked.confirmed)]
    told += answers.diagnostics
    result = Publication(tuple(_refused(open_ones)), numbers)
    if has_errors(told):
        return Outcome(result, tuple(told))
    made = _made(asked, working, replace(asked, answers=answers.value).answers, result)
    return Outcome(made.value, (*told, *made.diagnostics))


def _refused(found: Judged) -> Iterator[tuple[str, Remaining]]:
    for kind, several in (
        ("gap", found.gaps),
        ("change", found.changes),
        ("comment", found.comments),
        ("hidden", found.hidden),
    ):
        yield from ((kind, one) for one in several)


def _open_findings(found: Judged, place: Place) -> Iterator[Diagnostic]:
    for one in found.gaps:
        yield finding("R056", place, where=one.where, words=one.words)
    for one in found.changes:
        whose = f"“{one.author}”的" if one.author else ""
        yield finding("R057", place, where=one.where, words=one.words, whose=whose, count=one.count)
    for one in found.comments:
        yield finding("R058", place, where=one.where, words=one.words, whose=one.author or "没有署名", said=one.said)
    for one in found.hidden:
        yield finding("R059", place, where=one.where, words=one.words)


# -- what is made ------------------------------------------------------------------------------------------------------
@dataclass(slots=True)
class _Forms:
    files: dict[str, bytes] = field(default_factory=dict)
    not_made: dict[str, str] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)

    def without(self, code: str, form: str, why: str) -> None:
        self.not_made[form] = why
        self.findings.append(finding(code, why=why))


def _made(asked: Asked, working: _Working, answers: Answers, result: Publication) -> Outcome[Publication]:
    document = working.word.facts.document
    name = safe_file_name(document.get("file", "") or Path(working.name).stem, (document.get("unit", ""),))
    report = {word: document.get(word, "") for word in ("pack", "unit", "year")}
    last = last_publication(asked.folder, name, report)
    said = [*intact(last)] if last is not None else []
    before = version_of(copy, asked.roots) if (copy := _last_word(last)) is not None else None
    changes = _changes(before, version_of(working.word, asked.roots))
    source = _inputs(asked) if working.case is not None else None
    inputs = kept_inputs(source) if source is not None else {}
    forms = _forms(working, name)
    kept = {f"{KEPT}/{working.name}": working.data, **{f"{KEPT}/{INPUTS}/{one}": data for one, data in inputs.items()}}
    files = {**{f"{PUBLIC}/{one}": data for one, data in forms.files.items()}, **kept}
    if changes:
        files[f"{KEPT}/{TABLE}"] = correction_table(changes, working.pack)
    record = Record(
        name,
        report,
        answers.day.isoformat(),
        f"juesuan {generator.__version__}",
        {"version": document.get("version", ""), "sha256": pack_digest(report["pack"], asked.roots)},
        f"{KEPT}/{working.name}",
        {one: digest(data) for one, data in sorted(files.items())},
        answers.approved.isoformat() if answers.approved else "",
        answers.reviewed,
        tuple({"kind": one.kind, "where": str(one.where)} for one in result.numbers if not one.of_telephone),
        forms.not_made,
        last.folder.name if last is not None else "",
    )
    found = (*said, *forms.findings)
    made = replace(result, not_made=forms.not_made, last=last, changes=changes)
    if last is not None and not last.changed() and record.says_the_same(last.record):
        names = tuple(sorted((*last.record.files, f"{KEPT}/{RECORD}")))
        return Outcome(replace(made, folder=last.folder, files=names, same=True), found)
    files[f"{KEPT}/{RECORD}"] = record.as_bytes()
    folder = save_new_folder(free_folder(asked.folder, name, record.day), files)
    return Outcome(replace(made, folder=folder, files=tuple(sorted(files))), found)


def _last_word(last: Published | None) -> Marked | None:
    if last is None:
        return None
    try:
        return open_marked(readable(last.folder.name), read_bytes(last.working)).value
    except WorkspaceError:
        return None


def _changes(before: Version | None, now: Version) -> Comparison | None:
    compared = compare_versions(before, now).value if before is not None else None
    return compared or None


def _forms(working: _Working, name: str) -> _Forms:
    """Word, PDF, HTML, tables; W020 and the like of the PDF are told in P020."""
    forms = _Forms()
    word, pack = working.word, working.pack
    look = (pack or _common()).look
    document = word.facts.document
    told = as_nodes(word, look)
    page, why = None, _several(told.lacking)
    if not why:
        page = page_of(word, told.blocks, look, Meta(document.get("title", ""), document.get("unit", "")))
        why = "" if page is not None else "文件里有程序没有认出来的内容"
    tables = table_files(told.blocks)
    copy = published_copy(word.parts)
    pdf = pdf_of(copy)
    forms.files[f"{name}.docx"] = copy
    if pdf.value is not None:
        forms.files[f"{name}.pdf"] = pdf.value
    else:
        forms.without("P020", "pdf", "；".join(one.message for one in pdf.diagnostics))
    if page is not None:
        forms.files[f"{name}.html"] = page
    else:
        forms.without("P021", "html", why)
    in_tables = [one for one in told.lacking if one.where.row]
    if in_tables:
        forms.without("P022", "csv", _several(in_tables))
    else:
        forms.files.update({f"{_TABLES}/{one}": data for one, data in tables.items()})
    return forms


def _several(things: Sequence[object]) -> str:
    return "、".join(map(str, things[:_SAID])) + ("等" if len(things) > _SAID else "")


def _common() -> Pack:
    pack = load_pack("common", PackRoots.with_own()).value
    assert pack is not None
    return pack
