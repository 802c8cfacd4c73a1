"""Texts of other programs (.doc, .wps, .odt, .rtf) as .docx, through LibreOffice when it is there."""

from __future__ import annotations

from generator.diagnostics import Outcome, finding
from generator.place import Place
from generator.writers.converted import converted
from generator.writers.libreoffice import find_libreoffice

SUFFIXES = (".doc", ".wps", ".odt", ".rtf")
_BEGINNINGS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")


def to_docx(name: str, data: bytes, *, timeout: float = 120) -> Outcome[bytes | None]:
    """The same text as .docx. Findings: R062 without LibreOffice, R063 what it cannot open."""
    place = Place(name)
    if not data.startswith(_BEGINNINGS):  # LibreOffice opens anything at all as lines of text
        return Outcome(None, (finding("R063", place, file=name),))
    soffice = find_libreoffice()
    if soffice is None:
        return Outcome(None, (finding("R062", place, file=name),))
    suffix = next((one for one in SUFFIXES if name.lower().endswith(one)), ".doc")
    # A .wps of WPS holds what a .doc holds; LibreOffice takes that ending for another program's.
    made = converted(soffice, data, ".doc" if suffix == ".wps" else suffix, "docx", timeout=timeout)
    return Outcome(made, () if made is not None else (finding("R063", place, file=name),))
