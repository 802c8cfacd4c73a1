"""Numbers of people in a text: telephones, identity cards, bank accounts, however they are spaced or typed.

Nothing is looked up: a number is known by its own build (GB 11643 check digit, a date that exists, the Luhn sum of bank
cards) or by the words right before it. Amounts, dates, account codes and document numbers are none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

PHONE, MOBILE, IDENTITY, ACCOUNT = "电话号码", "手机号码", "身份证号码", "银行账号"

_HYPHENS = "-‐‑‒–—－﹣−─"
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_LEAST, _MOST = 7, 21
_ALNUM = "0-9A-Za-z"
_RUN = re.compile(rf"(?<![{_ALNUM}])(?<![0-9][.,])[0-9](?:[ -]{{0,3}}[0-9])*(?:[ -]{{0,3}}X(?![{_ALNUM}]))?")
_GROUP = re.compile(r"[0-9X]+")
_ENDS_BADLY = re.compile(r"[A-Za-z]|[.,][0-9]| *(?:元|万|亿|千元|百万|%|‰)")
"""What follows an amount, or a code that goes on in letters."""
_MONEY_BEFORE = re.compile(r"[¥￥$] *$")

_AREA = r"(?:010|02[0-9]|0[3-9][0-9]{2})"
_FIXED = re.compile(
    rf"(?<![{_ALNUM}])(?<![0-9][.,])(?:\({_AREA}\)[ -]{{0,3}}|{_AREA}[ -]{{1,3}})"
    rf"[2-9][0-9]{{2,3}}[ -]?[0-9]{{4}}(?![{_ALNUM}])"
)
_SERVICE = re.compile(rf"(?<![{_ALNUM}])(?<![0-9][.,])[48]00-[0-9]{{3}}-?[0-9]{{4}}(?![{_ALNUM}])")

_PHONE_WORDS = re.compile(r"(?:电话|热线|传真|座机|联系方式|[Tt][Ee][Ll])(?:号码|号)?[ .:(]*(?:为|是|:)? *$")
_OTHER_PHONE = re.compile(r"[0-9][0-9)( /、,;-]*$")
"""A second number in a row: «电话：0813-2601234、2605678»."""
_ACCOUNT_WORDS = re.compile(r"(?:[账帐]号|[账帐]户|卡号|开户[^0-9。;]{0,30})[^0-9。;]{0,20}$")
_IDENTITY_WORDS = re.compile(r"身份证[^0-9。;]{0,10}$|公民身份号码[^0-9。;]{0,6}$")
_CODE_WORDS = re.compile(r"(?:编号|编码|代码|文号|单号|批号|序号|证书号?|许可证)[^0-9。;]{0,8}$")
_CREDIT_CODE = re.compile(r"(?:信用|机构)代码[^0-9。;]{0,8}$")

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_REGIONS = frozenset(
    (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83, 91)
)
"""First two digits of GB/T 2260."""


class PersonalNumber(NamedTuple):
    """`text`: as it is printed, characters `start` to `end` of its line. `labelled`: the words before it say what it
    is («联系电话：…»)."""

    kind: str
    text: str
    start: int
    end: int
    labelled: bool = False


def personal_numbers(text: str, label: str = "") -> list[PersonalNumber]:
    """In their order. `label`: what stands before the text elsewhere, as the heads of a table's cell."""
    if sum(map(str.isdecimal, text)) < _LEAST:
        return []
    seen = [at for at, character in enumerate(text) if character not in _UNSEEN]
    flat = "".join(_plain(text[at]) for at in seen)
    head = "".join(map(_plain, label))
    found = [*_told_by_form(flat, head)]
    taken = {at for one in found for at in range(one.start, one.end)}
    for run in _RUN.finditer(flat):
        if not taken.intersection(range(*run.span())):
            found += _in_run(flat, head, run)
    return [
        PersonalNumber(
            one.kind,
            text[seen[one.start] : seen[one.end - 1] + 1],
            seen[one.start],
            seen[one.end - 1] + 1,
            one.labelled,
        )
        for one in sorted(found, key=lambda one: one.start)
    ]


def _plain(character: str) -> str:
    """One character as the patterns want it: digits of any width, signs that only part."""
    if (digit := unicodedata.digit(character, None)) is not None and character.isdecimal():
        return str(digit)
    if character in _HYPHENS:
        return "-"
    if character in "\n\r\t":
        return "\n"
    if character.isspace():
        return " "
    half = unicodedata.normalize("NFKC", character)
    return ("X" if half in "xX" else half) if len(half) == 1 else character


# -- telephones that their signs give away -----------------------------------------------------------------------------
def _told_by_form(flat: str, head: str) -> Iterator[PersonalNumber]:
    for pattern in (_FIXED, _SERVICE):
        for match in pattern.finditer(flat):
            if not _ENDS_BADLY.match(flat, match.end()):
                yield PersonalNumber(PHONE, match[0], *match.span(), _of_phone(flat[: match.start()], head))


def _of_phone(before: str, head: str) -> bool:
    """Whether the words before a number, or those of its cell where it stands first, ask for a telephone."""
    while (other := _OTHER_PHONE.search(before)) is not None and len(other[0]) > 6:
        before = before[: other.start()].rstrip("( ")
    return bool(_PHONE_WORDS.search(before or head))


# -- numbers by their digits -------------------------------------------------------------------------------------------
def _in_run(flat: str, head: str, run: re.Match[str]) -> Iterator[PersonalNumber]:
    """A run of digits may hold several numbers: the longest that reads as one is taken first."""
    groups = [(one.start() + run.start(), one.end() + run.start()) for one in _GROUP.finditer(run[0])]
    first = 0
    while first < len(groups):
        for last in range(len(groups), first, -1):
            start, end = groups[first][0], groups[last - 1][1]
            pieces = [flat[slice(*one)] for one in groups[first:last]]
            if len(pieces) > 1 and len(pieces) < len(groups) and all(len(one) == 1 for one in pieces):
                continue  # written sign by sign: all of them are one number, or none is
            kind = _kind("".join(pieces), pieces, _Around(flat[:start], flat[end : end + 4], head))
            if kind:
                yield PersonalNumber(kind[0], flat[start:end], start, end, kind[1])
                first = last
                break
        else:
            first += 1


class _Around(NamedTuple):
    before: str
    behind: str
    head: str

    def says(self, words: re.Pattern[str]) -> bool:
        return bool(words.search(self.before[-60:])) or (not self.before.strip(" (") and bool(words.search(self.head)))

    @property
    def of_an_amount(self) -> bool:
        return bool(_ENDS_BADLY.match(self.behind) or _MONEY_BEFORE.search(self.before))


def _kind(digits: str, pieces: list[str], around: _Around) -> tuple[str, bool] | None:
    """What the digits are, and whether the words before them say so."""
    size = len(digits)
    if size < _LEAST or size > _MOST or around.of_an_amount or len(set(digits)) == 1:
        return None
    said = around.says(_IDENTITY_WORDS)
    if size == 18 and _is_date(digits[6:14]) and (said or _is_identity(digits)) and not around.says(_CREDIT_CODE):
        return IDENTITY, said
    if "X" in digits:
        return None
    if _is_mobile(digits, pieces) and not around.says(_CODE_WORDS):
        return MOBILE, _of_phone(around.before, around.head)
    if around.says(_ACCOUNT_WORDS):
        return (ACCOUNT, True) if 12 <= size <= 21 else None
    if size in (7, 8, 10, 11, 12) and _of_phone(around.before, around.head) and _is_short(digits, pieces):
        return PHONE, True
    if around.says(_CODE_WORDS):
        return None
    if size == 15 and len(pieces) == 1 and int(digits[:2]) in _REGIONS and _is_date(f"19{digits[6:12]}"):
        return IDENTITY, said
    if 16 <= size <= 19 and digits[0] in "34569" and _luhn(digits) and _evenly(pieces):
        return ACCOUNT, False
    return None


def _is_identity(digits: str) -> bool:
    """GB 11643-1999: the last sign is worked out from the seventeen before it."""
    if "X" in digits[:-1] or int(digits[:2]) not in _REGIONS:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return digits[-1] == _CHECK_DIGITS[total % 11]


def _is_date(eight: str) -> bool:
    try:
        return 1880 <= date(int(eight[:4]), int(eight[4:6]), int(eight[6:])).year <= 2099
    except ValueError:
        return False


def _is_mobile(digits: str, pieces: list[str]) -> bool:
    if digits.startswith("86") and len(digits) == 13:
        digits, pieces = digits[2:], ([pieces[0][2:]] if len(pieces[0]) > 2 else []) + pieces[1:]
    sizes = [len(one) for one in pieces]
    usual = sizes in ([11], [3, 4, 4], [3, 8], [7, 4], [4, 4, 3], [3, 3, 5]) or set(sizes) == {1}
    return len(digits) == 11 and usual and digits[0] == "1" and digits[1] in "3456789"


def _is_short(digits: str, pieces: list[str]) -> bool:
    """A telephone without area code, or one that runs on from it."""
    if len(digits) in (7, 8):
        return digits[0] in "2345678" and len(pieces) <= 2
    return len(pieces) <= 3 and (bool(re.match(_AREA, digits)) or digits.startswith(("400", "800")))


def _luhn(digits: str) -> bool:
    doubled = (int(one) * 2 for one in digits[-2::-2])
    return (sum(map(int, digits[::-2])) + sum(one - 9 if one > 9 else one for one in doubled)) % 10 == 0


def _evenly(pieces: list[str]) -> bool:
    """One piece, or cut as cards are: in fours, in sixes, sign by sign."""
    sizes = {len(one) for one in pieces[:-1]}
    return len(pieces) == 1 or (len(sizes) == 1 and sizes <= {1, 4, 6} and len(pieces[-1]) <= 13)
