"""Two people's edited copies of one report → one Word file, and what is left for them to decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.diagnostics import Diagnostic, Outcome, finding
from generator.joining.join import Joined, join, moved, of_one_build
from generator.joining.sides import FORMAT, JoinRemark
from generator.place import Place
from generator.word_file.marked_file import Marked, open_marked

_CODES = {"conflict": "R066", "deleted": "R067", "chart": "R069", "story": "R070"}
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class EditedCopy:
    """`name`: how messages and comments call it."""

    name: str
    docx: bytes


def join_files(first: EditedCopy, other: EditedCopy, *, date: str) -> Outcome[Joined | None]:
    """One file with the edits of both. `date`: of the comments, «2021-10-26T09:00:00Z».

    R001–R006 what cannot be read; R065 the two are not copies of one generated file; R066–R070 what is to be decided.
    Where only the other has put chapters into another order, its file carries the result, so that its order stays.
    """
    opened = [open_marked(one.name, one.docx) for one in (first, other)]
    mine, theirs = (one.value for one in opened)
    if mine is None or theirs is None:
        return Outcome(None, tuple(d for one in opened for d in one.diagnostics))
    if not of_one_build(mine, theirs):
        return Outcome(None, (finding("R065", Place(first.name), first=first.name, other=other.name),))
    if moved(theirs) and not moved(mine):
        first, other, mine, theirs = other, first, theirs, mine
    made = join(mine, theirs, _again(first), (first.name, other.name), date=date)
    return Outcome(made, tuple(_told(made.remarks, first.name, other.name)))


def _again(copy: EditedCopy) -> Marked:
    opened = open_marked(copy.name, copy.docx).value
    assert opened is not None
    return opened


def _told(remarks: tuple[JoinRemark, ...], first: str, other: str) -> Iterator[Diagnostic]:
    for one in remarks:
        if one.kind != FORMAT:
            words = one.words.replace("\n", " ").replace("\u2029", " ").strip()
            said = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}……"
            where = " › ".join(one.trail) or "正文"
            yield finding(
                _CODES[one.kind], Place(first), where=where, other=other, first=first, words=said or "（删去了）"
            )
    dressed = sum(one.kind == FORMAT for one in remarks)
    if dressed:
        yield finding("R068", Place(first), count=dressed, first=first, other=other)
