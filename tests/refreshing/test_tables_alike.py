"""Two generated tables that read alike and have become different: only a witness of its own says which one it is.

甲基金表 and 乙基金表 both read «0, 1.00»; after the correction 乙 has 2.00.
"""

from __future__ import annotations

import copy

import pytest
from alike_tables import WAS, first_deleted, no_captions, no_marks, tables
from lost_witnesses import small
from refresh_cases import OURS, refreshed
from word_by_hand import WordFile, blocks, comments_of, w
from word_edits import Typed, edited

from generator.word_file.paragraph import take_off_marks

NOW = small((9169, 3659, 9168, 9000, 8000, 8000, 1153, 961))
ROW_OF = "更正前有几张表这里读来一样，更正后不同，这一行是哪一张的分不清，没有更新，请对照新生成的报告核对。"
TABLE_OF = "更正前有几张表这里读来一样，更正后不同，这张表是哪一张分不清，没有更新，请对照新生成的报告核对。"


def row_copied(file: WordFile) -> Typed:
    row = tables(file)[1][-1]
    row.addnext(copy.deepcopy(row))
    take_off_marks(row.getnext())
    return ()


def own_header(file: WordFile) -> Typed:
    head = next(tables(file)[1].iter(w("tr")))
    take_off_marks(head)
    for number, text in enumerate(head.iter(w("t"))):
        text.text = f"我的{number}"
    return ()


def joined(file: WordFile) -> Typed:
    first, second = tables(file)
    first.extend(second.findall(w("tr"))[1:])
    second.getparent().remove(second)
    return ()


@pytest.mark.parametrize(
    ("edits", "reads", "asked"),
    [
        ((no_marks,), ["0\t1.00", "0\t2.00"], []),
        ((no_marks, no_captions), ["0\t1.00", "0\t2.00"], []),
        ((no_marks, first_deleted), ["0\t2.00"], []),
        ((row_copied, own_header), ["0\t1.00", "0\t2.00", "0\t2.00"], []),
        ((joined,), ["0\t1.00", "0\t2.00"], []),
        ((no_marks, no_captions, first_deleted), ["0\t1.00"], [TABLE_OF]),
        ((no_marks, row_copied, own_header), ["0\t1.00", "0\t1.00", "0\t1.00"], [ROW_OF, ROW_OF]),
        ((no_marks, joined), ["0\t1.00", "0\t1.00"], [ROW_OF, ROW_OF]),
        ((no_marks, row_copied), ["0\t1.00", "0\t1.00", "0\t1.00"], [TABLE_OF]),
    ],
)
def test_tables_that_read_alike(edits: tuple, reads: list[str], asked: list[str]) -> None:
    result = refreshed(edited(WAS, *edits).docx, NOW)

    assert [one for one in blocks(result.docx) if one.startswith("0\t")] == reads
    assert [one.text for one in comments_of(result.docx) if one.author == OURS] == asked
    assert {one.kind for one in result.remarks} == ({"table"} if asked else set())

    again = refreshed(result.docx, NOW)

    assert blocks(again.docx) == blocks(result.docx)
    assert comments_of(again.docx) == comments_of(result.docx)


def test_what_was_asked_about_stays_as_it_is_until_somebody_answers() -> None:
    """The table that is left reads like 甲 alone after the correction, and may be 乙's all the same."""
    asked = refreshed(edited(WAS, no_marks, no_captions, first_deleted).docx, NOW)

    later = refreshed(asked.docx, small((9167, 3659, 9168, 9000, 8000, 8000, 1153, 961)))

    assert [one for one in blocks(later.docx) if one.startswith("0\t")] == ["0\t1.00"]
    assert [one.text for one in comments_of(later.docx) if one.author == OURS] == [
        TABLE_OF,
        "“1.00”是更正前的数，更正后是多少判断不了，或者已经没有这个数。这里没有改动，请核对这一句。",
    ]
