"""What is told, whichever finding leads: a finding and all that is folded under it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.diagnostics import Diagnostic


def every(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    for one in findings:
        yield one
        yield from every(one.consequences)
