"""Two versions of a report compared: figures, sentences, rows, charts.

Sentences are compared as they stand in the files, with what people have changed in them. A figure is the same figure
in both versions when it stands at the same place; where it stands nowhere, when its name is the only one in both. Which
version is called old makes no difference to what belongs together: `compare(b, a)` mirrors `compare(a, b)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.comparing.comparison import (
    ChangedChart,
    ChangedFact,
    ChangedText,
    Comparison,
    Extra,
    HandEdit,
)
from generator.comparing.input_figures import completed, differ, not_printed
from generator.comparing.matched_figures import Meetings
from generator.comparing.pairing import aligned, token_pairs
from generator.comparing.two_years import LastName, between_years
from generator.comparing.version import VersionRead
from generator.facts.fact import Facts
from generator.word.facts_part import Pieces
from generator.word.marks import MarkedChart
from generator.word_file.align import Shape, Token, tokens, without_digits, words_but_figures, words_in
from generator.word_file.marked_file import Marked
from generator.word_file.visible_content import Part, Printed, RowLines, VisibleLine, printed

_SENTENCE_END = re.compile(r"[。；！？\n]+[”’）》]*")
_KINDS = {"h": "标题", "p": "段落", "n": "旁注", "t": "表", "c": "图"}


def compare(
    old: Marked, new: Marked, typed: tuple[Facts, Facts] | None = None, last_name: LastName | None = None
) -> Comparison:
    """What differs from `old` to `new`. `typed`: what was filled in, when both sides come from input; then changed
    figures that the report does not print are found too. `last_name`: the two are of different years (`two_years`)."""
    before, after = VersionRead(old), VersionRead(new)
    if last_name is None:
        return _Comparing(before, after).comparison(typed)
    return between_years(_Comparing(before, after).comparison(None), before, after, last_name)


class _Comparing:
    def __init__(self, old: VersionRead, new: VersionRead) -> None:
        self.old, self.new = old, new
        self.meetings = Meetings(old, new)
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
        facts = [*self.meetings.facts()]
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
    def _line(
        self, old: VisibleLine, new: VisibleLine, old_name: Callable[[str], str], new_name: Callable[[str], str]
    ) -> bool:
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
                self.meetings.meet(before, after, old.spot, new.spot)
                if before.text != after.text:
                    changed_too = differ(self.old.quantities.get(before.key), self.new.quantities.get(after.key))
                    only_figures = only_figures and changed_too and not before.overtyped and not after.overtyped
        for one in left:
            if one.mark not in met_old:
                self.meetings.meet(one, None, old.spot, None)
        for one in right:
            if one.mark not in met_new:
                self.meetings.meet(None, one, None, new.spot)
        return only_figures

    def _lone(self, line: VisibleLine, *, added: bool) -> None:
        for one in printed(line):
            if added:
                self.meetings.meet(None, one, None, line.spot)
            else:
                self.meetings.meet(one, None, line.spot, None)

    def _with_causes(self, facts: Sequence[ChangedFact]) -> Iterator[ChangedFact]:
        direct = {fact.name: number for number, fact in enumerate(facts) if fact.direct}
        sources = [side.sources() for side in (self.old, self.new)]
        for fact in facts:
            if fact.direct:
                yield fact
                continue
            names = {n for source in sources for n in source.get((fact.name, fact.unit), ())}
            yield replace(fact, causes=tuple(sorted(direct[name] for name in names if name in direct)))


# -- shapes ------------------------------------------------------------------------------------------------------------
def _shapes(side: VersionRead) -> list[Shape]:
    found = []
    for part in side.parts:
        if part.kind == "t":
            head = " ".join(row.text for row in part.rows if row.head) or (part.rows[0].text if part.rows else "")
            found.append(Shape("t", without_digits(part.name + head), head, part.name))
        elif part.kind == "c":
            found.append(Shape("c", part.name, part.name, part.name))
        else:
            found.append(Shape(part.kind, words_but_figures(part.line.pieces, side.name), part.line.text))
    return found


def _row_shapes(side: VersionRead, rows: Sequence[RowLines]) -> list[Shape]:
    return [
        Shape(
            "head" if row.head else "row",
            "\t".join(words_but_figures(cell.pieces, side.name) for cell in row.cells.values()),
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


def _with_figures(line: VisibleLine, figures: Sequence[Printed], name: Callable[[str], str]) -> list[Token]:
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
    old: VisibleLine, new: VisibleLine, old_name: Callable[[str], str], new_name: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    """Sentences that read otherwise, before and after; what stands between two that belong together goes together."""
    a, b = sentences(old.pieces), sentences(new.pieces)
    shapes = [
        [Shape("s", words_but_figures(one, name), words_in(one)) for one in side]
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
    return [tuple(one) for one in found if words_in(one).strip()]


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
def _hand_edits(side: VersionRead) -> Iterator[HandEdit]:
    for part in side.parts:
        for line in part.lines:
            for one in printed(line):
                if one.overtyped:
                    yield HandEdit(side.file, side.name(one.mark), line.spot, one.generated, one.text)
