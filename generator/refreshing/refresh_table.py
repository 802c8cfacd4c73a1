"""A table of an edited file brought up to date, row by row and cell by cell, in the cells that are there."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from generator.refreshing.figure_prints import is_besides
from generator.refreshing.merge import OVERTYPED, Clash, Edit, Merged, merge
from generator.refreshing.refresh_words import DELETED, KEPT, TABLE, RefreshRemark, Renewal, holds_notes
from generator.refreshing.spelling import same_number, spelled
from generator.word.facts_part import Pieces
from generator.word_file.align import Shape, Token, align_blocks
from generator.word_file.blocks import Block, CellRead, RowRead, rows_of
from generator.word_file.paragraph import OBJECT, atoms, w


def refresh_table(work: Renewal, block: Block, mark: str, source: Block, new_mark: str) -> None:
    """`block` is the person's table, generated as `mark`; `source` the fresh one."""
    was = work.edited.facts.tables[int(mark[1:]) - 1]
    now = work.fresh.facts.tables[int(new_mark[1:]) - 1]
    rows, new_rows = block.rows(), source.rows()
    if _columns(was.rows) != _columns(now.rows):
        _other_columns(work, block, rows, was.rows, source, new_mark)
        return
    _Table(work, block, was.name, rows, was.rows, new_rows).run()
    work.mark_table(block.element, new_mark)


def _columns(rows: Sequence[str]) -> int:
    return rows[0].count("\t") if rows else 0


def _other_columns(
    work: Renewal, block: Block, rows: list[RowRead], was: tuple[str, ...], source: Block, new_mark: str
) -> None:
    """The new form has other columns: a table that nobody touched is replaced, another stays with its figures."""
    if tuple(row.text() for row in rows) == was and not holds_notes(block.element):
        made = work.transplant.element(source.element)
        block.element.getparent().replace(block.element, made)
        work.take_over(made, source.element)
        work.mark_table(made, new_mark)
        work.renewed += 1
        return
    _unjoined(work, block, rows)
    work.mark_table(block.element, new_mark)


def _unjoined(work: Renewal, block: Block, rows: list[RowRead]) -> None:
    for row in rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                work.own(paragraph, block.trail)
    first = next((cell.paragraphs[0] for row in rows for cell in row.cells if cell.paragraphs), None)
    work.remarks.append(RefreshRemark(TABLE, block.trail, theirs=rows[0].text().replace("\t", " ") if rows else ""))
    if first is not None:
        text = "表的行列与更正后的不同：这张表由人改过列或合并，新的行列没有并入，请对照新生成的报告核对。"
        work.comments.add(first, 0, len(atoms(first)), text)


def two_in_one(work: Renewal, block: Block, name: str) -> None:
    """A person has put the rows of the table `name` behind those of another, with which they have been read."""
    work.remarks.append(RefreshRemark(TABLE, block.trail, theirs=name))
    first = next(block.element.iter(w("p")))
    text = f"“{name}”与这张表合在了一起：它的行没有按新的行列并入，请对照新生成的报告核对。"
    work.comments.add(first, 0, len(atoms(first)), text)


class _Table:
    def __init__(
        self,
        work: Renewal,
        block: Block,
        name: str,
        rows: list[RowRead],
        was: Sequence[str],
        new_rows: list[RowRead],
    ) -> None:
        self.work, self.block, self.name, self.rows, self.was, self.new_rows = work, block, name, rows, was, new_rows
        self.now = [row.text() for row in new_rows]
        self.trail = (*block.trail, f"表“{name}”")
        self.reshaped = False

    def run(self) -> None:
        theirs = [row.text().replace(OBJECT, "") for row in self.rows]
        generated = [number for number, row in enumerate(self.rows) if not _copied(row)]
        partners = _paired([theirs[number] for number in generated], self.was)
        to_was = {generated[i]: j for i, j in partners if i is not None and j is not None}
        self._moved(theirs, generated, to_was)
        to_now = {i: j for i, j in _paired(self.was, self.now) if i is not None and j is not None}
        self._learn(to_was, to_now)
        unjoined = False
        for number, row in enumerate(self.rows):
            old = to_was.get(number)
            if old is None:
                self._own(row)
            elif old in to_now:
                unjoined |= not self._row(row, self.was[old].split("\t"), self.new_rows[to_now[old]])
            elif theirs[number] == self.was[old] and not holds_notes(row.element):
                row.element.getparent().remove(row.element)
                self.work.removed += 1
                self.reshaped = True
            else:
                self._keep(row, theirs[number])
        self._new_rows(to_was, to_now)
        gone = {old for old in to_now if old not in to_was.values()}
        for old in sorted(gone):
            if self.was[old] != self.now[to_now[old]]:
                words = (self.was[old].replace("\t", " ").strip(), self.now[to_now[old]].replace("\t", " ").strip())
                self.work.remarks.append(RefreshRemark(DELETED, self.trail, *words))
        if self.reshaped:
            self._mend_merges(to_was, to_now)
        if unjoined:
            first = next((cell.paragraphs[0] for row in self.rows for cell in row.cells if cell.paragraphs), None)
            self.work.remarks.append(RefreshRemark(TABLE, self.trail, theirs=self.name))
            if first is not None:
                text = "表的行列与更正后的不同：这张表由人改过列或合并，有的行没有并入，请对照新生成的报告核对。"
                self.work.comments.add(first, 0, len(atoms(first)), text)

    def _learn(self, to_was: dict[int, int], to_now: dict[int, int]) -> None:
        """How the figures of the table's cells are printed now, for those that a person has put elsewhere."""
        to_mine = {old: number for number, old in to_was.items()}
        for old, now in to_now.items():
            cells = self.was[old].split("\t")
            mine = self.rows[to_mine[old]].cells if old in to_mine else []
            marked = {cell.column: _only_figure(cell.pieces()) for cell in mine}
            for cell in self.new_rows[now].cells:
                figure = _only_figure(cell.pieces())
                if figure is None or cell.column >= len(cells):
                    continue
                here = marked.get(cell.column)
                token = self.work.old_tokens((here,)) if here is not None else self.work.new_tokens((figure,))
                self.work.prints.learn_one(token[0].key, cells[cell.column], figure[0], figure[1])

    # -- rows
    def _moved(self, theirs: list[str], generated: list[int], to_was: dict[int, int]) -> None:
        """Rows that a person has put elsewhere or sorted: they read as they were generated."""
        lost = {text: old for old, text in enumerate(self.was) if old not in to_was.values() and text.strip()}
        for number in generated:
            if number not in to_was and theirs[number] in lost:
                to_was[number] = lost.pop(theirs[number])

    def _own(self, row: RowRead, *, tell: bool = True) -> None:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                self.work.own(paragraph, self.trail, tell=tell)

    def _keep(self, row: RowRead, text: str) -> None:
        self._own(row, tell=False)
        self.work.remarks.append(RefreshRemark(KEPT, self.trail, theirs=text.replace("\t", " ").strip()))
        first = next((cell.paragraphs[0] for cell in row.cells if cell.paragraphs), None)
        if first is not None:
            note = "更正后的报告里没有这一行：这里由人改过，所以保留，请决定去留。"
            self.work.comments.add(first, 0, len(atoms(first)), note)

    def _row(self, row: RowRead, was: list[str], new: RowRead) -> bool:
        """False when a person has given the row other cells, and the new version says something else in it."""
        if [(cell.column, cell.across) for cell in row.cells] != [(cell.column, cell.across) for cell in new.cells]:
            self._own(row)
            return "\t".join(was) == new.text()
        for cell, fresh in zip(row.cells, new.cells, strict=True):
            if cell.down and fresh.down and cell.paragraphs:
                self._cell(cell, was[cell.column] if cell.column < len(was) else "", fresh)
        return True

    def _new_rows(self, to_was: dict[int, int], to_now: dict[int, int]) -> None:
        to_mine = {old: number for number, old in to_was.items()}
        from_now = {new: old for old, new in to_now.items()}
        last = None
        for number, new in enumerate(self.new_rows):
            old = from_now.get(number)
            if old is not None:
                last = self.rows[to_mine[old]].element if old in to_mine else last
                continue
            made = self.work.transplant.element(new.element)
            if last is None:
                self.rows[0].element.addprevious(made)
            else:
                last.addnext(made)
            last = made
            for here, there in zip(made.iter(w("p")), new.element.iter(w("p")), strict=True):
                self.work.take_over(here, there)
            self.work.added += 1
            self.reshaped = True

    # -- cells
    def _cell(self, cell: CellRead, was: str, fresh: CellRead) -> None:
        figure = _only_figure(fresh.pieces())
        theirs = self.work.their_tokens(cell.paragraphs)
        shown = "".join(token.text for token in theirs)
        if figure is not None:
            self._figure(cell, theirs, shown, was, figure)
            return
        ours = self.work.new_tokens(fresh.pieces())
        base = _like(self.work.old_tokens(((was, ""),)), ours)
        known = {token.text for token in base}
        moved_in = self.work.prints.as_generated
        plain = [t if not t.mark or (t.text not in known and moved_in(t)) else Token(t.text, t.text) for t in theirs]
        merged = merge(base, plain, ours, self.work.prints.form)
        self.work.apply(cell.paragraphs, plain, merged, self.trail, ours=ours, untouched=shown == was)

    def _figure(self, cell: CellRead, theirs: list[Token], shown: str, was: str, figure: tuple[str, str]) -> None:
        text, mark = figure
        merged = Merged()
        words = [number for number, token in enumerate(theirs) if token.text != OBJECT]
        plain = shown.replace(OBJECT, "")
        untouched = same_number(plain, "", was, "")
        new = Token(spelled(plain, "", text, "", None) if untouched and plain != was else text, text, mark)
        if plain in (text, new.text) and len(words) == 1:
            merged.marks[words[0]] = mark
        elif untouched or plain == text:
            whole = (words[0], words[-1] + 1) if words else (0, 0)
            merged.edits.append(Edit(*whole, (new,)))
        else:
            merged.clashes.append(Clash(OVERTYPED, 0, len(theirs), was, text))
        self.work.apply(cell.paragraphs, theirs, merged, self.trail, untouched=True)

    # -- merged cells
    def _mend_merges(self, to_was: dict[int, int], to_now: dict[int, int]) -> None:
        """Rows that came and went change where merged cells begin: as in the fresh table, then chain by chain."""
        for number, old in to_was.items():
            if old not in to_now:
                continue
            row, new = self.rows[number], self.new_rows[to_now[old]]
            if len(row.cells) == len(new.cells):
                for cell, fresh in zip(row.cells, new.cells, strict=True):
                    _set_merge(cell, fresh)
        open_chains: dict[int, int] = {}
        for row in rows_of(self.block.element):
            still: dict[int, int] = {}
            for cell in row.cells:
                merge_ = cell.element.find(f"{w('tcPr')}/{w('vMerge')}")
                if merge_ is None:
                    continue
                if not cell.down and open_chains.get(cell.column) != cell.across:
                    merge_.set(w("val"), "restart")
                still[cell.column] = cell.across
            open_chains = still


def _set_merge(cell: CellRead, fresh: CellRead) -> None:
    mine = cell.element.find(f"{w('tcPr')}/{w('vMerge')}")
    theirs = fresh.element.find(f"{w('tcPr')}/{w('vMerge')}")
    properties = cell.element.find(w("tcPr"))
    if theirs is None:
        if mine is not None:
            properties.remove(mine)
        return
    if mine is not None:
        properties.replace(mine, copy.deepcopy(theirs))
        return
    before = [one for one in properties if one.tag in (w("cnfStyle"), w("tcW"), w("gridSpan"), w("hMerge"))]
    if before:
        before[-1].addnext(copy.deepcopy(theirs))
    else:
        properties.insert(0, copy.deepcopy(theirs))


def _paired(one: Sequence[str], other: Sequence[str]) -> list[tuple[int | None, int | None]]:
    return align_blocks([Shape("r", text, text) for text in one], [Shape("r", text, text) for text in other])


def _like(base: list[Token], ours: list[Token]) -> list[Token]:
    """The base's numbers as the figures that they were, where the fresh cell reads the same but for its figures."""
    signed: list[Token] = []
    for token in base:
        if signed and signed[-1].text == "-" and token.text[:1].isdigit():
            signed[-1] = Token(f"-{token.text}", f"-{token.text}")
        else:
            signed.append(token)
    base = signed if len(signed) == len(ours) else base
    if len(base) != len(ours) or any(o.text != b.text for b, o in zip(base, ours, strict=True) if not o.mark):
        return base
    return [Token(b.text, o.key, o.mark) for b, o in zip(base, ours, strict=True)]


def _copied(row: RowRead) -> bool:
    """A row that was found to be a person's copy before: none of its figures was generated there."""
    found = [mark for cell in row.cells for _, mark in cell.pieces() if mark]
    return bool(found) and all(map(is_besides, found))


def _only_figure(pieces: Pieces) -> tuple[str, str] | None:
    """A cell that holds one figure and nothing else."""
    return pieces[0] if len(pieces) == 1 and pieces[0][1] else None
