"""表序: the tables of a form in their order (pack.yaml), with the number that each bears and what they have in common.

    表序:
      编号: 公开{02}表
      当: =表式.表号
      左注: "编制单位：{{ 单位.名称 }}"
      各表: [收入支出决算总表, {表: 财政拨款三公经费支出决算表, 当: =年度 < 2023}, …]

A number counts the tables before it that are there, so that none is skipped or written twice. The order is turned into
«编号» of each table and, where a chapter says «```各表», into headings and tables, before anything is compiled.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.diagnostics import Diagnostic, finding
from generator.names import did_you_mean
from generator.place import Located, Place, place_of

ORDER = "表序"
_WORDS = ("编号", "当", "各表")
_GIVEN = ("左注", "单位", "样式", "数字")
_NUMBER = re.compile(r"\{(0?)(\d)\}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of the order; `condition`: when it is there, "" = always."""

    table: str
    condition: str
    place: Place


class TableOrder:
    """The order that a pack's «表序» states."""

    def __init__(self, stated: Any, file: str, tables: Mapping[str, Any]) -> None:
        self.findings: list[Diagnostic] = []
        self.stated: Mapping[Any, Any] = stated if isinstance(stated, Mapping) else {}
        self.file = file
        if stated is not None and not isinstance(stated, Mapping):
            place = next(iter(stated), None) if isinstance(stated, list) else stated
            hint = "应写成“各表: [表一, 表二]”的一组内容"
            self.wrong("T117", place, what="pack.yaml", word=ORDER, value="……", hint=hint)
        pattern = self.stated.get("编号")
        if pattern is not None and not _NUMBER.search(str(pattern)):
            hint = "要有 {02}（两位数）或 {1}，程序在那里写第几张"
            self.wrong("T117", pattern, what=ORDER, word="编号", value=pattern, hint=hint)
        known = (*_WORDS, *_GIVEN)
        for word in self.stated:
            if word not in known:
                self.wrong("T114", word, what=ORDER, word=word, hint=did_you_mean(str(word), known))
        self.entries = self._entries(tables)

    def wrong(self, code: str, at: object, **values: object) -> None:
        self.findings.append(finding(code, place_of(at) or Place(self.file), **values))

    def _entries(self, tables: Mapping[str, Any]) -> list[Entry]:
        listed = self.stated.get("各表", [])
        if not isinstance(listed, list):
            self.wrong(
                "T117", listed, what=ORDER, word="各表", value="……", hint="应写成清单，如 [收入决算表, 支出决算表]"
            )
            return []
        entries: list[Entry] = []
        for one in listed:
            words = one if isinstance(one, Mapping) else {"表": one}
            for word in words:
                if word not in ("表", "当"):
                    self.wrong("T114", word, what=f"{ORDER}的“各表”", word=word, hint="可用的有：表、当")
            name = words.get("表")
            if name not in tables:
                self.wrong("T111", name, kind="表", what=name, hint=did_you_mean(str(name), tables))
                continue
            condition = str(words.get("当") or "").removeprefix("=").strip()
            entries.append(Entry(str(name), condition, place_of(name)))
        names = [one.table for one in entries]
        for entry in entries:
            if names.count(entry.table) > 1 and not entry.condition:
                hint = "一张表写在两处的，每一处都要写“当”，不然会印两遍、编两个号"
                place = Located(entry.table, entry.place)
                self.wrong("T117", place, what=ORDER, word="各表", value=entry.table, hint=hint)
        return entries

    def words_of(self, table: str) -> dict[Any, Any]:
        """What the order says of a table: its number, and the words that all tables share."""
        if not any(one.table == table for one in self.entries):
            return {}
        words = {word: self.stated[word] for word in self.stated if word in _GIVEN}
        if "编号" in self.stated:
            words[Located("编号", place_of(self.stated["编号"]))] = self._number(table)
        return words

    def _number(self, table: str) -> str:
        """An expression for «公开07表»."""
        numbers = self._all_numbers()
        found = ""
        for position, one in reversed([(n, e) for n, e in enumerate(self.entries) if e.table == table]):
            always = sum(not before.condition for before in self.entries[:position])
            counted = [f"(1 if ({before.condition}) else 0)" for before in self.entries[:position] if before.condition]
            text = f"[{', '.join(numbers)}][{' + '.join([str(always), *counted])}]" if counted else numbers[always]
            found = f"({text} if ({one.condition}) else {found})" if found and one.condition else text
        asked = self.stated.get("当")
        if asked is not None:
            found = f"{found} if ({str(asked).removeprefix('=').strip()}) else ''"
        return Located(f"={found}", place_of(asked) or place_of(self.stated["编号"]))

    def _all_numbers(self) -> list[str]:
        pattern = str(self.stated["编号"])
        return [json.dumps(_numbered(pattern, n), ensure_ascii=False) for n in range(1, len(self.entries) + 1)]


def _numbered(pattern: str, number: int) -> str:
    """«公开{02}表» with its number in two digits, «表{1}» with as many as it has."""
    return _NUMBER.sub(lambda hole: str(number).zfill(int(hole[2]) if hole[1] else 0), pattern)
