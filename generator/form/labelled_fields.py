"""The fields of a form in the order in which they stand in a workbook, with labels that tell them apart; its tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from generator.form.blocks import BELONGS, NUMBER, Column, ParentColumn, TableBlock, plain, short
from generator.form.fields import Field, GroupSpec, RowsSpec, Spec, children_of

# -- tables -----------------------------------------------------------------------------------------------------------
_Found = tuple[tuple[str, ...], RowsSpec, tuple[ParentColumn, ...]]


def all_tables(children: Mapping[str, Spec]) -> Iterator[_Found]:
    """Names, table and the tables around it; inner tables behind theirs."""
    for names, table in _tables(children, ()):
        yield from _with_inner(table, names, ())


def _with_inner(table: RowsSpec, names: tuple[str, ...], parents: tuple[ParentColumn, ...]) -> Iterator[_Found]:
    yield names, table, parents
    key = table.columns.get(table.key)
    found = list(singles(table.columns, (), ()))
    label = next(
        (label for (path, _, _), label in zip(found, unique_labels(found), strict=True) if path == (table.key,)),
        "",
    )
    header = BELONGS + (label or f"{short(table.label)}{NUMBER}")
    around = ParentColumn(names, key if isinstance(key, Field) else None, header)
    for path, inner in _tables(table.columns, names):
        yield from _with_inner(inner, path, (*parents, around))


def make_table(spec: RowsSpec, names: tuple[str, ...], parents: tuple[ParentColumn, ...], name: str) -> TableBlock:
    found = list(singles(spec.columns, (), ()))
    columns = tuple(
        Column(path, label, with_unit(label, one), one)
        for (path, _, one), label in zip(found, unique_labels(found), strict=True)
    )
    numbered = any(True for _ in _tables(spec.columns, names)) and not spec.key
    title = f"{'·'.join(parents[-1].table)}：{spec.label}" if parents else spec.label
    if any(plain(title) == plain(column.label) for column in columns):
        title += "（一行一项）"  # else it would look like the header of a table with one column
    return TableBlock(name, title, spec.help, names, spec, parents, columns, numbered)


Single = tuple[tuple[str, ...], tuple[str, ...], Field]
"""Names inside the block, labels of the groups around it, the field."""


def singles(children: Mapping[str, Spec], names: tuple[str, ...], above: tuple[str, ...]) -> Iterator[Single]:
    """Single fields, those before inner groups first, so that every group's fields stand together."""
    for child in children.values():
        if isinstance(child, Field):
            yield (*names, child.name), above, child
    for child in children.values():
        if isinstance(child, GroupSpec):
            yield from singles(child.children, (*names, child.name), (*above, short(child.label)))


def _tables(children: Mapping[str, Spec], names: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], RowsSpec]]:
    """Tables in these children and in groups among them, not those inside other tables."""
    for child in children.values():
        if isinstance(child, RowsSpec):
            yield (*names, child.name), child
        elif isinstance(child, GroupSpec):
            yield from _tables(children_of(child), (*names, child.name))


# -- labels -----------------------------------------------------------------------------------------------------------
def unique_labels(found: Sequence[Single], within: int = 0) -> list[str]:
    """`within`: how many of the groups around a field its heading names anyway."""
    near = [_prefixed(above[within:][-1:], one.label) for _, above, one in found]
    full = [_prefixed(above, one.label) for _, above, one in found]
    labels = [far if again else word for word, far, again in zip(near, full, read_alike(near), strict=True)]
    return [
        f"{label}（{'.'.join(names)}）" if again else label
        for label, again, (names, _, _) in zip(labels, read_alike(labels), found, strict=True)
    ]


def _prefixed(above: tuple[str, ...], label: str) -> str:
    for word in reversed(above):
        label = label if word in label else f"{word}·{label}"
    return label


def read_alike(labels: Sequence[str]) -> list[bool]:
    """Of each label, whether another reads alike."""
    compared = [plain(one) for one in labels]
    counts = Counter(compared)
    return [counts[one] > 1 for one in compared]


def with_unit(label: str, one: Field) -> str:
    unit = "%" if one.kind == "百分比" else one.unit if one.kind in ("个数", "数值") else ""
    return label if not unit or f"（{unit}）" in label else f"{label}（{unit}）"
