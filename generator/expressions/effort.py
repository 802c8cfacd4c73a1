"""How much one document may cost its templates: letters printed and steps of loops, all together.

Bounds on single operations do not hold a pack that repeats them: nine loops inside each other, texts that quote texts
that quote texts. The count goes down wherever something is repeated or made longer.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from jinja2.runtime import Context

EFFORT = "_用量"
"""Under this name all templates of one document find what is left."""
MOST = 60_000_000
"""Letters. Largest honest: 50,000 indicators of 5,000 projects, 4,300,000."""
STEP = 40
"""One turn of a loop, one call, one thing printed counts as so many letters: a letter takes 0.1 µs, a turn up to 10."""


class TooMuchError(Exception):
    """Nothing is left. A mistake of the pack, told as T134."""


@dataclass(slots=True)
class Effort:
    left: int = field(default_factory=lambda: MOST)

    def spend(self, letters: int) -> None:
        """Raises `TooMuchError`, from then on each time."""
        self.left -= letters
        if self.left < 0:
            raise TooMuchError

    @property
    def used_up(self) -> bool:
        return self.left < 0


def spend(context: Context, letters: int) -> None:
    """The same for whatever runs in `context`; what belongs to no document has an allowance of its own."""
    effort = context.parent.get(EFFORT)
    if effort is None:
        effort = context.parent[EFFORT] = Effort()
    effort.spend(letters)
