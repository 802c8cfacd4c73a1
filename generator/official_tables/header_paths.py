"""Which column of a header is meant: each column is the path of labels above it, each wanted column chooses among them.

By exclusion (预算, 上年, an earlier year: another quantity), by preference (决算, 本年, this year) and by closeness of
wording; two that are left are an error that names both, never the first of them. A word excludes only where the wording
itself does not hold it: 年初结转和结余 is a column of its own. This module knows nothing of cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from generator.official_tables.header_labels import UNCLEAR
from generator.official_tables.import_form import BUDGET, OUTTURN, Words, bare

Path = tuple[str, ...]

_FUNDS = re.compile(
    r"(?:一般公共|公共财政|公共|政府性基金|基金|国有资本经营|国有资本|社会保险基金)预算"
    r"|预算(?=科目|单位|部门|主管|代码|编码|级次|管理|绩效|外)|预决算|预、决算"
)
_FUND_OR_KIND = re.compile(rf"{_FUNDS.pattern}|预算|决算")
_TIME = r"(?:20\d\d(?:年度?)?|[本上]年度?|上一年度?|[去前往当]年|以前年度|[本上]期|上年同期|同期|年初|年末|全年)"
_QUALIFIER = re.compile(
    rf"(?=.)(?:(?:{_TIME})*(?:调整后?|追加后?|批复)?(?:的)?(?:预算|决算|执行|实际)?(?:调整)?(?:数额?|金额|统计数|情况)?){{1,2}}"
)
_JOINT = "-—－_:·/、."
_EARLIER = "上年|上一年|去年|前年|往年|以前年度|期初|调整|上期|同期|增减|增长|变动|差额|差异|率|占比|比重|[%％]"
_OTHER = {
    OUTTURN: re.compile(rf"预算|年初|{_EARLIER}"),
    BUDGET: re.compile(rf"决算|执行|实际|完成|追加|全年|{_EARLIER}"),
}
_OWN = {OUTTURN: re.compile(r"决算|本年|当年|本期"), BUDGET: re.compile(r"预算|年初|本年|当年|本期")}
_OPPOSITE = {"预算": "决算", "决算": "预算"}
_YEAR = re.compile(r"20\d\d")


def without_funds(text: str) -> str:
    """The words without those names in which 预算 does not mean a budget: 一般公共预算财政拨款, 预算单位."""
    return _FUNDS.sub("", text)


def as_outturn(text: str, use: str) -> str:
    """What a text would say of final accounts if it says this of a budget, and the reverse; what a budget is called is
    then judged by the same rules. Names of funds stay."""
    if use == OUTTURN:
        return text
    return _FUND_OR_KIND.sub(lambda match: _OPPOSITE.get(match[0], match[0]), text)


def is_qualifier(label: str) -> bool:
    """Whether a label says only which quantity: 决算数, 年初预算数, 2023年, 金额."""
    return bool(_QUALIFIER.fullmatch(label))


@lru_cache(maxsize=4096)
def readings(label: str) -> tuple[tuple[str, str], ...]:
    """A label as (name, what else it says), as it stands first: 2024年基本支出决算数 → 基本支出 and 2024年 决算数."""
    found = [(label, "")]
    if len(label) > 40:
        return tuple(found)
    ends = [
        end for end in range(len(label), 0, -1) if end == len(label) or is_qualifier(label[end:].strip("()" + _JOINT))
    ]
    starts = [start for start in range(len(label)) if not start or is_qualifier(label[:start].rstrip(_JOINT))]
    for start in starts:
        for end in ends:
            name = bare(label[start:end].strip("(" + _JOINT))
            if name and (start or end < len(label)):
                found.append((name, f"{label[:start]} {label[end:]}".strip()))
    return tuple(sorted(found, key=lambda one: len(one[1])))


class ThisYear(NamedTuple):
    """What 本年 is, 0 = unknown. `stated`: not only guessed from the latest year in the header. `use`: whether its
    outturn or its budget is looked for."""

    value: int
    stated: bool = True
    use: str = OUTTURN


@dataclass(frozen=True, slots=True)
class Fit:
    """How a path names a wanted column. `unexplained`: labels of other things; `other`: another quantity is meant;
    `own`: the one looked for is, by its words; `dated`: it says a year, and which year this is nobody said.
    `besides`: how many labels say more than the name wanted."""

    steps: int
    unexplained: int
    other: bool
    own: bool
    dated: bool = False
    besides: int = 0

    @property
    def closeness(self) -> tuple[int, int]:
        return self.steps, -self.unexplained


def says_other(texts: Iterable[str], year: ThisYear) -> bool:
    """Whether words mean another quantity than the one looked for, of this year."""
    joined = " ".join(without_funds(text) for text in texts)
    years = [int(one) for one in _YEAR.findall(joined)] if year.value else []
    return bool(_OTHER[year.use].search(joined)) or any(one != year.value for one in years)


def says_own(texts: Iterable[str], year: ThisYear) -> bool:
    joined = " ".join(without_funds(text) for text in texts)
    return bool(_OWN[year.use].search(joined)) or (bool(year.value) and str(year.value) in joined)


def this_year(known: int, paths: Iterable[Path], use: str = OUTTURN) -> ThisYear:
    """Where nothing says the year of a table, the latest year in its header is the best guess."""
    latest = max((int(one) for path in paths for label in path for one in _YEAR.findall(label)), default=0)
    return ThisYear(known or latest, bool(known), use)


def says_year(paths: Iterable[Path]) -> bool:
    return any(_YEAR.search(label) for path in paths for label in path)


def fit(words: Words, path: Path, year: ThisYear) -> Fit | None:
    """How closely one of the wordings names the path; None = not at all."""
    fits = [one for word in words for one in _fits_of(word.steps, path, year)]
    if not fits and path and is_qualifier(path[-1]) and _is_outturn(words, path[-1], year):
        fits = [_judged(path, {len(path) - 1: path[-1]}, 1, year)]
    return max(fits, key=lambda one: (one.closeness, not one.other, one.own), default=None)


def _is_outturn(words: Words, label: str, year: ThisYear) -> bool:
    """Whether the wanted column is the outturn itself, and the label says whose quantity it is: 2024年, 本年数."""
    names = [word.steps[-1].pattern for word in words if len(word.steps) == 1]
    return any(is_qualifier(name) and says_own([name], year) for name in names) and (
        says_own([label], year) or says_other([label], year)
    )


def _fits_of(steps: Sequence[re.Pattern[str]], path: Path, year: ThisYear) -> Iterable[Fit]:
    for last in range(len(path) - 1, -1, -1):
        matched = next(((name, rest) for name, rest in readings(path[last]) if steps[-1].fullmatch(name)), None)
        if matched is not None:
            taken = _in_order(steps[:-1], path[:last])
            if taken is not None:
                yield _judged(path, {**taken, last: matched[1]}, len(steps), year)
        if not is_qualifier(path[last]):
            return


def _in_order(steps: Sequence[re.Pattern[str]], above: Path) -> dict[int, str] | None:
    """Where the steps stand above, and what those labels say besides; None = not all do."""
    taken: dict[int, str] = {}
    at = 0
    for step in steps:
        while at < len(above):
            rest = next((rest for name, rest in readings(above[at]) if step.fullmatch(name)), None)
            at += 1
            if rest is not None:
                taken[at - 1] = rest
                break
        else:
            return None
    return taken


def _judged(path: Path, taken: Mapping[int, str], steps: int, year: ThisYear) -> Fit:
    extras = [label for at, label in enumerate(path) if at not in taken]
    besides = [rest for rest in taken.values() if rest]
    speaking = [label for label in path if is_qualifier(label)] + besides
    unexplained = sum(not is_qualifier(label) for label in extras)
    dated = not year.stated and bool(_YEAR.search(" ".join(path)))
    return Fit(steps, unexplained, says_other([*extras, *besides], year), says_own(speaking, year), dated, len(besides))


@dataclass(slots=True)
class Choice:
    """`taken`: wanted → column. `doubtful`: wanted → the columns that remain and cannot be told apart. `refused`:
    wanted → the columns that name it but mean another quantity. `strange`: columns whose header nobody knows."""

    taken: dict[str, int] = field(default_factory=dict)
    doubtful: dict[str, tuple[int, ...]] = field(default_factory=dict)
    refused: dict[str, tuple[int, ...]] = field(default_factory=dict)
    strange: list[int] = field(default_factory=list)


def choose(paths: Mapping[int, Path], wanted: Mapping[str, Words], year: ThisYear) -> Choice:
    """Columns (number → path) for the wanted ones. Each column stands for the wording that names it best."""
    choice = Choice()
    claims: dict[str, dict[int, Fit]] = {}
    for column, path in paths.items():
        fits = {name: found for name, words in wanted.items() if (found := fit(words, path, year)) is not None}
        if fits:
            name = max(fits, key=lambda one: (fits[one].closeness, not fits[one].other, -fits[one].besides))
            claims.setdefault(name, {})[column] = fits[name]
        elif not all(map(is_qualifier, path)):
            choice.strange.append(column)
    for name, claimed in claims.items():
        left = {column: one for column, one in claimed.items() if not one.other}
        if not left:
            choice.refused[name] = tuple(claimed)
            continue
        best = winner(left)
        if best is not None and not contradict(paths[column] for column in left) and _is_alone(best, claimed, paths):
            choice.taken[name] = best
        else:
            choice.doubtful[name] = tuple(left) if len(left) > 1 else tuple(claimed)
    return choice


def winner(fits: Mapping[int, Fit]) -> int | None:
    """The one that is best both by its closeness and by what it says of itself; None when there is no such.

    Beside 决算数 a dated column is another year's; beside one that says nothing it may be either's.
    """
    undated = {column: one for column, one in fits.items() if not one.dated}
    if undated and len(undated) < len(fits):
        if not any(one.own for one in undated.values()):
            return None
        fits = undated
    by_words = max(fits.values(), key=lambda one: (one.closeness, one.own))
    by_quantity = max(fits.values(), key=lambda one: (one.own, one.closeness))
    best = [column for column, one in fits.items() if one == by_words]
    return best[0] if by_words == by_quantity and len(best) == 1 else None


def contradict(paths: Iterable[Path]) -> bool:
    """Whether a label is both a column and a group of columns: where merged cells were lost, it reaches too far."""
    names = {tuple(label for label in path if not is_qualifier(label)) for path in paths}
    return any(one and one != other and other[: len(one)] == one for one in names for other in names)


def _is_alone(best: int, claimed: Mapping[int, Fit], paths: Mapping[int, Path]) -> bool:
    """Not so where the same label stands under another group and this one is under none: where merged cells were
    lost, the group's label may have stood anywhere above its columns."""
    if UNCLEAR in paths[best]:
        return False
    if claimed[best].own:
        return True
    return not any(
        column != best and one.steps == claimed[best].steps and paths[column][-1] == paths[best][-1]
        for column, one in claimed.items()
    )
