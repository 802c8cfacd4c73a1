"""What a document says of its own numbers, and what recomputing gives."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from generator.printed.interval import Verdict, exact, scale
from generator.printed.model import PrintedFigure, Spot


class Claim(NamedTuple):
    """One judged claim. `op`: pct_change, pct_change_from_delta, difference, sum, balance, ratio_pct, divide, equal,
    compare. `figures` are the numbers it is recomputed from, `stated` the number that it is about, or `word` the word
    («持平», «没有发生»). `expected`: what the numbers give, as text. `firm`: the document's own structure says that
    these numbers belong together; without it a mismatch is a hint at most. `rule`: the claim in the office's words."""

    op: str
    rule: str
    figures: tuple[PrintedFigure, ...]
    stated: PrintedFigure | None
    verdict: Verdict
    spot: Spot
    expected: str = ""
    word: str = ""
    firm: bool = True

    @property
    def contradicts(self) -> bool:
        return self.firm and self.verdict in (Verdict.FALSE, Verdict.LAST_DIGIT)

    @property
    def rounds(self) -> bool:
        return self.verdict is Verdict.ROUNDING or (
            not self.firm and self.verdict in (Verdict.FALSE, Verdict.LAST_DIGIT)
        )


def shown_as(figure: PrintedFigure) -> str:
    return f"{figure.text}{figure.unit}"


WIDE = Context(prec=60)
"""More digits than anybody prints: an amount of thirty digits is rounded like any other."""


def total_of(parts: tuple[PrintedFigure, ...], stated: PrintedFigure, minus: tuple[PrintedFigure, ...] = ()) -> str:
    """The sum in the unit of `stated`, with all its digits."""
    value = (sum(map(exact, parts)) - sum(map(exact, minus))) / scale(stated)
    return f"{plain(Decimal(value))}{stated.unit}"


def percent_of(part: Decimal, whole: Decimal, step: Decimal) -> str:
    """part ÷ whole as a reader's calculator gives it, to the digits of the printed percentage."""
    if not whole:
        return ""
    return f"{(part * 100 / whole).quantize(min(step, Decimal('0.01')), ROUND_HALF_UP, WIDE)}%"


def plain(value: Decimal) -> str:
    """Without an exponent, without zeros that say nothing beyond two decimals."""
    text = f"{value:f}"
    if "." in text:
        head, _, tail = text.partition(".")
        text = f"{head}.{tail.rstrip('0').ljust(min(2, len(tail)), '0')}".rstrip(".")
    return text
