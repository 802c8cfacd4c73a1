"""In which order the children of an element may stand: ISO/IEC 29500-1 (transitional), as far as this program and the
programs that edit its files write them.

`a b`: a before b, each at most once; `a*`: any number; `a|b`: either, in any order. Children of other namespaces (what
newer versions of Word add) are not judged. An element that is not listed may hold anything.
"""

from __future__ import annotations

from collections.abc import Mapping

_MARKUP = "bookmarkStart*|bookmarkEnd*|commentRangeStart*|commentRangeEnd*|proofErr*|permStart*|permEnd*|ins*|del*"
"""Ranges and changes may stand anywhere between blocks, rows and cells."""
RUN = (
    "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
    "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText "
    "vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange"
)
"""w:rPr as Word writes it. The standard leaves the order open, and LibreOffice makes use of that."""
_EDGES = "top left|start bottom right|end insideH insideV tl2br tr2bl between bar"
_BLOCKS = f"p*|tbl*|sdt*|customXml*|altChunk*|{_MARKUP}"

WORD: Mapping[str, str] = {
    "document": "background body",
    "body": f"{_BLOCKS} sectPr",
    "hdr": _BLOCKS,
    "ftr": _BLOCKS,
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "rPr": RUN.replace(" ", "|"),
    "numPr": "ilvl numId numberingChange ins",
    "pBdr": _EDGES,
    "sectPr": (
        "headerReference*|footerReference* footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "
        "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange"
    ),
    "tbl": f"{_MARKUP} tblPr tblGrid tr*|sdt*|customXml*|{_MARKUP}",
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
        "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange"
    ),
    "tblGrid": "gridCol* tblGridChange",
    "tblBorders": _EDGES,
    "tblCellMar": _EDGES,
    "tr": f"tblPrEx trPr tc*|sdt*|customXml*|{_MARKUP}",
    "trPr": (
        "cnfStyle|divId|gridBefore|gridAfter|wBefore|wAfter|cantSplit|trHeight|tblHeader|tblCellSpacing|jc|hidden "
        "ins del trPrChange"
    ),
    "tc": f"tcPr {_BLOCKS}",
    "tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark "
        "headers cellIns|cellDel|cellMerge tcPrChange"
    ),
    "tcBorders": _EDGES,
    "tcMar": _EDGES,
    "styles": "docDefaults latentStyles style*",
    "docDefaults": "rPrDefault pPrDefault",
    "style": (
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
        "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr*"
    ),
    "numbering": "numPicBullet* abstractNum* num* numIdMacAtCleanup",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
}
CHART: Mapping[str, str] = {
    "chartSpace": (
        "date1904 lang roundedCorners style clrMapOvr pivotSource protection chart spPr txPr externalData "
        "printSettings userShapes extLst"
    ),
    "chart": (
        "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly dispBlanksAs "
        "showDLblsOverMax extLst"
    ),
    "plotArea": "layout barChart*|lineChart*|pieChart* catAx*|valAx*|dateAx* dTable spPr extLst",
    "barChart": "barDir grouping varyColors ser* dLbls gapWidth overlap serLines axId* extLst",
    "lineChart": "grouping varyColors ser* dLbls dropLines hiLowLines upDownBars marker smooth axId* extLst",
    "pieChart": "varyColors ser* dLbls firstSliceAng extLst",
    "ser": (
        "idx order tx spPr invertIfNegative pictureOptions marker explosion dPt* dLbls trendline* errBars cat val "
        "smooth shape extLst"
    ),
    "dPt": "idx invertIfNegative marker bubble3D explosion spPr pictureOptions extLst",
    "dLbls": (
        "dLbl* delete numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent "
        "showBubbleSize separator showLeaderLines leaderLines extLst"
    ),
    "catAx": (
        "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos "
        "spPr txPr crossAx crosses|crossesAt auto lblAlgn lblOffset noMultiLvlLbl extLst"
    ),
    "valAx": (
        "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos "
        "spPr txPr crossAx crosses|crossesAt crossBetween majorUnit minorUnit dispUnits extLst"
    ),
    "scaling": "logBase orientation max min extLst",
    "title": "tx layout overlay spPr txPr extLst",
    "legend": "legendPos legendEntry* layout overlay spPr txPr extLst",
    "strRef": "f strCache extLst",
    "numRef": "f numCache extLst",
    "strCache": "ptCount pt* extLst",
    "numCache": "formatCode ptCount pt* extLst",
}
DRAWING: Mapping[str, str] = {
    "inline": "extent effectExtent docPr cNvGraphicFramePr",
    "anchor": (
        "simplePos positionH positionV extent effectExtent "
        "wrapNone|wrapSquare|wrapTight|wrapThrough|wrapTopAndBottom docPr cNvGraphicFramePr"
    ),
}
