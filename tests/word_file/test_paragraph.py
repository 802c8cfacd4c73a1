"""A paragraph edited in place: the words change, what a person put around them stays."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator.word.xml import W
from generator.word_file.paragraph import (
    OBJECT,
    Marker,
    atoms,
    marks,
    number_marks,
    replace,
    take_off_marks,
    text_of,
    w,
)

LETTERS = st.text("增加减少2019.5年度 “x", min_size=1, max_size=4)
PIECES = st.one_of(
    LETTERS.map(lambda text: f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'),
    LETTERS.map(
        lambda text: f'<w:r><w:rPr><w:highlight w:val="yellow"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    ),
    LETTERS.map(
        lambda text: f'<w:ins w:id="7" w:author="张"><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:ins>'
    ),
    LETTERS.map(lambda text: f'<w:del w:id="8" w:author="张"><w:r><w:delText>{text}</w:delText></w:r></w:del>'),
    st.just("<w:r><w:tab/></w:r>"),
    st.just("<w:r><w:br/></w:r>"),
    st.just('<w:r><w:footnoteReference w:id="2"/></w:r>'),
    st.just('<w:proofErr w:type="spellStart"/>'),
)
PARAGRAPHS = st.lists(PIECES, max_size=6).map(lambda pieces: paragraph("".join(pieces)))


def paragraph(inside: str) -> Any:
    return etree.fromstring(f'<w:p xmlns:w="{W}"><w:pPr><w:jc w:val="both"/></w:pPr>{inside}</w:p>'.encode())


def deleted(element: Any) -> list[str]:
    return [one.text for one in element.iter(w("delText"))]


@given(PARAGRAPHS, st.data(), st.text("新的数12.3“\n\t ", max_size=5))
def test_words_are_replaced_and_all_else_stays(element: Any, data: st.DataObject, new: str) -> None:
    text, gone = text_of(element), deleted(element)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    notes = text[start:end].count(OBJECT)

    replace(element, start, end, new)

    found = text_of(element)
    assert found.replace(OBJECT, "") == (text[:start] + new + text[end:]).replace(OBJECT, "")
    assert found.count(OBJECT) == text.count(OBJECT)
    assert notes or found == text[:start] + new + text[end:]
    assert deleted(element) == gone
    assert element.find(f"{w('pPr')}/{w('jc')}") is not None
    assert all(one.text for one in element.iter(w("t"))), "no empty w:t is left behind"


@given(PARAGRAPHS, st.data())
def test_marks_go_on_and_off_without_changing_the_words(element: Any, data: st.DataObject) -> None:
    text = text_of(element)
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    Marker(element).over(element, start, end, "_f3_1")
    number_marks(element)

    assert text_of(element) == text
    assert [(one.name, one.start, one.end) for one in marks(element)] == [("_f3_1", start, end)]
    take_off_marks(element)
    assert text_of(element) == text
    assert marks(element) == []


def test_new_words_look_like_the_words_before_them() -> None:
    element = paragraph(
        "<w:r><w:t>收入</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>91.68</w:t></w:r><w:r><w:t>万元</w:t></w:r>"
    )

    replace(element, 2, 7, "93.05")
    replace(element, 7, 7, "亿")

    looks = [(run.find(f"{w('rPr')}/{w('b')}") is not None, run.findtext(w("t"))) for run in element.iter(w("r"))]
    assert looks == [(False, "收入"), (True, "93.05亿"), (False, "万元")]


def test_a_footnote_among_replaced_words_stays() -> None:
    element = paragraph(
        '<w:r><w:t>增加55.11</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>万元。</w:t></w:r>'
    )

    replace(element, 0, 10, "持平")

    assert text_of(element) == f"持平{OBJECT}。"


def test_quotes_among_new_words_keep_the_chinese_font() -> None:
    element = paragraph("<w:r><w:t>经费</w:t></w:r>")

    replace(element, 0, 0, "“三公”")

    assert text_of(element) == "“三公”经费"
    assert element.find(f".//{w('rFonts')}").get(w("hint")) == "eastAsia"


def test_marks_of_others_are_left_alone() -> None:
    element = paragraph(
        '<w:bookmarkStart w:id="1" w:name="_GoBack"/><w:bookmarkEnd w:id="1"/>'
        '<w:bookmarkStart w:id="5" w:name="_p3"/><w:r><w:t>甲</w:t></w:r><w:bookmarkEnd w:id="5"/>'
        '<w:bookmarkStart w:id="6" w:name="我的书签"/><w:r><w:t>乙</w:t></w:r><w:bookmarkEnd w:id="6"/>'
    )

    take_off_marks(element)

    names = [one.get(w("name")) for one in element.iter(w("bookmarkStart"))]
    ids = [one.get(w("id")) for one in element.iter(w("bookmarkEnd"))]
    assert (names, ids) == (["_GoBack", "我的书签"], ["1", "6"])


def test_text_boxes_and_deleted_words_are_no_text() -> None:
    element = paragraph(
        "<w:r><w:t>甲</w:t></w:r><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p></w:txbxContent>"
        '</w:pict></w:r><w:del w:id="1" w:author="张"><w:r><w:delText>删</w:delText></w:r></w:del>'
    )

    assert text_of(element) == f"甲{OBJECT}"
    assert re.sub(r"\D", "", "".join(str(atom.offset) for atom in atoms(element))) == "00"
