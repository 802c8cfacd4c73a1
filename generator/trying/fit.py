"""What of a finished document does not fit its pages or repeats itself, seen without LibreOffice.

Each finding is told at the line of the pack that prints it (`PackLines`). What depends on the sample alone (a long list
that happens to end on a new page) is no fault of the pack and stays out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from generator.diagnostics import Diagnostic, finding
from generator.document.nodes import (
    Block,
    Contents,
    Document,
    Figure,
    Heading,
    Inlines,
    PageBreak,
    Paragraph,
    Row,
    Run,
    SectionStart,
    Table,
)
from generator.place import Place
from generator.trying.pack_lines import PackLines
from generator.word.look import Look, twips
from generator.writers.line_counter import Laid, laid_out
from generator.writers.sections import sections

_TYPED_NUMBER = re.compile(
    r"(第[一二三四五六七八九十]+(?:部分|章|节)|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．、]|（\d+）)"
)
_CHINESE = "一二三四五六七八九十"
_NO_NAME = re.compile(r"[^\u4e00-\u9fffA-Za-z]|^(附表|附件|表)[一二三四五六七八九十]*")
_SHORTEST_TITLE = 3
_ALLOWED = 1.1
"""A table somewhat wider than the text is made to fit and nobody sees it."""


def unfitting(document: Document, look: Look, lines: PackLines) -> Iterator[Diagnostic]:
    """T167–T173 of one document; a spilled row is another matter (`spilled`)."""
    yield from _headings(document.blocks, lines)
    yield from _titles(document.blocks, lines)
    yield from _cover(document, look, lines)
    yield from _wide_tables(document, look, lines)


# -- headings ---------------------------------------------------------------------------------------------------------
def _headings(blocks: Sequence[Block], lines: PackLines) -> Iterator[Diagnostic]:
    above: list[Heading] = []
    seen: set[tuple[int, str]] = set()
    typed: dict[tuple[int, str], int] = {}
    printed: Counter[str] = Counter()
    for position, block in enumerate(blocks):
        if not isinstance(block, Heading):
            continue
        words = _words(block.content)
        place = lines.of_heading(words, printed[words])
        printed[words] += 1
        above = [one for one in above if one.level < block.level]
        parent = id(above[-1]) if above else 0
        above.append(block)
        if words and (parent, words) in seen and len(list(lines.headings(words))) > 1:  # one line may be in a loop
            yield finding("T172", place, title=words)
        seen.add((parent, words))
        yield from _typed_number(block, words, place, parent, typed)
        if _is_empty(blocks, position):
            yield finding("T167", place, title=f"{block.number}{words}".strip())


def _typed_number(
    block: Heading, words: str, place: Place, parent: int, typed: dict[tuple[int, str], int]
) -> Iterator[Diagnostic]:
    """A number in the words beside the program's own, or one that does not follow the one before."""
    match = _TYPED_NUMBER.match(words)
    if match is None:
        return
    if block.number:
        yield finding("T173", place, title=f"{block.number}{words}".strip(), typed=match[0])
        return
    shape, number = re.sub(rf"[{_CHINESE}\d]+", "#", match[0]), _counted(match[0])
    before = typed.get((parent, shape), 0)
    if number != before + 1:
        yield finding("T171", place, title=words, wanted=before + 1)
    typed[parent, shape] = number


def _counted(number: str) -> int:
    """«（十二）» → 12."""
    digits = re.sub(r"\D", "", number)
    if digits:
        return int(digits)
    signs = re.sub(rf"[^{_CHINESE}]", "", number)
    tens, found, ones = signs.rpartition("十")
    ten = 10 * (_CHINESE.index(tens) + 1 if tens in _CHINESE and tens else 1) if found else 0
    return ten + (_CHINESE.index(ones) + 1 if ones else 0)


def _is_empty(blocks: Sequence[Block], position: int) -> bool:
    """Nothing stands under the heading: another of its level or above follows, or the end."""
    own = blocks[position]
    assert isinstance(own, Heading)
    rest = (block for block in blocks[position + 1 :] if not isinstance(block, PageBreak | SectionStart))
    following = next(rest, None)
    return following is None or (isinstance(following, Heading) and following.level <= own.level)


# -- titles that say the same twice -----------------------------------------------------------------------------------
def _titles(blocks: Sequence[Block], lines: PackLines) -> Iterator[Diagnostic]:
    before = ""
    for block in blocks:
        if isinstance(block, Table):
            title = _words(block.title)
            first = _banner(block)
            if _same(title, before):
                yield finding("T169", lines.of_table(block.name), title=title, before=before)
            elif first and (_same(first, title) or _same(first, before)):
                yield finding("T169", lines.of_table(block.name), title=first, before=title or before)
            before = ""
        elif isinstance(block, Heading | Paragraph):
            words = _words(block.content)
            if isinstance(block, Heading) and _same(words, before):
                yield finding("T169", lines.of_heading(words), title=words, before=before)
            before = words
        elif not isinstance(block, PageBreak):
            before = ""


def _banner(table: Table) -> str:
    """The words of a first row that is one cell from edge to edge."""
    rows: tuple[Row, ...] = table.head or table.body
    if not rows or len(table.columns) < 2 or rows[0].spans.get(0, (1, 1))[1] < len(table.columns):
        return ""
    cell = rows[0].cells[0]
    return _words(cell) if isinstance(cell, tuple) else cell if isinstance(cell, str) else ""


def _same(title: str, other: str) -> bool:
    one, two = (_NO_NAME.sub("", re.sub(r"^\s*" + _TYPED_NUMBER.pattern, "", words)) for words in (title, other))
    return len(one) >= _SHORTEST_TITLE and one == two


# -- pages ------------------------------------------------------------------------------------------------------------
def _cover(document: Document, look: Look, lines: PackLines) -> Iterator[Diagnostic]:
    """T170: what stands before the first heading and ends with a page of its own takes more than one."""
    cover: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            cover.append(block)
        elif cover or not isinstance(block, SectionStart):
            if not isinstance(block, SectionStart | PageBreak | Contents):
                return
            break
    laid = [one for one in laid_out(document, look)[: len(cover)] if one.last > 1]
    if laid:
        words = _words(laid[0].block.content) if isinstance(laid[0].block, Paragraph) else ""
        yield finding("T170", lines.first_chapter(), words=words or "……", pages=laid[-1].last)


def _wide_tables(document: Document, look: Look, lines: PackLines) -> Iterator[Diagnostic]:
    """T168."""
    for section in sections(document.blocks):
        room = (look.landscape if section.landscape else look.portrait).text_width
        for placed in section.blocks:
            if isinstance(placed.block, Table):
                width = sum(twips(column.width) for column in placed.block.columns)
                if width > room * _ALLOWED:
                    yield finding(
                        "T168",
                        lines.of_table(placed.block.name),
                        name=placed.block.name,
                        width=f"{_millimetres(width):g}",
                        room=f"{_millimetres(room):g}",
                        percent=room * 100 // width,
                    )


def _millimetres(width: int) -> float:
    return round(width / 1440 * 25.4, 1)


def tables(document: Document, look: Look) -> tuple[Laid, ...]:
    """Where each table lies."""
    return tuple(one for one in laid_out(document, look) if isinstance(one.block, Table))


def spills(laid: Laid) -> bool:
    """A single row stands alone on the last page."""
    return laid.last > laid.first and laid.rows > 1 and laid.rows_on_last == 1


def _words(content: Inlines) -> str:
    return "".join(item.text for item in content if isinstance(item, Run | Figure)).strip()
