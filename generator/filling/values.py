"""One typed value → one fact: amounts, counts, years, dates, choices and words, as people really type them.

Whatever cannot be read becomes `Unreadable` beside its diagnostic; nothing is guessed and no float is ever made.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.expressions.mentions import LIVE
from generator.facts.fact import Day, Fact, Text, YesNo
from generator.filling.account_value import read_account
from generator.filling.measures import in_unit
from generator.filling.nothing_said import is_blank, is_mark, points_elsewhere, says_none
from generator.form.fields import ACCOUNT_KINDS, NUMBER_KINDS, TEXT_KINDS, Field
from generator.form.sources import Cell
from generator.form.to_confirm import confirmed, is_to_fill
from generator.form.value_reading import Reading, code_points, half_width, printable, unprintable
from generator.names import did_you_mean
from generator.place import Place
from generator.quantity import (
    EXACT,
    MONEY,
    MONEY_UNITS,
    PERCENT,
    YEAR,
    Blank,
    NotApplicable,
    Quantity,
    SaidNothing,
    Unreadable,
)

_NUMBER = re.compile(r"([-+]?) ?([0-9]{1,3}(?:[, ][0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+) ?(.*)", re.S)
_DATE = re.compile(r"([0-9]{4}) ?[-/.年] ?([0-9]{1,2}) ?[-/.月] ?([0-9]{1,2}) ?日?(?:[ T]0?0:00(?::00)?)?")
_COMPACT_DATE = re.compile(r"((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])")
_MONTH = re.compile(r"([0-9]{4}) ?[-/.年] ?([0-9]{1,2}) ?月?")
_YEAR = re.compile(r"([0-9]{4}) ?(?:年度?)?")
_EXCEL_DAY = date(1899, 12, 30)
"""The day that Excel counts as 0."""
_CURRENCY = re.compile(r"([-+]?) ?(?:[¥￥]|RMB|CNY|人民币) ?([-+]?)", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"[-+]?[0-9.,]+[eE][-+]?[0-9]+")
_TRUE, _FALSE = frozenset(("是", "true")), frozenset(("否", "false"))
_LIKE_BOOLEAN = _TRUE | _FALSE | {"yes", "no", "on", "off"}
_MONEY_WORDS = {**{unit: unit for unit in MONEY_UNITS}, "万": "万元", "亿": "亿元"}
_LARGEST = Decimal(10) ** 14
_MOST_DIGITS = 36
_FEN = Decimal("0.01")

_LEFT_OVER = re.compile(
    r"(?<![A-Za-z0-9])[XxＸｘ]{2,}(?![A-Za-z0-9])|[×✕╳]{2,}|某某|\{[^{}\n]*\}|｛[^｛｝\n]*｝|\*{3,}|＊{3,}"
    r"|\{\{|\}\}|（如持平作持平表述）|（不涉及的不列）|下降（增长）|增长（下降）|增长（减少）|增加（减少）|请填写|请在此|〔待填〕|TODO",
    re.IGNORECASE,
)


def default_value(one: Field, name: str, label: str, place: Place) -> Fact:
    """The pack's 缺省 as a fact standing at `place`; amounts are in 元. Without one: `Blank`, and where it holds only
    when 当 does not (`completed_values` knows)."""
    return Blank(name, label, place) if one.when else stated_default(one, name, label, place)


def stated_default(one: Field, name: str, label: str, place: Place) -> Fact:
    text = one.default
    if text is None:
        return Blank(name, label, place)
    if one.kind == "是否":
        return YesNo(text, name, place, label)
    units = {"金额": MONEY, "百分比": PERCENT, "年度": YEAR, "个数": one.unit, "数值": one.unit}
    if one.kind in units:
        return Quantity(Decimal(text), units[one.kind], name, place, label)
    return Text(text, name, place, label)


def read_value(cell: Cell, one: Field, name: str, label: str, reading: Reading) -> Fact:
    """The fact `name` from what was typed. Blank cells give the default, or `Blank`.

    Reports I030–I059, I067, I068 and, for 科目, A001–A015.
    """
    if cell.text is not None and (words := confirmed(cell.text)) != cell.text:
        reading.report("I068", cell.place, label=label)
        cell = Cell(words, cell.place, cell.fault)
    if is_blank(cell) or cell.text is None:
        return default_value(one, name, label, cell.place)
    typed = _Typed(cell.text, half_width(cell.text), one, name, label, cell.place, reading)
    if cell.fault:
        return typed.refuse(cell.fault)
    if is_to_fill(cell.text):
        return typed.refuse("I067")
    if one.kind in TEXT_KINDS:
        return typed.text()
    if is_mark(cell.text) and not (one.kind == "选项" and typed.chosen()) and typed.plain[0] != "#":
        return typed.nothing()
    if typed.plain == "不适用" and one.kind in (*NUMBER_KINDS, "日期"):
        return NotApplicable(name, label, cell.place)
    if one.kind in ACCOUNT_KINDS:
        return read_account(cell, one, name, label, reading)
    return _READERS.get(one.kind, _Typed.number)(typed)


@dataclass(slots=True)
class _Typed:
    raw: str
    plain: str
    field: Field
    name: str
    label: str
    place: Place
    reading: Reading

    def report(self, code: str, **values: object) -> None:
        shown = self.raw.strip() if len(self.raw) <= 40 else f"{self.raw.strip()[:38]}……"
        shown = printable(shown)
        self.reading.report(code, self.place, name=self.name, label=self.label, text=shown, **values)

    def refuse(self, code: str, **values: object) -> Unreadable:
        self.report(code, **values)
        return Unreadable(self.name, self.label, self.place)

    def nothing(self) -> Fact:
        """«-» is what a cell left empty is: the 缺省, or a blank that remembers what stands there."""
        if self.field.default is not None and not self.field.when:
            return default_value(self.field, self.name, self.label, self.place)
        return SaidNothing(self.name, self.label, self.place, printable(self.raw.strip()))

    def quantity(self, value: Decimal, unit: str) -> Quantity:
        return Quantity(value, unit, self.name, self.place, self.label)

    # -- numbers ----------------------------------------------------------------------------------------------------
    def decimal(self) -> tuple[Decimal, str] | Unreadable:
        """The number and the word behind it."""
        plain = _CURRENCY.sub(r"\1\2", self.plain, count=1) if self.field.kind == "金额" else self.plain
        match = _NUMBER.fullmatch(plain)
        if match is None or not _is_unit_word(match[3]):
            return self.not_a_number()
        digits = match[2].replace(",", "").replace(" ", "")
        if len(digits) > _MOST_DIGITS:
            return self.refuse("I040")
        value = Decimal(digits)
        return (value.copy_negate() if match[1] == "-" and value else value), match[3]

    def not_a_number(self) -> Unreadable:
        plain = self.plain
        if plain.startswith("#"):
            return self.refuse("I034")
        if plain.startswith("="):
            return self.refuse("I052")
        if _DATE.fullmatch(plain):
            return self.refuse("I032")
        if plain.lower() in _LIKE_BOOLEAN:
            return self.refuse("I033")
        if says_none(plain) or plain == "零" or points_elsewhere(plain):
            return self.refuse("I056")
        if plain.endswith("%") and self.field.kind in ("金额", "个数"):
            return self.refuse("I031")
        if _SCIENTIFIC.fullmatch(plain):
            return self.refuse("I035")
        if re.fullmatch(r"[-+]?[0-9][0-9, .]*", plain):
            return self.refuse("I036")
        if re.fullmatch(r"\([0-9,.]+\)", plain):
            return self.refuse("I057", number=f"-{plain[1:-1]}")
        return self.refuse("I030", kind=self.field.kind)

    def money(self) -> Quantity | Unreadable:
        parsed = self.decimal()
        if isinstance(parsed, Unreadable):
            return parsed
        value, word = parsed
        stated = self.reading.units.get(self.place.file, "")
        if word == "%":
            return self.refuse("I031")
        if word and word not in _MONEY_WORDS:
            return self.refuse("I058", word=word)
        unit = _MONEY_WORDS[word] if word else stated
        if not unit:
            if self.place.file not in self.reading.asked_unit:
                self.reading.asked_unit.add(self.place.file)
                self.report("I028", file=self.place.file)
            return Unreadable(self.name, self.label, self.place)
        in_yuan = EXACT.multiply(value, MONEY_UNITS[unit])
        if abs(in_yuan) >= _LARGEST:
            return self.refuse("I040")
        if in_yuan != in_yuan.quantize(_FEN, context=EXACT):
            self.report("I039")
        if in_yuan < 0 and not self.field.negative:
            self.report("I037")
        if word and stated and unit != stated:
            shown = EXACT.divide(in_yuan, MONEY_UNITS[stated])
            self.report("I038", unit=stated, converted=f"{shown.normalize(EXACT):f}{stated}")
        return Quantity(in_yuan, MONEY, self.name, self.place, self.label, error=_rounding(value, unit))

    def number(self) -> Quantity | Unreadable:
        """个数, 数值, 百分比."""
        parsed = self.decimal()
        if isinstance(parsed, Unreadable):
            return parsed
        value, word = parsed
        if self.field.kind == "百分比":
            if word not in ("", "%"):
                return self.refuse("I058", word=word)
            if not word and 0 < abs(value) < 1:
                self.report("I053", value=f"{value:f}")
            return self.quantity(value, PERCENT)
        unit = self.field.unit
        if word:
            meant = [in_unit(value, word, one) for one in (unit, *re.findall(r"\w+", unit))]
            read = next((number for number in meant if number is not None), None)
            if read is None:
                return self.refuse("I043", word=word, unit=unit) if unit else self.refuse("I074", word=word)
            value = read
        if self.field.kind == "个数":
            if value < 0:
                return self.refuse("I042")
            if value != value.to_integral_value():
                return self.refuse("I041")
            value = value.to_integral_value()
        return self.quantity(value, unit)

    def year(self) -> Quantity | Unreadable:
        match = _YEAR.fullmatch(self.plain)
        dated = None if match else _DATE.fullmatch(self.plain) or _MONTH.fullmatch(self.plain)
        if dated is not None:
            return self.year_of(dated)
        if match is None:
            return self.refuse("I045")
        if not 2000 <= int(match[1]) <= 2100:
            return self.refuse("I044")
        return self.quantity(Decimal(match[1]), YEAR)

    def year_of(self, dated: re.Match[str]) -> Quantity | Unreadable:
        """A date in the cell of a year: the year of it, or the number that Excel showed as that date."""
        year = int(dated[1])
        if year == _EXCEL_DAY.year + 6 and dated.re is _DATE:
            year = (date(*map(int, dated.groups())) - _EXCEL_DAY).days
        if not 2000 <= year <= 2100:
            return self.refuse("I044")
        self.report("I075", year=year)
        return self.quantity(Decimal(year), YEAR)

    # -- the rest ---------------------------------------------------------------------------------------------------
    def day(self) -> Day | Unreadable:
        match = _DATE.fullmatch(self.plain) or _COMPACT_DATE.fullmatch(self.plain)
        if match is None:
            return self.refuse("I076" if _MONTH.fullmatch(self.plain) else "I046")
        try:
            return Day(date(int(match[1]), int(match[2]), int(match[3])), self.name, self.place, self.label)
        except ValueError:
            return self.refuse("I047")

    def yes_no(self) -> YesNo | Unreadable:
        word = self.plain.lower()
        if word not in _TRUE | _FALSE:
            return self.refuse("I048")
        return YesNo("是" if word in _TRUE else "否", self.name, self.place, self.label)

    def chosen(self) -> str:
        """The choice that is typed here, perhaps in another spelling; "" = none."""
        words = self.field.spellings.items()
        spelled = {_closed(choice): choice for choice in self.field.choices}
        spelled = {_closed(other): choice for other, choice in words} | spelled
        return spelled.get(_closed(self.plain), "")

    def choice(self) -> Text | Unreadable:
        choices, chosen = self.field.choices, self.chosen()
        if chosen:
            return Text(chosen, self.name, self.place, self.label)
        return self.refuse("I049", choices="、".join(choices), suggestion=did_you_mean(self.plain, choices))

    def text(self) -> Fact:
        if is_mark(self.raw) and not _LEFT_OVER.search(self.raw):
            return self.nothing()
        words = re.sub("\r\n?|[\x85\u2028\u2029]", "\n", self.raw)
        removed = unprintable(words)
        if removed:
            self.report("I016", where=f"{self.label}里", codes=code_points(removed))
            words = printable(words)
        words = words.strip()
        left_over = _LEFT_OVER.search(LIVE.sub(" ", words))
        if left_over:
            self.report("I050", mark=left_over[0])
        if self.field.kind == "文字" and "\n" in words:
            self.report("I051")
            words = "".join(line.strip() for line in words.split("\n"))
        return Text(words, self.name, self.place, self.label)


_READERS: dict[str, Callable[[_Typed], Fact]] = {
    "年度": _Typed.year,
    "日期": _Typed.day,
    "是否": _Typed.yes_no,
    "选项": _Typed.choice,
    "金额": _Typed.money,
}


def _rounding(value: Decimal, unit: str) -> Decimal:
    """How far the true amount may lie from what was typed, in 元: half of the last digit, two decimals at the least.

    Amounts in 元 are taken as exact, and so is a typed 0; a typed 0.00 is an amount too small to show.
    """
    exponent = value.as_tuple().exponent
    if unit == "元" or not isinstance(exponent, int) or (value == 0 and exponent == 0):
        return Decimal(0)
    return MONEY_UNITS[unit] * Decimal("0.5").scaleb(min(exponent, -2))


def _closed(text: str) -> str:
    """A choice for comparing: pasted cells bring spaces and line breaks, and letters of another size."""
    return half_width(text).replace(" ", "").lower()


def _is_unit_word(word: str) -> bool:
    return not word or not re.search(r"[0-9,.#=]|[eE][-+]?$", word)
