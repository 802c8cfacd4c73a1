"""Tables by 项目: a row for each item, 收入 and 支出 side by side or one below the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import permutations

from generator.official_tables.header_labels import ITEM_LABEL
from generator.official_tables.import_form import bare, closeness, unnumbered
from generator.official_tables.official_table import AccountRow
from generator.official_tables.sheet_blocks import Spots
from generator.official_tables.table_reading import TableReading

Columns = Mapping[str, int]


def read_items(reading: TableReading) -> None:
    sides = reading.form.sides
    parts = _item_columns(reading)
    if not parts:
        reading.nothing_known()
        return
    last = max(reading.paths, default=0) + 1
    ends = [*parts[1:], last]
    columns = [reading.columns_between(part + 1, end) for part, end in zip(parts, ends, strict=True)]
    for one in columns:
        reading.table.columns |= set(one)
    if len(parts) == 1:
        _read_side(reading, sides, parts[0], columns[:1])
        return
    # By what stands in them: where merged cells were lost, the labels of the sides stand anywhere.
    own = parts[: len(sides)]
    ordered = max(permutations(sides), key=lambda way: sum(map(partial(_likeness, reading), way, own)))
    for index, (side, part) in enumerate(zip(ordered, own, strict=False)):
        # 财决01 has 支出 twice, by function and by kind; the sums of both stand in the second.
        rest = columns[index:] if index + 1 == len(sides) else columns[index : index + 1]
        _read_side(reading, (side,), part, rest)
    for part, one in zip(parts[len(sides) :], columns[len(sides) :], strict=True):
        _read_sums_of_kinds(reading, part, one)


def _read_sums_of_kinds(reading: TableReading, column: int, columns: Columns) -> None:
    """支出 once more, by kind: only what the part before has no figures for."""
    side = reading.form.sides[-1]
    for number in reading.block.body:
        spots = reading.block.rows[number]
        spot = spots.get(column)
        name = _item_named(reading, side, (unnumbered(spot.label),), set()) if spot is not None else ""
        if spot is not None and name:
            if len(reading.form.sides) == 1:  # one list, printed in two columns
                reading.table.named_rows.add(name)
            for official, amount in reading.amounts(spots, columns, spot.label).items():
                reading.table.totals.setdefault((name, official), amount)


def _likeness(reading: TableReading, side: str, column: int) -> int:
    """How many labels of a column are items of the side."""
    labels = [unnumbered(spot.label) for spot in reading.spots_of(column) if not spot.is_amount]
    items = [words for (at, _), words in reading.form.rows.items() if at == side]
    named = sum(any(closeness(words, (label,)) for words in items) for label in labels)
    is_spending = side == reading.form.sides[-1]
    return named + (sum(bool(_class_named(reading, label)) for label in labels) if is_spending else 0)


def _item_columns(reading: TableReading) -> list[int]:
    """Columns that hold the names of items: their header says so, or they hold words and no amounts."""
    named = [c for c, path in reading.paths.items() if path and ITEM_LABEL.fullmatch(path[-1])]
    if named:
        return named
    found = []
    for column in reading.paths:
        spots = list(reading.spots_of(column))
        words = [spot for spot in spots if not spot.is_amount]
        if len(words) >= 3 and len(words) * 2 > len(spots):
            found.append(column)
    return found


def _read_side(reading: TableReading, sides: Sequence[str], column: int, columns: Sequence[Columns]) -> None:
    """`sides`: one, or both when they stand one below the other. `columns`: of this part, and of those behind it, which
    count where this one is empty and no other label stands before them."""
    table, form = reading.table, reading.form
    seen: list[str] = []
    taken: set[str] = set()
    remaining = list(sides)
    for number in reading.block.body:
        spots = reading.block.rows[number]
        spot = spots.get(column)
        if spot is None or spot.is_amount:
            continue
        seen.append(unnumbered(spot.label))
        name = _item_named(reading, remaining[0], tuple(seen), taken)
        amounts = reading.amounts(spots, _columns_of(spots, column, columns), spot.label)
        if name:
            taken.add(name)
            table.named_rows.add(name)
            for official, amount in amounts.items():
                reading.put_total(name, official, amount)
            last_of_side = [row for side, row in form.rows if side == remaining[0]][-1]
            if name == last_of_side and len(remaining) > 1:
                remaining.pop(0)
                seen.clear()
            continue
        code = _class_named(reading, seen[-1]) if remaining[-1] == form.sides[-1] else ""
        if code:
            table.accounts.append(AccountRow(code, seen[-1], spot.place, amounts))
        elif any(amount.value for amount in amounts.values()):
            reading.report("X053", spot, table=form.name)


def _columns_of(spots: Spots, label: int, columns: Sequence[Columns]) -> Columns:
    """Where the row's amounts stand: behind its label, before any other label."""
    own = columns[0]
    if any(at in spots for at in own.values()):
        return own
    for further in columns[1:]:
        first = min(further.values(), default=0)
        if any(label < at < first and not spot.is_amount for at, spot in spots.items()):
            return own
        if any(at in spots for at in further.values()):
            return further
    return own


def _item_named(reading: TableReading, side: str, seen: tuple[str, ...], taken: set[str]) -> str:
    ranked = [
        (closeness(words, seen), name)
        for (at, name), words in reading.form.rows.items()
        if at == side and name not in taken
    ]
    best = max(ranked, key=lambda one: one[0], default=(0, ""))
    return best[1] if best[0] else ""


def _class_named(reading: TableReading, label: str) -> str:
    """The 类 with this name, current or former."""
    for code in reading.known.below.get("", ()):
        if code.startswith("2") and any(bare(name) == label for name in reading.known.names(code)):
            return code
    return ""
