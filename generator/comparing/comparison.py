"""What differs between two versions of a report, as data."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generator.document.occurrences import Spot
from generator.place import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions: its name for messages, and what its facts part says of the whole report."""

    file: str
    title: str = ""
    unit: str = ""
    year: str = ""
    pack: str = ""
    pack_version: str = ""


@dataclass(frozen=True, slots=True)
class PrintedChange:
    """A place where a figure is printed. A spot of None, a text of "": not printed there in that version."""

    old_spot: Spot | None
    new_spot: Spot | None
    old: str
    new: str

    @property
    def spot(self) -> Spot:
        """Where to look: in the new version when it is still there."""
        return self.new_spot or self.old_spot or Spot(())


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """A figure whose value differs. `old`, `new`: exact values in the base unit `unit`, None where that version has no
    such figure. `difference`: new less old.

    `direct`: filled in, not computed. `causes`: numbers (in `Comparison.facts`) of the changed filled-in figures from
    which this one is computed. `spoken`: what an office calls it.
    """

    name: str
    spoken: str
    unit: str
    old: Decimal | None
    new: Decimal | None
    direct: bool
    old_place: Place = NOWHERE
    new_place: Place = NOWHERE
    printed: tuple[PrintedChange, ...] = ()
    causes: tuple[int, ...] = ()

    @property
    def difference(self) -> Decimal | None:
        return None if self.old is None or self.new is None else self.new - self.old

    @property
    def place(self) -> Place:
        return self.new_place or self.old_place


@dataclass(frozen=True, slots=True)
class ChangedText:
    """A sentence, a heading or the words of a cell that read otherwise. "" where one version has nothing instead.

    `kind`: 标题, 句子, 表格 (a cell), 旁注 (a line beside a table or chart).
    """

    kind: str
    old_spot: Spot
    new_spot: Spot
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ChangedChart:
    """`values`: (category, series, before, after) of what differs, "" where a version has no such value."""

    name: str
    spot: Spot
    values: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Extra:
    """What only one version has. `kind`: 标题, 段落, 旁注, 表, 行, 图; `added`: only the new one has it."""

    kind: str
    added: bool
    spot: Spot
    text: str


@dataclass(frozen=True, slots=True)
class HandEdit:
    """A number that a person has overtyped in one of the files: `generated` is what the program had printed."""

    file: str
    name: str
    spot: Spot
    generated: str
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """All in document order; figures that are not printed stand last."""

    old: Side
    new: Side
    facts: tuple[ChangedFact, ...] = ()
    texts: tuple[ChangedText, ...] = ()
    charts: tuple[ChangedChart, ...] = ()
    extras: tuple[Extra, ...] = ()
    hand_edits: tuple[HandEdit, ...] = ()

    @property
    def of_two_years(self) -> bool:
        """Then `facts` are figures for last year that both reports print, and not alike."""
        return bool(self.old.year and self.new.year and self.old.year != self.new.year)

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.facts or self.texts or self.charts or self.extras)
