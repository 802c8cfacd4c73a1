"""A real LibreOffice for tests: opens a Word file, does what a person would do, saves it as Word again.

The fixture `office` (tests/conftest.py) starts one for the whole run:

    saved = office.round_trip(docx)
    accepted, rejected = office.accept_all(docx), office.reject_all(docx)
    edited = office.edit(docx, [replace("91.68", "92.68"), paragraph_after("收入支出决算总体情况", "新的一段。")])
    pdf = office.to_pdf(docx)
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from generator.programs import Companion

_WORKER = Path(__file__).with_name("office_worker.py")
_WAIT = 120.0

Step = tuple[str | int | bool, ...]
"""A method of `office_worker.Editing` and its arguments."""


def replace(old: str, new: str) -> Step:
    """At the first place; `old` stands within one paragraph."""
    return ("replace", old, new)


def replace_everywhere(old: str, new: str) -> Step:
    return ("replace_everywhere", old, new)


def paragraph_before(text: str, new: str) -> Step:
    """A paragraph `new` before the one in which `text` first stands."""
    return ("paragraph_before", text, new)


def paragraph_after(text: str, new: str) -> Step:
    return ("paragraph_after", text, new)


def delete_paragraph(text: str) -> Step:
    return ("delete_paragraph", text)


def split(text: str) -> Step:
    """Press Enter behind `text`."""
    return ("split", text)


def bold(text: str) -> Step:
    return ("bold", text)


def highlight(text: str, color: int = 0xFFFF00) -> Step:
    return ("highlight", text, color)


def append_row(text: str, *cells: str) -> Step:
    """A row at the end of the table in which `text` first stands."""
    return ("append_row", text, *cells)


def delete_row(text: str) -> Step:
    return ("delete_row", text)


def record(on: bool = True) -> Step:
    """Later steps are recorded as tracked changes."""
    return ("record", on)


class Office:
    """One LibreOffice, started at the first document. Raises `RuntimeError` with its words when it fails."""

    def __init__(self, soffice: Path, folder: Path) -> None:
        self._soffice, self._folder = soffice, folder
        self._worker: Companion | None = None
        self._count = 0

    def close(self) -> None:
        if self._worker is not None:
            self._worker.close(15)
            self._worker = None

    def round_trip(self, docx: bytes) -> bytes:
        """Opened and saved."""
        return self.edit(docx, ())

    def accept_all(self, docx: bytes) -> bytes:
        return self.edit(docx, [("accept_all",)])

    def reject_all(self, docx: bytes) -> bytes:
        return self.edit(docx, [("reject_all",)])

    def edit(self, docx: bytes, steps: Sequence[Step]) -> bytes:
        return self._through(docx, steps, "docx")

    def to_pdf(self, docx: bytes, steps: Sequence[Step] = ()) -> bytes:
        """Tracked changes are drawn in colour."""
        return self._through(docx, steps, "pdf")

    def saved_as(self, docx: bytes, suffix: str) -> bytes:
        """Opened and saved as «doc», «odt», «docx»."""
        return self._through(docx, (), suffix)

    def _through(self, docx: bytes, steps: Sequence[Step], suffix: str) -> bytes:
        self._count += 1
        source, target = self._folder / f"{self._count}.docx", self._folder / f"{self._count}-saved.{suffix}"
        source.write_bytes(docx)
        job = {"source": str(source), "target": str(target), "steps": [list(step) for step in steps]}
        answer = json.loads(self._started().ask(json.dumps(job), _WAIT) or '{"state": "failed", "reason": "no answer"}')
        if answer["state"] != "done":
            raise RuntimeError(answer["reason"])
        saved = target.read_bytes()
        source.unlink()
        target.unlink()
        return saved

    def _started(self) -> Companion:
        if self._worker is None:
            environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
            pipe = f"juesuantest{secrets.token_hex(8)}"
            command = [uno_python(), _WORKER, self._soffice, self._folder / "profile", pipe]
            self._worker = Companion(command, environment)
            if json.loads(self._worker.hear(_WAIT) or '{"state": ""}')["state"] != "ready":
                raise RuntimeError("LibreOffice did not start")
        return self._worker


def uno_python() -> Path:
    """A Python that can `import uno`; raises `LookupError`."""
    for python in (Path("/usr/bin/python3"), Path(sys.executable)):
        if (
            python.is_file()
            and subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode == 0
        ):
            return python
    raise LookupError("no Python with uno (python3-uno)")
