"""The parts of an .xlsx file, opened so that no file, however made, costs more than a few seconds and some memory.

It knows zip and XML, and what people rename to .xlsx; it knows nothing of cells. Our own streaming instead of openpyxl
for reading: openpyxl makes floats of the stored digits, must load a file twice to tell a formula from its value, loads
styles, drawings and names that nobody asked for, and stops at what WPS writes into them.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from generator.border.archive import Archive, LockedError
from generator.border.budgets import LONGEST_TAG, SHEET_PART_BYTES, SHEET_TAGS, SHEETS_BYTES, megabytes
from generator.border.refused import BrokenError, OverBudgetError, RefusedError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Attributes = Mapping[str, str]


class EnoughError(Exception):
    """A handler has seen what it wanted."""


def open_package(data: bytes) -> Package:
    """Raises `RefusedError`: X001–X007, X009 for what is not a workbook."""
    _refuse_other_formats(data)
    try:
        archive = Archive(data)
    except BrokenError:
        raise RefusedError("X006") from None
    except OverBudgetError as error:
        raise RefusedError("X007", **error.values) from None
    entries = {name.lstrip("/").lower(): info for name, info in archive.parts.items()}
    for name, what in _OTHER_PACKAGES.items():
        if name in entries:
            raise RefusedError("X005", what=what)
    if "mimetype" in entries and "content.xml" in entries:
        raise RefusedError("X005", what="开放文档（.ods、.odt）")
    return Package(archive, entries)


_OTHER_PACKAGES = {
    "word/document.xml": "Word 文件",
    "ppt/presentation.xml": "PPT 文件",
    "xl/workbook.bin": "二进制工作簿（.xlsb）",
}
_BEGINNINGS = {
    b"%pdf": "PDF 文件",
    b"<html": "网页",
    b"<!doc": "网页",
    b"<tabl": "网页",
    b"<?xml": "XML 表格",
    b"\x89png": "图片",
    b"\xff\xd8\xff": "图片",
    b"rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"{\\rtf": "Word 文件",
}


def _refuse_other_formats(data: bytes) -> None:
    if not data.strip(b"\0 \r\n\t"):
        raise RefusedError("X001")
    if data.startswith(_OLE):
        # The names of the streams inside stand in UTF-16 in the directory of the old container.
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise RefusedError("X003")
        old = any(name.encode("utf-16-le") in data for name in ("Workbook", "Book"))
        raise RefusedError("X004" if old else "X002")
    if not data.startswith(b"PK"):
        beginning = data[:64].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
        what = next((word for start, word in _BEGINNINGS.items() if beginning.startswith(start)), "")
        raise RefusedError("X005", what=what) if what else RefusedError("X002")


@dataclass(slots=True)
class Package:
    """`entries`: the parts by their path in small letters; `unpacked` bytes and `tags` count up to the limits."""

    archive: Archive
    entries: Mapping[str, zipfile.ZipInfo]
    unpacked: int = 0
    tags: int = 0

    def has(self, part: str) -> bool:
        return part.lower() in self.entries

    def parse(
        self,
        part: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Stream one part; tags come without their namespace, attributes with the prefix they were written with.

        Raises `RefusedError`: X006 broken, X007 too large, X008 with a document type (no office program writes one;
        they carry entities that grow without end or name other files).
        """
        info = self.entries.get(part.lower())
        if info is None:
            raise RefusedError("X006")
        self._allow(info)
        parser, fed = _parser(start, end, text), 0
        try:
            for chunk in self.archive.chunks(info):
                # Counted here and not by a handler: a call in Python for each would cost half of the time.
                self.tags += chunk.count(b"<")
                if self.tags > SHEET_TAGS:
                    raise _too_much("标记", f"{self.tags:,} 个以上", f"{SHEET_TAGS:,} 个")
                parser.Parse(chunk, False)
                fed += len(chunk)
                # A tag without end would be scanned from its beginning with every chunk.
                if fed - max(parser.CurrentByteIndex, 0) > LONGEST_TAG:
                    raise _too_much("一个标记的长度", f"{megabytes(LONGEST_TAG)} 以上", megabytes(LONGEST_TAG))
            parser.Parse(b"", True)
        except EnoughError:
            return
        except LockedError as error:
            raise RefusedError("X003") from error
        except (BrokenError, expat.ExpatError, ValueError) as error:
            raise RefusedError("X006") from error

    def _allow(self, info: zipfile.ZipInfo) -> None:
        # No more is ever unpacked than the directory states, so its sizes can be trusted as bounds.
        self.unpacked += info.file_size
        for what, found, most in (
            ("一个部件的大小", info.file_size, SHEET_PART_BYTES),
            ("各表的大小", self.unpacked, SHEETS_BYTES),
        ):
            if found > most:
                raise _too_much(what, megabytes(found), megabytes(most))


def _too_much(what: str, found: str, most: str) -> RefusedError:
    return RefusedError("X007", what=what, found=found, most=most)


def _parser(
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None,
    text: Callable[[str], None] | None,
) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 1 << 16

    def first(name: str, attributes: dict[str, str]) -> None:
        """The first element tells whether this part writes its names with a prefix («x:worksheet»)."""
        if ":" in name:
            parser.StartElementHandler = lambda tag, found: start(tag.rpartition(":")[2], found)
            if end is not None:
                ended = end
                parser.EndElementHandler = lambda tag: ended(tag.rpartition(":")[2])
            start(name.rpartition(":")[2], attributes)
        else:
            parser.StartElementHandler, parser.EndElementHandler = start, end
            start(name, attributes)

    def refuse(*_: object) -> None:
        raise RefusedError("X008")

    parser.StartElementHandler = first
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser
