"""The parts around the body as text: settings, the draft mark, document properties; a field."""

from __future__ import annotations

import re

from generator.word.look import Look
from generator.word.xml import DECLARATION, R, W, attribute, escaped

_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?")
_LONG_AGO = "2000-01-01T00:00:00Z"
_FIELD_PARTS = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
EMPTY_FOOTER, EMPTY_HEADER = "rIdFooterNone", "rIdHeaderNone"
"""Relationships of what stands on pages that have neither page number nor header."""
DRAFT, DRAFT_LINE = "草稿", "草　　稿"
"""Across the page, and at its head."""


def field(code: str, shown: str) -> str:
    """A field with every fldChar in a run of its own: WPS shows no number otherwise."""
    return _FIELD_PARTS.format(code=code, shown=shown)


def settings_part() -> str:
    """No updateFields: Word would ask a question at opening."""
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
        )
    )
    return (
        f'{DECLARATION}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
        '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:doNotExpandShiftReturn/><w:useFELayout/>'
        f'{compat}</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" '
        'w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" '
        'w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/><w:decimalSymbol w:val="."/>'
        '<w:listSeparator w:val=","/></w:settings>'
    )


def draft_header_part(look: Look, number: int) -> str:
    """The header of a page that has no other."""
    return f'{DECLARATION}<w:hdr xmlns:w="{W}">{draft_paragraph(look, number)}</w:hdr>'


def draft_paragraph(look: Look, number: int) -> str:
    """草稿 across the page and in words at its head: the picture may be missing in a viewer, the words never are."""
    style = look.style("页眉")
    face = attribute(style.font.east_asian)
    return (
        f'<w:p xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
        f'<w:pPr><w:pStyle w:val="{style.identifier}"/></w:pPr><w:r><w:t>{DRAFT_LINE}</w:t></w:r><w:r><w:pict>'
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136" '
        'style="position:absolute;margin-left:0;margin-top:0;width:360pt;height:180pt;rotation:315;z-index:-251658752;'
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        'mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="silver" stroked="f">'
        f'<v:fill opacity="0.4"/><v:textpath style="font-family:&quot;{face}&quot;;font-size:1pt" string="{DRAFT}"/>'
        "</v:shape></w:pict></w:r></w:p>"
    )


def core_part(title: str, subject: str, author: str, keywords: str, created: str) -> str:
    moment = created if _MOMENT.fullmatch(created) else _LONG_AGO
    words = "".join(
        f"<{tag}>{escaped(text)}</{tag}>"
        for tag, text in (
            ("dc:title", title), ("dc:subject", subject), ("dc:creator", author), ("cp:keywords", keywords),
            ("cp:lastModifiedBy", author),
        )
        if text
    )  # fmt: skip
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'{words}<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    )


def app_part() -> str:
    return f'{DECLARATION}<Properties xmlns="{_EXTENDED}"><Application>juesuan</Application></Properties>'


DOCUMENT_OPENING = (
    f'{DECLARATION}<w:document xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><w:body>'
)
