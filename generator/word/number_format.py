"""Number formats of Excel and Word, as far as charts need them: fixed decimals, thousands commas, words for zero."""

from __future__ import annotations

import re
from decimal import Decimal

from generator.quantity import rounded

_CODE = re.compile(r'(#,##)?0(?:\.(0{1,30}))?(?:;\\?-[^;]*;(?:"([^"]*)"|\\(.)))?')
"""LibreOffice writes «0.00;\\-0.00;\\0»."""


def number_format(places: int, zero: str = "", *, grouping: bool = False) -> str:
    """«0.00», «#,##0.00», «0.00;-0.00;"0"» (the words for an exact zero)."""
    code = ("#,##0" if grouping else "0") + (f".{'0' * places}" if places else "")
    return f'{code};-{code};"{zero}"' if zero and '"' not in zero else code


def formatted(value: Decimal, code: str) -> str:
    """The text of a value; with a code that is none of ours (General) all its digits."""
    match = _CODE.fullmatch(code)
    if match is None:
        return f"{value:f}"
    zero = match[3] or match[4]
    if not value and zero:
        return zero
    number = rounded(value, len(match[2] or ""))
    return f"{number:,f}" if match[1] else f"{number:f}"


def is_known(code: str) -> bool:
    """Whether a format is of the kind that `number_format` makes."""
    return _CODE.fullmatch(code) is not None


def is_tie(value: Decimal, code: str) -> bool:
    """Whether the digits left out are exactly a half: programs that keep 91.005 as a binary number print 91.00 or
    91.01."""
    match = _CODE.fullmatch(code)
    return match is not None and abs(value) * 10 ** len(match[2] or "") % 1 == Decimal("0.5")
