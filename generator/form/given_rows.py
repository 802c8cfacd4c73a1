"""The rows with which a blank form begins (预填), as if an office had typed them."""

from __future__ import annotations

from generator.form.fields import Fields, GroupSpec, RowsSpec, Spec
from generator.form.sources import Cell, Listing, Section, Source, Written
from generator.place import Place


def given_rows(fields: Fields) -> tuple[Source, ...]:
    """A source that holds them; () when the form gives none."""
    root = _section(fields)
    return (Source("", root),) if root.entries else ()


def _section(spec: GroupSpec) -> Section:
    entries = {name: entry for name, child in spec.children.items() if (entry := _entry(child)) is not None}
    return Section(entries, Place())


def _entry(spec: Spec) -> Written | None:
    if isinstance(spec, GroupSpec):
        inner = _section(spec)
        return inner if inner.entries else None
    if not isinstance(spec, RowsSpec) or not spec.given:
        return None
    return Listing(
        tuple(Section({word: Cell(text, Place()) for word, text in row.items()}, Place()) for row in spec.given),
        Place(),
    )
