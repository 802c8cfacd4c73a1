"""Words as XML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator.word.xml import W, attribute, escaped, printable, run


def test_words_are_escaped_and_control_characters_dropped() -> None:
    assert run("a<b>&c\x00\x0c") == "<w:r><w:t>a&lt;b&gt;&amp;c</w:t></w:r>"
    assert attribute('"甲"&\n') == "&quot;甲&quot;&amp;&#10;"


def test_chinese_punctuation_takes_the_chinese_font() -> None:
    assert run("“十四五”") == '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>“十四五”</w:t></w:r>'
    assert run("2020年，") == "<w:r><w:t>2020年，</w:t></w:r>"


def test_spaces_tabs_and_lines_stay() -> None:
    assert run(" 甲") == '<w:r><w:t xml:space="preserve"> 甲</w:t></w:r>'
    assert run("甲\t乙\r\n丙") == "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>"


@pytest.mark.parametrize(
    ("text", "kept"),
    [("甲\r\n乙\r丙\n丁", "甲\n乙\n丙\n丁"), ("甲\x00\x0b\ufffe\ud800乙", "甲乙"), ("\t 甲", "\t 甲")],
)
def test_what_xml_can_hold(text: str, kept: str) -> None:
    assert printable(text) == kept


def test_two_spaces_stay_two() -> None:
    assert run("甲  乙") == '<w:r><w:t xml:space="preserve">甲  乙</w:t></w:r>'


def test_properties_stand_behind_the_hint_for_the_font() -> None:
    assert run("甲", "<w:b/>") == "<w:r><w:rPr><w:b/></w:rPr><w:t>甲</w:t></w:r>"
    assert run("“甲", "<w:b/>").startswith('<w:r><w:rPr><w:rFonts w:hint="eastAsia"/><w:b/></w:rPr>')


@given(st.text())
def test_any_words_come_back_from_xml(text: str) -> None:
    kept = printable(text)
    assert (etree.fromstring(f"<a>{escaped(text)}</a>".encode()).text or "") == kept
    assert etree.fromstring(f'<a b="{attribute(text)}"/>'.encode()).get("b") == kept
    root = etree.fromstring(f'<a xmlns:w="{W}">{run(text)}</a>'.encode())
    signs = {f"{{{W}}}br": "\n", f"{{{W}}}tab": "\t"}
    assert "".join(one.text or "" if one.tag == f"{{{W}}}t" else signs.get(str(one.tag), "") for one in root[0]) == kept
