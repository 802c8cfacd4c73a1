"""The report as the preview shows it: every figure a link, what is wrong marked at its block, the change since last
year beside a figure where that is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.diagnostics import Diagnostic, Severity
from generator.document.nodes import Block, Cell, Chart, Contents, Document, Figure, Heading, Inlines, Run, Table
from generator.document.occurrences import excerpt
from generator.facts.explain import leaves
from generator.form.to_confirm import TO_CONFIRM, TO_FILL
from generator.place import Place
from generator.quantity import Quantity
from generator.web.desk import Seen
from generator.web.last_year import change_as_printed
from generator.writers.chart_values import shown
from generator.writers.html.inline import Ink, words

_UNIT = re.compile(r"(?:万元|亿元|元|个百分点|%|人次|批次|人|个|辆|台|分|件|次)")


_GAPS = (TO_FILL.rstrip("〕"), TO_CONFIRM.rstrip("〕"))
"""As a gap begins: «〔待填：单位名称〕»."""


class Mark(NamedTuple):
    """`word` in the margin; `target`: where on the report's page it is spoken of."""

    word: str
    colour: str
    target: str


_WORDS = {Severity.ERROR: ("错误", "red"), Severity.WARNING: ("提醒", "amber"), Severity.INFO: ("提示", "plain")}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person wants to see. `compared`: last year's figures by name, None without them; `only`: only blocks
    that have a mark; `words`: blocks that hold them can be jumped to."""

    compared: Mapping[str, Quantity] | None = None
    only: bool = False
    words: str = ""


def marks_of(seen: Seen, number_of: Callable[[Diagnostic], int]) -> dict[int, tuple[Mark, ...]]:
    """Marks by the block's place in the document: what is missing in it, and findings whose cells its figures are made
    from. `number_of`: of a finding on the report's page, 0 when it has none there."""
    examined = seen.examined
    if examined is None:
        return {}
    spoken: dict[Place, list[Mark]] = {}
    for one in seen.findings:
        if one.severity in _WORDS:
            word, colour = _WORDS[one.severity]
            number = number_of(one)
            for place in one.places:
                spoken.setdefault(place, []).append(Mark(word, colour, f"#f{number}" if number else ""))
    found = {}
    for at, block in enumerate(examined.document.blocks):
        marks: dict[Mark, None] = {}
        if any(gap in text for text in texts_of(block) for gap in _GAPS):
            marks[Mark("待填", "grey", "")] = None
        for figure in figures_of(block):
            if spoken:
                places = (leaf.place for leaf in leaves(figure.quantity))
                marks.update((mark, None) for place in places for mark in spoken.get(place, ()))
        if marks:
            found[at] = tuple(sorted(marks, key=_worst))
    return found


def _worst(mark: Mark) -> int:
    return ("red", "grey", "amber", "plain").index(mark.colour)


@dataclass
class PreviewInk(Ink):
    """The first figure is «fig/p1», as `occurrences` counts them.

    `page`: the report's own page; `marks`: by the block's place; `hits`: the blocks that hold the words asked for:
    anchor, headings above, excerpt.
    """

    document: Document
    page: str
    marks: Mapping[int, tuple[Mark, ...]]
    wish: Wish
    count: int = 0
    hits: list[tuple[str, str, str]] = field(default_factory=list)
    charted: int = 0
    _at: int = -1
    _left_out: int = 0
    _trail: dict[int, str] = field(default_factory=dict)
    _said: tuple[str, ...] = ()

    def figure(self, figure: Figure) -> str:
        self.count += 1
        name = f"p{self.count}"
        return f'<a class="f" id="{name}" href="fig/{name}">{words(figure.text)}</a>'

    def runs(self, content: Inlines, *, bold: bool = False) -> str:
        if self.wish.compared is None:
            return super().runs(content, bold=bold)
        return "".join(self._with_changes(content, bold))

    def cell(self, cell: Cell, *, bold: bool = False) -> str:
        made = super().cell(cell, bold=bold)
        chip = self._chip(cell) if isinstance(cell, Figure) else ""
        return f"{made}<br>{chip}" if chip else made

    def _with_changes(self, content: Inlines, bold: bool) -> Iterator[str]:
        """The chip follows the unit, not the digits."""
        chip = ""
        for item in content:
            made = self._item(item, bold)
            unit = _UNIT.match(item.text) if chip and isinstance(item, Run) else None
            if unit is not None and made.startswith(unit[0]):
                yield f"{unit[0]}{chip}{made[len(unit[0]) :]}"
            else:
                yield chip + made
            chip = self._chip(item) if isinstance(item, Figure) else ""
        yield chip

    def _chip(self, figure: Figure) -> str:
        before = (self.wish.compared or {}).get(figure.quantity.name)
        said = change_as_printed(figure.text, figure.quantity, before) if before is not None else ""
        return f'<small class="chip">{said}</small>' if said else ""

    def around(self, block: Block, made: str) -> str:
        at = self._next(block)
        if isinstance(block, Chart):
            made += self._values(block)
        if isinstance(block, Heading):
            self._trail = {level: said for level, said in self._trail.items() if level < block.level}
            self._trail[block.level] = block.number + plain(block.content)
        self._look_for_words(at, block)
        marks = self.marks.get(at, ())
        if self.wish.only and not marks:
            self._left_out += not isinstance(block, Contents)
            return ""
        shown = "".join(f'<a class="mark {one.colour}" href="{self.page}{one.target}">{one.word}</a> ' for one in marks)
        lead = self._lead(block) if self.wish.only else ""
        if not shown and not lead and not self._is_hit(at):
            return made
        margin = f'<p class="marks">{shown}</p>\n' if shown else ""
        return f'{lead}<div class="marked" id="b{at}">\n{margin}{made}</div>\n'

    def _values(self, chart: Chart) -> str:
        """The numbers of a drawing cannot be clicked: they stand below it once more."""
        links = []
        for name, text, _ in values_of(chart):
            self.charted += 1
            links.append(f'{words(name)} <a class="f" href="fig/v{self.charted}">{words(text)}</a>')
        return f'<p class="values">图中的数：{"，".join(links)}</p>\n' if links else ""

    def _next(self, block: Block) -> int:
        """Writers leave page breaks and the like out, and go on in order."""
        self._at += 1
        while self.document.blocks[self._at] is not block:
            self._at += 1
        return self._at

    def _lead(self, block: Block) -> str:
        """How much is left out before it, and under which headings it stands."""
        away = f'<p class="left">略去 {self._left_out} 段</p>\n' if self._left_out else ""
        self._left_out = 0
        below = block.level if isinstance(block, Heading) else 99
        trail = tuple(said for level, said in self._trail.items() if level < below)
        told = trail != self._said and bool(trail)
        self._said = trail
        return away + (f'<p class="trail">{words(" › ".join(trail))}</p>\n' if told else "")

    def rest(self) -> str:
        """What is said after the last block that is shown."""
        if not self.wish.only or not self._left_out:
            return ""
        said = f"略去 {self._left_out} 段" if self.marks else "没有有问题的段落和表。"
        return f'<p class="left">{said}</p>\n'

    def _is_hit(self, at: int) -> bool:
        return bool(self.hits) and self.hits[-1][0] == f"b{at}"

    def _look_for_words(self, at: int, block: Block) -> None:
        if self.wish.words and not isinstance(block, Contents):
            for text in texts_of(block):
                start = text.find(self.wish.words)
                if start >= 0:
                    above = " › ".join(list(self._trail.values())[-2:])
                    self.hits.append((f"b{at}", above, excerpt(text, start, start + len(self.wish.words))))
                    return


def values_of(chart: Chart) -> Iterator[tuple[str, str, Quantity]]:
    """Each number of a drawing: what it is of, as it is printed, the quantity; none where all print 0."""
    data = shown(chart)
    for one, drawn in zip(chart.series, data.series, strict=False):
        drawn_ones = (quantity for quantity in one.values if chart.kind != "饼形" or quantity.value)
        for at, (category, quantity) in enumerate(zip(data.categories, drawn_ones, strict=True)):
            name = f"{category}{one.name}" if len(data.series) > 1 else category
            yield name, drawn.labels[at] or drawn.printed[at], quantity


def plain(content: Cell) -> str:
    """The words of runs and figures."""
    if isinstance(content, str):
        return content
    items: Sequence[object] = content if isinstance(content, tuple) else (content,)
    return "".join(item.text for item in items if isinstance(item, Run | Figure))


def texts_of(block: Block) -> Iterator[str]:
    """Paragraph, heading, caption; each cell and each line round a table."""
    yield from (plain(content) for content in _contents(block))


def figures_of(block: Block) -> Iterator[Figure]:
    for content in _contents(block):
        items: Sequence[object] = content if isinstance(content, tuple) else (content,)
        yield from (item for item in items if isinstance(item, Figure))


def _contents(block: Block) -> Iterator[Cell]:
    if isinstance(block, Table):
        yield from (block.title, block.left_note)
        yield from (cell for row in (*block.head, *block.body) for cell in row.cells)
        yield from block.notes
    elif isinstance(block, Chart):
        yield block.caption
    elif not isinstance(block, Contents) and (content := getattr(block, "content", None)) is not None:
        yield content


def contents_of(document: Document) -> list[tuple[int, str, str]]:
    """Level, anchor and words of the headings that stand in 目录."""
    entries = (block for block in document.blocks if isinstance(block, Heading) and block.in_contents)
    return [(min(one.level, 3), one.anchor, (one.number + plain(one.content)).replace("\n", "")) for one in entries]
