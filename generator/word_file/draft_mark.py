"""The word 草稿 that a draft bears on every page: in the text of its headers and across the page."""

from __future__ import annotations

from generator.frames.frame import DRAFT, DRAFT_LINE
from generator.word_file.paragraph import Element, w

_ACROSS = "{urn:schemas-microsoft-com:vml}textpath"


def take_off_draft_mark(header: Element) -> None:
    """What a person wrote into the header stays."""
    for run in list(header.iter(w("r"))):
        across = any(one.get("string") == DRAFT for one in run.iter(_ACROSS))
        parent = run.getparent()
        if parent is not None and (across or "".join(str(one.text) for one in run.iter(w("t"))) == DRAFT_LINE):
            parent.remove(run)
