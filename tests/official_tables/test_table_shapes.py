"""A small run of tests/long/table_shapes.py: right tables in many shapes are read right or refused, never wrong."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from table_shapes import EXAMPLES, all_right_tables, judged, shaped

COUNT = 180


@pytest.fixture(scope="module")
def verdicts() -> list[tuple[str, str, bool]]:
    pack, models = all_right_tables()
    assert len(models) == 9 * len(EXAMPLES)
    shapes = (shaped(models[number % len(models)], random.Random(f"suite.{number}")) for number in range(COUNT))
    return [(*judged(pack, shape), shape.told) for shape in shapes]


def test_no_shape_gives_a_wrong_figure(verdicts: list[tuple[str, str, bool]]) -> None:
    assert [why for verdict, why, _ in verdicts if verdict == "WRONG"] == []


def test_most_shapes_are_read(verdicts: list[tuple[str, str, bool]]) -> None:
    """Of those in which something says which figures are meant."""
    told = Counter(verdict for verdict, _, is_told in verdicts if is_told)
    assert told["right"] * 10 >= sum(told.values()) * 9
