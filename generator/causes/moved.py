"""Figures that are right and stand in the wrong place: slid by rows or columns, exchanged, sorted without keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, product

from generator.causes.identities import Identities
from generator.causes.repair import Repair, Touched, called, counted, line_called, span
from generator.causes.typed_tables import TypedCell, TypedTable
from generator.causes.working_out import work_out

_FARTHEST = 3
"""So many rows may a pasted block lie off."""
_MANY = 60
"""In a table of so many rows, any block may lie off; in a larger one, those about what does not agree."""
_MOST_BROKEN, _MOST_PAIRS = 12, 2500
_COST_SWAPPED, _COST_SLID, _COST_ASIDE, _COST_ORDER = 10, 8, 10, 10
_COST_STRANGE = 20
"""Of a figure that no slip has brought there."""

_Moves = dict[tuple[int, int], tuple[int, int] | None]
"""Cell (line, column) → the cell that holds its words now; None: they are lost."""


def moved(one: Touched, others: Sequence[TypedTable], identities: Identities) -> Iterator[Repair]:
    yield from _slid(one, identities)
    yield from _as_in_others(one, others, identities)
    yield from _in_other_order(one, identities)
    yield from _pairs(one, identities)
    yield from _exchanged(one, identities)
    yield from _aside(one, identities)


def moved_unseen(one: Touched, troubled: Sequence[int]) -> list[Repair]:
    """The same where no sum could tell, only the whole judgement: columns exchanged, or figures a
    row off from where something is blank or does not agree. `troubled`: rows that are found fault with."""
    table, nothing = one.table, Identities(())
    filled, last = table.filled, len(table.lines) - 1
    found: list[Repair] = []
    for pair in combinations(filled, 2):
        moves: _Moves = {}
        for line in range(last + 1):
            moves[line, pair[0]], moves[line, pair[1]] = (line, pair[1]), (line, pair[0])
        found += _repair(one, "C062", moves, nothing, _COST_SWAPPED, columns=called(table, pair))
    for columns in dict.fromkeys((*((column,) for column in filled), filled)):
        blank = [n for n, row in enumerate(table.cells) if all((c := row[k]) is None or c.blank for k in columns)]
        begins = dict.fromkeys((0, troubled[0], max(0, troubled[0] - 1), *blank[:2]))
        ends = dict.fromkeys((last, troubled[-1], *blank[-1:]))
        for begin, end in product(begins, ends):
            for way in ("下", "上") if end - begin > 1 else ():
                around = (begin if way == "下" else end) not in blank
                found += _slid_within(one, columns, begin, end, way, 1, around, nothing)
    return [replace(repair, direct=True) for repair in found]


def _sets_of_columns(one: Touched) -> list[tuple[int, ...]]:
    """Each column that does not agree, those together, all of the table."""
    singles = [(column,) for column in one.lines]
    every = one.table.filled
    return (
        list(
            dict.fromkeys(
                [*singles, one.columns, tuple(one.lines), every] if one.columns else [*singles, tuple(one.lines), every]
            )
        )
        if singles
        else []
    )


def _is_move(one: Touched, moves: _Moves) -> bool:
    """Whether figures have really moved, into more rows than they are lost from: a row of blanks moves nowhere."""
    shifted: set[int] = set()
    lost: set[int] = set()
    for (line, column), origin in moves.items():
        cell = one.table.cells[line][column]
        source = one.table.cells[origin[0]][origin[1]] if origin is not None else None
        if origin is None and cell is not None and cell.value:
            lost.add(line)
        if cell is not None and source is not None and source.value and source.value != cell.value:
            shifted.add(line)
    return len(shifted) >= max(1, len(lost - shifted))


def _lines(one: Touched, columns: Sequence[int]) -> list[int]:
    return sorted({line for column in columns for line in one.rows.get(column, ())})


def _made(one: Touched, moves: _Moves, identities: Identities) -> dict[str, TypedCell | Decimal] | None:
    """The content; what is lost is worked out from what must hold, else blank."""
    content: dict[str, TypedCell | Decimal] = {}
    lost: list[TypedCell] = []
    for (line, column), origin in moves.items():
        cell = one.table.cells[line][column]
        source = one.table.cells[origin[0]][origin[1]] if origin is not None else cell
        if cell is None or source is None:
            return None
        if origin is None:
            lost.append(cell)
        content[cell.name] = source if origin is not None else Decimal(0)
    if lost:
        cells = {cell.name: cell for cell in _places(one, moves)}
        work_out([cell.name for cell in lost], content, identities, cells)
    return content


def _places(one: Touched, moves: _Moves) -> tuple[TypedCell, ...]:
    cells = (one.table.cells[line][column] for line, column in moves)
    return tuple(cell for cell in cells if cell is not None)


def _repair(one: Touched, code: str, moves: _Moves, identities: Identities, cost: int, **said: object) -> list[Repair]:
    content = _made(one, moves, identities) if _is_move(one, moves) else None
    if content is None:
        return []
    cells = {cell.name: cell for cell in _places(one, moves)}
    changed = list(Repair(code, {}, (), content, cost).values(cells))
    where = {cell.name: cell.place or one.table.lines[n].place for n, c in moves if (cell := one.table.cells[n][c])}
    places = tuple(dict.fromkeys(where[name] for name in changed if where[name]))
    lines = sorted({line for line, _ in moves})
    words = {
        "table": one.table.label,
        "first": line_called(one.table, lines[0]),
        "last": line_called(one.table, lines[-1]),
        "count": len(lines),
        "where": span(places),
    }
    free = sum(isinstance(one, Decimal) and bool(one) for one in content.values())
    return [Repair(code, {**words, **said}, places, content, cost, free=free)] if changed else []


# -- down, up ---------------------------------------------------------------------------------------------------------


def _slid(one: Touched, identities: Identities) -> Iterator[Repair]:
    """C060."""
    last = len(one.table.lines) - 1
    for columns in _sets_of_columns(one):
        blocks = [
            (steps, *block)
            for steps in range(1, min(_FARTHEST, last) + 1)
            for block in _blocks(one, columns, steps, identities)
        ]
        most = max((bound for *_, bound in blocks), default=0)
        for steps, begin, end, way, bound in blocks:
            # two that change places: `_pairs`
            for around in (True, False) if end - begin + 1 != 2 * steps else (False,):
                if bound * 3 >= most * 2 and (bound == most or last < _MANY):
                    yield from _slid_within(one, columns, begin, end, way, steps, around, identities)


def _slid_within(
    one: Touched,
    columns: Sequence[int],
    begin: int,
    end: int,
    way: str,
    steps: int,
    around: bool,
    identities: Identities,
) -> Iterator[Repair]:
    moves = _by_rows(columns, begin, end, steps if way == "下" else -steps, around)
    said = {"columns": called(one.table, columns), "way": way, "steps": steps, "back": "上" if way == "下" else "下"}
    last = len(one.table.lines) - 1
    ends = (begin > 0) + (end < last)
    inserted = () if around else range(begin, begin + steps) if way == "下" else range(end - steps + 1, end + 1)
    noise = sum(_is_strange(one.table, moves, line, column) for line in inserted for column in columns)
    cost = _COST_SLID + ends * last.bit_length() + 2 * (steps - 1) + 3 * around + _COST_STRANGE * noise
    yield from _repair(one, "C060", moves, identities, cost, **said)


def _is_strange(table: TypedTable, moves: _Moves, line: int, column: int) -> bool:
    """Whether what stands where the block has left is neither blank nor what was there: nobody knows where from."""
    cell, origin = table.cells[line][column], moves.get((line, column))
    there = table.cells[origin[0]][origin[1]] if origin is not None else None
    return counted(cell) != 0 and (origin is None or counted(cell) != counted(there))


def _blocks(
    one: Touched, columns: Sequence[int], steps: int, identities: Identities
) -> list[tuple[int, int, str, int]]:
    """First and last rows of blocks that may lie so many rows off, which way, and how much that could mend: put back,
    what stays within mends something and breaks nothing. Row by row outwards from where figures are lost, so that each
    block costs one row's additions."""
    count = len(one.table.lines)
    inner = sorted({line for column in columns for line in one.lines.get(column, ())})
    if not inner and count > _MANY:
        return []
    every = range(count) if count <= _MANY else None
    firsts = every or [*range(max(0, inner[0] - _FARTHEST), inner[0] + 1), 0]
    lasts = every or [*range(inner[-1], min(count - 1, inner[-1] + _FARTHEST) + 1), count - 1]
    found: list[tuple[int, int, str, int]] = []
    for end in dict.fromkeys(lasts):  # figures lie too low: those of the last rows are lost
        lost = range(end - steps + 1, end + 1)
        for line, bound in _mending(one, columns, range(end - steps, min(firsts) - 1, -1), steps, lost, identities):
            found.append((line, end, "下", bound))
    for begin in dict.fromkeys(firsts):
        lost = range(begin, begin + steps)
        for line, bound in _mending(one, columns, range(begin + steps, max(lasts) + 1), -steps, lost, identities):
            found.append((begin, line, "上", bound))
    return found


def _mending(
    one: Touched, columns: Sequence[int], lines: range, steps: int, lost: range, identities: Identities
) -> Iterator[tuple[int, int]]:
    """The rows up to which it would do to fetch figures `steps` rows further down, and how many identities that mends
    or may mend. `lost`: rows whose own figures
    nobody knows then; what they stand in is left open."""
    cells = one.table.cells
    gone = [cell for line in lost if 0 <= line < len(cells) for c in columns if (cell := cells[line][c]) is not None]
    unknown = {number for cell in gone for number, _ in identities.at.get(cell.name, ())}
    open_ = len(unknown & identities.broken)
    left: dict[int, Decimal] = {}
    mended: set[int] = set()
    broken: set[int] = set()
    for line in lines:
        changed = False
        for column in columns:
            cell, source = cells[line][column], cells[line + steps][column]
            if cell is None or source is None or not (change := counted(source) - cell.value):
                continue
            changed = True
            for number, sign in identities.at.get(cell.name, ()):
                identity = identities.all[number]
                if number in unknown or identity.own:
                    continue
                left[number] = left.get(number, identity.difference) + sign * change
                kept, other = (mended, broken) if number in identities.broken else (broken, mended)
                other.discard(number)
                holds = identity.holds(left[number])
                (kept.add if holds == (kept is mended) else kept.discard)(number)
        if changed and mended and not broken:
            yield line, len(mended) + open_


def _by_rows(columns: Sequence[int], begin: int, end: int, steps: int, around: bool) -> _Moves:
    """Values that stand `steps` rows too low. `around`: what has left the block has come in at its other end."""
    count = end - begin + 1
    moves: _Moves = {}
    for line in range(begin, end + 1):
        origin = line + steps
        inside = begin <= origin <= end
        for column in columns:
            wrapped = (begin + (origin - begin) % count, column) if around else None
            moves[line, column] = (origin, column) if inside else wrapped
    return moves


# -- another order ----------------------------------------------------------------------------------------------------


def _in_other_order(one: Touched, identities: Identities) -> Iterator[Repair]:
    """C063: each row's figures stand in another row."""
    for column in one.columns:
        order = _order(one, column, identities)
        if not order:
            continue
        for columns in _sets_of_columns(one):
            if column not in columns:
                continue
            moves: _Moves = {(line, inner): (order[line], inner) for line in sorted(order) for inner in columns}
            pair = len(order) == 2
            how = "两行对调了" if pair else "与各行对不上：排序时没有带上旁边的栏"
            cost = _cost_of_order(one.table, column, order)
            yield from _repair(one, "C063", moves, identities, cost, columns=called(one.table, columns), how=how)


def _as_in_others(one: Touched, others: Sequence[TypedTable], identities: Identities) -> Iterator[Repair]:
    """C063: another table has the same figures, each at the key where it belongs."""
    keys = {line.key: number for number, line in enumerate(one.table.lines)}
    if not one.table.key_column or len(keys) < len(one.table.lines):
        return
    for other in others:
        if other is one.table or not other.key_column:
            continue
        for column, theirs in product(one.table.filled, other.filled):
            there = {
                line.key: cell.value
                for line, cells in zip(other.lines, other.cells, strict=True)
                if (cell := cells[theirs]) is not None and line.key in keys
            }
            order = _placed(one.table, column, keys, there)
            if order:
                columns = one.table.filled
                moves: _Moves = {(line, inner): (order[line], inner) for line in sorted(order) for inner in columns}
                said = {"columns": called(one.table, columns)}
                how = "两行对调了" if len(order) == 2 else "与各行对不上：排序时没有带上旁边的栏"
                cost = _cost_of_order(one.table, column, order)
                yield from _repair(one, "C063", moves, identities, cost, **said, how=how)


def _cost_of_order(table: TypedTable, column: int, order: Mapping[int, int]) -> int:
    """Two rows change places easily, and figures may come to stand by size; any other order is one of very many."""
    figures = [counted(cells[column]) for cells in table.cells]
    by_size = figures == sorted(figures) or figures == sorted(figures, reverse=True)
    return _COST_ORDER + (0 if by_size or len(order) == 2 else 2 * len(order))


def _placed(table: TypedTable, column: int, keys: Mapping[str, int], there: Mapping[str, Decimal]) -> dict[int, int]:
    """Line → line where the figure stands that its key has elsewhere, those that are where they belong left out. Empty
    where not every key finds a figure of its own."""
    here = [cell.value if (cell := cells[column]) is not None else None for cells in table.cells]
    wanted = {keys[key]: value for key, value in there.items()}
    if len(wanted) < len(here) or len({*wanted.values()}) * 2 < len(here):
        return {}
    astray = {line: value for line, value in wanted.items() if here[line] != value}
    return _matched(astray, {line: value for line in astray if (value := here[line]) is not None})


def _pairs(one: Touched, identities: Identities) -> Iterator[Repair]:
    """C063: two figures of a column that have changed places: one sum is too large by what another is too small."""
    where = {
        cell.name: (line, column)
        for line, cells in enumerate(one.table.cells)
        for column, cell in enumerate(cells)
        if cell is not None and cell.value
    }
    broken = [number for number in sorted(identities.broken)[:_MOST_BROKEN] if identities.all[number].equal]
    for first, second in combinations(broken, 2):
        ours, theirs = identities.all[first], identities.all[second]
        mine = [where[name] for name in ours.parts if name in where and name not in theirs.parts]
        others = [where[name] for name in theirs.parts if name in where and name not in ours.parts]
        if not mine or not others or len(mine) * len(others) > _MOST_PAIRS:
            continue
        for (line, column), (other, same) in product(mine, others):
            a, b = one.table.cells[line][column], one.table.cells[other][same]
            if column != same or a is None or b is None:
                continue
            change = b.value - a.value
            signs = ours.parts[a.name], theirs.parts[b.name]
            left = ours.difference + signs[0] * change, theirs.difference - signs[1] * change
            if change and ours.holds(left[0]) and theirs.holds(left[1]):
                for columns in dict.fromkeys(((column,), one.table.filled)):
                    moves: _Moves = {}
                    for inner in columns:
                        moves[line, inner], moves[other, inner] = (other, inner), (line, inner)
                    said = {"columns": called(one.table, columns), "how": "两行对调了"}
                    yield from _repair(one, "C063", moves, identities, _COST_ORDER, **said)


def _order(one: Touched, column: int, identities: Identities) -> dict[int, int]:
    """Line → line where its figure stands; empty where the figures asked for are not just those that are there."""
    asked: dict[int, Decimal] = {}
    for line, numbers in one.rows[column].items():
        cell = one.table.cells[line][column]
        change = next(iter(identities.implied(cell.name, {}, numbers)), None) if cell is not None else None
        if cell is None or change is None:
            return {}
        asked[line] = cell.value + change
    there = {line: cell.value for line in asked if (cell := one.table.cells[line][column]) is not None}
    order = _matched(asked, there)
    return order if len(order) > 1 else {}


def _matched(wanted: Mapping[int, Decimal], there: Mapping[int, Decimal]) -> dict[int, int]:
    """Line → another line with the figure that is wanted, none taken twice; empty where one finds none."""
    free: dict[Decimal, list[int]] = {}
    for line in sorted(there, reverse=True):
        free.setdefault(there[line], []).append(line)
    order: dict[int, int] = {}
    for line, value in wanted.items():
        if not free.get(value):
            return {}
        order[line] = free[value].pop()
    return order


# -- left, right ------------------------------------------------------------------------------------------------------


def _ranges(one: Touched, columns: Sequence[int]) -> Iterator[range | list[int]]:
    lines = _lines(one, columns)
    yield range(len(one.table.lines))
    if lines:
        yield range(lines[0], lines[-1] + 1)
        yield lines


def _cost_of_range(one: Touched, lines: range | list[int]) -> int:
    count = len(one.table.lines)
    return 0 if len(lines) == count else 2 * count.bit_length() if isinstance(lines, range) else count + len(lines)


def _exchanged(one: Touched, identities: Identities) -> Iterator[Repair]:
    """C062: two columns have each other's figures."""
    for pair in combinations(range(len(one.table.columns)), 2):
        if not set(pair) & set(one.lines) & set(one.table.filled) and not set(pair) & set(one.columns):
            continue
        for lines in _ranges(one, pair):
            moves: _Moves = {}
            for line in lines:
                moves[line, pair[0]], moves[line, pair[1]] = (line, pair[1]), (line, pair[0])
            cost = _COST_SWAPPED + _cost_of_range(one, lines)
            yield from _repair(one, "C062", moves, identities, cost, columns=called(one.table, pair))


def _aside(one: Touched, identities: Identities) -> Iterator[Repair]:
    """C061: figures from one column on stand one column to the right or left."""
    count = len(one.table.columns)
    for begin, end in combinations(range(count), 2):
        columns = range(begin, end + 1)
        if not set(columns) & set(one.lines):
            continue
        for lines in _ranges(one, columns):
            yield from _one_aside(one, columns, lines, identities)


def _one_aside(one: Touched, columns: range, lines: range | list[int], identities: Identities) -> Iterator[Repair]:
    for way, step in (("右", 1), ("左", -1)):
        moves: _Moves = {}
        for line in lines:
            for column in columns:
                origin = column + step
                moves[line, column] = (line, origin) if origin in columns else None
        inserted = columns[0] if step > 0 else columns[-1]
        strange = sum(_is_strange(one.table, moves, line, inserted) for line in lines)
        cost = _COST_ASIDE + _cost_of_range(one, lines) + _COST_STRANGE * strange
        said = {"columns": called(one.table, columns), "way": way, "back": "左" if way == "右" else "右"}
        yield from _repair(one, "C061", moves, identities, cost, **said)
