"""One document of a random unit, judged twice: from what is printed, and from what was typed."""

from __future__ import annotations

from typing import NamedTuple

from random_units import Unit
from second_hand import wrong_prints

from generator.pipeline import read_again
from generator.verify.verify import verify
from generator.writers.docx import write_docx


class Judged(NamedTuple):
    """`claims` were recomputed from what is printed, `prints` from what was typed; `wrong`: what is not right."""

    claims: int
    prints: int
    wrong: list[str]


def judged(unit: Unit) -> Judged:
    assert unit.examined is not None
    docx = write_docx(unit.examined.document, unit.examined.case.pack.look, pages=None)
    contradictions = [one.message for one in read_again(docx, unit.examined.case) if one.code == "V001"]
    prints, wrong = wrong_prints(dict(unit.texts), docx)
    return Judged(len(verify(docx).claims), prints, contradictions + wrong)
