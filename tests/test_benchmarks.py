"""The benchmark measures what it says: both candidates print the same words, and the floor is the same package."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

pytest.importorskip("docxtpl", reason="docxtpl is the neighbour that the benchmark measures against")

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
_SAME_WORDS = """
import sys
from run import Candidate
from twin import printed_words
from unit import Benchmark
from floor import put_together, taken_apart
from by_docxtpl import render

candidate = Candidate.of(Benchmark().case(rows=3, pieces=2))
ours, other = candidate.build(), render(candidate.twin.template, candidate.twin.content)
words = printed_words(ours)
assert words == printed_words(other)
assert len(words) > 14 * 4 * 10, len(words)
sys.stdout.buffer.write(len(ours).to_bytes(4, "big") + ours + put_together(taken_apart(ours)))
"""


def run(*command: str) -> bytes:
    """In a process of its own: docxtpl warns of what it uses, and warnings fail this test run."""
    done = subprocess.run([sys.executable, *command], cwd=BENCHMARKS, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout


def test_docxtpl_prints_the_same_words_and_the_floor_is_the_same_package() -> None:
    data = run("-c", _SAME_WORDS)
    size = int.from_bytes(data[:4], "big")
    ours, floor = (zipfile.ZipFile(BytesIO(part)) for part in (data[4 : 4 + size], data[4 + size :]))
    assert ours.namelist() == floor.namelist()
    for name in ours.namelist():
        if not name.endswith(".xlsx"):
            assert ours.read(name) == floor.read(name)


def test_one_command_prints_the_ratios() -> None:
    printed = run("run.py", "--rounds", "1", "--rows", "2", "--table-rows", "2", "--no-cold").decode()
    assert printed.count("本程序 ÷ 下限") == 2
    assert printed.count("docxtpl ÷ 本程序") == 2
    assert "每多一行" in printed
