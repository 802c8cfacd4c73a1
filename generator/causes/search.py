"""The search for what explains the findings: slips are undone one at a time, and the input is judged again.

A cause is told only when undoing it removes what it is said to explain, brings nothing new, and no other does as well.
Nothing is ever changed in the input. How much is tried is bounded, whatever the input's size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.causes.identities import Identities, Judged
from generator.causes.moved import moved
from generator.causes.repair import Repair, nudged, touched
from generator.causes.single_cell import RANK_BELOW, RANK_SLIP, single_cells
from generator.causes.typed_tables import Spot, TypedCell, TypedInput, rewritten
from generator.causes.whole_rows import columns_misfilled, keys_mistaken, rows_too_many, words_unknown
from generator.checks.rules import Comparison
from generator.diagnostics import CATALOGUE, Diagnostic, Severity, finding
from generator.facts.fact import Facts
from generator.form.fields import Fields
from generator.form.sources import Cell, Source
from generator.form.value_reading import half_width
from generator.plausibility.unit_slips import slips_of_identities

_MOST_CAUSES, _MOST_TRIED, _MOST_RIVALS = 3, 16, 5
_LARGE, _FEW_TRIED = 1500, 4
"""Of an input of so many cells, each judgement takes its time."""
_MOST_CELLS = 150_000
"""So many changed cells are weighed against the identities, all repairs together."""
_UNITS, _SIZES = ("C040", "C041"), ("C043", "C041")
_CONVINCING = 6
"""Identities that moving many figures mends: no chance does that."""
_YEARS = frozenset(("C003", "C004", "C027", "C028", "O036"))
_MOVES, _ACROSS = ("C060", "C061", "C062", "C063"), ("C061", "C062")
_UNIT, _OTHER_UNIT = "金额单位", {"元": "万元", "万元": "元"}
_SHOWN, _RANK_ONE_OF = 4, 2
_TELLING = frozenset(("F004", "F005", "I020", "I025", "C041", "C043"))


@dataclass(frozen=True, slots=True)
class Judgement:
    """An input as the checks see it: what they find, its completed facts, all that was held against each other."""

    findings: tuple[Diagnostic, ...]
    facts: Facts
    comparisons: tuple[Comparison, ...]


Judge = Callable[[tuple[Source, ...]], Judgement]


@dataclass(frozen=True, slots=True)
class _Tried:
    repair: Repair
    sources: tuple[Source, ...]
    judgement: Judgement
    removed: tuple[Diagnostic, ...]


def worth_searching(findings: Iterable[Diagnostic]) -> bool:
    seen = [one for one in findings if _serious(one)]
    of_years = sum(one.code in _YEARS for one in seen)
    return of_years > 1 or any(one.code not in CATALOGUE or one.code in _TELLING for one in seen)


def leading_causes(
    sources: tuple[Source, ...], fields: Fields, units: Mapping[str, str], judgement: Judgement, judge: Judge
) -> list[tuple[Diagnostic, tuple[Diagnostic, ...]]]:
    """C060–C071, and C040–C043 that are among the findings: each with what ends when it is put right, itself too."""
    search = _Search(fields, units, judge)
    causes: list[tuple[Diagnostic, tuple[Diagnostic, ...]]] = []
    original = {_key(one): one for one in reversed(judgement.findings)}
    while len(causes) < _MOST_CAUSES and worth_searching(judgement.findings):  # what is left, once these are put right
        best = search.best(sources, judgement)
        if best is None:
            break
        ended = tuple(original[_key(one)] for one in best.removed if _key(one) in original)
        if not best.repair.said and not any(_is_of(best.repair, one) for one in ended):
            break
        if ended:
            causes.append((_told(best.repair, ended), ended))
        sources, judgement = best.sources, best.judgement
    return causes


def _is_of(repair: Repair, one: Diagnostic) -> bool:
    """Whether a finding says already what this repair would put right."""
    return (one.code, one.places[:1]) == (repair.code, repair.places[:1])


def _told(repair: Repair, ended: tuple[Diagnostic, ...]) -> Diagnostic:
    told = (one for one in ended if not repair.said and _is_of(repair, one))
    one = next(told, None) or finding(repair.code, *repair.places, **repair.said)
    one = replace(one, message=one.message + repair.or_else)
    severity = max(one.severity, *(other.severity for other in ended))
    wrong = one.wrong or len(repair.places)
    return replace(one, severity=severity, wrong=wrong, consequences=tuple(each for each in ended if each is not one))


def _serious(one: Diagnostic) -> bool:
    return one.severity in (Severity.WARNING, Severity.ERROR)


def _key(one: Diagnostic) -> tuple[object, ...]:
    return one.code, one.fact, one.places[:1]


_Weighed = dict[frozenset[tuple[str, Decimal]], tuple[Repair, Judged]]
"""By what changes: the repair, and what the identities say of it."""


class _Search:
    def __init__(self, fields: Fields, units: Mapping[str, str], judge: Judge) -> None:
        self.fields, self.units, self.judge = fields, units, judge
        self.tries, self.cells = _MOST_TRIED, _MOST_CELLS

    def best(self, sources: tuple[Source, ...], judgement: Judgement) -> _Tried | None:
        """The one repair that explains most; None where nothing does, or several do equally well."""
        given = TypedInput(sources, self.fields, judgement.facts, self.units)
        if len(given.cells) > _LARGE:
            self.tries = min(self.tries, _FEW_TRIED)
        identities = Identities(judgement.comparisons, given.computed)
        found: list[_Tried] = []
        for rivals in self._promising(given, identities, judgement):
            passed = [tried for one in rivals if (tried := self._try(one, given, sources, judgement)) is not None]
            most = max((len(one.removed) for one in passed), default=0)
            best = [one for one in passed if len(one.removed) == most]
            if best:
                agreed = _agreed(best, given)
                found += [agreed] if agreed is not None else []
                break
        direct = [] if found and found[0].repair.code in _UNITS else self._direct(given, identities, judgement)
        found += [tried for one in direct if (tried := self._try(one, given, sources, judgement)) is not None]
        if not found:
            return None
        most = max(len(one.removed) for one in found)
        best = [one for one in found if len(one.removed) == most]
        lowest = min(one.repair.rank for one in best)
        best = [one for one in best if one.repair.rank == lowest]
        return best[0] if len(best) == 1 else None

    # -- what the identities say
    def _promising(self, given: TypedInput, identities: Identities, judgement: Judgement) -> Iterator[list[Repair]]:
        """The repairs that mend most, those that are equally good together."""
        weighed: _Weighed = {}
        for repair in self._linear(given, identities, judgement):
            changes = repair.values(given.cells)
            self.cells -= len(changes) + 2
            if self.cells < 0:
                return
            judged = identities.judged(changes)
            mended = {name for number in judged.mended for name in identities.all[number].parts}
            if not judged.mended or not _good(repair, judged, changes, given, mended):
                continue
            same = frozenset(changes.items())
            if same not in weighed or weighed[same][0].rank > repair.rank:
                weighed[same] = repair, judged
        _put_together(weighed, given)
        ranked = sorted(weighed.items(), key=lambda one: _rank(one[1][0], one[1][1], len(one[0])))
        most = max((len(judged.mended) for _, judged in weighed.values()), default=0)
        open_ = [one for _, one in ranked if len(one[1].mended) * 3 >= most * 2]
        while open_:
            first = _rank(*open_[0], 0)
            alike = [one for one in open_ if _rank(*one, 0) == first and one[1].mended & open_[0][1].mended]
            open_ = [one for one in open_ if one not in alike]
            yield _chosen([repair for repair, _ in alike])

    def _linear(self, given: TypedInput, identities: Identities, judgement: Judgement) -> Iterator[Repair]:
        yield from _unit_slips(given, judgement)
        yield from single_cells(identities, given.cells)
        for table in given.tables:
            one = touched(table, identities)
            if one.at_all:
                yield from rows_too_many(one)
                yield from columns_misfilled(one, identities)
                yield from moved(one, given.tables, identities)

    # -- what only the whole judgement can say
    def _direct(self, given: TypedInput, identities: Identities, judgement: Judgement) -> list[Repair]:
        troubled = {place for one in judgement.findings if _serious(one) for place in one.places}
        found: list[Repair] = []
        for table in given.tables:
            one = touched(table, identities)
            places = {line.place for line in table.lines}
            places |= {cell.place for cells in table.cells for cell in cells if cell is not None}
            if one.at_all or places & troubled:
                found += [repair for repair in rows_too_many(one) if repair.direct]
                found += keys_mistaken(table, given.tables)
            found += words_unknown(table)
        return [*_file_units(given, judgement), *_years(given, self.fields, judgement), *found]

    def _try(
        self,
        repair: Repair,
        given: TypedInput,
        sources: tuple[Source, ...],
        judgement: Judgement,
        *,
        again: bool = True,
    ) -> _Tried | None:
        """What ends; None where something new comes up. `again`: once more, if only rounding is in the way."""
        if self.tries <= 0:
            return None
        self.tries -= 1
        changed = rewritten(sources, repair.all_words(given.cells))
        after = self.judge(changed)
        before = {_key(one) for one in judgement.findings}
        left = {_key(one) for one in after.findings}
        if any(_serious(one) and _key(one) not in before for one in after.findings):
            nearer = self._nearer(repair, changed, after) if again else None
            return self._try(nearer, given, sources, judgement, again=False) if nearer is not None else None
        removed = tuple(one for one in judgement.findings if _key(one) not in left)
        return _Tried(repair, changed, after, removed) if any(map(_serious, removed)) else None

    def _nearer(self, repair: Repair, changed: tuple[Source, ...], after: Judgement) -> Repair | None:
        """The same with the figures that were worked out moved by what rounding hides, if that is all."""
        names = [name for name, one in repair.content.items() if isinstance(one, Decimal)]
        now = TypedInput(changed, self.fields, after.facts, self.units)
        content: dict[str, TypedCell | Decimal] = {name: now.cells[name].value for name in names if name in now.cells}
        before = dict(content)
        nudged(content, list(content), Identities(after.comparisons, now.computed), now.cells)
        return None if content == before else replace(repair, content={**repair.content, **content})


def _chosen(rivals: Sequence[Repair]) -> list[Repair]:
    """Of each table the least, the most and one between."""
    of_tables: dict[object, list[Repair]] = {}
    for one in rivals:
        of_tables.setdefault(one.said.get("table"), []).append(one)
    chosen = [one for same in of_tables.values() for one in (same[0], same[len(same) // 2], same[-1])]
    return list({id(one): one for one in chosen}.values())[:_MOST_RIVALS]


def _put_together(weighed: _Weighed, given: TypedInput) -> None:
    """C069: of several cells, each of which alone could explain the same, none is named; all of them are."""
    same: dict[frozenset[int], list[frozenset[tuple[str, Decimal]]]] = {}
    for key, (repair, judged) in weighed.items():
        if repair.code == "C064":
            same.setdefault(judged.mended, []).append(key)
    for mended, keys in same.items():
        possible = [key for key in keys if weighed[key][0].rank != RANK_BELOW]
        known = [key for key in possible if weighed[key][0].alone]
        if len(known) != 1 and len(possible) == 1 and (len(keys) == 1 or weighed[possible[0]][0].rank == RANK_SLIP):
            known = possible
        if len(known) != 1 and len(possible) > 0 and len(mended) > 1:
            first, judged = weighed[possible[0]]
            repairs = [weighed[key][0] for key in keys]
            places = tuple(dict.fromkeys(place for one in repairs for place in one.places))
            names = _labels([given.cells[name] for one in repairs for name in one.content])
            said = {"count": len(mended), "names": names}
            weighed[possible[0]] = replace(first, code="C069", said=said, places=places, rank=_RANK_ONE_OF), judged
        for key in keys:
            if key not in known and weighed[key][0].code == "C064":
                del weighed[key]


def _labels(cells: Sequence[TypedCell]) -> str:
    labels = list(dict.fromkeys(cell.label or cell.name for cell in cells))
    return "、".join(labels[:_SHOWN]) + (f"等{len(labels)}处" if len(labels) > _SHOWN else "")


def _years(given: TypedInput, fields: Fields, judgement: Judgement) -> Iterator[Repair]:
    """C071: several texts and dates speak of the year before or after."""
    if fields.year is None or sum(one.code in _YEARS for one in judgement.findings if _serious(one)) < 2:
        return
    for number, source in enumerate(given.sources):
        cell = source.root.entries.get(fields.year.name)
        text = half_width(cell.text or "").strip().removesuffix("年") if isinstance(cell, Cell) else ""
        for step in (1, -1) if isinstance(cell, Cell) and text.isdigit() else ():
            said = {"given": text, "meant": int(text) + step}
            words: dict[Spot, object] = {(number, fields.year.name): str(int(text) + step)}
            yield Repair("C071", said, (cell.place,) if isinstance(cell, Cell) else (), {}, 0, words, direct=True)


def _file_units(given: TypedInput, judgement: Judgement) -> Iterator[Repair]:
    """The sizes find amounts out of any sense: 金额单位 itself may be the other one."""
    told = next((one for one in judgement.findings if one.code in _SIZES), None)
    written = [
        (number, cell)
        for number, source in enumerate(given.sources)
        if isinstance(cell := source.root.entries.get(_UNIT), Cell) and (cell.text or "").strip() in _OTHER_UNIT
    ]
    for chosen in dict.fromkeys((tuple(written), *((one,) for one in written))) if told is not None else ():
        words: dict[Spot, object] = {(number, _UNIT): _OTHER_UNIT[(cell.text or "").strip()] for number, cell in chosen}
        if words and told is not None:
            yield Repair(told.code, {}, told.places, {}, -1, words, direct=True)


def _good(repair: Repair, judged: Judged, changes: Mapping[str, Decimal], given: TypedInput, mended: set[str]) -> bool:
    """It mends enough for what it claims, breaks nothing, and leaves little of what it touches. `mended`: the cells of
    the identities that it mends."""
    enough = 1 if repair.alone or repair.code in ("C065", *_UNITS) else 2
    if repair.code in _MOVES:
        enough = min(max(2, (len({_row_of(name) for name in changes}) + 1) // 2), _CONVINCING)
    if repair.direct or judged.broken or len(judged.mended) - repair.free < max(enough, 3 * judged.left):
        return False
    return repair.code not in _ACROSS or _all_witnessed(changes, given, mended)


def _row_of(name: str) -> str:
    return name.rpartition(".")[0]


def _all_witnessed(changes: Mapping[str, Decimal], given: TypedInput, mended: set[str]) -> bool:
    """Whether each column that gives figures to another is asked for by something; an empty one asks by itself. Without
    that, a budget that is just as large as what was spent looks as if the two had changed places."""
    columns: dict[str, list[str]] = {}
    for name in changes:
        columns.setdefault(name.rpartition(".")[2], []).append(name)
    of_lines = Counter(_row_of(name) for name in changes)
    if sum(count > 1 for count in of_lines.values()) * 2 < len(of_lines):
        return False
    empty = {column for column, names in columns.items() if all(given.cells[name].blank for name in names)}
    asked = {column for column, names in columns.items() if not mended.isdisjoint(names)}
    return columns.keys() <= empty | asked or len(empty) == len(columns) - 1


def _rank(repair: Repair, judged: Judged, changed: int) -> tuple[int, int, int, int]:
    return -len(judged.mended), judged.left, repair.rank, changed


def _agreed(best: Sequence[_Tried], given: TypedInput) -> _Tried | None:
    """What these say together: the same, or the like of two tables, of which nobody can know which is wrong."""
    of_tables: dict[object, list[_Tried]] = {}
    for one in best:
        of_tables.setdefault(one.repair.said.get("table"), []).append(one)
    if any(_contradict(same, given) for same in of_tables.values()):
        return None
    if len(of_tables) == 1:
        return best[0]
    first, *others = (same[0] for same in of_tables.values())
    if None in of_tables or len(others) > 1:
        return None
    or_else = f"；也可能是“{others[0].repair.said['table']}”错了" if others[0].repair.code in _MOVES else ""
    places = tuple(dict.fromkeys((*first.repair.places, *others[0].repair.places)))
    return replace(first, repair=replace(first.repair, places=places, or_else=or_else)) if or_else else None


def _contradict(rivals: Sequence[_Tried], given: TypedInput) -> bool:
    """Whether these say different things; one that says more of the same does not."""
    first, *others = (set(one.repair.values(given.cells).items()) for one in rivals)
    return any(not (first <= other or other <= first) for other in others)


def _unit_slips(given: TypedInput, judgement: Judgement) -> Iterator[Repair]:
    """What the sizes have called a wrong unit by an identity."""
    told = [one for one in judgement.findings if one.code in _UNITS and one.wrong]
    if not told:
        return
    sides = [(left, right) for relation, left, right in judgement.comparisons if relation not in ("不大于", "不小于")]
    slips = slips_of_identities([(a, b) for a, b in sides if abs(a.value - b.value) > a.error + b.error])
    for one in told:
        wrong = set(one.places[: one.wrong])
        content = {
            cell.name: cell.value.scaleb(slip.power)
            for slip in slips
            for cell in slip.cells
            if cell.place in wrong and cell.name in given.cells
        }
        if content:
            yield Repair(one.code, {}, one.places, content, -1)
