"""Years and periods that were left over from another year or from a report made in the course of the year.

How years are written, and which belong to a name, is for `facts.year_words`. Texts that stand for years (职责,
立项依据) may tell history: there a foreign year is only a 提示.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.diagnostics import Diagnostic, finding
from generator.facts.fact import PUBLISHED_ROLE, Day, Facts, Text, path_without_keys, walk
from generator.facts.year_words import YearMention, sentence_around, year_mentions

_EXEMPT = re.compile(r"《[^》]*》|〔[^〕]*〕|\[\d{4}\]|［\d{4}］|（\d{4}）|\(\d{4}\)")
_STATED = re.compile(
    r"(?:^|[。；;\n])\s*((20\d\d)\s*年度?(?:本?部门|本?单位|财政|预算|决算|全年|本年|整体)*总?(?:收入|支出|收支|预算|决算)"
    r"(?:总额|合计|总计|为|共计|共)*\s*\d[^。；;\n]*)"
)
_COMPARES = re.compile(r"[比较]|同期|增|减|持平")
_TITLE = re.compile(r"(20\d\d)\s*年度")
_PERIOD = re.compile(
    r"1\s*[-－—–~～至到]\s*(?:[2-9]|1[01])月份?|前[一二三]个?季度|截[至止](?:[一二三]季度|到?目前|(?:今年|本年)\d{0,2}月?份?)"
)
_LONG = 60
"""A text with more characters than this is reported with the sentence in which the year stands."""
_SHOWN = 3


def year_findings(facts: Facts, standing: Mapping[str, bool]) -> Iterator[Diagnostic]:
    """`standing` says, by a fact's path without row keys, whether its text is carried from year to year."""
    fiscal = facts.fiscal_year
    if not fiscal:
        return
    allowed = {fiscal, fiscal - 1}
    published = facts.role(PUBLISHED_ROLE)
    if isinstance(published, Day):
        allowed.add(published.value.year)
        if not fiscal < published.value.year <= fiscal + 2:
            yield finding("C004", published.place, published=str(published), fiscal=fiscal)
    for fact in walk(facts):
        if not isinstance(fact, Text):
            continue
        text = _EXEMPT.sub("", str(fact))
        label = fact.label or fact.name
        carried = standing.get(path_without_keys(fact.name), False)
        yield from _last_year_told_alone(text, fact, label, fiscal)
        titled: set[int] = set()
        if not carried:
            for one in _of_another_year(text, fact, label, fiscal):
                titled |= {fiscal + 1} if one.code == "C028" else set()
                yield one
        strange = [one for one in year_mentions(fact) if one.year not in allowed | titled]
        if strange:
            code = "C005" if carried else "C003"
            years = "、".join(f"{year}年" for year in sorted({one.year for one in strange}))
            near = _near(fact, strange)
            yield finding(code, fact.place, label=label, years=years, near=near, fiscal=fiscal)


def _near(fact: Text, strange: list[YearMention]) -> str:
    """«（“截至2018年末参保人数”）»: which sentences of a long text; "" for a short one."""
    if len(fact) <= _LONG:
        return ""
    sentences = list(dict.fromkeys(sentence_around(fact, one.start) for one in strange))
    more = f"等{len(sentences)}处" if len(sentences) > _SHOWN else ""
    return "（" + "、".join(f"“{sentence}”" for sentence in sentences[:_SHOWN]) + more + "）"


def _last_year_told_alone(text: str, fact: Text, label: str, fiscal: int) -> Iterator[Diagnostic]:
    """«2018年度总支出3580.91万元。» in the report of 2019, in a sentence that compares nothing."""
    for match in _STATED.finditer(text):
        if match[2] == str(fiscal - 1) and str(fiscal) not in match[1] and not _COMPARES.search(match[1]):
            words = match[1] if len(match[1]) <= 24 else f"{match[1][:22]}……"
            yield finding("C027", fact.place, label=label, years=f"{match[2]}年", words=words, fiscal=fiscal)


def _of_another_year(text: str, fact: Text, label: str, fiscal: int) -> Iterator[Diagnostic]:
    """A title that names the next year, and figures that end within the year."""
    title = _TITLE.search(text)
    if title and int(title[1]) == fiscal + 1 and len(text) <= 40 and not re.search(r"[，。；：]|计划|预算|目标", text):
        yield finding("C028", fact.place, label=label, years=title[1], fiscal=fiscal)
    for match in _PERIOD.finditer(text):
        yield finding("C029", fact.place, label=label, words=match[0])
