"""Three versions of one paragraph into one: generated before, edited by a person, generated now.

What the person wrote stays; what reads otherwise in the new version is put into it part by part (`statements`). A
statement, its direction, amounts and percentage, is renewed whole or left whole; a value that both changed stays the
person's, whole. What is left as it was makes a `Clash` that says what is new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from generator.refreshing.direction import word_of
from generator.refreshing.merged import CLAUSE, CONFLICT, OVERTYPED, Clash, Edit, Merged, Piece, is_left
from generator.refreshing.spelling import is_number, spelled, unit_behind
from generator.refreshing.statements import (
    FIGURE,
    LEAD,
    VALUE,
    Known,
    Part,
    parts_of,
    sentence_around,
    statements,
    words,
)
from generator.refreshing.three_versions import ThreeVersions
from generator.refreshing.turning import Turning
from generator.word_file.align import PARAGRAPH_END, Change, Token

Form = Callable[[Token], Token | None]
"""The new print of a figure that a person has put elsewhere; None when the new version does not print it."""
_NOTHING = Known()


def merge(
    base: Sequence[Token], theirs: Sequence[Token], ours: Sequence[Token], form: Form, known: Known = _NOTHING
) -> Merged:
    return _Merge(base, theirs, ours, form, known).merge()


def renew(theirs: Sequence[Token], form: Form, known: Known = _NOTHING) -> Merged:
    """A person's own text: only the marked figures in it are renewed."""
    return _Merge((), theirs, (), form, known).merge()


class _Merge:
    def __init__(
        self, base: Sequence[Token], theirs: Sequence[Token], ours: Sequence[Token], form: Form, known: Known
    ) -> None:
        self.base, self.theirs, self.ours, self.form, self.known = base, theirs, ours, form, known
        self.versions = ThreeVersions(base, theirs, ours, known.exact)
        self.turning = Turning(base, theirs, ours, known)
        self.handled = set(self.versions.done_there)
        """Places in the person's text that belong to a part."""
        self.pieces: list[Piece] = []
        self.merged = Merged(marks=dict(self.versions.shown))

    def merge(self) -> Merged:
        parts = parts_of(self.base, self.ours, self.versions.to_ours)
        self._figures(parts)
        for part in parts:
            if part.kind != FIGURE:
                self._words(part)
        for index, token in enumerate(self.theirs):
            if token.mark and index not in self.handled:
                self._moved(index, token)
        groups = self._groups()
        self._see_halves(groups)
        self.turning.see(groups)
        self.turning.keep(groups)
        self._follow(groups)
        for group in groups:
            self._settle(group)
        self.merged.edits.sort(key=lambda edit: (edit.start, edit.end))
        self.merged.clashes.sort(key=lambda clash: (clash.start, clash.end))
        return self.merged

    # -- figures
    def _figures(self, parts: Iterable[Part]) -> None:
        """Every figure that both generated versions print."""
        changed = {part.change.i1 for part in parts if part.kind == FIGURE}
        gone = {i for part in parts if part.kind != FIGURE for i in range(part.change.i1, part.change.i2)}
        for index, token in enumerate(self.base):
            if not token.mark or index in gone or index not in self.versions.to_ours:
                continue
            piece = Piece(base=index, new=self.versions.to_ours[index], reads=index in changed)
            self.pieces.append(piece)
            at = self.versions.place_of(index)
            if at is None:
                self._lost(piece, index, self.versions.to_ours[index])
            elif at not in self.versions.done_there:
                piece.at = at
                self.handled.add(at)
                self._figure(piece, index, at, self.versions.to_ours[index])

    def _lost(self, piece: Piece, index: int, place: int) -> None:
        """A figure in whose place stand other numbers: nobody can say which of them it is."""
        there = [t for t in range(*self.versions.gap(index, index + 1)) if is_number(self.theirs[t])]
        there = [t for t in there if t in self.versions.own and t not in self.versions.done_there]
        if there and piece.reads:
            piece.stays = True
            old, new = _sentences(self.base, index, index + 1), _sentences(self.ours, place, place + 1)
            piece.clash = Clash(CONFLICT, there[0], there[-1] + 1, old, new)

    def _figure(self, piece: Piece, index: int, at: int, place: int) -> None:
        shown, new, same = self.theirs[at].text, self.ours[place], self.versions.same(at, self.ours, place)
        if same and not self.versions.as_was(index, at):
            piece.marks[at] = new.mark if shown == new.text else ""
        elif self.versions.as_was(index, at):
            typed = shown != self.base[index].text or not self._same_unit(index, at)
            text = self._spelled(at, new, unit_behind(self.ours, place)) if typed else new.text
            if text == shown:
                piece.marks[at] = new.mark
            else:
                piece.edit = Edit(at, at + 1, (replace(new, text=text),))
        else:
            piece.stays = True

    def _same_unit(self, index: int, at: int) -> bool:
        return unit_behind(self.base, index) == unit_behind(self.theirs, at)

    def _spelled(self, at: int, new: Token, unit: str) -> str:
        """The new number as the person typed the old one."""
        exact = self.known.exact.get(new.key)
        return spelled(self.theirs[at].text, unit_behind(self.theirs, at), new.text, unit, exact)

    def _moved(self, index: int, token: Token) -> None:
        """A marked figure that a person has put where it was not generated."""
        new = self.form(token)
        piece = Piece(at=index, stays=new is None)
        self.pieces.append(piece)
        if new is not None and new.text == token.text:
            piece.marks[index], piece.shown = new.mark, new.text
        elif new is not None:
            piece.edit, piece.shown, piece.reads = Edit(index, index + 1, (new,)), new.text, True

    # -- words
    def _words(self, part: Part) -> None:
        versions = self.versions
        if part.kind == VALUE and part.change.i1 < part.change.i2:
            new = self.ours[part.change.j1 : part.change.j2]
            self._put(part, versions.value(part.change, new))
            return
        for change in versions.not_done(part.change):
            new = self.ours[change.j1 : change.j2]
            span = versions.inserted(change) if change.i1 == change.i2 else versions.replaced(change, new)
            if part.kind == LEAD and not self._reason_stands(change):
                span = None  # a person's reason for a rise is none for a fall
            self._put(replace(part, change=change), span)

    def _reason_stands(self, change: Change) -> bool:
        """Whether the reason behind a lead reads as it was generated, or as it is now."""
        _, end = sentence_around(self.base, change.i1, change.i2)
        _, end_now = sentence_around(self.ours, change.j1, change.j2)
        stands = words(self.theirs[slice(*self.versions.gap(change.i1, end))])
        return words(self.base[change.i2 : end]) in stands or words(self.ours[change.j2 : end_now]) in stands

    def _put(self, part: Part, span: tuple[int, int] | None) -> None:
        """`span`: the person's tokens that give way, None when they are not as they were."""
        change, piece = part.change, Piece(part, reads=True)
        new = tuple(self.ours[change.j1 : change.j2])
        start, end = self.versions.gap(change.i1, change.i2)
        self.pieces.append(piece)
        if span is not None and not _crosses(self.theirs[span[0] : span[1]], new):
            self.handled |= set(range(*span))
            piece.edit = Edit(*span, new)
        elif words(self.theirs[start:end]) == words(new):
            self.handled |= set(range(start, end))  # the person has made the same correction already
        elif change.i1 == change.i2 or self.versions.left_of(change, start, end):
            self._conflict(piece, part, start, end)
        else:
            piece.gone = bool(new)

    def _conflict(self, piece: Piece, part: Part, start: int, end: int) -> None:
        change, piece.stays = part.change, True
        old, new = _sentences(self.base, change.i1, change.i2), _sentences(self.ours, change.j1, change.j2)
        piece.clash = Clash(CONFLICT, start, end, old, new)

    def _see_halves(self, groups: list[list[Piece]]) -> None:
        """What comes in several pieces is not put, where a person has taken one of the old ones out."""
        for group in groups:
            gone = {piece.part.sentence for piece in group if piece.part and piece.gone} - {0}
            for piece in group:
                if piece.part and piece.edit and piece.part.sentence in gone:
                    self._conflict(piece, piece.part, piece.edit.start, piece.edit.end)

    # -- what is renewed together or not at all
    def _groups(self) -> list[list[Piece]]:
        roots = list(range(len(self.pieces)))

        def root(number: int) -> int:
            while roots[number] != number:
                roots[number] = roots[roots[number]]
                number = roots[number]
            return number

        for one, other in self._joined():
            roots[root(one)] = root(other)
        groups: dict[int, list[Piece]] = {}
        for number, piece in enumerate(self.pieces):
            groups.setdefault(root(number), []).append(piece)
        return list(groups.values())

    def _joined(self) -> Iterator[tuple[int, int]]:
        """Numbers of pieces that stand and fall together."""
        of_base = {piece.base: n for n, piece in enumerate(self.pieces) if piece.base is not None}
        of_theirs = {piece.at: n for n, piece in enumerate(self.pieces) if piece.at is not None}
        for version, numbers in ((self.base, of_base), (self.theirs, of_theirs)):
            for at, other in statements(version, sorted(numbers), self.known):
                if not self._apart(numbers[at], numbers[other]):
                    yield numbers[at], numbers[other]
        sentences: dict[int, int] = {}
        for number, piece in enumerate(self.pieces):
            if piece.part is None:
                continue
            yield from ((number, of_base[i]) for i in self._partners(piece.part) if i in of_base)
            if piece.part.sentence:
                yield number, sentences.setdefault(piece.part.sentence, number)

    def _apart(self, one: int, other: int) -> bool:
        """An amount that a person typed over does not hold back what is made of it; a change that was typed over holds
        back the amounts that it compares."""
        over = [piece for piece in (self.pieces[one], self.pieces[other]) if piece.stays]
        return len(over) == 1 and not self.known.compared(self._key(over[0]))

    def _follow(self, groups: list[list[Piece]]) -> None:
        """The sentence of reasons that comes with a change, or goes with it, waits with the statement of the change."""
        lead: dict[int, list[Piece]] = {}
        for group in groups:
            for piece in group:
                lead |= dict.fromkeys(range(piece.part.change.i1, piece.part.change.i2) if piece.part else (), group)
                lead |= {piece.base: group} if piece.base is not None else {}
        for group in groups:
            followed = [lead.get(at) for piece in group if piece.part for at in piece.part.follows]
            held = next((one for one in followed if one is not None and one is not group and is_left(one)), None)
            if held is not None:
                held.extend(group)
                group.clear()

    def _key(self, piece: Piece) -> str:
        return self.base[piece.base].key if piece.base is not None else self.theirs[piece.at or 0].key

    def _partners(self, part: Part) -> Iterable[int]:
        """The figures that words belong to; of those that go with the words, the ones that compare the same."""
        inside = range(part.change.i1, part.change.i2)
        gone = [i for i in inside if self.base[i].mark]
        start, end = sentence_around(self.base, part.change.i1, part.change.i2)
        yield from part.figures
        if gone:
            figures = [i for i in range(start, end) if self.base[i].mark]
            for one, other in statements(self.base, figures, self.known):
                if one in gone or other in gone:
                    yield from (one, other)

    def _settle(self, group: list[Piece]) -> None:
        """Renew a group, or leave it and say what is new."""
        left_whole = is_left(group)
        for piece in group:
            self.merged.marks.update({at: mark for at, mark in piece.marks.items() if mark})
            if piece.edit and not left_whole:
                self.merged.edits.append(piece.edit)
        if not left_whole:
            return
        stale = [piece for piece in group if piece.stale]
        left = [piece for piece in group if piece.clash or (piece.part and piece.edit)]
        if not any(piece.reads or piece.base is not None for piece in stale):
            self.merged.clashes += [piece.clash for piece in left if piece.clash]
        elif len(stale) == 1 and stale[0].stays and not left and not self.turning.says_otherwise(stale[0]):
            self._overtyped(stale[0])
        else:
            self._left_whole(stale, left)

    def _overtyped(self, piece: Piece) -> None:
        assert piece.at is not None and piece.base is not None and piece.new is not None
        old, new = self.base[piece.base].text, self.ours[piece.new].text
        if self.theirs[piece.at].text == new:
            new += unit_behind(self.ours, piece.new)  # the same digits before another unit
        self.merged.clashes.append(Clash(OVERTYPED, piece.at, piece.at + 1, old, new))

    def _left_whole(self, stale: list[Piece], left: list[Piece]) -> None:
        there = [piece.at for piece in stale if piece.at is not None]
        there += [at for piece in left if piece.clash for at in (piece.clash.start, piece.clash.end - 1)]
        new = [piece.new for piece in stale if piece.new is not None]
        new += [at for piece in left if piece.part for at in (piece.part.change.j1, piece.part.change.j2 - 1)]
        old = [piece.base for piece in stale if piece.base is not None]
        if new and old:
            was, now = (_sentences(t, min(at), max(at) + 1) for t, at in ((self.base, old), (self.ours, new)))
        else:
            was = "、".join(self.theirs[at].text for at in there)
            now = "、".join(self._now(piece) for piece in stale)
        self.merged.clashes.append(Clash(CLAUSE, min(there), max(there) + 1, was, now))

    def _now(self, piece: Piece) -> str:
        """What a moved figure would be, with its direction."""
        assert piece.at is not None
        goes = self.known.goes.get(self.theirs[piece.at].key)
        return f"{word_of(goes) if goes and piece.shown else ''}{piece.shown or '（没有这个数）'}"


def _sentences(tokens: Sequence[Token], start: int, end: int) -> str:
    """The sentences in which tokens `start` to `end` stand."""
    first, last = sentence_around(tokens, start, end)
    return words(tokens[first:last]).strip()


def _crosses(theirs: Sequence[Token], new: Sequence[Token]) -> bool:
    return any(token.text == PARAGRAPH_END for token in (*theirs, *new))
