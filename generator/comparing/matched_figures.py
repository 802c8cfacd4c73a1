"""Figures of two versions that stand at one place, and which of them have changed.

A figure that meets none is looked for by its name. Where it stands is for others to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from generator.comparing.comparison import ChangedFact, PrintedChange
from generator.comparing.input_figures import changed, differ, speaking, without_keys
from generator.comparing.version import VersionRead
from generator.document.occurrences import Spot
from generator.quantity import Quantity
from generator.word_file.visible_content import Printed

Keys = tuple[str | None, str | None]
"""Of an old and a new figure («f3»); None: nothing stands there."""


class Meetings:
    """Filled by `meet`, in reading order; then `facts` tells what has changed."""

    def __init__(self, old: VersionRead, new: VersionRead) -> None:
        self.old, self.new = old, new
        self.meetings: dict[Keys, list[PrintedChange]] = {}
        """Which figures met, and where."""

    def meet(self, old: Printed | None, new: Printed | None, old_spot: Spot | None, new_spot: Spot | None) -> None:
        """The two stand at one place; None: nothing there."""
        keys = (old.key if old else None, new.key if new else None)
        texts = (old.generated if old else "", new.generated if new else "")
        self.meetings.setdefault(keys, []).append(PrintedChange(old_spot, new_spot, *texts))

    def facts(self) -> Iterator[ChangedFact]:
        """Figures whose values differ, in the order in which they are first printed."""
        self._join_by_name()
        for (old_key, new_key), places in self.meetings.items():
            old = self.old.quantities.get(old_key) if old_key else None
            new = self.new.quantities.get(new_key) if new_key else None
            if differ(old, new):
                side, key = (self.new, new_key) if speaking(old, new) is new else (self.old, old_key)
                spoken = side.spoken(key or "")
                yield replace(changed(old, new, tuple(places)), spoken=spoken)

    def _join_by_name(self) -> None:
        """Figures that met none: by their name when it is the only one in both versions; a number that is still
        printed elsewhere in the other version is neither gone nor new."""
        for side in (0, 1):
            keys = [pair[side] for pair in self.meetings]
            here, there = (self.old, self.new) if side == 0 else (self.new, self.old)
            by_name = _only_names(there), _only_names(here)
            known = Counter(_identity(q) for key, q in there.quantities.items() if key.startswith("f"))
            for pair in [p for p in self.meetings if p[1 - side] is None and p in self.meetings]:
                key = pair[side]
                assert key is not None
                quantity = here.quantities.get(key)
                if quantity is None:
                    del self.meetings[pair]
                    continue
                other = by_name[0].get(quantity.name) if quantity.name in by_name[1] else None
                together = (key, other) if side == 0 else (other, key)
                # Rows that are known by their number alone: «指标[1]» may be another row now.
                if other is not None and (together in self.meetings or not self._has_met(together)):
                    self._merge(pair, together)
                elif keys.count(key) > 1 or known[_identity(quantity)]:
                    del self.meetings[pair]

    def _has_met(self, keys: Keys) -> bool:
        """Whether one of the two figures stands at the place of some other."""
        return any(one[0] and one[1] and (one[0] == keys[0] or one[1] == keys[1]) for one in self.meetings)

    def _merge(self, gone: Keys, into: Keys) -> None:
        lone = self.meetings.pop(gone)
        self.meetings.setdefault(into, []).extend(lone)


def _identity(quantity: Quantity) -> tuple[str, str, object]:
    return without_keys(quantity.name), quantity.unit, quantity.value


def _only_names(side: VersionRead) -> dict[str, str]:
    """Name → key of the printed figures whose name no other has."""
    count = Counter(q.name for key, q in side.quantities.items() if key.startswith("f"))
    return {q.name: key for key, q in side.quantities.items() if key.startswith("f") and count[q.name] == 1}
