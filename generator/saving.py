"""Made files and folders: each appears whole, in one act, and nobody's work is overwritten.

With `workspace` the only module that writes. What is not yet whole stands in a hidden folder of ours beside its place
(`.juesuan-….tmp`); its maker holds the lock in it, which the system takes back however the maker ends. Who saves next
in that place clears what nobody holds any more.
"""

from __future__ import annotations

import errno
import json
import os
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from generator.diagnostics import Outcome, finding
from generator.names import fitting, harmless, readable
from generator.place import Place
from generator.workspace import WorkspaceError, digest, explained, read_bytes, save_finding

RECORDS = ".juesuan"
"""Folder beside the outputs: for each its state as we wrote it and what it is, to know later whether it may be
replaced."""

_LEAVINGS = ".juesuan-*.tmp"
_COMMITTED = "files"
"""In a hidden folder: files that are whole and on their way to the folder around it."""
_BUSY = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK)
_TRIES, _PAUSE = 600, 0.05
"""Another process that saves into the same folder is waited for, about half a minute."""


# -- hidden folders and their locks -----------------------------------------------------------------------------------
def _hold(path: Path) -> tuple[IO[bytes], bool]:
    """The file, locked until it is closed or the process ends; False where the file system knows no locks.

    BlockingIOError: another process holds it, or has just removed it.
    """
    file = open(path, "ab")  # noqa: SIM115 - it stays open: that is the lock
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(file.fileno()), os.stat(path)):
            return file, True
    except FileNotFoundError:
        pass
    except OSError as error:
        if error.errno not in _BUSY:
            return file, False
    file.close()
    raise BlockingIOError(errno.EAGAIN, "", str(path))


@contextmanager
def _hidden(folder: Path) -> Iterator[Path]:
    """A hidden folder in `folder` for what is not yet whole; gone afterwards, with what killed runs have left there."""
    clear_leavings(folder)
    while True:
        place = folder / _LEAVINGS.replace("*", secrets.token_hex(8))
        place.mkdir()
        # Who clears may come upon it before it is held: then it is theirs.
        with suppress(FileNotFoundError, BlockingIOError):
            lock, _ = _hold(place / "lock")
            break
    try:
        yield place
    finally:
        lock.close()
        shutil.rmtree(place, ignore_errors=True)


def clear_leavings(folder: Path) -> None:
    """Remove what killed runs have left in the folder, unless its maker lives; files that were whole and on their way
    come to their place first."""
    for leaving in sorted(folder.glob(_LEAVINGS)):
        if leaving.is_symlink():
            continue
        try:
            lock, sure = _hold(leaving / "lock" if leaving.is_dir() else leaving)
        except OSError:
            continue
        with lock:
            if sure:
                with suppress(OSError):
                    _move(leaving / _COMMITTED, folder)
        if sure and leaving.is_dir():
            shutil.rmtree(leaving, ignore_errors=True)
        elif sure:
            leaving.unlink(missing_ok=True)


def _move(files: Path, folder: Path) -> None:
    for file in sorted(files.iterdir()) if files.is_dir() else ():
        if not os.path.lexists(folder / file.name):
            os.replace(file, folder / file.name)


def unfinished(folder: Path) -> bool:
    """Whether files are on their way into this folder, or were when their maker was killed."""
    return any(any(files.iterdir()) for files in folder.glob(f"{_LEAVINGS}/{_COMMITTED}"))


def _write(path: Path, data: bytes, mode: int | None = None) -> None:
    with open(path, "xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    if mode is not None:
        os.chmod(path, stat.S_IMODE(mode))


def _settle(folder: Path) -> None:
    """The names in the folder are on the disk before anything that follows; Windows offers no such thing."""
    if sys.platform != "win32":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network folders
                raise
        finally:
            os.close(opened)


# -- new input: a file, a folder of files -----------------------------------------------------------------------------
def save_new(path: Path, data: bytes) -> Path:
    """Write a file that must not be there yet (X062), with the folders above it that are missing, in one act.

    Returns where it is: signs that no file name should have are left out. The same content there already is fine: a
    killed run may have done all.
    """
    new = _NewPlace.of(path)
    with _explained(path):
        clear_leavings(new.top.parent)
    files = {new.there: data}
    if not os.path.lexists(new.there):
        _appear(new.top, files)
    elif not _done(files):
        raise WorkspaceError(finding("X062", Place(readable(path.name)), path=path))
    return new.shown


def save_new_folder(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write a folder with all its files, by name, or nothing; X062 when something else stands there already.

    Only an empty folder that must stay where it is gets its files one after the other; what a kill interrupts then is
    told by `unfinished` and finished by whoever saves there next. Returns where it is, as `save_new` does.
    """
    new = _NewPlace.of(folder)
    place = new.there
    wanted = {place / name: data for name, data in files.items()}
    with _explained(folder):
        for around in (new.top.parent, place):
            clear_leavings(around)
    if not is_free(place):
        if not _done(wanted):
            raise WorkspaceError(finding("X062", Place(readable(folder.name)), path=folder))
    elif place.is_dir() and _must_stay(place):
        _fill(place, files)
    else:
        _appear(new.top, wanted)
    return new.shown


def renew(path: Path, data: bytes) -> None:
    """Write a file in place of the one that stands there, in one act: its owner has asked for just that."""
    with _explained(path), _hidden(path.parent) as place:
        _write(place / "made", data, _mode(path))
        os.replace(place / "made", path)


def is_free(folder: Path) -> bool:
    """Whether nothing stands there yet, or an empty folder."""
    return not os.path.lexists(folder) or (folder.is_dir() and not any(folder.iterdir()))


@dataclass(frozen=True, slots=True)
class _NewPlace:
    """Where something new goes: `there`, resolved, the names that are not there yet made harmless; `top`, the first of
    these; `shown`, as it was asked for."""

    top: Path
    there: Path
    shown: Path

    @classmethod
    def of(cls, path: Path) -> _NewPlace:
        there = top = Path(os.path.realpath(path))
        while not os.path.lexists(top.parent):
            top = top.parent
        if os.path.lexists(there):
            return cls(there, there, path)
        names = there.relative_to(top.parent).parts
        new = [harmless(name) for name in names]
        there = top.parent.joinpath(*new)
        return cls(top.parent / new[0], there, path if tuple(new) == names else there)


def _done(files: Mapping[Path, bytes]) -> bool:
    """Whether all of them are there already, just so; then what the run that made them may have left is cleared, beside
    whichever of the folders above them was new to it."""
    if not all(path.is_file() and read_bytes(path) == data for path, data in files.items()):
        return False
    for folder in {above for path in files for above in path.parents}:
        with suppress(OSError):
            clear_leavings(folder)
    return True


def _appear(top: Path, files: Mapping[Path, bytes]) -> None:
    """Write all files under a hidden name, then let `top`, which is one of them or a folder around all, take its
    place."""
    with _explained(top), _hidden(top.parent) as place:
        made = place / "made"
        for path, data in files.items():
            inside = made / path.relative_to(top.parent)
            inside.parent.mkdir(parents=True, exist_ok=True)
            with _explained(path):
                _write(inside, data)
        for folder, _, _ in os.walk(made):
            _settle(Path(folder))
        os.replace(made / top.name, top)


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    with _explained(folder), _hidden(folder) as place:
        part = place / "part"
        part.mkdir()
        for name, data in files.items():
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            _write(part / name, data)
        _settle(part)
        os.replace(part, place / _COMMITTED)
        _move(place / _COMMITTED, folder)


def _must_stay(folder: Path) -> bool:
    """Windows replaces no folder; elsewhere a shell may stand in it, a disk hang there, or the one above be guarded."""
    guarded = not os.access(folder.parent, os.W_OK)
    return os.name == "nt" or folder == Path.cwd() or os.path.ismount(folder) or guarded


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """An error of the system while saving `path` becomes a finding."""
    try:
        yield
    except OSError as error:
        raise WorkspaceError(save_finding(path, error)) from None


# -- outputs ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Made:
    """What an output is. Of the same report there are older and newer states; another report is never written over it.

    `by`: the command; `inputs`: what it was made from, remembered as seen from the output's folder.
    """

    by: str
    pack: str = ""
    unit: str = ""
    year: str = ""
    inputs: tuple[Path, ...] = ()

    def remembered(self, folder: Path) -> dict[str, object]:
        return {
            **{"by": self.by, "pack": self.pack, "unit": self.unit, "year": self.year},
            "inputs": [_seen_from(folder, path) for path in self.inputs],
        }


def _seen_from(folder: Path, path: Path) -> str:
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive of Windows: its letters may change, and are nobody's business
        return digest(os.fsencode(os.path.abspath(path)))[:16]


@dataclass(frozen=True, slots=True)
class SavedAs:
    """Where an output went; `renamed`: not under the name asked for, because another file has it."""

    path: Path
    renamed: bool


def save_output(folder: Path, name: str, data: bytes, made: Made) -> Outcome[SavedAs | None]:
    """Save an output under `name`, over what the program itself wrote of the same report, never over a person's work.

    `.juesuan/NAME.json` beside it says what the file of that name is: which report, and the hash of its content. It is
    written first and names the new content and the present one, so that it is true whichever stands there after a kill.
    A file with other content, one that is open in Word, WPS or LibreOffice (O020), and another report (O021) stay as
    they are; the new one becomes «NAME（2）». Other findings: O003, O007–O018: then nothing was saved.
    """
    name = harmless(name)
    try:
        folder = _NewPlace.of(folder).shown
        with _explained(folder):
            folder.mkdir(parents=True, exist_ok=True)
        with _recording(folder, name):
            return _save_output(folder, name, data, made.remembered(folder))
    except WorkspaceError as error:
        return Outcome(None, (error.diagnostic,))


def _save_output(folder: Path, name: str, data: bytes, made: Mapping[str, object]) -> Outcome[SavedAs | None]:
    wanted, number, target = Path(name), 1, folder / name
    first: str | None = None
    with _explained(target):
        while (other := _not_replaceable(target, data, made)) is not None:
            number += 1
            target = folder / fitting(wanted.stem, f"（{number}）{wanted.suffix}")
            first = other if first is None else first
    mode = _mode(target)
    before = [] if mode is None else [digest(read_bytes(target))]
    record = json.dumps({"sha256": digest(data), "before": before, "of": made})
    with _explained(target), _hidden(folder) as place:
        _write(place / "record", record.encode())
        _write(place / "output", data, mode)
        with _unrecorded(folder, target.name):
            os.replace(place / "record", _record(target))
            _settle(folder / RECORDS)
        os.replace(place / "output", target)
    if first is None:
        return Outcome(SavedAs(target, renamed=False))
    told = finding("O021" if first else "O020", Place(readable(name)), file=name, other=first, saved=target.name)
    return Outcome(SavedAs(target, renamed=True), (told,))


def _not_replaceable(target: Path, data: bytes, made: Mapping[str, object]) -> str | None:
    """None: free, or this report untouched. Else which other report stands there, "" for a person's file."""
    if not os.path.exists(target):
        return None
    if target.is_dir() or open_elsewhere(target):
        return ""
    present = digest(read_bytes(target))
    record = _remembered(target)
    if present not in record.states:
        return None if present == digest(data) else ""
    return None if record.of in ({}, made) else _spoken(record.of)


def untouched(output: Path) -> bool:
    """Whether the file is still as the program wrote it; False also where nothing is remembered of it."""
    return digest(read_bytes(output)) in _remembered(output).states


@dataclass(frozen=True, slots=True)
class _Record:
    """What is remembered of an output: contents that are ours, by hash, and which report they are."""

    states: tuple[str, ...] = ()
    of: Mapping[str, object] = field(default_factory=dict)
    """Empty: remembered by a version of the program that did not ask."""


def _record(target: Path) -> Path:
    return target.parent / RECORDS / fitting(target.name, ".json")


def _remembered(target: Path) -> _Record:
    """Nothing where there is no record or a foreign one."""
    try:
        record = json.loads(_record(target).read_bytes())
        of = record.get("of", {})
        return _Record((record["sha256"], *record.get("before", ())), of if isinstance(of, dict) else {})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return _Record()


def _spoken(of: Mapping[str, object]) -> str:
    """«甲局2020年度，模板包 example，做自 ../甲局-2020»."""
    unit, year, pack, inputs = (of.get(word) for word in ("unit", "year", "pack", "inputs"))
    whose = f"{unit or ''}{f'{year}年度' if year else ''}"
    from_ = "、".join(readable(str(one)) for one in inputs) if isinstance(inputs, list) else ""
    parts = (whose, f"模板包 {pack}" if pack else "", f"做自 {from_}" if from_ else "")
    return "，".join(part for part in parts if part) or "来历没有记下"


def made_from(path: Path) -> tuple[Path, ...]:
    """What an output was made from, as its record says; only what still stands there."""
    inputs = _remembered(path).of.get("inputs")
    found = [path.parent / one for one in inputs if isinstance(one, str)] if isinstance(inputs, list) else []
    return tuple(one for one in found if os.path.exists(one))


@contextmanager
def _recording(folder: Path, name: str) -> Iterator[None]:
    """One process at a time judges and writes in a folder: two reports of one name may be made at once."""
    with _unrecorded(folder, name):
        (folder / RECORDS).mkdir(exist_ok=True)
        for _ in range(_TRIES):
            try:
                lock, _sure = _hold(folder / RECORDS / "lock")
                break
            except BlockingIOError:
                time.sleep(_PAUSE)
        else:
            raise WorkspaceError(finding("O018", Place(readable(name)), file=folder / name))
    with lock:
        yield


@contextmanager
def _unrecorded(folder: Path, name: str) -> Iterator[None]:
    """An error of the system while remembering an output: then the output is not saved either (O016)."""
    try:
        yield
    except OSError as error:
        values = {"file": folder / name, "records": folder / RECORDS, **explained(error)}
        raise WorkspaceError(finding("O016", Place(readable(name)), **values)) from None


def _mode(target: Path) -> int | None:
    """Of the file that is to be replaced, None when there is none; O010 when it is read-only."""
    try:
        mode = target.stat().st_mode
    except OSError:
        return None
    if not mode & stat.S_IWUSR:
        raise WorkspaceError(finding("O010", Place(readable(target.name)), file=target))
    return mode


def open_elsewhere(path: Path) -> bool:
    """Whether Word, WPS or LibreOffice has left its mark that it has this file open.

    On Linux nothing else keeps us from replacing a file under the person's hands; their next 保存 would undo ours.
    Word writes «~$» and the name (long names lose their first two letters), WPS «.~NAME», LibreOffice «.~lock.NAME#».
    """
    name = path.name
    marks = (f"~${name}", f"~${name[2:]}", f".~{name}", f".~lock.{name}#")
    return any(os.path.exists(path.with_name(mark)) for mark in marks)
