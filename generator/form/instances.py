"""Every single field of a form together with the group of facts that holds its value, rows of tables included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.facts.fact import Entry, Facts, Group, Rows
from generator.form.fields import Field, RowsSpec, Spec, children_of
from generator.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Instance:
    """`owner` holds the value of `field`; `row` is the row of the innermost table, `facts` the whole tree."""

    field: Field
    owner: Group
    row: Group
    facts: Facts

    @property
    def entry(self) -> Entry | None:
        return self.owner.entries.get(self.field.name)

    def sum_of(self, source: str) -> Quantity | None:
        """«基本支出 + 项目支出»: quantities of one unit, added. None: something of it is not there, or is no name."""
        total: Quantity | None = None
        for part in source.split("+"):
            entry = self.named(part.strip())
            if not isinstance(entry, Quantity) or (total is not None and entry.unit != total.unit):
                return None
            added = entry if total is None else total + entry
            total = added if isinstance(added, Quantity) else None
        return total

    def named(self, path: str) -> Entry | None:
        """A fact of the same group («决算»), or a name as conditions write it («行.预算», «组.决算», «收入.合计»)."""
        if path in self.owner.entries:
            return self.owner.entries[path]
        first, *rest = path.split(".")
        own: dict[str, Entry] = {"行": self.row, "组": self.owner}
        entry = own[first] if first in own else self.facts.entries.get(first)
        for part in rest:
            entry = entry.entries.get(part) if isinstance(entry, Group) else None
        return entry


def instances(fields: Spec, facts: Facts) -> Iterator[Instance]:
    yield from _instances(fields, facts, facts, facts)


def _instances(spec: Spec, owner: Group, row: Group, facts: Facts) -> Iterator[Instance]:
    for child in children_of(spec).values():
        entry = owner.entries.get(child.name)
        if isinstance(child, Field):
            yield Instance(child, owner, row, facts)
        elif isinstance(child, RowsSpec) and isinstance(entry, Rows):
            for inner in entry:
                yield from _instances(child, inner, inner, facts)
        elif isinstance(entry, Group):
            yield from _instances(child, entry, row, facts)
