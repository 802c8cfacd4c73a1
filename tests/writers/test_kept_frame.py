"""A frame is made once and kept in the user's cache folder; what is not to be trusted there is made anew."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from specimen import common_look

from generator.frames import kept_frame
from generator.frames.kept_frame import frame_file, frame_of
from generator.word.look import Look

LOOK = common_look()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JUESUAN_CACHE", str(tmp_path / "cache"))
    frame_of.cache_clear()
    return tmp_path / "cache"


def kept(cache: Path) -> Path:
    (one,) = cache.iterdir()
    return one


def anew(look: Look = LOOK) -> object:
    """As a process that has made none yet."""
    frame_of.cache_clear()
    return frame_of(look)


def test_a_frame_is_kept_and_read_again(cache: Path) -> None:
    made = frame_of(LOOK)
    assert kept(cache).read_bytes() == frame_file(LOOK)
    assert anew() == made


def test_another_look_or_picture_is_another_frame(cache: Path) -> None:
    frame_of(LOOK)
    frame_of(replace(LOOK, line_pitch=600))
    assert len(list(cache.iterdir())) == 2


@pytest.mark.parametrize("harm", [b"", b"PK\3\4 damaged"])
def test_a_damaged_one_is_made_anew(cache: Path, harm: bytes) -> None:
    made = frame_of(LOOK)
    kept(cache).write_bytes(harm)
    assert anew() == made
    assert kept(cache).read_bytes() == frame_file(LOOK)


def test_a_word_file_that_is_no_frame_is_made_anew(cache: Path) -> None:
    from io import BytesIO

    import docx

    made, other = frame_of(LOOK), BytesIO()
    docx.Document().save(other)
    kept(cache).write_bytes(other.getvalue())
    assert anew() == made


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the folder for its user")
def test_what_another_user_could_have_written_is_not_read(cache: Path) -> None:
    frame_of(LOOK)
    honest = kept(cache).read_bytes()
    strange = frame_file(replace(LOOK, line_pitch=600))
    for spot, mode in ((cache, 0o777), (kept(cache), 0o666)):
        kept(cache).write_bytes(strange)
        usual = spot.stat().st_mode
        spot.chmod(mode)
        assert 'w:linePitch="579"' in anew().upright.grid  # type: ignore[attr-defined]
        spot.chmod(usual)
    outside = cache.with_name("elsewhere")
    cache.rename(outside)
    cache.symlink_to(outside)
    assert 'w:linePitch="579"' in anew().upright.grid  # type: ignore[attr-defined]
    assert honest != strange


def test_only_so_many_are_kept(cache: Path) -> None:
    cache.mkdir(mode=0o700)
    for number in range(40):
        (cache / f"{number}.docx").write_bytes(b"")
        os.utime(cache / f"{number}.docx", (number, number))
    frame_of(LOOK)
    held = sorted(path.stem for path in cache.iterdir())
    assert len(held) == 32 and "39" in held and "8" not in held


def test_nowhere_to_keep_it(cache: Path) -> None:
    cache.write_text("a file stands there", encoding="utf-8")
    assert frame_of(LOOK).relations


def test_a_kept_frame_needs_no_python_docx(cache: Path) -> None:
    """Importing it would cost a cold command more than a small report."""
    frame_of(LOOK)
    helpers = Path(__file__).resolve().parents[1] / "helpers"
    program = (
        f"import sys; sys.path.insert(0, {str(helpers)!r})\n"
        "from specimen import common_look, specimen\nfrom generator.writers.docx import write_docx\n"
        "write_docx(specimen(), common_look())\nprint('docx' in sys.modules)"
    )
    root = Path(kept_frame.__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, "-c", program]
    run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert (run.stdout.strip(), run.stderr) == ("False", "")
