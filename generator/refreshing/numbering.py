"""No number twice: where a person's item stays though the data have it no more, those behind it count on from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.document.numbering import chinese_number
from generator.refreshing.refresh_words import Renewal
from generator.word_file.blocks import Block, blocks_of
from generator.word_file.paragraph import Element, replace

_NUMBER = re.compile(r"(第|[（(]?)(\d{1,3}|[一二三四五六七八九十百]{1,5})([）)]、?|、|[.．]|部分|章|节|条)")
_CHINESE = {chinese_number(number): number for number in range(1, 200)}


@dataclass(frozen=True, slots=True)
class _Item:
    """A numbered heading or paragraph. `series`: equal for those that count on from each other."""

    element: Element
    level: int
    series: tuple[int, str, str, bool]
    number: int
    start: int
    end: int


def count_on(work: Renewal, kept: Sequence[Element]) -> None:
    """`kept`: paragraphs that stay because a person has changed them, and that the new version does not have."""
    if not kept:
        return
    blocks = [block for block in blocks_of(work.edited) if not block.toc]
    for element in kept:
        at = next((n for n, block in enumerate(blocks) if block.element is element), None)
        first = None if at is None else _item(blocks[at])
        if at is None or first is None:
            continue
        behind = list(_series(blocks[at + 1 :], first))
        if behind and behind[0].number == first.number:
            _shift(work, behind)


def _item(block: Block) -> _Item | None:
    match = _NUMBER.match(block.text()) if block.kind == "p" else None
    if match is None:
        return None
    plain = match[2].isdecimal()
    number = int(match[2]) if plain else _CHINESE.get(match[2], 0)
    series = (block.level, match[1], match[3], plain)
    return _Item(block.element, block.level, series, number, match.start(2), match.end(2)) if number else None


def _series(blocks: Sequence[Block], first: _Item) -> Iterator[_Item]:
    """What follows in the same chapter with numbers of the same kind, one after the other."""
    expected = first.number
    for block in blocks:
        if block.kind == "p" and block.level < first.level:
            return
        item = _item(block)
        if item is None or item.series != first.series:
            continue
        if item.number != expected:
            return
        yield item
        expected += 1


def _shift(work: Renewal, items: Sequence[_Item]) -> None:
    for item in items:
        new = str(item.number + 1) if item.series[3] else chinese_number(item.number + 1)
        replace(item.element, item.start, item.end, new)
        for one in work.placed:
            if one.paragraph is item.element and one.start >= item.end:
                one.start += len(new) - (item.end - item.start)
                one.end += len(new) - (item.end - item.start)
