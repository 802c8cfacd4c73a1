"""The document as one HTML file for an office's website: text, no pictures of it; no script, nothing fetched.

Same nodes as the Word file, same words paragraph by paragraph and cell by cell. Same input, same bytes.
"""

from __future__ import annotations

from typing import NamedTuple

from generator.document.nodes import Document
from generator.frames.kept_frame import frame_of
from generator.word.look import Look
from generator.writers.html.body import Body
from generator.writers.html.front import front_lines
from generator.writers.html.inline import Ink, words
from generator.writers.html.stylesheet import stylesheet

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""The file asks nobody for anything, whatever stands in it."""


class Paper(NamedTuple):
    """The document's body and the stylesheet that it needs."""

    body: str
    style: str


def paper(document: Document, look: Look, ink: Ink) -> Paper:
    """The two parts of a page that shows the document; the body belongs into an element of the class «doc»."""
    front = front_lines(frame_of(look), document.filled) if document.filled is not None else ()
    body = Body(look, ink, document.blocks)
    inside = "".join(body.write(front))
    return Paper(inside, stylesheet(look, body.styles, body.grids))


def write_html(document: Document, look: Look, *, draft: bool = False) -> bytes:
    """The .html of `document`, UTF-8, for publication. `draft`: 草稿 stands above the text, on every printed page."""
    inside, style = paper(document, look, Ink())
    banner = '<p class="draft">草稿</p>\n' if draft else ""
    meta = document.meta
    title = words(meta.title) + ("（草稿）" if draft else "")
    described = words("，".join(part for part in (meta.author, meta.title) if part))
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="description" content="{described}">\n<title>{title}</title>\n'
        f"<style>\n{style}</style>\n</head>\n<body>\n{banner}"
        f'<main class="doc">\n{inside}</main>\n</body>\n</html>\n'
    ).encode()
