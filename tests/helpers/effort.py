"""A limit to what something may cost, in processor time: other programs on the machine do not count, and what hangs is
stopped."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Fails as soon as so many seconds of the processor are used. Generous: it tells n from n², not 2 from 3."""

    def stop(number: int, frame: object) -> None:
        pytest.fail(f"more than {seconds} seconds of the processor")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
