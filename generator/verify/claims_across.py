"""One amount in two places: text against table, table against table, and lists that run over several paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.printed.interval import Verdict, exact, judge_equal, judge_ratio, judge_sum, ratio_pct, scale
from generator.printed.model import Paragraph, PrintedFigure, ReadDocument
from generator.printed.named_cells import named_cells
from generator.printed.names import Name, bare, funds_of, total_name
from generator.printed.sentence import A, P, Sentence, pattern
from generator.printed.table_layout import Layout
from generator.printed.words import has
from generator.verify.claim import Claim, percent_of, shown_as, total_of
from generator.verify.claims_budget import Completion

_GOOD = (Verdict.OK, Verdict.ROUNDING)
_ACCOUNT = re.compile("([^。；，：]+?)（类）([^。；，：]+?)（款）([^。；，：]+?)（项）")
_CLASS = f"(?P<name>[^，。；：（）]+?)（类）(?P<amount>{A})"
_BUDGET = re.compile("(?:年初|全年)?预算(?:数|金额)?为?$")
_NAME_OF_UNIT = re.compile(
    "^.*?(?=“三公|一般公共预算|政府性基金|国有资本经营|财政拨款收|财政拨款支|收入支出总计|收支总计|本年收入|本年支出)"
)
_SECTION = ("决算", "收支", "收入", "支出", "三公")
"""Headings under which a bare «基本支出» is the unit's own. In the report on one project it is not."""
_NO_AMOUNT = re.compile("(?:比|较|与)[^，。；]*$")


class Known(NamedTuple):
    """What the tables print under each name, and the codes of 类款项 by their names."""

    amounts: dict[Name, list[PrintedFigure]]
    codes: dict[tuple[str, str, str], str]


def known_amounts(layouts: Sequence[Layout]) -> Known:
    amounts: dict[Name, list[PrintedFigure]] = {}
    codes: dict[tuple[str, str, str], str] = {}
    for layout in layouts:
        for name, figure in named_cells(layout):
            amounts.setdefault(name, []).append(figure)
        for side in layout.sides:
            if side.coded:
                labels = {entry.code: bare(entry.label) for entry in side.entries if entry.code}
                for code, label in labels.items():
                    if len(code) == 7:
                        codes[labels.get(code[:3], ""), labels.get(code[:5], ""), label] = code
    return Known(amounts, codes)


def table_against_table(known: Known) -> Iterator[Claim]:
    """Official software rounds each table for itself: one unit of the last digit is a hint, more is a contradiction."""
    for name, figures in known.amounts.items():
        first = figures[0]
        for other in figures[1:]:
            if other.spot.number == first.spot.number:
                continue
            verdict = _nearly(first, other)
            rule = f"{_called(name)}前后一致"
            yield Claim("equal", rule, (first,), other, verdict, other.spot, shown_as(first))


def _nearly(one: PrintedFigure, other: PrintedFigure) -> Verdict:
    verdict = judge_equal(one, other)
    step = max(one.step * scale(one), other.step * scale(other))
    if verdict is Verdict.FALSE and abs(exact(one) - exact(other)) <= step:
        return Verdict.ROUNDING
    return verdict


def _called(name: Name) -> str:
    funds = {"一般公共预算": "一般公共预算财政拨款", "三公": "“三公”经费"}.get(name.funds, name.funds)
    return f"{funds}{name.flow if name.funds != '三公' else ''}{name.kind} {name.item}".strip()


def text_against_tables(sentence: Sentence, known: Known, used: set[int]) -> Iterator[Claim]:
    """An amount of the year in a sentence is printed so in one of the tables that name it."""
    if not known.amounts:
        return
    taken: set[int] = set()
    by_class = "（类）" in sentence.skeleton
    for match in _ACCOUNT.finditer(sentence.skeleton) if by_class else ():
        yield from _account(sentence, match, known, taken)
    path = "".join(sentence.paragraph.path[-3:])
    for match in pattern(_CLASS).finditer(sentence.skeleton) if by_class else ():
        place = match.start("amount")
        if place not in used:
            taken.add(place)
            name = bare(match["name"])
            funds = funds_of(sentence.skeleton[: match.start()]) or funds_of(path)
            yield from _same(sentence.figure(place), Name(funds, "支出", "", name), known)
    for place in sentence.places:
        if sentence.skeleton[place] == A and place not in used and place not in taken:
            name_ = name_in_text(sentence, place)
            if name_ is not None:
                yield from _same(sentence.figure(place), name_, known)


def name_in_text(sentence: Sentence, place: int) -> Name | None:
    label = sentence.label(place)
    if _NO_AMOUNT.search(label) or not label:
        return None
    budget = bool(_BUDGET.search(label))
    path = sentence.paragraph.path
    heading = path[-1] if path else ""
    if not has(heading, _SECTION):
        return None
    around = funds_of("".join(path[-2:])) if path else ""
    words = _NAME_OF_UNIT.sub("", _BUDGET.sub("", label), count=1)
    name = total_name(words, around, heading)
    if name is not None and budget:
        return name._replace(kind="预算") if name.funds == "三公" else None
    return name


def completed_by_tables(sentence: Sentence, done: Sequence[Completion], known: Known) -> Iterator[Claim]:
    """«公务接待费支出决算为0.39万元，完成年初预算的13.68%», where only a table prints the budget."""
    for one in done:
        if one.actual is None or one.budget is not None:
            continue
        place = next(at for at in sentence.places if sentence.at[at].figure is one.actual)
        name = name_in_text(sentence, place)
        budgets = known.amounts.get(name._replace(kind="预算"), []) if name is not None else []
        if len(budgets) == 1 and budgets[0].value:
            budget = budgets[0] if budgets[0].unit else budgets[0]._replace(unit=one.actual.unit)
            verdict = judge_ratio(ratio_pct, [(one.actual.value, one.actual), (budget.value, budget)], one.percent)
            expected = percent_of(exact(one.actual), exact(budget), one.percent.step)
            figures = (one.actual, budget)
            rule = "完成率＝决算数÷表中的预算数"
            yield Claim("ratio_pct", rule, figures, one.percent, verdict, one.percent.spot, expected)


def _account(sentence: Sentence, match: re.Match[str], known: Known, taken: set[int]) -> Iterator[Claim]:
    """«…（类）…（款）…（项）：支出决算为13.36万元»."""
    names = (bare(_after_numbering(match[1])), bare(match[2]), bare(match[3]))
    code = known.codes.get(names)
    place = next(
        (
            at
            for at in sentence.places
            if at >= match.end() and sentence.skeleton[at] == A and re.search("决算", sentence.label(at))
        ),
        None,
    )
    if code is None or place is None:
        return
    taken.update(at for at in sentence.places if at <= place)
    funds = funds_of("".join(sentence.paragraph.path[-2:]))
    yield from _same(sentence.figure(place), Name(funds, "支出", "", code), known)


def _after_numbering(text: str) -> str:
    return re.sub(r"^.*[\ue000-\ue008]|^\d+[.、．]", "", text)


def _same(figure: PrintedFigure, name: Name, known: Known) -> Iterator[Claim]:
    held = [one for one in known.amounts.get(name, ()) if one.unit in ("", figure.unit) or scale(one) != 1]
    if name.item == "总计" and not held:
        held = [
            one for flow in ("收入", "支出") for one in known.amounts.get(name._replace(flow=flow), ())
        ]  # fmt: skip
    if not held:
        return
    judged = [(judge_equal(one if one.unit else one._replace(unit=figure.unit), figure), one) for one in held]
    verdict, one = next((item for item in judged if item[0] in _GOOD), judged[0])
    if verdict not in _GOOD and all(_nearly(other, figure) is Verdict.ROUNDING for other in held):
        verdict = Verdict.ROUNDING
    yield Claim("equal", f"{_called(name)}文字与表格一致", (one,), figure, verdict, figure.spot, shown_as(one))


def share_of_named(sentence: Sentence, named: dict[str, list[PrintedFigure]]) -> Iterator[Claim]:
    """«占本年支出合计的99.87%», where that amount stands in another paragraph."""
    shape = f"(?P<part>{A})[，,]?占(?P<of>[^，。；{P}{A}]{{2,24}}?)的(?P<pct>{P})"
    for match in pattern(shape).finditer(sentence.skeleton) if "占" in sentence.skeleton else ():
        of = bare(match["of"])
        wholes = named.get(of, []) or named.get(of.removeprefix("本年"), [])
        part, percent = sentence.figure(match.start("part")), sentence.figure(match.start("pct"))
        wholes = [one for one in wholes if one.value]
        if not wholes or any(sentence.label(at).endswith(match["of"]) for at in sentence.places if at < match.start()):
            continue
        judged = [(judge_ratio(ratio_pct, [(part.value, part), (one.value, one)], percent), one) for one in wholes]
        verdict, whole = next((item for item in judged if item[0] in _GOOD), judged[0])
        expected = percent_of(exact(part), exact(whole), percent.step)
        yield Claim("ratio_pct", f"占{of}的比重", (part, whole), percent, verdict, percent.spot, expected)


# -- lists over several paragraphs ------------------------------------------------------------------------------------
_OPENS = re.compile(r"\s*其中[：:]")
_NUMBER = re.compile(r"^\s*(?:[（(])?(\d+)[)）]?[.、．]?")


def lists_of_paragraphs(document: ReadDocument, sentences: dict[int, Sentence]) -> Iterator[Claim]:
    """«…支出69.98万元，其中：» and the paragraphs below it, or «其中：公务用车购置支出…» below its whole."""
    blocks = document.blocks
    for at, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or block.heading or not block.tokens:
            continue
        text = block.text.strip()
        following = list(blocks[at + 1 : at + 80])
        after = following[0] if following else None
        if text.endswith(("其中：", "其中:")) or (isinstance(after, Paragraph) and _OPENS.match(after.text)):
            yield from _listed(block, _run(following), sentences)


def _run(following: Sequence[object]) -> list[Paragraph]:
    """The paragraphs that are the list: numbered from 1 on, or those without a number up to the next one with."""
    run: list[Paragraph] = []
    first = following[0] if following else None
    numbered = isinstance(first, Paragraph) and (match := _NUMBER.match(first.text)) is not None and match[1] == "1"
    for block in following:
        if not isinstance(block, Paragraph) or block.heading:
            break
        match = _NUMBER.match(block.text)
        if numbered:
            if match is None:
                continue
            if int(match[1]) != len(run) + 1:
                break
        elif match is not None:
            break
        run.append(block)
    return run


def _listed(head: Paragraph, run: list[Paragraph], sentences: dict[int, Sentence]) -> Iterator[Claim]:
    if len(run) < 2:
        return
    for budget in (True, False):
        whole = _amount(sentences[head.number], budget)
        parts = [_amount(sentences[one.number], budget) if one.number in sentences else None for one in run]
        held = [one for one in parts if one is not None]
        if any(sentences[one.number].gap for one in (head, *run) if one.number in sentences):
            return
        if whole is None or len(held) < len(run) or any(one.unit != whole.unit for one in held):
            continue
        verdict = judge_sum(held, whole)
        expected = "" if verdict is Verdict.OK else total_of(tuple(held), whole)
        rule = f"{'预算' if budget else '合计'}＝下列各段之和"
        yield Claim("sum", rule, tuple(held), whole, verdict, whole.spot, expected)


def _amount(sentence: Sentence, budget: bool) -> PrintedFigure | None:
    """The first amount of a paragraph: of the budget, or of what was spent."""
    for place in sentence.places:
        if sentence.skeleton[place] == A and bool(_BUDGET.search(_label(sentence, place))) is budget:
            return sentence.figure(place)
    return None


def _label(sentence: Sentence, place: int) -> str:
    return re.split("[，。；：]", sentence.skeleton[:place])[-1]
