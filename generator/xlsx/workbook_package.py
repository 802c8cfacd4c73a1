"""The parts of an .xlsx file, opened so that no file, however made, costs more than a few seconds and some memory.

It knows zip and XML, and what people rename to .xlsx; it knows nothing of cells. Our own streaming instead of openpyxl
for reading: openpyxl makes floats of the stored digits, must load a file twice to tell a formula from its value, loads
styles, drawings and names that nobody asked for, and stops at what WPS writes into them.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.parsers import expat

LARGEST_PART, LARGEST_BOOK = 160 << 20, 400 << 20
"""Bytes of one part and of all parts read, unpacked; 50,000 full rows take about 30 MB."""
MOST_TAGS = 4_300_000
"""In all parts read: a million formatted empty rows of two cells pass, and 50,000 full rows of twenty. More would take
longer than a person waits for the answer that the file cannot be meant."""
_MOST_PARTS = 10_000
_SUSPECT_RATIO, _SUSPECT_SIZE = 250, 8 << 20
_LONGEST_TAG = 4 << 20
_CHUNK = 1 << 18
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Attributes = Mapping[str, str]


class UnusableError(Exception):
    """The file cannot be read: `code` of the catalogue and its values. Caught at the border of the reader."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


class EnoughError(Exception):
    """A handler has seen what it wanted."""


def open_package(data: bytes) -> Package:
    """Raises `UnusableError`: X001–X007, X009 for what is not a workbook."""
    _refuse_other_formats(data)
    if data.count(b"PK\x01\x02") > _MOST_PARTS:
        raise UnusableError("X007")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError):
        raise UnusableError("X006") from None
    entries = {info.filename.lstrip("/").lower(): info for info in archive.infolist()}
    for name, what in _OTHER_PACKAGES.items():
        if name in entries:
            raise UnusableError("X005", what=what)
    if "mimetype" in entries and "content.xml" in entries:
        raise UnusableError("X005", what="开放文档（.ods、.odt）")
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
        raise UnusableError("X001")
    if data.startswith(_OLE):
        # The names of the streams inside stand in UTF-16 in the directory of the old container.
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnusableError("X003")
        old = any(name.encode("utf-16-le") in data for name in ("Workbook", "Book"))
        raise UnusableError("X004" if old else "X002")
    if not data.startswith(b"PK"):
        beginning = data[:64].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
        what = next((word for start, word in _BEGINNINGS.items() if beginning.startswith(start)), "")
        raise UnusableError("X005", what=what) if what else UnusableError("X002")


@dataclass(slots=True)
class Package:
    """`entries`: the parts by their path in small letters; `unpacked` bytes and `tags` count up to the limits."""

    archive: zipfile.ZipFile
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

        Raises `UnusableError`: X006 broken, X007 too large, X008 with a document type (no office program writes one;
        they carry entities that grow without end or name other files).
        """
        info = self.entries.get(part.lower())
        if info is None:
            raise UnusableError("X006")
        self._allow(info)
        archive, parser, fed = self.archive, _parser(start, end, text), 0
        try:
            with archive.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    # Counted here and not by a handler: a call in Python for each would cost half of the time.
                    self.tags += chunk.count(b"<")
                    if self.tags > MOST_TAGS:
                        raise UnusableError("X007")
                    parser.Parse(chunk, False)
                    fed += len(chunk)
                    # A tag without end would be scanned from its beginning with every chunk.
                    if fed - max(parser.CurrentByteIndex, 0) > _LONGEST_TAG:
                        raise UnusableError("X007")
            parser.Parse(b"", True)
        except EnoughError:
            return
        except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise UnusableError("X006") from error
        except (NotImplementedError, RuntimeError) as error:  # unknown compression; entries with a zip password
            raise UnusableError("X003" if info.flag_bits & 1 else "X006") from error

    def _allow(self, info: zipfile.ZipInfo) -> None:
        # zipfile never unpacks more than the directory states, so its sizes can be trusted as bounds.
        ratio = info.file_size / max(info.compress_size, 1)
        self.unpacked += info.file_size
        if info.file_size > LARGEST_PART or self.unpacked > LARGEST_BOOK:
            raise UnusableError("X007")
        if info.file_size > _SUSPECT_SIZE and ratio > _SUSPECT_RATIO:
            raise UnusableError("X007")


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
        raise UnusableError("X008")

    parser.StartElementHandler = first
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser
