"""A few broken and hostile inputs of every kind; thousands by `tests/long/fuzz.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzzing import KINDS, attempts

from generator.writers.libreoffice import SOFFICE_VARIABLE


@pytest.mark.parametrize("kind", KINDS)
def test_each_is_answered(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SOFFICE_VARIABLE, "/nowhere/soffice")
    count = 3 if kind == "packs" else 8
    found = attempts(kind, 1, count, tmp_path)
    assert [one for one in found.faults if one.what in ("traceback", "lost")] == []
    assert found.attempts == count
