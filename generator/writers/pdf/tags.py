"""The tree of tags of a PDF: its elements, what they stand for, and how they are changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pikepdf import Array, Dictionary, Name, Object

DEEPEST = 60
"""Elements inside each other; LibreOffice makes twelve."""


class Tags:
    """The tree below `root`, a /StructTreeRoot."""

    def __init__(self, root: Object) -> None:
        self.root = root
        roles: Any = root.get("/RoleMap", {})
        self._roles: Mapping[str, str] = {str(name): str(role) for name, role in roles.items()}

    def role(self, element: Object) -> str:
        """«/P», «/H1», «/TD»: the name that every reader knows."""
        name = str(element.S)
        for _ in range(len(self._roles)):
            if name not in self._roles:
                break
            name = self._roles[name]
        return name

    def elements(self) -> Iterator[Object]:
        """In reading order, each before what it holds. What is below one may be changed once it is given."""
        ahead = [(one, 0) for one in reversed(children(self.root))]
        while ahead:
            element, depth = ahead.pop()
            yield element
            if depth < DEEPEST:
                ahead += [(one, depth + 1) for one in reversed(children(element))]


def kids(element: Object) -> list[Any]:
    """Elements, numbers of marked content, references to annotations."""
    found = element.get("/K")
    if found is None:
        return []
    return list(found) if isinstance(found, Array) else [found]


def children(element: Object) -> list[Object]:
    """The elements among the kids."""
    return [one for one in kids(element) if isinstance(one, Dictionary) and "/S" in one]


def hold(element: Object, inside: Sequence[Any]) -> None:
    """`inside` are its kids from now on."""
    element["/K"] = Array(inside)
    for one in inside:
        if isinstance(one, Dictionary) and "/S" in one:
            one["/P"] = element


def is_empty(element: Object) -> bool:
    """Nothing below it is printed."""
    return all(isinstance(one, Dictionary) and "/S" in one and is_empty(one) for one in kids(element))


def describe_cell(cell: Object, scope: str, down: int, across: int) -> None:
    """`scope` «Row», «Column» or "" for data; what LibreOffice says of its place on the page stays."""
    cell["/S"] = Name.TH if scope else Name.TD
    said = cell.get("/A")
    kept = [] if said is None else list(said) if isinstance(said, Array) else [said]
    kept = [one for one in kept if not (isinstance(one, Dictionary) and one.get("/O") == Name.Table)]
    table: dict[str, Any] = {}
    if scope:
        table["/Scope"] = Name(f"/{scope}")
    if down > 1:
        table["/RowSpan"] = down
    if across > 1:
        table["/ColSpan"] = across
    if table:
        kept.append(Dictionary({"/O": Name.Table, **table}))
    if kept:
        cell["/A"] = kept[0] if len(kept) == 1 else Array(kept)
    elif said is not None:
        del cell["/A"]
