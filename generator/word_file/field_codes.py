"""The runs that open, part and close a field such as 目录."""

from __future__ import annotations

from generator.word_file.paragraph import Element, w


def field_char(run: Element) -> str:
    """begin, separate or end; "" for a run of words."""
    character = run.find(w("fldChar"))
    return "" if character is None else str(character.get(w("fldCharType")))


def until_separate(paragraph: Element) -> list[Element]:
    """The paragraph's own runs up to the one that parts a field's code from what it shows; none without a field."""
    found: list[Element] = []
    for run in paragraph.findall(w("r")):
        found.append(run)
        if field_char(run) == "separate":
            return found
    return []
