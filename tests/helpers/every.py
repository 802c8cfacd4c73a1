"""How much of what many cases tell is run each time: `some(cases, third)`, all of them with JUESUAN_EVERY=1.

`tests/long/every_case.py` runs them all.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

Case = TypeVar("Case")
EVERY = os.environ.get("JUESUAN_EVERY") == "1"


def some(cases: Sequence[Case], one_in: int) -> list[Case]:
    """One case in so many, the first and the last among them; all of them where every case is asked for."""
    return list(cases) if EVERY else [*cases[:-1:one_in], cases[-1]]
