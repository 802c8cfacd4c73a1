"""What a file that cannot be read is: by its name, and by what stands in it; and what is wrong with it.

For the sentence that an office gets. Nothing here opens a file for reading.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import PurePath

from generator.border.archive import Archive
from generator.border.refused import BrokenError, OverBudgetError, RefusedError

_OLE = b"\xd0\xcf\x11\xe0"
BOOK, WORD, PDF, WEB, XML = "工作簿", "Word 文件", "PDF 文件", "网页", "XML 表格"
PICTURE, PACKED, OLD_WORD, SLIDES = "图片", "压缩包", "旧格式的 Word 文件（.doc、.wps）", "演示文稿"
_CLAIMS = {
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".et", ".ods", ".xlsb"), BOOK),
    **dict.fromkeys((".docx", ".odt"), WORD),
    **dict.fromkeys((".doc", ".wps"), OLD_WORD),
    **dict.fromkeys((".htm", ".html", ".mht"), WEB),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic"), PICTURE),
    **dict.fromkeys((".zip", ".rar", ".7z"), PACKED),
    **dict.fromkeys((".ppt", ".pptx", ".dps"), SLIDES),
    ".pdf": PDF,
    ".xml": XML,
}
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    *((start, PICTURE) for start in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")),
    *((start, PACKED) for start in (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")),
    (b"{\\rtf", "RTF 文件"),
    (b"MZ", "程序"),
    (b"\x7fELF", "程序"),
)
_STREAMS = {"Workbook": BOOK, "Book": BOOK, "WordDocument": OLD_WORD, "PowerPoint Document": SLIDES}
"""How the old container names what is kept in it."""
_PARTS = (
    *((b"word/", WORD), (b"ppt/", SLIDES), (b"xl/workbook.bin", "二进制工作簿（.xlsb）"), (b"xl/", BOOK)),
    *((b"opendocument.text", "开放文档（.odt）"), (b"opendocument.spreadsheet", BOOK), (b"content.xml", BOOK)),
)
_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""The box in which Word and Excel alike lock a file."""
_BOOK_BEGINS = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_READABLE = (BOOK, WORD, PDF, WEB, XML)
_PROGRAMS = {WORD: "Word 或 WPS", OLD_WORD: "Word 或 WPS", PDF: "PDF 阅读器", WEB: "浏览器"}
_ADVICE = {
    PICTURE: "图片上的表读不了：请用原来的 Excel、Word 文件，或能选中文字的 PDF",
    PACKED: "请先解压，再读入里面的文件",
    OLD_WORD: "请用 Word 或 WPS 打开，另存为 .docx 后再读入",
    "RTF 文件": "请用 Word 或 WPS 打开，另存为 .docx 后再读入",
    "二进制工作簿（.xlsb）": "请用 Excel 打开，另存为“Excel 工作簿（.xlsx）”后再读入",
    "开放文档（.odt）": "请用 Word 或 WPS 打开，另存为 .docx 后再读入",
}


def refusal(name: str, data: bytes) -> RefusedError:
    """Why the file cannot be read, in its own kind's words: X001 empty, X101 locked, X102 damaged, X103 another kind
    than its name says, X104 a kind that holds no tables, X105 nothing that anybody knows."""
    if not data.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        return RefusedError("X001")
    claimed = _CLAIMS.get(PurePath(name).suffix.lower(), "")
    found = _kind_in(data, claimed)
    if not found:
        return RefusedError("X105", kind=claimed or "表格文件")
    program = _PROGRAMS.get(found, "Excel 或 WPS")
    if _is_locked(data, found):
        return RefusedError("X101", kind=found, program=program)
    if found in _READABLE:
        return RefusedError("X102", kind=found, program=program)
    advice = _ADVICE.get(found, "请核对是不是这个文件；公开表要用 Excel、Word 文件，或能选中文字的 PDF")
    if claimed and claimed != found:
        return RefusedError("X103", kind=claimed, found=found, advice=advice)
    return RefusedError("X104", kind=found, advice=advice)


def _kind_in(data: bytes, claimed: str) -> str:
    """By what stands in the file, damaged or not, `claimed` where that leaves a choice; "" for what nobody knows."""
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(_OLE):
        if _LOCKED in data:
            return claimed if claimed in (BOOK, WORD, OLD_WORD, SLIDES) else "办公文件"
        kinds = [kind for word, kind in _STREAMS.items() if word.encode("utf-16-le") in data]
        return claimed if claimed in kinds else next(iter(kinds), "旧格式的办公文件")
    if data[:4] == b"RIFF" or data[4:8] == b"ftyp":
        return PICTURE if data[8:12] in (b"WEBP", b"heic", b"mif1", b"heix") else "音频或视频"
    beginning = next((kind for start, kind in _BEGINNINGS if data.startswith(start)), "")
    if beginning:
        return beginning
    if data.startswith(b"PK") or b"PK\x01\x02" in data:
        return next((kind for part, kind in _PARTS if part in data), PACKED)
    return _kind_of_text(data)


def _kind_of_text(data: bytes) -> str:
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    if re.search(rb"<(!doctype html|html|table|body|head|meta)\b", head):
        return WEB
    if head.startswith(b"<?xml"):
        return XML if b"spreadsheet" in head else "XML 文件"
    printable = sum(1 for byte in head if byte >= 32 or byte in b"\r\n\t")
    return "文字文件" if head and printable == len(head) and not head.startswith(b"pk") else ""


def _is_locked(data: bytes, kind: str) -> bool:
    """Whether a password keeps the file closed."""
    if kind == PDF:
        return b"/Encrypt" in data
    if data.startswith(_OLE):
        return _LOCKED in data or _has_file_pass(data)
    if b"manifest:encryption-data" in data:
        return True
    try:
        archive = Archive(data)
        manifest = next((one for one in archive.parts if one.endswith("META-INF/manifest.xml")), "")
        if any(info.flag_bits & 1 for info in archive.parts.values()):
            return True
        return bool(manifest) and b"encryption-data" in archive.read(manifest)
    except (BrokenError, OverBudgetError, KeyError, zipfile.BadZipFile):
        return False


def _has_file_pass(data: bytes) -> bool:
    """An .xls with a password says so in one of its first records (FilePass, 0x2F; [MS-XLS] 2.4.117)."""
    at = data.find(_BOOK_BEGINS)
    for _ in range(8):
        record, length = data[at : at + 2], int.from_bytes(data[at + 2 : at + 4], "little")
        if at < 0 or len(record) < 2:
            return False
        if record == b"\x2f\x00":
            return True
        at += 4 + length
    return False
