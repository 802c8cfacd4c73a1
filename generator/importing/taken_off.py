"""Figures that official tables hold only as a difference: what all money spent less what each fund spent is others'.

`减` in a pack says what is taken off. What was not read cannot be taken off: then nothing is filled, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from generator.diagnostics import Diagnostic, finding
from generator.importing.filler import Filled, FilledRow, Imported
from generator.official_tables.import_form import RowsFill
from generator.official_tables.official_table import OfficialTable, half_digit
from generator.quantity import MONEY_UNITS

_AMOUNT = re.compile(r"(-?\d+(?:\.\d+)?)(\D*)")


def take_off(imported: Imported, tables: Sequence[OfficialTable]) -> Iterator[Diagnostic]:
    """Change the filled figures of fields with 减. Yields X087 (something was not read), X089 (less than nothing)."""
    for table in tables:
        for path, address in table.form.values.items():
            if address.less and path in imported.values:
                yield from _value(imported, table, path, address.less)
        for rows in table.form.lists:
            if rows.less:
                yield from _rows(imported, table, rows, tables)


def _value(imported: Imported, table: OfficialTable, path: str, less: Sequence[str]) -> Iterator[Diagnostic]:
    raw = imported.values.pop(path)
    unread = [one for one in less if one not in imported.values]
    if unread:
        yield _not_read(table, path, unread)
        return
    others = [imported.values[one] for one in less]
    found = _difference(raw, others, imported.unit)
    if found is None:
        yield _negative(path, raw, others)
    else:
        imported.values[path] = found


def _rows(
    imported: Imported, table: OfficialTable, rows: RowsFill, tables: Sequence[OfficialTable]
) -> Iterator[Diagnostic]:
    held = imported.lists.get(rows.path, {})
    filled = {f"{one.path}.{own}" for other in tables for one in other.form.lists for own in one.columns}
    for own, less in rows.less.items():
        unread = [one for one in less if one not in filled]
        if unread and any(own in row.columns for row in held.values()):
            yield _not_read(table, f"{rows.path}.{own}", unread)
        for code, row in held.items():
            raw = row.columns.pop(own, None)
            if raw is None or unread:
                continue
            others = [cell for one in less if (cell := _cell(imported.lists, one, code)) is not None]
            found = _difference(raw, others, imported.unit)
            if found is None:
                yield _negative(f"{rows.path}·{row.key}·{own}", raw, others)
            else:
                row.columns[own] = found
    for code in [code for code, row in held.items() if not any(_is_something(cell) for cell in row.columns.values())]:
        del held[code]


def _cell(lists: Mapping[str, Mapping[str, FilledRow]], path: str, code: str) -> Filled | None:
    name, _, column = path.rpartition(".")
    row = lists.get(name, {}).get(code)
    return row.columns.get(column) if row is not None else None


def _difference(raw: Filled, others: Sequence[Filled], ruling: str) -> Filled | None:
    """None when more is taken off than is there. What the rounding of several amounts can explain is 0."""
    value, digit = _amount(raw, ruling)
    amounts = [_amount(one, ruling) for one in others]
    left = value - sum((amount for amount, _ in amounts), Decimal(0))
    several = [digit, *(half for amount, half in amounts if amount)]
    if len(several) > 2 and abs(left) <= sum(several):
        left = Decimal(0)
    if left < 0:
        return None
    return Filled(f"{left:f}", raw.place)


def _amount(filled: Filled, ruling: str) -> tuple[Decimal, Decimal]:
    """The value in the ruling unit, and half of its last digit."""
    match = _AMOUNT.fullmatch(filled.text)
    text, unit = (match[1], match[2]) if match else ("0", "")
    factor = MONEY_UNITS[unit] / MONEY_UNITS[ruling] if unit in MONEY_UNITS and ruling in MONEY_UNITS else Decimal(1)
    return Decimal(text) * factor, half_digit(text) * factor


def _is_something(filled: Filled) -> bool:
    match = _AMOUNT.fullmatch(filled.text)
    return match is None or bool(Decimal(match[1]))


def _not_read(table: OfficialTable, path: str, unread: Sequence[str]) -> Diagnostic:
    return finding("X087", table.place, what=path, table=table.form.name, others="、".join(unread))


def _negative(path: str, raw: Filled, others: Sequence[Filled]) -> Diagnostic:
    taken = "、".join(one.text for one in others)
    return finding("X089", raw.place, *(one.place for one in others), what=path, given=raw.text, taken=taken)
