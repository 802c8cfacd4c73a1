"""A Word file that the program wrote, opened: its package, its body, its facts part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import etree

from generator.diagnostics import Outcome, finding
from generator.place import Place
from generator.word.marks import FACTS_NAMESPACE, OLDER_NAMESPACES
from generator.word.parts import NotWordError, Parts, parsed
from generator.word.read import FactsPart, facts_part_of
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
        return list(self.parts.tree(name).iter(f"{{{W}}}style")) if name else []


def open_marked(file: str, data: bytes) -> Outcome[Marked | None]:
    """`file` is the name to use in messages.

    R001 no Word file, R002 locked, R003 without facts part (a published copy, another program's file), R004 with the
    facts part of an older version.
    """
    place = Place(file)
    try:
        parts = Parts(data)
    except NotWordError as error:
        return Outcome(None, (finding(error.code, place, file=file),))
    if parts.tree(parts.document).find(f"{{{W}}}body") is None:
        return Outcome(None, (finding("R001", place, file=file),))
    older = False
    for name in parts.names():
        if not name.startswith("customXml/") or "/_rels/" in name or not name.endswith(".xml"):
            continue
        try:
            root = parsed(parts.content[name])
        except etree.LxmlError:
            continue
        if root.tag == f"{{{FACTS_NAMESPACE}}}facts":
            return Outcome(Marked(file, parts, facts_part_of(root), name))
        older = older or any(root.tag == f"{{{one}}}facts" for one in OLDER_NAMESPACES)
    return Outcome(None, (finding("R004" if older else "R003", place, file=file),))
