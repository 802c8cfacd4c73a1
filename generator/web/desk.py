"""The work folder as the page sees it: which reports lie in it, what has been found in each, what was made of it.

Addresses are numbers from this list: no name and no path ever comes from the browser. A report keeps its number while
the page is open.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from generator.case import BOOK_SUFFIXES, YAML_SUFFIXES, input_files, read_input
from generator.checks.rulebook import Unchecked
from generator.diagnostics import Diagnostic, Outcome, Severity
from generator.names import readable
from generator.pack import PackRoots
from generator.pipeline import Examined, examine_files, unchecked_of
from generator.unit_file import is_shared
from generator.workspace import changed_at, list_files, list_folders, now
from generator.year_folder import year_folder

OUTPUTS = "成品"
"""What is made goes there, beside the input folders."""
_MADE = (".docx", ".pdf", ".html")
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Seen:
    """What one reading of a report found. `books`: its workbooks, name → bytes; `state`: sizes and times of its files
    when it was read."""

    state: str
    at: datetime
    examined: Examined | None
    findings: tuple[Diagnostic, ...]
    unchecked: tuple[Unchecked, ...]
    books: dict[str, bytes]
    texts: dict[str, str]

    def count(self, severity: Severity) -> int:
        return sum(one.severity is severity for one in self.findings)


@dataclass
class Report:
    """One report of the folder. `path`: its file or folder."""

    number: int
    path: Path
    _seen: Seen | None = None
    _reading: threading.Lock = field(default_factory=threading.Lock)

    @property
    def name(self) -> str:
        return readable(self.path.stem if self.path.is_file() else self.path.name)

    @property
    def folder(self) -> Path:
        return self.path.parent if self.path.is_file() else self.path

    def state(self) -> str:
        """Sizes and times of all files that belong to it: a change of the input shows in it."""
        return "|".join(f"{file.name} {changed_at(file)}" for file in self._files())

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

    def seen(self, roots: PackRoots) -> Seen:
        """What is found in it now; read again only when a file has changed."""
        with self._reading:
            state = self.state()
            if self._seen is None or self._seen.state != state:
                self._seen = _read(self.path, state, roots)
            return self._seen


def _read(path: Path, state: str, roots: PackRoots) -> Seen:
    files = read_input(path)
    if files.value is None:
        return Seen(state, now(), None, files.diagnostics, (), {}, {})
    made = examine_files(Outcome(files.value, files.diagnostics), roots)
    unchecked = unchecked_of(made.value.case, made.diagnostics) if made.value is not None else ()
    return Seen(state, now(), made.value, made.diagnostics, unchecked, dict(files.value.books), dict(files.value.texts))


class Desk:
    """All reports of a work folder, and the files that were made of them."""

    def __init__(self, folder: Path, roots: PackRoots) -> None:
        self.folder, self.roots = folder, roots
        self._numbers: dict[Path, int] = {}
        self._files: dict[Path, int] = {}
        self._reports: dict[Path, Report] = {}
        self._looked: tuple[str, list[Path]] = ("", [])
        self._looking = threading.Lock()

    @property
    def outputs(self) -> Path:
        return self.folder / OUTPUTS

    def reports(self) -> list[Report]:
        """Those that lie there now, in the order of their names. Looked for again only when a file has changed."""
        with self._looking:
            state = "|".join(_state_below(self.folder, _DEEPEST))
            if self._looked[0] != state or not state:
                self._looked = state, sorted(_reports_below(self.folder, _DEEPEST))
            return [self._report(path) for path in self._looked[1]]

    def report(self, number: int) -> Report | None:
        return next((one for one in self.reports() if one.number == number), None)

    def _report(self, path: Path) -> Report:
        number = self._numbers.setdefault(path, len(self._numbers) + 1)
        return self._reports.setdefault(path, Report(number, path))

    # -- files --------------------------------------------------------------------------------------------------------
    def made(self) -> list[Path]:
        """Finished files, the newest first."""
        found = list_files(self.outputs, _MADE) if self.outputs.is_dir() else ()
        return sorted(found, key=changed_at, reverse=True)

    def number_of(self, file: Path) -> int:
        return self._files.setdefault(file, len(self._files) + 1)

    def file(self, number: int) -> Path | None:
        """Only what the page has shown itself, and what is still there."""
        found = next((path for path, known in self._files.items() if known == number), None)
        return found if found is not None and found.is_file() else None


def _state_below(folder: Path, depth: int) -> Iterator[str]:
    if folder.name != OUTPUTS:
        yield from (f"{file} {changed_at(file)}" for file in list_files(folder, None))
        for inner in list_folders(folder) if depth else ():
            yield from _state_below(inner, depth - 1)


def _reports_below(folder: Path, depth: int) -> Iterator[Path]:
    """Every input of one report: a workbook or YAML file by itself, a folder of them, the reports of a unit's year."""
    if folder.name == OUTPUTS:
        return
    year = year_folder(folder)
    if year.value is not None:
        yield from (one.path for one in year.value.reports)
        return
    own = [file for file in input_files(folder) if not is_shared(file)]
    texts = [file for file in own if file.suffix.lower() in YAML_SUFFIXES]
    if own and (texts or len(own) == 1) and depth < _DEEPEST:
        yield folder
        return
    yield from own
    for inner in list_folders(folder) if depth else ():
        yield from _reports_below(inner, depth - 1)
