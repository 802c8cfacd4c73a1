"""Tables that were generated alike and have lost their marks: what stands in one of them may be another's, so that
nothing is taken over, and a comment asks."""

from __future__ import annotations

from collections.abc import Callable

from generator.joining.sides import CONFLICT, Joining, JoinRemark, Side, paragraphs
from generator.word_file.blocks import Block
from generator.word_file.paragraph import Element, text_of


def ask(work: Joining, rows_of: Callable[[str], tuple[str, ...]]) -> dict[int, Element]:
    """Asks at the first's tables. `rows_of`: a generated table's rows. Returns, of the other's tables of which nobody
    can say which they are, where they may stand in the first's."""
    places: dict[int, Element] = {}
    for number, of in work.theirs.unclear.items():
        homes = [block for mark in of if work.theirs.may_stand(mark) for block in _standing(work.mine, mark)]
        if not homes:
            continue
        places[number] = homes[0].element
        _ask(work, homes[0], homes, _written(work.theirs.blocks[number], rows_of(of[0])))
    for number, of in work.mine.unclear.items():
        block = work.mine.blocks[number]
        for mark in [one for one in of if work.mine.may_stand(one)]:
            for other in [work.theirs.blocks[one] for one in work.theirs.found.of.get(mark, ())]:
                _ask(work, block, [block], _written(other, rows_of(mark)))
    return places


def _standing(side: Side, mark: str) -> list[Block]:
    """Where the generated table stands, or may stand."""
    may = [number for number, of in side.unclear.items() if mark in of]
    return [side.blocks[number] for number in (*side.found.of.get(mark, ()), *may)]


def _written(block: Block, was: tuple[str, ...]) -> list[str]:
    """Rows that a person has written or changed."""
    return [text for row in block.rows() if (text := row.text()) not in was and text.strip()]


def _ask(work: Joining, at: Block, homes: list[Block], written: list[str]) -> None:
    present = {row.text() for block in homes for row in block.rows()}
    words = "；".join(one.replace("\t", " ").strip() for one in written if one not in present)
    if words:
        paragraph = paragraphs(at.element)[0]
        what = f"在一张表里写了：“{words}”"
        rest = "。有几张表本来读来一样，分不清是不是这一张，没有并入，请核对。"
        work.tell(paragraph, 0, len(text_of(paragraph)), work.theirs.name, what, rest)
        work.remarks.append(JoinRemark(CONFLICT, at.trail, words))
