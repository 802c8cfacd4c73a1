"""Forms and outlines: «年度资金总额, 其中：…», «收入预算合计 | 其中：…», rows «1.» «2.» below their heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.printed.interval import Verdict, exact, judge_sum
from generator.printed.model import Cell, PrintedFigure
from generator.printed.table_layout import Layout, distinct
from generator.printed.words import has, is_total, numbering
from generator.verify.claim import Claim, total_of

_WHOLE = ("合计", "总数", "总计", "总额", "小计")
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
        self.cells = distinct(layout.grid[at])
        self.own = [cell for cell in self.cells if cell.row == at]
        words = [cell for cell in self.own if cell.text and cell.figure is None and cell.down == 1]
        self.raw = words[0].text if words else ""
        self.label = self.raw.strip(" 　：:")
        self.numbers = {cell.column: figure for cell in self.own if (figure := cell.figure)}
        self.group = self.cells[0] if self.cells and self.cells[0].down > 1 else None


def _below(layout: Layout) -> Iterator[Claim]:
    """年度资金总额 ＝ 其中：当年财政拨款 ＋ … ＋ 其他资金, in every column that all the rows fill.

    The rows of one group belong together: the first is the whole, what follows are its parts.
    """
    rows = [_Row(layout, at) for at in range(len(layout.grid))]
    done: set[int] = set()
    for at, head in enumerate(rows):
        if not head.numbers or head.group is None or id(head.group) in done:
            continue
        done.add(id(head.group))
        parts = []
        for row in rows[at + 1 :]:
            if not row.numbers or row.group is not head.group:
                break
            parts.append(row)
        complete = any(row.label.startswith("其他") for row in parts)
        if head.label.startswith("其中") or not (complete or (len(parts) > 1 and parts[0].label.startswith("其中"))):
            continue
        for column, stated in head.numbers.items():
            held = [row.numbers[column] for row in parts if column in row.numbers]
            if len(held) == len(parts) and stated.unit != "%":  # the rate of a whole is no sum of its parts' rates
                yield from _claim(f"{head.label or '总额'}＝各项之和", held, stated, complete)


def _in_pairs(layout: Layout) -> Iterator[Claim]:
    """Label, number, label, number: «收入预算合计 | 607.94 | 其中：上级财政拨款 | 0.00», on to the next whole.

    One part alone may be all that a form asks for; unless the form's other lists are complete.
    """
    lists = [(label, whole, figures, judge_sum(figures, whole)) for label, whole, figures in _lists_in_pairs(layout)]
    complete = any(len(figures) > 1 and verdict in _GOOD for _, _, figures, verdict in lists)
    for label, whole, figures, verdict in lists:
        if len(figures) > 1 or (verdict is Verdict.FALSE and has(label, _WHOLE)):
            expected = "" if verdict is Verdict.OK else total_of(figures, whole)
            firm = len(figures) > 1 or complete
            yield Claim("sum", f"{label}＝其中各项之和", figures, whole, verdict, whole.spot, expected, "", firm)


def _lists_in_pairs(layout: Layout) -> Iterator[tuple[str, PrintedFigure, tuple[PrintedFigure, ...]]]:
    label, whole = "", None
    parts: list[PrintedFigure] = []
    for line in (*layout.grid, ()):
        found = _pairs(line)
        for word, figure in found:
            if word.startswith("其中") and whole is not None and word != found[0][0]:
                parts = [figure]
            elif parts and not has(word, _WHOLE):
                parts.append(figure)
            else:
                if parts and whole is not None:
                    yield label, whole, tuple(parts)
                label, whole, parts = word, figure, []
        if not found:
            if parts and whole is not None:
                yield label, whole, tuple(parts)
            whole, parts = None, []


def _pairs(line: Sequence[Cell | None]) -> list[tuple[str, PrintedFigure]]:
    """The labels and numbers of a row that holds nothing else, two pairs at least."""
    cells = distinct(line)
    found = [
        (label.text.strip("：: "), value.figure)
        for label, value in zip(cells[::2], cells[1::2], strict=False)
        if label.figure is None and value.figure is not None
    ]
    return found if len(found) > 1 and len(found) * 2 == len(cells) else []


def _outline(layout: Layout) -> Iterator[Claim]:
    """Rows «1.», «2.» belong to the row above without a number, indented rows to the row above that is not indented.

    A numbered list is complete; of indented rows the table itself must show it, by one column where they add up.
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
        elif numbering(row.label):
            item = row
            if whole is not None:
                heads[id(whole)] = whole
                parts.setdefault(id(whole), []).append(row)
        else:
            whole, item = row, None
    for key, held in parts.items():
        numbered = [row for row in held if numbering(row.label)]
        many = len(numbered or held) > 1 or (numbered and not numbered[0].label.startswith("1"))
        if many and not is_total(heads[key].label):
            yield from _outlined(heads[key], numbered or held, bool(numbered))


def _outlined(head: _Row, rows: list[_Row], numbered: bool) -> Iterator[Claim]:
    columns = [column for column in head.numbers if all(column in row.numbers for row in rows)]
    sums = {column: [row.numbers[column] for row in rows] for column in columns}
    shown = [
        column
        for column in columns
        if head.numbers[column].value and judge_sum(sums[column], head.numbers[column]) in _GOOD
    ]
    for column in columns:
        firm = numbered or any(other != column for other in shown)
        yield from _claim(f"{head.label}＝各项之和", sums[column], head.numbers[column], firm)
