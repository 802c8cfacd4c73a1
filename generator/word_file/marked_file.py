"""A Word file that the program wrote, opened: its package, its body, its facts part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.border.refused import RefusedError
from generator.diagnostics import Outcome, finding
from generator.place import Place
from generator.word.facts_part import FactsPart, facts_part_of
from generator.word.marks import FACTS_ROOT, OLDER_NAMESPACES
from generator.word.parts import Parts
from generator.word.xml import W


@dataclass(frozen=True, slots=True)
class Marked:
    """`facts_name`: the facts part's name in the package. `body` belongs to `parts`: changed in place."""

    file: str
    parts: Parts
    facts: FactsPart
    facts_name: str

    @property
    def body(self) -> Any:
        return self.parts.tree(self.parts.document).find(f"{{{W}}}body")

    @property
    def styles(self) -> list[Any]:
        """The w:style elements; none when the package has no styles."""
        name = self.parts.related(self.parts.document, "styles")
        return list(self.parts.look(name).iter(f"{{{W}}}style")) if name else []


def open_marked(file: str, data: bytes) -> Outcome[Marked | None]:
    """`file` is the name to use in messages.

    R001 no Word file or damaged, R002 locked, R003 without facts part (a published copy, another program's file), R004
    with the facts part of an older version, R005 beyond the budget, R006 with a facts part that cannot be so.
    """
    try:
        return _open(file, data)
    except RefusedError as error:
        return Outcome(None, (finding(error.code, Place(file), file=file, **error.values),))


def _open(file: str, data: bytes) -> Outcome[Marked | None]:
    parts = Parts(data)
    if parts.tree(parts.document).find(f"{{{W}}}body") is None:
        raise RefusedError("R001")
    older = False
    for name in parts.custom_names():
        root = parts.look(name)
        if root.tag == FACTS_ROOT:
            return Outcome(Marked(file, parts, facts_part_of(root), name))
        older = older or any(root.tag == f"{{{one}}}facts" for one in OLDER_NAMESPACES)
    raise RefusedError("R004" if older else "R003")
