"""Where the blocks of a form stand in a workbook: by their titles, else by the words of their head rows.

An office may have inserted rows, moved a block to another sheet, pasted a table with its titles over it, or left a copy
behind. A block that could be one of several is not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.form.blocks import LABEL, MARK, VALUE, Block, FormBlock, MatrixBlock, TableBlock, plain
from generator.form.layout import Layout
from generator.reading.labels_on_grid import likeness, loose, text_of
from generator.xlsx.book import SheetEntry
from generator.xlsx.cells import CellGrid, Value

_ALIKE = 0.6
"""The part of a head's words by which a block without title is known."""
_TITLE_ABOVE = 8
"""Filled rows between the title of an official table and its head, when the title bears no mark."""
_HEAD_ROWS = 2
"""Filled rows below the first of a head that may belong to it: lower words, 栏次."""
_LONGEST = 60


@dataclass(slots=True)
class Region:
    """Rows of a sheet that hold one block. `block` is None until it is known; `candidates`: what it may be by its
    head."""

    entry: SheetEntry
    grid: CellGrid
    block: Block | None
    candidates: tuple[Block, ...] = ()
    headed: bool = False


@dataclass(slots=True)
class Found:
    """`regions`: one for each block that was found. `twice`: further regions of such a block that hold something else.
    `unclear`: regions that may be one of several blocks. `without`: sheets on which no block begins."""

    regions: dict[str, Region] = field(default_factory=dict)
    twice: list[tuple[Region, Region]] = field(default_factory=list)
    unclear: list[Region] = field(default_factory=list)
    without: list[tuple[SheetEntry, CellGrid]] = field(default_factory=list)


class BlockFinder:
    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.blocks = [block for block in layout.blocks if block is not layout.front]
        # A table had its own label for a title before it was laid out as the official one.
        tables = [block for block in self.blocks if isinstance(block, TableBlock)]
        self.titles: dict[str, Block] = {plain(block.spec.label): block for block in tables if block.official}
        self.titles |= {plain(block.title): block for block in self.blocks}
        self.words: dict[str, set[int]] = {}
        self.sizes: dict[int, int] = {}
        for number, block in enumerate(self.blocks):
            words = {loose(word) for word in _head_words(block)}
            self.sizes[number] = len(words)
            for word in words:
                self.words.setdefault(word, set()).add(number)

    def find(self, sheets: Sequence[tuple[SheetEntry, CellGrid]]) -> Found:
        found = Found()
        regions: list[Region] = []
        for entry, grid in sheets:
            here = list(self.regions(entry, grid))
            regions += here
            if not here:
                found.without.append((entry, grid))
        homes = {plain(page.name): {id(block) for block in page.blocks} for page in self.layout.pages}

        def at_home(region: Region, block: Block) -> bool:
            return id(block) in homes.get(plain(region.entry.name), set())

        titled = [one for one in regions if one.block is not None]
        for region in sorted(titled, key=lambda one: one.block is not None and not at_home(one, one.block)):
            self._take(region, found)
        for region in (one for one in regions if one.block is None):
            left = [block for block in self._candidates(region) if block.name not in found.regions]
            own = [block for block in left if at_home(region, block)]
            wanted = own if len(own) == 1 else left
            if len(wanted) == 1:
                region.block = wanted[0]
                self._take(region, found)
            elif wanted:
                region.candidates = tuple(wanted)
                found.unclear.append(region)
        return found

    def _take(self, region: Region, found: Found) -> None:
        assert region.block is not None
        first = found.regions.setdefault(region.block.name, region)
        if first is not region and _held(first.grid) != _held(region.grid):
            found.twice.append((first, region))

    def _candidates(self, region: Region) -> list[Block]:
        if any(isinstance(block, FormBlock) for block in region.candidates):
            scores = {block.name: likeness(block, region.grid) for block in region.candidates}
            best = max(scores.values())
            return [block for block in region.candidates if scores[block.name] == best >= _ALIKE]
        return list(region.candidates)

    # -- one sheet
    def regions(self, entry: SheetEntry, grid: CellGrid) -> Iterator[Region]:
        """The parts of a sheet, each from its title, or from its head where it has none."""
        numbers = sorted(grid.rows)
        heads = {row: self.heads(grid.rows[row]) for row in numbers}
        started: list[tuple[int, Region]] = []
        title_at = below_head = -1
        for at, row in enumerate(numbers):
            titled = self.titled(grid.rows[row])
            if titled is not None and not self._begins(titled, grid.rows[row], numbers[at : at + _TITLE_ABOVE], heads):
                titled = None
            current = started[-1][1] if started else None
            if titled is not None:
                if current is not None and current.block is titled and not current.headed:
                    continue  # the table's own title below ours
                started.append((row, Region(entry, grid, titled)))
                title_at = at
                continue
            scores = self.scores(heads[row], heads[numbers[at + 1]] if at + 1 < len(numbers) else {})
            form = _is_form_head(grid.rows[row])
            if not (scores or form) or at <= below_head:
                continue
            if current is not None and self._belongs(current, scores, form):
                current.headed = True
            elif current is not None and not current.headed and at - title_at < _TITLE_ABOVE:
                continue  # a title speaks for what stands below it
            else:
                known = [one for one in self.blocks if isinstance(one, FormBlock)] if form else self._best(scores)
                started.append((row, Region(entry, grid, None, tuple(known), headed=True)))
            below_head = at if form else at + _HEAD_ROWS
        ends = [*(first for first, _ in started[1:]), numbers[-1] + 1 if numbers else 0]
        for (first, region), end in zip(started, ends, strict=False):
            region.grid = grid.between(first, end - 1)
            yield region

    def _belongs(self, current: Region, scores: Mapping[int, float], form: bool) -> bool:
        """Whether a head row is that of the block which began above it: its first, or the same once more."""
        if form:
            return isinstance(current.block, FormBlock) and not current.headed
        if current.block is not None:
            return any(self.blocks[number] is current.block for number in scores)
        return bool(scores) and {id(one) for one in self._best(scores)} == {id(one) for one in current.candidates}

    def _begins(
        self, block: Block, cells: Mapping[int, Value], below: Sequence[int], heads: Mapping[int, Mapping[int, int]]
    ) -> bool:
        """A marked title always does; an official table's own when its head follows."""
        if text_of(cells[min(cells)]).strip().startswith(MARK):
            return True
        if not isinstance(block, TableBlock) or not block.official:
            return False
        pairs = zip(below, [*below[1:], 0], strict=True)
        return any(
            self.blocks[number] is block
            for row, after in pairs
            for number in self.scores(heads[row], heads.get(after, {}))
        )

    def titled(self, cells: Mapping[int, Value]) -> Block | None:
        text = text_of(cells[min(cells)]).strip()
        return self.titles.get(plain(text.lstrip(MARK))) if len(text) <= _LONGEST * 2 else None

    def heads(self, cells: Mapping[int, Value]) -> dict[int, int]:
        """Number of a block → how many words of its head stand in the row."""
        counts: dict[int, int] = {}
        seen: set[str] = set()
        for value in cells.values():
            word = text_of(value)
            if not word or len(word) > _LONGEST or word[0] in "0123456789-.":
                continue
            known = loose(word)
            if known in self.words and known not in seen:
                seen.add(known)
                for number in self.words[known]:
                    counts[number] = counts.get(number, 0) + 1
        return counts

    def scores(self, row: Mapping[int, int], next_row: Mapping[int, int]) -> dict[int, float]:
        """Number of a block → how much this row, with the next one of an official table, resembles its head."""
        scores: dict[int, float] = {}
        for number, count in row.items():
            block = self.blocks[number]
            both = count + (next_row.get(number, 0) if isinstance(block, TableBlock) and block.official else 0)
            if both > 1 and both / self.sizes[number] >= _ALIKE:
                scores[number] = min(both / self.sizes[number], 1.0)
        return scores

    def _best(self, scores: Mapping[int, float]) -> list[Block]:
        best = max(scores.values(), default=0.0)
        return [self.blocks[number] for number, score in scores.items() if score == best]


def _head_words(block: Block) -> list[str]:
    """The words of a table's or a matrix's head; of an official table only those of its own."""
    if isinstance(block, FormBlock):
        return []
    if isinstance(block, MatrixBlock):
        return list(block.columns)
    own = [column.header for column in block.columns if column.above or not block.official]
    return [*(parent.header for parent in block.parents), *own, *block.named[-1:]]


def _is_form_head(cells: Mapping[int, Value]) -> bool:
    words = {plain(text_of(value)) for value in cells.values() if len(text_of(value)) < 8}
    return LABEL in words and VALUE in words


def _held(grid: CellGrid) -> list[tuple[tuple[int, str], ...]]:
    """What a region says, wherever it stands."""
    return [
        tuple((column, text_of(value)) for column, value in sorted(grid.rows[row].items())) for row in sorted(grid.rows)
    ]
