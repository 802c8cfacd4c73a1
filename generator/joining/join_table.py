"""Two people's edits of one generated table: row by row, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence

from generator.joining.sides import Joining, paragraphs
from generator.word_file.align import Shape, align_blocks
from generator.word_file.blocks import Block, CellRead, RowRead, rows_of
from generator.word_file.paragraph import Element, w


def join_table(work: Joining, mine: Block, theirs: Block, was: Sequence[str], name: str) -> None:
    """Into `mine`; `was` are the generated rows, cells separated by tabs."""
    _Tables(work, mine, theirs, was, name).run()


class _Tables:
    def __init__(self, work: Joining, mine: Block, theirs: Block, was: Sequence[str], name: str) -> None:
        self.work, self.table, self.was = work, mine.element, was
        self.trail = (*mine.trail, f"表“{name}”")
        self.mine, self.theirs = mine.rows(), theirs.rows()

    def run(self) -> None:
        mine = [row.text() for row in self.mine]
        theirs = [row.text() for row in self.theirs]
        to_mine, to_theirs = _together(self.was, mine), _together(self.was, theirs)
        from_theirs = {number: old for old, number in to_theirs.items()}
        own = {number for number in range(len(mine)) if number not in to_mine.values()}
        own_elements = {self.mine[number].element for number in own}
        waiting = {mine[number]: self.mine[number].element for number in own}
        last: Element | None = None
        reshaped = False
        for number, row in enumerate(self.theirs):
            old = from_theirs.get(number)
            here = to_mine.get(old) if old is not None else None
            if old is not None and here is not None:
                self._row(self.mine[here], row, self.was[old])
                last = self.mine[here].element
                continue
            if theirs[number] in waiting:
                last = waiting.pop(theirs[number])
                continue
            if old is not None and theirs[number] == self.was[old]:
                continue  # struck out by the first, untouched by the other
            last = self._insert(row, last, own_elements)
            reshaped = True
            if old is not None:
                self.work.struck(
                    paragraphs(last)[0], self.work.mine, self.work.theirs, _plain(theirs[number]), self.trail
                )
        for old, here in to_mine.items():
            if old in to_theirs:
                continue
            row = self.mine[here]
            if mine[here] == self.was[old] and next(row.element.iter(w("commentReference")), None) is None:
                row.element.getparent().remove(row.element)
                self.work.removed += 1
                reshaped = True
            elif row.cells and row.cells[0].paragraphs:
                at = row.cells[0].paragraphs[0]
                self.work.struck(at, self.work.theirs, self.work.mine, _plain(mine[here]), self.trail)
        if reshaped:
            _mend_merges(self.table)

    def _insert(self, row: RowRead, last: Element | None, own: set[Element]) -> Element:
        made = self.work.bring(row.element)
        self.work.added += 1
        if last is None:
            self.mine[0].element.addprevious(made)
            return made
        after = last.getnext()
        while after is not None and after in own:
            last, after = after, after.getnext()
        last.addnext(made)
        return made

    def _row(self, mine: RowRead, theirs: RowRead, was: str) -> None:
        self.work.carrier.bring_comments([theirs.element], [mine.element])
        here, there = mine.text(), theirs.text()
        if there in (here, was):
            return
        if _grid(mine) != _grid(theirs):
            if mine.cells and mine.cells[0].paragraphs:
                self.work.clash(mine.cells[0].paragraphs[0], 0, 0, _plain(there), self.trail)
            return
        cells = was.split("\t")
        for cell, other in zip(mine.cells, theirs.cells, strict=True):
            if cell.down and other.down and cell.paragraphs:
                self._cell(cell, other, cells[cell.column] if cell.column < len(cells) else "")

    def _cell(self, mine: CellRead, theirs: CellRead, was: str) -> None:
        here, there = _text(mine), _text(theirs)
        if there in (here, was):
            return
        if here != was:
            self.work.clash(mine.paragraphs[0], 0, len(_text(mine)), there, self.trail)
            return
        first = mine.paragraphs[0]
        made = [self.work.bring(one) for one in theirs.paragraphs]
        for one in made:
            first.addprevious(one)
        self.work.carrier.keep_comments(mine.paragraphs, made)
        for one in mine.paragraphs:
            one.getparent().remove(one)
        self.work.taken += 1


def other_form(work: Joining, mine: Block, theirs: Block, was: Sequence[str], name: str) -> None:
    """One of the two has given the table other columns: the first's stays, rows that only the other has are told."""
    known = {*was, *(row.text() for row in mine.rows())}
    rows = [_plain(row.text()) for row in theirs.rows() if row.text() not in known]
    if rows:
        first = next(mine.element.iter(w("p")))
        work.clash(first, 0, 0, "\n".join(rows), (*mine.trail, f"表“{name}”"))


def width(rows: Sequence[str]) -> int:
    return max((row.count("\t") for row in rows), default=0)


def _grid(row: RowRead) -> list[tuple[int, int]]:
    return [(cell.column, cell.across) for cell in row.cells]


def _text(cell: CellRead) -> str:
    return "".join(text for text, _ in cell.pieces())


def _plain(row: str) -> str:
    return " ".join(cell for cell in row.replace("\n", "").split("\t") if cell.strip())


def _together(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    shapes = [[Shape("r", text, text) for text in rows] for rows in (old, new)]
    found = {i: j for i, j in align_blocks(shapes[0], shapes[1]) if i is not None and j is not None}
    free = {text: number for number, text in enumerate(new) if number not in found.values() and text.strip()}
    for number, text in enumerate(old):
        if number not in found and text in free:
            found[number] = free.pop(text)
    return found


def _mend_merges(table: Element) -> None:
    """Rows that came and went: a cell that goes on with one above has one above."""
    open_chains: dict[int, int] = {}
    for row in rows_of(table):
        still: dict[int, int] = {}
        for cell in row.cells:
            merge = cell.element.find(f"{w('tcPr')}/{w('vMerge')}")
            if merge is None:
                continue
            if not cell.down and open_chains.get(cell.column) != cell.across:
                merge.set(w("val"), "restart")
            still[cell.column] = cell.across
        open_chains = still
