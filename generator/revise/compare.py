"""Two versions of a report compared: figures, sentences, rows, charts.

Sentences are compared as they stand in the files, with what people have changed in them. A figure is the same figure
in both versions when it stands at the same place; where it stands nowhere, when its name is the only one in both. Which
version is called old makes no difference to what belongs together: `compare(b, a)` mirrors `compare(a, b)`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.document.occurrences import Spot
from generator.facts.explain import spoken_name
from generator.facts.fact import Facts
from generator.quantity import Derived, Quantity
from generator.revise.align import Shape, Token, tokens
from generator.revise.blocks import name_of
from generator.revise.comparison import (
    ChangedChart,
    ChangedFact,
    ChangedText,
    Comparison,
    Extra,
    HandEdit,
    PrintedChange,
    Side,
)
from generator.revise.content import Line, Part, Printed, RowLines, content, printed
from generator.revise.filled_in import changed, completed, differ, not_printed, without_keys
from generator.revise.marked import Marked
from generator.revise.pairing import aligned, token_pairs
from generator.revise.recalled import recalled
from generator.word.marks import MarkedChart
from generator.word.read import FactsPart, Pieces

_SENTENCE_END = re.compile(r"[。；！？\n]+[”’）》]*")
_KINDS = {"h": "标题", "p": "段落", "n": "旁注", "t": "表", "c": "图"}


def compare(old: Marked, new: Marked, typed: tuple[Facts, Facts] | None = None) -> Comparison:
    """What differs from `old` to `new`. `typed`: what was filled in, when both sides come from input; then changed
    figures that the report does not print are found too."""
    return _Comparing(_Read(old), _Read(new)).comparison(typed)


class _Read:
    """One version, read."""

    def __init__(self, file: Marked) -> None:
        self.file = file.file
        self.facts: FactsPart = file.facts
        self.parts = content(file)
        self.quantities = recalled(file.facts)
        words = file.facts.document
        self.side = Side(file.file, *(words.get(key, "") for key in ("title", "unit", "year", "pack", "version")))

        self.spots: dict[str, Spot] = {}
        """Where in a table a figure is first printed, by its key."""
        for part in self.parts:
            for line in part.lines if part.kind == "t" else ():
                for one in printed(line):
                    if line.spot.label:
                        self.spots.setdefault(_key(one), line.spot)

    def spoken(self, key: str) -> str:
        """What an office calls the figure; a sum without label by the row and column in which it stands."""
        quantity = self.quantities[key]
        origin = quantity.origin
        if origin is None or quantity.label:
            return spoken_name(quantity, signed=True)
        operands = tuple(
            self._called(one, operand)
            for one, operand in zip(self.facts.figures[key].operands, origin.operands, strict=False)
        )
        name = quantity.name
        derived = Derived(origin.operation, operands)
        spoken = spoken_name(Quantity(quantity.value, quantity.unit, name, origin=derived), signed=True)
        spot = self.spots.get(key)
        return f"{spot.table}·{spot.label}·{spot.head}" if spoken == name and spot is not None else spoken

    def _called(self, key: str, operand: Quantity) -> Quantity:
        spot = self.spots.get(key)
        if operand.label or operand.origin is None or spot is None:
            return operand
        return Quantity(operand.value, operand.unit, operand.name, label=spot.label, origin=operand.origin)

    def name(self, mark: str) -> str:
        return name_of(self.facts, mark)

    def role(self, mark: str) -> str:
        """The fact's name without the rows' keys: what stands in one column of a table."""
        return without_keys(self.name(mark))


@dataclass(slots=True)
class _Meeting:
    """Two figures that stand at one place, by their keys («f3»); None: nothing there."""

    old: str | None
    new: str | None
    printed: list[PrintedChange] = field(default_factory=list)


class _Comparing:
    def __init__(self, old: _Read, new: _Read) -> None:
        self.old, self.new = old, new
        self.meetings: dict[tuple[str | None, str | None], _Meeting] = {}
        self.texts: list[ChangedText] = []
        self.charts: list[ChangedChart] = []
        self.extras: list[Extra] = []

    def comparison(self, typed: tuple[Facts, Facts] | None) -> Comparison:
        old, new = self.old, self.new
        for i, j in aligned(_shapes(old), _shapes(new)):
            if i is not None and j is not None:
                self._part(old.parts[i], new.parts[j])
            elif i is not None:
                self._extra(old.parts[i], added=False)
            elif j is not None:
                self._extra(new.parts[j], added=True)
        facts = [*self._facts()]
        if typed is not None:
            facts = [*completed(facts, *typed)]
            facts += not_printed(*typed, facts)
        return Comparison(
            old.side,
            new.side,
            tuple(self._with_causes(facts)),
            tuple(self.texts),
            tuple(self.charts),
            tuple(self.extras),
            (*_hand_edits(old), *_hand_edits(new)),
        )

    # -- parts --------------------------------------------------------------------------------------------------------
    def _part(self, old: Part, new: Part) -> None:
        if old.kind == "t":
            self._table(old, new)
        elif old.kind == "c":
            if old.chart is not None and new.chart is not None:
                values = _chart_values(old.chart, new.chart)
                if values:
                    self.charts.append(ChangedChart(new.name, new.line.spot, values))
        else:
            self._line(old.line, new.line, self.old.name, self.new.name)
            if old.line.text != new.line.text:
                kind = {"h": "标题", "n": "旁注"}.get(new.kind, "句子")
                for before, after in _changed_sentences(old.line, new.line, self.old.name, self.new.name):
                    self.texts.append(ChangedText(kind, old.line.spot, new.line.spot, before, after))

    def _extra(self, part: Part, *, added: bool) -> None:
        text = part.line.text
        if part.kind == "t":
            text = part.name or "（没有名称的表）"
        elif part.kind == "c":
            text = part.name
        self.extras.append(Extra(_KINDS[part.kind], added, part.line.spot, text.strip()))
        for line in part.lines:
            self._lone(line, added=added)

    def _table(self, old: Part, new: Part) -> None:
        columns = _same_columns(old.rows, new.rows)
        for i, j in aligned(_row_shapes(self.old, old.rows), _row_shapes(self.new, new.rows)):
            if i is not None and j is not None:
                self._row(old.rows[i], new.rows[j], columns)
                continue
            added = i is None
            row = new.rows[j] if j is not None else old.rows[i or 0]
            text = " | ".join(cell for cell in row.text.replace("\n", "").split("\t") if cell)
            self.extras.append(Extra("行", added, row.spot, text))
            for line in row.cells.values():
                self._lone(line, added=added)

    def _row(self, old: RowLines, new: RowLines, columns: Mapping[int, int]) -> None:
        for column, cell in old.cells.items():
            there = new.cells.get(columns.get(column, -1))
            if there is None:
                self._lone(cell, added=False)
                if cell.text and old.text != new.text:
                    self.texts.append(ChangedText("表格", cell.spot, replace(new.spot, column=0), cell.text, ""))
                continue
            only_figures = self._line(cell, there, self.old.role, self.new.role)
            if cell.text != there.text and not only_figures:
                self.texts.append(ChangedText("表格", cell.spot, there.spot, cell.text, there.text))
        met = set(columns.values())
        for column, cell in new.cells.items():
            if column not in met or not any(columns.get(c) == column for c in old.cells):
                self._lone(cell, added=True)
                if cell.text:
                    self.texts.append(ChangedText("表格", replace(old.spot, column=0), cell.spot, "", cell.text))

    # -- figures ------------------------------------------------------------------------------------------------------
    def _line(self, old: Line, new: Line, old_name: Callable[[str], str], new_name: Callable[[str], str]) -> bool:
        """Let the figures of two lines meet. True when the lines differ in nothing but figures whose values differ."""
        left, right = printed(old), printed(new)
        a, b = _with_figures(old, left, old_name), _with_figures(new, right, new_name)
        same = token_pairs(a, b)
        of_old, of_new = {one.mark: one for one in left}, {one.mark: one for one in right}
        met_old, met_new = set(), set()
        only_figures = len(same) == len(a) == len(b)
        for i, j in same:
            if a[i].mark and b[j].mark:
                before, after = of_old[a[i].mark], of_new[b[j].mark]
                met_old.add(before.mark)
                met_new.add(after.mark)
                self._meet(before, after, old.spot, new.spot)
                if before.text != after.text:
                    changed_too = differ(self.old.quantities.get(_key(before)), self.new.quantities.get(_key(after)))
                    only_figures = only_figures and changed_too and not before.overtyped and not after.overtyped
        for one in left:
            if one.mark not in met_old:
                self._meet(one, None, old.spot, None)
        for one in right:
            if one.mark not in met_new:
                self._meet(None, one, None, new.spot)
        return only_figures

    def _lone(self, line: Line, *, added: bool) -> None:
        for one in printed(line):
            if added:
                self._meet(None, one, None, line.spot)
            else:
                self._meet(one, None, line.spot, None)

    def _meet(self, old: Printed | None, new: Printed | None, old_spot: Spot | None, new_spot: Spot | None) -> None:
        keys = (_key(old) if old else None, _key(new) if new else None)
        meeting = self.meetings.setdefault(keys, _Meeting(*keys))
        texts = (old.generated if old else "", new.generated if new else "")
        meeting.printed.append(PrintedChange(old_spot, new_spot, *texts))

    def _facts(self) -> Iterator[ChangedFact]:
        """Figures whose values differ, in the order in which they are first printed."""
        self._join_by_name()
        for meeting in self.meetings.values():
            old = self.old.quantities.get(meeting.old) if meeting.old else None
            new = self.new.quantities.get(meeting.new) if meeting.new else None
            if differ(old, new):
                spoken = self.new.spoken(meeting.new) if meeting.new else self.old.spoken(meeting.old or "")
                yield replace(changed(old, new, tuple(meeting.printed)), spoken=spoken)

    def _join_by_name(self) -> None:
        """Figures that met none: by their name when it is the only one in both versions; a number that is still
        printed elsewhere in the other version is neither gone nor new."""
        for side in (0, 1):
            keys = [pair[side] for pair in self.meetings]
            here, there = (self.old, self.new) if side == 0 else (self.new, self.old)
            by_name = _only_names(there), _only_names(here)
            known = Counter(_identity(q) for key, q in there.quantities.items() if key.startswith("f"))
            for pair in [p for p in self.meetings if p[1 - side] is None and p in self.meetings]:
                key = pair[side]
                assert key is not None
                quantity = here.quantities.get(key)
                if quantity is None:
                    del self.meetings[pair]
                    continue
                other = by_name[0].get(quantity.name) if quantity.name in by_name[1] else None
                together = (key, other) if side == 0 else (other, key)
                # Rows that are known by their number alone: «指标[1]» may be another row now.
                if other is not None and (together in self.meetings or not self._has_met(together)):
                    self._merge(pair, together)
                elif keys.count(key) > 1 or known[_identity(quantity)]:
                    del self.meetings[pair]

    def _has_met(self, keys: tuple[str | None, str | None]) -> bool:
        """Whether one of the two figures stands at the place of some other."""
        return any(one[0] and one[1] and (one[0] == keys[0] or one[1] == keys[1]) for one in self.meetings)

    def _merge(self, gone: tuple[str | None, str | None], into: tuple[str | None, str | None]) -> None:
        lone = self.meetings.pop(gone)
        meeting = self.meetings.setdefault(into, _Meeting(*into))
        meeting.printed += lone.printed

    def _with_causes(self, facts: Sequence[ChangedFact]) -> Iterator[ChangedFact]:
        direct = {fact.name: number for number, fact in enumerate(facts) if fact.direct}
        sources = [_sources(side.quantities) for side in (self.old, self.new)]
        for fact in facts:
            if fact.direct:
                yield fact
                continue
            names = {n for source in sources for n in source.get((fact.name, fact.unit), ())}
            yield replace(fact, causes=tuple(sorted(direct[name] for name in names if name in direct)))


def _key(one: Printed) -> str:
    return one.mark.partition("_")[0]


def _identity(quantity: Quantity) -> tuple[str, str, object]:
    return without_keys(quantity.name), quantity.unit, quantity.value


def _only_names(side: _Read) -> dict[str, str]:
    """Name → key of the printed figures whose name no other has."""
    count = Counter(q.name for key, q in side.quantities.items() if key.startswith("f"))
    return {q.name: key for key, q in side.quantities.items() if key.startswith("f") and count[q.name] == 1}


def _sources(quantities: Mapping[str, Quantity]) -> dict[tuple[str, str], set[str]]:
    """Name and unit of a computed figure → names of the filled-in figures behind it."""
    memory: dict[int, frozenset[str]] = {}

    def names(quantity: Quantity) -> frozenset[str]:
        found = memory.get(id(quantity))
        if found is None:
            operands = quantity.origin.operands if quantity.origin is not None else ()
            found = frozenset((quantity.name,)) if quantity.origin is None else frozenset().union(*map(names, operands))
            memory[id(quantity)] = found
        return found

    sources: dict[tuple[str, str], set[str]] = {}
    for quantity in quantities.values():
        if quantity.origin is not None:
            sources.setdefault((quantity.name, quantity.unit), set()).update(names(quantity))
    return sources


# -- shapes ------------------------------------------------------------------------------------------------------------
def _exact(pieces: Iterable[tuple[str, str]], name: Callable[[str], str]) -> str:
    return "".join(f"\0{name(mark)}\0" if mark else text for text, mark in pieces)


def _shapes(side: _Read) -> list[Shape]:
    found = []
    for part in side.parts:
        if part.kind == "t":
            head = " ".join(row.text for row in part.rows if row.head) or (part.rows[0].text if part.rows else "")
            found.append(Shape("t", re.sub(r"[\d.,%]", "", part.name + head), head, part.name))
        elif part.kind == "c":
            found.append(Shape("c", part.name, part.name, part.name))
        else:
            found.append(Shape(part.kind, _exact(part.line.pieces, side.name), part.line.text))
    return found


def _row_shapes(side: _Read, rows: Sequence[RowLines]) -> list[Shape]:
    return [
        Shape(
            "head" if row.head else "row",
            "\t".join(_exact(cell.pieces, side.name) for cell in row.cells.values()),
            " ".join(cell.text for cell in row.cells.values()),
        )
        for row in rows
    ]


def _same_columns(old: Sequence[RowLines], new: Sequence[RowLines]) -> dict[int, int]:
    """Which column of the new table is which of the old: the same one when both are as wide, else by their heads."""
    a, b = _heads(old), _heads(new)
    if len(a) == len(b):
        return {column: column for column in range(len(a))}
    shapes = [[Shape("column", words, words) for words in heads] for heads in (a, b)]
    return {i: j for i, j in aligned(*shapes) if i is not None and j is not None}


def _heads(rows: Sequence[RowLines]) -> list[str]:
    width = max((row.text.count("\t") + 1 for row in rows), default=0)
    heads = [row.text.split("\t") for row in rows if row.head]
    return ["/".join(row[column] for row in heads if column < len(row)) for column in range(width)]


def _with_figures(line: Line, figures: Sequence[Printed], name: Callable[[str], str]) -> list[Token]:
    """The line's tokens, with every figure as one, marked or found again."""
    text, here = line.text, 0
    cut: list[tuple[str, str]] = []
    for one in figures:
        if one.start >= here:
            cut += [(text[here : one.start], ""), (text[one.start : one.end], one.mark)]
            here = one.end
    cut.append((text[here:], ""))
    return tokens([piece for piece in cut if piece[0]], name)


def _changed_sentences(
    old: Line, new: Line, old_name: Callable[[str], str], new_name: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    """Sentences that read otherwise, before and after; what stands between two that belong together goes together."""
    a, b = sentences(old.pieces), sentences(new.pieces)
    shapes = [
        [Shape("s", _exact(one, name), "".join(text for text, _ in one)) for one in side]
        for side, name in ((a, old_name), (b, new_name))
    ]
    before: list[str] = []
    after: list[str] = []
    for i, j in aligned(*shapes):
        if i is not None and j is not None:
            if before or after:
                yield "".join(before), "".join(after)
                before, after = [], []
            one, other = shapes[0][i].text, shapes[1][j].text
            if one != other:
                yield one, other
        elif i is not None:
            before.append(shapes[0][i].text)
        elif j is not None:
            after.append(shapes[1][j].text)
    if before or after:
        yield "".join(before), "".join(after)


def sentences(pieces: Pieces) -> list[Pieces]:
    """A paragraph cut behind 。 ； ！ ？ and the quotation marks or brackets that close there."""
    found: list[list[tuple[str, str]]] = [[]]
    for text, mark in pieces:
        if mark:
            found[-1].append((text, mark))
            continue
        here = 0
        for end in _SENTENCE_END.finditer(text):
            found[-1].append((text[here : end.end()], ""))
            found.append([])
            here = end.end()
        if here < len(text):
            found[-1].append((text[here:], ""))
    return [tuple(one) for one in found if "".join(text for text, _ in one).strip()]


def _chart_values(old: MarkedChart, new: MarkedChart) -> tuple[tuple[str, str, str, str], ...]:
    before, after = _by_category(old), _by_category(new)
    order = dict.fromkeys((*after, *before))
    return tuple(
        (key[0], key[1], before.get(key, ""), after.get(key, ""))
        for key in order
        if before.get(key, "") != after.get(key, "")
    )


def _by_category(chart: MarkedChart) -> dict[tuple[str, str, int], str]:
    """Category, series and (where a name stands twice) which of them → value."""
    if not chart.rows:
        return {}
    names = chart.rows[0].split("\t")[1:]
    found: dict[tuple[str, str, int], str] = {}
    for row in chart.rows[1:]:
        category, *values = row.split("\t")
        for name, value in zip(names, values, strict=False):
            again = 0
            while (category, name, again) in found:
                again += 1
            found[category, name, again] = value
    return found


# -- by hand ----------------------------------------------------------------------------------------------------------
def _hand_edits(side: _Read) -> Iterator[HandEdit]:
    for part in side.parts:
        for line in part.lines:
            for one in printed(line):
                if one.overtyped:
                    yield HandEdit(side.file, side.name(one.mark), line.spot, one.generated, one.text)
