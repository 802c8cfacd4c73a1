"""倒推: a total that was typed says what its parts are. Where the parts that were typed already make it up, the others
are 0; where nothing was typed at all, the total alone is asked for.

Only exact sums count: a part lost in rounding is asked for. No part can be negative (T218).
"""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from operator import sub

from generator.facts.fact import Group
from generator.form.fields import Field
from generator.place import NOWHERE
from generator.quantity import Blank, Derived, Overtyped, Quantity, SaidNothing


def settle_rest(total: Field, owner: Group) -> Blank | None:
    """Parts left blank become 0 where that follows. Gives the total's blank where neither it nor any part was typed."""
    given = owner.entries.get(total.name)
    parts = {name: owner.entries.get(name) for name in total.parts}
    left = {name: part for name, part in parts.items() if type(part) in (Blank, SaidNothing, Overtyped)}
    typed = [part for part in parts.values() if isinstance(part, Quantity)]
    if type(given) is Blank and all(type(part) is Blank for part in parts.values()):
        given.needed = True
        owner.entries.update(dict.fromkeys(total.parts, given))  # the cell to fill in is the total's
        return given
    if not isinstance(given, Quantity) or len(left) + len(typed) < len(parts):
        return None
    rest = reduce(sub, typed, given)
    if rest.value == 0:
        origin = rest.origin or Derived("=", (given,))
        for name, part in left.items():
            assert isinstance(part, Blank)
            owner.entries[name] = Quantity(Decimal(), given.unit, part.name, NOWHERE, part.label, origin)
    return None
