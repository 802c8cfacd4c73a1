"""The marks that rolling forward leaves in next year's input: 〔待填〕 for a figure to be filled in anew, 〔待确认〕
before last year's words or choice that are offered again.

A person takes them away. Until then reading reports them (I067, I068); they are never printed.
"""

from __future__ import annotations

import re

TO_FILL, TO_CONFIRM = "〔待填〕", "〔待确认〕"

_FILL = re.compile(r"\s*[〔\[［【（(]\s*待填\s*[〕\]］】）)]\s*")
_AT_THE_START = re.compile(r"\s*[〔\[［【（(]\s*待确认\s*[〕\]］】）)][\s:：]*")
_ANYWHERE = re.compile(r"〔待确认〕[ \t]*")


def is_to_fill(text: str) -> bool:
    """Whether nothing but the mark stands there, in whatever brackets a keyboard makes."""
    return _FILL.fullmatch(text) is not None


def confirmed(text: str) -> str:
    """The text without marks of confirmation: in any brackets at its start, with 〔〕 anywhere."""
    return _ANYWHERE.sub("", _AT_THE_START.sub("", text)) if "待确认" in text else text
