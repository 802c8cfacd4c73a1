"""One sentence of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics.diagnostic import Severity


@dataclass(frozen=True, slots=True)
class Entry:
    severity: Severity
    message: str
    hint: str = ""
