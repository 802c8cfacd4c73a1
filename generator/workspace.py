"""The only module that opens files and reads the clock (`programs` runs other programs). All else takes and returns
values.

It knows nothing of workbooks, templates or Word. What an office gets is written by `saving`, which belongs to it.
`read_text` is a station and returns its findings; the small steps raise `WorkspaceError`, which carries the finding.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from generator.border.budgets import file_bytes, megabytes
from generator.diagnostics import Diagnostic, Outcome, finding
from generator.names import CONSOLE, readable
from generator.place import Place


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
    except OSError as error:
        raise WorkspaceError(_reading_finding(path, error)) from None


def _reading_finding(path: Path, error: OSError) -> Diagnostic:
    place = Place(readable(path.name))
    # No file can have a name that is too long: such a word was typed for something else.
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG):
        return finding("O001", place, file=path)
    if isinstance(error, IsADirectoryError | PermissionError):
        return finding("O003" if os.path.isdir(path) else "O002", place, file=path)
    return finding("O004", place, file=path, **explained(error))


def exists(path: Path) -> bool:
    """Whether something stands there; O002 when nobody may look. A word that can be no path is none."""
    try:
        path.stat()
    except PermissionError:
        raise WorkspaceError(finding("O002", Place(readable(path.name)), file=path)) from None
    except (OSError, ValueError):
        return False
    return True


def same_place(one: Path, other: Path) -> bool:
    """Whether both are the same file, were it there."""
    return os.path.realpath(one) == os.path.realpath(other)


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
            return Outcome(None, (finding("O005", Place(readable(path.name)), file=path),))
        notes = (finding("O006", Place(readable(path.name)), file=path),)
    return Outcome(text.replace("\r\n", "\n").replace("\r", "\n"), notes)


def changed_at(path: Path) -> tuple[int, int]:
    """When a file was last changed (nanoseconds) and its size: another state shows in one of them. Zeros when it is
    gone."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


def list_files(folder: Path, suffixes: Collection[str] | None) -> tuple[Path, ...]:
    """The folder's files with these endings (".xlsx"; None: with any), by name; without hidden ones and the lock files
    of Word."""
    return tuple(p for p in _entries(folder) if (suffixes is None or p.suffix.lower() in suffixes) and p.is_file())


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
        raise WorkspaceError(finding("O004", file=folder, **explained(error))) from None


def make_folder(folder: Path) -> None:
    """The folder, with those above it, where it is not there yet."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(save_finding(folder, error)) from None


def try_writing(folder: Path) -> None:
    """A file is made in the folder and is gone again. Raises `WorkspaceError`."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"1")
    except OSError as error:
        raise WorkspaceError(save_finding(folder, error)) from None


def free_bytes(folder: Path) -> int:
    """Raises `WorkspaceError`."""
    try:
        return shutil.disk_usage(folder).free
    except OSError as error:
        raise WorkspaceError(_reading_finding(folder, error)) from None


def save(path: Path, data: bytes) -> None:
    """Write a file into a folder of our own, where nobody looks before it is whole."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise WorkspaceError(save_finding(path, error)) from None


# -- what can be made again -------------------------------------------------------------------------------------------
_MOST_KEPT = 32


def kept(name: str) -> bytes | None:
    """What `keep` has put by under this name. None when nothing is there, when another user could have written it, or
    when the machine does not let us look: whoever asks can make it again."""
    folder = _cache_folder()
    if folder is None or not _ours_alone(folder, stat.S_ISDIR) or not _ours_alone(folder / name, stat.S_ISREG):
        return None
    try:
        return read_bytes(folder / name)
    except WorkspaceError:
        return None


def keep(name: str, data: bytes) -> None:
    """Put by what takes long to make, in the user's own cache folder; the oldest of many goes. Where that cannot be
    done nothing is said: it is only made again."""
    folder = _cache_folder()
    if folder is None:
        return
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _ours_alone(folder, stat.S_ISDIR):
            return
        held = sorted(folder.iterdir(), key=lambda path: path.lstat().st_mtime_ns)
        for path in held[: len(held) + 1 - _MOST_KEPT]:
            path.unlink()
        waiting = folder / f"{name}.{os.getpid()}"
        waiting.touch(mode=0o600)
        waiting.write_bytes(data)
        os.replace(waiting, folder / name)
    except OSError:
        return


def _cache_folder() -> Path | None:
    """Where programs keep what they can make again, or where JUESUAN_CACHE says; None where the user has no folder."""
    if stated := os.environ.get("JUESUAN_CACHE"):
        return Path(stated) if os.path.isabs(stated) else None
    if sys.platform == "win32":
        root = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        root = os.path.expanduser("~/Library/Caches")
    else:
        root = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(root) / "juesuan" if os.path.isabs(root) else None


def _ours_alone(path: Path, kind: Callable[[int], bool]) -> bool:
    """Whether this is a real folder or file, no link, that nobody but this user can have written."""
    try:
        status = path.lstat()
    except OSError:
        return False
    if sys.platform == "win32":  # the folder is the user's by its place
        return kind(status.st_mode)
    return kind(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o022


# -- errors of the system ---------------------------------------------------------------------------------------------
_CONNECTION = "请核对磁盘、U 盘或网络文件夹是否连接正常"
_ELSEWHERE = "请换一个文件夹"
_PERMISSION = "请换一个文件夹，或请管理员开放权限"
_LATER = "请关闭一些程序后重试"
_SYSTEM_ERRORS = {
    errno.ENOTDIR: ("路径当中有一处是文件，不是文件夹", "请核对路径"),
    errno.EISDIR: ("那里是文件夹，不是文件", "请写到具体的文件名"),
    errno.EEXIST: ("那里已经有同名的文件或文件夹", "请把它改名或移走，或者换一个文件夹"),
    errno.ENOTEMPTY: ("那里已经有不空的文件夹", "请把它改名或移走，或者换一个文件夹"),
    errno.ENAMETOOLONG: ("文件名或路径太长", "请换短一些的文件名或文件夹"),
    errno.EINVAL: ("文件名里有不能用的字符", "请换一个文件名"),
    errno.EILSEQ: ("文件名里有不能用的字符", "请换一个文件名"),
    errno.ELOOP: ("链接指来指去，没有尽头", "请核对路径里的链接（快捷方式）"),
    errno.EROFS: ("磁盘是只读的", _ELSEWHERE),
    errno.ENOSPC: ("磁盘已满", "请清理磁盘，或者换一个位置"),
    errno.EDQUOT: ("磁盘配额已用完", "请清理磁盘，或者换一个位置"),
    errno.EFBIG: ("文件超过了允许的大小", _ELSEWHERE),
    errno.EXDEV: ("两处不在同一个磁盘上", _ELSEWHERE),
    errno.EMLINK: ("链接太多", _ELSEWHERE),
    errno.ENOTSUP: ("那里的磁盘不支持这样做", _ELSEWHERE),
    errno.ENOSYS: ("那里的磁盘不支持这样做", _ELSEWHERE),
    errno.ENOENT: ("找不到这个文件或文件夹", "请核对路径"),
    errno.EACCES: ("没有权限", _PERMISSION),
    errno.EPERM: ("系统不允许", _PERMISSION),
    errno.EBUSY: ("正被其他程序使用", "请关闭正在使用它的程序后重试"),
    errno.ETXTBSY: ("正被其他程序使用", "请关闭正在使用它的程序后重试"),
    errno.EAGAIN: ("系统一时做不了", "请过一会儿重试"),
    errno.EMFILE: ("打开的文件太多", _LATER),
    errno.ENFILE: ("打开的文件太多", _LATER),
    errno.ENOMEM: ("内存不够", _LATER),
    errno.ENOLCK: ("系统的文件锁不够用", _LATER),
    errno.ENOEXEC: ("不是可以运行的程序", "请核对程序是否装好"),
    errno.EPIPE: ("接收结果的程序已经结束", "请重新运行"),
    errno.EIO: ("磁盘读写出错", _CONNECTION),
    errno.ENXIO: ("找不到那个设备", _CONNECTION),
    errno.ENODEV: ("找不到那个设备", _CONNECTION),
    errno.ETIMEDOUT: ("等了太久没有回音", _CONNECTION),
}
"""What happened, and what to do. «请核对磁盘» only where the disk may be the cause."""
if hasattr(errno, "ESTALE"):  # a network folder that went away; Windows has other words for it
    _SYSTEM_ERRORS[errno.ESTALE] = ("网络文件夹断开过", _CONNECTION)


def explained(error: OSError) -> dict[str, str]:
    """`reason` and `advice` for an error that has no sentence of ours; a Windows in Chinese has one itself."""
    reason, advice = _SYSTEM_ERRORS.get(error.errno or 0, (f"系统错误 {error.errno or '不明'}", _CONNECTION))
    said = error.strerror or ""
    return {"reason": said if any("\u4e00" <= one <= "\u9fff" for one in said) else reason, "advice": advice}


def save_finding(path: Path, error: OSError) -> Diagnostic:
    """What an error while saving `path` means for the office."""
    place = Place(readable(path.name))
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return finding("O013", place, file=path)
    if error.errno == errno.ENOENT and not os.path.isdir(path.parent):
        return finding("O007", place, file=path.parent)
    if isinstance(error, PermissionError):
        return finding("O011" if os.path.exists(path) else "O014", place, file=path, folder=path.parent)
    return finding("O015", place, file=path, **explained(error))


# -- the page that serves a folder -------------------------------------------------------------------------------------
_PAGE = Path(".juesuan") / "page"


def note_page(folder: Path, words: str) -> None:
    """Where the page of this folder runs, for a second start; readable by this person alone."""
    with suppress(OSError):  # without it a second start opens a page of its own
        (folder / _PAGE).parent.mkdir(exist_ok=True)
        (folder / _PAGE).unlink(missing_ok=True)
        with open(os.open(folder / _PAGE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as note:
            note.write(words)


def noted_page(folder: Path) -> str:
    try:
        with open(folder / _PAGE, encoding="ascii") as note:
            return note.read(500)
    except (OSError, ValueError):
        return ""


def forget_page(folder: Path) -> None:
    with suppress(OSError):
        (folder / _PAGE).unlink(missing_ok=True)


def begin_again_in_utf8() -> None:
    """Run this very command once more with UTF-8 for the names of files, where Python would not let us read or write
    the Chinese ones; the console keeps its coding when that has Chinese. Returns where nothing can be done."""
    if sys.platform == "win32" or not sys.executable:  # Windows keeps names as text
        return
    coding = sys.stdout.encoding
    try:
        "决算".encode(coding)
    except (UnicodeEncodeError, LookupError):
        coding = "utf-8"
    environment = {**os.environ, CONSOLE: coding}
    os.execve(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]], environment)
