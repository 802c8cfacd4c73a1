"""What an office has typed, as tables of numbers: each cell with its fact, its place, and where it stands in the input.

A table is a list of rows, a matrix of groups alike (三公: 预算, 决算 of each), or the figures of one group, one below
another. `rewritten` is the input with other words in some cells: for trying out, never for writing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from generator.facts.fact import Facts, Group, Rows
from generator.facts.naming import short_label
from generator.form.fields import NUMBER_KINDS, Field, Fields, GroupSpec, RowsSpec, children_of
from generator.form.sources import Cell, Listing, Section, Source, Written
from generator.form.value_reading import half_width
from generator.place import Place
from generator.quantity import MONEY_UNITS, Blank, Quantity, Unreadable

Spot = tuple[object, ...]
"""Number of the source, then names and numbers down to a cell or a row."""
GONE = object()
"""Instead of words: the row or the entry is not there."""


@dataclass(frozen=True, slots=True)
class TypedCell:
    """`text` None: nothing is typed there, and `value` is what that counts as. `scale`: what 1 typed there comes to in
    the unit of `value`."""

    name: str
    label: str
    value: Decimal
    text: str | None
    place: Place
    spot: Spot
    scale: Decimal = Decimal(1)

    @property
    def blank(self) -> bool:
        return self.text is None or not self.text.strip()


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its key is what stands in its key column, read or as typed, "" in a table without. `strange`: what
    stands in it under words that the form does not know; `typed`: all that stands in it."""

    label: str
    key: str
    place: Place
    spot: Spot
    strange: Mapping[str, Cell] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TypedTable:
    """`cells[line][column]`; None where nothing can be typed. `key_column`: "" when rows are counted. `filled`: the
    columns in which something is typed. `names`: all names that the form has for cells of a row."""

    label: str
    key_column: str
    lines: tuple[Line, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[TypedCell | None, ...], ...]
    names: tuple[str, ...] = ()

    @property
    def filled(self) -> tuple[int, ...]:
        return tuple(
            column
            for column in range(len(self.columns))
            if any((cell := line[column]) is not None and not cell.blank for line in self.cells)
        )


class TypedInput:
    """All tables of an input, and its cells by the names of their facts."""

    def __init__(
        self, sources: Sequence[Source], fields: Fields, facts: Facts, units: Mapping[str, str] | None = None
    ) -> None:
        """`units`: 金额单位 of each file."""
        self.sources, self.cells, self.units = sources, dict[str, TypedCell](), units or {}
        self.tables: list[TypedTable] = []
        self.computed: list[Quantity] = []
        self._group(fields, facts, [((number,), source.root) for number, source in enumerate(sources)])

    def _group(self, spec: GroupSpec, group: Group, written: list[tuple[Spot, Section]]) -> None:
        below: list[tuple[Line, dict[str, TypedCell]]] = []
        own: list[tuple[Line, TypedCell]] = []
        for child in spec.children.values():
            entry = group.entries.get(child.name)
            held = _held(written, child.name)
            if isinstance(child, Field):
                cell = self._cell(child, entry, held, ((*written[0][0], child.name) if written else ()))
                if cell is not None:
                    own.append((Line(child.label or child.name, "", cell.place, cell.spot), cell))
            elif isinstance(child, RowsSpec) and isinstance(entry, Rows):
                lists = [(spot, one) for spot, one in held if isinstance(one, Listing) and one.items]
                if lists:
                    self._rows(child, entry, *lists[0])
            elif isinstance(child, GroupSpec) and isinstance(entry, Group):
                sections = [(spot, one) for spot, one in held if isinstance(one, Section)]
                self._group(child, entry, sections)
                cells = self._fields(child, entry, sections)
                if cells:
                    line = Line(short_label(child.label) or child.name, "", entry.place, ())
                    below.append((line, cells))
        if len(own) > 2 and spec.path:
            lines, cells_of = tuple(line for line, _ in own), tuple((cell,) for _, cell in own)
            self.tables.append(TypedTable(short_label(spec.label) or spec.name, "", lines, ("",), cells_of))
        if len(below) > 1 and spec.path:
            self._table(short_label(spec.label) or spec.name, "", below)

    def _rows(self, spec: RowsSpec, rows: Rows, spot: Spot, listing: Listing) -> None:
        begins: dict[Place, list[int]] = {}
        for number, written in enumerate(listing.items):
            begins.setdefault(written.place, []).append(number)
        found: list[tuple[Line, dict[str, TypedCell]]] = []
        for row in rows:
            numbers = begins.get(row.place)
            item = listing.items[numbers[0]] if numbers else None
            if not numbers or not isinstance(item, Section):
                continue
            here = (*spot, numbers.pop(0))
            columns = GroupSpec(spec.name, spec.path, "", spec.columns)
            cell, entry = item.entries.get(spec.key), row.entries.get(spec.key)
            key = str(entry) if isinstance(entry, str) else (cell.text or "") if isinstance(cell, Cell) else ""
            place = cell.place if isinstance(cell, Cell) else row.place
            beside = {word: cell for word, cell in item.entries.items() if isinstance(cell, Cell)}
            strange = {word: cell for word, cell in beside.items() if word not in spec.columns}
            typed = {word: cell.text for word, cell in beside.items() if cell.text is not None and cell.text.strip()}
            line = Line(row.label, half_width(key).strip(), place, here, strange, typed)
            found.append((line, self._fields(columns, row, [(here, item)])))
            self._inner(columns, row, here, item)
        if found:
            self._table(short_label(spec.label) or spec.name, spec.key, found, tuple(spec.columns))

    def _inner(self, spec: GroupSpec, row: Group, spot: Spot, item: Section) -> None:
        """Tables and groups inside a row."""
        for child in spec.children.values():
            entry, written = row.entries.get(child.name), item.entries.get(child.name)
            if isinstance(child, RowsSpec) and isinstance(entry, Rows) and isinstance(written, Listing):
                self._rows(child, entry, (*spot, child.name), written)
            elif isinstance(child, GroupSpec) and isinstance(entry, Group) and isinstance(written, Section):
                self._group(child, entry, [((*spot, child.name), written)])

    def _table(
        self,
        label: str,
        key: str,
        found: Sequence[tuple[Line, Mapping[str, TypedCell]]],
        names: tuple[str, ...] = (),
    ) -> None:
        columns = tuple(dict.fromkeys(column for _, cells in found for column in cells))
        cells_of = tuple(tuple(cells.get(column) for column in columns) for _, cells in found)
        self.tables.append(TypedTable(label, key, tuple(line for line, _ in found), columns, cells_of, names))

    def _fields(self, spec: GroupSpec, group: Group, written: list[tuple[Spot, Section]]) -> dict[str, TypedCell]:
        found: dict[str, TypedCell] = {}
        for child in children_of(spec).values():
            held = _held(written, child.name)
            if isinstance(child, Field):
                spot = (*written[0][0], child.name) if written else ()
                cell = self._cell(child, group.entries.get(child.name), held, spot)
                if cell is not None:
                    found[child.label or child.name] = cell
        return found

    def _cell(self, one: Field, entry: object, held: list[tuple[Spot, Written]], otherwise: Spot) -> TypedCell | None:
        """A number's cell. Nothing for what the program computes here."""
        if one.kind not in NUMBER_KINDS or not otherwise:
            return None
        filled = [(spot, cell) for spot, cell in held if isinstance(cell, Cell) and (cell.text or "").strip()]
        if isinstance(entry, Unreadable) or not isinstance(entry, Quantity | Blank) or (filled and not entry.place):
            return None
        spot, text = (filled[0][0], filled[0][1].text) if filled else (held[0][0] if held else otherwise, None)
        value = entry.value if isinstance(entry, Quantity) else Decimal(0)
        if isinstance(entry, Quantity) and entry.origin is not None:
            self.computed.append(entry)
        number = spot[0]
        assert isinstance(number, int)
        scale = MONEY_UNITS[self.units.get(self.sources[number].file, "元")] if one.kind == "金额" else Decimal(1)
        cell = TypedCell(entry.name, entry.label or one.label, value, text, entry.place, spot, scale)
        return self.cells.setdefault(cell.name, cell)


def _held(written: Sequence[tuple[Spot, Section]], name: str) -> list[tuple[Spot, Written]]:
    return [((*spot, name), one.entries[name]) for spot, one in written if name in one.entries]


# -- trying other words -----------------------------------------------------------------------------------------------


def rewritten(sources: Sequence[Source], words: Mapping[Spot, object]) -> tuple[Source, ...]:
    """The input with these words in its cells: a text, None for a blank one, GONE for a row that goes."""
    tree: dict[Any, Any] = {}
    for spot, text in words.items():
        node = tree
        for step in spot[:-1]:
            node = node.setdefault(step, {})
        node[spot[-1]] = text
    roots = [_section(one.root, tree[n]) if n in tree else one.root for n, one in enumerate(sources)]
    return tuple(replace(source, root=root) for source, root in zip(sources, roots, strict=True))


def _section(section: Section, words: Mapping[Any, Any]) -> Section:
    entries = dict(section.entries)
    for name, inner in words.items():
        if inner is GONE:
            entries.pop(name, None)
            continue
        entries[name] = _written(entries.get(name) or Cell(None, section.place), inner)
    return Section(entries, section.place)


def _written(one: Written, words: Any) -> Written:
    if not isinstance(words, dict):
        return Cell(words, one.place)
    if isinstance(one, Listing):
        items = [
            _written(item, words[n]) if n in words else item
            for n, item in enumerate(one.items)
            if words.get(n) is not GONE
        ]
        items += [_section(Section({}, one.place), words[n]) for n in sorted(words) if n >= len(one.items)]
        return Listing(tuple(items), one.place)
    return _section(one if isinstance(one, Section) else Section({}, one.place), words)
