"""The names of the amounts in official tables: title, column heading and row label together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.printed.model import PrintedFigure
from generator.printed.names import PUBLIC_ITEMS, Name, bare, carried_item, funds_of
from generator.printed.table_layout import Layout, Side
from generator.printed.words import has, is_total, numbering

_CODE = re.compile(r"\d{3}(?:\d\d){0,2}")
_SOURCE = ("财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
_TITLE = ("决算", "收入支出", "支出表", "收入表", "收支")


def named_cells(layout: Layout) -> Iterator[tuple[Name, PrintedFigure]]:
    """Only tables that a title calls income or spending of the year."""
    title = layout.table.title
    if not has(title, _TITLE) or not layout.table.heads:
        return
    if "三公" in title:
        yield from _public(layout)
        return
    for number, side in enumerate(layout.sides):
        for column in side.columns:
            yield from _column(layout, side, column, number)


def _column(layout: Layout, side: Side, column: int, number: int) -> Iterator[tuple[Name, PrintedFigure]]:
    title, path = layout.table.title, layout.headings[column]
    words = "".join(path)
    funds = funds_of(words) or funds_of(title)
    flow = _flow(layout, path, title, number)
    kind, code = _kind(path, title), next((label for label in path if _CODE.fullmatch(label)), "")
    source = path[-1] if path and path[-1] in _SOURCE and flow == "收入" else ""
    if not path or not flow or kind is None:
        return
    for entry in side.entries:
        figure = layout.figure(entry.row, column)
        item = _item(entry.code, entry.label, flow) if figure is not None else ""
        if figure is None or not item:
            continue
        if code:
            item = f"{item}×{code}" if item != "合计" else code
        elif source:
            if item != "合计":
                continue
            yield Name("", "收入", "", source), figure
            continue
        yield Name(funds, flow, kind, item), figure


def _flow(layout: Layout, path: tuple[str, ...], title: str, number: int) -> str:
    """Halves «收入 | 支出» say it themselves; otherwise the title does. A table of both in one row has no flow."""
    if path and path[0] in ("收入", "支出"):
        return path[0]
    if "收入支出" in title or "收支" in title:
        return ""
    return "收入" if "收入" in title else "支出" if "支出" in title else ""


def _kind(path: tuple[str, ...], title: str) -> str | None:
    last = path[-1] if path else ""
    if last in ("基本支出", "项目支出"):
        return last
    own = next((kind for kind in ("基本支出", "项目支出") if kind in title), "")
    if is_total(last) or last in ("决算数", "金额", "本年支出", "本年收入") or last in _SOURCE:
        return own
    if any(_CODE.fullmatch(label) for label in path):
        return own
    return own if funds_of(last) else None


@lru_cache(maxsize=2048)
def _item(code: str, words: str, flow: str) -> str:
    """合计, a 类 by its name, all below by their code, 人员经费, 年初结转和结余."""
    if code:
        return bare(words) if len(code) == 3 and code.startswith("2") else code
    label = bare(words)
    if label in ("合计", f"本年{flow}合计"):
        return "合计"
    if label == "总计":
        return "总计"
    for people in ("人员经费", "公用经费"):
        if label == f"{people}合计":
            return people
    if carried := carried_item(label):
        return carried
    return label if numbering(words) else ""


def _public(layout: Layout) -> Iterator[tuple[Name, PrintedFigure]]:
    """预算数 and 决算数 of each kind of 三公 spending, in one row."""
    if "政府性基金" in layout.table.title:
        return
    for column in layout.value_columns:
        words = "".join(layout.headings[column])
        kind = "预算" if "预算数" in words else "" if "决算数" in words else None
        if kind is None:
            continue
        labels = [label for label in layout.headings[column] if label not in ("预算数", "决算数")]
        figure = next((one for row in layout.body() if (one := layout.figure(row, column))), None)
        if figure is not None and labels:
            label = labels[0] if labels[-1] in ("小计", "合计") else labels[-1]
            item = (
                "合计" if label == "合计" else next((to for start, to in PUBLIC_ITEMS if label.startswith(start)), "")
            )
            if item:
                yield Name("三公", "支出", kind, item), figure
