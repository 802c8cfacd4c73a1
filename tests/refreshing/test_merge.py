"""Three versions of a sentence into one: generated before, a person's, generated now."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.refreshing.merge import merge
from generator.word_file.align import tokens


def merged(base: str, theirs: str, ours: str) -> tuple[str, list[str]]:
    """The sentence that comes out, and the kinds of what could not be joined."""
    words = tokens([(theirs, "")], str)
    made = merge(tokens([(base, "")], str), words, tokens([(ours, "")], str), lambda _: None)
    for edit in reversed(made.edits):
        words[edit.start : edit.end] = edit.tokens
    return "".join(word.text for word in words), [clash.kind for clash in made.clashes]


@pytest.mark.parametrize(
    ("base", "theirs", "ours", "joined"),
    [
        ("主要是甲的乙。", "主要是丙的乙。", "主要是丙的丁。", "主要是丙的丁。"),
        ("主要是甲的乙。", "主要是甲的丁。", "主要是丙的丁。", "主要是丙的丁。"),
        ("主要是甲的乙的丙。", "主要是甲的新的丙。", "主要是丁的新的戊。", "主要是丁的新的戊。"),
        ("主要是甲的乙。", "主要是丙的丁。", "主要是丙的丁。", "主要是丙的丁。"),
        ("比上年增加。", "比上年增加，", "比上年减少。", "比上年减少，"),
    ],
)
def test_what_the_person_has_corrected_already_is_not_corrected_twice(
    base: str, theirs: str, ours: str, joined: str
) -> None:
    assert merged(base, theirs, ours) == (joined, [])


def test_the_same_words_changed_by_both_are_asked_about() -> None:
    assert merged("主要是甲。", "主要是乙。", "主要是丙。") == ("主要是乙。", ["conflict"])


SENTENCES = st.text("甲乙丙丁的了，。", min_size=2, max_size=14)
EDITS = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 3), st.text("新旧增减", max_size=3)), max_size=3)


def edited(sentence: str, edits: list[tuple[int, int, str]]) -> str:
    for at, length, new in edits:
        sentence = sentence[:at] + new + sentence[at + length :]
    return sentence


@settings(max_examples=400)
@given(SENTENCES, EDITS)
def test_one_side_changed_or_both_alike(base: str, edits: list[tuple[int, int, str]]) -> None:
    other = edited(base, edits)
    assert merged(base, base, other) == (other, [])
    assert merged(base, other, base) == (other, [])
    assert merged(base, other, other) == (other, [])


@settings(max_examples=400)
@given(SENTENCES, EDITS, EDITS)
def test_no_word_of_the_person_is_lost(
    base: str, theirs: list[tuple[int, int, str]], ours: list[tuple[int, int, str]]
) -> None:
    typed = edited(
        base, [(at, length, "".join(chr(ord("Ａ") + n) for n in range(len(new)))) for at, length, new in theirs]
    )
    kept = [sign for sign in typed if "Ａ" <= sign <= "Ｚ"]

    found, _ = merged(base, typed, edited(base, ours))

    assert [sign for sign in found if "Ａ" <= sign <= "Ｚ"] == kept
