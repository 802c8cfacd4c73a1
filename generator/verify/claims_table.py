"""Sums inside a table: columns under 合计 and 小计, 类款项 codes, 本年收入合计 … 总计, and the balance of a fund."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from generator.printed.interval import Verdict, judge_sum
from generator.printed.model import PrintedFigure
from generator.printed.table_layout import NOT_ADDITIVE, Entry, Layout, Node, Side
from generator.printed.words import has, is_total, numbering
from generator.verify.claim import Claim, shown_as, total_of

_BALANCE = ("年初", "本年收入", "本年支出", "年末")
_HEAD_CODE = re.compile(r"\d{3}(?:\d\d){0,2}")


class Rule(NamedTuple):
    """`whole` = sum of `parts` − `minus`, each a row or a column."""

    name: str
    whole: int
    parts: tuple[int, ...]
    minus: tuple[int, ...] = ()


def table_claims(layouts: Sequence[Layout]) -> Iterator[Claim]:
    """All sums of all tables of a document."""
    for layout in layouts:
        yield from _across_columns(layout)
        yield from _down_rows(layout)
    for family in _families(layouts):
        yield from _coded_columns(family)


def _judged(op: str, rule: str, stated: PrintedFigure, parts: list[PrintedFigure], minus: list[PrintedFigure],
            ) -> Claim:  # fmt: skip
    verdict = judge_sum(parts, stated, minus)
    expected = "" if verdict is Verdict.OK else total_of(tuple(parts), stated, tuple(minus))
    return Claim(op, rule, (*parts, *minus), stated, verdict, stated.spot, expected)


# -- columns ----------------------------------------------------------------------------------------------------------
def _across_columns(layout: Layout) -> Iterator[Claim]:
    values = set(layout.value_columns)
    rules = [rule for nodes in layout.nodes() for rule in _column_rules(nodes, values)]
    for row in layout.body():
        line = layout.grid[row]
        for rule in rules:
            columns = (rule.whole, *rule.parts, *rule.minus)
            stated = layout.figure(row, rule.whole)
            if stated is None or any(cell is not None and cell.figure is None and "待填" in cell.text
                                     for cell in map(line.__getitem__, columns)):  # fmt: skip
                continue
            parts = [figure for column in rule.parts if (figure := layout.figure(row, column))]
            minus = [figure for column in rule.minus if (figure := layout.figure(row, column))]
            if parts:
                yield _judged("balance" if rule.minus else "sum", rule.name, stated, parts, minus)


def _column_rules(nodes: tuple[Node, ...], values: set[int]) -> Iterator[Rule]:
    held = [node for node in nodes if any(column in values for column in range(node.left, node.right))]
    totals = [at for at, node in enumerate(held) if is_total(node.label)]
    for at in totals:
        if len(totals) == 1:
            others = held[:at] + held[at + 1 :]
        else:
            others = held[at + 1 : next((after for after in totals if after > at), len(held))]
        yield from _total_rules(held[at], others)
    if len(held) == 4 and all(node.label.startswith(start) for start, node in zip(_BALANCE, held, strict=True)):
        before, income, spent, after = (node.columns().get("", ()) for node in held)
        if len(after) == 1 and before and income and spent:
            yield Rule("年末结转和结余＝年初结转和结余＋本年收入－本年支出", after[0], before + income, spent)


def _total_rules(total: Node, others: list[Node]) -> Iterator[Rule]:
    if len(others) < 2 or any(has(node.label, NOT_ADDITIVE) or _HEAD_CODE.fullmatch(node.label) for node in others):
        return
    for kind, whole in total.columns().items():
        parts = [node.columns().get(kind) for node in others]
        if len(whole) == 1 and all(parts):
            columns = tuple(column for held in parts if held for column in held)
            yield Rule(f"{total.label}＝各项之和", whole[0], columns)


# -- one table whose columns are codes, cut into several parts -------------------------------------------------------
def _families(layouts: Sequence[Layout]) -> Iterator[list[Layout]]:
    """A wide table and its parts «（续）»: same title, same rows."""
    family: list[Layout] = []
    for layout in layouts:
        continues = "续" in layout.table.title[-4:] and family and len(family[0].grid) == len(layout.grid)
        if not continues and family:
            yield family
            family = []
        family.append(layout)
    if family:
        yield family


def _coded_columns(family: list[Layout]) -> Iterator[Claim]:
    held: dict[str, tuple[Layout, int]] = {}
    for layout in family:
        for column in layout.value_columns:
            code = next((label for label in layout.headings[column] if _HEAD_CODE.fullmatch(label)), "")
            if code:
                held.setdefault(code, (layout, column))
    if len(held) < 3:
        return
    first = family[0]
    total = next((column for column in first.value_columns if is_total("".join(first.headings[column][:1]))), None)
    rules = [
        (held[code], [held[below] for below in belows], f"{code}＝下级科目之和")
        for code, belows in _below(list(held)).items()
        if belows
    ]
    if total is not None:
        tops = [place for code, place in held.items() if _above(code, held) is None]
        rules.append(((first, total), tops, "合计＝各类之和"))
    for row in first.body():
        for (layout, column), places, name in rules:
            stated = layout.figure(row, column)
            parts = [figure for one, at in places if (figure := one.figure(row, at))]
            if stated is not None and len(parts) == len(places):
                yield _judged("sum", name, stated, parts, [])


def _above(code: str, codes: Container[str]) -> str | None:
    return next((code[:length] for length in (5, 3) if len(code) > length and code[:length] in codes), None)


def _below(codes: list[str]) -> dict[str, list[str]]:
    below: dict[str, list[str]] = {code: [] for code in codes}
    for code in codes:
        above = _above(code, below)
        if above is not None:
            below[above].append(code)
    return below


# -- rows -------------------------------------------------------------------------------------------------------------
def _down_rows(layout: Layout) -> Iterator[Claim]:
    if not layout.table.heads and not layout.table.unit:
        return  # a form: its columns mean something else in every row
    sides = layout.sides
    grand: list[PrintedFigure] = []
    for side in sides:
        rules = list(_code_rules(side)) if side.coded else list(_list_rules(side))
        for column in side.columns:
            for rule in rules:
                if layout.gap(rule.whole, column) or any(layout.gap(row, column) for row in rule.parts):
                    continue
                stated = layout.figure(rule.whole, column)
                parts = [figure for row in rule.parts if (figure := layout.figure(row, column))]
                if stated is not None and (parts or (stated.value and not rule.parts)):
                    yield _judged("sum", rule.name, stated, parts, [])
        last = next((entry for entry in reversed(side.entries) if entry.label.endswith("总计")), None)
        if last is not None and (total := layout.figure(last.row, side.columns[0])) is not None:
            grand.append(total)
    if len(grand) == 2:
        left, right = grand
        # Two sums, each settled for itself: a whole unit is explained by the digits that are not printed.
        off = abs(left.value - right.value)
        verdict = Verdict.OK if not off else Verdict.ROUNDING if off <= left.step else Verdict.FALSE
        yield Claim("balance", "收入总计＝支出总计", (left,), right, verdict, right.spot, shown_as(left))


def _code_rules(side: Side) -> Iterator[Rule]:
    """类＝款之和, 款＝项之和, 科目＝其下各项目之和, 合计＝各类之和. Only the next level down counts as parts."""
    codes = [entry.code for entry in side.entries if entry.code]
    shortest = min(map(len, codes), default=0)
    rows: dict[str, int] = {}
    below: dict[int, list[int]] = {}
    tops: list[int] = []
    since: list[int] = []
    totals: list[Entry] = []
    last: Entry | None = None
    for entry in side.entries:
        if entry.code:
            above = _above(entry.code, rows)
            if len(entry.code) == shortest:  # a 款 without its 类 is a hole in the table, not another 类
                tops.append(entry.row)
                since.append(entry.row)
            elif above is not None and len(entry.code) == len(above) + 2:
                below.setdefault(rows[above], []).append(entry.row)
            rows[entry.code] = entry.row
            last = entry
        elif is_total(entry.label):
            if entry.label in ("合计", "总计"):
                totals.append(entry)
            elif since:
                yield Rule(f"{entry.label}＝各类之和", entry.row, tuple(since))
                since = []
            last = None
        elif entry.label and last is not None:
            below.setdefault(rows[last.code], []).append(entry.row)
    yield from _holes(codes, rows)
    names = {row: code for code, row in rows.items()}
    for row, parts in below.items():
        yield Rule(f"{names[row]}＝下级之和", row, tuple(parts))
    for entry in totals:
        if tops:
            yield Rule(f"{entry.label}＝各类之和", entry.row, tuple(tops))


def _holes(codes: list[str], rows: dict[str, int]) -> Iterator[Rule]:
    """A 项 whose 款 has no row, a 款 without any 项 where all the others have theirs: the row above adds up from
    nothing."""
    for code in codes:
        above = _above(code, rows)
        missing = code[:-2]
        if above is not None and missing != above and any(len(other) == len(missing) for other in codes):
            yield Rule(f"缺{missing}一行", rows[above], ())
    for length in sorted({len(code) for code in codes})[:-1]:
        peers = [code for code in rows if len(code) == length]
        bare = [code for code in peers if not any(other != code and other.startswith(code) for other in codes)]
        if len(bare) == 1 and len(peers) > 3:
            yield Rule(f"{bare[0]}缺下级科目", rows[bare[0]], ())


def _list_rules(side: Side) -> Iterator[Rule]:
    """一、二、… 本年收入合计; 年初结转和结余 with its parts below; 总计."""
    since: list[Entry] = []
    subtotal: Entry | None = None
    for entry in side.entries:
        if not entry.label:
            continue
        if not is_total(entry.label) or numbering(entry.label):  # «七、政府采购支出合计» is an item among others
            since.append(entry)
            continue
        rows = [one.row for one in since if bool(numbering(one.label)) is (subtotal is None and _numbered(since))
                and not one.label.startswith("其中")]  # fmt: skip
        if subtotal is not None:
            yield from _carried(since)
            rows = [subtotal.row, *rows]
        if rows and not (subtotal is None and _mixed(since)):
            yield Rule(f"{entry.label}＝各项之和", entry.row, tuple(rows))
        subtotal, since = entry, []


def _numbered(entries: list[Entry]) -> bool:
    return any(numbering(entry.label) for entry in entries)


def _mixed(entries: list[Entry]) -> bool:
    """Parts of parts («其中：») stand without a number among rows without numbers: what adds up to what is open."""
    return not _numbered(entries) and any(entry.label.startswith("其中") for entry in entries)


def _carried(entries: list[Entry]) -> Iterator[Rule]:
    """年初财政拨款结转和结余, and below it 一、二、三、 by kind of budget."""
    head: Entry | None = None
    parts: list[int] = []
    for entry in entries:
        if numbering(entry.label):
            parts.append(entry.row)
            continue
        if head is not None and parts:
            yield Rule(f"{head.label}＝各项之和", head.row, tuple(parts))
        head, parts = entry, []
    if head is not None and parts:
        yield Rule(f"{head.label}＝各项之和", head.row, tuple(parts))
