"""One printed figure as a card: what it is called, how it is made, in which cells it was filled in.

Words of the office only: no name of the program's own is shown, whatever a figure is made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.facts.explain import UNFILLED, Unprinted, exact_text, flattened, formula, leaves
from generator.facts.naming import spoken_name
from generator.place import Place
from generator.quantity import Quantity

_OWN_NAME = re.compile(r"[\[\]=＋+]|(?<!\d)\.(?!\d)")
"""What only the program's own names hold."""
UNNAMED = "由各项算出的数"
_MOST_DEEP = 6
_SHORT = 3
"""A sum of more than so many is told by its number of items."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a figure is made of: `sign` as it goes in, `cells` where it was filled in, `steps` what it is made of."""

    name: str
    value: str
    cells: tuple[Place, ...] = ()
    steps: tuple[Step, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """`value`: unrounded, with its unit; `formula`: in names, "" for a figure that was filled in; `cells`: all cells
    behind it, runs of one column drawn together; `note`: what the steps leave out."""

    title: str
    value: str
    formula: str
    steps: tuple[Step, ...]
    cells: tuple[Run, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Cells of one column, one below the other, or lines of a file: `first` and how many."""

    first: Place
    count: int

    @property
    def row(self) -> int:
        """Of its first cell; 0 for lines of a file."""
        return _split(self.first.cell)[1]

    def __str__(self) -> str:
        """«收入功能分类!B5:B12»."""
        first = self.first
        if not first.cell:
            return str(first)
        column, row = _split(first.cell)
        return f"{first.sheet}!{first.cell}" + (f":{column}{row + self.count - 1}" if self.count > 1 else "")


def card(quantity: Quantity, title: str = "") -> Card:
    """`title`: what its place in the document calls it, for a figure without a label."""
    whole = _followed(flattened(quantity))
    steps, zeros = _steps(whole, 1)
    return Card(
        name_of(quantity, title),
        exact_text(quantity),
        _in_words(whole),
        steps,
        tuple(runs(leaf.place for leaf in leaves(whole) if leaf.place and leaf.value)),
        UNFILLED if quantity.is_unfilled else f"另有 {zeros} 项为 0" if zeros and steps else "",
    )


def name_of(quantity: Quantity, title: str = "") -> str:
    """The office's word for a figure; `title` where it has none of its own."""
    spoken = spoken_name(quantity)
    if not _OWN_NAME.search(spoken):
        return spoken
    return title or (quantity.label if not _OWN_NAME.search(quantity.label) else "") or UNNAMED


def _in_words(quantity: Quantity) -> str:
    origin = quantity.origin
    if origin is None:
        return ""
    if origin.operation == "=":
        return f"等于 {name_of(origin.operands[0])}"
    counted = [one for one in origin.operands if one.value]
    if origin.operation == "Σ" and len(counted) > _SHORT:
        return f"{len(counted)} 项相加"
    words = formula(quantity, called=name_of)
    return "" if words == quantity.name else words


def _followed(quantity: Quantity) -> Quantity:
    """a = b = c: only the last of them tells anything."""
    while (origin := quantity.origin) is not None and origin.operation == "=":
        inner = flattened(origin.operands[0])
        if inner.origin is None or inner.origin.operation != "=":
            return quantity
        quantity = inner
    return quantity


def _steps(quantity: Quantity, depth: int) -> tuple[tuple[Step, ...], int]:
    """The operands, and how many zeros of a sum are left out."""
    origin = quantity.origin
    if origin is None or depth > _MOST_DEEP:
        return (), 0
    shown = [one for one in origin.operands if origin.operation != "Σ" or one.value or isinstance(one, Unprinted)]
    return tuple(_step(one, depth) for one in shown), len(origin.operands) - len(shown)


def _step(quantity: Quantity, depth: int) -> Step:
    inner = flattened(quantity)
    steps, zeros = _steps(inner, depth + 1)
    cells = (quantity.place,) if quantity.origin is None and quantity.place else ()
    note = UNFILLED if quantity.is_unfilled else f"另有 {zeros} 项为 0" if zeros and steps else ""
    return Step(name_of(quantity), exact_text(quantity), cells, steps, note)


def runs(places: Iterable[Place]) -> Iterator[Run]:
    """Cells drawn together: B5 B6 B7 of one sheet are one run."""
    ordered = sorted(dict.fromkeys(places), key=lambda one: (one.file, one.sheet, _split(one.cell), one.line))
    kept: list[Run] = []
    for place in ordered:
        last = kept[-1] if kept else None
        if last is not None and place.cell and _next(last) == (place.file, place.sheet, _split(place.cell)):
            kept[-1] = Run(last.first, last.count + 1)
        else:
            kept.append(Run(place, 1))
    yield from kept


def _next(run: Run) -> tuple[str, str, tuple[str, int]]:
    column, row = _split(run.first.cell)
    return run.first.file, run.first.sheet, (column, row + run.count)


def _split(cell: str) -> tuple[str, int]:
    column = cell.rstrip("0123456789")
    return column, int(cell[len(column) :] or 0)
