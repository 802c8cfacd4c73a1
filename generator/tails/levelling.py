"""尾差: 调平 — printed amounts moved by one last digit, so that what stands in the tables adds up.

Largest remainder: of the figures that could take the missing last digit the one that comes nearest to its exact value
gets it. A figure is moved wherever it is printed, never as far as a whole last digit from its exact value, and only if
all other sums that hold it still come out or can be made to; where that is not possible the note on 尾差 stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from generator.diagnostics import Diagnostic, finding
from generator.document.nodes import Block, Cell, Chart, Document, Figure, Heading, Inlines, Meta, Paragraph, Table
from generator.document.occurrences import occurrences
from generator.facts.explain import exact_text, leaves
from generator.facts.naming import spoken_name
from generator.number_style import NumberStyle
from generator.quantity import MONEY, MONEY_UNITS, Quantity
from generator.tails.printed_sums import PrintedSum

Key = tuple[str, Decimal]
"""Name and exact value: which figure it is."""

_DEPTH = 8
_TRIES = 4000


def key_of(quantity: Quantity) -> Key:
    return quantity.name, quantity.value


@dataclass(slots=True)
class _Balance:
    """All in last digits. `sums`: whole and parts, +1 and -1; `misses` of each; `within`: the sums of a figure."""

    exact: dict[Key, Decimal] = field(default_factory=dict)
    seen: dict[Key, int] = field(default_factory=dict)
    sums: list[dict[Key, int]] = field(default_factory=list)
    misses: list[int] = field(default_factory=list)
    within: dict[Key, list[int]] = field(default_factory=dict)
    known: set[frozenset[tuple[Key, int]]] = field(default_factory=set)
    tries: int = 0

    def add(self, one: PrintedSum, digit: Decimal) -> None:
        signs: dict[Key, int] = {}
        for sign, amount in ((1, one.whole), *((-1, part) for part in one.parts)):
            key = key_of(amount.quantity)
            self.exact[key] = amount.quantity.value / digit
            self.seen.setdefault(key, int(amount.seen / digit))
            signs[key] = signs.get(key, 0) + sign
        known = frozenset(signs.items())
        if known in self.known:
            return
        self.known.add(known)
        for key in signs:
            self.within.setdefault(key, []).append(len(self.sums))
        self.sums.append(signs)
        self.misses.append(sum(sign * self.seen[key] for key, sign in signs.items()))

    def settle(self) -> None:
        for number in range(len(self.sums)):
            while self.misses[number]:
                self.tries = _TRIES
                if not self.repair(number, -1 if self.misses[number] > 0 else 1, frozenset(), _DEPTH):
                    break

    def repair(self, number: int, change: int, moved: frozenset[Key], depth: int) -> bool:
        """Change the miss of one sum by `change` and leave no other worse; all as it was where that fails."""
        for key, sign in self.choices(number, change, moved):
            self.tries -= 1
            if self.tries < 0:
                return False
            before = list(self.misses), dict(self.seen)
            self.move(key, change * sign)
            if self.others(key, number, before[0], moved | {key}, depth):
                return True
            self.misses[:], self.seen = before[0], before[1]
        return False

    def choices(self, number: int, change: int, moved: frozenset[Key]) -> list[tuple[Key, int]]:
        """The figures that can take it, those that come nearest to their exact value first, the upper of two that come
        equally near, the whole last."""
        able = [
            (sign, abs(self.seen[key] + change * sign - self.exact[key]), key)
            for key, sign in self.sums[number].items()
            if key not in moved and sign and abs(self.seen[key] + change * sign - self.exact[key]) < 1
        ]
        return [(key, sign) for sign, _, key in sorted(able, key=lambda one: one[:2])]

    def move(self, key: Key, digits: int) -> None:
        self.seen[key] += digits
        for number in self.within[key]:
            self.misses[number] += self.sums[number][key] * digits

    def others(self, key: Key, number: int, before: Sequence[int], moved: frozenset[Key], depth: int) -> bool:
        """Whether the other sums that hold the moved figure still come out, or can be made to."""
        for other in self.within[key]:
            while other != number and abs(self.misses[other]) > abs(before[other]):
                change = -1 if self.misses[other] > 0 else 1
                if not depth or not self.repair(other, change, moved, depth - 1):
                    return False
        return True


def levelled(sums: Iterable[PrintedSum], style: NumberStyle, unit: str) -> dict[Key, Decimal]:
    """The amounts in 元 as which figures are printed instead of their own rounding."""
    digit = MONEY_UNITS[unit].scaleb(-style.places)
    balance = _Balance()
    for one in sums:
        balance.add(one, digit)
    rounded = dict(balance.seen)
    balance.settle()
    return {key: seen * digit for key, seen in balance.seen.items() if seen != rounded[key]}


# -- the document -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reprint:
    """Prints the moved figures as they are to be seen, wherever they stand."""

    moved: Mapping[Key, Decimal]
    styles: tuple[NumberStyle, ...]
    unit: str

    def block(self, block: Block) -> Block:
        if isinstance(block, Heading | Paragraph):
            return replace(block, content=self.inlines(block.content))
        if isinstance(block, Table):
            body = tuple(replace(row, cells=tuple(map(self.cell, row.cells))) for row in block.body)
            return replace(block, body=body)
        return self.chart(block) if isinstance(block, Chart) else block

    def cell(self, cell: Cell) -> Cell:
        if isinstance(cell, str):
            return cell
        return self.figure(cell) if isinstance(cell, Figure) else self.inlines(cell)

    def inlines(self, content: Inlines) -> Inlines:
        return tuple(self.figure(piece) if isinstance(piece, Figure) else piece for piece in content)

    def figure(self, figure: Figure) -> Figure:
        return Figure(self.text(figure.quantity, figure.text), figure.quantity, figure.bold)

    def text(self, quantity: Quantity, text: str) -> str:
        """Only where it is printed in the unit of the tables: «38元» stays."""
        value = self.moved.get(key_of(quantity)) if quantity.unit == MONEY else None
        for style in self.styles if value is not None else ():
            if text == style.money(quantity.value, self.unit):
                return style.money(value, self.unit)  # type: ignore[arg-type]
        return text

    def chart(self, chart: Chart) -> Chart:
        alt, series = chart.alt, []
        for one in chart.series:
            for category, value in zip(chart.categories, one.values, strict=True):
                old = chart.style.text(value, self.unit)
                new = self.text(value, old.removesuffix(self.unit)) + self.unit
                alt = alt.replace(f"{category}{old}", f"{category}{new}") if value.unit == MONEY else alt
            labels = tuple(self.text(value, words) for value, words in zip(one.values, one.labels, strict=False))
            series.append(replace(one, labels=labels))
        return replace(chart, series=tuple(series), alt=alt)


def remarks(
    moved: Mapping[Key, Decimal], blocks: Sequence[Block], style: NumberStyle, unit: str
) -> Iterator[Diagnostic]:
    """F015 for each moved figure: where it is printed, exactly what it is, what it is printed as."""
    told: set[Key] = set()
    for one in occurrences(Document(Meta(""), tuple(blocks))):
        quantity = one.figure.quantity
        key = key_of(quantity)
        if key not in moved or key in told:
            continue
        told.add(key)
        yield finding(
            "F015",
            *dict.fromkeys(leaf.place for leaf in leaves(quantity) if leaf.place),
            label=spoken_name(quantity),
            spot=one.spot,
            exact=exact_text(quantity),
            printed=style.money(moved[key], unit) + unit,
            rounded=style.money(quantity.value, unit) + unit,
        )
