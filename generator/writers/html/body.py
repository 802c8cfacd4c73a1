"""The document's blocks as HTML, in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.document.nodes import Block, Chart, Contents, Heading, Inlines, Paragraph, Run, Table
from generator.word.look import Look
from generator.writers.chart_values import shown
from generator.writers.docx.inline import plain
from generator.writers.html.chart import chart_svg
from generator.writers.html.inline import Ink, words
from generator.writers.html.table import Grid, table_html
from generator.writers.sections import Placed, sections, unknown

_DEEPEST = 6
"""HTML has no deeper heading."""


class Body:
    """One document on its way into HTML. `styles`: the look's styles that were used and their classes; `grids`: the
    columns of its tables and their numbers; both for the stylesheet."""

    def __init__(self, look: Look, ink: Ink, blocks: tuple[Block, ...]) -> None:
        self.look, self.ink, self.blocks = look, ink, blocks
        self.styles: dict[str, str] = {}
        self.grids: dict[Grid, int] = {}
        self._level = 1
        self._charts = self._tables = 0

    def write(self, front: Iterable[str]) -> Iterator[str]:
        cover = [f"<p>{words(line)}</p>\n" for line in front]
        if cover:
            yield f'<section class="front">\n{"".join(cover)}</section>\n'
        for section in sections(self.blocks):
            kind = ' class="lying"' if section.landscape else ""
            yield f"<section{kind}>\n"
            for placed in section.blocks:
                yield self.ink.around(placed.block, "".join(self._block(placed)))
            yield "</section>\n"

    def _block(self, placed: Placed) -> Iterator[str]:
        block, breaks = placed.block, placed.new_page
        if isinstance(block, Paragraph):
            yield self._line("p", block.style, self.ink.runs(block.content), breaks)
        elif isinstance(block, Heading):
            yield self._heading(block, breaks)
        elif isinstance(block, Table):
            yield self._table(block, breaks)
        elif isinstance(block, Chart):
            yield from self._chart(block, breaks)
        elif isinstance(block, Contents):
            yield self._contents(block, breaks)
        else:
            unknown(block)

    def _style(self, name: str, breaks: bool = False) -> str:
        """The class of a style of the look; `breaks`: what has it begins a new page in print."""
        known = self.look.style(name).name
        return self.styles.setdefault(known, f"s{len(self.styles)}") + (" np" if breaks else "")

    def _line(self, tag: str, style: str, inside: str, breaks: bool = False, anchor: str = "") -> str:
        name = f' id="{words(anchor)}"' if anchor else ""
        return f'<{tag}{name} class="{self._style(style, breaks)}">{inside}</{tag}>\n'

    def _heading(self, heading: Heading, breaks: bool) -> str:
        """No level is skipped downwards: readers who move from heading to heading count on it."""
        self._level = min(heading.level + 1, self._level + 1, _DEEPEST)
        inside = words(heading.number) + self.ink.runs(heading.content)
        return self._line(f"h{self._level}", heading.style, inside, breaks, heading.anchor)

    def _contents(self, node: Contents, breaks: bool) -> str:
        entries = [block for block in self.blocks if isinstance(block, Heading) and block.in_contents]
        title = self._line("p", "目录标题", words(node.title)) if node.title else ""
        levels = [
            style.name for style in self.look.styles if style.name.startswith("目录") and style.name[2:].isdigit()
        ]
        deepest = max((int(name[2:]) for name in levels), default=1)
        lines = []
        for heading in entries:
            text = words(heading.number + plain(heading.content).replace("\n", ""))
            style = self._style(f"目录{min(heading.level, deepest)}")
            lines.append(f'<li class="{style}"><a href="#{words(heading.anchor)}">{text}</a></li>\n')
        label = words(node.title or "目录")
        return f'<nav aria-label="{label}"{_new_page(breaks)}>\n{title}<ul>\n{"".join(lines)}</ul>\n</nav>\n'

    def _table(self, table: Table, breaks: bool) -> str:
        above = []
        if table.title:
            above.append(self._line("p", "表题", self.ink.runs(table.title)))
        if table.number:
            above.append(self._line("p", "表号", words(table.number)))
        if table.left_note or table.unit:
            right = (Run(f"\t{table.unit}"),) if table.unit else ()
            above.append(self._line("p", "表左注", self._apart((*table.left_note, *right))))
        grid = Grid(table.style, tuple(column.width for column in table.columns))
        number = self.grids.setdefault(grid, len(self.grids) + 1)
        kind = self.look.table(table.style)
        self._tables += 1
        made = table_html(
            table, number, self._tables, "".join(above), (self._style(kind.text), self._style(kind.head)), self.ink
        )
        notes = "".join(self._line("p", "表注", self._apart(note)) for note in table.notes)
        return f'<div class="table{" np" if breaks else ""}">\n{made}{notes}</div>\n'

    def _apart(self, content: Inlines) -> str:
        """A tab parts what stands at the left from what stands at the right, two tabs what stands in the middle."""
        parts: list[list[object]] = [[]]
        for item in content:
            if not isinstance(item, Run) or "\t" not in item.text:
                parts[-1].append(item)
                continue
            first, *rest = item.text.split("\t")
            parts[-1].append(Run(first, item.bold))
            parts += [[Run(text, item.bold)] for text in rest]
        if len(parts) == 1:
            return self.ink.runs(content)
        return "".join(f"<span>{self.ink.runs(tuple(part))}</span>" for part in parts)  # type: ignore[arg-type]

    def _chart(self, chart: Chart, breaks: bool) -> Iterator[str]:
        data = shown(chart)
        if data.series:
            self._charts += 1
            yield f"<figure{_new_page(breaks)}>\n{chart_svg(chart, data, self.look.chart, self._charts)}\n"
            if chart.caption:
                yield f'<figcaption class="{self._style("图题")}">{self.ink.runs(chart.caption)}</figcaption>\n'
            yield "</figure>\n"
            return
        yield self._line("p", "图无", words(chart.empty), breaks)
        if chart.caption:
            yield self._line("p", "图题", self.ink.runs(chart.caption))


def _new_page(breaks: bool) -> str:
    return ' class="np"' if breaks else ""
