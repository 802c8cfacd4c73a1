"""`Diagnostic` and `Outcome`: every station returns what it made together with what it noticed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, TypeVar

from generator.place import NOWHERE, Place


class Severity(IntEnum):
    """错误 and 待填 stop a build; 警告 and 提示 do not. 待填 is no mistake: nobody has filled it in yet."""

    INFO = 1
    WARNING = 2
    TO_FILL = 3
    ERROR = 4

    @property
    def word(self) -> str:
        return _WORDS[self]

    @classmethod
    def from_word(cls, word: str) -> Severity:
        return {known: one for one, known in _WORDS.items()}[word]

    @property
    def stops(self) -> bool:
        """Whether no finished report can be made."""
        return self >= Severity.TO_FILL


_WORDS = {Severity.ERROR: "错误", Severity.TO_FILL: "待填", Severity.WARNING: "警告", Severity.INFO: "提示"}


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `places` holds every cell that takes part; the first is where to start looking.

    `wrong`: so many places, from the first on, are themselves the cause of whatever else is found at them.
    `consequences`: the findings that are told with this one, because they end with it. `fact` and `label`: the name and
    the label that the sentence names, "" when it names none.
    """

    severity: Severity
    code: str
    message: str
    hint: str = ""
    places: tuple[Place, ...] = ()
    basis: str = ""
    wrong: int = 0
    consequences: tuple[Diagnostic, ...] = ()
    fact: str = ""
    label: str = ""

    @property
    def place(self) -> Place:
        return self.places[0] if self.places else NOWHERE


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """A station's result. `value` is None only when the errors left nothing to return."""

    value: T
    diagnostics: tuple[Diagnostic, ...] = ()


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether anything stops a build: a mistake, or something that is still to be filled in."""
    return any(d.severity.stops for d in diagnostics)
