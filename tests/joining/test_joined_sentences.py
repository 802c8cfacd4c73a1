"""Three versions of one paragraph, sentence by sentence."""

from __future__ import annotations

import random

import pytest

from generator.joining.sentences import joined, sentences

BASE = "甲一。乙二。丙三。"


def both(first: str, other: str) -> tuple[str, list[str]]:
    """What stands there afterwards, and what of the other's is left for a comment."""
    taken, clashes = joined(BASE, first, other)
    for one in sorted(taken, key=lambda each: (each.start, each.other_start), reverse=True):
        first = first[: one.start] + other[one.other_start : one.other_end] + first[one.end :]
    return first, [one.words for one in clashes]


@pytest.mark.parametrize(
    ("first", "other", "result", "left"),
    [
        ("甲一改。乙二。丙三。", "甲一。乙二。丙三改。", "甲一改。乙二。丙三改。", []),
        ("甲一改。乙二。丙三。", "甲一改。乙二。丙三。", "甲一改。乙二。丙三。", []),
        ("甲一改。乙二。丙三。", "甲一换。乙二。丙三。", "甲一改。乙二。丙三。", ["甲一换。"]),
        ("甲一。乙二。丙三。丁。", "甲一。乙二。丙三。戊。", "甲一。乙二。丙三。丁。戊。", []),
        ("甲一。乙二。丙三改。丁。", "甲一。乙二。丙三。丁。", "甲一。乙二。丙三改。丁。", []),
        ("甲一。乙二。丙三。丁。", "甲一。乙二。丙三改。丁。", "甲一。乙二。丙三改。丁。", []),
        ("甲一。丙三。", "甲一。乙二。丙三。丁。", "甲一。丙三。丁。", []),
        ("甲一。丙三。", "甲一。乙二改。丙三。", "甲一。丙三。", ["乙二改。"]),
        ("甲一。乙二改。丙三。", "甲一。丙三。", "甲一。乙二改。丙三。", [""]),
        ("甲一。另写一句。又添别的。丙三。", "甲一。另写一句。丙三。", "甲一。另写一句。又添别的。丙三。", []),
        ("另写一句长话。乙二。丙三。", "再写别的一句。乙二。丙三。", "另写一句长话。乙二。丙三。", ["再写别的一句。"]),
    ],
)
def test_sentences_of_two_people(first: str, other: str, result: str, left: list[str]) -> None:
    assert both(first, other) == (result, left)


def test_no_sentence_of_either_is_lost_and_none_is_new() -> None:
    chance = random.Random(1)
    words = ("甲一二三。", "乙四五六。", "丙七八九。", "丁一四七。", "乙四五改。", "丙七改九。", "甲改。")
    for _ in range(2000):
        base, first, other = ("".join(chance.choices(words, k=chance.randint(0, 4))) for _ in range(3))
        taken, clashes = joined(base, first, other)
        result = first
        for one in sorted(taken, key=lambda each: (each.start, each.end, each.other_start), reverse=True):
            result = result[: one.start] + other[one.other_start : one.other_end] + result[one.end :]
        typed = {*sentences(first), *sentences(other)}
        told = [*sentences(result), *(said for clash in clashes for said in sentences(clash.words))]
        assert typed - set(sentences(base)) <= set(told), (base, first, other)
        assert set(told) <= typed, (base, first, other)
