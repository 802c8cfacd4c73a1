"""The printed figures of a report: each with its card, and found by what is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.diagnostics import Severity
from generator.document.nodes import Chart
from generator.document.occurrences import Occurrence, occurrences
from generator.facts.card import Card, card, name_of
from generator.facts.explain import exact_text, leaves
from generator.quantity import Quantity
from generator.web.desk import Seen
from generator.web.last_year import change_in_words, last_year
from generator.web.preview import values_of
from generator.web.views import TAGS, Numbers, key_of

_MOST_FINDINGS = 5


@dataclass(frozen=True, slots=True)
class FigureView:
    """One printed figure with its card, and every place where the same one is printed. `here`: its own number;
    `last_year`: the change since, in words; `findings`: tag, colour, message, and number on the report's page."""

    here: str
    text: str
    card: Card
    places: tuple[tuple[str, str, str], ...]
    """Number, headings above, words around."""
    last_year: str = ""
    findings: tuple[tuple[str, str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A figure that was asked for: its first place, what it is, how often it is printed."""

    here: str
    title: str
    value: str
    count: int


class Figures:
    """Numbered as the preview numbers them: p1, p2 …"""

    def __init__(self, seen: Seen, numbers: Numbers) -> None:
        self._seen, self._numbers = seen, numbers
        document = seen.examined.document if seen.examined is not None else None
        self._printed: list[Occurrence] = list(occurrences(document)) if document is not None else []

    @cached_property
    def _charted(self) -> list[tuple[str, str, Quantity]]:
        """The numbers drawn in charts: v1, v2 …"""
        blocks = self._seen.examined.document.blocks if self._seen.examined is not None else ()
        return [value for block in blocks if isinstance(block, Chart) for value in values_of(block)]

    @cached_property
    def compared(self) -> Mapping[str, Quantity]:
        """Name of a figure → the same of last year."""
        return last_year(self._seen.examined.case) if self._seen.examined is not None else {}

    @cached_property
    def comparable(self) -> int:
        """How many of the printed figures have one of last year."""
        names = {one.figure.quantity.name for one in self._printed}
        return len(names & self.compared.keys())

    @cached_property
    def _names(self) -> list[str]:
        return [_title(one) for one in self._printed]

    def get(self, name: str) -> FigureView | None:
        number = int(name[1:]) if name[:1] in ("p", "v") and name[1:].isascii() and name[1:].isdecimal() else 0
        if not 0 < number <= len(self._printed if name[0] == "p" else self._charted):
            return None
        if name[0] == "v":
            title, text, quantity = self._charted[number - 1]
            number = 0
        else:
            one = self._printed[number - 1]
            title, text, quantity = _spot_title(one), one.figure.text, one.figure.quantity
        same = () if quantity.is_unfilled else quantity.identity
        places = [
            (f"p{at}", " › ".join(other.spot.trail[-2:]), other.excerpt)
            for at, other in enumerate(self._printed, 1)
            if at == number or (same and other.figure.quantity.identity == same)
        ]
        before = self.compared.get(quantity.name)
        change = change_in_words(quantity, before) if before is not None else ""
        told = card(quantity, title)
        return FigureView(name, text, told, tuple(places), change, self._findings(quantity))

    def _findings(self, quantity: Quantity) -> tuple[tuple[str, str, str, int], ...]:
        """What is found of the cells from which it is made."""
        mine = {leaf.place for leaf in leaves(quantity)}
        found = [
            (*TAGS[one.severity], one.message, self._numbers.of(key_of(one)) if one.severity > Severity.INFO else 0)
            for one in self._seen.findings
            if one.severity is not Severity.TO_FILL and not mine.isdisjoint(one.places)
        ]
        return tuple(found[:_MOST_FINDINGS])

    def find(self, wanted: str) -> list[Hit]:
        """Figures that print so, are so much exactly or are called so, once each."""
        asked = _plain(wanted)
        found: dict[object, list[int]] = {}
        for at, one in enumerate(self._printed, 1):
            quantity = one.figure.quantity
            if asked and asked in (_plain(one.figure.text), _plain(f"{quantity.value:f}"), _in_10000(quantity)):
                found.setdefault(quantity.identity, []).append(at)
        if not found and len(wanted) > 1:
            for at, name in enumerate(self._names, 1):
                if wanted in name:
                    found.setdefault(self._printed[at - 1].figure.quantity.identity, []).append(at)
        return [self._hit(places) for places in found.values()]

    def _hit(self, places: list[int]) -> Hit:
        one = self._printed[places[0] - 1]
        return Hit(f"p{places[0]}", self._names[places[0] - 1], exact_text(one.figure.quantity), len(places))


def _spot_title(one: Occurrence) -> str:
    return f"{one.spot.label} · {one.spot.head}" if one.spot.label and one.spot.head else ""


def _title(one: Occurrence) -> str:
    return name_of(one.figure.quantity, _spot_title(one))


def _in_10000(quantity: Quantity) -> str:
    return _plain(f"{quantity.value / 10000:f}") if quantity.unit == "元" and quantity.value else ""


def _plain(text: str) -> str:
    """«1,250.00万元» → «1250»; "" for words."""
    digits = text.strip().replace(",", "").replace("，", "").rstrip("元万亿千%人次个辆分批件 ").strip()
    if not digits.lstrip("-").replace(".", "", 1).isdecimal():
        return ""
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
