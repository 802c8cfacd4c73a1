"""The data of a chart part: what each series holds and what its points say."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from generator.border.numbers import number
from generator.word.chart import CHART_NAMESPACE
from generator.word.number_format import formatted, is_known

DRAWING_NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/main"


@dataclass(frozen=True, slots=True)
class ReadSeries:
    """`values`: the cached numbers as text; `printed`: as their number format prints them. `labels`: for each point the
    lines of words that it has of its own, () where it has none."""

    name: str
    categories: tuple[str, ...]
    values: tuple[str, ...]
    printed: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]


def read_series(root: etree._Element) -> list[ReadSeries]:
    return [_series(one) for one in root.iter(_c("ser"))]


def own_labels(series: etree._Element) -> dict[str, etree._Element]:
    """Index of a point → its c:dLbl, where that holds words."""
    found = {}
    for label in series.findall(f"{_c('dLbls')}/{_c('dLbl')}"):
        index = label.find(_c("idx"))
        if index is not None and label.find(f"{_c('tx')}/{_c('rich')}") is not None:
            found[str(index.get("val"))] = label
    return found


def label_lines(label: etree._Element) -> tuple[str, ...]:
    """The words of a c:dLbl; other programs cut its runs anew and may put all lines into one paragraph."""
    paragraphs = label.iter(f"{{{DRAWING_NAMESPACE}}}p")
    text = "\n".join("".join(one.text or "" for one in p.iter(f"{{{DRAWING_NAMESPACE}}}t")) for p in paragraphs)
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _series(element: etree._Element) -> ReadSeries:
    values = _cached(element, "val")
    code = element.findtext(f"{_c('val')}//{_c('formatCode')}") or "General"
    shown = element.find(f"{_c('dLbls')}/{_c('numFmt')}")
    if shown is not None and is_known(str(shown.get("formatCode"))):  # LibreOffice forgets that of the values
        code = str(shown.get("formatCode"))
    words = own_labels(element)
    labels = tuple(label_lines(words[str(n)]) if str(n) in words else () for n in range(len(values)))
    return ReadSeries(
        "".join(_cached(element, "tx")),
        _cached(element, "cat"),
        values,
        tuple(_printed(value, code) for value in values),
        labels,
    )


def _cached(series: etree._Element, part: str) -> tuple[str, ...]:
    return tuple(point.text or "" for point in series.findall(f"{_c(part)}//{_c('v')}"))


def _printed(value: str, code: str) -> str:
    exact = number(value)
    return value if exact is None else formatted(exact, code)


def _c(name: str) -> str:
    return f"{{{CHART_NAMESPACE}}}{name}"
