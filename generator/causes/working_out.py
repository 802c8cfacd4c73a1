"""Figures that are lost, worked out from what must hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, Decimal

from generator.causes.identities import Identities
from generator.causes.repair import Repair, counted
from generator.causes.typed_tables import TypedCell

_ROUNDS, _CENTS = 4, 5


def work_out(
    lost: Iterable[str],
    content: dict[str, TypedCell | Decimal],
    identities: Identities,
    cells: Mapping[str, TypedCell],
) -> None:
    """Writes into `content` what each cell must be that nobody knows: by the shortest identity in which nothing else is
    unknown; where several cells make one sum, one of them stands for all. What nothing asks for stays."""
    unknown = dict.fromkeys(sorted(lost))
    worked_out = list(unknown)
    changes = Repair("", {}, (), content, 0).values(cells)
    after = identities.differences(changes)
    shared = Counter(number for name in unknown for number, _ in identities.at.get(name, ()))
    asking = sorted(
        (shared[number], len(identities.all[number].parts), number, name, sign)
        for name in unknown
        for number, sign in identities.at.get(name, ())
        if abs(sign) == 1 and identities.all[number].equal
        if not identities.all[number].own or identities.all[number].own in changes
    )
    for _, _, number, name, sign in asking:
        if name not in unknown:
            continue
        change = -after.get(number, identities.all[number].difference) * sign
        content[name] = cells[name].value + changes.get(name, Decimal(0)) + change
        for touched, times in identities.at[name]:
            after[touched] = after.get(touched, identities.all[touched].difference) + times * change
        for other in [other for other in identities.all[number].parts if other in unknown]:
            del unknown[other]
    nudged(content, worked_out, identities, cells)


def nudged(
    content: dict[str, TypedCell | Decimal],
    worked_out: Iterable[str],
    identities: Identities,
    cells: Mapping[str, TypedCell],
) -> None:
    """Figures that were worked out from one identity are off by what rounding hides: each moves by just so much that
    the others hold too, where it may."""
    names = sorted(worked_out)
    least = max((_CENTS * cells[name].scale / 100 for name in names), default=Decimal(0))
    standing = {n: identities.all[n].difference for name in names for n, _ in identities.at.get(name, ())}
    for _ in range(_ROUNDS):
        after = identities.differences(Repair("", {}, (), content, 0).values(cells))
        off = [n for n, left in {**standing, **after}.items() if identities.all[n].nearly(left, least)]
        if not off:
            return
        for number in off:
            one = identities.all[number]
            now = after.get(number, one.difference)
            excess = abs(now) - one.slack
            for name in (name for name in names if abs(one.parts.get(name, 0)) == 1):
                cent = cells[name].scale / 100
                step = (excess / cent).to_integral_value(ROUND_CEILING) * cent
                down = (now > 0) == (one.parts[name] > 0)
                tried = {**content, name: counted(content[name]) + (-step if down else step)}
                then = identities.differences(Repair("", {}, (), tried, 0).values(cells))
                if all(
                    identities.all[n].holds(left) or not identities.all[n].holds(after.get(n, left))
                    for n, left in then.items()
                    if n != number
                ) and one.holds(then.get(number, one.difference)):
                    content[name] = tried[name]
                    after = then
                    break
