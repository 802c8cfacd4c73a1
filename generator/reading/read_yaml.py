"""YAML input files → facts. Values stay the text that was typed; every one keeps its line.

The documents are composed to nodes and never constructed: YAML's own ideas of numbers, dates and 是/否 stay out.
"""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from generator.border.refused import OverBudgetError
from generator.border.yaml_text import Amount, TooDeepError, compose, is_empty, line_of
from generator.diagnostics import Diagnostic, Outcome, finding
from generator.form.sources import Cell, Listing, Section, Source, Written
from generator.form.value_reading import code_points, half_width, printable, unprintable
from generator.place import Place
from generator.reading.yaml_mistakes import explain, lines_of, not_a_mapping


def parse_yaml(files: Sequence[tuple[str, str]]) -> Outcome[tuple[Source, ...]]:
    """The files as written, before the form is known. Reports I001–I019, I060, I069."""
    sources: list[Source] = []
    findings: list[Diagnostic] = []
    amount = Amount()
    for file, text in files:
        root = _parse(file, text, amount, findings)
        if root is not None:
            sources.append(Source(file, root))
    return Outcome(tuple(sources), tuple(findings))


def _parse(file: str, text: str, amount: Amount, findings: list[Diagnostic]) -> Section | None:
    clean = _printable(file, text.removeprefix("\ufeff"), findings)
    try:
        node = compose(clean, amount)
    except TooDeepError as error:
        findings.append(finding("I015", Place(file, error.line)))
        return None
    except OverBudgetError as error:
        findings.append(finding("I069", Place(file), file=file, **error.values))
        return None
    except yaml.YAMLError as error:
        findings.append(explain(error, file, clean))
        return None
    if node is None or is_empty(node):
        findings.append(finding("I014", Place(file), file=file))
        return None
    written = _Converter(file, findings).convert(node, Place(file, 1))
    if not isinstance(written, Section):
        line = line_of(node)
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


def _name(key: str) -> str:
    """A name as the form writes it: full-width letters and inner spaces come from pasting; what is no name stays."""
    plain = half_width(key).replace(" ", "")
    return plain if plain.isidentifier() else key.strip()


class _Converter:
    """Nodes → what is written. Anchored nodes are converted once: aliases share them."""

    __slots__ = ("done", "file", "findings")

    def __init__(self, file: str, findings: list[Diagnostic]) -> None:
        self.file, self.findings = file, findings
        self.done: dict[int, Written] = {}

    def place(self, node: yaml.Node) -> Place:
        return Place(self.file, line_of(node))

    def convert(self, node: yaml.Node, key_place: Place) -> Written:
        if isinstance(node, yaml.ScalarNode):
            if is_empty(node) or not node.value:
                return Cell(None, key_place)
            return Cell(node.value, self.place(node))
        if id(node) in self.done:
            return self.done[id(node)]
        written: Written
        if isinstance(node, yaml.SequenceNode):
            written = Listing(tuple(self.convert(item, self.place(item)) for item in node.value), key_place)
        else:
            written = Section(self.entries(node), key_place)
        self.done[id(node)] = written
        return written

    def entries(self, node: yaml.Node) -> dict[str, Written]:
        entries: dict[str, Written] = {}
        lines: dict[str, Place] = {}
        merged: list[Section] = []
        for key_node, value_node in node.value:
            place = self.place(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.findings.append(finding("I017", place))
                continue
            key = _name(key_node.value)
            value = self.convert(value_node, place)
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
