"""styles.xml, fontTable.xml and theme1.xml from a `Look`.

Every style says all of its own paragraph properties instead of leaning on Normal, so that changing one in Word never
moves another. Font settings always name the East Asian font (Word, WPS and LibreOffice choose it on their own else).
"""

from __future__ import annotations

from generator.word.look import BUILT_IN, Font, Look, Style
from generator.word.xml import DECLARATION, W, attribute

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_BORDERS = ("top", "left", "bottom", "right", "insideH", "insideV")


def styles_part(look: Look) -> str:
    body = look.styles[0]
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:widowControl w:val="0"/><w:overflowPunct w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{look.line_pitch}" w:lineRule="exact"/>'
        '<w:jc w:val="both"/></w:pPr>'
        f"<w:rPr>{_fonts(body.font)}{_spacing(look.character_spacing)}{_size(body.size)}</w:rPr></w:style>"
    )
    others = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    )
    return (
        f'{DECLARATION}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(body.font)}'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
        "</w:docDefaults>"
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="0" w:defUnhideWhenUsed="0" '
        f'w:defQFormat="0" w:count="376"/>{normal}{others}'
        f"{''.join(_paragraph_style(style, look) for style in look.styles)}"
        f"{''.join(_table_style(look, number) for number in range(len(look.tables)))}</w:styles>"
    )


def table_style_id(number: int) -> str:
    return f"JT{number + 1}"


def indent(style: Style) -> str:
    """w:ind of a style; characters beside their length, since WPS and LibreOffice read one or the other."""
    em = style.size * 10

    def both(word: str, hundredths: int) -> str:
        return f' w:{word}Chars="{hundredths}" w:{word}="{round(em * hundredths / 100)}"'

    return f"<w:ind{both('left', style.left)}{both('right', style.right)}{both('firstLine', style.first)}/>"


def _paragraph_style(style: Style, look: Look) -> str:
    custom = "" if style.name in BUILT_IN else ' w:customStyle="1"'
    line = f'w:line="{style.line}" w:lineRule="exact"' if style.line else 'w:line="240" w:lineRule="auto"'
    keep = "<w:keepNext/><w:keepLines/>" if style.keep_next else ""
    stop = f'<w:tab w:val="right" w:leader="dot" w:pos="{look.portrait.text_width}"/>'
    tab = f"<w:tabs>{stop}</w:tabs>" if style.leader else ""
    # LibreOffice stretches even an exact line to whole steps of the grid; Word does not.
    snap = "" if style.on_grid and style.line % look.line_pitch == 0 else '<w:snapToGrid w:val="0"/>'
    outline = f'<w:outlineLvl w:val="{style.outline - 1}"/>' if style.outline else ""
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style.identifier}">'
        f'<w:name w:val="{attribute(style.word_name)}"/><w:basedOn w:val="Normal"/>{_next(style, look)}<w:qFormat/>'
        f'<w:pPr>{keep}{tab}{snap}<w:spacing w:before="{style.before}" w:after="{style.after}" {line}/>{indent(style)}'
        f'<w:jc w:val="{style.align}"/>{outline}</w:pPr><w:rPr>{_fonts(style.font)}{bold}'
        f"{_spacing(look.character_spacing if style.on_grid else 0)}{_size(style.size)}</w:rPr></w:style>"
    )


def _next(style: Style, look: Look) -> str:
    """After a heading, Enter gives body text."""
    return f'<w:next w:val="{look.styles[0].identifier}"/>' if style.outline else ""


def _table_style(look: Look, number: int) -> str:
    table = look.tables[number]
    lines = "".join(
        f'<w:{edge} w:val="single" w:sz="{table.border}" w:space="0" w:color="000000"/>' for edge in _BORDERS
    )
    margins = (
        f'<w:top w:w="{table.margin_y}" w:type="dxa"/><w:left w:w="{table.margin_x}" w:type="dxa"/>'
        f'<w:bottom w:w="{table.margin_y}" w:type="dxa"/><w:right w:w="{table.margin_x}" w:type="dxa"/>'
    )
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{table_style_id(number)}">'
        f'<w:name w:val="{attribute(table.name)}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="39"/><w:tblPr>'
        f"<w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        '<w:tcPr><w:vAlign w:val="center"/></w:tcPr></w:style>'
    )


def _fonts(font: Font) -> str:
    latin, east = attribute(font.latin), attribute(font.east_asian)
    return f'<w:rFonts w:ascii="{latin}" w:eastAsia="{east}" w:hAnsi="{latin}" w:cs="{latin}"/>'


def _spacing(twentieths: int) -> str:
    return f'<w:spacing w:val="{twentieths}"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def font_table_part(look: Look) -> str:
    """Names the substitute of each face, for computers that lack it."""
    lines = []
    for name, alternative in sorted({(f.east_asian, f.alternative) for f in look.fonts}):
        alt = f'<w:altName w:val="{attribute(alternative)}"/>' if alternative else ""
        lines.append(
            f'<w:font w:name="{attribute(name)}">{alt}<w:charset w:val="86"/><w:pitch w:val="variable"/></w:font>'
        )
    for name in sorted({f.latin for f in look.fonts} - {f.east_asian for f in look.fonts}):
        lines.append(f'<w:font w:name="{attribute(name)}"><w:charset w:val="00"/><w:pitch w:val="variable"/></w:font>')
    return f'{DECLARATION}<w:fonts xmlns:w="{W}">{"".join(lines)}</w:fonts>'


def theme_part(look: Look) -> str:
    """The least theme that charts need: without one LibreOffice draws no chart at all (seen with 7.4)."""
    accents = (look.chart.colours * 6)[:6]
    colours = {
        "dk1": "000000", "lt1": "FFFFFF", "dk2": "44546A", "lt2": "E7E6E6",
        **{f"accent{n}": colour for n, colour in enumerate(accents, 1)}, "hlink": "0563C1", "folHlink": "954F72",
    }  # fmt: skip
    scheme = "".join(f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>' for name, colour in colours.items())
    body = look.styles[0].font
    face = (
        f'<a:latin typeface="{attribute(body.latin)}"/><a:ea typeface="{attribute(body.east_asian)}"/>'
        '<a:cs typeface=""/>'
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{DECLARATION}<a:theme xmlns:a="{_A}" name="juesuan"><a:themeElements><a:clrScheme name="juesuan">{scheme}'
        f'</a:clrScheme><a:fontScheme name="juesuan"><a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont>'
        f'</a:fontScheme><a:fmtScheme name="juesuan"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )
