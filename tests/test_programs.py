"""Other programs run, bounded, and nothing of what they used stays."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from generator import programs
from generator.programs import Bounded, Limits, run_bounded


def test_run_gives_output_and_code() -> None:
    end = programs.run([sys.executable, "-c", "print('好'); raise SystemExit(3)"], 20)
    assert (end.code, end.output.strip()) == (3, "好")
    assert programs.run(["no-such-program"], 20).code is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on Windows")
def test_run_stops_a_program_and_its_children_after_their_time(tmp_path: Path) -> None:
    """The pipe ends when nobody holds it any more: the grandchild is gone before it could say more."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    listening = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    grandchild = "echo alive; sleep 30; echo survived"
    assert programs.run(["sh", "-c", f"(sh -c '{grandchild}') > '{pipe}' & wait"], 1).code is None
    os.set_blocking(listening, True)
    with open(listening, encoding="utf-8") as heard:
        assert heard.read() == "alive\n"


def test_a_companion_answers_line_by_line_and_ends_with_its_input() -> None:
    code = "import sys\nfor line in sys.stdin: print(line.strip()[::-1], flush=True)"
    companion = programs.Companion([sys.executable, "-c", code])
    assert companion.ask("决算", 20) == "算决"
    companion.close(20)
    assert companion.hear(1) == ""


def test_temporary_folder_is_gone_afterwards() -> None:
    with programs.temporary_folder() as folder:
        (folder / "a.txt").write_bytes(b"x")
    assert not folder.exists()


# -- limits: the system's own, and the watchdog of systems that have none ---------------------------------------------
SPIN = "while True: pass"
GROW = "import time\nkept = []\nwhile True: kept.append(bytearray(1 << 24)); time.sleep(0.01)"


@pytest.fixture(params=["the system", "the watchdog"])
def whoever_limits(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "the watchdog":
        monkeypatch.setenv(programs.WATCH_VARIABLE, "1")
    return str(request.param)


def bounded(code: str, limits: Limits) -> Bounded:
    return run_bounded([sys.executable, "-c", code], limits, os.environ, out_of_memory=71)


def test_a_program_that_stays_below_its_limits_ends_by_itself(whoever_limits: str) -> None:
    said = "import sys; print('好'); print('不好', file=sys.stderr); raise SystemExit(2)"
    ended = bounded(said, Limits(20, 1 << 30))
    assert (ended.code, ended.exceeded) == (2, "")
    assert (ended.output.split(), ended.errors.split()) == (["好".encode()], ["不好".encode()])


def test_a_program_that_computes_on_and_on_is_ended(whoever_limits: str) -> None:
    assert bounded(SPIN, Limits(1, 1 << 30)).exceeded == "seconds"


def test_a_program_that_takes_more_and_more_memory_is_ended(whoever_limits: str) -> None:
    """Under the system's limit Python is told, and says so; the watchdog sees it."""
    code = (
        GROW if whoever_limits == "the watchdog" else f"try:\n exec({GROW!r})\nexcept MemoryError: raise SystemExit(71)"
    )
    assert bounded(code, Limits(20, 300 << 20)).exceeded == "memory"


def test_a_program_that_breaks_off_is_told_from_one_that_ends() -> None:
    assert bounded("import os; os.abort()", Limits(20, 1 << 30)).exceeded == "crash"


def test_inside_a_bounded_program_another_may_have_more() -> None:
    """LibreOffice asks for more memory than a pack may have."""
    code = f"""
from generator.programs import Limits, run
print(run(["sh", "-c", "ulimit -S -v; ulimit -S -t"], 20, limits=Limits(77, {3 << 30})).output)
"""
    assert bounded(code, Limits(20, 1 << 30)).output.split() == [str(3 << 20).encode(), b"77"]


# -- folders ----------------------------------------------------------------------------------------------------------
def leavings(root: Path) -> list[str]:
    return sorted(path.name for path in root.iterdir())


def test_the_folder_of_a_killed_program_is_cleared_and_that_of_a_living_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    holds = """
import os, signal, sys
from generator.programs import temporary_folder
with temporary_folder() as folder:
    (folder / "报告.docx").write_bytes(b"x")
    print(folder.name, flush=True)
    sys.stdin.readline()
    os.kill(os.getpid(), signal.SIGKILL)
"""
    living = subprocess.Popen(
        [sys.executable, "-c", holds],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    assert living.stdout is not None
    name = living.stdout.readline().decode().strip()
    (tmp_path / "juesuan-of-somebody-else").mkdir()
    kept = [name, f"{name}.lock", "juesuan-of-somebody-else"]
    with programs.temporary_folder():
        assert set(kept) <= set(leavings(tmp_path))
    assert leavings(tmp_path) == sorted(kept)
    living.communicate(b"end\n")
    assert leavings(tmp_path) == sorted(kept)
    with programs.temporary_folder() as folder:
        assert leavings(tmp_path) == sorted(["juesuan-of-somebody-else", folder.name, f"{folder.name}.lock"])
    assert leavings(tmp_path) == ["juesuan-of-somebody-else"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the desktop's own opener")
def test_a_file_is_opened_by_the_person_s_own_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "填报 2024.xlsx"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not programs.open_for_person(file), "there is no desktop"
    opener = tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > "{tmp_path}/opened"\n')
    opener.chmod(0o755)
    assert programs.open_for_person(file)
    assert (tmp_path / "opened").read_text() == str(file)
    opener.write_text("#!/bin/sh\nexit 3\n")
    assert not programs.open_for_person(file)
