"""A typed 科目 → its code, checked against 政府收支分类科目: «2080104», «2080104 综合业务管理».

Our list is not complete: a code that only our list lacks is a warning, and what rests on a doubtful row is a hint.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.facts.accounts import LEVELS, AccountCode, Accounts
from generator.facts.fact import Fact
from generator.form.fields import Field
from generator.form.sources import Cell
from generator.form.value_reading import Reading, half_width
from generator.place import Place
from generator.quantity import Unreadable

_TYPED = re.compile(r"([0-9][0-9 ]*)[-:、—]*\s*(.*)", re.S)
_LENGTH = {level: length for length, level in LEVELS.items()}
_FIRST = {"功能科目": "2", "经济科目": "3"}
_SHOWN = 20


def read_account(cell: Cell, one: Field, name: str, label: str, reading: Reading) -> Fact:
    """`cell` is not blank. Reports A001–A013."""
    plain = half_width(cell.text or "")
    match = _TYPED.fullmatch(plain)
    check = _Check(plain[:60], one, name, label, cell.place, reading, reading.accounts)
    if match is None:
        return check.no_code()
    return check.code(match[1].replace(" ", ""), "".join(match[2].split()))


@dataclass(slots=True)
class _Check:
    text: str
    field: Field
    name: str
    label: str
    place: Place
    reading: Reading
    accounts: Accounts

    def report(self, code: str, **values: object) -> None:
        shared = {"text": self.text, "name": self.name, "label": self.label, "year": self.reading.year}
        self.reading.report(code, self.place, **{**shared, **values})

    def refuse(self, code: str, **values: object) -> Unreadable:
        self.report(code, **values)
        return Unreadable(self.name, self.label, self.place)

    def listed(self, codes: tuple[str, ...]) -> str:
        more = " 等" if len(codes) > _SHOWN else ""
        return "、".join(f"{c} {self.accounts.name(c, self.reading.year)}" for c in codes[:_SHOWN]) + more

    def nearest(self, text: str, within: tuple[str, ...] | None = None) -> str:
        first = _FIRST[self.field.kind]
        pool = within if within is not None else tuple(c for c in self.accounts.table if c.startswith(first))
        if self.field.level:
            pool = tuple(c for c in pool if len(c) == _LENGTH[self.field.level])
        found = self.accounts.find(text, pool)
        return f"您是否指 {self.listed(found[:3])}？" if found else ""

    def no_code(self) -> Unreadable:
        return self.refuse("A009", suggestion=self.nearest(self.text) or "请查阅当年《政府收支分类科目》。")

    def code(self, code: str, given: str) -> Fact:
        kind = self.field.kind
        if kind == "经济科目" and code.startswith("5"):
            return self.refuse("A011")
        if code[0] != _FIRST[kind] and code[0] in _FIRST.values():
            other = next(word for word, first in _FIRST.items() if first == code[0])
            return self.refuse("A010", kind=kind, other=other)
        known = code in self.accounts
        level, wanted = len(code), _LENGTH.get(self.field.level, 0)
        if wanted and level < wanted and known:
            title = self.accounts.name(code, self.reading.year)
            children = self.listed(self.accounts.children(code, self.reading.year))
            hint = f"{title}下面有：{children}" if children else f"{title}下面没有{self.field.level}，请填 {code}00"
            return self.refuse("A003", has=LEVELS[level], wanted=self.field.level, hint=hint)
        if wanted and level > wanted and code[:wanted] in self.accounts:
            return self.refuse("A004", wanted=self.field.level, parent=self.listed((code[:wanted],)))
        if not known:
            return self.unknown(code, given, wanted)
        return self.known(code, given)

    def unknown(self, code: str, given: str, wanted: int) -> Fact:
        parent = code[:-2]
        if len(parent) == 5 and parent in self.accounts and len(code) in ((wanted,) if wanted else LEVELS):
            suggestion = self.nearest(code, self.accounts.children(parent))
            title = self.accounts.name(parent, self.reading.year)
            self.report("A002", account=code, parent=parent, title=title, suggestion=suggestion)
            if not given:
                self.report("A013", account=code)
            return AccountCode(code, self.name, self.place, self.label, given)
        by_name = self.nearest(given) if given else ""
        suggestion = by_name or self.nearest(code) or "请核对编码；功能分类项级编码是 7 位，经济分类款级编码是 5 位。"
        return self.refuse("A001", account=code, suggestion=suggestion)

    def known(self, code: str, given: str) -> Fact:
        accounts, year = self.accounts, self.reading.year
        official, doubtful = accounts.name(code, year), accounts.confidence(code) == "medium"
        kept = ""
        if not accounts.in_force(code, year):
            self.report("A012", account=code, title=official)
        if given and _same(given) not in (_same(official), _same(accounts.full_name(code, year))):
            if given in accounts.names(code):
                self.report("A006", account=code, given=given, official=official)
            elif doubtful:
                kept = given
                self.report("A007", account=code, given=given, official=official)
            else:
                suggestion = self.nearest(given) if accounts.find(given) else ""
                return self.refuse("A005", account=code, given=given, official=official, suggestion=suggestion)
        elif not given and doubtful:
            self.report("A008", account=code, official=official)
        return AccountCode(code, self.name, self.place, self.label, kept)


def _same(name: str) -> str:
    """Names are compared without brackets' and quotes' width."""
    return name.translate({ord("（"): "(", ord("）"): ")", ord("“"): '"', ord("”"): '"'})
