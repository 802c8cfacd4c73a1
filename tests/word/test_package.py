"""The zip of an Office file: read by others, and always the same."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from lxml import etree

from generator.word.package import content_types, packed, packed_meanwhile, relationships, zipped


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(data))


def test_others_read_it() -> None:
    parts = [packed("甲.xml", "决算" * 1000), packed("b.bin", b"\x00\x01", store=True)]
    parts.append(packed_meanwhile("c.xml", "文")())
    data = zipped(parts)
    with opened(data) as archive:
        assert archive.testzip() is None
        assert [info.filename.encode("cp437").decode() for info in archive.infolist()] == ["甲.xml", "b.bin", "c.xml"]
        assert archive.read("c.xml").decode() == "文"
        assert archive.read("b.bin") == b"\x00\x01"
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert data == zipped(parts)


def test_what_is_a_zip_already_is_not_deflated_again() -> None:
    with opened(zipped([packed("a", b"x" * 900, store=True), packed("b", b"x" * 900)])) as archive:
        stored, deflated = archive.infolist()
    assert (stored.compress_type, stored.compress_size) == (zipfile.ZIP_STORED, 900)
    assert deflated.compress_type == zipfile.ZIP_DEFLATED and deflated.compress_size < 100


@pytest.mark.parametrize("size", [0, 1, 1 << 17, (1 << 17) + 1, 400_000])
def test_a_part_that_is_deflated_meanwhile_holds_all_its_pieces(size: int) -> None:
    pieces = ["决" * 999] * (size // 999) + ["算" * (size % 999)]
    with opened(zipped([packed_meanwhile("word/document.xml", iter(pieces))()])) as archive:
        assert archive.testzip() is None
        assert archive.read("word/document.xml").decode() == "".join(pieces)


def test_same_pieces_same_bytes() -> None:
    pieces = [f"<w:t>{number}</w:t>" for number in range(40_000)]
    assert packed_meanwhile("a", pieces)() == packed_meanwhile("a", pieces)()


def test_a_mistake_while_writing_is_not_swallowed() -> None:
    def pieces():
        yield "甲"
        raise LookupError("our own mistake")

    with pytest.raises(LookupError):
        packed_meanwhile("a", pieces())


def test_relationships_and_content_types() -> None:
    root = etree.fromstring(relationships({"rId1": ("t/styles", "styles.xml"), "rId2": ("t/chart", "c1.xml")}).encode())
    assert [dict(one.attrib) for one in root] == [
        {"Id": "rId1", "Type": "t/styles", "Target": "styles.xml"},
        {"Id": "rId2", "Type": "t/chart", "Target": "c1.xml"},
    ]
    root = etree.fromstring(content_types({"xml": "application/xml"}, {"/word/document.xml": "t/main"}).encode())
    assert [(etree.QName(one).localname, dict(one.attrib)) for one in root] == [
        ("Default", {"Extension": "xml", "ContentType": "application/xml"}),
        ("Override", {"PartName": "/word/document.xml", "ContentType": "t/main"}),
    ]
