"""What a year leaves to the next, put where the tables of this year hold nothing: texts and comparison figures of last
year's report, each marked 〔待确认〕. Only what would have to be filled in is offered, and no reason: last year's never
explains this year's figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.form.fields import NUMBER_KINDS, TEXT_KINDS, Field, Fields, RowsSpec, Spec, children_of
from generator.form.sources import Cell, Listing, Section, Source, Written
from generator.form.to_confirm import confirmed, is_to_fill
from generator.importing.filler import Filled, FilledRow, Imported
from generator.official_tables.import_form import spec_at
from generator.place import NOWHERE

_IN_ROW = re.compile(r"(?P<table>[\w.]+)\[(?P<key>[^\]]+)\]\.(?P<column>\w+)")


def offer(
    imported: Imported, missing: Iterable[str], sources: Sequence[Source], fields: Fields, note: str
) -> list[str]:
    """`missing`: names of facts that have to be filled in; `sources`: last year's report rolled forward, amounts in its
    own 金额单位. Gives the names that were offered. `note`: where they come from."""
    found: dict[str, Written] = {}
    for source in sources:
        unit = source.root.entries.get("金额单位")
        own = unit.text if isinstance(unit, Cell) and unit.text != imported.unit else ""
        found |= dict(_written(source.root, fields, "", own or ""))
    offered = []
    for name in missing:
        written, row = found.get(name), _IN_ROW.fullmatch(name)
        if isinstance(written, Listing) and name not in imported.lists:
            imported.lists[name] = dict(_rows(written, spec_at(fields, name), note))
        elif not isinstance(written, Cell):
            continue
        elif row is None:
            imported.values.setdefault(name, Filled(written.text or "", note=note, unsure=True))
        elif row["key"] in (rows := imported.lists.get(row["table"], {})):
            rows[row["key"]].columns.setdefault(row["column"], Filled(written.text or "", note=note, unsure=True))
        else:
            continue
        offered.append(name)
    return offered


def _written(section: Section, spec: Spec, above: str, unit: str) -> Iterator[tuple[str, Written]]:
    """What may be offered, by the names that its facts have; tables that stand from year to year whole, too."""
    for name, entry in section.entries.items():
        child, path = children_of(spec).get(name), f"{above}.{name}".lstrip(".")
        if isinstance(child, Field) and isinstance(entry, Cell):
            text = _offered(entry, child, unit)
            if text:
                yield path, Cell(text, entry.place)
        elif isinstance(child, RowsSpec) and isinstance(entry, Listing):
            if child.carried:
                yield path, entry
            for item in entry.items:
                key = item.entries.get(child.key) if isinstance(item, Section) else None
                if isinstance(item, Section) and isinstance(key, Cell):
                    yield from _written(item, child, f"{path}[{confirmed(key.text or '').split(' ')[0]}]", unit)
        elif child is not None and isinstance(entry, Section):
            yield from _written(entry, child, path, unit)


def _offered(cell: Cell, one: Field, unit: str) -> str:
    text = confirmed(cell.text or "").strip()
    words = one.kind in TEXT_KINDS and one.kind != "原因"
    if not text or is_to_fill(cell.text or "") or not (words or (one.kind in NUMBER_KINDS and one.prior_of)):
        return ""
    return text + (unit if one.kind == "金额" and text[-1].isdecimal() else "")


def _rows(listing: Listing, spec: Spec | None, note: str) -> Iterator[tuple[str, FilledRow]]:
    columns: Mapping[str, Spec] = children_of(spec) if spec is not None else {}
    for number, item in enumerate(listing.items, 1):
        entries = item.entries if isinstance(item, Section) else {}
        typed = {name: one.text for name, one in entries.items() if isinstance(one, Cell) and name in columns}
        held = {n: Filled(confirmed(t), note=note, unsure=True) for n, t in typed.items() if t and not is_to_fill(t)}
        if held:
            key = spec.key if isinstance(spec, RowsSpec) else ""
            yield str(number), FilledRow(confirmed(typed.get(key) or ""), NOWHERE, held)
