"""A page that is really served: `start(folder)`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Served:
    """A running `juesuan serve`. `once`: the address that works once; `root`: that of the pages, when it was opened."""

    folder: Path
    once: str
    process: subprocess.Popen[str]
    root: str = ""

    @property
    def host(self) -> str:
        return self.once.split("/")[2]


def start(folder: Path) -> Served:
    command = [sys.executable, "-c", "from generator.cli import main; main()", "serve", str(folder), "--no-browser"]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment, cwd=Path(__file__).parents[2]
    )
    assert process.stdout is not None
    found = None
    while found is None:
        line = process.stdout.readline()
        assert line, "the page did not start"
        found = re.search(r"http://\S+", line)
    return Served(folder, found[0], process)


def stop(running: Served) -> None:
    running.process.terminate()
    running.process.wait(30)
    assert running.process.stdout is not None
    running.process.stdout.close()
