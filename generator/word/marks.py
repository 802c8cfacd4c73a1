"""The marks that lead from a printed digit back to its fact: hidden bookmarks and the facts part.

Bookmarks: `_f{k}_{n}` around the n-th print of the k-th distinct quantity (`_f{k}_x{n}` around one that a person has
put elsewhere), `_p{n}` around the n-th heading or paragraph, `_n{n}` around the n-th line beside a table, chart or
目录 (title, note, caption), `_t{n}` in the first cell of the n-th table, `_c{n}` in the paragraph of the n-th chart,
`_Toc…` at headings of 目录.

The facts part (customXml/item1.xml) uses elements only: LibreOffice drops the attributes of custom XML when it saves.
It holds what the document prints: figures (no two of one name), the generated text of every paragraph (an element
`f{k}_{n}` where a figure stands), tables row by row, the charts' data, and `order`, the marks of all blocks as they
follow each other. An operand that is not printed gives its name, its place and how it was made, never its value, unless
nobody filled it in: a 0 that stands nowhere discloses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.place import NOWHERE
from generator.quantity import Identity, Quantity
from generator.word.xml import DECLARATION, MARKUP, escaped

FACTS_NAMESPACE = "urn:juesuan:facts:2"
FACTS_ROOT = f"{{{FACTS_NAMESPACE}}}facts"
OLDER_NAMESPACES = ("urn:juesuan:facts:1",)
"""Facts parts of earlier versions of the program: recognised, so that they can be named, but no longer read."""
STORE_ITEM = "{6B1F2C64-6A75-4573-9A6E-6A7565737561}"
_DATA_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"


@dataclass(frozen=True, slots=True)
class MarkedTable:
    name: str
    rows: tuple[str, ...]
    """Cells separated by tabs."""


@dataclass(frozen=True, slots=True)
class MarkedChart:
    """`rows`: cells separated by tabs, the names of the series first, then one row a category; none for an all-zero
    chart. `alt`: the description for readers who cannot see it, or the words in place of an all-zero chart. `labels`:
    one row a series, the words of its points' own labels («42.40%»), "" where a point has none."""

    name: str
    kind: str
    alt: str = ""
    rows: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


class Marks:
    """Numbers quantities, paragraphs, tables and charts in the order in which they are written."""

    __slots__ = ("beside", "by_key", "charts", "counts", "names", "order", "paragraphs", "quantities", "tables")

    def __init__(self) -> None:
        self.by_key: dict[Identity, int] = {}
        self.names: dict[str, list[Identity]] = {}
        self.counts: list[int] = [0]
        self.quantities: list[Quantity] = []
        self.paragraphs: list[str] = []
        """What each holds, as XML: words, and an element where a figure stands."""
        self.beside: list[str] = []
        self.order: list[str] = []
        self.tables: list[MarkedTable] = []
        self.charts: list[MarkedChart] = []

    def number(self, quantity: Quantity) -> int:
        """Which distinct figure this is."""
        new = len(self.counts)
        number = self.by_key.setdefault(quantity.identity, new)
        if number == new:
            self.quantities.append(quantity)
            self.counts.append(0)
        return number

    def name(self, quantity: Quantity) -> str:
        """Its name in the facts part; should another figure bear it already, it gets a number: «甲〔2〕»."""
        bearers = self.names.setdefault(quantity.name, [])
        if quantity.identity not in bearers:
            bearers.append(quantity.identity)
        number = bearers.index(quantity.identity) + 1
        return quantity.name if number == 1 else f"{quantity.name}〔{number}〕"

    def block(self, mark: str) -> str:
        """The bookmark of the next block, «_p12»; its place in the document is remembered."""
        self.order.append(mark)
        return f"_{mark}"

    def find(self, quantity: Quantity) -> int:
        """Its number, 0 when it is not printed."""
        return self.by_key.get(quantity.identity, 0)

    def figure(self, quantity: Quantity) -> str:
        number = self.number(quantity)
        self.counts[number] += 1
        return f"_f{number}_{self.counts[number]}"


def facts_part(document: Mapping[str, str], marks: Marks) -> Iterator[str]:
    """The custom XML part, piece by piece; `document` are the words about the whole document, by element name."""
    yield f'{DECLARATION}<facts xmlns="{FACTS_NAMESPACE}"><document>'
    yield from (f"<{name}>{escaped(text)}</{name}>" for name, text in document.items() if text)
    yield "</document><figures>"
    unprinted = _Unprinted(marks)
    for number, quantity in enumerate(marks.quantities, 1):
        yield f"<f{number}>{_told(quantity, marks.name(quantity), known=True)}{unprinted.made(quantity)}</f{number}>"
    yield "</figures><unprinted>"
    yield from unprinted.elements()
    yield "</unprinted><paragraphs>"
    yield from (f"<p{number}>{inside}</p{number}>" for number, inside in enumerate(marks.paragraphs, 1))
    yield "</paragraphs><beside>"
    yield from (f"<n{number}>{inside}</n{number}>" for number, inside in enumerate(marks.beside, 1))
    yield "</beside><tables>"
    for number, table in enumerate(marks.tables, 1):
        yield f"<t{number}><name>{escaped(table.name)}</name>{_rows(table.rows)}</t{number}>"
    yield "</tables><charts>"
    for number, chart in enumerate(marks.charts, 1):
        alt = f"<alt>{escaped(chart.alt)}</alt>" if chart.alt else ""
        words = f"<name>{escaped(chart.name)}</name><kind>{escaped(chart.kind)}</kind>{alt}"
        yield f"<c{number}>{words}{_rows(chart.rows)}{_rows(chart.labels, 'label')}</c{number}>"
    yield f"</charts><order>{' '.join(marks.order)}</order></facts>"


def _told(quantity: Quantity, name: str, *, known: bool) -> str:
    """Name, label, place and, where it is `known` to the reader, value and unit."""
    value, label, unit = str(quantity.value), quantity.label, quantity.unit
    place = str(quantity.place) if quantity.place is not NOWHERE else ""
    if "E" in value:
        value = f"{quantity.value:f}"
    if "." in value:  # the same figure is 30000.00 in one input and 30000 in another
        value = value.rstrip("0").rstrip(".")
    if MARKUP.search(name + label + unit + place):
        name, label, unit, place = escaped(name), escaped(label), escaped(unit), escaped(place)
    return (
        f"<name>{name}</name>{f'<label>{label}</label>' if label else ''}"
        f"{f'<value>{value}</value><unit>{unit}</unit>' if known else ''}{f'<place>{place}</place>' if place else ''}"
    )


class _Unprinted:
    """Operands that the document does not print: numbered as they are met."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self._numbers: dict[Identity, int] = {}
        self._waiting: list[Quantity] = []

    def made(self, quantity: Quantity) -> str:
        """How a figure is made: its operation and operands, printed ones («f3») and others («u1»). A 0 behind which
        nothing was filled in is a sum of nothing."""
        origin = quantity.origin
        if origin is None:
            return ""
        if quantity.is_unfilled:
            return "<by>Σ</by>"
        words = [f"<by>{escaped(origin.operation)}</by>"]
        for operand in origin.operands:
            number = self._marks.find(operand)
            words.append(f"<of>{f'f{number}' if number else f'u{self._number(operand)}'}</of>")
        return "".join(words)

    def _number(self, operand: Quantity) -> int:
        key = operand.identity
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self._waiting.append(operand)
        return self._numbers[key]

    def elements(self) -> Iterator[str]:
        """Operands of operands join the end of the row while it is told."""
        for number, operand in enumerate(self._waiting, 1):
            told = _told(operand, self._marks.name(operand), known=operand.is_unfilled)
            yield f"<u{number}>{told}{self.made(operand)}</u{number}>"


def _rows(rows: Sequence[str], name: str = "row") -> str:
    return f"<{name}>{f'</{name}><{name}>'.join(map(escaped, rows))}</{name}>" if rows else ""


def item_properties_part() -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<ds:datastoreItem ds:itemID="{STORE_ITEM}" '
        f'xmlns:ds="{_DATA_STORE}"><ds:schemaRefs><ds:schemaRef ds:uri="{FACTS_NAMESPACE}"/></ds:schemaRefs>'
        "</ds:datastoreItem>"
    )
