"""A table of an edited file brought up to date, row by row and cell by cell, in the cells that are there."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Sequence

from generator.refreshing.deleted import Gone, changed_cells, row_name, tell_deleted
from generator.refreshing.figure_prints import is_besides
from generator.refreshing.merge import merge
from generator.refreshing.merged import OVERTYPED, Clash, Edit, Merged
from generator.refreshing.refresh_words import KEPT, TABLE, RefreshRemark, Renewal, holds_notes
from generator.refreshing.row_pairs import in_order, row_key, row_pairs
from generator.refreshing.spelling import same_number, spelled
from generator.refreshing.standing_tables import Part
from generator.word.facts_part import Pieces
from generator.word_file.align import Token
from generator.word_file.blocks import Block, CellRead, RowRead, name_of, rows_of
from generator.word_file.marked_file import Marked
from generator.word_file.paragraph import OBJECT, Element, atoms, w


def refresh_table(
    work: Renewal, parts: Sequence[Part], blocks: Sequence[Block], mark: str, source: Block, new_mark: str
) -> None:
    """`parts`: what stands among the file's `blocks` of the table generated as `mark`; `source`: the fresh one."""
    was = work.edited.facts.tables[int(mark[1:]) - 1]
    now = work.fresh.facts.tables[int(new_mark[1:]) - 1]
    here = blocks[parts[0].block]
    rows = [row for part in parts for row in part.rows]
    if _columns(was.rows) != _columns(now.rows):
        _other_columns(work, here, rows, was.rows, source, new_mark)
        return
    _Table(work, here.trail, was.name, rows, was.rows, source.rows()).run()
    work.mark_table(next((row.element for row in rows if row.element.getparent() is not None), here.element), new_mark)


def refresh_copied_rows(work: Renewal, part: Part, block: Block, mark: str, source: Block | None) -> None:
    """Rows of a person's copy of the table `mark`, each as it was generated; `source`: the fresh table, None when the
    new version has none."""
    was = work.edited.facts.tables[int(mark[1:]) - 1]
    table = _Table(work, block.trail, was.name, part.rows, was.rows, source.rows() if source else [])
    if _columns(was.rows) == _columns(table.now):
        table.run_copy()


def drop_rows(work: Renewal, parts: Sequence[Part], blocks: Sequence[Block], mark: str) -> None:
    """The rows of a table that the new version does not have, where they stand in one table with others."""
    was = work.edited.facts.tables[int(mark[1:]) - 1]
    rows = [row for part in parts for row in part.rows]
    _Table(work, blocks[parts[0].block].trail, was.name, rows, was.rows, []).run()


def _columns(rows: Sequence[str]) -> int:
    return rows[0].count("\t") if rows else 0


def _other_columns(
    work: Renewal, block: Block, rows: list[RowRead], was: tuple[str, ...], source: Block, new_mark: str
) -> None:
    """The new form has other columns: a table that nobody touched is replaced, another stays with its figures."""
    if tuple(row.text() for row in block.rows()) == was and not holds_notes(block.element):
        made = work.transplant.element(source.element)
        block.element.getparent().replace(block.element, made)
        work.take_over(made, source.element)
        work.mark_table(made, new_mark)
        work.renewed += 1
        return
    for row in rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                work.own(paragraph, block.trail)
    said = "这张表由人改过列或合并，新的行列没有并入，请对照新生成的报告核对。"
    _unjoined(work, rows, block.trail, rows[0].text().replace("\t", " ") if rows else "", said)
    work.mark_table(rows[0].element if rows else block.element, new_mark)


def _unjoined(work: Renewal, rows: Sequence[RowRead], trail: tuple[str, ...], name: str, said: str) -> None:
    work.remarks.append(RefreshRemark(TABLE, trail, theirs=name))
    first = _first_paragraph(rows)
    if first is not None:
        work.comments.add(first, 0, len(atoms(first)), f"表的行列与更正后的不同：{said}")


def _first_paragraph(rows: Sequence[RowRead]) -> Element | None:
    standing = (row for row in rows if row.element.getparent() is not None)
    return next((cell.paragraphs[0] for row in standing for cell in row.cells if cell.paragraphs), None)


class _Table:
    """The rows that stand in the file of one generated table."""

    def __init__(
        self,
        work: Renewal,
        above: tuple[str, ...],
        name: str,
        rows: list[RowRead],
        was: Sequence[str],
        new_rows: list[RowRead],
    ) -> None:
        self.work, self.name, self.rows, self.was, self.new_rows = work, name, rows, was, new_rows
        self.now = [row.text() for row in new_rows]
        self.theirs = [row.text().replace(OBJECT, "") for row in rows]
        self.tables = list(dict.fromkeys(row.element.getparent() for row in rows))
        self.trail = (*above, f"表“{name}”")
        self.reshaped = False
        self.to_now = in_order(self.was, self.now)

    def run(self) -> None:
        to_was = self._paired()
        self._learn(to_was)
        unjoined = self._each(to_was)
        self._new_rows(to_was)
        self._gone(to_was)
        self._mend_merges(to_was)
        if unjoined:
            said = "这张表由人改过列或合并，有的行没有并入，请对照新生成的报告核对。"
            _unjoined(self.work, self.rows, self.trail, self.name, said)

    def run_copy(self) -> None:
        places = _places(self.was)
        to_was = {number: places[text] for number, text in enumerate(self.theirs) if text in places}
        self._each({number: old for number, old in to_was.items() if self._is_other(number, old)})
        if set(to_was.values()) >= set(places.values()):
            self._new_rows(to_was)
        self._mend_merges(to_was)

    def _is_other(self, number: int, old: int) -> bool:
        """Whether a copied row has to be written: one without marks that reads as it shall needs none."""
        now = self.to_now.get(old)
        return now is None or self.now[now] != self.was[old] or bool(_names(self.work.edited, self.rows[number]))

    # -- which row is which
    def _paired(self) -> dict[int, int]:
        """Row of the file → row as it was generated; a person's copy of a row belongs to the same one."""
        generated = [number for number, row in enumerate(self.rows) if not _copied(row)]
        names = [_names(self.work.edited, self.rows[number]) for number in generated]
        fresh = [_names(self.work.fresh, row) for row in self.new_rows]
        was = [fresh[self.to_now[old]] if old in self.to_now else frozenset() for old in range(len(self.was))]
        pairs = row_pairs([self.theirs[number] for number in generated], self.was, names, was)
        to_was = {generated[i]: old for i, old in sorted(pairs.items())}
        places = _places(self.was)
        to_was.update((n, places[text]) for n, text in enumerate(self.theirs) if n not in to_was and text in places)
        return to_was

    def _learn(self, to_was: dict[int, int]) -> None:
        """How the figures of the table's cells are printed now, for those that a person has put elsewhere."""
        to_mine = _originals(to_was)
        for old, now in self.to_now.items():
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
    def _each(self, to_was: dict[int, int]) -> bool:
        """Renew, keep or take out each row; whether one could not be joined."""
        unjoined = False
        for number, row in enumerate(self.rows):
            old = to_was.get(number)
            if old is None:
                self._own(row)
            elif old in self.to_now:
                unjoined |= not self._row(row, self.was[old].split("\t"), self.new_rows[self.to_now[old]])
            elif self.theirs[number] == self.was[old] and not holds_notes(row.element):
                row.element.getparent().remove(row.element)
                self.work.removed += 1
                self.reshaped = True
            else:
                self._keep(row, self.theirs[number])
        return unjoined

    def _new_rows(self, to_was: dict[int, int]) -> None:
        to_mine = _originals(to_was)
        from_now = {new: old for old, new in self.to_now.items()}
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

    def _gone(self, to_was: dict[int, int]) -> None:
        """Rows that a person has deleted and that would read otherwise now."""
        there = set(to_was.values())
        pairs = [(self.was[old], self.now[new]) for old, new in sorted(self.to_now.items()) if old not in there]
        gone = [Gone(row_name(was), changed_cells(was, now)) for was, now in pairs if was != now]
        tell_deleted(self.work, _first_paragraph(self.rows), self.trail, gone)

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
    def _mend_merges(self, to_was: dict[int, int]) -> None:
        """Rows that came and went change where merged cells begin: as in the fresh table, then chain by chain."""
        if not self.reshaped:
            return
        for number, old in to_was.items():
            if old not in self.to_now:
                continue
            row, new = self.rows[number], self.new_rows[self.to_now[old]]
            if len(row.cells) == len(new.cells):
                for cell, fresh in zip(row.cells, new.cells, strict=True):
                    _set_merge(cell, fresh)
        for table in self.tables:
            _begin_chains(table)


def _begin_chains(table: Element) -> None:
    """Merged cells whose first one is gone begin where they are now."""
    open_chains: dict[int, int] = {}
    for row in rows_of(table):
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


def _places(was: Sequence[str]) -> dict[str, int]:
    """Where each text stands among the generated rows; those that stand there once, or say what row they are."""
    count = Counter(was)
    rows = reversed(list(enumerate(was)))
    return {text: old for old, text in rows if text.strip() and (row_key(text) or count[text] == 1)}


def _originals(to_was: dict[int, int]) -> dict[int, int]:
    """Row as it was generated → the row of the file, the first where a person has copied it."""
    return {old: number for number, old in sorted(to_was.items(), reverse=True)}


def _names(file: Marked, row: RowRead) -> frozenset[str]:
    return frozenset(name_of(file.facts, mark) for cell in row.cells for _, mark in cell.pieces() if mark)


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
