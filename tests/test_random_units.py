"""Units drawn at random from every pack, amounts on the edges: no document contradicts itself or what was typed.

Five of each example here; thousands by `tests/long/one_voice.py`.
"""

from __future__ import annotations

import pytest
from one_voice import judged
from random_units import NAMES, units
from second_hand import wrong_prints

from generator.writers.docx import write_docx


@pytest.mark.parametrize("name", NAMES)
def test_one_voice(name: str) -> None:
    documents = [judged(unit) for unit in units((name,), 1, 5) if unit.examined is not None]
    assert len(documents) == 5
    assert [wrong for one in documents for wrong in one.wrong] == []
    assert sum(one.prints for one in documents) > 200


def test_a_wrong_figure_would_be_seen() -> None:
    """What was typed is changed behind the document's back."""
    (unit,) = units(("heshuo-2018",), 1, 1)
    assert unit.examined is not None
    docx = write_docx(unit.examined.document, unit.examined.case.pack.look, pages=None)
    texts = dict(unit.texts)
    line = next(
        line for line in texts["收支.yaml"].splitlines() if "本年收入" in line or ("收入" in line and "." in line)
    )
    key, _, amount = line.rpartition(": ")
    texts["收支.yaml"] = texts["收支.yaml"].replace(line, f"{key}: '{float(amount.strip(chr(39))) + 1000000:.2f}'", 1)
    assert wrong_prints(texts, docx)[1] != []
