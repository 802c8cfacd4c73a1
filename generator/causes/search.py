"""The search for what explains the findings: slips are undone one at a time, and the input is judged again.

A cause is told only when undoing it removes what it is said to explain, brings nothing new, and nothing else that could
be said explains nearly as much as simply. Nothing is ever changed in the input. How much is tried is bounded, whatever
the input's size; what could not be tried stands against telling anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.causes.identities import Identities
from generator.causes.moved import moved, moved_unseen
from generator.causes.repair import Repair, touched
from generator.causes.single_cell import single_cells
from generator.causes.typed_tables import TypedCell, TypedInput, rewritten
from generator.causes.unread_columns import Unread
from generator.causes.weighing import EQUAL, MARGIN, MOST_CLAIMS, MOVES, Weighed, claims, clusters, weighed
from generator.causes.whole_files import UNITS, Judgement, file_units, of_years, serious, unit_slips, years
from generator.causes.whole_rows import (
    columns_in_other_unit,
    columns_lost,
    columns_misfilled,
    keys_mistaken,
    rows_too_many,
    words_unknown,
)
from generator.causes.working_out import nudged
from generator.checks.rules import Comparison
from generator.diagnostics import CATALOGUE, Diagnostic, finding
from generator.form.fields import Fields
from generator.form.sources import Source
from generator.place import Place

_MOST_CAUSES, _MOST_ALIKE = 3, 4
_ENDED = 7
"""What a finding is worth that ends, besides the identity that it tells of: else it would want a cause of its own."""
_TRIES = 12_000
"""So many cells are judged again in all, each as often as it is tried: of a large input each try takes its time."""
_FEWEST, _MOST = 3, 60
_TELLING = frozenset(("F004", "F005", "I020", "I025", "C041", "C043"))

Judge = Callable[[tuple[Source, ...]], Judgement]


@dataclass(frozen=True, slots=True)
class _Tried:
    """`worth`: what it explains, less how unlikely the slip is (`weighing`)."""

    repair: Repair
    sources: tuple[Source, ...]
    judgement: Judgement
    removed: tuple[Diagnostic, ...]
    worth: int
    unsure: frozenset[Place] = frozenset()
    """Cells that are said to be wrong without anybody knowing what belongs there."""


def worth_searching(findings: Iterable[Diagnostic]) -> bool:
    seen = [one for one in findings if serious(one)]
    return of_years(seen) > 1 or any(one.code not in CATALOGUE or one.code in _TELLING for one in seen)


def leading_causes(
    sources: tuple[Source, ...],
    fields: Fields,
    units: Mapping[str, str],
    judgement: Judgement,
    judge: Judge,
    unread: Sequence[Unread] = (),
) -> list[tuple[Diagnostic, tuple[Diagnostic, ...]]]:
    """C060–C071, and C040–C043 that are among the findings: each with what ends when it is put right, itself too."""
    search = _Search(fields, units, judge)
    causes: list[tuple[Diagnostic, tuple[Diagnostic, ...]]] = []
    original = {_key(one): one for one in reversed(judgement.findings)}
    while len(causes) < _MOST_CAUSES and worth_searching(judgement.findings):  # what is left, once these are put right
        best = search.best(sources, judgement)
        if best is None:
            break
        left = [one for one in best.judgement.findings if serious(one) and not best.unsure.isdisjoint(one.places)]
        ended = tuple(original[_key(one)] for one in (*best.removed, *left) if _key(one) in original)
        if not best.repair.said and not any(_is_of(best.repair, one) for one in ended):
            break
        if ended:
            header = next((one.finding for one in unread if one.explains(best.repair)), None)
            if unread and header is None:  # whatever does not agree may be for want of those figures
                break
            if header is not None:
                ended = (header, *ended)
            causes.append((_told(best.repair, ended, header), ended))
        sources, judgement = best.sources, best.judgement
    return causes


def _is_of(repair: Repair, one: Diagnostic) -> bool:
    """Whether a finding says already what this repair would put right."""
    return (one.code, one.places[:1]) == (repair.code, repair.places[:1])


def _told(repair: Repair, ended: tuple[Diagnostic, ...], header: Diagnostic | None) -> Diagnostic:
    """`header`: what says already why the figures are missing."""
    told = (one for one in ended if not repair.said and _is_of(repair, one))
    one = header or next(told, None) or finding(repair.code, *repair.places, **repair.said)
    one = replace(one, message=one.message + repair.or_else)
    severity = max(one.severity, *(other.severity for other in ended))
    wrong = one.wrong or len(one.places)
    return replace(one, severity=severity, wrong=wrong, consequences=tuple(each for each in ended if each is not one))


def _key(one: Diagnostic) -> tuple[object, ...]:
    return one.code, one.fact, one.places[:1]


class _Search:
    def __init__(self, fields: Fields, units: Mapping[str, str], judge: Judge) -> None:
        self.fields, self.units, self.judge = fields, units, judge
        self.tries: int | None = None

    def best(self, sources: tuple[Source, ...], judgement: Judgement) -> _Tried | None:
        """The one repair that explains most; None where nothing does, or several do nearly as well."""
        given = TypedInput(sources, self.fields, judgement.facts, self.units)
        if self.tries is None:
            self.tries = min(max(_TRIES // max(1, len(given.cells)), _FEWEST), _MOST)
        trial = _Trial(self, given, sources, judgement)
        identities = Identities(judgement.comparisons, given.computed)
        linear, unknown = trial.likeliest(weighed(_linear(given, identities, judgement), given, identities))
        only = len(linear) == 1 and linear[0].repair.code in UNITS
        direct = [] if only else _direct(given, identities, judgement, self.fields)
        found = [*linear, *(tried for one in direct if (tried := trial(one)) is not None)]
        found += [] if found else trial.unseen(identities)
        if not found or trial.exhausted:
            return None
        most = max(one.worth for one in found)
        agreed = _agreed([one for one in found if one.worth >= most - MARGIN])
        known = unknown is None or unknown < most - MARGIN
        return agreed if agreed is not None and known and _is_enough(agreed) else None


class _Trial:
    """Repairs of one input, each judged in full. `exhausted`: some could not be tried."""

    def __init__(self, search: _Search, given: TypedInput, sources: tuple[Source, ...], judgement: Judgement) -> None:
        self.search, self.given, self.sources, self.judgement = search, given, sources, judgement
        self.exhausted = False

    def likeliest(self, repairs: list[Weighed]) -> tuple[list[_Tried], int | None]:
        """What passes of the best repairs between which nothing decides, one of each claim; what those are worth that
        were too many to be tried."""
        for alike in clusters(repairs):
            rivals = claims(alike)
            if len(rivals) > MOST_CLAIMS:
                return [], alike[0].gain + _ENDED * sum(map(serious, self.judgement.findings))
            passed = [tried for claim in rivals if (tried := self._best(claim)) is not None]
            if passed:
                return passed, None
        return [], None

    def unseen(self, identities: Identities) -> list[_Tried]:
        """What has moved in tables of which no sum tells, as far as all of it can be tried."""
        found: list[_Tried] = []
        for table in self.given.tables:
            places = [
                {line.place, *(cell.place for cell in cells if cell is not None and cell.place)}
                for line, cells in zip(table.lines, table.cells, strict=True)
            ]
            faults = [one for one in self.judgement.findings if serious(one) and set(one.places) & set().union(*places)]
            troubled = [n for n, here in enumerate(places) if any(here & set(one.places) for one in faults)]
            repairs: list[Repair] = []
            if len(table.lines) > 2 and len(troubled) * 2 >= len(table.lines):
                repairs = [*columns_in_other_unit(table), *moved_unseen(touched(table, identities), troubled)]
            if len(repairs) > (self.search.tries or 0):
                return []
            for repair in sorted(repairs, key=lambda one: one.cost):
                tried = self(repair, again=False)
                if tried is not None and all(one in tried.removed for one in faults):
                    found.append(tried)
        return found

    def _best(self, claim: Sequence[Weighed]) -> _Tried | None:
        """Of what says the same in larger and smaller words, the least of those that explain most."""
        step = max(1, -(-len(claim) // _MOST_ALIKE))
        chosen = dict.fromkeys((*range(0, len(claim), step), len(claim) - 1))
        passed = [tried for number in chosen if (tried := self(claim[number].repair)) is not None]
        best = max(passed, key=lambda one: one.worth, default=None)
        if best is None or not any(one.repair is best.repair for one in claim):
            return best
        sure = set.intersection(*(set(one.changes.items()) for one in claim))
        names = {name for one in claim for name, change in one.changes.items() if (name, change) not in sure}
        names |= {name for name, one in best.repair.content.items() if isinstance(one, Decimal)}
        unsure = (
            frozenset(self.given.cells[name].place for name in names) if best.repair.code in (*MOVES, "C068") else ()
        )
        return replace(best, unsure=frozenset(place for place in unsure if place))

    def __call__(self, repair: Repair, *, again: bool = True) -> _Tried | None:
        """What ends; None where something new comes up. `again`: once more, if only rounding is in the way."""
        if not self.search.tries:
            self.exhausted = True
            return None
        self.search.tries -= 1
        changed = rewritten(self.sources, repair.all_words(self.given.cells))
        after = self.search.judge(changed)
        before = {_key(one) for one in self.judgement.findings}
        left = {_key(one) for one in after.findings}
        if any(serious(one) and _key(one) not in before for one in after.findings):
            nearer = self._nearer(repair, changed, after) if again else None
            return self(nearer, again=False) if nearer is not None else None
        removed = tuple(one for one in self.judgement.findings if _key(one) not in left)
        ended = sum(map(serious, removed))
        worth = _off(self.judgement.comparisons) - _off(after.comparisons)
        worth += _ENDED * ended + len(removed) - ended - repair.cost
        return _Tried(repair, changed, after, removed, worth) if ended else None

    def _nearer(self, repair: Repair, changed: tuple[Source, ...], after: Judgement) -> Repair | None:
        """The same with the figures that were worked out moved by what rounding hides, if that is all."""
        names = [name for name, one in repair.content.items() if isinstance(one, Decimal)]
        now = TypedInput(changed, self.search.fields, after.facts, self.search.units)
        content: dict[str, TypedCell | Decimal] = {name: now.cells[name].value for name in names if name in now.cells}
        before = dict(content)
        nudged(content, list(content), Identities(after.comparisons, now.computed), now.cells)
        return None if content == before else replace(repair, content={**repair.content, **content})


def _is_enough(one: _Tried) -> bool:
    """One sum that does not agree says of no cell that it is the one, unless its slip is unmistakable."""
    return one.repair.code != "C064" or one.repair.alone or sum(map(serious, one.removed)) > 1


def _off(comparisons: Iterable[Comparison]) -> int:
    """What the equations that do not hold are worth."""
    return EQUAL * sum(
        abs(left.value - right.value) > left.error + right.error
        for relation, left, right in comparisons
        if relation not in ("不大于", "不小于")
    )


def _linear(given: TypedInput, identities: Identities, judgement: Judgement) -> Iterator[Repair]:
    """What the identities can judge."""
    yield from unit_slips(given, judgement)
    yield from single_cells(identities, given.cells)
    for table in given.tables:
        one = touched(table, identities)
        if one.at_all:
            yield from rows_too_many(one)
            yield from columns_misfilled(one, identities)
            yield from columns_lost(one, identities)
            yield from columns_in_other_unit(table)
            yield from moved(one, given.tables, identities)


def _direct(given: TypedInput, identities: Identities, judgement: Judgement, fields: Fields) -> list[Repair]:
    """What only the whole judgement can say."""
    troubled = {place for one in judgement.findings if serious(one) for place in one.places}
    found: list[Repair] = []
    for table in given.tables:
        one = touched(table, identities)
        places = {line.place for line in table.lines}
        places |= {cell.place for cells in table.cells for cell in cells if cell is not None}
        if one.at_all or places & troubled:
            found += [repair for repair in rows_too_many(one) if repair.direct]
            found += keys_mistaken(table, given.tables)
        found += words_unknown(table)
    return [*file_units(given, judgement), *years(given, fields, judgement), *found]


def _agreed(passed: Sequence[_Tried]) -> _Tried | None:
    """The only one; or the like of two tables, of which nobody can know which is wrong."""
    first, *others = sorted(passed, key=lambda one: -one.worth)
    if not others:
        return first
    other = others[0].repair
    tables = {one.repair.said.get("table") for one in passed}
    alike = other.code in MOVES and first.repair.code == other.code
    if len(others) > 1 or None in tables or len(tables) < 2 or not alike:
        return None
    places = tuple(dict.fromkeys((*first.repair.places, *other.places)))
    or_else = f"；也可能是“{other.said['table']}”错了"
    return replace(first, repair=replace(first.repair, places=places, or_else=or_else))
