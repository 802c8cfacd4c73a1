"""Years that were left over: a year in an office's text that is neither the fiscal year, the one before, nor that of
publication.

Document numbers (〔2019〕), titles in 《》 and the dates of laws stay what they are. Texts that stand for years (职责,
立项依据) may tell history: there a foreign year is only a 提示.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.diagnostics import Diagnostic, finding
from generator.facts.fact import Day, Facts, Text, walk
from generator.quantity import Quantity

_EXEMPT = re.compile(r"《[^》]*》|〔[^〕]*〕|\[\d{4}\]|［\d{4}］|（\d{4}）|\(\d{4}\)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?=年|\.\d{1,2}\.|-\d{1,2}-)")


def year_findings(facts: Facts, standing: Mapping[str, bool]) -> Iterator[Diagnostic]:
    """`standing` says, by a fact's path without row keys, whether its text is carried from year to year."""
    year = facts.entries.get("年度")
    if not isinstance(year, Quantity):
        return
    fiscal = int(year.value)
    allowed = {fiscal, fiscal - 1}
    published = next((e for e in facts.entries.values() if isinstance(e, Day)), None)
    if published is not None:
        allowed.add(published.value.year)
        if not fiscal < published.value.year <= fiscal + 2:
            yield finding("C004", published.place, published=str(published), fiscal=fiscal)
    for fact in walk(facts):
        if not isinstance(fact, Text):
            continue
        text = _EXEMPT.sub("", str(fact))
        strange = sorted({int(m[1]) for m in _YEAR.finditer(text)} - allowed)
        if strange:
            code = "C005" if standing.get(path_without_keys(fact.name)) else "C003"
            years = "、".join(f"{y}年" for y in strange)
            yield finding(code, fact.place, label=fact.label or fact.name, years=years, fiscal=fiscal)


def path_without_keys(name: str) -> str:
    """«项目[DRGs项目经费].立项依据» → «项目.立项依据»."""
    return re.sub(r"\[[^\]]*\]", "", name)
