"""Numbers that other programs keep as text: in charts, and wherever a reader would trust them."""

from __future__ import annotations

import re
from decimal import Decimal

from generator.border.budgets import FIGURE_DECIMALS, FIGURE_DIGITS

_DIGITS = FIGURE_DIGITS + FIGURE_DECIMALS
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,2})?")


def number(text: str) -> Decimal | None:
    """A finite number of sane length and size; None for all else: words, NaN, 1E+999999."""
    if len(text) > _DIGITS or not _NUMBER.fullmatch(text):
        return None
    value = Decimal(text)
    return value if value.adjusted() < FIGURE_DIGITS else None
