"""Two versions of a report as one Word file with tracked changes.

The new file is the ground: its styles, sections, marks, facts part. Into it come the old file's words, struck out.
All changes accepted give the new file's text, all rejected the old one's. Sections (paper, page numbers) and charts are
the new file's; a chart that is gone is shown struck out.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.revise.accepted import accept_changes
from generator.revise.align import Change, Shape, Token, align_blocks, changes, tokens
from generator.revise.blocks import Block, CellRead, RowRead, blocks_of, name_of, pieces_of, rows_of
from generator.revise.flow import KEPT, STRUCK, Item, Shaped, before_tables, row_of, settled
from generator.revise.marked import Marked
from generator.revise.paragraph import OBJECT, Atom, Element, atoms, cut_before, runs, text_of, w
from generator.revise.pen import Pen
from generator.word.read import Pieces

_DIGITS = re.compile(r"[\d.,%]")
_FIRST_ROWS, _LONGEST = 12, 400
"""So much of a table's words is enough to tell which table it is."""


@dataclass(frozen=True, slots=True)
class Redlined:
    """`left_out`: things of the old file that no redline of words shows, such as footnotes and text boxes."""

    docx: bytes
    changed: bool
    paragraphs: int
    cells: int
    rows: int
    tables: int
    left_out: int = 0


def redline(old: Marked, new: Marked, *, author: str, date: str) -> Redlined:
    """`date`: «2025-03-01T09:30:00Z». Tracked changes that are open in either file count as accepted. Neither is
    changed."""
    return _Redline(_copied(old), _copied(new), author, date).write()


def _copied(file: Marked) -> Marked:
    copied = Marked(file.file, copy.deepcopy(file.parts), file.facts, file.facts_name)
    accept_changes(copied.body)
    return copied


class _Redline:
    """One pair of files on its way into one."""

    def __init__(self, old: Marked, new: Marked, author: str, date: str) -> None:
        self.old, self.new = old, new
        self.pen = Pen(old, new, author, date)
        self.paragraphs = self.cells = self.rows = self.tables = 0

    def write(self) -> Redlined:
        body = self.new.body
        last = body.find(w("sectPr"))
        left, right = _sections(blocks_of(self.old)), _sections(blocks_of(self.new))
        if len(left) != len(right):
            left = self._cut_alike([block for section in left for block in section], right)
        elements: list[Element] = []
        for number, (before, after) in enumerate(zip(left, right, strict=True)):
            elements += self._section(before, after, last=number == len(right) - 1)
        for child in list(body):
            body.remove(child)
        body.extend(elements)
        if last is not None:
            body.append(last)
        docx, changed = self.new.parts.save(), self.pen.changes > 0
        return Redlined(docx, changed, self.paragraphs, self.cells, self.rows, self.tables, self.pen.left_out)

    def _cut_alike(self, old: list[Block], sections: list[list[Block]]) -> list[list[Block]]:
        """The old blocks cut where the new sections end, for files that do not have the same sections."""
        new = [block for section in sections for block in section]
        aligned = align_blocks([s for _, s in self._shaped(old, self.old)], [s for _, s in self._shaped(new, self.new)])
        partner = {j: i for i, j in aligned if i is not None and j is not None}
        found: list[list[Block]] = []
        here = behind = 0
        for section in sections:
            start, behind = behind, behind + len(section)
            to = max((partner[j] + 1 for j in range(start, behind) if j in partner), default=here)
            found.append(old[here : max(to, here)])
            here = max(to, here)
        found[-1] += old[here:]
        if not found[-1]:
            full = next((part for part in reversed(found) if part), None)
            if full is not None:
                found[-1].append(full.pop())
        return found

    # -- sections -----------------------------------------------------------------------------------------------------
    def _section(self, old: list[Block], new: list[Block], *, last: bool) -> list[Element]:
        items: list[Item] = []
        left, right = _around_contents(old), _around_contents(new)
        if left[1] and right[1]:
            for number, (before, after) in enumerate(zip(left, right, strict=True)):
                part = self._items(before, after)
                items += settled(part) if number == 1 else part
        else:
            items = self._items(old, new)
        items = before_tables(settled(items))
        first, end = self._contents_field(items)
        elements = [(item, self._block(item)) for item in items]
        self._looks(elements)
        if not last and new:
            _carry_section_end(new[-1].element, elements[-1][1])
        for item, element in elements:
            if item.kind == "p":
                self.pen.end(element, item.end)
        for at, several in ((0, first), (-1, end)):
            if several:
                _put_field([element for item, element in elements if _toc(item)][at], several, at == 0)
        return [element for _, element in elements]

    def _items(self, old: list[Block], new: list[Block]) -> list[Item]:
        return row_of(self._shaped(old, self.old), self._shaped(new, self.new), _same_columns)

    def _looks(self, elements: Sequence[tuple[Item, Element]]) -> None:
        """A paragraph's look hangs on its end. Where an end closes another paragraph than its own it gets that one's
        look; where it closes one of each version, the new one's, with the old one's on record."""
        before: Element | None = None
        after: Element | None = None
        for item, element in elements:
            if item.kind != "p":
                before = after = None
                continue
            if item.new is not None:
                after = copy.deepcopy(element.find(w("pPr")))
            if item.old is not None:
                before = self.pen.paragraph_look(item.old.element)
            if item.moved:
                self.pen.give_look(element, before if item.end == STRUCK else after)
                if item.end == KEPT:
                    self.pen.record_look(element, before)

    def _contents_field(self, items: Sequence[Item]) -> tuple[list[Element], list[Element]]:
        """The runs that open the field of 目录, and those that close it, taken out of their entries: they belong to
        whatever comes first and last. None when 目录 is new or gone as a whole."""
        lines = [item for item in items if _toc(item)]
        new = [item.new for item in lines if item.new is not None]
        if not new or not any(item.old for item in lines):
            return [], []
        opening = _until_separate(new[0].element)
        closing = [run for run in new[-1].element.findall(w("r")) if _field_char(run) == "end"]
        for run in (*opening, *closing):
            run.getparent().remove(run)
        return opening, closing

    # -- blocks -------------------------------------------------------------------------------------------------------
    def _block(self, item: Item) -> Element:
        old, new, pen = item.old, item.new, self.pen
        if old is not None and new is not None:
            if new.kind == "t":
                self._table(old, new)
            else:
                self.paragraphs += self._paragraph(old.element, new.element)
            return new.element
        if new is not None:
            if new.kind == "t":
                self.tables += 1
                for row in new.rows():
                    self._new_row(row)
            else:
                words = list(runs(new.element))
                pen.added(words)
                self.paragraphs += bool(new.text())
            return new.element
        if old is not None:
            if old.kind == "t":
                self.tables += 1
                return pen.table(old.element, [row.element for row in old.rows()])
            element, said = pen.paragraph(old.element)
            self.paragraphs += said
            return element
        return self.new.body.makeelement(w("p"), nsmap=None)

    def _paragraph(self, old: Element, new: Element) -> bool:
        """Track, in the paragraph `new`, what it said in `old`; whether anything changed."""
        if text_of(old) == text_of(new):
            return False
        before, left = self._tokens(old, self.old, self.pen.readable(old))
        after, _ = self._tokens(new, self.new, atoms(new))
        found = [one for one in (_trimmed(change, before, after) for change in changes(before, after)) if one]
        place_old, place_new = _places(before), _places(after)
        for change in reversed(found):
            start, end = place_new[change.j1], place_new[change.j2]
            cut_before(new, end)
            cut_before(new, start)
            present = atoms(new)
            fresh = list(dict.fromkeys(atom.run for atom in present[start:end]))
            gone = self.pen.struck(left[place_old[change.i1] : place_old[change.i2]])
            self.pen.added(fresh)
            if gone is None:
                continue
            if fresh and gone.find(f".//{w('drawing')}") is not None:
                # LibreOffice tracks no charts, and loses sight of the words behind one.
                _behind(fresh[-1], new).addnext(gone)
            else:
                _put(new, present, start, gone)
        return bool(found)

    def _tokens(self, paragraph: Element, file: Marked, present: Sequence[Atom]) -> tuple[list[Token], Sequence[Atom]]:
        """Tokens, with figures of one fact the same piece, over exactly the characters `present`."""
        pieces = pieces_of(paragraph)
        shown = "".join(atom.character for atom in present)
        if "".join(text for text, _ in pieces) != shown:  # a footnote's number that is not brought over
            pieces = tuple((text.replace(OBJECT, ""), mark) for text, mark in pieces)
            present = [atom for atom in present if atom.character != OBJECT]
        return tokens(pieces, lambda mark: name_of(file.facts, mark)), present

    # -- tables -------------------------------------------------------------------------------------------------------
    def _table(self, old: Block, new: Block) -> None:
        table = new.element
        left, right = old.rows(), new.rows()
        aligned = _in_order(align_blocks(_row_shapes(left), _row_shapes(right)), left, right)
        anchor = next((child for child in table if child.tag == w("tr")), None)
        rows: list[Element] = []
        struck: list[Element] = []
        for i, j in aligned:
            if i is not None and j is not None:
                for before, after in zip(left[i].cells, right[j].cells, strict=True):
                    self.cells += self._cell(before, after)
                rows.append(right[j].element)
            elif i is not None:
                self.rows += 1
                rows.append(self.pen.old_row(left[i].element))
                struck.append(rows[-1])
            elif j is not None:
                self.rows += 1
                self._new_row(right[j])
                rows.append(right[j].element)
        if anchor is None:
            return
        at = table.index(anchor)
        for row in rows:
            if row.getparent() is not None:
                row.getparent().remove(row)
        for row in reversed(rows):
            table.insert(at, row)
        _mend_merges(table, struck)

    def _cell(self, old: CellRead, new: CellRead) -> bool:
        left = [] if not old.down else old.paragraphs
        right = [] if not new.down else new.paragraphs
        if len(old.paragraphs) == len(new.paragraphs) == 1:
            return bool(left or right) and self._paragraph(old.paragraphs[0], new.paragraphs[0])
        items = settled(
            row_of(
                [(Block("p", one), self._words(one, self.old)) for one in old.paragraphs],
                [(Block("p", one), self._words(one, self.new)) for one in new.paragraphs],
                _same_columns,
            )
        )
        before = self.paragraphs
        elements = [(item, self._block(item)) for item in items]
        self._looks(elements)
        changed = self.paragraphs > before or any(item.end for item, _ in elements)
        self.paragraphs = before
        for item, element in elements:
            self.pen.end(element, item.end)
        first = new.paragraphs[0]
        at = first.getparent().index(first)
        around = first.getparent()
        for one in new.paragraphs:
            one.getparent().remove(one)
        for _, element in reversed(elements):
            around.insert(at, element)
        return changed

    def _new_row(self, row: RowRead) -> None:
        self.pen.row(row.element, "ins")
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                self.pen.added(list(runs(paragraph)))

    # -- shapes -------------------------------------------------------------------------------------------------------
    def _shaped(self, blocks: Sequence[Block], file: Marked) -> Shaped:
        found: list[tuple[Block, Shape]] = []
        for block in blocks:
            shape = self._shape(block, file)
            if not shape.text and shape.kind == "p" and found:
                # The hair behind a table is that table's; any other empty line looks the same.
                shape = Shape("p", f"\0{found[-1][1].exact}", "")
            found.append((block, shape))
        return found

    def _shape(self, block: Block, file: Marked) -> Shape:
        if block.toc:
            entry = block.text().rpartition("\t")[0] or block.text()
            return Shape("toc", entry, entry)
        if block.kind == "t":
            number = int(block.mark[1:]) - 1 if block.mark.startswith("t") else -1
            known = 0 <= number < len(file.facts.tables)
            name = file.facts.tables[number].name if known else ""
            words = "\n".join(row.text() for row in block.rows()[:_FIRST_ROWS])[:_LONGEST]
            return Shape("t", f"{name}\0{_DIGITS.sub('', words)}", words, name)
        if block.mark.startswith("c") and int(block.mark[1:]) <= len(file.facts.charts):
            name = file.facts.charts[int(block.mark[1:]) - 1].name
            return Shape("c", name, name, name)
        return self._words(block.element, file)

    def _words(self, paragraph: Element, file: Marked) -> Shape:
        pieces: Pieces = pieces_of(paragraph)
        exact = "".join(f"\0{name_of(file.facts, mark)}\0" if mark else text for text, mark in pieces)
        return Shape("p", exact, "".join(text for text, _ in pieces))


# -- sections and 目录 ------------------------------------------------------------------------------------------------
def _sections(blocks: Sequence[Block]) -> list[list[Block]]:
    found: list[list[Block]] = [[]]
    for block in blocks:
        if block.kind == "end":
            continue
        found[-1].append(block)
        if block.kind == "p" and block.element.find(f"{w('pPr')}/{w('sectPr')}") is not None:
            found.append([])
    return found


def _around_contents(blocks: list[Block]) -> tuple[list[Block], list[Block], list[Block]]:
    lines = [number for number, block in enumerate(blocks) if block.toc]
    if not lines:
        return blocks, [], []
    return blocks[: lines[0]], blocks[lines[0] : lines[-1] + 1], blocks[lines[-1] + 1 :]


def _toc(item: Item) -> bool:
    return any(block is not None and block.toc for block in (item.old, item.new))


def _field_char(run: Element) -> str:
    char = run.find(w("fldChar"))
    return "" if char is None else str(char.get(w("fldCharType")))


def _until_separate(paragraph: Element) -> list[Element]:
    found: list[Element] = []
    for run in paragraph.findall(w("r")):
        found.append(run)
        if _field_char(run) == "separate":
            return found
    return []


def _put_field(paragraph: Element, several: Sequence[Element], first: bool) -> None:
    if not first:
        paragraph.extend(several)
        return
    at = 0 if paragraph.find(w("pPr")) is None else 1
    for run in reversed(several):
        paragraph.insert(at, run)


def _carry_section_end(carrier: Element, last: Element) -> None:
    end = carrier.find(f"{w('pPr')}/{w('sectPr')}")
    if carrier is last or end is None:
        return
    properties = last.find(w("pPr"))
    if properties is None:
        properties = last.makeelement(w("pPr"), nsmap=None)
        last.insert(0, properties)
    record = properties.find(w("pPrChange"))
    if record is None:
        properties.append(end)
    else:
        record.addprevious(end)


# -- words ------------------------------------------------------------------------------------------------------------
def _places(several: Sequence[Token]) -> list[int]:
    """Where each token begins, and where the last one ends."""
    found = [0]
    for token in several:
        found.append(found[-1] + len(token.text))
    return found


def _trimmed(change: Change, old: Sequence[Token], new: Sequence[Token]) -> Change | None:
    """Without what reads the same at both ends: a figure that another fact gives now, or a person typed over."""
    i1, i2, j1, j2 = change.i1, change.i2, change.j1, change.j2
    while i1 < i2 and j1 < j2 and old[i1].text == new[j1].text:
        i1, j1 = i1 + 1, j1 + 1
    while i1 < i2 and j1 < j2 and old[i2 - 1].text == new[j2 - 1].text:
        i2, j2 = i2 - 1, j2 - 1
    return Change(i1, i2, j1, j2) if i1 < i2 or j1 < j2 else None


def _put(paragraph: Element, present: Sequence[Atom], at: int, gone: Element) -> None:
    """Struck-out words before the character `at`, outside the mark of a figure, and before those of later changes."""
    if at < len(present):
        before = _outermost(present[at].run)
        while _figure(before.getprevious(), "bookmarkStart", paragraph) or _is_struck(before.getprevious()):
            before = before.getprevious()
        before.addprevious(gone)
    elif present:
        _behind(present[-1].run, paragraph).addnext(gone)
    else:
        opened = paragraph.findall(w("bookmarkStart"))
        properties = paragraph.find(w("pPr"))
        if opened:
            opened[-1].addnext(gone)
        elif properties is not None:
            properties.addnext(gone)
        else:
            paragraph.insert(0, gone)


def _behind(run: Element, paragraph: Element) -> Element:
    """The last of what belongs to the run: the end of its figure's mark."""
    found = _outermost(run)
    while _figure(found.getnext(), "bookmarkEnd", paragraph):
        found = found.getnext()
    return found


def _outermost(run: Element) -> Element:
    """The run, or the w:ins that a later change has put around it."""
    around = run.getparent()
    return around if around.tag == w("ins") else run


def _is_struck(element: Element | None) -> bool:
    return element is not None and element.tag == w("del")


def _figure(element: Element | None, end: str, paragraph: Element) -> bool:
    """Whether this is an end of a figure's mark."""
    if element is None or element.tag != w(end):
        return False
    key = element.get(w("id"))
    names = (one.get(w("name")) for one in paragraph.iter(w("bookmarkStart")) if one.get(w("id")) == key)
    return str(next(names, "")).startswith("_f")


# -- tables -----------------------------------------------------------------------------------------------------------
def _same_columns(old: Block, new: Block) -> bool:
    if old.kind != "t" or new.kind != "t":
        return True
    path = f"{w('tblGrid')}/{w('gridCol')}"
    return len(old.element.findall(path)) == len(new.element.findall(path))


def _row_shapes(rows: Sequence[RowRead]) -> list[Shape]:
    found = []
    for row in rows:
        text = row.text()
        found.append(Shape("r", f"{_cut(row)}{_DIGITS.sub('', text)}", text, str(_cut(row))))
    return found


def _cut(row: RowRead) -> tuple[tuple[int, int], ...]:
    """How a row is cut into cells; only rows cut alike can be compared cell by cell."""
    return tuple((cell.column, cell.across) for cell in row.cells)


def _comparable(old: RowRead, new: RowRead) -> bool:
    """Cut alike, and no cell lies under another now that did not before: what it said would be hidden when the changes
    are rejected."""
    return _cut(old) == _cut(new) and all(b.down or not a.down for a, b in zip(old.cells, new.cells, strict=True))


def _in_order(
    aligned: Sequence[tuple[int | None, int | None]], left: Sequence[RowRead], right: Sequence[RowRead]
) -> list[tuple[int | None, int | None]]:
    """Between rows that stay, first all that go, then all that come; the other way round where the first that comes
    lies under a merged cell. A lone row in place of a lone row is that row with other words."""
    found: list[tuple[int | None, int | None]] = []
    going: list[int] = []
    coming: list[int] = []

    def close() -> None:
        gone: list[tuple[int | None, int | None]] = [(i, None) for i in going]
        come: list[tuple[int | None, int | None]] = [(None, j) for j in coming]
        if len(going) == len(coming) == 1 and _comparable(left[going[0]], right[coming[0]]):
            found.append((going[0], coming[0]))
        elif coming and not all(cell.down for cell in right[coming[0]].cells):
            found.extend([*come, *gone])
        else:
            found.extend([*gone, *come])
        going.clear()
        coming.clear()

    for i, j in aligned:
        if i is not None and j is not None and _comparable(left[i], right[j]):
            close()
            found.append((i, j))
            continue
        if i is not None:
            going.append(i)
        if j is not None:
            coming.append(j)
    close()
    return found


def _mend_merges(table: Element, struck: Sequence[Element]) -> None:
    """A cell of a struck row that continued one above must still have one above."""
    rows = set(map(id, struck))
    above: dict[tuple[int, int], bool] = {}
    for row in rows_of(table, struck=True):
        here: dict[tuple[int, int], bool] = {}
        for cell in row.cells:
            place = (cell.column, cell.across)
            merge = cell.element.find(f"{w('tcPr')}/{w('vMerge')}")
            if merge is not None and not cell.down and id(row.element) in rows and not above.get(place):
                merge.set(w("val"), "restart")
            here[place] = merge is not None
        above = here
