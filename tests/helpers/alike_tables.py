"""Two generated tables that read alike, «0, 1.00» each, and what people do to them."""

from __future__ import annotations

from lost_witnesses import small
from word_by_hand import Element, WordFile, w
from word_edits import Typed

from generator.word_file.paragraph import take_off_marks

WAS = small((9169, 3658, 9168, 9000, 8000, 8000, 1153, 961))
CAPTIONS = ("甲基金表", "乙基金表")


def no_marks(file: WordFile) -> Typed:
    take_off_marks(file.body)
    return ()


def first_deleted(file: WordFile) -> Typed:
    tables(file)[0].getparent().remove(tables(file)[0])
    return ()


def no_captions(file: WordFile) -> Typed:
    for caption in CAPTIONS:
        file.body.remove(file.paragraph(caption))
    return ()


def tables(file: WordFile) -> list[Element]:
    return file.body.findall(w("tbl"))[-2:]
