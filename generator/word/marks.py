"""The marks that lead from a printed digit back to its fact: hidden bookmarks and the facts part.

Bookmarks: `_f{k}_{n}` around the n-th print of the k-th distinct quantity, `_p{n}` around the n-th heading or
paragraph, `_t{n}` in the first cell of the n-th table, `_c{n}` in the paragraph of the n-th chart, `_Toc…` at headings
of 目录.

The facts part (customXml/item1.xml) uses elements only: LibreOffice drops the attributes of custom XML when it saves.
It holds what the document prints; an operand that is not printed gives its name and how it was made, never its value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.place import NOWHERE
from generator.quantity import Quantity
from generator.word.xml import DECLARATION, MARKUP, escaped

FACTS_NAMESPACE = "urn:juesuan:facts:1"
STORE_ITEM = "{6B1F2C64-6A75-4573-9A6E-6A7565737561}"
_DATA_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"

Key = tuple[str, str, Decimal]


def contents_bookmark(ordinal: int) -> str:
    """The bookmark of the document's `ordinal`-th heading (counted from 1), to which 目录 points."""
    return f"_Toc{90000000 + ordinal}"


@dataclass(frozen=True, slots=True)
class MarkedTable:
    name: str
    rows: tuple[str, ...]
    """Cells separated by tabs."""


@dataclass(frozen=True, slots=True)
class MarkedChart:
    name: str
    kind: str


class Marks:
    """Numbers quantities, paragraphs, tables and charts in the order in which they are written."""

    __slots__ = ("by_identity", "by_key", "charts", "counts", "paragraphs", "quantities", "tables")

    def __init__(self) -> None:
        self.by_identity: dict[int, int] = {}
        """id() of a quantity → its number; the document keeps the quantities alive meanwhile."""
        self.by_key: dict[Key, int] = {}
        self.counts: list[int] = [0]
        self.quantities: list[Quantity] = []
        self.paragraphs: list[str] = []
        self.tables: list[MarkedTable] = []
        self.charts: list[MarkedChart] = []

    def number(self, quantity: Quantity) -> int:
        """Which distinct quantity this is; equal name, unit and value make the same one."""
        number = self.find(quantity)
        if not number:
            self.quantities.append(quantity)
            number = self.by_key[quantity.name, quantity.unit, quantity.value] = len(self.quantities)
            self.counts.append(0)
        self.by_identity[id(quantity)] = number
        return number

    def find(self, quantity: Quantity) -> int:
        """Its number, 0 when it is not printed."""
        number = self.by_identity.get(id(quantity), 0)
        return number or self.by_key.get((quantity.name, quantity.unit, quantity.value), 0)

    def figure(self, quantity: Quantity) -> str:
        number = self.number(quantity)
        self.counts[number] += 1
        return f"_f{number}_{self.counts[number]}"


def facts_part(document: Mapping[str, str], marks: Marks) -> str:
    """The custom XML part; `document` are the words about the whole document, by element name."""
    out = [DECLARATION, f'<facts xmlns="{FACTS_NAMESPACE}"><document>']
    out += [f"<{name}>{escaped(text)}</{name}>" for name, text in document.items() if text]
    out.append("</document><figures>")
    unprinted: dict[Key, int] = {}
    waiting: list[Quantity] = []

    def made(quantity: Quantity) -> str:
        origin = quantity.origin
        if origin is None:
            return ""
        words = [f"<by>{escaped(origin.operation)}</by>"]
        for operand in origin.operands:
            number = marks.find(operand)
            if number:
                words.append(f"<of>f{number}</of>")
                continue
            key = (operand.name, operand.unit, operand.value)
            if key not in unprinted:
                unprinted[key] = len(unprinted) + 1
                waiting.append(operand)
            words.append(f"<of>u{unprinted[key]}</of>")
        return "".join(words)

    append, markup = out.append, MARKUP.search
    for number, quantity in enumerate(marks.quantities, 1):
        value, name, label, unit, place = (
            str(quantity.value),
            quantity.name,
            quantity.label,
            quantity.unit,
            str(quantity.place) if quantity.place is not NOWHERE else "",
        )
        if "E" in value:
            value = f"{quantity.value:f}"
        if markup(name + label + unit + place):
            name, label, unit, place = escaped(name), escaped(label), escaped(unit), escaped(place)
        append(
            f"<f{number}><name>{name}</name>{f'<label>{label}</label>' if label else ''}<value>{value}</value>"
            f"<unit>{unit}</unit>{f'<place>{place}</place>' if place else ''}"
            f"{made(quantity) if quantity.origin else ''}</f{number}>"
        )
    append("</figures><unprinted>")
    done = 0
    while done < len(waiting):
        operand = waiting[done]
        done += 1
        append(f"<u{done}><name>{escaped(operand.name)}</name>{made(operand)}</u{done}>")
    append("</unprinted><paragraphs>")
    out += [f"<p{number}>{escaped(text)}</p{number}>" for number, text in enumerate(marks.paragraphs, 1)]
    append("</paragraphs><tables>")
    for number, table in enumerate(marks.tables, 1):
        append(f"<t{number}><name>{escaped(table.name)}</name>{_rows(table.rows)}</t{number}>")
    append("</tables><charts>")
    for number, chart in enumerate(marks.charts, 1):
        append(f"<c{number}><name>{escaped(chart.name)}</name><kind>{escaped(chart.kind)}</kind></c{number}>")
    append("</charts></facts>")
    return "".join(out)


def _rows(rows: Sequence[str]) -> str:
    return f"<row>{'</row><row>'.join(map(escaped, rows))}</row>" if rows else ""


def item_properties_part() -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<ds:datastoreItem ds:itemID="{STORE_ITEM}" '
        f'xmlns:ds="{_DATA_STORE}"><ds:schemaRefs><ds:schemaRef ds:uri="{FACTS_NAMESPACE}"/></ds:schemaRefs>'
        "</ds:datastoreItem>"
    )
