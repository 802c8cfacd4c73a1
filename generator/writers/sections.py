"""The document cut into sections, with the page breaks that really make a new page.

A break at the head of a section, a break before a heading that breaks anyway, and a section without content would each
leave an empty page; they are settled here, before any writer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from generator.document.nodes import Block, Chart, Contents, Heading, PageBreak, Paragraph, SectionStart, Table

Content = Heading | Paragraph | Table | Chart | Contents


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and whether it begins a new page inside its section."""

    block: Content
    new_page: bool


@dataclass(frozen=True, slots=True)
class PageSection:
    landscape: bool
    page_numbers: bool
    blocks: tuple[Placed, ...]


def unknown(block: NoReturn) -> NoReturn:
    """Where a writer has no case left: mypy names the node that was forgotten."""
    raise AssertionError(block)


def sections(blocks: Iterable[Block]) -> tuple[PageSection, ...]:
    """At least one section; none but a lone first one is empty."""
    found: list[PageSection] = []
    start, current, broken = SectionStart(), list[Placed](), False
    for block in blocks:
        if isinstance(block, SectionStart):
            if current:
                found.append(PageSection(start.landscape, start.page_numbers, tuple(current)))
            start, current, broken = block, [], False
        elif isinstance(block, PageBreak):
            broken = True
        else:
            wanted = broken or (isinstance(block, Heading) and block.page_break_before)
            current.append(Placed(block, wanted and bool(current)))
            broken = False
    if current or not found:
        found.append(PageSection(start.landscape, start.page_numbers, tuple(current)))
    return tuple(found)
