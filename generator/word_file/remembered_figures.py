"""What a Word file remembers of its figures, as quantities that can be explained like those of an input."""

from __future__ import annotations

from generator.facts.explain import Unprinted
from generator.place import NOWHERE, Place
from generator.quantity import Derived, Quantity
from generator.word.read import FactsPart


def recalled(facts: FactsPart) -> dict[str, Quantity]:
    """Every figure by its key, «f3» or «u1»; the latter, which the report does not print, are `Unprinted`."""
    made: dict[str, Quantity] = {}
    begun: set[str] = set()

    def quantity(key: str) -> Quantity:
        if key in made:
            return made[key]
        fact = facts.figures[key]
        begun.add(key)  # a file that somebody has tampered with may lead in circles
        operands = tuple(quantity(one) for one in fact.operands if one in facts.figures and one not in begun - {*made})
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
