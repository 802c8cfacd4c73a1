"""Findings for programs: a stable JSON shape."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from generator.diagnostics.as_text import ordered
from generator.diagnostics.diagnostic import Diagnostic, Severity


def as_json(diagnostics: Iterable[Diagnostic], result: Mapping[str, object] | None = None) -> str:
    """`{"findings": [{severity, kind, code, message, hint, basis, places: [{file, line, sheet, cell}]}], "counts"}`.

    `severity` is 错误, 待填, 警告 or 提示; `kind` is "to_fill" for 待填, which nobody has filled in yet (`fact` and
    `label` then name the field), else "finding". `consequences`, where there are any: findings
    that end with this one. `result`: what a command made, under its own names beside them.
    """
    found = ordered(diagnostics)

    def data(d: Diagnostic) -> dict[str, object]:
        return {
            "severity": d.severity.word,
            "kind": "to_fill" if d.severity is Severity.TO_FILL else "finding",
            "code": d.code,
            "message": d.message,
            "hint": d.hint,
            "basis": d.basis,
            "places": [p.as_data() for p in d.places],
            **({"fact": d.fact, "label": d.label} if d.severity is Severity.TO_FILL else {}),
            **({"consequences": [data(one) for one in d.consequences]} if d.consequences else {}),
        }

    counts = {s.word: sum(d.severity is s for d in found) for s in reversed(Severity)}
    return json.dumps(
        {
            "findings": [data(d) for d in found],
            "counts": counts,
            **(result or {}),
        },
        ensure_ascii=False,
        indent=2,
    )
