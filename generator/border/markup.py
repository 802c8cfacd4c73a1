"""Tables that web systems save as .xls: HTML, and the XML Spreadsheet of 2003. Text in some coding, as a tree."""

from __future__ import annotations

import re

from lxml import etree

from generator.border.budgets import OFFICE_BYTES, SHEET_TAGS, megabytes
from generator.border.refused import BrokenError, OverBudgetError
from generator.border.xml import parsed

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CODING = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_BEGINS_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|meta|table|body|style|div)\b", re.I | re.S
)


def decoded(data: bytes) -> str:
    """By its byte order mark, its own word, or what Chinese systems write. Raises `BrokenError`, `OverBudgetError`."""
    if len(data) > OFFICE_BYTES:
        raise OverBudgetError("文件大小", megabytes(len(data)), megabytes(OFFICE_BYTES))
    if data.count(b"<") > SHEET_TAGS:
        raise OverBudgetError("标记", f"{data.count(b'<'):,} 个", f"{SHEET_TAGS:,} 个")
    coding = next((name for bom, name in _BOMS if data.startswith(bom)), "")
    stated = _CODING.search(data[:2048])
    # GB 18030 holds all that gb2312 and gbk do; pages that say gb2312 often hold more.
    own = stated[1].decode().lower() if stated else ""
    own = "gb18030" if own in ("gb2312", "gbk", "gb_2312-80", "cp936") else own
    for name in (coding,) if coding else (own, "utf-8", "gb18030"):
        try:
            return data.decode(name) if name else data.decode()
        except (UnicodeDecodeError, LookupError):
            continue
    raise BrokenError("coding")


def is_spreadsheet_xml(text: str) -> bool:
    return "urn:schemas-microsoft-com:office:spreadsheet" in text[:4096] and "<html" not in text[:4096].lower()


def is_html(text: str) -> bool:
    return bool(_BEGINS_HTML.match(text[:4096]))


def parsed_markup(text: str) -> etree._Element:
    """XML Spreadsheet, judged like all XML of office files. Raises `BrokenError`, `DocumentTypeError`."""
    return parsed(_DECLARATION.sub("", text.lstrip("\ufeff")).encode())


def parsed_html(text: str) -> etree._Element:
    """HTML as browsers read it, however it is written. Raises `BrokenError`, also where the last table has no end: no
    program writes that, and rows are lost."""
    if "\0" in text or text.lower().rfind("</table") < text.lower().rfind("<table"):
        raise BrokenError("cut off")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_DECLARATION.sub("", text.lstrip("\ufeff")).encode(), parser)
    except (etree.LxmlError, ValueError) as error:
        raise BrokenError(str(error)) from error
    if root is None:
        raise BrokenError("empty")
    return root
