"""The Word output: a document and a look in, the bytes of a .docx out. Same input, same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from generator.document.nodes import Document, Meta
from generator.word.frame import app_part, core_part, draft_header_part, footer_part, settings_part
from generator.word.look import Look
from generator.word.marks import Marks, facts_part, item_properties_part
from generator.word.package import Packed, content_types, packed, packed_meanwhile, relationships, zipped
from generator.word.styles import font_table_part, styles_part, theme_part
from generator.word.xml import R
from generator.writers.docx.body import Body, ChartParts, entries
from generator.writers.docx.table import squeezed_look

_ML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "application/vnd.openxmlformats-officedocument."
_PACKAGE = "application/vnd.openxmlformats-package."
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_DEFAULTS = {
    "rels": f"{_PACKAGE}relationships+xml",
    "xml": "application/xml",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
}
_SHARED = {
    "/word/styles.xml": f"{_ML}styles+xml",
    "/word/settings.xml": f"{_ML}settings+xml",
    "/word/fontTable.xml": f"{_ML}fontTable+xml",
    "/word/theme/theme1.xml": f"{_OFFICE}theme+xml",
    "/word/footer1.xml": f"{_ML}footer+xml",
    "/word/footer2.xml": f"{_ML}footer+xml",
    "/word/footer3.xml": f"{_ML}footer+xml",
}
_SHARED_RELATIONS = {
    "rIdStyles": (f"{R}/styles", "styles.xml"),
    "rIdSettings": (f"{R}/settings", "settings.xml"),
    "rIdFonts": (f"{R}/fontTable", "fontTable.xml"),
    "rIdTheme": (f"{R}/theme", "theme/theme1.xml"),
    "rIdFooterOdd": (f"{R}/footer", "footer1.xml"),
    "rIdFooterEven": (f"{R}/footer", "footer2.xml"),
    "rIdFooterNone": (f"{R}/footer", "footer3.xml"),
}


def write_docx(
    document: Document,
    look: Look,
    *,
    pages: Mapping[str, int] | None = None,
    publish: bool = False,
    draft: bool = False,
) -> bytes:
    """The .docx of `document`.

    `pages`: heading anchor → page for 目录. `draft` prints 草稿 on every page. `publish` leaves out the marks, the
    facts part and the author; only the bookmarks of 目录 stay.
    """
    look = squeezed_look(document.blocks, look)
    marks = None if publish else Marks()
    body = Body(look, marks, entries(document.blocks, pages or None))
    large = [packed_meanwhile("word/document.xml", body.write(document.blocks, draft=draft))]
    if marks is not None:
        large.append(packed_meanwhile("customXml/item1.xml", facts_part(_words(document.meta), marks)))
    overrides = {
        "/word/document.xml": f"{_ML}document.main+xml",
        "/docProps/core.xml": f"{_PACKAGE}core-properties+xml",
        "/docProps/app.xml": f"{_OFFICE}extended-properties+xml",
        **_SHARED,
    }
    relations = dict(_SHARED_RELATIONS)
    parts = [
        packed("docProps/core.xml", _core(document.meta, publish)),
        *_look_parts(look),
    ]
    if draft:
        for number, side in ((1, "Odd"), (2, "Even")):
            parts.append(packed(f"word/header{number}.xml", draft_header_part(look, number)))
            overrides[f"/word/header{number}.xml"] = f"{_ML}header+xml"
            relations[f"rIdHeader{side}"] = (f"{R}/header", f"header{number}.xml")
    for number, chart in enumerate(body.charts, 1):
        parts += _chart_parts(number, chart)
        overrides[f"/word/charts/chart{number}.xml"] = f"{_OFFICE}drawingml.chart+xml"
        relations[f"rIdChart{number}"] = (f"{R}/chart", f"charts/chart{number}.xml")
    if marks is not None:
        parts += _facts_properties()
        overrides["/customXml/itemProps1.xml"] = f"{_OFFICE}customXmlProperties+xml"
        relations["rIdFacts"] = (f"{R}/customXml", "../customXml/item1.xml")
    return zipped(
        (
            packed("[Content_Types].xml", content_types(_DEFAULTS, overrides)),
            _root_relations(),
            packed("word/_rels/document.xml.rels", relationships(relations)),
            *parts,
            *(part() for part in large),
        )
    )


@lru_cache(maxsize=8)
def _look_parts(look: Look) -> tuple[Packed, ...]:
    """What every document of one look shares, deflated once."""
    return (
        packed("word/styles.xml", styles_part(look)),
        packed("word/settings.xml", settings_part()),
        packed("word/fontTable.xml", font_table_part(look)),
        packed("word/theme/theme1.xml", theme_part(look)),
        packed("word/footer1.xml", footer_part(look, "right")),
        packed("word/footer2.xml", footer_part(look, "left")),
        packed("word/footer3.xml", footer_part(look, "")),
        packed("docProps/app.xml", app_part()),
    )


@lru_cache(maxsize=1)
def _root_relations() -> Packed:
    return packed(
        "_rels/.rels",
        relationships(
            {
                "rId1": (f"{R}/officeDocument", "word/document.xml"),
                "rId2": (_CORE, "docProps/core.xml"),
                "rId3": (f"{R}/extended-properties", "docProps/app.xml"),
            }
        ),
    )


def _core(meta: Meta, publish: bool) -> str:
    return core_part(meta.title, meta.subject, "" if publish else meta.author, meta.keywords, meta.created)


def _chart_parts(number: int, chart: ChartParts) -> list[Packed]:
    book = f"Microsoft_Excel_Sheet{number}.xlsx"
    return [
        packed(f"word/charts/chart{number}.xml", chart.chart),
        packed(
            f"word/charts/_rels/chart{number}.xml.rels",
            relationships({"rId1": (f"{R}/package", f"../embeddings/{book}")}),
        ),
        packed(f"word/embeddings/{book}", chart.workbook, store=True),
    ]


def _words(meta: Meta) -> dict[str, str]:
    """What the facts part says about the whole document."""
    return {
        "title": meta.title,
        "unit": meta.author,
        "year": meta.year,
        "pack": meta.pack,
        "version": meta.pack_version,
        "inputs": meta.input_hash,
        "file": meta.file_name,
    }


def _facts_properties() -> list[Packed]:
    return [
        packed("customXml/itemProps1.xml", item_properties_part()),
        packed(
            "customXml/_rels/item1.xml.rels",
            relationships({"rId1": (f"{R}/customXmlProps", "itemProps1.xml")}),
        ),
    ]
