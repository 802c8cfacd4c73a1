"""The adopted report rolled forward: its figures become next year's comparison figures, its texts are offered again.

Only figures that the old report prints are moved; a sum over what was lifted is no figure of the report.
"""

from __future__ import annotations

import copy
from dataclasses import replace

from generator.adopting.adopted import Adopted
from generator.adopting.as_input import TYPED, UNIT, Entry, Tree, as_source
from generator.adopting.settle import settle
from generator.facts.fact import Entry as FactEntry
from generator.facts.fact import Group, Rows
from generator.filling.completed_values import complete
from generator.filling.to_facts import to_facts
from generator.form.fields import NUMBER_KINDS, TEXT_KINDS, Field, RowsSpec, Spec, children_of
from generator.form.roll_memory import Memory, memory_yaml
from generator.form.sources import Cell, Listing, Section, Source, Written
from generator.form.to_confirm import TO_CONFIRM
from generator.pack import Pack
from generator.quantity import Blank, Quantity
from generator.rolling.roll_forward import LastYear, NextForm, roll_forward
from generator.writing.write_workbook import NewBook, write_workbook
from generator.writing.write_yaml import write_yaml


def rolled(adopted: Adopted, pack: Pack) -> tuple[tuple[Source, ...], Memory]:
    """The next year's input, all of it to be confirmed, and what is remembered of last year's."""
    fields, accounts, year = pack.form.fields, pack.report.accounts, adopted.year
    source = as_source(_with_totals(adopted), pack.name, UNIT, adopted.report.file)
    facts = complete(pack.form, to_facts((source,), fields, accounts).value).value
    last = LastYear((source,), pack.form, _printed_only(facts), year)
    made = roll_forward(last, NextForm(pack.name, pack.form, accounts, year + 1))
    return tuple(Source(one.file, _marked(one.root, fields)) for one in made.sources), made.memory


def next_years(adopted: Adopted, pack: Pack, as_workbook: bool) -> dict[str, bytes]:
    """The files of the next year's input."""
    fields, year = pack.form.fields, adopted.year
    sources, memory = rolled(adopted, pack)
    if as_workbook:
        book = NewBook(
            report=pack.name,
            title=pack.title,
            fields=fields,
            accounts=pack.report.accounts,
            year=year + 1,
            sources=sources,
            memory=memory,
        )
        return {"填报.xlsx": write_workbook(book).value}
    title = f"{year + 1}年度{pack.title}"
    text = write_yaml(pack.name, title, fields, year + 1, sources)
    return {"填报.yaml": f"{text}\n{memory_yaml(memory)}".encode()}


def _with_totals(adopted: Adopted) -> Tree:
    """The input, with the totals that the old report prints and the program would work out."""
    tree = copy.deepcopy(adopted.tree)
    totals = [one for one in adopted.totals if one.slot.field is not None and not one.rows]
    for value in settle(totals, ()).values.values():
        around, name = tree.at(value.field.path, value.rows)
        around.entries.setdefault(name, Entry(value.text, "原报告" + "、".join(value.places[:3])))
    return tree


def _printed_only(group: Group) -> Group:
    """Without what was worked out."""
    return Group(group.name, {name: _entry(one) for name, one in group.entries.items()}, group.place, group.label)


def _entry(one: FactEntry) -> FactEntry:
    if isinstance(one, Group):
        return _printed_only(one)
    if isinstance(one, Rows):
        return one.with_rows(_printed_only(row) for row in one)
    if isinstance(one, Quantity) and (one.origin is not None or one.place.line != TYPED):
        return Blank(one.name, one.label, one.place)
    return one


def _marked(section: Section, spec: Spec) -> Section:
    """All that was lifted is to be confirmed, what stands from year to year too."""
    entries: dict[str, Written] = {}
    key = spec.key if isinstance(spec, RowsSpec) else ""
    for name, written in section.entries.items():
        child = children_of(spec).get(name)
        if isinstance(written, Section) and child is not None:
            entries[name] = _marked(written, child)
        elif isinstance(written, Listing) and child is not None:
            items = tuple(_marked(item, child) if isinstance(item, Section) else item for item in written.items)
            entries[name] = Listing(items, written.place)
        elif isinstance(written, Cell) and isinstance(child, Field) and name != key:
            entries[name] = _cell(written, child)
        else:
            entries[name] = written
    return Section(entries, section.place)


def _cell(cell: Cell, one: Field) -> Cell:
    text = (cell.text or "").strip()
    if not text or text.startswith("〔") or one.kind not in (*TEXT_KINDS, *NUMBER_KINDS):
        return cell
    return replace(cell, text=TO_CONFIRM + text)
