"""Which label stands above which column of a header, where merged cells are there and where they were lost.

A lost merge leaves its label in one cell: mostly the leftmost of its columns, sometimes the middle one. What cannot be
told is marked, so that no column is taken for that of another group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

Path = tuple[str, ...]
Origin = tuple[int, int]
Area = tuple[int, int, int, int]

CODE_LABEL = re.compile(r".*(?:科目|分类|功能)(?:科目)?编码|编码|科目代码|类|款|项|支出功能分类|经济分类|功能分类")
NAME_LABEL = re.compile(r"(?:功能分类|经济分类)?科目名称|名称")
ITEM_LABEL = re.compile(r"项目(?:\(.*\))?|项目名称|预算科目|科目|支出项目|收入项目|支出功能分类|功能分类")
LINE_LABEL = re.compile(r"行次|栏次|序号")
UNCLEAR = "（看不出属于哪一组）"
"""In place of a label that may be one of two."""


class Labelled(Protocol):
    @property
    def label(self) -> str: ...


Line = tuple[int, Mapping[int, Labelled]]
"""The number of a row and its cells by column."""


def names_rows(label: str) -> bool:
    """Whether a column of this label holds codes or names, not amounts."""
    return any(one.fullmatch(label) for one in (CODE_LABEL, NAME_LABEL, ITEM_LABEL, LINE_LABEL))


def paths_of(header: Sequence[Line], merged: Sequence[Area], last: int) -> dict[int, Path]:
    """The labels above each of the columns 1 … `last`, from the top."""
    paths: dict[int, Path] = dict.fromkeys(range(1, last + 1), ())
    origins: dict[int, tuple[Origin, ...]] = dict.fromkeys(paths, ())
    rows = {number for number, _ in header}
    is_lost = False
    for at, (number, spots) in enumerate(header):
        covers = {column: _origin(merged, number, column) for column in paths if column not in spots}
        found: dict[int, tuple[str, Origin]] = {column: (spots[column].label, (number, column)) for column in spots}
        found = {column: one for column, one in found.items() if column in paths}
        for column, origin in covers.items():
            if origin is not None and origin[0] in rows:
                covering = dict(header)[origin[0]].get(origin[1])
                if covering is not None:
                    found[column] = (covering.label, origin)
        blank = [column for column, origin in covers.items() if origin is None]
        is_lost |= _reach(found, blank, _below(header[at + 1 :], merged, paths), origins, number)
        for column, (label, origin) in found.items():
            if origin not in origins[column]:
                paths[column] += (label,)
                origins[column] += (origin,)
    return _doubted(paths, origins) if is_lost else paths


def _doubted(paths: dict[int, Path], origins: Mapping[int, tuple[Origin, ...]]) -> dict[int, Path]:
    """Where two columns side by side have the same labels all the way down, labels reached too far: none is sure."""
    run: list[int] = []
    for column in sorted(paths):
        if paths[column] and not names_rows(paths[column][-1]):
            run.append(column)
            if column + 1 in paths:
                continue
        deep = [paths[one] for one in run if len(paths[one]) > 1 and origins[one][-1][1] == one]
        if len(set(deep)) < len(deep):
            paths.update({one: (*paths[one], UNCLEAR) for one in run})
        run = []
    return paths


def _origin(merged: Sequence[Area], row: int, column: int) -> Origin | None:
    for first_row, first_column, last_row, last_column in merged:
        if first_row <= row <= last_row and first_column <= column <= last_column:
            return first_row, first_column
    return None


def _below(lower: Sequence[Line], merged: Sequence[Area], columns: Mapping[int, Path]) -> dict[int, str]:
    """The lowest label that stands in a column below a row of the header; columns without any are left out."""
    found: dict[int, str] = {}
    for number, spots in lower:
        for column in columns:
            if column in spots:
                found[column] = spots[column].label
            else:
                origin = _origin(merged, number, column)
                if origin is not None and origin[0] == number and origin[1] in spots:
                    found[column] = spots[origin[1]].label
    return found


def _reach(
    found: dict[int, tuple[str, Origin]],
    blank: Sequence[int],
    below: Mapping[int, str],
    origins: Mapping[int, tuple[Origin, ...]],
    row: int,
) -> bool:
    """Labels reach to the right over blank cells that no merge explains. Where the first column of a group is blank,
    they stand in the middle of their groups. Whether any label reached."""
    orphans: list[int] = []
    known = len(found)
    for column in sorted(blank):
        left = column - 1
        if left not in found or origins[left] != origins[column]:
            if column in below:
                orphans.append(column)
            continue
        label, (_, own) = found[left]
        stands_alone = column in below and own not in below
        leaves_names = names_rows(label) and not names_rows(below.get(column, label))
        if stands_alone or leaves_names:
            orphans.append(column)
        else:
            found[column] = found[left]
    if len(found) > known and _is_scattered(found, below, row):
        for column in [one for one in found if one in below and not names_rows(below[one])]:
            found[column] = (UNCLEAR, (row, min(below)))
        return True
    orphans += _begun_before(found, frozenset(blank), below, row)
    for first in orphans:
        if first not in found:
            _centred(found, first, below, origins, row)
    return len(found) > known


def _is_scattered(found: Mapping[int, tuple[str, Origin]], below: Mapping[int, str], row: int) -> bool:
    """Whether a label stands several times, over more columns here than there: no form is printed so."""
    spans: dict[str, dict[Origin, int]] = {}
    for column, (label, origin) in found.items():
        if origin[0] == row and column in below and not names_rows(below[column]):
            spans.setdefault(label, {}).setdefault(origin, 0)
            spans[label][origin] += 1
    return any(len(set(counts.values())) > 1 for counts in spans.values())


def _begun_before(
    found: dict[int, tuple[str, Origin]], blank: frozenset[int], below: Mapping[int, str], row: int
) -> list[int]:
    """Where groups begin whose labels stand in their middle, though a label further left would reach there: the same
    columns stand before the first and before the second label. What had reached over them is taken back."""
    begun: list[int] = []
    amounts = [column for column, label in sorted(below.items()) if not names_rows(label)]
    for start in (column for column in amounts if column - 1 not in amounts):
        run = range(start, next(column for column in range(start, max(amounts) + 2) if column not in amounts))
        own = [column for column in run if column in found and found[column][1] == (row, column)]
        if len(own) < 2 or not 0 < own[0] - start < own[1] - own[0]:
            continue
        before = range(start, own[0])
        apart = own[1] - own[0]
        if all(column in blank and below[column] == below.get(column + apart) for column in before):
            begun.append(start)
            for column in before:
                found.pop(column, None)
    return begun


def _centred(
    found: dict[int, tuple[str, Origin]],
    first: int,
    below: Mapping[int, str],
    origins: Mapping[int, tuple[Origin, ...]],
    row: int,
) -> None:
    """The group that begins at `first` with a blank: the labels of the columns on which groups can stand."""
    run = list(_run(first, below, origins, found, row))
    own = [column for column in run if column in found and found[column][1] == (row, column)]
    if not own:
        return
    size, rest = divmod(len(run), len(own))
    slices = [run[at * size : (at + 1) * size] for at in range(len(own))]
    fits = not rest and all(label in part for label, part in zip(own, slices, strict=True))
    for label, part in zip(own, slices, strict=True) if fits else ():
        for column in part:
            found[column] = found[label]
    if not fits:
        for column in run:
            found[column] = (UNCLEAR, (row, first))


def _run(
    first: int,
    below: Mapping[int, str],
    origins: Mapping[int, tuple[Origin, ...]],
    found: Mapping[int, tuple[str, Origin]],
    row: int,
) -> Iterator[int]:
    column = first
    while column in below and origins.get(column) == origins[first] and not names_rows(below[column]):
        if column in found and found[column][1][0] != row:
            return
        yield column
        column += 1
