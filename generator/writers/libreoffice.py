"""PDF through LibreOffice: finds it, keeps it running for several documents, and says in Chinese what went wrong.

The conversion goes through UNO, because the plain command loses punctuation at line ends; `uno_worker.py` holds the
reason. LibreOffice itself is optional: without it the .docx is complete and W020 says how to install it.
"""

from __future__ import annotations

import functools
import io
import json
import os
import secrets
import shutil
import sys
import zipfile
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from generator import programs, workspace
from generator.diagnostics import Diagnostic, Outcome, finding
from generator.writers.profile import make_profile

SOFFICE_VARIABLE, PYTHON_VARIABLE = "JUESUAN_SOFFICE", "JUESUAN_UNO_PYTHON"
START_SECONDS = 90.0
LIMITS = programs.Limits(seconds=900, memory=4 << 30)
"""Of LibreOffice itself. One document is stopped after its time; this is for a LibreOffice that nobody waits for any
more. It reserves 1.2 GB of addresses and uses a third of them."""
_SHORT_PATH = 40
"""Letters of a folder whose sockets have names that the system takes: 108 in all, LibreOffice's own are up to 64."""
_WORKER = Path(__file__).with_name("uno_worker.py")
Options = Mapping[str, int]
"""Of LibreOffice's PDF export, switches as True and False. A version that does not know one passes it over."""

PLAIN: Options = {"ExportBookmarksToPDFDestination": True}
TAGGED: Options = {**PLAIN, "UseTaggedPDF": True, "PDFUACompliance": True}
ARCHIVED: Options = {**TAGGED, "SelectPdfVersion": 2}
"""PDF/A-2b."""


def find_libreoffice() -> Path | None:
    """The program `soffice`; the environment variable JUESUAN_SOFFICE, when set, is the only place looked at."""
    named = os.environ.get(SOFFICE_VARIABLE)
    if named is not None:
        return Path(named) if Path(named).is_file() else None
    if sys.platform == "win32":
        roots = [os.environ.get(name) for name in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)")]
        # soffice.com waits for the end of the conversion, soffice.exe need not.
        places = [
            Path(root, "LibreOffice", "program", program)
            for root in roots
            if root
            for program in ("soffice.com", "soffice.exe")
        ]
    elif sys.platform == "darwin":
        places = [Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")]
    else:
        places = [Path("/usr/lib/libreoffice/program/soffice"), Path("/usr/lib64/libreoffice/program/soffice")]
        places += sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)
    for command in ("soffice", "libreoffice"):
        found = shutil.which(command)
        if found:
            return Path(found)
    return next((place for place in places if place.is_file()), None)


@functools.cache
def _uno_python(soffice: Path, named: str | None) -> Path | None:
    """A Python that can `import uno` for this LibreOffice: its own when it brings one, else the system's."""
    if named is not None:
        candidates = [Path(named)]
    else:
        program = soffice.resolve().parent
        candidates = [
            program / "python.exe",
            program / "python",
            program.parent / "Resources" / "python",
            Path("/usr/bin/python3"),
            Path(sys.executable),
        ]
    for python in candidates:
        if python.is_file() and programs.run([python, "-c", "import uno"], 20, _clean_environment()).code == 0:
            return python
    return None


def has_uno(soffice: Path) -> bool:
    """Whether the conversion goes through UNO (W024 when not)."""
    return _uno_python(soffice, os.environ.get(PYTHON_VARIABLE)) is not None


def _clean_environment() -> dict[str, str]:
    """Ours without what would make another Python load our packages."""
    ours = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")
    return {name: value for name, value in os.environ.items() if name not in ours}


def keeping_to(folder: Path) -> dict[str, str]:
    """The environment of a LibreOffice that keeps its own temporary files in this folder of ours, too."""
    names = ["TMPDIR", "TEMP", "TMP"]
    if len(str(folder)) <= _SHORT_PATH:
        names.append("OSL_SOCKET_PATH")
    return {**_clean_environment(), **dict.fromkeys(names, str(folder))}


@dataclass(frozen=True, slots=True)
class _Job:
    source: Path
    target: Path
    options: Options

    def line(self) -> str:
        return json.dumps({"source": str(self.source), "target": str(self.target), "options": self.options})


class Converter:
    """One LibreOffice for several documents; started at the first, gone with the `with` block.

    Its profile is its own, so any number may run side by side: two calls on one profile fail without a word. A single
    converter belongs to one thread.
    """

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._worker: programs.Companion | None = None

    def __enter__(self) -> Converter:
        self._soffice = find_libreoffice()
        self._folder = self._stack.enter_context(programs.temporary_folder())
        if self._soffice is not None:
            make_profile(self._folder / "profile")
        return self

    def __exit__(self, *_: object) -> None:
        if self._worker is not None:
            self._worker.close(15)
            self._worker = None
        self._stack.close()

    @property
    def available(self) -> bool:
        """Whether there is a LibreOffice at all."""
        return self._soffice is not None

    def to_pdf(self, docx: bytes, *, options: Options = PLAIN, timeout: float = 120) -> Outcome[bytes | None]:
        """The PDF, every bookmark a named destination.

        Findings: W020–W024. No PDF always comes with an error.
        """
        if self._soffice is None:
            return Outcome(None, (finding("W020"),))
        # LibreOffice makes an empty page of an empty file and says nothing.
        if not zipfile.is_zipfile(io.BytesIO(docx)):
            return Outcome(None, (finding("W021"),))
        from generator.writers.without_links import BrokenPackageError, without_links  # lxml takes its time to load

        try:
            copy = without_links(docx)
        except BrokenPackageError:
            return Outcome(None, (finding("W021"),))
        try:
            with programs.temporary_folder() as folder:
                source, target = folder / "document.docx", folder / "document.pdf"
                workspace.save(source, copy)
                python = _uno_python(self._soffice, os.environ.get(PYTHON_VARIABLE))
                if python is None:
                    problem = self._plainly(self._soffice, source, target, options, timeout)
                else:
                    problem = self._through_uno(self._soffice, python, _Job(source, target, options), timeout)
                if problem is not None:
                    return Outcome(None, (problem,))
                pdf = workspace.read_bytes(target)
        except workspace.WorkspaceError:
            return Outcome(None, (finding("W023", reason="临时文件夹不能读写"),))
        if not pdf.startswith(b"%PDF-"):
            return Outcome(None, (finding("W023", reason="结果文件是空的"),))
        return Outcome(pdf, (finding("W024"),) if python is None else ())

    def _through_uno(self, soffice: Path, python: Path, job: _Job, timeout: float) -> Diagnostic | None:
        used_before = self._worker is not None
        if self._worker is None:
            pipe = f"juesuan{secrets.token_hex(8)}"
            command: list[str | Path] = [python, _WORKER, soffice, self._folder / "profile", pipe]
            try:
                self._worker = programs.Companion(command, keeping_to(self._folder), LIMITS)
            except OSError:
                return finding("W023", reason="UNO 程序没有启动")
            state = _state(self._worker.hear(START_SECONDS))
            if state != "ready":
                self._drop_worker()
                return finding("W023", reason="LibreOffice 没有启动")
        reply = self._worker.ask(job.line(), timeout)
        state = _state(reply)
        if state == "done":
            return None
        if state == "unreadable":
            return finding("W021")
        if state == "failed":
            return finding("W023", reason="LibreOffice 报告导出失败")
        # No answer, or its end: the next document gets a new one.
        self._drop_worker()
        if reply is None:
            return finding("W022", seconds=f"{timeout:g}")
        if used_before:  # not by this document: after many its processor time is up
            return self._through_uno(soffice, python, job, timeout)
        return finding("W023", reason="LibreOffice 在转换时意外退出")

    def _drop_worker(self) -> None:
        if self._worker is not None:
            self._worker.stop()
            self._worker = None

    def _plainly(
        self, soffice: Path, source: Path, target: Path, options: Options, timeout: float
    ) -> Diagnostic | None:
        """Bare `--convert-to`. Options in JSON are new in LibreOffice 7.4; older ones get none, and no destinations."""
        profile = (self._folder / "profile").as_uri()
        for form in (_spelled(options), "pdf"):
            command: list[str | Path] = [
                soffice,
                f"-env:UserInstallation={profile}",
                "--headless",
                "--norestore",
                "--nolockcheck",
            ]
            command += ["--infilter=MS Word 2007 XML", "--convert-to", form, "--outdir", target.parent, source]
            end = programs.run(command, timeout, keeping_to(self._folder), LIMITS)
            if target.is_file():
                return None
            if end.code is None:
                return finding("W022", seconds=f"{timeout:g}")
        if "could not be loaded" in end.output:
            return finding("W021")
        return finding("W023", reason="LibreOffice 没有启动")


def _state(reply: str | None) -> str:
    try:
        answer = json.loads(reply or "")
    except ValueError:
        return ""
    return str(answer.get("state", "")) if isinstance(answer, dict) else ""


def _spelled(options: Options) -> str:
    """As `--convert-to` takes them."""
    typed = {
        name: {"type": "boolean", "value": str(value).lower()}
        if isinstance(value, bool)
        else {"type": "long", "value": str(value)}
        for name, value in options.items()
    }
    return f"pdf:writer_pdf_Export:{json.dumps(typed)}"
