"""What becomes of one part of a person's text when it is brought up to date, and of the whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.refreshing.statements import Part
from generator.word_file.align import Token

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


@dataclass(slots=True)
class Piece:
    """One part as it can be put into the person's text. `base`, `new`, `at`: a figure's token in the old version, in
    the new one, in the person's text. `edit`: what is written; `marks`: figures that show already what is generated
    now; `stays`: it cannot be put in, or a person typed over it; `gone`: a person took out what it stood for; `reads`:
    it reads otherwise than before; `shown`: what a moved figure would be now, "" when nobody knows."""

    part: Part | None = None
    base: int | None = None
    new: int | None = None
    at: int | None = None
    edit: Edit | None = None
    marks: dict[int, str] = field(default_factory=dict)
    stays: bool = False
    gone: bool = False
    reads: bool = False
    clash: Clash | None = None
    shown: str = ""

    @property
    def stale(self) -> bool:
        """A figure that does not show what is generated now."""
        return self.at is not None and (self.edit is not None or self.stays)


def is_left(group: list[Piece]) -> bool:
    """Whether something in it cannot be renewed while it reads otherwise, or a figure is typed over."""
    return any(piece.stays for piece in group)
