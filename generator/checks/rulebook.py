"""A pack's rulebook.yaml: what a report of its kind is held to, and who sees to each; and what was not checked.

Every entry is either a check of the pack (its code, or codes that begin with it: X34-TOTAL for X34), or it says 由 whom
it is seen to, what the form 缺s for it, or why it does not apply (免). This module knows rules and facts; it knows
nothing of files.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.checks.rules import Lack, Rule
from generator.diagnostics import Diagnostic, finding
from generator.diagnostics.unknown_words import unknown_words
from generator.facts.fact import Rows, path_without_keys
from generator.names import did_you_mean
from generator.place import NOWHERE, Place, place_of

SUBJECT, KEPT, LACKS, EXEMPT, BETWEEN = WORDS = ("题", "由", "缺", "免", "同数")
KEEPERS = ("计算", "程序", "生成")
"""Who sees to it besides checks.yaml: computed fields, the checks of every report, the making of a document."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One entry. Of `kept`, `lacks` and `exempt` one is said, or none, when the pack has a check for it. `between`: the
    meaning of between.yaml that is as good as a check where several reports lie together."""

    code: str
    subject: str
    kept: str = ""
    lacks: str = ""
    exempt: str = ""
    between: str = ""
    place: Place = NOWHERE

    @property
    def answer(self) -> str:
        return self.kept or self.lacks or self.exempt

    def covers(self, rule: str) -> bool:
        """Whether a check is this one or a part of it: X34 covers X34-TOTAL; T*-TREE covers T2-TREE."""
        return re.fullmatch(re.escape(self.code).replace(r"\*", r"\w+") + "(-.+)?", rule) is not None


def parse_rulebook(data: Mapping[str, Any], file: str) -> tuple[tuple[Requirement, ...], tuple[Diagnostic, ...]]:
    """T113–T117 for what is ill written; the other entries stay."""
    found: list[Diagnostic] = []
    entries: list[Requirement] = []
    for code, words in data.items():
        place, what = place_of(code) or Place(file), f"rulebook.yaml 的“{code}”"
        if not isinstance(words, Mapping):
            found.append(finding("T115", place, what=what, word=SUBJECT))
            continue
        found += unknown_words(words, WORDS, what, place)
        said = {word: str(words.get(word) or "").strip() for word in WORDS}
        if not said[SUBJECT]:
            found.append(finding("T115", place, what=what, word=SUBJECT))
        answers = [word for word in (KEPT, LACKS, EXEMPT) if said[word]]
        at = next((spot for word in reversed(answers) if (spot := place_of(words[word]))), place)
        if len(answers) > 1:
            hint = f"“{'”“'.join(answers)}”只能写一个，另一个写 null"
            found.append(finding("T117", at, what=what, word=answers[1], value=said[answers[1]], hint=hint))
        entries.append(Requirement(str(code), said[SUBJECT], said[KEPT], said[LACKS], said[EXEMPT], said[BETWEEN], at))
    return tuple(entries), tuple(found)


def rulebook_findings(rulebook: Iterable[Requirement], codes: Collection[str]) -> Iterator[Diagnostic]:
    """T158: nobody sees to it; T159: a check of the pack does, and the entry still says otherwise; T117: 由 what is no
    check. `codes`: those of the pack's checks."""
    for one in rulebook:
        if one.kept and one.kept not in (*KEEPERS, *codes):
            hint = f"写{'、'.join(KEEPERS)}中的一个，或者本包一条核对关系的编号。{did_you_mean(one.kept, codes)}"
            yield finding("T117", one.place, what=f"rulebook.yaml 的“{one.code}”", word=KEPT, value=one.kept, hint=hint)
        checks = [code for code in codes if one.covers(code)]
        if checks and one.answer:
            yield finding("T159", one.place, rule=one.code, check=checks[0])
        elif not checks and not one.answer:
            yield finding("T158", one.place, rule=one.code, subject=one.subject)


# -- what was not checked ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Checks that were not made, all for want of one thing.

    `missing`: what, as a sentence without its full stop. `waiting`: it is on the list of what is still to be filled in.
    `checks`: code and subject ("" when it has none) of each.
    """

    missing: str
    checks: tuple[tuple[str, str], ...]
    places: tuple[Place, ...] = ()
    waiting: bool = False


WAITING = "还没有填的填好以后再核对"


def not_checked(
    lacking: Iterable[Lack], rulebook: Sequence[Requirement], labels: Mapping[str, str], to_fill: Collection[str]
) -> tuple[Unchecked, ...]:
    """Folded by what is missing: first what nobody filled in, then what the form does not hold.

    `labels`: of the form's fields and tables, by path; what is none of them (a score that a rule works out) is nothing
    that an office could fill in. `to_fill`: names of those that are reported as still to be filled in, told in one.
    """
    checks: dict[str, dict[str, str]] = {}
    places: dict[str, list[Place]] = {}
    for one in lacking:
        label = labels.get(path_without_keys(one.what.name))
        if label is None:
            continue
        waits = one.what.name in to_fill or (not isinstance(one.what, Rows) and one.what.needed)
        nothing = "一行也没有填" if isinstance(one.what, Rows) else "没有填"
        missing = WAITING if waits else f"“{label}”{nothing}"
        checks.setdefault(missing, {})[one.rule.code] = subject_of(one.rule, rulebook)
        if one.what.place:
            places.setdefault(missing, []).append(one.what.place)
    for requirement in rulebook:
        if requirement.lacks:
            checks.setdefault(requirement.lacks, {})[requirement.code] = requirement.subject
    ordered = sorted(checks, key=lambda missing: missing == WAITING)
    return tuple(
        Unchecked(
            missing, tuple(checks[missing].items()), tuple(dict.fromkeys(places.get(missing, ()))), missing == WAITING
        )
        for missing in ordered
    )


def subject_of(rule: Rule, rulebook: Iterable[Requirement]) -> str:
    """What the check is about: in the words of the rulebook, else the names of its two sides."""
    known = next((one.subject for one in rulebook if one.covers(rule.code)), "")
    sides = f"{rule.left_name}与{rule.right_name}" if rule.left_name and rule.right_name else ""
    return known or sides


def without(unchecked: Iterable[Unchecked], codes: Collection[str]) -> tuple[Unchecked, ...]:
    """Without those that were checked elsewhere after all."""
    rest = (replace(one, checks=tuple(check for check in one.checks if check[0] not in codes)) for one in unchecked)
    return tuple(one for one in rest if one.checks)


_NAMED = 12


def unchecked_lines(unchecked: Sequence[Unchecked]) -> Iterator[str]:
    """«还有5条没有核对：» and a line for each thing that is missing."""
    if not unchecked:
        return
    codes = {code for one in unchecked for code, _ in one.checks}
    yield f"还有{len(codes)}条没有核对："
    for one in unchecked:
        named = [code if one.waiting else f"{code} {subject}".rstrip() for code, subject in one.checks[:_NAMED]]
        more = f"等{len(one.checks)}条" if len(one.checks) > _NAMED else ""
        yield f"    {one.missing}{_at(one)}：{'、'.join(named)}{more}"


def _at(one: Unchecked) -> str:
    """«（基本情况!B5）»; a YAML file that does not name the field at all has no line to show."""
    shown = [place for place in one.places if place.cell or place.sheet or place.line > 1]
    return f"（{shown[0]}{'等' if len(shown) > 1 else ''}）" if shown and not one.waiting else ""


def unchecked_data(unchecked: Iterable[Unchecked]) -> list[dict[str, object]]:
    """For programs: `[{missing, to_fill, checks: [{code, subject}], places}]`."""
    return [
        {
            "missing": one.missing,
            "to_fill": one.waiting,
            "checks": [{"code": code, "subject": subject} for code, subject in one.checks],
            "places": [place.as_data() for place in one.places],
        }
        for one in unchecked
    ]
