"""The other's sentences put into a paragraph of the first's, in the runs that hold them."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator

from generator.joining.sentences import Taken
from generator.joining.sides import Joining
from generator.word_file.paragraph import Element, atoms, cut_before, runs, w


def take_sentences(work: Joining, mine: Element, theirs: Element, taken: list[Taken]) -> list[Taken]:
    """Put them in; those come back for which there is no place, inside a link or a tracked change."""
    left: list[Taken] = []
    for one in sorted(taken, key=lambda each: (each.start, each.end, each.other_start), reverse=True):
        piece = _piece(work, theirs, one.other_start, one.other_end)
        cut_before(mine, one.end)
        cut_before(mine, one.start)
        present = atoms(mine)
        gone = list(dict.fromkeys(atom.run for atom in present[one.start : one.end]))
        place = _place(mine, present[one.start].run if one.start < len(present) else None)
        if place is None:
            left.append(one)
            continue
        for new in piece:
            place.addprevious(new)
        for run in gone:
            run.getparent().remove(run)
        if place.tag == w("proofErr"):
            mine.remove(place)
        work.taken += 1
    return left


def _place(paragraph: Element, before: Element | None) -> Element | None:
    """A child of the paragraph before which new runs go; None where that is inside another element."""
    if before is None:
        made = paragraph.makeelement(w("proofErr"), nsmap=None)
        paragraph.append(made)
        return made
    child = before
    while child.getparent() is not paragraph:
        child = child.getparent()
    return child if next(_runs_in(child), None) is before else None


def _runs_in(child: Element) -> Iterator[Element]:
    return iter((child,)) if child.tag == w("r") else runs(child)


def _piece(work: Joining, theirs: Element, start: int, end: int) -> list[Element]:
    """The children of a copy of `theirs` that hold these characters, fit for the first's file."""
    made = copy.deepcopy(theirs)
    cut_before(made, end)
    cut_before(made, start)
    sizes = Counter(atom.run for atom in atoms(made))
    position = 0
    for run in list(runs(made)):
        size = sizes[run]
        inside = position >= start and position + size <= end if size else start < position <= end
        position += size
        if not inside:
            run.getparent().remove(run)
    return [child for child in work.carrier.bring(made) if child.tag != w("pPr")]
