"""Tables whose items and quantities both may stand above or beside: “三公”经费 in its three layouts.

Every cell is asked what stands above and beside it; of several cells for one figure the one is taken that says this
year's, in the row of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from generator.diagnostics import finding
from generator.official_tables.header_labels import LINE_LABEL
from generator.official_tables.header_paths import (
    Fit,
    Path,
    ThisYear,
    contradict,
    fit,
    is_qualifier,
    says_other,
    says_own,
    winner,
)
from generator.official_tables.import_form import OUTTURN, Words, unnumbered
from generator.official_tables.sheet_blocks import SheetCell, Spots
from generator.official_tables.table_reading import TableReading

_WHOLE = re.compile(r"合计|总计|(?:本)?(?:部门|单位)(?:合计)?|金额")
Address = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell for an address, how its labels name it, and those labels: of its column, and as a person would say all."""

    spot: SheetCell | None
    fit: Fit
    path: Path
    labels: str


def read_crossed(reading: TableReading) -> None:
    cells: dict[Address, list[_Cell]] = {}
    strange: dict[int, SheetCell] = {}
    implied = _implied_quantity(reading)
    for number in reading.block.body:
        spots = reading.block.rows[number]
        beside = tuple(unnumbered(spot.label) for spot in spots.values() if not spot.is_amount)
        for column, path in reading.paths.items():
            way = partial(_item_alone, implied=implied) if implied else best_address
            best = way(reading, path, beside)
            if best is None:
                if _is_of_nothing(reading, spots, column, beside, implied):
                    strange[column] = spots[column]
                continue
            (row, official), found = best
            reading.table.columns.add(official)
            reading.table.named_rows.add(row)
            shown = f"“{'/'.join((*path, *beside))}”"
            cells.setdefault((row, official), []).append(
                _Cell(_amount_spot(reading, spots, column), found, path, shown)
            )
    for column, spot in strange.items():
        shown = "/".join(reading.paths[column])
        reading.findings.append(finding("X053", spot.place, table=reading.form.name, text=f"{shown} {spot.text}"))
    refused: dict[str, list[_Cell]] = {}
    for address, found_cells in cells.items():
        _take(reading, address, found_cells, refused)
    for official, several in refused.items():
        shown = "、".join(dict.fromkeys(cell.labels for cell in several))
        places = [cell.spot.place for cell in several if cell.spot is not None]
        reading.refuse(official, shown, places)


def _implied_quantity(reading: TableReading) -> str:
    """A budget has one quantity, and where neither head nor rows name any it is this one; else ""."""
    if reading.form.use == OUTTURN or len(reading.form.columns) != 1:
        return ""
    spots = (spot for number in reading.block.body for spot in reading.block.rows[number].values())
    labels = {*(one for path in reading.paths.values() for one in path), *(s.label for s in spots if not s.is_amount)}
    named = any(is_qualifier(one) or _best(reading.form.columns, (one,), reading.year) for one in labels)
    return "" if named else next(iter(reading.form.columns))


def _item_alone(reading: TableReading, path: Path, beside: Path, implied: str) -> tuple[Address, Fit] | None:
    """The item of a cell whose quantity only the title says."""
    items = {name: words for (_, name), words in reading.form.rows.items()}
    ways = (path, (*beside[-1:],) if not path or not _best(items, path, reading.year) else ())
    found = [best for way in ways if (best := _best(items, tuple(map(unnumbered, way)), reading.year)) is not None]
    return ((found[0][0], implied), found[0][1]) if found else None


def _is_of_nothing(reading: TableReading, spots: Spots, column: int, beside: Path, implied: str) -> bool:
    """An amount of a column that says 决算 of something that no row and no column names."""
    spot, path = spots.get(column), reading.paths[column]
    if spot is not None and spot.is_amount and implied and path:
        return not any(LINE_LABEL.fullmatch(label) for label in path)
    if spot is None or not spot.is_amount or len(path) < 2 or any(reading.row_named(label) for label in beside):
        return False
    quantities = (_best(reading.form.columns, (label,), reading.year) for label in path)
    return any(one is not None and not one[1].other for one in quantities)


def _take(reading: TableReading, address: Address, cells: Sequence[_Cell], refused: dict[str, list[_Cell]]) -> None:
    row, official = address
    filled = [(cell, cell.spot) for cell in cells if cell.spot is not None]
    left = {at: cell.fit for at, (cell, _) in enumerate(filled) if not cell.fit.other}
    if not left:
        if all(cell.fit.other for cell in cells):
            refused.setdefault(official, []).extend(cell for cell, _ in filled)
        return
    best = None if contradict(filled[at][0].path for at in left) else winner(left)
    if best is None:
        reading.doubt(f"{row}的{official}", [(filled[at][0].labels, filled[at][1].place) for at in left])
        return
    amount = reading.amount(filled[best][1], f"{row}的{official}")
    if amount is not None:
        reading.put_total(row, official, amount)


def _amount_spot(reading: TableReading, spots: Spots, column: int) -> SheetCell | None:
    """The cell, unless it is the label of its row."""
    spot = spots.get(column)
    if spot is None or spot.is_amount or spot.fault:
        return spot
    return None if reading.row_named(unnumbered(spot.label)) or column == min(spots) else spot


def best_address(reading: TableReading, path: Path, beside: Path) -> tuple[Address, Fit] | None:
    """Item and quantity of a cell, from the labels above it and beside it."""
    found = list(_addresses(reading, path, beside))
    return max(found, key=lambda one: (one[1].closeness, not one[1].other, one[1].own), default=None)


def _addresses(reading: TableReading, path: Path, beside: Path) -> Iterator[tuple[Address, Fit]]:
    items = {name: words for (_, name), words in reading.form.rows.items()}
    for labels, others in ((path, beside), (beside, path)):
        for at, label in enumerate(labels):
            quantity = _best(reading.form.columns, (label,), reading.year)
            if quantity is None:
                continue
            rest = tuple(unnumbered(one) for one in (*labels[:at], *labels[at + 1 :]))
            ways = [(rest, others), *(((one,), rest) for one in others)] if labels is path else [(others, rest)]
            for way, extras in ways:
                item = _best(items, tuple(unnumbered(one) for one in way), reading.year)
                if item is not None:
                    yield (item[0], quantity[0]), _together(item[1], quantity[1], extras, reading.year)


def _best(wanted: Mapping[str, Words], path: Path, year: ThisYear) -> tuple[str, Fit] | None:
    fits = [(name, found) for name, words in wanted.items() if (found := fit(words, path, year)) is not None]
    return max(fits, key=lambda one: (one[1].closeness, not one[1].other, -one[1].besides), default=None)


def _together(item: Fit, quantity: Fit, extras: Path, year: ThisYear) -> Fit:
    """`extras`: labels that neither of the two explains; those of a whole are no others."""
    strange = [label for label in extras if not _WHOLE.fullmatch(label)]
    return replace(
        item,
        unexplained=item.unexplained + sum(not is_qualifier(label) for label in strange),
        other=item.other or quantity.other or says_other(strange, year),
        own=item.own or quantity.own or says_own([one for one in strange if is_qualifier(one)], year),
        dated=item.dated or quantity.dated,
    )
