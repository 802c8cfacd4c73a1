"""Three versions of one paragraph into one: generated before, edited by a person, generated now.

What the person wrote stays; what reads otherwise in the new version is put into it part by part (`statements`). A
statement, its direction, amounts and percentage, is renewed whole or left whole; a value that both changed stays the
person's, whole. What is left as it was makes a `Clash` that says what is new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.refreshing.direction import REACH, Said, said_before, word_of
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
from generator.word_file.align import PARAGRAPH_END, Change, Token

CONFLICT, OVERTYPED, CLAUSE = "conflict", "overtyped", "clause"


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
_NOTHING = Known()


def merge(
    base: Sequence[Token], theirs: Sequence[Token], ours: Sequence[Token], form: Form, known: Known = _NOTHING
) -> Merged:
    return _Merge(base, theirs, ours, form, known).merge()


def renew(theirs: Sequence[Token], form: Form, known: Known = _NOTHING) -> Merged:
    """A person's own text: only the marked figures in it are renewed."""
    return _Merge((), theirs, (), form, known).merge()


@dataclass(slots=True)
class _Piece:
    """One part as it can be put into the person's text. `base`, `new`, `at`: a figure's token in the old version, in
    the new one, in the person's text. `edit`: what is written; `marks`: figures that show already what is generated
    now; `stays`: it cannot be put in, or a person typed over it; `reads`: it reads otherwise than before; `shown`: what
    a moved figure would be now, "" when nobody knows."""

    part: Part | None = None
    base: int | None = None
    new: int | None = None
    at: int | None = None
    edit: Edit | None = None
    marks: dict[int, str] = field(default_factory=dict)
    stays: bool = False
    reads: bool = False
    clash: Clash | None = None
    shown: str = ""

    @property
    def stale(self) -> bool:
        """A figure that does not show what is generated now."""
        return self.at is not None and (self.edit is not None or self.stays)


class _Merge:
    def __init__(
        self, base: Sequence[Token], theirs: Sequence[Token], ours: Sequence[Token], form: Form, known: Known
    ) -> None:
        self.base, self.theirs, self.ours, self.form, self.known = base, theirs, ours, form, known
        self.versions = ThreeVersions(base, theirs, ours, known.exact)
        self.handled = set(self.versions.done_there)
        """Places in the person's text that belong to a part."""
        self.pieces: list[_Piece] = []
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
        self._see_directions(groups)
        self._keep_directions(groups)
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
            piece = _Piece(base=index, new=self.versions.to_ours[index], reads=index in changed)
            self.pieces.append(piece)
            at = self.versions.place_of(index)
            if at is None:
                self._lost(piece, index, self.versions.to_ours[index])
            elif at not in self.versions.done_there:
                piece.at = at
                self.handled.add(at)
                self._figure(piece, index, at, self.versions.to_ours[index])

    def _lost(self, piece: _Piece, index: int, place: int) -> None:
        """A figure in whose place stand other numbers: nobody can say which of them it is."""
        there = [t for t in range(*self.versions.gap(index, index + 1)) if is_number(self.theirs[t])]
        there = [t for t in there if t in self.versions.own and t not in self.versions.done_there]
        if there and piece.reads:
            piece.stays = True
            old, new = _sentences(self.base, index, index + 1), _sentences(self.ours, place, place + 1)
            piece.clash = Clash(CONFLICT, there[0], there[-1] + 1, old, new)

    def _figure(self, piece: _Piece, index: int, at: int, place: int) -> None:
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
        piece = _Piece(at=index, stays=new is None)
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
        change, piece = part.change, _Piece(part, reads=True)
        new = tuple(self.ours[change.j1 : change.j2])
        start, end = self.versions.gap(change.i1, change.i2)
        self.pieces.append(piece)
        if span is not None and not _crosses(self.theirs[span[0] : span[1]], new):
            self.handled |= set(range(*span))
            piece.edit = Edit(*span, new)
        elif words(self.theirs[start:end]) == words(new):
            self.handled |= set(range(start, end))  # the person has made the same correction already
        elif change.i1 == change.i2 or self.versions.left_of(change, start, end):
            piece.stays = True
            old = _sentences(self.base, change.i1, change.i2)
            piece.clash = Clash(CONFLICT, start, end, old, _sentences(self.ours, change.j1, change.j2))

    # -- what is renewed together or not at all
    def _groups(self) -> list[list[_Piece]]:
        roots = list(range(len(self.pieces)))

        def root(number: int) -> int:
            while roots[number] != number:
                roots[number] = roots[roots[number]]
                number = roots[number]
            return number

        for one, other in self._joined():
            roots[root(one)] = root(other)
        groups: dict[int, list[_Piece]] = {}
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

    def _follow(self, groups: list[list[_Piece]]) -> None:
        """The sentence of reasons that comes with a change, or goes with it, waits with the statement of the change."""
        lead: dict[int, list[_Piece]] = {}
        for group in groups:
            for piece in group:
                lead |= dict.fromkeys(range(piece.part.change.i1, piece.part.change.i2) if piece.part else (), group)
                lead |= {piece.base: group} if piece.base is not None else {}
        for group in groups:
            followed = [lead.get(at) for piece in group if piece.part for at in piece.part.follows]
            held = next((one for one in followed if one is not None and one is not group and _stays(one)), None)
            if held is not None:
                held.extend(group)
                group.clear()

    def _key(self, piece: _Piece) -> str:
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

    def _see_directions(self, groups: list[list[_Piece]]) -> None:
        """A figure that is renewed stands behind a word that says its direction: one that a person put there is turned
        with it where that is plain, else the statement stays."""
        edits = {piece.edit.start: piece.edit for group in groups if not _stays(group) for piece in group if piece.edit}
        for group in groups:
            for piece in [one for one in group if one.at is not None and (one.edit or one.marks)]:
                if _stays(group) or not self._turned(piece):
                    continue
                assert piece.at is not None
                said = said_before(self._text_before(piece.at, edits))
                if said is None:
                    piece.stays = piece.new is None  # other words than the program knows
                elif said.up != self._rises(piece):
                    turn = self._turn(piece.at, said, edits)
                    piece.stays = turn is None
                    if turn is not None:
                        edits[turn.start] = turn
                        group.append(_Piece(edit=turn, reads=True))

    def _keep_directions(self, groups: list[list[_Piece]]) -> None:
        """A word of direction is left, when the figure that it would be turned with was taken out and another one
        stands behind it now."""
        done = [(piece.edit, group) for group in groups if not _stays(group) for piece in group if piece.edit]
        edits = {edit.start: edit for edit, _ in done}
        for group in groups:
            for piece in group:
                if piece.at is None or (not _stays(group) and self._turned(piece)):
                    continue
                was = said_before(words(self.theirs[max(piece.at - REACH, 0) : piece.at]))
                now = said_before(self._text_before(piece.at, edits))
                if was and now and was.up != now.up:
                    for edit, other in done:
                        if piece.at - REACH <= edit.start < piece.at and other is not group:
                            other[0].stays = True

    def _turned(self, piece: _Piece) -> bool:
        """Whether a difference grows that fell before, or the other way round."""
        if piece.base is not None and piece.new is not None:
            was = said_before(words(self.base[max(piece.base - REACH, 0) : piece.base]))
            now = said_before(words(self.ours[max(piece.new - REACH, 0) : piece.new]))
            return was is not None and now is not None and was.up != now.up
        assert piece.at is not None
        key = self.theirs[piece.at].key
        went, goes = self.known.went.get(key), self.known.goes.get(key)
        return bool(went and goes) and (went > 0) != (goes > 0)  # type: ignore[operator]

    def _rises(self, piece: _Piece) -> bool:
        if piece.new is not None:
            said = said_before(words(self.ours[max(piece.new - REACH, 0) : piece.new]))
            return said is not None and said.up
        assert piece.at is not None
        return self.known.goes[self.theirs[piece.at].key] > 0

    def _text_before(self, at: int, edits: Mapping[int, Edit]) -> str:
        """What will stand before a token of the person's, as far as a clause reaches."""
        text, here = "", max(at - REACH, 0)
        while here < at:
            edit = edits.get(here)
            text += words(edit.tokens) if edit else ""
            if edit and edit.end > here:
                here = edit.end
                continue
            text += self.theirs[here].text
            here += 1
        return text

    def _turn(self, at: int, said: Said, edits: Mapping[int, Edit]) -> Edit | None:
        """The word before the token `at` turned into its opposite; None where it is not plain which word that is."""
        start, back = at, 0
        while start and back < said.back:
            start -= 1
            back += len(self.theirs[start].text)
        touched = any(one.start <= start < one.end for one in edits.values() if one.start >= at - REACH)
        if touched or self.theirs[start].text != said.word:
            return None
        return Edit(start, start + 1, (Token(said.opposite, said.opposite),))

    def _settle(self, group: list[_Piece]) -> None:
        """Renew a group, or leave it and say what is new."""
        stays = _stays(group)
        for piece in group:
            self.merged.marks.update({at: mark for at, mark in piece.marks.items() if mark})
            if piece.edit and not stays:
                self.merged.edits.append(piece.edit)
        if not stays:
            return
        stale = [piece for piece in group if piece.stale]
        left = [piece for piece in group if piece.clash or (piece.part and piece.edit)]
        if not any(piece.reads or piece.base is not None for piece in stale):
            self.merged.clashes += [piece.clash for piece in left if piece.clash]
        elif len(stale) == 1 and stale[0].stays and not left and not self._says_otherwise(stale[0]):
            self._overtyped(stale[0])
        else:
            self._left_whole(stale, left)

    def _says_otherwise(self, piece: _Piece) -> bool:
        """Whether the person's clause says another direction than the one that is generated now."""
        if piece.at is None or piece.new is None:
            return True
        theirs = said_before(words(self.theirs[max(piece.at - REACH, 0) : piece.at]))
        ours = said_before(words(self.ours[max(piece.new - REACH, 0) : piece.new]))
        return theirs is not None and ours is not None and theirs.up != ours.up

    def _overtyped(self, piece: _Piece) -> None:
        assert piece.at is not None and piece.base is not None and piece.new is not None
        old, new = self.base[piece.base].text, self.ours[piece.new].text
        if self.theirs[piece.at].text == new:
            new += unit_behind(self.ours, piece.new)  # the same digits before another unit
        self.merged.clashes.append(Clash(OVERTYPED, piece.at, piece.at + 1, old, new))

    def _left_whole(self, stale: list[_Piece], left: list[_Piece]) -> None:
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

    def _now(self, piece: _Piece) -> str:
        """What a moved figure would be, with its direction."""
        assert piece.at is not None
        goes = self.known.goes.get(self.theirs[piece.at].key)
        return f"{word_of(goes) if goes and piece.shown else ''}{piece.shown or '（没有这个数）'}"


def _stays(group: list[_Piece]) -> bool:
    """Whether something in it cannot be renewed while it reads otherwise, or a figure is typed over."""
    return any(piece.stays for piece in group)


def _sentences(tokens: Sequence[Token], start: int, end: int) -> str:
    """The sentences in which tokens `start` to `end` stand."""
    first, last = sentence_around(tokens, start, end)
    return words(tokens[first:last]).strip()


def _crosses(theirs: Sequence[Token], new: Sequence[Token]) -> bool:
    return any(token.text == PARAGRAPH_END for token in (*theirs, *new))
