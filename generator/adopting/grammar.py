"""The pack's chapters and sentences as patterns: words that are its own, and slots for what an office fills in."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from generator.adopting.plain_text import (
    NUMBER_SLOTS,
    TEXT_SLOTS,
    Clause,
    clauses_of,
    numbering,
    plain,
)
from generator.adopting.symbols import SIGNS, Rendering
from generator.document.nodes import Figure, Heading, Inlines, Paragraph, Run
from generator.facts.fact import path_without_keys
from generator.form.fields import Field, Fields, Spec, children_of, walk_fields, walk_tables
from generator.quantity import YEAR, Quantity

_KEYS = re.compile(r"([^\[\]]+)\[")


@dataclass(frozen=True, slots=True)
class Slot:
    """What is filled in at one place. `path`: in the form, "" for what the program works out; `rows`: the tables around
    it, with a number for each row that the pattern names; `shift`: of a year, how far from the fiscal year."""

    path: str
    field: Field | None
    rows: tuple[tuple[str, int], ...] = ()
    shift: int | None = None
    quantity: Quantity | None = dataclasses.field(default=None, compare=False)

    @property
    def filled_in(self) -> bool:
        return self.field is not None and not self.field.formula


@dataclass(frozen=True, slots=True)
class Pattern:
    """`text` as of `plain_text`, without its numbering; `order`: within its chapter."""

    text: str
    slots: tuple[Slot, ...]
    clauses: tuple[Clause, ...]
    numbered: bool = False
    style: str = ""
    order: float = 0.0

    @property
    def only_slot(self) -> Slot | None:
        """The slot of a paragraph that has no words of its own."""
        words = self.text.rstrip("。；，")
        return self.slots[0] if len(self.slots) == 1 and len(words) == 1 and ord(words) >= TEXT_SLOTS else None


@dataclass(slots=True)
class Chapter:
    """`number`: its place among all chapters; `parent`: -1 at the top; `title.text` may hold slots."""

    number: int
    parent: int
    level: int
    title: Pattern
    patterns: list[Pattern] = dataclasses.field(default_factory=list)
    others: tuple[Pattern, ...] = ()
    """Other wordings of the title."""

    @property
    def titles(self) -> tuple[Pattern, ...]:
        return (self.title, *self.others)

    @property
    def row(self) -> str:
        """The table for each row of which it stands once."""
        return row_of(self.title)


@dataclass(frozen=True, slots=True)
class Grammar:
    """`chapters[0]` is what stands before the first heading. `homes`: what a clause's key may mean, everywhere."""

    chapters: tuple[Chapter, ...]
    homes: Mapping[str, frozenset[tuple[str, ...]]]
    keys: Mapping[str, str]
    """Of each table, the path of the column that names its rows; "" = they are counted."""
    measured: frozenset[str]
    """Tables with a column for figures of any unit."""
    leads: Mapping[str, frozenset[tuple[str, int]]] = dataclasses.field(default_factory=dict)
    """Of each clause that leads up to an office's text, the fields of such texts, each with its chapter."""
    last: Mapping[str, Field] = dataclasses.field(default_factory=dict)
    """Of each field, the one that holds the same of the year before."""


def grammar_of(rendered: Iterable[Rendering], fields: Fields, year: int) -> Grammar:
    maker = _Maker(fields, year)
    for one in rendered:
        maker.add(one)
    return maker.done()


class _Maker:
    def __init__(self, fields: Fields, year: int) -> None:
        self.fields, self.year = fields, year
        self.root = _Node(Pattern("", (), ()), 0)

    def add(self, one: Rendering) -> None:
        trail = [self.root]
        last: dict[int, int] = {}
        for block in one.document.blocks:
            if isinstance(block, Heading):
                while len(trail) > 1 and trail[-1].level >= block.level:
                    trail.pop()
                title = self.pattern(block.content, one, block.style)
                if title is None:
                    continue
                node = trail[-1].child(title, block.level, last)
                trail.append(node)
            elif isinstance(block, Paragraph):
                for content in _lines(block.content):
                    pattern = self.pattern(content, one, block.style)
                    if pattern is not None:
                        trail[-1].put(pattern, last)

    def pattern(self, content: Inlines, one: Rendering, style: str) -> Pattern | None:
        text: list[str] = []
        slots: list[Slot] = []
        tables = {
            match[1] for piece in content if isinstance(piece, Figure) and (match := _KEYS.match(piece.quantity.name))
        }
        tables |= {
            match[1]
            for piece in content
            if isinstance(piece, Run)
            for sign in piece.text
            if sign in one.names and (match := _KEYS.match(one.names[sign]))
        }
        for piece in content:
            if isinstance(piece, Figure):
                text.append(chr(NUMBER_SLOTS + len(slots)))
                slots.append(self.of_figure(piece.quantity))
            elif isinstance(piece, Run):
                words = plain(_without_labels(piece.text, one)).text
                for day, name in one.days.items():
                    if day in words and len(day) > 8:
                        words = words.replace(day, chr(TEXT_SLOTS + len(slots)))
                        slots.append(self.slot(name))
                for full, names in one.accounts.items():
                    own = [name for name in names if name.partition("[")[0] in tables]
                    if own and full in words:
                        words = words.replace(full, chr(TEXT_SLOTS + len(slots)))
                        slots.append(self.slot(own[0]))
                for sign in words:
                    if ord(sign) in SIGNS and sign in one.names:
                        made = self.slot(one.names[sign])
                        if slots and text and text[-1] == chr(TEXT_SLOTS + len(slots) - 1) and slots[-1] == made:
                            continue
                        text.append(chr(TEXT_SLOTS + len(slots)))
                        slots.append(made)
                    else:
                        text.append(sign)
        whole = "".join(text)
        if "〔待填：" in whole or not whole:
            whole = _gaps_out(whole)
        if not whole:
            return None
        number = numbering(whole)
        whole = whole[len(number) :]
        slots = [_numbered_rows(slot, slots) for slot in slots]
        return Pattern(whole, tuple(slots), clauses_of(whole), bool(number), style)

    def of_figure(self, quantity: Quantity) -> Slot:
        if quantity.unit == YEAR:
            return Slot("", None, shift=int(quantity.value) - self.year, quantity=quantity)
        slot = self.slot(quantity.name)
        return Slot(slot.path, slot.field, slot.rows, quantity=quantity)

    def slot(self, name: str) -> Slot:
        """The field of that name; of a sum or difference, none."""
        path = path_without_keys(name)
        spec: Spec | None = self.fields
        for part in path.split("."):
            spec = children_of(spec).get(part) if spec is not None else None
        if not isinstance(spec, Field):
            return Slot("", None)
        rows: list[tuple[str, int]] = []
        at = ""
        for part in re.findall(r"[^.\[\]]+(?:\[[^\]]*\])?", name):
            word, _, key = part.partition("[")
            at = f"{at}.{word}" if at else word
            if key:
                rows.append((at, hash(key)))
        return Slot(path, spec, tuple(rows))

    def done(self) -> Grammar:
        chapters: list[Chapter] = []
        self.root.flatten(-1, chapters)
        homes: dict[str, set[tuple[str, ...]]] = {}
        for chapter in chapters:
            for pattern in chapter.patterns:
                for clause in pattern.clauses:
                    homes.setdefault(clause.key, set()).add(meaning(clause, pattern))
        keys = {one.path: f"{one.path}.{one.key}" if one.key else "" for one in walk_tables(self.fields)}
        figures = (one.path for one in walk_fields(self.fields) if one.kind == "数值" and one.unit_in)
        measured = frozenset(path.rpartition(".")[0] for path in figures)
        meant = {key: frozenset(found) for key, found in homes.items()}
        last = {one.prior_of: one for one in walk_fields(self.fields) if one.prior_of and not one.formula}
        return Grammar(tuple(chapters), meant, keys, measured, _leads(chapters), last)


def _leads(chapters: Iterable[Chapter]) -> dict[str, frozenset[tuple[str, int]]]:
    found: dict[str, set[tuple[str, int]]] = {}
    for chapter in chapters:
        for pattern in chapter.patterns:
            for lead, text in pairwise(pattern.clauses):
                if text.key == "T":
                    found.setdefault(lead.key, set()).add((pattern.slots[text.tokens[0].slot].path, chapter.number))
    return {lead: frozenset(texts) for lead, texts in found.items()}


def row_of(title: Pattern) -> str:
    return next((slot.rows[0][0] for slot in title.slots if slot.rows), "")


def meaning(clause: Clause, pattern: Pattern) -> tuple[str, ...]:
    """Which fields its numbers are."""
    return tuple(_meant(pattern.slots[one.slot]) if one.slot >= 0 else one.text for one in clause.tokens)


def _meant(slot: Slot) -> str:
    if slot.shift is not None:
        return f"年{slot.shift}"
    return slot.path or (path_without_keys(slot.quantity.name) if slot.quantity is not None else "")


class _Node:
    def __init__(self, title: Pattern, level: int) -> None:
        self.title, self.level = title, level
        self.children: list[_Node] = []
        self.patterns: list[Pattern] = []
        self.others: list[Pattern] = []

    def child(self, title: Pattern, level: int, last: dict[int, int]) -> _Node:
        for at, one in enumerate(self.children):
            if _alike(one.title, title):
                last[id(self)] = at
                return one
            if row_of(title) and row_of(one.title) == row_of(title) and one.title.style == title.style:
                if title.text not in [other.text for other in one.others]:
                    one.others.append(title)
                last[id(self)] = at
                return one
        made = _Node(title, level)
        at = last.get(id(self), -1) + 1
        self.children.insert(at, made)
        last[id(self)] = at
        return made

    def put(self, pattern: Pattern, last: dict[int, int]) -> None:
        for at, one in enumerate(self.patterns):
            if _alike(one, pattern):
                last[-id(self)] = at
                return
        at = last.get(-id(self), -1) + 1
        self.patterns.insert(at, pattern)
        last[-id(self)] = at

    def flatten(self, parent: int, into: list[Chapter]) -> None:
        chapter = Chapter(len(into), parent, self.level, self.title, others=tuple(self.others))
        chapter.patterns = [
            Pattern(p.text, p.slots, p.clauses, p.numbered, p.style, float(order))
            for order, p in enumerate(self.patterns)
        ]
        into.append(chapter)
        for one in self.children:
            one.flatten(chapter.number, into)


def _alike(one: Pattern, other: Pattern) -> bool:
    return one.text == other.text and one.slots == other.slots


def _numbered_rows(slot: Slot, slots: Iterable[Slot]) -> Slot:
    """Rows counted from 0 within the paragraph, so that the second row's sentence is the first one's."""
    rows = []
    for path, key in slot.rows:
        seen = list(dict.fromkeys(k for one in slots for p, k in one.rows if p == path))
        rows.append((path, seen.index(key) if key in seen else key))
    return Slot(slot.path, slot.field, tuple(rows), slot.shift, slot.quantity)


def _without_labels(words: str, one: Rendering) -> str:
    for sign, label in one.labels.items():
        words = words.replace(label + sign, sign)
    return words


def _gaps_out(text: str) -> str:
    return re.sub("〔待填：[^〕]*〕", "", text)


def _lines(content: Inlines) -> Iterator[Inlines]:
    from generator.document.nodes import LineBreak

    line: list[object] = []
    for piece in content:
        if isinstance(piece, LineBreak):
            yield tuple(line)  # type: ignore[arg-type]
            line = []
        else:
            line.append(piece)
    yield tuple(line)  # type: ignore[arg-type]
