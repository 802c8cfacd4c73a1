"""名词解释: exactly the terms and 科目 that the document uses, in the pack's order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.document.nodes import Block, Chart, Figure, Heading, Inlines, Paragraph, Row, Run, Table
from generator.facts.accounts import AccountCode, Accounts
from generator.facts.fact import Facts, Rows
from generator.phrasing.session import Session
from generator.quantity import Blank


@dataclass(frozen=True, slots=True)
class Term:
    """`found_as`: the spellings whose appearance in the document calls for the explanation."""

    word: str
    explanation: str
    found_as: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccountTerms:
    """Here come the functional 科目 of the document, explained by the office in the rows' 解释."""

    tables: tuple[str, ...]


GlossaryEntry = Term | AccountTerms


def inline_words(content: Inlines) -> str:
    return "".join(piece.text for piece in content if isinstance(piece, Run | Figure))


def _row_words(row: Row) -> Iterator[str]:
    for cell in row.cells:
        if isinstance(cell, str):
            yield cell
        elif not isinstance(cell, Figure):
            yield inline_words(cell)


def document_words(blocks: Iterable[Block]) -> str:
    """All words of the document, one block a line."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            lines.append(inline_words(block.content))
        elif isinstance(block, Table):
            for row in (*block.head, *block.body):
                lines.extend(_row_words(row))
        elif isinstance(block, Chart):
            lines.extend(block.categories)
    return "\n".join(lines)


def glossary_paragraphs(
    entries: Sequence[GlossaryEntry], blocks: Iterable[Block], facts: Facts, accounts: Accounts, session: Session
) -> Iterator[str]:
    """Text (with tokens) of each explanation: «财政拨款收入：指…»."""
    words = document_words(blocks)
    fiscal_year = facts.fiscal_year
    for entry in entries:
        if isinstance(entry, Term):
            if any(spelling in words for spelling in entry.found_as):
                yield session.printed(f"{entry.word}：{entry.explanation}")
            continue
        seen: set[str] = set()
        for table in entry.tables:
            rows = facts.entries.get(table)
            for row in rows if isinstance(rows, Rows) else ():
                typed, explanation = row.entries["科目"], row.entries.get("解释")
                code = typed if isinstance(typed, AccountCode) else str(typed)
                if code in seen or explanation is None:
                    continue
                seen.add(code)
                name = accounts.full_name(code, fiscal_year) or code
                if isinstance(explanation, Blank):
                    yield session.printed(f"{name}：") + session.printed(explanation)
                else:
                    yield session.printed(f"{name}：{explanation}")
