"""A small run of tests/long/table_shapes.py: right tables in many shapes are read right or refused, never wrong."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from table_shapes import EXAMPLES, all_right_tables, judged, shaped

COUNT = 180


@pytest.fixture(scope="module")
def verdicts() -> list[tuple[str, str]]:
    pack, models = all_right_tables()
    assert len(models) == 9 * len(EXAMPLES)
    shapes = (shaped(models[number % len(models)], random.Random(f"suite.{number}")) for number in range(COUNT))
    return [judged(pack, shape) for shape in shapes]


def test_no_shape_gives_a_wrong_figure(verdicts: list[tuple[str, str]]) -> None:
    assert [why for verdict, why in verdicts if verdict == "WRONG"] == []


def test_most_shapes_are_read(verdicts: list[tuple[str, str]]) -> None:
    """Some cannot be: groups that nothing names, merges lost with their labels in the middle."""
    assert Counter(verdict for verdict, _ in verdicts)["right"] >= COUNT * 8 // 10
