"""Numbers of people in a Word file, each with its place, and what is to be done about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.checks.personal_numbers import MOBILE, PHONE, PersonalNumber, personal_numbers
from generator.diagnostics import Diagnostic, finding
from generator.document.occurrences import Spot
from generator.place import Place
from generator.word_file.marked_file import Marked
from generator.word_file.paragraph import text_of
from generator.word_file.places import Placed, placed_paragraphs


class NumberFound(NamedTuple):
    """`asked`: the words before it ask for a telephone («联系电话：…»)."""

    kind: str
    text: str
    where: Spot
    asked: bool

    @property
    def of_telephone(self) -> bool:
        return self.kind in (PHONE, MOBILE)

    def as_data(self) -> dict[str, object]:
        return {"kind": self.kind, "text": self.text, "asked": self.asked, "where": self.where.as_data()}


def numbers_in(file: Marked) -> list[NumberFound]:
    """In reading order, headers and notes last."""
    return [
        NumberFound(one.kind, one.text, placed.spot, one.labelled and one.kind in (PHONE, MOBILE))
        for placed in placed_paragraphs(file)
        if not placed.contents
        for one in _in_paragraph(placed)
    ]


def _in_paragraph(placed: Placed) -> Iterable[PersonalNumber]:
    """What the heads of a cell say of its number counts as the words before it."""
    text = text_of(placed.element)
    found: dict[tuple[int, int], PersonalNumber] = {}
    for head in placed.heads or ("",):
        for one in personal_numbers(text, head):
            known = found.get((one.start, one.end))
            if known is None or (one.labelled and not known.labelled):
                found[one.start, one.end] = one
    return [found[span] for span in sorted(found)]


def number_findings(found: Iterable[NumberFound], place: Place, *, confirmed: bool) -> Iterator[Diagnostic]:
    """P010 a telephone that the form asks for, P011 another; P012 a number of a person or account, P013 one that was
    `confirmed`."""
    for one in found:
        code = ("P010" if one.asked else "P011") if one.of_telephone else "P013" if confirmed else "P012"
        yield finding(code, place, where=one.where, kind=one.kind, text=one.text)
