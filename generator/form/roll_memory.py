"""What next year's input remembers of last year: its published figures, and which words were last year's.

It travels with the input, as `结转记录.yaml` in a folder, below that word in a single YAML file, or as a hidden sheet
in a workbook, and holds no words, only their digests. Without it the input is read all the same; two warnings are lost.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from generator.diagnostics import Diagnostic, finding
from generator.facts.explain import exact_text
from generator.facts.fact import Facts, Text, YesNo, path_without_keys, walk
from generator.form.sources import Cell, Listing, Section, Source
from generator.place import NOWHERE, Place
from generator.quantity import Quantity

WORD = "结转记录"
"""The word at the top of the input, and the name of the sheet."""
FILE = "结转记录.yaml"
NAME, FIGURE, DIGEST = "项", "上年数", "旧文字"
_NO_WORDS = 4
"""Texts of so few characters (无。不涉及) may well stay what they were."""


@dataclass(frozen=True, slots=True)
class Memory:
    """`figures`: name of a comparison figure → last year's figure, in the base unit (元). `texts`: (path without row
    keys, digest) of each text that has to be looked at."""

    figures: Mapping[str, Decimal]
    texts: Collection[tuple[str, str]]

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """项, 上年数, 旧文字: one of the last two is empty."""
        for name, value in self.figures.items():
            yield name, f"{value:f}", ""
        for path, digest in sorted(self.texts):
            yield path, "", digest


def digest_of(text: str) -> str:
    """A text's digest; spaces and line breaks do not count."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()[:16]


def memory_yaml(memory: Memory) -> str:
    """The entry as YAML."""
    lines = [
        "# 以下由程序写、供程序用，请不要改；删去也不影响生成，只是不再提醒“与上年一字不差”“上年数被改动”。",
        f"{WORD}:",
    ]
    for name, figure, digest in memory.rows():
        word, value = (FIGURE, figure) if figure else (DIGEST, digest)
        lines.append(f"  - {{{NAME}: {json.dumps(name, ensure_ascii=False)}, {word}: {json.dumps(value)}}}")
    return "\n".join(lines) + "\n"


def memory_of(sources: Sequence[Source]) -> Memory:
    """What the files remember. Whatever was damaged is forgotten."""
    figures: dict[str, Decimal] = {}
    texts: set[tuple[str, str]] = set()
    for source in sources:
        entry = source.root.entries.get(WORD)
        for row in entry.items if isinstance(entry, Listing) else ():
            words = row.entries if isinstance(row, Section) else {}
            name, figure, digest = (_word(words.get(word)) for word in (NAME, FIGURE, DIGEST))
            if name and digest:
                texts.add((name, digest))
            elif name and figure:
                try:
                    figures[name] = Decimal(figure)
                except InvalidOperation:
                    continue
    return Memory(figures, texts)


def listing_of(rows: Sequence[tuple[str, str, str]], place: Place) -> Listing:
    """The rows of the hidden sheet as they would stand in YAML."""
    return Listing(
        tuple(
            Section(
                {word: Cell(text, place) for word, text in zip((NAME, FIGURE, DIGEST), row, strict=True) if text}, place
            )
            for row in rows
        ),
        place,
    )


def memory_findings(memory: Memory, facts: Facts, unconfirmed: Collection[Place]) -> Iterator[Diagnostic]:
    """N020: a text is still last year's, its mark taken away. N021: a comparison figure is not last year's.

    `unconfirmed`: where a mark still stands; it has been reported.
    """
    if not memory.figures and not memory.texts:
        return
    for fact in walk(facts):
        if isinstance(fact, Text) and not isinstance(fact, YesNo):
            known = (path_without_keys(fact.name), digest_of(fact)) in memory.texts
            if known and fact.place not in unconfirmed and len(fact) > _NO_WORDS:
                yield finding("N020", fact.place, label=fact.label or fact.name)
        elif isinstance(fact, Quantity) and fact.name in memory.figures:
            last = memory.figures[fact.name]
            if abs(fact.value - last) > fact.error:
                yield finding(
                    "N021",
                    fact.place or NOWHERE,
                    label=fact.label or fact.name,
                    name=fact.name,
                    given=exact_text(fact),
                    last=exact_text(Quantity(last, fact.unit)),
                    difference=exact_text(Quantity(fact.value - last, fact.unit)),
                )


def _word(written: object) -> str:
    return (written.text or "").strip() if isinstance(written, Cell) else ""
