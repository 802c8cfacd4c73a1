"""What python-docx has no words for: the defaults below the named styles, the fonts and the theme, from a `Look`."""

from __future__ import annotations

from generator.word.look import Font, Look
from generator.word.xml import DECLARATION, W, attribute

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def base_styles_part(look: Look) -> str:
    """What stands below the named styles: the document's defaults and Normal. The others are added by `style_maker`."""
    body = look.styles[0]
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:widowControl w:val="0"/><w:overflowPunct w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{look.line_pitch}" w:lineRule="exact"/>'
        '<w:jc w:val="both"/></w:pPr>'
        f'<w:rPr>{_fonts(body.font)}<w:spacing w:val="{look.character_spacing}"/>'
        f'<w:sz w:val="{body.size}"/><w:szCs w:val="{body.size}"/></w:rPr></w:style>'
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
        f'w:defQFormat="0" w:count="376"/>{normal}{others}</w:styles>'
    )


def _fonts(font: Font) -> str:
    latin, east = attribute(font.latin), attribute(font.east_asian)
    return f'<w:rFonts w:ascii="{latin}" w:eastAsia="{east}" w:hAnsi="{latin}" w:cs="{latin}"/>'


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
