"""The PDF that goes out: LibreOffice's, with what a reader who cannot see it needs put right in its tree of tags.

LibreOffice 7.4 tags text well. What it leaves out stands in the Word file that it was made from: which cells are heads,
what is merged, what a chart shows. So `repair` reads both, and nothing that is drawn changes.
"""

from __future__ import annotations

from generator.diagnostics import Outcome, finding
from generator.writers.libreoffice import ARCHIVED, TAGGED, Converter


def pdf_of(docx: bytes, *, archive: bool = False) -> Outcome[bytes | None]:
    """One document with a LibreOffice of its own; `archive`: PDF/A-2b. Findings: W020–W024, W031, W032."""
    with Converter() as converter:
        made = converter.to_pdf(docx, options=ARCHIVED if archive else TAGGED)
    if made.value is None:
        return made
    finished = finish(made.value, docx, archive=archive)
    return Outcome(finished.value, (*made.diagnostics, *finished.diagnostics))


def finish(pdf: bytes, docx: bytes, *, archive: bool = False) -> Outcome[bytes]:
    """What LibreOffice made of `docx`, repaired. Findings: W031 what is left, W032 for PDF/A."""
    from generator.writers.pdf.repair import repaired  # qpdf takes its time to load

    made = repaired(pdf, docx)
    unverified = (finding("W032"),) if archive else ()
    return Outcome(made.value, (*made.diagnostics, *unverified))
