"""What stands in the way of a number or a decision, as a blank that can be handed on and told where it is printed."""

from __future__ import annotations

from generator.quantity import Blank, BlankUsedError, NoRatio, NotApplicable, NotApplicableUsedError


class Misapplied(Blank):
    """What comes of 不适用, or of a ratio of nothing, where a number or a decision was needed."""

    __slots__ = ("entry",)

    def __init__(self, entry: NotApplicable | NoRatio) -> None:
        super().__init__(entry.name, entry.label, entry.place)
        self.entry, self.needed = entry, True


def lacking(error: BlankUsedError | NotApplicableUsedError) -> Blank:
    """What stands in the way."""
    if isinstance(error, NotApplicableUsedError):
        return Misapplied(error.entry)
    return Misapplied(error.blank) if isinstance(error.blank, NoRatio) else error.blank
