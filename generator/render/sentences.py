"""Sentences with names: a chapter names them («{% block 收入构成 %}…{% endblock %}»), a child pack gives those that
differ, in a file of its own that begins with «{% extends "上级" %}».

They are exchanged on the syntax tree before anything is compiled: no file is opened, names of the chapter around are
seen inside, later corrections of the parent reach everything else. Lines are counted through all files of a chapter, so
that whatever is said of one names the file that its author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from jinja2 import Template, nodes
from jinja2.visitor import NodeTransformer

from generator.diagnostics import Diagnostic, finding
from generator.expressions.environment import Environment
from generator.expressions.lines import SOFT
from generator.expressions.refusals import syntax_line, syntax_reason
from generator.names import did_you_mean
from generator.place import Place
from generator.render.spec_templates import SpecError

PARENT, _SUPER = "上级", "super"
_BEGINS = re.compile(r"\s*(?:\{#.*?#\}\s*)*\{%-?\s*extends\b", re.DOTALL)


def holds_sentences(text: str) -> bool:
    """Whether a file gives single sentences of its parent's chapter, not a chapter."""
    return _BEGINS.match(text) is not None


@dataclass(frozen=True, slots=True)
class ChapterLines:
    """The files that a chapter is joined from, each with the number of lines that come before it."""

    files: tuple[tuple[str, int], ...]

    def place(self, line: int) -> Place:
        """The spot in an author's own file; the chapter's file where `line` is unknown (0)."""
        file, before = next(((file, before) for file, before in reversed(self.files) if before < line), self.files[0])
        return Place(file, max(line - before, 0))


@dataclass(frozen=True, slots=True)
class ChapterText:
    """A chapter joined with the sentences of child packs. `sentences`: where the text of each stands."""

    name: str
    tree: nodes.Template
    lines: ChapterLines

    @property
    def sentences(self) -> Mapping[str, Place]:
        return {block.name: self.lines.place(block.lineno) for block in _blocks(self.tree.body)}

    def compiled(self, environment: Environment) -> Template:
        """Raises `SpecError`. Uses the tree up."""
        file = self.lines.files[0][0]
        try:
            _inline(self.tree)
            code = environment.compile(self.tree, name=file, filename=file)
            return Template.from_code(environment, code, environment.make_globals(None))
        except Exception as error:  # a stranger writes what neither Jinja2 nor Python was made for
            raise _not_written(error, self.lines, self.name) from error


def read_chapter(name: str, parts: Sequence[tuple[str, str]], environment: Environment) -> ChapterText:
    """`parts`: file and text of the chapter, then of each file of sentences, grandparents first. Raises `SpecError`."""
    files, before = [], 0
    for file, text in parts:
        files.append((file, before))
        before += text.count("\n") + 1
    lines = ChapterLines(tuple(files))
    try:
        return _joined(name, parts, files, lines, environment)
    except RecursionError as error:  # a stranger nests deeper than any walk over the tree can go
        raise _not_written(error, lines, name) from error


def _joined(
    name: str,
    parts: Sequence[tuple[str, str]],
    files: Sequence[tuple[str, int]],
    lines: ChapterLines,
    environment: Environment,
) -> ChapterText:
    trees = [_parsed(name, part, before, environment) for part, (_, before) in zip(parts, files, strict=True)]
    findings: list[Diagnostic] = []
    whole, *layers = trees
    for tree in trees:
        findings.extend(_twice(tree, lines))
    for layer, (_, before) in zip(layers, files[1:], strict=True):
        findings.extend(_Layer(whole, layer, name, lines, before).joined())
    if any(_SUPER in text for _, text in parts):
        findings.extend(_leftover(whole, lines))
    if findings:
        raise SpecError(*findings)
    return ChapterText(name, whole, lines)


def _parsed(name: str, part: tuple[str, str], before: int, environment: Environment) -> nodes.Template:
    file, text = part
    try:
        tree = environment.parse(text, file, file)
    except Exception as error:  # as above
        raise _not_written(error, ChapterLines(((file, 0),)), name) from error
    for node in tree.find_all(nodes.Node) if before else ():
        if node.lineno:  # the parts of a comparison have none
            node.lineno += before
    return tree


def _not_written(error: Exception, lines: ChapterLines, name: str) -> SpecError:
    place = lines.place(syntax_line(error))
    return SpecError(finding("T102", place, reason=syntax_reason(error), source=f"正文“{name}”"))


def _twice(tree: nodes.Template, lines: ChapterLines) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for block in _blocks(tree.body):
        if block.name in seen:
            yield finding("T142", lines.place(block.lineno), name=block.name)
        seen.add(block.name)


def _leftover(tree: nodes.Template, lines: ChapterLines) -> Iterator[Diagnostic]:
    for call in tree.find_all(nodes.Call):
        if _is_super(call):
            yield finding("T144", lines.place(call.lineno))


def _is_super(node: nodes.Node) -> bool:
    plain = isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and not (node.args or node.kwargs)
    return plain and node.node.name == _SUPER  # type: ignore[attr-defined]


class _Layer:
    """One child's sentences put into the chapter. `before`: lines of the files that come before the child's."""

    def __init__(self, whole: nodes.Template, layer: nodes.Template, name: str, lines: ChapterLines, before: int):
        self.whole, self.layer, self.name, self.lines, self.before = whole, layer, name, lines, before
        self.known: dict[str, list[nodes.Block]] = {}
        for block in _blocks(whole.body):
            self.known.setdefault(block.name, []).append(block)

    def joined(self) -> Iterator[Diagnostic]:
        given: dict[str, nodes.Block] = {}
        for node in self.layer.body:
            if isinstance(node, nodes.Block):
                given[node.name] = node
            else:
                yield from self._outside(node)
        for block in given.values():
            if block.name not in self.known:
                hint = did_you_mean(block.name, self.known) or f"这一章的句有：{'、'.join(self.known) or '无'}"
                yield finding("T140", self._place(block), chapter=self.name, name=block.name, hint=hint)
        parents = {name: blocks[0] for name, blocks in self.known.items()}
        for name in reversed(self.known):  # inner sentences first: an outer one may print its parent, them included
            if name in given:
                body = _WithParents(parents, name).bodies(_copied(given[name].body, given[name]))
                for place in self.known[name]:
                    place.body, place.lineno = _copied(body, place), given[name].lineno
        yield from self._lost_or_doubled(given)

    def _lost_or_doubled(self, given: Mapping[str, nodes.Block]) -> Iterator[Diagnostic]:
        left = list(_blocks(self.whole.body))
        names, inherited = {block.name for block in left}, {b.name for b in left if b.lineno <= self.before}
        for block in given.values():
            if block.name in self.known and block.name not in names:
                yield finding("T143", self._place(block), name=block.name)
            for inner in _blocks(block.body):
                if inner.name in inherited:
                    yield finding("T142", self._place(inner), name=inner.name)

    def _outside(self, node: nodes.Node) -> Iterator[Diagnostic]:
        if isinstance(node, nodes.Extends):
            if not isinstance(node.template, nodes.Const) or node.template.value != PARENT:
                yield finding("T145", self._place(node))
            return
        spots = [node]
        if isinstance(node, nodes.Output):
            spots = [one for one in node.nodes if not (isinstance(one, nodes.TemplateData) and _is_empty(one))]
        if spots:
            yield finding("T141", self._place(spots[0]))

    def _place(self, node: nodes.Node) -> Place:
        return self.lines.place(node.lineno)


def _blocks(body: Iterable[nodes.Node]) -> Iterator[nodes.Block]:
    """In the order of the text. Only statements hold statements: no expression is looked into."""
    for node in body:
        if isinstance(node, nodes.Block):
            yield node
        for part in _bodies(node):
            yield from _blocks(part)


def _bodies(node: nodes.Node) -> list[list[nodes.Node]]:
    return [part for name in ("body", "elif_", "else_") if (part := getattr(node, name, None))]


def _copied(body: list[nodes.Node], beside: nodes.Node) -> list[nodes.Node]:
    """Nodes that may be changed; they stay in the environment of `beside`."""
    return deepcopy(body, {id(beside.environment): beside.environment})


def _is_empty(text: nodes.TemplateData) -> bool:
    return not text.data.strip(f" \t\n{SOFT}")


class _WithParents(NodeTransformer):
    """A sentence with its parent's in place of each «{{ super() }}»."""

    def __init__(self, parents: Mapping[str, nodes.Block], name: str) -> None:
        self.parents, self.name = parents, name

    def bodies(self, body: list[nodes.Node]) -> list[nodes.Node]:
        return [new for node in body for new in self.visit_list(node)]

    def visit_Block(self, node: nodes.Block) -> nodes.Block:
        node.body = _WithParents(self.parents, node.name).bodies(node.body)
        return node

    def visit_Output(self, node: nodes.Output) -> list[nodes.Node]:
        result: list[nodes.Node] = []
        printed: list[nodes.Expr] = []
        for child in (*node.nodes, None):
            if child is not None and not (_is_super(child) and self.name in self.parents):
                printed.append(child)
                continue
            if printed:
                result.append(nodes.Output(printed, lineno=printed[0].lineno, environment=node.environment))
                printed = []
            if child is not None:
                parent = self.parents[self.name]
                body = _copied(parent.body, parent)
                result.append(nodes.Scope(body, lineno=child.lineno, environment=node.environment))
        return result


def _inline(node: nodes.Node) -> None:
    """Sentences in their places; names that one sets end with it."""
    for body in _bodies(node):
        for number, inner in enumerate(body):
            _inline(inner)
            if isinstance(inner, nodes.Block):
                body[number] = nodes.Scope(inner.body, lineno=inner.lineno, environment=inner.environment)
