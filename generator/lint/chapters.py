"""What the chapters of a pack name in their fences and headings: kinds, styles, tables, charts, levels.

The assembly finds them too, but only in a report that prints them and without their line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.diagnostics import Diagnostic, finding
from generator.names import did_you_mean
from generator.pack.pack import Pack
from generator.pack.sources import Sources
from generator.pack.table_order import ORDER
from generator.place import Place
from generator.render.assemble import FENCES, Chapter

_FENCE = re.compile(r"```\s*(\S*)\s*(.*?)\s*$")
_HEADING = re.compile(r"(#+)\s.*?(?:(?<!\{)\{([^{}%#]+)\}\s*)?$")
_MARK = re.compile(r"([-*+>]|\|)\s")
_MARKS = {"-": "列表", "*": "列表", "+": "列表", ">": "引用", "|": "表格"}
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def chapter_names(sources: Sources) -> frozenset[str]:
    """What 章节 lists, whether there is a file or not."""
    listed = sources.data.get("pack.yaml", {}).get("章节")
    entries = listed if isinstance(listed, list) else []
    return frozenset(str(one.get("文件") if isinstance(one, Mapping) else one) for one in entries)


def chapter_findings(pack: Pack, sources: Sources) -> Iterator[Diagnostic]:
    """T107–T111 with their lines."""
    for chapter in pack.report.chapters:
        for file, text in sources.chapter(chapter.name):
            yield from _text_findings(chapter, file, text, pack, sources)


def _text_findings(chapter: Chapter, file: str, text: str, pack: Pack, sources: Sources) -> Iterator[Diagnostic]:
    inside = False
    for number, line in enumerate(_COMMENT.sub(lambda one: "\n" * one[0].count("\n"), text).split("\n"), 1):
        place = Place(file, number)
        if line.startswith("```"):
            if not inside:
                yield from _fence(line, place, pack, sources)
            inside = not inside
        elif not inside and (heading := _HEADING.match(line)):
            scheme = heading[2] or chapter.scheme
            levels = pack.report.schemes.get(scheme)
            if len(heading[1]) not in (levels or {}) and (levels is not None or heading[2]):
                yield finding("T108", place, scheme=scheme, level=len(heading[1]))
        elif not inside and (mark := _MARK.match(line)):
            yield finding("T107", place, mark=mark[1], chapter=chapter.name)


def _fence(line: str, place: Place, pack: Pack, sources: Sources) -> Iterator[Diagnostic]:
    match = _FENCE.match(line)
    if match is None or "{" in line:
        return  # said by itself (T123), or its name depends on the data
    kind, name = match[1], match[2]
    if kind not in FENCES:
        yield finding("T109", place, what=kind, hint=did_you_mean(kind, FENCES))
    elif kind == "样式" and name not in pack.report.styles:
        yield finding("T110", place, what=name, hint=did_you_mean(name, pack.report.styles))
    elif kind == "各表":
        if not sources.order:
            yield finding("T115", place, what="pack.yaml", word=ORDER)
        if name and name not in pack.report.schemes:
            yield finding("T108", place, scheme=name, level=2)
    elif kind in ("图", "表"):
        known = placeable(kind, sources)
        if name not in known:
            yield finding("T111", place, kind=kind, what=name, hint=did_you_mean(name, known))


def placeable(kind: str, sources: Sources) -> Mapping[str, object]:
    """The tables or charts that there are, well written or not."""
    charts: Mapping[str, object] = sources.data.get("charts.yaml", {})
    return charts if kind == "图" else sources.tables
