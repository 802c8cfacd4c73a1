"""The lines of a template as its author sees them: where a paragraph goes on, and which lines print nothing.

Jinja2 takes away the newline behind every tag, so that a paragraph that ends with «{% endif %}» runs into the next one,
and a sentence that is left out leaves an empty line, which ends its paragraph. Here a paragraph ends at a line that is
empty *in the template*: the end of a line with words is `SOFT`, whatever comes of the line; a line that holds nothing
but tags and comments is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jinja2 import TemplateSyntaxError
from jinja2.lexer import Lexer

SOFT = "\ufdd2"
"""Ends a line that has words: the paragraph goes on. Like a token's marks no office and no pack can type it."""
_ENDS = re.compile(f"(?:[ \t]*[\n{SOFT}])+")
_TAGS = ("block_begin", "comment_begin", "raw_begin")
_Token = tuple[int, str, str]


def line_ends(text: str) -> str:
    """What a template printed, with newlines as Markdown understands them: one inside a paragraph, two behind it."""
    return _ENDS.sub(_ended, text) if SOFT in text else text


def _ended(found: re.Match[str]) -> str:
    ends = found[0]
    if SOFT not in ends:
        return ends
    return "\n\n" if "\n" in ends else "\n"


class Lines(Lexer):
    """Jinja2's reader of templates (with `trim_blocks` and `lstrip_blocks` off) that keeps lines apart."""

    def tokeniter(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> Iterator[_Token]:
        tokens = super().tokeniter(source, name, filename, state)
        return _by_lines(tokens) if state is None else tokens


def _by_lines(tokens: Iterable[_Token]) -> Iterator[_Token]:
    line: list[_Token] = []
    said = tagged = False
    try:
        for token in tokens:
            number, kind, value = token
            if kind != "data":
                line.append(token)
                said = said or kind == "variable_begin"
                tagged = tagged or kind in _TAGS
                continue
            *ended, rest = value.split("\n")
            for below, words in enumerate(ended):
                line.append((number + below, "data", words))
                yield from _line(line, "\n", said or not (not words or words.isspace()), tagged)
                line, said, tagged = [], False, False
            line.append((number + len(ended), "data", rest))
            said = said or not (not rest or rest.isspace())
    except TemplateSyntaxError:
        yield from line  # a mistake that stands before this one is told first
        raise
    yield from _line(line, "", said, tagged)


def _line(tokens: list[_Token], end: str, said: bool, tagged: bool) -> Iterator[_Token]:
    """One line: with words (`said`), with nothing but tags and comments, or empty."""
    if said:
        yield from (one for one in tokens if one[1] != "data" or one[2])
        if end:
            yield tokens[-1][0], "data", SOFT
    elif tagged:
        yield from (one for one in tokens if one[1] != "data")
    elif end:
        yield tokens[-1][0], "data", end
