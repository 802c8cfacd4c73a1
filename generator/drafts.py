"""A draft: the document as far as the input goes, with a first page that names every gap.

In the text each gap prints 〔待填〕 where it stands (`render.gaps`); here they are gathered with their places in the
input, and counted against what has been filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from generator.diagnostics import Diagnostic, Severity
from generator.document.nodes import Block, Document, Paragraph, Run, SectionStart
from generator.facts.fact import Facts, walk
from generator.place import Place
from generator.quantity import Blank, Quantity, Unreadable

_PACK_FAULT = re.compile(r"T\d{3}")
_TITLE = "草稿：还要填写的内容"


def as_draft(document: Document, facts: Facts, findings: Iterable[Diagnostic]) -> Document:
    """The document behind a page of its own, which lists what is missing. Its headings and numbers stay."""
    errors = [d for d in findings if d.severity.stops]
    gaps = gap_findings(errors, facts)
    lines = [_completeness(facts, len(gaps))]
    lines += [f"{number}. {_told(gap)}" for number, gap in enumerate(gaps, 1)]
    faults = [d for d in errors if _PACK_FAULT.fullmatch(d.code)]
    lines += [f"模板包有毛病，有的内容没有印出来：{_told(fault)}" for fault in faults]
    others = len(errors) - len(gaps) - len(faults)
    if others:
        lines.append(f"另有{others}个错误要改正，见核对结果。")
    front: list[Block] = [SectionStart(page_numbers=False), Paragraph((Run(_TITLE),), "目录标题")]
    front += [Paragraph((Run(line),)) for line in lines]
    if not (document.blocks and isinstance(document.blocks[0], SectionStart)):
        front.append(SectionStart())
    return replace(document, blocks=(*front, *document.blocks))


def gap_findings(errors: Iterable[Diagnostic], facts: Facts) -> list[Diagnostic]:
    """What has to be filled in, or again because it could not be read; each cell once."""
    unread = {fact.place for fact in walk(facts) if isinstance(fact, Unreadable)}
    found = {(d.place, d.hint): d for d in errors if _is_gap(d, unread)}
    return list(found.values())


def _is_gap(one: Diagnostic, unread: set[Place]) -> bool:
    """F008: 不适用 stands where a number is needed."""
    return one.severity is Severity.TO_FILL or one.code == "F008" or one.place in unread


def _told(gap: Diagnostic) -> str:
    return f"{gap.message}（{gap.place}）" if gap.place else gap.message


def _completeness(facts: Facts, missing: int) -> str:
    filled = sum(1 for fact in walk(facts) if not isinstance(fact, Blank) and _is_typed(fact))
    if not missing:
        return f"应填的 {filled} 项都已填写。"
    return f"已填 {filled + missing} 项中的 {filled} 项，尚缺 {missing} 处，正文里印作〔待填〕："


def _is_typed(fact: object) -> bool:
    """Computed figures stand nowhere in the input."""
    return bool(getattr(fact, "place", None)) and not (isinstance(fact, Quantity) and fact.origin is not None)
