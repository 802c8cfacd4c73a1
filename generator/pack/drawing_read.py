"""A drawn table read backwards: a cell that prints a field alone says where the official table holds that field.

    行: [[年初结转和结余, =结转结余.年初结转和结余, 年末结转和结余, =结转结余.年末结转和结余]]

fills 结转结余.年初结转和结余 from the row «年初结转和结余» and the column whose head stands over the cell. Both are
looked up in the official table's wordings, which an office's file is read by (`official_tables/table_reading`). Cells
that compute, and rows of a loop, say nothing: what they hold is written under 填入.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.official_tables.import_form import CROSSED, ITEMS, Word, bare, closeness, unnumbered
from generator.place import Located, place_of

_FIELD = re.compile(r"=\s*(\w+(?:\.\w+)+)\s*")


def fills(rows: Sequence[Any], paths: Sequence[str], form: Mapping[str, Any], fields: Any) -> dict[Any, str]:
    """Field → «行·列» for every cell that prints a field alone and whose row and column `form` knows.

    `paths`: what stands over each column, from the top, with “/” between; `form`: an entry of import.yaml;
    `fields`: the pack's fields.yaml.
    """
    found: dict[Any, str] = {}
    above: list[list[str]] = [[] for _ in paths]
    for line in rows:
        looped = isinstance(line, Mapping) and "逐行" in line
        cells = line.get("单元") if isinstance(line, Mapping) else line
        if looped or not isinstance(cells, list) or len(cells) > len(paths):
            continue
        label = 0
        for column, words in _texts(cells):
            field = _FIELD.fullmatch(words)
            if words.isdecimal():  # 行次
                continue
            if field is None:
                label = column
                above[column].append(unnumbered(bare(words)))
                continue
            head = tuple(bare(one) for one in paths[column].split("/"))
            beside = above[label] if label < column else []
            address = _address(head, beside, field[1].rpartition(".")[2], form)
            if address and _is_field(fields, field[1]):
                found.setdefault(Located(field[1], place_of(words)), address)
    return found


def _texts(cells: Sequence[Any]) -> Iterator[tuple[int, str]]:
    """Column and words of each cell that has any; a cell over several columns counts for its first."""
    column = 0
    for cell in cells:
        words = cell.get("文") if isinstance(cell, Mapping) else cell
        if isinstance(words, str) and words:
            yield column, words
        across = cell.get("跨列", 1) if isinstance(cell, Mapping) else 1
        column += int(across) if str(across).isdecimal() else 1


def _is_field(held: Any, path: str) -> bool:
    """Else it is a name of the table's own, 令 or 口径."""
    for part in path.split("."):
        held = held.get("字段", held) if isinstance(held, Mapping) else None
        held = held.get(part) if isinstance(held, Mapping) else None
    return isinstance(held, Mapping) and "类型" in held


def _address(head: tuple[str, ...], beside: Sequence[str], name: str, form: Mapping[str, Any]) -> str:
    """«行·列», or "" where the form knows no such row or column. `name`: the field's, where the label is computed."""
    columns, rows = _mapping(form, "列"), _mapping(form, "行")
    side = next((str(one) for one in rows if form.get("样式") == ITEMS and one in head), "")
    if form.get("样式") == ITEMS:
        rows = _mapping(rows, side)
    if form.get("样式") == CROSSED:  # the item stands above the figures' kind, below it or beside it
        kinds = [one for one in head if _best(columns, (one,))]
        column = _best(columns, tuple(kinds))
        named = (one for one in beside if not one.startswith("="))  # a cell that computes names nothing
        row = _best(rows, (*(one for one in head if one not in kinds), *named))
    else:
        column = _best(columns, head)
        label = [*beside[:-1], name] if beside and beside[-1].startswith("=") else beside
        row = _best(rows, tuple(label))
    return f"{row}·{column}" if row and column else ""


def _best(known: Mapping[str, Any], path: tuple[str, ...]) -> str:
    ranked = [(closeness(tuple(map(Word.of, words)), path), name) for name, words in known.items()]
    best = max(ranked, key=lambda one: one[0], default=(0, ""))
    return str(best[1]) if best[0] else ""


def _mapping(data: Mapping[str, Any], word: str) -> Mapping[str, Any]:
    held = data.get(word)
    return held if isinstance(held, Mapping) else {}
