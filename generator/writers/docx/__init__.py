"""The Word output: a document and a look in, the bytes of a .docx out. Same input, same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from generator.document.nodes import Document, Meta
from generator.frames.frame import EMPTY_HEADER, app_part, core_part
from generator.frames.frame_file import Frame, as_draft, filled
from generator.frames.kept_frame import frame_of
from generator.word.look import Look
from generator.word.marks import Marks, facts_part, item_properties_part
from generator.word.package import Packed, content_types, packed, packed_meanwhile, relationships, zipped
from generator.word.xml import R
from generator.writers.docx.body import Body, ChartParts, entries, filled_front
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
_OWN_TYPES = {
    "/word/document.xml": f"{_ML}document.main+xml",
    "/docProps/core.xml": f"{_PACKAGE}core-properties+xml",
    "/docProps/app.xml": f"{_OFFICE}extended-properties+xml",
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
    frame = frame_of(look)
    marks = None if publish else Marks()
    front = filled_front(frame, document.filled) if document.filled is not None else ()
    body = Body(look, marks, entries(document.blocks, pages or None), frame, front)
    large = [packed_meanwhile("word/document.xml", body.write(document.blocks, draft=draft))]
    if marks is not None:
        large.append(packed_meanwhile("customXml/item1.xml", facts_part(_words(document.meta), marks)))
    overrides, relations = {**dict(frame.types), **_OWN_TYPES}, dict(frame.relations)
    parts = [packed("docProps/core.xml", _core(document.meta, publish)), _program(), *frame.parts]
    parts += _stories(frame, look, document.filled or {}, draft=draft)
    if not draft and not frame.has_headers:
        # Nothing shows the empty header.
        unseen = relations.pop(EMPTY_HEADER)[1]
        overrides.pop(f"/word/{unseen}")
        parts = [part for part in parts if part.name != f"word/{unseen}".encode()]
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
            packed("[Content_Types].xml", content_types({**dict(frame.endings), **_DEFAULTS}, overrides)),
            _root_relations(),
            packed("word/_rels/document.xml.rels", relationships(relations)),
            *parts,
            *(part() for part in large),
        )
    )


def _stories(frame: Frame, look: Look, words: Mapping[str, str], *, draft: bool) -> list[Packed]:
    """Headers and footers, filled in; what nobody has said stays empty."""
    empty = f"word/{dict(frame.relations)[EMPTY_HEADER][1]}"
    made = []
    for number, story in enumerate(frame.stories, 1):
        if story.packed is not None and not (draft and story.is_header):
            made.append(story.packed)
            continue
        text = as_draft(story, look, number, empty) if draft and story.is_header else story.text
        made.append(packed(story.name, filled(text, lambda blank: words.get(blank, ""))))
    return made


@lru_cache(maxsize=1)
def _program() -> Packed:
    return packed("docProps/app.xml", app_part())


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
