"""In which sentence of the report a text of the input will stand, shown before anything is filled in.

Taken from the chapters themselves: «与…年度相比，收入支出总计增加…。主要原因：〔…〕。» Figures are left out, of
a choice the first case is shown. A text that only a loop or a table prints has no sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jinja2 import nodes

from generator.expressions.environment import Environment
from generator.expressions.lines import line_ends
from generator.render.assemble import ReportTemplate
from generator.render.sentences import read_chapter

HERE, GAP = "〔…〕", "…"
_REASONS = {"与上年相比": ("原因",), "预算比较": ("预算差异原因", "原因")}
"""Filters of a group that print its reason (`phrasing/phrases`), and where they look for it."""
_MARK = re.compile("\x01([^\x01]+)\x01")
_STOP, _KEPT_STOP, _FENCE = "。", "\x02", "```"
_BEGINNING = re.compile(r"^[\s，；、：:]*(?:#+\s*)?(?:\d+\.\s)?[\s，；、]*")
_LONGEST, _SHORT = 160, 10
"""Characters shown of a sentence; and of which it is shown with the one before it."""


def sentences_around(report: ReportTemplate, environment: Environment, texts: Sequence[str]) -> dict[str, str]:
    """Path of a text → its sentence, of those among `texts` that a chapter prints by their name."""
    wanted, found = frozenset(texts), dict[str, str]()
    for chapter in report.chapters:
        tree = read_chapter(chapter.name, chapter.source, environment).tree
        heading = ""
        for paragraph in line_ends("".join(_Flow(wanted, report.wording).words(tree.body))).split("\n\n"):
            lines = [line.strip() for line in paragraph.strip().split("\n")]
            if lines[0].startswith("#"):
                heading = lines.pop(0).lstrip("# ")
            words = "".join(line for line in lines if not line.startswith(_FENCE))
            before = ""
            for sentence in re.split(rf"(?<={_STOP})", words):
                for path in _MARK.findall(sentence):
                    near = before + sentence if len(_MARK.sub("", sentence)) < _SHORT else sentence
                    found.setdefault(path, _shown(near, path, heading.rstrip(_STOP)))
                before = sentence
    return found


def _shown(sentence: str, path: str, heading: str) -> str:
    """The sentence with 〔…〕 where the text stands, cut to what is near it."""
    words = _MARK.sub(lambda match: HERE if match[1] == path else GAP, sentence)
    words = re.sub(f"{GAP}{{2,}}", GAP, _BEGINNING.sub("", words)).replace(_KEPT_STOP, _STOP).strip()
    at = words.find(HERE)
    ended = words.find(_STOP, at)
    words = words[: ended + 1] if ended >= 0 else words
    if len(words) > _LONGEST:
        first = max(at - _LONGEST * 2 // 3, 0)
        words = (GAP if first else "") + words[first : first + _LONGEST] + GAP
    bare = words.replace(HERE, "").strip(f"{_STOP}{GAP} ")
    return f"“{heading}”下面的一段：{HERE}" if not bare and heading else words


class _Flow:
    """The words of a chapter as they follow one another, \x01path\x01 where a wanted text stands."""

    def __init__(self, wanted: frozenset[str], wording: Mapping[str, Any]) -> None:
        self.wanted, self.wording = wanted, wording

    def words(self, body: Sequence[nodes.Node]) -> Iterator[str]:
        for node in body:
            if isinstance(node, nodes.Output):
                for part in node.nodes:
                    yield part.data if isinstance(part, nodes.TemplateData) else self.printed(part)
            elif isinstance(node, nodes.If):
                yield from self.words(node.body)
                for other in (*node.elif_, *([node] if node.else_ else [])):
                    inside = "".join(self.words(other.else_ if other is node else other.body))
                    yield f"\n\n{inside}\n\n" if _MARK.search(inside) else ""
            elif isinstance(node, nodes.Block | nodes.For | nodes.With | nodes.Scope):
                yield from self.words(node.body)

    def printed(self, node: nodes.Expr) -> str:
        if isinstance(node, nodes.Const):
            return str(node.value)
        phrase = self.phrase(node)
        if phrase:
            return phrase
        mentioned = [path for one in (node, *node.find_all(nodes.Getattr)) if (path := _path(one)) in self.wanted]
        return f"\x01{mentioned[0]}\x01" if mentioned else GAP

    def phrase(self, node: nodes.Expr) -> str:
        """What a filter of a group says, when it prints the group's reason."""
        while isinstance(node, nodes.Filter) and node.name not in _REASONS and node.node is not None:
            node = node.node
        if not isinstance(node, nodes.Filter) or node.node is None:
            return ""
        given: dict[str, nodes.Expr] = {str(one.key): one.value for one in node.kwargs}
        group = _path(node.node)
        asked = [_path(given["原因"])] if "原因" in given else [f"{group}.{name}" for name in _REASONS[node.name]]
        path = next((one for one in asked if one in self.wanted), "")
        consts = {key: str(value.value) for key, value in given.items() if isinstance(value, nodes.Const)}
        pattern = _pattern(self.wording.get(node.name), consts.get("句式", ""))
        if not path or "{原因}" not in pattern:
            return ""
        said = re.sub(
            r"\{(\w+)\}", lambda match: f"\x01{path}\x01" if match[1] == "原因" else consts.get(match[1], GAP), pattern
        )
        return said.replace(_STOP, _KEPT_STOP)


def _pattern(wording: Any, form: str) -> str:
    """A case of the wording with what it says of the reason."""
    held = wording.get(form) if isinstance(wording, Mapping) and form else wording
    if not isinstance(held, Mapping):
        return ""
    if "原因" not in held and not form:  # forms with names: the first is the usual one
        inner = next((one for one in held.values() if isinstance(one, Mapping) and "原因" in one), held)
        held = inner
    if "原因" in held:
        return f"{held.get('增加', '')}{held['原因']}"
    return next((str(one) for one in held.values() if "{原因}" in str(one)), "")


def _path(node: nodes.Node | None) -> str:
    """三公.接待.内容 as it is written, through filters; "" for anything else."""
    while isinstance(node, nodes.Filter):
        node = node.node
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        above = _path(node.node)
        return f"{above}.{node.attr}" if above else ""
    return ""
