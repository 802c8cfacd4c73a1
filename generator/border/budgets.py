"""How much may come in from outside, all in one table: past a budget there is a finding, never a wait without end.

Each number stands with the largest honest file known to us; `tests/border/` and `tests/long/large_files.py` see to it
that those pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

MEGABYTE = 1_000_000

# -- bytes of a file, judged before it is read ------------------------------------------------------------------------
TEXT_BYTES = 20 * MEGABYTE
"""YAML, a pack's texts and lists. Largest honest: 26,880 rows of ten figures, one a line, 5.4 MB."""
OFFICE_BYTES = 100 * MEGABYTE
"""A workbook or a Word file, of whatever program. Largest honest: a workbook with scanned pictures, 30 MB."""
PDF_BYTES = 100 * MEGABYTE
"""Largest honest: a report of 357 pages without scans, a few megabytes; as much as a Word file with scans may have."""

_TEXT = (".yaml", ".yml", ".j2", ".csv")
_FILES: Mapping[str, int] = {**dict.fromkeys(_TEXT, TEXT_BYTES), ".pdf": PDF_BYTES}

# -- rows and cells of YAML, counted as if every alias were written out -----------------------------------------------
YAML_ROWS = 200_000
"""Entries of lists that are themselves lists or mappings. Largest honest: 26,880, a unit with all its 项."""
YAML_CELLS = 1_000_000
"""Words and numbers. Largest honest: those rows of ten figures, 296,000 with their names."""
YAML_REPEATED_ROWS, YAML_REPEATED_CELLS = 2_000, 20_000
"""Of them those that are there only by an alias (*name) of what is written elsewhere. Largest honest: 40 rows,
indicators that several projects share. A file of 5 KB says 50,000 rows that way; whoever means so many writes them."""
YAML_DEPTH = 40
"""Lists and mappings inside each other. Largest honest: 6."""

# -- a zip, as workbooks and Word files are ---------------------------------------------------------------------------
UNPACKED_BYTES = 1000 * MEGABYTE
"""All parts together. Largest honest: 60 MB, a sheet of 50,000 full rows beside 30 MB of scanned pictures."""
RATIO = 200
"""Unpacked to packed bytes of one part, and of the whole. Largest honest: 19, a report of 60 projects whose tables
are alike. Deflate reaches 1,030."""
SMALL_PART, SMALL_WHOLE = 8 * MEGABYTE, 64 * MEGABYTE
"""Bytes up to which a ratio does no harm: white pictures in old formats go beyond it."""
PARTS = 5_000
"""Parts of one file. Largest honest: 200, a report with a chart and its workbook for each of 60 projects."""
DIRECTORY_ENTRIES = 100_000
"""Entries that look like those of a directory before it is read: workbooks behind charts bring their own."""

# -- XML that is held as a tree or streamed ---------------------------------------------------------------------------
SHEET_PART_BYTES, SHEETS_BYTES = 160 << 20, 400 << 20
"""Of one part of a workbook and of all that are read, unpacked; 50,000 full rows take about 30 MB."""
SHEET_TAGS = 4_300_000
"""In all parts of a workbook that are read: a million formatted empty rows of two cells pass, and 50,000 full rows of
twenty. More would take longer than a person waits for the answer that the file cannot be meant."""
WORD_TAGS = 3_000_000
"""In all XML parts of a Word file, 110 bytes of memory each. Largest honest: 213,000, a report of 60 projects with ten
indicators each."""
LONGEST_TAG = 4 << 20
"""Bytes of one tag with its attributes. Largest honest: 30 KB, a row of `spans`."""

# -- a PDF ------------------------------------------------------------------------------------------------------------
PDF_PAGES = 500
"""Largest honest: 357, a report of 60 projects."""
PDF_DRAWN = 20_000
"""Lines and boxes of one page, among which tables are looked for. Largest honest: 1,300, a box round each cell."""

# -- a picture of a pack ----------------------------------------------------------------------------------------------
PICTURE_BYTES = 5 * MEGABYTE
"""Each report carries it. Largest honest: a logo as it comes from a camera, 3 MB."""
PICTURE_PIXELS = 40_000_000
"""Width by height: what whoever opens the report has to unpack. Largest honest: 24 million, of a camera."""

# -- the facts part of a Word file ------------------------------------------------------------------------------------
FIGURE_DIGITS, FIGURE_DECIMALS = 24, 80
"""Digits before the decimal point and behind it. Largest honest: 15 and 60, a quotient as it was computed."""
FIGURE_DEPTH = 200
"""Figures made of figures made of figures. Largest honest: 12."""
FIGURE_TERMS = 5_000_000
"""Typed figures in the formulas of all figures, written out. Largest honest: 10,000, a report of 60 projects; sums over
26,880 rows by 类, 款 and 项 would be 81,000 each."""

# -- words ------------------------------------------------------------------------------------------------------------
PACK_NAME_LETTERS = 60
"""Largest honest: 27, «project-performance-sichuan»."""


def file_bytes(name: str) -> int:
    """How large a file of this name may be."""
    return _FILES.get(PurePath(name).suffix.lower(), OFFICE_BYTES)


def megabytes(count: int) -> str:
    """«12.3 MB», never less than the number is; «100 MB»."""
    tenths = -(-count * 10 // MEGABYTE)
    return f"{tenths // 10:,}.{tenths % 10} MB" if tenths % 10 else f"{tenths // 10:,} MB"
