"""The stations when there is an earlier version: a Word file and corrected input → what changed, the file renewed.

It belongs to the pipeline; it stands by itself so that making a first version does not load it.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics import Diagnostic, Outcome, finding
from generator.document.nodes import Contents, Document
from generator.pack import Pack
from generator.pipeline import Examined
from generator.place import Place
from generator.revise.marked import Marked, open_marked
from generator.revise.refresh import Refreshed, refresh
from generator.revise.refresh_contents import set_page_numbers
from generator.revise.remarks import remark_finding
from generator.writers.docx import write_docx
from generator.writers.libreoffice import Converter, find_libreoffice
from generator.writers.line_counter import estimate_pages
from generator.writers.pages import measured_pages


def estimated_word(document: Document, pack: Pack) -> bytes:
    """The .docx without LibreOffice: page numbers in 目录 are estimates."""
    has_contents = any(isinstance(block, Contents) for block in document.blocks)
    return write_docx(document, pack.look, pages=estimate_pages(document, pack.look) if has_contents else {})


@dataclass(frozen=True, slots=True)
class Updated:
    """`pages_measured`: as of `Built`."""

    result: Refreshed
    docx: bytes
    pages_measured: bool | None


def refresh_word(file: str, edited: bytes, examined: Examined, date: str) -> Outcome[Updated | None]:
    """An edited Word file and the corrected input → the file brought up to date. `date`: of the comments in it.

    Findings: R001–R004, R010–R012 when they do not belong together; R020–R027 for what could not be joined.
    """
    opened = open_marked(file, edited)
    if opened.value is None:
        return Outcome(None, opened.diagnostics)
    made = open_marked(file, estimated_word(examined.document, examined.case.pack))
    assert made.value is not None
    apart = _not_a_pair(opened.value, made.value)
    if apart:
        return Outcome(None, apart)
    result = refresh(opened.value, made.value, date=date)
    findings = tuple(remark_finding(one, file) for one in result.remarks)
    docx, measured = result.docx, None
    if any(isinstance(block, Contents) for block in examined.document.blocks):
        docx, measured = _with_measured_pages(file, docx)
    return Outcome(Updated(result, docx, measured), findings)


def _with_measured_pages(file: str, docx: bytes) -> tuple[bytes, bool]:
    if find_libreoffice() is None:
        return docx, False
    with Converter() as converter:
        pdf = converter.to_pdf(docx).value
    pages = measured_pages(pdf) if pdf is not None else {}
    opened = open_marked(file, docx).value
    if not pages or opened is None:
        return docx, False
    return set_page_numbers(opened, pages), True


def _not_a_pair(edited: Marked, fresh: Marked) -> tuple[Diagnostic, ...]:
    old, new = edited.facts.document, fresh.facts.document
    for code, word in (("R010", "pack"), ("R011", "unit"), ("R012", "year")):
        if old.get(word, "") != new.get(word, ""):
            return (finding(code, Place(edited.file), file=edited.file, old=old.get(word, ""), new=new.get(word, "")),)
    return ()
