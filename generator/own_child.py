"""The program run again as a child that may use only so much: for packs from outside, and for what the page does."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from generator.programs import Bounded, Limits, run_bounded, temporary_folder

CHILD = "JUESUAN_BOUNDED"
"""In the environment of a command that runs as a bounded child."""
JOB = Limits(seconds=60, memory=2 << 30)
_ROOT = Path(__file__).resolve().parent.parent
_OUT_OF_MEMORY = 71
_CHILD_PROGRAM = f"""
import sys
sys.path[:] = [{str(_ROOT)!r}, *filter(None, sys.path)]
try:
    import generator.cli
    generator.cli.main()
except MemoryError:
    sys.exit({_OUT_OF_MEMORY})
"""
"""Not «-m»: that would look for the program in the folder where the office stands first."""


def run_command(arguments: Sequence[str], coding: str = "utf-8", stop: threading.Event | None = None) -> Bounded:
    """Run `juesuan ARGUMENTS` within `JOB`; what it says is in `coding`. `stop` as in `run_bounded`."""
    command = [sys.executable, "-c", _CHILD_PROGRAM, *arguments]
    try:
        with temporary_folder() as folder:  # the child's own, so that a killed one leaves nothing
            environment = {
                **os.environ,
                **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)),
                CHILD: "1",
                "PYTHONIOENCODING": coding,
            }
            return run_bounded(command, JOB, environment, out_of_memory=_OUT_OF_MEMORY, stop=stop)
    except OSError:
        return Bounded(1, b"", b"", "crash")
