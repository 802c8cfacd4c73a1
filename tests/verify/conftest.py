"""The shipped examples as Word files, each made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import pytest
from examples_built import built


@pytest.fixture(scope="session")
def word_of() -> Callable[[str], bytes]:
    return lru_cache(maxsize=None)(built)
