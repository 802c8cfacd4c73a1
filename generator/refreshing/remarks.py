"""What a refreshing could not join, as findings for the report."""

from __future__ import annotations

from generator.diagnostics import Diagnostic, finding
from generator.place import Place
from generator.refreshing.refresh_words import RefreshRemark

_CODES = {
    "conflict": "R020",
    "overtyped": "R021",
    "clause": "R030",
    "former name": "R034",
    "kept": "R022",
    "deleted": "R023",
    "leftover": "R024",
    "wording": "R025",
    "table": "R026",
    "chart": "R027",
    "contradiction": "R031",
}
_LONGEST = 60


def remark_finding(remark: RefreshRemark, file: str) -> Diagnostic:
    """R020–R031, R034; the headings above the place stand in the sentence."""
    change = f"应为“{_short(remark.new)}”" if remark.new else f"应删去“{_short(remark.old)}”"
    return finding(
        _CODES[remark.kind],
        Place(file),
        where=" › ".join(remark.trail) or "正文",
        change=change,
        now=f"更正后是 {remark.new}" if remark.new else "更正后是多少判断不了，或者已经没有这个数",
        old=_short(remark.old),
        new=_short(remark.new),
        theirs=_short(remark.theirs),
    )


def _short(text: str) -> str:
    words = text.replace("\n", " ").replace("\u2029", " ").strip()
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 2]}……"
