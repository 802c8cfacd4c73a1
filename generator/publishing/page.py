"""The web page of a Word file that people may have edited: its own words, or no page at all."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree
from lxml import html as lxml_html

from generator.document.nodes import Block, Document, Meta
from generator.word.look import Look
from generator.word.parts import Parts
from generator.word_file.blocks import blocks_of
from generator.word_file.marked_file import Marked
from generator.word_file.paragraph import Element, w
from generator.writers.html import write_html

_SPACE = re.compile(r"\s+")
_NOT_WORDS = ("svg", "ul")
"""What charts say, and the lines of 目录."""


def page_of(file: Marked, blocks: Iterable[Block], look: Look, meta: Meta) -> bytes | None:
    """The HTML of `blocks`, which were read from `file`; None when it does not say what the file says.

    The words of both are read once more and held against each other, for whatever nobody thought of.
    """
    page = write_html(Document(meta, tuple(blocks)), look)
    return page if _words_of_page(page) == words_of_word(file) else None


def words_of_word(file: Marked) -> str:
    """Everything that is printed in the body, without white space, 目录 and what charts print."""
    pieces = []
    for block in blocks_of(file):
        if not block.toc:
            pieces += [_printed(one) for one in block.element.iter(w("t"), w("noBreakHyphen"))]
    return _SPACE.sub("", "".join(pieces))


def _printed(element: Element) -> str:
    return (element.text or "") if element.tag == w("t") else "-"


def _words_of_page(page: bytes) -> str:
    body = lxml_html.fromstring(page.decode()).find("body")
    if body is None:
        return ""
    etree.strip_elements(body, *_NOT_WORDS, with_tail=False)
    return _SPACE.sub("", "".join(str(one) for one in body.itertext()))


def title_of(parts: Parts) -> str:
    """The title among the file's properties."""
    name = "docProps/core.xml"
    for one in parts.look(name) if name in parts.content else ():
        if etree.QName(one).localname == "title":
            return str(one.text or "")
    return ""
