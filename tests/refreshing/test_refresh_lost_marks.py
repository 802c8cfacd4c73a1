"""A program that drops bookmarks has saved the file: what stands in it is enough, and the marks come back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from refresh_cases import built, refreshed
from test_refresh_scenarios import CORRECTIONS
from word_by_hand import marked

from generator.word.parts import Parts
from generator.word.read import read_outline
from generator.word_file.paragraph import take_off_marks


def without_bookmarks(docx: bytes) -> bytes:
    parts = Parts(docx)
    take_off_marks(parts.tree(parts.document))
    return parts.save()


@pytest.mark.parametrize("correction", ["less", "equal", "item"])
def test_all_bookmarks_are_gone(correction: str, validate_docx: Callable[[bytes], str]) -> None:
    fresh = built("gongjing-2020", CORRECTIONS[correction])
    bare = without_bookmarks(built("gongjing-2020"))
    assert not marked(bare)

    result = refreshed(bare, fresh)

    assert read_outline(result.docx) == read_outline(fresh)
    assert sorted(marked(result.docx)) == sorted(marked(fresh))
    assert result.remarks == ()
    assert validate_docx(result.docx) == ""


def test_running_it_again_changes_nothing() -> None:
    fresh = built("gongjing-2020", CORRECTIONS["less"])

    once = refreshed(without_bookmarks(built("gongjing-2020")), fresh).docx

    assert refreshed(once, fresh).docx == once
