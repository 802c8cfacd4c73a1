"""The tree of facts that an office filled in.

`Facts` is a `Group`; a group holds, under Chinese names, `Quantity`, `Text`, `Day`, `Blank`, `NotApplicable`, other
groups, or `Rows` (a table whose rows are groups). A name is the path from the top: «收支总计.决算»; in a table the
row's key stands in brackets: «支出功能分类[2080104].基本支出».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Union

from generator.place import NOWHERE, Place
from generator.quantity import Blank, NotApplicable, Quantity

YEAR_ROLE, UNIT_ROLE, SHORT_NAME_ROLE, PUBLISHED_ROLE = ("年度", "单位", "简称", "公开日期")
APPROVED_ROLE, REVIEWED_ROLE = ("批复日期", "保密审查")
ROLES = (YEAR_ROLE, UNIT_ROLE, SHORT_NAME_ROLE, PUBLISHED_ROLE, APPROVED_ROLE, REVIEWED_ROLE)
"""What the program must know of any report, whatever the pack calls it (pack.yaml, 角色)."""
FISCAL_YEAR = "_年度"
"""Under this name expressions and filters find the fiscal year."""


class Text(str):
    """Words typed by the office: printed literally, whatever characters they hold."""

    __slots__ = ("label", "name", "place")
    name: str
    place: Place
    label: str

    def __new__(cls, value: str, name: str = "", place: Place = NOWHERE, label: str = "") -> Text:
        text = super().__new__(cls, value)
        text.name, text.place, text.label = name, place, label
        return text


class YesNo(Text):
    """是 or 否, as printed; counts as true or false in a condition."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return self == "是"


class Day:
    """A calendar date; prints as 2021年10月26日 (GB/T 9704-2012: Arabic numerals, no leading zeros)."""

    __slots__ = ("label", "name", "place", "value")

    def __init__(self, value: date, name: str = "", place: Place = NOWHERE, label: str = "") -> None:
        self.value, self.name, self.place, self.label = value, name, place, label

    def __str__(self) -> str:
        return f"{self.value.year}年{self.value.month}月{self.value.day}日"


Fact = Union[Quantity, Text, Day, Blank, NotApplicable]
Entry = Union[Fact, "Group", "Rows"]


class Group:
    """Facts under names. `label` is what the office sees; `place` where the group begins.

    `doubt`: of a row that a selection could neither take nor leave, the blank cell that would decide. Such a row is
    shown and never counted. `roles`: of the whole tree, which fact the pack means by 年度, 单位, 简称, 公开日期.
    """

    __slots__ = ("doubt", "entries", "label", "name", "place", "roles")

    def __init__(self, name: str, entries: Mapping[str, Entry], place: Place = NOWHERE, label: str = "") -> None:
        self.name, self.entries, self.place, self.label = name, dict(entries), place, label
        self.doubt: Blank | None = None
        self.roles: Mapping[str, str] = {}

    def role(self, word: str) -> Entry | None:
        """What plays this part in the report: «单位» → the text 单位.名称; None where the pack names none."""
        entry: Entry | None = self
        for part in self.roles.get(word, "").split("."):
            entry = entry.entries.get(part) if isinstance(entry, Group) else None
        return entry

    @property
    def fiscal_year(self) -> int:
        """0 while nobody has filled it in."""
        year = self.role(YEAR_ROLE)
        return int(year.value) if isinstance(year, Quantity) else 0

    def __getitem__(self, key: str) -> Entry:
        return self.entries[key]

    def __contains__(self, key: object) -> bool:
        return key in self.entries

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def with_entries(self, extra: Mapping[str, Entry]) -> Group:
        row = Group(self.name, {**self.entries, **extra}, self.place, self.label)
        row.doubt = self.doubt
        return row

    def doubtful(self, blank: Blank, extra: Mapping[str, Entry] | None = None) -> Group:
        """The same row, in doubt because of `blank`."""
        row = self.with_entries(extra or {})
        row.doubt = blank
        return row

    def __repr__(self) -> str:
        return f"Group({self.name or '全部'}: {'、'.join(self.entries)})"

    def __str__(self) -> str:
        return self.label or self.name or "全部"


class Rows:
    """A table as the office filled it in; `key` is the column that identifies a row ("" = its number).

    `gap`: of a table that must have rows and has none, what stands for them.
    """

    __slots__ = ("by_key", "gap", "key", "label", "name", "place", "rows")

    def __init__(
        self, name: str, rows: Iterable[Group], key: str = "", place: Place = NOWHERE, label: str = ""
    ) -> None:
        self.name, self.rows, self.key, self.place, self.label = name, tuple(rows), key, place, label
        self.gap: Blank | None = None
        self.by_key = {str(row[key]): row for row in self.rows if key and key in row}

    def with_rows(self, rows: Iterable[Group]) -> Rows:
        """The same table with other rows."""
        table = Rows(self.name, rows, self.key, self.place, self.label)
        table.gap = self.gap
        return table

    def __iter__(self) -> Iterator[Group]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: object) -> Group:
        return self.rows[key] if isinstance(key, int) else self.by_key[str(key)]

    def __contains__(self, key: object) -> bool:
        return str(key) in self.by_key

    def __str__(self) -> str:
        return self.label or self.name


Facts = Group


def walk(group: Group) -> Iterator[Fact]:
    """Every single fact of the tree, in the order of the fields."""
    for entry in group.entries.values():
        if isinstance(entry, Group):
            yield from walk(entry)
        elif isinstance(entry, Rows):
            for row in entry:
                yield from walk(row)
        else:
            yield entry


def path_without_keys(name: str) -> str:
    """«项目[DRGs项目经费].立项依据» → «项目.立项依据»."""
    return re.sub(r"\[[^\]]*\]", "", name)
