"""What the pages show, as plain data for their templates: states in words, causes as cards, gaps by sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from generator.diagnostics import Diagnostic, Severity
from generator.diagnostics.as_text import ordered
from generator.place import Place
from generator.web.desk import Report, Seen
from generator.web.excerpt import SIDE, WRONG, Book, SheetView, lines_of
from generator.web.made_files import Word, WordState
from generator.workspace import now

TAGS = {
    Severity.ERROR: ("要改", "red"),
    Severity.TO_FILL: ("没有填", "grey"),
    Severity.WARNING: ("提醒", "amber"),
    Severity.INFO: ("提示", "plain"),
}
_MOST_EXCERPTS = 3


@dataclass(frozen=True, slots=True)
class State:
    """`tag` and `colour` of the data; `text` for a title: «4 处要改»."""

    text: str
    colour: str
    can_build: bool


def state_of(seen: Seen) -> State:
    """How the data stand, in words."""
    wrong, gaps, warned = (seen.count(one) for one in (Severity.ERROR, Severity.TO_FILL, Severity.WARNING))
    if seen.examined is None and not gaps:
        return State("读不了", "red", can_build=False)
    if wrong:
        return State(f"{wrong} 处要改" + (f"，还差 {gaps} 处" if gaps else ""), "red", can_build=False)
    if gaps:
        return State(f"还差 {gaps} 处没有填", "grey", can_build=False)
    if warned:
        return State(f"可以生成，有 {warned} 处提醒", "amber", can_build=True)
    return State("核对通过", "plain", can_build=True)


@dataclass(frozen=True, slots=True)
class CauseView:
    """One finding with what follows from it, beside the cells it speaks of."""

    number: int
    tag: str
    colour: str
    title: str
    hint: str
    basis: str
    code: str
    places: tuple[str, ...]
    excerpts: tuple[SheetView, ...]
    following: tuple[str, ...]
    key: str


class Numbers:
    """Numbers that stay with their cause while the page is open: people write them on paper."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def of(self, key: str) -> int:
        return self._known.setdefault(key, len(self._known) + 1)


def key_of(one: Diagnostic) -> str:
    """By which a finding is known again when the files have been saved."""
    return f"{one.code} {one.place} {one.fact}"


def causes(
    findings: Iterable[Diagnostic], texts: Mapping[str, str], books: Mapping[str, Book], numbers: Numbers
) -> list[CauseView]:
    """Everything but gaps, what stops the report first. `texts`, `books`: the files by name."""
    found = [one for one in ordered(findings) if one.severity is not Severity.TO_FILL]
    return [_cause(one, texts, books, numbers) for one in found]


def _cause(one: Diagnostic, texts: Mapping[str, str], books: Mapping[str, Book], numbers: Numbers) -> CauseView:
    tag, colour = TAGS[one.severity]
    key = key_of(one)
    return CauseView(
        numbers.of(key) if one.severity is not Severity.INFO else 0,
        tag,
        colour,
        one.message,
        one.hint,
        one.basis,
        one.code,
        tuple(dict.fromkeys(spot(place) for place in one.places)),
        tuple(_excerpts(one, texts, books)),
        tuple(f"{spot(each.place)}　{each.message}".strip() for each in one.consequences),
        key,
    )


def spot(place: Place) -> str:
    """«支出明细!E5», as it can be put into the name box of Excel; a line of a file as it is."""
    if not place.cell:
        return str(place)
    plain = all(sign.isalnum() for sign in place.sheet)
    return f"{place.sheet}!{place.cell}" if plain else f"'{place.sheet}'!{place.cell}"


def _excerpts(one: Diagnostic, texts: Mapping[str, str], books: Mapping[str, Book]) -> Iterable[SheetView]:
    grouped: dict[tuple[str, str], list[tuple[int, Place]]] = {}
    for at, place in enumerate(one.places):
        grouped.setdefault((place.file, place.sheet), []).append((at, place))
    for (file, sheet), placed in list(grouped.items())[:_MOST_EXCERPTS]:
        if file in books and sheet:
            marks = {place.cell: WRONG if at < max(one.wrong, 1) else SIDE for at, place in placed if place.cell}
            view = books[file].excerpt(sheet, marks) if marks else None
            if view is not None:
                yield view
        elif file in texts:
            places = [place for _, place in placed]
            if any(place.line for place in places):
                yield lines_of(texts[file], places, one.wrong, file)


@dataclass(frozen=True, slots=True)
class GapGroup:
    """What is still to be filled in on one sheet, or in one group of a YAML file."""

    title: str
    items: tuple[tuple[str, str], ...]
    """Where (cell or line) and what."""


def gaps(seen: Seen) -> list[GapGroup]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in seen.findings:
        if one.severity is Severity.TO_FILL:
            title = one.place.sheet or one.place.file or "其他"
            where = one.place.cell or (f"第{one.place.line}行" if one.place.line else "")
            groups.setdefault(title, []).append((where, one.label or one.message))
    return [GapGroup(title, tuple(items)) for title, items in groups.items()]


def clock(moment: datetime) -> str:
    """«09:11», «昨天 16:40», «10月26日 15:02», with the year when it is not this one."""
    today = now()
    days = (today.date() - moment.date()).days
    time = moment.strftime("%H:%M")
    if days == 0:
        return time
    if days == 1:
        return f"昨天 {time}"
    year = "" if moment.year == today.year else f"{moment.year}年"
    return f"{year}{moment.month}月{moment.day}日 {time}"


WORD_STATES: Mapping[WordState, tuple[str, str]] = {
    "none": ("Word 还没有生成", "plain"),
    "current": ("已生成", "plain"),
    "stale": ("数据改过，Word 还是旧的", "amber"),
    "edited": ("生成之后有人改过", "plain"),
    "stale and edited": ("数据改过，Word 也有人改过", "amber"),
}


@dataclass(frozen=True, slots=True)
class WordView:
    """`text` with the time, where there is a file; `step`: what to do next, its address below the report's and its
    words."""

    text: str
    colour: str
    step: tuple[str, str]


def word_view(seen: Seen, state: State, word: Word | None) -> WordView:
    """How the newest Word file of a report stands, and what comes next."""
    meta = seen.examined.document.meta if seen.examined is not None else None
    how: WordState = word.state(meta) if word is not None and meta is not None else "none"
    text, colour = WORD_STATES[how]
    said = f"{clock(word.at)} {text}" if word is not None and how in ("current", "edited") else text
    if not state.can_build:
        return WordView(said, colour, ("", "核对"))
    steps: Mapping[WordState, tuple[str, str]] = {
        "none": ("/make", "生成"),
        "stale": ("/make", "重新生成"),
        "stale and edited": ("/correct", "更正"),
    }
    return WordView(said, colour, steps.get(how, ("/preview", "预览")))


@dataclass(frozen=True, slots=True)
class Row:
    """One report on the home page."""

    number: int
    unit: str
    title: str
    year: str
    state: State
    word: WordView | None


def rows(reports: Sequence[tuple[Report, Seen | None, Word | None]]) -> list[Row]:
    """Newest year first; of a report that nobody has read yet only its name is known."""
    made = []
    for report, seen, word in reports:
        if seen is None:
            unread = State("点开核对", "grey", can_build=False)
            made.append(Row(report.number, report.name, "", "", unread, None))
            continue
        meta = seen.examined.document.meta if seen.examined is not None else None
        unit = meta.author if meta is not None and meta.author else report.name
        state = state_of(seen)
        title, year = (meta.subject, meta.year) if meta is not None else ("", "")
        made.append(Row(report.number, unit, title, year, state, word_view(seen, state, word)))
    return sorted(made, key=lambda one: (one.year == "", -int(one.year or 0), one.unit))
