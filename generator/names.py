"""Names as people type them: the nearest known name for a mistyped one, file names that every system accepts."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from difflib import SequenceMatcher

PROGRAM = "决算报告生成器"
"""What the program calls itself where it writes in its own name: as author of comments and tracked changes."""
CONSOLE = "JUESUAN_CONSOLE"
"""Variable with the console's coding, for a program that has begun again with another one for the names of files."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$|clock\$) *(\.|$)", re.IGNORECASE)
"""Windows takes these for devices, whatever ending stands behind."""
_UNSEEN = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)
"""Signs without shape that are no format signs by their category (Unicode: Default_Ignorable_Code_Point)."""
_MADE_BYTES, _FILE_NAME_BYTES = 200, 255
"""Of a name that we make, which gets marks such as （草稿） and an ending; of any file name (ext4, NTFS, APFS)."""


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


# -- file names -------------------------------------------------------------------------------------------------------
def safe_file_name(text: str, cuttable: Iterable[str] = ()) -> str:
    """`text` as a file name that Windows, 麒麟 and 统信 accept; at most 200 bytes in UTF-8.

    `cuttable`: words that may stand in it, such as the unit's name. When the name is too long the longest of them is
    cut, else the middle: year and kind stay.
    """
    name = _plain(text)
    if _bytes(name) > _MADE_BYTES:
        name = _shortened(name, [word for one in cuttable if (word := _plain(one)) in name])
    return _no_device(name.strip(" ."))


def harmless(name: str) -> str:
    """A file name that was asked for or stands already, without signs that nobody sees and not a device of Windows."""
    return _no_device(_seen(name))


def fitting(stem: str, ending: str) -> str:
    """A file name of both; the stem is cut where file systems take no more."""
    return _cut(stem, _FILE_NAME_BYTES - _bytes(ending)) + ending


def readable(name: str) -> str:
    """A file name or path as text: on disk it is bytes, perhaps GBK on an old U 盘, kept by Python as surrogates."""
    return os.sep.join(_readable(part) for part in name.split(os.sep))


def _readable(name: str) -> str:
    data = os.fsencode(name)
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8")
    # A name of ours behind one in GBK is both; letters between ASCII and 汉字 are GBK that is UTF-8 by chance.
    with suppress(UnicodeDecodeError):
        return re.sub("[\x80-\u07ff\udc80-\udcff]+", lambda found: os.fsencode(found[0]).decode("gb18030"), name)
    with suppress(UnicodeDecodeError):
        return data.decode("gb18030")
    return data.decode("utf-8", "backslashreplace")


def _seen(name: str) -> str:
    """Without format signs, which hide or turn round what stands beside them; line ends and other controls are «_»."""
    kinds = ((one, unicodedata.category(one)) for one in _UNSEEN.sub("", name))
    return "".join("_" if kind in ("Cc", "Zl", "Zp") else one for one, kind in kinds if kind not in ("Cf", "Cn"))


def _plain(text: str) -> str:
    return re.sub("[\ud800-\udfff]", "_", _FORBIDDEN.sub("_", _seen(unicodedata.normalize("NFC", text)))).strip(" .")


def _no_device(name: str) -> str:
    return f"_{name}" if not name or _DEVICE.match(name) else name


def _shortened(name: str, words: Iterable[str]) -> str:
    word = max(words, key=_bytes, default="")
    count = name.count(word) if word else 0
    room = (_MADE_BYTES - _bytes(name.replace(word, ""))) // count if count else 0
    if room > 0 and (cut := _cut(word, room)):
        return name.replace(word, cut)
    head = _cut(name, _MADE_BYTES // 2)
    return head + _cut(name[::-1], _MADE_BYTES - _bytes(head))[::-1]


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _cut(text: str, size: int) -> str:
    """At most `size` bytes of its beginning; an accent stays with its letter."""
    end = min(len(text), max(size, 0))
    while end and (_bytes(text[:end]) > size or (end < len(text) and unicodedata.combining(text[end]))):
        end -= 1
    return text[:end]
