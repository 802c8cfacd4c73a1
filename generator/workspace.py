"""The only module that opens files and reads the clock (`programs` runs other programs). All else takes and returns
values.

It knows nothing of workbooks, templates or Word. `read_text` and `save_output` are stations and return their findings;
the small steps raise `WorkspaceError`, which carries the finding.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import secrets
import shutil
import stat
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from generator.diagnostics import Diagnostic, Outcome, finding
from generator.place import Place

RECORDS = ".juesuan"
"""Folder beside the outputs: for each the hash of what we wrote, to know later whether a person has changed it."""


class WorkspaceError(Exception):
    """Disk or folder would not do what was asked; `diagnostic` says so to the user."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal: how the program names a state of a file."""
    return hashlib.sha256(data).hexdigest()


# -- the clock --------------------------------------------------------------------------------------------------------
def now() -> datetime:
    """Local time with its zone."""
    return datetime.now().astimezone()


def today() -> date:
    return now().date()


# -- reading ----------------------------------------------------------------------------------------------------------
def read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise WorkspaceError(finding("O001", Place(path.name), file=path)) from None
    except (IsADirectoryError, PermissionError):
        code = "O003" if path.is_dir() else "O002"
        raise WorkspaceError(finding(code, Place(path.name), file=path)) from None
    except OSError as error:
        raise WorkspaceError(finding("O004", Place(path.name), file=path, reason=_reason(error))) from None


def read_text(path: Path) -> Outcome[str | None]:
    """The file's text with `\\n` line ends.

    UTF-8 with or without BOM, and what 记事本 calls Unicode and ANSI: UTF-16 with BOM, and GB18030, which is reported
    as O006 since a wrong guess would show as garbled words. Findings: O001–O006.
    """
    try:
        data = read_bytes(path)
    except WorkspaceError as error:
        return Outcome(None, (error.diagnostic,))
    notes: tuple[Diagnostic, ...] = ()
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            return Outcome(None, (finding("O005", Place(path.name), file=path),))
        notes = (finding("O006", Place(path.name), file=path),)
    return Outcome(text.replace("\r\n", "\n").replace("\r", "\n"), notes)


def list_files(folder: Path, suffixes: Collection[str]) -> tuple[Path, ...]:
    """The folder's files with these endings (".xlsx"), by name; without hidden ones and the lock files of Word."""
    return tuple(p for p in _entries(folder) if p.suffix.lower() in suffixes and p.is_file())


def leads_out(path: Path, folder: Path) -> bool:
    """Whether `path`, which stands in `folder`, is a link to something elsewhere (on Windows perhaps a junction)."""
    if os.name != "nt" and not os.path.islink(path):
        return False
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def list_folders(folder: Path) -> tuple[Path, ...]:
    """The folder's visible subfolders, by name."""
    return tuple(p for p in _entries(folder) if p.is_dir())


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(p for p in folder.iterdir() if not p.name.startswith((".", "~$")))
    except FileNotFoundError:
        raise WorkspaceError(finding("O007", file=folder)) from None
    except OSError as error:
        raise WorkspaceError(finding("O004", file=folder, reason=_reason(error))) from None


# -- saving -----------------------------------------------------------------------------------------------------------
def save(path: Path, data: bytes, *, expected_hash: str | None = None) -> None:
    """Write the whole file or nothing: the old file stays until the new one is complete.

    `expected_hash`: the `digest` of what the caller read from `path`; another content there means that a person has
    changed it since, and the save is refused (O012). None: not asked.
    """
    try:
        mode = path.stat().st_mode
    except OSError:
        mode = None
    if mode is not None and stat.S_ISDIR(mode):
        raise WorkspaceError(finding("O003", Place(path.name), file=path))
    if mode is not None and not mode & stat.S_IWUSR:
        raise WorkspaceError(finding("O010", Place(path.name), file=path))
    if expected_hash is not None and (mode is None or digest(read_bytes(path)) != expected_hash):
        raise WorkspaceError(finding("O012", Place(path.name), file=path))
    scratch = _scratch(path)
    try:
        _write(scratch, data)
        if mode is not None:
            os.chmod(scratch, stat.S_IMODE(mode))
        os.replace(scratch, path)
    except OSError as error:
        raise WorkspaceError(save_finding(path, error)) from None
    finally:
        scratch.unlink(missing_ok=True)


def _scratch(path: Path) -> Path:
    """A name beside `path`, hidden, for what is not yet whole."""
    return path.with_name(f".juesuan-{secrets.token_hex(8)}.tmp")


def _write(path: Path, data: bytes) -> None:
    with open(path, "xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def save_new(path: Path, data: bytes) -> None:
    """Write a file that must not be there yet (X062); its folder is made where it is missing."""
    if os.path.exists(path):  # unlike Path.exists it is silent about impossible names: saving explains those
        raise WorkspaceError(finding("X062", Place(path.name), path=path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(save_finding(path, error)) from None
    save(path, data)


def require_free_folder(folder: Path) -> None:
    """X062 when something stands there already: a file of that name, or a folder that is not empty."""
    if os.path.exists(folder) and (not folder.is_dir() or any(folder.iterdir())):
        raise WorkspaceError(finding("X062", Place(folder.name), path=folder))


def save_new_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder with all its files, by name, or nothing; X062 when something stands there already.

    The files are written into a folder of another name, which becomes `folder` in one step, together with the folders
    above it that are missing. Only an empty folder that must stay where it is gets its files one by one, each whole.
    """
    require_free_folder(folder)
    folder = folder.resolve()
    stays = folder.is_dir() and _must_stay(folder)
    top = folder
    while not top.parent.exists():
        top = top.parent
    scratch = _scratch(folder / "files" if stays else top)
    try:
        inside = scratch / folder.relative_to(top)
        inside.mkdir(parents=True)
        for name, data in files.items():
            _write(inside / name, data)
        for made, target in [(inside / name, folder / name) for name in files] if stays else [(scratch, top)]:
            os.replace(made, target)
    except OSError as error:
        raise WorkspaceError(save_finding(top, error)) from None
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _must_stay(folder: Path) -> bool:
    """Windows replaces no folder; elsewhere a shell may stand in it, a disk hang there, or the one above be guarded."""
    guarded = not os.access(folder.parent, os.W_OK)
    return os.name == "nt" or folder == Path.cwd() or os.path.ismount(folder) or guarded


def save_finding(path: Path, error: OSError) -> Diagnostic:
    """What an error while saving `path` means for the office."""
    place = Place(path.name)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return finding("O013", place, file=path)
    if not path.parent.is_dir():
        return finding("O007", place, file=path.parent)
    if isinstance(error, PermissionError):
        return finding("O011" if path.exists() else "O014", place, file=path, folder=path.parent)
    return finding("O015", place, file=path, reason=_reason(error))


@dataclass(frozen=True, slots=True)
class SavedAs:
    """Where an output went; `renamed`: not under the name asked for, because that file belongs to a person now."""

    path: Path
    renamed: bool


def save_output(folder: Path, name: str, data: bytes) -> Outcome[SavedAs | None]:
    """Save a made file under `name`, over what the program itself wrote there before, never over a person's work.

    The hash of each output stands in `.juesuan/NAME.json` beside it. A file whose content has another hash (or none on
    record), or which is open in Word, WPS or LibreOffice, stays as it is; the new one becomes «NAME（2）», reported as
    O020. Other findings: O007–O015.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return Outcome(None, (finding("O015", file=folder, reason=_reason(error)),))
    wanted = Path(name)
    number, target = 1, folder / name
    try:
        while not _may_replace(target, data):
            number += 1
            target = folder / f"{wanted.stem}（{number}）{wanted.suffix}"
        save(target, data)
        records = folder / RECORDS
        records.mkdir(exist_ok=True)
        save(records / f"{target.name}.json", json.dumps({"sha256": digest(data)}).encode())
    except WorkspaceError as error:
        return Outcome(None, (error.diagnostic,))
    except OSError as error:
        return Outcome(None, (finding("O015", file=target, reason=_reason(error)),))
    if number == 1:
        return Outcome(SavedAs(target, renamed=False))
    return Outcome(SavedAs(target, renamed=True), (finding("O020", Place(name), file=name, saved=target.name),))


def _may_replace(target: Path, data: bytes) -> bool:
    """Free, or ours and untouched, and not open in an office program."""
    if not target.exists():
        return True
    if open_elsewhere(target) or target.is_dir():
        return False
    present = digest(read_bytes(target))
    if present == digest(data):
        return True
    try:
        record = json.loads((target.parent / RECORDS / f"{target.name}.json").read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(record, dict) and record.get("sha256") == present


def open_elsewhere(path: Path) -> bool:
    """Whether Word, WPS or LibreOffice has left its mark that it has this file open.

    On Linux nothing else keeps us from replacing a file under the person's hands; their next 保存 would undo ours.
    Word writes «~$» and the name (long names lose their first two letters), WPS «.~NAME», LibreOffice «.~lock.NAME#».
    """
    name = path.name
    marks = (f"~${name}", f"~${name[2:]}", f".~{name}", f".~lock.{name}#")
    return any(path.with_name(mark).exists() for mark in marks)


_SYSTEM_ERRORS = {
    errno.ENOTDIR: "路径当中有一处是文件，不是文件夹",
    errno.EISDIR: "那里是文件夹，不是文件",
    errno.ENAMETOOLONG: "文件名或路径太长",
    errno.EINVAL: "文件名里有不能用的字符",
    errno.EROFS: "磁盘是只读的",
    errno.EIO: "磁盘读写出错",
    errno.ENOENT: "找不到这个文件",
    errno.EACCES: "没有权限",
    errno.ENOEXEC: "不是可以运行的程序",
}


def _reason(error: OSError) -> str:
    """For the rare case that has no sentence of ours; a Windows in Chinese has one itself."""
    said = error.strerror or ""
    return said if not said.isascii() else _SYSTEM_ERRORS.get(error.errno or 0, f"系统错误 {error.errno or '不明'}")
