"""政府收支分类科目: codes, names by fiscal year, and the tree of 类, 款 and 项.

Functional codes have 3, 5 or 7 digits (类, 款, 项) and begin with 2; economic codes of departments have 3 or 5 digits
and begin with 3. The two never share a code, so one table holds both. The tables come from the pack's common folder;
they are not complete, which is why each row carries how well it is known.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from generator.facts.fact import Text
from generator.names import nearest
from generator.place import NOWHERE, Place

LEVELS = {3: "类", 5: "款", 7: "项"}


@dataclass(frozen=True, slots=True)
class Account:
    """`confidence` is verified (read in a published list or table), high, or medium (to be checked by the office).

    A former code, no longer in the current list, has an empty `name`; its names stand in `formerly`. `since`: the first
    fiscal year of a code that was added later, 0 = not known to be younger than the list.
    """

    code: str
    name: str
    confidence: str
    source: str = ""
    note: str = ""
    formerly: tuple[FormerName, ...] = ()
    since: int = 0


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name in force in the fiscal years `first`…`last`; 0 = open."""

    name: str
    first: int
    last: int

    def holds(self, year: int) -> bool:
        return (not self.first or self.first <= year) and (not self.last or year <= self.last)


class AccountCode(Text):
    """A 科目 as the office typed it: the text is the code.

    `given_name` is the name typed beside it when our list does not hold the code (or holds it with doubt), else "".
    `above`: names that the office gave to the 类 and 款 over unlisted codes; all codes of one input share it.
    """

    __slots__ = ("above", "given_name")
    given_name: str
    above: Mapping[str, str]

    def __new__(
        cls,
        value: str,
        name: str = "",
        place: Place = NOWHERE,
        label: str = "",
        given_name: str = "",
        above: Mapping[str, str] = MappingProxyType({}),
    ) -> AccountCode:
        code = super().__new__(cls, value, name, place, label)
        assert isinstance(code, AccountCode)
        code.given_name, code.above = given_name, above
        return code

    def up_to(self, length: int) -> AccountCode:
        """The code that many digits long: itself, or the 类 or 款 above it with the name that the office gave it."""
        if length >= len(self):
            return self
        parent = self[:length]
        return AccountCode(parent, given_name=self.above.get(parent, ""), above=self.above)


@dataclass(frozen=True, slots=True)
class Accounts:
    table: Mapping[str, Account]
    below: Mapping[str, tuple[str, ...]]

    @staticmethod
    def load(functional_csv: str, economic_csv: str, renames: str) -> Accounts:
        """From the three files' text: code,name,confidence,source,note,from (twice) and code,name,from,to."""
        formerly: dict[str, list[FormerName]] = {}
        for row in _rows(renames):
            years = (int(row["from"] or 0), int(row["to"] or 0))
            formerly.setdefault(row["code"], []).append(FormerName(row["name"], *years))
        table: dict[str, Account] = {}
        for text in (functional_csv, economic_csv):
            for row in _rows(text):
                code = row["code"]
                former = tuple(formerly.pop(code, ()))
                table[code] = Account(
                    code, row["name"], row["confidence"], row["source"], row["note"], former, int(row.get("from") or 0)
                )
        for code, names in formerly.items():
            table[code] = Account(code, "", "high", formerly=tuple(names))
        below: dict[str, list[str]] = {}
        for code in sorted(table):
            below.setdefault(code[:-2] if len(code) > 3 else "", []).append(code)
        return Accounts(table, {code: tuple(codes) for code, codes in below.items()})

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and self._plain(code) in self.table

    def _plain(self, code: str) -> str:
        """A 款 without 项 is printed with two zeros behind it (2121100); it is the 款 itself."""
        if code not in self.table and len(code) == 7 and code.endswith("00"):
            return code[:5] if code[:5] in self.table and not self.below.get(code[:5]) else code
        return code

    def name(self, code: str, year: int = 0) -> str:
        """The name in that fiscal year (0 = the current list); "" when the code is unknown.

        A former code keeps its last name in the years after: the office is told elsewhere, the print is not empty.
        """
        given = code.given_name if isinstance(code, AccountCode) else ""
        account = self.table.get(self._plain(code))
        if given or account is None:
            return given
        for former in account.formerly:
            if year and former.holds(year):
                return former.name
        return account.name or account.formerly[-1].name

    def names(self, code: str) -> tuple[str, ...]:
        """Every name that the code has or had."""
        account = self.table.get(self._plain(code))
        if account is None:
            return ()
        return tuple(name for name in (account.name, *(former.name for former in account.formerly)) if name)

    def in_force(self, code: str, year: int) -> bool:
        """False for a former code after its last year and a new one before its first; what is unknown counts as so."""
        account = self.table.get(self._plain(code))
        if account is None or not year:
            return True
        if account.name:
            return account.since <= year
        return any(former.holds(year) for former in account.formerly)

    def full_name(self, code: str, year: int = 0) -> str:
        """住房保障支出（类）住房改革支出（款）住房公积金（项）; an unknown level is left out."""
        plain = self._plain(code)
        above: Mapping[str, str] = code.above if isinstance(code, AccountCode) else {}
        steps = [(c, self.name(c, year) or above.get(c, "")) for c in self.parents(plain)]
        steps.append((plain, self.name(code, year)))
        return "".join(f"{name}（{LEVELS[len(c)]}）" for c, name in steps if name and len(c) in LEVELS)

    def parents(self, code: str) -> tuple[str, ...]:
        """类 and 款 above the code, outermost first, also for a code that is not in the list."""
        plain = self._plain(code)
        return tuple(plain[:length] for length in (3, 5) if length < len(plain))

    def children(self, code: str, year: int = 0) -> tuple[str, ...]:
        """Codes one level below, in order; "" gives all 类. With a year, without codes no longer in force."""
        return tuple(c for c in self.below.get(code, ()) if self.in_force(c, year))

    def confidence(self, code: str) -> str:
        """verified, high or medium; "" when unknown."""
        account = self.table.get(self._plain(code))
        return account.confidence if account else ""

    def since(self, code: str) -> int:
        """The first fiscal year of a code that was added later, else 0."""
        account = self.table.get(self._plain(code))
        return account.since if account else 0

    def called(self, name: str, within: Iterable[str], year: int = 0) -> tuple[str, ...]:
        """The codes among `within` that bear exactly this name in that year, in order; brackets of any width."""
        wanted = same_name(name)
        return tuple(c for c in within if self.in_force(c, year) and same_name(self.name(c, year)) == wanted)

    def find(self, text: str, within: Iterable[str] | None = None) -> tuple[str, ...]:
        """Codes that `text` (a code, or a name, current or former) may mean, best first, at most five."""
        codes = list(self.table if within is None else within)
        if text in self.table and (within is None or text in codes):
            return (text,)
        exact = [code for code in codes if text in self.names(code)]
        if exact:
            return tuple(sorted(exact)[:5])
        if text.isdecimal():
            near = [code for code in codes if _one_slip(text, code)]
            near.sort(key=lambda code: (-_shared(text, code), code))
            return tuple(near[:5])
        found = nearest(text, dict.fromkeys(name for code in codes for name in self.names(code)))
        return tuple(code for code in codes if found in self.names(code))[:5] if found else ()


def same_name(name: str) -> str:
    """A name for comparing: brackets and quotes without their width, no spaces."""
    return "".join(name.translate(_WIDTHS).split())


_WIDTHS = {ord("（"): "(", ord("）"): ")", ord("“"): '"', ord("”"): '"'}


def _rows(text: str) -> Iterable[dict[str, str]]:
    """A table as a spreadsheet saves it: perhaps with a byte order mark, with blank lines and short rows."""
    for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), restval=""):
        if row["code"].strip():
            yield {name: value.strip() for name, value in row.items() if isinstance(value, str)}


def _shared(left: str, right: str) -> int:
    """How many digits agree from the left."""
    return next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))


def _one_slip(typed: str, code: str) -> bool:
    """One wrong, missing, surplus digit, or two neighbours exchanged."""
    if abs(len(typed) - len(code)) > 1 or typed == code:
        return False
    shared = _shared(typed, code)
    tails = (typed[shared:], code[shared:])
    if len(typed) == len(code):
        swapped = tails[0][1::-1] + tails[0][2:] == tails[1]
        return swapped or tails[0][1:] == tails[1][1:]
    return tails[0][1:] == tails[1] or tails[0] == tails[1][1:]
