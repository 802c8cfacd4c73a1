"""What other programs write in an order that the standard does not allow, put right.

Seen in files saved by LibreOffice 7.4: w:sectPr before w:pStyle in w:pPr, c:dLbl behind c:numFmt in c:dLbls, c:tx
behind c:txPr in c:dLbl.
"""

from __future__ import annotations

from generator.word.chart import CHART_NAMESPACE
from generator.word.parts import Parts
from generator.word_file.paragraph import Element, w

_PARAGRAPH = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
    "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct",
    "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing",
    "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl",
    "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
)  # fmt: skip
"""The order of w:pPr: ECMA-376 part 1, 17.3.1.26."""
_PLACE = {w(name): number for number, name in enumerate(_PARAGRAPH)}

_LABEL = (
    "idx", "delete", "layout", "tx", "numFmt", "spPr", "txPr", "dLblPos", "showLegendKey", "showVal", "showCatName",
    "showSerName", "showPercent", "showBubbleSize", "separator", "extLst",
)  # fmt: skip
"""The order of c:dLbl: ECMA-376 part 1, 21.2.2.47."""
_PLACE_IN_LABEL = {f"{{{CHART_NAMESPACE}}}{name}": number for number, name in enumerate(_LABEL)}


def mend(parts: Parts) -> None:
    for properties in parts.tree(parts.document).iter(w("pPr")):
        _sort(properties, _PLACE)
    for relation in parts.relations(parts.document):
        if relation.kind.endswith("/chart") and relation.target in parts.content:
            for labels in parts.tree(relation.target).iter(f"{{{CHART_NAMESPACE}}}dLbls"):
                _sort(labels, {f"{{{CHART_NAMESPACE}}}dLbl": -1})
                for label in labels.iter(f"{{{CHART_NAMESPACE}}}dLbl"):
                    _sort(label, _PLACE_IN_LABEL)


def _sort(element: Element, place: dict[str, int]) -> None:
    """Children in their order; those without a known place stay behind."""
    children = list(element)
    wanted = sorted(children, key=lambda child: place.get(str(child.tag), len(place)))
    if wanted != children:
        for child in wanted:
            element.append(child)
