"""The shipped examples as Word files, page numbers left out: `verify` reads no contents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.pack import PackRoots
from generator.pipeline import examine
from generator.writers.docx import write_docx

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
NAMES = tuple(sorted(folder.name for folder in INPUTS.iterdir() if folder.is_dir()))


def built(name: str, *, publish: bool = False) -> bytes:
    """One example's document; findings do not matter here."""
    made = examine(INPUTS / name, PackRoots.with_own(())).value
    assert made is not None, name
    look = made.case.pack.look
    return write_docx(made.document, look, pages={}, publish=publish, draft=False)


def built_examples(names: Iterable[str] = ()) -> Iterator[tuple[str, bytes]]:
    for name in tuple(names) or NAMES:
        yield name, built(name)
