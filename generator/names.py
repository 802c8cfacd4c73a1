"""Names as people type them: the nearest known name for a mistyped one, file names that every system accepts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

PROGRAM = "决算报告生成器"
"""What the program calls itself where it writes in its own name: as author of comments and tracked changes."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like `name`, or None when nothing is close enough to suggest."""
    plain = unicodedata.normalize("NFKC", name).strip()
    best, score = None, 0.0
    for candidate in known:
        if candidate == plain:
            return candidate
        ratio = SequenceMatcher(None, plain, candidate).ratio()
        if plain and (plain in candidate or candidate in plain):
            ratio = max(ratio, 0.6)
        if ratio > score:
            best, score = candidate, ratio
    return best if score >= 0.5 else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The sentence «您是否指“…”？», or an empty string."""
    found = nearest(name, known)
    return f"您是否指“{found}”？" if found else ""


def safe_file_name(text: str) -> str:
    """`text` as a file name that Windows, 麒麟 and 统信 accept; at most 200 bytes in UTF-8."""
    name = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", text)).strip(" .")
    if not name or _RESERVED.match(name):
        name = f"_{name}"
    while len(name.encode()) > 200:
        name = name[:-1]
    return name
