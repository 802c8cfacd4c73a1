"""Two versions of a report as one Word file with tracked changes.

The new file is the ground: its styles, sections, marks, facts part. Into it come the old file's words, struck out.
All changes accepted give the new file's text, all rejected the old one's. Sections (paper, page numbers) and charts are
the new file's; a chart that is gone is shown struck out.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass

from generator.redlining.block_sequence import Item, Shaped, before_tables, row_of, settled
from generator.redlining.redline_table import add_row, redline_table, same_columns
from generator.redlining.redline_words import Inked, Words
from generator.redlining.tracked_changes import Pen
from generator.word_file.accepted_changes import accept_changes
from generator.word_file.align import Shape, align_blocks, without_digits
from generator.word_file.blocks import Block, blocks_of, chart_of, table_of
from generator.word_file.field_codes import field_char, until_separate
from generator.word_file.marked_file import Marked
from generator.word_file.paragraph import Element, w
from generator.word_file.section_ends import end_section, section_of

_FIRST_ROWS, _LONGEST = 12, 400
"""So much of a table's words is enough to tell which table it is."""


@dataclass(frozen=True, slots=True)
class Redlined:
    """How much has changed: paragraphs, table cells, and rows and tables that came or went.

    `left_out`: things of the old file that no redline of words shows, such as footnotes and text boxes.
    """

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
        self.words = Words(old, new, self.pen)
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
        opening, closing = _contents_field(items)
        inked = [self._block(item) for item in items]
        self.words.looks(inked)
        if not last and new:
            _carry_section_end(new[-1].element, inked[-1].element)
        self.words.ends(inked)
        contents = [one.element for one in inked if one.item.in_contents]
        if opening:
            _put_first(contents[0], opening)
        if closing:
            contents[-1].extend(closing)
        return [one.element for one in inked]

    def _items(self, old: list[Block], new: list[Block]) -> list[Item]:
        return row_of(self._shaped(old, self.old), self._shaped(new, self.new), same_columns)

    # -- blocks -------------------------------------------------------------------------------------------------------
    def _block(self, item: Item) -> Inked:
        if item.kind == "t":
            return self._table(item)
        inked = self.words.item(item)
        self.paragraphs += inked.changed
        return inked

    def _table(self, item: Item) -> Inked:
        old, new = item.old, item.new
        if old is not None and new is not None:
            made = redline_table(self.words, old, new)
            self.cells += made.cells
            self.rows += made.rows
            return Inked(item, new.element, changed=made.cells + made.rows > 0)
        self.tables += 1
        if new is not None:
            for row in new.rows():
                add_row(self.pen, row)
            return Inked(item, new.element, changed=True)
        assert old is not None
        return Inked(item, self.pen.table(old.element, [row.element for row in old.rows()]), changed=True)

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
        table, chart = table_of(file.facts, block.mark), chart_of(file.facts, block.mark)
        if block.kind == "t":
            name = table.name if table is not None else ""
            words = "\n".join(row.text() for row in block.rows()[:_FIRST_ROWS])[:_LONGEST]
            return Shape("t", f"{name}\0{without_digits(words)}", words, name)
        if chart is not None:
            return Shape("c", chart.name, chart.name, chart.name)
        return self.words.shape(block.element, file)


# -- sections and 目录 ------------------------------------------------------------------------------------------------
def _sections(blocks: Sequence[Block]) -> list[list[Block]]:
    found: list[list[Block]] = [[]]
    for block in blocks:
        if block.kind == "end":
            continue
        found[-1].append(block)
        if section_of(block.element) is not None:
            found.append([])
    return found


def _around_contents(blocks: list[Block]) -> tuple[list[Block], list[Block], list[Block]]:
    lines = [number for number, block in enumerate(blocks) if block.toc]
    if not lines:
        return blocks, [], []
    return blocks[: lines[0]], blocks[lines[0] : lines[-1] + 1], blocks[lines[-1] + 1 :]


def _contents_field(items: Sequence[Item]) -> tuple[list[Element], list[Element]]:
    """The runs that open the field of 目录, and those that close it, taken out of their entries: they belong to
    whatever comes first and last. None when 目录 is new or gone as a whole."""
    lines = [item for item in items if item.in_contents]
    new = [item.new for item in lines if item.new is not None]
    if not new or not any(item.old for item in lines):
        return [], []
    opening = until_separate(new[0].element)
    closing = [run for run in new[-1].element.findall(w("r")) if field_char(run) == "end"]
    for run in (*opening, *closing):
        run.getparent().remove(run)
    return opening, closing


def _put_first(paragraph: Element, several: Sequence[Element]) -> None:
    at = 0 if paragraph.find(w("pPr")) is None else 1
    for run in reversed(several):
        paragraph.insert(at, run)


def _carry_section_end(carrier: Element, last: Element) -> None:
    """What is last of a section now ends it, in place of the new file's `carrier`."""
    section = section_of(carrier)
    if section is not None and carrier is not last:
        end_section(last, section)
