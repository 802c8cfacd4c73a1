"""Everything that is checked in the texts that an office wrote freely.

Each check takes one paragraph and yields remarks; here they get the text's label and cell. `facts` hold the texts as
they will be printed, figures in place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.checks.agreement import Labels
from generator.checks.arithmetic import sentence_remarks
from generator.checks.denials import Items, own_denials
from generator.checks.lists import list_remarks
from generator.checks.remark import Remark
from generator.checks.wording import (
    FormWords,
    bracket_remarks,
    debris_remarks,
    privacy_remarks,
    repetition_remarks,
    wording_remarks,
)
from generator.diagnostics import Diagnostic, finding
from generator.facts.fact import Facts, Text, YesNo, walk

LineCheck = Callable[[str], Iterator[Remark]]


def text_findings(facts: Facts, form_words: FormWords) -> Iterator[Diagnostic]:
    """C010–C026, C030–C033, C046: each text once, with the paragraph when it has several."""
    checks: tuple[LineCheck, ...] = (
        repetition_remarks,
        debris_remarks,
        form_words.remarks,
        wording_remarks,
        sentence_remarks,
        list_remarks,
        Labels(facts).remarks,
        Items.of(facts).remarks,
        privacy_remarks,
    )
    for reason, remark in own_denials(facts):
        yield finding(remark.code, reason.place, *remark.places, label=reason.label or reason.name, **remark.values)
    for fact in walk(facts):
        if not isinstance(fact, Text) or isinstance(fact, YesNo):
            continue
        label = fact.label or fact.name
        for remark in bracket_remarks(fact):
            yield finding(remark.code, fact.place, label=label, **remark.values)
        lines = [line for line in fact.split("\n") if line.strip()]
        for number, line in enumerate(lines, 1):
            where = f"{label}第{number}段" if len(lines) > 1 else label
            for check in checks:
                for remark in check(line):
                    yield finding(remark.code, fact.place, *remark.places, label=where, **remark.values)
