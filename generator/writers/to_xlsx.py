"""Workbooks of other programs (.xls, .et, .ods) as .xlsx, through LibreOffice when it is there.

It stands with LibreOffice's other conversions; what the workbook says is the readers' business.
"""

from __future__ import annotations

from generator.border.archive import Archive
from generator.border.refused import BrokenError, OverBudgetError
from generator.diagnostics import Outcome, finding
from generator.place import Place
from generator.writers.converted import converted
from generator.writers.libreoffice import find_libreoffice

SUFFIXES = (".xls", ".et", ".ods")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
"""How the old container names what an .xls or .et keeps in it."""


def to_xlsx(name: str, data: bytes, *, timeout: float = 90) -> Outcome[bytes | None]:
    """The same workbook as .xlsx, recalculated. Findings: X001, X027, X028."""
    place = Place(name)
    suffix = next((one for one in SUFFIXES if name.lower().endswith(one)), ".xls")
    if not data:
        return Outcome(None, (finding("X001", place, file=name),))
    # LibreOffice opens anything at all as lines of text.
    if not (data.startswith(_ZIP) or (data.startswith(_OLE) and any(name in data for name in _STREAMS))):
        return Outcome(None, (finding("X028", place, file=name),))
    if data.startswith(_ZIP):
        try:
            archive = Archive(data)
            archive.verify(tuple(archive.parts))  # LibreOffice mends a damaged file in silence, and loses figures
        except (BrokenError, OverBudgetError):
            return Outcome(None, (finding("X028", place, file=name),))
    soffice = find_libreoffice()
    if soffice is None:
        return Outcome(None, (finding("X027", place, file=name),))
    # WPS's .et holds what an .xls holds, and LibreOffice knows it by that ending only.
    made = converted(soffice, data, ".xls" if suffix == ".et" else suffix, "xlsx", timeout=timeout)
    return Outcome(made, () if made is not None else (finding("X028", place, file=name),))
