"""Files that the browser sends: a copy is kept in the work folder, under its own name made harmless."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from generator.names import fitting, safe_file_name
from generator.saving import save_new
from generator.web.jobs import Job
from generator.workspace import WorkspaceError, read_bytes


class NotTakenError(Exception):
    """What was sent is not taken. `title`: of the page; `words`: why."""

    def __init__(self, title: str, words: str) -> None:
        super().__init__(words)
        self.title, self.words = title, words


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was put on the page and what `juesuan identify` says of it."""

    number: int
    file: str
    kind: str
    words: str
    pack: str
    unit: str
    year: str
    report: bool


class ReceivedFiles:
    """What was put on the page at once. The files lie in the session's own folder, until something is done with them:
    then a copy comes to the work folder."""

    def __init__(self, number: int, files: Sequence[Path], job: Job) -> None:
        self.number, self.files, self._job = number, files, job

    def told(self) -> list[Received] | None:
        """None while nobody has looked at them."""
        if not self._job.fine:
            return None
        said = json.loads(self._job.said)["files"]
        keys = ("file", "kind", "words", "pack", "unit", "year", "report")
        return [Received(at, *(one[key] for key in keys)) for at, one in enumerate(said)]

    async def kept(self, number: str, folder: Path) -> Path:
        """A copy in the work folder."""
        if not number.isdecimal() or int(number) >= len(self.files):
            raise NotTakenError("没有文件", "请先选一个文件。")
        file = self.files[int(number)]
        try:
            data = await run_in_threadpool(read_bytes, file)
            return await run_in_threadpool(_save_beside, folder, file.stem, file.suffix, data)
        except WorkspaceError as error:
            raise NotTakenError("没有收下", error.diagnostic.message) from None


async def kept_files(given: Iterable[object], folder: Path, endings: Sequence[str]) -> list[Path]:
    """All of them; a field that was left empty sends a file without a name."""
    chosen = [one for one in given if isinstance(one, UploadFile) and one.filename]
    return [await kept_file(one, folder, endings) for one in chosen]


async def kept_file(given: object, folder: Path, endings: Sequence[str]) -> Path:
    """The copy; nothing is overwritten, and the same file twice is one copy."""
    if not isinstance(given, UploadFile) or not given.filename:
        raise NotTakenError("没有文件", "请先选一个文件。")
    name = Path(given.filename.replace("\\", "/")).name
    if not name.lower().endswith(tuple(endings)):
        raise NotTakenError("不是这里要的文件", f"这里收 {'、'.join(endings)} 文件，“{name}”不是。文件没有收下。")
    stem, ending = safe_file_name(Path(name).stem, ()), Path(name).suffix.lower()
    data = await given.read()
    try:
        return await run_in_threadpool(_save_beside, folder, stem, ending, data)
    except WorkspaceError as error:
        raise NotTakenError("没有收下", error.diagnostic.message) from None


def _save_beside(folder: Path, stem: str, ending: str, data: bytes) -> Path:
    """Under a name that is free: «报告.docx», «报告（2）.docx»."""
    for number in range(1, 1000):
        mark = f"（{number}）" if number > 1 else ""
        path = folder / fitting(stem, f"{mark}{ending}")
        if not path.exists():
            return save_new(path, data)
        if read_bytes(path) == data:
            return path
    raise AssertionError(folder)
