"""Where sections end: the last paragraph of a section carries its paper and page numbers in its w:pPr."""

from __future__ import annotations

from generator.word_file.paragraph import Element, w


def properties_of(paragraph: Element) -> Element:
    """The paragraph's w:pPr, made when it has none."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = paragraph.makeelement(w("pPr"), nsmap=None)
        paragraph.insert(0, properties)
    return properties


def section_of(paragraph: Element) -> Element | None:
    """The w:sectPr of the section that ends with this paragraph; None for a table, too."""
    return paragraph.find(f"{w('pPr')}/{w('sectPr')}") if paragraph.tag == w("p") else None


def end_section(paragraph: Element, section: Element) -> None:
    """Let the section end with this paragraph and no longer where it did."""
    properties = properties_of(paragraph)
    record = properties.find(w("pPrChange"))
    if record is None:
        properties.append(section)
    else:
        record.addprevious(section)
