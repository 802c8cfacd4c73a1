"""Errors planted one at a time are found where they are: a small run; `tests/long/verify_recall.py` runs all."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from planting import Planter, plantings


@pytest.mark.parametrize(
    "name",
    [
        "chengde-2022",
        "gongjing-2021",
        "heshuo-2018",
        "putuo-planning-2024",
        "sichuan-project-2023",
        "taoyuan-2019",
        "xihu-2022",
    ],
)
def test_planted_errors_are_found(name: str, word_of: Callable[[str], bytes]) -> None:
    """One of every pack; a few last digits lie within rounding and are only hinted at."""
    found = list(plantings(word_of(name), random.Random(7), 20))
    missed = [one.planted.what for one in found if not one.said]
    assert len(missed) <= 2, missed
    assert [one.planted.what for one in found if not one.hinted] == []


def test_every_kind_is_planted(word_of: Callable[[str], bytes]) -> None:
    kinds = {name: "".join(sorted(Planter(word_of(name)).kinds)) for name in ("gongjing-2021", "sichuan-project-2023")}
    assert kinds == {"gongjing-2021": "句图格簿行词", "sichuan-project-2023": "分格行"}
