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


def drop_section(paragraph: Element) -> None:
    """A section that holds nothing but this paragraph: an empty page. What its headers and footers were, the next
    section takes over, which named none of its own."""
    section = section_of(paragraph)
    body = paragraph.getparent()
    following = [one for one in body.iter(w("sectPr")) if one is not section]
    here = list(body).index(paragraph)
    behind = [one for one in following if _child_of(body, one) > here]
    if section is not None and behind:
        held = {(one.tag, one.get(w("type"))) for one in behind[0]}
        references = [one for one in section if one.tag in (w("headerReference"), w("footerReference"))]
        for at, one in enumerate(one for one in references if (one.tag, one.get(w("type"))) not in held):
            behind[0].insert(at, one)
    body.remove(paragraph)


def _child_of(body: Element, inside: Element) -> int:
    while inside.getparent() is not body:
        inside = inside.getparent()
    return list(body).index(inside)
