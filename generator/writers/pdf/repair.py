"""What LibreOffice left out of a PDF's tags, put in from the Word file that it was made from.

Language and title; heads and merged cells of tables, and rows that a page end cuts in two; words for charts; heading
levels without gaps; links in reading order. Seen with LibreOffice 7.4.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, PdfError, String
from pikepdf import open as in_memory

from generator.border.refused import RefusedError
from generator.diagnostics import Outcome, finding
from generator.word.parts import Parts
from generator.word_file.blocks import rows_of
from generator.word_file.paragraph import DOC_PR, w
from generator.writers.pdf.table_heads import Placed, PlacedCell, placed_cells
from generator.writers.pdf.tags import Tags, children, describe_cell, hold, is_empty, kids

LANGUAGE = "zh-CN"
_PRINTED = 4
"""The flag of an annotation that is printed, too."""
_SAME_WIDTH = 0.02
"""Inches by which the widths of cells of one column may differ."""


def repaired(pdf: bytes, docx: bytes) -> Outcome[bytes]:
    """The same pages. W031 says what could not be told to a reader who cannot see; then the file does not call itself
    PDF/UA, and where nothing could be done it is as LibreOffice made it."""
    try:
        parts = Parts(docx)
        body: Any = parts.look(parts.document)
        with in_memory(io.BytesIO(pdf)) as opened:
            left = _repair(opened, [placed_cells(rows_of(one, struck=True)) for one in body.iter(w("tbl"))],
                           [one.get("descr") or one.get("name") or "" for one in body.iter(DOC_PR)])  # fmt: skip
            if left:
                _claim_nothing(opened)
            made = io.BytesIO()
            opened.save(made, object_stream_mode=ObjectStreamMode.generate, compress_streams=True)
    except (PdfError, RefusedError, AttributeError, KeyError, TypeError, ValueError) as error:
        return Outcome(pdf, (finding("W031", what=f"标签没有整理（{type(error).__name__}）"),))
    return Outcome(made.getvalue(), tuple(finding("W031", what=one) for one in left))


def _repair(pdf: Pdf, tables: Sequence[Placed], descriptions: Sequence[str]) -> list[str]:
    """What is left undone, in words."""
    root = pdf.Root
    root["/Lang"] = String(LANGUAGE)
    root["/ViewerPreferences"] = Dictionary(
        {**dict(root.get("/ViewerPreferences", {}).items()), "/DisplayDocTitle": True}
    )
    _order_links(pdf)
    if "/StructTreeRoot" not in root:
        return ["没有标签（LibreOffice 版本太旧）"]
    tags = Tags(root.StructTreeRoot)
    left = []
    found = [(tags.role(one), one) for one in tags.elements()]
    of_tables = [one for role, one in found if role == "/Table"]
    matched = tables if len(tables) == len(of_tables) else [None] * len(of_tables)
    told = [one is not None and _tell_table(pdf, table, one) for one, table in zip(matched, of_tables, strict=True)]
    bad = told.count(False)
    if bad:
        left.append(f"{bad} 张表没有标出表头")
    figures = [one for role, one in found if role == "/Figure"]
    if len(figures) == len(descriptions) and all(descriptions):
        for figure, words in zip(figures, descriptions, strict=True):
            figure["/Alt"] = String(words)
    else:
        left.append("图没有替代文字")
    _close_gaps(tags, [one for role, one in found if role[:2] == "/H" and role[2:].isdigit()])
    _drop_empty(tags)
    return left


def _order_links(pdf: Pdf) -> None:
    for page in pdf.pages:
        if "/Annots" in page:
            page["/Tabs"] = Name.S
            for one in page.Annots:
                one["/F"] = int(one.get("/F", 0)) | _PRINTED


def _claim_nothing(pdf: Pdf) -> None:
    """Only a PDF whose tags are whole may say that it is PDF/UA."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata.pop("pdfuaid:part", None)


# -- tables -----------------------------------------------------------------------------------------------------------
def _tell_table(pdf: Pdf, table: Any, placed: Placed) -> bool:
    """Heads and merged cells. False, and nothing is changed, where the rows are not those of the Word file."""
    rows = [one for one in children(table) if one.S == Name.TR]
    if len(rows) != len(placed) or len(rows) != len(kids(table)):
        return False
    cells = [children(row) for row in rows]
    if any(len(found) != len(kids(row)) for found, row in zip(cells, rows, strict=True)):
        return False
    widths = _widths(cells, placed)
    kept = [_own_cells(found, line, widths) for found, line in zip(cells, placed, strict=True)]
    if any(one is None for one in kept):
        return False
    for row, line, own in zip(rows, placed, kept, strict=True):
        hold(row, own or ())
        for one, cell in zip(line, own or (), strict=True):
            describe_cell(cell, one.scope, one.down, one.across)
            if one.path:
                cell["/Alt"] = String(one.path)
    _fill_right_edge(pdf, rows, placed)
    return True


def _widths(cells: Sequence[Sequence[Any]], placed: Placed) -> dict[tuple[int, int], float]:
    """Column and columns covered → width, of rows with nothing but their own cells."""
    return {
        (one.column, one.across): _width(cell)
        for found, line in zip(cells, placed, strict=True)
        if len(found) == len(line)
        for one, cell in zip(line, found, strict=True)
    }


def _own_cells(
    found: Sequence[Any], line: Sequence[PlacedCell], widths: dict[tuple[int, int], float]
) -> Sequence[Any] | None:
    """The row's cells without the empty ones that LibreOffice 7.4 adds where a page ends within it or just before it.

    They stand behind or before the others; what is printed of a cell on the next page is in its own tag. None where
    that does not come out.
    """
    more = len(found) - len(line)
    for start in dict.fromkeys((0, max(more, 0))):
        own, added = found[start : start + len(line)], [*found[:start], *found[start + len(line) :]]
        if len(own) == len(line) and all(map(is_empty, added)) and all(map(_fits(widths), line, own)):
            return own
    return None


def _fits(widths: dict[tuple[int, int], float]) -> Callable[[PlacedCell, Any], bool]:
    def fits(one: PlacedCell, cell: Any) -> bool:
        width = _width(cell)
        return abs(widths.get((one.column, one.across), width) - width) <= _SAME_WIDTH

    return fits


def _fill_right_edge(pdf: Pdf, rows: Sequence[Any], placed: Placed) -> None:
    """What is merged downwards along the right edge is told unmerged: its words, and empty cells below.

    A checker (outloud 0.2.1) does not count what is covered at the end of a row and takes such a table for a torn one;
    heads are found all the same, because a reader goes up past empty cells.
    """
    width = max((one.column + one.across for line in placed for one in line), default=0)
    for one in (one for line in placed for one in line if one.down > 1 and one.column + one.across == width):
        cell = children(rows[one.row])[placed[one.row].index(one)]
        describe_cell(cell, one.scope, 1, one.across)
        for row in rows[one.row + 1 : one.row + one.down]:
            filler = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.TD))
            describe_cell(filler, "", 1, one.across)
            hold(row, [*kids(row), filler])


def _width(cell: Any) -> float:
    said = cell.get("/A", Dictionary())
    several = list(said) if isinstance(said, Array) else [said]
    return next((float(one.Width) for one in several if "/Width" in one), 0.0)


# -- headings and what is empty ---------------------------------------------------------------------------------------
def _close_gaps(tags: Tags, headings: Sequence[Any]) -> None:
    """H2 under which H4 follows: a reader who goes by levels looks for what lies between."""
    above: list[int] = []
    for heading in headings:
        level = int(tags.role(heading)[2:])
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        heading["/S"] = Name(f"/H{len(above)}")


def _drop_empty(tags: Tags) -> None:
    """Paragraphs of empty cells, which would be read as nothing."""
    for one in chain((tags.root,), tags.elements()):
        inside = kids(one)
        kept = [kid for kid in inside if not (_is_paragraph(tags, kid) and is_empty(kid))]
        if len(kept) < len(inside):
            hold(one, kept)


def _is_paragraph(tags: Tags, kid: Any) -> bool:
    return isinstance(kid, Dictionary) and "/S" in kid and tags.role(kid) == "/P"
