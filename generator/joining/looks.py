"""How a paragraph looks and what a chart shows, in two people's files: who has changed it."""

from __future__ import annotations

import copy
from collections import Counter

from lxml import etree

from generator.joining.sides import Side
from generator.word.chart import CHART_NAMESPACE
from generator.word.read_chart import ReadSeries, read_series
from generator.word.xml import R
from generator.word_file.paragraph import Element, w

Form = tuple[str, tuple[str, ...]]


def form_of(element: Element) -> Form:
    """How a paragraph looks: its properties, and those of its runs, each once."""
    properties = element.find(w("pPr"))
    whole = "" if properties is None else _plain_xml(properties)
    runs = {_plain_xml(one) for one in element.iter(w("rPr")) if one.getparent().tag == w("r")}
    return whole, tuple(sorted(runs))


def _plain_xml(element: Element) -> str:
    made: Element = copy.deepcopy(element)
    for one in list(made.iter(w("sectPr"), w("lang"), w("noProof"))):
        one.getparent().remove(one)
    for one in made.iter(w("rFonts")):
        if one.get(w("hint")) is not None:
            del one.attrib[w("hint")]
    return etree.tostring(made, method="c14n").decode()


def usual_forms(mine: Side, theirs: Side) -> set[Form]:
    """Looks in which both files agree somewhere."""
    found: set[Form] = set()
    for mark, numbers in mine.found.of.items():
        others = theirs.found.of.get(mark, ())
        if mark[0] in "pn" and len(numbers) == len(others) == 1:
            here = form_of(mine.blocks[numbers[0]].element)
            if here == form_of(theirs.blocks[others[0]].element):
                found.add(here)
    return found


def series_of(side: Side, numbers: list[int]) -> list[ReadSeries]:
    """What the charts in these blocks hold."""
    known = {one.identifier: one.target for one in side.file.parts.relations(side.file.parts.document)}
    found: list[ReadSeries] = []
    for element in side.elements(numbers):
        for chart in element.iter(f"{{{CHART_NAMESPACE}}}chart"):
            name = known.get(str(chart.get(f"{{{R}}}id")), "")
            if name in side.file.parts.content:
                found += read_series(side.file.parts.look(name))
    return found


def shows(series: list[ReadSeries], rows: tuple[str, ...]) -> bool:
    """Whether a chart shows the numbers that it was generated with: «rows» of a `MarkedChart`."""
    cells = Counter(cell for row in rows[1:] for cell in row.split("\t")[1:])
    return cells == Counter(value for one in series for value in one.printed)
