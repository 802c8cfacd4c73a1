"""A Word file is judged whole when it is opened: whatever is broken or meant to harm gives one finding and no more."""

from __future__ import annotations

import io
import random
import resource
import zipfile
from collections.abc import Callable

import pytest
from effort import at_most
from one_cell import INPUTS, report

from generator.corrections import find_figures_in_word, redline_word, refresh_word
from generator.pipeline import Examined
from generator.printed.read_word import read_word
from generator.word.xml import R
from generator.word_file.marked_file import open_marked
from generator.writers.docx import write_docx

WHEN = "2021-10-26T09:00:00Z"


@pytest.fixture(scope="module")
def made() -> Examined:
    return report(INPUTS / "heshuo-2018")


@pytest.fixture(scope="module")
def whole(made: Examined) -> bytes:
    return write_docx(made.document, made.case.pack.look)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    parts = parts_of(data)
    return packed({**parts, name: change(parts.get(name, b""))})


def said(data: bytes) -> str:
    opened = open_marked("报告.docx", data)
    assert opened.value is None
    (one,) = opened.diagnostics
    assert one.hint and one.place.file == "报告.docx"
    return f"{one.code} {one.message}"


DAMAGED = "R001 “报告.docx”不是 Word 文件（.docx），或者已经损坏"
TOO_MUCH = "R005 “报告.docx”里的内容多得不正常，没有读取："
LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><a x="&c;">&c;</a>'
ELSEWHERE = b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'

BREAK: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "no XML": lambda _: b"\x89PNG\r\n",
    "cut": lambda part: part[: len(part) // 2],
    "a document type": lambda _: LAUGHS,
    "a document type in UTF-16": lambda _: LAUGHS.decode().encode("utf-16"),
    "a document type from elsewhere": lambda _: ELSEWHERE,
    "elements 300 deep": lambda _: b"<a>" * 300 + b"</a>" * 300,
    "elements 300,000 deep": lambda _: b"<a>" * 300_000 + b"</a>" * 300_000,
    "an entity that nobody declared": lambda _: b"<a>&nbsp;</a>",
    "a coding that no office writes": lambda _: '<?xml version="1.0" encoding="utf-7"?><a/>'.encode("utf-7"),
}


@pytest.mark.parametrize("damage", BREAK)
def test_any_xml_part_that_is_broken(whole: bytes, damage: str) -> None:
    names = [name for name in parts_of(whole) if name.endswith((".xml", ".rels"))]
    assert {"word/styles.xml", "word/_rels/document.xml.rels", "customXml/item1.xml", "[Content_Types].xml"} <= {*names}
    for name in names:
        assert said(changed(whole, name, BREAK[damage])) == DAMAGED, name


def test_a_relationship_to_what_is_no_xml(whole: bytes) -> None:
    for kind in ("styles", "comments", "header", "footer", "footnotes", "endnotes", "chart"):
        link = f'<Relationship Id="x" Type="{R}/{kind}" Target="media/x.png"/></Relationships>'.encode()
        data = changed(whole, "word/media/x.png", lambda _: b"\x89PNG\r\n")
        rels = "word/_rels/document.xml.rels"
        assert said(changed(data, rels, lambda part, link=link: part.replace(b"</Relationships>", link))) == DAMAGED


def test_every_byte_of_the_directory_of_the_zip(whole: bytes) -> None:
    """Whatever it says then, it says it; the last offset once led to a place before the file."""
    small = packed({name: part for name, part in parts_of(whole).items() if "theme" not in name})
    begin = small.index(b"PK\x01\x02")
    codes = set()
    for at in [*range(begin, begin + 60), *range(len(small) - 22, len(small))]:
        for value in (0, 1, 0x7F, 0xFF):
            opened = open_marked("报告.docx", small[:at] + bytes([value]) + small[at + 1 :])
            codes |= {one.code for one in opened.diagnostics}
    assert codes <= {"R001", "R002", "R005"} and "R001" in codes


def test_a_zip_of_another_kind(whole: bytes) -> None:
    assert said(packed(parts_of(whole), zipfile.ZIP_LZMA)) == DAMAGED
    locked = bytearray(whole)
    at = locked.index(b"PK\x01\x02") + 8
    locked[at] |= 1
    assert said(bytes(locked)) == "R002 “报告.docx”设了打开密码，或者是旧格式的 .doc，程序读不了"


# -- budgets ----------------------------------------------------------------------------------------------------------
def zeros(whole: bytes, megabytes: int, files: int = 1, name: str = "word/media/a{}.bin") -> bytes:
    out = io.BytesIO(whole)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(files):
            with archive.open(name.format(number), "w") as part:
                for _ in range(megabytes):
                    part.write(bytes(1_000_000))
    return out.getvalue()


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def test_bombs_are_refused_unread(whole: bytes) -> None:
    one, several = zeros(whole, 300), zeros(whole, 7, 30)
    before = peak()
    assert said(one).startswith(TOO_MUCH + "压缩的倍数 1,0") and said(one).endswith(" 倍，最多 200 倍")
    assert said(several).startswith(TOO_MUCH + "压缩的倍数 ")
    assert peak() - before < 60


def test_more_than_may_be_unpacked(whole: bytes) -> None:
    data = bytearray(whole)
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (1_100_000_000).to_bytes(4, "little")
    assert said(bytes(data)).startswith(TOO_MUCH + "解压以后的大小 1,100.")


def test_too_many_parts(whole: bytes) -> None:
    count = len(parts_of(whole))
    more = packed({**parts_of(whole), **{f"a/{n}": b"" for n in range(5001 - count)}})
    assert said(more) == TOO_MUCH + "部件 5,001 个，最多 5,000 个"
    most = packed({**parts_of(whole), **{f"a/{n}": b"" for n in range(5000 - count)}})
    assert open_marked("报告.docx", most).value is not None


def test_too_many_elements(whole: bytes) -> None:
    """Small enough, but a tree of it would fill the memory."""
    tags = b"".join(b"<a%d/>" % (n * n) for n in range(40_000)) * 80
    data = packed({**parts_of(whole), "word/footnotes.xml": b"<x>" + tags + b"</x>"}, zipfile.ZIP_STORED)
    with at_most(10):
        told = said(data)
    assert told.startswith(TOO_MUCH + "标记 3,2") and told.endswith(" 个以上，最多 3,000,000 个")


def test_what_nobody_reads_is_not_held(whole: bytes) -> None:
    """60 MB of pictures: at most one part is unpacked at a time, and only to see that it is whole."""
    noise = random.Random(1).randbytes(1_000_000)
    data = packed({**parts_of(whole), **{f"word/media/p{n}.png": noise * 3 for n in range(20)}}, zipfile.ZIP_STORED)
    assert len(data) > 50_000_000
    before = peak()
    opened = open_marked("报告.docx", data).value
    assert opened is not None
    assert peak() - before < 30
    assert opened.parts.content["word/media/p7.png"] == noise * 3


def test_a_picture_that_is_damaged_is_noticed_at_once(whole: bytes) -> None:
    data = packed({**parts_of(whole), "word/media/p.png": bytes(range(256)) * 9}, zipfile.ZIP_STORED)
    at = data.index(bytes(range(256)))
    assert said(data[:at] + b"\xff" + data[at + 1 :]) == DAMAGED


# -- every act, on files that somebody has changed anyhow ------------------------------------------------------------
NASTY = ("", "x", "-1", "9" * 20, "NaN", "1E+999999", "²", "٣", "p0", "t99", "rId99", "9" * 5000)


def spoiled(whole: bytes, seed: int) -> bytes:
    """One attribute or text of one XML part is nonsense, or one element is gone."""
    from lxml import etree

    chance = random.Random(seed)
    parts = parts_of(whole)
    name = chance.choice([n for n in parts if n.endswith((".xml", ".rels"))] + ["word/document.xml"] * 9)
    root = etree.fromstring(parts[name])
    element = chance.choice(list(root.iter()))
    if element.attrib and chance.random() < 0.7:
        element.set(chance.choice(list(element.attrib)), chance.choice(NASTY))
    elif element.getparent() is not None and chance.random() < 0.5:
        element.getparent().remove(element)
    else:
        element.text = chance.choice(NASTY)
    return packed({**parts, name: etree.tostring(root)})


@pytest.mark.parametrize("seed", range(12))
def test_no_act_falls(made: Examined, whole: bytes, seed: int) -> None:
    data = spoiled(whole, seed)
    opened = open_marked("报告.docx", data)
    if opened.value is not None:
        assert find_figures_in_word(opened.value, "91.68").known
    ended = [
        refresh_word("报告.docx", data, made, WHEN),
        redline_word("报告.docx", data, whole, author="甲", date=WHEN),
    ]
    assert all(one.value is not None or one.diagnostics for one in ended)
    try:
        assert read_word(data) is not None
    except ValueError as error:
        assert "Word 文件" in str(error)
