"""Errors planted into a finished Word file, one at a time, and whether `verify` finds them where they are.

A digit of a number that has a claim (in a sentence, a cell, a score, a chart's cache, a chart's workbook), a direction
word turned round, a row deleted that a total adds up. The file is changed as a person would change it in Word: text and
XML, nothing of ours is asked.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from generator.printed.model import PrintedFigure, Spot
from generator.verify.claim import Claim
from generator.verify.verify import Report, verify

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TURNED = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长", "增支": "减支", "减支": "增支"} | {
    "提升": "下降",
    "大于": "小于",
    "小于": "大于",
    "提高": "降低",
}


@dataclass(frozen=True)
class Planted:
    """`kind` 句, 格, 分, 图, 簿, 词, 行; `what`: for a person to read; `figure`: where it is, None for a row."""

    kind: str
    what: str
    place: Spot
    data: bytes


@dataclass(frozen=True)
class Found:
    """`said`: a new contradiction names the place; `hinted`: a new contradiction or a new hint does."""

    planted: Planted
    said: bool
    hinted: bool


class Planter:
    """One Word file and the places where something can be planted."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.report: Report = verify(data)
        self.before = {_key(claim) for claim in self.report.claims if claim.contradicts or claim.rounds}
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}

    @cached_property
    def kinds(self) -> dict[str, list[tuple[str, Spot]]]:
        """Per kind: (text, place) of everything that could be changed."""
        firm = [claim for claim in self.report.claims if claim.firm]
        held: dict[str, dict[Spot, str]] = {kind: {} for kind in "句格分图簿词"}
        for claim in firm:
            if claim.word in TURNED:
                held["词"][claim.spot] = claim.word
            if claim.op == "compare":
                continue  # another digit rarely makes another word
            for figure in (*claim.figures, *((claim.stated,) if claim.stated else ())):
                kind = {"段": "句", "表": "格", "图": "图"}[figure.spot.part]
                if kind == "格" and "分" in claim.rule:
                    kind = "分"
                held[kind][figure.spot] = _drawn(figure) if kind == "图" else figure.text
            if claim.rule == "图上的数与图内工作簿一致" and claim.stated is not None:
                held["簿"][claim.stated.spot] = _drawn(claim.stated)
        kinds = {kind: [(text, spot) for spot, text in places.items()] for kind, places in held.items()}
        kinds["行"] = [("", spot) for spot in self._addend_rows(firm)]
        return {kind: places for kind, places in kinds.items() if places}

    @staticmethod
    def _addend_rows(claims: list[Claim]) -> list[Spot]:
        rows = {
            figure.spot._replace(column=0, start=0, end=0): None
            for claim in claims
            if claim.op == "sum" and claim.stated is not None and claim.stated.spot.part == "表"
            for figure in claim.figures
            if figure.value and figure.spot.row != claim.stated.spot.row
        }
        return list(rows)

    def plant(self, chance: random.Random) -> Planted:
        """One change, drawn by kind first."""
        kind = chance.choice(sorted(self.kinds))
        text, spot = chance.choice(self.kinds[kind])
        if kind == "行":
            return Planted(kind, f"删去第{spot.number}张表第{spot.row}行", spot, self._without_row(spot))
        if kind == "词":
            return Planted(kind, f"第{spot.number}段 {text}→{TURNED[text]}", spot, self._turned(spot, text))
        at, digit = self._other_digit(text, chance)
        what = f"{spot.part}{spot.number}·{spot.row}·{spot.column} {text} 第{at + 1}位→{digit}"
        if kind == "句":
            return Planted(kind, what, spot, self._in_paragraph(spot, at, digit))
        if kind in "格分":
            return Planted(kind, what, spot, self._in_cell(spot, text, at, digit))
        return Planted(kind, what, spot, self._in_chart(spot, text, at, digit, workbook=kind == "簿"))

    def found(self, planted: Planted) -> Found:
        """Whether a finding that was not there before names the number, or for a row and a word the table, the
        paragraph."""
        new = [claim for claim in verify(planted.data).claims if _key(claim) not in self.before]
        near = [claim for claim in new if any(_at(planted, figure) for figure in _figures(claim))]
        return Found(
            planted,
            any(claim.contradicts for claim in near),
            any(claim.contradicts or claim.rounds for claim in near),
        )

    # -- changing the file --------------------------------------------------------------------------------------------
    @staticmethod
    def _other_digit(text: str, chance: random.Random) -> tuple[int, str]:
        at = chance.choice([place for place, sign in enumerate(text) if sign.isdigit()])
        return at, chance.choice([digit for digit in "0123456789" if digit != text[at]])

    def _body(self) -> etree._Element:
        return etree.fromstring(self.parts["word/document.xml"])

    def _in_paragraph(self, spot: Spot, at: int, digit: str) -> bytes:
        return self._rewritten(spot, lambda text: text[: spot.start + at] + digit + text[spot.start + at + 1 :])

    def _turned(self, spot: Spot, word: str) -> bytes:
        """The word right before the number."""
        return self._rewritten(spot, lambda text: _turn(text, word, spot))

    def _rewritten(self, spot: Spot, change: Callable[[str], str]) -> bytes:
        root = self._body()
        paragraph = self._paragraph(root, spot.number)
        texts = list(paragraph.iter(f"{W}t"))
        new = change("".join(part.text or "" for part in texts))
        for part in texts:
            length = len(part.text or "")
            part.text, new = new[:length], new[length:]
        return self._saved({"word/document.xml": etree.tostring(root)})

    def _paragraph(self, root: etree._Element, number: int) -> etree._Element:
        """The paragraph that reads so: the reader's own counting is not trusted."""
        wanted = next(one for one in self.report.document.paragraphs if one.number == number)
        before = sum(1 for one in self.report.document.paragraphs if one.number < number and one.text == wanted.text)
        same = [one for one in _outside_tables(root) if _words(one) == re.sub(r"[\t\n]", "", wanted.text)]
        toc = len(same) - sum(1 for one in self.report.document.paragraphs if one.text == wanted.text)
        return same[before + max(toc, 0)]

    def _row(self, root: etree._Element, spot: Spot) -> etree._Element:
        table = list(root.find(f"{W}body").iter(f"{W}tbl"))[spot.number - 1]
        return table.findall(f"{W}tr")[spot.row - 1]

    def _without_row(self, spot: Spot) -> bytes:
        root = self._body()
        row = self._row(root, spot)
        row.getparent().remove(row)
        return self._saved({"word/document.xml": etree.tostring(root)})

    def _in_cell(self, spot: Spot, text: str, at: int, digit: str) -> bytes:
        root = self._body()
        column = 1
        for cell in self._row(root, spot).findall(f"{W}tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            if column == spot.column:
                words = "".join(part.text or "" for part in cell.iter(f"{W}t"))
                place = words.index(text) + at
                for part in cell.iter(f"{W}t"):
                    length = len(part.text or "")
                    if 0 <= place < length:
                        part.text = part.text[:place] + digit + part.text[place + 1 :]
                        return self._saved({"word/document.xml": etree.tostring(root)})
                    place -= length
            column += 1 if span is None else int(span.get(f"{W}val"))
        raise AssertionError(f"no cell at {spot}")

    def _in_chart(self, spot: Spot, text: str, at: int, digit: str, *, workbook: bool) -> bytes:
        part = self._chart_part(spot.number)
        if workbook:
            return self._in_workbook(part, spot, at, digit)
        root = etree.fromstring(self.parts[part])
        series = root.findall(f".//{C}ser")[spot.column - 1]
        if spot.end:  # in the words of the point's own label
            label = series.findall(f"{C}dLbls/{C}dLbl")[spot.row - 1]
            words = next(one for one in label.iter(f"{A}t") if text in (one.text or ""))
            at += words.text.index(text)
        else:
            words = series.findall(f"{C}val//{C}pt")[spot.row - 1].find(f"{C}v")
        words.text = words.text[:at] + digit + words.text[at + 1 :]
        return self._saved({part: etree.tostring(root)})

    def _in_workbook(self, part: str, spot: Spot, at: int, digit: str) -> bytes:
        relations = etree.fromstring(self.parts[f"word/charts/_rels/{part.rpartition('/')[2]}.rels"])
        name = next(one.get("Target") for one in relations if one.get("Target").endswith(".xlsx"))
        name = f"word/{name.removeprefix('../')}"
        with zipfile.ZipFile(io.BytesIO(self.parts[name])) as package:
            inside = {one: package.read(one) for one in package.namelist()}
        sheet = "xl/worksheets/sheet1.xml"
        root = etree.fromstring(inside[sheet])
        value = list(list(root.iter(f"{S}row"))[spot.row])[spot.column].find(f"{S}v")
        value.text = value.text[:at] + digit + value.text[at + 1 :]
        inside[sheet] = etree.tostring(root)
        return self._saved({name: _zipped(inside)})

    def _chart_part(self, number: int) -> str:
        charts = [one.get(f"{R}id") for one in self._body().iter(f"{C}chart")]
        relations = etree.fromstring(self.parts["word/_rels/document.xml.rels"])
        target = next(one.get("Target") for one in relations if one.get("Id") == charts[number - 1])
        return f"word/{target}"

    def _saved(self, changed: dict[str, bytes]) -> bytes:
        return _zipped(self.parts | changed)


def _drawn(figure: PrintedFigure) -> str:
    """The digits that the chart's number format shows."""
    whole, point, decimals = figure.text.partition(".")
    return (whole + point + decimals[: max(0, -int(figure.wide.as_tuple().exponent))]).rstrip(".")


def plantings(data: bytes, chance: random.Random, count: int) -> Iterator[Found]:
    """`count` different documents, each with one error."""
    planter = Planter(data)
    for _ in range(count):
        yield planter.found(planter.plant(chance))


def _turn(text: str, word: str, spot: Spot) -> str:
    """A comparison's word stands before its number, «决算数小于预算数» after its percentage."""
    before = text.rfind(word, 0, spot.start)
    after = text.find(word, spot.end)
    at = after if word in ("大于", "小于") and after >= 0 else before
    assert at >= 0, (word, text)
    return text[:at] + TURNED[word] + text[at + len(word) :]


def _key(claim: Claim) -> tuple[object, ...]:
    return (claim.op, claim.rule, claim.spot, claim.verdict, tuple(figure.text for figure in _figures(claim)))


def _figures(claim: Claim) -> tuple[PrintedFigure, ...]:
    return (*claim.figures, *((claim.stated,) if claim.stated is not None else ()))


def _at(planted: Planted, figure: PrintedFigure) -> bool:
    if planted.kind in "行词":
        return figure.spot[:2] == planted.place[:2]
    return figure.spot == planted.place


def _outside_tables(root: etree._Element) -> Iterator[etree._Element]:
    for element in root.iter(f"{W}p"):
        if not any(above.tag == f"{W}tbl" for above in element.iterancestors()):
            yield element


def _words(paragraph: etree._Element) -> str:
    return "".join(part.text or "" for part in paragraph.iter(f"{W}t"))


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()
