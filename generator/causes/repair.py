"""`Repair`: other words for some cells, and what it would mean if they were the right ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from generator.causes.identities import Identities
from generator.causes.typed_tables import Spot, TypedCell, TypedTable
from generator.place import Place

Content = Mapping[str, TypedCell | Decimal]
"""Name of a cell → the cell whose words belong there, or the value."""


@dataclass(frozen=True, slots=True)
class Repair:
    """`code`, `said`: the sentence. `places`: the cells that are wrong. `cost`: how unlikely the slip is, in doublings
    (7: one of 128 that might have been made); of two that do as well, the lower one is meant. `words`: what changes
    instead of single cells. `direct`: the identities cannot judge it. `alone`: so unmistakable that one broken identity
    is enough."""

    code: str
    said: Mapping[str, object]
    places: tuple[Place, ...]
    content: Content
    cost: int
    words: Mapping[Spot, object] = field(default_factory=dict)
    direct: bool = False
    alone: bool = False
    or_else: str = ""
    """What else it may be, said behind the sentence."""
    free: int = 0
    """So many of its figures were worked out to fit: as many identities speak for nothing."""

    def values(self, cells: Mapping[str, TypedCell]) -> dict[str, Decimal]:
        """By how much each cell changes; cells that stay as they are left out."""
        found = {name: counted(one) - cells[name].value for name, one in self.content.items()}
        return {name: change for name, change in found.items() if change}

    def all_words(self, cells: Mapping[str, TypedCell]) -> dict[Spot, object]:
        """What is to be written where, to try it."""
        if self.words:
            return dict(self.words)
        found: dict[Spot, object] = {}
        for name, one in self.content.items():
            if isinstance(one, TypedCell):
                found[cells[name].spot] = one.text
            else:
                found[cells[name].spot] = f"{one / cells[name].scale:f}"
        return found


def counted(one: TypedCell | Decimal | None) -> Decimal:
    """What a cell counts as once it has these words: nothing, where they are none."""
    return one if isinstance(one, Decimal) else Decimal(0) if one is None or one.blank else one.value


@dataclass(frozen=True, slots=True)
class Touched:
    """A table that broken identities touch. `rows`: column → line → the broken identities in which that cell is the
    only one of its column; what they ask of the cell is known."""

    table: TypedTable
    rows: Mapping[int, Mapping[int, Sequence[int]]]
    lines: Mapping[int, frozenset[int]]
    """Column → all lines that stand in broken identities of not too many cells."""

    @property
    def at_all(self) -> bool:
        return bool(self.lines)

    @property
    def columns(self) -> tuple[int, ...]:
        return tuple(self.rows)


def touched(table: TypedTable, identities: Identities) -> Touched:
    where = {
        cell.name: (line, column)
        for line, cells in enumerate(table.cells)
        for column, cell in enumerate(cells)
        if cell is not None
    }
    rows: dict[int, dict[int, list[int]]] = {}
    every: dict[int, set[int]] = {}
    for number in sorted(identities.broken):
        here = [where[name] for name in identities.all[number].parts if name in where]
        for column in {column for _, column in here}:
            lines = [line for line, one in here if one == column]
            every.setdefault(column, set()).update(lines if len(lines) * 2 <= len(table.lines) else ())
            if len(lines) == 1:
                rows.setdefault(column, {}).setdefault(lines[0], []).append(number)
    return Touched(table, dict(sorted(rows.items())), {column: frozenset(every[column]) for column in sorted(every)})


def called(table: TypedTable, columns: Iterable[int]) -> str:
    """«“基本支出”“项目支出”», or «各列» for all of them."""
    chosen = list(columns)
    if len(table.filled) == 1 or (len(chosen) == len(table.filled) and len(chosen) > 2):
        return "各数"
    return "、".join(f"“{table.columns[one].rpartition('·')[2]}”" for one in chosen)


def line_called(table: TypedTable, line: int) -> str:
    one = table.lines[line]
    return one.key or one.label or f"第{line + 1}行"


def span(places: Sequence[Place]) -> str:
    """«（H8:H14）», «（第12行至第20行）» or nothing: the cells of one column, or lines of one file."""
    if not places or len({(one.file, one.sheet) for one in places}) > 1:
        return ""
    first, last = min(places, key=_order), max(places, key=_order)
    if first.cell and last.cell:
        return f"（{first.cell}）" if first == last else f"（{first.cell}:{last.cell}）"
    if first.line and last.line:
        return f"（第{first.line}行）" if first.line == last.line else f"（第{first.line}行至第{last.line}行）"
    return ""


def _order(place: Place) -> tuple[object, ...]:
    return (place.line, *place.row_first())
