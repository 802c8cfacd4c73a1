"""Page numbers for 目录: estimated by the line counter, measured by LibreOffice when a PDF is made anyway or asked for.

The numbers count the file's pages from 1; where a section starts its numbering anew, the printed ones differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from generator.border.pdf import open_pdf
from generator.border.refused import BrokenError, OverBudgetError
from generator.diagnostics import Diagnostic, Outcome, finding
from generator.writers.libreoffice import ARCHIVED, PLAIN, TAGGED, Converter, Options
from generator.writers.pdf import finish

Pages = Mapping[str, int]
"""Bookmark of a heading of 目录 → page."""

_HEADING = re.compile(r"(?:/5F|_)(Toc[0-9A-Za-z]+)")
"""A heading's bookmark. LibreOffice 7.4 writes what is neither letter nor digit in hexadecimal without a mark, so that
other names cannot be read back; newer ones write names as they are."""
_NAMED = 3
"""So many headings are named in a message."""


@dataclass(frozen=True, slots=True)
class Paged:
    """A Word file with its page numbers, and its PDF and HTML when they were wanted and made.

    `measured`: how many of the headings in `pages` LibreOffice found; for the others, and when it is 0, the numbers are
    estimates.
    """

    docx: bytes
    pdf: bytes | None
    pages: Pages
    measured: int = 0
    html: bytes | None = None

    def words(self) -> str:
        """How 目录 got its numbers, for the reader of the screen; "" without 目录."""
        if not self.pages:
            return ""
        if not self.measured:
            return "目录页码：按版面估算；用 Word 或 WPS 打开时个别页码可能相差一页，在目录上按 F9 可以更新。"
        left = len(self.pages) - self.measured
        but = f"（{left} 项没有测到，按版面估算）" if left else ""
        return (
            f"目录页码：由 LibreOffice 实测{but}；用 Word 或 WPS 打开时个别页码可能相差一页，在目录上按 F9 可以更新。"
        )


def paged(
    write: Callable[[Pages], bytes],
    listed: Mapping[str, str],
    estimated: Pages,
    *,
    measure: bool,
    pdf: bool,
    archive: bool = False,
) -> Outcome[Paged]:
    """The Word file that `write` makes once the page numbers are known; filling them in moves nothing.

    `listed`: what 目录 lists, bookmark → words; `estimated`: a page for each. They are measured for `measure`, and when
    the `pdf` is made anyway. The Word file is always there. Without LibreOffice, or when it fails: W020–W023 for the
    PDF, W025 for the measuring; W026 names headings that it did not tell the page of. W031, W032: see `writers.pdf`.
    """
    options = PLAIN if not pdf else ARCHIVED if archive else TAGGED
    made = _written(write, listed, estimated, options, measure=measure, pdf=pdf)
    if made.value.pdf is None:
        return made
    finished = finish(made.value.pdf, made.value.docx, archive=archive)
    return Outcome(replace(made.value, pdf=finished.value), (*made.diagnostics, *finished.diagnostics))


def _written(
    write: Callable[[Pages], bytes],
    listed: Mapping[str, str],
    estimated: Pages,
    options: Options,
    *,
    measure: bool,
    pdf: bool,
) -> Outcome[Paged]:
    docx = write(estimated)
    if not pdf and not (measure and listed):
        return Outcome(Paged(docx, None, estimated))
    with Converter() as converter:
        first = converter.to_pdf(docx, options=options)
        if first.value is None:
            return Outcome(Paged(docx, None, estimated), first.diagnostics if pdf else _not_measured(first.diagnostics))
        try:
            found = measured_pages(first.value) if listed else {}
        except OverBudgetError as error:
            too_much = finding("W025", reason="{what} {found}，最多 {most}".format(**error.values))
            return Outcome(Paged(docx, first.value if pdf else None, estimated), (*first.diagnostics, too_much))
        pages = {bookmark: found.get(bookmark, estimated[bookmark]) for bookmark in listed}
        missing = [words for bookmark, words in listed.items() if bookmark not in found]
        findings = (*first.diagnostics, *_not_found(missing))
        measured = len(listed) - len(missing)
        if pages == estimated:
            return Outcome(Paged(docx, first.value if pdf else None, pages, measured), findings)
        docx = write(pages)
        last = converter.to_pdf(docx, options=options) if pdf else Outcome(None)
        return Outcome(Paged(docx, last.value, pages, measured), (*findings, *last.diagnostics))


def measured_pages(pdf: bytes) -> dict[str, int]:
    """Bookmark of a heading («_Toc…») → page. Empty when the PDF has no destinations or cannot be read.

    Raises `OverBudgetError`.
    """
    from pypdf.errors import PyPdfError

    try:
        reader = open_pdf(pdf)
        found = ((_HEADING.fullmatch(name), place) for name, place in reader.named_destinations.items())
        return {
            f"_{match[1]}": page + 1
            for match, place in found
            if match and (page := reader.get_destination_page_number(place)) is not None
        }
    except (BrokenError, PyPdfError):
        return {}


def _not_measured(why: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    return tuple(finding("W025", reason=one.message.partition("，")[0]) for one in why)


def _not_found(missing: list[str]) -> tuple[Diagnostic, ...]:
    if not missing:
        return ()
    names = "、".join(f"“{words}”" for words in missing[:_NAMED])
    return (finding("W026", names=names + ("等" if len(missing) > _NAMED else ""), count=len(missing)),)
