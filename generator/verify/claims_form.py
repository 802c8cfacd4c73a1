"""Forms and outlines: «年度资金总额, 其中：…», «收入预算合计 | 其中：…», rows «1.» «2.» below their heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.verify.claim import Claim, total_of
from generator.verify.claims_score import number_of
from generator.verify.interval import Verdict, exact, judge_sum
from generator.verify.model import Cell, PrintedFigure
from generator.verify.table_layout import TOTAL, Layout

_OF_WHICH = re.compile("^其中")
_WHOLE = re.compile("合计|总[数计额]|小计")
_NUMBERED = re.compile(r"^\d+[.、．]")
_GOOD = (Verdict.OK, Verdict.ROUNDING)


def form_claims(layouts: Sequence[Layout]) -> Iterator[Claim]:
    for layout in layouts:
        if not layout.table.heads:
            yield from _below(layout)
            yield from _in_pairs(layout)
            yield from _outline(layout)


def _claim(rule: str, parts: list[PrintedFigure], stated: PrintedFigure, firm: bool) -> Iterator[Claim]:
    """Parts that exceed their whole contradict it in any case."""
    verdict = judge_sum(parts, stated)
    if verdict is Verdict.FALSE and not firm:
        whole = exact(stated)
        if not 0 <= whole < sum(map(exact, parts)):
            return
    expected = "" if verdict is Verdict.OK else total_of(tuple(parts), stated)
    yield Claim("sum", rule, tuple(parts), stated, verdict, stated.spot, expected)


class _Row:
    """One row of a form: its own cells, the label at its left, its numbers by column."""

    def __init__(self, layout: Layout, at: int) -> None:
        self.cells = [cell for cell in dict.fromkeys(layout.grid[at]) if cell is not None]
        self.own = [cell for cell in self.cells if cell.row == at]
        words = [cell for cell in self.own if cell.text and cell.figure is None and cell.down == 1]
        self.raw = words[0].text if words else ""
        self.label = self.raw.strip(" 　：:")
        self.numbers = {cell.column: figure for cell in self.own if (figure := cell.figure)}
        self.group = self.cells[0] if self.cells and self.cells[0].down > 1 else None


def _below(layout: Layout) -> Iterator[Claim]:
    """年度资金总额 ＝ 其中：当年财政拨款 ＋ … ＋ 其他资金, in every column that all the rows fill."""
    rows = [_Row(layout, at) for at in range(len(layout.grid))]
    for at in range(len(rows) - 1):
        head, parts = rows[at], []
        if not head.numbers or _OF_WHICH.match(head.label) or not _OF_WHICH.match(rows[at + 1].label):
            continue
        for row in rows[at + 1 :]:
            if not row.numbers or row.group is not head.group or head.group is None:
                break
            parts.append(row)
        if len(parts) < 2:
            continue
        complete = any("其他" in row.label for row in parts)
        for column, stated in head.numbers.items():
            held = [row.numbers[column] for row in parts if column in row.numbers]
            if len(held) == len(parts):
                yield from _claim(f"{head.label or '总额'}＝各项之和", held, stated, complete)


def _in_pairs(layout: Layout) -> Iterator[Claim]:
    """Label, number, label, number: «收入预算合计 | 607.94 | 其中：上级财政拨款 | 0.00», on to the next whole."""
    pairs: list[tuple[str, PrintedFigure]] = []
    inside = False
    for line in layout.grid:
        cells: list[Cell] = [cell for cell in dict.fromkeys(line) if cell is not None]
        found = [
            (label.text.strip("：: "), figure)
            for label, value in zip(cells[::2], cells[1::2], strict=False)
            if label.figure is None and (figure := number_of(value)) and value.figure is not None
        ]
        if not found or len(found) * 2 != len(cells) or len(found) < 2:
            yield from _paired(pairs) if inside else ()
            pairs, inside = [], False
            continue
        for label, figure in found:
            if _OF_WHICH.match(label) and pairs and not _OF_WHICH.match(found[0][0]):
                pairs, inside = [pairs[-1], (label, figure)], True
            elif inside and not _WHOLE.search(label):
                pairs.append((label, figure))
            else:
                yield from _paired(pairs) if inside else ()
                pairs, inside = [(label, figure)], False
    yield from _paired(pairs) if inside else ()


def _paired(pairs: list[tuple[str, PrintedFigure]]) -> Iterator[Claim]:
    (label, whole), *parts = pairs
    if len(parts) > 1:
        yield from _claim(f"{label}＝其中各项之和", [figure for _, figure in parts], whole, True)


def _outline(layout: Layout) -> Iterator[Claim]:
    """Rows «1.», «2.» belong to the row above without a number, indented rows to the row above that is not indented.

    Whether the parts are complete the table itself must show: by one column where they add up.
    """
    rows = [_Row(layout, at) for at in range(len(layout.grid))]
    whole: _Row | None = None
    item: _Row | None = None
    parts: dict[int, list[_Row]] = {}
    heads: dict[int, _Row] = {}
    for row in rows:
        if not row.numbers or row.group is not None:
            whole = item = None
        elif row.raw.startswith(("　", " ")):
            above = item or whole
            if above is not None:
                heads[id(above)] = above
                parts.setdefault(id(above), []).append(row)
        elif _NUMBERED.match(row.label):
            item = row
            if whole is not None:
                heads[id(whole)] = whole
                parts.setdefault(id(whole), []).append(row)
        else:
            whole, item = row, None
    for key, held in parts.items():
        numbered = [row for row in held if _NUMBERED.match(row.label)]
        if len(numbered or held) > 1 and not TOTAL.search(heads[key].label):
            yield from _outlined(heads[key], numbered or held)


def _outlined(head: _Row, rows: list[_Row]) -> Iterator[Claim]:
    columns = [column for column in head.numbers if all(column in row.numbers for row in rows)]
    sums = {column: [row.numbers[column] for row in rows] for column in columns}
    shown = [
        column
        for column in columns
        if head.numbers[column].value and judge_sum(sums[column], head.numbers[column]) in _GOOD
    ]
    for column in columns:
        firm = any(other != column for other in shown)
        yield from _claim(f"{head.label}＝各项之和", sums[column], head.numbers[column], firm)
