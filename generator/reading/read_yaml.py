"""YAML input files → facts. Values stay the text that was typed; every one keeps its line.

The documents are composed to nodes and never constructed: YAML's own ideas of numbers, dates and 是/否 stay out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from generator.diagnostics import Diagnostic, Outcome, finding
from generator.form.sources import Cell, Listing, Section, Source, Written
from generator.form.value_reading import code_points, printable, unprintable
from generator.place import Place
from generator.reading.yaml_mistakes import explain, lines_of, not_a_mapping

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 40
_DEEP_INDENT = re.compile(r"^[\s\-?:]{24}", re.MULTILINE)
_NULL = "tag:yaml.org,2002:null"


def parse_yaml(files: Sequence[tuple[str, str]]) -> Outcome[tuple[Source, ...]]:
    """The files as written, before the form is known. Reports I001–I016."""
    sources: list[Source] = []
    findings: list[Diagnostic] = []
    for file, text in files:
        root = _parse(file, text, findings)
        if root is not None:
            sources.append(Source(file, root))
    return Outcome(tuple(sources), tuple(findings))


def _parse(file: str, text: str, findings: list[Diagnostic]) -> Section | None:
    clean = _printable(file, text.removeprefix("\ufeff"), findings)
    too_deep = _too_deep(clean)
    if too_deep:
        findings.append(finding("I015", Place(file, too_deep)))
        return None
    try:
        loader = _LOADER(clean)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        findings.append(explain(error, file, clean))
        return None
    if node is None or (isinstance(node, yaml.ScalarNode) and node.tag == _NULL):
        findings.append(finding("I014", Place(file), file=file))
        return None
    written = _Converter(file, findings).convert(node, Place(file, 1), 0)
    if not isinstance(written, Section):
        line = _line(node)
        findings.append(not_a_mapping(Place(file, line), lines_of(clean)[line - 1]))
        return None
    return written


def _printable(file: str, text: str, findings: list[Diagnostic]) -> str:
    """YAML forbids control characters; they come from copied web pages and are dropped with a warning."""
    clean = printable(text)
    if clean == text:
        return text
    for number, line in enumerate(lines_of(text), 1):
        removed = unprintable(line)
        if removed:
            findings.append(finding("I016", Place(file, number), where=f"第{number}行", codes=code_points(removed)))
    return clean


def _too_deep(text: str) -> int:
    """The line at which brackets or indentation nest beyond reason, else 0.

    Composing is recursive: such a file would end in a stack overflow before any diagnostic. Ordinary files are passed
    by a glance at their brackets and indentation; only suspicious ones are parsed an extra time.
    """
    if not _DEEP_INDENT.search(text) and _bracket_depth(text) <= _DEEPEST:
        return 0
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > _DEEPEST:
                    return int(event.start_mark.line) + 1 if event.start_mark else 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        return 0
    return 0


def _bracket_depth(text: str) -> int:
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


def _line(node: yaml.Node) -> int:
    mark = node.start_mark
    return int(mark.line) + 1 if mark is not None else 1


class _Converter:
    """Nodes → what is written. Anchored nodes are converted once: aliases share them."""

    __slots__ = ("done", "file", "findings", "open")

    def __init__(self, file: str, findings: list[Diagnostic]) -> None:
        self.file, self.findings = file, findings
        self.done: dict[int, Written] = {}
        self.open: set[int] = set()

    def place(self, node: yaml.Node) -> Place:
        return Place(self.file, _line(node))

    def convert(self, node: yaml.Node, key_place: Place, depth: int) -> Written:
        if isinstance(node, yaml.ScalarNode):
            if node.tag == _NULL or not node.value:
                return Cell(None, key_place)
            return Cell(node.value, self.place(node))
        if id(node) in self.done:
            return self.done[id(node)]
        if id(node) in self.open:
            self.findings.append(finding("I015", self.place(node)))
            return Cell(None, key_place)
        self.open.add(id(node))
        written: Written
        if isinstance(node, yaml.SequenceNode):
            written = Listing(tuple(self.convert(item, self.place(item), depth + 1) for item in node.value), key_place)
        else:
            written = Section(self.entries(node, depth), key_place)
        self.open.discard(id(node))
        self.done[id(node)] = written
        return written

    def entries(self, node: yaml.Node, depth: int) -> dict[str, Written]:
        entries: dict[str, Written] = {}
        lines: dict[str, Place] = {}
        merged: list[Section] = []
        for key_node, value_node in node.value:
            place = self.place(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.findings.append(finding("I017", place))
                continue
            key = key_node.value.strip()
            value = self.convert(value_node, place, depth + 1)
            if key_node.tag == "tag:yaml.org,2002:merge" or key == "<<":
                merged += self.merged(value)
            elif key in lines:
                first = lines[key]
                self.findings.append(finding("I013", place, first, name=key, first=first.line, second=place.line))
            else:
                entries[key], lines[key] = value, place
        for section in merged:
            for key, value in section.entries.items():
                entries.setdefault(key, value)
        return entries

    def merged(self, value: Written) -> list[Section]:
        """What «<<: *name» or «<<: [*a, *b]» brings in."""
        items = value.items if isinstance(value, Listing) else (value,)
        sections = [item for item in items if isinstance(item, Section)]
        if len(sections) < len(items):
            self.findings.append(finding("I018", value.place))
        return sections
