"""The old report as lines: a paragraph of a Word file, a line of a PDF's page, each with its number; tables apart.

Only what a reader sees is read: no styles, no marks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from generator.adopting.plain_text import Plain, numbering, plain
from generator.border.pdf import printed_pages
from generator.grids.pages_of_file import kind_of
from generator.grids.pdf_tables import lines_and_rows
from generator.printed.model import Paragraph, Table
from generator.printed.read_word import read_word

_INDENT = 12.0
"""Points by which the first line of a paragraph stands in from the others."""
_PAGE_NUMBER = re.compile(r"[-—–~ ]*\d{1,3}[-—–~ ]*|第\d+页.*")
_ENTRY_OF_CONTENTS = re.compile(r"(?:\.{3,}|…{2,}|·{3,}|\t)\s*\d{1,3}\s*$")


_CELLS = re.compile(r"\S\t+\s*\S|^ ?\t[^。]{0,30}$")
"""A row of a table that became text: cells parted by tabs, or each on a line of its own behind one."""
_IN_A_CELL = re.compile("[^。]$")


@dataclass(frozen=True, slots=True)
class Line:
    """`number` from 1; `where`: «第3段», «第2页第5行»; `table`: it is a row of a table, cells parted by tabs."""

    number: int
    raw: str
    where: str
    table: bool = False
    contents: bool = False
    begins: bool | None = None
    """Of a PDF's line, whether it begins a paragraph; None where each line is one."""

    @property
    def plain(self) -> Plain:
        return plain(self.raw, self.number)


@dataclass(frozen=True, slots=True)
class OldReport:
    file: str
    lines: tuple[Line, ...]

    def raw(self, text: Plain) -> str:
        """What is printed there, lines that go on joined."""
        parts: list[str] = []
        at = 0
        while at < len(text.at):
            number = text.at[at][0]
            last = at
            while last + 1 < len(text.at) and text.at[last + 1][0] == number:
                last += 1
            parts.append(self.lines[number - 1].raw[text.at[at][1] : text.at[last][1] + 1])
            at = last + 1
        return "".join(parts)

    def where(self, text: Plain) -> str:
        return self.lines[text.at[0][0] - 1].where if text.at else ""


def read_report(name: str, data: bytes) -> OldReport:
    """Raises `ValueError` for what is no Word file, `RefusedError` or `BrokenError` for a damaged PDF."""
    if kind_of(data) == "pdf":
        return OldReport(name, tuple(_of_pdf(data)))
    return OldReport(name, tuple(_of_word(data)))


def _of_word(data: bytes) -> list[Line]:
    lines: list[Line] = []
    for block in read_word(data).blocks:
        if isinstance(block, Paragraph):
            for text in block.text.split("\n"):
                if text.strip():
                    flat = bool(_CELLS.search(text)) and not _ENTRY_OF_CONTENTS.search(text)
                    is_entry = bool(_ENTRY_OF_CONTENTS.search(text))
                    lines.append(Line(len(lines) + 1, text, f"第{block.number}段", flat, is_entry))
        elif isinstance(block, Table):
            for row, cells in enumerate(block.grid, 1):
                kept = dict.fromkeys((cell.row, cell.column, cell.text) for cell in cells if cell is not None)
                words = "\t".join(text.replace("\n", "") for at, _, text in kept if at == row - 1)
                if words.strip():
                    lines.append(Line(len(lines) + 1, words, f"第{block.number}张表第{row}行", True))
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        if before.table and after.table and not line.table and _IN_A_CELL.search(line.raw):
            lines[line.number - 1] = replace(line, table=True)
    return _without_contents(lines)


def _of_pdf(data: bytes) -> list[Line]:
    pages = [lines_and_rows(page) for page in printed_pages(data)]
    edges = Counter(_undated(line.text) for page in pages for line in page[:1] + page[-1:])
    usual = max(2, len(pages) // 2)
    lines: list[Line] = []
    for number, page in enumerate(pages, 1):
        left = min((line.left for line in page if not line.table), default=0.0)
        for at, line in enumerate(page):
            if at in (0, len(page) - 1) and (
                _PAGE_NUMBER.fullmatch(line.text.strip()) or edges[_undated(line.text)] > usual
            ):
                continue
            within = f"第{line.table}张表" if line.table else ""
            entry = not line.table and _ENTRY_OF_CONTENTS.search(line.text) is not None
            begins = None if line.table else line.left - left > _INDENT
            where = f"第{number}页{within}第{line.number}行"
            lines.append(Line(len(lines) + 1, line.text, where, bool(line.table), entry, begins))
    return _without_contents(lines)


def _undated(text: str) -> str:
    """A header or footer without the number of its page."""
    return re.sub(r"\d", "", text)


def _without_contents(lines: Sequence[Line]) -> list[Line]:
    """The short lines below «目录», up to where they begin to repeat, are its entries; those with page numbers are told
    by them."""
    start = next((at for at, line in enumerate(lines) if line.plain.text == "目录"), -1)
    if start < 0 or sum(line.contents for line in lines) > 2:
        return list(lines)
    seen: set[str] = set()
    for at in range(start + 1, len(lines)):
        words = lines[at].plain.text
        if words in seen:
            return [replace(one, contents=start <= number < at) for number, one in enumerate(lines)]
        if len(words) > _LONGEST_ENTRY:
            break
        seen.add(words)
    return list(lines)


_GOES_ON = re.compile(r"[^。；：！？”）.;:!?)…]$")
_SHORT, _LONGEST_ENTRY = 22, 50


def paragraphs(lines: Sequence[Line], starts: set[int]) -> list[tuple[Plain, tuple[Line, ...]]]:
    """Lines that break off in a sentence are put together with the next. `starts`: lines that begin something new; what
    stands above a table does so, too."""
    found: list[tuple[Plain, tuple[Line, ...]]] = []
    captions = {one.number for one, other in pairwise(lines) if other.table and one.begins is None}
    for line in lines:
        text = line.plain
        if found and not line.table and line.number not in captions and _goes_on(found[-1], line, starts):
            before, parts = found[-1]
            found[-1] = (before + text, (*parts, line))
            continue
        found.append((text, (line,)))
    return found


def _goes_on(paragraph: tuple[Plain, tuple[Line, ...]], line: Line, starts: set[int]) -> bool:
    before, parts = paragraph
    if parts[-1].table or (parts[-1].number != line.number - 1 and line.begins is None):
        return False
    if line.begins is not None:
        return not line.begins
    if line.number in starts or numbering(line.plain.text):
        return False
    return len(parts[-1].plain.text) >= _SHORT and _GOES_ON.search(before.text) is not None
