"""Runs of a paragraph or cell, with the marks of their figures."""

from __future__ import annotations

from generator.document.nodes import Figure, Inlines, Run
from generator.word.marks import Marks
from generator.word.xml import run

BOLD = "<w:b/><w:bCs/>"


class Ink:
    """Writes runs; `marks` is None in the copy for publication, which carries no bookmarks."""

    __slots__ = ("identifier", "marks")

    def __init__(self, marks: Marks | None) -> None:
        self.marks = marks
        self.identifier = 0
        """The last w:id given to a bookmark."""

    def runs(self, content: Inlines, *, bold: bool = False) -> str:
        out = []
        for item in content:
            if isinstance(item, Run):
                out.append(run(item.text, BOLD if bold or item.bold else ""))
            elif isinstance(item, Figure):
                out.append(self.figure(item, bold=bold))
            else:
                out.append("<w:r><w:br/></w:r>")
        return "".join(out)

    def figure(self, figure: Figure, *, bold: bool = False) -> str:
        shown = run(figure.text, BOLD if bold or figure.bold else "")
        return shown if self.marks is None else self.marked(self.marks.figure(figure.quantity), shown)

    def marked(self, name: str, inside: str) -> str:
        """`inside` between the two ends of a bookmark."""
        self.identifier += 1
        return (
            f'<w:bookmarkStart w:id="{self.identifier}" w:name="{name}"/>{inside}'
            f'<w:bookmarkEnd w:id="{self.identifier}"/>'
        )


def plain(content: Inlines) -> str:
    """The words alone; a line break is "\\n"."""
    return "".join(item.text if isinstance(item, Run | Figure) else "\n" for item in content)
