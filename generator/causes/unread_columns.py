"""Columns of a workbook that could not be read, for their header is another or gone: what is missing follows from that.

Their findings are certain, so nothing is tried: they lead what is not filled in there and what a blank column explains.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.causes.repair import Repair
from generator.diagnostics import Diagnostic
from generator.form.fields import Fields, walk_fields, walk_tables

_HEADER, _GONE = "X014", ("X015", "X033")
_NOT_FILLED = ("F002", "F003")
_QUOTED, _ROW = re.compile("“([^”]+)”"), re.compile(r"\[[^]]*\]")


@dataclass(frozen=True, slots=True)
class Unread:
    """`paths`: the columns of the form that it may mean."""

    finding: Diagnostic
    paths: frozenset[str]

    def explains(self, repair: Repair) -> bool:
        """Whether a repair fills in just such a column."""
        columns = {column_of(name) for name in repair.content}
        return repair.code == "C068" and bool(columns) and columns <= self.paths


def column_of(name: str) -> str:
    """Name of a fact → path of its field: «支出[208].基本支出» → «支出.基本支出»."""
    return _ROW.sub("", name)


def unread_columns(findings: Iterable[Diagnostic], fields: Fields) -> list[Unread]:
    """Those of an unknown header first: it says where the figures are."""
    labels: dict[str, set[str]] = {}
    tables = {table.path for table in walk_tables(fields)}
    for one in walk_fields(fields):
        if one.path.rpartition(".")[0] in tables:
            labels.setdefault(one.label or one.name, set()).add(one.path)
    return [
        Unread(one, paths)
        for code in (_HEADER, *_GONE)
        for one in findings
        if one.code == code and (paths := frozenset(_meant(one, labels)))
    ]


def _meant(one: Diagnostic, labels: Mapping[str, set[str]]) -> Iterator[str]:
    said = (
        one.hint
        if one.code == _HEADER
        else one.message.removeprefix(f"工作表“{one.places[0].sheet}”" if one.places else "")
    )
    for quoted in _QUOTED.findall(said):
        yield from labels.get(quoted, labels.get(quoted.rpartition("·")[2], ()))


def led_by_headers(findings: Sequence[Diagnostic], fields: Fields) -> list[Diagnostic]:
    """The findings with what is not filled in, and what says the same again, under the header that is the cause."""
    leaders = unread_columns(findings, fields)
    led: dict[int, list[Diagnostic]] = {id(one.finding): [] for one in leaders}
    kept: list[Diagnostic] = []
    for one in findings:
        leader = next((each for each in leaders if _follows(one, each, leaders)), None)
        (kept if leader is None else led[id(leader.finding)]).append(one)
    return [_with(one, led.get(id(one), ())) for one in kept]


def _follows(one: Diagnostic, leader: Unread, leaders: Sequence[Unread]) -> bool:
    sheets = {place.sheet for place in leader.finding.places}
    if one is leader.finding or not any(place.sheet in sheets for place in one.places):
        return False
    if one.code in _GONE:  # the header stands there under another name
        mine = next((each.paths for each in leaders if each.finding is one), frozenset[str]())
        return leader.finding.code == _HEADER and bool(mine) and mine <= leader.paths
    return one.code in _NOT_FILLED and column_of(one.fact or "") in leader.paths


def _with(one: Diagnostic, consequences: Sequence[Diagnostic]) -> Diagnostic:
    if not consequences:
        return one
    severity = max(one.severity, *(each.severity for each in consequences))
    return replace(one, severity=severity, wrong=one.wrong or 1, consequences=(*one.consequences, *consequences))
