"""A chart against its own workbook and against the paragraph that it illustrates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from generator.printed.figures import MONEY, step_of, tokens_of
from generator.printed.interval import Verdict
from generator.printed.model import Chart, Paragraph, Point, PrintedFigure, ReadDocument, Spot
from generator.printed.names import bare
from generator.printed.read_chart import places
from generator.printed.sentence import A, P, Sentence
from generator.verify.claim import WIDE, Claim, plain, shown_as

_UNIT = re.compile(r"[（(](?:单位[：:])?(亿元|百万元|万元|千元|元)[）)]")
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年")


class Said(NamedTuple):
    """What the text says under a category's name: the amount and its share."""

    amount: PrintedFigure
    share: PrintedFigure | None


def chart_claims(document: ReadDocument, sentences: dict[int, Sentence]) -> Iterator[Claim]:
    before: list[Sentence] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if block.heading:
                before = []
            elif block.number in sentences:
                before = [*before[-2:], sentences[block.number]]
        elif isinstance(block, Chart):
            yield from _own(block)
            for sentence in () if any(one.gap for one in before) else reversed(before):
                found = list(_against(block, sentence))
                if found:
                    yield from found
                    break


def _own(chart: Chart) -> Iterator[Claim]:
    """Cache and workbook print alike. Excel's binary numbers may carry a tail far behind the printed digits."""
    for series in chart.series:
        for point in series.points:
            if chart.has_workbook and point.cached is not None:
                drawn = point.cached.value.quantize(point.cached.wide, ROUND_HALF_UP, WIDE)
                stored = point.stored
                same = stored is not None and stored.quantize(point.cached.wide, ROUND_HALF_UP, WIDE) == drawn
                verdict = Verdict.OK if same else Verdict.FALSE
                expected = plain(stored) if stored is not None else "空白"
                yield Claim("equal", "图上的数与图内工作簿一致", (), point.cached, verdict, point.cached.spot, expected)


def _against(chart: Chart, sentence: Sentence) -> Iterator[Claim]:
    in_caption = _UNIT.search(chart.caption)
    unit = in_caption[1] if in_caption else ""
    for series in chart.series:
        total = sum((point.cached.value for point in series.points if point.cached), Decimal(0))
        for point in series.points:
            if point.cached is None:
                continue
            if _YEAR.match(point.category):
                yield from _of_year(point, sentence, unit)
                continue
            said = _said(sentence, point.category)
            if said is None:
                continue
            yield _amount(point.cached, said, unit)
            if chart.kind == "饼形" and said.share is not None and total:
                yield _share(chart, point, point.cached, said.share, total)
            yield from _labelled(point, said)


def _of_year(point: Point, sentence: Sentence, unit: str) -> Iterator[Claim]:
    """«2020年 | 91.68»: one of the amounts of the paragraph."""
    amounts = [sentence.figure(at) for at in sentence.places if sentence.skeleton[at] == A]
    if point.cached is None or not amounts:
        return
    same = next((one for one in amounts if _prints_as(point.cached, one, unit)), None)
    verdict = Verdict.OK if same is not None else Verdict.FALSE
    near = min(amounts, key=lambda one: abs(one.value - (point.cached.value if point.cached else 0)))
    yield Claim(
        "equal", "图上的数与文字一致", (same or near,), point.cached, verdict, point.cached.spot, shown_as(near)
    )


def _prints_as(cached: PrintedFigure, said: PrintedFigure, unit: str) -> bool:
    """`unit`: of the chart's amounts, as its caption says; "" = that of the text."""
    drawn = cached.value * MONEY[unit] / MONEY[said.unit] if unit and said.unit in MONEY else cached.value
    return drawn.quantize(said.step, ROUND_HALF_UP, WIDE) == said.value.quantize(said.step, ROUND_HALF_UP, WIDE)


def _said(sentence: Sentence, category: str) -> Said | None:
    name = bare(category)
    for index, at in enumerate(sentence.places):
        if sentence.skeleton[at] != A:
            continue
        label = bare(_words_before(sentence, at))
        if label.endswith(name) or label.removesuffix("支出").endswith(name):
            after = sentence.places[index + 1] if index + 1 < len(sentence.places) else None
            share = after is not None and sentence.skeleton[after] == P and "占" in sentence.skeleton[at:after]
            return Said(sentence.figure(at), sentence.figure(after) if share and after is not None else None)
    return None


def _words_before(sentence: Sentence, at: int) -> str:
    return re.split("[，。；：\ue000-\ue008]", sentence.skeleton[:at])[-1]


def _amount(cached: PrintedFigure, said: Said, unit: str) -> Claim:
    verdict = Verdict.OK if _prints_as(cached, said.amount, unit) else Verdict.FALSE
    return Claim("equal", "图上的数与文字一致", (said.amount,), cached, verdict, cached.spot, shown_as(said.amount))


def _share(chart: Chart, point: Point, cached: PrintedFigure, share: PrintedFigure, total: Decimal) -> Claim:
    """Word computes the slice's percentage from the cached numbers, unless the label has a text of its own."""
    labelled = _percent(point.label, cached.spot)
    if labelled is None:
        decimals = places(chart.percent or "0%")
        step = Decimal(1).scaleb(-(decimals or 0))
        value = (cached.value * 100 / total).quantize(step, ROUND_HALF_UP, WIDE)
        labelled = PrintedFigure(f"{value}", value, step, step, "%", cached.spot)
    coarse = max(labelled.step, share.step)
    same = labelled.value.quantize(coarse, ROUND_HALF_UP, WIDE) == share.value.quantize(coarse, ROUND_HALF_UP, WIDE)
    verdict = Verdict.OK if same else Verdict.FALSE
    return Claim("equal", "图上的比重与文字一致", (share,), labelled, verdict, cached.spot, f"{share.text}%")


def _percent(label: str, spot: Spot) -> PrintedFigure | None:
    return next((token.figure for token in tokens_of(label, spot) if token.kind == "P"), None)


def _labelled(point: Point, said: Said) -> Iterator[Claim]:
    """An amount written into the label."""
    for token in tokens_of(point.label, said.amount.spot):
        figure = token.figure
        if figure is not None and token.kind in "AB" and point.cached is not None:
            step = step_of(figure.text)
            same = point.cached.value.quantize(step, ROUND_HALF_UP, WIDE) == figure.value
            verdict = Verdict.OK if same else Verdict.FALSE
            spot = point.cached.spot
            yield Claim("equal", "图上的标注与数据一致", (point.cached,), figure, verdict, spot, point.cached.text)
