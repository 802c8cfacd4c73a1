"""Runs commands of the program and kills them while they save: the power is cut, the machine hangs, 任务管理器 ends it.

A script of its own, so that forking meets no thread of the test run; the program is imported once, and each run is a
fork of it. Input lines: {"folder": path, "arguments": [word, …], "at": number}. The command is run in the folder and
ends by SIGKILL at the step of that number: a write not begun, a write half done, an fsync, a rename, a folder or file
made or removed, a mode changed. Output lines:
{"killed": what step that was} or, when the command has fewer steps than that, {"status": its exit status}.

The steps are found by watching what Python asks of the system, not by knowing how the program saves.
"""

from __future__ import annotations

import builtins
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parents[2]


class Killing:
    """The test's end: `run` a command in a folder, to its end or to one of its steps."""

    def __init__(self) -> None:
        # Its pack comes by --templates, but it is to be killed here, not to wait for a child that saves (`bounded`).
        bounded = {"JUESUAN_BOUNDED": "1"}
        environment = {**os.environ, **bounded, "PYTHONPATH": str(ROOT), "JUESUAN_SOFFICE": "/nowhere/soffice"}
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
        )

    def run(self, folder: Path, *arguments: str, at: int = 0) -> str:
        """The step that it was killed at; "" when it came to its end, which must be a good one. `at` 0: not killed."""
        assert self._process.stdin is not None and self._process.stdout is not None
        wanted = {"folder": str(folder), "arguments": arguments, "at": at}
        print(json.dumps(wanted), file=self._process.stdin, flush=True)
        answer = json.loads(self._process.stdout.readline())
        assert answer.get("status", 0) == 0, answer
        return str(answer.get("killed", ""))

    def close(self) -> None:
        self._process.communicate()


class Steps:
    """Counts what is done to files below the folder, and ends the process at the step of that number."""

    def __init__(self, folder: Path, at: int, tell: Callable[[str], object]) -> None:
        self.folder, self.at, self.tell, self.count = folder, at, tell, 0

    def watch(self) -> None:
        builtins.open = io.open = self._opening(io.open)  # type: ignore[assignment]
        for name in ("write", "sendfile", "copy_file_range", "fsync"):
            if hasattr(os, name):
                setattr(os, name, self._before(name, getattr(os, name)))
        sys.addaudithook(self._asked)

    def _reached(self, step: str) -> bool:
        self.count += 1
        if self.count == self.at:
            self.tell(step)
        return self.count == self.at

    def _before(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def done(file: int, *arguments: Any) -> Any:
            if self._holds(file) and self._reached(name):
                die()
            return real(file, *arguments)

        return done

    def _holds(self, file: int) -> bool:
        """Whether this open file stands below the folder."""
        status = os.fstat(file)
        return any(os.path.samestat(status, path.stat()) for path in self.folder.rglob("*"))

    def _asked(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "os.rename":
            step = f"rename to {Path(arguments[1]).name}"
        elif event in ("os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.link", "os.symlink", "os.truncate"):
            step = event.removeprefix("os.")
        else:
            return
        # What is removed inside a folder is named alone.
        below = self.folder in Path(os.path.abspath(arguments[0])).parents
        if below and self._reached(step):
            die()

    def _opening(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def opened(file: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
            ours = set(mode) & set("wax+") and not isinstance(file, int) and self.folder in Path(file).resolve().parents
            if ours and self._reached("open"):
                die()
            stream = real(file, mode, *more, **named)
            if ours:
                stream.write = self._torn(stream)
            return stream

        return opened

    def _torn(self, stream: Any) -> Callable[[Any], int]:
        whole = stream.write

        def write(data: Any) -> int:
            if self._reached("write not begun"):
                die()
            if self._reached("write half done"):
                whole(data[: len(data) // 2])
                stream.flush()
                die()
            return int(whole(data))

        return write


def die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("SIGKILL cannot be survived")


def killed(folder: Path, arguments: list[str], at: int) -> dict[str, object]:
    """One fork, watched to its end."""
    told, telling = os.pipe()
    tell = os.write
    child = os.fork()
    if child == 0:
        Steps(folder, at, lambda step: tell(telling, step.encode())).watch()
        os._exit(command(folder, arguments))
    os.close(telling)
    with open(told, encoding="utf-8") as pipe:
        step = pipe.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return {"killed": step} if status == -signal.SIGKILL else {"status": status}


def command(folder: Path, arguments: list[str]) -> int:
    from generator.cli import main

    os.chdir(folder)
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        try:
            main(arguments)
        except SystemExit as end:
            return int(end.code or 0)
    return 0


def serve() -> None:
    for line in sys.stdin:
        wanted = json.loads(line)
        folder, arguments, at = Path(wanted["folder"]), wanted["arguments"], wanted["at"]
        # What is not killed runs in this process: all that it imports is there for the forks.
        answer = killed(folder, arguments, at) if at else {"status": command(folder, arguments)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    serve()
