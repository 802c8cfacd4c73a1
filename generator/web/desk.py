"""The work folder as the page sees it: which reports lie in it, what has been found in each, what was made of it.

Addresses are numbers from this list: no name and no path ever comes from the browser. A report keeps its number while
the page is open.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from generator.case import BOOK_SUFFIXES, YAML_SUFFIXES, Packs, input_files, read_input
from generator.diagnostics import Diagnostic, Severity
from generator.names import readable
from generator.pack import PackRoots
from generator.pipeline import Examined
from generator.publishing.archive import Published, published_in
from generator.unit_file import is_shared
from generator.workspace import changed_at, exists, list_files, list_folders, now
from generator.year_folder import (
    ReportFound,
    ReportInput,
    YearFound,
    compared_year,
    examined_report,
    year_folder,
)

OUTPUTS = "成品"
"""What is made goes there, beside the input folders."""
_MADE = (".docx", ".pdf", ".html")
_DEEPEST = 3
_PATIENCE = 30
"""Seconds for which a workbook may be half saved."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one reading of a report found. `books`: its workbooks, name → bytes; `state`: sizes and times of its files
    when it was read."""

    state: str
    at: datetime
    found: ReportFound
    books: dict[str, bytes]
    texts: dict[str, str]

    @property
    def examined(self) -> Examined | None:
        return self.found.examined

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """As of the report alone."""
        return self.found.own_findings

    def count(self, severity: Severity) -> int:
        return sum(one.severity is severity for one in self.findings)


class Year:
    """The folder of a unit's year: what its reports read in common is read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: tuple[str, tuple[ReportInput, ...]] | None = None
        self._reading = threading.Lock()

    def files(self) -> tuple[Path, ...]:
        return (*input_files(self.folder), *(file for one in list_folders(self.folder) for file in input_files(one)))

    def report(self, path: Path) -> ReportInput | None:
        """None: it does not lie there any more."""
        with self._reading:
            state = _state(self.files())
            if self._read is None or self._read[0] != state:
                year = year_folder(self.folder).value
                self._read = state, year.reports if year is not None else ()
            return next((one for one in self._read[1] if one.path == path), None)


class KeptPacks:
    """Forms are compiled once; an office's own ones again when a file of theirs has changed."""

    def __init__(self, roots: PackRoots) -> None:
        self.roots = roots
        self._kept: tuple[str, Packs] = ("", {})

    def compiled(self) -> Packs:
        state = "|".join(part for folder in self.roots.own for part in _state_below(folder, _DEEPEST))
        if state != self._kept[0]:
            self._kept = state, {}
        return self._kept[1]


@dataclass
class Report:
    """One report of the folder. `path`: its file or folder; `year`: the unit's year in which it lies, if in one."""

    number: int
    path: Path
    year: Year | None = None
    trouble: str = ""
    """Why what is shown is older than the files."""
    _seen: Seen | None = None
    _since: tuple[str, datetime] | None = None
    _reading: threading.Lock = field(default_factory=threading.Lock)

    @property
    def name(self) -> str:
        return readable(self.path.stem if self.path.is_file() else self.path.name)

    def state(self) -> str:
        """Sizes and times of all files that it is read from: a change of the input shows in it."""
        return _state(self._files() if self.year is None else self.year.files())

    def _files(self) -> tuple[Path, ...]:
        return input_files(self.path) if self.path.is_dir() else (self.path,)

    def main_file(self) -> Path | None:
        """The workbook that a person fills in; the first YAML file where there is none."""
        files = self._files()
        books = [one for one in files if one.suffix.lower() in BOOK_SUFFIXES]
        return next(iter(books or files), None)

    @property
    def last(self) -> Seen | None:
        """What was found when it was read last."""
        return self._seen

    def seen(self, packs: KeptPacks) -> Seen:
        """What is found in it now; read again only when a file has changed."""
        with self._reading:
            state = self.state()
            if self._seen is None or self._seen.state != state:
                lies = self.year.report(self.path) if self.year is not None else None
                read = _read(lies or ReportInput(self.name, self.path, read_input(self.path), {}), state, packs)
                if not self._waits_for(read):
                    self._seen = read
            elif self._since is not None:
                self.trouble, self._since = "", None
            return self._seen or read

    def _waits_for(self, read: Seen) -> bool:
        """Excel may be just saving it, or somebody has moved it: what was read last stays for a while."""
        if read.examined is not None or self._seen is None or self._seen.examined is None:
            self.trouble, self._since = "", None
            return False
        if self._since is None or self._since[0] != read.state:
            self._since = read.state, read.at
        name = self.path.name
        if not exists(self.path):
            at = self._seen.at.strftime("%H:%M")
            self.trouble = f"“{name}”不在文件夹里了，可能改了名或移走了。放回来就继续，页面上的是 {at} 读到的。"
            return True
        self.trouble = f"“{name}”正在保存，稍等自动再读。"
        if (read.at - self._since[1]).total_seconds() < _PATIENCE:
            return True
        self.trouble, self._since = "", None
        return False


def _state(files: Iterable[Path]) -> str:
    return "|".join(f"{file} {changed_at(file)}" for file in files)


def _read(report: ReportInput, state: str, packs: KeptPacks) -> Seen:
    files = report.files.value
    found = examined_report(report, packs.roots, packs.compiled())
    if files is None:
        return Seen(state, now(), found, {}, {})
    books, texts = (*files.books, *files.shared_books), (*files.texts, *files.shared_texts)
    return Seen(state, now(), found, dict(books), dict(texts))


class Desk:
    """All reports of a work folder, and the files that were made of them."""

    def __init__(self, folder: Path, roots: PackRoots) -> None:
        self.folder, self.roots, self.packs = folder, roots, KeptPacks(roots)
        self._numbers: dict[Path, int] = {}
        self._files: dict[Path, int] = {}
        self._reports: dict[Path, Report] = {}
        self._looked: tuple[str, list[tuple[Path, Path | None]]] = ("", [])
        self._years: dict[Path, Year] = {}
        self._looking = threading.Lock()

    @property
    def outputs(self) -> Path:
        return self.folder / OUTPUTS

    def reports(self) -> list[Report]:
        """Those that lie there now, in the order of their names. Looked for again only when a file has changed."""
        with self._looking:
            state = "|".join(_state_below(self.folder, _DEEPEST))
            if self._looked[0] != state or not state:
                self._looked = state, sorted(_reports_below(self.folder, _DEEPEST), key=lambda one: one[0])
            return [self._report(path, year) for path, year in self._looked[1]]

    def report(self, number: int) -> Report | None:
        """One that lies there, or has been read and is gone since."""
        known = next((one for one in self._reports.values() if one.number == number and one.last is not None), None)
        return next((one for one in self.reports() if one.number == number), known)

    def _report(self, path: Path, year: Path | None) -> Report:
        number = self._numbers.setdefault(path, len(self._numbers) + 1)
        of = None if year is None else self._years.setdefault(year, Year(year))
        found = self._reports.setdefault(path, Report(number, path))
        found.year = of
        return found

    def of_year(self, report: Report) -> tuple[YearFound, dict[str, bytes]] | None:
        """All reports of the year in which this one lies, compared, and their workbooks as they are called there; None
        where it lies alone."""
        if report.year is None:
            return None
        every = [one.seen(self.packs) for one in self.reports() if one.year is report.year]
        mine = _of(report.seen(self.packs))
        # Beside each other in the work folder itself may lie several years, and several units.
        alone = report.year.folder == self.folder
        seen = [one for one in every if _of(one)[1] == mine[1] and (not alone or _of(one) == mine)]
        books = {one.found.report.moved.get(name, name): data for one in seen for name, data in one.books.items()}
        return compared_year([one.found for one in seen]), books

    # -- files --------------------------------------------------------------------------------------------------------
    def made(self) -> list[Path]:
        """Finished files, the newest first."""
        found = list_files(self.outputs, _MADE) if self.outputs.is_dir() else ()
        return sorted(found, key=changed_at, reverse=True)

    def publications(self) -> list[Published]:
        """What has been published, the newest first."""
        folders = list_folders(self.outputs) if self.outputs.is_dir() else ()
        found = (published_in(folder) for folder in folders)
        return sorted((one for one in found if one is not None), key=lambda one: one.record.day, reverse=True)

    def number_of(self, file: Path) -> int:
        return self._files.setdefault(file, len(self._files) + 1)

    def file(self, number: int) -> Path | None:
        """Only what the page has shown itself, and what is still there."""
        found = next((path for path, known in self._files.items() if known == number), None)
        return found if found is not None and found.is_file() else None


def _of(seen: Seen) -> tuple[str, str]:
    """Unit and year, "" where they are not known."""
    meta = seen.examined.document.meta if seen.examined is not None else None
    return (meta.author, meta.year) if meta is not None else ("", "")


def _state_below(folder: Path, depth: int) -> Iterator[str]:
    if folder.name != OUTPUTS:
        yield from (f"{file} {changed_at(file)}" for file in list_files(folder, None))
        for inner in list_folders(folder) if depth else ():
            yield from _state_below(inner, depth - 1)


def _reports_below(folder: Path, depth: int) -> Iterator[tuple[Path, Path | None]]:
    """Every input of one report: a workbook or YAML file by itself, a folder of them, the reports of a unit's year, and
    the folder of that year."""
    if folder.name == OUTPUTS:
        return
    year = year_folder(folder)
    if year.value is not None:
        yield from ((one.path, folder) for one in year.value.reports)
        return
    own = [file for file in input_files(folder) if not is_shared(file)]
    texts = [file for file in own if file.suffix.lower() in YAML_SUFFIXES]
    if own and (texts or len(own) == 1) and depth < _DEEPEST:
        yield folder, None
        return
    yield from ((file, None) for file in own)
    for inner in list_folders(folder) if depth else ():
        yield from _reports_below(inner, depth - 1)
