"""Three versions of a sentence into one: generated before, a person's, generated now."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.refreshing.merge import merge
from generator.refreshing.merged import Merged
from generator.word_file.align import Token, tokens


def pieces(sentence: str) -> list[Token]:
    """«收入‹91.68 收入›万元»: what stands in ‹› is a figure, with its fact's name as its mark."""
    cut = re.split("[‹›]", sentence)
    figures = [tuple(one.split(" ")) if n % 2 else (one, "") for n, one in enumerate(cut)]
    return tokens(figures, str)


def joined_from(base: str, theirs: str, ours: str) -> tuple[str, Merged]:
    """The sentence that comes out, and what else came of it."""
    words = pieces(theirs)
    made = merge(pieces(base), list(words), pieces(ours), lambda _: None)
    for edit in reversed(made.edits):
        words[edit.start : edit.end] = edit.tokens
    return "".join(word.text for word in words), made


def merged(base: str, theirs: str, ours: str) -> tuple[str, list[str]]:
    """The sentence, and the kinds of what could not be joined."""
    sentence, made = joined_from(base, theirs, ours)
    return sentence, [clash.kind for clash in made.clashes]


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


# -- figures ----------------------------------------------------------------------------------------------------------
WAS, IS = "收入‹91.68 收入›万元。", "收入‹95.20 收入›万元。"


@pytest.mark.parametrize(
    ("theirs", "ours", "joined"),
    [
        ("全年收入‹91.68 收入›万元。", IS, "全年收入95.20万元。"),
        ("收入‹90.00 收入›万元。", IS, "收入90.00万元。"),  # typed over within the mark
        ("收入90.00万元。", IS, "收入90.00万元。"),  # typed over, and the mark is gone
        ("收入‹90.00 收入›万元。", WAS, "收入90.00万元。"),
    ],
)
def test_a_figure_is_renewed_where_the_person_left_it_as_it_was(theirs: str, ours: str, joined: str) -> None:
    sentence, made = joined_from(WAS, theirs, ours)
    assert sentence == joined
    new = re.findall(r"‹(\S+) ", ours)[0]
    told = [(clash.kind, clash.old, clash.new) for clash in made.clashes]
    assert told == ([] if new in joined else [("overtyped", "91.68", new)])


def test_a_figure_that_the_person_corrected_already_gets_its_mark_back() -> None:
    sentence, made = joined_from(WAS, "收入95.20万元。", IS)
    assert (sentence, made.clashes, made.edits) == ("收入95.20万元。", [], [])
    assert list(made.marks.values()) == ["收入"]


# -- words that would stand there twice -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("base", "theirs", "ours"),
    [
        ("主要是甲的。", "主要是甲新的。", "主要是新的。"),
        ("主要是甲的。", "主要是新甲的。", "主要是新的。"),
    ],
)
def test_new_words_that_the_person_has_beside_the_old_ones_are_asked_about(base: str, theirs: str, ours: str) -> None:
    assert merged(base, theirs, ours) == (theirs, ["conflict"])


# -- any sentence -----------------------------------------------------------------------------------------------------
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
