"""A small run of tests/long/table_shapes.py: right tables in many shapes are read right or refused, never wrong."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from table_shapes import EXAMPLES, all_right_tables, budgets, judged, shaped, swapped

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


def test_budgets_in_many_shapes_and_either_kind_given_as_the_other() -> None:
    pack, models = all_right_tables()
    planned = list(budgets(pack, models))
    right = [judged(pack, shaped(planned[n % len(planned)], random.Random(f"budget.{n}"))) for n in range(40)]
    assert [why for verdict, why in right if verdict == "WRONG"] == []
    assert sum(verdict == "right" for verdict, _ in right) >= 32
    given = [(planned[n % len(planned)], n) for n in range(25)] + [(models[n % len(models)], n) for n in range(18)]
    other = [swapped(pack, shaped(model, random.Random(f"swap.{n}"))) for model, n in given]
    assert [why for verdict, why in other if verdict == "WRONG"] == []
