"""What is still to be filled in, as a list an office can go through: sheet by sheet, or group by group of a YAML file.

This module knows findings and places; it knows nothing of forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from generator.diagnostics.diagnostic import Diagnostic, Severity
from generator.place import Place

_NAMED = 8
"""Up to so many gaps of a sheet are named; of more, only the cells, with runs drawn together."""
_ADVICE = "没有发生的金额填 0，不涉及的填“不适用”；计算得出的数不用填。"


def to_fill(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [one for one in diagnostics if one.severity is Severity.TO_FILL]


def to_fill_lines(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """«还没有填的，共4处：», a line for each sheet or group in the order of the form, and one of advice."""
    gaps = to_fill(diagnostics)
    if not gaps:
        return
    groups: dict[tuple[str, str], list[Diagnostic]] = {}
    for one in gaps:
        groups.setdefault((one.place.file, one.place.sheet or _group_of(one)), []).append(one)
    files = list(dict.fromkeys(file for file, _ in groups))
    only = f"（{files[0]}）" if len(files) == 1 and files[0] else ""
    yield f"还没有填的，共{len(gaps)}处{only}："
    for (file, title), found in groups.items():
        where = title if only or not file else f"{file} · {title}".removesuffix(" · ")
        yield f"    {where} {len(found)}处：{_items(found)}"
    yield f"    {_ADVICE}"


def _group_of(one: Diagnostic) -> str:
    """The first word of a fact's name: the group under which YAML holds it. 其他: a check of the pack says it."""
    return re.split(r"[.\[]", one.fact)[0] or "其他"


def _items(found: Sequence[Diagnostic]) -> str:
    cells = [one.place.cell for one in found if one.place.cell]
    if len(cells) == len(found) > _NAMED:
        return _runs(sorted(cells, key=_column_first))
    shared = {one.label.partition("·")[0] for one in found if "·" in one.label}
    above = f"{shared.pop()}·" if len(shared) == 1 and cells else ""
    by_row = sorted(found, key=lambda one: one.place.row_first())
    alone = len(found) == 1
    return "、".join(_item(one.place, (one.label or one.message).removeprefix(above), alone) for one in by_row)


def _item(place: Place, label: str, alone: bool) -> str:
    """«B4 单位全称»; a table, by its name where the sheet has more than it (not `alone`); in YAML
    «上年收、支总计（第12行）», the line where its group begins."""
    if place.cell:
        return f"{place.cell} {label}"
    if place.sheet:
        return "一行也没有填" if alone else f"“{label}”一行也没有填"
    return f"{label}（第{place.line}行）" if place.line else label


def _runs(cells: Sequence[str]) -> str:
    """B4 B5 B6 B9 → «B4—B6、B9»: cells of one column that stand one below the other, column by column."""
    found: list[list[str]] = []
    for cell in cells:
        if found and _below(found[-1][-1]) == cell:
            found[-1].append(cell)
        else:
            found.append([cell])
    return "、".join(run[0] if len(run) == 1 else f"{run[0]}—{run[-1]}" for run in found)


def _column_first(cell: str) -> tuple[int, str, int]:
    column = cell.rstrip("0123456789")
    return len(column), column, int(cell[len(column) :])


def _below(cell: str) -> str:
    _, column, row = _column_first(cell)
    return f"{column}{row + 1}"
