"""YAML from outside, composed to nodes and never constructed: its own ideas of numbers, dates and 是/否 stay out.

What is asked for is counted as if every alias (*name) were written out, without ever doing so: a few lines can say
billions. Composing is recursive and holds every word, so a suspicious text is first run through as events.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

from generator.border.budgets import YAML_CELLS, YAML_DEPTH, YAML_REPEATED_CELLS, YAML_REPEATED_ROWS, YAML_ROWS
from generator.border.refused import OverBudgetError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = "tag:yaml.org,2002:null"
_DEEP_INDENT = re.compile(r"^[\s\-?:]{24}", re.MULTILINE)
_BETWEEN_WORDS = ",:-?[{\n\x85\u2028\u2029"
"""Each word of a text has at least one of these before it."""


class TooDeepError(Exception):
    """Nested beyond the budget, or inside itself by an alias; `line` from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@dataclass(slots=True)
class Amount:
    """What has been read of one input: all its files count together."""

    rows: int = 0
    cells: int = 0
    repeated_rows: int = 0
    repeated_cells: int = 0
    """What is there only by an alias."""

    def add(self, size: _Size) -> None:
        """Raises `OverBudgetError`."""
        self.rows += size.rows
        self.cells += size.cells
        self.repeated_rows += size.rows - size.written_rows
        self.repeated_cells += size.cells - size.written_cells
        for what, found, most, unit in (
            ("行数", self.rows, YAML_ROWS, "行"),
            ("格数", self.cells, YAML_CELLS, "格"),
            ("用“*”引用重复的行数", self.repeated_rows, YAML_REPEATED_ROWS, "行"),
            ("用“*”引用重复的格数", self.repeated_cells, YAML_REPEATED_CELLS, "格"),
        ):
            if found > most:
                raise OverBudgetError(what, _told(found, unit), f"{most:,} {unit}")


def _told(found: int, unit: str) -> str:
    """Aliases of aliases make numbers longer than any message."""
    return f"{found:,} {unit}" if found < 10**12 else f"一万亿{unit}以上"


def compose(text: str, amount: Amount) -> yaml.Node | None:
    """The document's root; None for an empty one. Raises `yaml.YAMLError`, `TooDeepError`, `OverBudgetError`."""
    if _deep(text) or sum(map(text.count, _BETWEEN_WORDS)) > YAML_CELLS:
        _judge_events(text)
    loader = _LOADER(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
    finally:
        loader.dispose()
    if node is not None:
        amount.add(_Sizes().of(node))
    return node


def is_empty(node: yaml.Node | None) -> bool:
    return node is None or (isinstance(node, yaml.ScalarNode) and node.tag == _NULL)


def line_of(node: yaml.Node) -> int:
    mark = node.start_mark
    return int(mark.line) + 1 if mark is not None else 1


def _deep(text: str) -> bool:
    """A glance at brackets and indentation: whether they may nest beyond the budget."""
    if _DEEP_INDENT.search(text):
        return True
    depth = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
        if depth > YAML_DEPTH:
            return True
    return False


def _judge_events(text: str) -> None:
    """Depth and words as they are written. A mistake in the text is left to composing, which knows its line."""
    depth = words = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.CollectionStartEvent):
                depth, words = depth + 1, words + 1
                if depth > YAML_DEPTH:
                    raise TooDeepError(int(event.start_mark.line) + 1 if event.start_mark else 1)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            else:
                words += 1
            if words > 2 * YAML_CELLS:  # a name and its value
                raise OverBudgetError("格数", f"{YAML_CELLS:,} 格以上", f"{YAML_CELLS:,} 格")
    except yaml.YAMLError:
        return


@dataclass(frozen=True, slots=True)
class _Size:
    """With aliases written out; `written_…`: of them what stands in the file, where it is met first."""

    rows: int
    cells: int
    depth: int
    written_rows: int
    written_cells: int


_WORD = _Size(0, 1, 0, 0, 1)


@dataclass(slots=True)
class _Sizes:
    """Each node is looked at once; an alias refers backwards, so what it means is known by then, or still open."""

    known: dict[int, _Size] = field(default_factory=dict)
    open: set[int] = field(default_factory=set)

    def of(self, node: yaml.Node) -> _Size:
        if isinstance(node, yaml.ScalarNode):
            return _WORD
        if id(node) in self.known:
            return self.known[id(node)]
        if id(node) in self.open:
            raise TooDeepError(line_of(node))
        self.open.add(id(node))
        listed = isinstance(node, yaml.SequenceNode)
        # The names of a mapping are no cells: what they hold is.
        inside = node.value if listed else [value for _, value in node.value]
        rows = cells = depth = written_rows = written_cells = 0
        for child in inside:
            size = self.of(child)
            row = listed and not isinstance(child, yaml.ScalarNode)
            rows, cells, depth = rows + size.rows + row, cells + size.cells, max(depth, size.depth)
            written_rows, written_cells = written_rows + size.written_rows + row, written_cells + size.written_cells
        if depth + 1 > YAML_DEPTH:
            raise TooDeepError(line_of(node))
        self.open.discard(id(node))
        # Met again, all of it is repetition.
        self.known[id(node)] = _Size(rows, cells, depth + 1, 0, 0)
        return _Size(rows, cells, depth + 1, written_rows, written_cells)
