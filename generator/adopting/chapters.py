"""Which lines of the old report are the pack's headings, and so which lines stand in which chapter.

Numbers of headings are ignored. The headings are found in their order; one chapter may come back for the next row of a
table (a chapter for each project), a moved one costs more than a missing one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.adopting.grammar import Chapter, Grammar, Pattern, Slot
from generator.adopting.old_report import Line
from generator.adopting.plain_text import NUMBERING, Plain, count_of, numbering, style_of
from generator.adopting.sentences import Found, expression

_REMARK = r"(?:（[^）]*）?)?"
_LONGEST = 60
_TITLE, _RUN_IN, _LONG_TITLE = 45, 30, 8
_SKIPPED, _BACK, _AGAIN, _ELSEWHERE = 0.02, 0.8, 0.05, 0.3


@dataclass(slots=True)
class Section:
    """A chapter as it stands in the old report. `title`: its heading, with what stands in its slots; `body`: what
    follows the heading on its line, then the lines below; `above`: the section in which it stands."""

    chapter: Chapter
    title: Plain | None
    found: tuple[Found, ...]
    lines: list[Line] = field(default_factory=list)
    rest: Plain | None = None
    above: Section | None = None
    slots: tuple[Slot, ...] = ()
    """Those of the wording that its title has."""
    cut_off: bool = False
    """The heading that should follow is not there: only its first paragraph is surely its own."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    line: int
    chapter: int
    title: Plain
    found: tuple[Found, ...]
    rest: Plain | None
    score: float
    lines: int = 1
    """How many lines the heading takes."""
    slots: tuple[Slot, ...] = ()


def sections_of(lines: Sequence[Line], grammar: Grammar) -> list[Section]:
    """All lines but those of 目录, each in one section."""
    chosen = {one.line: one for one in _best(_candidates(lines, grammar), grammar)}
    sections = [Section(grammar.chapters[0], None, ())]
    skipped = {one.line + 1 for one in chosen.values() if one.lines == 2}
    for at, line in enumerate(lines):
        one = chosen.get(at)
        if one is None and at in skipped:
            continue
        if one is not None:
            chapter = grammar.chapters[one.chapter]
            sections.append(Section(chapter, one.title, one.found, rest=one.rest, slots=one.slots))
        elif not line.contents:
            sections[-1].lines.append(line)
    sections = [part for section in sections for part in _with_rows(section, grammar)]
    for at, section in enumerate(sections):
        section.above = next(
            (one for one in reversed(sections[:at]) if one.chapter.number == section.chapter.parent), None
        )
    return sections


def _candidates(lines: Sequence[Line], grammar: Grammar) -> list[_Candidate]:
    found: list[_Candidate] = []
    parents = {chapter.parent for chapter in grammar.chapters}
    only_tables = {one.number for one in grammar.chapters if not one.patterns and one.number not in parents}
    titles = [
        (chapter.number, title)
        for chapter in grammar.chapters[1:]
        for title in chapter.titles
        if title.only_slot is None
    ]
    words = "\n".join(line.plain.text for line in lines)
    for at, line in enumerate(lines):
        if line.contents or line.table:
            continue
        number = numbering(line.plain.text)
        bare = line.plain.cut(len(number))
        below = lines[at + 1] if at + 1 < len(lines) else None
        followed = below is not None and len(below.plain.text) > _TITLE // 2
        both = bare + below.plain if below is not None and _goes_on(line.plain.text, below) else None
        near = any(one.table for one in lines[at + 1 : at + 4])
        for chapter, title in titles:
            if chapter in only_tables and not near:
                continue
            one = _as_title(bare, title, bool(number))
            if one is not None:
                head, values, rest = one
                score = 1 + 0.002 * len(head.text) + 0.05 * (followed or rest is not None) + _named(head, values, words)
                found.append(_Candidate(at, chapter, head, values, rest, score, slots=title.slots))
            elif both is not None and len(title.text) > _LONG_TITLE:
                one = _as_title(both, title, bool(number))
                if one is not None and one[2] is None:
                    score = 1 + _named(both, one[1], words)
                    found.append(_Candidate(at, chapter, both, one[1], None, score, 2, title.slots))
    return found


def _named(title: Plain, values: Sequence[Found], words: str) -> float:
    """A title may be read in two ways («某监管|项目绩效…», «某监管项目|绩效…»): with the name that stands in quotation
    marks elsewhere, else with the shorter one."""
    names = [title.text[one.start : one.end] for one in values]
    return sum(0.005 * (f"“{name}”" in words) - 0.0001 * len(name) for name in names)


def _goes_on(text: str, below: Line) -> bool:
    """Whether a heading may take this line and the next."""
    return not (below.table or below.contents or len(text) > _TITLE or numbering(below.plain.text))


def _as_title(text: Plain, title: Pattern, numbered: bool) -> tuple[Plain, tuple[Found, ...], Plain | None] | None:
    words = title.text.rstrip("。：")
    if len(words) < 2:
        return None
    pattern = expression(words)
    whole = re.compile(f"(?:{pattern.pattern}){_REMARK}[。：]?", re.DOTALL).fullmatch(text.text)
    if whole is not None and (len(text.text) <= _LONGEST + len(words) or "（" in text.text[len(words) :]):
        return text, values_of(whole), None
    if len(words) < 4 and not numbered:
        return None
    start = re.compile(f"(?:{pattern.pattern}){_REMARK}[。：]", re.DOTALL).match(text.text)
    if start is None and numbered:
        start = re.compile(f"(?:{pattern.pattern})(?={NUMBERING})", re.DOTALL).match(text.text)
    if start is not None and start.end() < len(text.text) and (start.end() <= _LONGEST or not title.slots):
        return text.cut(0, start.end()), values_of(start), text.cut(start.end())
    return None


def values_of(match: re.Match[str]) -> tuple[Found, ...]:
    return tuple(
        Found(int(name[1:]), match.start(name), match.end(name)) for name in match.re.groupindex if name[0] in "nwy"
    )


def _best(candidates: Sequence[_Candidate], grammar: Grammar) -> list[_Candidate]:
    scores: list[float] = []
    before: list[int] = []
    for at, one in enumerate(candidates):
        best, previous = one.score - _cost(0, one.chapter, grammar), -1
        for earlier in range(at):
            if candidates[earlier].line + candidates[earlier].lines > one.line:
                continue
            score = scores[earlier] + one.score - _cost(candidates[earlier].chapter, one.chapter, grammar)
            if score >= best:
                best, previous = score, earlier
        scores.append(best)
        before.append(previous)
    chosen: list[_Candidate] = []
    at = max(range(len(candidates)), key=lambda n: scores[n], default=-1)
    while at >= 0:
        chosen.append(candidates[at])
        at = before[at]
    return chosen[::-1]


def _cost(before: int, chapter: int, grammar: Grammar) -> float:
    around = _around(before, grammar)
    parent = grammar.chapters[chapter].parent
    cost = 0.0 if parent in (*around, 0) else _ELSEWHERE
    if chapter > before:
        return cost + min(_SKIPPED * (chapter - before - 1), 0.6)
    rows = [one for one in around if grammar.chapters[one].row]
    if any(chapter in _below(one, grammar) for one in rows):
        return cost + _AGAIN
    return cost + _BACK


def _around(chapter: int, grammar: Grammar) -> list[int]:
    found = []
    while chapter >= 0:
        found.append(chapter)
        chapter = grammar.chapters[chapter].parent
    return found


def _below(chapter: int, grammar: Grammar) -> set[int]:
    return {one.number for one in grammar.chapters if chapter in _around(one.number, grammar)}


# -- chapters whose title is an office's own ---------------------------------------------------------------------------
def _with_rows(section: Section, grammar: Grammar) -> list[Section]:
    """The section, cut where its numbered titles stand, when the pack has a chapter for each row of a table there."""
    rows = [
        one
        for one in grammar.chapters
        if one.parent == section.chapter.number and one.title.only_slot is not None and one.row
    ]
    if len(rows) != 1:
        return [section]
    cut = [Section(section.chapter, section.title, section.found, rest=section.rest, slots=section.slots)]
    lines: list[tuple[Line | None, Plain]] = [(line, line.plain) for line in section.lines]
    if section.rest is not None and numbering(section.rest.text):
        cut[0].rest = None
        lines.insert(0, (None, section.rest))
    titles = _titles_in(lines)
    counts = [count_of(numbering(lines[at][1].text)) for at in titles]
    if not titles or counts != sorted(set(counts)):
        section.cut_off = True
        return [section]  # numbers that begin anew are those within a text whose own titles are gone
    for at, (line, text) in enumerate(lines):
        if at in titles:
            head, rest = titles[at]
            value = (Found(0, 0, len(head.text.rstrip("。：")), ""),)
            count = count_of(numbering(text.text))
            if count != (counts[len(cut) - 2] if len(cut) > 1 else 0) + 1:
                cut[-1].cut_off = True
            cut.append(Section(rows[0], head, value, rest=rest, slots=rows[0].title.slots))
        elif line is not None:
            cut[-1].lines.append(line)
    return cut


def _titles_in(lines: Sequence[tuple[Line | None, Plain]]) -> dict[int, tuple[Plain, Plain | None]]:
    """Which lines begin with a title, all numbered in one manner; those that are nothing but a title come first."""
    found: dict[int, tuple[Plain, Plain | None]] = {}
    for at, (line, text) in enumerate(lines):
        number = numbering(text.text)
        title = _title_of(text.cut(len(number))) if number and (line is None or not line.table) else None
        if title is not None:
            found[at] = title
    alone = [at for at, (_, rest) in found.items() if rest is None] or list(found)
    style = style_of(numbering(lines[alone[0]][1].text)) if alone else ""
    return {at: one for at, one in found.items() if style_of(numbering(lines[at][1].text)) == style}


def _title_of(text: Plain) -> tuple[Plain, Plain | None] | None:
    """A short line, or a short first sentence of one."""
    if text.text.endswith("："):
        return None
    first = re.search("[。：]", text.text)
    if first is None or first.end() == len(text.text):
        return (text, None) if len(text.text) <= _TITLE else None
    if first[0] == "。" and first.end() <= _RUN_IN:
        return text.cut(0, first.end()), text.cut(first.end())
    return None
