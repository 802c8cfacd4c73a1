"""Which printed figures are sums of others, read from how a table or paragraph is laid out.

A reader adds up what stands under 208, left of 合计, behind «其中：»; so does this module: rows and columns with 科目
codes (类, 款, 项), 合计 and 小计 rows and columns, lists behind a whole. Layout only proposes; a proposal counts where
the exact amounts add up, within the rounding of what the office typed. Where the printed ones then do not, there is
尾差.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from generator.document.nodes import Block, Cell, Figure, Paragraph, Row, Run, Table
from generator.facts.explain import flattened
from generator.quantity import MONEY, MONEY_UNITS, Quantity

_TOTAL = re.compile(r"(?:合计|总计|小计|总额|总数)(?:（[^（）]*）)?$")
_PART_OF = re.compile(r"其中|包括|：|:|分别")
_CODE_LENGTHS = (3, 5, 7)


@dataclass(frozen=True, slots=True)
class PrintedAmount:
    """An amount as it is printed: `seen` is what its digits say, in 元."""

    figure: Figure
    seen: Decimal

    @property
    def quantity(self) -> Quantity:
        return self.figure.quantity


@dataclass(frozen=True, slots=True)
class PrintedSum:
    """`miss`: the printed whole minus its printed parts, in 元; other than 0 it is a 尾差."""

    whole: PrintedAmount
    parts: tuple[PrintedAmount, ...]

    @property
    def miss(self) -> Decimal:
        return self.whole.seen - sum((part.seen for part in self.parts), Decimal(0))


def printed_amount(figure: Figure, unit: str) -> PrintedAmount | None:
    """None for what is no amount or is not printed in figures. A small amount in a sentence stands in 元 («38元»)."""
    if figure.quantity.unit != MONEY:
        return None
    try:
        digits = Decimal(figure.text.replace(",", ""))
    except InvalidOperation:
        return None
    seen = digits * MONEY_UNITS[unit]
    last_digit = MONEY_UNITS[unit].scaleb(int(digits.as_tuple().exponent))
    return PrintedAmount(figure, seen if abs(seen - figure.quantity.value) <= last_digit else digits)


def _confirmed(whole: PrintedAmount, proposals: Iterable[Sequence[PrintedAmount]]) -> Iterator[PrintedSum]:
    """The proposal that comes nearest, the longest of equals, if the exact amounts add up."""
    best: tuple[Decimal, int, Sequence[PrintedAmount]] | None = None
    for parts in proposals:
        off = abs(whole.quantity.value - sum((part.quantity.value for part in parts), Decimal(0)))
        if off and off > whole.quantity.error + sum((part.quantity.error for part in parts), Decimal(0)):
            continue
        if parts and (best is None or (off, -len(parts)) < best[:2]):
            best = off, -len(parts), parts
    if best is not None:
        yield PrintedSum(whole, tuple(best[2]))


def operand_sums(figures: Iterable[Figure], unit: str) -> Iterator[PrintedSum]:
    """Wholes that were added up from figures which are all printed too; zeros need not be."""
    printed: dict[tuple[str, Decimal], PrintedAmount] = {}
    wholes: list[PrintedAmount] = []
    for figure in figures:
        amount = printed_amount(figure, unit)
        if amount is not None:
            printed.setdefault((amount.quantity.name, amount.quantity.value), amount)
            if amount.quantity.origin is not None:
                wholes.append(amount)
    for whole in wholes:
        origin = flattened(whole.quantity).origin
        if origin is not None and origin.operation in ("+", "Σ") and len(origin.operands) > 1:
            parts = [printed.get((part.name, part.value)) for part in origin.operands if part.value != 0]
            known = tuple(part for part in parts if part is not None)
            if len(known) == len(parts):
                yield PrintedSum(whole, known)


# -- one axis of a table ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Label:
    """How a row or column is called: its 科目 code or ""; whether it is a 合计; whether it is an «其中»."""

    code: str = ""
    total: bool = False
    within: bool = False


def _label(words: Iterable[str]) -> _Label:
    plain = [one for one in ("".join(word.split()) for word in words) if one]
    code = plain[0] if plain and plain[0].isdecimal() and len(plain[0]) in _CODE_LENGTHS else ""
    total = not code and any(_TOTAL.search(word) for word in plain)
    return _Label(code, total, any(word.startswith("其中") for word in plain))


def _structure(labels: Sequence[_Label | None]) -> list[tuple[int, list[list[int]]]]:
    """For each place that may be a whole, the sets of places that may be its parts. None: nothing stands there."""
    parents: list[int | None] = []
    open_codes: list[int] = []
    for at, label in enumerate(labels):
        parent = None
        if label is not None and label.code:
            while open_codes and not _below(label.code, labels[open_codes[-1]]):
                open_codes.pop()
            parent = open_codes[-1] if open_codes else None
            open_codes.append(at)
        parents.append(parent)
    children: dict[int, list[int]] = {}
    for at, parent in enumerate(parents):
        if parent is not None:
            children.setdefault(parent, []).append(at)
    found = [(whole, [parts]) for whole, parts in children.items()]
    tops = [at for at, label in enumerate(labels) if label is not None and parents[at] is None]
    totals = [at for at in tops if labels[at].total]  # type: ignore[union-attr]
    for total in totals:
        found.append((total, list(map(sorted, _around(total, tops, labels)))))
    return found


def _below(code: str, label: _Label | None) -> bool:
    return label is not None and code != label.code and code.startswith(label.code)


def _around(total: int, tops: Sequence[int], labels: Sequence[_Label | None]) -> Iterator[list[int]]:
    """What a 合计 may add up: everything else; what stands before it or behind it, as far as the next 合计 or with that
    one as a part; with and without «其中»."""
    coded = [at for at in tops if labels[at].code]  # type: ignore[union-attr]
    if coded:
        yield coded
    others = [at for at in tops if at != total]
    for line in ([at for at in reversed(others) if at < total], [at for at in others if at > total]):
        for keep_within in (False, True):
            parts: list[int] = []
            for at in line:
                label = labels[at]
                assert label is not None
                if label.total:
                    yield parts
                    yield [*parts, at]
                    break
                if keep_within or not label.within:
                    parts = [*parts, at]
            else:
                yield parts
    yield [at for at in others if labels[at].total]  # type: ignore[union-attr]


# -- tables -----------------------------------------------------------------------------------------------------------


def table_sums(table: Table, unit: str) -> list[PrintedSum]:
    grid = [[_amount(cell, unit) for cell in row.cells] for row in table.body]
    if not any(map(any, grid)):
        return []
    return [*_down(table, grid), *_across(table.head, grid)]


def split_sums(pieces: Sequence[Table], unit: str) -> list[PrintedSum]:
    """The sums across the pieces of a table that was too wide, besides those within a piece."""
    first = pieces[0]
    if len(pieces) == 1 or any(len(one.body) != len(first.body) or len(one.head) != len(first.head) for one in pieces):
        return []
    names, heads = _columns(first.head), list(first.head)
    rows = [[_amount(cell, unit) for cell in row.cells] for row in first.body]
    for piece in pieces[1:]:
        again = [mine == theirs for mine, theirs in zip(_columns(piece.head), names, strict=False)]
        start = again.index(False) if False in again else len(again)
        heads = [_beside(row, more, start) for row, more in zip(heads, piece.head, strict=True)]
        for line, more in zip(rows, piece.body, strict=True):
            line.extend(_amount(cell, unit) for cell in more.cells[start:])
    return _across(heads, rows)


def _beside(row: Row, more: Row, start: int) -> Row:
    moved = {at + len(row.cells) - start: span for at, span in more.spans.items() if at >= start}
    return Row((*row.cells, *more.cells[start:]), {**row.spans, **moved})


def _amount(cell: Cell, unit: str) -> PrintedAmount | None:
    if isinstance(cell, Figure):
        return printed_amount(cell, unit)
    if isinstance(cell, str):
        return None
    figures = [piece for piece in cell if isinstance(piece, Figure)]
    return printed_amount(figures[0], unit) if len(figures) == 1 else None


def _down(table: Table, grid: Sequence[Sequence[PrintedAmount | None]]) -> Iterator[PrintedSum]:
    """Wholes and parts in each column. Columns whose rows are called alike share one look at the labels."""
    by_block: dict[tuple[int, ...], list[tuple[int, list[list[int]]]]] = {}
    starts = [_starts(row, amounts) for row, amounts in zip(table.body, grid, strict=True)]
    for column in range(len(table.columns)):
        key = tuple(row[column] for row in starts)
        if not any(at >= 0 for at in key):
            continue
        if key not in by_block:
            labels = [
                _label(map(_words, row.cells[at:column])) if at >= 0 else None
                for at, row in zip(key, table.body, strict=True)
            ]
            by_block[key] = _structure(labels)
        for whole, proposals in by_block[key]:
            yield from _sums(whole, proposals, [amounts[column] for amounts in grid])


def _starts(row: Row, amounts: Sequence[PrintedAmount | None]) -> list[int]:
    """For each column with an amount the first of the cells left of it that say what the row is; else -1."""
    found, start, inside = [], 0, False
    for at, amount in enumerate(amounts):
        if amount is None and inside and row.cells[at] != "":
            start, inside = at, False
        elif amount is not None:
            inside = True
        found.append(-1 if amount is None else start)
    return found


def _sums(
    whole: int, proposals: Sequence[Sequence[int]], amounts: Sequence[PrintedAmount | None]
) -> Iterator[PrintedSum]:
    amount = amounts[whole]
    if amount is None:
        return
    yield from _confirmed(amount, ([part for at in parts if (part := amounts[at])] for parts in proposals))


def _across(head: Sequence[Row], grid: Sequence[Sequence[PrintedAmount | None]]) -> list[PrintedSum]:
    """Wholes and parts in each row, by the heads of the columns: groups of columns under one head, codes, 合计."""
    structure = list(_head_structure(head, grid))
    return [one for amounts in grid for whole, proposals in structure for one in _sums(whole, proposals, amounts)]


def _columns(head: Sequence[Row]) -> list[tuple[str, ...]]:
    """What stands over each column, top to bottom; a wide cell stands over all that it covers."""
    width, covered = max((len(row.cells) for row in head), default=0), _covered(head)
    over: list[list[str]] = [[] for _ in range(width)]
    for number, row in enumerate(head):
        for at, cell in enumerate(row.cells):
            words = _words(cell)
            if words or (at, number) not in covered:
                _, across = row.spans.get(at, (1, 1))
                for column in range(at, min(at + across, width)):
                    over[column].append(words)
    return [tuple(words) for words in over]


def _covered(head: Sequence[Row]) -> set[tuple[int, int]]:
    """(column, row) of the cells under a wider or higher one."""
    return {
        (column, number + down)
        for number, row in enumerate(head)
        for at, (rows, columns) in row.spans.items()
        for down in range(rows)
        for column in range(at, at + columns)
    }


def _head_structure(
    head: Sequence[Row], grid: Sequence[Sequence[PrintedAmount | None]]
) -> Iterator[tuple[int, list[list[int]]]]:
    """Columns by the words that they share from the top: 合计 | 一般公共预算（小计 | 基本支出 | 项目支出）| …"""
    names = _columns(head)
    filled = [any(at < len(row) and row[at] is not None for row in grid) for at in range(len(names))]
    yield from _group([at for at, used in enumerate(filled) if used], names, 0, [])


def _group(
    columns: Sequence[int], names: Sequence[tuple[str, ...]], depth: int, outer: list[int]
) -> list[tuple[int, list[list[int]]]]:
    """`outer` gets the columns that stand for this group in a sum further out: its 小计, else all of them."""
    found: list[tuple[int, list[list[int]]]] = []
    labels: dict[int, _Label] = {}
    members: list[int] = []
    for words, together in _runs(columns, names, depth):
        if len(together) == 1 or not words:
            for at in together:
                labels[at] = _label(names[at][depth:])
                members.append(at)
            continue
        inner: list[int] = []
        found += _group(together, names, depth + 1, inner)
        for at in inner:
            # A 小计 stands for its group there, it does not add up its neighbours.
            labels[at] = _Label()
            members.append(at)
    for whole, proposals in _structure([labels[at] for at in members]):
        found.append((members[whole], [[members[at] for at in parts] for parts in proposals]))
    totals = [at for at in members if labels[at].total]
    outer.extend(totals[:1] or members)
    return found


def _runs(columns: Sequence[int], names: Sequence[tuple[str, ...]], depth: int) -> Iterator[tuple[str, list[int]]]:
    run: list[int] = []
    for at in columns:
        if run and _at(names[at], depth) != _at(names[run[-1]], depth):
            yield _at(names[run[0]], depth), run
            run = []
        run.append(at)
    if run:
        yield _at(names[run[0]], depth), run


def _at(words: tuple[str, ...], depth: int) -> str:
    return words[depth] if depth < len(words) else ""


def _words(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    pieces = (cell,) if isinstance(cell, Figure) else cell
    return "".join(piece.text for piece in pieces if isinstance(piece, Run | Figure))


# -- running text -----------------------------------------------------------------------------------------------------


def text_sums(blocks: Sequence[Block], unit: str) -> Iterator[PrintedSum]:
    """«合计100.41万元，其中：基本支出77.40万元；…», and the list behind a paragraph that ends with «：»."""
    for number, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            continue
        amounts = _spoken(block, unit)
        listed = [one for one, _ in _listed(blocks[number + 1 :], unit)] if _ends_open(block) else []
        for at, (whole, behind) in enumerate(amounts):
            following = [amount for amount, _ in amounts[at + 1 :]]
            proposals = [following[:count] for count in range(2, len(following) + 1)] if behind else []
            proposals += [listed[:count] for count in range(2, len(listed) + 1)]
            yield from _confirmed(whole, proposals)


def _spoken(paragraph: Paragraph, unit: str) -> list[tuple[PrintedAmount, bool]]:
    """The amounts of a paragraph, each with whether the words up to the next announce its parts."""
    found: list[tuple[PrintedAmount, bool]] = []
    for piece in paragraph.content:
        if isinstance(piece, Figure):
            amount = printed_amount(piece, unit)
            if amount is not None:
                found.append((amount, False))
        elif isinstance(piece, Run) and found and _PART_OF.search(piece.text):
            found[-1] = found[-1][0], True
    return found


def _ends_open(paragraph: Paragraph) -> bool:
    last = paragraph.content[-1] if paragraph.content else None
    return isinstance(last, Run) and last.text.rstrip().endswith(("：", ":"))


def _listed(blocks: Sequence[Block], unit: str) -> Iterator[tuple[PrintedAmount, bool]]:
    """The first amount of each paragraph that follows without a break."""
    for block in blocks:
        amounts = _spoken(block, unit) if isinstance(block, Paragraph) else []
        if not amounts:
            return
        yield amounts[0]
