"""Text as XML: the one place that escapes, drops what XML 1.0 forbids, and marks runs for the East Asian font."""

from __future__ import annotations

import re

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MARKUP = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""Found in no text that is XML character data as it stands."""
# Characters that Word takes from the Latin font unless the run says otherwise: “ ” — … · × ≥ ① and their neighbours.
_AMBIGUOUS = "\u00a1-\u04ff\u1e00-\u1eff\u2000-\u2bff"
NEEDS_HINT = re.compile(f"[{_AMBIGUOUS}]")
NEEDS_CARE = re.compile(f"[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff{_AMBIGUOUS}]|^ | $|  ")
"""Found in no text that may stand in `<w:r><w:t>…</w:t></w:r>` as it is."""
ROW_NEEDS_CARE = re.compile(f"[&<>\x00-\x08\x0a-\x1f\ud800-\udfff\ufffe\uffff{_AMBIGUOUS}]|^ | $|  | \t|\t ")
"""The same for the texts of many cells, joined by tabs."""


_MOST_COLUMNS = 63
"""Of a table in Word."""


def whole(text: str | None, default: int = 0) -> int:
    """A whole number in an attribute, of up to ten digits; `default` for whatever else stands there."""
    found = re.fullmatch(r"-?[0-9]{1,10}", text or "")
    return default if found is None else int(found[0])


def span(text: str | None) -> int:
    """How many columns a cell goes over (w:gridSpan), never more than a table has in Word."""
    return min(max(whole(text, 1), 1), _MOST_COLUMNS)


def printable(text: str) -> str:
    """`text` without the characters that XML 1.0 cannot hold; line ends become "\\n"."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _FORBIDDEN.sub("", text)


def escaped(text: str) -> str:
    """`text` as XML character data."""
    if not MARKUP.search(text):
        return text
    text = printable(text)
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def attribute(text: str) -> str:
    """`text` as the inside of a double-quoted attribute."""
    return escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def run(text: str, properties: str = "") -> str:
    """A `w:r` with `properties` (what stands inside w:rPr after w:rFonts); line ends and tabs become w:br and w:tab."""
    if not NEEDS_CARE.search(text):
        return (
            f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"
            if properties
            else f"<w:r><w:t>{text}</w:t></w:r>"
        )
    if NEEDS_HINT.search(text):
        properties = f'<w:rFonts w:hint="eastAsia"/>{properties}'
    inside = "<w:br/>".join("<w:tab/>".join(map(_words, line.split("\t"))) for line in escaped(text).split("\n"))
    return f"<w:r><w:rPr>{properties}</w:rPr>{inside}</w:r>" if properties else f"<w:r>{inside}</w:r>"


def _words(text: str) -> str:
    if not text:
        return ""
    if text[0] == " " or text[-1] == " " or "  " in text:
        return f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:t>{text}</w:t>"
