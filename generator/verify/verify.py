"""The whole document: read, all claims found and judged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.printed.model import PrintedFigure, ReadDocument
from generator.printed.names import bare
from generator.printed.read_word import read_word
from generator.printed.sentence import A, Sentence, sentence_of
from generator.printed.table_layout import Layout
from generator.verify.claim import Claim
from generator.verify.claims_across import (
    completed_by_tables,
    known_amounts,
    lists_of_paragraphs,
    share_of_named,
    table_against_table,
    text_against_tables,
)
from generator.verify.claims_budget import budget_claims, completions
from generator.verify.claims_change import change_claims
from generator.verify.claims_chart import chart_claims
from generator.verify.claims_form import form_claims
from generator.verify.claims_none import none_claims, year_of
from generator.verify.claims_parts import parts_claims, repeated_claims
from generator.verify.claims_score import score_claims
from generator.verify.claims_table import table_claims
from generator.verify.claims_word import formula_claims


class Report(NamedTuple):
    """What was read and every claim that was judged."""

    document: ReadDocument
    claims: tuple[Claim, ...]

    @property
    def contradictions(self) -> tuple[Claim, ...]:
        return tuple(claim for claim in self.claims if claim.contradicts)


def verify(data: bytes) -> Report:
    """The report on a .docx; `ValueError` with a Chinese sentence where it is none."""
    return verify_document(read_word(data))


def verify_document(document: ReadDocument) -> Report:
    layouts = [Layout(table) for table in document.tables]
    sentences = {
        paragraph.number: sentence_of(paragraph)
        for paragraph in document.paragraphs
        if paragraph.tokens and not paragraph.heading
    }
    claims = [*table_claims(layouts), *score_claims(layouts), *form_claims(layouts)]
    claims += _in_text(layouts, sentences)
    claims += lists_of_paragraphs(document, sentences)
    claims += chart_claims(document, sentences)
    return Report(document, tuple(claims))


def _in_text(layouts: list[Layout], sentences: dict[int, Sentence]) -> Iterator[Claim]:
    known = known_amounts(layouts)
    yield from table_against_table(known)
    named = _named(sentences)
    year = year_of(sentences)
    for sentence in sentences.values():
        used: set[int] = set()
        if sentence.gap:
            continue
        yield from change_claims(sentence, used)
        done = completions(sentence)
        yield from budget_claims(sentence, done)
        yield from completed_by_tables(sentence, done, known)
        yield from parts_claims(sentence, used)
        yield from repeated_claims(sentence)
        yield from formula_claims(sentence)
        yield from share_of_named(sentence, named)
        yield from text_against_tables(sentence, known, used)
        yield from none_claims(sentence, known, named, year)


def _named(sentences: dict[int, Sentence]) -> dict[str, list[PrintedFigure]]:
    """Amounts of all paragraphs by the words before them."""
    named: dict[str, list[PrintedFigure]] = {}
    for sentence in sentences.values():
        for place in sentence.places:
            if sentence.skeleton[place] == A and (label := bare(sentence.label(place))):
                named.setdefault(label, []).append(sentence.figure(place))
    return named
