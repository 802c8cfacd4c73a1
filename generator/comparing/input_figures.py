"""Figures of two versions as `ChangedFact`s, and what input knows of them that a Word file does not keep."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from generator.comparing.comparison import ChangedFact, PrintedChange
from generator.comparing.pairing import aligned
from generator.facts.fact import Facts, walk
from generator.facts.naming import spoken_name
from generator.place import NOWHERE
from generator.quantity import Quantity
from generator.word_file.align import Shape

_NUMBERED = re.compile(r"(?P<row>(?P<table>.*)\[\d{1,2}\])\.?(?P<column>.*)")


def without_keys(name: str) -> str:
    """«支出[基本支出].决算» → «支出[].决算»."""
    return re.sub(r"\[[^\]]*\]", "[]", name)


def speaking(old: Quantity | None, new: Quantity | None) -> Quantity:
    """The one of the two after which a changed figure is called: the new one, but rather a sum with a word of its own
    than the only part of it that the other version has."""
    sum_of_one = old is not None and old.origin is not None and old.label and new is not None and new.origin is None
    one = old if new is None or sum_of_one else new
    assert one is not None
    return one


def changed(old: Quantity | None, new: Quantity | None, where: tuple[PrintedChange, ...]) -> ChangedFact:
    one = speaking(old, new)
    return ChangedFact(
        one.name,
        spoken_name(one, signed=True),
        one.unit,
        None if old is None else old.value,
        None if new is None else new.value,
        all(side is None or side.origin is None for side in (old, new)),
        NOWHERE if old is None else old.place,
        NOWHERE if new is None else new.place,
        where,
    )


def differ(old: Quantity | None, new: Quantity | None) -> bool:
    """Whether the two are there and not the same amount; nothing on both sides is no difference."""
    if old is None or new is None:
        return old is not new
    return old.value != new.value or old.unit != new.unit


def completed(facts: Iterable[ChangedFact], old: Facts, new: Facts) -> Iterator[ChangedFact]:
    """Filled-in figures that only one version prints, with what was filled in for the other; one that was the same
    there has not changed, it only was not printed."""
    before, after = _filled_in(old), _filled_in(new)
    for fact in facts:
        one, other = before.get(fact.name), after.get(fact.name)
        lone = fact.direct and (fact.old is None or fact.new is None) and not _in_numbered_row(fact.name)
        if not lone or one is None or other is None:
            yield fact
        elif differ(one, other):
            yield changed(one, other, fact.printed)


def not_printed(old: Facts, new: Facts, listed: Sequence[ChangedFact]) -> Iterator[ChangedFact]:
    """Filled-in figures that differ and stand nowhere in the report. Rows known by their number alone are first brought
    together by what they say: one put in between must not make all that follow look changed."""
    before, after = _filled_in(old), _filled_in(new)
    known = {fact.name for fact in listed}
    names: dict[tuple[str | None, str | None], None] = {}
    for name in (*after, *before):
        if not _in_numbered_row(name):
            names[name, name] = None
    for one_row, other_row in _numbered_rows(old, new):
        columns = dict.fromkeys((*(one_row or ()), *(other_row or ())))
        for column in columns:
            names[(one_row or {}).get(column), (other_row or {}).get(column)] = None
    for first, second in names:
        if first in known or second in known:
            continue
        one = before.get(first) if first else None
        other = after.get(second) if second else None
        if not differ(one, other):
            continue
        lone = one if other is None else other if one is None else None
        if lone is None or lone.value != 0 or not _in_numbered_row(lone.name):  # a new row's empty columns are no news
            yield changed(one, other, ())


Columns = dict[str, str]
"""Of a row known by its number: column → the figure's whole name."""


def _numbered_rows(old: Facts, new: Facts) -> Iterator[tuple[Columns | None, Columns | None]]:
    """Rows without key of both versions that belong together."""
    before, after = _tables(old), _tables(new)
    for table in dict.fromkeys((*after, *before)):
        left, right = list(before.get(table, {}).values()), list(after.get(table, {}).values())
        for i, j in aligned([row.shape() for row in left], [row.shape() for row in right]):
            yield None if i is None else left[i].figures, None if j is None else right[j].figures


@dataclass(slots=True)
class _NumberedRow:
    words: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    figures: Columns = field(default_factory=dict)

    def shape(self) -> Shape:
        return Shape("row", "\t".join((*self.words, *self.values)), "\t".join(self.words))


def _tables(facts: Facts) -> dict[str, dict[str, _NumberedRow]]:
    """Table → row («支出明细[3]») → what stands in it."""
    found: dict[str, dict[str, _NumberedRow]] = {}
    for fact in walk(facts):
        match = _NUMBERED.match(fact.name)
        if match is None:
            continue
        row = found.setdefault(match["table"], {}).setdefault(match["row"], _NumberedRow())
        if isinstance(fact, Quantity):
            if fact.origin is None:
                row.figures[match["column"]] = fact.name
                row.values.append(f"{match['column']}={fact.value.normalize():f}")
        else:
            row.words.append(str(fact) if isinstance(fact, str) else "")
    return found


def _filled_in(facts: Facts) -> dict[str, Quantity]:
    return {one.name: one for one in walk(facts) if isinstance(one, Quantity) and one.origin is None}


def _in_numbered_row(name: str) -> bool:
    """«指标[3].目标值»: the row has no key of its own, its number tells nothing of which row it is."""
    return _NUMBERED.match(name) is not None
