"""What a Word file says: as it stands, with all tracked changes accepted, with all rejected.

Written from the specification, apart from the program: an end of a paragraph that goes lets the paragraph run on into
the next one; a paragraph without words whose end goes is gone.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from itertools import pairwise
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Said = list[Any]
"""Paragraphs as text, tables as lists of rows, rows as lists of cells, cells as lists of paragraphs."""


def body_of(docx: bytes) -> Any:
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        return etree.fromstring(archive.read("word/document.xml")).find(f"{W}body")


def said(docx: bytes, changes: str = "accept") -> Said:
    """`changes`: accept or reject."""
    return flow(body_of(docx), changes)


def flow(container: Any, changes: str) -> Said:
    gone = f"{W}del" if changes == "accept" else f"{W}ins"
    found: Said = []
    open_words = ""
    runs_on = False
    for child in _looked_through(container):
        if child.tag == f"{W}p":
            words = open_words + _words(child, changes)
            runs_on = child.find(f"{W}pPr/{W}rPr/{gone}") is not None
            open_words = words if runs_on else ""
            if not runs_on:
                found.append(words)
        elif child.tag == f"{W}tbl":
            assert not open_words, f"“{open_words}” runs on into a table"
            rows = [
                [flow(cell, changes) for cell in _looked_through(row) if cell.tag == f"{W}tc"]
                for row in _looked_through(child)
                if row.tag == f"{W}tr" and row.find(f"{W}trPr/{gone}") is None
            ]
            if rows:
                found.append(rows)
            runs_on = False
    assert not runs_on, f"the last paragraph, “{open_words}”, runs on into nothing"
    return found


def _looked_through(container: Any) -> Any:
    for child in container:
        if child.tag in (f"{W}sdt", f"{W}sdtContent"):
            yield from _looked_through(child)
        else:
            yield child


def _words(element: Any, changes: str) -> str:
    gone, kept = (f"{W}del", f"{W}delText") if changes == "accept" else (f"{W}ins", "")
    out = []
    for child in element:
        if child.tag in (gone, kept, f"{W}pPr"):
            continue
        if child.tag in (f"{W}t", f"{W}delText"):
            out.append(child.text or "")
        elif child.tag == f"{W}br":
            out.append("" if child.get(f"{W}type") == "page" else "\n")
        elif child.tag == f"{W}tab":
            out.append("\t")
        elif child.tag == f"{W}drawing":
            out.append("\ufffc")
        else:
            out.append(_words(child, changes))
    return "".join(out)


def tables_touch(docx: bytes) -> bool:
    children = [c.tag for c in body_of(docx) if c.tag in (f"{W}p", f"{W}tbl")]
    return any(a == b == f"{W}tbl" for a, b in pairwise(children))


def changed_words(docx: bytes) -> list[tuple[str, str, str, str]]:
    """(before, struck out or added, after, «ins» or «del») of every tracked piece; before and after are what its own
    version says beside it."""
    found = []
    for paragraph in body_of(docx).iter(f"{W}p"):
        for name, changes in (("ins", "accept"), ("del", "reject")):
            for piece in paragraph.iter(f"{W}{name}"):
                if piece.getparent().tag == f"{W}rPr":
                    continue
                whole = _words(paragraph, changes)
                before = _before(paragraph, piece, changes)
                words = _words(piece, changes)
                assert whole[len(before) :].startswith(words)
                found.append((before, words, whole[len(before) + len(words) :], name))
    return found


def _before(paragraph: Any, piece: Any, changes: str) -> str:
    copy = etree.fromstring(etree.tostring(paragraph))
    twin = list(copy.iter(piece.tag))[list(paragraph.iter(piece.tag)).index(piece)]
    here = twin
    while here is not copy:
        around = here.getparent()
        for later in list(here.itersiblings()):
            around.remove(later)
        if here is twin:
            around.remove(here)
        here = around
    return _words(copy, changes)
