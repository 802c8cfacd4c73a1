"""The floor: the strings of a finished document joined, encoded and zipped by plain Python."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

_PIECE = re.compile(r"(?=<(?:w:p|w:tr|w:tc|f\d+|p\d+|row|c:pt)[ >])")
"""A document is cut before each paragraph, row, cell, figure of the facts part, and point of a chart."""


@dataclass(frozen=True, slots=True)
class Part:
    """`pieces` of one XML part, or the parts of an embedded workbook."""

    name: str
    pieces: tuple[str, ...]
    inner: tuple[Part, ...] = ()


def taken_apart(package: bytes) -> tuple[Part, ...]:
    """Every part of a .docx as pieces of text; the workbooks inside are taken apart too."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    return tuple(
        Part(name, (), taken_apart(data)) if name.endswith(".xlsx") else Part(name, tuple(_PIECE.split(data.decode())))
        for name, data in contents.items()
    )


def put_together(parts: tuple[Part, ...]) -> bytes:
    """The measured work: join, encode, deflate (level 6, as the program does), zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for part in parts:
            if part.inner:
                archive.writestr(part.name, put_together(part.inner), zipfile.ZIP_STORED)
            else:
                archive.writestr(part.name, "".join(part.pieces).encode())
    return out.getvalue()
