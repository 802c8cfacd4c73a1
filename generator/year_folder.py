"""A unit's year as a folder: 单位/年度/报告. Which reports lie in it, each of them examined, and all of them compared.

A report is one workbook (or YAML file), or one folder of inputs. A folder that holds the input of one report only is
no such folder: it is read as that report.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.between.meanings import Told, disagreements, place_moved
from generator.case import YAML_SUFFIXES, InputFiles, Packs, input_files, parse, read_input, read_report
from generator.checks.rulebook import Unchecked, without
from generator.diagnostics import Diagnostic, Outcome, Severity, finding
from generator.filling.to_facts import pack_name
from generator.names import readable
from generator.pack import PackRoots
from generator.pipeline import Examined, examine_files, unchecked_of
from generator.place import Place
from generator.unit_file import is_shared
from generator.workspace import exists, list_folders, read_text

_YEAR = re.compile(r"(?:19|20)\d\d(?:年度?)?")


@dataclass(frozen=True, slots=True)
class ReportInput:
    """One report of the folder. `path`: its folder or file; `name`: that one's, without a suffix."""

    name: str
    path: Path
    files: Outcome[InputFiles | None]
    moved: Mapping[str, str]
    """Its files as they are called in the folder of the year: 收支.yaml → 决算/收支.yaml."""


@dataclass(frozen=True, slots=True)
class YearFolder:
    path: Path
    reports: tuple[ReportInput, ...]


def year_folder(path: Path) -> Outcome[YearFolder | None]:
    """The reports of a unit's year; None for the input of one report, and with a finding when it is neither (O039)."""
    if not exists(path) or not path.is_dir():
        return Outcome(None)
    lying = input_files(path)
    own = [file for file in lying if not is_shared(file)]
    below = [folder for folder in list_folders(path) if any(not is_shared(file) for file in input_files(folder))]
    years = [folder for folder in (below or list_folders(path)) if _YEAR.fullmatch(folder.name)] if not own else []
    if len(years) > 1 or (not below and any(_holds_reports(folder) for folder in years)):
        said = "、".join(readable(folder.name) for folder in years)
        return Outcome(None, (finding("O039", path=path, years=said, first=years[0]),))
    shares = len(own) < len(lying)
    others = {folder: {_report_of(file) for file in input_files(folder)} - {""} for folder in below}
    named = {file: _report_of(file) for file in own} if shares or below or len(own) > 1 else {}
    packs = {name for name in named.values() if name}
    if (own and not shares and len(packs) < 2 and all(names <= packs for names in others.values())) or not (
        own or below
    ):
        return Outcome(None)  # one report, as ever; a folder beside it is a copy, or holds something else
    material = [folder for folder in below if not others[folder]] if packs or any(others.values()) else []
    passed_over = tuple(finding("O043", Place(readable(one.name)), folder=readable(one.name)) for one in material)
    made = _reports(path, named, [folder for folder in below if folder not in material])
    return Outcome(made.value, (*made.diagnostics, *passed_over))


def _holds_reports(folder: Path) -> bool:
    return any(input_files(one) for one in (folder, *list_folders(folder)))


_REPORT = re.compile(r"^报告[ \t]*:[ \t]*['\"]?([^\s#'\"]+)", re.MULTILINE)


def _report_of(file: Path) -> str:
    """The report that a file names, "" when it names none."""
    if file.suffix.lower() in YAML_SUFFIXES:
        match = _REPORT.search(read_text(file).value or "")
        return match[1] if match else ""
    files = read_report((file,)).value
    return pack_name(parse(files).value.fronts) if files is not None else ""


def _reports(path: Path, named: Mapping[Path, str], below: Sequence[Path]) -> Outcome[YearFolder | None]:
    """Every file that names a report is one, every folder below too. A file that names none belongs to the only report
    that lies beside it (O041 when there is none, or several)."""
    fronts = [file for file, name in named.items() if name]
    loose = [file for file, name in named.items() if not name]
    found = [finding("O041", Place(readable(file.name)), file=file) for file in loose if len(fronts) != 1]
    beside = loose if len(fronts) == 1 else []
    reports = [ReportInput(readable(file.stem), file, read_report((file, *beside)), {}) for file in fronts]
    for folder in below:
        files, name = read_input(folder), readable(folder.name)
        own = (file for file, _ in (*files.value.texts, *files.value.books)) if files.value is not None else ()
        reports.append(ReportInput(name, folder, files, {file: f"{name}/{file}" for file in own}))
    return Outcome(YearFolder(path, tuple(_told_apart(reports))), tuple(found))


def _told_apart(reports: Sequence[ReportInput]) -> Iterator[ReportInput]:
    """«决算.xlsx» beside a folder «决算» keeps its suffix."""
    names = [one.name for one in reports]
    for one in reports:
        yield replace(one, name=readable(one.path.name)) if names.count(one.name) > 1 else one


# -- examining --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReportFound:
    """`own_findings`: as of the report alone; `findings`: with the places as they are called in the year's folder."""

    report: ReportInput
    examined: Examined | None
    own_findings: tuple[Diagnostic, ...]
    findings: tuple[Diagnostic, ...]
    unchecked: tuple[Unchecked, ...]

    def of_between(self, between: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """What concerns this report of the findings between all, with its places as of the report alone."""
        back = {there: here for here, there in self.report.moved.items()}
        read = self.report.files.value
        files = {name for name, _ in (*read.books, *read.texts)} if read is not None else set()
        moved = (place_moved(one, back) for one in between)
        return tuple(one for one in moved if any(place.file in files for place in one.places))

    @property
    def title(self) -> str:
        return self.examined.case.pack.title if self.examined is not None else ""


@dataclass(frozen=True, slots=True)
class YearFound:
    reports: tuple[ReportFound, ...]
    between: tuple[Diagnostic, ...]

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """All of them; what stands in a shared file is found once for each report that has it."""
        every = (one for report in self.reports for one in report.findings)
        return tuple(dict.fromkeys((*every, *self.between)))


def examine_year(folder: YearFolder, roots: PackRoots) -> YearFound:
    """Each report by itself, then what they say of the same things."""
    packs: Packs = {}
    return compared_year(tuple(examined_report(one, roots, packs) for one in folder.reports))


def compared_year(reports: Sequence[ReportFound]) -> YearFound:
    """What reports that have been examined say of the same things."""
    told = [
        Told(one.report.name, case.facts, case.pack.meanings, case.pack.report.printing, one.report.moved)
        for one in reports
        if one.examined is not None and (case := one.examined.case).complete
    ]
    compared = disagreements(told)
    known = tuple(_with_what_was_compared(one, compared.meanings) for one in reports)
    return YearFound(known, (*_strange_to_all(known), *compared.findings))


def examined_report(report: ReportInput, roots: PackRoots, packs: Packs) -> ReportFound:
    """By itself."""
    if report.files.value is None:
        findings = report.files.diagnostics
        return ReportFound(report, None, findings, findings, ())
    made = examine_files(Outcome(report.files.value, report.files.diagnostics), roots, packs)
    findings = tuple(place_moved(one, report.moved) for one in made.diagnostics)
    missing = unchecked_of(made.value.case, made.diagnostics) if made.value is not None else ()
    moved = (replace(one, places=tuple(_moved(one.places, report.moved))) for one in missing)
    return ReportFound(report, made.value, made.diagnostics, findings, tuple(moved))


def _with_what_was_compared(one: ReportFound, meanings: Collection[tuple[str, str]]) -> ReportFound:
    """`meanings`: (report, meaning) of what was held against another report."""
    rulebook = one.examined.case.pack.rulebook if one.examined is not None else ()
    codes = [entry.code for entry in rulebook if (one.report.name, entry.between) in meanings]
    return replace(one, unchecked=without(one.unchecked, codes))


def _moved(places: Iterable[Place], moved: Mapping[str, str]) -> Iterator[Place]:
    return (replace(place, file=moved.get(place.file, place.file)) for place in places)


def _strange_to_all(reports: Sequence[ReportFound]) -> Iterator[Diagnostic]:
    """What stands in a shared file and no report of the folder knows: the most helpful of what they say."""
    cases = [one.examined.case for one in reports if one.examined is not None]
    if not cases or len(cases) < len(reports):
        return  # a report that could not be read may be the one that knows it
    said = [{(one.code, one.places): one for one in case.strange} for case in cases]
    for key, one in said[0].items():
        if all(key in others for others in said):
            best = next((others[key] for others in said if "您是否指" in others[key].hint), one)
            yield replace(best, severity=max(best.severity, Severity.ERROR))
