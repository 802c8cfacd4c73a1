"""One cell mistyped: the figure that all broken identities ask of it, and by what slip it came to be another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.causes.identities import Identities
from generator.causes.repair import Repair
from generator.causes.typed_tables import Spot, TypedCell
from generator.quantity import EXACT

_MOST_IDENTITIES, _MOST_PARTS = 40, 80
_SLIPS_OF_A_CELL = 100
_NUMBER = re.compile(r"-?[\d,]*\d(?:\.\d+)?")
COST_SLIP, COST_WRONG, COST_BELOW = 12, 28, 40


@dataclass(frozen=True, slots=True)
class Slip:
    """`meant`: the figure in the unit that is typed there. `alone`: no other slip leaves the same difference."""

    words: str
    meant: Decimal
    alone: bool = False


def single_cells(identities: Identities, cells: Mapping[str, TypedCell]) -> Iterator[Repair]:
    """C064."""
    seen: dict[str, list[Decimal]] = {}
    used: dict[Spot, set[Decimal]] = {}
    for typed in cells.values():
        if not typed.blank:
            used.setdefault(typed.spot[:-1], set()).add(typed.value)
    for number in sorted(identities.broken)[:_MOST_IDENTITIES]:
        one = identities.all[number]
        for name in list(one.parts)[:_MOST_PARTS]:
            cell = cells.get(name)
            # a whole row of blanks is no cell that was forgotten
            if cell is None or (cell.blank and cell.spot[:-1] not in used):
                continue
            for change in identities.implied(name, {}, (number,)):
                below = cell.value + change < 0 <= cell.value and (not cell.value or change != -2 * cell.value)
                slip = slip_of(cell, (cell.value + change) / cell.scale, one.slack / cell.scale)
                near = 3 * one.slack / cell.scale
                if slip is not None and all(abs(slip.meant - other) > near for other in seen.get(name, ())):
                    seen.setdefault(name, []).append(slip.meant)
                    likely = used.get(cell.spot[:-1], set()) if cell.blank else None
                    yield _told(cell, slip, below, _by_chance(change / cell.scale, len(one.parts)), likely)


def _by_chance(change: Decimal, cells: int) -> bool:
    """Whether a difference so small is what a slip in some of so many cells would leave by chance."""
    return abs(change) * 100 < _SLIPS_OF_A_CELL * cells


def _told(cell: TypedCell, slip: Slip, below: bool, chance: bool, beside: set[Decimal] | None) -> Repair:
    """`below`: an amount below zero would be another mistake: the cell takes part, and cannot be it alone. `beside`:
    for a blank cell, the figures of its row: any figure would do for it, but one of these is likely."""
    said = {
        "label": cell.label or cell.name,
        "given": cell.text or "空白",
        "slip": slip.words,
        "meant": f"{slip.meant:,f}",
    }
    any_figure = slip.words in (WRONG, ONE_DIGIT) or (beside is not None and slip.meant * cell.scale not in beside)
    cost = COST_BELOW if below else COST_WRONG if any_figure or chance else COST_SLIP
    return Repair(
        "C064", said, (cell.place,), {cell.name: slip.meant * cell.scale}, cost, alone=slip.alone and not chance
    )


WRONG, MISSING, LOST, ONE_DIGIT = "填错了", "漏填了", "少打了一位数字", "有一位数字打错了"
_LONGEST = 30
"""Signs of a figure; in longer ones no slip is looked for."""


def slip_of(cell: TypedCell, wanted: Decimal, slack: Decimal) -> Slip | None:
    """How `wanted` became what is typed, both in the typed unit; «填错了» where no slip is known.

    One digit mistyped leaves a difference of one digit and zeros; what can be that is never told as something else
    from one identity alone.
    """
    if cell.blank:
        return Slip(MISSING, _whole(wanted))
    match = _NUMBER.search(cell.text or "")
    if match is None:
        return None
    typed = match[0].replace(",", "")
    places = len(typed.partition(".")[2])
    if len(typed) > _LONGEST:
        return None
    one_digit = len((Decimal(typed) - wanted).normalize().as_tuple().digits) == 1
    for words, meant, sure in _slips(typed) if abs(wanted) > slack else ():  # nothing is no slip of a figure
        if abs(meant - wanted) <= slack and meant != Decimal(typed):
            return Slip(words, _tidy(meant, places), sure and not one_digit)
    meant = _tidy(wanted, places) if places else _whole(wanted)
    return Slip(_difference(typed, f"{meant:.{places}f}"), meant)


def _tidy(value: Decimal, places: int) -> Decimal:
    """With as many decimals as were typed, two at least."""
    return value.quantize(Decimal(1).scaleb(-max(places, 2)), context=EXACT)


def _whole(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), context=EXACT) if value % 1 else value.to_integral_value()


def _slips(typed: str) -> Iterator[tuple[str, Decimal, bool]]:
    """What may have been meant: in what words, the figure, whether that is unmistakable."""
    number = Decimal(typed)
    yield ("丢了负号" if number > 0 else "多了负号"), -number, True
    for power in (1, 2, 3, -1, -2, -3, 4, -4):
        yield "小数点或千位逗号点错了位置" if abs(power) < 4 else "单位不对", number.scaleb(power), False
    digits = [n for n, character in enumerate(typed) if character.isdigit()]
    for near in (True, False):
        for rank, first in enumerate(digits):
            for second in digits[rank + 1 : rank + 2] if near else digits[rank + 2 :]:
                changed = [*typed]
                changed[first], changed[second] = changed[second], changed[first]
                yield "有两个数字写颠倒了", Decimal("".join(changed)), near
    for n in digits[1:]:
        yield "多打了一位数字", Decimal(typed[:n] + typed[n + 1 :]), False


def _difference(typed: str, meant: str) -> str:
    """One digit other, or one lost; else only «填错了»."""
    if len(typed) == len(meant):
        return ONE_DIGIT if sum(a != b for a, b in zip(typed, meant, strict=True)) == 1 else WRONG
    if len(typed) + 1 == len(meant) and any(meant[:n] + meant[n + 1 :] == typed for n in range(len(meant))):
        return LOST
    return WRONG
