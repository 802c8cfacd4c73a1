"""The only module that opens files, reads the clock and runs other programs. All else takes and returns values.

It knows nothing of workbooks, templates or Word. `read_text` and `save_output` are stations and return their findings;
the small steps raise `WorkspaceError`, which carries the finding.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import queue
import secrets
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from generator.border.budgets import file_bytes, megabytes
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
    """The whole file. One larger than its kind may be is refused unread (O008), like a device or a pipe (O009)."""
    most = file_bytes(path.name)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
            raise WorkspaceError(finding("O009", Place(path.name), file=path))
        with open(path, "rb") as stream:
            data = stream.read(most + 1) if status.st_size <= most else b""
        if max(status.st_size, len(data)) > most:  # some files grow while they are read, some say that they are empty
            found = megabytes(max(status.st_size, len(data)))
            raise WorkspaceError(finding("O008", Place(path.name), file=path, found=found, most=megabytes(most)))
        return data
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
    as O006 since a wrong guess would show as garbled words. Findings: O001–O009.
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


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder of our own that is gone afterwards, whatever happens."""
    # LibreOffice may still hold a file of its profile for a moment on Windows: leaving it is no reason to fail.
    with tempfile.TemporaryDirectory(prefix="juesuan-", ignore_cleanup_errors=True) as name:
        yield Path(name).resolve()


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


# -- other programs ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Finished:
    """How a program ended; `code` is None when it had to be stopped after its time, or could not be started."""

    code: int | None
    output: str


def run(command: Sequence[str | Path], timeout: float, environment: Mapping[str, str] | None = None) -> Finished:
    """Run a program to its end, at most `timeout` seconds; then it is stopped with everything that it started."""
    try:
        process = _start(command, environment, subprocess.STDOUT)
    except OSError as error:
        return Finished(None, _reason(error))
    try:
        output, _ = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        _stop(process)
        output, _ = process.communicate()
        return Finished(None, output)
    except BaseException:
        _stop(process)
        raise
    return Finished(process.returncode, output)


class Companion:
    """A program that stays: one line in, one line out."""

    def __init__(self, command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> None:
        self._process = _start(command, environment, subprocess.DEVNULL)
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        # Pipes cannot be waited for with a time limit on Windows; a thread can.
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with suppress(ValueError, OSError):
            for line in self._process.stdout:
                self._answers.put(line.rstrip("\n"))
        self._answers.put("")

    def hear(self, timeout: float) -> str | None:
        """Its next line; "" when it has ended, None when nothing came in time (stop it then: it is out of step)."""
        try:
            return self._answers.get(timeout=timeout)
        except queue.Empty:
            return None

    def ask(self, line: str, timeout: float) -> str | None:
        """Its answer to `line`, as `hear` gives it."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except OSError:
            return ""
        return self.hear(timeout)

    def close(self, timeout: float) -> None:
        """Ask it to end by closing its input; stop it when it does not."""
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.stop()
        else:
            self._release()

    def stop(self) -> None:
        """End it now, with everything that it started."""
        _stop(self._process)
        self._process.wait()
        self._release()

    def _release(self) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()


def _start(command: Sequence[str | Path], environment: Mapping[str, str] | None, errors: int) -> subprocess.Popen[str]:
    # The setters are separate: `creationflags` exists on Windows only, sessions on the others.
    hidden = 0x08000000 if sys.platform == "win32" else 0  # CREATE_NO_WINDOW: no black box before the office's eyes
    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        encoding="utf-8",
        errors="replace",
        env=None if environment is None else dict(environment),
        start_new_session=sys.platform != "win32",
        creationflags=hidden,
    )


def _stop(process: subprocess.Popen[str]) -> None:
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
