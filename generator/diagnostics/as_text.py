"""Findings as an office reads them on the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from generator.diagnostics.diagnostic import Diagnostic, Severity
from generator.diagnostics.to_fill import to_fill_lines

_SHOWN_PLACES = 6


def as_text(diagnostic: Diagnostic) -> str:
    """«错误 T1-BAL  收支.yaml 第12行» and below it what is wrong, what to do, and the other places."""
    lines = [f"{diagnostic.severity.word} {diagnostic.code}  {diagnostic.place}".rstrip(), f"    {diagnostic.message}"]
    if diagnostic.hint.strip():
        lines.append(f"    {diagnostic.hint}")
    others = diagnostic.places[1:]
    if others:
        shown = "；".join(map(str, others[:_SHOWN_PLACES]))
        more = f" 等{len(others)}处" if len(others) > _SHOWN_PLACES else ""
        lines.append(f"    涉及：{shown}{more}")
    if diagnostic.consequences:
        lines.append(f"    由此还有：{_briefly(diagnostic.consequences)}（改正以后再看）")
    if diagnostic.basis:
        lines.append(f"    依据：{diagnostic.basis}")
    return "\n".join(lines)


def _briefly(consequences: Sequence[Diagnostic]) -> str:
    """«错误 T1-BAL、T4-BAL；警告 T4-TO»."""
    kinds: dict[str, dict[str, int]] = {}
    for one in sorted(consequences, key=lambda one: -one.severity):
        codes = kinds.setdefault(one.severity.word, {})
        codes[one.code] = codes.get(one.code, 0) + 1
    return "；".join(
        f"{word} " + "、".join(code + (f"（{count}处）" if count > 1 else "") for code, count in codes.items())
        for word, codes in kinds.items()
    )


def ordered(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Errors first, then by file and line; in a sheet row by row, C9 before B10."""
    return sorted(
        diagnostics,
        key=lambda d: (-d.severity, d.place.file, d.place.line, d.place.sheet, d.place.row_first(), d.code),
    )


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """«2个错误、待填25处、1个警告», or «没有发现问题»."""
    counts = Counter(d.severity for d in diagnostics)
    parts = [
        f"{s.word}{counts[s]}处" if s is Severity.TO_FILL else f"{counts[s]}个{s.word}"
        for s in reversed(Severity)
        if counts[s]
    ]
    return "、".join(parts) if parts else "没有发现问题"


def report_lines(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """Every finding, errors first; at the end the list of what is still to be filled in, and the counts."""
    given = list(diagnostics)
    found = ordered(given)
    for diagnostic in found:
        if diagnostic.severity is not Severity.TO_FILL:
            yield as_text(diagnostic)
    yield from to_fill_lines(given)
    yield f"共{summary(found)}。" if found else "没有发现问题。"
