"""Which charts of an edited file are which generated ones: by mark, description, data, and place among the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.refreshing.chart_data import CHART, chart_part, chart_rows, same_rows
from generator.word.marks import MarkedChart
from generator.word_file.blocks import Block, chart_of, holds_mark
from generator.word_file.marked_file import Marked
from generator.word_file.paragraph import DOC_PR, Element, w

_BY_MARK, _BY_WORDS, _BY_DATA = 2, 2, 3
_ENOUGH, _COPY = 2, 5


@dataclass(frozen=True, slots=True)
class Standing:
    """`drawing` None: words in place of a chart. `block`: the index of the block in which the paragraph is."""

    block: int
    paragraph: Element
    drawing: Element | None


@dataclass(slots=True)
class StandingCharts:
    of: dict[str, Standing] = field(default_factory=dict)
    copies: list[tuple[str, Standing]] = field(default_factory=list)


def standing_charts(file: Marked, blocks: Sequence[Block], marked: Mapping[str, int]) -> StandingCharts:
    """`marked`: a chart's mark → the block in which it stands."""
    charts = {mark: chart for mark in file.facts.order if mark != "toc" and (chart := chart_of(file.facts, mark))}
    present = list(_present(blocks))
    found = StandingCharts()
    worth = {
        (mark, n): _worth(file, mark, chart, one, marked)
        for mark, chart in charts.items()
        if chart.rows
        for n, one in enumerate(present)
    }
    order = {mark: number for number, mark in enumerate(charts)}
    taken: set[int] = set()
    for (mark, n), count in sorted(worth.items(), key=lambda one: (-one[1], order[one[0][0]], one[0][1])):
        if count >= _ENOUGH and mark not in found.of and n not in taken:
            found.of[mark] = present[n]
            taken.add(n)
    free = [n for n in range(len(present)) if n not in taken]
    copied = {n: max(charts, key=lambda mark: worth.get((mark, n), 0)) for n in free}
    copied = {n: mark for n, mark in copied.items() if worth.get((mark, n), 0) >= _COPY}
    found.copies = [(mark, present[n]) for n, mark in copied.items()]
    free = [n for n in free if n not in copied]
    lost = [mark for mark, chart in charts.items() if chart.rows and mark not in found.of]
    if len(lost) == len(free):  # one by one, when none is missing
        found.of.update((mark, present[n]) for mark, n in zip(lost, free, strict=True))
    for mark in charts:
        if mark in marked and mark not in found.of and blocks[marked[mark]].kind == "p":
            found.of[mark] = Standing(marked[mark], blocks[marked[mark]].element, None)
    return found


def _present(blocks: Sequence[Block]) -> list[Standing]:
    found = []
    for number, block in enumerate(blocks):
        if not block.toc:
            for chart in block.element.iter(CHART):
                paragraph = next(chart.iterancestors(w("p")))
                found.append(Standing(number, paragraph, chart))
    return found


def _worth(file: Marked, mark: str, chart: MarkedChart, one: Standing, marked: Mapping[str, int]) -> int:
    drawing = next(one.drawing.iterancestors(w("drawing")), one.paragraph) if one.drawing is not None else one.paragraph
    words = next((str(each.get("descr")) for each in drawing.iter(DOC_PR)), "")
    part = chart_part(file.parts, one.drawing)
    worth = _BY_MARK if holds_mark(one.paragraph, mark) or (marked.get(mark) == one.block and _alone(one)) else 0
    worth += _BY_WORDS if words and words == chart.alt else 0
    return worth + (_BY_DATA if part and same_rows(chart_rows(file.parts.look(part)), chart.rows) else 0)


def _alone(one: Standing) -> bool:
    return sum(1 for _ in one.paragraph.iter(CHART)) == 1
