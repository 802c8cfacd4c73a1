"""`Diagnostic` and `Outcome`: every station returns what it made together with what it noticed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, TypeVar

from generator.place import NOWHERE, Place


class Severity(IntEnum):
    """错误 stops a build; 警告 and 提示 do not."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        return {1: "提示", 2: "警告", 3: "错误"}[self.value]

    @classmethod
    def from_word(cls, word: str) -> Severity:
        return {"提示": cls.INFO, "警告": cls.WARNING, "错误": cls.ERROR}[word]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `places` holds every cell that takes part; the first is where to start looking."""

    severity: Severity
    code: str
    message: str
    hint: str = ""
    places: tuple[Place, ...] = ()
    basis: str = ""

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
    return any(d.severity is Severity.ERROR for d in diagnostics)
