"""Files that are broken, disguised or meant to harm: one clear sentence each, quickly and with bounded memory."""

from __future__ import annotations

import io
import resource
import struct
import zipfile
from collections.abc import Callable

import pytest
from effort import at_most
from read_files import read_workbook
from xlsx_by_hand import DECLARATION, parts, zipped

from generator.form.fields import Fields, parse_fields

FORM: Fields = parse_fields(
    {"年度": {"类型": "年度"}, "收支": {"字段": {"决算": {"类型": "金额"}, "预算": {"类型": "金额"}}}}, "fields.yaml"
).value
GOOD = (
    '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>项目</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>填写</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>决算</t></is></c><c r="B2"><v>91.68</v></c></row></sheetData>'
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sheet(inside: str, **extra: str) -> bytes:
    return zipped(parts(("收支", inside), **extra))


def with_part(name: str, data: str | bytes) -> bytes:
    return zipped({**parts(("收支", GOOD)), name: data})


def bomb() -> bytes:
    """Half a gigabyte of zeros in one part."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts(("收支", "")).items():
            if name != "xl/worksheets/sheet1.xml":
                archive.writestr(name, data)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(DECLARATION.encode() + b"<worksheet><sheetData>")
            for _ in range(512):
                part.write(b" " * (1 << 20))
    return made.getvalue()


def lying_directory() -> bytes:
    """A bomb whose directory says that the part is small."""
    data = bytearray(sheet(GOOD + " " * 50_000_000))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        real = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    packed = struct.pack("<L", real)
    at = data.rfind(packed)
    data[at : at + 4] = struct.pack("<L", 1000)
    return bytes(data)


def lzma(data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_LZMA) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return made.getvalue()


def nameless(data: bytes) -> bytes:
    """The first entry of the directory says that its name has no letters."""
    at = data.index(b"PK\x01\x02") + 28
    return data[:at] + b"\0\0" + data[at + 2 :]


def many_strings() -> str:
    return "".join(f"<si><t>甲{n}</t></si>" for n in range(600_000))


def rows_of(count: int, cells: int) -> str:
    letters = "ABCDEFGH"[:cells]
    return "".join(
        f'<row r="{n}" s="1">' + "".join(f'<c r="{letter}{n}" s="1"/>' for letter in letters) + "</row>"
        for n in range(10, 10 + count)
    )


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    "<worksheet>&c;</worksheet>"
)
ELSEWHERE = '<!DOCTYPE worksheet SYSTEM "sheet.dtd"><worksheet/>'
FOREIGN = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><worksheet>&f;</worksheet>'

HOSTILE: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "an empty file": (lambda: b"", "X001", "“填报.xlsx”是空文件"),
    "nothing but zero bytes": (lambda: b"\0" * 4096, "X001", "空文件"),
    "not a zip": (lambda: "决算,91.68\n".encode("gb18030"), "X002", "不是工作簿"),
    "a web page": (lambda: b"\xef\xbb\xbf<html><table>", "X005", "其实是网页"),
    "a PDF": (lambda: b"%PDF-1.7 ...", "X005", "其实是PDF 文件"),
    "a Word file": (lambda: zipped({"word/document.xml": "<a/>"}), "X005", "其实是Word 文件"),
    "an .ods": (lambda: zipped({"mimetype": "x", "content.xml": "<a/>"}), "X005", "开放文档"),
    "an .xlsb": (lambda: zipped({"xl/workbook.bin": b"\0"}), "X005", "二进制工作簿"),
    "some zip": (lambda: zipped({"照片.jpg": b"\xff\xd8"}), "X002", "不是工作簿"),
    "encrypted": (lambda: OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"), "X003", "打开密码"),
    "an .xls renamed": (lambda: OLE + b"\0" * 512 + "Workbook".encode("utf-16-le"), "X004", "旧格式（.xls）"),
    "a .doc renamed": (lambda: OLE + b"\0" * 512 + "WordDocument".encode("utf-16-le"), "X002", "不是工作簿"),
    "cut off": (lambda: sheet(GOOD)[:900], "X006", "已损坏"),
    "cut off in the middle of a part": (
        lambda: with_part("xl/worksheets/sheet1.xml", "<worksheet><row>"),
        "X006",
        "损坏",
    ),
    "damaged bytes": (lambda: sheet(GOOD).replace(b"PK\x01\x02", b"PK\x09\x09", 1), "X006", "已损坏"),
    "no sheets": (lambda: zipped(parts()), "X009", "没有工作表"),
    "a sheet that is not there": (
        lambda: zipped({k: v for k, v in parts(("收支", GOOD)).items() if "sheet1" not in k}),
        "X006",
        "已损坏",
    ),
    "a string that is not there": (
        lambda: sheet('<sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData>'),
        "X006",
        "已损坏",
    ),
    "a bomb": (bomb, "X007", "没有读取：压缩的倍数 1,0"),
    "too many parts": (
        lambda: zipped({**parts(("收支", GOOD)), **{f"a/{n}": "" for n in range(5000)}}),
        "X007",
        "没有读取：部件 5,006 个，最多 5,000 个",
    ),
    "compressed in a way that no office program uses": (lambda: lzma(sheet(GOOD)), "X006", "已损坏"),
    "a part without a name": (lambda: nameless(sheet(GOOD)), "X006", "已损坏"),
    "a bomb with a lying directory": (lying_directory, "X006", "已损坏"),
    "a thousand laughs": (lambda: with_part("xl/worksheets/sheet1.xml", LAUGHS), "X008", "DTD"),
    "a DOCTYPE and no more": (lambda: with_part("xl/worksheets/sheet1.xml", ELSEWHERE), "X008", "DTD"),
    "an external entity": (lambda: with_part("xl/sharedStrings.xml", FOREIGN), "X008", "DTD"),
    "an external entity in the relations": (lambda: with_part("_rels/.rels", FOREIGN), "X008", "DTD"),
    "a tag without end": (
        lambda: with_part("xl/worksheets/sheet1.xml", "<worksheet " + " a='" + "".join(map(str, range(3_000_000)))),
        "X007",
        "多得不正常",
    ),
    "nine million cells": (
        lambda: sheet("<sheetData>" + rows_of(1_000_000, 8) + "</sheetData>"),
        "X007",
        "没有读取：一个部件的大小 203.1 MB，最多 167.8 MB",
    ),
    "a hundred thousand merges over everything": (
        lambda: sheet(
            "<sheetData>"
            + "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 3000))
            + "</sheetData><mergeCells>"
            + '<mergeCell ref="A1:XFD1048576"/>' * 100_000
            + "</mergeCells>"
        ),
        "X007",
        "多得不正常",
    ),
}


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@pytest.mark.parametrize("case", HOSTILE)
def test_each_gives_one_sentence_soon(case: str) -> None:
    make, code, words = HOSTILE[case]
    data = make()
    before = peak()
    with at_most(30):
        outcome = read_workbook("填报.xlsx", data, FORM)
    assert peak() - before < 600
    assert outcome.value is None
    (one,) = outcome.diagnostics
    assert one.code == code
    assert words in one.message
    assert one.hint and one.place.file == "填报.xlsx"


HARMLESS = {
    "a dimension of a million columns": lambda: sheet('<dimension ref="A1:ZZZZZZ1048576"/>' + GOOD),
    "names that go round in a circle": lambda: sheet(
        GOOD,
        workbook="<definedNames><definedName name='甲'>乙</definedName><definedName name='乙'>甲</definedName>"
        "</definedNames>",
    ),
    "a million formatted empty rows": lambda: sheet(
        GOOD.replace("</sheetData>", rows_of(1_048_560, 2) + "</sheetData>")
    ),
    "six hundred thousand shared strings": lambda: sheet(GOOD, strings=many_strings()),
    "a cell in column A of row 99999999": lambda: sheet(
        GOOD.replace("</sheetData>", '<row r="99999999"><c r="A99999999"><v>1</v></c></row></sheetData>')
    ),
    "a cell beyond the last column": lambda: sheet(
        GOOD.replace("</sheetData>", '<row r="9"><c r="ZZZZ9"><v>1</v></c></row></sheetData>')
    ),
    "styles that are nonsense": lambda: with_part(
        "xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId='x'/></cellXfs></styleSheet>"
    ),
    "a broken drawing that nobody reads": lambda: with_part("xl/drawings/drawing1.xml", "<<<"),
}


@pytest.mark.parametrize("case", HARMLESS)
def test_what_only_looks_dangerous_is_read(case: str) -> None:
    data = HARMLESS[case]()
    before = peak()
    with at_most(30):
        outcome = read_workbook("填报.xlsx", data, FORM)
    assert peak() - before < 600
    assert outcome.value is not None
    assert "91.68" in str(outcome.value.root)
