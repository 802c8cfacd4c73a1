"""Tables by 科目: a row for each, its code in one column or in 类, 款, 项; several groups may stand side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.official_tables.header_labels import CODE_LABEL, NAME_LABEL
from generator.official_tables.header_paths import fit
from generator.official_tables.official_table import AccountRow
from generator.official_tables.sheet_blocks import SheetCell, Spots
from generator.official_tables.table_reading import TableReading

CODE = re.compile(r"(\d{3}(?:\d{2}){0,2})(?!\d)(\D.*)?")


@dataclass(frozen=True, slots=True)
class Group:
    """Code columns (one, or 类 款 项), the name's column (0 = none), and the form's columns beside them."""

    codes: Sequence[int]
    name: int
    columns: Mapping[str, int]


def read_accounts(reading: TableReading) -> None:
    groups = account_groups(reading)
    if not groups:
        reading.nothing_known()
    carried = [["", "", ""] for _ in groups]
    for number in reading.block.body:
        spots = reading.block.rows[number]
        labelled = [_has_label(spots, group) for group in groups]
        for index, group in enumerate(groups):
            # A label may reach over the groups to its right; the amounts then stand in one of those.
            alone = labelled[index] and not any(labelled[index + 1 :])
            further = [one.columns for one in groups[index + 1 :]] if alone else []
            _read_row(reading, spots, group, carried[index], further)
    for group in groups:
        reading.table.columns |= set(group.columns)


def account_groups(reading: TableReading) -> list[Group]:
    paths = reading.paths
    parts: list[list[int]] = []
    for column in _code_columns(reading):
        if parts and column == parts[-1][-1] + 1 and len(parts[-1]) < 3:
            parts[-1].append(column)
        else:
            parts.append([column])
    groups: list[Group] = []
    last = max(paths, default=0) + 1
    for index, part in enumerate(parts):
        end = parts[index + 1][0] if index + 1 < len(parts) else last
        named = next((c for c in range(part[-1] + 1, end) if paths[c] and NAME_LABEL.fullmatch(paths[c][-1])), 0)
        if not named and part[-1] + 1 < end and not _is_value_column(reading, part[-1] + 1):
            named = part[-1] + 1
        groups.append(Group(part, named, reading.columns_between(max(named, part[-1]) + 1, end)))
    return groups


def side_of(reading: TableReading) -> Group | None:
    """The columns of code and name of a table with one group of rows, without its amounts."""
    codes = _code_columns(reading)
    part = [column for column in codes if column < (codes[0] if codes else 0) + 3]
    if not part:
        return None
    after = part[-1] + 1
    named = next(
        (c for c in range(after, after + 2) if reading.paths.get(c) and NAME_LABEL.fullmatch(reading.paths[c][-1])), 0
    )
    return Group(part, named, {})


def _code_columns(reading: TableReading) -> list[int]:
    found = [
        column
        for column, path in reading.paths.items()
        if any(CODE_LABEL.fullmatch(label) for label in path) and not NAME_LABEL.fullmatch(path[-1])
    ]
    if found:
        return found
    with_codes = (c for c in reading.paths if any(CODE.fullmatch(spot.label) for spot in reading.spots_of(c)))
    return [column for column in with_codes if not _is_value_column(reading, column)][:1]


def _is_value_column(reading: TableReading, column: int) -> bool:
    path = reading.paths.get(column, ())
    return any(fit(words, path, reading.year) is not None for words in reading.form.columns.values())


def _has_label(spots: Spots, group: Group) -> bool:
    return any(column in spots for column in (*group.codes, group.name))


def _read_row(
    reading: TableReading, spots: Spots, group: Group, carried: list[str], further: Sequence[Mapping[str, int]]
) -> None:
    """`further`: columns of the groups to the right when this row's label reaches over them."""
    code, name, spot = code_of(spots, group, carried)
    if spot is None:
        stray = next((spots[c] for c in group.columns.values() if c in spots and spots[c].is_amount), None)
        if stray is not None and not _is_under_another_label(spots, group):
            reading.report("X053", stray, table=reading.form.name)
    elif code:
        amounts = reading.amounts(spots, group.columns, f"{code} {name}")
        reading.table.accounts.append(AccountRow(code, name, spot.place, amounts))
    else:
        _read_named(reading, spots, group, further)


def _read_named(reading: TableReading, spots: Spots, group: Group, further: Sequence[Mapping[str, int]]) -> None:
    at = (*group.codes, group.name)
    labels = [spots[c] for c in at if c in spots and spots[c].label not in ("类", "款", "项")]
    named = next((n for n in (reading.row_named(spot.label) for spot in labels) if n), "")
    cells = group.columns
    if named and not any(column in spots for column in cells.values()):
        cells = next((one for one in reversed(further) if any(c in spots for c in one.values())), cells)
    if named:
        reading.table.named_rows.add(named)
        for column, amount in reading.amounts(spots, cells, named).items():
            reading.put_total(named, column, amount)
    elif labels and any(spots[c].is_amount for c in cells.values() if c in spots):
        bad = next((spot for spot in labels if re.search(r"\d{3}", spot.label)), None)
        reading.report("X058" if bad else "X053", bad or labels[0], table=reading.form.name)


def _is_under_another_label(spots: Spots, group: Group) -> bool:
    """A total whose label stands in a group to the left, merged over this one."""
    return any(column < group.codes[0] and not spot.is_amount for column, spot in spots.items())


def code_of(spots: Spots, group: Group, carried: list[str]) -> tuple[str, str, SheetCell | None]:
    """Code and name of the row, and the cell where they begin; the code is "" for a row of another kind."""
    cells = [spots.get(column) for column in group.codes]
    named = spots.get(group.name)
    first = next((cell for cell in (*cells, named) if cell is not None), None)
    if first is None:
        return "", "", None
    name = named.label if named is not None else ""
    if len(group.codes) > 1 and any(cell is not None and cell.label.isdecimal() for cell in cells):
        return _joined_code(cells, carried), name, first
    match = CODE.fullmatch(first.label)
    if match is None or first is named:
        return "", name, first
    return match[1], name or (match[2] or ""), first


def _joined_code(cells: Sequence[SheetCell | None], carried: list[str]) -> str:
    """类, 款 and 项 from their columns; some forms print each only where it changes, or whole codes."""
    texts = [cell.label if cell is not None else "" for cell in cells]
    if not all(text.isdecimal() for text in texts if text):
        return ""
    deepest = max(index for index, text in enumerate(texts) if text)
    code = ""
    for index in range(deepest + 1):
        text = texts[index] or carried[index]
        if len(text) > 3 and text.startswith(code):
            code = text
        else:
            code += text.zfill(3 if index == 0 else 2)
        if texts[index]:
            carried[index:] = [text, *[""] * (2 - index)]
    return code if CODE.fullmatch(code) else ""
