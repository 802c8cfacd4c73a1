"""Which blocks of an edited file are which generated ones: by marks, and by other witnesses where marks were lost.

A person may split a paragraph (its mark then spans two), join two (both marks stand in one), copy one with its marks,
move a chapter, or retype a whole line, which loses the mark. What no witness finds has been deleted: no mark, no words,
no figure's mark, no row.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.refreshing.new_tables import NewTables
from generator.refreshing.standing_charts import Standing, StandingCharts, standing_charts
from generator.refreshing.standing_tables import StandingTables, standing_tables
from generator.word_file.align import Shape, align_blocks, likeness, words_in
from generator.word_file.blocks import Block, chart_of, generated, pieces_of, shape
from generator.word_file.marked_file import Marked
from generator.word_file.paragraph import COPY, OBJECT, Element, atoms, w

_BLOCK = re.compile(rf"_([nptc][0-9]{{1,7}}){COPY}")
_LONGEST_SPLIT = 12
_SAME = 0.6
_LONG = 12
_SENTENCE = re.compile(r"[^。；\n]+")
_MOST_HOMES = 12
"""The fiscal year stands in half of the paragraphs; it tells little of where a text comes from."""


@dataclass(slots=True)
class Regions:
    """`of`: generated mark → indices of the edited file's blocks, in order. `copies`: block → the mark it copies.
    `partly`: generated paragraphs of which something stands among a person's own words."""

    tables: StandingTables
    charts: StandingCharts
    of: dict[str, list[int]] = field(default_factory=dict)
    copies: dict[int, str] = field(default_factory=dict)
    partly: set[str] = field(default_factory=set)

    def taken(self) -> set[int]:
        return {index for found in self.of.values() for index in found}


def regions(
    file: Marked, blocks: list[Block], now: NewTables | None = None, asked: Mapping[Element, bool] | None = None
) -> Regions:
    """`now`: what the tables have become, where there is a new version; `asked`: rows asked about before."""
    known = set(file.facts.order) - {"toc"}
    spans = {mark: places for mark, places in _spans(file.body, blocks).items() if mark in known}
    in_tables: dict[int, set[str]] = {}
    for mark, places in spans.items():
        for start, _ in places if mark[0] == "t" else ():
            in_tables.setdefault(start, set()).add(mark)
    charts = standing_charts(file, blocks, {mark: places[0][0] for mark, places in spans.items() if mark[0] == "c"})
    found = Regions(standing_tables(file.facts, blocks, in_tables, now or NewTables(file.facts), asked or {}), charts)
    found.of.update((mark, [one.block]) for mark, one in charts.of.items())
    found.of.update((mark, [part.block for part in parts]) for mark, parts in found.tables.of.items())
    starts = {index for places in spans.values() for index, _ in places}
    for mark, places in spans.items():
        if mark[0] in "pn":
            _paragraph(file, blocks, found, mark, places, starts)
    _by_likeness(file, blocks, found)
    _moved_without_marks(file, blocks, found)
    for copy in set(found.copies) & found.taken():
        del found.copies[copy]
    _copies_without_marks(file, blocks, found)
    _partly(file, blocks, found)
    return found


def _paragraph(
    file: Marked, blocks: list[Block], found: Regions, mark: str, places: list[tuple[int, int]], starts: set[int]
) -> None:
    text = shape(file.facts, mark).text
    words = any(_holds_text(block) for start, end in places for block in blocks[start : end + 1])
    if mark[0] == "p" and text.strip() and not words:
        return  # cut, or moved with tracked changes: the mark was left behind
    best = max(places, key=lambda place: (not blocks[place[0]].toc, likeness(blocks[place[0]].text(), text)))
    first, last = best
    inner = [k for k in range(first + 1, min(last, first + _LONGEST_SPLIT) + 1) if k not in starts]
    inner = [k for k in inner if blocks[k].kind == "p" and not blocks[k].toc]
    found.of[mark] = [first, *inner]
    if mark[0] == "p":
        found.copies.update({place[0]: mark for place in places if place is not best})


def _spans(body: Element, blocks: list[Block]) -> dict[str, list[tuple[int, int]]]:
    """For each mark the blocks in which it begins and ends, once for each time it stands in the file. A mark around
    nothing belongs to no block, unless it was generated around nothing."""
    index = {block.element: number for number, block in enumerate(blocks)}
    inside = {}
    for number, block in enumerate(blocks):
        for element in block.element.iter(w("bookmarkStart"), w("bookmarkEnd")):
            inside[element] = number
    begun: dict[str, tuple[str, int, bool]] = {}
    found: dict[str, list[tuple[int, int]]] = {}
    sides = _Sides()
    here = -1
    for element in body.iter():
        if element in index:
            here = index[element]
        elif element.tag == w("bookmarkStart"):
            match = _BLOCK.fullmatch(str(element.get(w("name"))))
            if match:
                at = inside.get(element)
                empty_behind = at is not None and blocks[at].kind == "p" and not sides.of(blocks[at], element)[1]
                start = here + 1 if at is None else at
                begun[str(element.get(w("id")))] = (match[1], start, bool(empty_behind))
        elif element.tag == w("bookmarkEnd") and str(element.get(w("id"))) in begun:
            mark, start, empty_behind = begun.pop(str(element.get(w("id"))))
            at = inside.get(element)
            end = here if at is None else at
            if end > start and at is not None and blocks[at].kind == "p" and not sides.of(blocks[at], element)[0]:
                end -= 1
            if end > start and empty_behind:
                start += 1
            in_table = mark[0] in "pn" and start < len(blocks) and blocks[start].kind == "t"  # pasted into a cell
            if end >= start and start < len(blocks) and not in_table:
                found.setdefault(mark, []).append((start, end))
    return {mark: places for mark, places in found.items() if places}


class _Sides:
    """Whether words stand before and after a bookmark's end in its paragraph; each paragraph is walked once, however
    many bookmarks stand in it."""

    def __init__(self) -> None:
        self._known: dict[Element, tuple[dict[Element, int], int, int]] = {}

    def of(self, block: Block, mark: Element) -> tuple[bool, bool]:
        if block.element not in self._known:
            order = {element: number for number, element in enumerate(block.element.iter())}
            words = [order[atom.element] for atom in atoms(block.element)]
            self._known[block.element] = order, min(words, default=len(order)), max(words, default=-1)
        order, first, last = self._known[block.element]
        return first < order[mark], last > order[mark]


# -- lost marks -------------------------------------------------------------------------------------------------------
def _by_likeness(file: Marked, blocks: list[Block], found: Regions) -> None:
    """Generated paragraphs without a mark in the file, against paragraphs of nobody's, between known neighbours."""
    order = [mark for mark in file.facts.order if mark != "toc"]
    taken = {index for mark, numbers in found.of.items() if mark[0] != "c" for index in numbers}
    borders = _in_place(order, found)
    lost: list[str] = []
    before = -1
    for mark in [*order, ""]:
        if mark and mark not in borders:
            lost += [mark] if mark not in found.of and mark[0] != "t" else []
            continue
        place = found.of[mark] if mark else [len(blocks)]
        end = place[0] + (mark[:1] == "c")
        free = [n for n in range(before + 1, end) if n not in taken and not blocks[n].toc and _holds_text(blocks[n])]
        _assign(file, blocks, found, lost, [n for n in free if blocks[n].kind == "p"])
        lost, before = [], place[-1]


def _in_place(order: list[str], found: Regions) -> set[str]:
    """The known blocks that follow each other as they were generated: the most of them; others were moved."""
    known = [mark for mark in order if mark in found.of]
    ends: list[int] = []  # the place where the best row of each length ends
    last: list[int] = []
    before: dict[int, int] = {}
    for number, mark in enumerate(known):
        place = found.of[mark][0]
        at = bisect_right(ends, place)
        if at:
            before[number] = last[at - 1]
        ends[at : at + 1], last[at : at + 1] = [place], [number]
    here = last[-1] if last else None
    kept = set()
    while here is not None:
        kept.add(known[here])
        here = before.get(here)
    return kept


def _holds_text(block: Block) -> bool:
    return block.kind == "t" or (block.kind == "p" and bool(block.text().replace(OBJECT, "").strip()))


def _assign(file: Marked, blocks: list[Block], found: Regions, lost: list[str], free: list[int]) -> None:
    old = [_plain(file, mark) for mark in lost]
    new = [_shape(blocks[index].text()) for index in free]
    for i, j in align_blocks(old, new):
        if i is not None and j is not None and _alike(old[i].text, new[j].text):
            found.of[lost[i]] = [free[j]]
            if lost[i][0] == "c":
                found.charts.of[lost[i]] = Standing(free[j], blocks[free[j]].element, None)


def _plain(file: Marked, mark: str) -> Shape:
    """A chart that is lost stands there in words, when it was words."""
    chart = chart_of(file.facts, mark)
    return _shape(shape(file.facts, mark).text if chart is None else "" if chart.rows else chart.alt)


def _shape(text: str) -> Shape:
    return Shape("p", text, text)


def _alike(old: str, new: str) -> bool:
    return old == new or likeness(old, new) >= _SAME


def _moved_without_marks(file: Marked, blocks: list[Block], found: Regions) -> None:
    """A paragraph that reads exactly like a lost one, wherever it stands; a short one when nothing else reads so."""
    taken = found.taken() | set(found.copies)
    free: dict[str, list[int]] = {}
    for index, block in enumerate(blocks):
        if block.kind == "p" and index not in taken and not block.toc:
            free.setdefault(block.text(), []).append(index)
    texts = {mark: shape(file.facts, mark).text for mark in file.facts.order if mark[0] in "pn"}
    count = Counter(texts.values())
    for mark, text in texts.items():
        known = len(text) >= _LONG or (text.strip() and count[text] == 1)
        if mark not in found.of and known and free.get(text):
            found.of[mark] = [free[text].pop(0)]


def _copies_without_marks(file: Marked, blocks: list[Block], found: Regions) -> None:
    """A person's paragraph in which our figures stand, and which reads like a generated one: a copy of it."""
    taken = found.taken()
    homes: dict[str, list[str]] = {}
    for mark in file.facts.order:
        if mark[0] == "p":
            for _, figure in generated(file.facts, mark):
                if figure:
                    homes.setdefault(figure.partition("_")[0], []).append(mark)
    for index, block in enumerate(blocks):
        if block.kind != "p" or index in taken or index in found.copies or block.toc:
            continue
        figures = {figure.partition("_")[0] for _, figure in block.pieces() if figure}
        if not figures:
            continue
        text = block.text()
        known = dict.fromkeys(mark for one in sorted(figures) for mark in homes.get(one, ())[:_MOST_HOMES])
        alike = {mark: likeness(shape(file.facts, mark).text, text) for mark in known}
        best = max(alike, key=lambda mark: alike[mark], default="")
        if best and alike[best] >= _SAME:
            found.copies[index] = best


def _partly(file: Marked, blocks: list[Block], found: Regions) -> None:
    """Lost paragraphs whose figures' marks, or one of whose sentences, stand somewhere."""
    lost = [mark for mark in file.facts.order if mark[0] == "p" and mark not in found.of]
    if not lost:
        return
    prints: set[str] = set()
    words: list[str] = []
    taken = found.taken() | set(found.copies)
    for index, block in enumerate(blocks):
        for paragraph in block.element.iter(w("p")):
            pieces = pieces_of(paragraph)
            prints |= {figure for _, figure in pieces if figure}
            if index not in taken:
                words.append(words_in(pieces))
    everything = "\n".join(words)
    for mark in lost:
        pieces = generated(file.facts, mark)
        sentences = [one for one in _SENTENCE.findall(words_in(pieces)) if len(one) >= _LONG]
        if any(figure in prints for _, figure in pieces if figure) or any(one in everything for one in sentences):
            found.partly.add(mark)
