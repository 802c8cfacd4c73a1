"""A comparison as text for the terminal, and as JSON."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from generator.comparing.comparison import ChangedFact, Comparison
from generator.comparing.comparison_words import (
    FIGURES_OF_TWO_YEARS,
    amounts,
    chart_values,
    groups,
    is_seen,
    places,
    summary,
)

_PLACES = 3
_WIDEST = 44


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """What differs: figures with what hangs on them, texts, charts, what came and went."""
    yield f"{summary(comparison)}。"
    if any(map(is_seen, comparison.facts)):
        yield from ("", FIGURES_OF_TWO_YEARS if comparison.of_two_years else "更正的数")
        yield from _figures(comparison)
    unseen = sum(not is_seen(fact) for fact in comparison.facts)
    if unseen:
        yield f"  另有{unseen}个算出的数变化不到末位数字，印出来不变。"
    if comparison.texts:
        yield from ("", "变动的文字")
        for text in comparison.texts:
            yield f"  {text.new_spot}"
            yield f"    原：{text.old.strip() or '（没有）'}"
            yield f"    新：{text.new.strip() or '（没有）'}"
    if comparison.charts:
        yield from ("", "变动的图")
        for chart in comparison.charts:
            yield f"  图“{chart.name}”（{chart.spot}）"
            yield f"    原：{chart_values(chart, new=False)}"
            yield f"    新：{chart_values(chart, new=True)}"
    if comparison.extras:
        yield from ("", "增加和删去的内容")
        for extra in comparison.extras:
            yield f"  {'增加' if extra.added else '删去'} {extra.kind} {extra.spot}"
            if extra.kind not in ("标题", "表", "图"):
                yield f"    {extra.text}"
    if comparison.hand_edits:
        yield from ("", "手工改过的数（程序生成后有人在文件里直接改的，填报数据里没有改）")
        for edit in comparison.hand_edits:
            yield f"  {edit.file}  {edit.spot}：程序生成的是“{edit.generated}”，改成了“{edit.text}”"


def _figures(comparison: Comparison) -> Iterator[str]:
    rows: list[tuple[str, ...]] = []
    for group in groups(comparison.facts):
        if group.cause is not None:
            rows.append((f"  {_title(group.cause)}", amounts(group.cause).sentence, str(group.cause.place)))
            rows.append((f"    {_where(group.cause)}",))
        elif group.known:
            rows.append(("  由以上几项共同引起",))
        else:
            rows.append(("  随之变化（引起变化的填报数没有印在报告里）",))
        for fact in group.followers:
            rows.append((f"    随之 {fact.spoken}", amounts(fact).sentence))
            rows.append((f"      {_where(fact)}",))
    yield from _aligned(rows)


def _title(fact: ChangedFact) -> str:
    same = fact.spoken == fact.name or "[" in fact.name
    return fact.name if same else f"{fact.name}（{fact.spoken}）"


def _where(fact: ChangedFact) -> str:
    return f"印在：{places(fact, _PLACES)}" if fact.printed else "没有印在报告里"


def _aligned(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """First and second columns of equal width where there are several; Chinese characters count two."""
    given = list(rows)
    widths = [min(max((_width(row[at]) for row in given if len(row) > at + 1), default=0), _WIDEST) for at in (0, 1)]
    for row in given:
        cells = [cell + " " * max(widths[at] - _width(cell), 0) for at, cell in enumerate(row[:-1])]
        yield "  ".join((*cells, row[-1])).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


# -- JSON -------------------------------------------------------------------------------------------------------------
def comparison_json(comparison: Comparison, findings: Mapping[str, Any]) -> str:
    """For programs. Amounts are exact decimals as strings in the base unit (元, %, …), null where a version has none:

        {"old": {file, title, unit, year, pack, pack_version}, "new": {…}, "different": true, "summary": "…",
         "figures": [{name, label, unit, old, new, difference, direct, seen, causes: [names],
                      printed_old, printed_new, printed_difference, printed_unit,
                      old_place, new_place: {file, line | sheet, cell},
                      printed: [{old: {text, SPOT} | null, new: {text, SPOT} | null}]}],
         "texts": [{kind, old: {text, SPOT}, new: {text, SPOT}}],
         "charts": [{name, SPOT, values: [{category, series, old, new}]}],
         "extras": [{kind, added, text, SPOT}],
         "hand_edits": [{file, name, generated, text, SPOT}],
         "findings": […], "counts": {…}}

    SPOT: trail, paragraph, table, row, column, label, as far as they apply; `findings` and `counts` as `check --json`.
    """
    figures = [_figure(fact, comparison) for fact in comparison.facts]
    data = {
        "old": asdict(comparison.old),
        "new": asdict(comparison.new),
        "different": bool(comparison),
        "summary": summary(comparison),
        "figures": figures,
        "texts": [
            {
                "kind": text.kind,
                "old": {"text": text.old, **text.old_spot.as_data()},
                "new": {"text": text.new, **text.new_spot.as_data()},
            }
            for text in comparison.texts
        ],
        "charts": [
            {
                "name": chart.name,
                **chart.spot.as_data(),
                "values": [dict(zip(("category", "series", "old", "new"), one, strict=True)) for one in chart.values],
            }
            for chart in comparison.charts
        ],
        "extras": [
            {"kind": one.kind, "added": one.added, "text": one.text, **one.spot.as_data()} for one in comparison.extras
        ],
        "hand_edits": [
            {"file": one.file, "name": one.name, "generated": one.generated, "text": one.text, **one.spot.as_data()}
            for one in comparison.hand_edits
        ],
        **findings,
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _figure(fact: ChangedFact, comparison: Comparison) -> dict[str, object]:
    shown = amounts(fact)

    def exact(value: object) -> str | None:
        return None if value is None else f"{value:f}"

    return {
        "name": fact.name,
        "label": fact.spoken,
        "unit": fact.unit,
        "old": exact(fact.old),
        "new": exact(fact.new),
        "difference": exact(fact.difference),
        "direct": fact.direct,
        "seen": is_seen(fact),
        "causes": [comparison.facts[number].name for number in fact.causes],
        "printed_old": shown.old,
        "printed_new": shown.new,
        "printed_difference": shown.change,
        "printed_unit": shown.unit,
        "old_place": fact.old_place.as_data(),
        "new_place": fact.new_place.as_data(),
        "printed": [
            {
                "old": None if one.old_spot is None or not one.old else {"text": one.old, **one.old_spot.as_data()},
                "new": None if one.new_spot is None or not one.new else {"text": one.new, **one.new_spot.as_data()},
            }
            for one in fact.printed
        ],
    }
