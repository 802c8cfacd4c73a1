"""Blocks of one Word file put into another: styles by their names, charts with their parts."""

from __future__ import annotations

import copy

from generator.word.chart import CHART_NAMESPACE
from generator.word.parts import Parts
from generator.word.xml import R, whole
from generator.word_file.paragraph import DOC_PR, Element, take_off_marks, w

_ID = f"{{{R}}}id"
_STYLED = ("pStyle", "rStyle", "tblStyle")


class Transplant:
    """From the file of `source` into that of `target`."""

    def __init__(self, target: Parts, source: Parts) -> None:
        self.target, self.source = target, source
        self._theirs = self._styles(target)
        self._ours = self._styles(source)
        by_name = {_style_name(style): identifier for identifier, style in self._theirs.items()}
        self._known = {identifier: by_name.get(_style_name(style), "") for identifier, style in self._ours.items()}

    def element(self, source: Element) -> Element:
        """A copy that fits into the target; without our marks and without the end of a section."""
        made = copy.deepcopy(source)
        made.tail = None
        take_off_marks(made)
        for section in list(made.iter(w("sectPr"))):
            section.getparent().remove(section)
        for tag in _STYLED:
            for one in made.iter(w(tag)):
                one.set(w("val"), self.style(str(one.get(w("val")))))
        for chart in made.iter(f"{{{CHART_NAMESPACE}}}chart"):
            if chart.get(_ID) is not None:
                chart.set(_ID, self.chart(str(chart.get(_ID))))
        for number, one in enumerate(made.iter(DOC_PR), self._last_drawing() + 1):
            one.set("id", str(number))
        return made

    def style(self, identifier: str) -> str:
        """The target's style of the same name; brought along when it has none."""
        if identifier not in self._ours:
            return identifier
        if not self._known[identifier]:
            new = identifier
            while new in self._theirs:
                new += "x"
            style = copy.deepcopy(self._ours[identifier])
            style.set(w("styleId"), new)
            name = self.target.related(self.target.document, "styles")
            if name:
                self.target.tree(name).append(style)
            self._theirs[new] = style
            self._known[identifier] = new
        return self._known[identifier]

    def chart(self, relation: str) -> str:
        """Bring a chart with its workbook; the id of the new relationship."""
        found = next(one for one in self.source.relations(self.source.document) if one.identifier == relation)
        return self.target.relate(self.target.document, "chart", self.target.copy_from(self.source, found.target))

    def _last_drawing(self) -> int:
        ids = [str(one.get("id")) for one in self.target.tree(self.target.document).iter(DOC_PR)]
        return max(map(whole, ids), default=0)

    @staticmethod
    def _styles(parts: Parts) -> dict[str, Element]:
        name = parts.related(parts.document, "styles")
        return {str(style.get(w("styleId"))): style for style in parts.tree(name).iter(w("style"))} if name else {}


def _style_name(style: Element) -> str:
    name = style.find(w("name"))
    kind = str(style.get(w("type")))
    return kind + ("" if name is None else str(name.get(w("val"))).lower())
