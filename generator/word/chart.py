"""Chart parts in DrawingML, written whole.

Every colour and font is explicit: WPS and LibreOffice do not take them from the theme reliably. Word computes the
percentages of a pie from the numbers itself: a point that has to say the text's own figure gets its words («label»).
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.word.look import ChartLook
from generator.word.sheet import column_letter
from generator.word.xml import DECLARATION, R, attribute, escaped

CHART_NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_GRID = "D9D9D9"
_NO_FRAME = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
_NAMED_SLICES = 6
"""With more slices their names overlap; then a legend names them."""

Series = Sequence[tuple[str, Sequence[str], Sequence[str]]]
"""Name, values, labels: the words at each point, "" where Word writes them from the value."""


def chart_part(kind: str, categories: Sequence[str], series: Series, number_format: str, look: ChartLook) -> str:
    """`kind` 柱形 / 条形 / 饼形 / 折线; the workbook is the part's relationship rId1."""
    number_format = attribute(number_format)
    draw = {"饼形": _pie, "折线": _lines}.get(kind, _bars)
    legend = len(series) > 1 if kind != "饼形" else len(categories) > _NAMED_SLICES
    place = "r" if kind == "饼形" else "b"
    key = f'<c:legend><c:legendPos val="{place}"/><c:overlay val="0"/>{_text(look)}</c:legend>' if legend else ""
    return (
        f'{DECLARATION}<c:chartSpace xmlns:c="{CHART_NAMESPACE}" xmlns:a="{_A}" xmlns:r="{R}"><c:date1904 val="0"/>'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f"{draw(kind, categories, series, number_format, look)}<c:spPr><a:noFill/></c:spPr></c:plotArea>{key}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f'<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>{_text(look)}'
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _bars(kind: str, categories: Sequence[str], series: Series, number_format: str, look: ChartLook) -> str:
    lying = kind == "条形"
    body = "".join(
        f'{_series_head(index, name)}{_fill(_colour(look, index))}<c:invertIfNegative val="0"/>'
        f"{_value_labels(labels, number_format, 'outEnd', look)}{_data(index, categories, values, number_format)}"
        "</c:ser>"
        for index, (name, values, labels) in enumerate(series)
    )
    gap = 80 if len(categories) > 2 else 150
    return (
        f'<c:barChart><c:barDir val="{"bar" if lying else "col"}"/><c:grouping val="clustered"/>'
        f'<c:varyColors val="0"/>{body}<c:gapWidth val="{gap}"/><c:axId val="111"/><c:axId val="112"/></c:barChart>'
        f"{_axes(lying, look, _from_zero(series))}"
    )


def _from_zero(series: Series) -> str:
    """Bars are compared by their length: their axis starts at 0, where Word would start it at 86 for 91 and 101."""
    negative = any(value.startswith("-") for _, values, _ in series for value in values)
    return "" if negative else '<c:min val="0"/>'


def _lines(_kind: str, categories: Sequence[str], series: Series, number_format: str, look: ChartLook) -> str:
    body = ""
    for index, (name, values, labels) in enumerate(series):
        colour = f'<a:solidFill><a:srgbClr val="{_colour(look, index)}"/></a:solidFill>'
        body += (
            f'{_series_head(index, name)}<c:spPr><a:ln w="28575" cap="rnd">{colour}<a:round/></a:ln></c:spPr>'
            f'<c:marker><c:symbol val="circle"/><c:size val="6"/><c:spPr>{colour}</c:spPr></c:marker>'
            f"{_value_labels(labels, number_format, 't', look)}{_data(index, categories, values, number_format)}"
            '<c:smooth val="0"/></c:ser>'
        )
    return (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{body}<c:marker val="1"/>'
        f'<c:axId val="111"/><c:axId val="112"/></c:lineChart>{_axes(False, look)}'
    )


def _pie(_kind: str, categories: Sequence[str], series: Series, number_format: str, look: ChartLook) -> str:
    name, values, labels = series[0]
    named = len(categories) <= _NAMED_SLICES
    slices = "".join(
        f'<c:dPt><c:idx val="{index}"/><c:bubble3D val="0"/>{_fill(_colour(look, index), edge=True)}</c:dPt>'
        for index in range(len(categories))
    )
    place = (
        f'<c:dLblPos val="{"bestFit" if len(categories) > 1 else "ctr"}"/><c:showLegendKey val="0"/>'
        f'<c:showVal val="0"/><c:showCatName val="{int(named)}"/><c:showSerName val="0"/><c:showPercent val="1"/>'
        '<c:showBubbleSize val="0"/><c:separator>\n</c:separator>'
    )
    words = [(category, label) if named else (label,) for category, label in zip(categories, labels, strict=True)]
    shares = (
        f'<c:dLbls>{_own_labels(words, place, look)}<c:numFmt formatCode="0.00%" sourceLinked="0"/>{_NO_FRAME}'
        f'{_text(look)}{place}<c:showLeaderLines val="1"/></c:dLbls>'
    )
    return (
        f'<c:pieChart><c:varyColors val="1"/>{_series_head(0, name)}{slices}{shares}'
        f'{_data(0, categories, values, number_format)}</c:ser><c:firstSliceAng val="0"/></c:pieChart>'
    )


def _series_head(index: int, name: str) -> str:
    cell = f"Sheet1!${column_letter(index + 1)}$1"
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/><c:tx><c:strRef><c:f>{cell}</c:f><c:strCache>'
        f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{escaped(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    )


def _data(index: int, categories: Sequence[str], values: Sequence[str], number_format: str) -> str:
    last = len(categories) + 1
    letter = column_letter(index + 1)
    names = "".join(f'<c:pt idx="{at}"><c:v>{escaped(name)}</c:v></c:pt>' for at, name in enumerate(categories))
    numbers = "".join(f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, value in enumerate(values))
    count = f'<c:ptCount val="{len(categories)}"/>'
    return (
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache>{count}{names}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>Sheet1!${letter}$2:${letter}${last}</c:f><c:numCache>"
        f"<c:formatCode>{number_format}</c:formatCode>{count}{numbers}</c:numCache></c:numRef></c:val>"
    )


def _value_labels(labels: Sequence[str], number_format: str, position: str, look: ChartLook) -> str:
    place = (
        f'<c:dLblPos val="{position}"/><c:showLegendKey val="0"/><c:showVal val="1"/>'
        '<c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )
    own = _own_labels([(label,) for label in labels], place, look)
    return (
        f'<c:dLbls>{own}<c:numFmt formatCode="{number_format}" sourceLinked="0"/>{_NO_FRAME}{_text(look)}{place}'
        "</c:dLbls>"
    )


def _own_labels(labels: Sequence[tuple[str, ...]], place: str, look: ChartLook) -> str:
    """c:dLbl of the points whose last line is not "": plain words, one paragraph a line, which Word, WPS and
    LibreOffice all show as they stand."""
    size = f'sz="{look.size}" b="0"'
    return "".join(
        f'<c:dLbl><c:idx val="{index}"/><c:tx><c:rich><a:bodyPr/><a:lstStyle/>'
        + "".join(
            f"<a:p><a:pPr><a:defRPr {size}>{_ink(look)}</a:defRPr></a:pPr>"
            f'<a:r><a:rPr lang="zh-CN" {size}>{_ink(look)}</a:rPr><a:t>{escaped(line)}</a:t></a:r></a:p>'
            for line in lines
        )
        + f"</c:rich></c:tx>{_NO_FRAME}{place}</c:dLbl>"
        for index, lines in enumerate(labels)
        if lines[-1]
    )


def _axes(lying: bool, look: ChartLook, from_zero: str = "") -> str:
    """Lying bars read from the top; category names stay at the edge when a value is negative. The axis counts in round
    numbers, which need no decimals."""
    line = '<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="808080"/></a:solidFill></a:ln></c:spPr>'
    order = "maxMin" if lying else "minMax"
    return (
        f'<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="{order}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{"l" if lying else "b"}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>{line}{_text(look)}'
        '<c:crossAx val="112"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        '<c:valAx><c:axId val="112"/><c:scaling><c:orientation val="minMax"/>'
        f'{from_zero}</c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{"b" if lying else "l"}"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill>'
        f'<a:srgbClr val="{_GRID}"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>'
        f'{_text(look)}<c:crossAx val="111"/><c:crosses val="{"max" if lying else "autoZero"}"/></c:valAx>'
    )


def _colour(look: ChartLook, index: int) -> str:
    return look.colours[index % len(look.colours)]


def _fill(colour: str, *, edge: bool = False) -> str:
    line = '<a:ln w="9525"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln>' if edge else ""
    return f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>{line}</c:spPr>'


def _text(look: ChartLook) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{look.size}" b="0">{_ink(look)}</a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _ink(look: ChartLook) -> str:
    font = look.font
    return (
        f'<a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:latin typeface="{attribute(font.latin)}"/>'
        f'<a:ea typeface="{attribute(font.east_asian)}"/>'
    )
