"""One cause, one finding: what ends when another finding is mended is told with it, not beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.diagnostics import CATALOGUE, Diagnostic, Severity

_FOLLOWING = frozenset(("F004", "F005", "F007", "C001", "C002", "C042", "I039"))
"""Besides the pack's own checks: what a wrong amount brings about elsewhere."""

_UNJUDGED = frozenset(("F007", "I039"))
"""What the document finds, and what is only a hint."""


def with_consequences(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The findings with each consequence under the cause whose wrong cells it names.

    A cause becomes as grave as the gravest of its consequences, so that nothing which stops a build is lost.
    """
    causes = [one for one in findings if one.wrong]
    if not causes:
        return list(findings)
    taken: dict[int, list[Diagnostic]] = {}
    kept: list[Diagnostic | int] = []
    for one in findings:
        if one.wrong:
            kept.append(causes.index(one))
            continue
        number = next((n for n, cause in enumerate(causes) if _follows(one, cause)), None)
        if number is None:
            kept.append(one)
        else:
            taken.setdefault(number, []).append(one)
    return [_with(causes[one], taken.get(one, ())) if isinstance(one, int) else one for one in kept]


def _follows(one: Diagnostic, cause: Diagnostic) -> bool:
    """Of a cause that has been tried out (`causes`) what it explains is known; only what was not tried may follow."""
    rule = one.code not in CATALOGUE and one.severity in (Severity.ERROR, Severity.WARNING)
    if (not rule and one.code not in _FOLLOWING) or (cause.consequences and one.code not in _UNJUDGED):
        return False
    return not set(one.places).isdisjoint(cause.places[: cause.wrong])


def _with(cause: Diagnostic, consequences: Sequence[Diagnostic]) -> Diagnostic:
    severity = max((one.severity for one in consequences), default=cause.severity)
    return replace(cause, severity=max(cause.severity, severity), consequences=(*cause.consequences, *consequences))
