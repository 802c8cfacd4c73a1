"""Runs of a paragraph or cell in HTML."""

from __future__ import annotations

from html import escape

from generator.document.nodes import Block, Cell, Figure, Inlines, Run
from generator.word.xml import printable


def words(text: str) -> str:
    """Plain words; what no file may hold is left out, as in Word."""
    return escape(printable(text))


class Ink:
    """Writes runs. Figures are plain text; a page that answers for its figures writes them otherwise."""

    __slots__ = ()

    def runs(self, content: Inlines, *, bold: bool = False) -> str:
        return "".join(self._item(item, bold) for item in content)

    def cell(self, cell: Cell, *, bold: bool = False) -> str:
        if isinstance(cell, tuple):
            return self.runs(cell, bold=bold)
        return self._item(cell if isinstance(cell, Figure) else Run(str(cell)), bold)

    def figure(self, figure: Figure) -> str:
        return words(figure.text)

    def around(self, block: Block, made: str) -> str:
        """What stands for a block of which `made` was made."""
        return made

    def _item(self, item: object, bold: bool) -> str:
        if isinstance(item, Run):
            shown = words(item.text).replace("\n", "<br>")
        elif isinstance(item, Figure):
            shown = self.figure(item)
        else:
            return "<br>"
        return f"<b>{shown}</b>" if shown and (bold or item.bold) else shown
