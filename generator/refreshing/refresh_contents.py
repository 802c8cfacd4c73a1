"""目录 of an edited file: the headings that stand in it now, a person's own among them."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.refreshing.refresh_words import Renewal
from generator.word_file.align import likeness
from generator.word_file.blocks import Block, blocks_of
from generator.word_file.field_codes import field_char, until_separate
from generator.word_file.marked_file import Marked
from generator.word_file.paragraph import OBJECT, Element, Marker, replace, text_of, w
from generator.word_file.section_ends import end_section, section_of

_OURS = re.compile(r"_Toc9\d{7}")
_OWN = 91_000_000
"""Bookmarks of headings that a person wrote are counted from here."""
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class ContentsLine:
    level: int
    text: str
    bookmark: str
    page: str


def refresh_contents(work: Renewal, contents: Sequence[Block], new_blocks: Sequence[Block]) -> None:
    """Mark the headings, then renew the lines: page numbers alone where nothing else differs."""
    names = {mark: name for block in new_blocks for mark in block.marks if (name := _bookmark(block.element))}
    deepest = max((block.level for block in new_blocks if _bookmark(block.element)), default=0)
    pages = {line.bookmark: line.page for line in map(_line, (b.element for b in new_blocks if b.toc)) if line}
    marker = Marker(work.edited.parts.tree(work.edited.parts.document))
    lines: list[ContentsLine] = []
    page, own = "1", 0
    for block in blocks_of(work.edited):
        if block.kind != "p" or block.toc or block.level > deepest:
            continue
        mark = next((one for one in block.marks if one in names), "")
        text = text_of(block.element).replace("\n", "").replace(OBJECT, "").strip()
        if not mark and (not text or any(one[0] == "p" for one in block.marks)):
            continue
        if not mark:
            own += 1
        bookmark = names[mark] if mark else f"_Toc{_OWN + own}"
        page = pages.get(bookmark, page)
        marker.around(block.element, block.element, bookmark)
        lines.append(ContentsLine(block.level, text, bookmark, page))
    if not contents or not lines:
        return
    present = [_line(block.element) for block in contents]
    if [(one.text, one.bookmark) for one in present if one] == [(one.text, one.bookmark) for one in lines]:
        for block, one in zip([b for b in contents if _line(b.element)], lines, strict=True):
            _set_page(block.element, one.page)
        return
    _rewrite(work, [block.element for block in contents], lines, [b.element for b in new_blocks if b.toc])


def listed_headings(file: Marked) -> dict[str, tuple[str, int]]:
    """What 目录 lists: bookmark of the heading → its words and the page that stands there."""
    lines = (_line(block.element) for block in blocks_of(file) if block.toc)
    return {one.bookmark: (one.text, int(one.page)) for one in lines if one and one.bookmark and one.page.isdecimal()}


def set_page_numbers(file: Marked, pages: Mapping[str, int]) -> bytes:
    """The file with these numbers in 目录; `pages`: bookmark of a heading → page."""
    for block in blocks_of(file):
        one = _line(block.element) if block.toc else None
        if one is not None and one.bookmark in pages:
            _set_page(block.element, str(pages[one.bookmark]))
    return file.parts.save()


def _bookmark(heading: Element) -> str:
    found = (str(one.get(w("name"))) for one in heading.iter(w("bookmarkStart")))
    return next((name for name in found if _OURS.fullmatch(name)), "")


def _line(paragraph: Element) -> ContentsLine | None:
    """A line of 目录 as it stands; None for one without words."""
    text, tab, page = text_of(paragraph).rpartition("\t")
    link = next(paragraph.iter(w("hyperlink")), None)
    if not tab:
        return None
    return ContentsLine(0, text.strip(), "" if link is None else str(link.get(w("anchor"), "")), page.strip())


def is_entry(paragraph: Element) -> bool:
    """Whether this is a line of 目录, rather than what a person has put between the lines."""
    one = _line(paragraph)
    return one is not None and (bool(one.bookmark) or one.page.isdecimal())


def _set_page(paragraph: Element, page: str) -> None:
    text = text_of(paragraph)
    start = text.rfind("\t") + 1
    if text[start:].strip() != page:
        replace(paragraph, start, len(text), page)


# -- writing anew -----------------------------------------------------------------------------------------------------
def _rewrite(work: Renewal, old: list[Element], lines: list[ContentsLine], source: list[Element]) -> None:
    patterns = {one.bookmark: element for element in source if (one := _line(element))}
    opening = [copy.deepcopy(run) for run in until_separate(source[0])]
    closing = copy.deepcopy(next(run for run in reversed(source[-1]) if field_char(run) == "end"))
    made: list[Element] = []
    for line in lines:
        pattern = patterns.get(line.bookmark)
        if pattern is None:
            alike = [one for one in lines if one.level == line.level and one.bookmark in patterns]
            pattern = patterns[alike[0].bookmark] if alike else next(iter(patterns.values()))
        paragraph = work.transplant.element(pattern)
        for run in [run for run in paragraph if run.tag == w("r")]:
            paragraph.remove(run)
        _fill(paragraph, line)
        made.append(paragraph)
    kept = [one for one in old if _typed_by_hand(one, lines, source)]
    for offset, run in enumerate(opening):
        properties = made[0].find(w("pPr"))
        made[0].insert((0 if properties is None else 1) + offset, run)
    made[-1].append(closing)
    section = section_of(old[-1])
    first = old[0]
    for one in made:
        first.addprevious(one)
    last = made[-1]
    for one in kept:  # a person's own line between the entries: behind them, it is not the field's
        for run in [run for run in one if run.tag == w("r") and field_char(run)]:
            one.remove(run)
        last.addnext(one)
        last = one
    if section is not None:
        end_section(last, section)
    for one in old:
        if not any(one is other for other in kept):
            one.getparent().remove(one)


def _fill(paragraph: Element, line: ContentsLine) -> None:
    """The words, link and page number of an entry."""
    for link in paragraph.iter(w("hyperlink")):
        link.set(w("anchor"), line.bookmark)
    for code in paragraph.iter(w("instrText")):
        code.text = re.sub(r"_Toc\d+", line.bookmark, code.text or "")
    text = text_of(paragraph)
    tab = text.rfind("\t")
    _set_page(paragraph, line.page)
    if text[:tab] != line.text:
        replace(paragraph, 0, tab, line.text)


def _typed_by_hand(paragraph: Element, lines: list[ContentsLine], source: list[Element]) -> bool:
    text = text_of(paragraph).rpartition("\t")[0].strip() or text_of(paragraph).strip()
    if not text:
        return False
    known = [line.text for line in lines] + [one.text for one in map(_line, source) if one]
    return text not in known and not any(likeness(text, one) >= _ALIKE for one in known)
