"""Which samples are tried: their kinds, and the fiscal years in which a form may change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from generator.form.fields import walk_fields
from generator.pack import Pack
from generator.pack.located_yaml import words_of
from generator.pack.sources import Sources

_MOST_YEARS, _EARLIEST = 6, 2000
_COMPARED = re.compile(r"年度\s*(?:==|!=|>=|<=|>|<)\s*(20\d\d)")


class Kind(Enum):
    """Everything filled in; every amount and count 0; only what must be there; the longest words, the most rows, the
    largest amounts."""

    ORDINARY = "平常"
    ZERO = "全零"
    EMPTY = "空表"
    LONGEST = "最长"


def years_of(pack: Pack, sources: Sources, latest: int) -> tuple[int, ...]:
    """The first and the last fiscal year of the form, and those in which something in it changes.

    A form without end is tried up to `latest`. «年度 >= 2022» makes 2021 and 2022 worth trying, 变动年度 likewise. At
    most six.
    """
    first, last = pack.years
    named = {year for one in walk_fields(pack.form.fields) for year in one.changes}
    for text in _texts(sources):
        named |= {int(year) for year in _COMPARED.findall(text)}
    named |= {year - 1 for year in named}
    last = last or max(latest, first or 0)
    within = {year for year in named if (first or _EARLIEST) <= year <= last} | {first or last, last}
    ordered = sorted(within)
    return tuple(ordered if len(ordered) <= _MOST_YEARS else [*ordered[: _MOST_YEARS - 1], ordered[-1]])


def _texts(sources: Sources) -> Iterator[str]:
    yield from (text for _, text in sources.all_texts())
    for data in (*sources.data.values(), *(table for _, table in sources.tables.values())):
        yield from words_of(data)


def plan(years: tuple[int, ...]) -> tuple[tuple[Kind, int], ...]:
    """Every kind for the last year and the first, the ordinary one for those between."""
    ends = list(dict.fromkeys((years[-1], years[0])))
    between = [year for year in years if year not in ends]
    return (
        *((kind, year) for year in ends for kind in Kind),
        *((Kind.ORDINARY, year) for year in between),
    )
