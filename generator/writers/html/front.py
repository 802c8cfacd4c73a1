"""The words of a cover that an office's look brings, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from generator.frames.frame_file import Frame
from generator.word.xml import W
from generator.writers.docx.body import filled_front

_P, _T, _BREAK, _TAB = (f"{{{W}}}{name}" for name in ("p", "t", "br", "tab"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def front_lines(frame: Frame, words: Mapping[str, str]) -> tuple[str, ...]:
    """`words`: what fills its blanks, by the expression that asks for it. Empty lines are left out."""
    pieces = "".join(piece for piece in filled_front(frame, words) if isinstance(piece, str))
    if not pieces:
        return ()
    body = etree.fromstring(f"{frame.opening}{pieces}</w:body></w:document>".encode())
    lines = ("".join(_words(paragraph)) for paragraph in body.iter(_P) if not _repeated(paragraph))
    return tuple(line.strip() for line in lines if line.strip())


def _words(paragraph: etree._Element) -> Iterator[str]:
    for element in paragraph.iter(_T, _BREAK, _TAB):
        if next(element.iterancestors(_P)) is paragraph:
            yield (element.text or "") if element.tag == _T else "\n" if element.tag == _BREAK else "\t"


def _repeated(element: etree._Element) -> bool:
    """A text box stands twice in the file: as it is, and for programs that do not know it."""
    return next(element.iterancestors(_FALLBACK), None) is not None
