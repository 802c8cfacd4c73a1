"""Which row is which when a person has changed a table: rows of before on the left, as they were generated below."""

from __future__ import annotations

from generator.refreshing.row_pairs import row_key, row_pairs

WAS = [
    "科目\t名称\t金额",
    "2080101\t行政运行\t11.54",
    "2080104\t综合业务\t11.76",
    "2130506\t社会发展\t4.05",
    "\t合计\t27.35",
]


def test_rows_are_known_by_what_is_left_of_them() -> None:
    theirs = [
        "\t合计\t27.35",  # moved to the top
        "2130506\t社会发展\t4.00",  # its figure typed over
        "2080104\t综合业务管理（改）\t11.76",  # its name retyped
        "2080109\t行政运行\t7.77",  # another code, another figure: a row of the person's
        "我的表头\t\t",
    ]
    assert row_pairs(theirs, WAS) == {0: 4, 1: 3, 2: 2}


def test_a_row_whose_words_are_all_new_is_known_by_the_marks_of_its_figures() -> None:
    theirs, nobody = ["甲\t乙\t1.00"], frozenset[str]()
    names = [nobody, frozenset({"行政运行.决算"}), frozenset({"综合业务.决算"}), nobody, nobody]
    assert row_pairs(theirs, WAS, [frozenset({"综合业务.决算"})], names) == {0: 2}


def test_two_rows_that_share_one_figure_are_not_told_apart_by_it() -> None:
    assert row_pairs(["\t\t5.15"], ["\t\t5.15", "\t\t5.15"]) == {0: 0}  # equal: the first is as good as the second
    assert row_pairs(["甲\t5.15\t5.15"], ["乙\t5.15\t8.88", "丙\t5.15\t9.99"]) == {}


def test_many_rows_of_which_none_is_as_it_was() -> None:
    """3,000 rows, each figure typed over: no quadratic search."""
    was = [f"{2000000 + n}\t项目{n}\t{n}.15" for n in range(3000)]
    theirs = [f"{2000000 + n}\t项目{n}\t{n}.99" for n in reversed(range(3000))]
    assert row_pairs(theirs, was) == {n: 2999 - n for n in range(3000)}


def test_a_key_is_words_and_the_code() -> None:
    assert row_key("2080101\t行政运行\t11.54\t0.00") == ("2080101", "行政运行")
    assert row_key("\t\t5.00") == ()
