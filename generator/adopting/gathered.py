"""What has been lifted from an old report so far, each value with its place; what every station asks of the report."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from generator.adopting.grammar import Chapter, Grammar, Slot
from generator.adopting.old_report import Line, OldReport
from generator.adopting.plain_text import Plain
from generator.facts.accounts import Accounts, same_name
from generator.form.fields import ACCOUNT_KINDS

DAY = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日")
_MEASURE = re.compile(r"[≤≥<>=＜＞]*-?\d")
_AMOUNT = re.compile(r"\d\.\d+(亿元|万元|千元|元|[万亿])")
_USUAL = 5
_MARK = re.compile("附[件表][0-9一二三四五六七八九十]*[：:]?")
Rows = tuple[tuple[str, str], ...]
"""The tables around a value, each with what its row is known by."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """`text` as printed; of a number without its unit."""

    slot: Slot
    rows: Rows
    text: str
    unit: str
    spots: Plain
    where: str
    said: str = ""
    """The clause in which a number stands."""


@dataclass(slots=True)
class Piece:
    """A paragraph of the old report. `order`: of the pack's sentence that it is, None for none."""

    text: Plain
    lines: tuple[Line, ...]
    order: float | None = None


@dataclass(slots=True)
class Reading:
    """`lifted` in reading order; `checks`: numbers that the program works out, as printed; `known`: characters that
    are the pack's own words."""

    lifted: list[Lifted] = field(default_factory=list)
    checks: list[Lifted] = field(default_factory=list)
    known: set[tuple[int, int]] = field(default_factory=set)


class Gathered:
    """`present`: chapters whose heading the report has."""

    def __init__(self, report: OldReport, grammar: Grammar, accounts: Accounts, year: int, present: set[int]) -> None:
        self.report, self.grammar, self.accounts, self.year, self.present = report, grammar, accounts, year, present
        self.reading = Reading()
        units = Counter(unit for line in report.lines if not line.table for unit in _AMOUNT.findall(line.plain.text))
        self.usual_unit = "万元" if len(units) == 1 and units["万元"] >= _USUAL else ""
        """Of an amount in a formula, which has none of its own: that of all the others."""
        self.all_words = key_of("\n".join(line.raw for line in report.lines))

    def is_key(self, slot: Slot) -> bool:
        return slot.field is not None and self.grammar.keys.get(slot.rows[-1][0] if slot.rows else "") == slot.path

    def is_account(self, slot: Slot) -> bool:
        return slot.field is not None and slot.field.kind in ACCOUNT_KINDS

    def account(self, words: str) -> str:
        """The code of «社会保障和就业支出（类）…（款）…（项）»; "" unless it is one."""
        steps = re.findall(r"([^（）]+(?:（[^类款项][^（）]*）)?)（[类款项]）", words)
        codes = [""]
        for step in steps:
            wanted = same_name(step).removesuffix("支出")
            codes = [
                below
                for code in codes
                for below in self.accounts.below.get(code, ())
                if wanted in {same_name(name).removesuffix("支出") for name in self.accounts.names(below)}
            ]
        codes = [code for code in codes if code and self.accounts.in_force(code, self.year)] or codes
        return codes[0] if steps and len(codes) == 1 else ""

    def _is_measure(self, slot: Slot, words: str) -> bool:
        """Words that are a figure with its unit, where the form has a field for figures beside the one for words."""
        if slot.field is None or slot.field.kind != "文字" or not slot.rows or not _MEASURE.match(words):
            return False
        around = slot.path.rpartition(".")[0]
        return around in self.grammar.measured

    def put(self, slot: Slot, rows: Rows, value: Plain, unit: str, said: str = "") -> None:
        if self.is_account(slot):
            code = self.account(value.text)
            name = self.accounts.name(code, self.year)
            self.record(slot, rows, f"{code} {name}".strip(), "", value)
            return
        if slot.field is not None and slot.field.kind == "日期" and not DAY.fullmatch(value.text):
            return
        if slot.field is not None and slot.field.kind == "金额" and not unit:
            unit = self.usual_unit
            if not unit:
                return  # nobody says whether it is 元 or 万元
        if slot.field is not None and slot.field.kind == "文字" and "：" in value.text:
            return  # a name does not go on with another label: two lines stand on one
        if value.text and not self._is_measure(slot, value.text):
            self.record(slot, rows, self.report.raw(value).strip(), unit, value, said)

    def record(self, slot: Slot, rows: Rows, text: str, unit: str, spots: Plain, said: str = "") -> None:
        one = Lifted(slot, rows, text, unit, spots, self.report.where(spots), said)
        (self.reading.lifted if slot.filled_in else self.reading.checks).append(one)

    def know(self, text: Plain, positions: Iterable[int]) -> None:
        self.reading.known.update(text.at[one] for one in positions if one < len(text.at))


def is_table(piece: Piece) -> bool:
    """A row of a table, or the mark of an annex."""
    return any(line.table for line in piece.lines) or _MARK.fullmatch(piece.text.text) is not None


def above(chapter: Chapter, grammar: Grammar) -> list[int]:
    """The chapter itself and those around it."""
    found, at = [], chapter.number
    while at >= 0:
        found.append(at)
        at = grammar.chapters[at].parent
    return found


def head_of(text: str) -> str:
    match = re.match(r"[^\ue000-\uf8ff\U000f0000-\U000ffffd]*", text)
    return match[0] if match else ""


def key_of(text: str) -> str:
    return re.sub(r"[\s“”《》]", "", unicodedata.normalize("NFKC", text)).lower()
