"""Blocks of two versions in one row, as a redline shows them: kept, struck out, added.

A paragraph's end is a character of its own: struck out, the paragraph runs on into the next one. The last end of a
section, of a table cell and of 目录 cannot be struck out or added, and one before a table has nothing to run on into.
There it is the end of the paragraph before that goes: «A¶ B¶» becomes «A¶» by striking out «¶B».
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from generator.word_file.align import Shape, align_blocks
from generator.word_file.blocks import Block

KEPT, ADDED, STRUCK, BOTH = "", "ins", "del", "both"


@dataclass(slots=True)
class Item:
    """A block of the old version, of the new one, or one of both. `end`: what becomes of its paragraph's end; `moved`:
    this end may close another paragraph than its own.

    Neither: a paragraph that keeps two tables apart and stands in neither version.
    """

    old: Block | None
    new: Block | None
    end: str = field(init=False)
    moved: bool = False

    def __post_init__(self) -> None:
        self.end = {
            (True, True): KEPT,
            (True, False): STRUCK,
            (False, True): ADDED,
            (False, False): BOTH,
        }[self.old is not None, self.new is not None]

    @property
    def in_contents(self) -> bool:
        """Whether it is a line of 目录."""
        return any(block is not None and block.toc for block in (self.old, self.new))

    @property
    def kind(self) -> str:
        block = self.new or self.old
        return block.kind if block is not None else "p"


Shaped = Sequence[tuple[Block, Shape]]


def row_of(old: Shaped, new: Shaped, comparable: Callable[[Block, Block], bool]) -> list[Item]:
    """All blocks of both, each version's in its own order; `comparable` tells of two tables whether one can become the
    other cell by cell."""
    aligned = align_blocks([shape for _, shape in old], [shape for _, shape in new])
    items: list[Item] = []
    for i, j in aligned:
        left, right = old[i][0] if i is not None else None, new[j][0] if j is not None else None
        if left is not None and right is not None and not comparable(left, right):
            items += [Item(left, None), Item(None, right)]
        else:
            items.append(Item(left, right))
    return _apart(_ordered(items))


def settled(items: list[Item]) -> list[Item]:
    """The same with an end at the end that stays: a section's, a cell's, that of 目录."""
    if not items or items[-1].end == KEPT or not any(item.old for item in items):
        return items
    if _moved(items, len(items)):
        return items
    old, new = [item.old for item in items if item.old], [item.new for item in items if item.new]
    if not new or old[-1].kind != "p":
        return items
    last = Item(old[-1], new[-1])
    rest = [Item(i.old if i.old is not last.old else None, i.new if i.new is not last.new else None) for i in items]
    return [*_apart(_ordered([item for item in rest if item.old or item.new])), last]


def before_tables(items: list[Item]) -> list[Item]:
    """The same with an end that stays before every table: Word removes a struck paragraph there whole, LibreOffice
    leaves an empty one behind. It is the end of the paragraph before that goes; where there is none, between two
    tables, the next paragraph that stays says its words there, and is struck out or added where it stood."""
    for at in range(len(items) - 1, 0, -1):
        if items[at].kind == "t" and _open(items[at - 1]):
            _slide(items, at)
    for at in range(1, len(items)):
        if items[at].kind == "t" and _open(items[at - 1]):
            _ = _moved(items, at) or _lodged(items, at)
    return items


def _open(item: Item) -> bool:
    """A paragraph whose end is added or struck out."""
    return item.kind == "p" and item.end in (ADDED, STRUCK)


def _slide(items: list[Item], at: int) -> None:
    """«title A title» with «A title» added is as well «title A» added before «title»: then it is a table that comes
    last, and not its title before the next one."""
    end, start = items[at - 1].end, at - 1
    while start and items[start - 1].end == end:
        start -= 1
    if all(item.kind == "p" for item in items[start:at]):
        return
    while start and _open(items[at - 1]):
        kept, last = items[start - 1], items[at - 1]
        if not (kept.kind == "p" and kept.old and kept.new and not kept.moved and not kept.in_contents):
            return
        mine, twin = (kept.new, last.new) if end == ADDED else (kept.old, last.old)
        if mine.text() != (twin.text() if twin else None):
            return
        if end == ADDED:
            items[start - 1 : at] = [Item(None, mine), *items[start : at - 1], Item(kept.old, twin)]
        else:
            items[start - 1 : at] = [Item(mine, None), *items[start : at - 1], Item(twin, kept.new)]
        start, at = start - 1, at - 1


def _lodged(items: list[Item], at: int) -> bool:
    here, end = items[at - 1], items[at - 1].end
    for n, item in enumerate(items[at:-1], at):
        if item.kind == "p" and item.old and item.new and not item.moved and not item.in_contents:
            if end == STRUCK:
                items[at - 1], items[n] = Item(here.old, item.new), Item(item.old, None)
            else:
                items[at - 1], items[n] = Item(item.old, here.new), Item(None, item.new)
            return True
        if item.end != end:
            return False
    return False


def _moved(items: list[Item], stop: int) -> bool:
    """Let the end of the item before `stop` stay, and that of the last kept paragraph before it go instead."""
    start = stop - 1
    while start >= 0 and _open(items[start]):
        start -= 1
    if start < 0 or items[start].kind != "p" or items[start].end != KEPT:
        return False
    run = items[start:stop]
    if run[0].in_contents and not run[-1].in_contents and any(_said(item) for item in run[1:]):
        return False
    for here, after in pairwise(run):
        here.end = after.end
    run[-1].end = KEPT
    for item in run:
        item.moved = True
    return True


def _ordered(items: Sequence[Item]) -> list[Item]:
    """Between two blocks that stay, first all that go, then all that come."""
    found: list[Item] = []
    going: list[Item] = []
    coming: list[Item] = []
    for item in items:
        if item.old is not None and item.new is not None:
            found += [*going, *coming, item]
            going, coming = [], []
        else:
            (going if item.old is not None else coming).append(item)
    return [*found, *going, *coming]


def _apart(items: list[Item]) -> list[Item]:
    """Word joins two tables that touch. One that replaces another takes its title with it, so that this stands between;
    where there is no title, an empty paragraph does that is gone once the changes are accepted or rejected."""
    at = 1
    while at < len(items):
        before, here = items[at - 1], items[at]
        if before.kind == here.kind == "t" and before.new is None and here.old is None:
            start = at - 1
            while start >= 0 and not (items[start].old and items[start].new):
                start -= 1
            title = items[start] if start >= 0 else None
            if title is not None and title.kind == "p" and not title.in_contents:
                items[start : start + 1] = [Item(title.old, None), Item(None, title.new)]
                return _apart(_ordered(items))
            items.insert(at, Item(None, None))
        at += 1
    return items


def _said(item: Item) -> bool:
    """LibreOffice adds an empty line behind 目录."""
    return any(block is not None and block.text() != "" for block in (item.old, item.new))
