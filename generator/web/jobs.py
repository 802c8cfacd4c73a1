"""What the page has done: commands run in a bounded child, one after the other, with an end that can be asked for.

The page does nothing that a command does not do: it hands over the words of a command line, and shows what it said.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from generator.own_child import JOB, run_command
from generator.workspace import now

State = Literal["waiting", "running", "done", "stopped", "failed"]
_MADE = re.compile(r"^(?:已生成|已写入|核对意见|新的工作簿|更正对照表)：(.+)$", re.MULTILINE)
_ENDINGS: dict[str, str] = {
    "seconds": f"用了 {JOB.seconds} 秒还没有做完，已经停止，没有生成新文件。",
    "memory": f"要用的内存超过 {JOB.memory >> 30} GB，已经停止，没有生成新文件。",
    "crash": "程序自己出了错，不是您填错了。您的文件没有改动。请把下面这段复制给技术人员。",
    "stopped": "已取消。没有生成新文件，原来的文件没有改动。",
}


@dataclass
class Job:
    """One command on its way. `title`: what it does, as a button says it; `back`: the page to go on from."""

    number: int
    title: str
    words: tuple[str, ...]
    back: str
    then: str = ""
    """The page that shows what came of it, instead of the job's own."""
    state: State = "waiting"
    said: str = ""
    """What the command said, or why it ended without saying anything."""
    fine: bool = False
    started: str = ""
    _stop: threading.Event = field(default_factory=threading.Event)

    @property
    def ended(self) -> bool:
        return self.state in ("done", "stopped", "failed")

    def made(self) -> list[Path]:
        """The files of which the command says that it has made them."""
        return [Path(one.strip()) for line in _MADE.findall(self.said) for one in line.split("、")]

    def cancel(self) -> None:
        self._stop.set()

    def run(self) -> None:
        if self._stop.is_set():
            self.state, self.said = "stopped", _ENDINGS["stopped"]
            return
        self.state, self.started = "running", now().strftime("%H:%M:%S")
        ended = run_command(self.words, stop=self._stop)
        said = (ended.output + ended.errors).decode("utf-8", "replace").replace("\r\n", "\n")
        if ended.exceeded:
            ending = _ENDINGS[ended.exceeded]
            self.said = f"{ending}\n{said}" if ended.exceeded == "crash" else ending
            self.state = "stopped" if ended.exceeded == "stopped" else "failed"
            return
        self.said, self.fine, self.state = said, ended.code == 0, "done"


class Jobs:
    """All that was asked for since the page was opened."""

    def __init__(self) -> None:
        self._all: list[Job] = []
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="job")

    def start(self, title: str, words: Sequence[str], back: str, then: str = "") -> Job:
        """The same work twice is one work: the second asking leads to the first."""
        with self._lock:
            same = (one for one in self._all if one.words == tuple(words) and not one.ended)
            found = next(same, None)
            if found is not None:
                return found
            job = Job(len(self._all) + 1, title, tuple(words), back, then)
            self._all.append(job)
        self._worker.submit(job.run)
        return job

    def get(self, number: int) -> Job | None:
        return self._all[number - 1] if 0 < number <= len(self._all) else None

    def going_on(self) -> list[Job]:
        return [one for one in self._all if not one.ended]

    def close(self) -> None:
        for job in self.going_on():
            job.cancel()
        self._worker.shutdown(wait=True, cancel_futures=True)
