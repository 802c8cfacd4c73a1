"""Words with gaps in them, as a pack writes them, found in time linear in the text."""

from __future__ import annotations

import fnmatch
import re

from effort import at_most
from hypothesis import given
from hypothesis import strategies as st

from generator.patterns import in_turn, wildcard


@given(st.text("甲乙*", max_size=8), st.text("甲乙", max_size=8))
def test_a_star_stands_for_any_words(words: str, label: str) -> None:
    assert bool(wildcard(words).fullmatch(label)) == bool(re.match(fnmatch.translate(words), label))


def test_gaps_do_not_multiply() -> None:
    """Ten gaps, and a last word that never comes."""
    pieces = ["甲"] * 10 + ["乙"]
    with at_most(5):
        assert wildcard("*".join(pieces)).fullmatch("甲" * 20_000) is None
        assert re.search(in_turn(pieces, "[^。]{0,80}?"), "甲" * 20_000) is None
