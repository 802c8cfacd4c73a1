"""A typed 科目 → its code, checked against 政府收支分类科目: «2080104», «2080104 综合业务管理», «[208-01-04]综合业务».

Our list is open below the 类: a code that only our list lacks is printed with the name typed beside it, and told; what
rests on a doubtful row is a hint. Nothing is suggested that is not known: names that match exactly, codes a level down.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.facts.accounts import LEVELS, AccountCode, Accounts, same_name
from generator.facts.fact import Fact
from generator.form.fields import Field
from generator.form.sources import Cell
from generator.form.value_reading import Reading, half_width
from generator.place import Place
from generator.quantity import Unreadable

_LENGTH = {level: length for length, level in LEVELS.items()}
_FIRST = {"功能科目": "2", "经济科目": "3"}
_SHOWN = 20
_DIGITS = r"\d(?:[ .·/_–-]?\d)*"
_OPEN, _CLOSED = r"[\[(【〔「《]?", r"[\])】〕」》]?"
_CODE_FIRST = re.compile(rf"{_OPEN} ?({_DIGITS}) ?{_CLOSED}[\s:、,—_.-]*(.*)", re.S)
_CODE_LAST = re.compile(rf"(\D+?)[\s:、—-]*{_OPEN} ?({_DIGITS}) ?{_CLOSED}", re.S)
_STEP = re.compile(r"([^()]+(?:\([^()]*\))*?)\((类|款|项)\)")
_TAIL = re.compile(r"\((?:类|款|项|元|千元|万元|亿元)\)$")


@dataclass(frozen=True, slots=True)
class TypedAccount:
    """What is typed in one cell: `code` ("" = a name alone), `name`, and the names of the levels above it, 类 first,
    where the whole chain «甲（类）乙（款）丙（项）» is typed."""

    code: str
    name: str
    chain: tuple[tuple[str, str], ...] = ()


def taken_as_account(text: str) -> TypedAccount:
    """Code and name, in whatever brackets and with whatever signs between the digits."""
    plain = half_width(text)
    match = _CODE_FIRST.fullmatch(plain)
    code, words = (match[1], match[2]) if match else ("", plain)
    last = _CODE_LAST.fullmatch(plain) if match is None else None
    if last is not None:
        words, code = last[1], last[2]
    words = "".join(words.split())
    whole = re.fullmatch(r"\((.*)\)|【(.*)】|\[(.*)\]", words)
    if whole is not None and words.count("(") <= 1:
        words = next(one for one in whole.groups() if one is not None)
    steps = _STEP.findall(words)
    chain = tuple((level, name) for name, level in steps) if "".join(f"{n}({lv})" for n, lv in steps) == words else ()
    name = chain[-1][1] if chain else _TAIL.sub("", words)
    return TypedAccount(re.sub(r"\D", "", code), name, chain)


def read_account(cell: Cell, one: Field, name: str, label: str, reading: Reading) -> Fact:
    """`cell` is not blank. Reports A001–A015."""
    typed = taken_as_account(cell.text or "")
    check = _Check(half_width(cell.text or "")[:60], typed, one, name, label, cell.place, reading, reading.accounts)
    return check.code(typed.code) if typed.code else check.by_name()


@dataclass(slots=True)
class _Check:
    text: str
    typed: TypedAccount
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

    @property
    def pool(self) -> list[str]:
        """All listed codes of the kind and level that the field asks for."""
        first, length = _FIRST[self.field.kind], _LENGTH.get(self.field.level, 0)
        return [c for c in self.accounts.table if c.startswith(first) and (not length or len(c) == length)]

    def called(self, name: str) -> tuple[str, ...]:
        return self.accounts.called(name, self.pool, self.reading.year) if name else ()

    def by_name(self) -> Fact:
        """A name without a code means a 科目 when only one is called so; a typed chain tells which of several."""
        found = self.called(self.typed.name)
        if self.typed.chain:
            whole = same_name("".join(f"{name}({level})" for level, name in self.typed.chain))
            found = tuple(c for c in found if same_name(self.accounts.full_name(c, self.reading.year)).endswith(whole))
        if len(found) == 1:
            self.report("A014", account=found[0], given=self.typed.name)
            return AccountCode(found[0], self.name, self.place, self.label)
        several = f"叫这个名称的有 {self.listed(found)}，请写明编码。" if found else ""
        near = "" if found else self.nearest(self.typed.name)
        return self.refuse("A009", suggestion=several or near or "请查阅当年《政府收支分类科目》。")

    def nearest(self, text: str) -> str:
        found = self.accounts.find(text, self.pool)
        return f"您是否指 {self.listed(found[:3])}？" if found else ""

    def code(self, code: str) -> Fact:
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
        if known:
            return self.known(code, self.typed.name)
        if code[:3] not in self.accounts or level not in ((wanted,) if wanted else LEVELS):
            return self.refuse("A001", account=code, suggestion=self.evidence() or _LENGTHS)
        return self.unknown(code, self.typed.name)

    def unknown(self, code: str, given: str) -> Fact:
        """A code that our list lacks is the office's to name; without a name there is nothing to print."""
        if not given:
            return self.refuse("A013", account=code)
        self.report("A002", account=code, given=given, suggestion=self.evidence())
        for level, name in self.typed.chain:
            above = code[: _LENGTH[level]]
            if above not in self.accounts:
                self.reading.account_names[above] = name
        for above in self.accounts.parents(code):
            if above not in self.accounts:  # a 款: an unknown 类 is refused
                self.reading.unnamed_accounts.setdefault(above, self.place)
        return AccountCode(code, self.name, self.place, self.label, given, self.reading.account_names)

    def evidence(self) -> str:
        """Where exactly this name stands in the list under another code; no guess, so "" for names that many bear."""
        found = self.called(self.typed.name)
        return f"科目表里叫这个名称的是 {self.listed(found)}。" if len(found) == 1 else ""

    def known(self, code: str, given: str) -> Fact:
        accounts, year = self.accounts, self.reading.year
        official, doubtful = accounts.name(code, year), accounts.confidence(code) == "medium"
        kept = ""
        if not accounts.in_force(code, year):
            since = accounts.since(code)
            self.report("A015" if since > year else "A012", account=code, title=official, since=since)
        if given and same_name(given) not in (same_name(official), same_name(accounts.full_name(code, year))):
            if same_name(given) in map(same_name, accounts.names(code)):
                self.report("A006", account=code, given=given, official=official)
            elif doubtful:
                kept = given
                self.report("A007", account=code, given=given, official=official)
            else:
                found = self.called(given)
                meant = f"您是否指 {self.listed(found)}？" if len(found) == 1 else ""
                return self.refuse("A005", account=code, given=given, official=official, suggestion=meant)
        elif not given and doubtful:
            self.report("A008", account=code, official=official)
        return AccountCode(code, self.name, self.place, self.label, kept, self.reading.account_names)


_LENGTHS = "请核对编码；功能分类项级编码是 7 位，经济分类款级编码是 5 位。"
