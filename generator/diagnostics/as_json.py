"""Findings for programs: a stable JSON shape."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from generator.diagnostics.as_text import ordered
from generator.diagnostics.diagnostic import Diagnostic, Severity


def as_json(diagnostics: Iterable[Diagnostic], result: Mapping[str, object] | None = None) -> str:
    """`{"findings": [{severity, code, message, hint, basis, places: [{file, line, sheet, cell}]}], "counts": {…}}`.

    `result`: what a command made, under its own names beside them.
    """
    found = ordered(diagnostics)
    counts = {s.word: sum(d.severity is s for d in found) for s in reversed(Severity)}
    return json.dumps(
        {
            "findings": [
                {
                    "severity": d.severity.word,
                    "code": d.code,
                    "message": d.message,
                    "hint": d.hint,
                    "basis": d.basis,
                    "places": [p.as_data() for p in d.places],
                }
                for d in found
            ],
            "counts": counts,
            **(result or {}),
        },
        ensure_ascii=False,
        indent=2,
    )
