"""Runs of a paragraph or cell, with the marks of their figures."""

from __future__ import annotations

from generator.document.nodes import Figure, Inlines, Run
from generator.word.marks import Marks
from generator.word.xml import escaped, run

BOLD = "<w:b/><w:bCs/>"


class Ink:
    """Writes runs; `marks` is None in the copy for publication, which carries no bookmarks."""

    __slots__ = ("identifier", "marks", "memory")

    def __init__(self, marks: Marks | None) -> None:
        self.marks = marks
        self.identifier = 0
        """The last w:id given to a bookmark."""
        self.memory: list[str] = []
        """What the facts part keeps of the runs written since it was last emptied."""

    def runs(self, content: Inlines, *, bold: bool = False) -> str:
        out = []
        for item in content:
            if isinstance(item, Run):
                out.append(self.words(item.text, BOLD if bold or item.bold else ""))
            elif isinstance(item, Figure):
                out.append(self.figure(item, bold=bold))
            else:
                out.append("<w:r><w:br/></w:r>")
                self.memory.append("\n")
        return "".join(out)

    def words(self, text: str, properties: str = "") -> str:
        if self.marks is not None:
            self.memory.append(escaped(text))
        return run(text, properties)

    def figure(self, figure: Figure, *, bold: bool = False) -> str:
        shown = run(figure.text, BOLD if bold or figure.bold else "")
        if self.marks is None:
            return shown
        name = self.marks.figure(figure.quantity)
        self.memory.append(f"<{name[1:]}>{escaped(figure.text)}</{name[1:]}>")
        return self.marked(name, shown)

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
