"""What stays in the office of a publication: one record beside the working file, its inputs and what was published.

A publication is one folder: `公开/` goes to the website, `存档/` stays. Nothing in it is ever written again; the hashes
tell what somebody has changed since.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from generator.case import input_files
from generator.diagnostics import Diagnostic, Outcome, finding
from generator.names import harmless, readable
from generator.pack import PackRoots
from generator.pack.sources import STYLE_FILE, gather
from generator.place import Place
from generator.unit_file import shared_files
from generator.workspace import (
    WorkspaceError,
    digest,
    exists,
    list_files,
    list_folders,
    read_bytes,
)

PUBLIC, KEPT, INPUTS, RECORD = "公开", "存档", "填报数据", "公开记录.json"
_CHANGING = (".pdf",)
"""LibreOffice writes another file each time."""


@dataclass(frozen=True, slots=True)
class Record:
    """`report`: pack, unit and year; files by their names inside the publication, with their SHA-256. `day` and
    `approved`: «2021-09-01», "" where nobody asked; `numbers`: kind and place of what was confirmed; `before`: folder
    of the publication before."""

    name: str
    report: Mapping[str, str]
    day: str
    program: str
    pack: Mapping[str, str]
    working: str
    files: Mapping[str, str]
    approved: str = ""
    reviewed: bool = False
    numbers: tuple[Mapping[str, str], ...] = ()
    not_made: Mapping[str, str] = field(default_factory=dict)
    before: str = ""

    def as_bytes(self) -> bytes:
        data = {one.name: getattr(self, one.name) for one in fields(self)}
        return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()

    def says_the_same(self, other: Record) -> bool:
        """Whether both publish the same, made from the same, day aside."""
        return self._content() == other._content()

    def _content(self) -> object:
        files = {name: "" if name.endswith(_CHANGING) else sha for name, sha in self.files.items()}
        kept = {name: sha for name, sha in files.items() if name != f"{KEPT}/{TABLE}"}
        return self.name, dict(self.report), kept, self.approved, self.reviewed


TABLE = "更正对照表.docx"


@dataclass(frozen=True, slots=True)
class Published:
    """A publication that stands in its folder."""

    folder: Path
    record: Record

    def public_files(self) -> list[Path]:
        """What goes to the website, as far as it still lies there."""
        named = sorted(name for name in self.record.files if name.startswith(f"{PUBLIC}/"))
        return [path for name in named if exists(path := self.folder / name)]

    @property
    def working(self) -> Path:
        return self.folder / self.record.working

    def changed(self) -> tuple[str, ...]:
        """Names of files that are no longer what was published."""
        return tuple(name for name, sha in self.record.files.items() if not _is(self.folder / name, sha))


def _is(path: Path, sha: str) -> bool:
    try:
        return digest(read_bytes(path)) == sha
    except WorkspaceError:
        return False


def published_in(folder: Path) -> Published | None:
    """The publication of this folder, or of the one around it when it is its `存档` or `公开`."""
    for place in (folder, folder.parent) if folder.name in (KEPT, PUBLIC) else (folder,):
        if not (place / KEPT / RECORD).is_file():
            continue
        try:
            return Published(place, _record(read_bytes(place / KEPT / RECORD)))
        except (WorkspaceError, ValueError, TypeError, KeyError, RecursionError):
            return None
    return None


def _record(data: bytes) -> Record:
    """Raises ValueError, TypeError, KeyError for what is no record of ours. A name leads nowhere outside its folder."""
    read = json.loads(data)
    known = {one.name for one in fields(Record)}
    record = Record(**{name: value for name, value in read.items() if name in known})
    for name in (record.working, *record.files):
        if not isinstance(name, str) or Path(name).is_absolute() or ".." in Path(name).parts or "\\" in name:
            raise ValueError(name)
    if not all(isinstance(one, str) for one in (record.name, record.day, record.approved, record.before)):
        raise TypeError
    if not all(isinstance(one, dict) for one in (record.report, record.pack, record.files)):
        raise TypeError
    return record


def last_publication(folder: Path, name: str, report: Mapping[str, str]) -> Published | None:
    """The newest in this folder of the same report under the same name."""
    try:
        found = (published_in(one) for one in list_folders(folder))
        same = [one for one in found if one and one.record.name == name and dict(one.record.report) == dict(report)]
    except WorkspaceError:
        return None
    followed = {one.record.before for one in same}
    newest = [one for one in same if one.folder.name not in followed]
    return max(newest, key=lambda one: (one.record.day, one.folder.name), default=None)


def free_folder(folder: Path, name: str, day: str) -> Path:
    """Where a new publication goes: «NAME（公开2021-09-01）», the second of a day «…（公开2021-09-01之2）»."""
    number = 1
    while True:
        mark = f"（公开{day}）" if number == 1 else f"（公开{day}之{number}）"
        target = folder / harmless(name + mark)
        if not exists(target):
            return target
        number += 1


def intact(published: Published) -> tuple[Diagnostic, ...]:
    """P040 names what was changed since."""
    changed = published.changed()
    if not changed:
        return ()
    shown = readable(published.folder.name)
    return (finding("P040", Place(shown), folder=shown, files="、".join(changed[:5])),)


def working_file(path: Path) -> Outcome[Path]:
    """For a publication its working file, with P040; any other path is given back."""
    published = published_in(path)
    if published is None:
        return Outcome(path)
    return Outcome(published.working, intact(published))


# -- what goes in ------------------------------------------------------------------------------------------------------
def kept_inputs(path: Path) -> dict[str, bytes]:
    """The files of an input as they are, by name; those that the unit's reports share too. Raises WorkspaceError."""
    if path.is_dir():
        own = [*input_files(path), *(one for one in (path / STYLE_FILE,) if exists(one))]
    else:
        own = [path, *(one for one in (path.parent / STYLE_FILE,) if exists(one))]
    suffixes = sorted({one.suffix.lower() for one in own} | {".yaml", ".yml", ".xlsx", ".xlsm"})
    shared = shared_files(path.resolve().parent, suffixes)
    return {readable(file.name): read_bytes(file) for file in (*shared, *own)}


def pack_digest(name: str, roots: PackRoots) -> str:
    """SHA-256 over all files of a pack and of those that it builds on; "" when it is not there."""
    found = hashlib.sha256()
    folders = gather(name, roots).folders
    for folder in folders:
        for file in _files(folder):
            shown = file.relative_to(folder.parent).as_posix()
            found.update(f"{shown}\0".encode("utf-8", "surrogateescape") + read_bytes(file) + b"\0")
    return found.hexdigest() if folders else ""


def _files(folder: Path) -> Iterator[Path]:
    yield from list_files(folder, None)
    for inner in list_folders(folder):
        yield from _files(inner)
