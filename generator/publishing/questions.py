"""What the law asks before a publication: the day of 批复, and whether the text was looked through for secrets.

Source: 预算法 art. 14 (within 20 days of 批复, secrets excepted); 财预〔2016〕143号.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from generator.diagnostics import Diagnostic, Outcome, finding
from generator.facts.fact import APPROVED_ROLE, PUBLISHED_ROLE, REVIEWED_ROLE, Day, Facts, Text
from generator.form.fields import walk_fields
from generator.pack import Pack
from generator.place import NOWHERE, Place

DAYS = 20
REVIEWED = "已审查"
_PUBLISHED = "公开"
"""Stands in the label of a day that says when it is published; other forms print the day of filling in."""


class Answers(NamedTuple):
    """As given with the command: `approved`, the day of 批复; `reviewed`: it was looked through for secrets."""

    day: date
    approved: date | None = None
    reviewed: bool = False


def answered(pack: Pack | None, facts: Facts | None, given: Answers) -> Outcome[Answers]:
    """The answers with what the input says. `facts`: of the input, where it is known.

    P001–P004, P006 where an answer is missing or cannot be; P005 later than 20 days after 批复; P007 another day is
    printed.
    """
    approved, found = _approved(pack, facts, given)
    typed = facts.role(REVIEWED_ROLE) if facts is not None else None
    if isinstance(typed, Text) and str(typed) not in ("", REVIEWED):
        found += [finding("P003", typed.place, label=typed.label, value=str(typed))]
    elif not given.reviewed and not isinstance(typed, Text):
        found += [finding("P002", also=_or_typed(pack, REVIEWED_ROLE))]
    printed = facts.role(PUBLISHED_ROLE) if facts is not None else None
    if isinstance(printed, Day) and _PUBLISHED in printed.label and printed.value != given.day:
        found += [finding("P007", printed.place, label=printed.label, printed=printed.value, day=given.day)]
    return Outcome(Answers(given.day, approved, given.reviewed or isinstance(typed, Text)), tuple(found))


def _approved(pack: Pack | None, facts: Facts | None, given: Answers) -> tuple[date | None, list[Diagnostic]]:
    typed = facts.role(APPROVED_ROLE) if facts is not None else None
    approved, place = given.approved, NOWHERE
    if isinstance(typed, Day):
        if approved is not None and approved != typed.value:
            return approved, [finding("P004", typed.place, given=approved, label=typed.label, typed=typed.value)]
        approved, place = typed.value, typed.place
    if approved is None:
        asked = pack is not None and APPROVED_ROLE in pack.form.fields.roles
        return None, [finding("P001", also=_or_typed(pack, APPROVED_ROLE))] if asked else []
    return approved, list(_in_time(approved, given.day, place))


def _in_time(approved: date, day: date, place: Place) -> Iterator[Diagnostic]:
    days = (day - approved).days
    if days < 0:
        yield finding("P006", place, day=day, approved=approved)
    elif days > DAYS:
        yield finding("P005", place, day=day, approved=approved, days=days, most=DAYS)


def _or_typed(pack: Pack | None, role: str) -> str:
    """«，或者在填报数据里填“…”»."""
    path = pack.form.fields.roles.get(role) if pack is not None else None
    labels = (one.label or one.name for one in walk_fields(pack.form.fields) if one.path == path) if pack else ()
    label = next(iter(labels), "")
    return f"，或者在填报数据里填“{label}”、用 --base 写明填报数据" if label else ""
