"""Three versions of one paragraph into one: generated before, edited by a person, generated now.

What the person wrote stays; what changed between the two generated texts is put into it piece by piece. A figure is
renewed wherever the person left it as it was. Where both changed the same words, the person's stay and a `Clash` says
what is new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from generator.word_file.align import PARAGRAPH_END, Change, Token, changes, pairs, version_pairs

CONFLICT, OVERTYPED = "conflict", "overtyped"
_PHRASE = 4
"""So many old words make a phrase; 增加 and 减少 are no phrase, whatever stands before them."""
_SENTENCE_ENDS = ("。", "；", "！", "？", "\n", PARAGRAPH_END)


@dataclass(frozen=True, slots=True)
class Edit:
    """Tokens `start` to `end` of the person's text give way to `tokens`, whose marks are the new version's."""

    start: int
    end: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """Tokens `start` to `end` of the person's text were left as they are. `old` and `new`: the figure as it was and is
    generated, or the sentences around the words that changed."""

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
        self.to_ours = dict(version_pairs(base, ours))
        self.retyped = self._retyped()
        # A figure that has lost its mark only is where it was.
        self.to_theirs.update({i: t for i, t in self.retyped.items() if base[i].text == theirs[t].text})
        self.own = set(range(len(theirs))) - set(self.to_theirs.values()) - set(self.retyped.values())
        """What the person has written."""
        self.handled: set[int] = set()
        self.merged = Merged()

    def merge(self) -> Merged:
        done = self._same_corrections()
        same = {i for one in done for i in range(one.i1, one.i2)}
        found = changes(self.base, self.ours, [*self.to_ours.items()])
        changed = {i for change in found for i in range(change.i1, change.i2)}
        for index, token in enumerate(self.base):
            if token.mark and index not in changed and index not in same and index in self.to_ours:
                self._standing_figure(index, self.ours[self.to_ours[index]])
        for change in found:
            for part in self._not_done(change, done):
                self._change(part)
        for index, token in enumerate(self.theirs):
            if token.mark and index not in self.handled:
                _renew(self.merged, index, token, self.form)
        self.merged.edits.sort(key=lambda edit: (edit.start, edit.end))
        return self.merged

    def _same_corrections(self) -> list[Change]:
        """Where the person has written what is generated now, between two tokens that stand in all three versions: the
        marks come back, and there is nothing else to do."""
        anchors = [(i, t, self.to_ours[i]) for i, t in sorted(self.to_theirs.items()) if i in self.to_ours]
        done: list[Change] = []
        i1 = t1 = j1 = 0
        for i, t, j in [*anchors, (len(self.base), len(self.theirs), len(self.ours))]:
            shown, new = self.theirs[t1:t], self.ours[j1:j]
            if new and [token.text for token in shown] == [token.text for token in new]:
                self._adopt(t1, t, new)
                done.append(Change(i1, i, j1, j))
            i1, t1, j1 = i + 1, t + 1, j + 1
        return done

    def _not_done(self, change: Change, done: Sequence[Change]) -> Iterator[Change]:
        """The parts of a change beside those places: a lone equal word had joined them."""
        i, j = change.i1, change.j1
        for one in done:
            i1, i2 = max(one.i1, i), min(one.i2, change.i2)
            j1, j2 = max(one.j1, j), min(one.j2, change.j2)
            if i1 > i2 or j1 > j2 or (i1 == i2 and j1 == j2):
                continue
            yield from self._part(i, i1, j, j1)
            i, j = i2, j2
        yield from self._part(i, change.i2, j, change.j2)

    def _part(self, i1: int, i2: int, j1: int, j2: int) -> Iterator[Change]:
        if [t.text for t in self.base[i1:i2]] != [t.text for t in self.ours[j1:j2]]:
            yield Change(i1, i2, j1, j2)

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
        if change.i2 == change.i1 + 1 and self.to_ours.get(change.i1) == change.j1 and new[0].mark:
            self._changed_figure(change.i1, new[0])
            return
        span = self._inserted(change) if change.i1 == change.i2 else self._replaced(change, new)
        if span is not None and not _crosses(self.theirs[span[0] : span[1]], new):
            self.handled |= set(range(*span))
            self.merged.edits.append(Edit(*span, new))
            return
        start, end = self._gap(change.i1, change.i2)
        if _words(self.theirs[start:end]) == _words(new):
            self._adopt(start, end, new)  # the person has made the same correction already
        elif change.i1 == change.i2 or self._left_of(change, start, end):
            old = self._sentences(self.base, change.i1, change.i2)
            self._clash(CONFLICT, start, end, old, self._sentences(self.ours, change.j1, change.j2))

    def _inserted(self, change: Change) -> tuple[int, int] | None:
        """Where new words go: between the same two tokens, if the person has put nothing there."""
        at = change.i1
        before, after = self.to_theirs.get(at - 1), self.to_theirs.get(at)
        before = -1 if at == 0 else before
        after = len(self.theirs) if at == len(self.base) else after
        if before is not None and after is not None:
            return (after, after) if after == before + 1 else None
        if before is not None:
            return (before + 1, before + 1)
        return (after, after) if after is not None else None

    def _replaced(self, change: Change, new: Sequence[Token]) -> tuple[int, int] | None:
        """Where the old words stand in the person's text, untouched and together.

        Some of them may be taken out, when what comes now is no longer than what is left. A phrase beside which the
        person has written something was read together with it: then it is not as it was.
        """
        places = [(i, self.to_theirs[i]) for i in range(change.i1, change.i2) if i in self.to_theirs]
        if not places or any(self.base[i].text != self.theirs[t].text for i, t in places):
            return None
        start, end = places[0][1], places[-1][1] + 1
        if end - start != len(places):
            return None
        if len(places) < change.i2 - change.i1 and len(_words(new)) > len(_words(self.theirs[start:end])):
            return None
        before = start - 1 in self.own and self.theirs[start - 1].text not in _SENTENCE_ENDS
        behind = end in self.own and self.theirs[end - 1].text not in _SENTENCE_ENDS
        if len(places) >= _PHRASE and (before or behind):
            return None
        said = {token.text for token in new}
        if (before and self._own_says(said, start - 1, -1)) or (behind and self._own_says(said, end, 1)):
            return None
        return start, end

    def _own_says(self, said: set[str], at: int, step: int) -> bool:
        """Whether the person's own words from `at` on hold some of the new ones, which would then stand there twice."""
        while at in self.own:
            if self.theirs[at].text in said:
                return True
            at += step
        return False

    def _sentences(self, tokens_: Sequence[Token], start: int, end: int) -> str:
        """The sentences in which tokens `start` to `end` stand."""
        ends = [n + 1 for n, token in enumerate(tokens_) if token.text in _SENTENCE_ENDS]
        first = max((n for n in ends if n <= start), default=0)
        last = next((n for n in ends if n >= end and n > first), len(tokens_))
        return _words(tokens_[first:last]).strip()

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


def _crosses(theirs: Sequence[Token], new: Sequence[Token]) -> bool:
    return any(token.text == PARAGRAPH_END for token in (*theirs, *new))


def _is_number(token: Token) -> bool:
    return not token.mark and token.text[:1].isdigit()


def _words(tokens: Sequence[Token]) -> str:
    return "".join(token.text for token in tokens)
