"""What a Word file remembers of its figures, as quantities that can be explained like those of an input."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from generator.facts.explain import Unprinted
from generator.place import NOWHERE, Place
from generator.quantity import Derived, Quantity
from generator.word.facts_part import FactsPart


def recalled(facts: FactsPart) -> dict[str, Quantity]:
    """Every figure by its key, «f3» or «u1»; the latter, which the report does not print, are `Unprinted`."""
    made: dict[str, Quantity] = {}

    def quantity(key: str) -> Quantity:
        if key in made:
            return made[key]
        fact = facts.figures[key]
        operands = tuple(map(quantity, fact.operands))
        origin = Derived(fact.operation, operands) if fact.operation else None
        place = Place.read(fact.place) if fact.place else NOWHERE
        if fact.value is None:
            made[key] = Unprinted(fact.name, origin, place, fact.label)
        else:
            made[key] = Quantity(fact.value, fact.unit, fact.name, place, fact.label, origin)
        return made[key]

    for key in facts.figures:
        quantity(key)
    return made


def named_as_in(old: FactsPart, new: FactsPart) -> FactsPart:
    """`old` with the names and labels that `new` has for what is made in the same way of the same input figures.

    The program's names change more often than what a figure is made of: a Word file of an earlier version of the
    program called all sums over chosen rows of a table alike. A figure whose name `new` knows keeps it.
    """
    known = {fact.name for fact in new.figures.values()}
    before, after = _compositions(old), _compositions(new)
    count = Counter(made for made in after.values() if made)
    same = {made: new.figures[key] for key, made in after.items() if count[made] == 1}
    figures = dict(old.figures)
    for key, fact in old.figures.items():
        now = same.get(before[key]) if before[key] and fact.name not in known else None
        if now is not None:
            figures[key] = replace(fact, name=now.name, label=now.label or fact.label)
    return replace(old, figures=figures)


def _compositions(facts: FactsPart) -> dict[str, object]:
    """What each figure is made of, by names of input figures only; None where nothing tells."""
    made: dict[str, object] = {}

    def composition(key: str) -> object:
        if key not in made:
            fact = facts.figures[key]
            parts = [composition(one) for one in fact.operands]
            if not fact.operation:
                made[key] = fact.name
            elif not parts or None in parts:
                made[key] = None
            else:
                made[key] = _sum(parts) if fact.operation in ("+", "Σ") else (fact.operation, *parts)
        return made[key]

    for key in facts.figures:
        composition(key)
    return made


def _sum(parts: list[object]) -> object:
    """However a sum is grouped, it is made of its parts; of one part it is that part."""
    flat: list[object] = []
    for part in parts:
        flat += part[1:] if isinstance(part, tuple) and part[0] == "Σ" else [part]
    return flat[0] if len(flat) == 1 else ("Σ", *flat)
