"""What figures are called: rows chosen from a table, sums of them, and the words an office has for each.

What a figure *is*, its composition, `Quantity.identity` says; this module gives the names. A choice of rows carries its
table and its condition, «指标[一级=过程]» in names and «指标（一级：过程）» in words, so that two choices never share
the name of their sums. Nothing here decides which rows are chosen or what is added up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.facts.fact import Group, Rows
from generator.place import NOWHERE, Place
from generator.quantity import Blank, Quantity

NO_TABLE = "没有选到的行"
"""An empty list that no filter of ours has made: nothing tells of which table."""
_MOST_KEYS = 8


class Called(NamedTuple):
    """Of rows: `name` as in facts' names, `label` as an office says it, `place` of the table."""

    name: str
    label: str
    place: Place

    @property
    def is_whole(self) -> bool:
        """Whether all rows of the table are meant."""
        return not self.name.endswith("]")

    def column(self, name: str, word: str) -> tuple[str, str]:
        """Name and label of what the rows give together: of a whole table its 合计."""
        both = (f"{one}合计" if self.is_whole and not one.endswith("合计") else one for one in (name, word))
        return self.quantity(*both)

    def quantity(self, name: str, word: str = "") -> tuple[str, str]:
        return f"{self.name}.{name}", f"{self.label}·{word or name}"


class Chosen(list[Group]):
    """Rows that a filter has made of a table; they know what they are called, also when there are none.

    `doubt`: the first blank that leaves open which rows these are, so that they can be neither counted nor added up.
    """

    __slots__ = ("called", "doubt")

    def __init__(self, rows: Iterable[Group], called: Called, doubt: Blank | None = None) -> None:
        super().__init__(rows)
        self.called, self.doubt = called, doubt


def called(rows: Rows | Sequence[Group]) -> Called:
    """What rows are called. A plain list (a slice, two lists added) is called after each of its rows."""
    if isinstance(rows, Chosen):
        return rows.called
    if isinstance(rows, Rows):
        label = _table_of(rows.rows[0].label) if len(rows) else ""
        return Called(rows.name, label or short_label(rows.label) or rows.name, rows.place)
    if not rows:
        return Called(NO_TABLE, NO_TABLE, NOWHERE)
    table, title = _table_of(rows[0].name), _table_of(rows[0].label)
    keys = [row.name.removeprefix(table)[1:-1] for row in rows]
    shown = keys if len(keys) <= _MOST_KEYS else [*keys[:_MOST_KEYS], f"…{keys[-1]}共{len(keys)}行"]
    words = "、".join(shown)
    return Called(f"{table}[{words}]", f"{title or table}（{words}）", rows[0].place)


def chosen(rows: Rows | Sequence[Group], kept: Iterable[Group], key: str, words: str = "") -> Chosen:
    """`kept` of `rows` by the condition `key` («一级=过程», «208»); `words`: the same as an office says it."""
    whole, doubt = called(rows), rows.doubt if isinstance(rows, Chosen) else None
    return Chosen(kept, Called(f"{whole.name}[{key}]", f"{whole.label}（{words or key}）", whole.place), doubt)


def condition(rows: Rows | Sequence[Group], column: str, value: object) -> tuple[str, str]:
    """«一级=过程» and «一级：过程»; the value alone where the column is what identifies a row."""
    text = "空白" if isinstance(value, Blank) else f"{value.value:f}" if isinstance(value, Quantity) else str(value)
    if isinstance(rows, Rows) and rows.key == column and text:
        return text, text
    return f"{column}={text}", f"{column_word(rows, column)}：{text or '空'}"


def together(tables: Sequence[Rows | Sequence[Group]], rows: Iterable[Group]) -> Chosen:
    """The rows of several tables as one table: «政府性基金收支＋国有资本经营收支»."""
    each = [called(table) for table in tables]
    name, label = ("＋".join(dict.fromkeys(words)) for words in ((c.name for c in each), (c.label for c in each)))
    return Chosen(rows, Called(name, label, each[0].place if each else NOWHERE))


def inside(rows: Rows | Sequence[Group], table: str, found: Iterable[Group]) -> Chosen:
    """The rows of the tables `table` that stand inside `rows`."""
    outer = called(rows)
    return Chosen(found, Called(*outer.quantity(table), outer.place))


def column_word(rows: Iterable[Group], column: str) -> str:
    """What the form calls a column, «决算数»; its name where no row tells."""
    label = next((str(getattr(row.entries.get(column), "label", "")) for row in rows), "")
    return label.rpartition("·")[2] or column


def short_label(label: str) -> str:
    """The label without the explanation in brackets at its end."""
    return re.sub(r"（[^（）]*）$", "", label) or label


def _table_of(row: str) -> str:
    """«支出明细[3]» → «支出明细», «支出（208）» → «支出»; a key may hold brackets of its own."""
    opening, closing = ("[", "]") if row.endswith("]") else ("（", "）")
    depth = 0
    for at in range(len(row) - 1, -1, -1):
        depth += (row[at] == closing) - (row[at] == opening)
        if depth == 0:
            return row[:at] if row[-1] == closing else row
    return row


# -- spoken names -----------------------------------------------------------------------------------------------------
def spoken_name(quantity: Quantity, *, signed: bool = False) -> str:
    """A figure as an office would call it: «机关运行经费支出的增幅», «收、支总计与上年收、支总计之差».

    `signed`: its value is shown with its sign, a rate is then called 增减幅 whichever way it goes.
    """
    origin = quantity.origin
    if origin is None or not origin.operands:
        return quantity.label or quantity.name
    names = [_in_words(operand) for operand in origin.operands]
    if origin.operation == "增幅":
        now, before = origin.operands
        return f"{names[0]}的{'增减幅' if signed else '降幅' if now.value < before.value else '增幅'}"
    if origin.operation in ("占比", "完成率") and len(names) == 2:
        return f"{names[0]}占{names[1]}的比重" if origin.operation == "占比" else f"{names[0]}的预算完成率"
    if origin.operation == "-" and len(names) == 2:
        return f"{names[0]}与{names[1]}之差"
    return _in_words(quantity)


def _in_words(quantity: Quantity) -> str:
    """The label of a figure; a sum without one is called after its parts: «支出（208）·基本支出＋项目支出»."""
    origin = quantity.origin
    if quantity.label or origin is None or origin.operation != "+" or not origin.operands:
        return quantity.label or quantity.name
    parts = [_in_words(operand) for operand in origin.operands]
    table, _, column = parts[0].rpartition("·")
    if not table or any(one.rpartition("·")[0] != table for one in parts):
        return "＋".join(parts)
    return f"{table}·{'＋'.join([column, *(one.rpartition('·')[2] for one in parts[1:])])}"
