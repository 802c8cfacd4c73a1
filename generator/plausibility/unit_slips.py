"""Amounts typed in the wrong unit: which cells, by which factor, and by what it shows.

Two witnesses. An identity that does not hold, and holds to the cent when one cell, one table or one file is read in
another unit: that is certain. Two figures of one item (this year's, last year's, the budget) that lie thousands of
times apart: that is likely near a power of ten that parts two units, and otherwise only worth a look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.facts.explain import leaves
from generator.facts.fact import Facts
from generator.form.fields import Fields
from generator.form.instances import Instance, instances
from generator.quantity import EXACT, MONEY, Quantity

POWERS = (4, 8, 3)
"""元 and 万元, 万元 and 亿元; 元 and 亿元; 元 and 千元."""
_FEN, _HALF_FEN = Decimal("0.01"), Decimal("0.005")
_FAR, _NEAR = Decimal(1000), Decimal(3)
_SURE = 50
"""So many times what rounding may hide must a corrected amount be: below that, agreement may be chance."""
_SIGNS = {"+": (1, 1), "-": (1, -1), "neg": (-1,), "=": (1,)}


@dataclass(frozen=True, slots=True)
class Slip:
    """`cells` are to be multiplied by ten to the `power` to fit; `other` is what they are held against."""

    cells: tuple[Quantity, ...]
    power: int
    typed: Quantity
    other: Quantity
    certain: bool = False

    @property
    def key(self) -> tuple[frozenset[str], int]:
        return frozenset(cell.name for cell in self.cells), self.power


@dataclass(frozen=True, slots=True)
class FarApart:
    """Two figures of one item whose ratio no unit explains."""

    one: Quantity
    other: Quantity


def coefficients(quantity: Quantity, sign: int = 1) -> list[tuple[Quantity, int]] | None:
    """The cells of which a figure is the sum, each with its sign. None: it is no sum."""
    origin = quantity.origin
    if origin is None:
        return [(quantity, sign)]
    signs = (1,) * len(origin.operands) if origin.operation == "Σ" else _SIGNS.get(origin.operation)
    if signs is None:
        return None
    found: list[tuple[Quantity, int]] = []
    for operand, inner in zip(origin.operands, signs, strict=True):
        parts = coefficients(operand, sign * inner)
        if parts is None:
            return None
        found.extend(parts)
    return found


# -- identities -------------------------------------------------------------------------------------------------------
def slips_of_identities(broken: Iterable[tuple[Quantity, Quantity]]) -> list[Slip]:
    """The cells whose correction makes the most of the broken identities hold.

    One identity alone may be mended on either side; what several have in common decides, then which amount is no whole
    number of 分. Where nothing decides, nothing is said.
    """
    open_ = [found for left, right in broken if (found := mending(left, right))]
    kept: list[Slip] = []
    while open_:
        votes: dict[tuple[frozenset[str], int], int] = {}
        by_key: dict[tuple[frozenset[str], int], Slip] = {}
        for candidates in open_:
            for one in candidates:
                votes[one.key] = votes.get(one.key, 0) + 1
                by_key[one.key] = one
        best = [key for key, count in votes.items() if count == max(votes.values())]
        odd = [key for key in best if any(cell.value % _FEN for cell in by_key[key].cells)]
        chosen = best if len(best) == 1 else odd
        if len(chosen) != 1:
            break
        kept.append(by_key[chosen[0]])
        open_ = [candidates for candidates in open_ if chosen[0] not in {one.key for one in candidates}]
    return kept


def mending(left: Quantity, right: Quantity) -> list[Slip]:
    """The smallest sets of cells (one, those of a table, those of a file) that make the two sides agree."""
    if left.unit != MONEY or right.unit != MONEY:
        return []
    ours, theirs = coefficients(left), coefficients(right, -1)
    if ours is None or theirs is None:
        return []
    parts = [(cell, sign) for cell, sign in (*ours, *theirs) if cell.value and cell.place]
    difference, slack = left.value - right.value, left.error + right.error
    for group in (_by_cell, _by_table, _by_file):
        found = [
            slip
            for members in _grouped(parts, group)
            for power in POWERS
            for slip in _fitting(members, power, difference, slack, right)
        ]
        if found:
            return found
    return []


def _fitting(
    parts: list[tuple[Quantity, int]], power: int, difference: Decimal, slack: Decimal, other: Quantity
) -> Iterator[Slip]:
    together = sum((cell.value * sign for cell, sign in parts), Decimal(0))
    error = sum((cell.error for cell, _ in parts), Decimal(0))
    for signed in (power, -power):
        factor = Decimal(10) ** signed
        rest = difference + EXACT.multiply(together, factor - 1)
        # Who types 43,330 元 as 万元 types 4.33.
        allowed = slack + error * factor + (_HALF_FEN * factor * len(parts) if signed > 0 else 0)
        # A corrected amount that rounding could swallow says nothing: leaving the cell out would mend it as well.
        if abs(rest) <= allowed and abs(together) * factor > _SURE * allowed:
            cells = tuple(cell for cell, _ in parts)
            yield Slip(cells, signed, cells[0], other, certain=True)


def _grouped(
    parts: Iterable[tuple[Quantity, int]], key: Callable[[Quantity], object]
) -> list[list[tuple[Quantity, int]]]:
    groups: dict[object, list[tuple[Quantity, int]]] = {}
    for cell, sign in parts:
        groups.setdefault(key(cell), []).append((cell, sign))
    return list(groups.values())


def _by_cell(cell: Quantity) -> object:
    return cell.name


def table_of(cell: Quantity) -> str:
    """The sheet, or in YAML the first word of the name."""
    return cell.place.sheet or cell.name.partition("[")[0].partition(".")[0]


def _by_table(cell: Quantity) -> object:
    return cell.place.file, table_of(cell)


def _by_file(cell: Quantity) -> object:
    return cell.place.file


# -- figures of one item ----------------------------------------------------------------------------------------------
def slips_of_items(fields: Fields, facts: Facts, known: frozenset[str]) -> tuple[list[Slip], list[FarApart]]:
    """`known`: names of cells that an identity has convicted already."""
    bases: dict[str, list[tuple[Quantity, Quantity]]] = {}
    for one in instances(fields, facts):
        pair = _pair(one)
        if pair is not None:
            bases.setdefault(pair[1].name, []).append(pair)
    slips: list[Slip] = []
    far: list[FarApart] = []
    for pairs in bases.values():
        powers = [_power(*pair) for pair in pairs]
        current = pairs[0][1]
        ours = [(pair[0], power) for pair, power in zip(pairs, powers, strict=True) if power]
        far.extend(FarApart(base, now) for (base, now), power in zip(pairs, powers, strict=True) if power is None)
        if not ours or any(cell.name in known for pair in pairs for side in pair for cell in leaves(side)):
            continue
        if len(ours) == len(pairs) > 1 and len({power for _, power in ours}) == 1:
            slips.append(Slip(_cells(current), -ours[0][1], current, ours[0][0]))
        else:
            slips.extend(Slip(_cells(base), power, base, current) for base, power in ours)
    return slips, far


def _cells(quantity: Quantity) -> tuple[Quantity, ...]:
    return tuple(leaf for leaf in leaves(quantity) if leaf.value and leaf.place) or (quantity,)


def _pair(one: Instance) -> tuple[Quantity, Quantity] | None:
    """A figure and the one that it is like; sums that nobody typed are judged by their cells."""
    base = one.entry
    if not one.field.like or not isinstance(base, Quantity) or base.unit != MONEY or not base.value:
        return None
    now = one.sum_of(one.field.like)
    if not isinstance(now, Quantity) or now.unit != MONEY or not now.value:
        return None
    return None if base.origin is not None and now.origin is not None else (base, now)


def _power(base: Quantity, now: Quantity) -> int | None:
    """Ten to this makes `base` fit `now`; 0: they fit; None: far apart, and no unit explains it."""
    ratio = EXACT.divide(abs(now.value), abs(base.value))
    if 1 / _FAR < ratio < _FAR:
        return 0
    for power in (4, -4, 8, -8):
        if Decimal("0.3") <= ratio / Decimal(10) ** power <= _NEAR:
            return power
    return None
