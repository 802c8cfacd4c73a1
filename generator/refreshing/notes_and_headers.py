"""Figures beside the text of an edited file: in notes, headers, text boxes, tables within tables."""

from __future__ import annotations

from collections.abc import Sequence

from generator.border.xml import parsed
from generator.frames.frame import DRAFT
from generator.refreshing.refresh_words import Renewal
from generator.word_file.align import tokens
from generator.word_file.blocks import Block
from generator.word_file.draft_mark import take_off_draft_mark
from generator.word_file.paragraph import OBJECT, Element, take_off_marks, text_of, w

_PARTS = {"footnotes": "脚注", "endnotes": "尾注", "header": "页眉", "footer": "页脚"}


def beside(work: Renewal, blocks: Sequence[Block]) -> None:
    """Paragraphs that nobody has read yet: marked figures are renewed, others that are out of date reported."""
    for block in blocks:
        if block.element.getparent() is None:
            continue  # taken out
        for paragraph in block.element.iter(w("p")):
            if not block.toc and paragraph not in work.seen and text_of(paragraph).replace(OBJECT, "").strip():
                work.own(paragraph, block.trail)
            if not block.toc:
                _struck_out(work, paragraph, block.trail)
    parts = work.edited.parts
    for relation in parts.relations(parts.document):
        name, kind = relation.target, relation.kind.rpartition("/")[2]
        if kind not in _PARTS or relation.external or name not in parts.content:
            continue
        stays = not any(word in parts.content[name] for word in (b"bookmarkStart", DRAFT.encode()))
        root = parsed(parts.content[name]) if stays else parts.tree(name)  # a part that stays as it is keeps its bytes
        take_off_draft_mark(root)
        for paragraph in root.iter(w("p")):
            work.own(paragraph, (_PARTS[kind],))
        take_off_marks(root)


def _struck_out(work: Renewal, paragraph: Element, trail: tuple[str, ...]) -> None:
    """Figures deleted with tracked changes come back as they were when the change is rejected."""
    words = "".join(one.text or "" for one in paragraph.iter(w("delText")))
    if words and text_of(paragraph):
        for token in tokens([(words, "")], str):
            work.leftover(paragraph, 0, 0, token, (*trail, "修订中删去的字"))


def properties(work: Renewal) -> None:
    """The unit's new name in the file's title and author, which Word shows beside the file."""
    before, now = work.prints.unit
    name = "docProps/core.xml"
    if before and now and before != now and name in work.edited.parts.content:
        for one in work.edited.parts.tree(name):
            one.text = (one.text or "").replace(before, now)
