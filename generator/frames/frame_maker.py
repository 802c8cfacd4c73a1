"""The frame of a pack's documents, made through python-docx: styles, sections, headers, footers, pictures, properties.

A frame is a Word file: what stands in front of the text (a cover), then one paragraph whose section is the upright
page, then the end of the lying page's section. It begins as the office's own style.docx (`look.base`), or as the empty
file that style.yaml describes. Made once and kept: importing python-docx costs more than writing a small report.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE as KIND
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.parts.hdrftr import FooterPart, HeaderPart
from docx.parts.image import ImagePart
from docx.shared import Emu, Twips

from generator.frames.frame import EMPTY_FOOTER, EMPTY_HEADER, app_part, core_part, settings_part
from generator.frames.style_maker import ALIGNED, add_styles, put
from generator.frames.styles import base_styles_part, font_table_part, theme_part
from generator.word.look import PICTURE_FILES, Look, Picture, Sheet
from generator.word.package import content_types, packed, relationships, zipped
from generator.word.parts import Parts
from generator.word.xml import DECLARATION, R, W

_ML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "application/vnd.openxmlformats-officedocument."
_PACKAGE = "application/vnd.openxmlformats-package."
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_LONG_AGO = datetime(2000, 1, 1)
_EMU_PER_TWIP = 635


def make_frame(look: Look) -> bytes:
    """The frame of `look`; same look, same bytes."""
    document = docx.Document(BytesIO(look.base or _empty_file(look)))
    add_styles(document, look)
    if not look.base:
        _sections(document, look)
        _page_numbers(document, look)
        for picture in look.pictures:
            _picture(document, look, picture)
    elif not _has_any(document, "footer"):
        _page_numbers(document, look)
    _empty_story(document, look, FooterPart, KIND.FOOTER, EMPTY_FOOTER, "页脚")
    _empty_story(document, look, HeaderPart, KIND.HEADER, EMPTY_HEADER, "页眉")
    _properties(document)
    return saved(document)


def saved(document: Any) -> bytes:
    """A python-docx document as bytes that tell no time."""
    stream = BytesIO()
    document.save(stream)
    return Parts(stream.getvalue()).save()


def _empty_file(look: Look) -> bytes:
    """The Word file that python-docx opens: no text, no styles but the defaults."""
    inside = {
        "word/document.xml": (
            f"{_ML}document.main+xml",
            f'{DECLARATION}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body><w:sectPr><w:type w:val="nextPage"/>'
            f'<w:cols w:space="425"/><w:docGrid w:type="lines" w:linePitch="{look.line_pitch}"/></w:sectPr></w:body>'
            "</w:document>",
        ),
        "word/styles.xml": (f"{_ML}styles+xml", base_styles_part(look)),
        "word/settings.xml": (f"{_ML}settings+xml", settings_part()),
        "word/fontTable.xml": (f"{_ML}fontTable+xml", font_table_part(look)),
        "word/theme/theme1.xml": (f"{_OFFICE}theme+xml", theme_part(look)),
        "docProps/core.xml": (f"{_PACKAGE}core-properties+xml", core_part("", "", "", "", "")),
        "docProps/app.xml": (f"{_OFFICE}extended-properties+xml", app_part()),
    }
    root = {
        "rId1": (f"{R}/officeDocument", "word/document.xml"),
        "rId2": (_CORE, "docProps/core.xml"),
        "rId3": (f"{R}/extended-properties", "docProps/app.xml"),
    }
    own = {
        f"rId{number}": (f"{R}/{kind}", target)
        for number, (kind, target) in enumerate(
            (
                ("styles", "styles.xml"),
                ("settings", "settings.xml"),
                ("fontTable", "fontTable.xml"),
                ("theme", "theme/theme1.xml"),
            ),
            1,
        )
    }
    types = content_types(
        {"rels": f"{_PACKAGE}relationships+xml", "xml": "application/xml"},
        {f"/{name}": kind for name, (kind, _) in inside.items()},
    )
    return zipped(
        (
            packed("[Content_Types].xml", types),
            packed("_rels/.rels", relationships(root)),
            packed("word/_rels/document.xml.rels", relationships(own)),
            *(packed(name, text) for name, (_, text) in inside.items()),
        )
    )


# -- sections ---------------------------------------------------------------------------------------------------------
def _sections(document: Any, look: Look) -> None:
    _on_paper(document.sections[0], look.portrait, WD_ORIENT.PORTRAIT)
    _on_paper(document.add_section(WD_SECTION.NEW_PAGE), look.landscape, WD_ORIENT.LANDSCAPE)


def _on_paper(section: Any, sheet: Sheet, turned: WD_ORIENT) -> None:
    section.page_width, section.page_height, section.orientation = Twips(sheet.width), Twips(sheet.height), turned
    section.top_margin, section.bottom_margin = Twips(sheet.top), Twips(sheet.bottom)
    section.left_margin, section.right_margin, section.gutter = Twips(sheet.left), Twips(sheet.right), Twips(0)
    section.header_distance, section.footer_distance = Twips(sheet.header), Twips(sheet.footer)


def _has_any(document: Any, what: str) -> bool:
    """Whether any section has headers or footers of its own."""
    return next(document.element.iter(qn(f"w:{what}Reference")), None) is not None


# -- headers and footers ----------------------------------------------------------------------------------------------
def _page_numbers(document: Any, look: Look) -> None:
    """«— 1 —», right on odd pages, left on even ones, one character in from the edge.

    An office's header that stands on all pages alike goes before: then the number is at the right of each.
    """
    settings = document.settings
    if not _has_any(document, "header"):
        settings.odd_and_even_pages_header_footer = True
    section = document.sections[-2]
    _page_number(section.footer, look, "right")
    if settings.odd_and_even_pages_header_footer:
        _page_number(section.even_page_footer, look, "left")


def _page_number(footer: Any, look: Look, side: str) -> None:
    style = look.style("页脚")
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    _styled(paragraph, style.identifier)
    paragraph.alignment = ALIGNED[side]
    words = paragraph.paragraph_format
    if side == "left":
        words.left_indent = Twips(style.size * 10)
    else:
        words.right_indent = Twips(style.size * 10)
    words.element.get_or_add_pPr().ind.set(qn(f"w:{side}Chars"), "100")
    _dash(paragraph, "— ")
    # A field with every sign in a run of its own: WPS shows no number otherwise.
    for sign in ("begin", "", "separate", "1", "end"):
        run = paragraph.add_run(sign if sign == "1" else "")._r
        if not sign:
            code = put(run, "instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = " PAGE "
        elif sign != "1":
            put(run, "fldChar", fldCharType=sign)
    _dash(paragraph, " —")


def _dash(paragraph: Any, text: str) -> None:
    run = paragraph.add_run(text)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


def _styled(paragraph: Any, identifier: str) -> None:
    paragraph._p.get_or_add_pPr().get_or_add_pStyle().val = identifier


def _empty_story(document: Any, look: Look, kind: Any, relation: str, identifier: str, style: str) -> None:
    part = kind.new(document.part.package)
    document.part.rels.add_relationship(relation, part, identifier)
    part.element.p_lst[0].get_or_add_pPr().get_or_add_pStyle().val = look.style(style).identifier


# -- pictures ---------------------------------------------------------------------------------------------------------
def _picture(document: Any, look: Look, picture: Picture) -> None:
    """On the cover: a paragraph in front of all text. In the header: on odd and even pages."""
    if picture.place == "封面":
        _show(document.paragraphs[0].insert_paragraph_before(), look.style("图").identifier, picture, 1)
        return
    section = document.sections[-2]
    for number, header in enumerate((section.header, section.even_page_header), 2):
        header.is_linked_to_previous = False
        _show(header.paragraphs[0], look.style("页眉").identifier, picture, number)


def _show(paragraph: Any, style: str, picture: Picture, number: int) -> None:
    """`number` is that of the drawing: no two of a file may share one."""
    _styled(paragraph, style)
    paragraph.alignment = ALIGNED[picture.align]
    part, ending = paragraph.part, picture.file.rpartition(".")[2].lower()
    held = {one.partname: one for one in part.package.iter_parts()}
    name = PackURI(f"/word/media/{'front' if number == 1 else 'header'}.{ending}")
    # python-docx would look into the picture for its size; its own is known, and its insides are another's.
    image = held.get(name) or ImagePart(name, PICTURE_FILES[f".{ending}"], picture.data)
    width, height = (Emu(length * _EMU_PER_TWIP) for length in (picture.width, picture.height))
    inline = CT_Inline.new_pic_inline(number, part.relate_to(image, KIND.IMAGE), picture.file, width, height)
    inline.docPr.set("descr", picture.alt)
    paragraph.add_run()._r.add_drawing(inline)


def _properties(document: Any) -> None:
    """Nobody's file of no day: each report says its own."""
    said = document.core_properties
    said.title = said.subject = said.author = said.last_modified_by = said.keywords = said.comments = ""
    said.category = said.content_status = said.language = said.version = ""
    said.created = said.modified = _LONG_AGO
    said.revision = 1
