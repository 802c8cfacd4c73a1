"""Words as XML, and the zip around them."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from generator.word.package import packed, packed_meanwhile, zipped
from generator.word.read import read_facts_part, read_outline
from generator.word.xml import attribute, run


def test_words_are_escaped_and_control_characters_dropped() -> None:
    assert run("a<b>&c\x00\x0c") == "<w:r><w:t>a&lt;b&gt;&amp;c</w:t></w:r>"
    assert attribute('"甲"&\n') == "&quot;甲&quot;&amp;&#10;"


def test_chinese_punctuation_takes_the_chinese_font() -> None:
    assert run("“十四五”") == '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>“十四五”</w:t></w:r>'
    assert run("2020年，") == "<w:r><w:t>2020年，</w:t></w:r>"


def test_spaces_tabs_and_lines_stay() -> None:
    assert run(" 甲") == '<w:r><w:t xml:space="preserve"> 甲</w:t></w:r>'
    assert run("甲\t乙\r\n丙") == "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>"


def test_the_zip_is_read_by_others_and_always_the_same() -> None:
    parts = [packed("甲.xml".encode().hex(), "决算" * 1000), packed("b.bin", b"\x00\x01", store=True)]
    parts.append(packed_meanwhile("c.xml", "文")())
    data = zipped(parts)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.read("c.xml").decode() == "文"
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert data == zipped(parts)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", zipped([packed("a.txt", "x")])])
def test_other_files_are_named_as_such(data: bytes) -> None:
    for read in (read_facts_part, read_outline):
        with pytest.raises(ValueError, match="这不是 Word 文件"):
            read(data)
