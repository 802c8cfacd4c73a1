"""The named styles of a look, set in a Word file through python-docx.

Every style says all of its own paragraph properties instead of leaning on Normal, so that changing one in Word never
moves another. Font settings always name the East Asian font (Word, WPS and LibreOffice choose it on their own else).
What python-docx has no words for (characters of indents, the grid, East Asian fonts) is placed into its elements in
the order of ISO/IEC 29500.
"""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor, Twips

from generator.word.look import BUILT_IN, Font, Look, Style, TableLook

ALIGNED = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_BORDERS = ("top", "left", "bottom", "right", "insideH", "insideV")
_AFTER = {
    "snapToGrid": ("spacing", "ind", "contextualSpacing", "jc", "outlineLvl", "rPr"),
    "outlineLvl": ("rPr", "sectPr"),
    "spacing": ("w", "kern", "position", "sz", "szCs", "highlight", "u", "lang"),
    "szCs": ("highlight", "u", "effect", "bdr", "shd", "vertAlign", "lang"),
    "tblPr": ("trPr", "tcPr", "tblStylePr"),
    "tcPr": ("tblStylePr",),
}
"""An element that we place → those that may stand behind it."""


def add_styles(document: Any, look: Look) -> None:
    """The styles of `look` that the python-docx `document` does not have yet, found by their identifiers."""
    there = {style.style_id for style in document.styles}
    for style in look.styles:
        if style.identifier not in there:
            _paragraph_style(document.styles, style, look)
    body = look.styles[0].identifier
    for style in look.styles:
        if style.outline and style.identifier not in there:  # after a heading, Enter gives body text
            _style(document.styles, style.identifier).next_paragraph_style = _style(document.styles, body)
    for table in look.tables:
        if table.identifier not in there:
            _table_style(document.styles, table)
            there.add(table.identifier)  # kinds squeezed onto one page share the style of theirs


def _style(styles: Any, identifier: str) -> Any:
    return next(one for one in styles if one.style_id == identifier)


def put(parent: Any, name: str, **values: object) -> Any:
    """A new element in its place among the children of `parent`; `values` become its attributes."""
    made = OxmlElement(f"w:{name}", attrs={qn(f"w:{key}"): str(value) for key, value in values.items()})
    behind = [qn(f"w:{after}") for after in _AFTER.get(name, ())]
    following = next((child for child in parent if child.tag in behind), None)
    if following is None:
        parent.append(made)
    else:
        following.addprevious(made)
    return made


def set_indents(paragraph_format: Any, style: Style) -> None:
    """Characters beside their length, since WPS and LibreOffice read one or the other."""
    em = style.size * 10
    given = {"left": style.left, "right": style.right, "firstLine": style.first}
    length = {side: Twips(round(em * hundredths / 100)) for side, hundredths in given.items()}
    paragraph_format.left_indent, paragraph_format.right_indent = length["left"], length["right"]
    paragraph_format.first_line_indent = length["firstLine"]
    indents = paragraph_format.element.get_or_add_pPr().ind
    for side, hundredths in given.items():
        indents.set(qn(f"w:{side}Chars"), str(hundredths))


def set_font(made: Any, font: Font, size: int, spacing: int) -> None:
    """`made`: what has a python-docx `font`; `size` in half-points, `spacing` in twentieths of a point."""
    made.font.name, made.font.size = font.latin, Pt(size / 2)
    properties = made.element.get_or_add_rPr()
    properties.rFonts.set(qn("w:eastAsia"), font.east_asian)
    properties.rFonts.set(qn("w:cs"), font.latin)
    put(properties, "spacing", val=spacing)
    put(properties, "szCs", val=size)


def _paragraph_style(styles: Any, style: Style, look: Look) -> None:
    made = styles.add_style(style.word_name, WD_STYLE_TYPE.PARAGRAPH, builtin=style.name in BUILT_IN)
    made.element.styleId = style.identifier
    made.base_style, made.quick_style = styles.default(WD_STYLE_TYPE.PARAGRAPH), True
    words = made.paragraph_format
    if style.keep_next:
        words.keep_with_next = words.keep_together = True
    if style.leader:
        words.tab_stops.add_tab_stop(Twips(look.portrait.text_width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    words.space_before, words.space_after = Twips(style.before), Twips(style.after)
    words.line_spacing = Twips(style.line) if style.line else 1.0
    set_indents(words, style)
    words.alignment = ALIGNED[style.align]
    properties = made.element.get_or_add_pPr()
    if not style.on_grid or style.line % look.line_pitch:
        # LibreOffice stretches even an exact line to whole steps of the grid; Word does not.
        put(properties, "snapToGrid", val=0)
    if style.outline:
        put(properties, "outlineLvl", val=style.outline - 1)
    set_font(made, style.font, style.size, look.character_spacing if style.on_grid else 0)
    if style.bold:
        made.font.bold = made.font.cs_bold = True
    if style.colour:
        made.font.color.rgb = RGBColor.from_string(style.colour)


def _table_style(styles: Any, table: TableLook) -> None:
    made = styles.add_style(table.word_name, WD_STYLE_TYPE.TABLE)
    element = made.element
    element.styleId, made.base_style, made.priority = table.identifier, styles.default(WD_STYLE_TYPE.TABLE), 39
    properties = put(element, "tblPr")
    lines = put(properties, "tblBorders")
    for edge in _BORDERS:
        put(lines, edge, val="single", sz=table.border, space=0, color="000000")
    margins = put(properties, "tblCellMar")
    for edge, width in zip(_BORDERS, (table.margin_y, table.margin_x, table.margin_y, table.margin_x), strict=False):
        put(margins, edge, w=width, type="dxa")
    put(put(element, "tcPr"), "vAlign", val="center")
    if table.shade:
        head = put(element, "tblStylePr", type="firstRow")
        put(put(head, "tcPr"), "shd", val="clear", color="auto", fill=table.shade)
