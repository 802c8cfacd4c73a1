"""All sentences that the program itself says about what it found. A pack's own checks carry theirs in YAML.

A code's letter names the file of this folder. Sentences are `str.format` templates; whoever reports gives the
named values.
"""

from __future__ import annotations

from pathlib import PurePath

from generator.diagnostics.catalogue import (
    accounts,
    adopting,
    checks,
    corrections,
    facts,
    files,
    machine,
    new_year,
    packs,
    publishing,
    reading,
    verify,
    word,
    workbooks,
)
from generator.diagnostics.catalogue.entry import Entry
from generator.diagnostics.diagnostic import Diagnostic
from generator.names import readable
from generator.place import Place

CATALOGUE: dict[str, Entry] = {
    code: entry
    for letter in (
        *(reading, new_year, workbooks, accounts, facts, checks, packs, verify, word, corrections, files),
        *(adopting, machine, publishing),
    )
    for code, entry in letter.ENTRIES.items()
}


def finding(code: str, *places: Place, **values: object) -> Diagnostic:
    """A diagnostic with the catalogue's sentence. Unknown codes and missing values are our own mistakes and raise."""
    entry = CATALOGUE[code]
    values = {name: readable(str(value)) if isinstance(value, PurePath) else value for name, value in values.items()}
    message, hint = entry.message.format(**values), entry.hint.format(**values)
    fact, label = (str(values.get(word, "")) for word in ("name", "label"))
    return Diagnostic(entry.severity, code, message, hint, tuple(places), fact=fact, label=label)
