"""The sums and comparisons of a report as linear identities over its cells: what holds, and what would hold.

Trying a repair on them costs a few additions; only what does well here is judged in full (`search`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.checks.rules import Comparison
from generator.plausibility.unit_slips import coefficients
from generator.quantity import Quantity

_LOOSE = 20
_MOST_PARTS = 400_000


@dataclass(frozen=True, slots=True)
class Identity:
    """`parts`: name of a cell → how often it counts. `difference`: left less right, as typed; `slack`: what rounding
    explains of it."""

    parts: Mapping[str, int]
    difference: Decimal
    slack: Decimal
    relation: str
    own: str = ""
    """Of a figure that the program computes: it holds by itself until something is typed there."""

    def holds(self, difference: Decimal) -> bool:
        if self.relation == "不大于":
            return difference <= self.slack
        return difference >= -self.slack if self.relation == "不小于" else abs(difference) <= self.slack

    def nearly(self, difference: Decimal, least: Decimal) -> bool:
        """It does not hold, and only by what rounding several figures could explain, or by `least`."""
        return not self.holds(difference) and abs(difference) <= max(_LOOSE * self.slack, least)

    @property
    def equal(self) -> bool:
        """Both sides are the same, so that each cell follows from the others."""
        return self.relation not in ("不大于", "不小于")


@dataclass(frozen=True, slots=True)
class Judged:
    """Numbers of the identities that a repair mends, breaks, and leaves broken though it touches them."""

    mended: frozenset[int]
    broken: int
    left: int


class Identities:
    """All identities of a report, and in which of them each cell stands."""

    def __init__(self, comparisons: Iterable[Comparison], computed: Iterable[Quantity] = ()) -> None:
        self.all: list[Identity] = []
        self.at: dict[str, list[tuple[int, int]]] = {}
        parts = 0
        for one in (*_linear(comparisons), *_by_themselves(computed)):
            parts += len(one.parts)
            if parts > _MOST_PARTS:
                break
            for name, sign in one.parts.items():
                self.at.setdefault(name, []).append((len(self.all), sign))
            self.all.append(one)
        self.broken = frozenset(n for n, one in enumerate(self.all) if not one.holds(one.difference))

    def differences(self, changes: Mapping[str, Decimal]) -> dict[int, Decimal]:
        """What each identity is off by, after cells have changed by so much; only those that are touched."""
        found: dict[int, Decimal] = {}
        for name, change in changes.items():
            for number, sign in self.at.get(name, ()) if change else ():
                found[number] = found.get(number, self.all[number].difference) + sign * change
        return {
            number: left
            for number, left in found.items()
            if not self.all[number].own or self.all[number].own in changes
        }

    def judged(self, changes: Mapping[str, Decimal]) -> Judged:
        after = self.differences(changes)
        wrong = {number for number, difference in after.items() if not self.all[number].holds(difference)}
        return Judged(frozenset(after.keys() & self.broken - wrong), len(wrong - self.broken), len(wrong & self.broken))

    def implied(
        self, name: str, changes: Mapping[str, Decimal], among: Iterable[int], *, at_least: bool = False
    ) -> Iterator[Decimal]:
        """By how much more the cell must change for each of these identities to hold exactly. `at_least`: where one
        side only must not be larger, so that it is just as large."""
        after = self.differences(changes)
        signs = dict(self.at.get(name, ()))
        for number in among:
            one = self.all[number]
            if (one.equal or at_least) and abs(signs.get(number, 0)) == 1:
                yield -after.get(number, one.difference) * signs[number]


def _linear(comparisons: Iterable[Comparison]) -> Iterator[Identity]:
    for relation, left, right in comparisons:
        ours, theirs = coefficients(left), coefficients(right, -1)
        if ours is None or theirs is None or left.unit != right.unit:
            continue
        parts: dict[str, int] = {}
        for cell, sign in (*ours, *theirs):
            if cell.name:
                parts[cell.name] = parts.get(cell.name, 0) + sign
        parts = {name: sign for name, sign in parts.items() if sign}
        yield Identity(parts, left.value - right.value, left.error + right.error, relation)


def _by_themselves(computed: Iterable[Quantity]) -> Iterator[Identity]:
    for one in computed:
        parts = coefficients(one)
        if parts:
            names = {cell.name: -sign for cell, sign in parts if cell.name and cell.name != one.name}
            yield Identity({one.name: 1, **names}, Decimal(0), one.error, "等于", one.name)
