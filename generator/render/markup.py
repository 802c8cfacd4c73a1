"""Chapter text → raw blocks: headings, paragraphs, numbered paragraphs, fences.

markdown-it-py finds the blocks, with only these rules switched on; `**bold**` is the only mark inside a line. What an
office typed is a token here and never read as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from markdown_it import MarkdownIt

from generator.diagnostics import Diagnostic, finding
from generator.document.nodes import Inline, Inlines
from generator.expressions.lines import line_ends
from generator.phrasing.session import TOKEN, Session, append_inline
from generator.place import Place

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_FILLED_FENCE = re.compile(r"^[ ]{0,3}(?:```|~~~)(.*\{\{.*)$", re.MULTILINE)
_FIRST_TOKEN, _LAST_TOKEN = re.compile(f"^{TOKEN.pattern}"), re.compile(f"{TOKEN.pattern}$")
_MARKER = re.compile(r"\s*\{(\w+)\}\s*$")


@dataclass(frozen=True, slots=True)
class RawHeading:
    level: int
    content: Inlines
    scheme: str
    line: int


@dataclass(frozen=True, slots=True)
class RawParagraph:
    """`number` is its place in a numbered list, 0 outside."""

    content: Inlines
    number: int = 0


@dataclass(frozen=True, slots=True)
class RawFence:
    """A fenced block: its word, what stands behind it on the line, and its lines."""

    kind: str
    argument: str
    lines: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class RawUnknown:
    """A mark that chapters may not use (bullet lists)."""

    mark: str
    line: int


RawBlock = RawHeading | RawParagraph | RawFence | RawUnknown


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    parser = MarkdownIt("zero").enable(["heading", "fence", "list"])
    parser.core.ruler.disable(["inline", "normalize"])
    return parser


@dataclass(slots=True)
class _Lists:
    """Numbers of the ordered lists that are open, innermost last."""

    numbers: list[int] = field(default_factory=list)
    pending: int = 0


def raw_blocks(text: str, session: Session) -> Iterator[RawBlock]:
    """The blocks of one rendered chapter, in order. Lines are those of the rendered text."""
    lists = _Lists()
    heading = 0
    for token in _markdown().parse(line_ends(text)):
        kind = token.type
        line = token.map[0] + 1 if token.map else 0
        if kind == "inline":
            if heading:
                content, scheme = _heading_parts(token.content)
                yield RawHeading(heading, _inlines(content, session), scheme, line)
                heading = -1
            else:
                yield from _paragraphs(token.content, session, lists)
        elif kind == "heading_open":
            heading = int(token.tag[1])
        elif kind == "heading_close":
            if heading > 0:  # a heading without words: its number is all it prints
                yield RawHeading(heading, (), "", line)
            heading = 0
        elif kind == "ordered_list_open":
            lists.numbers.append(0)
        elif kind == "ordered_list_close":
            lists.numbers.pop()
        elif kind == "list_item_open" and lists.numbers:
            lists.numbers[-1] += 1
            lists.pending = lists.numbers[-1]
        elif kind == "bullet_list_open":
            yield RawUnknown(token.markup, line)
        elif kind == "fence":
            word, _, argument = token.info.strip().partition(" ")
            yield RawFence(word, argument.strip(), tuple(token.content.splitlines()), line)


def filled_in_fences(source: str, file: str) -> Iterator[Diagnostic]:
    """T123 for «```表 {{ 名 }}» in a chapter's source: what a fence is and what it names must be known without data."""
    text = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), source)
    for found in _FILLED_FENCE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield finding("T123", Place(file, line), what=found[1].strip())


def _heading_parts(content: str) -> tuple[str, str]:
    marker = _MARKER.search(content)
    return (content[: marker.start()], marker[1]) if marker else (content, "")


def _joined_lines(content: str, session: Session) -> str:
    """Chinese lines join without a space; between Latin letters or digits, typed or filled in, one stays."""
    lines = [line.strip() for line in content.split("\n")]
    text = lines[0]
    for line in lines[1:]:
        latin = _is_latin(text, -1, session) and _is_latin(line, 0, session)
        text += f" {line}" if latin else line
    return text


def _is_latin(line: str, position: int, session: Session) -> bool:
    """Whether the first (0) or last (-1) character that a reader sees is a Latin letter or digit."""
    token = (_FIRST_TOKEN if position == 0 else _LAST_TOKEN).search(line)
    if token:
        item = next(session.things(token[0]))
        line = str(getattr(item, "text", item)).strip()
    letter = line[position:][:1]
    return letter.isascii() and letter.isalnum()


def _bold_parts(text: str) -> Iterator[tuple[str, bool]]:
    parts = text.split("**")
    if len(parts) % 2 == 0:  # an unpaired mark is printed as it stands
        yield text, False
        return
    for number, part in enumerate(parts):
        if part:
            yield part, number % 2 == 1


def _inlines(content: str, session: Session) -> Inlines:
    result: list[Inline] = []
    for text, bold in _bold_parts(_joined_lines(content, session)):
        for piece in session.pieces(text):
            append_inline(result, piece, bold)
    return tuple(result)


def _paragraphs(content: str, session: Session, lists: _Lists) -> Iterator[RawParagraph]:
    """One paragraph, or several where an office's text has several lines."""
    number, lists.pending = lists.pending, 0
    current: list[Inline] = []
    new_line = False
    for text, bold in _bold_parts(_joined_lines(content, session)):
        for piece in session.pieces(text):
            broken = isinstance(piece, str) and "\n" in piece
            lines = [line.strip() for line in str(piece).split("\n")] if broken else [piece]
            for position, line in enumerate(lines):
                new_line = new_line or position > 0
                if line == "":
                    continue
                if new_line and current:
                    yield RawParagraph(tuple(current), number)
                    current, number = [], 0
                new_line = False
                append_inline(current, line, bold)
    if current:
        yield RawParagraph(tuple(current), number)
