"""Numbers of headings: 一、 （二） 3. 第四部分, 附件1."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.document.numbering import Counters, chinese_number, formatted


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九"), (100, "一百"),
        (101, "一百零一"), (110, "一百一十"), (115, "一百一十五"), (200, "二百"), (1000, "一千"), (1001, "一千零一"),
        (1010, "一千零一十"), (1100, "一千一百"), (2020, "二千零二十"), (9999, "九千九百九十九"),
    ],
)  # fmt: skip
def test_chinese_numbers(number: int, words: str) -> None:
    assert chinese_number(number) == words


@pytest.mark.parametrize("number", [0, -1, 10000])
def test_numbers_that_no_heading_has(number: int) -> None:
    with pytest.raises(ValueError, match="编号超出范围"):
        chinese_number(number)


def value(words: str) -> int:
    total, digit = 0, 0
    for sign in words:
        if sign in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(sign)
    return total + digit


@given(st.integers(1, 9999))
def test_every_number_reads_back(number: int) -> None:
    assert value(chinese_number(number)) == number


@pytest.mark.parametrize(
    ("pattern", "number", "printed"),
    [
        ("第{一}部分 ", 3, "第三部分 "),
        ("（{一}）", 12, "（十二）"),
        ("{1}.", 12, "12."),
        ("图{1}：{题}", 2, "图2：{题}"),
        ("", 5, ""),
    ],
)
def test_a_format_with_its_number(pattern: str, number: int, printed: str) -> None:
    assert formatted(pattern, number) == printed


def numbered(*headings: tuple[int, str]) -> list[str]:
    counters = Counters()
    return [counters.next(level, pattern) for level, pattern in headings]


def test_deeper_headings_begin_anew_under_each_heading() -> None:
    part, section, item = (1, "第{一}部分"), (2, "{一}、"), (3, "（{一}）")
    assert numbered(part, section, item, item, section, item, part, section) == [
        "第一部分", "一、", "（一）", "（二）", "二、", "（一）", "第二部分", "一、",
    ]  # fmt: skip


def test_each_kind_of_number_counts_its_own() -> None:
    """附件1 stands behind 第三部分 on the same level, and is the first of its kind."""
    assert numbered((1, "第{一}部分"), (1, "第{一}部分"), (1, "附件{1}"), (1, "第{一}部分"), (1, "附件{1}")) == [
        "第一部分", "第二部分", "附件1", "第三部分", "附件2",
    ]  # fmt: skip
