"""Two tables that read alike, their marks lost in one file: what was written in one of them may belong to the other."""

from __future__ import annotations

import copy

import pytest
from alike_tables import WAS, first_deleted, no_captions, no_marks, tables
from refresh_cases import opened
from word_by_hand import WordFile, comments_of, text_of, w
from word_edits import Edit, Typed, edited

from generator.joining.join import join


def row_added(file: WordFile) -> Typed:
    row = tables(file)[1][-1]
    new = copy.deepcopy(row)
    row.addnext(new)
    for text in new.iter(w("t")):
        text.text = "甲加"
    return ()


def typed(file: WordFile) -> Typed:
    next(tables(file)[0][-1].iter(w("t"))).text = "乙写"
    return ()


def joined(first: tuple[Edit, ...], other: tuple[Edit, ...]) -> tuple[list[str], list[str]]:
    """The two tables of the joined file, and its comments."""
    one, two = edited(WAS, *first).docx, edited(WAS, *other).docx
    made = join(opened(one), opened(two), opened(one), ("甲", "乙"), date="2021-11-05T08:00:00Z").docx
    found = [table for table in WordFile(made).body.findall(w("tbl")) if "预算数" in text_of(next(table.iter(w("p"))))]
    rows = ["/".join(text_of(one) for one in table.iter(w("p"))) for table in found]
    return rows, [one.text for one in comments_of(made)]


ASKED = "“乙”在一张表里写了：“{}”。有几张表本来读来一样，分不清是不是这一张，没有并入，请核对。"
ALONE = (first_deleted, no_captions, no_marks)


@pytest.mark.parametrize(
    ("first", "other", "tables_there", "asked"),
    [
        ((row_added, *ALONE), (typed,), ["预算数/决算数/0/1.00/甲加/甲加"], [ASKED.format("乙写 1.00")]),
        (
            (typed,),
            (row_added, *ALONE),
            ["预算数/决算数/乙写/1.00", "预算数/决算数/0/1.00"],
            [ASKED.format("甲加 甲加")],
        ),
        ((typed,), ALONE, ["预算数/决算数/乙写/1.00", "预算数/决算数/0/1.00"], []),
        ((typed,), (row_added, no_marks), ["预算数/决算数/乙写/1.00", "预算数/决算数/0/1.00/甲加/甲加"], []),
    ],
)
def test_it_is_asked_about(
    first: tuple[Edit, ...], other: tuple[Edit, ...], tables_there: list[str], asked: list[str]
) -> None:
    assert joined(first, other) == (tables_there, asked)
