"""What each repair is worth: the identities that it mends, less how unlikely its slip is.

Both are counted in doublings. That an identity holds by chance is one in very many figures; a slip is the unlikelier
the more there is to choose: which cell, from which row, what figure. So kinds of slips can be held against each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.causes.identities import Identities, Judged
from generator.causes.repair import Repair
from generator.causes.single_cell import COST_BELOW, COST_SLIP
from generator.causes.typed_tables import TypedCell, TypedInput
from generator.causes.whole_files import UNITS

EQUAL, AT_MOST, _LEFT = 20, 2, 6
"""What a mended equation and a mended bound are worth, and what one costs that is touched and stays broken."""
MARGIN = 6
"""So much better must a repair be than another that says something else."""
MOST_CLAIMS = 5
_MOST_CELLS = 300_000
"""So many changed cells are weighed, all repairs together."""
_ROWS_ALIKE = 3
"""Rows that do not agree in which two columns are exchanged: no chance does that."""
MOVES, _ACROSS = ("C060", "C061", "C062", "C063"), ("C061", "C062")
_OF_A_CELL = 3
"""So many identities, and no other cell in all of them, say of a cell that it is wrong, by whatever slip."""
_SHOWN = 4
_SAME, _ONE_CELL = ("table", "way", "steps"), {"C064", "C069"}


@dataclass(frozen=True, slots=True)
class Weighed:
    """`changes`: by how much each cell changes."""

    repair: Repair
    judged: Judged
    changes: Mapping[str, Decimal]
    gain: int

    @property
    def order(self) -> tuple[int, int, int]:
        return -self.gain, self.repair.cost, len(self.changes)

    def agrees(self, other: Weighed) -> bool:
        """Whether one says what the other says and more; or the same of other rows."""
        mine, theirs = self.changes.items(), other.changes.items()
        ours, said = self.repair, other.repair.said
        if ours.code != other.repair.code and not {ours.code, other.repair.code} & _ONE_CELL:
            return False
        if mine <= theirs or theirs <= mine:
            return True
        alike = ours.code == "C060" and all(ours.said[word] == said.get(word) for word in _SAME)
        return alike and len(mine & theirs) * 2 >= min(len(mine), len(theirs))


def weighed(repairs: Iterable[Repair], given: TypedInput, identities: Identities) -> list[Weighed]:
    """Those that do well, the best first; of those that change the same, the likeliest. Nothing, if there are more than
    can be weighed."""
    of_changes: dict[frozenset[tuple[str, Decimal]], Weighed] = {}
    cells = _MOST_CELLS
    for repair in repairs:
        changes = repair.values(given.cells)
        cells -= len(changes) + 2
        if cells < 0:
            return []
        judged = identities.judged(changes)
        if not judged.mended or not _good(repair, judged, changes, given, identities):
            continue
        one = Weighed(repair, judged, changes, _gain(repair, judged, identities))
        if one.gain <= 0:
            continue
        same = frozenset(changes.items())
        if same not in of_changes or of_changes[same].repair.cost > repair.cost:
            of_changes[same] = one
    kept = _put_together(list(of_changes.values()), given, identities)
    most = max((len(one.judged.mended) for one in kept), default=0)
    return sorted((one for one in kept if len(one.judged.mended) * 3 >= most * 2), key=lambda one: one.order)


def _gain(repair: Repair, judged: Judged, identities: Identities) -> int:
    equal = sum(identities.all[number].equal for number in judged.mended)
    return EQUAL * equal + AT_MOST * (len(judged.mended) - equal) - _LEFT * judged.left - repair.cost


def clusters(open_: list[Weighed]) -> Iterator[list[Weighed]]:
    """Those between which nothing decides, the best together first; the next ones mend nothing of what they mend."""
    while open_:
        first = open_[0]
        alike = [one for one in open_ if one.gain >= first.gain - MARGIN and one.judged.mended & first.judged.mended]
        yield alike
        same = {id(one) for one in alike}
        open_ = [one for one in open_ if id(one) not in same]


def claims(alike: Sequence[Weighed]) -> list[list[Weighed]]:
    """Each list says one thing: the least of it first, then what says more of the same. No two lists agree."""
    found: list[list[Weighed]] = []
    for one in alike:
        same = [claim for claim in found if one.agrees(claim[0])]
        if not same:
            found.append([one])
        for claim in same:
            claim.append(one)
    return found


def _good(
    repair: Repair, judged: Judged, changes: Mapping[str, Decimal], given: TypedInput, identities: Identities
) -> bool:
    """It mends enough for what it claims, breaks nothing, and leaves little of what it touches."""
    enough = 1 if (repair.cost <= COST_SLIP and repair.code not in MOVES) or repair.code in ("C065", *UNITS) else 2
    if repair.direct or judged.broken or len(judged.mended) - repair.free < max(enough, 3 * judged.left):
        return False
    parts = [identities.all[number].parts.keys() for number in judged.mended]
    return repair.code not in _ACROSS or _all_witnessed(changes, given, parts, lost=repair.code == "C061")


def _row_of(name: str) -> str:
    return name.rpartition(".")[0]


def _all_witnessed(
    changes: Mapping[str, Decimal], given: TypedInput, mended: Sequence[Iterable[str]], *, lost: bool
) -> bool:
    """Whether each column that gives figures to another is asked for by something in which the other has no part, or by
    many rows; an empty one asks by itself. Without that, a budget that is just as large as what was spent looks as if
    the two had changed places. `mended`: the cells of each identity. `lost`: one column's own figures are gone."""
    columns: dict[str, list[str]] = {}
    for name in changes:
        columns.setdefault(name.rpartition(".")[2], []).append(name)
    of_lines = Counter(_row_of(name) for name in changes)
    if sum(count > 1 for count in of_lines.values()) * 2 < len(of_lines):
        return False
    empty = {column for column, names in columns.items() if all(given.cells[name].blank for name in names)}
    asked: Counter[str] = Counter()
    for parts in mended:
        inside = {name.rpartition(".")[2] for name in parts if name in changes}
        asked.update({column: _ROWS_ALIKE if len(inside) == 1 else 1 for column in inside})
    known = empty | {column for column, count in asked.items() if count >= _ROWS_ALIKE}
    return len(columns.keys() - known) <= lost or len(empty) == len(columns) - 1


def _put_together(found: list[Weighed], given: TypedInput, identities: Identities) -> list[Weighed]:
    """C069: of several cells, each of which alone could explain the same, none is named; all of them are."""
    kept = [one for one in found if one.repair.code != "C064"]
    same: dict[frozenset[int], list[Weighed]] = {}
    for one in found:
        if one.repair.code == "C064":
            same.setdefault(one.judged.mended, []).append(one)
    for mended, alike in same.items():
        possible = [one for one in alike if one.repair.cost < COST_BELOW]
        slips = [one for one in possible if one.repair.cost <= COST_SLIP]
        known = slips if len(slips) == 1 and slips[0].repair.alone else []
        if len(possible) == 1 and (len(alike) == 1 or slips):
            known = possible
        if known and not slips and len(mended) < _OF_A_CELL:  # anything between its neighbours would look so
            kept.append(_one_of(known, [one.repair for one in alike], given, identities))
        elif known:
            kept += known
        elif len(mended) > 1:
            kept += [_one_of(possible, [one.repair for one in alike], given, identities)] if possible else []
        elif len(slips) <= MOST_CLAIMS:
            kept += slips  # the whole judgement may know
    return kept


def _one_of(
    possible: Sequence[Weighed], repairs: Sequence[Repair], given: TypedInput, identities: Identities
) -> Weighed:
    first = min(possible, key=lambda one: one.repair.cost)
    places = tuple(dict.fromkeys(place for one in repairs for place in one.places))
    names = _labels([given.cells[name] for one in repairs for name in one.content])
    meant = first.repair.said.get("meant", "")
    alone = f"填错了（按其余各数应为 {meant}），或者旁边漏了、多了一行"
    how = alone if len(places) == 1 and meant else "，其中有填错的，或者它们中间漏了、多了一行"
    said = {"count": len(first.judged.mended), "names": names, "how": how}
    repair = replace(first.repair, code="C069", said=said, places=places)
    return replace(first, repair=repair, gain=_gain(repair, first.judged, identities))


def _labels(cells: Sequence[TypedCell]) -> str:
    labels = list(dict.fromkeys(cell.label or cell.name for cell in cells))
    return "、".join(labels[:_SHOWN]) + (f"等{len(labels)}处" if len(labels) > _SHOWN else "")
