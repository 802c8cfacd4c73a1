"""Tables of 科目 by 科目: 功能分类 down the side, 经济分类 across the top, by code, by name or by both."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.facts.accounts import Accounts
from generator.official_tables.account_rows import code_of, side_of
from generator.official_tables.header_labels import names_rows
from generator.official_tables.import_form import closeness
from generator.official_tables.official_table import AccountRow
from generator.official_tables.table_reading import TableReading

_ACROSS = re.compile(r"(3\d\d(?:\d\d)?)(?!\d).*")
_CLASS, _ITEM = 3, 5


def read_matrix(reading: TableReading) -> None:
    """An amount's column is the code of its 经济科目; the form's own columns (合计) are read as ever."""
    group = side_of(reading)
    if group is None:
        reading.nothing_known()
        return
    first = max(group.name, group.codes[-1]) + 1
    across = {code: at for at, path in reading.paths.items() if at >= first and (code := _code(reading, at, path))}
    carried = ["", "", ""]
    for number in reading.block.body:
        spots = reading.block.rows[number]
        code, name, spot = code_of(spots, group, carried)
        if spot is None:
            continue
        amounts = reading.amounts(spots, across, f"{code} {name}")
        if code:
            reading.table.accounts.append(AccountRow(code, name, spot.place, amounts))
        elif row := reading.row_named(spot.label):
            reading.table.named_rows.add(row)
            for column, amount in amounts.items():
                reading.put_total(row, column, amount)
    reading.table.columns |= set(across)


def _code(reading: TableReading, at: int, path: Sequence[str]) -> str:
    """The code of a column at the level of 款; "" for sums, and for what nobody knows where it holds amounts."""
    if (
        not path
        or names_rows(path[-1])
        or any(closeness(words, (path[-1],)) for words in reading.form.columns.values())
    ):
        return ""
    codes = [match[1] for label in path if (match := _ACROSS.fullmatch(label))]
    if codes:
        return codes[-1] if len(codes[-1]) == _ITEM else ""
    found = _called(reading.known, path, reading.year.value)
    if len(found) == 1:
        return found[0] if len(found[0]) == _ITEM else ""
    if any(spot.is_amount for spot in reading.spots_of(at)):
        reading.other_columns += 1
        reading.unknown.append(at)
    return ""


def _called(accounts: Accounts, path: Sequence[str], year: int) -> Sequence[str]:
    """The 款 of this name, under the 类 that stands over it; a 类 itself, or its 小计."""
    across = [code for code in accounts.table if code.startswith("3")]
    classes = [code for label in path for code in accounts.called(label, across, year) if len(code) == _CLASS]
    if path[-1] in ("小计", "合计") or (classes and accounts.called(path[-1], classes, year)):
        return classes[:1]
    items = [code for code in accounts.called(path[-1], across, year) if len(code) == _ITEM]
    return [code for code in items if not classes or code[:_CLASS] in classes]
