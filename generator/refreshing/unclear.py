"""Tables and rows of which nobody can say which generated table's they are: left as they are, and asked about."""

from __future__ import annotations

from collections.abc import Sequence

from generator.refreshing.refresh_words import TABLE, RefreshRemark, Renewal
from generator.refreshing.standing_tables import Unclear
from generator.word_file.blocks import Block
from generator.word_file.marked_file import Marked
from generator.word_file.paragraph import Element, atoms, w

_SAID = "更正前有几张表这里读来一样，更正后不同，{}分不清，没有更新，请对照新生成的报告核对。"
_OF_TABLE = _SAID.format("这张表是哪一张")
_OF_ROW = _SAID.format("这一行是哪一张的")


def tell_unclear(work: Renewal, one: Unclear, blocks: Sequence[Block]) -> None:
    trail = blocks[one.part.block].trail
    paragraphs = [paragraph for row in one.part.rows for cell in row.cells for paragraph in cell.paragraphs]
    for paragraph in paragraphs:
        work.own(paragraph, trail, tell=False)
    words = one.part.rows[0].text().replace("\t", " ").strip() if one.part.rows else ""
    work.remarks.append(RefreshRemark(TABLE, trail, theirs=words))
    if paragraphs:
        said = _OF_TABLE if one.whole else _OF_ROW
        work.comments.add(paragraphs[0], 0, len(atoms(paragraphs[0])), said)


def asked_before(file: Marked, blocks: Sequence[Block]) -> dict[Element, bool]:
    """Rows in which such a comment stands, and whether it is of the whole table: until a person has answered and
    deleted it, what the new figures happen to read like tells nothing."""
    name = file.parts.related(file.parts.document, "comments")
    said = (
        {str(one.get(w("id"))): "".join(map(str, one.itertext())).strip() for one in file.parts.look(name)}
        if name
        else {}
    )
    ids = {number: text == _OF_TABLE for number, text in said.items() if text in (_OF_TABLE, _OF_ROW)}
    found: dict[Element, bool] = {}
    for block in blocks if ids else ():
        for row in block.rows() if block.kind == "t" else ():
            for reference in row.element.iter(w("commentReference")):
                if str(reference.get(w("id"))) in ids:
                    found[row.element] = ids[str(reference.get(w("id")))]
    return found
