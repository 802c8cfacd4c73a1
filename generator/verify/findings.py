"""Contradictions as findings that a person can act on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from generator.diagnostics import Diagnostic, finding
from generator.place import Place
from generator.printed.interval import Verdict, exact, scale
from generator.printed.model import Chart, Paragraph, PrintedFigure, ReadDocument, Spot, Table
from generator.printed.table_layout import distinct
from generator.verify.claim import Claim, shown_as
from generator.verify.verify import Report

_AROUND = 14
_SHOWN = 6


def findings(
    report: Report, typed: Collection[str] = (), amounts: Sequence[tuple[Decimal, Place]] = ()
) -> tuple[Diagnostic, ...]:
    """V001 for what the program or the pack printed wrong, V002 where a number stands in one of the texts `typed` by
    the office, V003 for a table whose sums are off by rounding and that does not say so, V004 where every number is one
    of the typed `amounts` (in 元, all else in its own unit)."""
    return tuple(_contradictions(report, typed, amounts)) + tuple(_without_note(report))


def _contradictions(
    report: Report, typed: Collection[str], amounts: Sequence[tuple[Decimal, Place]]
) -> Iterator[Diagnostic]:
    for claim in report.contradictions:
        numbers = (*claim.figures, *((claim.stated,) if claim.stated is not None else ()))
        spots = [one.spot for one in numbers if one.spot.part] or [claim.spot]
        words = {"place": where(report.document, claim.spot), "said": said(claim)}
        if any(_typed(report.document, spot, typed) for spot in (*spots, claim.spot)):
            yield finding("V002", **words)
        elif claim.stated is not None and all(found := [_cells(one, amounts) for one in reversed(numbers)]):
            yield finding("V004", *dict.fromkeys(cells[0] for cells in found), **words)
        else:
            yield finding("V001", **words)


def _cells(printed: PrintedFigure, amounts: Sequence[tuple[Decimal, Place]]) -> list[Place]:
    """Where a number was typed that prints so."""
    half = printed.step * scale(printed) / 2
    return [place for value, place in amounts if abs(exact(printed) - value) <= half]


def said(claim: Claim) -> str:
    """«增减幅＝增减额÷上年数：印的是 150.70%，按所印的数应为 15.07%（55.11、36.57）»."""
    word = claim.op == "compare" or not any(sign.isdigit() for sign in claim.expected)
    if word and claim.word:
        printed, right = f"“{claim.word}”", f"“{claim.expected}”"
    else:
        printed, right = shown_as(claim.stated) if claim.stated is not None else "", claim.expected
    shown = "、".join(shown_as(one) for one in claim.figures[:_SHOWN])
    more = "等" if len(claim.figures) > _SHOWN else ""
    beside = f"（{shown}{more}）" if shown and shown != right.strip("“”") else ""
    return f"{claim.rule}：印的是{printed}，按所印的数应为{right}{beside}"


def where(document: ReadDocument, spot: Spot) -> str:
    """The place in the words of the document: heading and passage, table and row, figure."""
    for block in document.blocks:
        if isinstance(block, Paragraph) and spot.part == "段" and block.number == spot.number:
            return _in_paragraph(block, spot)
        if isinstance(block, Table) and spot.part == "表" and block.number == spot.number:
            return _in_table(block, spot)
        if isinstance(block, Chart) and spot.part == "图" and block.number == spot.number:
            point = block.series[spot.column - 1].points[spot.row - 1]
            return f"“{block.caption or '图'}”中的“{point.category}”"
    return ""


def _in_paragraph(block: Paragraph, spot: Spot) -> str:
    start, end = (spot.start, spot.end) if spot.end else (0, 2 * _AROUND)
    first, last = max(0, start - _AROUND), end + _AROUND
    passage = block.text[first:last].strip().replace("\n", " ")
    words = f"{'…' if first else ''}{passage}{'…' if last < len(block.text) else ''}"
    return f"“{block.path[-1]}”一节“{words}”" if block.path else f"“{words}”"


def _in_table(block: Table, spot: Spot) -> str:
    line = block.grid[spot.row - 1]
    label = " ".join(cell.text for cell in distinct(line[: spot.column - 1]) if cell.text)
    return f"“{block.title or '表'}”第{spot.row}行“{label[:30]}”第{spot.column}列"


def _typed(document: ReadDocument, spot: Spot, typed: Collection[str]) -> bool:
    """Whether the number stands inside one of the texts."""
    text = _text_at(document, spot)
    for words in typed:
        at = text.find(words) if words else -1
        while at >= 0:
            if at <= spot.start and spot.end <= at + len(words):
                return True
            at = text.find(words, at + 1)
    return False


def _text_at(document: ReadDocument, spot: Spot) -> str:
    for block in document.blocks:
        if isinstance(block, Paragraph) and spot.part == "段" and block.number == spot.number:
            return block.text
        if isinstance(block, Table) and spot.part == "表" and block.number == spot.number:
            cell = block.grid[spot.row - 1][spot.column - 1]
            return "" if cell is None else cell.text
    return ""


def _without_note(report: Report) -> Iterator[Diagnostic]:
    told: set[int] = set()
    tables = {table.number: table for table in report.document.tables}
    for claim in report.claims:
        if claim.op not in ("sum", "balance") or claim.verdict is not Verdict.ROUNDING or claim.spot.part != "表":
            continue
        table = tables[claim.spot.number]
        if table.number not in told and not any("尾差" in note or "四舍五入" in note for note in table.notes):
            told.add(table.number)
            yield finding("V003", place=where(report.document, claim.spot), said=said(claim))
