"""«没有发生“三公”经费支出» beside an amount that is not zero."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from generator.printed.interval import Verdict
from generator.printed.model import PrintedFigure, Spot
from generator.printed.names import bare, total_name
from generator.printed.sentence import Sentence, Y, pattern
from generator.printed.words import has
from generator.verify.claim import Claim, shown_as
from generator.verify.claims_across import Known

_NONE = (
    "(?:没有|未|无)(?:发生|产生|列支|安排|使用)?(?P<what>[^，。；、：（）]{0,24}?)(?P<flow>收入和支出|收支|支出|收入)"
)
_OTHER_YEAR = ("上年", "去年", "上一年", "往年", "以前年度")
_PLAN = ("预算", "计划", "目标", "不得", "严禁", "防止", "避免", "截留", "挪用", "虚列", "违规", "超")


def year_of(sentences: Mapping[int, Sentence]) -> str:
    """The year that the document speaks of most."""
    years = Counter(
        sentence.figure(place).text
        for sentence in sentences.values()
        for place in sentence.places
        if sentence.skeleton[place] == Y
    )
    return years.most_common(1)[0][0] if years else ""


def none_claims(
    sentence: Sentence, known: Known, named: Mapping[str, list[PrintedFigure]], year: str
) -> Iterator[Claim]:
    if not any(word in sentence.skeleton for word in ("没有", "未", "无")):
        return
    for match in pattern(_NONE).finditer(sentence.skeleton):
        start = max(sentence.skeleton.rfind(sign, 0, match.start()) for sign in "，。；") + 1
        before = sentence.skeleton[start : match.start()]
        inside = (at for at in sentence.places if start <= at < match.start())
        years = [sentence.figure(at).text for at in inside if sentence.skeleton[at] == Y]
        if has(before, _OTHER_YEAR) or any(one != year for one in years):
            continue
        for flow in ("收入", "支出") if match["flow"] in ("收入和支出", "收支") else (match["flow"],):
            found = _amounts(match["what"] + flow, known, named)
            if found:
                spot = Spot("段", sentence.paragraph.number)
                other = next((one for one in found if one.value), None)
                verdict = Verdict.OK if other is None else Verdict.FALSE
                shown = other or found[0]
                expected = "" if other is None else shown_as(other)
                yield Claim("compare", "没有发生", (shown,), None, verdict, spot, expected, match[0])


def _amounts(what: str, known: Known, named: Mapping[str, list[PrintedFigure]]) -> list[PrintedFigure]:
    """The amounts that go by that name exactly, in tables or before a number in the text."""
    bare_of_funds = what.replace("一般公共预算", "").replace("政府性基金预算", "").replace("国有资本经营预算", "")
    if has(bare_of_funds, _PLAN):
        return []
    name = total_name(what, "")
    in_tables = known.amounts.get(name, []) if name is not None else []
    label = bare(what)
    return in_tables or (named.get(label) or named.get(label.removesuffix("支出"), []) if len(label) > 3 else [])
