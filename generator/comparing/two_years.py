"""The reports of two years of one unit: what changed in the form and the texts, and whether this year's report prints
for last year what last year's report printed.

Everything that differs only by the year and by figures is what a new year is; it is not told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from generator.comparing.comparison import ChangedFact, ChangedText, Comparison, Extra, PrintedChange
from generator.comparing.input_figures import changed, differ
from generator.comparing.version import VersionRead
from generator.document.occurrences import Spot
from generator.quantity import Quantity
from generator.word_file.visible_content import printed

_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？\n]*")
_NUMBER = re.compile(r"\d[\d,，]*(?:[.．]\d+)?[%％]?")
_DIRECTION = re.compile("增加|减少|增长|下降|增支|减支|上升|降低|增幅|降幅|多于|少于")
_YEARS = 3

LastName = Callable[[str], str]
"""Name of a figure of this year → the name that it had in last year's report, "" for what is no prior figure."""


def between_years(comparison: Comparison, old: VersionRead, new: VersionRead, last_name: LastName) -> Comparison:
    """`comparison` without what a new year brings by itself; its figures are those for last year that the two reports
    print otherwise, `old` as last year's report has them."""
    before, after = _Said(old), _Said(new)
    follows = old.side.year.isdigit() and new.side.year == str(int(old.side.year) + 1)
    return replace(
        comparison,
        facts=tuple(_prior_figures(old, new, last_name)) if follows else (),
        texts=tuple(one for one in comparison.texts if _tells(one, before, after)),
        charts=(),
        extras=tuple(one for one in comparison.extras if not _known(one, before, after)),
    )


def _prior_figures(old: VersionRead, new: VersionRead, last_name: LastName) -> Iterator[ChangedFact]:
    before = {one.name: one for one in old.quantities.values()}
    places = [_places(side) for side in (old, new)]
    for key, quantity in new.quantities.items():
        name = last_name(quantity.name)
        then = before.get(name) if name else None
        if then is None or not _is_known(then) or not _is_known(quantity) or not differ(then, quantity):
            continue
        where = tuple(PrintedChange(None, spot, "", text) for spot, text in places[1].get(key, ()))
        old_text = next((text for _, text in places[0].get(_key(old, then), ())), "")
        where = tuple(replace(one, old=old_text) for one in where)
        yield replace(changed(then, quantity, where), direct=True, spoken=new.spoken(key))


def _is_known(quantity: Quantity) -> bool:
    """Figures that a Word file does not print have no value there."""
    return type(quantity) is Quantity


def _key(side: VersionRead, quantity: Quantity) -> str:
    return next(key for key, one in side.quantities.items() if one is quantity)


def _places(side: VersionRead) -> Mapping[str, list[tuple[Spot, str]]]:
    found: dict[str, list[tuple[Spot, str]]] = {}
    for part in side.parts:
        for line in part.lines:
            for one in printed(line):
                found.setdefault(one.key, []).append((line.spot, one.generated))
    return found


class _Said:
    """What a report says, years and figures aside."""

    def __init__(self, side: VersionRead) -> None:
        self.year = int(side.side.year) if side.side.year.isdigit() else 0
        self.sentences: set[str] = set()
        self.names: set[str] = set()
        for part in side.parts:
            self.names.add(self.timeless(part.name or part.line.text))
            for line in part.lines:
                self.sentences.update(self.each(line.text))

    def timeless(self, text: str) -> str:
        for ago in range(_YEARS):
            text = text.replace(str(self.year - ago), f"〔{ago}〕")
        return _DIRECTION.sub("±", _NUMBER.sub("#", text)).strip()

    def each(self, text: str) -> list[str]:
        return [said for one in _SENTENCE.findall(text) if (said := self.timeless(one))]


def _tells(text: ChangedText, before: _Said, after: _Said) -> bool:
    """Whether one of the two sides says something that the other report does not say anywhere."""
    gone = [one for one in before.each(text.old) if one not in after.sentences]
    come = [one for one in after.each(text.new) if one not in before.sentences]
    return bool(gone or come)


def _known(extra: Extra, before: _Said, after: _Said) -> bool:
    """Whether the other report has it too, elsewhere. Rows come and go with the accounts and projects of a year."""
    mine, other = (after, before) if extra.added else (before, after)
    if extra.kind == "行":
        return True
    if extra.kind in ("标题", "表", "图"):
        return mine.timeless(extra.text) in other.names
    return all(one in other.sentences for one in mine.each(extra.text))
