"""Words of direction beside figures: turned with the figure, and never without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.refreshing.direction import REACH, Said, said_before
from generator.refreshing.merged import Edit, Piece, is_left
from generator.refreshing.statements import Known, words
from generator.word_file.align import Token


class Turning:
    """`base`, `theirs`, `ours`: generated before, edited by a person, generated now."""

    def __init__(self, base: Sequence[Token], theirs: Sequence[Token], ours: Sequence[Token], known: Known) -> None:
        self.base, self.theirs, self.ours, self.known = base, theirs, ours, known

    def see(self, groups: list[list[Piece]]) -> None:
        """A figure that is renewed stands behind a word that says its direction: one that a person put there is turned
        with it where that is plain, else the statement stays."""
        renewed = [piece for group in groups if not is_left(group) for piece in group]
        edits = {piece.edit.start: piece.edit for piece in renewed if piece.edit}
        for group in groups:
            for piece in [one for one in group if one.at is not None and (one.edit or one.marks)]:
                if is_left(group) or not self._turned(piece):
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
                        group.append(Piece(edit=turn, reads=True))

    def keep(self, groups: list[list[Piece]]) -> None:
        """A word of direction is left, when the figure that it would be turned with was taken out and another one
        stands behind it now."""
        done = [(piece.edit, group) for group in groups if not is_left(group) for piece in group if piece.edit]
        edits = {edit.start: edit for edit, _ in done}
        for group in groups:
            for piece in group:
                if piece.at is None or (not is_left(group) and self._turned(piece)):
                    continue
                was = said_before(words(self.theirs[max(piece.at - REACH, 0) : piece.at]))
                now = said_before(self._text_before(piece.at, edits))
                if was and now and was.up != now.up:
                    for edit, other in done:
                        if piece.at - REACH <= edit.start < piece.at and other is not group:
                            other[0].stays = True

    def _turned(self, piece: Piece) -> bool:
        """Whether a difference grows that fell before, or the other way round."""
        if piece.base is not None and piece.new is not None:
            was = said_before(words(self.base[max(piece.base - REACH, 0) : piece.base]))
            now = said_before(words(self.ours[max(piece.new - REACH, 0) : piece.new]))
            return was is not None and now is not None and was.up != now.up
        assert piece.at is not None
        key = self.theirs[piece.at].key
        went, goes = self.known.went.get(key), self.known.goes.get(key)
        return bool(went and goes) and (went > 0) != (goes > 0)  # type: ignore[operator]

    def _rises(self, piece: Piece) -> bool:
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

    def says_otherwise(self, piece: Piece) -> bool:
        """Whether the person's clause says another direction than the one that is generated now."""
        if piece.at is None or piece.new is None:
            return True
        theirs = said_before(words(self.theirs[max(piece.at - REACH, 0) : piece.at]))
        ours = said_before(words(self.ours[max(piece.new - REACH, 0) : piece.new]))
        return theirs is not None and ours is not None and theirs.up != ours.up
