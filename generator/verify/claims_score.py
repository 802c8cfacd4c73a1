"""Score sheets: 分值 and 得分 with their totals, 执行率 from the amounts beside it, «（10分）» in a group's label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.printed.interval import Verdict, exact, judge_exact_sum, judge_ratio, pct_change, ratio_pct
from generator.printed.model import Cell, PrintedFigure
from generator.printed.table_layout import Layout, distinct, squeezed
from generator.printed.words import has
from generator.verify.claim import Claim, percent_of, total_of

_WEIGHT = re.compile("^(?:分值|权重|标准分|满分)(?:[（(].*[)）])?$")
_SCORE = re.compile("^(?:自评|自评价|实际|评价)?得分(?:[（(].*[)）])?$")
_TOTAL = ("合计", "总分", "总计", "总得分", "合计得分", "总分值")
_GROUP = re.compile(r"[（(](\d+(?:\.\d+)?)分[)）]")
_RATE = re.compile(r"(?:率|增减[%％]|比例)(?:[（(]([A-Z])[/÷]([A-Z])[)）])?$")
_RATE_HEAD = ("率", "增减%", "增减％")
_ACTUAL = ("执行数", "决算数", "完成数", "支出数", "实际")
_BASE = ("预算数", "计划数", "目标数")
_BEST = ("全年", "调整")
_HEAD = ("分值", "权重", "得分", "执行率", "完成率", "控制率", "预算数", "决算数", "增减")
_GOOD = (Verdict.OK, Verdict.ROUNDING)


def score_claims(layouts: Sequence[Layout]) -> Iterator[Claim]:
    for layout in layouts:
        yield from _Sheet(layout).claims()


def number_of(cell: Cell | None) -> PrintedFigure | None:
    """The one number of a cell, also with its unit or a limit sign: «96.57%», «≥90%»."""
    if cell is None:
        return None
    if cell.figure is not None:
        return cell.figure
    held = [token.figure for token in cell.tokens if token.figure is not None and token.kind != "Y"]
    return held[0] if len(held) == 1 and len(cell.text) <= len(held[0].text) + 6 else None


class _Sheet:
    """One table, read downwards: a row of labels holds until the next one."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.labels: dict[int, str] = {}
        self.weights: list[PrintedFigure] = []
        self.scores: list[PrintedFigure] = []
        self.by_row: dict[int, list[PrintedFigure]] = {}

    def claims(self) -> Iterator[Claim]:
        seen: set[int] = set()
        for row, line in enumerate(self.layout.grid):
            cells = distinct(line)
            own = [cell for cell in cells if cell.row == row and id(cell) not in seen]
            if self._heads(own):
                self.labels |= {cell.column: squeezed(cell.text) for cell in own if cell.text and cell.figure is None}
                continue
            if any(squeezed(cell.text) in _TOTAL for cell in own):
                yield from self._total(own)
                continue
            yield from self._row(row, own)
        yield from self._groups()

    @staticmethod
    def _heads(cells: list[Cell]) -> bool:
        words = [cell for cell in cells if cell.text]
        return (
            len(words) > 1
            and not any(cell.figure for cell in words)
            and any(len(cell.text) < 16 and has(cell.text, _HEAD) for cell in words[1:])
        )

    def _row(self, row: int, cells: list[Cell]) -> Iterator[Claim]:
        held = [(self.labels.get(cell.column, ""), figure) for cell in cells if (figure := number_of(cell))]
        weight = next((figure for label, figure in held if _WEIGHT.match(label)), None)
        score = next((figure for label, figure in held if _SCORE.match(label)), None)
        if weight is not None:
            self.weights.append(weight)
            self.by_row.setdefault(row, []).append(weight)
        if score is not None:
            self.scores.append(score)
        if weight is not None and score is not None:
            fits = score.value <= weight.value
            verdict = Verdict.OK if fits else Verdict.FALSE
            yield Claim("compare", "得分不超过分值", (weight,), score, verdict, score.spot, f"至多{weight.text}")
        for label, figure in held:
            if _RATE.search(label) and figure.unit in ("%", ""):
                yield from self._rate(label, figure, held)

    def _rate(self, label: str, stated: PrintedFigure, held: list[tuple[str, PrintedFigure]]) -> Iterator[Claim]:
        others = [(word, one) for word, one in held if one is not stated and not _no_amount(word)]
        formula = _RATE.search(label)
        lettered = {letter: one for word, one in others for letter in "ABCD" if re.search(f"[（(]{letter}[)）]", word)}
        if formula and formula[1] in lettered and formula[2] in lettered:
            pairs = [(lettered[formula[1]], lettered[formula[2]])]
        else:
            actual = [one for word, one in others if has(word, _ACTUAL)]
            bases = [(word, one) for word, one in others if has(word, _BASE) or word.endswith("预算")]
            bases = sorted((item for item in bases if item[1] not in actual), key=lambda item: not has(item[0], _BEST))
            pairs = [(part, base) for part in actual for _, base in bases]
            if not pairs and len(others) == 2 and "率" in label:
                pairs = [(others[1][1], others[0][1]), (others[0][1], others[1][1])]
        if not pairs or "执行率得分" in label:
            return
        judged = [(_rate_verdict(part, base, stated), part, base) for part, base in pairs]
        verdict, part, base = next((one for one in judged if one[0] in _GOOD), judged[0])
        if verdict is Verdict.UNDEFINED:
            return
        expected = percent_of(exact(part), exact(base), stated.step)
        yield Claim("ratio_pct", label, (part, base), stated, verdict, stated.spot, expected)

    def _total(self, cells: list[Cell]) -> Iterator[Claim]:
        for cell in cells:
            figure, label = cell.figure, self.labels.get(cell.column, "")
            if figure is None:
                continue
            parts = self.weights if _WEIGHT.match(label) else self.scores if _SCORE.match(label) else []
            if len(parts) > 1 and not (_SCORE.match(label) and len(parts) < len(self.weights)):
                yield _exact("合计＝各行之和" if _WEIGHT.match(label) else "总分＝各项得分之和", parts, figure)

    def _groups(self) -> Iterator[Claim]:
        for line in self.layout.grid:
            cell = line[0]
            if cell is None or cell.down < 2 or not (found := _GROUP.search(cell.text)):
                continue
            parts = [one for row in range(cell.row, cell.row + cell.down) for one in self.by_row.get(row, ())]
            stated = next((token.figure for token in cell.tokens if token.figure and token.figure.unit == "分"), None)
            if parts and stated is not None and stated.text == found[1]:
                yield _exact(f"{squeezed(cell.text)}＝组内分值之和", parts, stated)
                self.by_row = {row: held for row, held in self.by_row.items() if row >= cell.row + cell.down}


def _no_amount(label: str) -> bool:
    return bool(_WEIGHT.match(label) or _SCORE.match(label) or has(label, _RATE_HEAD))


def _rate_verdict(part: PrintedFigure, base: PrintedFigure, stated: PrintedFigure) -> Verdict:
    if not base.value:
        return Verdict.UNDEFINED
    numbers = [(part.value, part), (base.value, base)]
    verdict = judge_ratio(ratio_pct, numbers, stated)
    if verdict in _GOOD:
        return verdict
    changed = judge_ratio(pct_change, numbers, stated)
    return changed if changed in _GOOD else verdict


def _exact(rule: str, parts: list[PrintedFigure], stated: PrintedFigure) -> Claim:
    verdict = judge_exact_sum(parts, stated)
    expected = "" if verdict is Verdict.OK else total_of(tuple(parts), stated)
    return Claim("sum", rule, tuple(parts), stated, verdict, stated.spot, expected)
