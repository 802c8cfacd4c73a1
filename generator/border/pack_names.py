"""A word of the data that names a pack: the name of one folder, never a path."""

from __future__ import annotations

import re

from generator.border.budgets import PACK_NAME_LETTERS

_NAME = re.compile(rf"[A-Za-z0-9_\-\u3007\u3400-\u9fff]{{1,{PACK_NAME_LETTERS}}}")
_SHOWN = 40
PACK_NAMES = f"模板包的名称是它的文件夹名，只用汉字、字母、数字、“-”和“_”，不超过 {PACK_NAME_LETTERS} 个字"


def is_pack_name(word: str) -> bool:
    """Letters, digits, «-», «_», 汉字. No dot and no separator of any system: nothing that leads elsewhere."""
    return _NAME.fullmatch(word) is not None


def shown(word: str) -> str:
    """The word as a message shows it, however long it is and whatever signs stand in it."""
    clean = "".join(letter if letter.isprintable() else "�" for letter in word[: _SHOWN + 1])
    return clean if len(clean) <= _SHOWN else f"{clean[:_SHOWN]}…"
