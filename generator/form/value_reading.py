"""What the readers of values share: the state of one reading, and characters as people's keyboards make them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.diagnostics import Diagnostic, finding
from generator.facts.accounts import Accounts
from generator.place import Place
from generator.quantity import MONEY_UNITS

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x2212: 0x2D}
# Only the full-width forms: NFKC would also turn 10² into 102.

_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
_PLANES = "".join(chr((plane << 16) + end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
_UNPRINTABLE = re.compile(f"[{_CONTROLS}{_PLANES}]")
# Scattered characters beyond the BMP make a set twenty times slower; the first glance takes all of them as one range.
_SUSPECT = re.compile(f"[{_CONTROLS}\ufffe-\U0010ffff]")


@dataclass(slots=True)
class Reading:
    """What the values of one reading share. `units`: the 金额单位 of each file; without one, amounts are unreadable.

    `account_names`: 款 that our list lacks and the office named; `unnamed_accounts`: those over its 科目, named or not,
    and where they are first needed.
    """

    accounts: Accounts
    units: Mapping[str, str] = field(default_factory=dict)
    year: int = 0
    findings: list[Diagnostic] = field(default_factory=list)
    asked_unit: set[str] = field(default_factory=set)
    account_names: dict[str, str] = field(default_factory=dict)
    unnamed_accounts: dict[str, Place] = field(default_factory=dict)

    def report(self, code: str, *places: Place, **values: object) -> None:
        self.findings.append(finding(code, *places, **values))


def unprintable(text: str) -> list[str]:
    """Control characters and noncharacters in the text: XML, and so Word, cannot hold them."""
    return _UNPRINTABLE.findall(text) if _SUSPECT.search(text) else []


def printable(text: str) -> str:
    """The text without them."""
    return _UNPRINTABLE.sub("", text) if _SUSPECT.search(text) else text


def half_width(text: str) -> str:
    """Full-width digits and signs as ASCII, all kinds of space as one space, none at the ends."""
    return text if text.isalnum() and text.isascii() else " ".join(text.translate(_WIDE).split())


def money_unit(text: str) -> str:
    """A 金额单位 in one of its spellings («单位：万元», «人民币万元», «万») as the program writes it; else as typed."""
    plain = half_width(text)
    word = re.sub(r"金额|单位|人民币|[\s:()\[\]【】、,，。]", "", plain)
    word = {"万": "万元", "千": "千元", "亿": "亿元"}.get(word, word)
    return word if word in MONEY_UNITS else plain


def code_points(characters: list[str]) -> str:
    """U+0007、U+FFFE: how to name what cannot be shown."""
    return "、".join(f"U+{ord(one):04X}" for one in dict.fromkeys(characters))
