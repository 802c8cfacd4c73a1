"""A row too many, a row that is missing, a row under the wrong key; a column that was never filled in, or twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher

from generator.causes.identities import Identities
from generator.causes.repair import Repair, Touched, counted, line_called, span
from generator.causes.typed_tables import GONE, Spot, TypedCell, TypedTable
from generator.causes.working_out import nudged, work_out
from generator.quantity import EXACT

_COST_ROW, _COST_WORD, _COST_NEW_ROW, _COST_COLUMN, _COST_BLANK = 6, 4, 12, 10, 18
_UNLIKE, _STRANGE = 20, 12
"""What a word costs beyond that if it has no sign in common with the one that is meant; nobody mistypes it farther than
the other."""
_MOST_KEYS = 4
_CENT = Decimal("0.01")


# -- rows -------------------------------------------------------------------------------------------------------------


def rows_too_many(one: Touched) -> Iterator[Repair]:
    """C065: rows that say again what others say: the same row twice, a subtotal among its parts."""
    table = one.table
    subtotals: list[int] = []
    for line in range(len(table.lines)):
        why = _twin(table, line)
        if why:
            yield _without(table, [line], why)
        elif _is_subtotal(table, line):
            subtotals.append(line)
            yield _without(table, [line], "是下面各行的小计，相加时重复了")
    if len(subtotals) > 1:
        yield _without(table, subtotals, "是各自下面几行的小计，相加时重复了")


def _numbers(table: TypedTable, line: int) -> list[Decimal]:
    return [cell.value if cell is not None else Decimal(0) for cell in table.cells[line]]


def _twin(table: TypedTable, line: int) -> str:
    """Why the row is another one again: the same key and figures, or all the same words."""
    key, mine = table.lines[line].key, _numbers(table, line)
    if not any(mine):
        return ""
    for other in range(line):
        typed = table.lines[line].typed  # nothing: no row of a list
        same = key == table.lines[other].key if key else typed == table.lines[other].typed
        if typed and same and _numbers(table, other) == mine:
            return f"与“{line_called(table, other)}”{span([table.lines[other].place])}那一行重复"
    return ""


def _is_subtotal(table: TypedTable, line: int) -> bool:
    key, mine = table.lines[line].key, _numbers(table, line)
    parts = [n for n, other in enumerate(table.lines) if key and other.key != key and other.key.startswith(key)]
    lowest = [
        n
        for n in parts
        if not any(
            table.lines[m].key != table.lines[n].key and table.lines[m].key.startswith(table.lines[n].key)
            for m in parts
        )
    ]
    if not key or not lowest or not any(mine):
        return False
    sums = [sum((_numbers(table, n)[c] for n in lowest), Decimal(0)) for c in range(len(table.columns))]
    return any(a and a == b for a, b in zip(mine, sums, strict=True))


def _without(table: TypedTable, lines: Sequence[int], why: str) -> Repair:
    gone = [table.lines[line] for line in lines]
    content = {cell.name: Decimal(0) for line in lines for cell in table.cells[line] if cell is not None}
    names = "、".join(f"“{line_called(table, line)}”" for line in lines[:4]) + ("等" if len(lines) > 4 else "")
    said = {"table": table.label, "names": names, "where": span([one.place for one in gone]), "why": why}
    places = tuple(
        dict.fromkeys(
            place
            for line in lines
            for place in (table.lines[line].place, *(c.place for c in table.cells[line] if c is not None and c.place))
        )
    )
    keys = [one.key for one in table.lines]
    words: dict[Spot, object] = {one.spot: GONE for one in gone}
    again = any(keys.count(one.key) > 1 for one in gone if one.key)  # two facts of one name: no identity parts them
    return Repair("C065", said, places, {} if again else content, _COST_ROW, words, direct=again)


def keys_mistaken(one: TypedTable, others: Sequence[TypedTable]) -> Iterator[Repair]:
    """C066: a key that no table alike has, where one that they have is missing here. C067: the row of such a key is
    missing altogether."""
    if not one.key_column:
        return
    here = {line.key for line in one.lines}
    alike = [other for other in others if other is not one and _alike(one, other)]
    lost: dict[str, tuple[TypedTable, int]] = {}
    for other in alike:
        for number, line in enumerate(other.lines):
            if line.key and line.key not in here and any(_numbers(other, number)):
                lost.setdefault(line.key, (other, number))
    elsewhere = {line.key for other in alike for line in other.lines}
    strange = [line for line in one.lines if line.key not in elsewhere]
    for line in strange[:_MOST_KEYS] if alike else ():
        near = sorted(
            (key for key in lost if _unlike(key, line.key) <= _STRANGE), key=lambda key: _unlike(key, line.key)
        )
        for key in near[:_MOST_KEYS]:
            said = {"table": one.label, "column": one.key_column, "given": line.key, "meant": key}
            said |= {"where": span([line.place]), "other": lost[key][0].label}
            words = {(*line.spot, one.key_column): key}
            yield Repair("C066", said, (line.place,), {}, _COST_WORD + _unlike(key, line.key), words, direct=True)
    for number, (key, (other, line_)) in enumerate(lost.items()):
        if number < _MOST_KEYS:
            yield from _row_missing(one, key, other, line_)


def _unlike(one: str, other: str) -> int:
    return round(_UNLIKE * (1 - SequenceMatcher(None, one, other).ratio()))


def _alike(one: TypedTable, other: TypedTable) -> bool:
    mine, theirs = {line.key for line in one.lines}, {line.key for line in other.lines}
    return bool(other.key_column) and len(mine & theirs) * 2 >= min(len(mine), len(theirs)) > 1


def _row_missing(one: TypedTable, key: str, other: TypedTable, line: int) -> Iterator[Repair]:
    """The row as the table alike has it; a column with the same name means the same."""
    listing = one.lines[-1].spot[:-1]
    last = max((row.spot[-1] for row in one.lines if isinstance(row.spot[-1], int)), default=0)
    assert isinstance(last, int)
    words: dict[tuple[object, ...], object] = {(*listing, last + 1, one.key_column): key}
    shared = 0
    for column, label in enumerate(other.columns):
        cell = other.cells[line][column]
        name = next((c.spot[-1] for row in one.cells if (c := _of(one, row, label)) is not None), None)
        if cell is not None and not cell.blank and name is not None:
            words.update({(*listing, last + 1, name): cell.text})
            shared += 1
    amounts = [cell.text for cell in other.cells[line] if cell is not None and cell.value]
    for column in one.filled[:_MOST_KEYS] if not shared and len(set(amounts)) == 1 else ():
        name = next(c.spot[-1] for row in one.cells if (c := row[column]) is not None)
        only = {**words, (*listing, last + 1, name): amounts[0]}
        said = {"table": one.label, "key": key, "other": other.label, "where": span([other.lines[line].place])}
        yield Repair("C067", said, (one.lines[-1].place, other.lines[line].place), {}, _COST_NEW_ROW, only, direct=True)
    if shared:
        said = {"table": one.label, "key": key, "other": other.label, "where": span([other.lines[line].place])}
        place = one.lines[-1].place
        yield Repair("C067", said, (place, other.lines[line].place), {}, _COST_NEW_ROW, words, direct=True)


def _of(table: TypedTable, row: Sequence[TypedCell | None], label: str) -> TypedCell | None:
    return row[table.columns.index(label)] if label in table.columns else None


def words_unknown(one: TypedTable) -> Iterator[Repair]:
    """C070: a column under a word that the form does not know, for one that no row has."""
    strange: dict[str, list[int]] = {}
    for number, line in enumerate(one.lines):
        for word in line.strange:
            strange.setdefault(word, []).append(number)
    for word, lines in list(strange.items())[:_MOST_KEYS]:
        rows = [one.lines[number] for number in lines]
        free = [name for name in one.names if name != one.key_column and not any(name in row.typed for row in rows)]
        near = sorted(free, key=lambda name: _unlike(name, word))[:_MOST_KEYS]
        for name in near:
            words: dict[Spot, object] = {}
            for row in rows:
                words.update({(*row.spot, word): GONE, (*row.spot, name): row.strange[word].text})
            places = tuple(row.strange[word].place for row in rows)
            said = {"table": one.label, "word": word, "count": len(rows), "where": span(places), "meant": name}
            yield Repair("C070", said, places, {}, _COST_WORD + _unlike(name, word), words, direct=True)


# -- columns ----------------------------------------------------------------------------------------------------------


def columns_misfilled(one: Touched, identities: Identities) -> Iterator[Repair]:
    """C068: what stands in a column in every row that does not agree shows how it came there."""
    table = one.table
    for column in one.columns:
        lines = sorted(one.rows[column])
        cells = [cell for line in lines if (cell := table.cells[line][column]) is not None]
        if not 1 < len(cells) == len(lines):
            continue
        asked = [_asked(identities, c, one.rows[column][n]) for n, c in zip(lines, cells, strict=True)]
        above = table.cells[lines[0] - 1][column] if lines[0] else None
        dragged = [above, *cells] if above is not None and above.value == cells[0].value else cells
        every = [cell for row in table.cells if (cell := row[column]) is not None]
        whole = {_WAYS[0][0]: every, _WAYS[2][0]: dragged}
        how = next((words for words, fits in _WAYS if fits(whole.get(words, cells), asked)), "")
        how = how or _copied(one, column, lines)
        if how and None not in asked:
            content: dict[str, TypedCell | Decimal] = {
                cell.name: cell.value + change for cell, change in zip(cells, asked, strict=True) if change is not None
            }
            known = {cell.name: cell for row in table.cells for cell in row if cell is not None}
            nudged(content, list(content), identities, known)
            numbers = [number for line in lines for number in one.rows[column][line]]
            sure = any(identities.all[number].equal for number in numbers)
            yield _misfilled(table, column, lines, how, content, _COST_COLUMN if sure else _COST_BLANK)


def columns_lost(one: Touched, identities: Identities) -> Iterator[Repair]:
    """C068: a whole column is blank or another one again, so that sums of several of its figures do not agree."""
    table = one.table
    cells = {cell.name: cell for row in table.cells for cell in row if cell is not None}
    for column in range(len(table.columns)):
        names = [cell.name for row in table.cells if (cell := row[column]) is not None]
        if len(names) < 2 or not any(
            number in identities.broken for name in names for number, _ in identities.at.get(name, ())
        ):
            continue
        how = _WAYS[0][0] if all(cells[name].blank for name in names) else _copied(one, column, range(len(table.lines)))
        if how:
            content: dict[str, TypedCell | Decimal] = {name: cells[name].value for name in names}
            work_out(names, content, identities, cells)
            lines = [
                n for n, row in enumerate(table.cells) if (c := row[column]) and counted(content[c.name]) != c.value
            ]
            if len(lines) > 1 and len(lines) * 2 >= sum(any(c and c.value for c in row) for row in table.cells) // 2:
                yield _misfilled(table, column, lines, how, content, _COST_COLUMN)


def columns_in_other_unit(table: TypedTable) -> Iterator[Repair]:
    """C072: the figures of a column are amounts in 万元 where 元 are typed, or the other way round."""
    for column in table.filled:
        cells = [cell for row in table.cells if (cell := row[column]) is not None and cell.value]
        for power, words in ((4, "万元"), (-4, "元")) if len(cells) > 1 else ():
            content = {cell.name: cell.value.scaleb(power, EXACT) for cell in cells}
            places = tuple(dict.fromkeys(cell.place for cell in cells if cell.place))
            said = {"table": table.label, "column": table.columns[column], "count": len(cells), "where": span(places)}
            yield Repair("C072", {**said, "unit": words}, places, content, _COST_COLUMN)


def _misfilled(
    table: TypedTable,
    column: int,
    lines: Sequence[int],
    how: str,
    content: Mapping[str, TypedCell | Decimal],
    cost: int,
) -> Repair:
    """`cost`: of a blank column; only by a bound, one that is never filled in would look like it."""
    cells = [(line, cell) for line in lines if (cell := table.cells[line][column]) is not None]
    places = tuple(dict.fromkeys(cell.place or table.lines[line].place for line, cell in cells))
    said = {"table": table.label, "column": table.columns[column], "count": len(cells), "where": span(places)}
    said |= {"first": line_called(table, lines[0]), "last": line_called(table, lines[-1]), "how": how}
    return Repair("C068", said, places, content, cost if how == _WAYS[0][0] else _COST_COLUMN)


def _asked(identities: Identities, cell: TypedCell, numbers: Sequence[int]) -> Decimal | None:
    """By how much more the cell has to be."""
    return next(identities.implied(cell.name, {}, numbers, at_least=True), None)


_Asked = Sequence[Decimal | None]


def _all_blank(cells: Sequence[TypedCell], _: _Asked) -> bool:
    return all(cell.blank for cell in cells)


def _all_zero(cells: Sequence[TypedCell], _: _Asked) -> bool:
    return not any(cell.value or cell.blank for cell in cells)


def _all_one(cells: Sequence[TypedCell], _: _Asked) -> bool:
    return len(cells) > 2 and len({cell.value for cell in cells}) == 1


def _signs_lost(cells: Sequence[TypedCell], asked: _Asked) -> bool:
    return all(change is not None and change == -2 * cell.value for cell, change in zip(cells, asked, strict=True))


_WAYS: tuple[tuple[str, Callable[[Sequence[TypedCell], _Asked], bool]], ...] = (
    ("都是空的：这一栏是不是漏填了", _all_blank),
    ("都是0：是不是把0一路拖了下来", _all_zero),
    ("都是同一个数：是不是一路拖了下来", _all_one),
    ("正负号都反了", _signs_lost),
)


def _copied(one: Touched, column: int, lines: Sequence[int]) -> str:
    """Another column with the same figures in all of these rows, and not in most of the others too."""
    table = one.table
    rest = [line for line in range(len(table.lines)) if line not in lines]
    for other, label in enumerate(table.columns):
        pairs = [(table.cells[line][column], table.cells[line][other]) for line in lines]
        if (
            other != column
            and len(pairs) > 2
            and all(a is not None and b is not None and a.value == b.value for a, b in pairs)
        ):
            by_nature = [counted(table.cells[line][column]) == counted(table.cells[line][other]) for line in rest]
            if sum(by_nature) * 2 < max(1, len(by_nature)):
                return f"与“{label}”完全一样：是不是贴错了栏"
    return ""
