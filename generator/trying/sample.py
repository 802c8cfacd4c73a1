"""One sample input: every field of a form filled in with what is plausible, as a tree that can be changed and written.

The tree has the form's own shape: mappings for groups, lists of mappings for tables, texts for values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.facts.fact import UNIT_ROLE
from generator.form.fields import ACCOUNT_KINDS, NUMBER_KINDS, Field, Fields, GroupSpec, RowsSpec, Spec, children_of
from generator.form.sources import Cell, Listing, Section, Source, Written
from generator.pack import Pack
from generator.place import Place
from generator.trying.kinds import Kind
from generator.trying.plausible import UNIT, Values

Tree = dict[str, Any]
_ROWS, _TURNS, _MOST_CHOICES = 3, 3, 6
_PLAIN = re.compile(r"0|[1-9]\d{0,14}")


@dataclass(frozen=True, slots=True)
class Sample:
    kind: Kind
    year: int
    tree: Tree

    @property
    def name(self) -> str:
        return f"{self.kind.value}-{self.year}"


def made(pack: Pack, year: int) -> Sample:
    """The ordinary sample: everything that the form asks for, unless a formula gives it or a condition decides whether
    it is needed."""
    maker = _Maker(pack, year)
    return Sample(Kind.ORDINARY, year, maker.group(pack.form.fields, 0, 0, 0))


class _Maker:
    def __init__(self, pack: Pack, year: int) -> None:
        self.values = Values(pack.report.accounts, year)
        self.unit = pack.form.fields.roles.get(UNIT_ROLE, "")

    def group(self, spec: GroupSpec | RowsSpec, row: int, turn: int, depth: int) -> Tree:
        made: Tree = {}
        for name, child in children_of(spec).items():
            if isinstance(child, Field):
                if child.path == self.unit:
                    made[name] = UNIT
                elif self.wanted(child):
                    made[name] = self.values.text(child, row, turn)
            elif isinstance(child, RowsSpec):
                made[name] = self.rows(child, depth)
            else:
                made[name] = self.group(child, row, turn, depth)
        return made

    def wanted(self, one: Field) -> bool:
        """Optional numbers without a default are exceptions, such as a score that the office sets by hand."""
        if one.formula or one.when:
            return False
        return one.required or one.default is not None or one.kind not in NUMBER_KINDS

    def rows(self, spec: RowsSpec, depth: int) -> list[Tree]:
        columns = [one for one in spec.columns.values() if isinstance(one, Field)]
        choices = min(max((len(one.choices) for one in columns), default=0), _MOST_CHOICES)
        key = spec.columns.get(spec.key)
        if isinstance(key, Field) and key.kind == "选项":
            count, turns = len(key.choices), 1
        elif choices and any(one.kind in ACCOUNT_KINDS for one in columns) and not isinstance(key, Field):
            count, turns = choices * _TURNS, choices  # each 科目 with each choice
        else:
            count, turns = max(choices, _ROWS), 1
        return [self.group(spec, number, number // turns, depth + 1) for number in range(count)]


# -- looking at it ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Instance:
    """One field of one row: `name` is its fact's name, `holder` the mapping in which its value stands, or would."""

    name: str
    field: Field
    holder: Tree
    row: Tree

    @property
    def value(self) -> str:
        return str(self.holder.get(self.field.name) or "")


def instances(fields: Fields | RowsSpec, tree: Tree) -> Iterator[Instance]:
    """Every field of the form with its place in the tree, filled in or not."""
    yield from _instances(fields, tree, "", tree)


def _instances(spec: Spec, tree: Tree, name: str, row: Tree) -> Iterator[Instance]:
    for child in children_of(spec).values():
        inner = f"{name}.{child.name}" if name else child.name
        if isinstance(child, Field):
            yield Instance(inner, child, tree, row)
        elif isinstance(child, RowsSpec):
            for number, below in enumerate(tree.get(child.name, ()), 1):
                yield from _instances(child, below, f"{inner}[{below.get(child.key) or number}]", below)
        else:
            yield from _instances(child, tree.setdefault(child.name, {}), inner, row)


def as_source(sample: Sample) -> Source:
    """As if it had been read from a file; every value stands somewhere."""
    place = Place(f"{sample.name}.yaml", 1)
    root = _written(sample.tree, place)
    assert isinstance(root, Section)
    return Source(place.file, Section({"金额单位": Cell("元", place), **root.entries}, place))


def _written(value: object, place: Place) -> Written:
    if isinstance(value, Mapping):
        return Section({name: _written(one, place) for name, one in value.items()}, place)
    if isinstance(value, list):
        return Listing(tuple(_written(one, place) for one in value), place)
    return Cell(None if value is None else str(value), place)


def as_yaml(sample: Sample, pack: Pack) -> str:
    """The input file of the sample, to be opened and changed by a person."""
    import yaml

    head = f"# {pack.title}：样本“{sample.kind.value}”，{sample.year}年度。程序按填报项做的，不是真实的数。\n"
    data = {"报告": pack.name, "金额单位": "元", **_kept(sample.tree)}
    return head + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)


def _kept(value: Any) -> Any:
    """Without groups in which nothing is filled in; plain numbers as a person types them."""
    if isinstance(value, dict):
        return {name: kept for name, one in value.items() if (kept := _kept(one)) not in ({}, [], None)}
    if isinstance(value, list):
        return [_kept(one) for one in value]
    return int(value) if isinstance(value, str) and _PLAIN.fullmatch(value) else value
