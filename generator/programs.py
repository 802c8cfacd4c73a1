"""The only module that runs other programs; it bounds what they may use, and lends them folders that do not stay.

It knows nothing of LibreOffice or packs. Limits are the system's own (`ulimit`) where it has them; besides, whoever
waits for a program looks at what it has used and ends it: on Windows that is the only way.
"""

from __future__ import annotations

import os
import queue
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

WATCH_VARIABLE = "JUESUAN_WATCHDOG"
"""Set to 1: only the watchdog, as on a system without limits of its own."""
_LOOK_EVERY = 0.1
"""Seconds between two looks of the watchdog."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` of processor time and `memory` in bytes, for each process that a program consists of."""

    seconds: int
    memory: int


# -- the person's own programs ----------------------------------------------------------------------------------------
_OPENERS = {"darwin": "open"}
_OPENED_AFTER = 3
"""Seconds after which a program that has not failed has opened the file."""


def open_for_person(path: Path) -> bool:
    """Ask the system to open a file or folder with the program that the person uses for it; False where nobody can.

    Windows looks the program up by the file's ending; elsewhere the desktop does (xdg-open, as 麒麟 and 统信 have it).
    """
    try:
        if sys.platform == "win32":
            os.startfile(path)
            return True
        opener = shutil.which(_OPENERS.get(sys.platform, "xdg-open"))
        if opener is None:
            return False
        silent = subprocess.DEVNULL
        started = subprocess.Popen(
            [opener, str(path)], stdin=silent, stdout=silent, stderr=silent, start_new_session=True
        )
        return started.wait(_OPENED_AFTER) == 0
    except subprocess.TimeoutExpired:
        return True  # some desktops stay with the program that they have started: it is the person's to end
    except OSError:
        return False


# -- folders ----------------------------------------------------------------------------------------------------------
_PREFIX, _LOCK = "juesuan-", ".lock"


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder of our own that is gone afterwards, whatever happens; after a kill the next call clears it.

    A file beside it is locked as long as its maker lives: whose lock can be had belongs to nobody any more.
    """
    root = Path(tempfile.gettempdir()).resolve()
    _clear_leavings(root)
    folder, lock = _locked_name(root)
    try:
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        # LibreOffice may still hold a file of its profile for a moment on Windows: the next run clears that.
        shutil.rmtree(folder, ignore_errors=True)
        _release(lock, folder)


def _locked_name(root: Path) -> tuple[Path, IO[bytes]]:
    while True:
        folder = root / f"{_PREFIX}{secrets.token_hex(8)}"
        path = folder.with_suffix(_LOCK)
        lock = path.open("xb")
        # Between its making and its locking another run may take it for a leaving.
        if _lock(lock) and path.exists():
            return folder, lock
        lock.close()


def _clear_leavings(root: Path) -> None:
    for path in root.glob(f"{_PREFIX}*{_LOCK}"):
        with suppress(OSError):  # another person's
            lock = path.open("r+b")
            if _lock(lock):
                folder = path.with_suffix("")
                shutil.rmtree(folder, ignore_errors=True)
                _release(lock, folder)
            else:
                lock.close()


def _lock(file: IO[bytes]) -> bool:
    """Whether the file is locked now, by us; the system unlocks it when we end, however we end."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _release(lock: IO[bytes], folder: Path) -> None:
    """The lock goes last: as long as something of the folder is left, the next run must find it."""
    path = folder.with_suffix(_LOCK)
    with suppress(OSError):
        if sys.platform != "win32":  # there an open file cannot be deleted; here a closed one might be another's
            if not folder.exists():
                path.unlink(missing_ok=True)
            lock.close()
        else:
            lock.close()
            if not folder.exists():
                path.unlink(missing_ok=True)


# -- programs ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Finished:
    """How a program ended; `code` is None when it had to be stopped after its time, or could not be started."""

    code: int | None
    output: str


def run(
    command: Sequence[str | Path],
    timeout: float,
    environment: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> Finished:
    """Run a program to its end, at most `timeout` seconds; then it is stopped with everything that it started."""
    try:
        process = _start(command, environment, subprocess.STDOUT, limits)
    except OSError:
        return Finished(None, "")
    try:
        output, _ = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        _stop(process)
        output, _ = process.communicate()
        return Finished(None, _text(output))
    except BaseException:
        _stop(process)
        raise
    return Finished(process.returncode, _text(output))


def font_names() -> str | None:
    """The names of all fonts of this machine in one text; None where nobody tells."""
    if sys.platform == "win32":
        # One of the machine, one of this person alone.
        keys = [f"{root}\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Fonts" for root in ("HKLM", "HKCU")]
        ends = [run(["reg", "query", key], 20) for key in keys]
    else:
        ends = [run(["fc-list", ":", "family"], 20)]
    return "\n".join(end.output for end in ends) if ends[0].code == 0 else None


def has_browser() -> bool:
    """Whether a page can be opened for the person."""
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


def _text(output: bytes) -> str:
    return output.decode("utf-8", "replace").replace("\r\n", "\n")


Exceeded = Literal["", "seconds", "memory", "crash", "stopped"]


@dataclass(frozen=True, slots=True)
class Bounded:
    """What a bounded program said, and what ended it: "" it itself, a limit, a person (stopped), or (crash) nobody
    knows."""

    code: int
    output: bytes
    errors: bytes
    exceeded: Exceeded


def run_bounded(
    command: Sequence[str | Path],
    limits: Limits,
    environment: Mapping[str, str],
    *,
    out_of_memory: int,
    stop: threading.Event | None = None,
) -> Bounded:
    """Run a program of ours to its end or to one of its limits. Raises `OSError` when it cannot be started.

    `out_of_memory`: the exit status with which it says that it got no more; 0, 1 and 2 are its own affair. `stop`: set
    by whoever wants it to end now.
    """
    process = _start(command, environment, subprocess.PIPE, limits)
    try:
        exceeded: Exceeded = ""
        while True:
            try:
                output, errors = process.communicate(timeout=_LOOK_EVERY)
                break
            except subprocess.TimeoutExpired:
                asked = stop is not None and stop.is_set()
                exceeded = exceeded or ("stopped" if asked else _beyond(process.pid, limits))
                if exceeded:
                    _stop(process)
    except BaseException:
        _stop(process)
        raise
    code = process.returncode
    return Bounded(code, output, errors, exceeded or _meaning(code, out_of_memory))


def _meaning(code: int, out_of_memory: int) -> Exceeded:
    if code == out_of_memory:
        return "memory"
    if sys.platform != "win32" and code == -signal.SIGXCPU:
        return "seconds"
    return "" if 0 <= code < 3 else "crash"


def _beyond(pid: int, limits: Limits) -> Exceeded:
    used = _used(pid)
    if used is None:
        return ""
    seconds, memory = used
    return "seconds" if seconds > limits.seconds else "memory" if memory > limits.memory else ""


def _used(pid: int) -> tuple[float, int] | None:
    """Processor seconds and bytes in memory of a running process; None where it cannot be said."""
    if sys.platform == "win32":
        return _used_on_windows(pid)
    try:
        # Behind the name, which may hold anything: field 14 and 15 are its times, 24 its pages (proc(5)).
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    ticks, pages = int(fields[11]) + int(fields[12]), int(fields[21])
    return ticks / os.sysconf("SC_CLK_TCK"), pages * os.sysconf("SC_PAGE_SIZE")


def _used_on_windows(pid: int) -> tuple[float, int] | None:
    """GetProcessTimes counts in 100 ns; PROCESS_MEMORY_COUNTERS hold the memory in use (PagefileUsage)."""
    if sys.platform != "win32":
        return None
    import ctypes

    kernel = ctypes.WinDLL("kernel32")
    kernel.OpenProcess.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(kernel.OpenProcess(0x1000 | 0x0010, False, pid))  # query limited information, read
    if not handle:
        return None
    try:
        times = [ctypes.c_ulonglong() for _ in range(4)]  # created, ended, kernel, user
        if not kernel.GetProcessTimes(handle, *(ctypes.byref(one) for one in times)):
            return None
        # Two 32-bit words, then eight sizes of the system's width; the last but one is what it has been given.
        counters = (ctypes.c_size_t * (8 + 8 // ctypes.sizeof(ctypes.c_size_t)))()
        size = ctypes.sizeof(counters)
        ctypes.c_uint32.from_buffer(counters).value = size
        known = kernel.K32GetProcessMemoryInfo(handle, ctypes.byref(counters), size)
        return (times[2].value + times[3].value) / 1e7, int(counters[-2]) if known else 0
    finally:
        kernel.CloseHandle(handle)


class Companion:
    """A program that stays: one line in, one line out."""

    def __init__(
        self,
        command: Sequence[str | Path],
        environment: Mapping[str, str] | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._process = _start(command, environment, subprocess.DEVNULL, limits)
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        # Pipes cannot be waited for with a time limit on Windows; a thread can.
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with suppress(ValueError, OSError):
            for line in self._process.stdout:
                self._answers.put(_text(line).rstrip("\n"))
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
            self._process.stdin.write(f"{line}\n".encode())
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


def _start(
    command: Sequence[str | Path], environment: Mapping[str, str] | None, errors: int, limits: Limits | None
) -> subprocess.Popen[bytes]:
    # The setters are separate: `creationflags` exists on Windows only, sessions on the others.
    hidden = 0x08000000 if sys.platform == "win32" else 0  # CREATE_NO_WINDOW: no black box before the office's eyes
    return subprocess.Popen(
        [*_limiting(limits), *(str(part) for part in command)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=None if environment is None else dict(environment),
        start_new_session=sys.platform != "win32",
        creationflags=hidden,
    )


def _limiting(limits: Limits | None) -> list[str]:
    """What stands before a command so that the system itself limits it.

    The shell becomes the program: number and group of the process stay. Soft limits only, so that LibreOffice inside a
    bounded program may have its own; what a system does not know (memory on macOS) it passes over.
    """
    if limits is None or sys.platform == "win32" or os.environ.get(WATCH_VARIABLE) == "1":
        return []
    numbers = (("c", 0), ("t", limits.seconds), ("v", limits.memory // 1024))
    set_all = "".join(f"ulimit -S -{letter} {number} 2>/dev/null || :; " for letter, number in numbers)
    return ["/bin/sh", "-c", f'{set_all}exec "$0" "$@"']


def _stop(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
