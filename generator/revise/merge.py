"""Three versions of one paragraph into one: generated before, edited by a person, generated now.

What the person wrote stays; what changed between the two generated texts is put into it piece by piece. A figure is
renewed wherever the person left it as it was. Where both changed the same words, the person's stay and a `Clash` says
what is new.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from generator.revise.align import PARAGRAPH_END, Change, Token, changes, pairs

CONFLICT, OVERTYPED = "conflict", "overtyped"


@dataclass(frozen=True, slots=True)
class Edit:
    """Tokens `start` to `end` of the person's text give way to `tokens`, whose marks are the new version's."""

    start: int
    end: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """Tokens `start` to `end` of the person's text were left as they are. `old` and `new`: the generated words."""

    kind: str
    start: int
    end: int
    old: str
    new: str


@dataclass(slots=True)
class Merged:
    """`marks`: token of the person's text → the new version's mark of the figure that it still shows."""

    edits: list[Edit] = field(default_factory=list)
    marks: dict[int, str] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)


Form = Callable[[Token], Token | None]
"""The new print of a figure that a person has put elsewhere; None when the new version does not print it."""


def merge(base: Sequence[Token], theirs: Sequence[Token], ours: Sequence[Token], form: Form) -> Merged:
    return _Merge(base, theirs, ours, form).merge()


def renew(theirs: Sequence[Token], form: Form) -> Merged:
    """A person's own text: only the marked figures in it are renewed."""
    merged = Merged()
    for index, token in enumerate(theirs):
        if token.mark:
            _renew(merged, index, token, form)
    return merged


def _renew(merged: Merged, index: int, token: Token, form: Form) -> None:
    new = form(token)
    if new is None:
        return
    if new.text == token.text:
        merged.marks[index] = new.mark
    else:
        merged.edits.append(Edit(index, index + 1, (new,)))


class _Merge:
    def __init__(self, base: Sequence[Token], theirs: Sequence[Token], ours: Sequence[Token], form: Form) -> None:
        self.base, self.theirs, self.ours, self.form = base, theirs, ours, form
        self.to_theirs = dict(pairs(base, theirs))
        self.to_ours = dict(pairs(base, ours))
        self.retyped = self._retyped()
        self.handled: set[int] = set()
        self.merged = Merged()

    def merge(self) -> Merged:
        found = changes(self.base, self.ours)
        changed = {i for change in found for i in range(change.i1, change.i2)}
        for index, token in enumerate(self.base):
            if token.mark and index not in changed and index in self.to_ours:
                self._standing_figure(index, self.ours[self.to_ours[index]])
        for change in found:
            self._change(change)
        for index, token in enumerate(self.theirs):
            if token.mark and index not in self.handled:
                _renew(self.merged, index, token, self.form)
        self.merged.edits.sort(key=lambda edit: (edit.start, edit.end))
        return self.merged

    # -- figures
    def _retyped(self) -> dict[int, int]:
        """Figures that lost their mark because a person typed over them: the number that stands there now."""
        taken = set(self.to_theirs.values())
        found: dict[int, int] = {}
        gap: list[int] = []
        last = 0
        for index in range(len(self.base) + 1):
            here = self.to_theirs.get(index) if index < len(self.base) else len(self.theirs)
            if here is None:
                gap += [index] if self.base[index].mark else []
                continue
            numbers = [t for t in range(last, here) if t not in taken and _is_number(self.theirs[t])]
            if gap and len(gap) == len(numbers):
                found.update(zip(gap, numbers, strict=True))
            gap, last = [], here + 1
        return found

    def _standing_figure(self, index: int, new: Token) -> None:
        """A figure that is printed now as before."""
        at = self.to_theirs.get(index, self.retyped.get(index))
        if at is None:
            return
        self.handled.add(at)
        shown = self.theirs[at].text
        if shown == new.text:
            self.merged.marks[at] = new.mark
        else:
            self._clash(OVERTYPED, at, at + 1, self.base[index].text, new.text)

    def _changed_figure(self, index: int, new: Token) -> None:
        at = self.to_theirs.get(index, self.retyped.get(index))
        if at is None:
            return
        self.handled.add(at)
        old, shown = self.base[index].text, self.theirs[at].text
        if shown == new.text:
            self.merged.marks[at] = new.mark
        elif shown == old:
            self.merged.edits.append(Edit(at, at + 1, (new,)))
        else:
            self._clash(OVERTYPED, at, at + 1, old, new.text)

    # -- words
    def _change(self, change: Change) -> None:
        new = tuple(self.ours[change.j1 : change.j2])
        if change.i2 == change.i1 + 1 and len(new) == 1 and self.base[change.i1].key == new[0].key and new[0].mark:
            self._changed_figure(change.i1, new[0])
            return
        span = self._span(change)
        if span is not None:
            start, end = span
            if any(token.text == PARAGRAPH_END for token in (*self.theirs[start:end], *new)):
                self._clash(CONFLICT, start, end, _words(self.base[change.i1 : change.i2]), _words(new))
                return
            self.handled |= set(range(start, end))
            self.merged.edits.append(Edit(start, end, new))
            return
        start, end = self._gap(change.i1, change.i2)
        if _words(self.theirs[start:end]) == _words(new):
            self._adopt(start, end, new)  # the person has made the same correction already
        elif change.i1 < change.i2 and not self._left_of(change, start, end):
            return  # the person took out all of it: there is nothing to renew
        else:
            self._clash(CONFLICT, start, end, _words(self.base[change.i1 : change.i2]), _words(new))

    def _span(self, change: Change) -> tuple[int, int] | None:
        """Where the old words stand in the person's text, untouched and together."""
        if change.i1 == change.i2:
            before, after = self.to_theirs.get(change.i1 - 1), self.to_theirs.get(change.i1)
            if change.i1 == 0 and after is not None:
                return (after, after)
            if before is not None:
                return (before + 1, before + 1)
            return (after, after) if after is not None else None
        places = [self.to_theirs.get(index) for index in range(change.i1, change.i2)]
        first = places[0]
        if first is None or any(place != first + offset for offset, place in enumerate(places)):
            return None
        if any(self.base[i].text != self.theirs[first + i - change.i1].text for i in range(change.i1, change.i2)):
            return None
        return (first, first + len(places))

    def _gap(self, i1: int, i2: int) -> tuple[int, int]:
        """The person's tokens between the nearest ones that are surely outside the change."""
        before = next((self.to_theirs[i] for i in range(i1 - 1, -1, -1) if i in self.to_theirs), -1)
        after = next((self.to_theirs[i] for i in range(i2, len(self.base)) if i in self.to_theirs), len(self.theirs))
        return before + 1, max(after, before + 1)

    def _left_of(self, change: Change, start: int, end: int) -> bool:
        """Whether something of the old words, or something in their place, still stands."""
        kept = any(i in self.to_theirs for i in range(change.i1, change.i2))
        return kept or any(token.text.strip() for token in self.theirs[start:end])

    def _adopt(self, start: int, end: int, new: Sequence[Token]) -> None:
        """The same words as ours stand there, perhaps cut into other tokens."""
        shown = self.theirs[start:end]
        if [token.text for token in shown] == [token.text for token in new]:
            self.merged.marks.update({start + n: token.mark for n, token in enumerate(new) if token.mark})
        self.handled |= set(range(start, end))

    def _clash(self, kind: str, start: int, end: int, old: str, new: str) -> None:
        self.merged.clashes.append(Clash(kind, start, end, old, new))


def _is_number(token: Token) -> bool:
    return not token.mark and token.text[:1].isdigit()


def _words(tokens: Sequence[Token]) -> str:
    return "".join(token.text for token in tokens)
