"""Sums of 类 and 款 among the rows of a table of 科目: passed over only where the rows below them add up to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from generator.form.value_reading import half_width

_LAST_DIGIT = Decimal("0.005")


def verified_sums(rows: Mapping[int, tuple[str, Mapping[int, str]]], columns: Sequence[int], digits: int) -> set[int]:
    """Numbers of the rows whose code is shorter than `digits` and whose amounts are the sums of what stands below them.

    `rows`: number → code and the texts of its cells. Each rounded term may be half a last digit of 万元 off.
    """
    full = [(code, cells) for code, cells in rows.values() if len(code) == digits]
    return {
        number
        for number, (code, cells) in rows.items()
        if code
        and len(code) < digits
        and any(other.startswith(code) for other, _ in full)
        and all(_adds_up(code, column, cells, full) for column in columns)
    }


def _adds_up(code: str, column: int, cells: Mapping[int, str], full: Sequence[tuple[str, Mapping[int, str]]]) -> bool:
    stated = _amount(cells.get(column, ""))
    parts = [_amount(held.get(column, "")) for other, held in full if other.startswith(code)]
    if stated is None or None in parts:
        return False
    known = [part for part in parts if part is not None]
    return abs(sum(known, Decimal(0)) - stated) <= _LAST_DIGIT * (len(known) + 1)


def _amount(text: str) -> Decimal | None:
    """None for what is no plain number; blank and dashes are nothing."""
    words = half_width(text).replace(",", "").replace(" ", "")
    if words.strip("-—–―/") == "":
        return Decimal(0)
    try:
        return Decimal(words)
    except InvalidOperation:
        return None
