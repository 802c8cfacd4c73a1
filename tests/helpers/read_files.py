"""Files alone → what they hold: the steps that a case of several files takes together, for the tests of the readers."""

from __future__ import annotations

from collections.abc import Sequence

from generator.diagnostics import Outcome
from generator.facts.accounts import Accounts
from generator.facts.fact import Facts
from generator.filling.to_facts import to_facts
from generator.form.fields import Fields
from generator.form.sources import Source
from generator.reading.read_excel import open_workbook, read_forms
from generator.reading.read_yaml import parse_yaml


def read_yaml(files: Sequence[tuple[str, str]], fields: Fields, accounts: Accounts) -> Outcome[Facts]:
    """(name, text) of each file of one unit and year → all facts of the form, and what is wrong with them."""
    sources = parse_yaml(files)
    facts = to_facts(sources.value, fields, accounts)
    return Outcome(facts.value, sources.diagnostics + facts.diagnostics)


def read_workbook(file: str, data: bytes, fields: Fields) -> Outcome[Source | None]:
    """One workbook by itself: opened and read."""
    opened = open_workbook(file, data)
    if opened.value is None:
        return Outcome(None, opened.diagnostics)
    read = read_forms((opened.value,), (), fields)
    return Outcome(read.value[0] if read.value else None, opened.diagnostics + read.diagnostics)
