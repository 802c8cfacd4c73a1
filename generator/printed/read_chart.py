"""A chart part with its embedded workbook → the model: what is cached, what is stored, what the labels say."""

from __future__ import annotations

from decimal import Decimal

from lxml import etree

from generator.border.archive import Archive
from generator.border.numbers import number as finite
from generator.border.refused import BrokenError, OverBudgetError
from generator.border.xml import Tags, parsed
from generator.printed.figures import step_of
from generator.printed.model import Chart, Point, PrintedFigure, Series, Spot
from generator.word.xml import whole

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_KINDS = {"pieChart": "饼形", "doughnutChart": "饼形", "lineChart": "折线", "barChart": "柱形"}


def read_chart(root: etree._Element, workbook: bytes, number: int, path: tuple[str, ...]) -> Chart:
    plot = root.find(f"{_C}chart/{_C}plotArea")
    kind, found, percent = "柱形", [], ""
    for part in plot if plot is not None else ():
        name = etree.QName(part).localname
        if name in _KINDS:
            kind = _KINDS[name]
            direction = part.find(f"{_C}barDir")
            if direction is not None and direction.get("val") == "bar":
                kind = "条形"
            found += part.findall(f"{_C}ser")
    stored = _sheet(workbook) if workbook else {}
    series = tuple(_series(one, at, number, stored) for at, one in enumerate(found))
    for one in root.iter(f"{_C}showPercent"):
        if one.get("val") == "1":
            around = one.getparent()
            words = None if around is None else around.find(f"{_C}numFmt")
            percent = "0%" if words is None else str(words.get("formatCode"))
    return Chart(number, kind, "", series, percent, bool(workbook), path)


def _series(element: etree._Element, at: int, number: int, stored: dict[tuple[int, int], str]) -> Series:
    name = "".join(part.text or "" for part in element.findall(f"{_C}tx//{_C}v"))
    categories = _cached(element, "cat")
    values = _cached(element, "val")
    code = element.findtext(f"{_C}val/{_C}numRef/{_C}numCache/{_C}formatCode") or "General"
    labels = {
        str(which.get("val")): "".join(text.text or "" for text in label.iter(f"{_A}t"))
        for label in element.findall(f"{_C}dLbls/{_C}dLbl")
        if (which := label.find(f"{_C}idx")) is not None
    }
    points = []
    for index in sorted({*categories, *values}):
        spot = Spot("图", number, index + 1, at + 1)
        points.append(
            Point(
                categories.get(index, ""),
                _as_drawn(values.get(index, ""), code, spot),
                _number(stored.get((index + 1, at + 1), "")),
                labels.get(str(index), ""),
            )
        )
    return Series(name, tuple(points))


def _cached(element: etree._Element, part: str) -> dict[int, str]:
    return {whole(point.get("idx")): point.findtext(f"{_C}v") or "" for point in element.findall(f"{_C}{part}//{_C}pt")}


def _number(text: str) -> Decimal | None:
    return finite(text.strip())


def places(code: str) -> int | None:
    """Decimals of a number format: «0.00» → 2; None where it prints a number with all its digits."""
    if code in ("General", "", "@"):
        return None
    return min(len(code.partition(".")[2].rstrip("%").rstrip("_ )").split(";")[0]), 30)


def _as_drawn(text: str, code: str, spot: Spot) -> PrintedFigure | None:
    """The cached number; its step is that of the digits in the file, the format only shortens what is drawn."""
    value = _number(text)
    if value is None:
        return None
    step = step_of(text) if "E" not in text and "e" not in text else Decimal("0.000001")
    decimals = places(code)
    shown = step if decimals is None else Decimal(1).scaleb(-decimals)
    return PrintedFigure(text, value, step, max(step, shown), "", spot)


def _sheet(workbook: bytes) -> dict[tuple[int, int], str]:
    """(row, column) from 0 → text of the first sheet's cells."""
    try:
        package = Archive(workbook)
        name = next((one for one in package.parts if one.startswith("xl/worksheets/sheet")), "")
        if not name:
            return {}
        data = package.read(name)
        Tags().add(data)
        root = parsed(data)
    except (BrokenError, OverBudgetError):
        return {}
    found = {}
    for row_at, row in enumerate(root.iter(f"{_S}row")):
        for column_at, cell in enumerate(row.iterchildren(f"{_S}c")):
            place = _address(str(cell.get("r", ""))) or (row_at, column_at)
            found[place] = cell.findtext(f"{_S}v") or ""
    return found


def _address(text: str) -> tuple[int, int] | None:
    letters = text.rstrip("0123456789")
    digits = text[len(letters) :]
    if not letters.isascii() or not letters.isalpha() or len(letters) > 3 or whole(digits) < 1:
        return None
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter.upper()) - 64
    return whole(digits) - 1, column - 1
