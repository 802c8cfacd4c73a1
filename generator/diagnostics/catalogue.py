"""All sentences that the program itself says about what it found. A pack's own checks carry theirs in YAML.

The letter names the room: I reading input, A 科目, F facts and required figures, T packs and templates, D document,
W Word and PDF, O files and commands. Sentences are `str.format` templates; whoever reports gives the named values.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics.diagnostic import Diagnostic, Severity
from generator.place import Place


@dataclass(frozen=True, slots=True)
class Entry:
    severity: Severity
    message: str
    hint: str = ""


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

CATALOGUE: dict[str, Entry] = {
    # -- I: reading input ---------------------------------------------------------------------------------------------
    # -- A: 科目 ------------------------------------------------------------------------------------------------------
    # -- F: facts -----------------------------------------------------------------------------------------------------
    # -- T: packs and templates ---------------------------------------------------------------------------------------
    # -- D: document --------------------------------------------------------------------------------------------------
    # -- W: Word and PDF ----------------------------------------------------------------------------------------------
    # -- O: files and commands ----------------------------------------------------------------------------------------
}


def finding(code: str, *places: Place, basis: str = "", **values: object) -> Diagnostic:
    """A diagnostic with the catalogue's sentence. Unknown codes and missing values are our own mistakes and raise."""
    entry = CATALOGUE[code]
    return Diagnostic(
        entry.severity, code, entry.message.format(**values), entry.hint.format(**values), tuple(places), basis
    )
