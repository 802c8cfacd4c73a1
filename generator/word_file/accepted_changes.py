"""A tree as it reads once every tracked change in it is accepted.

People send files on with their changes still open; what they struck out is no longer said, what they added is.
"""

from __future__ import annotations

from generator.word_file.paragraph import Element, w
from generator.word_file.section_ends import section_of

_MARKUP = tuple(w(n) for n in ("ins", "del", "moveFrom", "moveTo"))
_RECORDS = tuple(
    w(n)
    for n in (
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "trPrChange", "tcPrChange"),
        *("tblGridChange", "numberingChange", "cellIns", "cellMerge"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    )
)
_KEEPS_A_PARAGRAPH = (w("tc"), w("txbxContent"))


def accept_changes(body: Element) -> None:
    """Change `body` in place. A paragraph whose end was struck out runs on into the next, in the look of the next."""
    for one in list(body.iter(*_RECORDS)):
        one.getparent().remove(one)
    for row in [cell.getparent() for cell in body.iter(w("trPr"))]:
        if row.find(f"{w('trPr')}/{w('del')}") is not None:
            _drop(row)
    for cell in [one.getparent().getparent() for one in body.iter(w("cellDel"))]:
        _drop(cell)
    ended = [
        paragraph
        for paragraph in body.iter(w("p"))
        if any(paragraph.find(f"{w('pPr')}/{w('rPr')}/{name}") is not None for name in (w("del"), w("moveFrom")))
    ]
    for one in list(body.iter(*_MARKUP)):
        if one.getparent() is None:
            continue
        if one.getparent().tag in (w("rPr"), w("trPr")) or one.tag in (w("del"), w("moveFrom")):
            _without(one)
        else:
            _unwrap(one)
    for paragraph in ended:
        _run_on(paragraph)


def _drop(element: Element) -> None:
    """A row or cell, and the table that has none left."""
    around = element.getparent()
    if around is None:
        return
    around.remove(element)
    if around.tag == w("tbl") and around.find(w("tr")) is None and around.getparent() is not None:
        around.getparent().remove(around)


def _without(element: Element) -> None:
    element.getparent().remove(element)


def _unwrap(element: Element) -> None:
    around = element.getparent()
    at = around.index(element)
    for child in reversed(list(element)):
        around.insert(at, child)
    around.remove(element)


def _run_on(paragraph: Element) -> None:
    around = paragraph.getparent()
    if around is None or section_of(paragraph) is not None:
        return
    content = [child for child in paragraph if child.tag != w("pPr")]
    following = next((one for one in paragraph.itersiblings() if one.tag in (w("p"), w("tbl"), w("sectPr"))), None)
    if following is None or following.tag != w("p"):
        if not any(child.tag == w("r") for child in content) and (
            following is not None or around.tag not in _KEEPS_A_PARAGRAPH
        ):
            around.remove(paragraph)
        return
    at = 0 if following.find(w("pPr")) is None else 1
    for child in reversed(content):
        following.insert(at, child)
    around.remove(paragraph)
