"""The other samples, each made from the ordinary one, whose sums add up already: what is multiplied or 0 everywhere
still does."""

from __future__ import annotations

import copy
from decimal import Decimal

from generator.form.fields import ACCOUNT_KINDS, Field, RowsSpec, Spec, children_of
from generator.pack import Pack
from generator.trying.kinds import Kind
from generator.trying.plausible import Values, lengthened
from generator.trying.sample import Sample, Tree, instances

_LARGE = 10_000
_MANY = {1: 14, 2: 4}
"""Rows of a table, and of a table inside a row; further inside as many as there are."""


def of_kind(ordinary: Sample, pack: Pack, kind: Kind) -> Sample:
    made = Sample(kind, ordinary.year, copy.deepcopy(ordinary.tree))
    if kind is Kind.ZERO:
        _to_zero(made, pack)
    elif kind is Kind.EMPTY:
        _to_what_must_be(pack.form.fields, made.tree)
    elif kind is Kind.LONGEST:
        _with_more_rows(pack.form.fields, made.tree, Values(pack.report.accounts, ordinary.year), 1)
        _to_the_longest(made, pack)
    return made


def of_year(sample: Sample, pack: Pack, year: int) -> Sample:
    """The same input for another fiscal year: its year and its days."""
    moved = Sample(sample.kind, year, copy.deepcopy(sample.tree))
    values = Values(pack.report.accounts, year)
    for one in instances(pack.form.fields, moved.tree):
        if one.field.kind in ("年度", "日期") and one.value:
            one.holder[one.field.name] = values.text(one.field, 0, 0)
    return moved


def _to_zero(sample: Sample, pack: Pack) -> None:
    for one in instances(pack.form.fields, sample.tree):
        if one.field.kind in ("金额", "个数") and one.value:
            one.holder[one.field.name] = "0"


def _to_what_must_be(spec: Spec, tree: Tree) -> None:
    """Without rows of tables, and values, that may be left out."""
    for name, child in children_of(spec).items():
        if isinstance(child, Field):
            if not child.required:
                tree.pop(name, None)
        elif isinstance(child, RowsSpec):
            if not child.required:
                tree.pop(name, None)
            for row in tree.get(name, ()):
                _to_what_must_be(child, row)
        else:
            _to_what_must_be(child, tree.get(name, {}))


def _to_the_longest(sample: Sample, pack: Pack) -> None:
    for one in instances(pack.form.fields, sample.tree):
        if one.field.kind == "金额" and one.value:
            one.holder[one.field.name] = f"{Decimal(one.value) * _LARGE:f}"
        elif one.value:
            one.holder[one.field.name] = lengthened(one.field, one.value)


def _with_more_rows(spec: Spec, tree: Tree, values: Values, depth: int) -> None:
    """Further rows without amounts and counts: they are as right as those that they repeat, and change no sum."""
    for name, child in children_of(spec).items():
        if isinstance(child, RowsSpec):
            rows: list[Tree] = tree.get(name, [])
            for row in rows:
                _with_more_rows(child, row, values, depth + 1)
            key = child.columns.get(child.key)
            if isinstance(key, Field) and key.kind == "选项":
                continue
            count = len(rows)
            for number in range(count, _MANY.get(depth, 0) if rows else 0):
                more = _one_more(child, rows[number % count], number, values)
                if not child.key or all(more[child.key] != row[child.key] for row in rows):  # there are only so many 类
                    rows.append(more)
        elif not isinstance(child, Field):
            _with_more_rows(child, tree.get(name, {}), values, depth)


def _one_more(spec: RowsSpec, row: Tree, number: int, values: Values) -> Tree:
    made: Tree = copy.deepcopy(row)
    for one in instances(spec, made):
        name, kind, own = one.field.name, one.field.kind, one.holder is made
        if not one.value:
            continue
        if kind in ("金额", "个数") or (one.field.unit == "分" and own):
            one.holder[name] = "0"
        elif own and ((kind == "文字" and one.field.required) or (name == spec.key and kind in ACCOUNT_KINDS)):
            one.holder[name] = values.text(one.field, number, number)
    return made
